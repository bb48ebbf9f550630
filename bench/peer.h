/* The databases that the benches are held against: each has the same tables, indexes as its own
 * users would choose them, and gives the same answers. */
#ifndef ENTENTE_BENCH_PEER_H
#define ENTENTE_BENCH_PEER_H

#include "bench/bench.h"
#include "bench/coverage_world.h"

struct who_query {
	uint16_t nat, place;
	uint8_t service;
};
struct peer {
	const char *name;
	double load_seconds; /* of the tables, with their indexes */
	/* Figures of the matrix of DAY (all but `active` and `fnv`); seconds of the query alone. */
	double (*matrix)(struct peer *peer, int day, struct coverage_figures *figures);
	/* Row numbers of the ranked answers; at most MAX are written. How many there are. NULL: not
	 * asked of this peer. */
	size_t (*who)(struct peer *peer, const struct who_query *query, int day, uint32_t *rows,
		size_t max);
	/* Seconds to load scope.csv alone into a table without indexes. NULL: not asked. */
	double (*copy)(struct peer *peer);
	void (*close)(struct peer *peer);
};
/* Opened with the tables of DIR. Whatever fails ends the program. */
struct peer *peer_sqlite(const char *dir);
struct peer *peer_postgres(const char *dir);
struct peer *peer_duckdb(const char *dir, const char *script);

#define PEER_THREADS 2
#define PEER_WHO_ORDER "order by p.level desc, k.size, s.rank, s.agreement, s.id"

#endif
