/* Operational presence in the columns of HDX's Humanitarian API.
 *
 * The columns and the words for sectors and types of organization are those of HAPI's published
 * tables (OCHA's list of coordination groups and of organization types); which service belongs to
 * which sector is ours. HAPI counts administrative places by p-codes, a workspace by ISO 3166-2:
 * they are not the same, so HAPI's code columns stay empty and `place` at the end says ours. */
#include <assert.h>
#include <string.h>
#include "wire/wire.h"

/* The first row whose prefix fits decides, so narrower ones stand above wider ones. */
static const struct {
	const char *prefix;
	struct wire_sector sector;
} sectors[] = {
	{ "relief.food", { "FSC", "Food Security" } },
	{ "relief.water", { "WSH", "Water Sanitation Hygiene" } },
	{ "relief.shelter", { "SHL", "Emergency Shelter and NFI" } },
	{ "relief.items", { "SHL", "Emergency Shelter and NFI" } },
	{ "relief.site-management", { "CCM", "Camp Coordination / Management" } },
	{ "health.", { "HEA", "Health" } },
	{ "protection.child", { "PRO-CPN", "Child Protection" } },
	{ "protection.gender-violence", { "PRO-GBV", "Gender Based Violence" } },
	{ "protection.", { "PRO", "Protection" } },
	{ "support.logistics", { "LOG", "Logistics" } },
	{ "support.assets", { "LOG", "Logistics" } },
	{ "recovery.property", { "PRO-HLP", "Housing, Land and Property" } },
	{ "recovery.", { "ERY", "Early Recovery" } },
	{ "", { "", "" } },
};

static const char *const type_of_kind[PARTY_KINDS] = {
	[PARTY_STATE] = "Government",
	[PARTY_AGENCY] = "Government",
	[PARTY_POST] = "Embassy",
	[PARTY_IO] = "International Organization",
	[PARTY_CIVIL_SOCIETY] = "International NGO",
	[PARTY_MIGRANT_ASSOCIATION] = "National NGO",
	[PARTY_PRIVATE_SECTOR] = "Private sector",
	[PARTY_LOCAL_AUTHORITY] = "Government",
	[PARTY_FUNDER] = "Donor",
};

/* Organizations of which more is known than the kind of party says, by their ids. */
static const struct {
	const char *id;
	bool prefix;
	const char *type;
} known[] = {
	{ "ns-", true, "Red Cross / Red Crescent" },
	{ "icrc", false, "Red Cross / Red Crescent" },
	{ "ifrc", false, "Red Cross / Red Crescent" },
	{ "iom", false, "United Nations" },
	{ "unhcr", false, "United Nations" },
	{ "unrwa", false, "United Nations" },
	{ "unicef", false, "United Nations" },
	{ "unfpa", false, "United Nations" },
	{ "ocha", false, "United Nations" },
	{ "wfp", false, "United Nations" },
	{ "who", false, "United Nations" },
	{ "ilo", false, "United Nations" },
};

struct wire_sector wire_sector_of(uint8_t service)
{
	size_t i = 0;

	assert(service < world_service_count);
	while (strncmp(world_services[service].code, sectors[i].prefix,
		       strlen(sectors[i].prefix)) != 0)
		i++;
	return sectors[i].sector;
}

const char *wire_org_type(const struct world *world, uint32_t number)
{
	const struct party *party = &world->parties[number];

	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
		struct str id = str_of(known[i].id);

		if (known[i].prefix ? str_eq(str_sub(party->id, 0, id.len), id)
				    : str_eq(party->id, id))
			return known[i].type;
	}
	if (party->kind == PARTY_CIVIL_SOCIETY && party->country != NONE32)
		return "National NGO";
	return type_of_kind[party->kind];
}

/* ---- joining ---- */

struct joiner {
	struct arena *arena;
	struct wire_presence *rows;
	size_t count, capacity;
	size_t first; /* of the place and party at hand */
};

static struct wire_presence *row_of(
	struct joiner *joiner, const struct activity *activity, struct wire_sector sector)
{
	void *items = joiner->rows;
	struct wire_presence *row;

	for (size_t i = joiner->first; i < joiner->count; i++) {
		if (joiner->rows[i].band == activity->band &&
			strcmp(joiner->rows[i].sector.code, sector.code) == 0)
			return &joiner->rows[i];
	}
	row = arena_push(joiner->arena, &items, &joiner->count, &joiner->capacity, sizeof *row);
	joiner->rows = items;
	if (row)
		*row = (struct wire_presence){ .party = activity->party,
			.place = activity->place,
			.sector = sector,
			.band = activity->band };
	return row;
}

static bool add_agreement(struct joiner *joiner, struct wire_presence *row, struct str id)
{
	struct str list = row->agreements, last = list;

	for (size_t i = list.len; i > 0 && list.ptr[i - 1] != ' '; i--)
		last = str_sub(list, i - 1, list.len - i + 1);
	if (str_eq(last, id)) /* activities come agreement by agreement */
		return true;
	row->agreements = str_format(joiner->arena, STR_FMT "%s" STR_FMT, STR_ARG(list),
		list.len ? " " : "", STR_ARG(id));
	return row->agreements.ptr != NULL;
}

