/* Codes in words for people. A right is never called a promise here: "allowed" says that somebody
 * may help, "owed" that somebody must, "promised" that somebody has bound means to it. */
#include "cli/cli.h"

#include <assert.h>

const char *words_band(enum band band)
{
	static const char *const words[BANDS] = { "nobody", "from abroad", "allowed", "owed",
		"promised" };

	return words[band];
}

const char *words_strength(enum strength strength)
{
	static const char *const words[STRENGTHS] = { "law", "treaty", "exchange of notes",
		"memorandum of understanding", "contract", "custom", "practice", "pledge" };

	return words[strength];
}

const char *words_step(enum step_do what)
{
	static const char *const words[STEPS] = { "request", "consent", "notify", "consult",
		"reply", "declare", "screen the person, apart from the authorities",
		"verify identity", "the person's own consent",
		"the person's informed choice, recorded",
		"a decision on the child's best interests", "a signed undertaking",
		"issue the document" };

	return words[what];
}

const char *words_cost(enum cost_rule rule)
{
	static const char *const words[COST_RULES] = {
		"the provider bears it",
		"the person repays it",
		"the State of nationality pays what it cost",
		"shared by heads among the States whose people are helped",
		"the person pays at most the fare of before the crisis",
		"co-financed",
		"what it cost, up to a signed estimate",
		"advanced from a fund",
		"by agreed shares",
		"in equal parts",
		"by an agreed scale",
		"a lump sum",
		"the employer pays",
	};

	return words[rule];
}

const char *words_mark(unsigned bit)
{
	static const char *const words[MARK_COUNT] = {
		"the host may not admit this: the person holds its nationality too",
		"offered only because the person's own informed choice is on record",
		"the host must notify by treaty all the same",
		"what the provider gives its own nationals here is not on record: no promise",
		"not known for sure because a fact on record is too old to speak for this date",
		"written down by others, not confirmed by the party itself",
	};

	assert(bit < MARK_COUNT);
	return words[bit];
}

const char *words_held(unsigned bit)
{
	static const char *const words[2] = {
		"held until the person has been screened for trafficking, apart from any authority",
		"held until the best interests of the child have been determined"
	};

	assert(bit < 2);
	return words[bit];
}

const char *words_phase(enum phase phase)
{
	return phase == PHASE_BEFORE   ? "before a crisis"
	       : phase == PHASE_DURING ? "during a crisis"
				       : "after a crisis";
}

const char *words_group(enum people_group group)
{
	switch (group) {
	case GROUP_REFUGEE:
		return "refugees";
	case GROUP_ASYLUM_SEEKER:
		return "asylum-seekers";
	case GROUP_STATELESS:
		return "stateless people";
	case GROUP_LABOUR:
		return "migrant workers";
	case GROUP_STOCK:
	case GROUP_OTHER:
		break;
	}
	return "";
}

static struct str with_code(struct arena *arena, struct str name, struct str code)
{
	if (name.len == 0 || str_eq(name, code))
		return code;
	return str_format(arena, STR_FMT " (" STR_FMT ")", STR_ARG(name), STR_ARG(code));
}

struct str words_nat(const struct cli *cli, uint16_t nat)
{
	struct world *world = cli->world;
	struct arena *arena = cli->out.arena;
	const struct nationality *nationality = &world->nats[nat];

	if (str_is(nationality->code, "XXA"))
		return STR("stateless (XXA)");
	if (str_is(nationality->code, "XXX"))
		return STR("nationality not known (XXX)");
	if (nationality->place != NONE32)
		return with_code(arena, world->places[nationality->place].name, nationality->code);
	if (nationality->state != NONE32)
		return with_code(arena, world->parties[nationality->state].name, nationality->code);
	return nationality->code;
}

struct str words_party(const struct cli *cli, uint32_t party)
{
	const struct party *of = &cli->world->parties[party];

	return with_code(cli->out.arena, of->name, of->id);
}

struct str words_place(const struct cli *cli, uint32_t place)
{
	const struct place *of = &cli->world->places[place];

	return with_code(cli->out.arena, of->name, of->id);
}

struct str words_source(const struct cli *cli, uint32_t source)
{
	if (source == NONE32)
		return STR("no source given");
	const struct source *of = &cli->world->sources[source];
	return of->title.len ? of->title : of->id;
}

/* ISO 4217 exponents other than 2. */
static int currency_decimals(struct str currency)
{
	static const char *const none =
		"BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF";
	static const char *const three = "BHD IQD JOD KWD LYD OMR TND";
	struct str rest = str_of(none), word;

	while (str_next_word(&rest, " ", &word))
		if (str_eq(word, currency))
			return 0;
	rest = str_of(three);
	while (str_next_word(&rest, " ", &word))
		if (str_eq(word, currency))
			return 3;
	return 2;
}

struct str words_money(struct arena *arena, int64_t minor, struct str currency)
{
	int decimals = currency_decimals(currency);
	int64_t unit = decimals == 0 ? 1 : decimals == 2 ? 100 : 1000;
	struct number whole = page_number(minor / unit);

	if (decimals == 0)
		return str_format(arena, "%s " STR_FMT, whole.text, STR_ARG(currency));
	return str_format(arena, "%s.%0*d " STR_FMT, whole.text, decimals, (int)(minor % unit),
		STR_ARG(currency));
}

struct str words_duration(struct arena *arena, struct duration duration)
{
	static const char *const units[] = { "hour", "day", "working day", "month" };

	return str_format(arena, "%d %s%s", duration.count, units[duration.unit],
		duration.count == 1 ? "" : "s");
}

struct str words_set(struct cli *cli, unsigned set, const struct str *words, unsigned count)
{
	struct buf text;

	buf_init(&text, &cli->arena, 4096);
	for (unsigned i = 0; i < count; i++)
		if (set >> i & 1u) {
			if (text.len)
				buf_add_c(&text, ", ");
			buf_add(&text, words[i]);
		}
	return buf_str(&text);
}

struct str words_tint(struct cli *cli, int tint, struct str text)
{
	/* Codes of ECMA-48: the eight colours that every terminal has. */
	static const char *const codes[TINTS] = { [BAND_NONE] = "31",
		[BAND_REMOTE] = "34",
		[BAND_MAY] = "33",
		[BAND_SHALL] = "36",
		[BAND_WILL] = "32",
		[TINT_UNKNOWN] = "35" };
	struct str rest = text, word;
	struct buf out;

	assert(tint >= 0 && tint < TINTS);
	if (!cli->color)
		return text;
	buf_init(&out, &cli->arena, 1 << 12);
	while (str_next_word(&rest, " ", &word))
		buf_add_format(&out, "%s\x1b[%sm" STR_FMT "\x1b[0m", out.len ? " " : "",
			codes[tint], STR_ARG(word));
	return out.failed ? text : buf_str(&out);
}
