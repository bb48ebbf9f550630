/* Rules between the fields of a document, which no table of single fields can say: duplicates,
 * order, what needs what, and safeguard S6. They read the tree as written, so that they speak even
 * where other fields are faulty, and stay silent about what the table has already told. */
#include "accord/internal.h"

#include <assert.h>

static struct str text_of(const struct node *map, const char *name)
{
	const struct node *node = map->kind == NODE_MAP ? node_get(map, name) : NULL;
	return node && node->kind == NODE_STRING ? node->text : STR_NONE;
}

static const struct node *value_of(const struct node *map, const char *name)
{
	return map && map->kind == NODE_MAP ? node_get(map, name) : NULL;
}

/* Ids of a list of maps must differ. */
static void check_ids(
	struct checker *checker, const struct node *list, const char *list_name, const char *noun)
{
	struct path top = { NULL, str_of(list_name), 0 };
	size_t index = 0;
	for (const struct node *item = many_first(list); item && index < ACCORD_COMMITMENTS_MAX;
		item = many_next(list, item), index++) {
		struct str id = text_of(item, "id");
		for (const struct node *other = many_first(list); id.len && other != item;
			other = many_next(list, other)) {
			if (!str_eq(text_of(other, "id"), id))
				continue;
			const struct node *found = node_get(item, "id"),
					  *first = node_get(other, "id");
			struct path at = { &top, STR_NONE, index }, field = { &at, STR("id"), 0 };
			accord_fault(checker, found->pos, &field,
				"duplicate %s id '" STR_FMT "'; first on line %u", noun,
				STR_ARG(id), first->pos.line);
			break;
		}
	}
}

/* Dates of FIELD must rise from item to item. */
static void check_order(
	struct checker *checker, const struct node *list, const struct path *top, const char *field)
{
	int32_t last = DATE_NONE, date;
	size_t index = 0;
	for (const struct node *item = many_first(list); item;
		item = many_next(list, item), index++) {
		struct str text = text_of(item, field);
		if (!date_parse(text, &date))
			continue;
		if (last != DATE_NONE && date <= last) {
			struct path at = { top, STR_NONE, index }, leaf = { &at, str_of(field), 0 };
			accord_fault(checker, node_get(item, field)->pos, &leaf,
				"'" STR_FMT "' is not later than the entry before it",
				STR_ARG(text));
		}
		last = date;
	}
}

static void check_dates(struct checker *checker, const struct node *tree)
{
	struct path state = { NULL, STR("state"), 0 };
	struct path force = { NULL, STR("in-force"), 0 }, renewed = { &force, STR("renewed"), 0 };
	const struct node *in_force = value_of(tree, "in-force");
	const struct node *list = value_of(in_force, "renewed");
	check_order(checker, value_of(tree, "state"), &state, "from");
	check_order(checker, list, &renewed, "on");
	check_order(checker, list, &renewed, "until");
	int32_t end, until;
	if (!list || !date_parse(text_of(in_force, "until"), &end))
		return;
	const struct node *first = many_first(list);
	if (first && date_parse(text_of(first, "until"), &until) && until <= end) {
		struct path item = { &renewed, STR_NONE, 0 }, leaf = { &item, STR("until"), 0 };
		accord_fault(checker, node_get(first, "until")->pos, &leaf,
			"a renewal until " STR_FMT " does not reach beyond " STR_FMT,
			STR_ARG(text_of(first, "until")), STR_ARG(text_of(in_force, "until")));
	}
}

uint64_t accord_service_bits(const struct node *value)
{
	uint64_t bits = 0;
	for (const struct node *item = many_first(value); item; item = many_next(value, item)) {
		uint8_t service =
			item->kind == NODE_STRING ? world_service_find(item->text) : SERVICE_NONE;
		if (service != SERVICE_NONE)
			bits |= UINT64_C(1) << service;
	}
	return bits;
}

static uint64_t service_word_bits(struct str words)
{
	uint64_t bits = 0;
	struct str word;
	while (str_next_word(&words, " ", &word)) {
		uint8_t service = world_service_find(word);
		if (service != SERVICE_NONE)
			bits |= UINT64_C(1) << service;
	}
	return bits;
}

