/* show: an agreement as a lawyer reads it and a duty officer can use it. Who is bound; then, clause
 * by clause, who must, may or promises to do what for whom, where and when, after which steps and
 * at whose cost; then what may be passed on, the articles and the review. It is written from the
 * tree, so that a template shows its blanks. */
#include "accord/internal.h"

#include <assert.h>

#define WIDTH_MIN 20
#define SENTENCE_MAX ((size_t)1 << 20)

struct show {
	struct buf *out;
	struct arena *arena;
	const struct agreement *agreement;
	const struct world *world;
	struct str lang;
	size_t width;
	struct buf sentence;
	struct writer writer;
	bool failed;
};

static struct writer *start(struct show *show)
{
	show->sentence.len = 0;
	show->writer = (struct writer){ &show->sentence, show->world, show->lang };
	return &show->writer;
}

static void say(struct show *show, const char *text)
{
	buf_add_c(&show->sentence, text);
}

static void say_str(struct show *show, struct str text)
{
	buf_add(&show->sentence, text);
}

/* Ends the sentence as a paragraph. */
static void finish(struct show *show, size_t first, size_t rest)
{
	show->failed = show->failed || show->sentence.failed;
	accord_paragraph(show->out, buf_str(&show->sentence), first, rest, show->width);
}

static void heading(struct show *show, const char *text)
{
	buf_add_c(show->out, "\n");
	accord_paragraph(show->out, str_of(text), 0, 0, show->width);
}

/* A text per language or plain. */
static struct str text_in(const struct show *show, const struct node *node)
{
	if (!node)
		return STR_NONE;
	if (node->kind != NODE_MAP)
		return node->text;
	const struct node *found = NULL;
	for (const struct node *child = node->first; child && !found; child = child->next)
		if (str_eq(child->key, show->lang))
			found = child;
	if (!found)
		found = node_get(node, "en");
	if (!found)
		found = node->first;
	return found ? found->text : STR_NONE;
}

/* Sentences begin with a capital, ids do not change. */
static void capitalise(struct show *show, size_t at)
{
	struct str text = str_sub(buf_str(&show->sentence), at, show->sentence.len);
	static const char *const openings[] = { "the ", "each ", "whoever ", "exercised ",
		"channels ", "reported " };
	for (size_t i = 0; i < sizeof openings / sizeof openings[0]; i++)
		if (str_starts(text, openings[i]))
			show->sentence.ptr[at] = (char)(text.ptr[0] - 'a' + 'A');
}

static void show_source(struct show *show, const struct node *source, size_t indent)
{
	static const char *const phrases[] = { "the text", "an excerpt",
		"general knowledge, to be verified", "illustrative" };
	if (!source)
		return;
	int basis = accord_word(WORDS_BASIS, accord_read_str(source, "basis"));
	start(show);
	say(show, "Source: ");
	say_str(show, accord_read_str(source, "title"));
	if (node_get(source, "url")) {
		say(show, ", ");
		say_str(show, accord_read_str(source, "url"));
	}
	say(show, ". Basis: ");
	if (basis >= 0)
		say(show, phrases[basis]);
	else
		say_str(show, accord_read_str(source, "basis"));
	say(show, ".");
	finish(show, indent, indent + 2);
}

static void say_range(struct show *show, const struct node *map)
{
	if (node_get(map, "from")) {
		say(show, " from ");
		accord_say_date(&show->writer, accord_read_str(map, "from"));
	}
	if (node_get(map, "until")) {
		say(show, " until ");
		accord_say_date(&show->writer, accord_read_str(map, "until"));
	}
}

