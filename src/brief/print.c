/* A document as JSON, a table as CSV, and the fingerprint of what a document says. */
#include "brief/internal.h"

#include <inttypes.h>

static const char *band_code(const struct brief_cell *cell)
{
	return cell->band != BAND_NONE ? cover_band_words[cell->band].ptr
	       : cell->not_known       ? "not_known"
				       : "none_proven";
}

/* {"place":"LBN","text":"Lebanon"} */
static void json_linked(struct buf *out, const char *kind, const struct brief_cell *cell)
{
	buf_add_format(out, "{\"%s\":", kind);
	json_add_string(out, cell->id);
	buf_add_c(out, ",\"text\":");
	json_add_string(out, cell->text);
	buf_add_char(out, '}');
}

static void json_cell(struct buf *out, const struct brief_cell *cell)
{
	char day[11];

	switch (cell->kind) {
	case BRIEF_NONE:
	case BRIEF_KINDS:
		buf_add_c(out, "null");
		break;
	case BRIEF_BLANK:
		buf_add_c(out, "{\"fill\":true}");
		break;
	case BRIEF_TEXT:
		json_add_string(out, cell->text);
		break;
	case BRIEF_NUMBER:
		buf_add_format(out, "%" PRId64, cell->number);
		break;
	case BRIEF_DATE:
		date_format(day, cell->date);
		json_add_string(out, str_of(day));
		break;
	case BRIEF_BAND:
		buf_add_format(out, "{\"band\":\"%s\",\"who\":", band_code(cell));
		json_add_string(out, cell->text.len ? cell->text : STR(""));
		buf_add_char(out, '}');
		break;
	case BRIEF_PLACE:
		json_linked(out, "place", cell);
		break;
	case BRIEF_PARTY:
		json_linked(out, "party", cell);
		break;
	case BRIEF_POST:
		json_linked(out, "post", cell);
		break;
	case BRIEF_AGREEMENT:
		json_linked(out, "agreement", cell);
		break;
	case BRIEF_SOURCE:
		json_linked(out, "source", cell);
		break;
	}
}

static void json_table(struct buf *out, const struct brief_table *table)
{
	buf_add_c(out, "{\"id\":");
	json_add_string(out, table->id);
	buf_add_c(out, ",\"caption\":");
	json_add_string(out, table->caption);
	buf_add_c(out, ",\"columns\":[");
	for (size_t i = 0; i < table->columns_count; i++) {
		buf_add_c(out, i ? "," : "");
		json_add_string(out, table->columns[i].name);
	}
	buf_add_c(out, "],\"rows\":[");
	for (size_t row = 0; row < table->row_count; row++) {
		buf_add_c(out, row ? ",[" : "[");
		for (size_t i = 0; i < table->columns_count; i++) {
			buf_add_c(out, i ? "," : "");
			json_cell(out, &table->cells[row * table->columns_count + i]);
		}
		buf_add_char(out, ']');
	}
	buf_add_format(out, "],\"rows_to_fill\":%zu}", table->blanks);
}

static void json_section(struct buf *out, const struct brief_section *section)
{
	buf_add_c(out, "{\"id\":");
	json_add_string(out, section->id);
	buf_add_c(out, ",\"heading\":");
	json_add_string(out, section->heading);
	buf_add_c(out, ",\"note\":");
	if (section->note.len)
		json_add_string(out, section->note);
	else
		buf_add_c(out, "null");
	buf_add_c(out, ",\"fields\":[");
	for (size_t i = 0; i < section->fields_count; i++) {
		buf_add_c(out, i ? ",{\"label\":" : "{\"label\":");
		json_add_string(out, section->fields[i].label);
		buf_add_c(out, ",\"value\":");
		json_cell(out, &section->fields[i].value);
		buf_add_char(out, '}');
	}
	buf_add_c(out, "],\"checks\":[");
	for (size_t i = 0; i < section->checks_count; i++) {
		buf_add_c(out, i ? "," : "");
		json_add_string(out, section->checks[i]);
	}
	buf_add_c(out, "],\"tables\":[");
	for (size_t i = 0; i < section->tables_count; i++) {
		buf_add_c(out, i ? "," : "");
		json_table(out, &section->tables[i]);
	}
	buf_add_c(out, "]}");
}

