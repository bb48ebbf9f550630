/* The figures of a matrix, and the matrix by the plainest way: what every fast way is held against.
 */
#include <stdlib.h>
#include <string.h>
#include "bench/coverage_world.h"

void coverage_measure(struct coverage_figures *figures, const uint16_t *cells)
{
	uint64_t fnv = UINT64_C(1469598103934665603);

	figures->covered = figures->several = figures->sum = figures->mixed = 0;
	for (size_t i = 0; i < COVERAGE_CELLS; i++) {
		figures->covered += cells[i] > 0;
		figures->several += cells[i] > 1;
		figures->sum += cells[i];
		figures->mixed += cells[i] * (i * COVERAGE_MIX % COVERAGE_MOD);
		fnv = (fnv ^ cells[i]) * UINT64_C(1099511628211);
	}
	figures->fnv = fnv;
}

/* Row numbers by service and place: counting sort. */
struct shelves {
	uint32_t *first, *rows;
};

static bool make_shelves(
	struct shelves *shelves, const struct coverage_world *world, int day, uint64_t *active)
{
	size_t count = (size_t)COVERAGE_SERVICES * COVERAGE_PLACES;

	shelves->first = calloc(count + 2, sizeof *shelves->first);
	shelves->rows = calloc(world->row_count, sizeof *shelves->rows);
	*active = 0;
	if (!shelves->first || !shelves->rows)
		return false;
	for (int pass = 0; pass < 2; pass++) {
		for (size_t i = 0; i < world->row_count; i++) {
			const struct coverage_row *row = &world->rows[i];
			size_t shelf = (size_t)row->service * COVERAGE_PLACES + row->place;

			if (row->from > day || row->until < day || !(row->phases & COVERAGE_DURING))
				continue;
			if (pass == 0)
				shelves->first[shelf + 2]++;
			else
				shelves->rows[shelves->first[shelf + 1]++] = (uint32_t)i;
			*active += (uint64_t)pass;
		}
		for (size_t i = 0; i < count && pass == 0; i++)
			shelves->first[i + 2] += shelves->first[i + 1];
	}
	return true;
}

bool coverage_reference(
	uint16_t *cells, uint64_t *active, const struct coverage_world *world, int day)
{
	/* seen: the last (service, place) at which the provider was counted for the nationality */
	uint32_t *seen = calloc((size_t)COVERAGE_PROVIDERS * COVERAGE_NATS, sizeof *seen);
	struct shelves shelves = { 0 };
	bool made = seen && make_shelves(&shelves, world, day, active);

	memset(cells, 0, COVERAGE_CELLS * sizeof *cells);
	for (uint32_t at = 0; made && at < COVERAGE_SERVICES * COVERAGE_PLACES; at++) {
		uint32_t service = at / COVERAGE_PLACES;
		uint32_t place = at % COVERAGE_PLACES;

		for (int32_t p = (int32_t)place; p >= 0; p = world->parent[p]) {
			uint32_t shelf = service * COVERAGE_PLACES + (uint32_t)p;

			for (uint32_t i = shelves.first[shelf]; i < shelves.first[shelf + 1]; i++) {
				const struct coverage_row *row = &world->rows[shelves.rows[i]];

				for (unsigned n = 0; n < COVERAGE_NATS; n++) {
					uint32_t *mark =
						&seen[(size_t)row->provider * COVERAGE_NATS + n];

					if (!coverage_code_has(world, row->code, n) ||
						*mark == at + 1)
						continue;
					*mark = at + 1;
					cells[((size_t)service * COVERAGE_NATS + n) *
							COVERAGE_PLACES +
						place]++;
				}
			}
		}
	}
	free(seen);
	free(shelves.first);
	free(shelves.rows);
	return made;
}