#define IMMIGRATION_STATUSES                                                                       \
	(PERSON_BIT(PERSON_IRREGULAR) | PERSON_BIT(PERSON_VISITOR) | PERSON_BIT(PERSON_STUDENT) |  \
		PERSON_BIT(PERSON_MIGRANT_WORKER) | PERSON_BIT(PERSON_DOMESTIC_WORKER) |           \
		PERSON_BIT(PERSON_SEAFARER))
#define PROTECTED_STATUSES (PERSON_BIT(PERSON_REFUGEE) | PERSON_BIT(PERSON_ASYLUM_SEEKER))

/* `to` is the one word home, written in any way. */
static bool leads_home_only(const struct node *to)
{
	if (to && to->kind == NODE_MAP)
		to = node_get(to, "in");
	size_t count = 0;
	bool home = true;
	for (const struct node *item = many_first(to); item; item = many_next(to, item), count++)
		home = home && item->kind == NODE_STRING && str_is(item->text, "home");
	return count == 1 && home;
}

/* The first of SERVICES for which leaving out STATUS is refused by S6, or SERVICE_NONE. */
static uint8_t forbidden_by_need(uint64_t services, unsigned status, const struct node *to)
{
	uint8_t first = SERVICE_NONE;
	bool evacuation_only = true;
	for (uint8_t i = 0; i < world_service_count; i++) {
		if (!(services >> i & 1) || !world_services[i].need_first)
			continue;
		if (first == SERVICE_NONE)
			first = i;
		evacuation_only = evacuation_only &&
				  str_is(str_of(world_services[i].code), "movement.evacuation");
	}
	if (status & PROTECTED_STATUSES && (leads_home_only(to) || (!to && evacuation_only)))
		return SERVICE_NONE;
	return status & (IMMIGRATION_STATUSES | PROTECTED_STATUSES) ? first : SERVICE_NONE;
}

struct clause {
	const struct node *node;
	struct path path; /* of the commitment */
	const struct schedule_table *table;
	bool scheduled;
};

static uint64_t clause_services(const struct clause *clause)
{
	uint64_t services = accord_service_bits(value_of(clause->node, "services"));
	const struct schedule_cells *cells =
		clause->table ? &clause->table->cells[COLUMN_SERVICES] : NULL;
	for (size_t i = 0; cells && i < cells->count; i++)
		services |= service_word_bits(cells->items[i].text);
	return services & ~accord_service_bits(value_of(clause->node, "except-services"));
}

static void check_need_first(struct checker *checker, const struct clause *clause)
{
	uint64_t services = clause_services(clause);
	const struct node *except = value_of(value_of(clause->node, "for"), "except-status");
	struct path for_path = { &clause->path, STR("for"), 0 },
		    list = { &for_path, STR("except-status"), 0 };
	size_t index = 0;
	for (const struct node *item = many_first(except); item;
		item = many_next(except, item), index++) {
		int status = item->kind == NODE_STRING ? accord_word(WORDS_STATUS, item->text) : -1;
		if (status < 0)
			continue;
		uint8_t service = forbidden_by_need(
			services, PERSON_BIT(status), value_of(clause->node, "to"));
		if (service == SERVICE_NONE)
			continue;
		struct path at = { &list, STR_NONE, index };
		bool guarded = PERSON_BIT(status) & PROTECTED_STATUSES;
		accord_fault(checker, item->pos, &at,
			"'" STR_FMT
			"' may not be left out of %s, which goes by need (safeguard S6)%s",
			STR_ARG(item->text), world_services[service].code,
			guarded ? "; only where `to` is home" : "");
	}
}

static void check_services(struct checker *checker, const struct clause *clause)
{
	const struct node *services = value_of(clause->node, "services");
	const struct node *except = value_of(clause->node, "except-services");
	struct path at = { &clause->path, STR("except-services"), 0 };
	for (const struct node *item = many_first(services); item; item = many_next(services, item))
		if (item->kind != NODE_STRING || world_service_find(item->text) == SERVICE_NONE)
			return; /* told already */
	if (except && services && clause_services(clause) == 0)
		accord_fault(checker, except->pos, &at, "nothing is left of its services");
}

