/* `advise` as CSV: a row for each group of people lifted, for a service. */
#include "cli/advise.h"

#include <inttypes.h>

enum status advise_csv(struct cli *cli, const struct advise_asked *asked)
{
	const struct world *world = cli->world;
	struct buf *out = &cli->out;

	buf_add_c(out, "rank,kind,party,group,nationality,place,agreement,service,host,from,to,"
		       "certainty,people\r\n");
	for (size_t i = 0; i < asked->advices.items_count; i++) {
		const struct advice *advice = &asked->advices.items[i];
		struct str id = cover_advice_id(&cli->arena, world, advice);
		for (size_t j = 0; j < advice->lifted_count; j++) {
			const struct advice_lift *lift = &advice->lifted[j];
			const struct people_cell *cell = &asked->count.cells[lift->cell];
			buf_add_format(out, "%zu", i + 1);
			csv_add_field(out, cover_advice_kind_words[advice->kind], false);
			csv_add_field(out,
				advice->party == NONE32 ? STR("")
							: world->parties[advice->party].id,
				false);
			csv_add_field(out,
				advice->group == NONE32 ? STR("") : world->groups[advice->group],
				false);
			csv_add_field(out, world->nats[cell->nat].code, false);
			csv_add_field(out,
				advice->place == NONE32 ? STR("") : world->places[advice->place].id,
				false);
			csv_add_field(out, id, false);
			csv_add_field(out, str_of(world_services[lift->service].code), false);
			csv_add_field(out, world->places[cell->place].id, false);
			csv_add_field(out,
				lift->from_not_known ? STR("not_known")
						     : cover_band_words[lift->from],
				false);
			csv_add_field(out, cover_band_words[lift->to], false);
			csv_add_field(out, lift->uncertain ? STR("U") : STR("T"), false);
			buf_add_format(out, ",%" PRId64 "\r\n", cell->people);
		}
	}
	return STATUS_OK;
}
