/* What the text of a cell means, by the kind of its column: one reader a kind, one row a kind in
 * the table below.
 *
 * A reader sets the value of a cell that is not empty, or tells the fault and returns false. */
#include "world/internal.h"

#include <assert.h>

static bool told(struct loader *loader, const struct column *column, const struct cell *cell,
	const char *wanted)
{
	world__fault(loader, cell->pos, column->name, "'" STR_FMT "' is no %s", STR_ARG(cell->text),
		wanted);
	return false;
}

static bool read_text(struct loader *loader, const struct column *column, struct cell *cell)
{
	(void)loader;
	(void)column;
	(void)cell;
	return true;
}

static bool read_id(struct loader *loader, const struct column *column, struct cell *cell)
{
	struct str text = cell->text;
	if (text.len > WORLD_ID_MAX)
		return told(loader, column, cell, "id: it is longer than 200 bytes");
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];
		if (c <= ' ' || c == ',' || c == '"' || c == '\'' || c == 0x7f)
			return told(loader, column, cell,
				"id: it must have no spaces, commas, quotes or control characters");
	}
	return true;
}

static bool read_date(struct loader *loader, const struct column *column, struct cell *cell)
{
	return date_parse(cell->text, &cell->date) ||
	       told(loader, column, cell, "date (YYYY-MM-DD)");
}

static bool read_number(struct loader *loader, const struct column *column, struct cell *cell,
	int64_t min, int64_t max)
{
	int64_t number;
	if (!str_to_int64(cell->text, &number) || number < min || number > max) {
		world__fault(loader, cell->pos, column->name,
			"'" STR_FMT "' is no whole number from %lld to %lld", STR_ARG(cell->text),
			(long long)min, (long long)max);
		return false;
	}
	cell->number = number;
	return true;
}

static bool read_year(struct loader *loader, const struct column *column, struct cell *cell)
{
	return read_number(loader, column, cell, 1, 9999);
}

static bool read_count(struct loader *loader, const struct column *column, struct cell *cell)
{
	return read_number(loader, column, cell, 0, WORLD_COUNT_MAX);
}

static bool read_months(struct loader *loader, const struct column *column, struct cell *cell)
{
	return read_number(loader, column, cell, 1, WORLD_MONTHS_MAX);
}

static bool read_degrees(struct loader *loader, const struct column *column, struct cell *cell,
	double max, const char *wanted)
{
	double value;
	if (!str_to_double(cell->text, &value) || !(value >= -max && value <= max))
		return told(loader, column, cell, wanted);
	cell->real = value;
	return true;
}

static bool read_latitude(struct loader *loader, const struct column *column, struct cell *cell)
{
	return read_degrees(loader, column, cell, 90, "latitude from -90 to 90");
}

static bool read_longitude(struct loader *loader, const struct column *column, struct cell *cell)
{
	return read_degrees(loader, column, cell, 180, "longitude from -180 to 180");
}

static bool read_nationality(struct loader *loader, const struct column *column, struct cell *cell)
{
	bool good = cell->text.len == 3;
	for (size_t i = 0; good && i < 3; i++) /* AB9 is a code of the field, so digits may stand */
		good = (cell->text.ptr[i] >= 'A' && cell->text.ptr[i] <= 'Z') ||
		       (i > 0 && cell->text.ptr[i] >= '0' && cell->text.ptr[i] <= '9');
	return good || told(loader, column, cell, "nationality (three capital letters)");
}

static bool read_word(struct loader *loader, const struct column *column, struct cell *cell)
{
	for (uint32_t i = 0; i < column->word_count; i++) {
		if (str_eq(cell->text, column->words[i])) {
			cell->index = i;
			return true;
		}
	}
	world__unknown(
		loader, cell, column->name, "word", cell->text, column->words, column->word_count);
	return false;
}

static bool read_source(struct loader *loader, const struct column *column, struct cell *cell)
{
	cell->index = symbols_get(&loader->world.source_ids, cell->text);
	if (cell->index != SYMBOL_NONE || loader->sources_torn)
		return true;
	world__unknown(loader, cell, column->name, "source", cell->text, loader->source_id_list,
		loader->world.sources_count);
	return false;
}

static bool find_place(
	struct loader *loader, const struct column *column, struct cell *cell, struct str text)
{
	cell->index = symbols_get(&loader->world.place_ids, text);
	if (cell->index != SYMBOL_NONE || loader->places_torn)
		return true;
	world__unknown(loader, cell, column->name, "place", text, loader->world.index->place_ids,
		loader->world.places_count);
	return false;
}

static bool read_place(struct loader *loader, const struct column *column, struct cell *cell)
{
	return find_place(loader, column, cell, cell->text);
}

static bool read_country(struct loader *loader, const struct column *column, struct cell *cell)
{
	if (!find_place(loader, column, cell, cell->text))
		return false;
	return cell->index == NONE32 || loader->world.places[cell->index].kind == PLACE_COUNTRY ||
	       told(loader, column, cell, "country");
}

static bool read_in_country(struct loader *loader, const struct column *column, struct cell *cell)
{
	if (!find_place(loader, column, cell, cell->text))
		return false;
	return cell->index == NONE32 || loader->world.places[cell->index].country != NONE32 ||
	       told(loader, column, cell, "place in a country");
}

