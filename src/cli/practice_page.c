/* One practice as a page for people, and any number of them as JSON and CSV, in the field names of
 * the MICIC repository. */
#include "cli/practices.h"

static void line(struct cli *cli, const char *label, struct str text)
{
	page_wrap(&cli->out, str_of(label), 18, cli->width, text.len ? text : STR("not said"));
}

/* Paragraphs are separated by empty lines; lines of one paragraph flow together, list items and
 * headings stand alone. */
static void print_description(struct cli *cli, struct str text)
{
	struct buf paragraph;
	size_t at = 0;

	buf_init(&paragraph, &cli->arena, CLI_OUTPUT_MAX);
	while (at <= text.len) {
		size_t end = at;
		while (end < text.len && text.ptr[end] != '\n')
			end++;
		struct str one = str_sub(text, at, end - at);
		if (one.len && one.ptr[one.len - 1] == '\r')
			one.len--;
		one = str_trim(one);
		bool item = str_starts(one, "- ") || str_starts(one, "* ") || str_starts(one, "#");
		if ((one.len == 0 || item) && paragraph.len) {
			struct str whole = buf_str(&paragraph);
			bool listed = str_starts(whole, "- ") || str_starts(whole, "* ");
			page_wrap(&cli->out, listed ? str_sub(whole, 0, 2) : STR_NONE,
				listed ? 2 : 0, cli->width,
				listed ? str_sub(whole, 2, whole.len) : whole);
			paragraph.len = 0;
		}
		if (one.len == 0)
			buf_add_char(&cli->out, '\n');
		buf_add_c(&paragraph, one.len && paragraph.len ? " " : "");
		buf_add(&paragraph, one);
		at = end + 1;
	}
	if (paragraph.len)
		page_wrap(&cli->out, STR_NONE, 0, cli->width, buf_str(&paragraph));
}

static void print_links(struct cli *cli, const struct practice *practice)
{
	for (size_t i = 0; i < practice->implemented_by_count; i++) {
		struct str name = practice->implemented_by[i];
		const struct agreement *agreement = accord_find(&cli->accords, name);
		struct str title = agreement ? accord_text(&agreement->title, STR("en")) : STR_NONE;
		line(cli, i ? "" : "Implemented by",
			str_format(&cli->arena, STR_FMT "%s: " STR_FMT, STR_ARG(name),
				agreement && agreement->is_template ? " (template)" : "",
				STR_ARG(title)));
	}
	if (practice->implemented_by_count == 0)
		line(cli, "Implemented by", STR("no agreement of this workspace"));
}

void practice_page(struct cli *cli, const struct practice *practice)
{
	struct buf *out = &cli->out;
	struct buf places;

	buf_init(&places, &cli->arena, 4096);
	for (size_t i = 0; i < practice->countries_count; i++) {
		buf_add_c(&places, i ? ", " : "");
		buf_add(&places, words_place(cli, practice->countries[i]));
	}
	page_wrap(out, STR_NONE, 0, cli->width, accord_text(&practice->title, STR("en")));
	buf_add_char(out, '\n');
	line(cli, "Type", practice->type);
	line(cli, "Country", buf_str(&places));
	line(cli, "Stakeholder", practice->stakeholder);
	line(cli, "Acting as",
		practice_words(cli, practice->stakeholders, practice_stakeholder_words,
			PRACTICE_STAKEHOLDERS, ", "));
	line(cli, "Crisis",
		practice_words(
			cli, practice->crises, practice_crisis_words, PRACTICE_CRISES, ", "));
	line(cli, "Phase",
		practice_words(cli, practice->phases, practice_phase_words, PRACTICE_PHASES, ", "));
	for (unsigned i = 0, n = 0; i < PRACTICE_GUIDELINES; i++)
		if (practice->guidelines >> i & 1)
			line(cli, n++ ? "" : "Guideline",
				str_format(&cli->arena, "%u, " STR_FMT, i + 1,
					STR_ARG(practice_area_words[i])));
	print_links(cli, practice);
	buf_add_char(out, '\n');
	print_description(cli, practice->description);
	if (practice->uncertain_count)
		page_wrap(out, STR("\n"), 0, cli->width, STR("Not confirmed by any source seen:"));
	for (size_t i = 0; i < practice->uncertain_count; i++)
		page_wrap(out, STR("- "), 2, cli->width, practice->uncertain[i]);
	buf_add_char(out, '\n');
	for (size_t i = 0; i < practice->sources_count; i++) {
		const struct source_note *source = &practice->sources[i];
		line(cli, i ? "" : "Source",
			str_format(&cli->arena, STR_FMT " (" STR_FMT ")%s" STR_FMT,
				STR_ARG(source->title), STR_ARG(accord_basis_words[source->basis]),
				source->url.len ? " " : "", STR_ARG(source->url)));
	}
	for (size_t i = 0; i < practice->links_count; i++)
		line(cli, i ? "" : "See", practice->links[i]);
	line(cli, "As of", str_of(page_date(practice->as_of).text));
}

static void json_texts(struct buf *out, const char *key, const struct str *items, size_t count)
{
	buf_add_format(out, ",\"%s\":[", key);
	for (size_t i = 0; i < count; i++) {
		buf_add_c(out, i ? "," : "");
		json_add_string(out, items[i]);
	}
	buf_add_char(out, ']');
}

static void json_words(
	struct buf *out, const char *key, unsigned set, const struct str *words, unsigned count)
{
	bool first = true;

