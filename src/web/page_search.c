/* Search in the lists of practices and agreements. Only what everyone may see is in the indexes,
 * so that nobody learns from an order or a count what else there is. */
#include "web/page_search.h"

#include <cmark.h>
#include <stdlib.h>

#define TEXT_MAX ((size_t)4 << 20) /* of one document */

/* ---- the indexes ---- */

/* The words of Markdown, without its marks. */
static bool add_markdown(struct buf *out, struct str text)
{
	cmark_node *document = cmark_parse_document(text.ptr, text.len, CMARK_OPT_VALIDATE_UTF8);
	cmark_iter *walk = document ? cmark_iter_new(document) : NULL;

	while (walk && cmark_iter_next(walk) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(walk);
		const char *words = cmark_node_get_literal(node);
		cmark_node_type type = cmark_node_get_type(node);
		bool enters = cmark_iter_get_event_type(walk) == CMARK_EVENT_ENTER;
		bool is_text = type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE ||
			       type == CMARK_NODE_CODE_BLOCK;
		if (enters && words && is_text)
			buf_add_c(out, words);
		else if (!is_text && (!enters || !cmark_node_first_child(node)) &&
			 type != CMARK_NODE_EMPH && type != CMARK_NODE_STRONG &&
			 type != CMARK_NODE_LINK && out->len && out->ptr[out->len - 1] != ' ')
			buf_add_char(out, ' ');
	}
	cmark_iter_free(walk);
	cmark_node_free(document);
	return walk != NULL;
}

static void add_line(struct buf *out, struct str text)
{
	buf_add(out, text);
	buf_add_c(out, text.len ? " · " : "");
}

/* Names of its places in all languages: who looks for Japon finds Japan. */
static void add_places(struct buf *out, const struct world *world, const struct practice *practice)
{
	for (size_t i = 0; i < practice->countries_count; i++) {
		const struct place *place = &world->places[practice->countries[i]];
		add_line(out, place->name);
		for (enum lang lang = LANG_EN; lang < LANGS; lang++) {
			struct str name = world_name(world, place->id, accord_lang_tags[lang]);
			if (!str_eq(name, place->name))
				add_line(out, name);
		}
	}
}

static bool practice_words(
	struct search_text *out, struct web_snapshot *from, struct arena *arena, size_t item)
{
	const struct practice *practice = &from->practices.items[item];
	struct buf title, about, body;

	buf_init(&title, arena, TEXT_MAX);
	buf_init(&about, arena, TEXT_MAX);
	buf_init(&body, arena, TEXT_MAX);
	for (size_t i = 0; i < practice->title.count; i++)
		add_line(&title, practice->title.items[i].text);
	add_line(&about, practice->stakeholder);
	add_line(&about, practice->type);
	add_places(&about, from->world, practice);
	for (unsigned i = 0; i < PRACTICE_CRISES; i++)
		if (practice->crises >> i & 1u)
			add_line(&about, practice_crisis_words[i]);
	for (unsigned i = 0; i < PRACTICE_GUIDELINES; i++)
		if (practice->guidelines >> i & 1u)
			add_line(&about, practice_area_words[i]);
	for (size_t i = 0; i < practice->sources_count; i++)
		add_line(&about, practice->sources[i].title);
	add_line(&about, practice->id);
	if (!add_markdown(&body, practice->description))
		return false;
	for (size_t i = 0; i < practice->uncertain_count; i++)
		add_line(&body, practice->uncertain[i]);
	*out = (struct search_text){ buf_str(&title), buf_str(&about), buf_str(&body) };
	return !title.failed && !about.failed && !body.failed;
}

static bool is_prose(struct str key)
{
	return str_is(key, "text") || str_is(key, "title") || str_is(key, "note");
}

/* What a document says in words, whatever the language; of a template too. */
static void add_prose(struct buf *out, const struct node *node, bool prose)
{
	if (prose && node->kind == NODE_STRING)
		add_line(out, node->text);
	for (const struct node *child = node->first; child; child = child->next)
		add_prose(out, child, prose || is_prose(child->key));
}

