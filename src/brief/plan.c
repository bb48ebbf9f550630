/* The consular contingency plan of a post, in the sections of IOM's template: contact, objectives,
 * risk, the community, scenarios, roles, evacuation, phases, logistics, annexes. What the workspace
 * knows is filled in; all else is a blank for the post. */
#include "brief/internal.h"

const char *const brief_plan_tables[] = { "reach", "team", "risk", "people", "labour", "where",
	"others", "scenarios", "roles", "helpers", "offices", "moves", "means", "assembly", "ways",
	"phases", "stock", "clauses", "holds", "settle", "numbers", "tree", "ask", "sources" };
const size_t brief_plan_table_count = sizeof brief_plan_tables / sizeof brief_plan_tables[0];

/* The nationality that the post is there for; one that nobody has where its State has none. */
static uint16_t own_nat(const struct pen *pen)
{
	uint16_t nat = pen->world->parties[pen->sender].nat;

	return nat == NAT_NONE ? NAT_NONE - 1 : nat;
}

static void blanks(struct pen *pen, int count)
{
	while (count-- > 0)
		pen_cell(pen, cell_blank());
}

/* A table of words, one a row, and blanks beside each. */
static void word_rows(struct pen *pen, const char *const *words, size_t count, int blank_cells)
{
	for (size_t i = 0; i < count; i++) {
		pen_cell(pen, cell_word(pen, words[i]));
		blanks(pen, blank_cells);
	}
}

static struct str accredited(const struct pen *pen)
{
	struct buf text;

	buf_init(&text, pen->arena, 8000);
	for (size_t i = 0; i < pen->post->accredited_count; i++) {
		buf_add_c(&text, i ? "; " : "");
		buf_add(&text, name_place(pen, pen->post->accredited_to[i]));
	}
	return text.len ? buf_str(&text) : STR_NONE;
}

static void write_contact(struct pen *pen)
{
	static const struct brief_head team[] = { { BRIEF_WORD("Who"), false },
		{ BRIEF_WORD("Name"), false }, { BRIEF_WORD("By day"), false },
		{ BRIEF_WORD("By night"), false }, { BRIEF_WORD("Tried on"), false } };
	static const char *const people[] = { BRIEF_WORD("Head of post"),
		BRIEF_WORD("Consular officer"), BRIEF_WORD("Duty officer"), BRIEF_WORD("Deputy"),
		BRIEF_WORD("Crisis centre in the capital") };
	const struct post_row *post = pen->post;

	pen_section(pen, "contact", BRIEF_WORD("Contact information of the post"), NULL);
	pen_field(pen, BRIEF_WORD("Sending State"), cell_party(pen, post->sending));
	pen_field(pen, BRIEF_WORD("Post"), cell_post(pen, post));
	pen_field(pen, BRIEF_WORD("For this country"), cell_place(pen, pen->place));
	pen_field(pen, BRIEF_WORD("Is it open"), cell_word(pen, post_state(pen, post)));
	pen_field(pen, BRIEF_WORD("As of"), cell_date(post->as_of));
	pen_field(pen, BRIEF_WORD("Source"), cell_source(pen, post->source));
	pen_field(pen, BRIEF_WORD("Accredited to, besides"), cell_text(accredited(pen)));
	pen_field(pen, BRIEF_WORD("Services"),
		post->services ? cell_text(name_services(pen, post->services))
			       : cell_word(pen, BRIEF_WORD("no limit on record")));
	table_reach(pen, "reach", BRIEF_WORD("Numbers and addresses"), pen->sender);
	pen_table(pen, "team", BRIEF_WORD("Who is called at the post"), HEADS(team));
	word_rows(pen, people, sizeof people / sizeof people[0], 4);
	pen_table_end(pen, 2, NULL);
}

