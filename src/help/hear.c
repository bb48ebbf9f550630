/* Finds the needs in a person's words by a table of phrases, nothing cleverer: whoever corrects the
 * table sees at once what a sentence will be understood as, and the person is told which words
 * meant what.
 *
 * A phrase is a few parts that must stand near each other in one sentence, in any order. A part is
 * a list of words ("keep*" begins with, "*keep" ends with, "*keep*" contains). "-not" forbids a
 * word right before the phrase, "!not" right after it. First all is read as written; a word that
 * is one letter off is tried where nothing was understood, and then it is said. */
#include <assert.h>
#include <string.h>
#include "help/tokens.h"

#define WINDOW 10u /* tokens that a phrase may span */
#define WINDOW_IDEOGRAPHS 16u
#define PARTS_MAX 8u
#define SLIP_LETTERS 6u /* shorter words have too many neighbours */

struct slip {
	struct str wrong, right;
};
struct found {
	size_t at[PARTS_MAX], count, first, last;
	struct slip slip;
};

static size_t letters(struct str s, uint32_t points[static 64])
{
	size_t count = 0, at = 0;

	while (at < s.len && count < 64)
		points[count++] = utf8_next(s, &at);
	return count;
}

/* One letter more, less, other, or two swapped. */
static bool one_off(const uint32_t *a, size_t a_count, const uint32_t *b, size_t b_count)
{
	size_t head = 0, tail = 0;
	size_t least = a_count < b_count ? a_count : b_count;

	if (a_count > b_count + 1 || b_count > a_count + 1)
		return false;
	while (head < least && a[head] == b[head])
		head++;
	while (tail < least - head && a[a_count - 1 - tail] == b[b_count - 1 - tail])
		tail++;
	if (a_count != b_count)
		return head + tail == least;
	if (head + tail + 1 >= a_count)
		return head < a_count;
	return head + tail + 2 == a_count && a[head] == b[head + 1] && a[head + 1] == b[head];
}

static bool slipped(struct str token, struct str stem, bool open_end)
{
	uint32_t a[64], b[64];
	size_t a_count = letters(token, a), b_count = letters(stem, b);

	if (a_count < SLIP_LETTERS || b_count < SLIP_LETTERS)
		return false;
	if (one_off(a, a_count, b, b_count))
		return true;
	for (size_t cut = b_count - 1; open_end && cut <= b_count + 1; cut++)
		if (cut < a_count && one_off(a, cut, b, b_count))
			return true;
	return false;
}

/* WORD of a phrase meets the token AT (a run of ideographs meets as many tokens). */
static bool word_meets(const struct tokens *tokens, size_t at, struct str word, struct slip *slip)
{
	const struct token *token = &tokens->items[at];
	bool open_start = word.len && word.ptr[0] == '*',
	     open_end = word.len > 1 && word.ptr[word.len - 1] == '*';
	struct str stem = str_sub(word, open_start, word.len - open_start - open_end);
	struct str have = token->folded;

	if (stem.len == 0)
		return false;
	if (token->ideograph) {
		size_t met = 0;
		for (size_t i = at; met < stem.len; i++) {
			if (i == tokens->count || tokens->items[i].part != token->part ||
				!tokens->items[i].ideograph)
				return false;
			have = tokens->items[i].folded;
			if (have.len > stem.len - met ||
				memcmp(have.ptr, stem.ptr + met, have.len) != 0)
				return false;
			met += have.len;
		}
		return true;
	}
	if (slip) {
		if (open_start || !slipped(have, stem, open_end))
			return false;
		*slip = (struct slip){ token->text, stem };
		return true;
	}
	if (have.len < stem.len)
		return false;
	if (open_start && open_end)
		return memmem(have.ptr, have.len, stem.ptr, stem.len) != NULL;
	if (open_start)
		return memcmp(have.ptr + have.len - stem.len, stem.ptr, stem.len) == 0;
	return memcmp(have.ptr, stem.ptr, stem.len) == 0 && (open_end || have.len == stem.len);
}

/* Some word of PART, parted by "/", meets the token AT. */
static bool part_meets(const struct tokens *tokens, size_t at, struct str part, struct slip *slip)
{
	struct str word;

	while (str_next_word(&part, "/", &word)) {
		if (word_meets(tokens, at, word, NULL))
			return true;
		if (slip && !slip->wrong.len && !tokens->items[at].understood &&
			word_meets(tokens, at, word, slip))
			return true;
	}
	return false;
}

