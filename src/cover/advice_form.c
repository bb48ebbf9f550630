/* The forms of advised agreements, twice: as the engine judges them and as the YAML that people
 * negotiate. A test puts drafts in force and counts again, so that the two cannot drift apart.
 *
 * State for State: article 8 of the Vienna Convention lets a State act for a third one after notice
 * to the host; what is owed is bound by what the helper's own nationals get. An organization's
 * standby is owed (shall); it becomes a promise (will) only when the parties have filled in a
 * capacity and a lead time, which nobody can do for them. */
#include <assert.h>
#include "cover/advice.h"

const struct str cover_advice_kind_words[ADVICE_KINDS] = { { "at-host", 7 }, { "world-wide", 10 },
	{ "group", 5 }, { "organization", 12 } };

static const char *const consular[] = { "consular.travel-document", "consular.detention-visit",
	"consular.death", "consular.welfare" };
#define CONSULAR_COUNT (sizeof consular / sizeof *consular)

uint64_t advice_consular_services(void)
{
	uint64_t services = 0;

	for (size_t i = 0; i < CONSULAR_COUNT; i++) {
		uint8_t service = world_service_find(str_of(consular[i]));

		assert(service != SERVICE_NONE);
		services |= UINT64_C(1) << service;
	}
	return services;
}

/* Steps that guard the person go with the service, whoever draws up the agreement. */
static bool advice_keeps(enum step_do what)
{
	return what == STEP_SCREEN || what == STEP_PERSON_CONSENT || what == STEP_INFORMED_CHOICE ||
	       what == STEP_BEST_INTERESTS;
}

/* ---- as the engine reads it ---- */

static bool has_destination(uint64_t services)
{
	for (unsigned s = 0; s < world_service_count; s++)
		if ((services >> s & 1u) && world_services[s].destination != DESTINATION_NOT_ASKED)
			return true;
	return false;
}

/* Whom LIKE leaves out, as far as need allows for SERVICES (safeguard S6): where the way home is
 * not what is given, refugees and asylum-seekers stay in. */
static unsigned left_out(const struct commitment *like, uint64_t services)
{
	unsigned out = like->except_status;

	for (unsigned s = 0; s < world_service_count && !has_destination(services); s++)
		if ((services >> s & 1u) && world_services[s].need_first)
			out &= ~(PERSON_BIT(PERSON_REFUGEE) | PERSON_BIT(PERSON_ASYLUM_SEEKER));
	return out;
}

/* For the same people, under the same care, on the way to the same places as LIKE. */
static bool take_after(struct commitment *out, struct arena *arena, const struct commitment *like)
{
	struct step *steps = ARENA_ARRAY(arena, like->steps_count + 1, struct step);

	if (!steps)
		return false;
	out->nats = like->nats;
	out->nats_count = like->nats_count;
	out->except_nats = like->except_nats;
	out->except_nats_count = like->except_nats_count;
	out->status = like->status;
	out->except_status = left_out(like, out->services);
	if (has_destination(out->services))
		out->to = like->to;
	for (size_t i = 0; i < like->steps_count; i++)
		if (advice_keeps(like->steps[i].what))
			steps[out->steps_count++] = (struct step){ .what = like->steps[i].what,
				.by = { .party = NONE32 },
				.whom = { .party = NONE32 } };
	out->steps = steps;
	return true;
}