static void show_state(struct show *show, const struct node *tree)
{
	const struct node *states = node_get(tree, "state"),
			  *visibility = node_get(tree, "visibility");
	start(show);
	say_str(show, accord_read_str(tree, "agreement"));
	say(show, ": ");
	say_str(show, accord_read_str(tree, "strength"));
	say(show, ", ");
	say_str(show, accord_read_str(tree, "kind"));
	if (show->agreement->is_template)
		say(show, ". A template: blanks ⟨…⟩ are for the parties to fill");
	for (const struct node *item = many_first(states); item; item = many_next(states, item)) {
		say(show, item == states->first ? ". State: " : ", ");
		say_str(show, accord_read_str(item, "is"));
		say(show, " from ");
		accord_say_date(&show->writer, accord_read_str(item, "from"));
	}
	if (visibility) {
		say(show, ". Visible to ");
		if (visibility->kind != NODE_LIST)
			say(show, str_is(visibility->text, "public") ? "everyone" : "its parties");
		else
			for (const struct node *item = visibility->first; item; item = item->next) {
				accord_say_party(&show->writer, item->text);
				say(show, item->next ? ", " : "");
			}
	}
	say(show, ".");
	finish(show, 0, 2);
}

static void show_force(struct show *show, const struct node *map)
{
	if (!map)
		return;
	const struct node *renewed = node_get(map, "renewed");
	start(show);
	say(show, "In force");
	say_range(show, map);
	if (node_get(map, "renews")) {
		say(show, "; to be renewed for ");
		accord_say_duration(&show->writer, accord_read_str(map, "renews"));
		say(show, " at a time");
	}
	for (const struct node *item = many_first(renewed); item; item = many_next(renewed, item)) {
		say(show, "; renewed on ");
		accord_say_date(&show->writer, accord_read_str(item, "on"));
		say(show, " until ");
		accord_say_date(&show->writer, accord_read_str(item, "until"));
	}
	if (node_get(map, "notice")) {
		say(show, "; notice of ");
		accord_say_duration(&show->writer, accord_read_str(map, "notice"));
	}
	say(show, ".");
	finish(show, 0, 2);
}

static void show_activation(struct show *show, const struct node *map)
{
	if (!map)
		return;
	const struct node *by = node_get(map, "by"), *call = node_get(map, "escalate-to");
	start(show);
	say(show, "Set in motion");
	if (node_get(map, "on")) {
		say(show, " on ");
		accord_say_words(&show->writer, node_get(map, "on"), " or ");
	}
	for (const struct node *item = many_first(by); item; item = many_next(by, item)) {
		say(show, item == by->first ? " by " : " or ");
		accord_say_actor(&show->writer, item->text);
	}
	if (node_get(map, "confirm-within")) {
		say(show, ", to be confirmed within ");
		accord_say_duration(&show->writer, accord_read_str(map, "confirm-within"));
	}
	for (const struct node *item = many_first(call); item; item = many_next(call, item)) {
		say(show, item == call->first ? "; failing that, call " : " or ");
		accord_say_actor(&show->writer, item->text);
	}
	say(show, ".");
	finish(show, 0, 2);
}

static void say_opt_out(struct show *show, const struct node *item)
{
	struct str commitment = accord_read_str(item, "commitment"),
		   side = accord_read_str(item, "as");
	say(show, "; opted out of ");
	if (commitment.len)
		say_str(show, commitment);
	else
		say(show, "all commitments");
	if (side.len && !str_is(side, "both")) {
		say(show, " as ");
		say_str(show, side);
	}
	say_range(show, item);
}

static void show_parties(struct show *show, const struct node *list)
{
	heading(show, "PARTIES");
	for (const struct node *item = many_first(list); item; item = many_next(list, item)) {
		const struct node *except = node_get(item, "except");
		start(show);
		say(show, "- ");
		accord_say_party(&show->writer, accord_read_str(item, "party"));
		if (node_get(item, "role")) {
			say(show, ", ");
			say_str(show, accord_read_str(item, "role"));
		}
		if (node_get(item, "from") || node_get(item, "until")) {
			say(show, ", bound");
			say_range(show, item);
		}
		for (const struct node *out = many_first(except); out; out = many_next(except, out))
			say_opt_out(show, out);
		if (node_get(item, "confirmed")) {
			say(show, "; confirmed on ");
			accord_say_date(&show->writer, accord_read_str(item, "confirmed"));
		}
		finish(show, 0, 2);
	}
}

