/* From the canonical tree to the typed form, and the two ways in: one document, or all of a
 * workspace. */
#include "accord/internal.h"

#include <assert.h>

struct str accord_read_str(const struct node *map, const char *name)
{
	const struct node *node = map ? node_get(map, name) : NULL;
	return node && node->kind != NODE_LIST && node->kind != NODE_MAP ? node->text : STR_NONE;
}

int32_t accord_read_date(const struct node *map, const char *name)
{
	int32_t date;
	return date_parse(accord_read_str(map, name), &date) ? date : DATE_NONE;
}

struct duration accord_read_duration(const struct node *map, const char *name)
{
	struct duration duration = { 0 };
	return duration_parse(accord_read_str(map, name), &duration) ? duration
								     : (struct duration){ 0 };
}

bool accord_read_boolean(const struct node *map, const char *name)
{
	bool value;
	return accord_boolean(accord_read_str(map, name), &value) && value;
}

unsigned accord_read_bits(const struct node *map, const char *name, enum word_set_id set)
{
	const struct node *list = map ? node_get(map, name) : NULL;
	unsigned bits = 0;
	for (const struct node *item = many_first(list); item; item = many_next(list, item)) {
		int word = accord_word(set, item->text);
		if (word >= 0)
			bits |= 1u << word;
	}
	return bits;
}

/* The number of a word, or OTHERWISE when it is not given (or a blank). */
static int read_word(const struct node *map, const char *name, enum word_set_id set, int otherwise)
{
	int word = accord_word(set, accord_read_str(map, name));
	return word >= 0 ? word : otherwise;
}

