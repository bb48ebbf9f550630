/* Random documents: the table of fields, drawn from. Every value has the right form, so the check
 * passes; order, notation (block or brackets, plain or quoted, one or many), text and comments are
 * as odd as YAML allows. */
#include "support.h"

#include "accord/internal.h"

struct draft {
	struct buf out;
	struct random *random;
	struct arena *arena;
	bool blanks; /* it is a template */
	bool block;  /* the line is one of a block of text: a comment would be text */
};

static void draw_value(
	struct draft *draft, const struct field *field, size_t indent, bool flow, bool after_dash);

static bool chance(struct draft *draft, uint32_t percent)
{
	return random_chance(draft->random, percent);
}

static void add(struct draft *draft, const char *text)
{
	buf_add_c(&draft->out, text);
}

static void indent_by(struct draft *draft, size_t indent)
{
	for (size_t i = 0; i < indent; i++)
		add(draft, " ");
}

static void add_comment_text(struct draft *draft)
{
	static const char *const texts[] = { "#", "# remark", "#: \"quoted", "# { [",
		"# key: value", "#  two  blanks ", "# été ⟨x⟩",
		"# a remark so long that there is no room for it beside most lines" };
	add(draft, texts[random_below(draft->random, sizeof texts / sizeof texts[0])]);
}

/* Ends a line, perhaps with a comment, perhaps with comments on lines of their own after it. */
static void end_line(struct draft *draft)
{
	if (!draft->block && chance(draft, 15)) {
		add(draft, chance(draft, 50) ? " " : "    ");
		add_comment_text(draft);
	}
	add(draft, "\n");
	while (!draft->block && chance(draft, 10)) {
		indent_by(draft, random_below(draft->random, 6));
		if (chance(draft, 80))
			add_comment_text(draft);
		add(draft, "\n");
	}
	draft->block = false;
}

static void add_quoted(struct draft *draft, struct str text)
{
	bool single = chance(draft, 30);
	for (size_t i = 0; single && i < text.len; i++)
		single = text.ptr[i] != '\n' && text.ptr[i] != '\'';
	add(draft, single ? "'" : "\"");
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		if (!single && (c == '"' || c == '\\'))
			add(draft, "\\");
		if (!single && c == '\n')
			add(draft, "\\n");
		else
			buf_add_char(&draft->out, c);
	}
	add(draft, single ? "'" : "\"");
}

/* Text in words, with what emitters stumble over. */
static struct str draw_text(struct draft *draft)
{
	static const char *const words[] = { "help", "a", "#", "#x", "it's", "\"so\"", "é",
		"e\xcc\x81", "to:", "- ", "[b]", "{c}", "&", "*", "\n", "\n\n", "  ", "\\", "%",
		"@", "العربية", "漢字", "null", "12", "?", "|", ">",
		"averylongwordthatgoesonandonwithoutanyplacetobreakitsothatnolinecanholditatall" };
	struct buf text;
	buf_init(&text, draft->arena, 1 << 16);
	uint32_t count = 1 + random_below(draft->random, chance(draft, 20) ? 60 : 6);
	for (uint32_t i = 0; i < count; i++) {
		if (i && chance(draft, 90))
			buf_add_c(&text, " ");
		buf_add_c(
			&text, words[random_below(draft->random, sizeof words / sizeof words[0])]);
	}
	return buf_str(&text);
}

