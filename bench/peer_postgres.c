/* PostgreSQL 15, started by the bench: a new cluster in the folder of this run, reached by a Unix
 * socket there and by nothing else. It refuses to run as root, so root lends it the account that
 * its package makes. Nothing is synced to disk: the peer is not to wait for a disk that we do not
 * wait for. */
#include <errno.h>
#include <libpq-fe.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include "bench/peer.h"

#define PROGRAMS "/usr/lib/postgresql/15/bin/"

struct postgres_peer {
	struct peer peer;
	PGconn *connection;
	pid_t server;
	char dir[512];
};

static void drop_rights(void)
{
	const struct passwd *user = geteuid() == 0 ? getpwnam("postgres") : NULL;

	if (user && (setgid(user->pw_gid) != 0 || setuid(user->pw_uid) != 0))
		_exit(127);
}

/* Starts ARGUMENTS, silent. */
static pid_t start(const char *dir, const char *const arguments[])
{
	pid_t child = fork();

	if (child == 0) {
		char log[600];

		drop_rights();
		snprintf(log, sizeof log, "%s/log", dir);
		if (chdir(dir) != 0 || !freopen(log, "a", stderr) || !freopen(log, "a", stdout))
			_exit(127);
		execv(arguments[0], (char *const *)arguments);
		_exit(127);
	}
	if (child < 0)
		bench_fail("PostgreSQL: not started: %s", strerror(errno));
	return child;
}

static PGresult *ask(struct postgres_peer *own, const char *sql)
{
	PGresult *result = PQexec(own->connection, sql);

	if (PQresultStatus(result) != PGRES_TUPLES_OK && PQresultStatus(result) != PGRES_COMMAND_OK)
		bench_fail("PostgreSQL: %s: %s", sql, PQerrorMessage(own->connection));
	return result;
}

static void run(struct postgres_peer *own, const char *sql)
{
	PQclear(ask(own, sql));
}

static void make_cluster(struct postgres_peer *own, const char *dir)
{
	const struct passwd *user = geteuid() == 0 ? getpwnam("postgres") : NULL;
	char data[600];
	int status;

	snprintf(own->dir, sizeof own->dir, "%s/postgres", dir);
	snprintf(data, sizeof data, "%s/data", own->dir);
	if (mkdir(own->dir, 0755) != 0 ||
		(user && chown(own->dir, user->pw_uid, user->pw_gid) != 0))
		bench_fail("%s: not made: %s", own->dir, strerror(errno));
	const char *const init[] = { PROGRAMS "initdb", "-D", data, "-U", "bench", "--auth=trust",
		"-E", "UTF8", "--locale=C", "--no-sync", NULL };
	if (waitpid(start(own->dir, init), &status, 0) < 0 || status != 0)
		bench_fail("PostgreSQL: initdb failed; is postgresql-15 installed?");
	const char *const server[] = { PROGRAMS "postgres", "-D", data, "-k", own->dir, "-c",
		"listen_addresses=", "-c", "shared_buffers=1GB", "-c", "work_mem=2GB", "-c",
		"maintenance_work_mem=1GB", "-c", "max_parallel_workers_per_gather=1", "-c",
		"fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off", "-c",
		"wal_level=minimal", "-c", "max_wal_senders=0", "-c", "max_wal_size=8GB", "-c",
		"jit=off", NULL };
	own->server = start(own->dir, server);
}

static void connect_cluster(struct postgres_peer *own)
{
	char where[600];

	snprintf(where, sizeof where, "host=%s user=bench dbname=postgres", own->dir);
	for (int tries = 0; tries < 300; tries++) {
		own->connection = PQconnectdb(where);
		if (PQstatus(own->connection) == CONNECTION_OK)
			return;
		PQfinish(own->connection);
		usleep(100000);
	}
	bench_fail("PostgreSQL: the server does not answer; see %s/log", own->dir);
}

static double number(const PGresult *result, int column)
{
	return strtod(PQgetvalue(result, 0, column), NULL);
}

static const char matrix[] =
	"select count(*), count(*) filter (where c > 1), sum(c), sum(c * ((((service * 249 + nat) "
	"* "
	"5000) + place) * 2654435761 %% 1048573)) from (select s.service, n.nat, a.place, "
	"count(distinct s.provider) as c from scope s join natcode n on n.code = s.code join anc a "
	"on a.anc = s.place where s.dfrom <= %d and s.duntil >= %d and s.phases & 2 <> 0 group by "
	"1, 2, 3) cells";

