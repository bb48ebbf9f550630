/* The one table of fields. A row drives the check, the canonical form, the order of fmt, the JSON
 * Schema, the labels of prose and the guide in docs/accord.md; a field is added here and nowhere
 * else, until a rule gives it a meaning of its own.
 *
 * Columns: shape it stands in, name, type of a single value, flags, shape of a map, words, phrase
 * of prose (NULL: a sentence of its own or none), help. */
#include "accord/internal.h"

#include <assert.h>

#define MANY FIELD_MANY
#define MUST FIELD_REQUIRED
#define REAL FIELD_UNLESS_TEMPLATE
#define EMPTY FIELD_EMPTY
#define BLOCK FIELD_BLOCK
#define WORDS(set) &accord_words[WORDS_##set]
#define ROW(shape, name, type, flags, map, words, phrase, help)                                    \
	{                                                                                          \
		SHAPE_##shape, name, TYPE_##type, flags, SHAPE_##map, words, PHRASE_##phrase,      \
			help, NULL, NULL, NULL                                                     \
	}

const struct field accord_fields[] = {
	ROW(AGREEMENT, "format", INTEGER, MUST, NONE, NULL, NULL, "version of this form: 1"),
	ROW(AGREEMENT, "agreement", SLUG, MUST, NONE, NULL, NULL,
		"id of the agreement; its file is ID.yaml"),
	ROW(AGREEMENT, "title", TEXTS, MUST, NONE, NULL, NULL, "title per language"),
	ROW(AGREEMENT, "text", TEXTS, 0, NONE, NULL, NULL, "preamble or summary per language"),
	ROW(AGREEMENT, "kind", WORD, MUST, NONE, WORDS(KIND), NULL, "what the agreement is about"),
	ROW(AGREEMENT, "strength", WORD, MUST, NONE, WORDS(STRENGTH), NULL,
		"how firmly it binds, from law to pledge"),
	ROW(AGREEMENT, "template", BOOLEAN, 0, NONE, NULL, NULL,
		"true: a form to fill in; blanks ⟨…⟩ may stand anywhere"),
	ROW(AGREEMENT, "source", MAP, 0, SOURCE, NULL, NULL,
		"where the text was found and how closely it is followed"),
	ROW(AGREEMENT, "state", MAP, MANY | REAL, STATE, NULL, NULL,
		"its states with their first days, in order"),
	ROW(AGREEMENT, "visibility", PARTY, MANY | MUST | FIELD_LONE_WORDS, NONE, WORDS(VISIBILITY),
		NULL, "public, parties, or a list of parties"),
	ROW(AGREEMENT, "parties", MAP, MANY | MUST | BLOCK, PARTY, NULL, NULL,
		"who is bound, one by one or by group"),
	ROW(AGREEMENT, "in-force", MAP, 0, IN_FORCE, NULL, NULL,
		"from when, until when, how it is renewed and ended"),
	ROW(AGREEMENT, "binds-host", BOOLEAN, 0, NONE, NULL, NULL,
		"true: it answers only where the host State is a party too"),
	ROW(AGREEMENT, "activates", MAP, 0, ACTIVATES, NULL, NULL,
		"what sets it in motion in a crisis"),
	ROW(AGREEMENT, "schedules", SLUG, MANY, NONE, NULL, NULL,
		"names of annexed tables; each is the file ID.NAME.csv"),
	ROW(AGREEMENT, "commitments", MAP, MANY | BLOCK, COMMITMENT, NULL, NULL,
		"clauses with executable meaning"),
	ROW(AGREEMENT, "share", MAP, MANY | BLOCK, SHARE, NULL, NULL,
		"which fields of a case may pass from whom to whom"),
	ROW(AGREEMENT, "articles", MAP, MANY | BLOCK, ARTICLE, NULL, NULL,
		"clauses kept as text only"),
	ROW(AGREEMENT, "review", MAP, 0, REVIEW, NULL, NULL,
		"how often it is exercised, tested and reported on"),
	ROW(AGREEMENT, "cases", MAP, MANY | BLOCK, CASE, NULL, NULL,
		"its own examples, judged by the engine"),

	ROW(SOURCE, "title", TEXT, MUST, NONE, NULL, NULL, "what the source is called"),
	ROW(SOURCE, "url", TEXT, 0, NONE, NULL, NULL, "where it can be read"),
	ROW(SOURCE, "basis", WORD, MUST, NONE, WORDS(BASIS), BASIS, "how the clause rests on it"),

	ROW(STATE, "is", WORD, MUST, NONE, WORDS(STATE), NULL, "the state"),
	ROW(STATE, "from", DATE, MUST, NONE, NULL, NULL, "its first day"),

	ROW(PARTY, "party", MEMBER, MUST, NONE, NULL, NULL,
		"a party, or group:X for its members on each date"),
	ROW(PARTY, "role", SLUG, 0, NONE, NULL, PARTY_ROLE, "what it is in this agreement"),
	ROW(PARTY, "from", DATE, 0, NONE, NULL, NULL, "bound from this day"),
	ROW(PARTY, "until", DATE, 0, NONE, NULL, NULL, "bound until this day, inclusive"),
	ROW(PARTY, "except", MAP, MANY, OPT_OUT, NULL, NULL, "commitments it has opted out of"),
	ROW(PARTY, "confirmed", DATE, 0, NONE, NULL, CONFIRMED,
		"day on which the party confirmed this encoding"),

	ROW(OPT_OUT, "commitment", SLUG, 0, NONE, NULL, NULL, "which commitment; absent: all"),
	ROW(OPT_OUT, "as", WORD, 0, NONE, WORDS(SIDE), AS_SIDE,
		"as provider, beneficiary or both (absent: both)"),
	ROW(OPT_OUT, "from", DATE, 0, NONE, NULL, NULL, "out from this day"),
	ROW(OPT_OUT, "until", DATE, 0, NONE, NULL, NULL, "out until this day, inclusive"),

	ROW(IN_FORCE, "from", DATE, 0, NONE, NULL, NULL, "first day in force"),
	ROW(IN_FORCE, "until", DATE, 0, NONE, NULL, NULL, "last day in force"),
	ROW(IN_FORCE, "renews", DURATION, 0, NONE, NULL, RENEWS,
		"it is expected to be renewed for so long each time"),
	ROW(IN_FORCE, "renewed", MAP, MANY, RENEWAL, NULL, NULL,
		"renewals that were confirmed, in order"),
	ROW(IN_FORCE, "notice", DURATION, 0, NONE, NULL, NOTICE, "notice to end it"),

	ROW(RENEWAL, "on", DATE, MUST, NONE, NULL, NULL, "day on which the renewal was confirmed"),
	ROW(RENEWAL, "until", DATE, MUST, NONE, NULL, NULL, "new last day in force"),

	ROW(ACTIVATES, "on", SLUG, MANY, NONE, NULL, ACTIVATED_ON,
		"events: request, crisis-declared, alert-level-3, …"),
	ROW(ACTIVATES, "by", ACTOR, MANY, NONE, NULL, ACTIVATED_BY, "who may set it in motion"),
	ROW(ACTIVATES, "confirm-within", DURATION, 0, NONE, NULL, CONFIRM_WITHIN,
		"time to confirm"),
	ROW(ACTIVATES, "escalate-to", ACTOR, MANY, NONE, NULL, ESCALATE_TO,
		"who is called when nobody confirms"),

	ROW(COMMITMENT, "id", SLUG, MUST, NONE, NULL, NULL, "id within the agreement"),
	ROW(COMMITMENT, "clause", TEXT, MUST, NONE, NULL, NULL,
		"article or paragraph it stands in"),
	ROW(COMMITMENT, "title", TEXTS, 0, NONE, NULL, NULL, "one line per language"),
	ROW(COMMITMENT, "duty", WORD, MUST, NONE, WORDS(DUTY), NULL,
		"will: a promise with means; shall: an obligation; may: discretion"),
	ROW(COMMITMENT, "limit", WORD, 0, NONE, WORDS(LIMIT), NULL,
		"as-own-nationals: no better than the provider's own nationals"),
	ROW(COMMITMENT, "schedule", SLUG, 0, NONE, NULL, NULL,
		"each row of this schedule is one commitment"),
	ROW(COMMITMENT, "provider", PARTY, 0, PROVIDER, NULL, NULL,
		"who helps: a party, or a rule that finds it"),
	ROW(COMMITMENT, "for", MAP, 0, FOR, NULL, NULL, "whom it helps"),
	ROW(COMMITMENT, "where", MAP, 0, WHERE, NULL, NULL, "at which places"),
	ROW(COMMITMENT, "to", DESTINATION, MANY, TO, NULL, NULL,
		"for movement and return: which destinations"),
	ROW(COMMITMENT, "services", SERVICE, MANY, NONE, NULL, NULL, "what is given"),
	ROW(COMMITMENT, "except-services", SERVICE, MANY, NONE, NULL, EXCEPT_SERVICES,
		"what is not"),
	ROW(COMMITMENT, "phases", WORD, MANY, NONE, WORDS(PHASE), PHASES,
		"before, during, after a crisis; absent: all three"),
	ROW(COMMITMENT, "from", DATE, 0, NONE, NULL, NULL, "first day of this commitment"),
	ROW(COMMITMENT, "until", DATE, 0, NONE, NULL, NULL, "last day of this commitment"),
	ROW(COMMITMENT, "role", WORD, 0, NONE, WORDS(ROLE), ROLE,
		"lead (absent: lead), support or fallback"),
	ROW(COMMITMENT, "capacity", MAP, 0, CAPACITY, NULL, NULL, "how much, per what"),
	ROW(COMMITMENT, "lead-time", DURATION, 0, NONE, NULL, LEAD_TIME,
		"time from the request to the first help"),
	ROW(COMMITMENT, "assets", ASSET, MANY, NONE, NULL, ASSETS, "party:asset that backs it"),
	ROW(COMMITMENT, "steps", MAP, MANY, STEP, NULL, NULL, "what comes first, in order"),
	ROW(COMMITMENT, "cost", MAP, MANY, COST, NULL, NULL,
		"who pays; several rules in payer order"),
	ROW(COMMITMENT, "source", MAP, 0, SOURCE, NULL, NULL,
		"source of this clause, where it is not the agreement's"),
	ROW(COMMITMENT, "text", TEXTS, 0, NONE, NULL, NULL, "what the clause says, per language"),

	ROW(PROVIDER, "party", PARTY, 0, NONE, NULL, NULL, "this party"),
	ROW(PROVIDER, "state-of-nationality", WORD, MANY, NONE, WORDS(LEVEL), NULL,
		"the person's own State, present at one of the levels"),
	ROW(PROVIDER, "state-of-residence", WORD, MANY, NONE, WORDS(LEVEL), NULL,
		"the State of residence, present at one of the levels"),
	ROW(PROVIDER, "member-of", GROUP, 0, NONE, NULL, NULL,
		"each member of the group but the person's own States and the host"),
	ROW(PROVIDER, "host-state", BOOLEAN, 0, NONE, NULL, NULL, "true: the State of the place"),
	ROW(PROVIDER, "present", WORD, MANY, NONE, WORDS(LEVEL), NULL,
		"only where present at one of the levels"),

	ROW(FOR, "nationality", BENEFICIARY, MANY, NONE, NULL, NULL,
		"codes, group:X, any, served-by:X"),
	ROW(FOR, "except-nationality", NATIONALITIES, MANY, NONE, NULL, NULL,
		"codes and groups left out"),
	ROW(FOR, "status", WORD, MANY, NONE, WORDS(STATUS), IF_STATUS,
		"only people of one of these statuses"),
	ROW(FOR, "except-status", WORD, MANY, NONE, WORDS(STATUS), NOT_IF_STATUS,
		"not people of any of these statuses (safeguard S6 limits it)"),
	ROW(FOR, "unrepresented", WORD, MANY, NONE, WORDS(LEVEL), UNREPRESENTED,
		"only where the own State has nobody at these levels"),
	ROW(FOR, "residence", NATIONALITIES, MANY, NONE, NULL, IF_RESIDENT,
		"only people who live in these States"),
	ROW(FOR, "resident-since", DATE, 0, NONE, NULL, RESIDENT_SINCE,
		"only people who lived at the place on that day"),

	ROW(WHERE, "in", AREA, MANY | MUST, NONE, NULL, NULL, "places, group:X, zone:X"),
	ROW(WHERE, "except", AREA, MANY, NONE, NULL, NULL, "places left out"),
	ROW(WHERE, "territories", WORD, 0, NONE, WORDS(TERRITORIES), NULL,
		"in: a group stands for its members' territories too"),

	ROW(TO, "in", DESTINATION, MANY | MUST, NONE, NULL, NULL,
		"home, third, in-country, places, group:X, zone:X"),
	ROW(TO, "except", AREA, MANY, NONE, NULL, NULL, "places left out"),
	ROW(TO, "territories", WORD, 0, NONE, WORDS(TERRITORIES), NULL,
		"in: a group stands for its members' territories too"),

	ROW(CAPACITY, "quantity", INTEGER, MUST, NONE, NULL, NULL, "how many"),
	ROW(CAPACITY, "unit", WORD, MUST, NONE, WORDS(UNIT), NULL, "of what"),
	ROW(CAPACITY, "per", WORD, 0, NONE, WORDS(PER), NULL, "in what time"),

	ROW(STEP, "do", WORD, MUST, NONE, WORDS(STEP), NULL, "what is done"),
	ROW(STEP, "by", ACTOR, 0, NONE, NULL, STEP_BY, "by whom"),
	ROW(STEP, "whom", ACTOR, 0, NONE, NULL, NULL, "who is asked or told"),
	ROW(STEP, "within", DURATION, 0, NONE, NULL, STEP_WITHIN, "in what time"),
	ROW(STEP, "unless", WORD, 0, NONE, WORDS(UNLESS), NULL, "when it may be left out"),

	ROW(COST, "rule", WORD, MUST, NONE, WORDS(COST), NULL, "who pays, by which rule"),
	ROW(COST, "note", TEXTS, 0, NONE, NULL, NOTE, "remark per language"),
	ROW(COST, "cap", INTEGER, 0, NONE, NULL, NULL, "most that is paid, in minor units"),
	ROW(COST, "currency", CURRENCY, 0, NONE, NULL, NULL, "ISO 4217 code"),
	ROW(COST, "unit-cost", MAP, 0, UNIT_COST, NULL, NULL, "price of one"),
	ROW(COST, "advance", INTEGER, 0, NONE, NULL, ADVANCE, "per cent paid ahead"),
	ROW(COST, "fund", SLUG, 0, NONE, NULL, FUND, "fund that advances"),
	ROW(COST, "grants-first", BOOLEAN, 0, NONE, NULL, NULL,
		"grants are taken off before the rest is shared"),
	ROW(COST, "undertaking", BOOLEAN, 0, NONE, NULL, NULL, "whether the person signs to repay"),
	ROW(COST, "claim-within", DURATION, 0, NONE, NULL, CLAIM_WITHIN, "time to claim"),
	ROW(COST, "pay-within", DURATION, 0, NONE, NULL, PAY_WITHIN, "time to pay"),

	ROW(UNIT_COST, "amount-minor", INTEGER, MUST, NONE, NULL, NULL, "amount in minor units"),
	ROW(UNIT_COST, "currency", CURRENCY, MUST, NONE, NULL, NULL, "ISO 4217 code"),
	ROW(UNIT_COST, "per", WORD, 0, NONE, WORDS(COST_PER), NULL, "for what"),

	ROW(SHARE, "from", ACTOR, MUST, NONE, NULL, NULL, "who gives"),
	ROW(SHARE, "to", ACTOR, MUST, NONE, NULL, NULL, "who receives"),
	ROW(SHARE, "purpose", SLUG, MUST, NONE, NULL, NULL, "what for"),
	ROW(SHARE, "fields", SLUG, MANY | MUST, NONE, NULL, NULL, "fields of a case"),
	ROW(SHARE, "basis", WORD, MUST, NONE, WORDS(SHARE_BASIS), NULL, "ground in law"),
	ROW(SHARE, "until", DATE, 0, NONE, NULL, SHARE_UNTIL, "last day"),
	ROW(SHARE, "retention", DURATION, 0, NONE, NULL, RETENTION, "how long it may be kept"),
	ROW(SHARE, "onward", BOOLEAN, 0, NONE, NULL, NULL, "may be passed on"),
	ROW(SHARE, "except-status", WORD, MANY, NONE, WORDS(STATUS), SHARE_NEVER,
		"not about people of these statuses"),

	ROW(ARTICLE, "id", LABEL, MUST, NONE, NULL, NULL, "number or name of the article"),
	ROW(ARTICLE, "title", TEXTS, 0, NONE, NULL, NULL, "heading per language"),
	ROW(ARTICLE, "source", MAP, 0, SOURCE, NULL, NULL,
		"source of this article, where it is not the agreement's"),
	ROW(ARTICLE, "text", TEXTS, 0, NONE, NULL, NULL, "text per language"),

	ROW(REVIEW, "exercise-every", DURATION, 0, NONE, NULL, EXERCISED,
		"how often it is exercised"),
	ROW(REVIEW, "channels-tested-every", DURATION, 0, NONE, NULL, TESTED,
		"how often channels are tested"),
	ROW(REVIEW, "report-every", DURATION, 0, NONE, NULL, REPORTED,
		"how often there is a report"),

	ROW(CASE, "given", DATE, MUST, NONE, NULL, NULL, "date of the facts"),
	ROW(CASE, "who", MAP, MUST, WHO, NULL, NULL,
		"the query; its date is `given` unless it says otherwise"),
	ROW(CASE, "expect", WORD, 0, EXPECT, WORDS(NOBODY), NULL,
		"some answer has all these; or nobody"),
	ROW(CASE, "expect-not", MAP, 0, EXPECT, NULL, NULL, "no answer has all these"),

	ROW(WHO, "nationality", NATIONALITY, MANY | MUST, NONE, NULL, NULL,
		"nationalities of the person"),
	ROW(WHO, "residence", NATIONALITY, 0, NONE, NULL, NULL, "State of residence"),
	ROW(WHO, "resident-since", DATE, 0, NONE, NULL, NULL, "has lived at the place since"),
	ROW(WHO, "fears", NATIONALITY, MANY, NONE, NULL, NULL, "States to keep away from"),
	ROW(WHO, "status", WORD, MANY, NONE, WORDS(STATUS), NULL, "statuses of the person"),
	ROW(WHO, "place", PLACE, MUST, NONE, NULL, NULL, "where the person is"),
	ROW(WHO, "service", SERVICE, MUST, NONE, NULL, NULL, "what is needed"),
	ROW(WHO, "phase", WORD, 0, NONE, WORDS(PHASE), NULL, "phase of the crisis"),
	ROW(WHO, "to", PLACE, 0, NONE, NULL, NULL, "destination"),
	ROW(WHO, "date", DATE, 0, NONE, NULL, NULL, "day of the need"),
	ROW(WHO, "viewer", VIEWER, 0, NONE, NULL, NULL, "who asks"),
	ROW(WHO, "informed-choice", BOOLEAN, 0, NONE, NULL, NULL,
		"the person's own recorded choice"),
	ROW(WHO, "screened", BOOLEAN, 0, NONE, NULL, NULL, "screening is done"),
	ROW(WHO, "best-interests", BOOLEAN, 0, NONE, NULL, NULL, "best interests are determined"),

	ROW(EXPECT, "rank", INTEGER, 0, NONE, NULL, NULL, "place in the answers, from 1"),
	ROW(EXPECT, "band", WORD, 0, NONE, WORDS(BAND), NULL, "band of the row"),
	ROW(EXPECT, "certainty", WORD, 0, NONE, WORDS(CERTAINTY), NULL, "T or U"),
	ROW(EXPECT, "role", WORD, 0, NONE, WORDS(ROLE), NULL, "role of the provider"),
	ROW(EXPECT, "party", PARTY, 0, NONE, NULL, NULL, "the provider"),
	ROW(EXPECT, "post", TEXT, 0, NONE, NULL, NULL, "the provider's post"),
	ROW(EXPECT, "via", PARTY, MANY | EMPTY, NONE, NULL, NULL, "through whom"),
	ROW(EXPECT, "agreement", SLUG, 0, NONE, NULL, NULL, "agreement of the row"),
	ROW(EXPECT, "commitment", SLUG, 0, NONE, NULL, NULL, "commitment of the row"),
	ROW(EXPECT, "clause", TEXT, 0, NONE, NULL, NULL, "clause of the row"),
	ROW(EXPECT, "strength", WORD, 0, NONE, WORDS(STRENGTH), NULL, "strength of the agreement"),
	ROW(EXPECT, "basis", WORD, 0, NONE, WORDS(BASIS), NULL, "basis of the source"),
	ROW(EXPECT, "lead_time_hours", INTEGER, 0, NONE, NULL, NULL, "lead time in hours"),
	ROW(EXPECT, "to", DESTINATION, MANY | EMPTY, NONE, NULL, NULL,
		"destinations that are left"),
	ROW(EXPECT, "marks", WORD, MANY | EMPTY, NONE, WORDS(MARK), NULL, "marks of the answer"),
	ROW(EXPECT, "held", WORD, MANY | EMPTY, NONE, WORDS(HELD), NULL,
		"first steps that hold it"),
};

