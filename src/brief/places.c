/* What is on record of the country: numbers to call, posts and States known to be absent, offices,
 * risk, and what is to be found out first. */
#include "brief/internal.h"

static bool emergency(const struct channel *channel)
{
	return str_is(channel->kind, "police") || str_is(channel->kind, "ambulance") ||
	       str_is(channel->kind, "fire");
}

static bool here(const struct pen *pen, uint32_t place)
{
	return place != NONE32 && pen->world->places[place].country == pen->place;
}

void table_emergency(struct pen *pen)
{
	static const struct brief_head heads[] = { { BRIEF_WORD("Kind"), false },
		{ BRIEF_WORD("Number or address"), false }, { BRIEF_WORD("Where"), false },
		{ BRIEF_WORD("Tested"), false }, { BRIEF_WORD("Source"), false } };

	pen_table(pen, "numbers", BRIEF_WORD("Emergency numbers"), HEADS(heads));
	for (size_t i = 0; i < pen->world->channels_count; i++) {
		const struct channel *row = &pen->world->channels[i];
		if (!here(pen, row->place) || !emergency(row) || !pen_may_see(pen, row))
			continue;
		pen_cell(pen, cell_text(name_channel(pen, row->kind)));
		pen_cell(pen, cell_text(row->address));
		pen_cell(pen, cell_place(pen, row->place));
		pen_cell(pen, cell_date(row->tested));
		pen_cell(pen, cell_source(pen, row->source));
	}
	pen_table_end(pen, 2, NULL);
}

static bool accredited(const struct post_row *post, uint32_t country)
{
	for (size_t i = 0; i < post->accredited_count; i++)
		if (post->accredited_to[i] == country)
			return true;
	return false;
}

/* How PARTY is reached at PLACE: telephones before addresses, each with its day of testing if it
 * has one. */
static struct brief_cell reach_cell(const struct pen *pen, uint32_t party, uint32_t place)
{
	struct buf text;

	buf_init(&text, pen->arena, 8000);
	for (int phone = 1; phone >= 0; phone--)
		for (size_t i = 0; i < pen->world->channels_count; i++) {
			const struct channel *row = &pen->world->channels[i];
			char day[11];
			if (row->party != party || row->place != place || emergency(row) ||
				!pen_may_see(pen, row) || str_is(row->kind, "web") == (phone == 1))
				continue;
			buf_add_c(&text, text.len ? "; " : "");
			buf_add(&text, row->address);
			if (row->tested == DATE_NONE)
				continue;
			date_format(day, row->tested);
			buf_add_format(&text, " (%s)", day);
		}
	return cell_text(text.len ? buf_str(&text) : STR_NONE);
}

/* In the order in which somebody tries them. */
enum standing { OPEN, NOT_KNOWN, SHUT, STANDINGS };

static enum standing standing_of(const struct pen *pen, const struct post_row *post)
{
	uint32_t country = pen->world->places[post->place].country;

	if (post->state == FACT_CLOSED || post->state == FACT_SUSPENDED)
		return SHUT;
	return world_fresh(pen->asked->date, post->from, post->until, post->as_of,
		       pen->world->places[country].fresh_months) == TRUTH_T
		       ? OPEN
		       : NOT_KNOWN;
}

const char *post_state(const struct pen *pen, const struct post_row *post)
{
	switch (standing_of(pen, post)) {
	case OPEN:
		return BRIEF_WORD("open");
	case NOT_KNOWN:
		return BRIEF_WORD("it was; today not known");
	default:
		return post->state == FACT_CLOSED ? BRIEF_WORD("closed") : BRIEF_WORD("suspended");
	}
}

static bool listed(const struct pen *pen, const struct post_row *post, bool inside)
{
	return here(pen, post->place) == inside && (inside || accredited(post, pen->place)) &&
	       date_within(pen->asked->date, post->from, post->until);
}

void fields_posts(struct pen *pen)
{
	static const char *const labels[STANDINGS] = { BRIEF_WORD("In the country, open"),
		BRIEF_WORD("In the country, not known today"),
		BRIEF_WORD("In the country, closed or suspended") };
	int64_t counts[STANDINGS] = { 0 }, abroad = 0;

	for (size_t i = 0; i < pen->world->posts_count; i++) {
		const struct post_row *post = &pen->world->posts[i];
		if (listed(pen, post, true))
			counts[standing_of(pen, post)]++;
		else
			abroad += listed(pen, post, false);
	}
	for (unsigned i = 0; i < STANDINGS; i++)
		pen_field(pen, labels[i], cell_number(counts[i]));
	pen_field(pen, BRIEF_WORD("Abroad and accredited here"), cell_number(abroad));
}

