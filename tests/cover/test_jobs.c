/* Work side by side: documents read and an index made by jobs, in threads, backwards and one after
 * the other, are the same. Also run under ThreadSanitizer (tools/run-tests), which sees two jobs
 * that write to one place even where it does no harm. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cover/internal.h"

/* Enough rows for several batches and stretches of compile.c; the last agreements are small. */
enum { PLACES = 60, PROVIDERS = 40, LONG = 4, ROWS = 20000, SHORT = 300, COUNTRIES = 6 };

struct scene {
	struct arena arena;
	struct memory_files files;
	struct file_system system;
	struct world *world;
	struct accords accords;
};

static const char *const codes[COUNTRIES] = { "AAA", "BBB", "CCC", "DDD", "EEE", "FFF" };
static const char *const services[] = { "relief.water", "relief.food", "relief.shelter",
	"movement.transport", "health.primary", "relief.water relief.food" };

static void put(struct scene *scene, const char *name, struct buf *content)
{
	assert_false(content->failed);
	assert_int_equal(
		memory_files_put(&scene->files, str_of(name), buf_str(content)), STATUS_OK);
}

static void put_text(struct scene *scene, const char *name, const char *content)
{
	assert_int_equal(memory_files_put(&scene->files, str_of(name), str_of(content)), STATUS_OK);
}

static void put_world(struct scene *scene)
{
	struct buf places, parties, groups;

	buf_init(&places, &scene->arena, 1 << 20);
	buf_init(&parties, &scene->arena, 1 << 20);
	buf_init(&groups, &scene->arena, 1 << 20);
	put_text(scene, "w/workspace.yaml", "format: 1\nname: Jobs\nas_of: 2022-01-01\n");
	put_text(scene, "w/sources.csv",
		"source,title,url,licence,retrieved\ns,A source,,,2022-01-01\n");
	buf_add_c(&places, "place,parent,kind,name,lat,lon,nationality,source\n"
			   "world,,world,World,,,,s\n");
	buf_add_c(&parties, "party,kind,name,parent,country,languages,flags,source\n");
	buf_add_c(&groups, "group,party,from,until,source\n");
	for (int i = 0; i < COUNTRIES; i++) {
		buf_add_format(
			&places, "%s,world,country,Land %d,1,2,%s,s\n", codes[i], i, codes[i]);
		buf_add_format(&parties, "%s,state,Land %d,,%s,,,s\n", codes[i], i, codes[i]);
		buf_add_format(&groups, "%s,%s,,,s\n", i % 2 ? "odd" : "even", codes[i]);
	}
	for (int i = 0; i < PLACES; i++)
		buf_add_format(
			&places, "l%02d,%s,locality,Town %d,3,4,,s\n", i, codes[i % COUNTRIES], i);
	for (int i = 0; i < PROVIDERS; i++) {
		buf_add_format(&parties, "x%02d,io,Helpers %d,,,,,s\n", i, i);
		buf_add_format(&groups, "helpers,x%02d,%s,,s\n", i, i % 7 ? "" : "2001-02-03");
	}
	put(scene, "w/places.csv", &places);
	put(scene, "w/parties.csv", &parties);
	put(scene, "w/groups.csv", &groups);
}

static void put_head(struct buf *out, const char *id)
{
	buf_add_format(out,
		"format: 1\nagreement: %s\nkind: standby-service\nstrength: contract\n"
		"state: [ { is: in-force, from: 2000-01-01 } ]\ntitle: { en: \"Promises\" }\n"
		"source: { title: \"A test\", basis: illustrative }\nvisibility: public\n"
		"parties: [ { party: \"group:helpers\" } ]\nin-force: { from: 2000-01-01 }\n",
		id);
}

static const char *nationality(struct random *random)
{
	static const char *const words[] = { "any", "group:odd", "group:even", "AAA BBB", "CCC" };

	return words[random_below(random, 5)];
}

