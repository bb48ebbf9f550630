/* Random agreements: every feature of the form, in the words of the form. */
#include "soak.h"
#include <string.h>

#define ANNEX "w/agreements/accord-%u.annex.csv"
#define LINE(out, ...) buf_add_format(out, __VA_ARGS__)

struct draft {
	struct scene *scene;
	struct buf out;
	unsigned number, commitments;
	bool annex;
	bool plain; /* much of it holds on every date, for one place and one item: the lane's share
		     */
};

static const char *const need_first[] = { "relief.", "health.", "protection.", "information.",
	"movement.evacuation" };
static const char *const with_destination[] = { "movement.", "recovery.return" };
static const struct words mild_statuses = { (const char *const[]){ "national", "family-member",
						    "detained", "no-contact", "child", "trafficked",
						    "older", "injured", "fears-authorities" },
	9 };

/* Does one of SERVICES begin with one of PREFIXES? */
static bool any_begins(struct str services, const char *const *prefixes, size_t count)
{
	struct str word;
	while (str_next_word(&services, ", ", &word))
		for (size_t i = 0; i < count; i++)
			if (str_starts(word, prefixes[i]))
				return true;
	return false;
}

static void add_dates(struct draft *draft, uint32_t percent)
{
	struct str from = soak_date(draft->scene, 100 - percent);
	struct str until = soak_date(draft->scene, 100 - percent / 2);
	if (from.len)
		LINE(&draft->out, ", from: %s", from.ptr);
	if (until.len && str_cmp(until, from) >= 0)
		LINE(&draft->out, ", until: %s", until.ptr);
}

/* --- Lists of words that must not repeat ---------------------------------------------------- */

static bool stands_in(const struct buf *list, size_t start, struct str word)
{
	const char *text = list->ptr + start;
	return list->len > start && memmem(text, list->len - start, word.ptr, word.len);
}

static void add_item(struct buf *out, size_t start, struct str word)
{
	struct str quoted = str_format(out->arena, "\"%s\"", word.ptr);
	if (stands_in(out, start, quoted))
		return;
	if (out->len > start)
		buf_add_c(out, ", ");
	buf_add(out, quoted);
}

static struct str group_item(struct scene *scene)
{
	return str_format(scene->arena, "group:%s", soak_word(scene, soak_groups));
}

static struct str nationality_item(struct scene *scene, bool beneficiaries)
{
	uint32_t dice = soak_below(scene, 100);
	if (beneficiaries && dice < 40)
		return STR("any");
	if (beneficiaries && dice < 52) {
		bool other = soak_chance(scene, 15);
		struct str x = other ? soak_pick(scene, scene->parties, scene->party_count)
				     : soak_pick(scene, scene->states, scene->state_count);
		return str_format(scene->arena, "served-by:%s", x.ptr);
	}
	if (dice < 70)
		return group_item(scene);
	if (dice < 74)
		return STR("XXA");
	return soak_pick(scene, scene->nats, scene->nat_count);
}

static struct str place_item(struct scene *scene, bool destination)
{
	uint32_t dice = soak_below(scene, 100);
	if (destination && dice < 55)
		return dice < 22 ? STR("home") : dice < 40 ? STR("third") : STR("in-country");
	dice = soak_below(scene, 100);
	if (dice < 46)
		return STR("world");
	if (dice < 56)
		return dice < 51 ? STR("m49:100") : STR("m49:200");
	if (dice < 68)
		return group_item(scene);
	if (dice < 75)
		return STR("zone:river");
	return dice < 87 ? soak_pick(scene, scene->countries, scene->country_count)
			 : soak_pick(scene, scene->places, scene->place_count);
}

static void add_nationalities(struct draft *draft, const char *name, bool beneficiaries)
{
	struct scene *scene = draft->scene;
	LINE(&draft->out, "%s: [ ", name);
	size_t start = draft->out.len;
	for (uint32_t n = 1 + soak_below(scene, 3); n > 0; n--)
		add_item(&draft->out, start, nationality_item(scene, beneficiaries));
	buf_add_c(&draft->out, " ]");
}

