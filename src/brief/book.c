/* The duty book of a country: everything one needs on paper when the network is gone, in the order
 * in which it is needed. */
#include "brief/internal.h"

const char *const brief_book_tables[] = { "numbers", "ladder", "own-state", "leads", "posts",
	"absent", "offices", "clauses", "holds", "people", "labour", "ways", "risk", "ask",
	"sources" };
const size_t brief_book_table_count = sizeof brief_book_tables / sizeof brief_book_tables[0];

/* The language of a document changes its words, not what it says: so that two prints can be
 * compared, the fingerprint is always that of the English one. */
enum status brief__make(struct brief *out, struct arena *arena, const struct brief_asked *asked,
	enum status (*write)(
		struct brief *out, struct arena *arena, const struct brief_asked *asked))
{
	struct brief_asked english = *asked;
	struct brief plain;
	enum status status = write(out, arena, asked);

	if (status != STATUS_OK)
		return status;
	if (asked->voice.lang == LANG_EN)
		return brief__fingerprint(out->fingerprint, arena, out);
	english.voice = (struct brief_voice){ .lang = LANG_EN };
	status = write(&plain, arena, &english);
	return status == STATUS_OK ? brief__fingerprint(out->fingerprint, arena, &plain) : status;
}

static void write_state(struct pen *pen)
{
	pen_section(pen, "state", BRIEF_WORD("This print, and whether it is still current"),
		BRIEF_WORD("The fingerprint stands for what this document says. Open its page, or "
			   "ask for it on the command line, on any later day or in any language: "
			   "the same fingerprint says that nothing in it has changed; another one "
			   "says: print anew."));
	pen_field(pen, BRIEF_WORD("The data is of record on"), cell_date(pen->world->as_of));
	pen_field(pen, BRIEF_WORD("Facts here count for, in months"),
		cell_number(pen->world->places[pen->place].fresh_months));
	pen_field(pen, BRIEF_WORD("Printed by"), cell_blank());
	pen_field(pen, BRIEF_WORD("Held against the page on, by"), cell_blank());
	pen_field(pen, BRIEF_WORD("Where this copy is kept"), cell_blank());
}

/* The ladder by which help is sought when the first who is asked does not answer. */
static void write_escalation(struct pen *pen)
{
	static const struct brief_head heads[] = { { BRIEF_WORD("Who"), false },
		{ BRIEF_WORD("Name"), false }, { BRIEF_WORD("By day"), false },
		{ BRIEF_WORD("By night"), false }, { BRIEF_WORD("Tried on"), false } };
	static const char *const rungs[] = { BRIEF_WORD("Duty officer"), BRIEF_WORD("Deputy"),
		BRIEF_WORD("Head of post"), BRIEF_WORD("Crisis centre in the capital"),
		BRIEF_WORD("Ministry of foreign affairs of this country, consular department"),
		BRIEF_WORD("Civil protection or disaster management of this country"),
		BRIEF_WORD("The post that leads for others here") };

	pen_section(pen, "escalation", BRIEF_WORD("If nobody answers"),
		BRIEF_WORD("Whose task a person is follows from the tables; what was tried is "
			   "written down with its hour."));
	pen_check(pen, BRIEF_WORD("Danger to life: the emergency number first, whoever the person "
				  "is and whatever papers they have."));
	pen_check(pen, BRIEF_WORD("Ask whether the person wants their State to know. If they fear "
				  "it, do not call its post: go to the organizations."));
	pen_check(pen, BRIEF_WORD("The own State's post, if it is here. Write down who answered."));
	pen_check(pen, BRIEF_WORD("Without one, or without an answer: the first named in the table "
				  "of leads, under its clause."));
	pen_check(pen, BRIEF_WORD("Then the next of the same pool, then the organizations."));
	pen_check(pen, BRIEF_WORD("Nobody: tell the head of post and the capital. A gap that is "
				  "told can be closed."));
	pen_table(pen, "ladder", BRIEF_WORD("Whom to call, step by step"), HEADS(heads));
	for (size_t i = 0; i < sizeof rungs / sizeof rungs[0]; i++) {
		pen_cell(pen, cell_word(pen, rungs[i]));
		for (int blank = 0; blank < 4; blank++)
			pen_cell(pen, cell_blank());
	}
	pen_table_end(pen, 2, NULL);
}

static void write_ways_out(struct pen *pen)
{
	pen_section(pen, "ways-out", BRIEF_WORD("Ways out"),
		BRIEF_WORD("That a way is on record says that it exists, not that it is open, nor "
			   "to whom. Fill in what you know and when it was checked."));
	fields_ways(pen);
	table_ways(pen);
}

static enum status write_book(
	struct brief *out, struct arena *arena, const struct brief_asked *asked)
{
	struct pen pen;
	enum status status = pen_open(&pen, out, arena, asked, asked->subject);

	if (status != STATUS_OK)
		return status;
	out->name = "duty-book";
	out->title = str_format(arena, STR_FMT ": " STR_FMT, STR_ARG(name_place(&pen, pen.place)),
		STR_ARG(pen_word(&pen, BRIEF_WORD("duty book"))));
	write_state(&pen);
	pen_section(&pen, "emergency", BRIEF_WORD("Emergency numbers"),
		BRIEF_WORD("A number without a day of testing has not been tried by anyone who "
			   "told us."));
	table_emergency(&pen);
	write_escalation(&pen);
	pen_section(&pen, "who-leads", BRIEF_WORD("Who leads for whom"),
		BRIEF_WORD("For people who are neither refugees nor asylum-seekers, during a "
			   "crisis. will: promised with means; shall: owed; may: allowed, not "
			   "promised; remote: from a post abroad. A code is explained in the lists "
			   "of posts and organizations; +N: so many others of the same pool; ?: "
			   "it rests on what is not sure today."));
	table_leads(&pen);
	pen_section(&pen, "posts-here", BRIEF_WORD("Posts"),
		BRIEF_WORD("A post on record is sure only for a time, shorter where risk is "
			   "greater. After that it is not known whether it is still there: try "
			   "before you send anybody."));
	pen_new_page(&pen);
	fields_posts(&pen);
	table_posts(&pen);
	table_absent(&pen);
	pen_section(&pen, "organizations", BRIEF_WORD("Organizations"), NULL);
	table_offices(&pen);
	pen_section(&pen, "agreements", BRIEF_WORD("Agreements that work here"),
		BRIEF_WORD("In force on the day of this print, and somebody is known to act here "
			   "under them. A right is not a promise: may says that somebody is "
			   "allowed to help. Only the text of an agreement counts."));
	pen_new_page(&pen);
	table_clauses(&pen, NONE32);
	table_holds(&pen, NONE32);
	pen_section(&pen, "people-here", BRIEF_WORD("People"),
		BRIEF_WORD("Most are counted by where they were born. Who is counted as a refugee "
			   "or asylum-seeker is not counted again among others; migrant workers "
			   "of surveys and registers stand beside, never added."));
	pen_new_page(&pen);
	table_people(&pen, NAT_NONE);
	table_labour(&pen, NAT_NONE);
	write_ways_out(&pen);
	pen_section(&pen, "risks", BRIEF_WORD("Risk"), NULL);
	table_risk(&pen);
	pen_section(&pen, "not-known", BRIEF_WORD("Ask before the crisis"), NULL);
	table_unknowns(&pen);
	section_sources(&pen);
	return pen.failed ? STATUS_NO_MEMORY : STATUS_OK;
}

enum status brief_duty_book(struct brief *out, struct arena *arena, const struct brief_asked *asked)
{
	return brief__make(out, arena, asked, write_book);
}
