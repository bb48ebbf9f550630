/* change --seed S --worlds W --changes C [--world N]
 *
 * Holds the incremental against the full rebuild: random worlds whose agreements are signed,
 * amended, ended and withdrawn, and whose posts close and open, one change after the other. After
 * every change the new snapshot must hold, entry by entry, what cover_compile_with() of the same
 * agreements holds; kept bands must equal cover_gaps() of it, cell by cell; questions must be
 * answered alike; and an older snapshot, still held, must be as it was. At the end no block may be
 * left. Prints TAP. */
#include "soak.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "cover/internal.h"

#define ARENA_MAX ((size_t)256 << 20)
#define VARIANTS 4
#define SLOTS (2 * SCENE_AGREEMENTS) /* ids: each agreement and a copy of it under another */

/* Counts what is got and not given back. */
struct counted {
	size_t live;
};

static void *counted_get(void *context, size_t size)
{
	struct counted *counted = context;
	void *memory = malloc(size);
	counted->live += memory ? size : 0;
	return memory;
}

static void counted_put(void *context, void *memory, size_t size)
{
	struct counted *counted = context;
	counted->live -= size;
	free(memory);
}

struct trial {
	uint64_t seed;
	uint32_t number, changes;
	struct random random;
	struct arena arena, shorter; /* of the world; of one change */
	struct allocator allocator;
	struct counted counted;
	struct world *worlds[2];  /* the second with some post closed */
	const uint32_t *facts_at; /* countries where the two differ */
	size_t facts_at_count;
	struct accords accords;
	struct agreement variants[SLOTS][VARIANTS];
	size_t slot_count;
	int present[SLOTS]; /* number of a variant, -1: none */
	int world;
	const struct cover_index *index;
	const struct cover_bands *bands;
	struct people_count count;
	int32_t date;
	uint32_t viewer;
	/* an older snapshot */
	const struct cover_index *old;
	uint64_t old_digest;
	const char *difference;
	uint64_t changes_done, queries_done, cells_done, touched_services;
};

/* ---- the world, twice ---- */

/* The posts' file with its NUMBERth open post closed; false if there is none. */
static bool close_post(struct trial *trial, struct scene *scene, uint32_t number)
{
	struct file_system files = memory_files_system(&scene->files);
	struct str text;
	if (files.read(files.context, &text, &trial->arena, STR("w/posts.csv"), WORLD_FILE_MAX) !=
		STATUS_OK)
		return false;
	const char *at = text.ptr, *end = text.ptr + text.len;
	for (; at; number--) {
		at = memmem(at, (size_t)(end - at), ",open,", 6);
		if (!at || number == 0)
			break;
		at += 6;
	}
	if (!at)
		return false;
	struct buf out;
	buf_init(&out, &trial->arena, 1 << 20);
	buf_add(&out, str_sub(text, 0, (size_t)(at - text.ptr)));
	buf_add_c(&out, ",closed,");
	buf_add(&out, str_sub(text, (size_t)(at - text.ptr) + 6, text.len));
	return memory_files_put(&scene->files, STR("w/posts.csv"), buf_str(&out)) == STATUS_OK;
}

static bool post_differs(const struct trial *trial, struct str id)
{
	const struct world *a = trial->worlds[0], *b = trial->worlds[1];
	for (size_t i = 0; i < a->posts_count; i++)
		if (str_eq(a->posts[i].id, id) && a->posts[i].state != b->posts[i].state)
			return true;
	return false;
}

/* Countries of which a post that differs may speak, in any of its rows. */
static bool find_facts_at(struct trial *trial)
{
	const struct world *world = trial->worlds[0];
	void *items = NULL;
	size_t capacity = 0;
	if (world->posts_count != trial->worlds[1]->posts_count)
		return false;
	for (size_t i = 0; i < world->posts_count; i++) {
		const struct post_row *row = &world->posts[i];
		if (!post_differs(trial, row->id))
			continue;
		for (size_t k = 0; k <= row->accredited_count; k++) {
			uint32_t *slot = arena_push(&trial->arena, &items, &trial->facts_at_count,
				&capacity, sizeof *slot);
			if (!slot)
				return false;
			*slot = k ? row->accredited_to[k - 1] : world->places[row->place].country;
		}
	}
	trial->facts_at = items;
	return true;
}

