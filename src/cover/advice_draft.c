/* Advised agreements as people read them: a document in state draft, with comments for those who
 * negotiate it. What it says is what advice_form.c has the engine judge. */
#include "cover/advice.h"

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
	for (size_t i = 0; i < ADVICE_CONSULAR && advice->service == SERVICE_NONE; i++)
		buf_add_format(out, "%s%s", i ? ", " : "", advice_consular[i]);
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
		add_statuses(out, "except-status", advice_left_out(like, UINT64_C(1) << service));
	} else {
		buf_add_c(out, "[ any ]");
	}
	buf_add_c(out, " }\n");
	if (!like || !like->to.given || !advice_has_destination(UINT64_C(1) << service))
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
