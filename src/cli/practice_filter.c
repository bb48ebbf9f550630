/* The filters of `practices`: what the options ask, and whether a practice says so. What it does
 * not say is neither yes nor no. */
#include "cli/practices.h"

/* Whether one of the two places contains the other. The world contains all, and so it is there only
 * for those who ask for it. */
static bool places_touch(const struct world *world, uint32_t asked, uint32_t said)
{
	const struct place *a = &world->places[asked], *b = &world->places[said];

	if (a->kind == PLACE_WORLD || b->kind == PLACE_WORLD)
		return asked == said;
	return (said >= asked && said <= a->last) || (asked >= said && asked <= b->last);
}

static bool in_country(const struct cli *cli, const struct practice *practice, uint32_t country)
{
	for (size_t i = 0; i < practice->countries_count; i++)
		if (places_touch(cli->world, country, practice->countries[i]))
			return true;
	return false;
}

static bool implemented_by(const struct practice *practice, struct str agreement)
{
	for (size_t i = 0; i < practice->implemented_by_count; i++)
		if (str_eq(practice->implemented_by[i], agreement))
			return true;
	return false;
}

static enum practice_match match_bit(unsigned set, int bit)
{
	if (bit < 0)
		return MATCH_YES;
	return !set ? MATCH_NOT_SAID : set >> bit & 1 ? MATCH_YES : MATCH_NO;
}

enum practice_match practice_matches(
	const struct cli *cli, const struct practice *practice, const struct practice_filter *asked)
{
	enum practice_match crisis = match_bit(practice->crises, asked->crisis),
			    phase = match_bit(practice->phases, asked->phase);

	if (asked->country != NONE32 && !in_country(cli, practice, asked->country))
		return MATCH_NO;
	if (asked->type.ptr && !str_eq(asked->type, practice->type))
		return MATCH_NO;
	if (asked->agreement.ptr && !implemented_by(practice, asked->agreement))
		return MATCH_NO;
	if (match_bit(practice->guidelines, asked->guideline) != MATCH_YES ||
		match_bit(practice->stakeholders, asked->stakeholder) != MATCH_YES)
		return MATCH_NO;
	return crisis < phase ? crisis : phase;
}

/* --type, in any letter case, as one of the types that the library knows. */
static void read_type(struct cli *cli, const struct practices *practices, struct str *type)
{
	struct str value = cli_value(cli, "type");
	struct str *types = ARENA_ARRAY(&cli->arena, practices->items_count, struct str);
	size_t count = 0;

	if (!value.ptr || !types)
		return;
	for (size_t i = 0; i < practices->items_count; i++) {
		bool seen = false;
		for (size_t j = 0; j < count; j++)
			seen = seen || str_eq(types[j], practices->items[i].type);
		if (!seen)
			types[count++] = practices->items[i].type;
		if (str_same_letters(value, practices->items[i].type)) {
			*type = practices->items[i].type;
			return;
		}
	}
	if (utf8_valid_prefix(value) != value.len) {
		cli_fault(cli, "--type", "bytes that are not UTF-8");
		return;
	}
	struct str hint = diags_suggest(&cli->diags, str_sub(value, 0, 64), types, count);
	cli_fault(cli, "--type", "no practice is of type '" STR_FMT "'" STR_FMT,
		STR_ARG(str_sub(value, 0, 64)), STR_ARG(hint));
}

static void read_country(struct cli *cli, uint32_t *country)
{
	struct str value = cli_value(cli, "country");

	*country = NONE32;
	if (!value.ptr)
		return;
	if (utf8_valid_prefix(value) != value.len) {
		cli_fault(cli, "--country", "bytes that are not UTF-8");
		return;
	}
	*country = world_place(cli->world, value);
	if (*country != NONE32 && cli->world->places[*country].country != NONE32)
		*country = cli->world->places[*country].country;
	if (*country != NONE32)
		return;
	struct str hint = diags_suggest(&cli->diags, str_sub(value, 0, 64),
		world_place_id_list(cli->world), cli->world->places_count);
	cli_fault(cli, "--country", "unknown place '" STR_FMT "'" STR_FMT,
		STR_ARG(str_sub(value, 0, 64)), STR_ARG(hint));
}

/* --agreement, as one of the names of the workspace. */
static void read_agreement(struct cli *cli, struct str *agreement)
{
	struct str value = cli_value(cli, "agreement");
	size_t count = cli->accords.items_count;
	struct str *names = ARENA_ARRAY(&cli->arena, count, struct str);

	*agreement = value;
	if (!value.ptr || accord_find(&cli->accords, value))
		return;
	for (size_t i = 0; names && i < count; i++)
		names[i] = accord_name(&cli->accords.items[i]);
	if (utf8_valid_prefix(value) != value.len) {
		cli_fault(cli, "--agreement", "bytes that are not UTF-8");
		return;
	}
	struct str hint = cli_near(cli, value, names, count, "ready");
	cli_fault(cli, "--agreement", "no agreement '" STR_FMT "' in the workspace" STR_FMT,
		STR_ARG(str_sub(value, 0, 64)), STR_ARG(hint));
}

bool practice_filter_read(
	struct cli *cli, const struct practices *practices, struct practice_filter *asked)
{
	static const char *const phases[] = { "before", "during", "after" };
	static const char *const crises[] = { "conflict", "natural-disaster" };
	static const char *const stakeholders[] = { "host-state", "state-of-origin",
		"state-of-transit", "international-organizations", "private-sector",
		"civil-society" };
	static const char *const guidelines[] = { "1", "2", "3", "4", "5", "6", "7", "8", "9", "10",
		"11", "12", "13", "14", "15" };
	size_t known = cli->diags.count;

	asked->type = STR_NONE;
	asked->phase = cli_choice(cli, "phase", phases, 3, -1);
	asked->crisis = cli_choice(cli, "crisis", crises, 2, -1);
	asked->stakeholder = cli_choice(cli, "stakeholder", stakeholders, 6, -1);
	asked->guideline = cli_choice(cli, "guideline", guidelines, PRACTICE_GUIDELINES, -1);
	read_country(cli, &asked->country);
	read_type(cli, practices, &asked->type);
	read_agreement(cli, &asked->agreement);
	return cli->diags.count == known;
}