static bool load(struct trial *trial, struct scene *scene)
{
	struct diags diags;
	struct file_system files = memory_files_system(&scene->files);
	diags_init(&diags, &trial->arena, 20);
	if (world_load(&trial->worlds[0], &trial->arena, &files, STR("w"), &diags) != STATUS_OK ||
		accord_load(&trial->accords, &trial->arena, trial->worlds[0], &files, STR("w"),
			&diags) != STATUS_OK)
		return false;
	trial->worlds[1] = trial->worlds[0];
	if (close_post(trial, scene, random_below(&trial->random, 3)) &&
		world_load(&trial->worlds[1], &trial->arena, &files, STR("w"), &diags) != STATUS_OK)
		trial->worlds[1] = trial->worlds[0]; /* that post may not close like this */
	return find_facts_at(trial);
}

/* ---- agreements and what may become of them ---- */

static int32_t some_date(struct trial *trial)
{
	return date_add_months(
		date_of((struct civil){ 2014, 1, 1 }), (int32_t)random_below(&trial->random, 120));
}

/* As written; ended on some day; with fewer commitments; in force later. */
static void make_variants(struct trial *trial)
{
	for (size_t i = 0; i < 2 * trial->accords.items_count; i++) {
		struct agreement base = trial->accords.items[i / 2];
		if (i % 2)
			base.id = str_format(&trial->arena, STR_FMT "-two", STR_ARG(base.id));
		for (size_t v = 0; v < VARIANTS; v++)
			trial->variants[i][v] = base;
		trial->variants[i][1].until = some_date(trial);
		trial->variants[i][2].commitments_count -= base.commitments_count > 1;
		trial->variants[i][3].from = some_date(trial);
	}
	trial->slot_count = 2 * trial->accords.items_count;
}

/* What is present, as one list in order of id. */
static bool list_present(struct trial *trial, struct accords *out, struct arena *arena)
{
	*out = (struct accords){ .items = ARENA_ARRAY(arena, trial->slot_count, struct agreement) };
	for (size_t i = 0; out->items && i < trial->slot_count; i++)
		if (trial->present[i] >= 0)
			out->items[out->items_count++] = trial->variants[i][trial->present[i]];
	return out->items != NULL;
}

/* ---- comparing snapshots ---- */

static uint64_t mix(uint64_t hash, uint64_t value)
{
	hash = (hash ^ value) * UINT64_C(0x9e3779b97f4a7c15);
	return hash ^ hash >> 29;
}

/* An entry without numbers that a rebuild may give otherwise: number I of those from FROM on, whose
 * keys are RUN. */
static uint64_t entry_digest(const struct cover_index *index, const struct entry_block *block,
	uint32_t from, struct key_run run, uint32_t i)
{
	const struct entry *entry = &block->entries[from + i];
	uint64_t hash = str_hash(entry->agreement->id);
	hash = mix(hash, (uintptr_t)entry->commitment);
	hash = mix(hash, (uint64_t)run.from[i] << 32 | run_until(run)[i]);
	hash = mix(hash, (uint64_t)run_phases(run)[i] << 8 | run_needs(run)[i]);
	hash = mix(hash, block_providers(block)[from + i]);
	hash = mix(hash, entry->rank);
	for (unsigned w = 0; w < 4; w++)
		hash = mix(hash, index->sets[run_sets(run)[i]].words[w]);
	return hash;
}

