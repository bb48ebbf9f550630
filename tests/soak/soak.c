/* soak --seed S --worlds W --queries Q [--analyses N] [--world N [--print]] [--fault K]
 * [--self-test] [--must-differ] [--overlaps-only]
 *
 * Holds the engine against the reference: for each world every answer of Q random queries in all
 * its fields, the counting of people, bands and totals of gaps, and why-not; in every N-th world
 * (default: each; 0: none) advice, unknowns and readiness. Prints TAP; a
 * difference is shown in words with the command that replays its world.
 * --self-test turns on one deliberate fault after the other and fails unless each is seen. */
#include "soak.h"
#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "reference.h"

#define ARENA_MAX ((size_t)256 << 20)
#define SELF_TEST_WORLDS 300

struct run {
	uint64_t seed;
	uint32_t worlds, queries, only; /* only: NONE32 for all */
	uint32_t analyses;              /* are held against the reference in every so many worlds */
	enum fault fault;
	bool self_test, must_differ, quiet, print, overlaps_only;
	struct tally tally;
};

/* One world, read twice where a fault is to be put into the engine's agreements. */
struct subject {
	const struct run *run;
	uint32_t number;
	struct world *world;
	struct accords accords, engine_accords;
	struct cover_index *index;
	struct cover_pieces *pieces;
	/* The same by every path of the lane, the judge alone first: all must answer alike. */
	struct cover_index *paths[COVER_LANES];
	struct random random;
	struct tally *tally;
};

enum verdict { AGREE, DIFFER, BROKEN };

static enum verdict broken(const struct run *run, uint32_t number, const char *what)
{
	printf("# seed %" PRIu64 ", world %u: %s\n", run->seed, number, what);
	return BROKEN;
}

static void print_lines(const struct buf *text)
{
	struct str rest = buf_str(text), line;
	while (str_next_word(&rest, "\n", &line))
		printf("# " STR_FMT "\n", STR_ARG(line));
}

static enum verdict differ(const struct subject *subject, const char *what, struct buf *text)
{
	if (subject->run->quiet)
		return DIFFER;
	printf("# DIFFERENCE in %s; replay: soak --seed %" PRIu64 " --queries %u --world %u\n",
		what, subject->run->seed, subject->run->queries, subject->number);
	print_lines(text);
	return DIFFER;
}

/* --- Reading -------------------------------------------------------------------------------- */

static enum verdict load(struct subject *subject, struct arena *arena, struct scene *scene)
{
	struct diags diags;
	struct buf text;
	struct file_system files = memory_files_system(&scene->files);
	diags_init(&diags, arena, 20);
	enum status status = world_load(&subject->world, arena, &files, STR("w"), &diags);
	if (status == STATUS_OK)
		status = accord_load(
			&subject->accords, arena, subject->world, &files, STR("w"), &diags);
	subject->engine_accords = subject->accords;
	if (status == STATUS_OK && subject->run->fault != FAULT_NONE) {
		status = accord_load(
			&subject->engine_accords, arena, subject->world, &files, STR("w"), &diags);
		if (status == STATUS_OK)
			fault_accords(subject->run->fault, &subject->engine_accords);
	}
	if (status == STATUS_OK)
		status = cover_compile(
			&subject->index, arena, subject->world, &subject->engine_accords);
	if (status == STATUS_OK)
		status = cover_pieces_make(
			&subject->pieces, arena, subject->world, &subject->engine_accords);
	for (int lane = LANE_OFF; lane < COVER_LANES && status == STATUS_OK; lane++) {
		struct cover_options options = { .allocator = &allocator_system,
			.lane = (enum cover_lane)lane };
		status = cover_compile_with(
			&subject->paths[lane], &options, subject->world, &subject->engine_accords);
	}
	if (status == STATUS_OK)
		return AGREE;
	buf_init(&text, arena, 1 << 16);
	diags_print(&text, &diags);
	print_lines(&text);
	return broken(subject->run, subject->number, "a generated world was refused");
}

