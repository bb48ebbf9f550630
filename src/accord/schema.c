/* JSON Schema (draft 2020-12) of a document, and the guide to its fields, both written from the
 * table of fields. It says what the table says: names, types, words, what must be there. What holds
 * between fields is beyond it and is told by the check. One property a line, so that a change of a
 * row is a change of a line. */
#include "accord/internal.h"

#include <assert.h>

/* Types that are strings of a form. */
static const struct {
	enum field_type type;
	const char *name, *pattern, *help;
} strings[] = {
	{ TYPE_SLUG, "slug", "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$",
		"lower-case letters, digits, inner hyphens" },
	{ TYPE_LABEL, "label", "^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$",
		"letters, digits, inner hyphens and dots" },
	{ TYPE_DATE, "date", "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$", "a day" },
	{ TYPE_DURATION, "duration", "^[1-9][0-9]{0,3}(h|d|wd|mo)$",
		"hours, days, working days or months" },
	{ TYPE_CURRENCY, "currency", "^[A-Z]{3}$", "ISO 4217" },
	{ TYPE_PARTY, "party", "^[A-Za-z0-9][A-Za-z0-9._@:-]*$", "id of a party" },
	{ TYPE_MEMBER, "member", "^(group:)?[A-Za-z0-9][A-Za-z0-9._@-]*$", "a party or group:X" },
	{ TYPE_GROUP, "group", "^[A-Za-z0-9][A-Za-z0-9._-]*$", "id of a group" },
	{ TYPE_NATIONALITY, "nationality", "^[A-Z]{3}$", "ISO 3166-1 alpha-3, XXA, XXX" },
	{ TYPE_NATIONALITIES, "nationalities", "^([A-Z]{3}|group:[A-Za-z0-9._-]+)$",
		"a code or group:X" },
	{ TYPE_BENEFICIARY, "beneficiary", "^([A-Z]{3}|any|(group|served-by):[A-Za-z0-9._@-]+)$",
		"a code, group:X, any, served-by:X" },
	{ TYPE_PLACE, "place", "^[A-Za-z0-9][A-Za-z0-9._:-]*$", "id of a place" },
	{ TYPE_AREA, "area", "^[A-Za-z0-9][A-Za-z0-9._:-]*$", "a place, group:X or zone:X" },
	{ TYPE_DESTINATION, "destination", "^[A-Za-z0-9][A-Za-z0-9._:-]*$",
		"home, third, in-country or an area" },
	{ TYPE_ACTOR, "actor", "^[A-Za-z0-9][A-Za-z0-9._@:-]*$",
		"provider, state-of-nationality, host-state, state-of-residence, crisis, a party, "
		"party:office" },
	{ TYPE_ASSET, "asset", "^[A-Za-z0-9][A-Za-z0-9._@-]*:[A-Za-z0-9._@:-]+$", "party:asset" },
	{ TYPE_VIEWER, "viewer", "^[A-Za-z0-9][A-Za-z0-9._@:-]*$", "a party, or public" },
};

static const char *type_name(enum field_type type)
{
	for (size_t i = 0; i < sizeof strings / sizeof strings[0]; i++)
		if (strings[i].type == type)
			return strings[i].name;
	switch (type) {
	case TYPE_TEXT:
		return "text";
	case TYPE_TEXTS:
		return "texts";
	case TYPE_INTEGER:
		return "integer";
	case TYPE_BOOLEAN:
		return "boolean";
	default:
		assert(type == TYPE_SERVICE);
		return "service";
	}
}

static void add_enum(struct buf *out, const struct str *words, size_t count)
{
	buf_add_c(out, "\"enum\": [");
	for (size_t i = 0; i < count; i++) {
		buf_add_c(out, i ? ", " : "");
		json_add_string(out, words[i]);
	}
	buf_add_c(out, "]");
}

/* One value of FIELD that is no map. */
static void add_single(struct buf *out, const struct field *field)
{
	if (field->type == TYPE_WORD) {
		buf_add_c(out, "\"anyOf\": [{");
		add_enum(out, field->words->words, field->words->count);
		buf_add_c(out, "}, {\"$ref\": \"#/$defs/blank\"}]");
		return;
	}
	buf_add_format(out, "\"$ref\": \"#/$defs/%s\"", type_name(field->type));
}

static void add_map(struct buf *out, const struct field *field)
{
	buf_add_format(out, "\"$ref\": \"#/$defs/%s-fields\"", accord_shape_names[field->shape]);
}

