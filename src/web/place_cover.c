/* What follows for a country: who is bound to help whom, by which agreements, and whether they
 * would hold. */
#include "web/page_place.h"

static struct gap_filter filter_of(const struct part *part)
{
	return (struct gap_filter){ .place = part->place,
		.nat = NAT_NONE,
		.group = -1,
		.date = part->date,
		.viewer = VIEWER_PUBLIC,
		.phase = PHASE_DURING };
}

enum status place_services(struct table_view *view, struct part *part)
{
	struct gap_filter filter = filter_of(part);

	return part_services(view, part, &filter);
}

/* One nationality, one service: the band, as gaps have it, and who leads. */
struct asked_cell {
	struct cell_band cell;
	const struct answer *lead; /* NULL: nobody */
	enum band_view show;
};

static enum status ask(struct asked_cell *out, struct part *part, uint16_t nat, uint8_t service)
{
	static const enum band_view shows[BANDS] = { SHOW_NONE, SHOW_REMOTE, SHOW_MAY, SHOW_SHALL,
		SHOW_WILL };
	const struct cover_index *index = part->snapshot->index;
	struct answers answers;
	struct query query;
	enum status status = cover_cell(&out->cell, part->arena, index, nat, GROUP_STOCK,
		part->place, service, part->date, VIEWER_PUBLIC);

	cover_query_init(&query, part->date, VIEWER_PUBLIC);
	query.nats[0] = nat;
	query.nat_count = 1;
	query.place = part->place;
	query.service = service;
	query.phase = PHASE_DURING;
	if (status == STATUS_OK)
		status = cover_who(&answers, part->arena, index, &query);
	if (status != STATUS_OK)
		return status;
	out->lead = NULL;
	for (size_t i = 0; i < answers.items_count && !out->lead; i++)
		if (!answers.items[i].held && answers.items[i].band == out->cell.band)
			out->lead = &answers.items[i];
	out->show = out->cell.band == BAND_NONE && out->cell.not_known ? SHOW_NOT_KNOWN
								       : shows[out->cell.band];
	return STATUS_OK;
}

/* Nationalities of the people here, most people first, each once, with all their people. */
static enum status nationalities(uint16_t **out, int64_t **people, size_t *count, struct part *part)
{
	struct people_cell *cells;
	size_t cell_count;
	enum status status = place_cells(&cells, &cell_count, part);

	*count = 0;
	*out = ARENA_ARRAY(part->arena, cell_count + 1, uint16_t);
	*people = ARENA_ARRAY(part->arena, part->world->nats_count + 1, int64_t);
	if (!*out || !*people || status != STATUS_OK)
		return STATUS_NO_MEMORY;
	for (size_t i = 0; i < cell_count; i++) {
		if (!(*people)[cells[i].nat])
			(*out)[(*count)++] = cells[i].nat;
		(*people)[cells[i].nat] += cells[i].people;
	}
	for (size_t i = 1; i < *count; i++)
		for (size_t j = i; j && (*people)[(*out)[j]] > (*people)[(*out)[j - 1]]; j--) {
			uint16_t nat = (*out)[j];
			(*out)[j] = (*out)[j - 1];
			(*out)[j - 1] = nat;
		}
	return STATUS_OK;
}

static enum status matrix_rows(struct part_table *table, struct part *part)
{
	uint16_t *nats;
	int64_t *people;
	size_t count;
	enum status status = nationalities(&nats, &people, &count, part);

	for (size_t i = 0; i < count && status == STATUS_OK; i++) {
		for (uint8_t s = 0; s < world_service_count && status == STATUS_OK; s++) {
			struct asked_cell cell;
			const struct answer *lead;
			status = ask(&cell, part, nats[i], s);
			if (status != STATUS_OK)
				break;
			lead = cell.lead;
			part_text(table, part_nat(part, nats[i]));
			part_text(table, part->world->nats[nats[i]].code);
			part_number(table, people[nats[i]]);
			part_text(table, str_of(world_services[s].code));
			part_band(table, cell.show, STR(""));
			part_text(table, cell.show == SHOW_NOT_KNOWN ? STR_NONE
					 : cell.cell.uncertain       ? part_word(part, WORD("no"))
							       : part_word(part, WORD("yes")));
			part_text(table, lead ? part->world->parties[lead->provider].id : STR("-"));
			part_text(table, lead ? lead->agreement->id : STR("-"));
			part_text(table, lead && lead->commitment->clause.len
						 ? lead->commitment->clause
						 : STR("-"));
		}
	}
	return status;
}

