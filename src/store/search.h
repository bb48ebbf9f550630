/* Full-text search: an index over texts, made once and from then on only bytes, which any number of
 * threads search at once without a lock. It lives in memory, whether the texts came from a folder
 * or from a database of any engine, and nothing of a search is kept.
 *
 * Words are told apart as Unicode does; letter case, diacritics and the vowel signs of Arabic count
 * for nothing. What is searched for is data and never a language: quotes, stars and words such as
 * NEAR mean themselves. */
#ifndef ENTENTE_STORE_SEARCH_H
#define ENTENTE_STORE_SEARCH_H

#include "base/base.h"

#define SEARCH_WORDS_MAX 16 /* in one search */

/* A word found in the title weighs eight times one of the body, one in `about` four times. */
struct search_text {
	struct str title, about, body;
};
struct search_index;
/* In ARENA, over texts 0 to COUNT - 1, which need not outlive the call. STATUS_NO_MEMORY;
 * STATUS_IO: the engine failed. */
enum status search_build(struct search_index **out, struct arena *arena,
	const struct search_text *texts, size_t count);

/* A part of what surrounds the words in the body, else in `about`; of words in the title alone, of
 * the beginning of the body. MARKED: a word that was searched for. */
struct search_piece {
	struct str text;
	bool marked;
};
struct search_hit {
	size_t item; /* number of the text */
	const struct search_piece *pieces;
	size_t pieces_count;
};
struct search_hits {
	/* The best first (BM25), ties by number; after them those that have a word in another
	 * English form (embassies for embassy). */
	const struct search_hit *items;
	size_t count;
	bool some; /* no text has all the words: these have some of them */
};
/* The texts that have all of WORDS, the last of which may be the beginning of a word. All in ARENA.
 * STATUS_REFUSED: more than SEARCH_WORDS_MAX words. STATUS_NO_MEMORY, STATUS_IO. */
enum status search_find(struct search_hits *out, struct arena *arena,
	const struct search_index *index, struct str words);

#endif
