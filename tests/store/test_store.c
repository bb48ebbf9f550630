/* Units of store/: the tree against RFC 6962's own words and its published values, entries, keys,
 * names, and random changes against a model that keeps every state as plain files. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <pthread.h>
#include <unistd.h>
#include <cmocka.h>
#include "scene.h"
#include "store/internal.h"

static struct arena arena;
static uint64_t seed;

static int set_up(void **state)
{
	(void)state;
	arena_init(&arena, &allocator_system, (size_t)1 << 30);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

static void assert_hex(struct sha256 hash, const char *hex)
{
	char text[65];

	sha256_hex(text, &hash);
	assert_string_equal(text, hex);
}

/* The leaves and roots that Certificate Transparency's implementations test themselves with. */
static void tree_of_published_leaves(void **state)
{
	static const struct str leaves[] = { { "", 0 }, { "\0", 1 }, { "\x10", 1 },
		{ "\x20\x21", 2 }, { "\x30\x31", 2 }, { "\x40\x41\x42\x43", 4 },
		{ "\x50\x51\x52\x53\x54\x55\x56\x57", 8 },
		{ "\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f", 16 } };
	static const char *const roots[] = {
		"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
		"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
		"fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
		"aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
		"d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
		"4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
		"76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
		"ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
		"5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
	};
	struct tree tree = { 0 };

	(void)state;
	assert_hex(store__tree_root(&tree), roots[0]);
	for (int i = 0; i < 8; i++) {
		store__tree_add(&tree, leaves[i]);
		assert_hex(store__tree_root(&tree), roots[i + 1]);
	}
}

/* RFC 6962, 2.1, word by word: split at the largest power of two below the size. */
static struct sha256 slow_root(const struct str *leaves, size_t count)
{
	unsigned char joined[65];
	size_t half = 1;

	if (count == 0)
		return sha256_of(STR_NONE);
	if (count == 1) {
		struct buf bytes;
		buf_init(&bytes, &arena, 1 << 20);
		buf_add_char(&bytes, '\0');
		buf_add(&bytes, leaves[0]);
		return sha256_of(buf_str(&bytes));
	}
	while (half * 2 < count)
		half *= 2;
	struct sha256 left = slow_root(leaves, half),
		      right = slow_root(leaves + half, count - half);
	joined[0] = 1;
	memcpy(joined + 1, left.bytes, 32);
	memcpy(joined + 33, right.bytes, 32);
	return sha256_of((struct str){ (const char *)joined, sizeof joined });
}

static void tree_of_any_size(void **state)
{
	struct str leaves[260];
	struct tree tree = { 0 };

	(void)state;
	for (size_t i = 0; i < 260; i++) {
		leaves[i] = str_format(&arena, "leaf %zu", i * i);
		store__tree_add(&tree, leaves[i]);
		struct sha256 quick = store__tree_root(&tree), slow = slow_root(leaves, i + 1);
		assert_memory_equal(quick.bytes, slow.bytes, 32);
	}
}

static void entries_are_canonical(void **state)
{
	struct entry_document documents[] = {
		{ STR("agreements/a.yaml"), false, sha256_of(STR("a")), true, sha256_of(STR("b")) },
		{ STR("practices/\"x\".md"), true, { { 0 } }, false, { { 0 } } }
	};
	struct entry_facts facts[] = { { STR("posts.csv"), 3, 1, sha256_of(STR("c")),
		sha256_of(STR("d")) } };
	struct entry entry = { .sequence = 12,
		.at = STR("2022-11-16T09:30:00Z"),
		.what = STR("von Müller"),
		.change = sha256_of(STR("e")),
		.documents = documents,
		.documents_count = 2,
		.facts = facts,
		.facts_count = 1 };
	struct entry again;
	struct buf body, canonical;
	struct node *tree;
	struct diags diags;

	(void)state;
	buf_init(&body, &arena, 1 << 20);
	buf_init(&canonical, &arena, 1 << 20);
	diags_init(&diags, &arena, 1);
	store__entry_write(&body, &entry);
	assert_int_equal(json_read(&tree, &arena, STR("e"), buf_str(&body), &diags), STATUS_OK);
	assert_int_equal(json_canonical(&canonical, tree), STATUS_OK);
	assert_true(str_eq(buf_str(&body), buf_str(&canonical)));
	assert_int_equal(store__entry_read(&again, &arena, buf_str(&body)), STATUS_OK);
	assert_int_equal(again.documents_count, 2);
	assert_true(again.documents[1].removed && !again.has_key);
	assert_int_equal(store__entry_read(&again, &arena, STR("{}")), STATUS_REFUSED);
	assert_int_equal(store__entry_read(&again, &arena,
				 str_format(&arena, STR_FMT " ", STR_ARG(buf_str(&body)))),
		STATUS_REFUSED);
}