static void say_duty(struct show *show, const struct node *map)
{
	static const char *const phrases[DUTIES] = { " may give ", " is obliged to give ",
		" promises to give " };
	int duty = accord_word(WORDS_DUTY, accord_read_str(map, "duty"));
	if (duty >= 0) {
		say(show, phrases[duty]);
		return;
	}
	say(show, " ");
	say_str(show, accord_read_str(map, "duty"));
	say(show, " give ");
}

/* The one sentence that is the clause. */
static void show_promise(struct show *show, const struct node *map)
{
	const struct node *provider = node_get(map, "provider"), *whom = node_get(map, "for"),
			  *where = node_get(map, "where");
	const struct node *services = node_get(map, "services"),
			  *except = node_get(map, "except-services");
	const struct node *phases = node_get(map, "phases"), *to = node_get(map, "to");
	struct writer *writer = start(show);
	if (provider)
		accord_say_provider(writer, provider);
	else
		say(show, "whoever the schedule names");
	capitalise(show, 0);
	say_duty(show, map);
	if (services)
		accord_say_services(writer, services);
	else
		say(show, "what the schedule names");
	if (except) {
		say(show, ", but not ");
		accord_say_services(writer, except);
	}
	say(show, ", to ");
	if (whom)
		accord_say_beneficiaries(writer, whom);
	else
		say(show, "those whom the schedule names");
	say(show, "; ");
	if (where)
		accord_say_where(writer, where);
	else
		say(show, "at the places of the schedule");
	if (to) {
		say(show, ", ");
		accord_say_to(writer, to);
	}
	if (phases) {
		say(show, "; ");
		accord_say_words(writer, phases, " and ");
		say(show, " a crisis");
	}
	if (node_get(map, "from") || node_get(map, "until")) {
		say(show, ";");
		say_range(show, map);
	}
	say(show, ".");
	finish(show, 3, 3);
}

static void show_limits(struct show *show, const struct node *map)
{
	const struct node *capacity = node_get(map, "capacity"), *assets = node_get(map, "assets");
	struct str role = accord_read_str(map, "role");
	start(show);
	if (node_get(map, "limit"))
		say(show, "No better than it does for its own nationals. ");
	if (role.len && !str_is(role, "lead")) {
		say(show, "Role: ");
		say_str(show, role);
		say(show, ". ");
	}
	if (capacity) {
		say(show, "At most ");
		say_str(show, accord_read_str(capacity, "quantity"));
		say(show, " ");
		say_str(show, accord_read_str(capacity, "unit"));
		if (node_get(capacity, "per")) {
			say(show, " per ");
			say_str(show, accord_read_str(capacity, "per"));
		}
		say(show, ". ");
	}
	if (node_get(map, "lead-time")) {
		say(show, "First help ");
		accord_say_duration(&show->writer, accord_read_str(map, "lead-time"));
		say(show, " after the request. ");
	}
	if (assets) {
		say(show, "Backed by ");
		accord_say_words(&show->writer, assets, " and ");
		say(show, ". ");
	}
	if (show->sentence.len)
		finish(show, 3, 3);
}

static void show_steps(struct show *show, const struct node *list)
{
	int number = 1;
	if (!list)
		return;
	start(show);
	say(show, "First: ");
	for (const struct node *item = many_first(list); item; item = many_next(list, item)) {
		if (list->count > 1)
			buf_add_format(&show->sentence, "(%d) ", number++);
		accord_say_step(&show->writer, item);
		say(show, item->next ? "; " : ".");
	}
	finish(show, 3, 5);
}

static void show_costs(struct show *show, const struct node *list)
{
	if (!list)
		return;
	start(show);
	say(show, "Cost: ");
	for (const struct node *item = many_first(list); item; item = many_next(list, item)) {
		accord_say_cost(&show->writer, item);
		say(show, item->next ? "; then " : ".");
	}
	finish(show, 3, 5);
}