static struct str draw_scalar(struct draft *draft, const struct field *field)
{
	static const char *const samples[TYPES] = {
		[TYPE_SLUG] = "a-name",
		[TYPE_LABEL] = "12.b",
		[TYPE_DATE] = "2020-02-29",
		[TYPE_DURATION] = "12mo",
		[TYPE_CURRENCY] = "EUR",
		[TYPE_SERVICE] = "relief.food",
		[TYPE_PARTY] = "NOR",
		[TYPE_MEMBER] = "group:club",
		[TYPE_GROUP] = "club",
		[TYPE_NATIONALITY] = "NER",
		[TYPE_NATIONALITIES] = "group:club",
		[TYPE_BENEFICIARY] = "served-by:CHE",
		[TYPE_PLACE] = "m49:002",
		[TYPE_AREA] = "zone:valley",
		[TYPE_DESTINATION] = "in-country",
		[TYPE_ACTOR] = "relief:duty-officer",
		[TYPE_ASSET] = "parish:beds",
		[TYPE_VIEWER] = "public",
	};
	static const char *const booleans[] = { "true", "false", "yes", "no" };
	if (draft->blanks && chance(draft, 20))
		return STR("\xe2\x9f\xa8what, #1\xe2\x9f\xa9");
	if (field->type == TYPE_TEXT || field->type == TYPE_TEXTS)
		return draw_text(draft);
	if (field->type == TYPE_WORD)
		return field->words
			->words[random_below(draft->random, (uint32_t)field->words->count)];
	if (field->type == TYPE_INTEGER)
		return str_is(str_of(field->name), "format")
			       ? STR("1")
			       : str_format(draft->arena, "%u", random_below(draft->random, 100));
	if (field->type == TYPE_BOOLEAN)
		return str_of(booleans[random_below(draft->random, 4)]);
	assert_non_null(samples[field->type]);
	return str_of(samples[field->type]);
}

static bool may_be_plain(struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
			    (i > 0 && (c == '-' || c == '.'))))
			return false;
	}
	return text.len > 0;
}

/* A block of text: only where its lines say what the text says. */
static bool may_be_block(struct str text, bool flow)
{
	if (flow || text.len == 0 || text.ptr[0] == ' ' || text.ptr[0] == '\n' ||
		text.ptr[text.len - 1] == '\n')
		return false;
	for (size_t i = 0; i + 1 < text.len; i++)
		if (text.ptr[i] == '\n' && (text.ptr[i + 1] == ' ' || text.ptr[i + 1] == '\n'))
			return false;
	return true;
}

static void draw_single(struct draft *draft, const struct field *field, size_t indent, bool flow)
{
	struct str text = draw_scalar(draft, field);
	if (may_be_plain(text) && chance(draft, 70)) {
		buf_add(&draft->out, text);
	} else if (may_be_block(text, flow) && chance(draft, 30)) {
		draft->block = true;
		add(draft, "|-");
		if (chance(draft, 30))
			add(draft, "  # of the block");
		add(draft, "\n");
		indent_by(draft, indent + 2);
		for (size_t i = 0; i < text.len; i++) {
			buf_add_char(&draft->out, text.ptr[i]);
			if (text.ptr[i] == '\n')
				indent_by(draft, indent + 2);
		}
	} else {
		add_quoted(draft, text);
	}
}

/* A break inside brackets, with or without a comment. */
static void draw_gap(struct draft *draft, size_t indent)
{
	if (!chance(draft, 15)) {
		add(draft, " ");
		return;
	}
	if (chance(draft, 40)) {
		add(draft, " ");
		add_comment_text(draft);
	}
	add(draft, "\n");
	indent_by(draft, indent + 2);
}

static bool wanted(struct draft *draft, const struct field *field)
{
	return field->flags & (FIELD_REQUIRED | FIELD_UNLESS_TEMPLATE) || chance(draft, 45);
}

/* In block form the last line is left open, for its caller to end. */
static void draw_map(
	struct draft *draft, enum shape shape, size_t indent, bool flow, bool after_dash)
{
	size_t count, order[64], written = 0;
	const struct field *fields = accord_shape_fields(shape, &count);
	for (size_t i = 0; i < count; i++) {
		size_t other = random_below(draft->random, (uint32_t)i + 1);
		order[i] = order[other];
		order[other] = i;
	}
	add(draft, flow ? "{" : "");
	for (size_t i = 0; i < count; i++) {
		const struct field *field = &fields[order[i]];
		bool last = i + 1 == count;
		if (str_is(str_of(field->name), "template"))
			continue;
		if (!wanted(draft, field) && !(last && written == 0))
			continue;
		if (flow && written++)
			add(draft, ",");
		if (flow)
			draw_gap(draft, indent);
		if (!flow && written)
			end_line(draft);
		if (!flow && !(after_dash && written == 0))
			indent_by(draft, indent);
		written += !flow;
		buf_add_format(&draft->out, chance(draft, 10) ? "\"%s\": " : "%s: ", field->name);
		draw_value(draft, field, indent, flow, false);
	}
	if (flow) {
		draw_gap(draft, indent);
		add(draft, "}");
	}
}

