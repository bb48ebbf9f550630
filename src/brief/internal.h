/* What the files of brief/ share: the pen that writes a document, and the tables that both
 * documents have. */
#ifndef ENTENTE_BRIEF_INTERNAL_H
#define ENTENTE_BRIEF_INTERNAL_H

#include "brief/brief.h"

/* Writes section by section, table by table, cell by cell; writers need not check each call. */
struct pen {
	struct arena *arena;
	const struct brief_asked *asked;
	const struct world *world;
	struct people_count count;
	uint32_t place;              /* the country */
	uint32_t host;               /* its State as a party, or NONE32 */
	uint32_t sender;             /* of a plan: the post's State as a party, else NONE32 */
	const struct post_row *post; /* of a plan, else NULL */
	struct brief *brief;
	size_t section_capacity, source_capacity, field_capacity, check_capacity, table_capacity,
		cell_capacity, cell_count;
	bool failed;
};
struct brief_head {
	const char *name; /* BRIEF_WORD("…") */
	bool numeric;
};
#define HEADS(heads) (heads), sizeof(heads) / sizeof((heads)[0])

/* pen.c */
enum status pen_open(struct pen *pen, struct brief *out, struct arena *arena,
	const struct brief_asked *asked, uint32_t place);
struct str pen_word(const struct pen *pen, const char *english);
void pen_section(struct pen *pen, const char *id, const char *heading, const char *note);
void pen_new_page(struct pen *pen); /* the section begins one on paper */
void pen_field(struct pen *pen, const char *label, struct brief_cell value);
void pen_check(struct pen *pen, const char *english);
void pen_table(struct pen *pen, const char *id, const char *caption, const struct brief_head *heads,
	size_t count);
void pen_cell(struct pen *pen, struct brief_cell cell);
/* Ends the table: BLANKS empty rows follow; EMPTY is said where there are no rows at all. */
void pen_table_end(struct pen *pen, size_t blanks, const char *empty);
/* Rows of the table so far. */
size_t pen_rows(const struct pen *pen);

/* cells.c */
struct brief_cell cell_blank(void);
struct brief_cell cell_text(struct str text); /* empty: not known */
struct brief_cell cell_word(const struct pen *pen, const char *english);
struct brief_cell cell_number(int64_t number); /* below zero: not known */
struct brief_cell cell_year(const struct pen *pen, int year);
struct brief_cell cell_date(int32_t date);
struct brief_cell cell_place(const struct pen *pen, uint32_t place);
struct brief_cell cell_party(const struct pen *pen, uint32_t party);
struct brief_cell cell_nat(const struct pen *pen, uint16_t nat);
struct brief_cell cell_post(const struct pen *pen, const struct post_row *post);
struct brief_cell cell_agreement(const struct pen *pen, const struct agreement *agreement);
struct brief_cell cell_source(struct pen *pen, uint32_t source);
struct str name_place(const struct pen *pen, uint32_t place);
struct str name_party(const struct pen *pen, uint32_t party);
struct str name_nat(const struct pen *pen, uint16_t nat);
struct str name_service(const struct pen *pen, uint8_t service);
struct str name_services(const struct pen *pen, uint64_t services);
struct str name_channel(const struct pen *pen, struct str kind);
struct str name_post_kind(const struct pen *pen, enum post_kind kind);
bool pen_may_see(const struct pen *pen, const struct channel *channel);

/* people.c */
/* Nationalities of the people from abroad, most people first, each once: with all its people in the
 * stock, and with the workers whom a survey or register counts though the stock may not. */
struct people_of {
	uint16_t nat;
	int64_t people, labour;
};
enum status people_list(struct people_of **out, size_t *count, struct pen *pen);
void table_people(struct pen *pen, uint16_t only); /* NAT_NONE: all */
void table_labour(struct pen *pen, uint16_t only);

/* leads.c: who helps whom */
struct lead {
	struct cell_band cell;
	struct answers answers;
	const struct answer *first; /* of the cell's band, not held; NULL: nobody */
};
enum status lead_ask(struct lead *out, struct pen *pen, uint16_t nat, uint8_t service);
/* "Germany (+11)", with "not sure". */
struct brief_cell lead_cell(const struct pen *pen, const struct lead *lead);
void table_leads(struct pen *pen);

/* places.c: what is on record of the country */
void table_emergency(struct pen *pen);
/* ways.c */
void fields_ways(struct pen *pen); /* how many there are of each kind */
void table_ways(struct pen *pen);
void fields_posts(struct pen *pen); /* how many, by whether they are open */
void table_posts(struct pen *pen);
void table_absent(struct pen *pen);
void table_offices(struct pen *pen);
void table_risk(struct pen *pen);
void table_unknowns(struct pen *pen);
/* Whether POST counts as open on the day, in English. */
const char *post_state(const struct pen *pen, const struct post_row *post);
struct str name_hazard(const struct pen *pen, struct str hazard);
/* reach.c: how PARTY is reached in the country; and whom the post calls, in order. */
void table_reach(struct pen *pen, const char *id, const char *caption, uint32_t party);
void table_tree(struct pen *pen);

/* clauses.c: the agreements that do something here; ONLY a provider, or NONE32 for all */
void table_clauses(struct pen *pen, uint32_t only);
void table_holds(struct pen *pen, uint32_t only);
/* The table of sources, last. */
void section_sources(struct pen *pen);

/* print.c: of what BRIEF says, without its day. */
enum status brief__fingerprint(char out[static 65], struct arena *arena, const struct brief *brief);
/* book.c: OUT by WRITE in the reader's language; its fingerprint is that of the same in English. */
enum status brief__make(struct brief *out, struct arena *arena, const struct brief_asked *asked,
	enum status (*write)(
		struct brief *out, struct arena *arena, const struct brief_asked *asked));

#endif
