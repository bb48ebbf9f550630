/* One tree for documents, whatever their notation: YAML and JSON are read into it, canonical
 * JSON is written from it.
 *
 * Every node remembers where it stood, so that a fault found in its meaning can be shown in the
 * file. All nodes live in the arena given to the reader; the tree is immutable once read. Depth
 * is at most DOC_DEPTH_MAX, and no reader recurses on input. */
#ifndef ENTENTE_BASE_DOC_H
#define ENTENTE_BASE_DOC_H

#include "base/diag.h"

#define DOC_DEPTH_MAX 64
#define DOC_SIZE_MAX ((size_t)8 << 20)

enum node_kind { NODE_NULL, NODE_BOOL, NODE_NUMBER, NODE_STRING, NODE_LIST, NODE_MAP };

struct node {
	enum node_kind kind;
	uint32_t count; /* number of children */
	struct pos pos;
	struct str text; /* NODE_STRING: decoded; NODE_NUMBER: as written; NODE_BOOL: "true" or
			    "false" */
	struct str key;  /* in a map: this entry's key, decoded */
	struct pos key_pos;
	struct node *first; /* children of a list or map, in order of the file */
	struct node *last;
	struct node *next;
};

/* The entry KEY of MAP, or NULL. */
struct node *node_get(const struct node *map, const char *key);
struct node *node_at(const struct node *list, size_t index);
/* For building trees (forms, conversions, tests): children keep order. NULL on want of memory. */
struct node *node_new(struct arena *arena, enum node_kind kind, struct str text);
void node_append(struct node *parent, struct node *child);
enum status node_put(struct arena *arena, struct node *map, struct str key, struct node *value);

/* JSON (RFC 8259), strict: UTF-8 without BOM, no duplicate keys, no trailing bytes, lone
 * surrogates refused. Numbers are kept as text. Faults go to DIAGS under FILE; STATUS_REFUSED
 * then. Linear in the input. */
enum status json_read(struct node **out, struct arena *arena, struct str file, struct str input,
	struct diags *diags);

/* YAML 1.1 by libyaml, every scalar a string (also `NO`, `1`, `null`, empty). Refused: anchors,
 * aliases, tags, merge keys (`<<`), a second document, duplicate keys, keys that are not
 * scalars, bytes that are not UTF-8, depth above DOC_DEPTH_MAX. */
enum status yaml_read(struct node **out, struct arena *arena, struct str file, struct str input,
	struct diags *diags);

/* The YAML test suite's event notation of INPUT (`+STR`, `=VAL :x`, …), with all of YAML that
 * libyaml reads, to a depth of 1,000. For conformance only. */
enum status yaml_events(struct buf *out, struct str file, struct str input, struct diags *diags);

/* Canonical JSON (RFC 8785). Numbers are written as ECMAScript does from their double value; a
 * number that has none (overflow) is STATUS_REFUSED, and so is a tree deeper than DOC_DEPTH_MAX.
 * Keys sort by UTF-16 code units, in memory of OUT's arena. */
enum status json_canonical(struct buf *out, const struct node *node);
/* The same tree on several lines, two spaces a level, keys in order of the tree; numbers as in
 * canonical form; no newline at the end. */
enum status json_pretty(struct buf *out, const struct node *node);
/* S as a JSON string with quotes, RFC 8785's escapes. */
void json_add_string(struct buf *out, struct str s);
/* A comma, the key, and the string; null for STR_NONE. */
void json_add_member(struct buf *out, const char *name, struct str s);

struct sha256 {
	unsigned char bytes[32];
};
struct sha256 sha256_of(struct str bytes);
void sha256_hex(char out[static 65], const struct sha256 *hash);
bool sha256_same(const struct sha256 *a, const struct sha256 *b);
/* TEXT is 64 digits 0-9 a-f, with or without "sha256:" before them. */
bool sha256_read(struct sha256 *out, struct str text);

#endif