enum status wire_presence_join(struct wire_presence **out, size_t *count, struct arena *arena,
	const struct activity *activities, size_t activity_count)
{
	struct joiner joiner = { .arena = arena };

	*out = NULL;
	*count = 0;
	for (size_t i = 0; i < activity_count; i++) {
		const struct activity *activity = &activities[i];

		if (i == 0 || activity->place != activities[i - 1].place ||
			activity->party != activities[i - 1].party)
			joiner.first = joiner.count;
		for (uint64_t left = activity->services; left; left &= left - 1) {
			uint8_t service = (uint8_t)__builtin_ctzll(left);
			struct wire_presence *row =
				row_of(&joiner, activity, wire_sector_of(service));

			if (!row || !add_agreement(&joiner, row, activity->agreement->id))
				return STATUS_NO_MEMORY;
			row->services |= UINT64_C(1) << service;
		}
	}
	*out = joiner.rows;
	*count = joiner.count;
	return STATUS_OK;
}

/* ---- writing ---- */

static const struct wire_column columns[] = {
	{ "location_code", "#country+code+v_iso3" },
	{ "has_hrp", "#meta+has_hrp" },
	{ "in_gho", "#meta+in_gho" },
	{ "provider_admin1_name", "#adm1+name+provider" },
	{ "provider_admin2_name", "#adm2+name+provider" },
	{ "admin1_code", "#adm1+code+v_pcode" },
	{ "admin1_name", "#adm1+name" },
	{ "admin2_code", "#adm2+code+v_pcode" },
	{ "admin2_name", "#adm2+name" },
	{ "admin_level", "#geo+admin_level" },
	{ "org_acronym", "#org+acronym" },
	{ "org_name", "#org+name" },
	{ "org_type_description", "#org+type+name" },
	{ "sector_code", "#sector+code" },
	{ "sector_name", "#sector+name" },
	{ "reference_period_start", "#date+start" },
	{ "reference_period_end", "#date+end" },
	{ "dataset_hdx_id", "#meta+dataset+id" },
	{ "resource_hdx_id", "#meta+resource+id" },
	{ "warning", "#meta+warning" },
	{ "error", "#meta+error" },
	{ "place", "#loc+code" },
	{ "party", "#org+code" },
	{ "band", "#status+code" },
	{ "services", "#service+list" },
	{ "agreements", "#activity+agreement+list" },
};
#define COLUMNS (sizeof columns / sizeof columns[0])

/* The first subdivision above PLACE, itself included; NONE32 for a country. */
static uint32_t subdivision_of(const struct world *world, uint32_t place)
{
	uint32_t found = NONE32;

	for (uint32_t p = place; p != NONE32 && p != world->places[place].country;
		p = world->places[p].parent) {
		if (world->places[p].kind == PLACE_SUBDIVISION)
			found = p;
	}
	return found;
}

static struct str acronym(struct arena *arena, const struct party *party)
{
	char *text;

	if (party->kind != PARTY_IO)
		return STR("");
	text = arena_get(arena, party->id.len);
	for (size_t i = 0; text && i < party->id.len; i++) {
		char c = party->id.ptr[i];

		text[i] = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
	}
	return text ? (struct str){ text, party->id.len } : STR_NONE;
}

static struct str service_list(struct arena *arena, uint64_t services)
{
	struct str list = STR("");

	for (; services; services &= services - 1)
		list = str_format(arena, STR_FMT "%s%s", STR_ARG(list), list.len ? " " : "",
			world_services[__builtin_ctzll(services)].code);
	return list;
}

enum status wire_presence_csv(struct buf *out, struct arena *arena, const struct world *world,
	const struct wire_presence *rows, size_t count, int32_t date, bool hxl)
{
	char day[11];

	date_format(day, date);
	wire_header(out, columns, COLUMNS, hxl);
	for (size_t i = 0; i < count; i++) {
		const struct wire_presence *row = &rows[i];
		const struct party *party = &world->parties[row->party];
		uint32_t adm1 = subdivision_of(world, row->place);
		struct str adm1_name = adm1 == NONE32 ? STR("") : world->places[adm1].name;
		const struct str fields[COLUMNS] = {
			world->places[world->places[row->place].country].id,
			[3] = adm1_name,
			[6] = adm1_name,
			[9] = adm1 == NONE32 ? STR("0") : STR("1"),
			[10] = acronym(arena, party),
			[11] = party->name,
			[12] = str_of(wire_org_type(world, row->party)),
			[13] = str_of(row->sector.code),
			[14] = str_of(row->sector.name),
			[15] = str_of(day),
			[16] = str_of(day),
			[21] = world->places[row->place].id,
			[22] = party->id,
			[23] = cover_band_words[row->band],
			[24] = service_list(arena, row->services),
			[25] = row->agreements,
		};

		for (size_t c = 0; c < COLUMNS; c++)
			csv_add_field(out, fields[c].ptr ? fields[c] : STR(""), c == 0);
		buf_add_c(out, "\r\n");
	}
	return out->failed ? STATUS_NO_MEMORY : STATUS_OK;
}