/* All of it is a long table, for a sheet; the page has the largest groups and the first needs. */
static enum status matrix_csv(struct table_view *view, struct part *part)
{
	static const struct part_column columns[] = { { WORD("Nationality"), false },
		{ WORD("Code"), false }, { WORD("People"), true }, { WORD("Service"), false },
		{ WORD("Band"), false }, { WORD("Certain"), false }, { WORD("Lead"), false },
		{ WORD("Agreement"), false }, { WORD("Clause"), false } };
	struct part_table table;
	enum status status;

	part_table_open(
		&table, part, view, "matrix", STR(""), columns, sizeof columns / sizeof columns[0]);
	status = matrix_rows(&table, part);
	return status == STATUS_OK ? part_table_close(&table) : status;
}

#define FIRST_NEEDS 8
static const char *const first_needs[FIRST_NEEDS] = { "consular.travel-document",
	"consular.welfare", "consular.detention-visit", "relief.shelter", "health.emergency",
	"protection.child", "movement.evacuation", "information.hotline" };

static struct str lead_text(struct part *part, const struct asked_cell *cell)
{
	struct buf text;

	buf_init(&text, part->arena, 4000);
	if (cell->lead)
		buf_add(&text, part_party(part, cell->lead->provider));
	if (cell->cell.band != BAND_NONE && cell->cell.uncertain) {
		buf_add_c(&text, text.len ? " — " : "");
		buf_add(&text, part_word(part, WORD("not sure")));
	}
	return buf_str(&text);
}

enum status place_matrix(struct table_view *view, struct part *part)
{
	struct column_view *columns = ARENA_ARRAY(part->arena, FIRST_NEEDS + 2, struct column_view);
	struct part_table table;
	uint16_t *nats;
	int64_t *people;
	size_t count;
	enum status status = nationalities(&nats, &people, &count, part);

	if (part->csv)
		return matrix_csv(view, part);
	if (!columns || status != STATUS_OK)
		return STATUS_NO_MEMORY;
	part_table_open(&table, part, view, "matrix",
		part_word(part, WORD("Who leads for whom, and how far they are bound")), NULL, 0);
	columns[0] = (struct column_view){ part_word(part, WORD("Nationality")), false };
	columns[1] = (struct column_view){ part_word(part, WORD("People")), true };
	for (size_t i = 0; i < FIRST_NEEDS; i++)
		columns[i + 2] = (struct column_view){
			part_service(part, world_service_find(str_of(first_needs[i]))), false
		};
	view->columns = columns;
	view->column_count = FIRST_NEEDS + 2;
	for (size_t i = 0; i < count && status == STATUS_OK; i++) {
		if (!part_row(&table))
			continue;
		part_text(&table, part_nat(part, nats[i]));
		part_number(&table, people[nats[i]]);
		for (size_t j = 0; j < FIRST_NEEDS && status == STATUS_OK; j++) {
			struct asked_cell cell;
			status = ask(
				&cell, part, nats[i], world_service_find(str_of(first_needs[j])));
			if (status == STATUS_OK)
				part_band(&table, cell.show, lead_text(part, &cell));
		}
	}
	return status == STATUS_OK ? part_table_close(&table) : status;
}

/* ---- agreements ---- */

/* An agreement in force that does something here, or that the country's State is party to. */
struct here {
	const struct agreement *agreement;
	uint64_t services;
	size_t parties; /* that act here, as far as it is known */
	bool state_party;
};

static bool is_party(const struct part *part, const struct agreement *agreement)
{
	uint32_t state = world_party(part->world, part->world->places[part->place].id);

	for (size_t i = 0; state != NONE32 && i < agreement->parties_count; i++) {
		const struct party_entry *entry = &agreement->parties[i];
		if (!date_within(part->date, entry->from, entry->until))
			continue;
		if (entry->is_group ? world_group_has(part->world, entry->index, state, part->date)
				    : entry->index == state)
			return true;
	}
	return false;
}

/* Rows come by place and party: a party that acts at two places stands in two runs. */
static void count_acts(struct here *here, const struct activity *rows, size_t count, bool *seen)
{
	for (size_t i = 0; i < count; i++) {
		if (rows[i].agreement != here->agreement)
			continue;
		here->services |= rows[i].services;
		here->parties += !seen[rows[i].party];
		seen[rows[i].party] = true;
	}
	for (size_t i = 0; i < count; i++)
		seen[rows[i].party] = false;
}

/* Those by which most act first. */
static enum status find_here(struct here **out, size_t *count, struct part *part)
{
	const struct accords *accords = &part->snapshot->accords;
	struct activity_filter filter = { .place = part->place,
		.party = NONE32,
		.services = UINT64_MAX >> (64 - world_service_count),
		.phase = PHASE_DURING,
		.date = part->date,
		.viewer = VIEWER_PUBLIC };
	bool *seen = ARENA_ARRAY(part->arena, part->world->parties_count + 1, bool);
	struct activity *rows;
	size_t row_count, capacity = 0;
	enum status status =
		cover_activities(&rows, &row_count, part->arena, part->snapshot->index, &filter);