static void names_stay_in_the_folder(void **state)
{
	static const char *const good[] = { "people.csv", "workspace.yaml", "agreements/a.yaml",
		"practices/x y.md", "README.md" };
	static const char *const bad[] = { "", "/etc/passwd", "../x", "agreements/../x", "a/b",
		"agreements/", "agreements/.x", ".x", "agreements/a/b", "x\ny", "x\xff",
		"practices\\x", "agreements//x" };

	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
		assert_true(store__name_fits(str_of(good[i])));
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		assert_false(store__name_fits(str_of(bad[i])));
}

static void rows_and_keys(void **state)
{
	struct fact_rows rows;
	struct str text = STR("\xef\xbb\xbfid,lang,name\r\nSDN,en,\"Su\"\"dan\r\nx\"\r\nSDN,ar,y");

	(void)state;
	assert_int_equal(store__facts_split(&rows, &arena, STR("names.csv"), text), STATUS_OK);
	assert_int_equal(rows.count, 3);
	assert_true(str_is(rows.items[1].key, "SDN\x1f"
					      "en"));
	assert_true(str_is(rows.items[1].cells, "SDN,en,\"Su\"\"dan\r\nx\"\r\n"));
	assert_true(str_is(rows.items[2].cells, "SDN,ar,y"));
	assert_int_equal(store__facts_split(&rows, &arena, STR("names.csv"), STR("a,b\n1\n")),
		STATUS_REFUSED);
	assert_int_equal(
		store__facts_split(&rows, &arena, STR("names.csv"), STR("")), STATUS_REFUSED);
}

static void rows_that_stay_are_not_touched(void **state)
{
	struct str old[] = { STR("h"), STR("a"), STR("b"), STR("b"), STR("c"), STR("d") };
	struct str new[] = { STR("h"), STR("x"), STR("b"), STR("c"), STR("b"), STR("d") };
	size_t kept[6], stays = 0;

	(void)state;
	assert_int_equal(store__diff(kept, &arena, old, 6, new, 6), STATUS_OK);
	for (size_t i = 0, last = 0; i < 6; i++)
		if (kept[i] != SIZE_MAX) {
			assert_true(str_eq(old[kept[i]], new[i]));
			assert_true(stays == 0 || kept[i] > last);
			last = kept[i];
			stays++;
		}
	assert_int_equal(kept[1], SIZE_MAX);
	assert_int_equal(stays, 4);
}

/* ---- refusals ---- */

static enum status put(struct store *store, struct store_receipt *receipt, const char *name,
	const char *content, enum store_edit_kind kind, const char *key)
{
	struct store_edit edit = { kind, str_of(name), str_of(content) };
	struct store_change change = {
		.edits = &edit, .count = 1, .what = STR("x"), .key = str_of(key)
	};
	return store_apply(store, &change, receipt);
}

