/* The words of documents, each set once: check, schema, prose and suggestions read them here. */
#include "accord/internal.h"

#include <assert.h>
#include <string.h>

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))
#define W(text)                                                                                    \
	{                                                                                          \
		text, sizeof(text) - 1                                                             \
	}

const struct str accord_kind_words[AGREEMENT_KINDS] = {
	W("consular-representation"),
	W("identity-verification"),
	W("shared-assets"),
	W("family-tracing"),
	W("deployment"),
	W("evacuation"),
	W("cross-border"),
	W("information-sharing"),
	W("referral"),
	W("standby-service"),
	W("funding"),
	W("framework"),
};
const struct str accord_strength_words[STRENGTHS] = {
	W("law"),
	W("treaty"),
	W("notes"),
	W("mou"),
	W("contract"),
	W("custom"),
	W("practice"),
	W("pledge"),
};
const struct str accord_state_words[AGREEMENT_STATES] = {
	W("draft"),
	W("proposed"),
	W("signed"),
	W("in-force"),
	W("suspended"),
	W("terminated"),
};
const struct str accord_duty_words[DUTIES] = { W("may"), W("shall"), W("will") };
const struct str accord_role_words[ROLES] = { W("lead"), W("support"), W("fallback") };
const struct str accord_basis_words[DOC_BASES] = { W("text"), W("excerpt"), W("general-knowledge"),
	W("illustrative") };
const struct str accord_phase_words[3] = { W("before"), W("during"), W("after") };
const struct str accord_person_words[PERSON_STATUSES] = {
	W("national"),
	W("family-member"),
	W("migrant-worker"),
	W("domestic-worker"),
	W("seafarer"),
	W("student"),
	W("visitor"),
	W("irregular"),
	W("detained"),
	W("refugee"),
	W("asylum-seeker"),
	W("fears-authorities"),
	W("no-contact"),
	W("stateless"),
	W("trafficked"),
	W("unaccompanied-child"),
	W("child"),
	W("older"),
	W("disabled"),
	W("injured"),
};
const struct str accord_step_words[STEPS] = {
	W("request"),
	W("consent"),
	W("notify"),
	W("consult"),
	W("reply"),
	W("declare"),
	W("screen"),
	W("verify-identity"),
	W("person-consent"),
	W("informed-choice"),
	W("best-interests"),
	W("sign-undertaking"),
	W("issue"),
};
const struct str accord_cost_words[COST_RULES] = {
	W("provider-bears"),
	W("beneficiary-repays"),
	W("beneficiary-state"),
	W("per-capita"),
	W("capped-fare"),
	W("cofinanced"),
	W("estimate"),
	W("pool"),
	W("shares"),
	W("equal"),
	W("scale"),
	W("lump-sum"),
	W("employer"),
};

/* As the repository of practices of the MICIC Initiative writes them. */
const struct str practice_stakeholder_words[PRACTICE_STAKEHOLDERS] = {
	W("Host State"),
	W("State of Origin"),
	W("State of Transit"),
	W("International Organizations"),
	W("Private Sector"),
	W("Civil Society"),
};
const struct str practice_crisis_words[PRACTICE_CRISES] = { W("Conflict"), W("Natural Disaster") };
const struct str practice_phase_words[PRACTICE_PHASES] = { W("Crisis Preparedness"),
	W("Emergency Response"), W("Post-crisis") };
static const struct str guideline_words[PRACTICE_GUIDELINES] = { W("1"), W("2"), W("3"), W("4"),
	W("5"), W("6"), W("7"), W("8"), W("9"), W("10"), W("11"), W("12"), W("13"), W("14"),
	W("15") };
const struct str practice_area_words[PRACTICE_GUIDELINES] = {
	W("information on crises"),
	W("information on migrants"),
	W("empowering migrants"),
	W("preparedness and response systems"),
	W("contingency planning"),
	W("communication before a crisis"),
	W("coordination"),
	W("capacity building"),
	W("communication during a crisis"),
	W("facilitating movement to safety"),
	W("humanitarian assistance"),
	W("referral procedures"),
	W("relocation and evacuation"),
	W("support for migrants' recovery"),
	W("support for host communities' recovery"),
};