/* An array for the items of LIST; NULL with COUNT 0 when there are none. */
static void *items_for(struct reader *reader, const struct node *list, size_t size, size_t *count)
{
	*count = 0;
	if (!list || list->count == 0)
		return NULL;
	void *items = arena_get_array(reader->arena, list->count, size);
	if (!items)
		reader->failed = true;
	else
		*count = list->count;
	return items;
}
#define ITEMS(reader, list, out, name)                                                             \
	((out)->name = items_for(reader, list, sizeof *(out)->name, &(out)->name##_count))

struct texts accord_read_texts(struct reader *reader, const struct node *node)
{
	struct texts texts = { NULL, 0 };
	size_t count = !node ? 0 : node->kind == NODE_MAP ? node->count : 1;
	if (count == 0)
		return texts;
	texts.items = ARENA_ARRAY(reader->arena, count, struct lang_text);
	if (!texts.items) {
		reader->failed = true;
		return texts;
	}
	if (node->kind != NODE_MAP) {
		texts.items[texts.count++] = (struct lang_text){ STR("en"), node->text };
		return texts;
	}
	for (const struct node *child = node->first; child; child = child->next)
		texts.items[texts.count++] = (struct lang_text){ child->key, child->text };
	return texts;
}

struct actor accord_read_actor(const struct reader *reader, const struct node *node)
{
	struct actor actor = { ACTOR_NONE, NONE32, STR_NONE };
	if (node)
		accord_actor(reader->world, node->text, &actor);
	return actor;
}

struct source_note accord_read_source(const struct node *node)
{
	struct source_note source = { 0 };
	if (!node)
		return source;
	source.given = true;
	source.title = accord_read_str(node, "title");
	source.url = accord_read_str(node, "url");
	source.basis =
		(enum doc_basis)read_word(node, "basis", WORDS_BASIS, DOC_BASIS_ILLUSTRATIVE);
	return source;
}

static void read_opt_outs(struct reader *reader, struct party_entry *entry, const struct node *list)
{
	size_t i = 0;
	ITEMS(reader, list, entry, except);
	for (const struct node *item = entry->except_count ? list->first : NULL; item;
		item = item->next) {
		int side = read_word(item, "as", WORDS_SIDE, 2);
		entry->except[i++] =
			(struct opt_out){ .commitment = accord_read_str(item, "commitment"),
				.provider = side != 1,
				.beneficiary = side != 0,
				.from = accord_read_date(item, "from"),
				.until = accord_read_date(item, "until") };
	}
}

static void read_parties(struct reader *reader, struct agreement *out, const struct node *list)
{
	size_t i = 0;
	ITEMS(reader, list, out, parties);
	for (const struct node *item = out->parties_count ? list->first : NULL; item;
		item = item->next) {
		struct party_entry *entry = &out->parties[i++];
		struct str id = accord_read_str(item, "party");
		entry->is_group = str_starts(id, "group:");
		struct str bare = entry->is_group ? str_sub(id, 6, id.len) : id;
		entry->index = !reader->world    ? NONE32
			       : entry->is_group ? world_group(reader->world, bare)
						 : world_party(reader->world, bare);
		entry->role = accord_read_str(item, "role");
		entry->from = accord_read_date(item, "from");
		entry->until = accord_read_date(item, "until");
		entry->confirmed = accord_read_date(item, "confirmed");
		read_opt_outs(reader, entry, node_get(item, "except"));
	}
}

static void read_states(struct reader *reader, struct agreement *out, const struct node *list)
{
	size_t i = 0;
	ITEMS(reader, list, out, states);
	for (const struct node *item = out->states_count ? list->first : NULL; item;
		item = item->next)
		out->states[i++] = (struct state_entry){ (enum agreement_state)read_word(item, "is",
								 WORDS_STATE, STATE_DRAFT),
			accord_read_date(item, "from") };
}

static void read_force(struct reader *reader, struct agreement *out, const struct node *map)
{
	const struct node *list = map ? node_get(map, "renewed") : NULL;
	size_t i = 0;
	out->from = accord_read_date(map, "from");
	out->until = accord_read_date(map, "until");
	out->renews = accord_read_duration(map, "renews");
	out->notice = accord_read_duration(map, "notice");
	ITEMS(reader, list, out, renewed);
	for (const struct node *item = out->renewed_count ? list->first : NULL; item;
		item = item->next)
		out->renewed[i++] = (struct renewal){ accord_read_date(item, "on"),
			accord_read_date(item, "until") };
}

static void read_visibility(struct reader *reader, struct agreement *out, const struct node *node)
{
	size_t i = 0;
	out->visibility = AGREEMENT_PARTIES;
	if (!node || node->kind != NODE_LIST) {
		if (node && str_is(node->text, "public"))
			out->visibility = AGREEMENT_PUBLIC;
		return;
	}
	out->visibility = AGREEMENT_NAMED;
	ITEMS(reader, node, out, visible_to);
	for (const struct node *item = out->visible_to_count ? node->first : NULL; item;
		item = item->next)
		out->visible_to[i++] =
			reader->world ? world_party(reader->world, item->text) : NONE32;
}

static void read_articles(struct reader *reader, struct agreement *out, const struct node *list)
{
	size_t i = 0;
	ITEMS(reader, list, out, articles);
	for (const struct node *item = out->articles_count ? list->first : NULL; item;
		item = item->next)
		out->articles[i++] = (struct article){ accord_read_str(item, "id"),
			accord_read_texts(reader, node_get(item, "title")),
			accord_read_texts(reader, node_get(item, "text")),
			accord_read_source(node_get(item, "source")) };
}

static void read_shares(struct reader *reader, struct agreement *out, const struct node *list)
{
	size_t i = 0;
	ITEMS(reader, list, out, shares);
	for (const struct node *item = out->shares_count ? list->first : NULL; item;
		item = item->next) {
		struct share *share = &out->shares[i++];
		const struct node *fields = node_get(item, "fields");
		size_t field = 0;
		share->from = accord_read_actor(reader, node_get(item, "from"));
		share->to = accord_read_actor(reader, node_get(item, "to"));
		share->purpose = accord_read_str(item, "purpose");
		share->basis = accord_read_str(item, "basis");
		share->until = accord_read_date(item, "until");
		share->retention = accord_read_duration(item, "retention");
		share->onward = accord_read_boolean(item, "onward");
		share->except_status = accord_read_bits(item, "except-status", WORDS_STATUS);
		ITEMS(reader, fields, share, fields);
		for (const struct node *name = share->fields_count ? fields->first : NULL; name;
			name = name->next)
			share->fields[field++] = name->text;
	}
}

static void read_cases(struct reader *reader, struct agreement *out, const struct node *list)
{
	size_t i = 0;
	ITEMS(reader, list, out, cases);
	for (const struct node *item = out->cases_count ? list->first : NULL; item;
		item = item->next) {
		struct accord_case *one = &out->cases[i++];
		const struct node *expect = node_get(item, "expect");
		one->given = accord_read_date(item, "given");
		one->who = node_get(item, "who");
		one->negated = !expect;
		one->expect = expect ? expect : node_get(item, "expect-not");
		one->nobody =
			expect && expect->kind == NODE_STRING && str_is(expect->text, "nobody");
		one->pos = item->pos;
	}
}

static void read_schedules(struct reader *reader, struct agreement *out)
{
	size_t count = reader->schedules ? reader->schedules->count : 0;
	out->schedules = ARENA_ARRAY(reader->arena, count ? count : 1, struct schedule);
	if (!out->schedules) {
		reader->failed = true;
		return;
	}
	for (size_t i = 0; i < count; i++) {
		const struct schedule_table *table = &reader->schedules->items[i];
		out->schedules[out->schedules_count++] =
			(struct schedule){ table->name, table->hash, (uint32_t)table->count };
	}
}

/* Fills OUT from the canonical tree TREE. */
static enum status read_typed(struct agreement *out, struct reader *reader, const struct node *tree)
{
	out->id = accord_read_str(tree, "agreement");
	out->is_template = accord_is_template(tree);
	out->kind = (enum agreement_kind)read_word(tree, "kind", WORDS_KIND, KIND_FRAMEWORK);
	out->strength = (enum strength)read_word(tree, "strength", WORDS_STRENGTH, STRENGTH_PLEDGE);
	out->title = accord_read_texts(reader, node_get(tree, "title"));
	out->text = accord_read_texts(reader, node_get(tree, "text"));
	out->source = accord_read_source(node_get(tree, "source"));
	out->binds_host = accord_read_boolean(tree, "binds-host");
	read_states(reader, out, node_get(tree, "state"));
	read_visibility(reader, out, node_get(tree, "visibility"));
	read_parties(reader, out, node_get(tree, "parties"));
	read_force(reader, out, node_get(tree, "in-force"));
	read_articles(reader, out, node_get(tree, "articles"));
	read_shares(reader, out, node_get(tree, "share"));
	read_schedules(reader, out);
	read_cases(reader, out, node_get(tree, "cases"));
	if (!out->is_template)
		accord_read_commitments(reader, out, tree);
	return reader->failed ? STATUS_NO_MEMORY : STATUS_OK;
}

static enum status hash_tree(struct sha256 *hash, struct arena *arena, const struct node *tree)
{
	struct buf bytes;
	buf_init(&bytes, arena, ACCORD_OUTPUT_MAX);
	enum status status = json_canonical(&bytes, tree);
	if (status == STATUS_OK && bytes.failed)
		status = STATUS_NO_MEMORY;
	if (status == STATUS_OK)
		*hash = sha256_of(buf_str(&bytes));
	return status;
}

static enum status read_file(struct node **out, struct arena *arena,
	const struct file_system *files, struct str path, struct diags *diags)
{
	struct checker checker = { .file = path, .diags = diags };
	struct str content = STR_NONE;
	enum status status = files->read(files->context, &content, arena, path, ACCORD_FILE_MAX);
	if (status == STATUS_OK)
		return accord_parse(out, arena, path, content, diags);
	if (status == STATUS_REFUSED)
		accord_fault(&checker, (struct pos){ 0, 0 }, NULL, "file of more than %zu bytes",
			ACCORD_FILE_MAX);
	else if (status == STATUS_NOT_FOUND)
		accord_fault(&checker, (struct pos){ 0, 0 }, NULL, "no such file");
	else if (status == STATUS_IO)
		accord_fault(&checker, (struct pos){ 0, 0 }, NULL, "the file cannot be read");
	return status;
}

/* SCRATCH: of what is not kept. */
static enum status read_all(struct agreement *out, struct arena *arena, struct arena *scratch,
	const struct world *world, const struct file_system *files, struct str path,
	struct diags *diags)
{
	struct checker checker = {
		.file = path, .world = world, .diags = diags, .scratch = scratch
	};
	struct schedule_set schedules;
	struct node *tree, *canonical;
	*out = (struct agreement){
		.file = str_copy(arena, path), .from = DATE_NONE, .until = DATE_NONE
	};
	if (!out->file.ptr)
		return STATUS_NO_MEMORY;
	enum status status = read_file(&tree, arena, files, path, diags);
	if (status != STATUS_OK)
		return status;
	accord_check_form(&checker, tree);
	status = accord_read_schedules(&schedules, &checker, arena, files, path, tree);
	if (status != STATUS_OK)
		return status;
	accord_check_rules(&checker, tree, &schedules);
	if (diags->no_memory)
		return STATUS_NO_MEMORY;
	if (tree->kind ==
		NODE_MAP) { /* known even where it is faulty, for duplicates across files */
		out->id = accord_read_str(tree, "agreement");
		out->tree = tree;
	}
	if (checker.faults)
		return STATUS_REFUSED;
	status = accord_canonical_tree(&canonical, arena, tree);
	if (status == STATUS_OK)
		status = hash_tree(&out->hash, arena, canonical);
	if (status != STATUS_OK)
		return status;
	struct reader reader = { .arena = arena, .world = world, .schedules = &schedules };
	return read_typed(out, &reader, canonical);
}

enum status accord_read(struct agreement *out, struct arena *arena, const struct world *world,
	const struct file_system *files, struct str path, struct diags *diags)
{
	struct arena scratch;
	enum status status;
	assert(out && arena && files && diags);
	arena_init(&scratch, arena->allocator, arena->max - arena->used);
	status = read_all(out, arena, &scratch, world, files, path, diags);
	arena_free(&scratch);
	return status;
}
