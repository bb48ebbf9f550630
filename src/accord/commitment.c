/* Typed reading of commitments. A commitment with a schedule becomes one commitment for each row:
 * the row's cells replace the fields that they name, and the row's place is where it holds. */
#include "accord/internal.h"

#include <assert.h>

/* Cells and lists alike: one value after another. */
struct values {
	const struct node *list, *next;
	struct str rest;
};

static struct values values_of_node(const struct node *list)
{
	return (struct values){ list, many_first(list), STR_NONE };
}

static struct values values_of_cell(struct str cell)
{
	return (struct values){ NULL, NULL, cell };
}

static bool next_value(struct values *values, struct str *value)
{
	if (!values->list)
		return str_next_word(&values->rest, " ", value);
	if (!values->next)
		return false;
	*value = values->next->text;
	values->next = many_next(values->list, values->next);
	return true;
}

static size_t count_values(struct values values)
{
	struct str ignored;
	size_t count = 0;
	while (next_value(&values, &ignored))
		count++;
	return count;
}

static struct nat_item *read_nats(struct reader *reader, struct values values, size_t *count)
{
	struct str text;
	size_t expected = count_values(values);
	*count = 0;
	if (expected == 0)
		return NULL;
	struct nat_item *items = ARENA_ARRAY(reader->arena, expected, struct nat_item);
	if (!items) {
		reader->failed = true;
		return NULL;
	}
	while (next_value(&values, &text))
		accord_nat_item(reader->world, text, &items[(*count)++]);
	assert(*count == expected);
	return items;
}

static struct place_item *read_places(struct reader *reader, const struct node *list, size_t *count)
{
	struct values values = values_of_node(list);
	struct str text;
	size_t expected = count_values(values);
	*count = 0;
	if (expected == 0)
		return NULL;
	struct place_item *items = ARENA_ARRAY(reader->arena, expected, struct place_item);
	if (!items) {
		reader->failed = true;
		return NULL;
	}
	while (next_value(&values, &text))
		accord_destination(reader->world, text, &items[(*count)++]);
	return items;
}

static void read_scope(struct reader *reader, struct place_scope *scope, const struct node *node)
{
	if (!node)
		return;
	const struct node *in = node->kind == NODE_MAP ? node_get(node, "in") : node;
	const struct node *except = node->kind == NODE_MAP ? node_get(node, "except") : NULL;
	scope->given = true;
	scope->in = read_places(reader, in, &scope->in_count);
	scope->except = read_places(reader, except, &scope->except_count);
	scope->territories_in =
		node->kind == NODE_MAP && str_is(accord_read_str(node, "territories"), "in");
}

static uint64_t read_services(struct values values)
{
	uint64_t bits = 0;
	struct str text;
	while (next_value(&values, &text)) {
		uint8_t service = world_service_find(text);
		if (service != SERVICE_NONE)
			bits |= UINT64_C(1) << service;
	}
	return bits;
}

static unsigned read_levels(struct values values)
{
	unsigned bits = 0;
	struct str text;
	while (next_value(&values, &text)) {
		int level = accord_word(WORDS_LEVEL, text);
		if (level >= 0)
			bits |= 1u << level;
	}
	return bits;
}

static unsigned read_phases(struct values values)
{
	unsigned bits = 0;
	struct str text;
	while (next_value(&values, &text)) {
		int phase = accord_word(WORDS_PHASE, text);
		if (phase >= 0)
			bits |= 1u << phase;
	}
	return bits;
}

static void read_provider(
	const struct reader *reader, struct provider *provider, const struct node *node)
{
	static const struct {
		const char *name;
		enum provider_kind kind;
	} rules[] = {
		{ "state-of-nationality", PROVIDER_STATE_OF_NATIONALITY },
		{ "state-of-residence", PROVIDER_STATE_OF_RESIDENCE },
	};
	*provider = (struct provider){ PROVIDER_PARTY, NONE32, NONE32, 0 };
	if (!node)
		return;
	struct str party = node->kind == NODE_MAP ? accord_read_str(node, "party") : node->text;
	if (party.len && reader->world)
		provider->party = world_party(reader->world, party);
	if (node->kind != NODE_MAP)
		return;
	provider->levels = read_levels(values_of_node(node_get(node, "present")));
	for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
		const struct node *levels = node_get(node, rules[i].name);
		if (!levels)
			continue;
		provider->kind = rules[i].kind;
		provider->levels = read_levels(values_of_node(levels));
	}
	struct str group = accord_read_str(node, "member-of");
	if (group.len) {
		provider->kind = PROVIDER_MEMBER_OF;
		provider->group = reader->world ? world_group(reader->world, group) : NONE32;
	}
	if (node_get(node, "host-state"))
		provider->kind = PROVIDER_HOST_STATE;
}