/* All that may stand in FIELD, as members of an object. */
static void add_value(struct buf *out, const struct field *field)
{
	bool single = field->type != TYPE_MAP, map = field->shape != SHAPE_NONE,
	     many = field->flags & FIELD_MANY;
	if (!many && single != map) {
		if (single)
			add_single(out, field);
		else
			add_map(out, field);
		return;
	}
	const char *comma = "";
	buf_add_c(out, "\"anyOf\": [");
	if (single) {
		buf_add_c(out, "{");
		add_single(out, field);
		buf_add_c(out, "}");
		comma = ", ";
	}
	if (map) {
		buf_add_format(out, "%s{", comma);
		add_map(out, field);
		buf_add_c(out, "}");
		comma = ", ";
	}
	if (many) {
		buf_add_format(out, "%s{\"type\": \"array\", \"items\": {", comma);
		if (single)
			add_single(out, field);
		else
			add_map(out, field);
		buf_add_format(out, "}, \"minItems\": %d, \"maxItems\": %u%s}",
			field->flags & FIELD_EMPTY ? 0 : 1,
			single ? ACCORD_LIST_MAX : ACCORD_COMMITMENTS_MAX,
			single ? ", \"uniqueItems\": true" : "");
	}
	if (field->flags & FIELD_LONE_WORDS) {
		buf_add_c(out, ", {");
		add_enum(out, field->words->words, field->words->count);
		buf_add_c(out, "}");
	}
	buf_add_c(out, "]");
}

static void add_required(struct buf *out, const struct field *fields, size_t count, unsigned flag)
{
	size_t written = 0;
	buf_add_c(out, "\"required\": [");
	for (size_t i = 0; i < count; i++)
		if (fields[i].flags & flag)
			buf_add_format(out, "%s\"%s\"", written++ ? ", " : "", fields[i].name);
	buf_add_c(out, "]");
}

/* The members of an object schema for SHAPE, each line indented by INDENT. */
static void add_shape(struct buf *out, enum shape shape, const char *indent)
{
	size_t count;
	const struct field *fields = accord_shape_fields(shape, &count);
	buf_add_format(out, "%s\"type\": \"object\",\n%s\"additionalProperties\": false,\n%s",
		indent, indent, indent);
	add_required(out, fields, count, FIELD_REQUIRED);
	buf_add_format(out, ",\n%s\"properties\": {\n", indent);
	for (size_t i = 0; i < count; i++) {
		buf_add_format(out, "%s  \"%s\": {\"description\": ", indent, fields[i].name);
		json_add_string(out, str_of(fields[i].help_en));
		buf_add_c(out, ", ");
		add_value(out, &fields[i]);
		buf_add_format(out, "}%s\n", i + 1 < count ? "," : "");
	}
	buf_add_format(out, "%s}", indent);
}

static void add_types(struct buf *out)
{
	buf_add_c(out, "    \"blank\": {\"description\": \"a blank of a template\", \"type\": "
		       "\"string\", \"pattern\": \"⟨.*⟩\"},\n");
	buf_add_format(out,
		"    \"text\": {\"type\": \"string\", \"minLength\": 1, \"maxLength\": %zu},\n",
		ACCORD_TEXT_MAX);
	buf_add_c(out, "    \"texts\": {\"anyOf\": [{\"$ref\": \"#/$defs/text\"}, {\"type\": "
		       "\"object\", \"minProperties\": 1, "
		       "\"propertyNames\": {\"pattern\": \"^[a-z]{2,3}(-[a-z0-9]{2,8})*$\"}, "
		       "\"additionalProperties\": {\"$ref\": \"#/$defs/text\"}}]},\n");
	buf_add_format(out,
		"    \"integer\": {\"anyOf\": [{\"type\": \"integer\", \"minimum\": 0, "
		"\"maximum\": %lld}, "
		"{\"$ref\": \"#/$defs/blank\"}]},\n",
		(long long)ACCORD_INTEGER_MAX);
	buf_add_c(out, "    \"boolean\": {\"anyOf\": [{\"type\": \"boolean\"}, {\"$ref\": "
		       "\"#/$defs/blank\"}]},\n");
	buf_add_c(out, "    \"service\": {\"anyOf\": [{");
	add_enum(out, world_service_codes(), world_service_count);
	buf_add_c(out, "}, {\"$ref\": \"#/$defs/blank\"}]}");
	for (size_t i = 0; i < sizeof strings / sizeof strings[0]; i++) {
		buf_add_format(out,
			",\n    \"%s\": {\"description\": \"%s\", \"anyOf\": [{\"type\": "
			"\"string\", \"pattern\": \"%s\"}, ",
			strings[i].name, strings[i].help, strings[i].pattern);
		buf_add_c(out, "{\"$ref\": \"#/$defs/blank\"}]}");
	}
}

