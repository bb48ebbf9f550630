/* Cuts a person's words into tokens: runs of letters and digits, and every ideograph by itself.
 * Tokens know their sentence, in which a phrase must lie, and their part of it, which is what is
 * told as not understood. */
#include <assert.h>
#include <unicode/uchar.h>
#include "help/tokens.h"

static bool is_word(uint32_t c)
{
	uint32_t mask = U_MASK(u_charType((UChar32)c));

	return (mask & (U_GC_L_MASK | U_GC_M_MASK | U_GC_N_MASK)) || c == 0x200C || c == 0x200D;
}

/* 2: ends a sentence; 1: ends a part of one; 0: neither. */
static int ends(uint32_t c)
{
	static const uint32_t sentence[] = { '.', '!', '?', ';', '\n', 0x3002, 0xFF01, 0xFF1F,
		0xFF1B, 0x61F, 0x61B, 0x6D4, 0x964, 0x1362 };
	static const uint32_t part[] = { ',', ':', '(', ')', 0x60C, 0x3001, 0xFF0C, 0x1363,
		0x1361 };

	for (size_t i = 0; i < sizeof sentence / sizeof sentence[0]; i++)
		if (c == sentence[i])
			return 2;
	for (size_t i = 0; i < sizeof part / sizeof part[0]; i++)
		if (c == part[i])
			return 1;
	return 0;
}

/* Words that join parts of a sentence. "wa-" of Arabic is written together and stays. */
static bool joins(struct str tag, struct str folded)
{
	static const char *const words[][2] = { { "en", "and" }, { "en", "but" }, { "fr", "et" },
		{ "fr", "mais" }, { "es", "y" }, { "es", "pero" }, { "am", "እና" }, { "bn", "এবং" },
		{ "bn", "আর" }, { "hi", "और" }, { "id", "dan" }, { "ne", "र" }, { "si", "සහ" },
		{ "sw", "na" }, { "tl", "at" }, { "ur", "اور" }, { "fa", "و" }, { "ar", "و" },
		{ "pt", "e" }, { "pt", "mas" }, { "ru", "и" }, { "ru", "а" } };

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (str_is(tag, words[i][0]) && str_is(folded, words[i][1]))
			return true;
	return false;
}

static enum status add(
	struct tokens *out, struct arena *arena, struct str tag, struct str text, bool ideograph)
{
	struct token *token = &out->items[out->count];
	enum status status;

	if (out->count == TOKENS_MAX)
		return STATUS_OK;
	token->text = text;
	status = help_fold(&token->folded, arena, text);
	if (status != STATUS_OK || token->folded.len == 0)
		return status;
	token->ideograph = ideograph;
	token->joins = joins(tag, token->folded);
	if (token->joins)
		out->part++;
	token->sentence = out->sentence;
	token->part = out->part;
	out->count++;
	return STATUS_OK;
}

enum status tokens_cut(struct tokens *out, struct arena *arena, struct str tag, struct str text)
{
	enum status status = STATUS_OK;
	size_t start = 0, at = 0;

	assert(out && utf8_valid_prefix(text) == text.len);
	*out = (struct tokens){ .items = ARENA_ARRAY(arena, TOKENS_MAX + 1, struct token) };
	if (!out->items)
		return STATUS_NO_MEMORY;
	while (at < text.len && status == STATUS_OK) {
		size_t before = at;
		uint32_t c = utf8_next(text, &at);
		bool ideograph = u_hasBinaryProperty((UChar32)c, UCHAR_IDEOGRAPHIC);
		int end = ends(c);

		if (is_word(c) && !ideograph)
			continue;
		if (before > start)
			status = add(out, arena, tag, str_sub(text, start, before - start), false);
		if (ideograph && status == STATUS_OK)
			status = add(out, arena, tag, str_sub(text, before, at - before), true);
		out->part += end > 0;
		out->sentence += end > 1;
		start = at;
	}
	if (start < text.len && status == STATUS_OK)
		status = add(out, arena, tag, str_sub(text, start, text.len - start), false);
	return status;
}

struct str tokens_text(const struct tokens *tokens, size_t first, size_t last)
{
	const char *from = tokens->items[first].text.ptr;
	struct str end = tokens->items[last].text;

	return (struct str){ from, (size_t)(end.ptr + end.len - from) };
}