static void refusals_say_why(void **state)
{
	struct store_receipt receipt;
	struct store *store;

	(void)state;
	scene_found(1);
	assert_int_equal(scene_open(&store, STORE_WRITE), STATUS_OK);
	assert_int_equal(put(store, &receipt, "../x.md", "x", STORE_PUT, ""), STATUS_REFUSED);
	assert_int_equal(receipt.refusal, STORE_UNFIT);
	assert_int_equal(put(store, &receipt, "no.csv", "x", STORE_FACT_PUT, ""), STATUS_REFUSED);
	assert_non_null(strstr(receipt.why, "no such file"));
	assert_int_equal(
		put(store, &receipt, "channels.csv", "x,y", STORE_FACT_PUT, ""), STATUS_REFUSED);
	assert_int_equal(
		put(store, &receipt, "channels.csv", "DEU,,phone,+9,a", STORE_FACT_REMOVE, ""),
		STATUS_REFUSED);
	assert_int_equal(
		put(store, &receipt, "agreements/a.yaml", "]", STORE_PUT, ""), STATUS_REFUSED);
	assert_int_equal(put(store, &receipt, "x.md", "one", STORE_PUT, "k"), STATUS_OK);
	uint64_t first = receipt.sequence;
	assert_int_equal(put(store, &receipt, "x.md", "one", STORE_PUT, "k"), STATUS_OK);
	assert_true(receipt.repeated && receipt.sequence == first);
	assert_int_equal(put(store, &receipt, "x.md", "two", STORE_PUT, "k"), STATUS_REFUSED);
	assert_int_equal(receipt.refusal, STORE_KEY_REUSED);
	assert_int_equal(put(store, &receipt, "x.md", "one", STORE_PUT, ""), STATUS_OK);
	assert_true(receipt.idle);
	struct store_change stale = { .expecting = true, .expected = 1, .what = STR("x") };
	assert_int_equal(store_apply(store, &stale, &receipt), STATUS_REFUSED);
	assert_int_equal(receipt.refusal, STORE_MOVED);
	store_close(store);
	assert_int_equal(scene_open(&store, STORE_READ), STATUS_OK);
	assert_int_equal(put(store, &receipt, "x.md", "two", STORE_PUT, ""), STATUS_REFUSED);
	assert_int_equal(receipt.refusal, STORE_NO_WRITING);
	store_close(store);
}

/* ---- the model: every state as plain files ---- */

enum { MODEL_FILES = 8, MODEL_STATES = 60 };
static const char *const model_names[MODEL_FILES] = { "workspace.yaml", "channels.csv",
	"places.csv", "names.csv", "practices/a.md", "practices/b.md", "agreements/t.x.csv",
	"README.md" };
struct model {
	struct str files[MODEL_FILES]; /* ptr NULL: not there */
};

static struct str random_table(struct random *random, bool names)
{
	struct buf out;
	const char *end = random_chance(random, 20) ? "\r\n" : "\n";

	buf_init(&out, &arena, 1 << 20);
	buf_add_format(&out, "%s%s", names ? "id,lang,name" : "place,kind,name", end);
	for (uint32_t i = 0; i < 30; i++)
		if (random_chance(random, 60))
			buf_add_format(&out, "P%u,en,\"N %u\"%s",
				random_chance(random, 10) ? random_below(random, 30) : i,
				random_below(random, 3), end);
	if (random_chance(random, 20))
		out.len -= strlen(end);
	return buf_str(&out);
}

/* One random edit, on the model and in EDIT. */
static void random_edit(struct store_edit *edit, struct model *model, struct random *random)
{
	uint32_t file = 1 + random_below(random, MODEL_FILES - 1);
	bool table = file < 4;
	struct str old = model->files[file];

	*edit = (struct store_edit){ STORE_PUT, str_of(model_names[file]), STR_NONE };
	if (old.ptr && random_chance(random, 15)) {
		edit->kind = STORE_REMOVE;
		model->files[file] = STR_NONE;
		return;
	}
	if (table && old.ptr && random_chance(random, 50)) {
		/* Appended: a key that the table does not have. */
		struct str row = str_format(
			&arena, "Q%llu,en,%s", (unsigned long long)random_next(random), "x");
		const char *end = strstr(old.ptr, "\r\n") ? "\r\n" : "\n";
		edit->kind = STORE_FACT_PUT;
		edit->content = row;
		if (file == 1)
			edit->content = str_format(&arena, STR_FMT ",y,z", STR_ARG(row));
		model->files[file] = str_format(&arena, STR_FMT "%s" STR_FMT "%s", STR_ARG(old),
			str_ends(old, "\n") ? "" : end, STR_ARG(edit->content), end);
		return;
	}
	if (file == 1)
		edit->content = STR("party,place,kind,address,source\nDEU,,phone,+49,a\n");
	else if (table)
		edit->content = random_table(random, file == 3);
	else
		edit->content = str_format(&arena, "%u", random_below(random, 5));
	model->files[file] = edit->content;
}

