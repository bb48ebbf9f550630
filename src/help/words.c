/* The words of the page in the reader's language. */
#include <assert.h>
#include "help/internal.h"

const struct str help_need_codes[NEED_COUNT] = {
#define X(name, code, text) { code, sizeof(code) - 1 },
	HELP_NEEDS(X)
#undef X
};

size_t help_lang(struct str tag)
{
	for (size_t i = 0; i < help_tongue_count; i++)
		if (str_is(tag, help_tongues[i].tag))
			return i;
	return HELP_LANG_NONE;
}

struct str help_lang_tag(size_t lang)
{
	assert(lang < help_tongue_count);
	return str_of(help_tongues[lang].tag);
}

bool help_lang_rtl(size_t lang)
{
	struct str tag = help_lang_tag(lang);

	return str_is(tag, "ar") || str_is(tag, "fa") || str_is(tag, "ur");
}

bool help_lang_confirmed(size_t lang)
{
	return str_is(help_lang_tag(lang), "en");
}

struct str help_word(size_t lang, enum help_word word)
{
	assert(lang < help_tongue_count && word < HELP_WORD_COUNT);
	return str_of(help_tongues[lang].words[word]);
}

struct str help_need_text(size_t lang, enum help_need need)
{
	assert(lang < help_tongue_count && need < NEED_COUNT);
	return str_of(help_tongues[lang].words[HELP_WORD_COUNT + need]);
}

struct str help_service_name(bool *english, size_t lang, uint8_t service)
{
	const struct service *of = &world_services[service];
	struct str tag = help_lang_tag(lang);
	const char *label = str_is(tag, "fr")   ? of->label_fr
			    : str_is(tag, "es") ? of->label_es
			    : str_is(tag, "ar") ? of->label_ar
						: of->label_en;

	*english = label == of->label_en && !str_is(tag, "en");
	return str_of(label);
}

struct str help_say(
	struct arena *arena, size_t lang, enum help_word word, struct str first, struct str second)
{
	struct str text = help_word(lang, word);
	struct buf out;

	buf_init(&out, arena, (size_t)1 << 16);
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == '%' && i + 1 < text.len &&
			(text.ptr[i + 1] == '1' || text.ptr[i + 1] == '2'))
			buf_add(&out, text.ptr[++i] == '1' ? first : second);
		else
			buf_add_char(&out, text.ptr[i]);
	}
	return buf_str(&out);
}

/* What each need asks of the engine. A sign of trafficking asks for protection before anything of
 * the person's own State, whose rows the engine then holds behind a screening (S7). */
#define S(a) (PERSON_BIT(PERSON_##a))
static const struct {
	const char *services[HELP_SERVICES_MAX];
	unsigned statuses;
	bool hazard;
} meanings[NEED_COUNT] = {
	[NEED_PASSPORT_LOST] = { { "consular.travel-document" }, 0, false },
	[NEED_PASSPORT_HELD] = { { "protection.trafficking-screening", "protection.legal",
					 "consular.travel-document" },
		S(TRAFFICKED), false },
	[NEED_NO_PAPERS] = { { "identity.document", "protection.stateless" }, 0, false },
	[NEED_BIRTH] = { { "consular.civil-registration", "protection.stateless" }, 0, false },
	[NEED_WAGES] = { { "recovery.wages", "protection.legal", "consular.legal" },
		S(MIGRANT_WORKER), false },
	[NEED_FEARS_STATE] = { { "protection.asylum" }, S(FEARS_AUTHORITIES), false },
	[NEED_NO_CONTACT] = { { NULL }, S(NO_CONTACT), false },
	[NEED_FOOD] = { { "relief.food" }, 0, false },
	[NEED_WATER] = { { "relief.water" }, 0, false },
	[NEED_SHELTER] = { { "relief.shelter" }, 0, false },
	[NEED_ITEMS] = { { "relief.items" }, 0, false },
	[NEED_CASH] = { { "relief.cash", "consular.welfare" }, 0, false },
	[NEED_INJURED] = { { "health.emergency" }, S(INJURED), false },
	[NEED_DOCTOR] = { { "health.primary" }, 0, false },
	[NEED_DISTRESS] = { { "health.psychosocial" }, 0, false },
	[NEED_LEAVE] = { { "movement.evacuation", "movement.transport" }, 0, false },
	[NEED_RETURN] = { { "recovery.return", "movement.evacuation" }, 0, false },
	[NEED_DETAINED] = { { "consular.detention-visit", "protection.legal" }, S(DETAINED),
		false },
	[NEED_DEATH] = { { "consular.death" }, 0, false },
	[NEED_MISSING] = { { "protection.family-tracing" }, 0, false },
	[NEED_CHILD_ALONE] = { { "protection.child" }, S(UNACCOMPANIED_CHILD), false },
	[NEED_FORCED] = { { "protection.trafficking-assistance",
				  "protection.trafficking-screening" },
		S(TRAFFICKED), false },
	[NEED_VIOLENCE] = { { "protection.gender-violence", "health.emergency" }, 0, false },
	[NEED_ASYLUM] = { { "protection.asylum" }, S(ASYLUM_SEEKER), false },
	[NEED_REFUGEE] = { { "protection.refugee" }, S(REFUGEE), false },
	[NEED_STATELESS] = { { "protection.stateless" }, S(STATELESS), false },
	[NEED_LAWYER] = { { "protection.legal", "consular.legal" }, 0, false },
	[NEED_INTERPRETER] = { { "support.interpretation" }, 0, false },
	[NEED_ADVICE] = { { "information.advice" }, 0, false },
	[NEED_NO_PERMIT] = { { NULL }, S(IRREGULAR), false },
	[NEED_DISABLED] = { { NULL }, S(DISABLED), false },
	[NEED_SEAFARER] = { { "recovery.return", "recovery.wages" }, S(SEAFARER), false },
	[NEED_WAR] = { { NULL }, 0, true },
	[NEED_DISASTER] = { { NULL }, 0, true },
};

struct help_meaning help_meaning(enum help_need need)
{
	struct help_meaning out = { .statuses = meanings[need].statuses,
		.hazard = meanings[need].hazard };

	assert(need < NEED_COUNT);
	for (size_t i = 0; i < HELP_SERVICES_MAX; i++)
		out.services[i] = meanings[need].services[i]
					  ? world_service_find(str_of(meanings[need].services[i]))
					  : SERVICE_NONE;
	return out;
}

bool help_afraid(const struct help_ask *ask)
{
	unsigned statuses = ask->base.statuses;

	for (unsigned n = 0; n < NEED_COUNT; n++)
		if (ask->needs[n])
			statuses |= help_meaning((enum help_need)n).statuses;
	return ask->base.fear_count || statuses & HELP_AFRAID;
}

void help_forget(struct help_hearing *hearing)
{
	for (size_t i = 0; i < hearing->items_count; i++)
		hearing->items[i] = (struct help_heard){ .need = hearing->items[i].need };
	hearing->unknown_count = 0;
}
