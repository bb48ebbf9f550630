/* Ids in documents: parties, groups, zones, places, nationalities, actors and assets, to the
 * numbers of a world, and what is said of those that nobody knows. Without a world, and in
 * templates, an id is judged by its form alone. */
#include "accord/internal.h"

#include <assert.h>

static struct str after(struct str text, const char *prefix)
{
	return str_starts(text, prefix) ? str_sub(text, str_of(prefix).len, text.len) : STR_NONE;
}

/* The part before the first colon and the part after it; false if either is missing. */
static bool split(struct str text, struct str *left, struct str *right)
{
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] != ':')
			continue;
		*left = str_sub(text, 0, i);
		*right = str_sub(text, i + 1, text.len);
		return left->len > 0 && right->len > 0;
	}
	return false;
}

uint16_t accord_nat(const struct world *world, struct str code)
{
	if (!world)
		return NAT_NONE;
	uint16_t nat = world_nat(world, code);
	if (nat != NAT_NONE)
		return nat;
	uint32_t place = world_place(world, code);
	if (place == NONE32 || world->places[place].kind != PLACE_COUNTRY)
		return NAT_NONE;
	return world->places[place].nat;
}

bool accord_nat_item(const struct world *world, struct str text, struct nat_item *item)
{
	struct str rest;
	*item = (struct nat_item){ NAT_ITEM_CODE, NAT_NONE, NONE32, NONE32 };
	if (str_is(text, "any")) {
		item->kind = NAT_ITEM_ANY;
		return true;
	}
	if ((rest = after(text, "group:")).ptr) {
		item->kind = NAT_ITEM_GROUP;
		item->group = world ? world_group(world, rest) : NONE32;
		return item->group != NONE32;
	}
	if ((rest = after(text, "served-by:")).ptr) {
		item->kind = NAT_ITEM_SERVED_BY;
		item->party = world ? world_party(world, rest) : NONE32;
		return item->party != NONE32;
	}
	item->nat = accord_nat(world, text);
	return item->nat != NAT_NONE;
}

bool accord_area(const struct world *world, struct str text, struct place_item *item)
{
	struct str rest;
	*item = (struct place_item){ PLACE_ITEM_PLACE, NONE32 };
	if ((rest = after(text, "group:")).ptr) {
		item->kind = PLACE_ITEM_GROUP;
		item->index = world ? world_group(world, rest) : NONE32;
	} else if ((rest = after(text, "zone:")).ptr) {
		item->kind = PLACE_ITEM_ZONE;
		item->index = world ? world_zone(world, rest) : NONE32;
	} else if (world) {
		item->index = world_place(world, text);
	}
	return item->index != NONE32;
}

bool accord_destination(const struct world *world, struct str text, struct place_item *item)
{
	int word = accord_word(WORDS_DESTINATION, text);
	if (word < 0)
		return accord_area(world, text, item);
	*item = (struct place_item){ (enum place_item_kind)(PLACE_ITEM_HOME + word), NONE32 };
	return true;
}

bool accord_actor(const struct world *world, struct str text, struct actor *actor)
{
	struct str party = text, office = STR_NONE;
	int word = accord_word(WORDS_ACTOR, text);
	*actor = (struct actor){ ACTOR_NONE, NONE32, STR_NONE };
	if (word >= 0) {
		actor->kind = (enum actor_kind)(ACTOR_PROVIDER + word);
		return true;
	}
	actor->kind = ACTOR_PARTY;
	if (split(text, &party, &office))
		actor->office = office;
	actor->party = world ? world_party(world, party) : NONE32;
	return actor->party != NONE32;
}

bool accord_asset(const struct world *world, struct str text)
{
	struct str party, asset;
	if (!world || !split(text, &party, &asset))
		return false;
	uint32_t index = world_party(world, party);
	for (size_t i = 0; i < world->assets_count; i++)
		if (world->assets[i].party == index && str_eq(world->assets[i].id, asset))
			return true;
	return false;
}

/* Letters, digits and the marks that ids of parties, groups and places are made of. */
static bool is_id(struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.ptr[i];
		bool letter =
			(c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
		if (!letter &&
			!(i > 0 && (c == '-' || c == '.' || c == '_' || c == '@' || c == ':')))
			return false;
	}
	return s.len > 0 && s.len <= 200;
}

