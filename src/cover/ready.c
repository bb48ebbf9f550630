/* cover_ready(): would an agreement hold if it were needed today? Component by component, by what
 * is on record; what is not on record is not known, never no.
 *
 * Exercises and notices to hosts are not kept in the files of facts: those components stay not
 * known until they are. */
#include <assert.h>
#include <string.h>
#include "cover/internal.h"

#define WORD(text)                                                                                 \
	{                                                                                          \
		text, sizeof(text) - 1                                                             \
	}
const struct str cover_ready_words[READY_PARTS] = { WORD("in-force"), WORD("term"),
	WORD("channels"), WORD("links"), WORD("exercised"), WORD("capacity"), WORD("assets"),
	WORD("host") };

struct work {
	struct readiness *out;
	const struct world *world;
	const struct cover_index *index;
	const struct agreement *agreement;
	const struct commitment *only;
	int32_t date;
	uint32_t viewer;
	bool *providers; /* per party */
};

static void set(struct work *work, enum ready_part part, enum truth truth)
{
	work->out->parts[part] = truth;
	work->out->asked[part] = true;
}

static bool looked_at(const struct work *work, const struct commitment *commitment)
{
	return work->only == NULL || work->only == commitment;
}

/* ---- force and term ---- */

static int32_t later(int32_t date, struct duration duration)
{
	switch (duration.unit) {
	case DURATION_HOURS:
		return date + (duration.count + 23) / 24;
	case DURATION_MONTHS:
		return date_add_months(date, duration.count);
	default:
		return date + duration.count;
	}
}

static int32_t last_day(const struct agreement *agreement, int32_t date)
{
	int32_t until = agreement->until;

	for (size_t i = 0; i < agreement->renewed_count && until != DATE_NONE; i++)
		if (agreement->renewed[i].on <= date && agreement->renewed[i].until > until)
			until = agreement->renewed[i].until;
	return until;
}

static void judge_term(struct work *work)
{
	const struct agreement *agreement = work->agreement;
	enum accord_force force = accord_in_force(agreement, work->date);
	int32_t ends = last_day(agreement, work->date);

	if (work->only && work->only->until != DATE_NONE &&
		(ends == DATE_NONE || work->only->until < ends))
		ends = work->only->until;
	work->out->ends = ends;
	set(work, READY_IN_FORCE,
		force == FORCE_YES        ? TRUTH_T
		: force == FORCE_EXPECTED ? TRUTH_U
					  : TRUTH_F);
	if (work->only && !date_within(work->date, work->only->from, work->only->until))
		set(work, READY_IN_FORCE, TRUTH_F);
	if (ends == DATE_NONE || ends - work->date > READY_TERM_DAYS)
		set(work, READY_TERM, TRUTH_T);
	else
		set(work, READY_TERM, agreement->renews.count > 0 ? TRUTH_U : TRUTH_F);
}

/* ---- review ---- */

static struct duration review(const struct agreement *agreement, const char *name)
{
	const struct node *review = node_get(agreement->tree, "review");
	const struct node *node = review ? node_get(review, name) : NULL;
	struct duration duration = { 0, DURATION_DAYS };

	if (!node || !duration_parse(node->text, &duration))
		duration.count = 0;
	return duration;
}

static bool in_time(const struct work *work, int32_t tested)
{
	struct duration every = work->out->tested_every;

	if (every.count == 0)
		every = (struct duration){ READY_TEST_DAYS, DURATION_DAYS };
	return tested != DATE_NONE && tested <= work->date && work->date <= later(tested, every);
}

/* ---- channels and links ---- */

/* Parties of the agreement on the date, one by one or by group; only STATES. */
static void note_parties(struct work *work, bool *parties, bool states)
{
	for (uint32_t p = 0; p < work->world->parties_count; p++)
		if ((!states || work->world->parties[p].nat != NAT_NONE) &&
			match_is_party(work->world, work->agreement, p, work->date))
			parties[p] = true;
}

/* Who may have to help, by COMMITMENT: named, a member of the pool, or any State that is bound. */
static void note_providers(struct work *work, const struct commitment *commitment)
{
	const struct provider *form = &commitment->provider;

	if (form->kind == PROVIDER_PARTY) {
		work->providers[form->party] = true;
		return;
	}
	if (form->kind != PROVIDER_MEMBER_OF) {
		note_parties(work, work->providers, true);
		return;
	}
	for (uint32_t p = 0; p < work->world->parties_count; p++)
		if (world_group_has(work->world, form->group, p, work->date) &&
			match_is_party(work->world, work->agreement, p, work->date))
			work->providers[p] = true;
}

