/* Migrations, cut at every write: the old schema or the new one, never a mixture; and a schema that
 * is newer is refused in words. Linked with a second migration (migration/0002.sql). */
#include "scene.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "store/internal.h"

static int64_t ask(const char *sql)
{
	sqlite3 *handle;
	sqlite3_stmt *statement = NULL;
	int64_t answer = -1;

	if (sqlite3_open_v2("x.db", &handle, SQLITE_OPEN_READWRITE, DISK_VFS) == SQLITE_OK &&
		sqlite3_prepare_v2(handle, sql, -1, &statement, NULL) == SQLITE_OK &&
		sqlite3_step(statement) == SQLITE_ROW)
		answer = sqlite3_column_int64(statement, 0);
	sqlite3_finalize(statement);
	sqlite3_close(handle);
	return answer;
}

/* The kept store as the first schema had it: what 0002.sql did is undone. */
static bool make_old(void)
{
	static const char *const back = "BEGIN; DROP TABLE later; ALTER TABLE version DROP COLUMN "
					"kind; PRAGMA user_version = 1; COMMIT";
	sqlite3 *handle;
	bool good =
		sqlite3_open_v2("x.db", &handle, SQLITE_OPEN_READWRITE, DISK_VFS) == SQLITE_OK &&
		sqlite3_exec(handle, back, NULL, NULL, NULL) == SQLITE_OK;

	sqlite3_close(handle);
	disk_keep();
	return good;
}

/* 1: old, 2: new, 0: a mixture. */
static int schema_now(void)
{
	int64_t number = ask("PRAGMA user_version"),
		table = ask("SELECT count(*) FROM sqlite_schema WHERE name = 'later'"),
		column = ask("SELECT count(*) FROM pragma_table_info('version') WHERE name = "
			     "'kind'"),
		index = ask("SELECT count(*) FROM sqlite_schema WHERE name = 'fact_key'");

	if (index != 1 || number < 1 || number > 2 || table != number - 1 || column != number - 1)
		return 0;
	if (number == 2 && ask("SELECT sum(rows) FROM later") != ask("SELECT count(*) FROM fact"))
		return 0;
	return (int)number;
}

static void cut_upgrades(void)
{
	uint64_t bad = 0, tries = 0, old = 0, new = 0;
	struct store *store;

	for (uint64_t call = 1, done = 0; !done && call < 2000; call++)
		for (uint64_t again = 0; again < 4; again++, tries++) {
			struct scene scene;
			scene_start(&scene, call * 4 + again);
			disk_cut_at(call);
			store = NULL;
			if (scene_open(&store, STORE_WRITE) == STATUS_OK)
				store_close(store);
			done = !disk_is_dead();
			disk_cut_at(1);
			disk_revive(again % 2 ? 512 : 4096);
			int schema = schema_now();
			old += schema == 1;
			new += schema == 2;
			/* And it goes on from there, whatever it is. */
			if (!schema || !scene_check(&scene) || schema_now() != 2) {
				if (bad++ < 5)
					printf("# cut at call %llu: schema %d " STR_FMT "\n",
						(unsigned long long)call, schema,
						STR_ARG(scene.trouble));
			}
			scene_end(&scene);
		}
	printf("# %llu times the old schema, %llu times the new one\n", (unsigned long long)old,
		(unsigned long long)new);
	promise_count("store-migration-cut", bad, "cuts", tries);
	promise("store-migration-cut-both-seen", old && new ? "both" : "one", "both", old && new);
}

/* A call fails instead: the upgrade is refused, and succeeds when the disk is well. */
static void failed_upgrades(void)
{
	uint64_t bad = 0, struck = 0;

	for (uint64_t call = 1, idle = 0; idle < 4 && call < 2000; call++) {
		idle++;
		for (int fault = 0; fault < DISK_FAULTS; fault++) {
			struct scene scene;
			struct store *store = NULL;
			scene_start(&scene, call);
			disk_fail((enum disk_fault)fault, call, true);
			if (scene_open(&store, STORE_WRITE) == STATUS_OK)
				store_close(store);
			struck += disk_failed();
			idle = disk_failed() ? 0 : idle;
			disk_fail((enum disk_fault)fault, 0, false);
			disk_cut_at(1);
			disk_revive(512);
			if (!schema_now() || !scene_check(&scene))
				bad++;
			scene_end(&scene);
		}
	}
	promise_count("store-migration-failed-calls", bad, "failures", struck);
}

/* The first migration of all: `init` cut anywhere leaves nothing, or a whole empty store. */
static void cut_births(void)
{
	uint64_t bad = 0, tries = 0;

	for (uint64_t call = 1, done = 0; !done && call < 2000; call++, tries++) {
		struct store *store = NULL;
		disk_format(call);
		disk_cut_at(call);
		if (scene_open(&store, STORE_CREATE) == STATUS_OK)
			store_close(store);
		done = !disk_is_dead();
		disk_cut_at(1);
		disk_revive(call % 2 ? 512 : 4096);
		int64_t number = ask("PRAGMA user_version"),
			tables = ask("SELECT count(*) FROM sqlite_schema WHERE type = 'table'");
		bool whole = number >= 1 && number <= 2 && tables == 5 + number;
		bool nothing = number <= 0 && tables <= 0;
		enum status status = scene_open(&store, number >= 1 ? STORE_WRITE : STORE_CREATE);
		if (status == STATUS_OK)
			store_close(store);
		bad += (!whole && !nothing) || status != STATUS_OK;
	}
	promise_count("store-birth-cut", bad, "cuts", tries);
}

static void newer_schema(void)
{
	struct arena arena;
	struct diags diags;
	struct store *store = NULL;
	struct store_config config = { .path = STR("x.db"), .mode = STORE_READ, .vfs = DISK_VFS };
	bool holds = false;

	disk_bring_back(5);
	ask("PRAGMA user_version = 99");
	arena_init(&arena, &allocator_system, 1 << 20);
	diags_init(&diags, &arena, 5);
	if (store_open(&store, &config, &diags) == STATUS_REFUSED && diags.count == 1)
		holds = strstr(diags.items[0].message.ptr, "newer version: its schema is 99") !=
			NULL;
	store_close(store);
	arena_free(&arena);
	promise("store-newer-schema-refused", holds ? "in-words" : "not-so", "in-words", holds);
}

int main(void)
{
	disk_register();
	scene_found(1);
	bool good = store_migration_count == 2 && make_old() && schema_now() == 1;
	promise("store-migration-starts-old", good ? "old" : "not-so", "old", good);
	cut_upgrades();
	failed_upgrades();
	newer_schema();
	cut_births();
	disk_format(0);
	return promises_end();
}