static void read_for(struct reader *reader, struct commitment *out, const struct node *map)
{
	if (!map)
		return;
	out->nats =
		read_nats(reader, values_of_node(node_get(map, "nationality")), &out->nats_count);
	out->except_nats = read_nats(reader, values_of_node(node_get(map, "except-nationality")),
		&out->except_nats_count);
	out->residences = read_nats(
		reader, values_of_node(node_get(map, "residence")), &out->residences_count);
	out->status = accord_read_bits(map, "status", WORDS_STATUS);
	out->except_status = accord_read_bits(map, "except-status", WORDS_STATUS);
	out->unrepresented = read_levels(values_of_node(node_get(map, "unrepresented")));
	out->resident_since = accord_read_date(map, "resident-since");
}

static int64_t read_integer(const struct node *map, const char *name, int64_t otherwise)
{
	int64_t value;
	return accord_integer(accord_read_str(map, name), &value) ? value : otherwise;
}

static void read_steps(struct reader *reader, struct commitment *out, const struct node *list)
{
	size_t count = list ? list->count : 0;
	if (count == 0)
		return;
	out->steps = ARENA_ARRAY(reader->arena, count, struct step);
	if (!out->steps) {
		reader->failed = true;
		return;
	}
	for (const struct node *item = list->first; item; item = item->next) {
		int what = accord_word(WORDS_STEP, accord_read_str(item, "do"));
		out->steps[out->steps_count++] = (struct step){
			.what = what < 0 ? STEP_REQUEST : (enum step_do)what,
			.by = accord_read_actor(reader, node_get(item, "by")),
			.whom = accord_read_actor(reader, node_get(item, "whom")),
			.within = accord_read_duration(item, "within"),
			.unless_extreme_urgency = node_get(item, "unless") != NULL,
		};
	}
}

static void read_cost(struct reader *reader, struct cost *out, const struct node *item)
{
	const struct node *unit = node_get(item, "unit-cost");
	int rule = accord_word(WORDS_COST, accord_read_str(item, "rule"));
	out->rule = rule < 0 ? COST_PROVIDER_BEARS : (enum cost_rule)rule;
	out->note = accord_read_texts(reader, node_get(item, "note"));
	out->has_cap = node_get(item, "cap") != NULL;
	out->cap_minor = read_integer(item, "cap", 0);
	out->currency = accord_read_str(item, "currency");
	out->has_unit_cost = unit != NULL;
	out->unit_minor = read_integer(unit, "amount-minor", 0);
	out->unit_currency = accord_read_str(unit, "currency");
	out->unit_per = accord_read_str(unit, "per");
	out->advance_percent = (int)read_integer(item, "advance", -1);
	out->fund = accord_read_str(item, "fund");
	out->grants_first = accord_read_boolean(item, "grants-first");
	out->undertaking = accord_read_boolean(item, "undertaking");
	out->claim_within = accord_read_duration(item, "claim-within");
	out->pay_within = accord_read_duration(item, "pay-within");
}

static void read_costs(struct reader *reader, struct commitment *out, const struct node *list)
{
	size_t count = list ? list->count : 0;
	if (count == 0)
		return;
	out->costs = ARENA_ARRAY(reader->arena, count, struct cost);
	if (!out->costs) {
		reader->failed = true;
		return;
	}
	for (const struct node *item = list->first; item; item = item->next)
		read_cost(reader, &out->costs[out->costs_count++], item);
}

static void read_assets(struct reader *reader, struct commitment *out, const struct node *list)
{
	size_t count = list ? list->count : 0;
	if (count == 0)
		return;
	out->assets = ARENA_ARRAY(reader->arena, count, struct str);
	if (!out->assets) {
		reader->failed = true;
		return;
	}
	for (const struct node *item = list->first; item; item = item->next)
		out->assets[out->assets_count++] = item->text;
}

static void read_commitment(struct reader *reader, struct commitment *out, const struct node *map)
{
	const struct node *capacity = node_get(map, "capacity");
	int duty = accord_word(WORDS_DUTY, accord_read_str(map, "duty"));
	int role = accord_word(WORDS_ROLE, accord_read_str(map, "role"));
	*out = (struct commitment){ .resident_since = DATE_NONE, .schedule = -1, .pos = map->pos };
	out->id = accord_read_str(map, "id");
	out->clause = accord_read_str(map, "clause");
	out->title = accord_read_texts(reader, node_get(map, "title"));
	out->text = accord_read_texts(reader, node_get(map, "text"));
	out->duty = duty < 0 ? DUTY_MAY : (enum duty)duty;
	out->role = role < 0 ? ROLE_LEAD : (enum role)role;
	read_provider(reader, &out->provider, node_get(map, "provider"));
	read_for(reader, out, node_get(map, "for"));
	read_scope(reader, &out->where, node_get(map, "where"));
	read_scope(reader, &out->to, node_get(map, "to"));
	out->services = read_services(values_of_node(node_get(map, "services"))) &
			~read_services(values_of_node(node_get(map, "except-services")));
	out->phases = node_get(map, "phases")
			      ? accord_read_bits(map, "phases", WORDS_PHASE)
			      : (unsigned)(PHASE_BEFORE | PHASE_DURING | PHASE_AFTER);
	out->from = accord_read_date(map, "from");
	out->until = accord_read_date(map, "until");
	out->capacity = (struct capacity){ read_integer(capacity, "quantity", 0),
		accord_read_str(capacity, "unit"), accord_read_str(capacity, "per") };
	out->lead_time = accord_read_duration(map, "lead-time");
	out->as_own_nationals = node_get(map, "limit") != NULL;
	out->source = accord_read_source(node_get(map, "source"));
	read_assets(reader, out, node_get(map, "assets"));
	read_steps(reader, out, node_get(map, "steps"));
	read_costs(reader, out, node_get(map, "cost"));
}