static void check_destination(struct checker *checker, const struct clause *clause)
{
	const struct node *to = value_of(clause->node, "to");
	uint64_t services = clause_services(clause);
	struct path at = { &clause->path, STR("to"), 0 };
	if (!to || !services)
		return;
	for (uint8_t i = 0; i < world_service_count; i++)
		if (services >> i & 1 && world_services[i].destination != DESTINATION_NOT_ASKED)
			return;
	accord_fault(checker, to->pos, &at, "none of its services has a destination");
}

/* A field that the commitment or every row of its schedule must give. */
static void check_given(struct checker *checker, const struct clause *clause,
	const struct node *value, const char *field, enum schedule_column column)
{
	if (value)
		return;
	if (!clause->scheduled) {
		accord_fault(
			checker, clause->node->pos, &clause->path, "missing field '%s'", field);
		return;
	}
	if (!clause->table || clause->table->cells[column].empty == 0)
		return;
	for (size_t i = 0; i < clause->table->count; i++) {
		const struct schedule_row *row = &clause->table->rows[i];
		if (row->cells[column] != NONE32)
			continue;
		struct str document = checker->file;
		struct path table = { NULL, clause->table->name, 0 }, at = { &table, STR_NONE, i };
		struct str id = text_of(clause->node, "id");
		checker->file = clause->table->file;
		accord_fault(checker, row->pos, &at,
			"neither this row nor commitment '" STR_FMT "' gives '%s'", STR_ARG(id),
			field);
		checker->file = document;
	}
}

static void check_provider(struct checker *checker, const struct clause *clause)
{
	static const char *const ways[] = { "party", "state-of-nationality", "state-of-residence",
		"member-of", "host-state" };
	const struct node *provider = value_of(clause->node, "provider");
	struct path at = { &clause->path, STR("provider"), 0 };
	size_t given = 0;
	check_given(checker, clause, provider, "provider", COLUMN_PROVIDER);
	if (!provider || provider->kind != NODE_MAP)
		return;
	for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++)
		given += node_get(provider, ways[i]) != NULL;
	if (given != 1)
		accord_fault(checker, provider->pos, &at,
			given ? "two providers; name one of party, state-of-nationality, "
				"state-of-residence, member-of, host-state"
			      : "no provider; name one of party, state-of-nationality, "
				"state-of-residence, member-of, host-state");
	const struct node *host = node_get(provider, "host-state");
	bool yes;
	struct path host_path = { &at, STR("host-state"), 0 };
	if (host && accord_boolean(host->text, &yes) && !yes)
		accord_fault(checker, host->pos, &host_path,
			"'" STR_FMT "' names nobody; allowed: true", STR_ARG(host->text));
	const struct node *present = node_get(provider, "present");
	struct path present_path = { &at, STR("present"), 0 };
	if (present && given == 1 && !node_get(provider, "party") &&
		!node_get(provider, "member-of"))
		accord_fault(checker, present->pos, &present_path,
			"goes with party and member-of; the others name their levels themselves");
}

static void check_schedule(struct checker *checker, struct clause *clause, const struct node *tree,
	const struct schedule_set *schedules)
{
	const struct node *node = value_of(clause->node, "schedule");
	const struct node *names = value_of(tree, "schedules");
	struct path at = { &clause->path, STR("schedule"), 0 };
	clause->scheduled = node != NULL;
	if (!node || node->kind != NODE_STRING)
		return;
	clause->table = accord_find_schedule(schedules, node->text);
	struct str known[16];
	size_t count = 0;
	for (const struct node *item = many_first(names); item; item = many_next(names, item)) {
		if (item->kind == NODE_STRING && str_eq(item->text, node->text))
			return;
		if (item->kind == NODE_STRING && count < 16)
			known[count++] = item->text;
	}
	if (!accord_has_blank(node->text))
		accord_fault_unknown(checker, node->pos, &at, "schedule", node->text, known, count);
}

static void check_cost(struct checker *checker, const struct clause *clause)
{
	const struct node *list = value_of(clause->node, "cost");
	struct path top = { &clause->path, STR("cost"), 0 };
	size_t index = 0;
	for (const struct node *item = many_first(list); item;
		item = many_next(list, item), index++) {
		struct path at = { &top, STR_NONE, index };
		const struct path *where = list->kind == NODE_LIST ? &at : &top;
		struct path cap_path = { where, STR("cap"), 0 },
			    advance_path = { where, STR("advance"), 0 };
		const struct node *cap = value_of(item, "cap"),
				  *advance = value_of(item, "advance");
		int64_t percent;
		if (cap && !node_get(item, "currency"))
			accord_fault(
				checker, cap->pos, &cap_path, "an amount without its currency");
		if (advance && accord_integer(advance->text, &percent) && percent > 100)
			accord_fault(checker, advance->pos, &advance_path,
				"'" STR_FMT "' is more than 100 per cent", STR_ARG(advance->text));
	}
}

