/* The compiler of templates: HTML files with typed holes become C functions, and the words in them
 * tables of translations. What cannot be made safe, spoken in every language and read by everyone
 * is refused when the program is built, with file, line, column and the reason. The language is
 * told in src/web/README.
 *
 * main.c reads files and writes results, compile.c knows the order, parse.c follows the HTML,
 * directive.c what stands in braces, element.c knows elements and attributes, words.c keys and
 * their translations. */
#ifndef ENTENTE_TOOLS_TMPLC_TMPLC_H
#define ENTENTE_TOOLS_TMPLC_TMPLC_H

#include "base/base.h"

enum { ELEMENTS_DEEP = 48, BLOCKS_DEEP = 24, IDS_MAX = 256, LANGUAGES_MAX = 32, PLURALS_MAX = 6 };

/* The whole */

enum { TMPLC_FILE_MAX = 1 << 20 };
/* A file by its name: NAME.html a template, NAME.c, NAME.txt, LANG.po, LANG.part.po (main.c). */
struct tmplc_input {
	struct str name, text;
};
struct tmplc_output {
	struct buf header, source, words, pot;
};
/* All INPUTS, of at most TMPLC_FILE_MAX bytes each, become C. False: their faults are told, all of
 * them; only POT is written then. */
bool tmplc_run(struct tmplc_output *out, struct arena *arena, struct diags *diags,
	const struct tmplc_input *inputs, size_t count);

/* Words */

struct word {
	struct str one, many; /* many is empty unless it is counted */
	struct str file;      /* where it was first said */
	struct pos pos;
	struct str forms[LANGUAGES_MAX][PLURALS_MAX]; /* empty: not translated */
};
struct language_file {
	struct str code, file;
	bool whole; /* every word must be there */
	unsigned plurals;
};
struct words {
	struct arena *arena;
	struct diags *diags;
	struct symbols index;
	struct word *items;
	uint32_t count, capacity;
	struct language_file languages[LANGUAGES_MAX];
	size_t language_count;
};

void words_init(struct words *words, struct arena *arena, struct diags *diags);
/* The number of a key, added if new. TEXT is checked: placeholders, tags, hostile characters. */
uint32_t words_key(
	struct words *words, struct str one, struct str many, struct str file, struct pos pos);
/* Every WORD("…") of a C source, and every line of a list of terms. */
void words_scan_c(struct words *words, struct str file, struct str text);
void words_scan_terms(struct words *words, struct str file, struct str text);
/* The translations of a PO file, once all keys are known. */
void words_read_po(struct words *words, const struct language_file *language, struct str text);
/* Words that a language must have and lacks are told. */
void words_check(struct words *words);
void words_write_c(struct buf *out, const struct words *words);
void words_write_pot(struct buf *out, const struct words *words);
/* The tag of a translation at TEXT ("<strong>", "</em>", "<br>"): its length, 0 if it is none of
 * those that translators may use. */
size_t words_tag(struct str text);

/* Elements and attributes */

enum {
	E_VOID = 1,    /* no content, no end tag */
	E_BLOCK = 2,   /* not inside a paragraph */
	E_RCDATA = 4,  /* holds text only */
	E_CONTROL = 8, /* needs a label */
	E_TABLE = 16,  /* holds rows or cells only: no words of its own */
};
struct element {
	const char *name;
	unsigned flags;
};
enum attribute_kind { A_PLAIN, A_URL, A_WORDS, A_BOOL };
struct attribute {
	const char *name;
	enum attribute_kind kind;
};
const struct element *element_find(struct str name);
/* False when it is refused; *WHY says why, if there is a better reason than "unknown". */
bool attribute_find(struct attribute *out, struct str name, const char **why);
struct str element_nearest(struct diags *diags, struct str name);

/* A template */

enum where {
	IN_TEXT,
	IN_TAG_NAME,
	IN_END_NAME,
	IN_TAG,    /* between attributes */
	IN_ATTR,   /* the name of one */
	IN_EQUALS, /* after its = */
	IN_VALUE
};
struct open_element {
	const struct element *element;
	struct pos pos;
	bool has_caption, has_legend;
};
/* All that must be the same at the end of every branch. */
struct place {
	enum where where;
	const struct element *tag; /* being opened */
	struct attribute attr;
	unsigned literal, holes; /* of the value */
	size_t depth;
	struct open_element stack[ELEMENTS_DEEP];
};
enum block_kind { BLOCK_IF, BLOCK_FOR, BLOCK_WRAP, BLOCK_FORM };
struct block {
	enum block_kind kind;
	struct pos pos;
	struct place start, end;
	bool has_else, has_end;
	unsigned h1_start, h1_most;
	struct str wrap, args;
};
struct seen_id {
	struct str text;
	struct pos pos;
};
struct template
{
	struct str name, file, text;
	struct str params, names; /* "struct x *v", and the names alone */
	struct str uses[8];
	size_t use_count;
	bool has_params, has_content, page;
	struct buf body, after; /* C; after: what follows {content} */
};
struct parser {
	struct template *template;
	struct arena *arena;
	struct diags *diags;
	struct words *words;
	const struct template *all; /* the names that may be included */
	size_t all_count;
	size_t at; /* offset */
	struct pos pos;
	struct buf *code;
	struct buf still; /* literal bytes that wait to be written */
	struct place place;
	struct block blocks[BLOCKS_DEEP];
	size_t block_count;
	size_t value_start; /* offset of the attribute's value */
	/* of the tag being read */
	struct pos tag_pos;
	struct str tag_attrs[24];
	size_t tag_attr_count;
	struct str id, type;
	bool closing;
	bool broken; /* the HTML cannot be followed further */
	unsigned h1;
	struct seen_id ids[IDS_MAX], labels[IDS_MAX], controls[IDS_MAX];
	size_t id_count, label_count, control_count;
};

void refuse(struct parser *parser, struct pos pos, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* The template becomes C in template->body. */
void template_compile(struct parser *parser);
/* The directive at the '{' where the parser stands; the parser stands after it. */
void directive_compile(struct parser *parser);
/* The literal bytes so far go to the code. */
void flush_still(struct parser *parser);
/* One byte of the file is passed. */
void step(struct parser *parser);
/* An attribute without a value ends here. */
void attribute_end_bare(struct parser *parser);

#endif
