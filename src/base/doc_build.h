/* Internal to base/: what the readers of JSON and YAML share. A reader hands over what it
 * meets, one piece after the other; the builder keeps the stack of open lists and maps, links
 * the nodes, refuses duplicate keys and too much depth, and knows the path of what is being
 * read, for diagnostics. */
#ifndef ENTENTE_BASE_DOC_BUILD_H
#define ENTENTE_BASE_DOC_BUILD_H

#include "base/doc.h"

struct doc_frame {
	struct node *node;   /* the open list or map */
	struct symbols keys; /* of a map with more than a handful of entries */
};

struct doc_builder {
	struct arena *arena;  /* of the tree */
	struct arena scratch; /* of the tables of keys */
	struct str file;
	struct diags *diags;
	struct node *root;
	struct str key; /* read already, waiting for its value */
	struct pos key_pos;
	bool have_key;
	bool duplicate; /* that key was there before */
	bool refused;   /* a fault was told */
	bool no_memory;
	size_t depth;                           /* open frames */
	struct doc_frame frames[DOC_DEPTH_MAX]; /* last; what is not open has no value */
};

void doc_build_start(
	struct doc_builder *builder, struct arena *arena, struct str file, struct diags *diags);
/* Frees what the building needed; the status of the whole, with the tree in *OUT when it is
 * STATUS_OK. */
enum status doc_build_end(struct doc_builder *builder, struct node **out);

/* A scalar; TEXT is kept as it is, not copied. */
void doc_build_scalar(
	struct doc_builder *builder, enum node_kind kind, struct str text, struct pos pos);
/* Opens a NODE_LIST or NODE_MAP. False, after a diagnostic, when that would be too deep:
 * reading must stop. */
bool doc_build_open(struct doc_builder *builder, enum node_kind kind, struct pos pos);
void doc_build_close(struct doc_builder *builder);
/* The key of the next value; a second one of the same name is told. TEXT is kept as it is. */
void doc_build_key(struct doc_builder *builder, struct str text, struct pos pos);

/* Tells a fault at the path that is being read. */
void doc_build_refuse(struct doc_builder *builder, struct pos pos, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Faults of the input as a whole: size, UTF-8. True if reading may go on. */
bool doc_build_check_input(struct doc_builder *builder, struct str input);

#endif