/* What one asked for when the id of TYPE did not resolve: the noun, the part that failed and the
 * ids that exist. */
struct missing {
	const char *noun;
	struct str part;
	const struct str *known;
	size_t count;
};

static struct missing missing_party(const struct world *world, struct str part)
{
	return (struct missing){ "party", part, world_party_id_list(world), world->parties_count };
}

static struct missing missing_group(const struct world *world, struct str part)
{
	return (struct missing){ "group", part, world->groups, world->groups_count };
}

static struct missing missing_nat(const struct world *world, struct str part)
{
	return (struct missing){ "nationality", part, world_nat_id_list(world), world->nats_count };
}

static struct missing what_is_missing(
	const struct world *world, enum field_type type, struct str text)
{
	struct str rest, office;
	bool areas = type == TYPE_AREA || type == TYPE_DESTINATION;
	if (type == TYPE_GROUP)
		return missing_group(world, text);
	if (type != TYPE_PARTY && type != TYPE_PLACE && (rest = after(text, "group:")).ptr)
		return missing_group(world, rest);
	if (areas && (rest = after(text, "zone:")).ptr)
		return (struct missing){ "zone", rest, world->zones, world->zones_count };
	if (areas || type == TYPE_PLACE)
		return (struct missing){ "place", text, world_place_id_list(world),
			world->places_count };
	if (type == TYPE_BENEFICIARY && (rest = after(text, "served-by:")).ptr)
		return missing_party(world, rest);
	if (type == TYPE_NATIONALITY || type == TYPE_NATIONALITIES || type == TYPE_BENEFICIARY)
		return missing_nat(world, text);
	if (type == TYPE_ASSET && split(text, &rest, &office))
		return world_party(world, rest) == NONE32
			       ? missing_party(world, rest)
			       : (struct missing){ "asset", text, NULL, 0 };
	if (type == TYPE_ASSET)
		return (struct missing){ "asset", text, NULL, 0 };
	if (type == TYPE_ACTOR && split(text, &rest, &office))
		return missing_party(world, rest);
	return missing_party(world, text);
}

static bool is_known(const struct world *world, enum field_type type, struct str text)
{
	struct nat_item nat;
	struct place_item place;
	struct actor actor;
	struct str group = after(text, "group:");
	switch (type) {
	case TYPE_GROUP:
		return world_group(world, text) != NONE32;
	case TYPE_MEMBER:
		return group.ptr ? world_group(world, group) != NONE32
				 : world_party(world, text) != NONE32;
	case TYPE_VIEWER:
		return str_is(text, "public") || world_party(world, text) != NONE32;
	case TYPE_NATIONALITY:
		return accord_nat(world, text) != NAT_NONE;
	case TYPE_NATIONALITIES:
		return accord_nat_item(world, text, &nat) &&
		       (nat.kind == NAT_ITEM_CODE || nat.kind == NAT_ITEM_GROUP);
	case TYPE_BENEFICIARY:
		return accord_nat_item(world, text, &nat);
	case TYPE_PLACE:
		return world_place(world, text) != NONE32;
	case TYPE_AREA:
		return accord_area(world, text, &place);
	case TYPE_DESTINATION:
		return accord_destination(world, text, &place);
	case TYPE_ACTOR:
		return accord_actor(world, text, &actor);
	case TYPE_ASSET:
		return accord_asset(world, text);
	default:
		return world_party(world, text) != NONE32;
	}
}

void accord_check_id(struct checker *checker, enum field_type type, struct str text, struct pos pos,
	const struct path *path)
{
	struct str left, right;
	assert(checker && type >= TYPE_PARTY && type < TYPES);
	if (!is_id(text)) {
		accord_fault(checker, pos, path,
			"'" STR_FMT "' is no id: letters, digits and - . _ @ only",
			(int)(text.len < 100 ? text.len : 100), text.ptr);
		return;
	}
	if (type == TYPE_ASSET && !split(text, &left, &right)) {
		accord_fault(checker, pos, path, "'" STR_FMT "' is not party:asset", STR_ARG(text));
		return;
	}
	if (!checker->world || checker->is_template || is_known(checker->world, type, text))
		return;
	struct missing missing = what_is_missing(checker->world, type, text);
	accord_fault_unknown(
		checker, pos, path, missing.noun, missing.part, missing.known, missing.count);
}