static bool commit(struct commitment *out, struct arena *arena, const struct advice *advice,
	const struct world *world)
{
	struct nat_item *nats = ARENA_NEW(arena, struct nat_item);
	struct place_item *where = ARENA_NEW(arena, struct place_item);
	struct step *steps = ARENA_ARRAY(arena, 2, struct step);
	struct cost *costs = ARENA_NEW(arena, struct cost);
	bool group = advice->kind == ADVICE_GROUP, office = advice->kind == ADVICE_ORGANIZATION;

	if (!nats || !where || !steps || !costs)
		return false;
	*nats = (struct nat_item){ .kind = group                     ? NAT_ITEM_GROUP
					   : advice->nat == NAT_NONE ? NAT_ITEM_ANY
								     : NAT_ITEM_CODE,
		.nat = advice->nat,
		.group = advice->group,
		.party = NONE32 };
	where->kind = PLACE_ITEM_PLACE;
	where->index = advice->place != NONE32 ? advice->place : 0; /* the world is place 0 */
	assert(world->places[0].kind == PLACE_WORLD);
	steps[0] = (struct step){ .what = group ? STEP_VERIFY_IDENTITY : STEP_NOTIFY,
		.by = { .kind = ACTOR_PROVIDER, .party = NONE32 },
		.whom = { .kind = group ? ACTOR_NONE : ACTOR_HOST_STATE, .party = NONE32 } };
	steps[1] = (struct step){ .what = STEP_CONSULT,
		.by = { .kind = ACTOR_PROVIDER, .party = NONE32 },
		.whom = { .kind = ACTOR_STATE_OF_NATIONALITY, .party = NONE32 } };
	*costs = (struct cost){ .rule = office ? COST_PROVIDER_BEARS : COST_BENEFICIARY_STATE,
		.advance_percent = -1 };
	*out = (struct commitment){ .id = office ? STR("standby") : STR("represented"),
		.clause = STR("1"),
		.duty = DUTY_SHALL,
		.provider = { .kind = group ? PROVIDER_MEMBER_OF : PROVIDER_PARTY,
			.party = group ? NONE32 : advice->party,
			.group = advice->group,
			.levels = office ? LEVEL_OFFICE : LEVEL_RESIDENT },
		.nats = nats,
		.nats_count = 1,
		.unrepresented = office ? 0 : LEVEL_RESIDENT,
		.resident_since = DATE_NONE,
		.where = { .given = true, .in = where, .in_count = 1 },
		.services = advice_consular_services(),
		.phases = PHASE_BEFORE | PHASE_DURING | PHASE_AFTER,
		.from = DATE_NONE,
		.until = DATE_NONE,
		.as_own_nationals = !office,
		.steps = office ? NULL : steps,
		.steps_count = office ? 0 : 2,
		.costs = costs,
		.costs_count = 1,
		.schedule = -1 };
	return true;
}

bool advice_agreement(struct agreement *out, struct arena *arena, const struct advice *advice,
	const struct standby *standbys, size_t count, const struct world *world)
{
	bool office = advice->kind == ADVICE_ORGANIZATION, group = advice->kind == ADVICE_GROUP;
	size_t made = office ? count : 1;
	struct state_entry *state = ARENA_NEW(arena, struct state_entry);
	struct party_entry *party = ARENA_NEW(arena, struct party_entry);
	struct commitment *commitments = ARENA_ARRAY(arena, made, struct commitment);

	if (!state || !party || !commitments)
		return false;
	*state = (struct state_entry){ STATE_IN_FORCE, DATE_NONE };
	*party = (struct party_entry){ .is_group = group,
		.index = group ? advice->group : advice->party,
		.from = DATE_NONE,
		.until = DATE_NONE,
		.confirmed = DATE_NONE };
	for (size_t i = 0; i < made; i++) {
		if (!commit(&commitments[i], arena, advice, world))
			return false;
		if (!office)
			continue;
		commitments[i].services = UINT64_C(1) << standbys[i].service;
		if (standbys[i].like && !take_after(&commitments[i], arena, standbys[i].like))
			return false;
	}
	*out = (struct agreement){ .id = cover_advice_id(arena, world, advice),
		.kind = office ? KIND_STANDBY_SERVICE : KIND_CONSULAR_REPRESENTATION,
		.strength = office ? STRENGTH_MOU : STRENGTH_NOTES,
		.states = state,
		.states_count = 1,
		.visibility = AGREEMENT_PUBLIC,
		.parties = party,
		.parties_count = 1,
		.from = DATE_NONE,
		.until = DATE_NONE,
		.commitments = commitments,
		.commitments_count = made };
	return out->id.ptr != NULL;
}

/* ---- as people read it ---- */

/* In small letters and digits, anything else a dash. */
static void add_slug(struct buf *out, struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		buf_add_char(out, (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : '-');
	}
}