static bool agreement_words(
	struct search_text *out, struct web_snapshot *from, struct arena *arena, size_t item)
{
	const struct agreement *agreement = &from->accords.items[item];
	struct buf title, about, body;

	*out = (struct search_text){ STR(""), STR(""), STR("") };
	if (agreement->visibility != AGREEMENT_PUBLIC)
		return true;
	buf_init(&title, arena, TEXT_MAX);
	buf_init(&about, arena, TEXT_MAX);
	buf_init(&body, arena, TEXT_MAX);
	for (const struct node *child = agreement->tree->first; child; child = child->next)
		add_prose(
			str_is(child->key, "title") ? &title : &body, child, is_prose(child->key));
	for (enum lang lang = LANG_EN; lang < LANGS; lang++)
		add_line(&about, accord_kind_term(agreement->kind, lang));
	add_line(&about, accord_name(agreement));
	*out = (struct search_text){ buf_str(&title), buf_str(&about), buf_str(&body) };
	return !title.failed && !about.failed && !body.failed;
}

static enum status make(struct search_index **out, struct web_snapshot *from, size_t count,
	bool (*words)(struct search_text *, struct web_snapshot *, struct arena *, size_t))
{
	struct arena scratch;
	enum status status = STATUS_OK;

	arena_init(&scratch, &allocator_system, WEB_SNAPSHOT_MAX);
	struct search_text *texts = ARENA_ARRAY(&scratch, count + 1, struct search_text);
	if (!texts)
		status = STATUS_NO_MEMORY;
	for (size_t i = 0; i < count && status == STATUS_OK; i++)
		if (!words(&texts[i], from, &scratch, i))
			status = STATUS_NO_MEMORY;
	if (status == STATUS_OK)
		status = search_build(out, &from->arena, texts, count);
	arena_free(&scratch);
	return status;
}

enum status web_search_make(struct web_snapshot *snapshot)
{
	enum status status = make(&snapshot->practice_words, snapshot,
		snapshot->practices.items_count, practice_words);

	if (status == STATUS_OK)
		status = make(&snapshot->agreement_words, snapshot, snapshot->accords.items_count,
			agreement_words);
	return status;
}

/* ---- what is asked ---- */

enum status page_found(
	struct found *out, struct request *request, const struct search_index *index, size_t all)
{
	*out = (struct found){ .words = str_trim(request_parameter(request, "q")), .count = all };
	out->asked = out->words.len > 0;
	if (!out->asked)
		return STATUS_OK;
	enum status status = search_find(&out->hits, &request->arena, index, out->words);
	out->count = out->hits.count;
	out->too_many = status == STATUS_REFUSED;
	return out->too_many ? STATUS_OK : status;
}

struct str found_text(struct arena *arena, const struct found *found, size_t at)
{
	const struct search_hit *hit = found->asked ? &found->hits.items[at] : NULL;
	struct buf out;

	buf_init(&out, arena, TEXT_MAX);
	for (size_t i = 0; hit && i < hit->pieces_count; i++)
		buf_add(&out, hit->pieces[i].text);
	return out.len && !out.failed ? buf_str(&out) : STR("");
}

struct cell_view found_cell(struct arena *arena, const struct found *found, size_t at)
{
	const struct search_hit *hit = &found->hits.items[at];

	return (struct cell_view){ .kind = CELL_PIECES,
		.text = found_text(arena, found, at),
		.pieces = hit->pieces,
		.piece_count = hit->pieces_count };
}

struct str found_fault(const struct ui *ui)
{
	return ui_word(ui, WORD("Ask with sixteen words at most."));
}

struct field_view found_field(const struct found *found, const struct ui *ui)
{
	return (struct field_view){ .id = STR("q"),
		.name = STR("q"),
		.type = STR("search"),
		.label = ui_word(ui, WORD("Words")),
		.hint = ui_word(ui, WORD("All of them must be there; of the last one the beginning "
					 "is enough.")),
		.value = found->words };
}
