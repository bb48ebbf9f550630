/* Search by SQLite's FTS5. The index is an image of a database in memory; each search opens it for
 * itself, which costs some tens of microseconds and needs no lock. */
#include "store/search.h"

#include "store/db.h"

#include <assert.h>

#define TEXT_MAX ((size_t)8 << 20) /* bytes of one column of one text */
#define MARK_FROM '\x02'           /* as SQL_SEARCH has them; no text holds control characters */
#define MARK_TO '\x03'

struct search_index {
	struct str image;
};

/* Signs above and below Arabic letters, and the stroke that only stretches a word: SQLite would
 * part words at them. */
static bool is_sign(uint32_t c)
{
	return c == 0x640 || c == 0x670 || (c >= 0x610 && c <= 0x61a) ||
	       (c >= 0x64b && c <= 0x65f) || (c >= 0x6d6 && c <= 0x6dc) ||
	       (c >= 0x6df && c <= 0x6e8 && c != 0x6e5 && c != 0x6e6) || (c >= 0x6ea && c <= 0x6ed);
}

/* TEXT without such signs, control characters as blanks; what follows bytes that are not UTF-8 is
 * left out. TEXT itself where nothing changes. */
static struct str plain(struct arena *arena, struct str text)
{
	struct buf out;
	bool changed = false;

	text.len = utf8_valid_prefix(text);
	for (size_t at = 0; at < text.len && !changed;) {
		uint32_t c = utf8_next(text, &at);
		changed = is_sign(c) || c < 0x20;
	}
	if (!changed)
		return text.ptr ? text : STR("");
	buf_init(&out, arena, TEXT_MAX);
	for (size_t at = 0; at < text.len;) {
		uint32_t c = utf8_next(text, &at);
		if (!is_sign(c))
			buf_add_utf8(&out, c < 0x20 ? ' ' : c);
	}
	return out.failed ? STR_NONE : out.len ? buf_str(&out) : STR("");
}

static enum db_status run_all(struct db *db, const enum statement *all, size_t count)
{
	enum db_status status = DB_OK;

	for (size_t i = 0; i < count && status == DB_OK; i++)
		status = db_run(db, all[i], NULL, 0);
	return status;
}

static enum db_status fill(
	struct db *db, struct arena *scratch, const struct search_text *texts, size_t count)
{
	static const enum statement before[] = { SQL_SEARCH_TEXTS, SQL_SEARCH_WORDS,
		SQL_SEARCH_STEMS, SQL_BEGIN_WRITE };
	static const enum statement after[] = { SQL_SEARCH_WORDS_ADD, SQL_SEARCH_STEMS_ADD,
		SQL_COMMIT };
	enum db_status status = run_all(db, before, sizeof before / sizeof before[0]);

	for (size_t i = 0; i < count && status == DB_OK; i++) {
		struct str title = plain(scratch, texts[i].title);
		struct str about = plain(scratch, texts[i].about);
		struct str body = plain(scratch, texts[i].body);
		if (!title.ptr || !about.ptr || !body.ptr)
			return DB_MEMORY;
		status = DB_RUN(db, SQL_SEARCH_TEXT_ADD, INT_VALUE(i), TEXT_VALUE(title),
			TEXT_VALUE(about), TEXT_VALUE(body));
	}
	return status == DB_OK ? run_all(db, after, sizeof after / sizeof after[0]) : status;
}

enum status search_build(struct search_index **out, struct arena *arena,
	const struct search_text *texts, size_t count)
{
	struct search_index *index = ARENA_NEW(arena, struct search_index);
	struct arena scratch;
	struct db *db = NULL;

	assert(out && arena && (texts || !count));
	*out = NULL;
	if (!index)
		return STATUS_NO_MEMORY;
	arena_init(&scratch, arena->allocator, arena->max);
	enum db_status status = db_sqlite.open_memory(&db, &scratch);
	if (status == DB_OK)
		status = fill(db, &scratch, texts, count);
	if (status == DB_OK)
		status = db_sqlite.image(&index->image, arena, db);
	if (db)
		db_sqlite.close(db);
	arena_free(&scratch);
	if (status == DB_OK)
		*out = index;
	return db_to_status(status);
}

/* WORDS as FTS5 reads them, each a quoted string, all asked for or, with ANY, one of them; their
 * number, SEARCH_WORDS_MAX + 1 if there are more. */