static void add_scope(struct draft *draft, const char *name, bool destination)
{
	struct scene *scene = draft->scene;
	if (draft->plain && !destination && soak_chance(scene, 80)) {
		struct str place = soak_chance(scene, 50)
					   ? STR("world")
					   : soak_pick(scene, scene->places, scene->place_count);
		LINE(&draft->out, "    %s: { in: [ \"%s\" ] }\n", name, place.ptr);
		return;
	}
	LINE(&draft->out, "    %s: { in: [ ", name);
	size_t start = draft->out.len;
	for (uint32_t n = 1 + soak_below(scene, destination ? 3 : 2); n > 0; n--)
		add_item(&draft->out, start, place_item(scene, destination));
	buf_add_c(&draft->out, " ]");
	if (soak_chance(scene, 20)) {
		buf_add_c(&draft->out, ", except: [ ");
		start = draft->out.len;
		struct str item = place_item(scene, false);
		add_item(&draft->out, start, str_is(item, "world") ? group_item(scene) : item);
		buf_add_c(&draft->out, " ]");
	}
	if (soak_chance(scene, 25))
		LINE(&draft->out, ", territories: %s", soak_chance(scene, 70) ? "in" : "out");
	buf_add_c(&draft->out, " }\n");
}

/* --- Commitments ---------------------------------------------------------------------------- */

static void add_provider(struct draft *draft)
{
	struct scene *scene = draft->scene;
	struct buf *out = &draft->out;
	struct str levels = soak_some(scene, soak_levels, 2, ", ");
	struct str party = soak_pick(scene, scene->parties, scene->party_count);
	struct str state = soak_pick(scene, scene->states, scene->state_count);
	uint32_t dice = draft->plain && soak_chance(scene, 80) ? 0 : soak_below(scene, 100);
	if (dice < 22)
		LINE(out, "    provider: %s\n", party.ptr);
	else if (dice < 30)
		LINE(out, "    provider: { party: %s, present: [ %s ] }\n", state.ptr, levels.ptr);
	else if (dice < 36)
		LINE(out, "    provider: { party: %s, present: [ office ] }\n", party.ptr);
	else if (dice < 62)
		LINE(out, "    provider: { state-of-nationality: [ %s ] }\n", levels.ptr);
	else if (dice < 68)
		LINE(out, "    provider: { state-of-residence: [ %s ] }\n", levels.ptr);
	else if (dice < 80)
		LINE(out, "    provider: { member-of: %s, present: [ %s, office ] }\n",
			soak_word(scene, soak_groups), levels.ptr);
	else if (dice < 88)
		LINE(out, "    provider: { member-of: %s }\n", soak_word(scene, soak_groups));
	else
		buf_add_c(out, "    provider: { host-state: true }\n");
}

/* S6: what goes by need leaves nobody out by immigration status, nor refugees unless the way leads
 * home. */
static struct str left_out(struct draft *draft, struct str services, bool home_only, bool to)
{
	struct scene *scene = draft->scene;
	if (!any_begins(services, need_first, 5))
		return soak_some(scene, soak_statuses, 2, ", ");
	bool evacuation_only = !any_begins(services, need_first, 4);
	if ((home_only || (!to && evacuation_only)) && soak_chance(scene, 60))
		return STR("refugee, asylum-seeker");
	return soak_some(scene, mild_statuses, 2, ", ");
}

static void add_for(struct draft *draft, struct str services, bool home_only, bool to)
{
	struct scene *scene = draft->scene;
	struct buf *out = &draft->out;
	buf_add_c(out, "    for: { ");
	if (draft->plain && soak_chance(scene, 80)) {
		struct str item =
			soak_chance(scene, 40) ? STR("any") : nationality_item(scene, false);
		LINE(out, "nationality: [ \"%s\" ]", item.ptr);
		if (soak_chance(scene, 20))
			LINE(out, ", except-status: [ %s ]",
				left_out(draft, services, home_only, to).ptr);
		buf_add_c(out, " }\n");
		return;
	}
	add_nationalities(draft, "nationality", true);
	if (soak_chance(scene, 15)) {
		buf_add_c(out, ", ");
		add_nationalities(draft, "except-nationality", false);
	}
	if (soak_chance(scene, 15))
		LINE(out, ", status: [ %s ]", soak_some(scene, soak_statuses, 5, ", ").ptr);
	if (soak_chance(scene, 15))
		LINE(out, ", except-status: [ %s ]", left_out(draft, services, home_only, to).ptr);
	if (soak_chance(scene, 30))
		LINE(out, ", unrepresented: [ %s ]", soak_some(scene, soak_levels, 3, ", ").ptr);
	if (soak_chance(scene, 8)) {
		buf_add_c(out, ", ");
		add_nationalities(draft, "residence", false);
	}
	if (soak_chance(scene, 5))
		LINE(out, ", resident-since: %s", soak_date(scene, 0).ptr);
	buf_add_c(out, " }\n");
}