static void json_sections(struct buf *out, const struct brief *brief)
{
	buf_add_c(out, "\"sections\":[");
	for (size_t i = 0; i < brief->sections_count; i++) {
		buf_add_c(out, i ? "," : "");
		json_section(out, &brief->sections[i]);
	}
	buf_add_char(out, ']');
}

enum status brief_json(struct buf *out, const struct brief *brief)
{
	char day[11];

	date_format(day, brief->date);
	buf_add_format(out, "{\"document\":\"%s\",\"subject\":", brief->name);
	json_add_string(out, brief->subject_id);
	buf_add_format(out, ",\"title\":");
	json_add_string(out, brief->title);
	buf_add_format(out, ",\"date\":\"%s\",\"fingerprint\":\"%s\",", day, brief->fingerprint);
	json_sections(out, brief);
	buf_add_char(out, '}');
	return out->failed ? STATUS_NO_MEMORY : STATUS_OK;
}

enum status brief__fingerprint(char out[static 65], struct arena *arena, const struct brief *brief)
{
	struct buf text;
	struct sha256 hash;

	buf_init(&text, arena, (size_t)32 << 20);
	buf_add_c(&text, brief->name);
	buf_add(&text, brief->subject_id);
	json_sections(&text, brief);
	if (text.failed)
		return STATUS_NO_MEMORY;
	hash = sha256_of(buf_str(&text));
	sha256_hex(out, &hash);
	return STATUS_OK;
}

struct str brief_band(
	struct arena *arena, const struct brief_voice *voice, const struct brief_cell *cell)
{
	static const char *const words[BANDS] = { BRIEF_WORD("none"), BRIEF_WORD("remote"),
		BRIEF_WORD("may"), BRIEF_WORD("shall"), BRIEF_WORD("will") };
	const char *english = cell->band == BAND_NONE && cell->not_known ? BRIEF_WORD("not known")
									 : words[cell->band];
	struct str word = voice->word ? voice->word(voice->context, english) : str_of(english);

	return cell->text.len
		       ? str_format(arena, STR_FMT ": " STR_FMT, STR_ARG(word), STR_ARG(cell->text))
		       : word;
}

struct str brief_plain(
	struct arena *arena, const struct brief_voice *voice, const struct brief_cell *cell)
{
	char day[11];

	switch (cell->kind) {
	case BRIEF_NONE:
		return voice->word ? voice->word(voice->context, BRIEF_WORD("not known"))
				   : STR("not known");
	case BRIEF_BLANK:
		return STR("");
	case BRIEF_NUMBER:
		return str_format(arena, "%" PRId64, cell->number);
	case BRIEF_DATE:
		date_format(day, cell->date);
		return str_copy(arena, str_of(day));
	case BRIEF_BAND:
		return brief_band(arena, voice, cell);
	case BRIEF_TEXT:
	case BRIEF_PLACE:
	case BRIEF_PARTY:
	case BRIEF_POST:
	case BRIEF_AGREEMENT:
	case BRIEF_SOURCE:
	case BRIEF_KINDS:
		break;
	}
	return cell->text;
}

enum status brief_csv(struct buf *out, struct arena *arena, const struct brief_table *table,
	const struct brief_voice *voice)
{
	for (size_t i = 0; i < table->columns_count; i++)
		csv_add_field(out, table->columns[i].name, i == 0);
	buf_add_c(out, "\r\n");
	for (size_t i = 0; i < table->row_count * table->columns_count; i++) {
		size_t column = i % table->columns_count;
		csv_add_field(out, brief_plain(arena, voice, &table->cells[i]), column == 0);
		if (column + 1 == table->columns_count)
			buf_add_c(out, "\r\n");
	}
	return out->failed ? STATUS_NO_MEMORY : STATUS_OK;
}