/* The entries of every place in any order; the agreements in theirs. */
static uint64_t index_digest(const struct cover_index *index)
{
	uint64_t hash = mix(index->row_count, index->agreement_count);
	for (size_t s = 0; s < WORLD_SERVICES_MAX; s++) {
		const struct service_table *table = index->services[s];
		for (uint32_t b = 0; table && b < index->atlas->block_count; b++) {
			const struct entry_block *block = table->blocks[b];
			for (uint32_t local = 0; block && local < block->span; local++) {
				uint64_t sum = 0;
				uint32_t from = block->offsets[local];
				struct key_run run =
					block_run(block, from, block->offsets[local + 1]);
				for (uint32_t i = 0; i < run.count; i++)
					sum += entry_digest(index, block, from, run, i);
				hash = sum ? mix(hash, sum ^ (s << 40 | b << 20 | local)) : hash;
			}
		}
	}
	for (struct walk walk = { .index = index }; walk_next(&walk);) {
		hash = mix(hash, str_hash(walk.rows->agreement->id));
		hash = mix(hash, walk.rows->count);
	}
	return hash;
}

/* Every agreement has a number of its own. */
static const char *check_slots(const struct cover_index *index, struct arena *arena)
{
	bool *seen = ARENA_ARRAY(arena, index->slot_count, bool);
	for (struct walk walk = { .index = index }; walk_next(&walk);) {
		uint32_t slot = walk.rows->slot;
		if (!seen || slot >= index->slot_count || seen[slot])
			return "slots";
		seen[slot] = true;
		for (uint32_t i = 0; i < walk.rows->count; i++)
			if (walk.rows->rows[i].slot != slot)
				return "a row's slot";
	}
	return NULL;
}

/* The gap list is the cells under a band, in the one order. */
static const char *check_list(struct trial *trial, const struct gaps *gaps, uint8_t service)
{
	enum band below = (enum band)(1 + random_below(&trial->random, BANDS - 1));
	const struct gap_cell **wanted =
		ARENA_ARRAY(&trial->shorter, gaps->cells_count, const struct gap_cell *);
	struct gap_cell *list = ARENA_ARRAY(&trial->shorter, gaps->cells_count, struct gap_cell);
	size_t count = 0;
	if (!wanted || !list)
		return "memory";
	for (size_t i = 0; i < gaps->cells_count; i++)
		if (gaps->cells[i].band.band < below)
			wanted[count++] = &gaps->cells[i];
	if (count > 1)
		qsort_r(wanted, count, sizeof *wanted, cover_gap_order,
			(void *)(uintptr_t)trial->worlds[0]);
	if (cover_bands_list(list, gaps->cells_count, trial->bands, service, below) != count)
		return "the length of the gap list";
	for (size_t i = 0; i < count; i++)
		if (list[i].cell.place != wanted[i]->cell.place ||
			list[i].cell.nat != wanted[i]->cell.nat ||
			list[i].cell.group != wanted[i]->cell.group)
			return "the gap list";
	return NULL;
}

static const char *check_bands(struct trial *trial, const struct cover_index *full)
{
	struct gap_filter filter = { NONE32, NAT_NONE, -1, trial->date, trial->viewer };
	const char *difference = NULL;
	for (uint8_t s = 0; s < world_service_count && !difference; s++) {
		struct gaps gaps, kept;
		if (!full->services[s] && !random_chance(&trial->random, 4))
			continue; /* nothing is offered: looked at now and then */
		if (cover_gaps(&gaps, &trial->shorter, full, &trial->count, s, &filter) !=
				STATUS_OK ||
			cover_bands_gaps(&kept, &trial->shorter, trial->bands, s) != STATUS_OK)
			return "memory";
		difference = compare_gaps(&gaps, &kept);
		trial->cells_done += gaps.cells_count;
		if (!difference)
			difference = check_list(trial, &gaps, s);
	}
	return difference;
}

static void to_variants(struct trial *trial, struct answers *answers, const struct accords *list)
{
	for (size_t i = 0; i < answers->items_count; i++)
		for (size_t k = 0, n = 0; k < trial->slot_count; k++)
			if (trial->present[k] >= 0 &&
				answers->items[i].agreement == &list->items[n++])
				answers->items[i].agreement =
					&trial->variants[k][trial->present[k]];
	for (size_t i = 0; i < answers->expected_count; i++)
		for (size_t k = 0, n = 0; k < trial->slot_count; k++)
			if (trial->present[k] >= 0 &&
				answers->expected[i].agreement == &list->items[n++])
				answers->expected[i].agreement =
					&trial->variants[k][trial->present[k]];
}