static double postgres_matrix(struct peer *peer, int day, struct coverage_figures *figures)
{
	struct postgres_peer *own = (struct postgres_peer *)peer;
	double begun = bench_now();
	char sql[1024];
	PGresult *result;

	snprintf(sql, sizeof sql, matrix, day, day);
	result = ask(own, sql);
	/* Below 2^53: a double holds them. */
	*figures = (struct coverage_figures){ .covered = (uint64_t)number(result, 0),
		.several = (uint64_t)number(result, 1),
		.sum = (uint64_t)number(result, 2),
		.mixed = (uint64_t)number(result, 3) };
	PQclear(result);
	return bench_now() - begun;
}

static size_t postgres_who(
	struct peer *peer, const struct who_query *query, int day, uint32_t *rows, size_t max)
{
	struct postgres_peer *own = (struct postgres_peer *)peer;
	uint32_t numbers[4] = { __builtin_bswap32(query->nat), __builtin_bswap32(query->service),
		__builtin_bswap32(query->place), __builtin_bswap32((uint32_t)day) };
	const char *values[4];
	const int lengths[4] = { 4, 4, 4, 4 }, binary[4] = { 1, 1, 1, 1 };
	PGresult *result;
	size_t count;

	for (size_t i = 0; i < 4; i++)
		values[i] = (const char *)&numbers[i];
	result = PQexecPrepared(own->connection, "who", 4, values, lengths, binary, 1);
	if (PQresultStatus(result) != PGRES_TUPLES_OK)
		bench_fail("PostgreSQL: %s", PQerrorMessage(own->connection));
	count = (size_t)PQntuples(result);
	for (size_t i = 0; i < count && i < max; i++) {
		uint32_t row;

		memcpy(&row, PQgetvalue(result, (int)i, 0), sizeof row);
		rows[i] = __builtin_bswap32(row);
	}
	PQclear(result);
	return count;
}

#define SCOPE_COLUMNS                                                                              \
	"(id int, agreement int, provider int, code int, place int, service int, phases int, "     \
	"dfrom int, duntil int, rank int)"

static double postgres_copy(struct peer *peer)
{
	struct postgres_peer *own = (struct postgres_peer *)peer;
	char sql[700];
	double begun;

	run(own, "set client_min_messages = warning; drop table if exists bare");
	run(own, "create table bare " SCOPE_COLUMNS);
	snprintf(sql, sizeof sql, "copy bare from '%s/../scope.csv' csv", own->dir);
	begun = bench_now();
	run(own, sql);
	return bench_now() - begun;
}

static void postgres_close(struct peer *peer)
{
	struct postgres_peer *own = (struct postgres_peer *)peer;

	PQfinish(own->connection);
	kill(own->server, SIGQUIT);
	waitpid(own->server, NULL, 0);
	free(own);
}

static const char *const tables[] = {
	"create table natcode (nat int, code int)",
	"create table place (place int, parent int, level int)",
	"create table anc (place int, anc int)",
	"create table code (code int, size int)",
	"create table scope " SCOPE_COLUMNS,
};
static const char *const names[] = { "natcode", "place", "anc", "code", "scope" };
static const char *const indexes[] = {
	"create unique index on natcode (nat, code)",
	"create unique index on place (place)",
	"create unique index on anc (place, anc)",
	"create unique index on code (code)",
	"create index on scope (service, place, code, dfrom)",
	"vacuum analyze",
};
/* A generic plan is the good one: nothing in it hangs on the numbers. */
static const char who[] =
	"prepare who (int, int, int, int) as select s.id, s.provider from anc a join place p on "
	"p.place = a.anc join natcode n on n.nat = $1 join scope s on s.service = $2 and s.place = "
	"a.anc and s.code = n.code join code k on k.code = s.code where a.place = $3 and s.dfrom "
	"<= $4 and s.duntil >= $4 and s.phases & 2 <> 0 " PEER_WHO_ORDER;

struct peer *peer_postgres(const char *dir)
{
	struct postgres_peer *own = calloc(1, sizeof *own);
	char sql[700];
	double begun;

	if (!own)
		bench_fail("no memory");
	make_cluster(own, dir);
	connect_cluster(own);
	begun = bench_now();
	for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
		run(own, tables[i]);
		snprintf(sql, sizeof sql, "copy %s from '%s/%s.csv' csv", names[i], dir, names[i]);
		run(own, sql);
	}
	for (size_t i = 0; i < sizeof indexes / sizeof indexes[0]; i++)
		run(own, indexes[i]);
	run(own, "set plan_cache_mode = force_generic_plan");
	run(own, who);
	own->peer = (struct peer){ "PostgreSQL", bench_now() - begun, postgres_matrix, postgres_who,
		postgres_copy, postgres_close };
	return &own->peer;
}