static void write_objectives(struct pen *pen)
{
	pen_section(pen, "objectives", BRIEF_WORD("Introduction and objectives"),
		BRIEF_WORD("This plan says how the post protects its nationals, and those of "
			   "other States for whom it answers, before, during and after a crisis. "
			   "What is on record is filled in with its source; dotted lines are to "
			   "be filled by the post. Nothing in it is invented."));
	pen_field(pen, BRIEF_WORD("The data is of record on"), cell_date(pen->world->as_of));
	pen_field(pen, BRIEF_WORD("Prepared by"), cell_blank());
	pen_field(pen, BRIEF_WORD("Approved by, on"), cell_blank());
	pen_field(pen, BRIEF_WORD("Shared with"), cell_blank());
	pen_field(pen, BRIEF_WORD("Last exercise, and what it changed"), cell_blank());
	pen_field(pen, BRIEF_WORD("Next review"), cell_blank());
}

/* ---- the community ---- */

static const char *const plan_services[] = { "information.hotline", "consular.registration",
	"consular.travel-document", "consular.welfare", "consular.detention-visit",
	"consular.death", "relief.shelter", "relief.food", "health.emergency", "movement.assembly",
	"movement.transport", "movement.evacuation" };
#define PLAN_SERVICES (sizeof plan_services / sizeof plan_services[0])

/* What the post's State answers for people of another nationality. */
static void others_row(struct pen *pen, const struct people_of *row)
{
	const struct agreement *agreement = NULL;
	uint64_t leads = 0, behind = 0;
	bool sure = false;

	for (size_t s = 0; s < PLAN_SERVICES; s++) {
		uint8_t service = world_service_find(str_of(plan_services[s]));
		struct lead lead = { 0 };
		pen->failed = pen->failed || lead_ask(&lead, pen, row->nat, service) != STATUS_OK;
		for (size_t i = 0; i < lead.answers.items_count; i++) {
			const struct answer *answer = &lead.answers.items[i];
			if (answer->provider != pen->sender || answer->held)
				continue;
			*(answer == lead.first ? &leads : &behind) |= UINT64_C(1) << service;
			agreement = agreement ? agreement : answer->agreement;
			sure = sure || answer->certainty == TRUTH_T;
		}
	}
	if (!leads && !behind)
		return;
	pen_cell(pen, cell_nat(pen, row->nat));
	pen_cell(pen, cell_number(row->people ? row->people : -1));
	pen_cell(pen, leads ? cell_text(name_services(pen, leads)) : cell_text(STR("–")));
	pen_cell(pen, behind & ~leads ? cell_text(name_services(pen, behind & ~leads))
				      : cell_text(STR("–")));
	pen_cell(pen, cell_agreement(pen, agreement));
	pen_cell(pen, cell_word(pen, sure ? BRIEF_WORD("yes") : BRIEF_WORD("no")));
}

static void table_others(struct pen *pen)
{
	static const struct brief_head heads[] = { { BRIEF_WORD("Nationality"), false },
		{ BRIEF_WORD("People"), true }, { BRIEF_WORD("Leads for"), false },
		{ BRIEF_WORD("Answers behind others for"), false },
		{ BRIEF_WORD("Agreement"), false }, { BRIEF_WORD("Sure today"), false } };
	struct people_of *list;
	size_t count;

	pen_table(pen, "others",
		BRIEF_WORD("Nationals of other States for whom this State answers here"),
		HEADS(heads));
	if (people_list(&list, &count, pen) != STATUS_OK) {
		pen->failed = true;
		return;
	}
	for (size_t i = 0; i < count; i++)
		if (list[i].nat != own_nat(pen))
			others_row(pen, &list[i]);
	pen_table_end(
		pen, 0, BRIEF_WORD("No agreement on record makes it answer for others here."));
}

static void write_community(struct pen *pen)
{
	static const struct brief_head where[] = { { BRIEF_WORD("Where they live or work"), false },
		{ BRIEF_WORD("People"), true }, { BRIEF_WORD("Employer, school or camp"), false },
		{ BRIEF_WORD("Who reaches them"), false },
		{ BRIEF_WORD("Children, sick, detained, at risk"), false } };

	pen_section(pen, "community", BRIEF_WORD("Profile of the community of nationals"),
		BRIEF_WORD("Most are counted by where they were born. Who is counted as a refugee "
			   "or asylum-seeker is not counted again among others; migrant workers "
			   "of surveys and registers stand beside, never added."));
	pen_field(pen, BRIEF_WORD("Registered with the post"), cell_blank());
	table_people(pen, own_nat(pen));
	table_labour(pen, own_nat(pen));
	pen_table(pen, "where", BRIEF_WORD("Where nationals are"), HEADS(where));
	pen_table_end(pen, 6, BRIEF_WORD("To be filled by the post."));
	table_others(pen);
}