/* --print: the files of a world, to be looked at or kept as a case. */
static void print_folder(struct arena *arena, const struct file_system *files, struct str folder)
{
	struct str *names, content;
	size_t count;
	if (files->list(files->context, &names, &count, arena, folder) != STATUS_OK)
		return;
	for (size_t i = 0; i < count; i++) {
		struct str path =
			str_format(arena, STR_FMT "/" STR_FMT, STR_ARG(folder), STR_ARG(names[i]));
		if (files->read(files->context, &content, arena, path, WORLD_FILE_MAX) == STATUS_OK)
			printf("# ---- " STR_FMT "\n" STR_FMT, STR_ARG(path), STR_ARG(content));
	}
}

static void print_world(struct arena *arena, struct scene *scene)
{
	struct file_system files = memory_files_system(&scene->files);
	print_folder(arena, &files, STR("w"));
	print_folder(arena, &files, STR("w/agreements"));
}

/* --- One query ------------------------------------------------------------------------------ */

static const struct agreement *own_agreement(
	const struct subject *subject, const struct agreement *agreement)
{
	return &subject->accords.items[agreement - subject->engine_accords.items];
}

/* The engine's agreements may be a copy: both are compared by their places in the lists. */
static void to_own(const struct subject *subject, struct answers *answers)
{
	for (size_t i = 0; i < answers->items_count; i++) {
		struct answer *answer = &answers->items[i];
		ptrdiff_t at = answer->commitment - answer->agreement->commitments;
		answer->agreement = own_agreement(subject, answer->agreement);
		answer->commitment = &answer->agreement->commitments[at];
	}
	for (size_t i = 0; i < answers->expected_count; i++) {
		struct expected *expected = &answers->expected[i];
		ptrdiff_t at = expected->commitment - expected->agreement->commitments;
		expected->agreement = own_agreement(subject, expected->agreement);
		expected->commitment = &expected->agreement->commitments[at];
	}
}

/* Every path of the lane, this machine having it or not, against the best. */
static const char *check_paths(struct subject *subject, struct arena *arena,
	const struct query *query, const struct answers *answers)
{
	const char *difference = NULL;
	for (int lane = LANE_OFF; lane < COVER_LANES && !difference; lane++) {
		struct answers theirs;
		if (cover_who(&theirs, arena, subject->paths[lane], query) != STATUS_OK)
			return "memory";
		difference = compare_answers(answers, &theirs);
	}
	return difference;
}

#define MANY 21 /* more than go together, and no multiple of it */

/* The question among others about the same person: each answered as it is alone. */
static const char *check_many(struct subject *subject, struct arena *arena,
	const struct query *query, const struct answers *answers)
{
	struct answers many[MANY], alone;
	struct query queries[MANY];
	const char *difference;

	for (size_t i = 0; i < MANY; i++) {
		queries[i] = *query;
		if (i % 20)
			queries[i].service = (uint8_t)((query->service + i) % world_service_count);
	}
	if (cover_who_many(many, arena, subject->index, queries, MANY) != STATUS_OK ||
		cover_who(&alone, arena, subject->index, &queries[MANY / 2]) != STATUS_OK)
		return "memory";
	difference = compare_answers(answers, &many[0]);
	if (!difference)
		difference = compare_answers(answers, &many[MANY - 1]);
	return difference ? difference : compare_answers(&alone, &many[MANY / 2]);
}

/* Answers of pieces are those that are written out. */
static const char *check_json(struct subject *subject, struct arena *arena,
	const struct query *query, const struct answers *answers)
{
	struct buf plain, told;
	buf_init(&plain, arena, (size_t)1 << 22);
	buf_init(&told, arena, (size_t)1 << 22);
	if (cover_who_json(&plain, subject->index, query, answers) != STATUS_OK ||
		cover_who_told(&told, subject->index, subject->pieces, query, answers) != STATUS_OK)
		return "memory";
	return str_eq(buf_str(&plain), buf_str(&told)) ? NULL : "JSON of pieces";
}

