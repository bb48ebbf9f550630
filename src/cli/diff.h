/* What the files of `diff` share: two versions as read, what differs in their text, what they
 * answer differently. */
#ifndef ENTENTE_CLI_DIFF_H
#define ENTENTE_CLI_DIFF_H

#include "cli/cli.h"

/* One of the two versions. */
struct side {
	struct str name;           /* as the user wrote it */
	bool is_workspace;         /* else documents put into the workspace at hand */
	struct str folder;         /* of a workspace */
	struct accords documents;  /* what is compared and the viewer sees, sorted by id */
	const struct world *world; /* NULL: none was asked for */
	uint32_t viewer;           /* of --as, in the numbers of its world */
	struct accords all;        /* the agreements of the whole version, as far as seen */
	struct cover_index *index; /* of these; NULL until sides_compile() */
};
struct sides {
	struct side old, new;
};
/* Reads both operands. Files, names of agreements and folders of documents are two states of some
 * agreements within the workspace of -w; folders with a workspace.yaml are two workspaces. With
 * TEXT_ONLY a workspace is read only where one is needed for it. What the viewer of --as does not
 * see on DATE is left out; named alone, it is refused. */
enum cli_exit sides_read(struct sides *out, struct cli *cli, bool text_only, int32_t date);
/* The indexes of the two versions. */
enum cli_exit sides_compile(struct sides *sides, struct cli *cli);

/* An agreement that differs; OLD or NEW is NULL where there is none. */
struct document_change {
	const struct agreement *old, *new;
	struct changes changes; /* empty unless both are there */
};
/* A file of facts that differs: lines that only one side has. */
struct file_line {
	bool added; /* else removed */
	struct str text;
};
struct file_change {
	struct str name;
	size_t added, removed;
	struct file_line *lines; /* all of them, in the order of bytes */
	size_t line_count, line_capacity;
};
struct text_diff {
	struct document_change *documents;
	size_t document_count, document_capacity;
	struct file_change *files; /* of two workspaces */
	size_t file_count, file_capacity;
};
enum status diff_text(struct text_diff *out, struct cli *cli, const struct sides *sides);
size_t diff_text_count(const struct text_diff *text);

/* diff_page.c */
struct asked_diff {
	int format;
	bool text_only;
	size_t limit;
	uint64_t services;
	int32_t date;
	struct people_count counts[2];
	struct diff_side old, new;
};
/* The question that shows a change, as one would type it. */
struct str diff_query(struct cli *cli, const struct asked_diff *asked,
	const struct people_cell *cell, uint32_t place, uint8_t service);
void diff_print(struct cli *cli, const struct asked_diff *asked, const struct sides *sides,
	const struct text_diff *text, const struct cover_diff *behaviour);
/* diff_json.c */
enum status diff_print_json(struct cli *cli, const struct asked_diff *asked,
	const struct sides *sides, const struct text_diff *text,
	const struct cover_diff *behaviour);
void diff_print_csv(
	struct cli *cli, const struct asked_diff *asked, const struct cover_diff *behaviour);

#endif
