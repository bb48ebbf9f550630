/* Who helps this person. What says something about a person (status, residence, fears, flags) is
 * taken by POST alone: an address is kept by browsers, proxies and logs. */
#include "web/internal.h"

#include <string.h>

/* A field's value as the words that cover_query_set() reads; STR_NONE for null and for what is
 * neither text, truth value nor a list of texts. */
static struct str words(struct request *request, const struct node *value, bool *good)
{
	struct buf out;

	if (value->kind == NODE_NULL || value->kind == NODE_STRING || value->kind == NODE_BOOL)
		return value->kind == NODE_NULL ? STR_NONE : value->text;
	*good = value->kind == NODE_LIST;
	buf_init(&out, &request->arena, 8192);
	for (const struct node *item = *good ? value->first : NULL; item; item = item->next) {
		*good = *good && item->kind == NODE_STRING;
		if (out.len)
			buf_add_char(&out, ',');
		buf_add(&out, item->text);
	}
	return out.len ? buf_str(&out) : STR_NONE;
}

static void set_field(
	struct request *request, struct query *query, struct str name, struct str value)
{
	if (str_is(name, "as") && !str_is(value, "public")) {
		diags_add(&request->diags, STR("query"), (struct pos){ 0, 0 }, name,
			"this server answers the public alone");
		return;
	}
	cover_query_set(query, request->snapshot->world, name, value, &request->diags, STR("query"),
		(struct pos){ 0, 0 }, name);
}

static enum status ask(struct request *request, const struct query *query)
{
	const char *fault = NULL;
	struct answers answers;
	struct buf out;
	enum status status;

	if (!diags_any(&request->diags))
		fault = cover_query_fault(request->snapshot->world, query);
	if (fault)
		diags_add(
			&request->diags, STR("query"), (struct pos){ 0, 0 }, STR(""), "%s", fault);
	if (diags_any(&request->diags)) {
		request_problem(request, 422, "The question cannot be answered as it stands.",
			"Correct what `errors` names and ask again.");
		return STATUS_OK;
	}
	status = cover_who(&answers, &request->arena, request->snapshot->index, query);
	buf_init(&out, &request->arena, WEB_ANSWER_MAX);
	if (status == STATUS_OK)
		status = cover_who_told(
			&out, request->snapshot->index, request->snapshot->pieces, query, &answers);
	buf_add_char(&out, '\n');
	return status == STATUS_OK ? request_json(request, &out) : status;
}

enum status answer_who_get(struct request *request)
{
	struct query query;

	cover_query_init(&query, request->today, VIEWER_PUBLIC);
	for (size_t i = 0; i < request->parameter_count; i++)
		set_field(
			request, &query, request->parameters[i].name, request->parameters[i].value);
	return ask(request, &query);
}

enum status answer_who_post(struct request *request)
{
	struct node *document;
	struct query query;
	enum status status = json_read(
		&document, &request->arena, STR("body"), buf_str(&request->body), &request->diags);

	if (status == STATUS_NO_MEMORY)
		return status;
	cover_query_init(&query, request->today, VIEWER_PUBLIC);
	if (status == STATUS_OK && document->kind != NODE_MAP)
		diags_add(&request->diags, STR("body"), (struct pos){ 0, 0 }, STR(""),
			"an object with the fields of a question is asked for");
	else if (status == STATUS_OK)
		for (const struct node *field = document->first; field; field = field->next) {
			bool good = true;
			struct str value = words(request, field, &good);
			if (!good)
				diags_add(&request->diags, STR("body"), field->pos, field->key,
					"text, true, false or a list of texts is asked for");
			else if (value.ptr)
				set_field(request, &query, field->key, value);
		}
	return ask(request, &query);
}