	buf_add_format(out, ",\"%s\":[", key);
	for (unsigned i = 0; i < count; i++) {
		if (!(set >> i & 1))
			continue;
		buf_add_c(out, first ? "" : ",");
		if (words)
			json_add_string(out, words[i]);
		else
			buf_add_format(out, "%u", i + 1);
		first = false;
	}
	buf_add_char(out, ']');
}

static void json_text(struct buf *out, const char *key, struct str text)
{
	buf_add_format(out, ",\"%s\":", key);
	json_add_string(out, text);
}

static void json_sources(struct buf *out, const struct practice *practice)
{
	buf_add_c(out, ",\"sources\":[");
	for (size_t i = 0; i < practice->sources_count; i++) {
		const struct source_note *source = &practice->sources[i];
		buf_add_c(out, i ? ",{\"title\":" : "{\"title\":");
		json_add_string(out, source->title);
		buf_add_c(out, ",\"url\":");
		if (source->url.len)
			json_add_string(out, source->url);
		else
			buf_add_c(out, "null");
		json_text(out, "basis", accord_basis_words[source->basis]);
		buf_add_char(out, '}');
	}
	buf_add_char(out, ']');
}

void practices_json(struct cli *cli, const struct practice *const *items, size_t count)
{
	struct buf *out = &cli->out;

	buf_add_c(out, "{\"practices\":[");
	for (size_t i = 0; i < count; i++) {
		const struct practice *one = items[i];
		buf_add_c(out, i ? ",{\"practice\":" : "{\"practice\":");
		json_add_string(out, one->id);
		json_text(out, "title", accord_text(&one->title, STR("en")));
		json_text(out, "type_of_practice", one->type);
		buf_add_c(out, ",\"country\":[");
		for (size_t j = 0; j < one->countries_count; j++) {
			buf_add_c(out, j ? "," : "");
			json_add_string(out, cli->world->places[one->countries[j]].id);
		}
		buf_add_char(out, ']');
		json_text(out, "name_of_stakeholder", one->stakeholder);
		json_words(out, "type_of_stakeholder_implementing", one->stakeholders,
			practice_stakeholder_words, PRACTICE_STAKEHOLDERS);
		json_words(
			out, "type_of_crisis", one->crises, practice_crisis_words, PRACTICE_CRISES);
		json_words(out, "crisis_phase", one->phases, practice_phase_words, PRACTICE_PHASES);
		json_words(out, "guidelines", one->guidelines, NULL, PRACTICE_GUIDELINES);
		json_words(out, "thematic_areas", one->guidelines, practice_area_words,
			PRACTICE_GUIDELINES);
		json_texts(out, "related_links", one->links, one->links_count);
		json_texts(out, "implemented_by", one->implemented_by, one->implemented_by_count);
		json_sources(out, one);
		json_texts(out, "uncertain", one->uncertain, one->uncertain_count);
		json_text(out, "as_of", str_of(page_date(one->as_of).text));
		json_text(out, "description", one->description);
		buf_add_char(out, '}');
	}
	buf_add_c(out, "]}\n");
}

static struct str joined(
	struct cli *cli, const struct str *items, size_t count, const char *separator)
{
	struct buf text;

	buf_init(&text, &cli->arena, CLI_OUTPUT_MAX);
	for (size_t i = 0; i < count; i++) {
		buf_add_c(&text, i ? separator : "");
		buf_add(&text, items[i]);
	}
	return text.len ? buf_str(&text) : STR("");
}

/* Values that hold spaces are separated by "; ", the others as in any list of a cell. */
void practices_csv(struct cli *cli, const struct practice *const *items, size_t count)
{
	struct buf *out = &cli->out;

	buf_add_c(out, "practice,title,type_of_practice,country,name_of_stakeholder,"
		       "type_of_stakeholder_implementing,type_of_crisis,crisis_phase,guidelines,"
		       "related_links,implemented_by,as_of\r\n");
	for (size_t i = 0; i < count; i++) {
		const struct practice *one = items[i];
		struct str *codes = ARENA_ARRAY(&cli->arena, one->countries_count, struct str);
		char numbers[64] = "";
		int len = 0;
		for (size_t j = 0; codes && j < one->countries_count; j++)
			codes[j] = cli->world->places[one->countries[j]].id;
		for (unsigned j = 0; j < PRACTICE_GUIDELINES; j++)
			if (one->guidelines >> j & 1)
				len += snprintf(numbers + len, sizeof numbers - (size_t)len, "%s%u",
					len ? " " : "", j + 1);
		csv_add_field(out, one->id, true);
		csv_add_field(out, accord_text(&one->title, STR("en")), false);
		csv_add_field(out, one->type, false);
		csv_add_field(
			out, joined(cli, codes, codes ? one->countries_count : 0, " "), false);
		csv_add_field(out, one->stakeholder, false);
		csv_add_field(out,
			practice_words(cli, one->stakeholders, practice_stakeholder_words,
				PRACTICE_STAKEHOLDERS, "; "),
			false);
		csv_add_field(out,
			practice_words(
				cli, one->crises, practice_crisis_words, PRACTICE_CRISES, "; "),
			false);
		csv_add_field(out,
			practice_words(
				cli, one->phases, practice_phase_words, PRACTICE_PHASES, "; "),
			false);
		csv_add_field(out, str_of(numbers), false);
		csv_add_field(out, joined(cli, one->links, one->links_count, " "), false);
		csv_add_field(out, joined(cli, one->implemented_by, one->implemented_by_count, " "),
			false);
		csv_add_field(out, str_of(page_date(one->as_of).text), false);
		buf_add_c(out, "\r\n");
	}
}