void table_posts(struct pen *pen)
{
	static const struct brief_head heads[] = { { BRIEF_WORD("Sending State"), false },
		{ BRIEF_WORD("Post"), false }, { BRIEF_WORD("How to reach it"), false },
		{ BRIEF_WORD("Is it open"), false }, { BRIEF_WORD("As of"), false },
		{ BRIEF_WORD("Source"), false } };

	pen_table(pen, "posts",
		BRIEF_WORD("Posts in the country, then posts abroad accredited to it; open ones "
			   "first"),
		HEADS(heads));
	for (unsigned turn = 0; turn < 2 * STANDINGS; turn++)
		for (size_t i = 0; i < pen->world->posts_count; i++) {
			const struct post_row *post = &pen->world->posts[i];
			if (!listed(pen, post, turn < STANDINGS) ||
				standing_of(pen, post) != turn % STANDINGS)
				continue;
			pen_cell(pen, cell_party(pen, post->sending));
			pen_cell(pen, cell_post(pen, post));
			pen_cell(pen, reach_cell(pen, post->sending, post->place));
			pen_cell(pen, cell_word(pen, post_state(pen, post)));
			pen_cell(pen, cell_date(post->as_of));
			pen_cell(pen, cell_source(pen, post->source));
		}
	pen_table_end(pen, 2, NULL);
}

void table_absent(struct pen *pen)
{
	static const struct brief_head heads[] = { { BRIEF_WORD("State"), false },
		{ BRIEF_WORD("What it does not have here"), false }, { BRIEF_WORD("Since"), false },
		{ BRIEF_WORD("As of"), false }, { BRIEF_WORD("Source"), false } };
	static const char *const levels[] = { BRIEF_WORD("a resident post"),
		BRIEF_WORD("an honorary consul"), BRIEF_WORD("a post elsewhere accredited here") };

	pen_table(pen, "absent", BRIEF_WORD("States known to be absent"), HEADS(heads));
	for (size_t i = 0; i < pen->world->absents_count; i++) {
		const struct absent_row *row = &pen->world->absents[i];
		struct buf text;
		if (row->receiving != pen->place ||
			!date_within(pen->asked->date, row->from, row->until))
			continue;
		buf_init(&text, pen->arena, 4000);
		for (int bit = 0; bit < 3; bit++)
			if (row->levels >> bit & 1u) {
				buf_add_c(&text, text.len ? "; " : "");
				buf_add(&text, pen_word(pen, levels[bit]));
			}
		pen_cell(pen, cell_party(pen, row->sending));
		pen_cell(pen, cell_text(buf_str(&text)));
		pen_cell(pen, cell_date(row->from));
		pen_cell(pen, cell_date(row->as_of));
		pen_cell(pen, cell_source(pen, row->source));
	}
	pen_table_end(pen, 0, NULL);
}

void table_offices(struct pen *pen)
{
	static const struct brief_head heads[] = { { BRIEF_WORD("Organization"), false },
		{ BRIEF_WORD("Where"), false }, { BRIEF_WORD("How to reach it"), false },
		{ BRIEF_WORD("Today"), false }, { BRIEF_WORD("As of"), false },
		{ BRIEF_WORD("Source"), false } };

	pen_table(
		pen, "offices", BRIEF_WORD("Organizations and the national society"), HEADS(heads));
	for (size_t i = 0; i < pen->world->offices_count; i++) {
		const struct office_row *row = &pen->world->offices[i];
		bool fresh = world_fresh(pen->asked->date, row->from, row->until, row->as_of,
				     pen->world->places[pen->place].fresh_months) == TRUTH_T;
		if (row->country != pen->place ||
			!date_within(pen->asked->date, row->from, row->until))
			continue;
		pen_cell(pen, cell_party(pen, row->party));
		pen_cell(pen, cell_place(pen, row->place));
		pen_cell(pen, reach_cell(pen, row->party, row->place));
		pen_cell(pen, cell_word(pen, fresh ? BRIEF_WORD("on record")
						   : BRIEF_WORD("it was; today not known")));
		pen_cell(pen, cell_date(row->as_of));
		pen_cell(pen, cell_source(pen, row->source));
	}
	pen_table_end(pen, 3, NULL);
}

static struct str coded(
	const struct pen *pen, struct str code, const struct brief_head (*words)[2], size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (str_is(code, words[i][0].name))
			return pen_word(pen, words[i][1].name);
	return code;
}