static struct str actor(struct scene *scene)
{
	static const char *const words[] = { "provider", "state-of-nationality", "host-state",
		"state-of-residence", "crisis", "provider" };
	if (soak_chance(scene, 60))
		return str_of(words[soak_below(scene, 6)]);
	struct str party = soak_pick(scene, scene->parties, scene->party_count);
	return str_format(
		scene->arena, "\"%s%s\"", party.ptr, soak_chance(scene, 30) ? ":duty-office" : "");
}

static void add_steps(struct draft *draft)
{
	const struct words does = { (const char *const[]){ "request", "notify", "consult",
					    "person-consent", "screen", "issue",
					    "verify-identity" },
		7 };
	struct scene *scene = draft->scene;
	buf_add_c(&draft->out, "    steps:\n");
	for (uint32_t n = 1 + soak_below(scene, 2); n > 0; n--) {
		LINE(&draft->out, "      - { do: %s", soak_word(scene, does));
		if (soak_chance(scene, 40))
			LINE(&draft->out, ", by: %s", actor(scene).ptr);
		if (soak_chance(scene, 40))
			LINE(&draft->out, ", whom: %s", actor(scene).ptr);
		buf_add_c(&draft->out, soak_chance(scene, 20) ? ", unless: extreme-urgency" : "");
		buf_add_c(&draft->out, " }\n");
	}
}

static void add_means(struct draft *draft)
{
	const struct words rules = { (const char *const[]){ "provider-bears", "beneficiary-repays",
					     "beneficiary-state", "per-capita", "pool",
					     "employer" },
		6 };
	struct scene *scene = draft->scene;
	struct buf *out = &draft->out;
	const struct words times = {
		(const char *const[]){ "1h", "24h", "48h", "1d", "2wd", "1mo" }, 6
	};
	if (soak_chance(scene, 30))
		add_steps(draft);
	if (soak_chance(scene, 40))
		LINE(out, "    cost: [ { rule: %s }, { rule: provider-bears } ]\n",
			soak_word(scene, rules));
	if (soak_chance(scene, 30))
		LINE(out, "    capacity: { quantity: %u, unit: persons, per: day }\n",
			soak_below(scene, 50));
	if (soak_chance(scene, 40))
		LINE(out, "    lead-time: %s\n", soak_word(scene, times));
}

static void add_commitment(struct draft *draft, bool scheduled)
{
	static const char *const duties[] = { "may", "shall", "will" };
	static const char *const roles[] = { "lead", "lead", "support", "fallback" };
	const struct words phases = { (const char *const[]){ "before", "during", "after" }, 3 };
	struct scene *scene = draft->scene;
	struct buf *out = &draft->out;
	struct str services = soak_some(scene, soak_services, 7, ", ");
	bool to = any_begins(services, with_destination, 2) && soak_chance(scene, 60);
	bool home_only = to && soak_chance(scene, 25);
	LINE(out, "  - id: c%u\n    clause: \"%u\"\n    duty: %s\n", draft->commitments,
		draft->commitments, duties[soak_below(scene, 3)]);
	draft->commitments++;
	if (soak_chance(scene, draft->plain ? 5 : 20))
		buf_add_c(out, "    limit: as-own-nationals\n");
	if (scheduled)
		buf_add_c(out, "    schedule: annex\n");
	add_provider(draft);
	add_for(draft, services, home_only, to);
	add_scope(draft, "where", false);
	if (home_only)
		buf_add_c(out, "    to: [ home ]\n");
	else if (to)
		add_scope(draft, "to", true);
	LINE(out, "    services: [ %s ]\n", services.ptr);
	if (soak_chance(scene, 40))
		LINE(out, "    phases: [ %s ]\n", soak_some(scene, phases, 3, ", ").ptr);
	struct str from = soak_date(scene, 85), until = soak_date(scene, 90);
	if (from.len)
		LINE(out, "    from: %s\n", from.ptr);
	if (until.len && str_cmp(until, from) >= 0)
		LINE(out, "    until: %s\n", until.ptr);
	if (soak_chance(scene, 50))
		LINE(out, "    role: %s\n", roles[soak_below(scene, 4)]);
	add_means(draft);
}