struct str cover_advice_id(
	struct arena *arena, const struct world *world, const struct advice *advice)
{
	struct buf out;

	buf_init(&out, arena, 256);
	buf_add_c(&out, "advised-");
	if (advice->kind == ADVICE_GROUP) {
		add_slug(&out, world->groups[advice->group]);
		buf_add_c(&out, "-mutual");
	} else {
		add_slug(&out, world->parties[advice->party].id);
	}
	if (advice->nat != NAT_NONE) {
		buf_add_c(&out, "-for-");
		add_slug(&out, world->nats[advice->nat].code);
	}
	if (advice->service != SERVICE_NONE) {
		buf_add_char(&out, '-');
		add_slug(&out, str_of(world_services[advice->service].code));
	}
	if (advice->place != NONE32) {
		buf_add_c(&out, "-in-");
		add_slug(&out, world->places[advice->place].id);
	}
	return out.failed ? STR_NONE : buf_str(&out);
}

/* A text in double quotes: no control characters stand in names. */
static void add_quoted(struct buf *out, struct str text)
{
	buf_add_char(out, '"');
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == '"' || text.ptr[i] == '\\')
			buf_add_char(out, '\\');
		buf_add_char(out, text.ptr[i]);
	}
	buf_add_char(out, '"');
}

static struct str nat_name(const struct world *world, uint16_t nat)
{
	uint32_t state = world->nats[nat].state;

	return state == NONE32 ? world->nats[nat].code : world->parties[state].name;
}

static struct str draft_title(
	struct arena *arena, const struct world *world, const struct advice *advice)
{
	struct buf out;

	buf_init(&out, arena, 4096);
	switch (advice->kind) {
	case ADVICE_GROUP:
		buf_add_format(&out,
			"Members of " STR_FMT " represent each other where they have no post",
			STR_ARG(world->groups[advice->group]));
		break;
	case ADVICE_ORGANIZATION:
		buf_add_format(&out, STR_FMT " stands by where it has an office: %s",
			STR_ARG(world->parties[advice->party].name),
			world_services[advice->service].label_en);
		break;
	default:
		buf_add_format(&out, STR_FMT " represents " STR_FMT,
			STR_ARG(world->parties[advice->party].name),
			STR_ARG(nat_name(world, advice->nat)));
		buf_add_c(&out, advice->place == NONE32 ? " where it has no post" : " in ");
		if (advice->place != NONE32)
			buf_add(&out, world->places[advice->place].name);
		break;
	}
	return buf_str(&out);
}

static void add_parties(struct buf *out, const struct world *world, const struct advice *advice)
{
	buf_add_c(out, "parties:\n");
	if (advice->kind == ADVICE_GROUP) {
		buf_add_format(out,
			"  - { party: \"group:" STR_FMT
			"\", role: member }          # name the members that join, if "
			"not all\n",
			STR_ARG(world->groups[advice->group]));
		return;
	}
	buf_add_c(out, "  - { party: ");
	add_quoted(out, world->parties[advice->party].id);
	buf_add_c(out, ", role: provider }\n");
	if (advice->nat != NAT_NONE) {
		buf_add_c(out, "  - { party: ");
		add_quoted(out, world->parties[world->nats[advice->nat].state].id);
		buf_add_c(out, ", role: beneficiary }\n");
	} else {
		buf_add_c(out, "  # - { party: …, role: … }          # who calls upon it\n");
	}
}

static void add_services(struct buf *out, const struct advice *advice)
{
	buf_add_c(out, "    services: [ ");
	if (advice->service != SERVICE_NONE)
		buf_add_c(out, world_services[advice->service].code);
	for (size_t i = 0; i < CONSULAR_COUNT && advice->service == SERVICE_NONE; i++)
		buf_add_format(out, "%s%s", i ? ", " : "", consular[i]);
	buf_add_c(out, " ]\n");
}

static void add_where(struct buf *out, const struct world *world, const struct advice *advice)
{
	buf_add_c(out, "    where: { in: [ ");
	add_quoted(out, world->places[advice->place == NONE32 ? 0 : advice->place].id);
	buf_add_c(out, " ] }\n");
}