static size_t quote(struct buf *out, struct str words, bool any)
{
	size_t count = 0;
	struct str word;

	while (count <= SEARCH_WORDS_MAX && str_next_word(&words, " \x7f", &word)) {
		buf_add_c(out, !count++ ? "\"" : any ? " OR \"" : " \"");
		for (size_t i = 0; i < word.len; i++) {
			if (word.ptr[i] == '"')
				buf_add_char(out, '"');
			buf_add_char(out, word.ptr[i]);
		}
		buf_add_char(out, '"');
	}
	if (count)
		buf_add_c(out, " *");
	return count;
}

/* Where the words stand in the body, else in what is about it, else how the body begins. */
static struct str excerpt(struct db *db, enum statement found)
{
	struct str body = DB_BYTES(db, found, 1), about = DB_BYTES(db, found, 2);
	bool in_body = body.len && memchr(body.ptr, MARK_FROM, body.len);

	return !in_body && about.len && memchr(about.ptr, MARK_FROM, about.len) ? about : body;
}

/* TEXT with its marks, in pieces. */
static bool part(struct search_hit *hit, struct arena *arena, struct str text)
{
	size_t max = 1;

	text = str_copy(arena, text);
	for (size_t i = 0; text.ptr && i < text.len; i++)
		max += text.ptr[i] == MARK_FROM || text.ptr[i] == MARK_TO;
	struct search_piece *pieces =
		text.ptr ? ARENA_ARRAY(arena, max, struct search_piece) : NULL;
	if (!pieces)
		return false;
	hit->pieces = pieces;
	for (size_t at = 0, from = 0; at <= text.len; at++) {
		char c = at < text.len ? text.ptr[at] : MARK_FROM;
		if (c != MARK_FROM && c != MARK_TO)
			continue;
		if (at > from)
			pieces[hit->pieces_count++] =
				(struct search_piece){ { text.ptr + from, at - from },
					c == MARK_TO };
		from = at + 1;
	}
	return true;
}

struct asking {
	struct search_hits *out;
	struct search_hit *hits;
	size_t capacity;
	struct arena *arena;
	struct db *db;
};

static bool is_known(const struct asking *asking, size_t item)
{
	for (size_t i = 0; i < asking->out->count; i++)
		if (asking->hits[i].item == item)
			return true;
	return false;
}

static bool take(struct asking *asking, enum statement found)
{
	size_t item = (size_t)DB_NUMBER(asking->db, found, 0);
	void *items = asking->hits;

	if (is_known(asking, item))
		return true;
	struct search_hit *hit = arena_push(
		asking->arena, &items, &asking->out->count, &asking->capacity, sizeof *hit);
	if (!hit)
		return false;
	asking->hits = items;
	asking->out->items = asking->hits;
	*hit = (struct search_hit){ .item = item };
	return part(hit, asking->arena, excerpt(asking->db, found));
}

/* What QUERY finds by words as they are written, then by their stems. */
static enum db_status ask(struct asking *asking, struct str query)
{
	static const enum statement ways[] = { SQL_SEARCH_WORD, SQL_SEARCH_STEM };
	enum db_status status = DB_OK;

	for (size_t i = 0; i < 2 && status == DB_OK; i++) {
		status = DB_START(asking->db, ways[i], TEXT_VALUE(query));
		while (status == DB_OK || status == DB_ROW) {
			status = DB_NEXT(asking->db, ways[i]);
			if (status != DB_ROW)
				break;
			if (!take(asking, ways[i])) {
				DB_STOP(asking->db, ways[i]);
				return DB_MEMORY;
			}
		}
	}
	return status;
}

enum status search_find(struct search_hits *out, struct arena *arena,
	const struct search_index *index, struct str words)
{
	struct asking asking = { .out = out, .arena = arena };
	struct buf all, any;

	assert(out && arena && index);
	*out = (struct search_hits){ 0 };
	words = plain(arena, words);
	if (!words.ptr)
		return STATUS_NO_MEMORY;
	buf_init(&all, arena, 2 * words.len + 8 * SEARCH_WORDS_MAX + 16);
	buf_init(&any, arena, 2 * words.len + 8 * SEARCH_WORDS_MAX + 16);
	size_t count = quote(&all, words, false);
	quote(&any, words, true);
	if (count > SEARCH_WORDS_MAX)
		return STATUS_REFUSED;
	if (!count)
		return STATUS_OK;
	if (all.failed || any.failed)
		return STATUS_NO_MEMORY;
	enum db_status status = db_sqlite.open_image(&asking.db, arena, index->image);
	if (status == DB_OK)
		status = ask(&asking, buf_str(&all));
	if (status == DB_OK && !out->count && count > 1) {
		status = ask(&asking, buf_str(&any));
		out->some = out->count > 0;
	}
	if (asking.db)
		db_sqlite.close(asking.db);
	return db_to_status(status);
}
