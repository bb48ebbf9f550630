/* What the pages of documents, lists and gaps share. */
#include "web/page_docs.h"
#include "help/help.h"
#include "web/page_fault.h"

#include "web/templates.h"

#include <stdio.h>
#include <string.h>

struct str page_query(struct arena *arena, struct str target)
{
	const char *query = target.ptr ? memchr(target.ptr, '?', target.len) : NULL;
	struct str rest, pair;
	struct buf out;

	if (!query)
		return STR_NONE;
	buf_init(&out, arena, WEB_TARGET_MAX + 1);
	rest = str_sub(target, (size_t)(query - target.ptr) + 1, target.len);
	while (str_next_word(&rest, "&", &pair)) {
		if (str_starts(pair, "lang="))
			continue;
		if (out.len)
			buf_add_char(&out, '&');
		buf_add(&out, pair);
	}
	return out.failed ? STR_NONE : buf_str(&out);
}

bool page_ui(struct ui *ui, struct request *request)
{
	struct str lang = request_parameter(request, "lang");
	const char *accepted = MHD_lookup_connection_value(
		request->connection, MHD_HEADER_KIND, "Accept-Language");
	const struct ui_language *language =
		lang.ptr ? ui_language_find(lang)
			 : ui_language_accepted(str_of(accepted ? accepted : ""), false);

	if (!language || !language->whole) {
		request_problem(request, 404, WORD("There is no page in this language."),
			WORD("Pages are in en, fr, es and ar."));
		return false;
	}
	ui_init(ui, language);
	ui->keep_language = lang.ptr != NULL;
	ui->path = request->path;
	ui->query = page_query(&request->arena, request->target);
	ui->today = request->today;
	return true;
}

enum lang page_lang(const struct ui *ui)
{
	enum lang lang = accord_lang(str_of(ui->language->code));

	return lang == LANGS ? LANG_EN : lang;
}

enum status page_send(struct request *request, const struct html *html, unsigned status)
{
	request->status = status;
	request->type = "text/html; charset=utf-8";
	request->answer = html_str(html);
	return html_failed(html) ? STATUS_NO_MEMORY : STATUS_OK;
}

enum status page_missing(struct request *request, const struct ui *ui, struct str what,
	struct str next, struct html_link link)
{
	struct missing_view view = { .page = { .title = ui_word(ui, WORD("Nothing is here")),
					     .section = STR(""),
					     .languages = ui_languages_view(
						     &request->arena, ui, false) },
		.title = ui_word(ui, WORD("Nothing is here")),
		.what = what,
		.next = next,
		.link = link };
	struct html html;

	page_near(&view, request, ui);
	html_init(&html, &request->arena, WEB_ANSWER_MAX);
	tmpl_missing(&html, ui, &view);
	return page_send(request, &html, 404);
}

static struct str named(
	const struct ui *ui, const struct world *world, struct str id, struct str otherwise)
{
	struct str name = world_name(world, id, str_of(ui->language->code));

	return name.len ? name : otherwise.len ? otherwise : id;
}

struct str page_said(const struct ui *ui, const struct texts *texts)
{
	return accord_text(texts, str_of(ui->language->code));
}

bool page_says(const struct ui *ui, const struct texts *texts)
{
	bool says = false;

	for (size_t i = 0; i < texts->count; i++)
		says |= str_is(texts->items[i].lang, ui->language->code);
	return says;
}

struct str page_place(const struct ui *ui, const struct world *world, uint32_t place)
{
	return place == NONE32
		       ? STR_NONE
		       : named(ui, world, world->places[place].id, world->places[place].name);
}

struct str page_party(const struct ui *ui, const struct world *world, uint32_t party)
{
	return party == NONE32
		       ? STR_NONE
		       : named(ui, world, world->parties[party].id, world->parties[party].name);
}

struct str page_group(const struct ui *ui, const struct world *world, uint32_t group)
{
	/* The longest id with its prefix; one that is longer is named by itself. */
	char id[80];
	struct str bare;
	int written;

	if (group == NONE32)
		return STR_NONE;
	bare = world->groups[group];
	written = snprintf(id, sizeof id, "group:" STR_FMT, STR_ARG(bare));
	if (written < 0 || (size_t)written >= sizeof id)
		return bare;
	return named(ui, world, (struct str){ id, (size_t)written }, bare);
}

struct str page_service(const struct ui *ui, uint8_t service)
{
	const struct service *of = &world_services[service];
	const char *labels[LANGS] = { of->label_en, of->label_fr, of->label_es, of->label_ar };

	return str_of(labels[page_lang(ui)]);
}

struct str page_nationality(const struct ui *ui, const struct world *world, uint16_t nat)
{
	uint32_t place = world->nats[nat].place;

	return place == NONE32 ? world->nats[nat].code : page_place(ui, world, place);
}

static bool is_called(const struct world *world, struct str id, struct str name, struct str value)
{
	if (str_same_letters(id, value) || str_same_letters(name, value))
		return true;
	for (enum lang lang = LANG_EN; lang < LANGS; lang++)
		if (str_same_letters(world_name(world, id, accord_lang_tags[lang]), value))
			return true;
	return false;
}