static void compare(struct store *store, uint64_t sequence, const struct model *model)
{
	struct store_view *view;
	size_t count, expected = 0;

	assert_int_equal(store_view_open(&view, store, sequence, STR("w"), NULL), STATUS_OK);
	store_view_names(view, &count);
	const struct file_system *files = store_view_files(view);
	for (int i = 0; i < MODEL_FILES; i++) {
		struct str text = STR_NONE, path = str_format(&arena, "w/%s", model_names[i]);
		enum status status =
			files->read(files->context, &text, &arena, path, STORE_FILE_MAX);
		if (!model->files[i].ptr) {
			assert_int_equal(status, STATUS_NOT_FOUND);
			continue;
		}
		expected++;
		assert_int_equal(status, STATUS_OK);
		if (!str_eq(text, model->files[i]))
			fail_msg("state %llu: %s differs; SEED=%llu", (unsigned long long)sequence,
				model_names[i], (unsigned long long)seed);
	}
	assert_int_equal(count, expected);
	store_view_close(view);
}

/* A document's versions, put together again, are its states; none stands twice at a time. */
static void compare_versions(struct store *store, const char *name, int file,
	const struct model *models, uint64_t newest)
{
	struct store_version *versions;
	size_t count;

	assert_int_equal(
		store_versions(&versions, &count, &arena, store, str_of(name), SIZE_MAX >> 1),
		STATUS_OK);
	for (uint64_t at = 1; at <= newest; at++) {
		struct str text = STR_NONE;
		for (size_t i = 0; i < count; i++) {
			if (versions[i].since > at || versions[i].until <= at)
				continue;
			assert_null(text.ptr);
			assert_int_equal(versions[i].at.len, 20);
			text = versions[i].bytes;
		}
		assert_int_equal(text.ptr == NULL, models[at].files[file].ptr == NULL);
		assert_true(!text.ptr || str_eq(text, models[at].files[file]));
	}
	for (size_t i = 1; i < count; i++)
		assert_true(versions[i].since < versions[i - 1].since);
	assert_int_equal(
		store_versions(&versions, &count, &arena, store, str_of(name), 1), STATUS_OK);
	assert_true(count <= 1);
}

/* Each entry names the file that differs between its state and the one before, and no other. */
static void compare_journal(struct store *store, const struct model *models, uint64_t newest)
{
	struct store_entry *entries;
	struct sha256 root;
	uint64_t size;
	size_t count;

	assert_int_equal(
		store_journal(&entries, &count, &arena, store, STORE_NEWEST, 1000), STATUS_OK);
	assert_int_equal(count, newest);
	assert_int_equal(store_head(store, &size, &root), STATUS_OK);
	assert_memory_equal(&entries[0].root, &root, sizeof root);
	for (size_t i = 0; i < count; i++) {
		uint64_t at = newest - i;
		assert_int_equal(entries[i].sequence, at);
		if (at == 1)
			continue;
		assert_int_equal(entries[i].documents_count + entries[i].facts_count, 1);
		struct str name = entries[i].documents_count ? entries[i].documents[0].name
							     : entries[i].facts[0].file;
		for (int k = 0; k < MODEL_FILES; k++) {
			struct str old = models[at - 1].files[k], new = models[at].files[k];
			bool differs = (old.ptr == NULL) != (new.ptr == NULL) || !str_eq(old, new);
			assert_int_equal(differs, str_is(name, model_names[k]));
		}
	}
	assert_int_equal(store_journal(&entries, &count, &arena, store, 3, 2), STATUS_OK);
	assert_int_equal(count, 2);
	assert_int_equal(entries[0].sequence, 3);
	assert_int_equal(entries[1].sequence, 2);
}