static const char *check_queries(
	struct trial *trial, const struct cover_index *full, const struct accords *list)
{
	const char *difference = NULL;
	for (int i = 0; i < 4 && !difference; i++) {
		struct query query;
		struct answers one, two;
		soak_query(&query, &trial->random, trial->worlds[0], &trial->accords);
		if (cover_who(&one, &trial->shorter, full, &query) != STATUS_OK ||
			cover_who(&two, &trial->shorter, trial->index, &query) != STATUS_OK)
			return "memory";
		to_variants(trial, &one, list);
		difference = compare_answers(&one, &two);
		trial->queries_done++;
	}
	return difference;
}

/* The snapshot as it is now against a rebuild of the same. */
static const char *check(struct trial *trial)
{
	struct cover_options options = { .allocator = &trial->allocator };
	struct cover_index *full;
	struct accords list;
	const char *difference = NULL;
	options.lane = (enum cover_lane)(1 + random_below(&trial->random, COVER_LANES - 1));
	if (!list_present(trial, &list, &trial->shorter) ||
		cover_compile_with(&full, &options, trial->worlds[trial->world], &list) !=
			STATUS_OK)
		return "memory";
	if (index_digest(full) != index_digest(trial->index))
		difference = "the index";
	if (!difference)
		difference = check_slots(trial->index, &trial->shorter);
	if (!difference)
		difference = check_bands(trial, full);
	if (!difference)
		difference = check_queries(trial, full, &list);
	if (!difference && trial->old && index_digest(trial->old) != trial->old_digest)
		difference = "an older snapshot";
	cover_release(full);
	return difference;
}

/* ---- changes ---- */

static void draw_change(struct trial *trial, struct cover_change *change,
	const struct agreement **added, struct str *removed)
{
	bool chosen[SLOTS] = { false };
	*change = (struct cover_change){ .added = added, .removed = removed };
	for (uint32_t n = 1 + random_below(&trial->random, 3); n > 0; n--) {
		size_t slot = random_below(&trial->random, (uint32_t)trial->slot_count);
		if (chosen[slot])
			continue;
		chosen[slot] = true;
		if (trial->present[slot] >= 0 && random_chance(&trial->random, 40)) {
			removed[change->removed_count++] = trial->variants[slot][0].id;
			trial->present[slot] = -1;
		} else {
			trial->present[slot] = (int)random_below(&trial->random, VARIANTS);
			added[change->added_count++] = &trial->variants[slot][trial->present[slot]];
		}
	}
	if (trial->facts_at_count && random_chance(&trial->random, 15)) {
		trial->world = !trial->world;
		change->world = trial->worlds[trial->world];
		change->facts_at = trial->facts_at;
		change->facts_at_count = trial->facts_at_count;
	}
}

static void keep_old(struct trial *trial)
{
	if (!random_chance(&trial->random, 20))
		return;
	cover_release(trial->old);
	trial->old = cover_retain(trial->index);
	trial->old_digest = index_digest(trial->old);
}

static const char *change_once(struct trial *trial)
{
	const struct agreement *added[SLOTS];
	struct str removed[SLOTS];
	struct cover_change change;
	struct cover_touched touched;
	struct cover_index *next;
	struct cover_bands *bands;
	arena_reset(&trial->shorter);
	keep_old(trial);
	draw_change(trial, &change, added, removed);
	if (cover_change(&next, &touched, &trial->shorter, trial->index, &change) != STATUS_OK)
		return "memory";
	if (cover_bands_change(&bands, trial->bands, next, &touched) != STATUS_OK) {
		cover_release(next);
		return "memory";
	}
	cover_release(trial->index);
	cover_bands_release(trial->bands);
	trial->index = next;
	trial->bands = bands;
	trial->changes_done++;
	trial->touched_services += touched.items_count;
	return check(trial);
}

/* ---- one world ---- */