static enum verdict check_who(struct subject *subject, struct arena *arena,
	const struct query *query, struct answers *answers)
{
	struct answers theirs;
	struct query asked = *query;
	fault_before(subject->run->fault, &asked);
	if (cover_who(&theirs, arena, subject->index, &asked) != STATUS_OK ||
		reference_who(answers, arena, subject->world, &subject->accords, query) !=
			STATUS_OK)
		return broken(subject->run, subject->number, "no memory");
	const char *path = check_paths(subject, arena, &asked, &theirs);
	if (!path)
		path = check_many(subject, arena, &asked, &theirs);
	if (!path)
		path = check_json(subject, arena, &asked, &theirs);
	if (path) {
		struct buf told;
		buf_init(&told, arena, 1 << 20);
		soak_query_words(&told, subject->world, query);
		return differ(subject, path, &told);
	}
	to_own(subject, &theirs);
	fault_after(subject->run->fault, &theirs);
	const char *difference = compare_answers(answers, &theirs);
	if (!difference)
		return AGREE;
	struct buf text;
	buf_init(&text, arena, 1 << 20);
	soak_query_words(&text, subject->world, query);
	buf_add_c(&text, "reference:\n");
	print_answers(&text, subject->world, answers);
	buf_add_c(&text, "engine:\n");
	print_answers(&text, subject->world, &theirs);
	return differ(subject, difference, &text);
}

/* Rows that answer by --why-not are those of the answers, held ones likewise; expected rows are
 * told as such. */
static bool same_side(const struct answers *answers, const struct why_not_row *row, uint32_t party)
{
	bool answered = false, held = false, expected = false;
	for (size_t i = 0; i < answers->items_count; i++) {
		const struct answer *answer = &answers->items[i];
		if (answer->provider == party && answer->commitment == row->commitment) {
			answered = answered || !answer->held;
			held = held || answer->held;
		}
	}
	for (size_t i = 0; i < answers->expected_count; i++)
		expected = expected || (answers->expected[i].provider == party &&
					       answers->expected[i].commitment == row->commitment);
	return (row->reason == WHYNOT_ANSWERS) == answered &&
	       (row->reason == WHYNOT_HELD) == held &&
	       (!expected || row->reason == WHYNOT_EXPECTED);
}

static bool told_by(
	const struct why_not_row *rows, size_t count, const struct commitment *commitment)
{
	for (size_t i = 0; i < count; i++)
		if (rows[i].commitment == commitment)
			return true;
	return false;
}

static enum verdict check_why_not(struct subject *subject, struct arena *arena,
	const struct query *query, const struct answers *answers)
{
	for (uint32_t party = 0; party < subject->world->parties_count; party++) {
		struct why_not_row *rows;
		size_t count;
		if (cover_why_not(&rows, &count, arena, subject->index, query, party) != STATUS_OK)
			return broken(subject->run, subject->number, "no memory");
		bool same = true;
		for (size_t i = 0; i < count; i++)
			same = same && same_side(answers, &rows[i], party);
		for (size_t i = 0; i < answers->items_count; i++)
			same = same && (answers->items[i].provider != party ||
					       told_by(rows, count, answers->items[i].commitment));
		if (same)
			continue;
		struct buf text;
		buf_init(&text, arena, 1 << 20);
		soak_query_words(&text, subject->world, query);
		print_answers(&text, subject->world, answers);
		buf_add_format(&text, "why not " STR_FMT ":\n",
			STR_ARG(subject->world->parties[party].id));
		for (size_t i = 0; i < count; i++)
			buf_add_format(&text, "  " STR_FMT " " STR_FMT ": " STR_FMT "\n",
				STR_ARG(rows[i].agreement->id), STR_ARG(rows[i].commitment->id),
				STR_ARG(cover_whynot_words[rows[i].reason]));
		return differ(subject, "why-not", &text);
	}
	return AGREE;
}

static enum verdict check_query(struct subject *subject, struct tally *tally, uint32_t number)
{
	struct arena arena;
	struct query query;
	struct answers answers;
	arena_init(&arena, &allocator_system, ARENA_MAX);
	soak_query(&query, &subject->random, subject->world, &subject->accords);
	enum verdict verdict = check_who(subject, &arena, &query, &answers);
	if (verdict == AGREE && number % 20 == 0 && subject->run->fault == FAULT_NONE)
		verdict = check_why_not(subject, &arena, &query, &answers);
	if (verdict == AGREE)
		tally_answers(tally, &query, &answers);
	arena_free(&arena);
	return verdict;
}

/* --- Presence ---------------------------------------------------------------------------- */

static bool same_presence(const struct presence *a, const struct presence *b)
{
	return a->truth == b->truth && a->level == b->level && a->stale == b->stale &&
	       (a->truth != TRUTH_T ||
		       (a->post_row == b->post_row && a->office_row == b->office_row));
}

