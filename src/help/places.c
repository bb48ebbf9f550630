/* Places by a name in whatever language, for a list to choose from. Where help_place() decides,
 * this shows what there is: half a name is enough. */
#include <stdlib.h>
#include <string.h>
#include <unicode/ucol.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>
#include "help/internal.h"

#define TEXT_MAX 100u

enum grade { CALLED, BEGINS, HAS_WORD, GRADES };

struct search {
	const struct world *world;
	struct arena *arena;
	struct str wanted; /* folded */
	uint8_t *grades;   /* by place; GRADES: not found */
	bool any;
};

static enum grade judge(struct str wanted, struct str name)
{
	if (str_eq(wanted, name))
		return CALLED;
	for (size_t at = 0; at + wanted.len <= name.len; at++) {
		bool begins = at == 0 || name.ptr[at - 1] == ' ' || name.ptr[at - 1] == '-';
		if (begins && memcmp(name.ptr + at, wanted.ptr, wanted.len) == 0)
			return at ? HAS_WORD : BEGINS;
	}
	return GRADES;
}

/* PLACE is called NAME. Regions of the world are no answer to where somebody is. */
static enum status try_name(struct search *search, uint32_t place, struct str name)
{
	struct str folded;
	enum status status;
	enum grade grade;

	if (place == NONE32 || search->world->places[place].country == NONE32 || !name.len)
		return STATUS_OK;
	status = help_fold(&folded, search->arena, name);
	if (status != STATUS_OK)
		return status;
	grade = judge(search->wanted, folded);
	if (grade < search->grades[place])
		search->grades[place] = (uint8_t)grade;
	search->any = search->any || grade < GRADES;
	return STATUS_OK;
}

static enum status try_record(struct search *search, struct str text)
{
	const struct world *world = search->world;
	enum status status = STATUS_OK;

	for (uint32_t p = 0; p < world->places_count && status == STATUS_OK; p++) {
		status = try_name(search, p, world->places[p].name);
		if (status == STATUS_OK && str_same_letters(world->places[p].id, text))
			status = try_name(search, p, text);
	}
	for (size_t i = 0; i < world->names_count && status == STATUS_OK; i++)
		status = try_name(
			search, world_place(world, world->names[i].id), world->names[i].name);
	for (size_t i = 0; i < help_called_count && status == STATUS_OK; i++)
		status = try_name(search, world_place(world, str_of(help_called[i].code)),
			str_of(help_called[i].name));
	return status;
}

/* In the seventeen languages, and as the country is called at home. */
static enum status try_icu(struct search *search)
{
	enum status status = STATUS_OK;

	for (const char *const *two = uloc_getISOCountries(); *two && status == STATUS_OK; two++) {
		uint32_t place = world_place(search->world, str_of(help_three_letters(*two)));
		char locale[8] = "und_", own[ULOC_FULLNAME_CAPACITY];
		UErrorCode error = U_ZERO_ERROR;
		if (place == NONE32)
			continue;
		memcpy(locale + 4, *two, 3);
		uloc_addLikelySubtags(locale, own, sizeof own, &error);
		if (U_SUCCESS(error))
			status = try_name(search, place, help_icu_name(search->arena, own, *two));
		for (size_t lang = 0; lang < help_tongue_count && status == STATUS_OK; lang++)
			status = try_name(search, place,
				help_icu_name(search->arena, help_tongues[lang].tag, *two));
	}
	return status;
}

enum status help_places(uint32_t *found, size_t *count, size_t max, const struct world *world,
	struct arena *arena, size_t lang, struct str text)
{
	struct search search = { .world = world,
		.arena = arena,
		.grades = ARENA_ARRAY(arena, world->places_count + 1, uint8_t) };
	enum status status;
	uint32_t city;

	*count = 0;
	text = str_trim(text);
	if (!search.grades)
		return STATUS_NO_MEMORY;
	memset(search.grades, GRADES, world->places_count);
	status = text.len > TEXT_MAX ? STATUS_OK : help_fold(&search.wanted, arena, text);
	if (status != STATUS_OK || !search.wanted.len)
		return status;
	status = try_record(&search, text);
	if (status == STATUS_OK && !search.any)
		status = try_icu(&search);
	if (status != STATUS_OK)
		return status;
	city = search.any ? NONE32 : help_city(world, arena, lang, search.wanted);
	if (city != NONE32)
		search.grades[city] = CALLED;
	for (unsigned grade = CALLED; grade < GRADES; grade++)
		for (unsigned kind = PLACE_COUNTRY; kind <= PLACE_LOCALITY; kind++)
			for (uint32_t p = 0; p < world->places_count && *count < max; p++)
				if (search.grades[p] == grade && world->places[p].kind == kind)
					found[(*count)++] = p;
	return STATUS_OK;
}

/* ---- in the order of a language ---- */

struct keyed {
	size_t item;
	size_t len;
	uint8_t key[TEXT_MAX * 3];
};

static int by_key(const void *a, const void *b)
{
	const struct keyed *left = a, *right = b;
	size_t shared = left->len < right->len ? left->len : right->len;
	int order = memcmp(left->key, right->key, shared);

	if (order)
		return order;
	return left->len != right->len ? (left->len < right->len ? -1 : 1)
				       : (left->item > right->item) - (left->item < right->item);
}

static void make_key(struct keyed *out, const UCollator *collator, struct str name)
{
	UChar units[TEXT_MAX];
	UErrorCode error = U_ZERO_ERROR;
	int32_t count = 0, len;

	u_strFromUTF8WithSub(units, TEXT_MAX, &count, name.ptr, (int32_t)name.len, 0xFFFD, NULL,
		&error); /* a longer name is judged by its beginning */
	count = count < (int32_t)TEXT_MAX ? count : (int32_t)TEXT_MAX;
	len = ucol_getSortKey(collator, units, count, out->key, sizeof out->key);
	out->len = len < (int32_t)sizeof out->key ? (size_t)len : sizeof out->key;
}

enum status help_in_order(
	size_t *order, struct arena *arena, const char *tag, const struct str *names, size_t count)
{
	struct keyed *keys = ARENA_ARRAY(arena, count + 1, struct keyed);
	UErrorCode error = U_ZERO_ERROR;
	UCollator *collator = keys ? ucol_open(tag, &error) : NULL;

	if (!collator || U_FAILURE(error)) {
		ucol_close(collator);
		return STATUS_NO_MEMORY;
	}
	for (size_t i = 0; i < count; i++) {
		keys[i].item = i;
		make_key(&keys[i], collator, names[i]);
	}
	ucol_close(collator);
	qsort(keys, count, sizeof *keys, by_key);
	for (size_t i = 0; i < count; i++)
		order[i] = keys[i].item;
	return STATUS_OK;
}