	*out = NULL;
	*count = 0;
	for (size_t i = 0; seen && status == STATUS_OK && i < accords->items_count; i++) {
		struct here here = { .agreement = &accords->items[i] };
		struct here *next;
		if (here.agreement->is_template ||
			accord_in_force(here.agreement, part->date) == FORCE_NO ||
			!cover_visible(
				part->snapshot->index, here.agreement, VIEWER_PUBLIC, part->date))
			continue;
		count_acts(&here, rows, row_count, seen);
		here.state_party = is_party(part, here.agreement);
		if (!here.parties && !here.state_party)
			continue;
		next = arena_push(part->arena, (void **)out, count, &capacity, sizeof *next);
		if (!next)
			return STATUS_NO_MEMORY;
		for (; next > *out && next[-1].parties < here.parties; next--)
			*next = next[-1];
		*next = here;
	}
	return seen ? status : STATUS_NO_MEMORY;
}

static void agreement_link(struct part_table *table, const struct agreement *agreement)
{
	part_link(table, "/agreements/%1", agreement->id,
		accord_text(&agreement->title, str_of(table->part->ui.language->code)));
}

static void yes_no(struct part_table *table, bool yes)
{
	part_text(table, part_word(table->part, yes ? WORD("yes") : WORD("no")));
}

static long long bits(uint64_t set)
{
	long long count = 0;

	for (; set; set &= set - 1)
		count++;
	return count;
}

enum status place_agreements(struct table_view *view, struct part *part)
{
	static const struct part_column columns[] = { { WORD("Agreement"), false },
		{ WORD("In force from"), false }, { WORD("Until"), false },
		{ WORD("This State is a party"), false },
		{ WORD("Parties known to act here"), true }, { WORD("For services"), true },
		{ WORD("Source"), false } };
	struct part_table table;
	struct here *here;
	size_t count;
	enum status status = find_here(&here, &count, part);

	part_table_open(&table, part, view, "agreements",
		part_word(part, WORD("Agreements in force that matter here")), columns,
		sizeof columns / sizeof columns[0]);
	for (size_t i = 0; i < count && status == STATUS_OK; i++) {
		const struct agreement *row = here[i].agreement;
		if (!part_row(&table))
			continue;
		agreement_link(&table, row);
		part_date(&table, row->from);
		if (row->until == DATE_NONE)
			part_text(&table, part_word(part, WORD("open")));
		else
			part_date(&table, row->until);
		yes_no(&table, here[i].state_party);
		part_number(&table, (long long)here[i].parties);
		part_number(&table, bits(here[i].services));
		part_text(&table, row->source.title);
	}
	return status == STATUS_OK ? part_table_close(&table) : status;
}

enum status place_readiness(struct table_view *view, struct part *part)
{
	static const struct part_column columns[] = { { WORD("Agreement"), false },
		{ WORD("In force"), false }, { WORD("Term"), false },
		{ WORD("Channels tested"), false }, { WORD("Links tested"), false },
		{ WORD("Exercised"), false }, { WORD("Capacity confirmed"), false },
		{ WORD("Assets not pledged twice"), false }, { WORD("Host told"), false },
		{ WORD("All together"), false } };
	struct part_table table;
	struct here *here;
	size_t count;
	enum status status = find_here(&here, &count, part);

	part_table_open(&table, part, view, "readiness",
		part_word(part, WORD("Would these agreements hold today")), columns,
		sizeof columns / sizeof columns[0]);
	for (size_t i = 0; i < count && status == STATUS_OK; i++) {
		struct readiness ready;
		if (!part_row(&table))
			continue;
		status = cover_ready(&ready, part->arena, part->snapshot->index, here[i].agreement,
			NULL, part->date, VIEWER_PUBLIC);
		if (status != STATUS_OK)
			break;
		agreement_link(&table, here[i].agreement);
		for (int p = 0; p <= READY_PARTS; p++) {
			enum truth truth = p < READY_PARTS ? ready.parts[p] : ready.all;
			if (p < READY_PARTS && !ready.asked[p])
				part_text(&table, part_word(part, WORD("not asked for")));
			else if (truth == TRUTH_U)
				part_text(&table, STR_NONE);
			else
				yes_no(&table, truth == TRUTH_T);
		}
	}
	return status == STATUS_OK ? part_table_close(&table) : status;
}