static void add_nats(
	struct buf *out, const struct world *world, const struct nat_item *items, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		buf_add_c(out, i ? ", " : "[ ");
		if (items[i].kind == NAT_ITEM_ANY)
			buf_add_c(out, "any");
		else if (items[i].kind == NAT_ITEM_CODE)
			add_quoted(out, world->nats[items[i].nat].code);
		else if (items[i].kind == NAT_ITEM_GROUP)
			buf_add_format(out, "\"group:" STR_FMT "\"",
				STR_ARG(world->groups[items[i].group]));
		else
			buf_add_format(out, "\"served-by:" STR_FMT "\"",
				STR_ARG(world->parties[items[i].party].id));
	}
	buf_add_c(out, " ]");
}

static void add_statuses(struct buf *out, const char *name, unsigned statuses)
{
	const char *before = ": [ ";

	if (!statuses)
		return;
	buf_add_format(out, ", %s", name);
	for (unsigned i = 0; i < PERSON_STATUSES; i++)
		if (statuses >> i & 1u) {
			buf_add_c(out, before);
			buf_add(out, accord_person_words[i]);
			before = ", ";
		}
	buf_add_c(out, " ]");
}

static void add_places(struct buf *out, const struct world *world, const char *name,
	const struct place_item *items, size_t count)
{
	buf_add_format(out, "%s: [ ", name);
	for (size_t i = 0; i < count; i++) {
		buf_add_c(out, i ? ", " : "");
		switch (items[i].kind) {
		case PLACE_ITEM_PLACE:
			add_quoted(out, world->places[items[i].index].id);
			break;
		case PLACE_ITEM_GROUP:
			buf_add_format(out, "\"group:" STR_FMT "\"",
				STR_ARG(world->groups[items[i].index]));
			break;
		case PLACE_ITEM_ZONE:
			buf_add_format(
				out, "\"zone:" STR_FMT "\"", STR_ARG(world->zones[items[i].index]));
			break;
		case PLACE_ITEM_HOME:
			buf_add_c(out, "home");
			break;
		case PLACE_ITEM_THIRD:
			buf_add_c(out, "third");
			break;
		default:
			buf_add_c(out, "in-country");
			break;
		}
	}
	buf_add_c(out, " ]");
}

/* Whom it is for, and the way to where. */
static void add_for(
	struct buf *out, const struct world *world, const struct commitment *like, uint8_t service)
{
	buf_add_c(out, "    for: { nationality: ");
	if (like) {
		add_nats(out, world, like->nats, like->nats_count);
		if (like->except_nats_count) {
			buf_add_c(out, ", except-nationality: ");
			add_nats(out, world, like->except_nats, like->except_nats_count);
		}
		add_statuses(out, "status", like->status);
		add_statuses(out, "except-status", left_out(like, UINT64_C(1) << service));
	} else {
		buf_add_c(out, "[ any ]");
	}
	buf_add_c(out, " }\n");
	if (!like || !like->to.given || !has_destination(UINT64_C(1) << service))
		return;
	add_places(out, world, "    to: { in", like->to.in, like->to.in_count);
	if (like->to.except_count)
		add_places(out, world, ", except", like->to.except, like->to.except_count);
	buf_add_c(out, like->to.territories_in ? ", territories: in }\n" : " }\n");
}

static void add_kept_steps(struct buf *out, const struct commitment *like)
{
	bool any = false;

	for (size_t i = 0; like && i < like->steps_count; i++) {
		if (!advice_keeps(like->steps[i].what))
			continue;
		buf_add_format(out, "%s      - { do: " STR_FMT " }\n", any ? "" : "    steps:\n",
			STR_ARG(accord_step_words[like->steps[i].what]));
		any = true;
	}
}

static void add_standby(
	struct buf *out, const struct world *world, const struct advice *advice, size_t number)
{
	const struct commitment *like = advice->like[number];

