/* What a page of an analysis is asked: its filters as fields of a form, and faults at their field.
 */
#include "web/page_analysis_asked.h"

#define DEFAULT_SERVICE "consular.travel-document"
#define ALL_SERVICES "all"

const char *const analysis_filter_names[ANALYSIS_FILTERS] = { "service", "place", "nationality",
	"kind", "agreement", "component", "holds" };

static const struct str holds_words[] = { { "no", 2 }, { "unknown", 7 }, { "yes", 3 } };
static const char *const holds_names[] = { WORD("no"), WORD("not known"), WORD("yes") };

static void add_fault(
	struct analysis_question *question, enum analysis_filter filter, struct str text)
{
	question->faults[question->fault_count++] = (struct fault_view){
		{ str_format(question->arena, "#%s", analysis_filter_names[filter]) }, text
	};
}

/* The travel document is the service that is shown when none is asked for: no migrant gets away
 * without it. */
static void read_service(struct analysis_question *question, const struct ui *ui)
{
	struct str word = question->sent[FILTER_SERVICE];
	uint8_t service = world_service_find(word.len ? word : STR(DEFAULT_SERVICE));

	if (str_is(word, ALL_SERVICES))
		return;
	if (service == SERVICE_NONE)
		add_fault(question, FILTER_SERVICE, ui_word(ui, WORD("Choose one of the list.")));
	else
		question->asked.services = UINT64_C(1) << service;
}

static void read_where(
	struct analysis_question *question, const struct world *world, const struct ui *ui)
{
	struct str place = question->sent[FILTER_PLACE], nat = question->sent[FILTER_NATIONALITY];

	struct arena *arena = question->arena;
	struct str near;

	if (place.len)
		question->asked.place = page_find_place(&near, arena, ui, world, place);
	if (place.len && question->asked.place == NONE32)
		add_fault(question, FILTER_PLACE,
			page_none(arena, ui, WORD("No place on record has this code or name."),
				near));
	if (nat.len)
		question->asked.nat = page_find_nationality(&near, arena, ui, world, nat);
	if (nat.len && question->asked.nat == NAT_NONE)
		add_fault(question, FILTER_NATIONALITY,
			page_none(arena, ui,
				WORD("No nationality on record has this code or name."), near));
}

/* The number of WORD among WORDS, plus one; 0 when it is empty; a fault when it is none. */
static unsigned read_word(struct analysis_question *question, enum analysis_filter filter,
	const struct str *words, size_t count, const struct ui *ui)
{
	struct str word = question->sent[filter];

	for (unsigned i = 0; i < count; i++)
		if (str_eq(word, words[i]))
			return i + 1;
	if (word.len)
		add_fault(question, filter, ui_word(ui, WORD("Choose one of the list.")));
	return 0;
}

static void read_readiness(struct analysis_question *question, const struct web_snapshot *snapshot,
	const struct ui *ui)
{
	struct str id = question->sent[FILTER_AGREEMENT];

	question->asked.item = NONE32;
	if (id.len)
		question->asked.item = api_agreement(snapshot, id, question->asked.date);
	if (id.len && question->asked.item == NONE32)
		add_fault(question, FILTER_AGREEMENT, ui_word(ui, WORD("Choose one of the list.")));
	question->asked.component =
		(uint8_t)read_word(question, FILTER_COMPONENT, cover_ready_words, READY_PARTS, ui);
	question->asked.holds = (uint8_t)read_word(question, FILTER_HOLDS, holds_words, 3, ui);
}

void analysis_read(struct analysis_question *question, struct request *request,
	const struct analysis_page *page, const struct ui *ui)
{
	unsigned kind;

	*question = (struct analysis_question){ .arena = &request->arena,
		.asked = analysis_default(request->today) };
	question->asked.analysis = page;
	question->asked.limit = 0;
	for (int i = 0; i < ANALYSIS_FILTERS; i++)
		question->sent[i] = page->filters >> i & 1u
					    ? request_parameter(request, analysis_filter_names[i])
					    : STR_NONE;
	if (page->filters & 1u << FILTER_SERVICE)
		read_service(question, ui);
	read_where(question, request->snapshot->world, ui);
	kind = read_word(question, FILTER_KIND, page->kinds, page->kind_count, ui);
	question->asked.kinds = kind ? 1u << (kind - 1) : 0;
	read_readiness(question, request->snapshot, ui);
}

/* ---- the form ---- */

static const struct option_view *service_options(
	struct arena *arena, const struct ui *ui, struct str chosen, size_t *count)
{
	struct str *codes = ARENA_ARRAY(arena, world_service_count, struct str);
	struct str *names = ARENA_ARRAY(arena, world_service_count, struct str);
	struct option_view *options;

	for (uint8_t i = 0; codes && names && i < world_service_count; i++) {
		codes[i] = str_of(world_services[i].code);
		names[i] = page_service(ui, i);
	}
	options = codes && names ? page_options(arena, ui, "service", chosen, codes,
					   world_service_count, names)
				 : NULL;
	*count = options ? world_service_count + 1u : 0;
	if (options) {
		options[0].value = STR(ALL_SERVICES);
		options[0].text = ui_word(ui, WORD("all services together (takes some seconds)"));
		options[0].chosen = str_is(chosen, ALL_SERVICES);
	}
	return options;
}

static const struct option_view *word_options(struct arena *arena, const struct ui *ui,
	enum analysis_filter filter, struct str chosen, const struct str *words,
	const char *const *names, size_t count)
{
	struct str *said = ARENA_ARRAY(arena, count + 1, struct str);

	for (size_t i = 0; said && i < count; i++)
		said[i] = ui_word(ui, names[i]);
	return said ? page_options(
			      arena, ui, analysis_filter_names[filter], chosen, words, count, said)
		    : NULL;
}

