/* The agreements that do something here: what each clause asks of whom, what comes first and by
 * when, at whose cost; and whether the agreements would hold today. */
#include "brief/internal.h"

/* A commitment under which somebody is known to act here. */
struct clause {
	const struct agreement *agreement;
	const struct commitment *commitment;
	enum band band;
	uint32_t *parties; /* each once */
	size_t count, capacity;
};
struct clauses {
	struct clause *items;
	size_t count, capacity;
};

static bool has(const struct clause *clause, uint32_t party)
{
	for (size_t i = 0; i < clause->count; i++)
		if (clause->parties[i] == party)
			return true;
	return false;
}

/* Rows of a schedule are one clause: they share their id. */
static struct clause *clause_of(
	struct pen *pen, struct clauses *clauses, const struct activity *row)
{
	struct clause *clause;

	for (size_t i = 0; i < clauses->count; i++)
		if (clauses->items[i].agreement == row->agreement &&
			str_eq(clauses->items[i].commitment->id, row->commitment->id))
			return &clauses->items[i];
	clause = arena_push(pen->arena, (void **)&clauses->items, &clauses->count,
		&clauses->capacity, sizeof *clause);
	if (clause)
		*clause = (struct clause){ .agreement = row->agreement,
			.commitment = row->commitment };
	return clause;
}

static enum status find_clauses(struct clauses *out, struct pen *pen, uint32_t only)
{
	struct activity_filter filter = { .place = pen->place,
		.party = only,
		.services = UINT64_MAX >> (64 - world_service_count),
		.phase = PHASE_DURING,
		.date = pen->asked->date,
		.viewer = pen->asked->viewer };
	struct activity *rows;
	size_t count;
	enum status status =
		cover_activities(&rows, &count, pen->arena, pen->asked->index, &filter);

	*out = (struct clauses){ 0 };
	for (size_t i = 0; i < count && status == STATUS_OK; i++) {
		struct clause *clause = clause_of(pen, out, &rows[i]);
		uint32_t *party = NULL;
		if (clause && has(clause, rows[i].party))
			continue;
		if (clause)
			party = arena_push(pen->arena, (void **)&clause->parties, &clause->count,
				&clause->capacity, sizeof *party);
		if (!party)
			return STATUS_NO_MEMORY;
		*party = rows[i].party;
		clause->band = rows[i].band > clause->band ? rows[i].band : clause->band;
	}
	return status;
}

#define PARTIES_SHOWN 6

static struct brief_cell who_cell(const struct pen *pen, const struct clause *clause)
{
	struct brief_cell cell = { .kind = BRIEF_BAND, .band = clause->band };
	struct buf text;

	buf_init(&text, pen->arena, 8000);
	for (size_t i = 0; i < clause->count && i < PARTIES_SHOWN; i++) {
		buf_add_c(&text, i ? ", " : "");
		buf_add(&text, pen->world->parties[clause->parties[i]].id);
	}
	if (clause->count > PARTIES_SHOWN)
		buf_add_format(&text, " +%zu", clause->count - PARTIES_SHOWN);
	cell.text = buf_str(&text);
	return cell;
}

static void clause_row(struct pen *pen, const struct clause *clause)
{
	struct accord_said said;
	struct brief_cell name = cell_agreement(pen, clause->agreement);

	if (accord_say_commitment(&said, pen->arena, clause->agreement, clause->commitment->id,
		    pen->world, pen->asked->voice.lang) != STATUS_OK) {
		pen->failed = true;
		return;
	}
	pen_cell(pen, name);
	pen_cell(pen, cell_text(said.clause.len ? said.clause : clause->commitment->id));
	pen_cell(pen, who_cell(pen, clause));
	pen_cell(pen, cell_text(said.promise));
	pen_cell(pen, said.steps.len ? cell_text(said.steps)
				     : cell_word(pen, BRIEF_WORD("No step is written.")));
	pen_cell(pen, cell_text(said.cost));
}

