/* The nouns as lists, a page at a time: `after` is the id of the last item seen. Items of one id
 * (the periods of a post) are never parted. What is not on record is null. */
#include "web/page_search.h"

#define LIMIT 100
#define LIMIT_MAX 1000

struct list {
	const char *path;
	size_t count;
	struct str (*id)(const struct web_snapshot *snapshot, size_t item);
	bool (*shown)(const struct request *request, size_t item); /* NULL: all */
	void (*add)(struct buf *out, const struct web_snapshot *snapshot, size_t item);
	const struct search_index *words; /* NULL: the list is not searched */
	struct found found;
};

static void text(struct buf *out, const char *key, struct str value)
{
	buf_add_format(out, ",\"%s\":", key);
	if (value.len)
		json_add_string(out, value);
	else
		buf_add_c(out, "null");
}

static void date(struct buf *out, const char *key, int32_t day)
{
	char written[11];

	date_format(written, day);
	text(out, key, str_of(written));
}

static void source(struct buf *out, const struct world *world, uint32_t row)
{
	if (row == NONE32) {
		buf_add_c(out, ",\"source\":null");
		return;
	}
	buf_add_c(out, ",\"source\":{\"id\":");
	json_add_string(out, world->sources[row].id);
	text(out, "title", world->sources[row].title);
	date(out, "retrieved", world->sources[row].retrieved);
	buf_add_char(out, '}');
}

static struct str place_id(const struct world *world, uint32_t place)
{
	return place == NONE32 ? STR_NONE : world->places[place].id;
}

static struct str id_of_place(const struct web_snapshot *snapshot, size_t i)
{
	return snapshot->world->places[i].id;
}
static void add_place(struct buf *out, const struct web_snapshot *snapshot, size_t i)
{
	static const char *const kinds[] = { "world", "region", "country", "subdivision",
		"locality" };
	const struct place *place = &snapshot->world->places[i];

	text(out, "name", place->name);
	text(out, "kind", str_of(kinds[place->kind]));
	text(out, "parent", place_id(snapshot->world, place->parent));
	text(out, "country", place_id(snapshot->world, place->country));
	source(out, snapshot->world, place->source);
}

static struct str id_of_party(const struct web_snapshot *snapshot, size_t i)
{
	return snapshot->world->parties[i].id;
}
static void add_party(struct buf *out, const struct web_snapshot *snapshot, size_t i)
{
	const struct world *world = snapshot->world;
	const struct party *party = &world->parties[i];

	text(out, "name", party->name);
	text(out, "kind", world_party_kind_words[party->kind]);
	text(out, "parent", party->parent == NONE32 ? STR_NONE : world->parties[party->parent].id);
	text(out, "country", place_id(world, party->country));
	source(out, world, party->source);
}

static struct str id_of_post(const struct web_snapshot *snapshot, size_t i)
{
	return snapshot->world->posts[i].id;
}
static void add_post(struct buf *out, const struct web_snapshot *snapshot, size_t i)
{
	static const char *const states[] = { "open", "closed", "suspended" };
	const struct world *world = snapshot->world;
	const struct post_row *post = &world->posts[i];

	text(out, "kind", world_post_kind_words[post->kind]);
	text(out, "sending", world->parties[post->sending].id);
	text(out, "receiving", place_id(world, post->receiving));
	text(out, "place", place_id(world, post->place));
	text(out, "name", post->name);
	text(out, "state", str_of(states[post->state]));
	date(out, "from", post->from);
	date(out, "until", post->until);
	date(out, "as_of", post->as_of);
	text(out, "basis", post->basis == BASIS_SOURCED ? STR("sourced") : STR("reported"));
	source(out, world, post->source);
}

static struct str id_of_agreement(const struct web_snapshot *snapshot, size_t i)
{
	return accord_name(&snapshot->accords.items[i]);
}
static bool agreement_shown(const struct request *request, size_t i)
{
	return cover_visible(request->snapshot->index, &request->snapshot->accords.items[i],
		VIEWER_PUBLIC, request->today);
}
static void add_agreement(struct buf *out, const struct web_snapshot *snapshot, size_t i)
{
	const struct agreement *agreement = &snapshot->accords.items[i];
	char hash[65];

	text(out, "title", accord_text(&agreement->title, STR("en")));
	buf_add_format(out, ",\"template\":%s", agreement->is_template ? "true" : "false");
	date(out, "from", agreement->from);
	date(out, "until", agreement->until);
	sha256_hex(hash, &agreement->hash);
	buf_add_format(out, ",\"commitments\":%zu,\"hash\":\"sha256:%s\"",
		agreement->commitments_count, hash);
	buf_add_c(out, ",\"source\":{\"title\":");
	json_add_string(out, agreement->source.title.ptr ? agreement->source.title : STR(""));
	text(out, "url", agreement->source.url);
	buf_add_char(out, '}');
}

static struct str id_of_practice(const struct web_snapshot *snapshot, size_t i)
{
	return snapshot->practices.items[i].id;
}
static void add_practice(struct buf *out, const struct web_snapshot *snapshot, size_t i)
{
	const struct practice *practice = &snapshot->practices.items[i];

	text(out, "title", accord_text(&practice->title, STR("en")));
	text(out, "type", practice->type);
	text(out, "stakeholder", practice->stakeholder);
	date(out, "as_of", practice->as_of);
	text(out, "description", practice->description);
}

