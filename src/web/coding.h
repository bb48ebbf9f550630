/* Compression and tags of answers (coding.c), and weights in headers by which a reader chooses. */
#ifndef ENTENTE_WEB_CODING_H
#define ENTENTE_WEB_CODING_H

#include "web/internal.h"

/* How hard zlib tries: for one reader, or once for all of them. */
enum coding_effort { CODING_FOR_ONE = 4, CODING_FOR_ALL = 6 };
/* PLAIN as gzip (RFC 1952) in ARENA. False, and OUT STR_NONE: it is short, or would not be shorter,
 * or memory lacks. The same bytes give the same bytes. */
bool coding_pack(struct str *out, struct arena *arena, struct str plain, enum coding_effort effort);

/* The weight, 0 to 1000, of NAME in a header of choices (RFC 9110 12.4.2: "gzip;q=0.5, *;q=0");
 * OTHERWISE if it is not named. HEADER may be NULL. O(length). */
int coding_weight(const char *header, const char *name, int otherwise);
/* An Accept-Encoding that likes gzip at least as well as the plain bytes. */
bool coding_takes_gzip(const char *accepted);

/* The strong entity tag of bytes with HASH, as they are or as gzip. */
void coding_tag(char out[static CODING_TAG_MAX], const struct sha256 *hash, bool packed);
/* An If-None-Match (NULL: none) that has TAG, or is "*". */
bool coding_has_tag(const char *wanted, const char *tag);

/* Before REQUEST is sent: its tag, gzip if its reader takes it, or 304 for what they have. */
void coding_apply(struct request *request);

#endif
