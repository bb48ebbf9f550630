/* cover_cases(): the examples that agreements carry with them, judged against the index. An example
 * is held against the answers as everybody gets them, that is as JSON: whatever field an answer
 * has, an example may ask for, and there is no second table of fields. A list that is expected must
 * be contained in the answer's; an empty one stands for an empty one. */
#include <assert.h>
#include "cover/internal.h"

#define CASE_JSON_MAX ((size_t)4 << 20)

static struct str case_path(struct arena *arena, size_t number, const char *field)
{
	return str_format(arena, "cases[%zu]%s%s", number, *field ? "." : "", field);
}

/* A query field's value as words: a list in the document is one in the query. */
static struct str field_words(struct arena *arena, const struct node *value)
{
	struct buf words;

	if (value->kind != NODE_LIST)
		return value->text;
	buf_init(&words, arena, CASE_JSON_MAX);
	for (const struct node *item = value->first; item; item = item->next) {
		buf_add(&words, item->text);
		buf_add_char(&words, ' ');
	}
	return words.failed ? STR_NONE : buf_str(&words);
}

/* The case's query; false when a fault was told. */
static bool read_query(struct query *query, struct arena *arena, const struct world *world,
	const struct agreement *agreement, size_t number, struct diags *diags)
{
	const struct accord_case *example = &agreement->cases[number];
	const char *fault;
	bool fine = true;

	cover_query_init(query, example->given, VIEWER_ALL);
	for (const struct node *field = example->who->first; field; field = field->next) {
		struct str path = case_path(arena, number, "who");
		struct str name = str_is(field->key, "viewer") ? STR("as") : field->key;

		if (cover_query_set(query, world, name, field_words(arena, field), diags,
			    agreement->file, field->pos, path) != STATUS_OK)
			fine = false;
	}
	fault = fine ? cover_query_fault(world, query) : NULL;
	if (fault)
		diags_add(diags, agreement->file, example->pos, case_path(arena, number, "who"),
			"%s", fault);
	return fine && !fault;
}

static bool scalar_holds(const struct node *wanted, const struct node *got)
{
	if (got->kind == NODE_LIST) {
		for (const struct node *item = got->first; item; item = item->next) {
			if (scalar_holds(wanted, item))
				return true;
		}
		return false;
	}
	if (got->kind == NODE_NULL)
		return wanted->kind == NODE_NULL || wanted->text.len == 0 ||
		       str_is(wanted->text, "null");
	return got->kind != NODE_MAP && str_eq(wanted->text, got->text);
}

static bool value_holds(const struct node *wanted, const struct node *got)
{
	if (wanted->kind != NODE_LIST)
		return scalar_holds(wanted, got);
	if (wanted->count == 0)
		return got->kind == NODE_NULL || (got->kind == NODE_LIST && got->count == 0);
	for (const struct node *item = wanted->first; item; item = item->next) {
		if (!scalar_holds(item, got))
			return false;
	}
	return true;
}

/* ANSWER, or the whole document DOC, has every field of EXPECT with its value. */
static bool answer_holds(
	const struct node *expect, const struct node *answer, const struct node *doc)
{
	for (const struct node *field = expect->first; field; field = field->next) {
		const struct node *got = NULL;

		for (const struct node *own = answer->first; own && !got; own = own->next)
			got = str_eq(own->key, field->key) ? own : NULL;
		for (const struct node *own = doc->first; own && !got; own = own->next)
			got = str_eq(own->key, field->key) ? own : NULL;
		if (!got || !value_holds(field, got))
			return false;
	}
	return true;
}

static bool some_answer_holds(const struct node *expect, const struct node *doc)
{
	const struct node *answers = node_get(doc, "answers");

	for (const struct node *answer = answers->first; answer; answer = answer->next) {
		if (answer_holds(expect, answer, doc))
			return true;
	}
	return false;
}

/* What was answered instead, in a few words. */
static struct str describe(
	struct arena *arena, const struct world *world, const struct answers *answers)
{
	struct buf out;

	buf_init(&out, arena, 4096);
	if (answers->items_count == 0)
		buf_add_c(&out, "nobody answers");
	for (size_t i = 0; i < answers->items_count && i < 4; i++) {
		const struct answer *answer = &answers->items[i];

		buf_add_c(&out, i ? ", " : "answers: ");
		buf_add_format(&out, STR_FMT " by " STR_FMT " " STR_FMT " (" STR_FMT ", %c)",
			STR_ARG(world->parties[answer->provider].id),
			STR_ARG(answer->agreement->id), STR_ARG(answer->commitment->id),
			STR_ARG(cover_band_words[answer->band]),
			answer->certainty == TRUTH_T ? 'T' : 'U');
	}
	if (answers->items_count > 4)
		buf_add_format(&out, " and %zu more", answers->items_count - 4);
	return buf_str(&out);
}

static enum status answers_as_doc(struct node **doc, struct arena *arena,
	const struct cover_index *index, const struct query *query, const struct answers *answers)
{
	struct diags none;
	struct buf json;
	enum status status;

	diags_init(&none, arena, 1);
	buf_init(&json, arena, CASE_JSON_MAX);
	status = cover_who_json(&json, index, query, answers);
	if (status == STATUS_OK)
		status = json_read(doc, arena, STR("answers"), buf_str(&json), &none);
	assert(status != STATUS_REFUSED); /* our own JSON is well-formed */
	return status;
}

static enum status judge_case(struct arena *arena, const struct cover_index *index,
	const struct agreement *agreement, size_t number, struct diags *diags)
{
	const struct accord_case *example = &agreement->cases[number];
	struct answers answers;
	struct query query;
	struct node *doc;
	enum status status;
	bool holds;

	if (!read_query(&query, arena, index->world, agreement, number, diags))
		return diags->no_memory ? STATUS_NO_MEMORY : STATUS_REFUSED;
	status = cover_who(&answers, arena, index, &query);
	if (status == STATUS_OK)
		status = answers_as_doc(&doc, arena, index, &query, &answers);
	if (status != STATUS_OK)
		return status;
	holds = example->nobody ? answers.items_count == 0
				: some_answer_holds(example->expect, doc) != example->negated;
	if (holds)
		return STATUS_OK;
	struct str told = describe(arena, index->world, &answers);
	diags_add(diags, agreement->file, example->pos, case_path(arena, number, ""),
		"the case does not hold: %s; " STR_FMT,
		example->nobody    ? "nobody was expected"
		: example->negated ? "an answer has all the fields that none should have"
				   : "no answer has all the fields expected",
		STR_ARG(told));
	return diags->no_memory ? STATUS_NO_MEMORY : STATUS_REFUSED;
}

enum status cover_cases(struct arena *arena, const struct cover_index *index, struct diags *diags)
{
	enum status worst = STATUS_OK;

	for (struct walk walk = { .index = index }; walk_next(&walk);) {
		const struct agreement *agreement = walk.rows->agreement;

		for (size_t j = 0; j < agreement->cases_count; j++) {
			enum status status = judge_case(arena, index, agreement, j, diags);

			if (status == STATUS_NO_MEMORY)
				return status;
			if (status != STATUS_OK)
				worst = status;
		}
	}
	return worst;
}