/* Where the page begins; false: the id of `after` is none. */
static bool find_start(struct request *request, const struct list *list, size_t *start)
{
	struct str after = request_parameter(request, "after");
	bool found = !after.ptr;

	*start = 0;
	for (size_t at = 0; after.ptr && at < list->found.count; at++) {
		size_t i = found_item(&list->found, at);
		if (str_eq(list->id(request->snapshot, i), after) &&
			(!list->shown || list->shown(request, i))) {
			*start = at + 1;
			found = true;
		}
	}
	if (!found)
		diags_add(&request->diags, STR("query"), (struct pos){ 0, 0 }, STR("after"),
			"no item has this id");
	return found;
}

static bool read_limit(struct request *request, int64_t *limit)
{
	struct str value = request_parameter(request, "limit");

	*limit = LIMIT;
	if (!value.ptr || (str_to_int64(value, limit) && *limit >= 1 && *limit <= LIMIT_MAX))
		return true;
	diags_add(&request->diags, STR("query"), (struct pos){ 0, 0 }, STR("limit"),
		"a number from 1 to %d is asked for", LIMIT_MAX);
	return false;
}

/* The id as one part of a query: what is not plain is escaped. */
static void escape(struct buf *out, struct str id)
{
	for (size_t i = 0; i < id.len; i++) {
		unsigned char c = (unsigned char)id.ptr[i];
		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
			c == '-' || c == '.' || c == '_')
			buf_add_char(out, (char)c);
		else
			buf_add_format(out, "%%%02X", c);
	}
}

/* `q` into LIST; false after a fault of it. */
static bool search(enum status *status, struct request *request, struct list *list)
{
	*status = page_found(&list->found, request, list->words, list->count);
	if (list->found.too_many)
		diags_add(&request->diags, STR("query"), (struct pos){ 0, 0 }, STR("q"),
			"at most %d words are searched for", SEARCH_WORDS_MAX);
	return !list->found.too_many;
}

static void add_next(struct buf *out, const struct list *list, struct str last, int64_t limit)
{
	buf_add_format(out, "\"/api/v1/%s?after=", list->path);
	escape(out, last);
	buf_add_format(out, "&limit=%lld", (long long)limit);
	if (list->found.asked) {
		buf_add_c(out, "&q=");
		escape(out, list->found.words);
	}
	buf_add_c(out, "\"");
}

static enum status page(struct request *request, struct list *list)
{
	struct str last = STR_NONE;
	int64_t limit, written = 0;
	size_t start = 0;
	enum status status;
	bool more = false, good = read_limit(request, &limit);
	struct buf out;

	good = search(&status, request, list) && good;
	good = find_start(request, list, &start) && good;
	if (status != STATUS_OK)
		return status;
	if (!good) {
		request_problem(request, 422, "The list cannot be given as asked.",
			"Correct what `errors` names and ask again.");
		return STATUS_OK;
	}
	buf_init(&out, &request->arena, WEB_ANSWER_MAX);
	buf_add_c(&out, "{\"items\":[");
	for (size_t at = start; at < list->found.count && !more; at++) {
		size_t i = found_item(&list->found, at);
		struct str id = list->id(request->snapshot, i);
		if (list->shown && !list->shown(request, i))
			continue;
		more = written >= limit && !str_eq(id, last);
		if (more)
			break;
		buf_add_c(&out, written++ ? ",{\"id\":" : "{\"id\":");
		json_add_string(&out, id);
		list->add(&out, request->snapshot, i);
		if (list->found.asked)
			text(&out, "found", found_text(&request->arena, &list->found, at));
		buf_add_char(&out, '}');
		last = id;
	}
	buf_add_c(&out, "],\"next\":");
	if (more)
		add_next(&out, list, last, limit);
	else
		buf_add_c(&out, "null");
	if (list->found.asked)
		buf_add_format(
			&out, ",\"some_words\":%s", list->found.hits.some ? "true" : "false");
	buf_add_c(&out, "}\n");
	return request_json(request, &out);
}

enum status answer_places(struct request *request)
{
	return page(request, &(struct list){ "places", request->snapshot->world->places_count,
				     id_of_place, NULL, add_place });
}
enum status answer_parties(struct request *request)
{
	return page(request, &(struct list){ "parties", request->snapshot->world->parties_count,
				     id_of_party, NULL, add_party });
}
enum status answer_posts(struct request *request)
{
	return page(request, &(struct list){ "posts", request->snapshot->world->posts_count,
				     id_of_post, NULL, add_post });
}
enum status answer_agreements(struct request *request)
{
	return page(request, &(struct list){ "agreements", request->snapshot->accords.items_count,
				     id_of_agreement, agreement_shown, add_agreement,
				     request->snapshot->agreement_words });
}
enum status answer_practices(struct request *request)
{
	return page(request,
		&(struct list){ "practices", request->snapshot->practices.items_count,
			id_of_practice, NULL, add_practice, request->snapshot->practice_words });
}
