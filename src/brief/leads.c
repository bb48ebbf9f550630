/* Who leads for whom: of each nationality the own State's presence, and for each of the first
 * needs the band and the first who answers. */
#include "brief/internal.h"

const char *const brief_needs[BRIEF_NEEDS] = { "consular.travel-document", "consular.welfare",
	"consular.detention-visit", "relief.shelter", "health.emergency", "protection.child",
	"movement.evacuation", "information.hotline" };

enum status lead_ask(struct lead *out, struct pen *pen, uint16_t nat, uint8_t service)
{
	const struct brief_asked *asked = pen->asked;
	struct query query;
	enum status status = cover_cell(&out->cell, pen->arena, asked->index, nat, GROUP_STOCK,
		pen->place, service, asked->date, asked->viewer);

	cover_query_init(&query, asked->date, asked->viewer);
	query.nats[0] = nat;
	query.nat_count = 1;
	query.place = pen->place;
	query.service = service;
	query.phase = PHASE_DURING;
	if (status == STATUS_OK)
		status = cover_who(&out->answers, pen->arena, asked->index, &query);
	out->first = NULL;
	for (size_t i = 0; status == STATUS_OK && i < out->answers.items_count && !out->first; i++)
		if (!out->answers.items[i].held && out->answers.items[i].band == out->cell.band)
			out->first = &out->answers.items[i];
	return status;
}

/* Others who answer by the same commitment, at the same band: the rest of a pool. */
static size_t others(const struct lead *lead)
{
	size_t count = 0;

	for (size_t i = 0; i < lead->answers.items_count; i++) {
		const struct answer *row = &lead->answers.items[i];
		count += row->commitment == lead->first->commitment &&
			 row->band == lead->first->band && !row->held &&
			 row->provider != lead->first->provider;
	}
	return count;
}

struct brief_cell lead_cell(const struct pen *pen, const struct lead *lead)
{
	struct brief_cell cell = {
		.kind = BRIEF_BAND, .band = lead->cell.band, .not_known = lead->cell.not_known
	};
	struct buf text;
	size_t more;

	if (!lead->first)
		return cell;
	buf_init(&text, pen->arena, 4000);
	more = others(lead);
	buf_add(&text, pen->world->parties[lead->first->provider].id);
	if (more)
		buf_add_format(&text, " +%zu", more);
	if (lead->cell.uncertain)
		buf_add_c(&text, " ?");
	cell.text = buf_str(&text);
	return cell;
}

/* The own State's presence of any kind, and the post that says so; also one too old to count. */
static void own_cells(struct pen *pen, uint16_t nat)
{
	uint32_t state = pen->world->nats[nat].state;
	struct presence here = { .truth = TRUTH_F, .post_row = NONE32 };

	if (state == NONE32) {
		pen_cell(pen, cell_word(pen, BRIEF_WORD("no State")));
		pen_cell(pen, cell_text(STR("–")));
		pen_cell(pen, cell_text(STR("–")));
		return;
	}
	here = world_presence(pen->world, state, pen->place,
		LEVEL_RESIDENT | LEVEL_HONORARY | LEVEL_ACCREDITED, SERVICE_NONE, pen->asked->date);
	if (here.truth == TRUTH_T && here.level == LEVEL_ACCREDITED)
		pen_cell(pen, cell_word(pen, BRIEF_WORD("accredited from abroad")));
	else
		pen_cell(pen, cell_word(pen, here.truth == TRUTH_T   ? BRIEF_WORD("yes")
					     : here.truth == TRUTH_F ? BRIEF_WORD("no")
					     : here.stale ? BRIEF_WORD("it was; today not known")
							  : BRIEF_WORD("not known")));
	pen_cell(pen, here.post_row == NONE32 ? cell_text(STR("–"))
					      : cell_post(pen, &pen->world->posts[here.post_row]));
	pen_cell(pen, here.post_row == NONE32 ? cell_text(STR("–"))
					      : cell_date(pen->world->posts[here.post_row].as_of));
}

void table_leads(struct pen *pen)
{
	static const struct brief_head own[] = { { BRIEF_WORD("Nationality"), false },
		{ BRIEF_WORD("People"), true }, { BRIEF_WORD("Migrant workers"), true },
		{ BRIEF_WORD("Own State here"), false }, { BRIEF_WORD("Post on record"), false },
		{ BRIEF_WORD("As of"), false } };
	struct brief_head heads[BRIEF_NEEDS + 1] = { { BRIEF_WORD("Nationality"), false } };
	struct people_of *list;
	size_t count;

	if (people_list(&list, &count, pen) != STATUS_OK) {
		pen->failed = true;
		return;
	}
	pen_table(pen, "own-state", BRIEF_WORD("Is the own State here"), HEADS(own));
	for (size_t i = 0; i < count; i++) {
		pen_cell(pen, cell_nat(pen, list[i].nat));
		pen_cell(pen, cell_number(list[i].people ? list[i].people : -1));
		pen_cell(pen, cell_number(list[i].labour ? list[i].labour : -1));
		own_cells(pen, list[i].nat);
	}
	pen_table_end(pen, 0, NULL);
	pen_table(pen, "leads", BRIEF_WORD("Who leads for whom, and how far they are bound"), heads,
		BRIEF_NEEDS + 1);
	for (size_t j = 0; j < BRIEF_NEEDS && !pen->failed; j++)
		pen->brief->sections[pen->brief->sections_count - 1].tables[1].columns[j + 1].name =
			name_service(pen, world_service_find(str_of(brief_needs[j])));
	for (size_t i = 0; i < count; i++) {
		pen_cell(pen, cell_nat(pen, list[i].nat));
		for (size_t j = 0; j < BRIEF_NEEDS; j++) {
			struct lead lead = { 0 };
			uint8_t service = world_service_find(str_of(brief_needs[j]));
			pen->failed = pen->failed ||
				      lead_ask(&lead, pen, list[i].nat, service) != STATUS_OK;
			pen_cell(pen, lead_cell(pen, &lead));
		}
	}
	pen_table_end(pen, 0, NULL);
}