static void put_long(struct scene *scene, struct random *random, int number)
{
	struct buf document, rows;
	char name[64], id[16];

	snprintf(id, sizeof id, "r%d", number);
	buf_init(&document, &scene->arena, 1 << 16);
	buf_init(&rows, &scene->arena, (size_t)8 << 20);
	put_head(&document, id);
	buf_add_c(&document,
		"schedules: [ rows ]\ncommitments:\n  - { id: c, clause: \"1\", title: "
		"{ en: \"Promise\" }, duty: will, schedule: rows }\n");
	buf_add_c(&rows, "where,provider,nationality,from,services,lead-time\n");
	for (int i = 0; i < ROWS; i++)
		buf_add_format(&rows, "l%02u,x%02u,%s,20%02u-01-01,%s,%uh\n",
			random_below(random, PLACES), random_below(random, PROVIDERS),
			nationality(random), 10 + random_below(random, 20),
			services[random_below(random, 6)], 1 + random_below(random, 99));
	snprintf(name, sizeof name, "w/agreements/%s.yaml", id);
	put(scene, name, &document);
	snprintf(name, sizeof name, "w/agreements/%s.rows.csv", id);
	put(scene, name, &rows);
}

static void put_short(struct scene *scene, struct random *random, int number)
{
	struct buf document;
	char name[64], id[16];

	snprintf(id, sizeof id, "s%03d", number);
	buf_init(&document, &scene->arena, 1 << 16);
	put_head(&document, id);
	buf_add_format(&document,
		"commitments:\n  - id: c\n    clause: \"1\"\n    title: { en: \"Promise\" }\n"
		"    duty: shall\n    provider: x%02u\n    for: { nationality: [ %s ] }\n"
		"    where: { in: [ \"group:%s\", l%02u ] }\n    services: [ relief.water ]\n",
		random_below(random, PROVIDERS), codes[random_below(random, COUNTRIES)],
		number % 2 ? "odd" : "even", random_below(random, PLACES));
	snprintf(name, sizeof name, "w/agreements/%s.yaml", id);
	put(scene, name, &document);
}

/* ---- ways to run jobs ---- */

static void run_backwards(
	void *context, size_t count, void (*job)(void *work, size_t number), void *work)
{
	size_t *runs = context;

	*runs += count;
	while (count-- > 0)
		job(work, count);
}

static void load(struct scene *scene, struct accords *out, const struct jobs *jobs)
{
	struct diags diags;
	enum status status;

	diags_init(&diags, &scene->arena, 20);
	status = accord_load_with(
		out, &scene->arena, scene->world, &scene->system, jobs, STR("w"), &diags);
	if (status != STATUS_OK) {
		struct buf text;

		buf_init(&text, &scene->arena, 1 << 16);
		diags_print(&text, &diags);
		print_error(STR_FMT "\n", STR_ARG(buf_str(&text)));
	}
	assert_int_equal(status, STATUS_OK);
}

static int set_up(void **state)
{
	struct scene *scene = calloc(1, sizeof *scene);
	struct random random = random_seeded(20261125);
	struct diags diags;

	assert_non_null(scene);
	arena_init(&scene->arena, &allocator_system, (size_t)1 << 30);
	memory_files_init(&scene->files, &scene->arena);
	scene->system = memory_files_system(&scene->files);
	put_world(scene);
	for (int i = 0; i < LONG; i++)
		put_long(scene, &random, i);
	for (int i = 0; i < SHORT; i++)
		put_short(scene, &random, i);
	diags_init(&diags, &scene->arena, 20);
	if (world_load(&scene->world, &scene->arena, &scene->system, STR("w"), &diags) !=
		STATUS_OK) {
		struct buf text;

		buf_init(&text, &scene->arena, 1 << 16);
		diags_print(&text, &diags);
		print_error(STR_FMT "\n", STR_ARG(buf_str(&text)));
		return 1;
	}
	load(scene, &scene->accords, NULL);
	*state = scene;
	return 0;
}

static int tear_down(void **state)
{
	struct scene *scene = *state;

	arena_free(&scene->arena);
	free(scene);
	return 0;
}

/* ---- what must be the same ---- */

static void same_rows(const struct row *a, const struct row *b)
{
	assert_true(a->agreement == b->agreement && a->commitment == b->commitment);
	assert_true(a->rank == b->rank && a->nats == b->nats && a->slot == b->slot);
	assert_true(a->provider == b->provider && a->needs == b->needs);
	assert_true(a->from == b->from && a->until == b->until && a->phases == b->phases);
	assert_true(a->depth == b->depth && a->size == b->size && a->band == b->band);
	assert_true(a->lead_time_hours == b->lead_time_hours && a->served_by == b->served_by);
}

