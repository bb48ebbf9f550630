/* Overlaps as CSV: one table for all kinds. */
#include "cli/overlaps.h"

#include <inttypes.h>

struct csv_row {
	const char *kind;
	struct str what, service, place, band, to, phase;
	int32_t date;
	int64_t people, has, pledged; /* -1: says nothing */
	struct str clauses;
};

static void csv_figure(struct buf *out, int64_t n)
{
	if (n >= 0)
		buf_add_format(out, ",%" PRId64, n);
	else
		buf_add_c(out, ",");
}

static void csv_row(struct cli *cli, const struct csv_row *row)
{
	struct buf *out = &cli->out;

	csv_add_field(out, str_of(row->kind), true);
	csv_add_field(out, str_of(page_date(row->date).text), false);
	csv_add_field(out, row->what, false);
	csv_add_field(out, row->service, false);
	csv_add_field(out, row->place, false);
	csv_add_field(out, row->band, false);
	csv_add_field(out, row->to, false);
	csv_add_field(out, row->phase, false);
	csv_figure(out, row->people);
	csv_figure(out, row->has);
	csv_figure(out, row->pledged);
	csv_add_field(out, row->clauses, false);
	buf_add_c(out, "\r\n");
}

static void add_clause(
	struct buf *out, const struct agreement *agreement, const struct commitment *commitment)
{
	buf_add_format(out, "%s" STR_FMT "/" STR_FMT, out->len ? " " : "", STR_ARG(agreement->id),
		STR_ARG(commitment->id));
}

static struct str pledge_clauses(struct cli *cli, const struct pledge *pledges, size_t count)
{
	struct buf text;

	buf_init(&text, &cli->arena, 1 << 20);
	for (size_t i = 0; i < count; i++)
		add_clause(&text, pledges[i].agreement, pledges[i].commitment);
	return buf_str(&text);
}

static void csv_leads(
	struct cli *cli, const char *kind, const struct lead_overlap *leads, int32_t date)
{
	struct buf what, clauses;

	buf_init(&what, &cli->arena, 1 << 16);
	buf_init(&clauses, &cli->arena, 1 << 20);
	for (size_t i = 0; i < leads->leads_count; i++) {
		buf_add_c(&what, i ? " " : "");
		buf_add(&what, overlaps_lead_code(cli, &leads->leads[i]));
		add_clause(&clauses, leads->leads[i].agreement, leads->leads[i].commitment);
	}
	csv_row(cli, &(struct csv_row){ .kind = kind,
			     .date = date,
			     .what = buf_str(&what),
			     .service = str_of(world_services[leads->service].code),
			     .place = cli->world->places[leads->place].id,
			     .band = cover_band_words[leads->band],
			     .people = leads->people,
			     .has = -1,
			     .pledged = -1,
			     .clauses = buf_str(&clauses) });
}

static void csv_circle(struct cli *cli, const struct circle *circle, int32_t date)
{
	struct buf what, clauses;

	buf_init(&what, &cli->arena, 1 << 16);
	buf_init(&clauses, &cli->arena, 1 << 20);
	for (size_t i = 0; i < circle->links_count; i++) {
		buf_add_c(&what, i ? " " : "");
		buf_add(&what, cli->world->parties[circle->links[i].provider].id);
		add_clause(&clauses, circle->links[i].agreement, circle->links[i].commitment);
	}
	csv_row(cli, &(struct csv_row){ .kind = "circular",
			     .date = date,
			     .what = buf_str(&what),
			     .place = cli->world->places[circle->place].id,
			     .people = -1,
			     .has = -1,
			     .pledged = -1,
			     .clauses = buf_str(&clauses) });
}

static void csv_point(struct cli *cli, const struct single_point *point, int32_t date)
{
	for (size_t i = 0; i < point->losses_count; i++) {
		const struct point_loss *loss = &point->losses[i];

		csv_row(cli, &(struct csv_row){ .kind = str_format(&cli->arena, "single-%s",
							cover_point_words[point->kind].ptr)
								.ptr,
				     .date = date,
				     .what = overlaps_point_id(cli, point),
				     .service = str_of(world_services[loss->service].code),
				     .band = cover_band_words[loss->from],
				     .to = loss->to != BAND_NONE ? cover_band_words[loss->to]
					   : loss->not_known     ? STR("not_known")
								 : STR("none_proven"),
				     .people = loss->people,
				     .has = -1,
				     .pledged = -1 });
	}
}

static void csv_pledges(struct cli *cli, const struct overlaps *overlaps, size_t limit)
{
	const struct world *world = cli->world;

	for (size_t i = 0; i < overlaps->assets_count && i < limit; i++) {
		const struct asset_overlap *asset = &overlaps->assets[i];
		const struct asset *fact = &world->assets[asset->asset];

		csv_row(cli,
			&(struct csv_row){ .kind = "asset",
				.date = asset->date,
				.what = str_format(&cli->arena, STR_FMT ":" STR_FMT,
					STR_ARG(world->parties[fact->party].id), STR_ARG(fact->id)),
				.phase = accord_phase_words[__builtin_ctz((unsigned)asset->phase)],
				.people = -1,
				.has = asset->has,
				.pledged = asset->pledged,
				.clauses = pledge_clauses(
					cli, asset->pledges, asset->pledges_count) });
	}
	for (size_t i = 0; i < overlaps->strengths_count && i < limit; i++) {
		const struct strength_overlap *strength = &overlaps->strengths[i];

		csv_row(cli, &(struct csv_row){ .kind = "strength",
				     .date = strength->date,
				     .what = world->parties[strength->party].id,
				     .service = str_of(world_services[strength->service].code),
				     .phase = accord_phase_words[__builtin_ctz(
					     (unsigned)strength->phase)],
				     .people = -1,
				     .has = strength->has,
				     .pledged = strength->pledged,
				     .clauses = pledge_clauses(
					     cli, strength->pledges, strength->pledges_count) });
	}
}

void overlaps_csv(
	struct cli *cli, const struct asked_overlaps *asked, const struct overlaps *overlaps)
{
	size_t told[POINT_KINDS] = { 0 };

	buf_add_c(&cli->out,
		"kind,date,what,service,place,band,to,phase,people,has,pledged,clauses\r\n");
	for (size_t i = 0; i < overlaps->leads_count && i < asked->limit; i++)
		csv_leads(cli, "lead", &overlaps->leads[i], overlaps->date);
	for (size_t i = 0; i < overlaps->unassigned_count && i < asked->limit; i++)
		csv_leads(cli, "unassigned", &overlaps->unassigned[i], overlaps->date);
	csv_pledges(cli, overlaps, asked->limit);
	for (size_t i = 0; i < overlaps->circular_count && i < asked->limit; i++)
		csv_circle(cli, &overlaps->circular[i], overlaps->date);
	for (size_t i = 0; i < overlaps->points_count; i++) {
		if (told[overlaps->points[i].kind]++ < asked->limit)
			csv_point(cli, &overlaps->points[i], overlaps->date);
	}
}