/* The parts of PATTERN that begin with SIGN, which is left away; '\0': those without one. */
static size_t parts_of(const char *pattern, char sign, struct str parts[static PARTS_MAX])
{
	struct str rest = str_of(pattern), part;
	size_t count = 0;

	while (count < PARTS_MAX && str_next_word(&rest, " ", &part)) {
		char first = part.ptr[0];
		if (first == '-' || first == '!') {
			if (first == sign)
				parts[count++] = str_sub(part, 1, part.len - 1);
		} else if (sign == '\0') {
			parts[count++] = part;
		}
	}
	return count;
}

/* A forbidden word stands right before (sign '-') or right after ('!') what was found. */
static bool forbidden(
	const struct tokens *tokens, const struct found *found, const char *pattern, char sign)
{
	struct str parts[PARTS_MAX];
	size_t count = parts_of(pattern, sign, parts);
	unsigned sentence = tokens->items[found->first].sentence;

	for (size_t i = 0; i < count; i++)
		for (size_t step = 1; step <= 2; step++) {
			size_t at = sign == '-' ? found->first - step : found->last + step;
			if (at < tokens->count && tokens->items[at].sentence == sentence &&
				part_meets(tokens, at, parts[i], NULL))
				return true;
		}
	return false;
}

/* A phrase with its parts cut out, so that it is cut once and not for every word. */
struct phrase {
	const struct help_phrase *from;
	struct str parts[PARTS_MAX];
	size_t count;
};

/* Some part meets the token AT: else the phrase cannot begin there, whatever follows. Almost all
 * phrases end here, so that the cost of a long text is words times phrases. */
static bool may_begin(
	const struct tokens *tokens, size_t at, const struct phrase *phrase, bool with_slip)
{
	struct slip slip = { STR_NONE, STR_NONE };

	for (size_t p = 0; p < phrase->count; p++)
		if (part_meets(tokens, at, phrase->parts[p], with_slip ? &slip : NULL))
			return true;
	return false;
}

/* All parts of PHRASE near the token START, one of them at it. */
static bool phrase_at(struct found *out, const struct tokens *tokens, size_t start,
	const struct phrase *phrase, bool with_slip)
{
	const struct str *parts = phrase->parts;
	const char *pattern = phrase->from->pattern;
	size_t count = phrase->count;
	const struct token *token = &tokens->items[start];
	size_t end = start + (token->ideograph ? WINDOW_IDEOGRAPHS : WINDOW);
	bool starts = false;

	if (!may_begin(tokens, start, phrase, with_slip))
		return false;
	*out = (struct found){ .count = count, .first = start, .last = start };
	for (size_t p = 0; p < count; p++) {
		size_t at = start;
		while (at < end && at < tokens->count &&
			tokens->items[at].sentence == token->sentence &&
			!part_meets(tokens, at, parts[p], with_slip ? &out->slip : NULL))
			at++;
		if (at >= end || at >= tokens->count ||
			tokens->items[at].sentence != token->sentence)
			return false;
		out->at[p] = at;
		starts |= at == start;
		if (at > out->last)
			out->last = at;
	}
	if (!starts || (with_slip && !out->slip.wrong.len))
		return false;
	/* A run of ideographs ends with its last token. */
	while (out->last + 1 < tokens->count && tokens->items[out->last].ideograph &&
		tokens->items[out->last + 1].ideograph && count == 1 &&
		tokens_text(tokens, start, out->last + 1).len <= parts[0].len)
		out->last++;
	return !forbidden(tokens, out, pattern, '-') && !forbidden(tokens, out, pattern, '!');
}

/* The whole part where the token AT stands. */
static void understand(struct tokens *tokens, size_t at)
{
	unsigned part = tokens->items[at].part;

	if (tokens->items[at].understood)
		return;
	while (at > 0 && tokens->items[at - 1].part == part)
		at--;
	for (; at < tokens->count && tokens->items[at].part == part; at++)
		tokens->items[at].understood = true;
}

static void note(struct help_hearing *out, struct tokens *tokens, const struct found *found,
	enum help_need need)
{
	struct help_heard *heard = NULL;

	for (size_t i = found->first; i <= found->last; i++) {
		tokens->items[i].used = true;
		understand(tokens, i);
	}
	for (size_t i = 0; i < out->items_count; i++)
		if (out->items[i].need == need)
			heard = &out->items[i];
	if (heard)
		return;
	assert(out->items_count < NEED_COUNT);
	out->items[out->items_count++] =
		(struct help_heard){ need, tokens_text(tokens, found->first, found->last),
			found->slip.wrong, found->slip.right };
}

