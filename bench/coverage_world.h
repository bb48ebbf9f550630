/* The synthetic world of the benches: 249 nationalities, 24 groups of them, 5,000 places in four
 * levels, 30 services, agreements of ten commitments each. The distribution is fixed by the
 * project's quality goals; this generator proves that it has it by figures (coverage_check.c).
 *
 * The rows are plain numbers. From them come the tables that the peers load (coverage_tables.c),
 * and a real workspace with agreements, read and compiled as any other (coverage_build.c). */
#ifndef ENTENTE_BENCH_COVERAGE_WORLD_H
#define ENTENTE_BENCH_COVERAGE_WORLD_H

#include "cover/cover.h"

enum {
	COVERAGE_NATS = 249,
	COVERAGE_GROUPS = 24,
	COVERAGE_CODES = COVERAGE_NATS + COVERAGE_GROUPS + 1, /* the last: any */
	COVERAGE_PLACES = 5000,
	COVERAGE_SUBDIVISIONS = 1000,
	COVERAGE_SERVICES = 30,
	COVERAGE_PROVIDERS = 20000,
	COVERAGE_PER_AGREEMENT = 10,
	COVERAGE_AGREEMENTS = 100000, /* the reference size */
	COVERAGE_DAY = 2500,          /* the reference day */
	COVERAGE_DURING = 2           /* the bit of the phase in `phases` */
};
#define COVERAGE_SEED UINT64_C(20261123)
#define COVERAGE_CELLS ((size_t)COVERAGE_SERVICES * COVERAGE_NATS * COVERAGE_PLACES)

struct coverage_row {
	uint32_t agreement;
	uint16_t provider, code, place, from, until;
	uint8_t service, phases, rank;
};
struct coverage_world {
	uint64_t seed;
	bool member[COVERAGE_GROUPS][COVERAGE_NATS];
	int32_t parent[COVERAGE_PLACES]; /* -1 for the world */
	uint8_t level[COVERAGE_PLACES];
	uint32_t agreements;
	struct coverage_row *rows; /* agreements x COVERAGE_PER_AGREEMENT */
	size_t row_count;
};

/* Deterministic in SEED; the rows of a smaller world are the first of a larger one. NULL: no
 * memory. Freed by coverage_free(). */
struct coverage_world *coverage_make(uint64_t seed, uint32_t agreements);
void coverage_free(struct coverage_world *world);
/* NAT belongs to CODE. */
bool coverage_code_has(const struct coverage_world *world, unsigned code, unsigned nat);

/* What the peers load, as files of DIR: natcode.csv, code.csv, place.csv, anc.csv, scope.csv.
 * SHA256 gets that of scope.csv, in hex. False: not written, errno tells why. */
bool coverage_tables(const struct coverage_world *world, const char *dir, char sha256[static 65]);

/* The figures of a matrix: cells with one party or more, with two or more, the sum, FNV-1a (64 bit,
 * one step a cell) over cells in the order service, nationality, place; and a sum that SQL can make
 * too: count times (number of the cell times COVERAGE_MIX mod COVERAGE_MOD). */
#define COVERAGE_MIX UINT64_C(2654435761)
#define COVERAGE_MOD UINT64_C(1048573)
struct coverage_figures {
	uint64_t active, covered, several, sum, mixed, fnv;
};
/* CELLS in that order. `active` is left alone. */
void coverage_measure(struct coverage_figures *figures, const uint16_t *cells);
/* The number of distinct providers of every cell on DAY, by the plainest way there is: for each
 * place the rows of its chain, marked one by one. Seconds. */
bool coverage_reference(
	uint16_t *cells, uint64_t *active, const struct coverage_world *world, int day);

/* The same as a workspace of the engine, in memory, with people in it. Places, parties and groups
 * are read by world_load(); the agreements are made directly. */
struct coverage_built {
	struct arena arena;
	struct world *world;
	struct accords accords;
	uint32_t place_of[COVERAGE_PLACES]; /* of the generator: in the world */
	uint16_t nat_of[COVERAGE_NATS];
	uint8_t service_of[COVERAGE_SERVICES];
	uint32_t number_of[COVERAGE_PLACES]; /* of the world: in the generator */
};
struct coverage_built *coverage_build(const struct coverage_world *world);
/* Fills the numbers of a world that was read from these files. */
bool coverage_find(struct coverage_built *built);
void coverage_built_free(struct coverage_built *built);
/* Day number of the generator's DAY. */
int32_t coverage_date(int day);

/* Files of a workspace that are the same for every use: workspace.yaml, sources.csv, places.csv,
 * parties.csv, groups.csv; put one by one with PUT. */
typedef bool coverage_put(void *context, const char *name, struct str content);
bool coverage_workspace(const struct coverage_world *world, coverage_put *put, void *context);
/* Ids of the generator's numbers in a workspace; its services and phases in the engine. */
void coverage_country_code(char code[static 4], unsigned nat);
void coverage_place_id(char id[static 16], unsigned place);
void coverage_code_name(char name[static 16], unsigned code);
void coverage_services(uint8_t services[static COVERAGE_SERVICES]);
unsigned coverage_phases(const struct coverage_row *row);
/* ... and agreements whose schedules hold the rows, SCHEDULE_ROWS in each. */
bool coverage_schedules(const struct coverage_world *world, uint32_t schedule_rows,
	coverage_put *put, void *context);
/* ... and the first COUNT agreements as documents of their own. */
bool coverage_documents(
	const struct coverage_world *world, uint32_t count, coverage_put *put, void *context);

#endif