/* ---- scenarios and roles ---- */

#define SCENARIO_TENTHS 50 /* hazards from 5.0 on are planned for */

static int tenths(struct str value)
{
	double number;

	return str_to_double(value, &number) ? (int)(number * 10 + 0.5) : -1;
}

static void write_scenarios(struct pen *pen)
{
	static const struct brief_head heads[] = { { BRIEF_WORD("Hazard"), false },
		{ BRIEF_WORD("From 0 to 10"), true }, { BRIEF_WORD("Year"), true },
		{ BRIEF_WORD("What it would do to nationals"), false },
		{ BRIEF_WORD("Sign by which it is known"), false },
		{ BRIEF_WORD("Who decides"), false } };
	static const char *const summaries[] = { "inform", "exposure", "natural", "human",
		"vulnerability", "coping" };

	pen_section(pen, "scenarios", BRIEF_WORD("Crisis scenarios"),
		BRIEF_WORD("Hazards that INFORM puts at 5 or more of 10; the post adds others."));
	pen_table(pen, "scenarios", BRIEF_WORD("What is planned for"), HEADS(heads));
	for (size_t i = 0; i < pen->world->risks_count; i++) {
		const struct risk_row *row = &pen->world->risks[i];
		bool summary = false;
		for (size_t s = 0; s < sizeof summaries / sizeof summaries[0]; s++)
			summary = summary || str_is(row->hazard, summaries[s]);
		if (row->place != pen->place || summary || tenths(row->value) < SCENARIO_TENTHS)
			continue;
		pen_cell(pen, cell_text(name_hazard(pen, row->hazard)));
		pen_cell(pen, cell_text(row->value));
		pen_cell(pen, cell_year(pen, row->year));
		blanks(pen, 3);
	}
	pen_table_end(pen, 2, NULL);
}

/* Who else helps the post's own nationals: for each service the first who does not act for their
 * State, and how many more. */
static void table_helpers(struct pen *pen, const char *id, bool gaps)
{
	static const struct brief_head heads[] = { { BRIEF_WORD("Service"), false },
		{ BRIEF_WORD("The own State"), false }, { BRIEF_WORD("Others"), false },
		{ BRIEF_WORD("Agreement"), false } };
	static const struct brief_head settle[] = { { BRIEF_WORD("Service"), false },
		{ BRIEF_WORD("If this post cannot act"), false },
		{ BRIEF_WORD("With whom it is settled"), false },
		{ BRIEF_WORD("Done on"), false } };

	if (gaps)
		pen_table(pen, id, BRIEF_WORD("To be settled before a crisis"), HEADS(settle));
	else
		pen_table(pen, id, BRIEF_WORD("Who else helps these nationals"), HEADS(heads));
	for (size_t s = 0; s < PLAN_SERVICES; s++) {
		uint8_t service = world_service_find(str_of(plan_services[s]));
		struct brief_cell own = { .kind = BRIEF_BAND, .not_known = true }, other = own;
		const struct answer *first = NULL;
		struct lead lead = { 0 };
		if (pen->world->parties[pen->sender].nat == NAT_NONE)
			break;
		pen->failed =
			pen->failed || lead_ask(&lead, pen, own_nat(pen), service) != STATUS_OK;
		own.not_known = other.not_known = lead.cell.not_known || lead.answers.not_known;
		for (size_t i = 0; i < lead.answers.items_count; i++) {
			const struct answer *answer = &lead.answers.items[i];
			bool mine = world_acts_for(pen->world, answer->provider, own_nat(pen));
			struct brief_cell *cell = mine ? &own : &other;
			if (answer->held || answer->band <= cell->band)
				continue;
			cell->band = answer->band;
			cell->text = str_format(pen->arena, STR_FMT "%s",
				STR_ARG(pen->world->parties[answer->provider].id),
				answer->certainty == TRUTH_T ? "" : " ?");
			first = mine ? first : answer;
		}
		if (gaps && other.band >= BAND_SHALL)
			continue;
		pen_cell(pen, cell_text(name_service(pen, service)));
		if (gaps) {
			pen_cell(pen, other);
			blanks(pen, 2);
			continue;
		}
		pen_cell(pen, own);
		pen_cell(pen, other);
		pen_cell(pen, first ? cell_agreement(pen, first->agreement) : cell_text(STR("–")));
	}
	pen_table_end(pen, gaps ? 2 : 0, NULL);
}

