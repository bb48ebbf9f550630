/* The public face of wire/: other people's formats, written from what cover/ answers. Nothing here
 * decides anything about agreements; it says the same in another's words.
 *
 * HXL: a row of hashtags under the header of a CSV (HXL 1.1 core hashtags and attributes).
 * HAPI: the columns in which HDX's Humanitarian API gives operational presence (who does what,
 * where), as its published tables have them. */
#ifndef ENTENTE_WIRE_WIRE_H
#define ENTENTE_WIRE_WIRE_H

#include "cover/cover.h"
#include "wire/svg.h"

struct wire_column {
	const char *name, *tag;
};
/* The header of a CSV, and with HXL its tags as the second row. */
void wire_header(struct buf *out, const struct wire_column *columns, size_t count, bool hxl);

/* The sector of HAPI (an IASC cluster or area of responsibility) for a service; "" where there is
 * none: the clusters know no consular help. */
struct wire_sector {
	const char *code, *name;
};
struct wire_sector wire_sector_of(uint8_t service);

/* One row a place, party, sector and band: what is owed never lends its band to what is allowed. */
struct wire_presence {
	uint32_t party, place;
	uint64_t services;
	struct wire_sector sector;
	enum band band;
	struct str agreements; /* ids, a space between them */
};
/* ACTIVITIES in the order of cover_activities(). */
enum status wire_presence_join(struct wire_presence **out, size_t *count, struct arena *arena,
	const struct activity *activities, size_t activity_count);
/* HAPI's 21 columns, then ours: place, party, band, services, agreements. What HAPI has and a
 * workspace does not know (p-codes, has_hrp, data set ids) stays empty. DATE is both ends of the
 * reference period. */
enum status wire_presence_csv(struct buf *out, struct arena *arena, const struct world *world,
	const struct wire_presence *rows, size_t count, int32_t date, bool hxl);
/* The type of an organization in HAPI's words. */
const char *wire_org_type(const struct world *world, uint32_t party);

#endif
