/* Rows that the world keeps as they are for others: strengths, assets, channels, links, names. */
#include "world/facts.h"

#include <stdlib.h>

bool world__row_strength(struct loader *loader, const struct cell *cells, void *item)
{
	struct strength_row *row = item;
	(void)loader;
	*row = (struct strength_row){
		.party = cells[STRENGTHS_PARTY].index,
		.place = cells[STRENGTHS_PLACE].index,
		.service = (uint8_t)cells[STRENGTHS_SERVICE].index,
		.quantity =
			cells[STRENGTHS_QUANTITY].number < 0 ? 0 : cells[STRENGTHS_QUANTITY].number,
		.unit = cells[STRENGTHS_UNIT].text,
		.per = cells[STRENGTHS_PER].text,
		.source = cells[STRENGTHS_SOURCE].index,
	};
	return true;
}

/* The name of an asset without its party, which may stand before it. */
static struct str asset_name(const struct world *world, uint32_t party, struct str text)
{
	if (party == NONE32)
		return text;
	struct str id = world->parties[party].id;
	bool named = text.len > id.len + 1 && str_eq(str_sub(text, 0, id.len), id) &&
		     text.ptr[id.len] == ':';
	return named ? str_sub(text, id.len + 1, text.len) : text;
}

/* An asset's name is its party's own: two parties may both have "buses". */
bool world__row_asset(struct loader *loader, const struct cell *cells, void *item)
{
	struct asset *row = item;
	uint32_t party = cells[ASSETS_PARTY].index, existing;
	struct str name = asset_name(&loader->world, party, cells[ASSETS_ASSET].text);
	struct str key = str_format(loader->arena, "%u " STR_FMT, party, STR_ARG(name));
	if (!key.ptr || symbols_put(&loader->asset_ids, key, (uint32_t)loader->world.assets_count,
				&existing) != STATUS_OK) {
		loader->no_memory = true;
		return false;
	}
	if (existing != SYMBOL_NONE) {
		world__fault(loader, cells[ASSETS_ASSET].pos, "asset",
			"duplicate id '" STR_FMT "' of one party", STR_ARG(name));
		return false;
	}
	*row = (struct asset){
		.id = name,
		.party = party,
		.place = cells[ASSETS_PLACE].index,
		.kind = cells[ASSETS_KIND].text,
		.quantity = cells[ASSETS_QUANTITY].number,
		.unit = cells[ASSETS_UNIT].text,
		.source = cells[ASSETS_SOURCE].index,
	};
	return true;
}

static bool is_emergency(struct str kind)
{
	static const char *const kinds[] = { "emergency", "general", "police", "ambulance",
		"fire" };

	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if (str_is(kind, kinds[i]))
			return true;
	return false;
}

bool world__row_channel(struct loader *loader, const struct cell *cells, void *item)
{
	struct channel *row = item;
	(void)loader;
	*row = (struct channel){
		.party = cells[CHANNELS_PARTY].index,
		.place = cells[CHANNELS_PLACE].index,
		.kind = cells[CHANNELS_KIND].text,
		.address = cells[CHANNELS_ADDRESS].text,
		.languages = cells[CHANNELS_LANGUAGES].text,
		.hours = cells[CHANNELS_HOURS].text,
		.tested = cells[CHANNELS_TESTED].date,
		.visibility = (enum visibility)cells[CHANNELS_VISIBILITY].index,
		.source = cells[CHANNELS_SOURCE].index,
		.emergency = is_emergency(cells[CHANNELS_KIND].text),
	};
	return true;
}

bool world__row_link(struct loader *loader, const struct cell *cells, void *item)
{
	struct link_row *row = item;
	(void)loader;
	*row = (struct link_row){
		.from_party = cells[LINKS_FROM_PARTY].index,
		.to_party = cells[LINKS_TO_PARTY].index,
		.place = cells[LINKS_PLACE].index,
		.purpose = cells[LINKS_PURPOSE].text,
		.tested_out = cells[LINKS_TESTED_OUT].date,
		.tested_back = cells[LINKS_TESTED_BACK].date,
		.source = cells[LINKS_SOURCE].index,
	};
	return true;
}