/* Countries before what lies in them. */
uint32_t page_find_place(struct str *near, struct arena *arena, const struct ui *ui,
	const struct world *world, struct str value)
{
	uint32_t found = world_place(world, value);

	*near = STR_NONE;
	value = str_trim(value);
	for (uint32_t i = 0; value.len && found == NONE32 && i < world->places_count; i++)
		if (world->places[i].kind <= PLACE_COUNTRY &&
			is_called(world, world->places[i].id, world->places[i].name, value))
			found = i;
	for (uint32_t i = 0; value.len && found == NONE32 && i < world->places_count; i++)
		if (str_same_letters(world->places[i].id, value) ||
			str_same_letters(world->places[i].name, value))
			found = i;
	return found != NONE32 || !value.len
		       ? found
		       : help_place(
				 world, arena, help_lang(str_of(ui->language->code)), value, near);
}

struct str page_none(struct arena *arena, const struct ui *ui, const char *english, struct str near)
{
	struct str none = ui_word(ui, english), ask = ui_word(ui, WORD("Did you mean %1?"));
	const char *slot = near.len ? memmem(ask.ptr, ask.len, "%1", 2) : NULL;
	size_t before;

	if (!slot)
		return none;
	before = (size_t)(slot - ask.ptr);
	return str_format(arena, STR_FMT " " STR_FMT STR_FMT STR_FMT, STR_ARG(none),
		STR_ARG(str_sub(ask, 0, before)), STR_ARG(near),
		STR_ARG(str_sub(ask, before + 2, ask.len)));
}

uint16_t page_find_nationality(struct str *near, struct arena *arena, const struct ui *ui,
	const struct world *world, struct str value)
{
	uint16_t nat = world_nat(world, value);
	uint32_t place = NONE32;

	*near = STR_NONE;
	if (nat == NAT_NONE)
		place = page_find_place(near, arena, ui, world, value);

	for (size_t i = 0; place != NONE32 && nat == NAT_NONE && i < world->nats_count; i++)
		if (world->nats[i].place == place)
			nat = (uint16_t)i;
	return nat;
}

uint32_t page_find_party(const struct world *world, struct str value)
{
	uint32_t found = world_party(world, value);

	value = str_trim(value);
	for (uint32_t i = 0; value.len && found == NONE32 && i < world->parties_count; i++)
		if (is_called(world, world->parties[i].id, world->parties[i].name, value))
			found = i;
	return found;
}

struct option_view *page_options(struct arena *arena, const struct ui *ui, const char *id,
	struct str chosen, const struct str *words, size_t count, const struct str *names)
{
	struct option_view *options = ARENA_ARRAY(arena, count + 1, struct option_view);

	if (!options)
		return NULL;
	options[0] = (struct option_view){ .id = str_of(id),
		.value = STR(""),
		.text = ui_word(ui, WORD("any")),
		.chosen = chosen.len == 0 };
	for (size_t i = 0; i < count; i++)
		options[i + 1] = (struct option_view){ .id = str_format(arena, "%s-%zu", id, i + 1),
			.value = words[i],
			.text = names[i],
			.chosen = str_eq(chosen, words[i]) };
	return options;
}

struct html_link page_link(struct arena *arena, const struct ui *ui, const char *pattern)
{
	return html_link_make(arena, ui, pattern, NULL, 0);
}

struct html_link page_link_to(
	struct arena *arena, const struct ui *ui, const char *pattern, struct str id)
{
	struct html_arg arg = html_arg(id);

	return html_link_make(arena, ui, pattern, &arg, 1);
}

struct html_link page_csv(struct arena *arena, const struct ui *ui, const char *path)
{
	struct str rest = ui->query, pair;
	struct buf out;

	buf_init(&out, arena, WEB_TARGET_MAX + 100);
	buf_add_c(&out, path);
	for (char mark = '?'; str_next_word(&rest, "&", &pair);) {
		if (str_starts(pair, "page="))
			continue; /* a file is whole */
		buf_add_char(&out, mark);
		buf_add(&out, pair);
		mark = '&';
	}
	return (struct html_link){ out.failed ? STR_NONE : buf_str(&out) };
}

size_t page_people_sources(struct source_view *out, size_t max, const struct world *world,
	const struct people_count *count)
{
	size_t found = 0;

	for (size_t i = 0; i < world->people_count && found < max; i++) {
		const struct people_row *row = &world->people[i];
		bool known = row->source == NONE32 || row->group != GROUP_STOCK ||
			     row->year != count->stock_year;
		for (size_t j = 0; j < found && !known; j++)
			known = str_eq(out[j].name, world->sources[row->source].title);
		if (!known)
			out[found++] = (struct source_view){ world->sources[row->source].title,
				world->sources[row->source].url,
				world->sources[row->source].retrieved };
	}
	return found;
}

enum status page_keep(struct request *request, const struct ui *ui, struct analysis *asked)
{
	asked->language = ui->language;
	asked->keep_language = ui->keep_language;
	request->type = "text/html; charset=utf-8";
	switch (kept_ask(&request->server->queue, request->snapshot, request, asked)) {
	case KEPT_FAILED:
		return STATUS_NO_MEMORY;
	case KEPT_BUSY:
		request_problem(request, 503, WORD("Too many long answers are being made."),
			WORD("Try again in a few seconds."));
		break;
	case KEPT_WAITS:
	case KEPT_READY:
		break;
	}
	return STATUS_OK;
}