/* Agreements by their titles in the reader's language. */
static const struct option_view *agreement_options(struct arena *arena, const struct ui *ui,
	const struct web_snapshot *snapshot, struct str chosen, size_t *count)
{
	struct str *ids, *names;
	size_t seen;
	const struct agreement **list = cover_ready_agreements(
		arena, snapshot->index, &snapshot->accords, VIEWER_PUBLIC, ui->today, &seen);

	ids = list ? ARENA_ARRAY(arena, seen + 1, struct str) : NULL;
	names = list ? ARENA_ARRAY(arena, seen + 1, struct str) : NULL;
	*count = ids && names ? seen + 1 : 0;
	if (!*count)
		return NULL;
	for (size_t i = 0; i < seen; i++) {
		ids[i] = list[i]->id;
		names[i] = accord_text(&list[i]->title, str_of(ui->language->code));
	}
	return page_options(arena, ui, "agreement", chosen, ids, seen, names);
}

void analysis_fields(struct analysis_view *view, struct arena *arena, const struct ui *ui,
	const struct web_snapshot *snapshot, const struct analysis_page *page,
	const struct str *values)
{
	static const char *const labels[ANALYSIS_FILTERS] = { WORD("Service"), WORD("Place"),
		WORD("Nationality"), WORD("Kind"), WORD("Agreement"), WORD("Component"),
		WORD("Does it hold") };

	for (int i = 0; i < ANALYSIS_FILTERS; i++) {
		struct field_view *field = &view->fields[view->field_count];

		if (!(page->filters >> i & 1u))
			continue;
		view->field_count++;
		*field = (struct field_view){ .id = str_of(analysis_filter_names[i]),
			.name = str_of(analysis_filter_names[i]),
			.label = ui_word(ui, labels[i]),
			.value = values[i] };
		if (i == FILTER_PLACE || i == FILTER_NATIONALITY)
			field->hint = ui_word(ui, WORD("A code or name, such as KEN or Kenya."));
		if (i == FILTER_SERVICE)
			field->options =
				service_options(arena, ui, values[i], &field->option_count);
		if (i == FILTER_KIND) {
			field->options = word_options(arena, ui, FILTER_KIND, values[i],
				page->kinds, page->kind_names, page->kind_count);
			field->option_count = field->options ? page->kind_count + 1 : 0;
		}
		if (i == FILTER_AGREEMENT)
			field->options = agreement_options(
				arena, ui, snapshot, values[i], &field->option_count);
		if (i == FILTER_COMPONENT) {
			field->options = word_options(arena, ui, FILTER_COMPONENT, values[i],
				cover_ready_words, analysis_component_names, READY_PARTS);
			field->option_count = field->options ? READY_PARTS + 1 : 0;
		}
		if (i == FILTER_HOLDS) {
			field->options = word_options(
				arena, ui, FILTER_HOLDS, values[i], holds_words, holds_names, 3);
			field->option_count = field->options ? 4 : 0;
		}
	}
}

void analysis_show_faults(struct analysis_view *view, const struct analysis_question *question)
{
	view->faults = question->faults;
	view->fault_count = question->fault_count;
	view->page.has_faults = true;
	for (size_t i = 0; i < view->field_count; i++)
		for (size_t j = 0; j < question->fault_count; j++)
			if (str_eq(str_sub(question->faults[j].field.address, 1, 64),
				    view->fields[i].id))
				view->fields[i].fault = question->faults[j].text;
}

void analysis_values(
	struct str *values, const struct web_snapshot *snapshot, const struct analysis *asked)
{
	const struct world *world = snapshot->world;
	const struct analysis_page *page = asked->analysis;
	bool one = (asked->services & (asked->services - 1)) == 0;

	values[FILTER_SERVICE] = one ? str_of(world_services[__builtin_ctzll(asked->services)].code)
				     : STR(ALL_SERVICES);
	values[FILTER_PLACE] = asked->place == NONE32 ? STR_NONE : world->places[asked->place].id;
	values[FILTER_NATIONALITY] =
		asked->nat == NAT_NONE ? STR_NONE : world->nats[asked->nat].code;
	values[FILTER_KIND] = asked->kinds ? page->kinds[__builtin_ctz(asked->kinds)] : STR_NONE;
	values[FILTER_AGREEMENT] =
		asked->item == NONE32 ? STR_NONE : snapshot->accords.items[asked->item].id;
	values[FILTER_COMPONENT] =
		asked->component ? cover_ready_words[asked->component - 1] : STR_NONE;
	values[FILTER_HOLDS] = asked->holds ? holds_words[asked->holds - 1] : STR_NONE;
}

struct str analysis_query(
	struct arena *arena, const struct analysis_page *page, const struct str *values)
{
	struct ui plain;
	struct buf out;

	ui_init(&plain, ui_language_find(STR("en")));
	buf_init(&out, arena, WEB_TARGET_MAX);
	for (int i = 0; i < ANALYSIS_FILTERS; i++) {
		const struct html_arg args[] = { html_arg(analysis_filter_names[i]),
			html_arg(values[i]) };

		if (!(page->filters >> i & 1u) || !values[i].len)
			continue;
		buf_add_c(&out, out.len ? "&" : "");
		buf_add(&out, html_link_make(arena, &plain, "%1=%2", args, 2).address);
	}
	return out.failed ? STR_NONE : buf_str(&out);
}
