/* Unknowns, readiness, advice and matrix for programs: what the commands of these names print for
 * the public, through the same writers. */
#include "web/internal.h"

#define ADVICE_ITEMS 10
#define READINESS_ITEMS 1000

static void fault(struct request *request, const char *field, const char *text)
{
	diags_add(&request->diags, STR("query"), (struct pos){ 0, 0 }, str_of(field), "%s", text);
}

/* The number of parameter NAME among COUNT words; OTHERWISE when it is not given, a fault told when
 * it is none of them. */
static int read_word(struct request *request, const char *name, const struct str *words, int count,
	int otherwise)
{
	struct str value = request_parameter(request, name), shown;

	if (!value.ptr)
		return otherwise;
	for (int i = 0; i < count; i++)
		if (str_eq(value, words[i]))
			return i;
	shown = str_sub(value, 0, 64);
	diags_add(&request->diags, STR("query"), (struct pos){ 0, 0 }, str_of(name),
		"'" STR_FMT "' is none of its words" STR_FMT, STR_ARG(shown),
		STR_ARG(diags_suggest(&request->diags, shown, words, (size_t)count)));
	return otherwise;
}

static enum status end_line(struct buf *out, enum status status)
{
	buf_add_char(out, '\n');
	return status;
}

/* ---- unknowns ---- */

static enum status make_unknowns(struct buf *out, struct arena *arena,
	const struct web_snapshot *snapshot, const struct analysis *asked)
{
	struct unknown_filter filter = { .services = asked->services,
		.place = asked->place,
		.date = asked->date,
		.viewer = VIEWER_PUBLIC };
	struct people_count count;
	struct unknowns unknowns;
	enum status status = world_people(&count, arena, snapshot->world, asked->date);

	if (status == STATUS_OK)
		status = cover_unknowns(&unknowns, arena, snapshot->index, &count, &filter);
	if (status == STATUS_OK)
		cover_unknowns_json(out, snapshot->world, &unknowns, &filter, asked->limit);
	return end_line(out, status);
}

enum status answer_unknowns(struct request *request)
{
	struct analysis asked = analysis_default(request->today);

	asked.make = make_unknowns;
	diags_init(&request->diags, &request->arena, request->diags.max);
	api_read(request, &asked);
	return api_keep(request, &asked, "application/json");
}

/* ---- readiness ---- */

static enum status make_readiness(struct buf *out, struct arena *arena,
	const struct web_snapshot *snapshot, const struct analysis *asked)
{
	size_t count;
	const struct agreement **list = cover_ready_agreements(
		arena, snapshot->index, &snapshot->accords, VIEWER_PUBLIC, asked->date, &count);
	const struct agreement *one =
		asked->item == NONE32 ? NULL : &snapshot->accords.items[asked->item];

	if (!list)
		return STATUS_NO_MEMORY;
	if (count > asked->limit)
		count = asked->limit;
	return end_line(out, cover_ready_json(out, arena, snapshot->index, one ? &one : list,
				     one ? 1 : count, asked->date, VIEWER_PUBLIC));
}

/* The number of the agreement of that id that the public sees on DATE; NONE32: none. */
uint32_t api_agreement(const struct web_snapshot *snapshot, struct str id, int32_t date)
{
	const struct accords *accords = &snapshot->accords;

	for (uint32_t i = 0; i < accords->items_count; i++)
		if (str_eq(accords->items[i].id, id) && !accords->items[i].is_template &&
			cover_visible(snapshot->index, &accords->items[i], VIEWER_PUBLIC, date))
			return i;
	return NONE32;
}

enum status answer_readiness(struct request *request)
{
	struct analysis asked = analysis_default(request->today);
	struct str id = request_parameter(request, "agreement");

	asked.make = make_readiness;
	asked.limit = READINESS_ITEMS;
	asked.item = NONE32;
	diags_init(&request->diags, &request->arena, request->diags.max);
	api_read(request, &asked);
	if (id.ptr)
		asked.item = api_agreement(request->snapshot, id, asked.date);
	if (id.ptr && asked.item == NONE32)
		fault(request, "agreement", "no agreement that the public may see has this id");
	return api_keep(request, &asked, "application/json");
}