static bool may_see(const struct work *work, const struct channel *channel)
{
	return channel->visibility == VISIBILITY_PUBLIC || work->viewer == VIEWER_ALL ||
	       (work->viewer != VIEWER_PUBLIC &&
		       (world_party_under(work->world, work->viewer, channel->party) ||
			       match_is_party(
				       work->world, work->agreement, work->viewer, work->date)));
}

/* The latest test of a channel of PARTY up to the date. */
static int32_t latest_test(const struct work *work, uint32_t party)
{
	int32_t latest = DATE_NONE;

	for (size_t i = 0; i < work->world->channels_count; i++) {
		const struct channel *channel = &work->world->channels[i];

		if (channel->party == party && channel->tested != DATE_NONE &&
			channel->tested <= work->date && channel->tested > latest &&
			may_see(work, channel))
			latest = channel->tested;
	}
	return latest;
}

static void judge_channels(struct work *work)
{
	struct readiness *out = work->out;

	for (uint32_t p = 0; p < work->world->parties_count; p++) {
		int32_t tested;

		if (!work->providers[p])
			continue;
		tested = latest_test(work, p);
		out->providers++;
		out->tested += in_time(work, tested);
		out->silent += tested == DATE_NONE;
		out->old += tested != DATE_NONE && !in_time(work, tested);
		if (tested > out->last_test)
			out->last_test = tested;
	}
	if (out->providers == 0)
		return;
	set(work, READY_CHANNELS, out->old > 0 ? TRUTH_F : out->silent > 0 ? TRUTH_U : TRUTH_T);
}

static enum truth side(const struct work *work, int32_t tested)
{
	if (tested == DATE_NONE || tested > work->date)
		return TRUTH_U;
	return in_time(work, tested) ? TRUTH_T : TRUTH_F;
}

/* A link counts when one end is a provider and the other a party, or something under one. */
static bool links_parties(const struct work *work, const struct link_row *link, const bool *parties)
{
	bool here = false, there = false, provider = false;

	for (uint32_t p = 0; p < work->world->parties_count; p++) {
		if (!parties[p])
			continue;
		bool from = world_party_under(work->world, link->from_party, p);
		bool to = world_party_under(work->world, link->to_party, p);

		here |= from;
		there |= to;
		provider |= (from || to) && work->providers[p];
	}
	return here && there && provider;
}

static bool judge_links(struct work *work, struct arena *arena)
{
	bool *parties = ARENA_ARRAY(arena, work->world->parties_count + 1, bool);
	enum truth all = TRUTH_T;

	if (!parties)
		return false;
	note_parties(work, parties, false);
	for (size_t i = 0; i < work->world->links_count; i++) {
		const struct link_row *link = &work->world->links[i];
		enum truth tested;

		if (!links_parties(work, link, parties))
			continue;
		tested = truth_and(side(work, link->tested_out), side(work, link->tested_back));
		work->out->links++;
		work->out->links_tested += tested == TRUTH_T;
		all = truth_and(all, tested);
	}
	set(work, READY_LINKS, work->out->links ? all : TRUTH_U);
	return true;
}

/* ---- capacity and assets ---- */

/* Confirmed: by the party itself, or by a strength on record that is as large. */
static enum truth sized(const struct work *work, const struct commitment *commitment)
{
	uint32_t party = commitment->provider.party;
	enum truth found = TRUTH_U;

	if (commitment->capacity.quantity == 0)
		return TRUTH_F;
	if (commitment->provider.kind != PROVIDER_PARTY)
		return TRUTH_U;
	if (match_confirmed(work->world, work->agreement, party, work->date))
		return TRUTH_T;
	for (size_t i = 0; i < work->world->strengths_count; i++) {
		const struct strength_row *strength = &work->world->strengths[i];

		if (strength->party != party || strength->service == SERVICE_NONE ||
			!(commitment->services >> strength->service & 1u) ||
			!str_eq(strength->unit, commitment->capacity.unit))
			continue;
		found = strength->quantity >= commitment->capacity.quantity ? TRUTH_T
			: found == TRUTH_T                                  ? TRUTH_T
									    : TRUTH_F;
	}
	return found;
}

static void judge_capacity(struct work *work, const struct commitment *commitment)
{
	struct readiness *out = work->out;
	enum truth truth;

	if (commitment->duty != DUTY_WILL)
		return;
	truth = sized(work, commitment);
	out->promises++;
	out->unsized += commitment->capacity.quantity == 0;
	out->confirmed += truth == TRUTH_T;
	set(work, READY_CAPACITY,
		out->promises == 1 ? truth : truth_and(out->parts[READY_CAPACITY], truth));
}