static void states_are_those_of_the_model(void **state)
{
	struct random random = random_seeded(seed);

	(void)state;
	for (int round = 0; round < 10; round++) {
		struct model models[MODEL_STATES] = { 0 };
		struct store *store;
		struct store_audit audit;
		struct diags diags;
		struct scene scene;
		uint64_t newest = 1;
		scene_found(1);
		scene_start(&scene, seed);
		assert_int_equal(scene_open(&store, STORE_WRITE), STATUS_OK);
		models[1].files[0] = STR("format: 1\nname: Small\nas_of: 2022-01-01\n");
		models[1].files[1] = STR("party,place,kind,address,source\nDEU,,phone,+49,a\n");
		models[1].files[2] = STR("place,kind,name\nworld,world,World\n");
		while (newest < MODEL_STATES - 1) {
			struct store_edit edit;
			struct store_receipt receipt;
			struct store_change change = {
				.edits = &edit, .count = 1, .what = STR("x")
			};
			struct model next = models[newest];
			random_edit(&edit, &next, &random);
			assert_int_equal(store_apply(store, &change, &receipt), STATUS_OK);
			assert_int_equal(receipt.sequence, receipt.idle ? newest : newest + 1);
			newest = receipt.sequence;
			models[newest] = next;
		}
		for (uint64_t i = 0; i <= newest; i++)
			compare(store, i, &models[i]);
		for (int file = 0; file < MODEL_FILES; file++)
			if (file == 0 || file > 3)
				compare_versions(store, model_names[file], file, models, newest);
		compare_journal(store, models, newest);
		diags_init(&diags, &arena, 5);
		assert_int_equal(store_verify(&audit, store, NULL, &diags), STATUS_OK);
		assert_int_equal(audit.faults, 0);
		assert_int_equal(audit.entries, newest);
		store_close(store);
		scene_end(&scene);
	}
	disk_format(0);
}

/* ---- many at once, on real files ---- */

enum { CROWD = 8, CROWD_CHANGES = 40 };
struct one_of_many {
	struct store *store;
	unsigned number;
	bool good;
};

static void *write_some(void *context)
{
	struct one_of_many *one = context;

	one->good = true;
	for (int i = 0; i < CROWD_CHANGES && one->good; i++) {
		char row[64];
		struct store_receipt receipt;
		snprintf(row, sizeof row, "DEU,,phone,+%u-%d,a", one->number, i);
		one->good = put(one->store, &receipt, "channels.csv", row, STORE_FACT_PUT, row) ==
			    STATUS_OK;
	}
	return NULL;
}

/* Backups and views taken while eight threads write: each is one state, whole. */
static void copies_of_a_store_that_is_written_to(void **state)
{
	char folder[] = "/tmp/entente-store-XXXXXX";
	struct one_of_many crowd[CROWD];
	pthread_t threads[CROWD];
	struct store *store;
	struct store_receipt receipt;
	struct diags diags;
	uint64_t before = 0, newest;

	(void)state;
	assert_non_null(mkdtemp(folder));
	struct str file = str_format(&arena, "%s/x.db", folder);
	struct store_config config = {
		.path = file, .mode = STORE_CREATE, .clock = &clock_system, .log_pages = 30
	};
	diags_init(&diags, &arena, 5);
	assert_int_equal(store_open(&store, &config, &diags), STATUS_OK);
	assert_int_equal(put(store, &receipt, "channels.csv", "party,place,kind,address,source\n",
				 STORE_PUT, ""),
		STATUS_OK);
	for (unsigned i = 0; i < CROWD; i++) {
		crowd[i] = (struct one_of_many){ store, i, false };
		assert_int_equal(pthread_create(&threads[i], NULL, write_some, &crowd[i]), 0);
	}
	for (int i = 0; i < 5; i++) {
		struct str copy = str_format(&arena, "%s/copy%d.db", folder, i), text = STR_NONE;
		struct store_config from = { .path = copy, .mode = STORE_READ };
		struct store *copied;
		struct store_audit audit;
		struct store_view *view;
		uint64_t sequence = 0;
		size_t rows = 0;
		assert_int_equal(store_backup(store, copy, &sequence), STATUS_OK);
		assert_true(sequence >= before);
		before = sequence;
		assert_int_equal(store_open(&copied, &from, &diags), STATUS_OK);
		assert_int_equal(store_verify(&audit, copied, NULL, &diags), STATUS_OK);
		assert_int_equal(audit.faults, 0);
		assert_int_equal(audit.entries, sequence);
		store_close(copied);
		unlink(copy.ptr);
		assert_int_equal(
			store_view_open(&view, store, STORE_NEWEST, STR("w"), NULL), STATUS_OK);
		const struct file_system *files = store_view_files(view);
		assert_int_equal(files->read(files->context, &text, &arena, STR("w/channels.csv"),
					 STORE_FILE_MAX),
			STATUS_OK);
		for (size_t c = 0; c < text.len; c++)
			rows += text.ptr[c] == '\n';
		assert_int_equal(rows, store_view_sequence(view)); /* the header and one a change */
		store_view_close(view);
	}
	for (unsigned i = 0; i < CROWD; i++) {
		pthread_join(threads[i], NULL);
		assert_true(crowd[i].good);
	}
	assert_int_equal(store_head(store, &newest, NULL), STATUS_OK);
	assert_int_equal(newest, 1 + CROWD * CROWD_CHANGES);
	store_close(store);
	unlink(file.ptr);
	assert_int_equal(rmdir(folder), 0); /* no log, no half copy is left */
}