/* world/ against the reference, without any agreement between. */
static enum verdict check_presence(struct subject *subject)
{
	const struct world *world = subject->world;
	struct random *random = &subject->random;
	for (uint32_t i = 0; i < subject->run->queries; i++) {
		struct query query;
		soak_query(&query, random, world, &subject->accords);
		uint16_t nat = query.nats[0];
		uint32_t party =
			world->nats[nat].state; /* mostly a State: others have offices only */
		if (party == NONE32 || random_chance(random, 30))
			party = random_below(random, (uint32_t)world->parties_count);
		unsigned levels = 1 + random_below(random, LEVELS_ALL);
		uint8_t service = random_chance(random, 70) ? query.service : SERVICE_NONE;
		struct presence mine =
			reference_presence(world, party, query.place, levels, service, query.date);
		struct presence theirs =
			world_presence(world, party, query.place, levels, service, query.date);
		subject->tally->presences[mine.truth]++;
		if (same_presence(&mine, &theirs))
			continue;
		struct arena arena;
		struct buf text;
		arena_init(&arena, &allocator_system, ARENA_MAX);
		buf_init(&text, &arena, 1 << 16);
		soak_query_words(&text, world, &query);
		buf_add_format(&text,
			"presence of " STR_FMT " at levels %u: reference %d level %u row %u "
			"stale %d, world %d level %u row %u stale %d\n",
			STR_ARG(world->parties[party].id), levels, mine.truth, mine.level,
			mine.post_row, mine.stale, theirs.truth, theirs.level, theirs.post_row,
			theirs.stale);
		enum verdict verdict = differ(subject, "presence", &text);
		arena_free(&arena);
		return verdict;
	}
	return AGREE;
}

/* --- Gaps ----------------------------------------------------------------------------------- */

static void draw_filter(struct gap_filter *filter, struct random *random, const struct world *world)
{
	int32_t date = date_of((struct civil){ 2014, 1, 1 });
	*filter = (struct gap_filter){
		.place = NONE32, .nat = NAT_NONE, .group = -1, .viewer = VIEWER_ALL
	};
	filter->date = date_add_months(date, (int32_t)(6 * random_below(random, 20)));
	if (random_chance(random, 70))
		filter->place = random_below(random, (uint32_t)world->places_count);
	if (random_chance(random, 15))
		filter->nat = (uint16_t)random_below(random, (uint32_t)world->nats_count);
	if (random_chance(random, 15))
		filter->group = (int)random_below(random, 3);
	if (random_chance(random, 15))
		filter->viewer = VIEWER_PUBLIC;
	if (random_chance(random, 20))
		filter->phase = (enum phase)(1u << random_below(random, 3));
}

static enum verdict check_gaps(struct subject *subject, struct tally *tally)
{
	struct arena arena;
	struct gap_filter filter;
	struct people_count count, mine;
	struct gaps theirs, gaps;
	arena_init(&arena, &allocator_system, ARENA_MAX);
	draw_filter(&filter, &subject->random, subject->world);
	const char *name =
		soak_services.items[random_below(&subject->random, (uint32_t)soak_services.count)];
	uint8_t service = world_service_find(str_of(name));
	enum verdict verdict = AGREE;
	if (world_people(&count, &arena, subject->world, filter.date) != STATUS_OK ||
		reference_people(&mine, &arena, subject->world, filter.date) != STATUS_OK ||
		cover_gaps(&theirs, &arena, subject->index, &count, service, &filter) !=
			STATUS_OK ||
		reference_gaps(&gaps, &arena, subject->world, &subject->accords, service,
			&filter) != STATUS_OK ||
		cover_bound(&theirs, &arena, subject->index, &count, &filter) != STATUS_OK ||
		reference_bound(&gaps, &arena, subject->world, &subject->accords, &filter) !=
			STATUS_OK)
		verdict = broken(subject->run, subject->number, "no memory");
	const char *difference = verdict == AGREE ? compare_people(&mine, &count) : NULL;
	if (verdict == AGREE && !difference)
		difference = compare_gaps(&gaps, &theirs);
	for (int lane = LANE_OFF; verdict == AGREE && !difference && lane < COVER_LANES; lane++) {
		if (cover_gaps(&theirs, &arena, subject->paths[lane], &count, service, &filter) !=
				STATUS_OK ||
			cover_bound(&theirs, &arena, subject->paths[lane], &count, &filter) !=
				STATUS_OK)
			verdict = broken(subject->run, subject->number, "no memory");
		else
			difference = compare_gaps(&gaps, &theirs);
	}
	if (difference) {
		struct buf text;
		char date[11];
		date_format(date, filter.date);
		buf_init(&text, &arena, 1 << 20);
		buf_add_format(&text, "gaps of %s on %s\nreference:\n", name, date);
		print_gaps(&text, subject->world, &gaps);
		buf_add_c(&text, "engine:\n");
		print_gaps(&text, subject->world, &theirs);
		verdict = differ(subject, difference, &text);
	} else if (verdict == AGREE) {
		tally_gaps(tally, &gaps);
	}
	arena_free(&arena);
	return verdict;
}

