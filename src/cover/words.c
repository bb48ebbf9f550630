/* Words of cover's enumerations, for printing and for the agreements' own cases; index = value. */
#include "cover/cover.h"

#define WORD(literal)                                                                              \
	{                                                                                          \
		literal, sizeof(literal) - 1                                                       \
	}

const struct str cover_band_words[BANDS] = {
	WORD("none"),
	WORD("remote"),
	WORD("may"),
	WORD("shall"),
	WORD("will"),
};

const struct str cover_mark_words[MARK_COUNT] = {
	WORD("host-may-not-admit"),
	WORD("informed-choice"),
	WORD("notified-anyway"),
	WORD("as-own-unknown"),
	WORD("stale"),
	WORD("unconfirmed"),
};

const struct str cover_held_words[2] = { WORD("screen"), WORD("best-interests") };

const struct str cover_whynot_words[WHYNOTS] = {
	[WHYNOT_ANSWERS] = WORD("answers"),
	[WHYNOT_NOT_VISIBLE] = WORD("the agreement is not visible to the viewer"),
	[WHYNOT_NOT_IN_FORCE] = WORD("the agreement is not in force on the date"),
	[WHYNOT_EXPECTED] = WORD("the agreement waits for a renewal that is not confirmed"),
	[WHYNOT_COMMITMENT_DATES] = WORD("the date lies outside the commitment's own dates"),
	[WHYNOT_NOT_PARTY] = WORD("the provider is no party to the agreement on the date"),
	[WHYNOT_HOST_NOT_PARTY] =
		WORD("the host State would have to be a party and is none on the date"),
	[WHYNOT_OPTED_OUT] = WORD("an opt-out removes the provider or the nationality"),
	[WHYNOT_SERVICE] = WORD("the commitment does not name the service"),
	[WHYNOT_PHASE] = WORD("the commitment does not hold in this phase"),
	[WHYNOT_PLACE] = WORD("the place lies outside the commitment's places"),
	[WHYNOT_TO] = WORD("the destination is not one that the commitment serves"),
	[WHYNOT_STATUS] = WORD("the person's statuses are not those that the commitment asks for"),
	[WHYNOT_RESIDENCE] = WORD("the person's residence is not one that the commitment asks for"),
	[WHYNOT_NATIONALITY] =
		WORD("none of the person's nationalities is among the beneficiaries"),
	[WHYNOT_REPRESENTED] = WORD("the person's own State is represented there"),
	[WHYNOT_SERVED_BY] =
		WORD("the State through which the chain leads does not serve the person"),
	[WHYNOT_POOL] = WORD("a pool is never one of the person's own States nor the host"),
	[WHYNOT_ABSENT] = WORD("the provider is known to be absent there at the levels asked for"),
	[WHYNOT_PRESENCE_UNKNOWN] = WORD("the provider's presence there is not known on the date"),
	[WHYNOT_S1] =
		WORD("safeguard S1: the provider, or a step, cost or share, would reach a State "
		     "to keep away from"),
	[WHYNOT_S2] = WORD("safeguard S2: enforcement is never an answer"),
	[WHYNOT_S4] = WORD("safeguard S4: the way would lead to a State to keep away from"),
	[WHYNOT_S5] = WORD("safeguard S5: the person refuses contact with the own State"),
	[WHYNOT_HELD] = WORD("safeguard S7: held until a first step is done"),
	[WHYNOT_NOT_PROVIDER] = WORD("the commitment has another provider for this person"),
};

const char *cover_truth_letter(enum truth truth)
{
	return truth == TRUTH_T ? "T" : truth == TRUTH_F ? "F" : "U";
}