enum status accord_schema(struct buf *out)
{
	size_t count;
	const struct field *fields = accord_shape_fields(SHAPE_AGREEMENT, &count);
	assert(out);
	buf_add_c(out, "{\n  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n"
		       "  \"$id\": \"urn:entente:agreement:1\",\n  \"title\": \"Agreement\",\n"
		       "  \"description\": \"A document by which parties bind themselves, format "
		       "1; YAML and JSON alike.\",\n");
	add_shape(out, SHAPE_AGREEMENT, "  ");
	buf_add_c(out, ",\n  \"if\": {\"properties\": {\"template\": {\"const\": true}}, "
		       "\"required\": [\"template\"]},\n  \"else\": {");
	add_required(out, fields, count, FIELD_UNLESS_TEMPLATE);
	buf_add_c(out, "},\n  \"$defs\": {\n");
	add_types(out);
	for (enum shape shape = SHAPE_AGREEMENT + 1; shape < SHAPE_PRACTICE; shape++) {
		buf_add_format(out, ",\n    \"%s-fields\": {\n", accord_shape_names[shape]);
		add_shape(out, shape, "      ");
		buf_add_c(out, "\n    }");
	}
	buf_add_c(out, "\n  }\n}\n");
	return out->failed ? STATUS_NO_MEMORY : STATUS_OK;
}

enum status practice_schema(struct buf *out)
{
	assert(out);
	buf_add_c(out, "{\n  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n"
		       "  \"$id\": \"urn:entente:practice:1\",\n  \"title\": \"Practice\",\n"
		       "  \"description\": \"The fields at the head of a practice's page; under "
		       "them stands its description in Markdown.\",\n");
	add_shape(out, SHAPE_PRACTICE, "  ");
	buf_add_c(out, ",\n  \"$defs\": {\n");
	add_types(out);
	buf_add_format(out, ",\n    \"%s-fields\": {\n", accord_shape_names[SHAPE_SOURCE]);
	add_shape(out, SHAPE_SOURCE, "      ");
	buf_add_c(out, "\n    }\n  }\n}\n");
	return out->failed ? STATUS_NO_MEMORY : STATUS_OK;
}

static void guide_words(struct buf *out, const struct field *field)
{
	buf_add_c(out, field->type == TYPE_MAP ? "" : ": ");
	for (size_t i = 0; i < field->words->count; i++) {
		buf_add_c(out, i ? ", `" : "`");
		buf_add(out, field->words->words[i]);
		buf_add_c(out, "`");
	}
}

static void guide_row(struct buf *out, const struct field *field)
{
	bool must = field->flags & FIELD_REQUIRED, real = field->flags & FIELD_UNLESS_TEMPLATE;
	buf_add_format(out, "| `%s` | ", field->name);
	if (field->type == TYPE_WORD)
		buf_add_c(out, "word");
	else if (field->type != TYPE_MAP)
		buf_add_c(out, type_name(field->type));
	if (field->shape != SHAPE_NONE)
		buf_add_format(out, "%s`%s`", field->type == TYPE_MAP ? "" : " or ",
			accord_shape_names[field->shape]);
	buf_add_c(out, field->flags & FIELD_MANY ? ", one or many" : "");
	buf_add_format(out, " | %s | ", must ? "yes" : real ? "unless a template" : "");
	buf_add_c(out, field->help_en);
	if (field->words)
		guide_words(out, field);
	buf_add_c(out, " |\n");
}

enum status accord_guide(struct buf *out)
{
	assert(out);
	for (enum shape shape = SHAPE_AGREEMENT; shape < SHAPE_PRACTICE; shape++) {
		size_t count;
		const struct field *fields = accord_shape_fields(shape, &count);
		buf_add_format(out,
			"%s### `%s`\n\n| field | value | required | meaning |\n| --- | --- | --- | "
			"--- |\n",
			shape == SHAPE_AGREEMENT ? "" : "\n", accord_shape_names[shape]);
		for (size_t i = 0; i < count; i++)
			guide_row(out, &fields[i]);
	}
	return out->failed ? STATUS_NO_MEMORY : STATUS_OK;
}

enum status practice_guide(struct buf *out)
{
	assert(out);
	buf_add_c(out, "| field | value | required | meaning |\n| --- | --- | --- | --- |\n");
	for (size_t i = 0; i < practice_field_count; i++)
		guide_row(out, &practice_fields[i]);
	return out->failed ? STATUS_NO_MEMORY : STATUS_OK;
}