static void write_roles(struct pen *pen)
{
	static const struct brief_head heads[] = { { BRIEF_WORD("Task"), false },
		{ BRIEF_WORD("Name"), false }, { BRIEF_WORD("Deputy"), false },
		{ BRIEF_WORD("Telephone"), false } };
	static const char *const tasks[] = { BRIEF_WORD("Leads the crisis team"),
		BRIEF_WORD("Hotline and messages to nationals"),
		BRIEF_WORD("Register of nationals and lists of passengers"),
		BRIEF_WORD("Travel documents"),
		BRIEF_WORD("Sick, detained, children and others at risk"),
		BRIEF_WORD("Transport and places to gather"),
		BRIEF_WORD("Authorities of this country"),
		BRIEF_WORD("Other posts and organizations"),
		BRIEF_WORD("The capital, families and press"), BRIEF_WORD("Money and receipts"),
		BRIEF_WORD("Security and staff") };

	pen_section(pen, "roles", BRIEF_WORD("Roles and responsibilities"), NULL);
	pen_table(pen, "roles", BRIEF_WORD("Who does what at the post"), HEADS(heads));
	word_rows(pen, tasks, sizeof tasks / sizeof tasks[0], 3);
	pen_table_end(pen, 0, NULL);
	table_helpers(pen, "helpers", false);
	table_offices(pen);
}

/* ---- evacuation ---- */

static void table_moves(struct pen *pen)
{
	static const struct brief_head heads[] = { { BRIEF_WORD("Service"), false },
		{ BRIEF_WORD("Who leads"), false }, { BRIEF_WORD("Agreement"), false },
		{ BRIEF_WORD("Hours until it is there"), true }, { BRIEF_WORD("At most"), false } };
	static const char *const moves[] = { "movement.assembly", "movement.transport",
		"movement.evacuation", "movement.relocation", "movement.border", "movement.transit",
		"movement.exit-clearance" };

	pen_table(pen, "moves", BRIEF_WORD("Who is bound to move these nationals"), HEADS(heads));
	for (size_t s = 0; s < sizeof moves / sizeof moves[0]; s++) {
		uint8_t service = world_service_find(str_of(moves[s]));
		const struct commitment *commitment;
		struct lead lead = { 0 };
		if (pen->world->parties[pen->sender].nat == NAT_NONE)
			break;
		pen->failed =
			pen->failed || lead_ask(&lead, pen, own_nat(pen), service) != STATUS_OK;
		commitment = lead.first ? lead.first->commitment : NULL;
		pen_cell(pen, cell_text(name_service(pen, service)));
		pen_cell(pen, lead_cell(pen, &lead));
		pen_cell(pen, lead.first ? cell_agreement(pen, lead.first->agreement)
					 : cell_text(STR("–")));
		pen_cell(pen, cell_number(lead.first ? lead.first->lead_time_hours : -1));
		pen_cell(pen, commitment && commitment->capacity.quantity
				      ? cell_text(str_format(pen->arena, "%lld " STR_FMT,
						(long long)commitment->capacity.quantity,
						STR_ARG(commitment->capacity.unit)))
				      : cell_text(STR_NONE));
	}
	pen_table_end(pen, 0, NULL);
}

