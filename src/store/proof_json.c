/* A proof of inclusion as JSON: written by the server, read from files that anybody may have
 * written. */
#include "store/proof.h"

#include <stdio.h>

#define FORMAT "1"

/* ---- writing ---- */

static void add_hash(struct buf *out, const struct sha256 *hash)
{
	char hex[65];

	sha256_hex(hex, hash);
	buf_add_format(out, "\"sha256:%s\"", hex);
}

void store_proof_write(struct buf *out, const struct store_proof *proof)
{
	buf_add_c(out, "{\n  \"proof\": " FORMAT ",\n  \"document\": {\n    \"name\": ");
	json_add_string(out, proof->name);
	buf_add_c(out, ",\n    \"hash\": ");
	add_hash(out, &proof->hash);
	buf_add_c(out, ",\n    \"canonical\": ");
	if (proof->has_canonical)
		add_hash(out, &proof->canonical);
	else
		buf_add_c(out, "null");
	buf_add_format(out, "\n  },\n  \"leaf_index\": %llu,\n  \"tree_size\": %llu,\n",
		(unsigned long long)proof->index, (unsigned long long)proof->size);
	buf_add_c(out, "  \"leaf_hash\": ");
	add_hash(out, &proof->leaf);
	buf_add_c(out, ",\n  \"path\": [");
	for (unsigned i = 0; i < proof->path_count; i++) {
		buf_add_c(out, i ? ",\n    " : "\n    ");
		add_hash(out, &proof->path[i]);
	}
	buf_add_c(out, proof->path_count ? "\n  ],\n  \"root\": " : "],\n  \"root\": ");
	add_hash(out, &proof->root);
	buf_add_c(out, ",\n  \"entry\": ");
	if (proof->entry.ptr)
		json_add_string(out, proof->entry);
	else
		buf_add_c(out, "null");
	buf_add_c(out, "\n}\n");
}

/* ---- reading ---- */

struct reading_proof {
	struct store_proof *out;
	struct str file;
	struct diags *diags;
	bool good;
};

static void refuse(struct reading_proof *reading, struct pos pos, const char *path, const char *why)
{
	diags_add(reading->diags, reading->file, pos, str_of(path), "%s", why);
	reading->good = false;
}

static void read_hash(struct sha256 *out, struct reading_proof *reading, const struct node *node,
	struct pos pos, const char *path)
{
	if (!node || node->kind != NODE_STRING || !str_starts(node->text, "sha256:") ||
		!sha256_read(out, node->text))
		refuse(reading, node ? node->pos : pos, path,
			"sha256: and 64 digits 0-9 a-f are asked for");
}

static void read_number(
	uint64_t *out, struct reading_proof *reading, const struct node *map, const char *key)
{
	const struct node *node = node_get(map, key);
	int64_t number = 0;

	if (!node || node->kind != NODE_NUMBER || !str_to_int64(node->text, &number) ||
		number < 0 || number == INT64_MAX)
		refuse(reading, node ? node->pos : map->pos, key, "a whole number is asked for");
	*out = (uint64_t)number;
}

static void read_document(struct reading_proof *reading, const struct node *map)
{
	const struct node *node = node_get(map, "document"), *name, *canonical;

	if (!node || node->kind != NODE_MAP) {
		refuse(reading, node ? node->pos : map->pos, "document",
			"an object with name, hash and canonical is asked for");
		return;
	}
	name = node_get(node, "name");
	canonical = node_get(node, "canonical");
	if (!name || name->kind != NODE_STRING)
		refuse(reading, name ? name->pos : node->pos, "document.name",
			"a text is asked for");
	else
		reading->out->name = name->text;
	read_hash(&reading->out->hash, reading, node_get(node, "hash"), node->pos, "document.hash");
	reading->out->has_canonical = canonical && canonical->kind != NODE_NULL;
	if (reading->out->has_canonical)
		read_hash(&reading->out->canonical, reading, canonical, node->pos,
			"document.canonical");
}

static void read_path(struct reading_proof *reading, const struct node *map)
{
	const struct node *path = node_get(map, "path");
	char at[16];

	if (!path || path->kind != NODE_LIST || path->count > STORE_PATH_MAX) {
		refuse(reading, path ? path->pos : map->pos, "path",
			"a list of at most 64 hashes is asked for");
		return;
	}
	for (const struct node *node = path->first; node; node = node->next) {
		snprintf(at, sizeof at, "path[%u]", reading->out->path_count);
		read_hash(&reading->out->path[reading->out->path_count++], reading, node, node->pos,
			at);
	}
}

enum status store_proof_read(struct store_proof *out, struct arena *arena, struct str file,
	struct str bytes, struct diags *diags)
{
	struct reading_proof reading = { out, file, diags, true };
	const struct node *format, *entry;
	struct node *map = NULL;
	enum status status;

	*out = (struct store_proof){ .path_count = 0 };
	status = json_read(&map, arena, file, bytes, diags);
	if (status != STATUS_OK)
		return status;
	format = map->kind == NODE_MAP ? node_get(map, "proof") : NULL;
	if (!format || format->kind != NODE_NUMBER || !str_is(format->text, FORMAT)) {
		refuse(&reading, map->pos, "proof", "not a proof of inclusion in format " FORMAT);
		return STATUS_REFUSED;
	}
	read_document(&reading, map);
	read_number(&out->index, &reading, map, "leaf_index");
	read_number(&out->size, &reading, map, "tree_size");
	read_hash(&out->leaf, &reading, node_get(map, "leaf_hash"), map->pos, "leaf_hash");
	read_path(&reading, map);
	read_hash(&out->root, &reading, node_get(map, "root"), map->pos, "root");
	entry = node_get(map, "entry");
	if (entry && entry->kind == NODE_STRING)
		out->entry = entry->text;
	else if (!entry || entry->kind != NODE_NULL)
		refuse(&reading, entry ? entry->pos : map->pos, "entry",
			"a text or null is asked for");
	return reading.good ? STATUS_OK : STATUS_REFUSED;
}
