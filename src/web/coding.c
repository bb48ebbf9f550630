/* The bytes as they travel: gzip for whoever prefers it, and the tag by which a reader asks whether
 * they have changed.
 *
 * BREACH reads a secret from the length of a compressed answer into which an attacker gets words of
 * their own. Compressed is therefore only what anyone may ask for and what takes no body: such an
 * answer is the same for everybody and holds no secret. What a person asked by POST, and whatever
 * comes to be open to some people only, is sent as it is. */
#include "web/coding.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <zlib.h>

#define WEIGHT_FULL 1000 /* q=1, in thousandths */
#define PACKED_FROM 860u /* bytes: what is shorter fits into one packet as it is */

/* zlib's memory is the arena's; it goes with it. */
static voidpf take(voidpf arena, uInt count, uInt size)
{
	return arena_get_array(arena, count, size);
}

static void give_back(voidpf arena, voidpf memory)
{
	(void)arena;
	(void)memory;
}

bool coding_pack(struct str *out, struct arena *arena, struct str plain, enum coding_effort effort)
{
	z_stream stream = { .zalloc = take, .zfree = give_back, .opaque = arena };
	char *packed;
	bool good;

	*out = STR_NONE;
	if (plain.len < PACKED_FROM || plain.len > WEB_ANSWER_MAX)
		return false;
	packed = arena_get_raw(arena, plain.len);
	if (!packed || deflateInit2(&stream, (int)effort, Z_DEFLATED, MAX_WBITS + 16, 8,
			       Z_DEFAULT_STRATEGY) != Z_OK)
		return false;
	stream.next_in = (Bytef *)(uintptr_t)plain.ptr;
	stream.avail_in = (uInt)plain.len;
	stream.next_out = (Bytef *)packed;
	stream.avail_out = (uInt)plain.len;
	good = deflate(&stream, Z_FINISH) == Z_STREAM_END;
	*out = good ? (struct str){ packed, stream.total_out } : STR_NONE;
	deflateEnd(&stream);
	return good;
}

/* The weight of ITEM, what stands behind its name: ";q=0.5". What is not well written is 0. */
static int weight(struct str rest)
{
	int value = 0, places = 0;
	bool point = false;

	rest = str_trim(rest);
	if (!rest.len)
		return WEIGHT_FULL;
	rest = str_trim(str_sub(rest, 1, rest.len));
	if (rest.len < 3 || (rest.ptr[0] | 0x20) != 'q' || rest.ptr[1] != '=' ||
		(rest.ptr[2] != '0' && rest.ptr[2] != '1'))
		return 0;
	for (size_t i = 2; i < rest.len; i++) {
		char c = rest.ptr[i];
		if (c == '.' && i == 3) {
			point = true;
			continue;
		}
		if (c < '0' || c > '9' || (i > 2 && !point) || places > 3)
			return 0;
		value = value * 10 + (c - '0');
		places++;
	}
	for (; places < 4; places++)
		value *= 10;
	return value > WEIGHT_FULL ? 0 : value;
}

int coding_weight(const char *accepted, const char *name, int otherwise)
{
	struct str rest = str_of(accepted ? accepted : ""), item;

	while (str_next_word(&rest, ",", &item)) {
		const char *semicolon = memchr(item.ptr, ';', item.len);
		size_t end = semicolon ? (size_t)(semicolon - item.ptr) : item.len;
		struct str said = str_trim(str_sub(item, 0, end));
		if (said.len == strlen(name) && strncasecmp(said.ptr, name, said.len) == 0)
			return weight(str_sub(item, end, item.len));
	}
	return otherwise;
}

bool coding_takes_gzip(const char *accepted)
{
	int any = coding_weight(accepted, "*", 0);
	int gzip = coding_weight(accepted, "gzip", coding_weight(accepted, "x-gzip", any));

	/* Who does not speak of the plain bytes takes them, and would rather have fewer. */
	return gzip > 0 && gzip >= coding_weight(accepted, "identity", 0);
}

void coding_tag(char out[static CODING_TAG_MAX], const struct sha256 *hash, bool packed)
{
	char hex[65];

	sha256_hex(hex, hash);
	/* What zlib makes of the same bytes is the same only with the same zlib. */
	snprintf(out, CODING_TAG_MAX, "\"%.32s%s%s\"", hex, packed ? "-gzip-" : "",
		packed ? zlibVersion() : "");
}

bool coding_has_tag(const char *wanted, const char *tag)
{
	struct str rest = str_of(wanted ? wanted : ""), item;

	while (str_next_word(&rest, ",", &item)) {
		item = str_trim(item);
		if (str_starts(item, "W/"))
			item = str_sub(item, 2, item.len);
		if (str_is(item, "*") || str_is(item, tag))
			return true;
	}
	return false;
}

static bool is_text(const char *type)
{
	return strncmp(type, "text/", 5) == 0 || strstr(type, "json") || strstr(type, "yaml") ||
	       strstr(type, "xml");
}

static bool open_to_all(const struct request *request)
{
	const struct route *route = request->route;

	return !route || (route->who == WHO_ANYONE && route->body_max == 0);
}

static const char *header(struct request *request, const char *name)
{
	return MHD_lookup_connection_value(request->connection, MHD_HEADER_KIND, name);
}

void coding_apply(struct request *request)
{
	bool checked = request->status == 200 && request->route->cache == CACHE_CHECK;
	bool may = !request->gzipped && open_to_all(request) && is_text(request->type);
	struct str packed = request->packed;
	struct sha256 hash;
	bool takes;

	request->negotiated = may;
	if (!may && !checked)
		return;
	takes = may && coding_takes_gzip(header(request, "Accept-Encoding"));
	if (checked) {
		/* Whether it packs is known only when it is; the tag must not wait for it. */
		bool packs =
			request->prepared ? packed.len > 0 : request->answer.len >= PACKED_FROM;
		hash = request->kept ? request->hash : sha256_of(request->answer);
		coding_tag(request->tag, &hash, takes && packs);
		if (coding_has_tag(header(request, "If-None-Match"), request->tag)) {
			request->status = 304;
			request->answer = STR("");
			return;
		}
	}
	if (!takes)
		return;
	if (!request->prepared)
		coding_pack(&packed, &request->arena, request->answer, CODING_FOR_ONE);
	if (packed.len) {
		request->answer = packed;
		request->gzipped = true;
	} else if (checked) {
		coding_tag(request->tag, &hash, false);
	}
}