static const struct str visibility_words[] = { W("public"), W("parties") };
static const struct str side_words[] = { W("provider"), W("beneficiary"), W("both") };
static const struct str limit_words[] = { W("as-own-nationals") };
static const struct str unless_words[] = { W("extreme-urgency") };
static const struct str territories_words[] = { W("in"), W("out") };
static const struct str share_basis_words[] = { W("consent"), W("vital-interest"),
	W("public-interest"), W("legal-duty") };
static const struct str cost_per_words[] = {
	W("person"),
	W("family"),
	W("household"),
	W("case"),
	W("bed"),
	W("meal"),
	W("kit"),
	W("document"),
	W("seat"),
	W("vehicle"),
	W("flight"),
	W("voyage"),
	W("trip"),
	W("kilometre"),
	W("team"),
	W("hour"),
	W("day"),
	W("night"),
	W("week"),
	W("month"),
	W("year"),
};
static const struct str actor_words[] = {
	W("provider"),
	W("state-of-nationality"),
	W("host-state"),
	W("state-of-residence"),
	W("crisis"),
};
static const struct str destination_words[] = { W("home"), W("third"), W("in-country") };
static const struct str nobody_words[] = { W("nobody") };
static const struct str band_words[] = { W("will"), W("shall"), W("may"), W("remote") };
static const struct str certainty_words[] = { W("T"), W("U") };
static const struct str mark_words[] = {
	W("host-may-not-admit"),
	W("informed-choice"),
	W("notified-anyway"),
	W("as-own-unknown"),
	W("stale"),
	W("unconfirmed"),
};
static const struct str held_words[] = { W("screen"), W("best-interests") };
static const struct str column_words[] = {
	W("where"),
	W("provider"),
	W("nationality"),
	W("present"),
	W("from"),
	W("until"),
	W("services"),
	W("phases"),
	W("lead-time"),
};

#define SET(noun, array)                                                                           \
	{                                                                                          \
		noun, array, LENGTH(array)                                                         \
	}
const struct word_set accord_words[WORD_SETS] = {
	[WORDS_KIND] = SET("kind", accord_kind_words),
	[WORDS_STRENGTH] = SET("strength", accord_strength_words),
	[WORDS_STATE] = SET("state", accord_state_words),
	[WORDS_DUTY] = SET("duty", accord_duty_words),
	[WORDS_ROLE] = SET("role", accord_role_words),
	[WORDS_BASIS] = SET("basis", accord_basis_words),
	[WORDS_PHASE] = SET("phase", accord_phase_words),
	[WORDS_STATUS] = SET("status", accord_person_words),
	[WORDS_STEP] = SET("step", accord_step_words),
	[WORDS_COST] = SET("cost rule", accord_cost_words),
	[WORDS_LEVEL] = { "level", world_level_words, 4 },
	[WORDS_VISIBILITY] = SET("visibility", visibility_words),
	[WORDS_SIDE] = SET("side", side_words),
	[WORDS_LIMIT] = SET("limit", limit_words),
	[WORDS_UNLESS] = SET("exception", unless_words),
	[WORDS_TERRITORIES] = SET("word", territories_words),
	[WORDS_SHARE_BASIS] = SET("basis", share_basis_words),
	[WORDS_UNIT] = SET("unit", world_unit_words),
	[WORDS_PER] = SET("unit", world_per_words),
	[WORDS_COST_PER] = SET("unit", cost_per_words),
	[WORDS_ACTOR] = SET("party", actor_words),
	[WORDS_DESTINATION] = SET("destination", destination_words),
	[WORDS_NOBODY] = SET("word", nobody_words),
	[WORDS_BAND] = SET("band", band_words),
	[WORDS_CERTAINTY] = SET("certainty", certainty_words),
	[WORDS_MARK] = SET("mark", mark_words),
	[WORDS_HELD] = SET("step", held_words),
	[WORDS_COLUMN] = SET("column", column_words),
	[WORDS_PRACTICE_STAKEHOLDER] = SET("type of stakeholder", practice_stakeholder_words),
	[WORDS_PRACTICE_CRISIS] = SET("type of crisis", practice_crisis_words),
	[WORDS_PRACTICE_PHASE] = SET("phase", practice_phase_words),
	[WORDS_GUIDELINE] = SET("guideline", guideline_words),
};