/* --- Agreements ----------------------------------------------------------------------------- */

static void add_opt_outs(struct draft *draft)
{
	static const char *const sides[] = { ", as: provider", ", as: beneficiary", ", as: both",
		"" };
	struct scene *scene = draft->scene;
	LINE(&draft->out, ", except: [ { ");
	/* `as` needs no commitment beside it, but a map must hold something: a first day stands in
	 * for "all" */
	if (soak_chance(scene, 60))
		LINE(&draft->out, "commitment: c%u", soak_below(scene, draft->commitments));
	else
		buf_add_c(&draft->out, "from: 2015-01-01");
	LINE(&draft->out, "%s", sides[soak_below(scene, 4)]);
	struct str until = soak_date(scene, 60);
	if (until.len && str_cmp(until, STR("2015-01-01")) >= 0)
		LINE(&draft->out, ", until: %s", until.ptr);
	buf_add_c(&draft->out, " } ]");
}

static void add_party_entry(struct draft *draft, struct str party, uint32_t dated)
{
	struct scene *scene = draft->scene;
	LINE(&draft->out, "  - { party: \"%s\"", party.ptr);
	add_dates(draft, dated);
	if (!draft->plain && soak_chance(scene, 20))
		add_opt_outs(draft);
	if (soak_chance(scene, 50))
		LINE(&draft->out, ", confirmed: %s", soak_date(scene, 0).ptr);
	buf_add_c(&draft->out, " }\n");
}

static void add_parties(struct draft *draft)
{
	struct scene *scene = draft->scene;
	buf_add_c(&draft->out, "parties:\n");
	if (soak_chance(scene, draft->plain ? 20 : 80))
		add_party_entry(draft, group_item(scene), draft->plain ? 0 : 10);
	for (size_t i = 0; i < scene->party_count; i++)
		if (i == 0 || soak_chance(scene, 75))
			add_party_entry(draft, scene->parties[i], draft->plain ? 0 : 8);
}

static void add_force(struct draft *draft)
{
	struct scene *scene = draft->scene;
	struct buf *out = &draft->out;
	buf_add_c(out, "state:\n  - { is: in-force, from: 2014-01-01 }\n");
	if (soak_chance(scene, 12)) {
		struct str later = soak_date(scene, 0);
		if (str_cmp(later, STR("2014-01-01")) > 0)
			LINE(out, "  - { is: %s, from: %s }\n",
				soak_chance(scene, 50) ? "suspended" : "terminated", later.ptr);
	}
	if (soak_chance(scene, 10))
		return; /* no `in-force`: open on both sides */
	struct str from = soak_date(scene, 75), until = soak_date(scene, 65);
	buf_add_c(out, "in-force: { notice: 6mo");
	if (from.len)
		LINE(out, ", from: %s", from.ptr);
	if (until.len && str_cmp(until, from) >= 0) {
		LINE(out, ", until: %s", until.ptr);
		if (soak_chance(scene, 65))
			buf_add_c(out, ", renews: 12mo");
		struct str on = soak_date(scene, 0), end = soak_date(scene, 0);
		if (soak_chance(scene, 40) && str_cmp(end, until) > 0 && str_cmp(end, on) >= 0)
			LINE(out, ", renewed: [ { on: %s, until: %s } ]", on.ptr, end.ptr);
	}
	buf_add_c(out, " }\n");
}

