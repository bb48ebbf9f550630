/* What differs between two documents, field by field, in their canonical form: notation, comments
 * and order of fields do not matter, and neither does the order of lists whose items have a name.
 *
 * Commitments and articles are matched by `id`, parties by `party`, rows of schedules by place,
 * provider and nationality; the second of one name with the second. Lists of words are sets. In
 * other lists (steps, costs, states, shares, cases) order means something: what is equal at both
 * ends stands aside, the rest is matched by position. */
#include "accord/internal.h"

#include <assert.h>
#include <string.h>

struct diffing {
	struct arena *arena;
	struct changes *out;
	size_t capacity;
	bool no_memory;
};

static void tell(struct diffing *diffing, enum change_kind kind, struct str path,
	const struct node *old, const struct node *new)
{
	void *items = diffing->out->items;
	struct change *change = arena_push(diffing->arena, &items, &diffing->out->items_count,
		&diffing->capacity, sizeof *change);
	diffing->out->items = items;
	if (!change || !path.ptr) {
		diffing->no_memory = true;
		return;
	}
	*change = (struct change){ kind, path, old, new };
}

static struct str below(struct diffing *diffing, struct str path, struct str name)
{
	struct str made = path.len ? str_format(diffing->arena, STR_FMT "." STR_FMT, STR_ARG(path),
					     STR_ARG(name))
				   : name;
	diffing->no_memory = diffing->no_memory || !made.ptr;
	return made;
}

static struct str at_name(struct diffing *diffing, struct str path, struct str name)
{
	struct str made =
		str_format(diffing->arena, STR_FMT "[" STR_FMT "]", STR_ARG(path), STR_ARG(name));
	diffing->no_memory = diffing->no_memory || !made.ptr;
	return made;
}

static bool is_scalar(const struct node *node)
{
	return node->kind != NODE_LIST && node->kind != NODE_MAP;
}

static bool same_scalar(const struct node *a, const struct node *b)
{
	return a->kind == b->kind && str_eq(a->text, b->text);
}

/* Equal to the last field, whatever the order of fields. */
static bool same(const struct node *a, const struct node *b)
{
	if (a->kind != b->kind || a->count != b->count)
		return false;
	if (is_scalar(a))
		return same_scalar(a, b);
	const struct node *y = b->first;
	for (const struct node *x = a->first; x; x = x->next) {
		if (a->kind == NODE_MAP)
			y = NULL;
		for (const struct node *z = b->first; a->kind == NODE_MAP && z && !y; z = z->next)
			if (str_eq(z->key, x->key))
				y = z;
		if (!y || !same(x, y))
			return false;
		y = y->next;
	}
	return true;
}

/* ---- items that have a name ---- */

static const char *const keys[][3] = { { "id" }, { "party" },
	{ "where", "provider", "nationality" } };

/* The name of ITEM by key KIND; ptr NULL when it has none. */
static struct str name_of(struct diffing *diffing, const struct node *item, size_t kind)
{
	struct str name = STR_NONE;
	for (size_t i = 0; i < 3 && keys[kind][i]; i++) {
		const struct node *part =
			item->kind == NODE_MAP ? node_get(item, keys[kind][i]) : NULL;
		if (part && !is_scalar(part))
			return STR_NONE;
		if (!part && i == 0)
			return STR_NONE;
		if (!part)
			continue;
		name = name.ptr ? str_format(diffing->arena, STR_FMT ", " STR_FMT, STR_ARG(name),
					  STR_ARG(part->text))
				: part->text;
		diffing->no_memory = diffing->no_memory || !name.ptr;
	}
	return name;
}

struct named {
	struct str name;
	size_t which; /* the how manieth of that name */
	const struct node *node;
};

/* The items of LIST with their names, in ITEMS; false if one has none. */
static bool name_all(
	struct diffing *diffing, struct named *items, const struct node *list, size_t kind)
{
	size_t count = 0;
	struct symbols seen;
	symbols_init(&seen, diffing->arena);
	for (const struct node *item = list->first; item; item = item->next) {
		uint32_t earlier = SYMBOL_NONE;
		struct named *named = &items[count];
		*named = (struct named){ name_of(diffing, item, kind), 0, item };
		if (!named->name.ptr)
			return false;
		if (symbols_put(&seen, named->name, (uint32_t)count, &earlier) != STATUS_OK) {
			diffing->no_memory = true;
			return false;
		}
		if (earlier != SYMBOL_NONE) /* rare: parties bound twice, rows of two periods */
			for (size_t i = earlier; i < count; i++)
				named->which += str_eq(items[i].name, named->name);
		count++;
	}
	return true;
}

static void compare(
	struct diffing *diffing, struct str path, const struct node *old, const struct node *new);