int accord_word(enum word_set_id set, struct str word)
{
	assert(set < WORD_SETS);
	for (size_t i = 0; i < accord_words[set].count; i++)
		if (str_eq(accord_words[set].words[i], word))
			return (int)i;
	return -1;
}

/* ISO 4217, list one: currencies in use and the accounting units of banks; four bytes each. */
static const char currencies[] = "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD "
				 "BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLF CLP CNY COP CRC "
				 "CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS "
				 "GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD "
				 "JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL "
				 "LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD "
				 "NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD "
				 "RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP "
				 "SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED "
				 "VES VND VUV WST XAF XCD XCG XDR XOF XPF YER ZAR ZMW ZWG ";

bool accord_currency_known(struct str code)
{
	if (code.len != 3)
		return false;
	for (size_t i = 0; i + 4 < sizeof currencies; i += 4)
		if (memcmp(currencies + i, code.ptr, 3) == 0)
			return true;
	return false;
}

#define BLANK_OPEN "\xe2\x9f\xa8"  /* ⟨ */
#define BLANK_CLOSE "\xe2\x9f\xa9" /* ⟩ */

bool accord_has_blank(struct str text)
{
	const char *open = text.len ? memmem(text.ptr, text.len, BLANK_OPEN, 3) : NULL;
	if (!open)
		return false;
	size_t rest = text.len - (size_t)(open - text.ptr);
	return memmem(open, rest, BLANK_CLOSE, 3) != NULL;
}

static bool is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

bool accord_is_language(struct str tag)
{
	size_t start = 0, part = 0;
	if (tag.len == 0 || tag.len > 35)
		return false;
	for (size_t i = 0; i <= tag.len; i++) {
		if (i < tag.len && tag.ptr[i] != '-') {
			if (!is_lower(tag.ptr[i]) && !(part > 0 && is_digit(tag.ptr[i])))
				return false;
			continue;
		}
		size_t len = i - start;
		if (part == 0 ? len < 2 || len > 3 : len < 2 || len > 8)
			return false;
		start = i + 1;
		part++;
	}
	return true;
}

bool accord_is_slug(struct str s)
{
	if (s.len == 0 || s.len > 100 || s.ptr[0] == '-' || s.ptr[s.len - 1] == '-')
		return false;
	for (size_t i = 0; i < s.len; i++)
		if (!is_lower(s.ptr[i]) && !is_digit(s.ptr[i]) && s.ptr[i] != '-')
			return false;
	return true;
}

bool accord_is_label(struct str s)
{
	if (s.len == 0 || s.len > 100)
		return false;
	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];
		bool inner = (c == '-' || c == '.') && i > 0 && i + 1 < s.len;
		if (!is_lower(c) && !is_digit(c) && !(c >= 'A' && c <= 'Z') && !inner)
			return false;
	}
	return true;
}

bool accord_boolean(struct str s, bool *value)
{
	bool yes = str_is(s, "true") || str_is(s, "yes");
	bool no = str_is(s, "false") || str_is(s, "no");
	assert(value);
	*value = yes;
	return yes || no;
}

bool accord_integer(struct str s, int64_t *value)
{
	assert(value);
	if (s.len == 0 || s.len > 16 || (s.len > 1 && s.ptr[0] == '0') || !is_digit(s.ptr[0]))
		return false;
	return str_to_int64(s, value) && *value <= ACCORD_INTEGER_MAX;
}