static void table_means(struct pen *pen)
{
	static const struct brief_head heads[] = { { BRIEF_WORD("Whose"), false },
		{ BRIEF_WORD("Where"), false }, { BRIEF_WORD("What"), false },
		{ BRIEF_WORD("Quantity"), true }, { BRIEF_WORD("Unit"), false },
		{ BRIEF_WORD("Source"), false } };
	const struct world *world = pen->world;

	pen_table(pen, "means", BRIEF_WORD("Means on record in this country"), HEADS(heads));
	for (size_t i = 0; i < world->assets_count + world->strengths_count; i++) {
		bool asset = i < world->assets_count;
		const struct asset *thing = asset ? &world->assets[i] : NULL;
		const struct strength_row *row =
			asset ? NULL : &world->strengths[i - world->assets_count];
		uint32_t place = asset ? thing->place : row->place;
		if (place == NONE32 || world->places[place].country != pen->place)
			continue;
		pen_cell(pen, cell_party(pen, asset ? thing->party : row->party));
		pen_cell(pen, cell_place(pen, place));
		pen_cell(pen, cell_text(asset ? thing->kind : name_service(pen, row->service)));
		pen_cell(pen, cell_number(asset ? thing->quantity : row->quantity));
		pen_cell(pen, cell_text(asset ? thing->unit : row->unit));
		pen_cell(pen, cell_source(pen, asset ? thing->source : row->source));
	}
	pen_table_end(pen, 4, NULL);
}

static void write_evacuation(struct pen *pen)
{
	static const struct brief_head assembly[] = { { BRIEF_WORD("Place to gather"), false },
		{ BRIEF_WORD("For whom"), false }, { BRIEF_WORD("Room for"), true },
		{ BRIEF_WORD("Who keeps it, with what key"), false },
		{ BRIEF_WORD("Way there"), false } };

	pen_section(pen, "evacuation", BRIEF_WORD("Evacuation plan"),
		BRIEF_WORD("Nobody is moved against their will. Who fears their State is not "
			   "brought before it."));
	table_moves(pen);
	table_means(pen);
	pen_table(pen, "assembly", BRIEF_WORD("Places to gather"), HEADS(assembly));
	pen_table_end(pen, 5, BRIEF_WORD("To be filled by the post."));
	table_ways(pen);
}

static void write_phases(struct pen *pen)
{
	static const struct brief_head heads[] = { { BRIEF_WORD("Phase"), false },
		{ BRIEF_WORD("What is done"), false }, { BRIEF_WORD("Who"), false },
		{ BRIEF_WORD("Done on"), false } };
	static const char *const phases[][2] = {
		{ BRIEF_WORD("Watch"), BRIEF_WORD("Call every number in this plan and note the "
						  "day.") },
		{ BRIEF_WORD("Watch"), BRIEF_WORD("Bring the register up to date; find out who "
						  "has no valid papers.") },
		{ BRIEF_WORD("Watch"), BRIEF_WORD("Settle what is open: see the annex.") },
		{ BRIEF_WORD("Alert"), BRIEF_WORD("Call the crisis team; tell the capital and the "
						  "posts that one answers for.") },
		{ BRIEF_WORD("Alert"), BRIEF_WORD("Tell nationals what is known, in their "
						  "languages, and how to reach the post.") },
		{ BRIEF_WORD("Alert"), BRIEF_WORD("Notify this country's ministry where an "
						  "agreement asks for it.") },
		{ BRIEF_WORD("Leaving while there are ways"),
			BRIEF_WORD("Issue papers; help those who cannot pay; seats for others by "
				   "the agreements.") },
		{ BRIEF_WORD("Leaving while there are ways"),
			BRIEF_WORD("Sick, detained, children alone and others at risk first.") },
		{ BRIEF_WORD("Evacuation"), BRIEF_WORD("Gather, list, check papers, move; each "
						       "person on a list, each list copied.") },
		{ BRIEF_WORD("Evacuation"), BRIEF_WORD("Who stays is told how to be reached, and "
						       "by whom.") },
		{ BRIEF_WORD("After"), BRIEF_WORD("Find the missing; tell families; hand over "
						  "cases.") },
		{ BRIEF_WORD("After"), BRIEF_WORD("Settle costs by the deadlines of the "
						  "agreements; write down what to do better.") },
	};

	pen_section(pen, "phases", BRIEF_WORD("Phases of the crisis and what is done"), NULL);
	pen_table(pen, "phases", BRIEF_WORD("What is done when"), HEADS(heads));
	for (size_t i = 0; i < sizeof phases / sizeof phases[0]; i++) {
		pen_cell(pen, cell_word(pen, phases[i][0]));
		pen_cell(pen, cell_word(pen, phases[i][1]));
		blanks(pen, 2);
	}
	pen_table_end(pen, 2, NULL);
}