/* --- Versions -------------------------------------------------------------------------------- */

/* The world without one of its agreements, against itself; either may be the older one. */
static enum verdict check_without(struct subject *subject, struct arena *arena)
{
	const struct accords *all = &subject->accords;
	struct accords less = { ARENA_ARRAY(arena, all->items_count, struct agreement), 0 };
	struct version with = { subject->world, all, subject->index };
	struct version without = { subject->world, &less, NULL };
	struct cover_index *index;
	struct gap_filter filter;
	size_t dropped = random_below(&subject->random, (uint32_t)all->items_count);
	bool turned = random_chance(&subject->random, 50);
	if (!less.items)
		return broken(subject->run, subject->number, "no memory");
	for (size_t i = 0; i < all->items_count; i++)
		if (i != dropped)
			less.items[less.items_count++] = all->items[i];
	if (cover_compile(&index, arena, subject->world, &less) != STATUS_OK)
		return broken(subject->run, subject->number, "no memory");
	without.index = index;
	draw_filter(&filter, &subject->random, subject->world);
	const char *difference = versions_differ(arena, &subject->random, turned ? &without : &with,
		turned ? &with : &without, &filter, &subject->tally->changed_answers);
	return difference ? broken(subject->run, subject->number, difference) : AGREE;
}

static enum verdict check_grid(struct subject *subject, struct arena *arena)
{
	struct gap_filter filter;
	draw_filter(&filter, &subject->random, subject->world);
	const char *difference = grids_differ(arena, &subject->random, subject->world,
		&subject->accords, subject->index, &filter, &subject->tally->grid_cells);
	return difference ? broken(subject->run, subject->number, difference) : AGREE;
}

/* The next world against this one: other facts, other numbers, some of the same names. */
static enum verdict check_other(struct subject *subject, struct arena *arena, struct scene *scene)
{
	struct subject other = { .run = subject->run, .number = subject->number + 1 };
	struct scene *next = arena_get(arena, sizeof *next);
	struct version versions[2] = { { subject->world, &subject->accords, subject->index } };
	struct gap_filter filter;
	struct file_system files = memory_files_system(&scene->files);
	if (!next)
		return broken(subject->run, subject->number, "no memory");
	for (size_t i = 1; i < subject->accords.items_count; i++) {
		const char *difference = versions_text(
			arena, &subject->accords.items[i - 1], &subject->accords.items[i], &files);
		subject->tally->changed_fields++;
		if (difference)
			return broken(subject->run, subject->number, difference);
	}
	soak_generate(next, arena, subject->run->seed, other.number);
	enum verdict verdict = next->no_memory ? broken(subject->run, other.number, "no memory")
					       : load(&other, arena, next);
	if (verdict != AGREE)
		return verdict;
	versions[1] = (struct version){ other.world, &other.accords, other.index };
	draw_filter(&filter, &subject->random, other.world);
	filter.viewer = VIEWER_ALL;
	const char *difference = versions_differ(arena, &subject->random, &versions[0],
		&versions[1], &filter, &subject->tally->changed_answers);
	for (int lane = LANE_OFF; lane < COVER_LANES; lane++)
		cover_release(other.paths[lane]);
	return difference ? broken(subject->run, subject->number, difference) : AGREE;
}