static enum status hear(struct help_hearing *out, struct arena *arena, struct tokens *tokens,
	const struct help_tongue *tongue, bool with_slip)
{
	struct phrase *phrases = ARENA_ARRAY(arena, tongue->phrase_count, struct phrase);
	struct found found;

	if (!phrases)
		return STATUS_NO_MEMORY;
	for (size_t p = 0; p < tongue->phrase_count; p++) {
		phrases[p].from = &tongue->phrases[p];
		phrases[p].count = parts_of(phrases[p].from->pattern, '\0', phrases[p].parts);
	}
	for (size_t start = 0; start < tokens->count; start++)
		for (size_t p = 0; p < tongue->phrase_count; p++)
			if (phrase_at(&found, tokens, start, &phrases[p], with_slip))
				note(out, tokens, &found, (enum help_need)phrases[p].from->need);
	return STATUS_OK;
}

/* "My baby has no papers" says by two of its words that there are no papers, and means the baby's.
 */
static void drop_inner(struct help_hearing *out, enum help_need outer, enum help_need inner)
{
	struct str wide = STR_NONE;
	size_t kept = 0;

	for (size_t i = 0; i < out->items_count; i++)
		if (out->items[i].need == outer)
			wide = out->items[i].words;
	for (size_t i = 0; i < out->items_count; i++) {
		struct str words = out->items[i].words;
		bool inside = wide.len && out->items[i].need == inner && words.ptr >= wide.ptr &&
			      words.ptr + words.len <= wide.ptr + wide.len;
		if (!inside)
			out->items[kept++] = out->items[i];
	}
	out->items_count = kept;
}

/* Parts of sentences none of whose words was understood. */
static enum status not_understood(
	struct help_hearing *out, struct arena *arena, const struct tokens *tokens)
{
	out->unknown = ARENA_ARRAY(arena, tokens->count + 1, struct str);
	if (!out->unknown)
		return STATUS_NO_MEMORY;
	for (size_t first = 0, next; first < tokens->count; first = next) {
		bool used = false;
		size_t from = first;
		for (next = first; next < tokens->count &&
				   tokens->items[next].part == tokens->items[first].part;
			next++)
			used |= tokens->items[next].used;
		while (from < next && tokens->items[from].joins)
			from++;
		if (!used && from < next)
			out->unknown[out->unknown_count++] = tokens_text(tokens, from, next - 1);
	}
	return STATUS_OK;
}

/* At most HELP_WORDS_MAX bytes of TEXT, valid; what is not becomes a space. */
static enum status readable(
	struct str *out, struct arena *arena, struct str text, struct help_hearing *hearing)
{
	struct buf buf;

	buf_init(&buf, arena, HELP_WORDS_MAX + 8);
	buf_add_char(&buf, ' ');
	while (text.len && buf.len < HELP_WORDS_MAX) {
		size_t good = utf8_valid_prefix(text), at = 0;
		struct str run = str_sub(text, 0, good);
		while (at < run.len && buf.len < HELP_WORDS_MAX) {
			uint32_t c = utf8_next(run, &at);
			buf_add_utf8(&buf, c < 0x20 && c != '\n' ? ' ' : c);
		}
		if (at == good && good < text.len) {
			buf_add_char(&buf, ' ');
			at++;
		}
		text = str_sub(text, at, text.len - at);
	}
	hearing->cut = text.len > 0;
	*out = buf_str(&buf);
	return buf.failed ? STATUS_NO_MEMORY : STATUS_OK;
}

enum status help_hear(struct help_hearing *out, struct arena *arena, size_t lang, struct str text)
{
	struct tokens tokens;
	enum status status;

	assert(out && lang < help_tongue_count);
	*out = (struct help_hearing){ .items = ARENA_ARRAY(arena, NEED_COUNT, struct help_heard) };
	if (!out->items)
		return STATUS_NO_MEMORY;
	status = readable(&text, arena, text, out);
	if (status != STATUS_OK)
		return status;
	status = tokens_cut(&tokens, arena, help_lang_tag(lang), text);
	if (status != STATUS_OK)
		return status;
	status = hear(out, arena, &tokens, &help_tongues[lang], false);
	if (status == STATUS_OK && lang && !out->items_count)
		status = hear(out, arena, &tokens, &help_tongues[0], false);
	if (status == STATUS_OK)
		status = hear(out, arena, &tokens, &help_tongues[lang], true);
	if (status != STATUS_OK)
		return status;
	drop_inner(out, NEED_BIRTH, NEED_NO_PAPERS);
	return not_understood(out, arena, &tokens);
}