/* ---- advice ---- */

static enum status make_advice(struct buf *out, struct arena *arena,
	const struct web_snapshot *snapshot, const struct analysis *asked)
{
	struct advice_filter filter = { .services = asked->services,
		.kinds = asked->kinds,
		.place = asked->place,
		.date = asked->date,
		.viewer = VIEWER_PUBLIC };
	struct people_count count;
	struct advices advices;
	enum status status = world_people(&count, arena, snapshot->world, asked->date);

	if (status == STATUS_OK)
		status = cover_advise(
			&advices, arena, snapshot->index, &count, &filter, asked->limit);
	if (status == STATUS_OK)
		status = cover_advice_json(out, arena, snapshot->world, &count, &advices, &filter);
	return end_line(out, status);
}

enum status answer_advice(struct request *request)
{
	struct analysis asked = analysis_default(request->today);
	int kind;

	asked.make = make_advice;
	asked.limit = ADVICE_ITEMS;
	diags_init(&request->diags, &request->arena, request->diags.max);
	api_read(request, &asked);
	kind = read_word(request, "kind", cover_advice_kind_words, ADVICE_KINDS, -1);
	asked.kinds = kind < 0 ? 0 : 1u << kind;
	if (asked.limit == 0)
		fault(request, "limit", "a number from 1 is asked for");
	return api_keep(request, &asked, "application/json");
}

/* ---- matrix ---- */

static enum status make_matrix(struct buf *out, struct arena *arena,
	const struct web_snapshot *snapshot, const struct analysis *asked)
{
	struct grid_asked ask = { .rows = (enum grid_axis)asked->rows,
		.cols = (enum grid_axis)asked->cols,
		.filter = { .place = asked->place,
			.nat = asked->nat,
			.group = asked->group,
			.date = asked->date,
			.viewer = VIEWER_PUBLIC },
		.services = asked->services,
		.phases = asked->phases };
	struct people_count count;
	struct grid grid;
	enum status status = world_people(&count, arena, snapshot->world, asked->date);

	if (status == STATUS_OK)
		status = cover_grid(&grid, arena, snapshot->index, &count, &ask);
	if (status != STATUS_OK)
		return status;
	grid.asked = ask;
	cover_grid_json(out, arena, snapshot->world, &grid, asked->limit);
	return end_line(out, STATUS_OK);
}

enum status answer_matrix(struct request *request)
{
	static const struct str groups[] = { { "stock", 5 }, { "refugee", 7 },
		{ "asylum-seeker", 13 } };
	static const enum people_group group_of[] = { GROUP_STOCK, GROUP_REFUGEE,
		GROUP_ASYLUM_SEEKER };
	struct analysis asked = analysis_default(request->today);
	struct str axes[GRID_AXES];
	struct grid_asked grid;
	int rows, cols, group;

	asked.make = make_matrix;
	diags_init(&request->diags, &request->arena, request->diags.max);
	api_read(request, &asked);
	for (int i = 0; i < GRID_AXES; i++)
		axes[i] = str_of(cover_grid_axes[i]);
	rows = read_word(request, "rows", axes, GRID_AXES, GRID_AXES);
	cols = read_word(request, "cols", axes, GRID_AXES, GRID_AXES);
	group = read_word(request, "group", groups, 3, -1);
	if (!cover_grid_complete(&grid, rows, cols,
		    request_parameter(request, "phase").ptr ? (unsigned)asked.phase : 0))
		fault(request, "cols", "rows and columns are both the same");
	else if (cover_grid_needs_service(&grid) && !request_parameter(request, "service").ptr)
		fault(request, "service",
			"a service is asked for where neither axis is service or sector");
	asked.rows = (uint8_t)grid.rows;
	asked.cols = (uint8_t)grid.cols;
	asked.phases = grid.phases;
	asked.group = group < 0 ? -1 : (int8_t)group_of[group];
	return api_keep(request, &asked, "application/json");
}