/* --- Overlaps ------------------------------------------------------------------------------- */

static enum verdict check_overlaps(struct subject *subject)
{
	struct arena arena;
	struct buf text;
	enum verdict verdict = AGREE;
	arena_init(&arena, &allocator_system, ARENA_MAX);
	buf_init(&text, &arena, 1 << 20);
	const char *difference = soak_overlaps(subject->tally, &arena, subject->world,
		&subject->accords, subject->index, &subject->random, &text);
	if (difference)
		verdict = differ(subject, difference, &text);
	arena_free(&arena);
	return verdict;
}

/* --- Analyses ------------------------------------------------------------------------------- */

static enum verdict check_analyses(struct subject *subject)
{
	struct arena arena;
	struct buf text;
	struct random random =
		random_seeded(subject->run->seed * UINT64_C(1000003) + subject->number);
	enum verdict verdict = AGREE;
	arena_init(&arena, &allocator_system, ARENA_MAX);
	buf_init(&text, &arena, 1 << 20);
	const char *difference = soak_analyses(&text, &arena, subject->world, &subject->accords,
		subject->index, &random, subject->tally);
	if (difference)
		verdict = differ(subject, difference, &text);
	arena_free(&arena);
	return verdict;
}

/* --- Worlds --------------------------------------------------------------------------------- */

static enum verdict check_world(struct run *run, uint32_t number)
{
	struct arena arena;
	struct scene *scene = malloc(sizeof *scene);
	struct subject subject = { .run = run, .number = number, .tally = &run->tally };
	enum verdict verdict = AGREE;
	if (!scene)
		return broken(run, number, "no memory");
	arena_init(&arena, &allocator_system, ARENA_MAX);
	soak_generate(scene, &arena, run->seed, number);
	if (run->print)
		print_world(&arena, scene);
	subject.random = random_seeded(random_next(&scene->random));
	verdict =
		scene->no_memory ? broken(run, number, "no memory") : load(&subject, &arena, scene);
	if (verdict == AGREE && run->fault == FAULT_NONE && !run->overlaps_only)
		verdict = check_presence(&subject);
	for (uint32_t i = 0; verdict == AGREE && i < run->queries && !run->overlaps_only; i++)
		verdict = check_query(&subject, &run->tally, i);
	bool count_gaps =
		(run->fault == FAULT_NONE && !run->overlaps_only) || run->fault == FAULT_CAPACITY;
	for (int i = 0; verdict == AGREE && i < 4 && count_gaps; i++)
		verdict = check_gaps(&subject, &run->tally);
	bool versions = run->fault == FAULT_NONE && !run->overlaps_only;
	if (verdict == AGREE && versions)
		verdict = check_without(&subject, &arena);
	if (verdict == AGREE && versions && number % 2 == 0)
		verdict = check_grid(&subject, &arena);
	if (verdict == AGREE && versions && number % 4 == 0)
		verdict = check_other(&subject, &arena, scene);
	for (int i = 0; verdict == AGREE && i < 3 && run->fault == FAULT_NONE; i++)
		verdict = check_overlaps(&subject);
	if (verdict == AGREE && run->fault == FAULT_NONE && run->analyses &&
		number % run->analyses == 0)
		verdict = check_analyses(&subject);
	if (verdict == AGREE)
		run->tally.agreements += subject.accords.items_count;
	for (size_t i = 0; verdict == AGREE && i < subject.accords.items_count; i++)
		run->tally.commitments += subject.accords.items[i].commitments_count;
	for (int lane = LANE_OFF; lane < COVER_LANES; lane++)
		cover_release(subject.paths[lane]);
	arena_free(&arena);
	free(scene);
	return verdict;
}

static enum verdict run_worlds(struct run *run)
{
	uint32_t first = run->only == NONE32 ? 0 : run->only;
	uint32_t last = run->only == NONE32 ? run->worlds : run->only + 1;
	for (uint32_t number = first; number < last; number++) {
		enum verdict verdict = check_world(run, number);
		if (verdict != AGREE)
			return verdict;
	}
	return AGREE;
}