static void check_commitments(
	struct checker *checker, const struct node *tree, const struct schedule_set *schedules)
{
	const struct node *list = value_of(tree, "commitments");
	struct path top = { NULL, STR("commitments"), 0 };
	size_t index = 0;
	for (const struct node *item = many_first(list); item;
		item = many_next(list, item), index++) {
		if (item->kind != NODE_MAP || index >= ACCORD_COMMITMENTS_MAX)
			continue;
		struct clause clause = { .node = item, .path = { &top, STR_NONE, index } };
		const struct node *nationality = value_of(value_of(item, "for"), "nationality");
		check_schedule(checker, &clause, tree, schedules);
		check_provider(checker, &clause);
		check_given(checker, &clause, nationality, "for.nationality", COLUMN_NATIONALITY);
		check_given(checker, &clause, value_of(item, "where"), "where", COLUMN_WHERE);
		check_given(
			checker, &clause, value_of(item, "services"), "services", COLUMN_SERVICES);
		check_services(checker, &clause);
		check_need_first(checker, &clause);
		check_destination(checker, &clause);
		check_cost(checker, &clause);
	}
}

/* An opt-out names a commitment of this document. */
static void check_opt_outs(struct checker *checker, const struct node *tree)
{
	const struct node *parties = value_of(tree, "parties"),
			  *commitments = value_of(tree, "commitments");
	struct path top = { NULL, STR("parties"), 0 };
	size_t index = 0;
	for (const struct node *party = many_first(parties); party;
		party = many_next(parties, party), index++) {
		const struct node *except = value_of(party, "except");
		struct path party_path = { &top, STR_NONE, index },
			    list = { &party_path, STR("except"), 0 };
		size_t number = 0;
		for (const struct node *item = many_first(except); item;
			item = many_next(except, item), number++) {
			struct str id = text_of(item, "commitment");
			bool found = id.len == 0 || accord_has_blank(id);
			for (const struct node *other = many_first(commitments); other && !found;
				other = many_next(commitments, other))
				found = str_eq(text_of(other, "id"), id);
			struct path at = { &list, STR_NONE, number },
				    leaf = { &at, STR("commitment"), 0 };
			if (!found)
				accord_fault_unknown(checker, node_get(item, "commitment")->pos,
					&leaf, "commitment", id, NULL, 0);
		}
	}
}

static void check_cases(struct checker *checker, const struct node *tree)
{
	const struct node *list = value_of(tree, "cases");
	struct path top = { NULL, STR("cases"), 0 };
	size_t index = 0;
	for (const struct node *item = many_first(list); item;
		item = many_next(list, item), index++) {
		struct path at = { &top, STR_NONE, index };
		if (item->kind != NODE_MAP)
			continue;
		const struct node *expect = node_get(item, "expect"),
				  *expect_not = node_get(item, "expect-not");
		if (!expect == !expect_not)
			accord_fault(checker, item->pos, &at,
				expect ? "either `expect` or `expect-not`, not both"
				       : "missing field 'expect' or 'expect-not'");
		const struct node *map = expect ? expect : expect_not;
		if (map && map->kind == NODE_MAP && map->count == 0)
			accord_fault(checker, map->pos, &at,
				"nothing is expected: name at least one field");
	}
}

void accord_check_rules(
	struct checker *checker, const struct node *tree, const struct schedule_set *schedules)
{
	assert(checker && tree);
	if (tree->kind != NODE_MAP)
		return;
	check_ids(checker, value_of(tree, "commitments"), "commitments", "commitment");
	check_ids(checker, value_of(tree, "articles"), "articles", "article");
	check_dates(checker, tree);
	check_commitments(checker, tree, schedules);
	check_opt_outs(checker, tree);
	check_cases(checker, tree);
}