const size_t accord_field_count = sizeof accord_fields / sizeof accord_fields[0];

const char *const accord_shape_names[SHAPES] = {
	[SHAPE_NONE] = "",
	[SHAPE_AGREEMENT] = "agreement",
	[SHAPE_SOURCE] = "source",
	[SHAPE_STATE] = "state",
	[SHAPE_PARTY] = "party",
	[SHAPE_OPT_OUT] = "opt-out",
	[SHAPE_IN_FORCE] = "in-force",
	[SHAPE_RENEWAL] = "renewal",
	[SHAPE_ACTIVATES] = "activates",
	[SHAPE_COMMITMENT] = "commitment",
	[SHAPE_PROVIDER] = "provider",
	[SHAPE_FOR] = "for",
	[SHAPE_WHERE] = "where",
	[SHAPE_TO] = "to",
	[SHAPE_CAPACITY] = "capacity",
	[SHAPE_STEP] = "step",
	[SHAPE_COST] = "cost",
	[SHAPE_UNIT_COST] = "unit-cost",
	[SHAPE_SHARE] = "share",
	[SHAPE_ARTICLE] = "article",
	[SHAPE_REVIEW] = "review",
	[SHAPE_CASE] = "case",
	[SHAPE_WHO] = "who",
	[SHAPE_EXPECT] = "expect",
	[SHAPE_PRACTICE] = "practice",
};

const struct field *accord_shape_fields(enum shape shape, size_t *count)
{
	assert(shape > SHAPE_NONE && shape < SHAPES && count);
	if (shape == SHAPE_PRACTICE) {
		*count = practice_field_count;
		return practice_fields;
	}
	size_t first = 0;
	while (first < accord_field_count && accord_fields[first].parent != shape)
		first++;
	size_t end = first;
	while (end < accord_field_count && accord_fields[end].parent == shape)
		end++;
	assert(end > first);
	*count = end - first;
	return &accord_fields[first];
}

const struct field *accord_field(enum shape shape, struct str name)
{
	size_t count;
	const struct field *fields = accord_shape_fields(shape, &count);
	for (size_t i = 0; i < count; i++)
		if (str_is(name, fields[i].name))
			return &fields[i];
	return NULL;
}