static void say_nat_item(struct show *show, const struct nat_item *item)
{
	const struct world *world = show->world;
	switch (item->kind) {
	case NAT_ITEM_ANY:
		say(show, "people of any nationality");
		break;
	case NAT_ITEM_GROUP:
		say(show, "nationals of members of the group ");
		say_str(show, world->groups[item->group]);
		break;
	case NAT_ITEM_SERVED_BY:
		say(show, "those whom ");
		accord_say_party(&show->writer, world->parties[item->party].id);
		say(show, " serves");
		break;
	case NAT_ITEM_CODE:
		say(show, "nationals of ");
		accord_say_party(&show->writer, world->nats[item->nat].code);
		break;
	}
}

static void say_row_services(struct show *show, uint64_t services)
{
	bool first = true;
	for (size_t i = 0; i < world_service_count; i++) {
		if (!(services >> i & 1))
			continue;
		say(show, first ? "; for " : ", ");
		accord_say_service(&show->writer, str_of(world_services[i].code));
		first = false;
	}
}

/* The rows of a scheduled commitment, one a line; only with a world, as only then a row's ids are
 * known. */
static void show_rows(struct show *show, const struct node *map)
{
	struct str id = accord_read_str(map, "id");
	uint64_t services = accord_service_bits(node_get(map, "services")) &
			    ~accord_service_bits(node_get(map, "except-services"));
	const struct agreement *agreement = show->agreement;
	char date[11];
	for (size_t i = 0; show->world && i < agreement->commitments_count; i++) {
		const struct commitment *row = &agreement->commitments[i];
		if (row->schedule < 0 || !str_eq(row->id, id))
			continue;
		start(show);
		say(show, "- ");
		accord_say_place(&show->writer, show->world->places[row->where.in[0].index].id);
		if (row->provider.kind == PROVIDER_PARTY) {
			say(show, ": ");
			accord_say_party(
				&show->writer, show->world->parties[row->provider.party].id);
		}
		for (size_t j = 0; j < row->nats_count; j++) {
			say(show, j ? " and " : " for ");
			say_nat_item(show, &row->nats[j]);
		}
		if (row->from != DATE_NONE) {
			date_format(date, row->from);
			say(show, ", from ");
			accord_say_date(&show->writer, str_of(date));
		}
		if (row->until != DATE_NONE) {
			date_format(date, row->until);
			say(show, ", until ");
			accord_say_date(&show->writer, str_of(date));
		}
		if (row->services != services)
			say_row_services(show, row->services);
		finish(show, 3, 5);
	}
}

static void show_commitment(struct show *show, const struct node *map, int number)
{
	struct str title = text_in(show, node_get(map, "title")),
		   text = text_in(show, node_get(map, "text"));
	struct str schedule = accord_read_str(map, "schedule"), id = accord_read_str(map, "id");
	buf_add_c(show->out, "\n");
	start(show);
	buf_add_format(&show->sentence, "%d. ", number);
	say_str(show, title.len ? title : id);
	struct str clause = accord_read_str(map, "clause");
	bool number_only = clause.len > 0 && clause.ptr[0] >= '0' && clause.ptr[0] <= '9';
	say(show, number_only ? " (clause " : " (");
	say_str(show, clause);
	say(show, "; id ");
	say_str(show, id);
	say(show, ")");
	finish(show, 0, 3);
	show_promise(show, map);
	show_limits(show, map);
	show_steps(show, node_get(map, "steps"));
	show_costs(show, node_get(map, "cost"));
	if (text.len)
		accord_paragraph(show->out, text, 3, 3, show->width);
	show_source(show, node_get(map, "source"), 3);
	if (schedule.len) {
		start(show);
		say(show, "Schedule ");
		say_str(show, schedule);
		say(show, ":");
		finish(show, 3, 3);
		show_rows(show, map);
	}
}

static void show_commitments(struct show *show, const struct node *list)
{
	int number = 1;
	if (!list)
		return;
	heading(show, "COMMITMENTS");
	for (const struct node *item = many_first(list); item; item = many_next(list, item))
		show_commitment(show, item, number++);
}