static const struct asset *find_asset(const struct world *world, struct str id)
{
	for (size_t i = 0; i < world->assets_count; i++) {
		const struct asset *asset = &world->assets[i];
		struct str party = world->parties[asset->party].id;

		if (id.len == party.len + 1 + asset->id.len && id.ptr[party.len] == ':' &&
			memcmp(id.ptr, party.ptr, party.len) == 0 &&
			memcmp(id.ptr + party.len + 1, asset->id.ptr, asset->id.len) == 0)
			return asset;
	}
	return NULL;
}

static bool backs(const struct commitment *commitment, struct str asset)
{
	for (size_t i = 0; i < commitment->assets_count; i++)
		if (str_eq(commitment->assets[i], asset))
			return true;
	return false;
}

/* All pledges of an asset that may be called at once with COMMITMENT's: in force on the date, in a
 * phase that both name. What each takes, and when it is too much, is what the overlaps say. */
static enum truth pledged(
	const struct work *work, const struct commitment *commitment, struct str id, int64_t *sum)
{
	const struct asset *asset = find_asset(work->world, id);
	struct walk walk = { .index = work->index };
	size_t pledges = 0;

	*sum = 0;
	while (asset && walk_next(&walk)) {
		const struct agreement *agreement = walk.rows->agreement;

		if (agreement != work->agreement &&
			(accord_in_force(agreement, work->date) != FORCE_YES ||
				!cover_visible(work->index, agreement, work->viewer, work->date)))
			continue;
		for (size_t i = 0; i < agreement->commitments_count; i++) {
			const struct commitment *other = &agreement->commitments[i];

			if (!backs(other, id) || !(other->phases & commitment->phases) ||
				!date_within(work->date, other->from, other->until))
				continue;
			pledges++;
			pledges_add(sum, pledges_taken(other, asset));
		}
	}
	if (!asset)
		return TRUTH_U;
	return pledges > 1 && *sum > asset->quantity ? TRUTH_F : TRUTH_T;
}

static void judge_assets(struct work *work, const struct commitment *commitment)
{
	struct readiness *out = work->out;

	for (size_t i = 0; i < commitment->assets_count; i++) {
		int64_t sum;
		enum truth truth = pledged(work, commitment, commitment->assets[i], &sum);
		enum truth before = out->asked[READY_ASSETS] ? out->parts[READY_ASSETS] : TRUTH_T;

		set(work, READY_ASSETS, truth_and(before, truth));
		if (truth < before) {
			const struct asset *asset = find_asset(work->world, commitment->assets[i]);

			out->asset = commitment->assets[i];
			out->asset_has = asset ? asset->quantity : 0;
			out->asset_pledged = sum;
		}
	}
}

/* ---- the host ---- */

static void judge_host(struct work *work, const struct commitment *commitment)
{
	for (size_t i = 0; i < commitment->steps_count; i++) {
		const struct step *step = &commitment->steps[i];

		if (step->whom.kind != ACTOR_HOST_STATE && step->by.kind != ACTOR_HOST_STATE)
			continue;
		if (step->what != STEP_NOTIFY && step->what != STEP_CONSENT &&
			step->what != STEP_REQUEST && step->what != STEP_CONSULT)
			continue;
		work->out->host_steps++;
		set(work, READY_HOST, TRUTH_U);
		return;
	}
}

enum status cover_ready(struct readiness *out, struct arena *arena, const struct cover_index *index,
	const struct agreement *agreement, const struct commitment *commitment, int32_t date,
	uint32_t viewer)
{
	struct work work = { .out = out,
		.world = index->world,
		.index = index,
		.agreement = agreement,
		.only = commitment,
		.date = date,
		.viewer = viewer,
		.providers = ARENA_ARRAY(arena, index->world->parties_count + 1, bool) };

	assert(date != DATE_NONE && !agreement->is_template);
	*out = (struct readiness){ .agreement = agreement,
		.commitment = commitment,
		.all = TRUTH_T,
		.last_test = DATE_NONE,
		.tested_every = review(agreement, "channels-tested-every"),
		.exercise_every = review(agreement, "exercise-every") };
	if (!work.providers)
		return STATUS_NO_MEMORY;
	for (int part = 0; part < READY_PARTS; part++)
		out->parts[part] = TRUTH_T;
	judge_term(&work);
	set(&work, READY_EXERCISED, TRUTH_U);
	for (size_t i = 0; i < agreement->commitments_count; i++) {
		const struct commitment *each = &agreement->commitments[i];

		if (!looked_at(&work, each))
			continue;
		note_providers(&work, each);
		judge_capacity(&work, each);
		judge_assets(&work, each);
		judge_host(&work, each);
	}
	judge_channels(&work);
	if (!judge_links(&work, arena))
		return STATUS_NO_MEMORY;
	for (int part = 0; part < READY_PARTS; part++)
		out->all = truth_and(out->all, out->parts[part]);
	return STATUS_OK;
}