static size_t same_blocks(const struct entry_block *a, const struct entry_block *b)
{
	assert_true(!a == !b);
	if (!a)
		return 0;
	assert_int_equal(a->count, b->count);
	assert_int_equal(a->span, b->span);
	/* Offsets and keys lie behind one another. */
	assert_memory_equal(a->offsets, b->offsets, (a->span + 1) * sizeof *a->offsets);
	assert_memory_equal((const char *)a + block_keys_at(a), (const char *)b + block_keys_at(b),
		(size_t)a->count * KEY_BYTES);
	assert_memory_equal(block_providers(a), block_providers(b), a->count * sizeof(uint32_t));
	for (uint32_t i = 0; i < a->count; i++) {
		assert_true(a->entries[i].agreement == b->entries[i].agreement);
		assert_true(a->entries[i].commitment == b->entries[i].commitment);
		assert_true(a->entries[i].rank == b->entries[i].rank);
		assert_true(a->entries[i].provider == b->entries[i].provider);
		assert_true(a->entries[i].needs == b->entries[i].needs);
		same_rows(block_rows(a)[i], block_rows(b)[i]);
	}
	return a->count;
}

/* Returns how many entries there are. */
static size_t same_indexes(const struct cover_index *a, const struct cover_index *b)
{
	struct walk x = { .index = a }, y = { .index = b };
	size_t entries = 0;

	assert_int_equal(a->agreement_count, b->agreement_count);
	assert_int_equal(a->row_count, b->row_count);
	assert_int_equal(a->slot_count, b->slot_count);
	assert_int_equal(a->set_count, b->set_count);
	assert_memory_equal(a->sets, b->sets, a->set_count * sizeof *a->sets);
	while (walk_next(&x)) {
		assert_true(walk_next(&y));
		assert_int_equal(x.rows->count, y.rows->count);
		assert_int_equal(x.rows->slot, y.rows->slot);
		for (uint32_t i = 0; i < x.rows->count; i++)
			same_rows(&x.rows->rows[i], &y.rows->rows[i]);
	}
	assert_false(walk_next(&y));
	for (size_t s = 0; s < WORLD_SERVICES_MAX; s++) {
		const struct service_table *one = a->services[s], *two = b->services[s];

		assert_true(!one == !two);
		for (uint32_t i = 0; one && i < a->atlas->block_count; i++)
			entries += same_blocks(one->blocks[i], two->blocks[i]);
	}
	return entries;
}

static void jobs_make_the_same_index(void **state)
{
	struct scene *scene = *state;
	struct cover_index *alone, *backwards, *threads, *own;
	size_t runs = 0;
	struct jobs reversed = { run_backwards, &runs };
	struct cover_options options = { .allocator = &allocator_system, .jobs = &jobs_threads };

	assert_int_equal(
		cover_compile(&alone, &scene->arena, scene->world, &scene->accords), STATUS_OK);
	assert_int_equal(cover_compile_jobs(&backwards, &scene->arena, scene->world,
				 &scene->accords, &reversed),
		STATUS_OK);
	assert_int_equal(cover_compile_jobs(&threads, &scene->arena, scene->world, &scene->accords,
				 &jobs_threads),
		STATUS_OK);
	assert_int_equal(
		cover_compile_with(&own, &options, scene->world, &scene->accords), STATUS_OK);
	assert_true(alone->row_count == LONG * ROWS + SHORT);
	assert_true(runs > 6); /* several of each kind */
	assert_true(same_indexes(alone, backwards) > alone->row_count);
	same_indexes(alone, threads);
	same_indexes(alone, own);
	cover_release(own);
	cover_release(threads);
	cover_release(backwards);
	cover_release(alone);
}

/* Documents read side by side hold the same rows, in the same order. */
static void jobs_read_the_same_documents(void **state)
{
	struct scene *scene = *state;
	struct accords again;

	load(scene, &again, &jobs_threads);
	assert_int_equal(again.items_count, scene->accords.items_count);
	for (size_t i = 0; i < again.items_count; i++) {
		const struct agreement *a = &scene->accords.items[i], *b = &again.items[i];

		assert_true(str_eq(a->id, b->id));
		assert_memory_equal(&a->hash, &b->hash, sizeof a->hash);
		assert_int_equal(a->commitments_count, b->commitments_count);
		for (size_t j = 0; j < a->commitments_count; j++) {
			const struct commitment *x = &a->commitments[j], *y = &b->commitments[j];

			assert_true(x->provider.party == y->provider.party &&
				    x->services == y->services && x->from == y->from &&
				    x->where.in[0].index == y->where.in[0].index &&
				    x->nats[0].nat == y->nats[0].nat &&
				    x->lead_time.count == y->lead_time.count);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(jobs_make_the_same_index),
		cmocka_unit_test(jobs_read_the_same_documents),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