static const struct named *find(const struct named *items, size_t count, const struct symbols *seen,
	const struct named *wanted)
{
	uint32_t first = symbols_get(seen, wanted->name);
	for (size_t i = first; first != SYMBOL_NONE && i < count; i++)
		if (items[i].which == wanted->which && str_eq(items[i].name, wanted->name))
			return &items[i];
	return NULL;
}

static void compare_named(struct diffing *diffing, struct str path, const struct named *olds,
	size_t old_count, const struct named *news, size_t new_count)
{
	struct symbols in_old, in_new;
	symbols_init(&in_old, diffing->arena);
	symbols_init(&in_new, diffing->arena);
	for (size_t i = 0; i < old_count; i++)
		if (symbols_put(&in_old, olds[i].name, (uint32_t)i, NULL) != STATUS_OK)
			diffing->no_memory = true;
	for (size_t i = 0; i < new_count; i++)
		if (symbols_put(&in_new, news[i].name, (uint32_t)i, NULL) != STATUS_OK)
			diffing->no_memory = true;
	for (size_t i = 0; i < old_count && !diffing->no_memory; i++) {
		const struct named *other = find(news, new_count, &in_new, &olds[i]);
		struct str at = at_name(diffing, path, olds[i].name);
		if (other)
			compare(diffing, at, olds[i].node, other->node);
		else
			tell(diffing, CHANGE_REMOVED, at, olds[i].node, NULL);
	}
	for (size_t i = 0; i < new_count && !diffing->no_memory; i++)
		if (!find(olds, old_count, &in_old, &news[i]))
			tell(diffing, CHANGE_ADDED, at_name(diffing, path, news[i].name), NULL,
				news[i].node);
}

/* False when the items of these lists have no names. */
static bool try_named(
	struct diffing *diffing, struct str path, const struct node *old, const struct node *new)
{
	struct named *olds = ARENA_ARRAY(diffing->arena, old->count + 1, struct named);
	struct named *news = ARENA_ARRAY(diffing->arena, new->count + 1, struct named);
	if (!olds || !news) {
		diffing->no_memory = true;
		return true;
	}
	for (size_t kind = 0; kind < sizeof keys / sizeof *keys; kind++) {
		if (!name_all(diffing, olds, old, kind) || !name_all(diffing, news, new, kind))
			continue;
		compare_named(diffing, path, olds, old->count, news, new->count);
		return true;
	}
	return diffing->no_memory;
}

/* ---- other lists ---- */

static bool all_scalars(const struct node *list)
{
	for (const struct node *item = list->first; item; item = item->next)
		if (!is_scalar(item))
			return false;
	return true;
}

static bool holds(const struct node *list, const struct node *item)
{
	for (const struct node *other = list->first; other; other = other->next)
		if (same_scalar(other, item))
			return true;
	return false;
}

static void compare_sets(
	struct diffing *diffing, struct str path, const struct node *old, const struct node *new)
{
	for (const struct node *item = old->first; item; item = item->next)
		if (!holds(new, item))
			tell(diffing, CHANGE_REMOVED, path, item, NULL);
	for (const struct node *item = new->first; item; item = item->next)
		if (!holds(old, item))
			tell(diffing, CHANGE_ADDED, path, NULL, item);
}

static void compare_rows(
	struct diffing *diffing, struct str path, const struct node *old, const struct node *new)
{
	size_t first = 0, last = 0, most = old->count < new->count ? old->count : new->count;
	while (first < most && same(node_at(old, first), node_at(new, first)))
		first++;
	while (last < most - first &&
		same(node_at(old, old->count - 1 - last), node_at(new, new->count - 1 - last)))
		last++;
	for (size_t i = first; i < old->count - last || i < new->count - last; i++) {
		struct str at = str_format(diffing->arena, STR_FMT "[%zu]", STR_ARG(path), i);
		if (i >= new->count - last)
			tell(diffing, CHANGE_REMOVED, at, node_at(old, i), NULL);
		else if (i >= old->count - last)
			tell(diffing, CHANGE_ADDED, at, NULL, node_at(new, i));
		else
			compare(diffing, at, node_at(old, i), node_at(new, i));
	}
}

static void compare_maps(
	struct diffing *diffing, struct str path, const struct node *old, const struct node *new)
{
	for (const struct node *a = old->first; a; a = a->next) {
		const struct node *b = NULL;
		for (const struct node *other = new->first; other && !b; other = other->next)
			if (str_eq(other->key, a->key))
				b = other;
		if (b)
			compare(diffing, below(diffing, path, a->key), a, b);
		else
			tell(diffing, CHANGE_REMOVED, below(diffing, path, a->key), a, NULL);
	}
	for (const struct node *b = new->first; b; b = b->next) {
		bool found = false;
		for (const struct node *a = old->first; a && !found; a = a->next)
			found = str_eq(a->key, b->key);
		if (!found)
			tell(diffing, CHANGE_ADDED, below(diffing, path, b->key), NULL, b);
	}
}

