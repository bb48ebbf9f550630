/* What `gaps` and `world` share: sums of people by band, and where the figures come from. */
#ifndef ENTENTE_CLI_GAPS_H
#define ENTENTE_CLI_GAPS_H

#include "cli/cli.h"

/* People by band; the last two are the two ways of having none. */
struct gap_sums {
	int64_t people, bands[BANDS], not_known, none_proven;
	struct band_split bounded; /* by capacity, where cover_bound() was asked */
};
void gap_sums_add(struct gap_sums *sums, const struct gap_cell *cell);
/* The people of SUMS whose band is under BELOW. */
int64_t gap_sums_below(const struct gap_sums *sums, enum band below);

/* The source that most people of GROUP in YEAR come from; NONE32 if there are none. */
uint32_t gaps_source(struct cli *cli, enum people_group group, int16_t year);
/* "International migrant stock 2020 (retrieved 2026-11-23)". */
struct str gaps_source_text(struct cli *cli, enum people_group group, int16_t year);
/* Lines that name the sources and years of the people counted. */
void gaps_print_sources(struct cli *cli, const struct people_count *count);
/* People counted, own State's nationals, every band in words with its share of the foreigners. */
void gaps_print_totals(struct cli *cli, const struct gaps *gaps);
/* What it means that DATE lies after the date of record, when it does or when none was asked for;
 * `gaps` only. */
void gaps_print_record(struct cli *cli, int32_t date);
/* The latest labour figure of each pair of origin and country up to DATE's year, most people first,
 * of COUNTRY (NONE32: all) and nationality NAT (NAT_NONE: all). Figures for all origins together
 * are left out: they hold the others. NULL on want of memory. */
const struct people_row **gaps_labour(
	struct cli *cli, uint32_t country, uint16_t nat, int32_t date, size_t *count);
/* Labour figures on record for the country asked about, if one is: beside the stock, never in it.
 */
void gaps_print_labour(struct cli *cli, const struct gap_filter *filter);
/* The word of a cell's band in output for machines. */
struct str gaps_band_code(const struct gap_cell *cell);
/* Cells under BELOW, most people first, then by codes; NULL on want of memory. */
const struct gap_cell **gaps_sorted(
	struct cli *cli, const struct gaps *gaps, enum band below, size_t *count);
/* CELLS as a table: people, nationality, group, place and, with BANDS, the band in words. */
void gaps_print_cells(struct cli *cli, const struct gap_cell **cells, size_t count, bool bands);

#endif