/* Every deliberate fault must be seen within a few hundred worlds. */
static int self_test(const struct run *base)
{
	int missed = 0;
	printf("1..%d\n", FAULTS - 1);
	for (int fault = FAULT_NONE + 1; fault < FAULTS; fault++) {
		struct run run = { .seed = base->seed,
			.worlds = SELF_TEST_WORLDS,
			.queries = base->queries,
			.only = NONE32,
			.fault = (enum fault)fault,
			.quiet = true };
		bool seen = run_worlds(&run) == DIFFER;
		printf("%s %d - fault is seen: %s\n", seen ? "ok" : "not ok", fault,
			fault_words[fault]);
		missed += !seen;
	}
	return missed ? 1 : 0;
}

/* For an engine with a fault built into it. */
static int must_differ(struct run *run)
{
	run->quiet = true;
	bool seen = run_worlds(run) == DIFFER;
	printf("1..1\n%s 1 - the fault built into this engine is seen\n", seen ? "ok" : "not ok");
	return seen ? 0 : 1;
}

static int whole_run(struct run *run)
{
	uint64_t started = clock_system.monotonic_ns(clock_system.context);
	printf("1..2\n# seed %" PRIu64 "\n", run->seed);
	enum verdict verdict = run_worlds(run);
	uint64_t ns = clock_system.monotonic_ns(clock_system.context) - started;
	double seconds = (double)ns / 1e9;
	printf("%s 1 - engine and reference agree: %" PRIu64 " queries, %" PRIu64
	       " cells, seed %" PRIu64 "\n",
		verdict == AGREE ? "ok" : "not ok", run->tally.queries, run->tally.cells,
		run->seed);
	printf("# figure: %.1f s, %.0f queries/s\n", seconds,
		(double)run->tally.queries / (seconds > 0 ? seconds : 1));
	if (verdict != AGREE)
		return 1;
	size_t rare = tally_print(&run->tally);
	bool judged = run->only == NONE32 && run->tally.queries >= 50000;
	printf("%s 2 - every feature was met often enough%s\n", judged && rare ? "not ok" : "ok",
		judged ? "" : " # skip the run is too small to judge");
	return judged && rare ? 1 : 0;
}

static bool read_number(const char *text, uint64_t *value)
{
	int64_t number;
	if (!text || !str_to_int64(str_of(text), &number) || number < 0)
		return false;
	*value = (uint64_t)number;
	return true;
}

static bool read_options(struct run *run, int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		uint64_t value = 0;
		if (strcmp(argv[i], "--self-test") == 0) {
			run->self_test = true;
			continue;
		}
		if (strcmp(argv[i], "--must-differ") == 0) {
			run->must_differ = true;
			continue;
		}
		if (strcmp(argv[i], "--overlaps-only") == 0) {
			run->overlaps_only = true;
			continue;
		}
		if (strcmp(argv[i], "--print") == 0) {
			run->print = true;
			continue;
		}
		if (i + 1 >= argc || !read_number(argv[i + 1], &value))
			return false;
		if (strcmp(argv[i], "--seed") == 0)
			run->seed = value;
		else if (strcmp(argv[i], "--worlds") == 0 && value <= UINT32_MAX)
			run->worlds = (uint32_t)value;
		else if (strcmp(argv[i], "--queries") == 0 && value <= UINT32_MAX)
			run->queries = (uint32_t)value;
		else if (strcmp(argv[i], "--analyses") == 0 && value <= UINT32_MAX)
			run->analyses = (uint32_t)value;
		else if (strcmp(argv[i], "--world") == 0 && value < NONE32)
			run->only = (uint32_t)value;
		else if (strcmp(argv[i], "--fault") == 0 && value < FAULTS)
			run->fault = (enum fault)value;
		else
			return false;
		i++;
	}
	return true;
}

int main(int argc, char **argv)
{
	struct run run = {
		.seed = 1, .worlds = 100, .queries = 100, .only = NONE32, .analyses = 1
	};
	if (!read_options(&run, argc, argv)) {
		fprintf(stderr, "usage: soak [--seed S] [--worlds W] [--queries Q] [--analyses N] "
				"[--world N] [--print] [--fault K] [--self-test] [--must-differ] "
				"[--overlaps-only]\n");
		return 2;
	}
	if (run.self_test)
		return self_test(&run);
	return run.must_differ ? must_differ(&run) : whole_run(&run);
}