void table_clauses(struct pen *pen, uint32_t only)
{
	static const struct brief_head heads[] = { { BRIEF_WORD("Agreement"), false },
		{ BRIEF_WORD("Clause"), false }, { BRIEF_WORD("Who is known to be here"), false },
		{ BRIEF_WORD("What it says"), false }, { BRIEF_WORD("First, and by when"), false },
		{ BRIEF_WORD("Cost"), false } };
	struct clauses clauses = { 0 };

	pen->failed = pen->failed || find_clauses(&clauses, pen, only) != STATUS_OK;
	pen_table(pen, "clauses", BRIEF_WORD("What each clause asks, of whom, by when"),
		HEADS(heads));
	for (size_t i = 0; i < clauses.count; i++)
		clause_row(pen, &clauses.items[i]);
	pen_table_end(pen, 0, BRIEF_WORD("Nobody is known to act here under an agreement."));
}

static struct brief_cell truth_cell(
	const struct pen *pen, const struct readiness *ready, enum ready_part part)
{
	if (!ready->asked[part])
		return cell_text(STR("–"));
	return ready->parts[part] == TRUTH_U
		       ? cell_text(STR_NONE)
		       : cell_word(pen, ready->parts[part] == TRUTH_T ? BRIEF_WORD("yes")
								      : BRIEF_WORD("no"));
}

void table_holds(struct pen *pen, uint32_t only)
{
	static const struct brief_head heads[] = { { BRIEF_WORD("Agreement"), false },
		{ BRIEF_WORD("In force"), false }, { BRIEF_WORD("Term"), false },
		{ BRIEF_WORD("Channels tested"), false }, { BRIEF_WORD("Links tested"), false },
		{ BRIEF_WORD("Exercised"), false }, { BRIEF_WORD("Capacity confirmed"), false },
		{ BRIEF_WORD("Host told"), false } };
	static const enum ready_part parts[] = { READY_IN_FORCE, READY_TERM, READY_CHANNELS,
		READY_LINKS, READY_EXERCISED, READY_CAPACITY, READY_HOST };
	struct clauses clauses = { 0 };

	pen->failed = pen->failed || find_clauses(&clauses, pen, only) != STATUS_OK;
	pen_table(pen, "holds", BRIEF_WORD("Would these agreements hold today"), HEADS(heads));
	for (size_t i = 0; i < clauses.count; i++) {
		const struct agreement *agreement = clauses.items[i].agreement;
		struct readiness ready;
		bool again = false;
		for (size_t j = 0; j < i; j++)
			again = again || clauses.items[j].agreement == agreement;
		if (again)
			continue;
		if (cover_ready(&ready, pen->arena, pen->asked->index, agreement, NULL,
			    pen->asked->date, pen->asked->viewer) != STATUS_OK) {
			pen->failed = true;
			return;
		}
		pen_cell(pen, cell_agreement(pen, agreement));
		for (size_t j = 0; j < sizeof parts / sizeof parts[0]; j++)
			pen_cell(pen, truth_cell(pen, &ready, parts[j]));
	}
	pen_table_end(pen, 0, BRIEF_WORD("Nobody is known to act here under an agreement."));
}

void section_sources(struct pen *pen)
{
	static const struct brief_head heads[] = { { BRIEF_WORD("Number"), true },
		{ BRIEF_WORD("Source"), false }, { BRIEF_WORD("Retrieved"), false },
		{ BRIEF_WORD("Address"), false } };

	pen_section(pen, "sources", BRIEF_WORD("Sources"),
		BRIEF_WORD("Numbers in brackets in the tables are those of this list."));
	pen_table(
		pen, "sources", BRIEF_WORD("Where the figures and facts come from"), HEADS(heads));
	for (size_t i = 0; i < pen->brief->sources_count; i++) {
		const struct source *row = &pen->world->sources[pen->brief->sources[i]];
		pen_cell(pen, cell_number((int64_t)i + 1));
		pen_cell(pen, cell_text(row->title));
		pen_cell(pen, cell_date(row->retrieved));
		pen_cell(pen, row->url.len ? cell_text(row->url) : cell_text(STR("–")));
	}
	pen_table_end(pen, 0, NULL);
}
