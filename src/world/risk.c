/* Risk by place, and what follows from it: for how many months a fact about a country speaks. */
#include "world/facts.h"

#define INFORM STR("inform")
#define NO_CLASS STR("none")
#define MONTHS_DEFAULT 60

/* The model's months, where freshness.csv does not say otherwise. */
static const struct {
	struct str risk_class;
	int32_t months;
} model_months[] = {
	{ { "very-high", 9 }, 12 },
	{ { "high", 4 }, 36 },
	{ { "medium", 6 }, 60 },
	{ { "low", 3 }, 84 },
	{ { "very-low", 8 }, 84 },
};
#define MODEL_CLASSES (sizeof model_months / sizeof model_months[0])

bool world__row_freshness(struct loader *loader, const struct cell *cells, void *item)
{
	struct freshness *row = item;
	uint32_t existing;
	*row = (struct freshness){
		.risk_class = cells[FRESHNESS_CLASS].text,
		.months = (int32_t)cells[FRESHNESS_MONTHS].number,
		.pos = cells[FRESHNESS_CLASS].pos,
	};
	if (symbols_put(&loader->freshness_ids, row->risk_class, (uint32_t)loader->freshness_count,
		    &existing) != STATUS_OK) {
		loader->no_memory = true;
		return false;
	}
	if (existing != SYMBOL_NONE)
		world__fault(loader, row->pos, "risk_class", "duplicate id '" STR_FMT "'",
			STR_ARG(row->risk_class));
	return existing == SYMBOL_NONE;
}

bool world__row_risk(struct loader *loader, const struct cell *cells, void *item)
{
	struct risk_row *row = item;
	struct world *world = &loader->world;
	if (!loader->risk_pos)
		loader->risk_pos = ARENA_ARRAY(loader->arena, loader->rows_max, struct pos);
	if (!loader->risk_pos) {
		loader->no_memory = true;
		return false;
	}
	loader->risk_pos[world->risks_count] = cells[RISK_CLASS].pos;
	*row = (struct risk_row){
		.place = cells[RISK_PLACE].index,
		.hazard = cells[RISK_HAZARD].text,
		.value = cells[RISK_VALUE].text,
		.risk_class = cells[RISK_CLASS].text,
		.year = (int16_t)(cells[RISK_YEAR].number < 0 ? 0 : cells[RISK_YEAR].number),
		.source = cells[RISK_SOURCE].index,
	};
	return true;
}

/* The months of a class; 0 where there is no such class. */
static int32_t months_of(const struct loader *loader, struct str risk_class)
{
	uint32_t row = symbols_get(&loader->freshness_ids, risk_class);
	if (row != SYMBOL_NONE)
		return loader->freshness[row].months;
	for (size_t i = 0; i < MODEL_CLASSES; i++)
		if (str_eq(model_months[i].risk_class, risk_class))
			return model_months[i].months;
	return str_eq(risk_class, NO_CLASS) ? MONTHS_DEFAULT : 0;
}

static void unknown_class(struct loader *loader, size_t i)
{
	struct str words[MODEL_CLASSES];
	struct cell at = { .pos = loader->risk_pos[i] };
	for (size_t k = 0; k < MODEL_CLASSES; k++)
		words[k] = model_months[k].risk_class;
	world__unknown(loader, &at, "class", "risk class (not in freshness.csv)",
		loader->world.risks[i].risk_class, words, MODEL_CLASSES);
}

enum status world__done_risk(struct loader *loader)
{
	struct world *world = &loader->world;
	const int32_t none = months_of(loader, NO_CLASS);
	int16_t *years = ARENA_ARRAY(loader->arena, world->places_count + 1, int16_t);
	if (!years)
		return STATUS_NO_MEMORY;
	for (size_t i = 0; i < world->places_count; i++) {
		years[i] = -1;
		if (world->places[i].country != NONE32)
			world->places[i].fresh_months = none;
	}
	for (size_t i = 0; i < world->risks_count; i++) {
		const struct risk_row *risk = &world->risks[i];
		if (!str_eq(risk->hazard, INFORM) || risk->place == NONE32 ||
			world->places[risk->place].kind != PLACE_COUNTRY ||
			risk->year < years[risk->place])
			continue;
		int32_t months = risk->risk_class.len ? months_of(loader, risk->risk_class) : none;
		if (months == 0)
			unknown_class(loader, i);
		years[risk->place] = risk->year;
		world->places[risk->place].fresh_months = months;
	}
	for (size_t i = 0; i < world->places_count;
		i++) /* a country stands before what lies in it */
		if (world->places[i].country != NONE32)
			world->places[i].fresh_months =
				world->places[world->places[i].country].fresh_months;
	return loader->diags->no_memory ? STATUS_NO_MEMORY : STATUS_OK;
}