static void draw_texts(struct draft *draft, const struct field *field, size_t indent, bool flow)
{
	static const char *const langs[] = { "en", "fr", "pt-br", "ar" };
	bool first = true;
	if (!flow && chance(draft, 50)) {
		for (size_t i = 0; i < 4; i++) {
			if (i && chance(draft, 60))
				continue;
			end_line(draft);
			indent_by(draft, indent + 2);
			buf_add_format(&draft->out, "%s: ", langs[i]);
			draw_single(draft, field, indent + 2, false);
		}
		return;
	}
	add(draft, "{");
	for (size_t i = 0; i < 4; i++) {
		if (i && chance(draft, 60))
			continue;
		add(draft, first ? "" : ",");
		draw_gap(draft, indent);
		buf_add_format(&draft->out, "%s: ", langs[i]);
		draw_single(draft, field, indent, true);
		first = false;
	}
	draw_gap(draft, indent);
	add(draft, "}");
}

/* One item or single value. */
static void draw_one(
	struct draft *draft, const struct field *field, size_t indent, bool flow, bool after_dash)
{
	bool map = field->type == TYPE_MAP ||
		   (field->shape != SHAPE_NONE && !after_dash && chance(draft, 50));
	if (field->type == TYPE_TEXTS && chance(draft, 50)) {
		draw_texts(draft, field, indent, flow);
	} else if (!map) {
		draw_single(draft, field, indent, flow);
	} else if (flow || chance(draft, 50)) {
		draw_map(draft, field->shape, indent, true, false);
	} else if (after_dash) {
		draw_map(draft, field->shape, indent, false, true);
	} else {
		end_line(draft);
		draw_map(draft, field->shape, indent + 2, false, false);
	}
}

static void draw_value(
	struct draft *draft, const struct field *field, size_t indent, bool flow, bool after_dash)
{
	bool words = field->type != TYPE_MAP;
	uint32_t items = words ? 1 : 1 + random_below(draft->random, 3);
	if (!(field->flags & FIELD_MANY) || chance(draft, 30)) {
		draw_one(draft, field, indent, flow, after_dash);
	} else if (flow || chance(draft, 50)) {
		add(draft, "[");
		for (uint32_t i = 0; i < items; i++) {
			add(draft, i ? "," : "");
			draw_gap(draft, indent);
			if (words)
				draw_single(draft, field, indent, true);
			else
				draw_map(draft, field->shape, indent, true, false);
		}
		draw_gap(draft, indent);
		add(draft, "]");
	} else {
		for (uint32_t i = 0; i < items; i++) {
			end_line(draft);
			indent_by(draft, indent + 2);
			add(draft, "- ");
			if (words)
				draw_single(draft, field, indent + 4, false);
			else
				draw_one(draft, field, indent + 4, false, true);
		}
	}
}

struct str desk_random(struct arena *arena, struct random *random)
{
	struct draft draft = { .random = random, .arena = arena };
	buf_init(&draft.out, arena, (size_t)1 << 20);
	while (chance(&draft, 30))
		add(&draft, chance(&draft, 80) ? "# at the head\n" : "\n");
	draft.blanks = chance(&draft, 30);
	if (draft.blanks)
		add(&draft, "template: true\n");
	draw_map(&draft, SHAPE_AGREEMENT, 0, false, false);
	end_line(&draft);
	assert_false(draft.out.failed);
	return buf_str(&draft.out);
}