static void show_shares(struct show *show, const struct node *list)
{
	if (!list)
		return;
	heading(show, "WHAT MAY BE PASSED ON");
	for (const struct node *item = many_first(list); item; item = many_next(list, item)) {
		struct writer *writer = start(show);
		say(show, "- ");
		accord_say_actor(writer, accord_read_str(item, "from"));
		capitalise(show, 2);
		say(show, " may pass to ");
		accord_say_actor(writer, accord_read_str(item, "to"));
		say(show, ", for ");
		say_str(show, accord_read_str(item, "purpose"));
		say(show, " and on the ground of ");
		say_str(show, accord_read_str(item, "basis"));
		say(show, ": ");
		accord_say_words(writer, node_get(item, "fields"), " and ");
		if (node_get(item, "except-status")) {
			say(show, "; never about a person who is ");
			accord_say_words(writer, node_get(item, "except-status"), " or ");
		}
		if (node_get(item, "until")) {
			say(show, "; until ");
			accord_say_date(writer, accord_read_str(item, "until"));
		}
		if (node_get(item, "retention")) {
			say(show, "; kept at most ");
			accord_say_duration(writer, accord_read_str(item, "retention"));
		}
		say(show, accord_read_boolean(item, "onward") ? "; may be passed on"
							      : "; not to be passed on");
		say(show, ".");
		finish(show, 0, 2);
	}
}

static void show_articles(struct show *show, const struct node *list)
{
	if (!list)
		return;
	heading(show, "ARTICLES");
	for (const struct node *item = many_first(list); item; item = many_next(list, item)) {
		struct str title = text_in(show, node_get(item, "title")),
			   text = text_in(show, node_get(item, "text"));
		start(show);
		say(show, "- ");
		say_str(show, accord_read_str(item, "id"));
		if (title.len) {
			say(show, ". ");
			say_str(show, title);
		}
		finish(show, 0, 2);
		if (text.len)
			accord_paragraph(show->out, text, 2, 2, show->width);
		show_source(show, node_get(item, "source"), 2);
	}
}

static void show_review(struct show *show, const struct node *map)
{
	size_t count, said = 0;
	const struct field *fields = accord_shape_fields(SHAPE_REVIEW, &count);
	if (!map)
		return;
	heading(show, "REVIEW");
	start(show);
	for (size_t i = 0; i < count; i++) {
		struct str every = accord_read_str(map, fields[i].name);
		if (!every.len)
			continue;
		say(show, said++ ? ", " : "");
		say(show, fields[i].phrase);
		say(show, " ");
		accord_say_duration(&show->writer, every);
	}
	say(show, ".");
	capitalise(show, 0);
	finish(show, 0, 2);
}

enum status accord_show(struct buf *out, struct arena *arena, const struct agreement *agreement,
	const struct world *world, struct str lang, int width)
{
	assert(out && arena && agreement && agreement->tree);
	struct show show = {
		.out = out, .arena = arena, .agreement = agreement, .world = world, .lang = lang
	};
	struct node *tree;
	enum status status = accord_canonical_tree(&tree, arena, agreement->tree);
	if (status != STATUS_OK)
		return status;
	show.width = width < WIDTH_MIN ? WIDTH_MIN : (size_t)width;
	buf_init(&show.sentence, arena, SENTENCE_MAX);
	accord_paragraph(out, text_in(&show, node_get(tree, "title")), 0, 0, show.width);
	show_state(&show, tree);
	show_force(&show, node_get(tree, "in-force"));
	show_source(&show, node_get(tree, "source"), 0);
	show_activation(&show, node_get(tree, "activates"));
	if (agreement->binds_host)
		accord_paragraph(out, STR("It answers only where the host State is a party too."),
			0, 2, show.width);
	if (node_get(tree, "text")) {
		buf_add_c(out, "\n");
		accord_paragraph(out, text_in(&show, node_get(tree, "text")), 0, 0, show.width);
	}
	show_parties(&show, node_get(tree, "parties"));
	show_commitments(&show, node_get(tree, "commitments"));
	show_shares(&show, node_get(tree, "share"));
	show_articles(&show, node_get(tree, "articles"));
	show_review(&show, node_get(tree, "review"));
	return show.failed || out->failed ? STATUS_NO_MEMORY : STATUS_OK;
}