static bool start(struct trial *trial)
{
	struct cover_options options = { .allocator = &trial->allocator };
	struct cover_index *index;
	struct cover_bands *bands;
	struct accords list;
	trial->date = some_date(trial);
	trial->viewer = random_chance(&trial->random, 80) ? VIEWER_ALL : VIEWER_PUBLIC;
	for (size_t i = 0; i < trial->slot_count; i++)
		trial->present[i] = (int)random_below(&trial->random, VARIANTS + 1) - 1;
	if (world_people(&trial->count, &trial->arena, trial->worlds[0], trial->date) !=
			STATUS_OK ||
		!list_present(trial, &list, &trial->arena))
		return false;
	/* The list is a copy; entries must name the variants themselves. */
	list.items_count = 0;
	if (cover_compile_with(&index, &options, trial->worlds[0], &list) != STATUS_OK)
		return false;
	trial->index = index;
	for (size_t i = 0; i < trial->slot_count; i++)
		trial->present[i] = -1;
	if (cover_bands_make(&bands, index, &trial->count, trial->date, trial->viewer) != STATUS_OK)
		return false;
	trial->bands = bands;
	return true;
}

static void run_world(struct trial *trial)
{
	struct scene *scene = malloc(sizeof *scene);
	trial->allocator = (struct allocator){ counted_get, counted_put, &trial->counted };
	arena_init(&trial->arena, &allocator_system, ARENA_MAX);
	arena_init(&trial->shorter, &allocator_system, ARENA_MAX);
	if (scene) {
		soak_generate(scene, &trial->arena, trial->seed, trial->number);
		trial->random = random_seeded(random_next(&scene->random));
	}
	if (!scene || scene->no_memory || !load(trial, scene)) {
		trial->difference = "a generated world was refused";
	} else {
		make_variants(trial);
		if (!start(trial))
			trial->difference = "memory";
	}
	for (uint32_t i = 0; i < trial->changes && !trial->difference; i++)
		trial->difference = change_once(trial);
	cover_release(trial->index);
	cover_bands_release(trial->bands);
	cover_release(trial->old);
	if (!trial->difference && trial->counted.live)
		trial->difference = "blocks are left";
	arena_free(&trial->shorter);
	arena_free(&trial->arena);
	free(scene);
}

static uint32_t number_of(const char *text)
{
	int64_t number = 0;
	return str_to_int64(str_of(text), &number) && number >= 0 ? (uint32_t)number : 0;
}

int main(int argc, char **argv)
{
	uint32_t seed = 1, worlds = 50, changes = 50, first = 0;
	uint64_t changes_done = 0, queries = 0, cells = 0, touches = 0;
	const char *difference = NULL;
	for (int i = 1; i + 1 < argc; i += 2) {
		uint32_t value = number_of(argv[i + 1]);
		if (strcmp(argv[i], "--seed") == 0)
			seed = value;
		else if (strcmp(argv[i], "--worlds") == 0)
			worlds = value;
		else if (strcmp(argv[i], "--changes") == 0)
			changes = value;
		else if (strcmp(argv[i], "--world") == 0) {
			first = value;
			worlds = value + 1;
		}
	}
	printf("1..1\n# seed %u\n", seed);
	for (uint32_t number = first; number < worlds && !difference; number++) {
		struct trial *trial = calloc(1, sizeof *trial);
		if (!trial)
			return 3;
		trial->seed = seed;
		trial->number = number;
		trial->changes = changes;
		run_world(trial);
		difference = trial->difference;
		if (difference)
			printf("# DIFFERENCE in %s; replay: change --seed %u --changes %u --world "
			       "%u\n",
				difference, seed, changes, number);
		changes_done += trial->changes_done;
		queries += trial->queries_done;
		cells += trial->cells_done;
		touches += trial->touched_services;
		free(trial);
	}
	printf("%s 1 - after every change the snapshot is what a rebuild makes: %" PRIu64
	       " changes\n",
		difference ? "not ok" : "ok", changes_done);
	printf("# figure: %" PRIu64 " queries, %" PRIu64 " cells, %" PRIu64
	       " touched services and countries\n",
		queries, cells, touches);
	return difference ? 1 : 0;
}