static bool read_countries(struct loader *loader, const struct column *column, struct cell *cell)
{
	struct str rest = cell->text, word;
	uint32_t *list = NULL;
	uint32_t count = 0;
	while (str_next_word(&rest, " ", &word))
		count++;
	list = ARENA_ARRAY(loader->arena, count, uint32_t);
	if (!list) {
		loader->no_memory = true;
		return false;
	}
	rest = cell->text;
	for (uint32_t i = 0; i < count && str_next_word(&rest, " ", &word); i++) {
		if (!find_place(loader, column, cell, word))
			return false;
		list[i] = cell->index;
		if (list[i] != NONE32 && loader->world.places[list[i]].kind != PLACE_COUNTRY) {
			world__fault(loader, cell->pos, column->name, "'" STR_FMT "' is no country",
				STR_ARG(word));
			return false;
		}
	}
	cell->list = list;
	cell->list_count = count;
	return true;
}

static bool read_party(struct loader *loader, const struct column *column, struct cell *cell)
{
	cell->index = symbols_get(&loader->world.party_ids, cell->text);
	if (cell->index != SYMBOL_NONE || loader->parties_torn)
		return true;
	if (str_starts(cell->text, "group:")) {
		world__fault(loader, cell->pos, column->name,
			"'" STR_FMT "' is a group; a party is needed (groups do not nest)",
			STR_ARG(cell->text));
		return false;
	}
	world__unknown(loader, cell, column->name, "party", cell->text,
		loader->world.index->party_ids, loader->world.parties_count);
	return false;
}

static bool find_service(struct loader *loader, const struct column *column,
	const struct cell *cell, struct str text, uint8_t *service)
{
	*service = world_service_find(text);
	if (*service != SERVICE_NONE)
		return true;
	world__unknown(loader, cell, column->name, "service", text, world_service_codes(),
		world_service_count);
	return false;
}

static bool read_service(struct loader *loader, const struct column *column, struct cell *cell)
{
	uint8_t service;
	if (!find_service(loader, column, cell, cell->text, &service))
		return false;
	cell->index = service;
	return true;
}

static bool read_services(struct loader *loader, const struct column *column, struct cell *cell)
{
	struct str rest = cell->text, word;
	uint64_t bits = 0;
	uint8_t service;
	while (str_next_word(&rest, " ", &word)) {
		if (!find_service(loader, column, cell, word, &service))
			return false;
		bits |= UINT64_C(1) << service;
	}
	cell->bits = bits;
	return true;
}

static bool read_levels(struct loader *loader, const struct column *column, struct cell *cell)
{
	struct str rest = cell->text, word;
	uint64_t bits = 0;
	while (str_next_word(&rest, " ", &word)) {
		unsigned i = 0;
		while (i < 4 && !str_eq(word, world_level_words[i]))
			i++;
		if (i == 4) {
			world__unknown(
				loader, cell, column->name, "level", word, world_level_words, 4);
			return false;
		}
		bits |= UINT64_C(1) << i;
	}
	cell->bits = bits;
	return true;
}

static bool (*const readers[])(struct loader *, const struct column *, struct cell *) = {
	[CELL_TEXT] = read_text,
	[CELL_ID] = read_id,
	[CELL_DATE] = read_date,
	[CELL_YEAR] = read_year,
	[CELL_COUNT] = read_count,
	[CELL_MONTHS] = read_months,
	[CELL_LATITUDE] = read_latitude,
	[CELL_LONGITUDE] = read_longitude,
	[CELL_NATIONALITY] = read_nationality,
	[CELL_WORD] = read_word,
	[CELL_SOURCE] = read_source,
	[CELL_PLACE] = read_place,
	[CELL_COUNTRY] = read_country,
	[CELL_IN_COUNTRY] = read_in_country,
	[CELL_COUNTRIES] = read_countries,
	[CELL_PARTY] = read_party,
	[CELL_SERVICE] = read_service,
	[CELL_SERVICES] = read_services,
	[CELL_LEVELS] = read_levels,
};

static void set_empty(const struct column *column, struct cell *cell)
{
	cell->list = NULL;
	cell->list_count = 0;
	cell->bits = 0;
	switch (column->kind) {
	case CELL_DATE:
		cell->date = DATE_NONE;
		break;
	case CELL_COUNT:
	case CELL_YEAR:
	case CELL_MONTHS:
		cell->number = -1;
		break;
	case CELL_SOURCE:
	case CELL_PLACE:
	case CELL_COUNTRY:
	case CELL_IN_COUNTRY:
	case CELL_PARTY:
		cell->index = NONE32;
		break;
	default:
		break; /* no bits, no word, no text */
	}
}

bool world__cell(struct loader *loader, const struct column *column, struct cell *cell)
{
	assert(column->kind < sizeof readers / sizeof readers[0]);
	set_empty(column, cell);
	if (cell->text.len == 0) {
		if (column->needed)
			world__fault(loader, cell->pos, column->name, "empty; a value is needed");
		return !column->needed;
	}
	return readers[column->kind](loader, column, cell);
}