static void add_shares(struct draft *draft)
{
	struct scene *scene = draft->scene;
	if (!soak_chance(scene, 30))
		return;
	struct str until = soak_date(scene, 70);
	struct str from = actor(scene), to = actor(scene);
	LINE(&draft->out,
		"share:\n  - { from: %s, to: %s, purpose: help, fields: [ name ], basis: consent",
		from.ptr, to.ptr);
	if (until.len)
		LINE(&draft->out, ", until: %s", until.ptr);
	if (soak_chance(scene, 40))
		LINE(&draft->out, ", except-status: [ %s ]",
			soak_some(scene, soak_statuses, 3, ", ").ptr);
	buf_add_c(&draft->out, " }\n");
}

static void add_visibility(struct draft *draft)
{
	struct scene *scene = draft->scene;
	uint32_t dice = soak_below(scene, 100);
	if (dice < 70)
		buf_add_c(&draft->out, "visibility: public\n");
	else if (dice < 85)
		buf_add_c(&draft->out, "visibility: parties\n");
	else
		LINE(&draft->out, "visibility: [ \"%s\" ]\n",
			soak_pick(scene, scene->parties, scene->party_count).ptr);
}

/* Columns beside `where` may be empty: then the commitment says. */
static void add_annex(struct draft *draft)
{
	struct scene *scene = draft->scene;
	struct buf out;
	buf_init(&out, scene->arena, 1 << 14);
	buf_add_c(&out, "where,provider,nationality,present,from,until,services\n");
	for (uint32_t n = 1 + soak_below(scene, 3); n > 0; n--) {
		struct str where = soak_pick(scene, scene->places, scene->place_count);
		struct str party = STR(""), nats = STR(""), levels = STR(""), services = STR("");
		if (soak_chance(scene, 60))
			party = soak_pick(scene, scene->parties, scene->party_count);
		if (soak_chance(scene, 50))
			nats = nationality_item(scene, true);
		if (soak_chance(scene, 60))
			levels = soak_some(scene, soak_levels, 2, " ");
		if (soak_chance(scene, 30))
			services = STR("consular.welfare");
		struct str from = soak_date(scene, 80);
		LINE(&out, "%s,%s,%s,%s,%s,,%s\n", where.ptr, party.ptr, nats.ptr, levels.ptr,
			from.ptr, services.ptr);
	}
	soak_put(scene, str_format(scene->arena, ANNEX, draft->number), &out);
}

static void generate_agreement(struct scene *scene, unsigned number)
{
	static const char *const strengths[] = { "law", "treaty", "notes", "mou", "contract",
		"custom", "practice", "pledge" };
	struct draft draft = { .scene = scene, .number = number };
	struct buf *out = &draft.out;
	buf_init(out, scene->arena, 1 << 18);
	bool is_template = number > 0 && soak_chance(scene, 3);
	draft.plain = soak_chance(scene, 35);
	draft.annex = !is_template && !draft.plain && soak_chance(scene, 30);
	LINE(out,
		"format: 1\nagreement: accord-%u\ntitle: Accord\nkind: framework\nstrength: %s\n"
		"source: { title: Drawn by lot, basis: illustrative }\n",
		number, strengths[soak_below(scene, 8)]);
	if (is_template)
		buf_add_c(out, "template: true\n");
	if (draft.annex)
		buf_add_c(out, "schedules: [ annex ]\n");
	if (!draft.plain && soak_chance(scene, 12))
		buf_add_c(out, "binds-host: true\n");
	add_force(&draft);
	add_visibility(&draft);
	buf_add_c(out, "commitments:\n");
	for (uint32_t n = 2 + soak_below(scene, 5); n > 0; n--)
		add_commitment(&draft, draft.annex && (n == 1 || soak_chance(scene, 10)));
	add_parties(&draft);
	add_shares(&draft);
	soak_put(scene, str_format(scene->arena, "w/agreements/accord-%u.yaml", number), out);
	if (draft.annex)
		add_annex(&draft);
}

void soak_generate_documents(struct scene *scene)
{
	uint32_t count = 2 + soak_below(scene, SCENE_AGREEMENTS - 1);
	for (uint32_t i = 0; i < count; i++)
		generate_agreement(scene, i);
}