struct str name_hazard(const struct pen *pen, struct str hazard)
{
	static const struct brief_head hazards[][2] = {
		{ { "inform", 0 }, { BRIEF_WORD("INFORM risk, all together"), 0 } },
		{ { "exposure", 0 }, { BRIEF_WORD("hazard and exposure"), 0 } },
		{ { "natural", 0 }, { BRIEF_WORD("natural hazards"), 0 } },
		{ { "human", 0 }, { BRIEF_WORD("human hazards"), 0 } },
		{ { "earthquake", 0 }, { BRIEF_WORD("earthquake"), 0 } },
		{ { "flood", 0 }, { BRIEF_WORD("river flood"), 0 } },
		{ { "tsunami", 0 }, { BRIEF_WORD("tsunami"), 0 } },
		{ { "cyclone", 0 }, { BRIEF_WORD("cyclone"), 0 } },
		{ { "coastal-flood", 0 }, { BRIEF_WORD("coastal flood"), 0 } },
		{ { "drought", 0 }, { BRIEF_WORD("drought"), 0 } },
		{ { "epidemic", 0 }, { BRIEF_WORD("epidemic"), 0 } },
		{ { "conflict", 0 }, { BRIEF_WORD("conflict"), 0 } },
		{ { "conflict-projected", 0 }, { BRIEF_WORD("conflict, as projected"), 0 } },
		{ { "vulnerability", 0 }, { BRIEF_WORD("vulnerability"), 0 } },
		{ { "coping", 0 }, { BRIEF_WORD("lack of coping capacity"), 0 } },
	};

	return coded(pen, hazard, hazards, sizeof hazards / sizeof hazards[0]);
}

void table_risk(struct pen *pen)
{
	static const struct brief_head heads[] = { { BRIEF_WORD("Hazard"), false },
		{ BRIEF_WORD("From 0 to 10"), true }, { BRIEF_WORD("Class"), false },
		{ BRIEF_WORD("Year"), true }, { BRIEF_WORD("Source"), false } };
	static const struct brief_head classes[][2] = {
		{ { "very-low", 0 }, { BRIEF_WORD("very low"), 0 } },
		{ { "low", 0 }, { BRIEF_WORD("low"), 0 } },
		{ { "medium", 0 }, { BRIEF_WORD("medium"), 0 } },
		{ { "high", 0 }, { BRIEF_WORD("high"), 0 } },
		{ { "very-high", 0 }, { BRIEF_WORD("very high"), 0 } },
	};

	pen_table(pen, "risk", BRIEF_WORD("Risk of this country"), HEADS(heads));
	for (size_t i = 0; i < pen->world->risks_count; i++) {
		const struct risk_row *row = &pen->world->risks[i];
		if (row->place != pen->place)
			continue;
		pen_cell(pen, cell_text(name_hazard(pen, row->hazard)));
		pen_cell(pen, cell_text(row->value));
		pen_cell(pen, row->risk_class.len ? cell_text(coded(pen, row->risk_class, classes,
							    sizeof classes / sizeof classes[0]))
						  : cell_text(STR("–")));
		pen_cell(pen, cell_year(pen, row->year));
		pen_cell(pen, cell_source(pen, row->source));
	}
	pen_table_end(pen, 0, NULL);
}

#define UNKNOWNS_SHOWN 15

/* What is not known, by the people whose answer it decides: to be asked before the crisis, with
 * room for the answer. */
void table_unknowns(struct pen *pen)
{
	static const struct brief_head heads[] = { { BRIEF_WORD("Ask"), false },
		{ BRIEF_WORD("About"), false }, { BRIEF_WORD("Decides for people"), true },
		{ BRIEF_WORD("Answer"), false }, { BRIEF_WORD("Asked on"), false } };
	const struct brief_asked *asked = pen->asked;
	struct unknown_filter filter = {
		.place = pen->place, .date = asked->date, .viewer = asked->viewer
	};
	struct unknowns unknowns = { 0 };

	pen->failed = pen->failed || cover_unknowns(&unknowns, pen->arena, asked->index,
					     &pen->count, &filter) != STATUS_OK;
	pen_table(pen, "ask", BRIEF_WORD("What is not known, most people first"), HEADS(heads));
	for (size_t i = 0; i < unknowns.items_count && i < UNKNOWNS_SHOWN; i++) {
		const struct unknown_fact *row = &unknowns.items[i];
		bool presence = row->kind == UNKNOWN_PRESENCE;
		pen_cell(
			pen, cell_word(pen, presence && row->on_record
						    ? BRIEF_WORD("Is it still present here?")
					    : presence ? BRIEF_WORD("Is it present here?")
						       : BRIEF_WORD("Where do its people here live "
								    "lawfully, and since when?")));
		pen_cell(pen, presence ? cell_party(pen, row->party) : cell_nat(pen, row->nat));
		pen_cell(pen, cell_number(row->people));
		pen_cell(pen, cell_blank());
		pen_cell(pen, cell_blank());
	}
	pen_table_end(pen, 3, BRIEF_WORD("No single fact would change an answer."));
}
