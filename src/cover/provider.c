/* Who provides: the forms of `provider`, whether that party is bound on the date, and whether it is
 * there.
 *
 * The index never holds a pool's members (`member-of`): which States count is decided at the time
 * of the question, by sets (presence.c); those are walked, then members that are no States. */
#include <assert.h>
#include "cover/internal.h"

static bool asks_nat(const struct ask *ask, uint16_t nat)
{
	return set256_has(&ask->nats, nat) && (ask->only_nat == NAT_NONE || ask->only_nat == nat);
}

static uint32_t state_of(const struct world *world, uint16_t nat)
{
	return nat == NAT_NONE ? NONE32 : world->nats[nat].state;
}

/* ---- the forms ---- */

void provider_walk_init(struct provider_walk *walk, const struct ask *ask, const struct row *row)
{
	const struct provider *form = &row->commitment->provider;

	*walk = (struct provider_walk){ .last = NONE32 };
	if (form->kind == PROVIDER_STATE_OF_NATIONALITY) {
		walk->end = ask->query.nat_count;
	} else if (form->kind == PROVIDER_MEMBER_OF) {
		walk->states = ask_pool(ask, row);
		if (ask->index->atlas->group_mixed[form->group]) {
			walk->at = ask->index->group_first[form->group];
			walk->end = ask->index->group_first[form->group + 1];
		}
	} else {
		walk->end = 1;
	}
}

/* The one provider of the forms that have no list; NONE32 when there is none. */
static uint32_t single_provider(const struct ask *ask, const struct provider *form)
{
	if (form->kind == PROVIDER_PARTY)
		return form->party;
	if (form->kind == PROVIDER_HOST_STATE)
		return ask->host;
	assert(form->kind == PROVIDER_STATE_OF_RESIDENCE);
	return state_of(ask->world, ask->query.residence);
}

/* The State of the lowest number among those of the pool that are left. */
static uint32_t next_state(struct provider_walk *walk, const struct ask *ask)
{
	for (unsigned w = 0; w < 4; w++) {
		uint64_t *word = &walk->states.words[w];

		if (*word) {
			unsigned nat = 64 * w + (unsigned)__builtin_ctzll(*word);

			*word &= *word - 1;
			return ask->world->nats[nat].state;
		}
	}
	return NONE32;
}

bool provider_walk_next(struct provider_walk *walk, const struct ask *ask, const struct row *row,
	uint32_t *provider, uint16_t *nat)
{
	const struct provider *form = &row->commitment->provider;

	*nat = NAT_NONE;
	*provider = next_state(walk, ask);
	if (*provider != NONE32)
		return true;
	while (walk->at < walk->end) {
		size_t at = walk->at++;

		*provider = NONE32;
		if (form->kind == PROVIDER_STATE_OF_NATIONALITY) {
			*nat = ask->query.nats[at];
			if (asks_nat(ask, *nat))
				*provider = state_of(ask->world, *nat);
		} else if (form->kind == PROVIDER_MEMBER_OF) {
			const struct membership *member = &ask->world->group_rows[at];

			/* Periods of one member are neighbours: it counts once. */
			if (ask->world->parties[member->member].nat == NAT_NONE &&
				member->member != walk->last &&
				date_within(ask->query.date, member->from, member->until))
				*provider = walk->last = member->member;
		} else {
			*provider = single_provider(ask, form);
		}
		if (*provider != NONE32)
			return true;
	}
	return false;
}

bool provider_is(const struct ask *ask, const struct row *row, uint32_t party, uint16_t *nat)
{
	const struct provider *form = &row->commitment->provider;

	*nat = NAT_NONE;
	if (form->kind == PROVIDER_MEMBER_OF)
		return ask_group_has(ask, form->group, party);
	if (form->kind != PROVIDER_STATE_OF_NATIONALITY)
		return single_provider(ask, form) == party;
	*nat = ask->world->parties[party].nat;
	return *nat != NAT_NONE && state_of(ask->world, *nat) == party && asks_nat(ask, *nat);
}

bool provider_can_be(const struct ask *ask, const struct row *row, uint32_t party)
{
	const struct provider *form = &row->commitment->provider;
	const struct cover_index *index = ask->index;

	if (form->kind == PROVIDER_PARTY)
		return form->party == party;
	if (form->kind != PROVIDER_MEMBER_OF)
		return ask->world->parties[party].nat != NAT_NONE;
	for (size_t i = index->group_first[form->group]; i < index->group_first[form->group + 1];
		i++) {
		if (ask->world->group_rows[i].member == party)
			return true;
	}
	return false;
}

/* ---- bound, and there ---- */

enum why_not provider_gate(const struct ask *ask, const struct row *row, uint32_t provider)
{
	const struct agreement *agreement = row->agreement;
	int32_t date = ask->query.date;

	if (provider == ask->without || !ask_is_party(ask, row, provider))
		return WHYNOT_NOT_PARTY;
	if (agreement->binds_host && (ask->host == NONE32 || ask->host == ask->without ||
					     !ask_is_party(ask, row, ask->host)))
		return WHYNOT_HOST_NOT_PARTY;
	if (match_opted_out(ask->world, row, provider, OPT_PROVIDER, date))
		return WHYNOT_OPTED_OUT;
	return WHYNOT_ANSWERS;
}

/* A schedule's row attests presence at its place, at the first level that it asks for. */
static struct presence attested(unsigned levels)
{
	return (struct presence){ .truth = TRUTH_T,
		.level = levels & (~levels + 1u),
		.post_row = NONE32,
		.office_row = NONE32,
		.absent_row = NONE32,
		.complete_row = NONE32 };
}

enum why_not provider_here(
	const struct ask *ask, const struct row *row, uint32_t provider, struct answer *answer)
{
	const struct commitment *commitment = row->commitment;
	unsigned levels = commitment->provider.levels;
	uint16_t nat = ask->world->parties[provider].nat;
	struct presence presence;

	answer->band = band_of_duty(commitment->duty);
	answer->post_row = answer->office_row = NONE32;
	if (commitment->provider.kind == PROVIDER_MEMBER_OF &&
		(provider == ask->host || (nat != NAT_NONE && set256_has(&ask->nats, nat))))
		return WHYNOT_POOL;
	if (!levels)
		return WHYNOT_ANSWERS;
	presence =
		commitment->schedule >= 0 ? attested(levels) : ask_presence(ask, provider, levels);
	if (presence.truth == TRUTH_F)
		return WHYNOT_ABSENT;
	if (presence.truth == TRUTH_U && ask->reading != READING_IN_FAVOUR)
		return WHYNOT_PRESENCE_UNKNOWN;
	if (presence.level == LEVEL_ACCREDITED)
		answer->band = BAND_REMOTE;
	if (presence.truth == TRUTH_T && commitment->schedule < 0) {
		presence = ask_presence_facts(ask, provider, levels, presence);
		answer->post_row = presence.post_row;
		answer->office_row = presence.office_row;
	}
	return WHYNOT_ANSWERS;
}