/* Recursion is bounded by DOC_DEPTH_MAX, which the readers hold. */
static void compare(
	struct diffing *diffing, struct str path, const struct node *old, const struct node *new)
{
	if (diffing->no_memory || same(old, new))
		return;
	if (old->kind == NODE_MAP && new->kind == NODE_MAP)
		compare_maps(diffing, path, old, new);
	else if (old->kind != NODE_LIST || new->kind != NODE_LIST)
		tell(diffing, CHANGE_CHANGED, path, old, new);
	else if (all_scalars(old) && all_scalars(new))
		compare_sets(diffing, path, old, new);
	else if (!try_named(diffing, path, old, new))
		compare_rows(diffing, path, old, new);
}

/* ---- schedules ---- */

static struct node *row_node(
	struct arena *arena, const struct schedule_table *table, const struct schedule_row *row)
{
	const struct word_set *names = &accord_words[WORDS_COLUMN];
	struct node *map = node_new(arena, NODE_MAP, STR_NONE);
	assert(names->count == SCHEDULE_COLUMNS);
	for (size_t i = 0; map && i < SCHEDULE_COLUMNS; i++) {
		const struct schedule_cell *given =
			accord_cell(table, row, (enum schedule_column)i);
		struct node *cell;
		if (!given)
			continue;
		cell = node_new(arena, NODE_STRING, given->text);
		if (!cell || node_put(arena, map, names->words[i], cell) != STATUS_OK)
			return NULL;
	}
	return map;
}

static struct node *table_node(struct arena *arena, const struct schedule_table *table)
{
	struct node *list = node_new(arena, NODE_LIST, STR_NONE);
	for (size_t i = 0; list && table && i < table->count; i++) {
		struct node *row = row_node(arena, table, &table->rows[i]);
		if (!row)
			return NULL;
		node_append(list, row);
	}
	return list;
}

static void compare_schedules(
	struct diffing *diffing, const struct schedule_set *old, const struct schedule_set *new)
{
	for (size_t pass = 0; pass < 2; pass++) {
		const struct schedule_set *set = pass ? new : old;
		for (size_t i = 0; i < set->count; i++) {
			struct str name = set->items[i].name;
			const struct schedule_table *a = accord_find_schedule(old, name),
						    *b = accord_find_schedule(new, name);
			struct node *olds, *news;
			if ((pass && a) ||
				(a && b && memcmp(&a->hash, &b->hash, sizeof a->hash) == 0))
				continue;
			olds = table_node(diffing->arena, a);
			news = table_node(diffing->arena, b);
			if (!olds || !news) {
				diffing->no_memory = true;
				return;
			}
			compare(diffing, at_name(diffing, STR("schedules"), name), olds, news);
		}
	}
}

/* ---- the whole ---- */

enum status accord_diff_trees(
	struct changes *out, struct arena *arena, const struct node *old, const struct node *new)
{
	struct diffing diffing = { .arena = arena, .out = out };
	*out = (struct changes){ 0 };
	compare(&diffing, STR_NONE, old, new);
	return diffing.no_memory ? STATUS_NO_MEMORY : STATUS_OK;
}

enum status accord_diff(struct changes *out, struct arena *arena, const struct agreement *old,
	const struct agreement *new, const struct file_system *files, struct diags *diags)
{
	struct diffing diffing = { .arena = arena, .out = out };
	const struct agreement *sides[2] = { old, new };
	struct schedule_set sets[2];
	struct node *trees[2];
	enum status status = STATUS_OK;
	assert(out && old->tree && new->tree);
	*out = (struct changes){ 0 };
	for (size_t i = 0; i < 2 && status == STATUS_OK; i++) {
		struct checker checker = {
			.file = sides[i]->file, .diags = diags, .is_template = sides[i]->is_template
		};
		status = accord_canonical_tree(&trees[i], arena, sides[i]->tree);
		if (status == STATUS_OK)
			status = accord_read_schedules(
				&sets[i], &checker, arena, files, sides[i]->file, sides[i]->tree);
		if (status == STATUS_OK && checker.faults)
			status = STATUS_REFUSED;
	}
	if (status != STATUS_OK)
		return status;
	compare(&diffing, STR_NONE, trees[0], trees[1]);
	compare_schedules(&diffing, &sets[0], &sets[1]);
	return diffing.no_memory || diags->no_memory ? STATUS_NO_MEMORY : STATUS_OK;
}