/* The view is read by many threads at once, and asks elsewhere for what is not its own. */
static void views_are_folders(void **state)
{
	struct memory_files memory;
	struct file_system elsewhere;
	struct store *store;
	struct store_view *view;
	struct str *names, text;
	size_t count;

	(void)state;
	memory_files_init(&memory, &arena);
	memory_files_put(&memory, STR("other/x.csv"), STR("x"));
	elsewhere = memory_files_system(&memory);
	scene_found(1);
	assert_int_equal(scene_open(&store, STORE_READ), STATUS_OK);
	assert_int_equal(store_view_open(&view, store, 7, STR("w"), NULL), STATUS_NOT_FOUND);
	assert_int_equal(
		store_view_open(&view, store, STORE_NEWEST, STR("w"), &elsewhere), STATUS_OK);
	store_close(store); /* a view stands by itself */
	const struct file_system *files = store_view_files(view);
	assert_int_equal(files->list(files->context, &names, &count, &arena, STR("w")), STATUS_OK);
	assert_int_equal(count, 3);
	assert_true(str_is(names[0], "channels.csv"));
	assert_int_equal(files->list(files->context, &names, &count, &arena, STR("w/agreements")),
		STATUS_NOT_FOUND);
	assert_int_equal(
		files->read(files->context, &text, &arena, STR("other/x.csv"), 10), STATUS_OK);
	assert_int_equal(
		files->read(files->context, &text, &arena, STR("w/places.csv"), 3), STATUS_REFUSED);
	assert_int_equal(
		files->write(files->context, STR("w/places.csv"), STR("x")), STATUS_REFUSED);
	store_view_close(view);
	disk_format(0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(tree_of_published_leaves, set_up, tear_down),
		cmocka_unit_test_setup_teardown(tree_of_any_size, set_up, tear_down),
		cmocka_unit_test_setup_teardown(entries_are_canonical, set_up, tear_down),
		cmocka_unit_test_setup_teardown(names_stay_in_the_folder, set_up, tear_down),
		cmocka_unit_test_setup_teardown(rows_and_keys, set_up, tear_down),
		cmocka_unit_test_setup_teardown(rows_that_stay_are_not_touched, set_up, tear_down),
		cmocka_unit_test_setup_teardown(refusals_say_why, set_up, tear_down),
		cmocka_unit_test_setup_teardown(states_are_those_of_the_model, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			copies_of_a_store_that_is_written_to, set_up, tear_down),
		cmocka_unit_test_setup_teardown(views_are_folders, set_up, tear_down),
	};
	const char *text = getenv("SEED");

	seed = text ? strtoull(text, NULL, 10) : random_system_seed();
	printf("# seed %llu\n", (unsigned long long)seed);
	disk_register();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
