/* The body of a journal's entry: canonical JSON, so that its bytes follow from what it says and the
 * tree's hash is the hash of that. Whatever is read must be what would be written. */
#include "store/internal.h"

#include <assert.h>
#include <string.h>

#define BODY_MAX DOC_SIZE_MAX

static void add_hash(struct buf *out, const struct sha256 *hash)
{
	char hex[65];

	sha256_hex(hex, hash);
	buf_add_format(out, "\"sha256:%s\"", hex);
}

static void add_text(struct buf *out, const char *key, struct str text)
{
	buf_add_format(out, "\"%s\":", key);
	json_add_string(out, text);
}

static void add_document(struct buf *out, const struct entry_document *document)
{
	buf_add_c(out, "{\"canonical\":");
	if (document->has_canonical)
		add_hash(out, &document->canonical);
	else
		buf_add_c(out, "null");
	buf_add_c(out, ",\"hash\":");
	if (document->removed)
		buf_add_c(out, "null");
	else
		add_hash(out, &document->hash);
	buf_add_char(out, ',');
	add_text(out, "name", document->name);
	buf_add_char(out, '}');
}

static void add_facts(struct buf *out, const struct entry_facts *facts)
{
	buf_add_format(out, "{\"closed\":%llu,\"closed_hash\":", (unsigned long long)facts->closed);
	add_hash(out, &facts->closed_hash);
	buf_add_char(out, ',');
	add_text(out, "file", facts->file);
	buf_add_format(out, ",\"opened\":%llu,\"opened_hash\":", (unsigned long long)facts->opened);
	add_hash(out, &facts->opened_hash);
	buf_add_char(out, '}');
}

void store__entry_write(struct buf *out, const struct entry *entry)
{
	buf_add_char(out, '{');
	add_text(out, "at", entry->at);
	buf_add_c(out, ",\"change\":");
	add_hash(out, &entry->change);
	buf_add_c(out, ",\"documents\":[");
	for (size_t i = 0; i < entry->documents_count; i++) {
		buf_add_c(out, i ? "," : "");
		add_document(out, &entry->documents[i]);
	}
	buf_add_c(out, "],\"facts\":[");
	for (size_t i = 0; i < entry->facts_count; i++) {
		buf_add_c(out, i ? "," : "");
		add_facts(out, &entry->facts[i]);
	}
	buf_add_c(out, "],\"key\":");
	if (entry->has_key)
		add_hash(out, &entry->key);
	else
		buf_add_c(out, "null");
	buf_add_format(out, ",\"sequence\":%llu,", (unsigned long long)entry->sequence);
	add_text(out, "what", entry->what);
	buf_add_char(out, '}');
}

/* ---- reading ---- */

/* "sha256:…" of field KEY; NULL gives *HAS false where HAS is asked for. */
static bool get_hash(struct sha256 *out, bool *has, const struct node *map, const char *key)
{
	const struct node *node = node_get(map, key);

	if (has)
		*has = node && node->kind != NODE_NULL;
	if (has && node && node->kind == NODE_NULL)
		return true;
	return node && node->kind == NODE_STRING && str_starts(node->text, "sha256:") &&
	       sha256_read(out, node->text);
}

static bool get_text(struct str *out, const struct node *map, const char *key)
{
	const struct node *node = node_get(map, key);

	if (!node || node->kind != NODE_STRING)
		return false;
	*out = node->text;
	return true;
}

static bool get_number(uint64_t *out, const struct node *map, const char *key)
{
	const struct node *node = node_get(map, key);
	int64_t number;

	if (!node || node->kind != NODE_NUMBER || !str_to_int64(node->text, &number) || number < 0)
		return false;
	*out = (uint64_t)number;
	return true;
}

static bool get_document(struct entry_document *out, const struct node *node)
{
	bool has;

	if (node->kind != NODE_MAP || !get_text(&out->name, node, "name") ||
		!get_hash(&out->hash, &has, node, "hash") ||
		!get_hash(&out->canonical, &out->has_canonical, node, "canonical"))
		return false;
	out->removed = !has;
	return true;
}

static bool get_facts(struct entry_facts *out, const struct node *node)
{
	return node->kind == NODE_MAP && get_text(&out->file, node, "file") &&
	       get_number(&out->opened, node, "opened") &&
	       get_number(&out->closed, node, "closed") &&
	       get_hash(&out->opened_hash, NULL, node, "opened_hash") &&
	       get_hash(&out->closed_hash, NULL, node, "closed_hash");
}

static bool get_entry(struct entry *out, const struct node *map, const struct node *documents,
	const struct node *facts)
{
	const struct node *node;

	if (!get_text(&out->at, map, "at") || !get_text(&out->what, map, "what") ||
		!get_hash(&out->change, NULL, map, "change") ||
		!get_hash(&out->key, &out->has_key, map, "key") ||
		!get_number(&out->sequence, map, "sequence"))
		return false;
	for (node = documents->first; node; node = node->next)
		if (!get_document(&out->documents[out->documents_count++], node))
			return false;
	for (node = facts->first; node; node = node->next)
		if (!get_facts(&out->facts[out->facts_count++], node))
			return false;
	return true;
}

enum status store__entry_read(struct entry *out, struct arena *arena, struct str body)
{
	struct node *map = NULL;
	struct diags diags;
	struct buf again;
	enum status status;

	assert(out && arena);
	*out = (struct entry){ 0 };
	diags_init(&diags, arena, 1);
	if (body.len > BODY_MAX)
		return STATUS_REFUSED;
	status = json_read(&map, arena, STR("entry"), body, &diags);
	if (status != STATUS_OK)
		return status;
	if (map->kind != NODE_MAP)
		return STATUS_REFUSED;
	const struct node *documents = node_get(map, "documents"), *facts = node_get(map, "facts");
	if (!documents || documents->kind != NODE_LIST || !facts || facts->kind != NODE_LIST)
		return STATUS_REFUSED;
	out->documents = ARENA_ARRAY(arena, documents->count + 1, struct entry_document);
	out->facts = ARENA_ARRAY(arena, facts->count + 1, struct entry_facts);
	if (!out->documents || !out->facts)
		return STATUS_NO_MEMORY;
	if (!get_entry(out, map, documents, facts))
		return STATUS_REFUSED;
	buf_init(&again, arena, BODY_MAX + 1024);
	store__entry_write(&again, out);
	if (again.failed)
		return STATUS_NO_MEMORY;
	return str_eq(buf_str(&again), body) ? STATUS_OK : STATUS_REFUSED;
}
