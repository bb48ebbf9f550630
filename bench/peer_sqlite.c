/* SQLite in this process. The matrix is asked service by service, so that each grouping is sorted
 * near; the database is in memory, with all the cache it wants. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "bench/peer.h"

struct sqlite_peer {
	struct peer peer;
	sqlite3 *database;
	sqlite3_stmt *matrix, *who;
};

static void run(sqlite3 *database, const char *sql)
{
	if (sqlite3_exec(database, sql, NULL, NULL, NULL) != SQLITE_OK)
		bench_fail("SQLite: %s: %s", sql, sqlite3_errmsg(database));
}

static sqlite3_stmt *prepare(sqlite3 *database, const char *sql)
{
	sqlite3_stmt *statement;

	if (sqlite3_prepare_v3(database, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) !=
		SQLITE_OK)
		bench_fail("SQLite: %s: %s", sql, sqlite3_errmsg(database));
	return statement;
}

/* FILE's lines of numbers into TABLE of COLUMNS columns. */
static void load(
	sqlite3 *database, const char *dir, const char *name, const char *table, int columns)
{
	char path[512], sql[128], line[256];
	sqlite3_stmt *insert;
	FILE *file;

	snprintf(path, sizeof path, "%s/%s", dir, name);
	snprintf(sql, sizeof sql, "insert into %s values (?%.*s)", table, 2 * (columns - 1),
		",?,?,?,?,?,?,?,?,?,?,?,?");
	insert = prepare(database, sql);
	file = fopen(path, "r");
	if (!file)
		bench_fail("%s: cannot be read", path);
	run(database, "begin");
	while (fgets(line, sizeof line, file)) {
		char *at = line;

		for (int i = 1; i <= columns; i++, at++)
			sqlite3_bind_int64(insert, i, strtoll(at, &at, 10));
		if (sqlite3_step(insert) != SQLITE_DONE)
			bench_fail("SQLite: %s", sqlite3_errmsg(database));
		sqlite3_reset(insert);
	}
	run(database, "commit");
	fclose(file);
	sqlite3_finalize(insert);
}

static double sqlite_matrix(struct peer *peer, int day, struct coverage_figures *figures)
{
	struct sqlite_peer *own = (struct sqlite_peer *)peer;
	double start = bench_now();

	*figures = (struct coverage_figures){ 0 };
	for (int service = 0; service < COVERAGE_SERVICES; service++) {
		sqlite3_bind_int(own->matrix, 1, service);
		sqlite3_bind_int(own->matrix, 2, day);
		if (sqlite3_step(own->matrix) != SQLITE_ROW)
			bench_fail("SQLite: %s", sqlite3_errmsg(own->database));
		figures->covered += (uint64_t)sqlite3_column_int64(own->matrix, 0);
		figures->several += (uint64_t)sqlite3_column_int64(own->matrix, 1);
		figures->sum += (uint64_t)sqlite3_column_int64(own->matrix, 2);
		figures->mixed += (uint64_t)sqlite3_column_int64(own->matrix, 3);
		sqlite3_reset(own->matrix);
	}
	return bench_now() - start;
}

static size_t sqlite_who(
	struct peer *peer, const struct who_query *query, int day, uint32_t *rows, size_t max)
{
	struct sqlite_peer *own = (struct sqlite_peer *)peer;
	size_t count = 0;

	sqlite3_bind_int(own->who, 1, query->nat);
	sqlite3_bind_int(own->who, 2, query->service);
	sqlite3_bind_int(own->who, 3, query->place);
	sqlite3_bind_int(own->who, 4, day);
	while (sqlite3_step(own->who) == SQLITE_ROW) {
		if (count < max)
			rows[count] = (uint32_t)sqlite3_column_int64(own->who, 0);
		count++;
	}
	sqlite3_reset(own->who);
	return count;
}

static void sqlite_close(struct peer *peer)
{
	struct sqlite_peer *own = (struct sqlite_peer *)peer;

	sqlite3_finalize(own->matrix);
	sqlite3_finalize(own->who);
	sqlite3_close(own->database);
	free(own);
}

static const char tables[] =
	"create table natcode (nat int, code int, primary key (nat, code)) without rowid;"
	"create table place (place integer primary key, parent int, level int);"
	"create table anc (place int, anc int, primary key (place, anc)) without rowid;"
	"create table code (code integer primary key, size int);"
	"create table scope (id integer primary key, agreement int, provider int, code int, place "
	"int, service int, phases int, dfrom int, duntil int, rank int)";
/* Each query finds all it reads in an index. */
static const char indexes[] =
	"create index who on scope (service, place, code, dfrom, duntil, phases, rank, agreement, "
	"provider);"
	"create index code_nat on natcode (code, nat);"
	"create index anc_place on anc (anc, place);"
	"analyze";
static const char matrix[] =
	"select count(*), total(c > 1), sum(c), sum(c * ((((?1 * 249 + nat) * 5000) + place) * "
	"2654435761 % 1048573)) from (select n.nat as nat, a.place as place, count(distinct "
	"s.provider) as c from scope s join natcode n on n.code = s.code join anc a on a.anc = "
	"s.place where s.service = ?1 and s.dfrom <= ?2 and s.duntil >= ?2 and s.phases & 2 group "
	"by n.nat, a.place)";
/* `cross join` keeps this order of tables, the fastest of those tried. */
static const char who[] =
	"select s.id, s.provider from anc a cross join natcode n cross join scope s cross join "
	"place p cross join code k where a.place = ?3 and n.nat = ?1 and s.service = ?2 and "
	"s.place = a.anc and s.code = n.code and p.place = a.anc and k.code = s.code and s.dfrom "
	"<= ?4 and s.duntil >= ?4 and s.phases & 2 " PEER_WHO_ORDER;

struct peer *peer_sqlite(const char *dir)
{
	struct sqlite_peer *own = calloc(1, sizeof *own);
	double start = bench_now();

	if (!own || sqlite3_open(":memory:", &own->database) != SQLITE_OK)
		bench_fail("SQLite: not opened");
	run(own->database, "pragma temp_store = memory; pragma cache_size = -2000000; pragma "
			   "threads = 2; pragma locking_mode = exclusive");
	run(own->database, tables);
	load(own->database, dir, "natcode.csv", "natcode", 2);
	load(own->database, dir, "place.csv", "place", 3);
	load(own->database, dir, "anc.csv", "anc", 2);
	load(own->database, dir, "code.csv", "code", 2);
	load(own->database, dir, "scope.csv", "scope", 10);
	run(own->database, indexes);
	own->matrix = prepare(own->database, matrix);
	own->who = prepare(own->database, who);
	own->peer = (struct peer){ "SQLite", bench_now() - start, sqlite_matrix, sqlite_who, NULL,
		sqlite_close };
	return &own->peer;
}