/* Types the cells of a schedule, each text once. */
static void type_cells(struct reader *reader, struct schedule_table *table)
{
	for (size_t column = 0; column < SCHEDULE_COLUMNS; column++) {
		struct schedule_cells *cells = &table->cells[column];
		for (size_t i = 0; i < cells->count; i++) {
			struct schedule_cell *cell = &cells->items[i];
			struct values values = values_of_cell(cell->text);
			if (column == COLUMN_WHERE)
				accord_area(reader->world, cell->text, &cell->where);
			else if (column == COLUMN_PROVIDER)
				cell->party = reader->world ? world_party(reader->world, cell->text)
							    : NONE32;
			else if (column == COLUMN_NATIONALITY)
				cell->nats = read_nats(reader, values, &cell->nats_count);
			else if (column == COLUMN_PRESENT)
				cell->bits = read_levels(values);
			else if (column == COLUMN_SERVICES)
				cell->bits = read_services(values);
			else if (column == COLUMN_PHASES)
				cell->bits = read_phases(values);
			else if (column == COLUMN_LEAD_TIME)
				duration_parse(cell->text, &cell->duration);
			else if (!date_parse(cell->text, &cell->date))
				cell->date = DATE_NONE;
		}
	}
}

/* OUT starts as the commitment as written; the row says the rest. Lists of cells are shared by the
 * rows that say the same. */
static void read_row(struct commitment *out, const struct schedule_table *table,
	const struct schedule_row *row, uint64_t except_services)
{
	struct schedule_cell *cell;
	out->pos = row->pos;
	out->where = (struct place_scope){ .given = true, .in_count = 1 };
	if ((cell = accord_cell(table, row, COLUMN_WHERE)))
		out->where.in = &cell->where;
	if ((cell = accord_cell(table, row, COLUMN_PROVIDER)))
		out->provider = (struct provider){ PROVIDER_PARTY, cell->party, NONE32,
			out->provider.levels };
	if ((cell = accord_cell(table, row, COLUMN_NATIONALITY))) {
		out->nats = cell->nats;
		out->nats_count = cell->nats_count;
	}
	if ((cell = accord_cell(table, row, COLUMN_PRESENT)))
		out->provider.levels = (unsigned)cell->bits;
	if ((cell = accord_cell(table, row, COLUMN_SERVICES)))
		out->services = cell->bits & ~except_services;
	if ((cell = accord_cell(table, row, COLUMN_PHASES)))
		out->phases = (unsigned)cell->bits;
	if ((cell = accord_cell(table, row, COLUMN_LEAD_TIME)))
		out->lead_time = cell->duration;
	if ((cell = accord_cell(table, row, COLUMN_FROM)))
		out->from = cell->date;
	if ((cell = accord_cell(table, row, COLUMN_UNTIL)))
		out->until = cell->date;
}

static size_t count_commitments(const struct reader *reader, const struct node *list)
{
	size_t count = 0;
	for (const struct node *item = list->first; item; item = item->next) {
		const struct node *name = node_get(item, "schedule");
		const struct schedule_table *table =
			name ? accord_find_schedule(reader->schedules, name->text) : NULL;
		count += table ? table->count : 1;
	}
	return count;
}

static int32_t schedule_number(const struct reader *reader, const struct schedule_table *table)
{
	return (int32_t)(table - reader->schedules->items);
}

void accord_read_commitments(
	struct reader *reader, struct agreement *agreement, const struct node *tree)
{
	const struct node *list = node_get(tree, "commitments");
	size_t count = list ? count_commitments(reader, list) : 0;
	if (count == 0)
		return;
	/* Not zeroed: each is filled whole. */
	agreement->commitments =
		arena_get_raw(reader->arena, count * sizeof *agreement->commitments);
	if (!agreement->commitments) {
		reader->failed = true;
		return;
	}
	for (const struct node *item = list->first; item && !reader->failed; item = item->next) {
		const struct node *name = node_get(item, "schedule");
		const struct schedule_table *table =
			name ? accord_find_schedule(reader->schedules, name->text) : NULL;
		struct commitment base;
		uint64_t except;
		read_commitment(reader, &base, item);
		if (!table) {
			agreement->commitments[agreement->commitments_count++] = base;
			continue;
		}
		except = read_services(values_of_node(node_get(item, "except-services")));
		type_cells(reader, &reader->schedules->items[schedule_number(reader, table)]);
		for (uint32_t row = 0; row < table->count && !reader->failed; row++) {
			struct commitment *out =
				&agreement->commitments[agreement->commitments_count++];
			*out = base;
			out->schedule = schedule_number(reader, table);
			out->schedule_row = row;
			read_row(out, table, &table->rows[row], except);
		}
	}
	assert(reader->failed || agreement->commitments_count == count);
}