static void write_logistics(struct pen *pen)
{
	static const struct brief_head heads[] = { { BRIEF_WORD("What"), false },
		{ BRIEF_WORD("Quantity"), true }, { BRIEF_WORD("Where"), false },
		{ BRIEF_WORD("Checked on"), false } };
	static const char *const things[] = { BRIEF_WORD("Blank emergency travel documents"),
		BRIEF_WORD("Satellite telephone or radio, charged"),
		BRIEF_WORD("Vehicles and fuel"), BRIEF_WORD("Water, food, blankets"),
		BRIEF_WORD("First aid and medicines"), BRIEF_WORD("Cash, and who may spend it"),
		BRIEF_WORD("Generator and batteries"), BRIEF_WORD("Interpreters"),
		BRIEF_WORD("Printed lists: nationals, this plan, the duty book") };

	pen_section(pen, "logistics", BRIEF_WORD("Logistics"), NULL);
	pen_table(pen, "stock", BRIEF_WORD("What the post keeps"), HEADS(heads));
	word_rows(pen, things, sizeof things / sizeof things[0], 3);
	pen_table_end(pen, 2, NULL);
}

static void write_annexes(struct pen *pen)
{
	pen_section(pen, "rely-on", BRIEF_WORD("Annex: agreements that this State can rely on"),
		BRIEF_WORD("In force today; under them this State is known to act here. What "
			   "others owe its nationals stands under roles."));
	pen_new_page(pen);
	table_clauses(pen, pen->sender);
	table_holds(pen, pen->sender);
	pen_section(pen, "settle", BRIEF_WORD("Annex: what is to be settled beforehand"),
		BRIEF_WORD("Services for which nobody but the own State is known to be bound: "
			   "with whom an agreement is sought."));
	table_helpers(pen, "settle", true);
	pen_section(pen, "tree", BRIEF_WORD("Annex: whom to call, in order"), NULL);
	table_emergency(pen);
	table_tree(pen);
	pen_section(pen, "not-known", BRIEF_WORD("Ask before the crisis"), NULL);
	table_unknowns(pen);
	section_sources(pen);
}

static enum status write_plan(
	struct brief *out, struct arena *arena, const struct brief_asked *asked)
{
	const struct world *world = cover_world(asked->index);
	const struct post_row *post = &world->posts[asked->subject];
	struct pen pen;
	enum status status = pen_open(&pen, out, arena, asked, post->receiving);

	if (status != STATUS_OK)
		return status;
	pen.post = post;
	pen.sender = post->sending;
	out->name = "contingency-plan";
	out->subject_id = post->id;
	out->title = str_format(arena, STR_FMT " – " STR_FMT ": " STR_FMT,
		STR_ARG(name_party(&pen, pen.sender)), STR_ARG(name_place(&pen, post->place)),
		STR_ARG(pen_word(&pen, BRIEF_WORD("consular contingency plan"))));
	write_contact(&pen);
	write_objectives(&pen);
	pen_section(&pen, "risks", BRIEF_WORD("Risk profile of the country"), NULL);
	table_risk(&pen);
	write_community(&pen);
	write_scenarios(&pen);
	write_roles(&pen);
	write_evacuation(&pen);
	write_phases(&pen);
	write_logistics(&pen);
	write_annexes(&pen);
	return pen.failed ? STATUS_NO_MEMORY : STATUS_OK;
}

enum status brief_contingency_plan(
	struct brief *out, struct arena *arena, const struct brief_asked *asked)
{
	return brief__make(out, arena, asked, write_plan);
}