	buf_add_c(out, "  - id: standby");
	if (number > 0)
		buf_add_format(out, "-%zu", number + 1);
	buf_add_format(out,
		"\n    clause: \"%zu\"\n"
		"    title: { en: \"On call wherever it has an office\" }\n"
		"    duty: shall          # will, once capacity and lead time are filled in\n"
		"    provider: { party: ",
		number + 1);
	add_quoted(out, world->parties[advice->party].id);
	buf_add_c(out, ", present: [ office ] }\n");
	add_for(out, world, like, advice->service);
	add_where(out, world, advice);
	add_services(out, advice);
	buf_add_c(out, "    phases: [ before, during, after ]\n    role: lead\n"
		       "    # capacity: { quantity: …, unit: persons, per: day }\n"
		       "    # lead-time: …h\n");
	add_kept_steps(out, like);
	buf_add_c(out, "    cost: { rule: provider-bears }          # or who pays, up to what\n");
}

static void add_represented(struct buf *out, const struct world *world, const struct advice *advice)
{
	bool group = advice->kind == ADVICE_GROUP;

	buf_add_c(out, "  - id: represented\n    clause: \"1\"\n"
		       "    title: { en: \"Helped as the helper's own nationals are\" }\n"
		       "    duty: shall\n    limit: as-own-nationals\n    provider: { ");
	if (group)
		buf_add_format(out, "member-of: " STR_FMT, STR_ARG(world->groups[advice->group]));
	else {
		buf_add_c(out, "party: ");
		add_quoted(out, world->parties[advice->party].id);
	}
	buf_add_c(out, ", present: [ resident ] }\n    for: { nationality: [ ");
	if (group)
		buf_add_format(out, "\"group:" STR_FMT "\"", STR_ARG(world->groups[advice->group]));
	else
		add_quoted(out, world->nats[advice->nat].code);
	buf_add_c(out, " ], unrepresented: [ resident ] }\n");
	add_where(out, world, advice);
	add_services(out, advice);
	buf_add_c(out, "    phases: [ before, during, after ]\n    role: lead\n    steps:\n");
	buf_add_c(out, group ? "      - { do: verify-identity, by: provider }\n"
			     : "      - { do: notify, by: provider, whom: host-state }          # "
			       "article 8 of the Vienna Convention\n");
	buf_add_c(out, "      - { do: consult, by: provider, whom: state-of-nationality }\n"
		       "    cost: { rule: beneficiary-state }          # or the person repays\n");
}

void cover_advice_draft(struct buf *out, struct arena *arena, const struct world *world,
	const struct advice *advice, int32_t date)
{
	bool office = advice->kind == ADVICE_ORGANIZATION;
	char day[11];

	date_format(day, date);
	buf_add_format(out,
		"# A draft for negotiation, made from the record of %s. Nobody has agreed to it.\n"
		"# Lines that begin with a commented field are for the parties to fill in.\n",
		day);
	buf_add_c(out, "format: 1\nagreement: ");
	buf_add(out, cover_advice_id(arena, world, advice));
	buf_add_c(out, "\ntitle: { en: ");
	add_quoted(out, draft_title(arena, world, advice));
	buf_add_format(out,
		" }\nkind: %s\nstrength: %s\n"
		"source: { title: \"Draft after a standard form; not negotiated\", basis: "
		"illustrative }\n"
		"state: [ { is: draft, from: %s } ]\nvisibility: public\n",
		office ? "standby-service" : "consular-representation", office ? "mou" : "notes",
		day);
	add_parties(out, world, advice);
	buf_add_c(out, "# in-force: { from: …, until: …, renews: 12mo, notice: 90d }\n"
		       "activates: { on: [ request, crisis-declared ], confirm-within: 24h }\n"
		       "commitments:\n");
	for (size_t i = 0; office && i < advice->like_count; i++)
		add_standby(out, world, advice, i);
	if (!office)
		add_represented(out, world, advice);
	buf_add_c(out,
		"# To be settled too: channels and links between the parties, liability and "
		"insurance,\n# privileges, personal data (share), languages, how disputes are "
		"solved, how to end it.\n"
		"review: { exercise-every: 12mo, channels-tested-every: 90d }\n");
}