bool world__row_way(struct loader *loader, const struct cell *cells, void *item)
{
	struct way_row *row = item;
	bool border = cells[WAYS_KIND].index == WAY_BORDER;

	*row = (struct way_row){
		.kind = (enum way_kind)cells[WAYS_KIND].index,
		.place = cells[WAYS_PLACE].index,
		.leads_to = cells[WAYS_LEADS_TO].index,
		.size = cells[WAYS_SIZE].text.len ? (enum way_size)cells[WAYS_SIZE].index
						  : WAY_SMALL,
		.name = cells[WAYS_NAME].text,
		.code = cells[WAYS_CODE].text,
		.town = cells[WAYS_TOWN].text,
		.source = cells[WAYS_SOURCE].index,
	};
	if (border && row->leads_to == NONE32)
		world__fault(
			loader, cells[WAYS_KIND].pos, "leads_to", "a border leads to a country");
	else if (!border && !row->name.len)
		world__fault(loader, cells[WAYS_KIND].pos, "name", "an airport or port has a name");
	else
		return true;
	return false;
}

static bool is_named(const struct loader *loader, struct str id)
{
	const struct world *world = &loader->world;
	if (str_starts(id, "group:"))
		return symbols_get(&world->group_ids, str_sub(id, 6, id.len)) != SYMBOL_NONE;
	if (str_starts(id, "zone:"))
		return symbols_get(&world->zone_ids, str_sub(id, 5, id.len)) != SYMBOL_NONE;
	return symbols_get(&world->place_ids, id) != SYMBOL_NONE ||
	       symbols_get(&world->party_ids, id) != SYMBOL_NONE ||
	       symbols_get(&loader->post_ids, id) != SYMBOL_NONE ||
	       symbols_get(&world->group_ids, id) != SYMBOL_NONE ||
	       symbols_get(&world->zone_ids, id) != SYMBOL_NONE;
}

/* The nearest of parties, whose ids are words that are misspelt, else of places. */
static void unknown_name(struct loader *loader, const struct cell *cell)
{
	const struct world *world = &loader->world;
	const struct world_index *index = world->index;
	bool party = text_nearest(cell->text, index->party_ids, world->parties_count).len > 0;
	bool place = text_nearest(cell->text, index->place_ids, world->places_count).len > 0;

	if (party && !place)
		world__unknown(loader, cell, "id", "place, party, post, group or zone", cell->text,
			index->party_ids, world->parties_count);
	else
		world__unknown(loader, cell, "id", "place, party, post, group or zone", cell->text,
			index->place_ids, world->places_count);
}

bool world__row_name(struct loader *loader, const struct cell *cells, void *item)
{
	struct name_row *row = item;
	struct world *world = &loader->world;
	bool torn = loader->places_torn || loader->parties_torn;
	if (!torn && !is_named(loader, cells[NAMES_ID].text)) {
		unknown_name(loader, &cells[NAMES_ID]);
		return false;
	}
	struct str id = cells[NAMES_ID].text, lang = cells[NAMES_LANG].text;
	struct str key = str_format(loader->arena, STR_FMT " " STR_FMT, STR_ARG(id), STR_ARG(lang));
	uint32_t existing;
	if (!key.ptr || symbols_put(&loader->name_ids, key, (uint32_t)world->names_count,
				&existing) != STATUS_OK) {
		loader->no_memory = true;
		return false;
	}
	if (existing != SYMBOL_NONE) {
		world__fault(loader, cells[NAMES_LANG].pos, "lang",
			"'" STR_FMT "' has a name in '" STR_FMT "' already", STR_ARG(id),
			STR_ARG(lang));
		return false;
	}
	*row = (struct name_row){ cells[NAMES_ID].text, cells[NAMES_LANG].text,
		cells[NAMES_NAME].text };
	return true;
}

static int by_name(const void *a, const void *b)
{
	const struct name_row *x = a, *y = b;
	int order = str_cmp(x->id, y->id);
	return order ? order : str_cmp(x->lang, y->lang);
}

enum status world__done_names(struct loader *loader)
{
	struct world *world = &loader->world;
	if (world->names_count)
		qsort(world->names, world->names_count, sizeof *world->names, by_name);
	return STATUS_OK;
}
