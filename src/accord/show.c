/* show: an agreement as a lawyer reads it and a duty officer can use it. Who is bound; then, clause
 * by clause, who must, may or promises to do what for whom, where and when, after which steps and
 * at whose cost; then what may be passed on, the articles and the review. It is written from the
 * tree, so that a template shows its blanks. */
#include "accord/prose.h"

#include <assert.h>

#define WIDTH_MIN 20
#define SENTENCE_MAX ((size_t)1 << 20)

struct show {
	struct buf *out;
	const struct agreement *agreement;
	struct writer writer;
	struct buf paragraph; /* in the making */
	size_t width;
};

static void add(struct show *show, struct str text)
{
	buf_add(&show->paragraph, text);
}

/* A sentence of its own, after those that stand there. */
static void add_sentence(struct show *show, struct str text)
{
	if (show->paragraph.len && text.len)
		buf_add_c(&show->paragraph, " ");
	add(show, text);
}

/* Prints the paragraph, if there is one, and begins the next. */
static void finish(struct show *show, size_t first, size_t rest)
{
	show->writer.failed = show->writer.failed || show->paragraph.failed;
	if (show->paragraph.len)
		accord_paragraph(show->out, buf_str(&show->paragraph),
			(struct layout_of_lines){
				first, rest, show->width, show->writer.lang == LANG_AR });
	show->paragraph.len = 0;
}

/* An item of a list of a document's parts. */
static void begin_item(struct show *show)
{
	buf_add_c(&show->paragraph, "- ");
}

static void heading(struct show *show, struct str text)
{
	buf_add_c(show->out, "\n");
	add(show, text);
	finish(show, 0, 0);
}

/* Sentences begin with a capital: English ones whose first words stand inside others elsewhere
 * ("the parish", "each member"), and any that a phrase begins. Ids do not change. */
static void capitalise(struct show *show, size_t at)
{
	static const char *const openings[] = { "the ", "each ", "whoever ", "exerci", "channels ",
		"reported ", "essais ", "rapports", "pruebas ", "informes " };
	struct str text = str_sub(buf_str(&show->paragraph), at, show->paragraph.len);
	for (size_t i = 0; i < sizeof openings / sizeof openings[0]; i++)
		if (str_starts(text, openings[i])) {
			show->paragraph.ptr[at] = (char)(text.ptr[0] - 'a' + 'A');
			return;
		}
}

static void show_source(struct show *show, const struct node *source, size_t indent)
{
	struct str said[2];
	size_t count = 1;
	if (!source)
		return;
	said[0] = accord_raw(&show->writer, accord_read_str(source, "title"));
	if (node_get(source, "url"))
		said[count++] = accord_raw(&show->writer, accord_read_str(source, "url"));
	add_sentence(show,
		SAY(&show->writer, SOURCE, accord_join(&show->writer, said, count, JOIN_COMMA)));
	add_sentence(
		show, accord_say_field(&show->writer, SHAPE_SOURCE, source, "basis", JOIN_AND));
	finish(show, indent, indent + 2);
}

static struct str range_of(struct show *show, const struct node *map)
{
	return accord_range_of(
		&show->writer, accord_read_str(map, "from"), accord_read_str(map, "until"));
}

static void show_state(struct show *show, const struct node *tree)
{
	const struct node *states = node_get(tree, "state"),
			  *visibility = node_get(tree, "visibility");
	struct writer *writer = &show->writer;
	struct str said[AGREEMENT_STATES * 2];
	size_t count = 0;
	add_sentence(show,
		SAY(writer, HEAD, accord_raw(writer, accord_read_str(tree, "agreement")),
			accord_term(writer, WORDS_STRENGTH, accord_read_str(tree, "strength")),
			accord_term(writer, WORDS_KIND, accord_read_str(tree, "kind"))));
	if (show->agreement->is_template)
		add_sentence(show, SAY_PLAIN(writer, TEMPLATE));
	for (const struct node *item = many_first(states); item; item = many_next(states, item)) {
		struct str since = SAY(writer, STATE_SINCE,
			accord_term(writer, WORDS_STATE, accord_read_str(item, "is")),
			accord_date_of(writer, accord_read_str(item, "from")));
		if (count == sizeof said / sizeof said[0]) /* joined to one, the list goes on */
			said[0] = accord_join(writer, said, count, JOIN_COMMA), count = 1;
		said[count++] = since;
	}
	if (count)
		add_sentence(
			show, SAY(writer, STATES, accord_join(writer, said, count, JOIN_COMMA)));
	if (visibility && visibility->kind == NODE_LIST)
		add_sentence(show,
			SAY(writer, VISIBLE,
				accord_list_of(writer, visibility, JOIN_COMMA, accord_name_party)));
	else if (visibility)
		add_sentence(show, str_is(visibility->text, "public")
					   ? SAY_PLAIN(writer, VISIBLE_ALL)
					   : SAY_PLAIN(writer, VISIBLE_PARTIES));
	finish(show, 0, 2);
}

static void show_force(struct show *show, const struct node *map)
{
	if (!map)
		return;
	struct writer *writer = &show->writer;
	const struct node *renewed = node_get(map, "renewed");
	size_t most = 3 + (renewed && renewed->kind == NODE_LIST ? renewed->count : 1), count = 0;
	struct str range = range_of(show, map);
	struct str *said = ARENA_ARRAY(writer->arena, most, struct str);
	if (!said) {
		writer->failed = true;
		return;
	}
	said[count++] =
		range.len ? SAY(writer, IN_FORCE_RANGE, range) : SAY_PLAIN(writer, IN_FORCE);
	if (node_get(map, "renews"))
		said[count++] = accord_say_field(writer, SHAPE_IN_FORCE, map, "renews", JOIN_AND);
	for (const struct node *item = many_first(renewed); item; item = many_next(renewed, item))
		said[count++] =
			SAY(writer, RENEWED, accord_date_of(writer, accord_read_str(item, "on")),
				accord_date_of(writer, accord_read_str(item, "until")));
	if (node_get(map, "notice"))
		said[count++] = accord_say_field(writer, SHAPE_IN_FORCE, map, "notice", JOIN_AND);
	add(show, accord_join(writer, said, count, JOIN_SEMICOLON));
	buf_add_c(&show->paragraph, ".");
	finish(show, 0, 2);
}

static void show_activation(struct show *show, const struct node *map)
{
	static const char *const fields[] = { "on", "by", "confirm-within", "escalate-to" };
	struct writer *writer = &show->writer;
	struct buf parts;
	if (!map)
		return;
	buf_init(&parts, writer->arena, SENTENCE_MAX);
	for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
		buf_add(&parts, accord_say_field(writer, SHAPE_ACTIVATES, map, fields[i], JOIN_OR));
	writer->failed = writer->failed || parts.failed;
	add(show, SAY(writer, ACTIVATED, buf_str(&parts)));
	finish(show, 0, 2);
}

static void add_opt_out(struct show *show, const struct node *item)
{
	struct writer *writer = &show->writer;
	struct str commitment = accord_read_str(item, "commitment"), range = range_of(show, item);
	add(show, SAY(writer, OPT_OUT,
			  commitment.len ? accord_raw(writer, commitment)
					 : SAY_PLAIN(writer, ALL_COMMITMENTS)));
	if (!str_is(accord_read_str(item, "as"), "both"))
		add(show, accord_say_field(writer, SHAPE_OPT_OUT, item, "as", JOIN_AND));
	add_sentence(show, range);
}

static void show_parties(struct show *show, const struct node *list)
{
	struct writer *writer = &show->writer;
	heading(show, SAY_PLAIN(writer, PARTIES));
	for (const struct node *item = many_first(list); item; item = many_next(list, item)) {
		const struct node *except = node_get(item, "except");
		struct str range = range_of(show, item);
		begin_item(show);
		add(show, accord_name_party(writer, accord_read_str(item, "party")));
		add(show, accord_say_field(writer, SHAPE_PARTY, item, "role", JOIN_AND));
		add(show, range.len ? SAY(writer, PARTY_BOUND, range) : STR_NONE);
		for (const struct node *out = many_first(except); out; out = many_next(except, out))
			add_opt_out(show, out);
		add(show, accord_say_field(writer, SHAPE_PARTY, item, "confirmed", JOIN_AND));
		finish(show, 0, 2);
	}
}

static struct str say_duty(struct writer *writer, const struct node *map, struct str services)
{
	switch (accord_word(WORDS_DUTY, accord_read_str(map, "duty"))) {
	case DUTY_MAY:
		return SAY(writer, MAY, services);
	case DUTY_SHALL:
		return SAY(writer, SHALL, services);
	case DUTY_WILL:
		return SAY(writer, WILL, services);
	default: /* a blank of a template */
		return SAY(writer, DUTY_OPEN, accord_raw(writer, accord_read_str(map, "duty")),
			services);
	}
}

/* The one sentence that is the clause; where it is said by labels, one for each of its parts. */
static void show_promise(struct show *show, const struct node *map)
{
	const struct node *provider = node_get(map, "provider"), *whom = node_get(map, "for"),
			  *where = node_get(map, "where"), *services = node_get(map, "services"),
			  *to = node_get(map, "to");
	struct writer *writer = &show->writer;
	struct str range = range_of(show, map);
	add(show, SAY(writer, PROVIDER,
			  provider ? accord_say_provider(writer, provider)
				   : SAY_PLAIN(writer, BY_SCHEDULE)));
	capitalise(show, 0);
	add(show, say_duty(writer, map,
			  services ? accord_list_of(writer, services, JOIN_AND, accord_name_service)
				   : SAY_PLAIN(writer, SERVICES_BY_SCHEDULE)));
	add(show, accord_say_field(writer, SHAPE_COMMITMENT, map, "except-services", JOIN_AND));
	add(show, SAY(writer, TO_WHOM,
			  whom ? accord_say_beneficiaries(writer, whom)
			       : SAY_PLAIN(writer, WHOM_BY_SCHEDULE)));
	add(show, SAY(writer, PLACE,
			  where ? accord_say_where(writer, where)
				: SAY_PLAIN(writer, WHERE_BY_SCHEDULE)));
	if (to)
		add(show, SAY(writer, TO, accord_say_to(writer, to)));
	add(show, accord_say_field(writer, SHAPE_COMMITMENT, map, "phases", JOIN_AND));
	if (range.len)
		add(show, SAY(writer, PERIOD, range));
	add(show, STR("."));
	finish(show, 3, 3);
}

static void show_limits(struct show *show, const struct node *map)
{
	const struct node *capacity = node_get(map, "capacity");
	struct writer *writer = &show->writer;
	if (node_get(map, "limit"))
		add_sentence(show, SAY_PLAIN(writer, AS_OWN));
	if (!str_is(accord_read_str(map, "role"), "lead"))
		add_sentence(
			show, accord_say_field(writer, SHAPE_COMMITMENT, map, "role", JOIN_AND));
	if (capacity) {
		struct str per = accord_read_str(capacity, "per");
		struct str count = accord_count_of(writer, accord_read_str(capacity, "quantity"),
			accord_read_str(capacity, "unit"));
		add_sentence(show, per.len ? SAY(writer, AT_MOST_PER, count,
						     accord_term(writer, WORDS_PER, per))
					   : SAY(writer, AT_MOST, count));
	}
	add_sentence(show, accord_say_field(writer, SHAPE_COMMITMENT, map, "lead-time", JOIN_AND));
	add_sentence(show, accord_say_field(writer, SHAPE_COMMITMENT, map, "assets", JOIN_AND));
	finish(show, 3, 3);
}

/* Steps (numbered where there are several) or costs, each said by ONE, in one phrase. */
static void show_sequence(struct show *show, const struct node *list, enum phrase phrase,
	enum join by, bool numbered, struct str (*one)(struct writer *, const struct node *))
{
	struct writer *writer = &show->writer;
	size_t count = 0;
	if (!list || !list->count)
		return;
	struct str *items = ARENA_ARRAY(writer->arena, list->count, struct str);
	if (!items) {
		writer->failed = true;
		return;
	}
	for (const struct node *item = many_first(list); item; item = many_next(list, item)) {
		struct str said = one(writer, item);
		struct str number = str_format(writer->arena, "%zu", count + 1);
		items[count++] =
			numbered && list->count > 1 ? SAY(writer, NUMBERED, number, said) : said;
	}
	struct str slots[PHRASE_SLOTS] = { accord_join(writer, items, count, by) };
	add(show, accord_phrase(writer, phrase, slots));
	finish(show, 3, 5);
}

static struct str say_nat_item(struct writer *writer, const struct nat_item *item)
{
	const struct world *world = writer->world;
	switch (item->kind) {
	case NAT_ITEM_ANY:
		return SAY_PLAIN(writer, ANYONE);
	case NAT_ITEM_GROUP:
		return SAY(writer, GROUP_NATIONALS,
			accord_name_group(writer, world->groups[item->group]));
	case NAT_ITEM_SERVED_BY:
		return SAY(writer, SERVED_BY,
			accord_name_party(writer, world->parties[item->party].id));
	case NAT_ITEM_CODE:
		break;
	}
	return accord_say_nationality(writer, world->nats[item->nat].code);
}

static struct str say_services(struct writer *writer, uint64_t services)
{
	struct str items[WORLD_SERVICES_MAX];
	size_t count = 0;
	for (size_t i = 0; i < world_service_count; i++)
		if (services >> i & 1)
			items[count++] =
				accord_name_service(writer, str_of(world_services[i].code));
	return accord_join(writer, items, count, JOIN_AND);
}

static void show_row(struct show *show, const struct commitment *row, uint64_t services)
{
	struct writer *writer = &show->writer;
	const struct world *world = writer->world;
	struct str *nats = ARENA_ARRAY(writer->arena, row->nats_count + 1, struct str);
	char from[11] = "", until[11] = "";
	if (!nats) {
		writer->failed = true;
		return;
	}
	begin_item(show);
	add(show, accord_name_place(writer, world->places[row->where.in[0].index].id));
	if (row->provider.kind == PROVIDER_PARTY)
		add(show,
			SAY(writer, ROW_PROVIDER,
				accord_name_party(writer, world->parties[row->provider.party].id)));
	for (size_t i = 0; i < row->nats_count; i++)
		nats[i] = say_nat_item(writer, &row->nats[i]);
	add(show, SAY(writer, ROW_FOR, accord_join(writer, nats, row->nats_count, JOIN_AND)));
	if (row->from != DATE_NONE)
		date_format(from, row->from);
	if (row->until != DATE_NONE)
		date_format(until, row->until);
	struct str range = accord_range_of(writer, str_of(from), str_of(until));
	if (range.len)
		add(show, SAY(writer, ROW_PERIOD, range));
	if (row->services != services)
		add(show, SAY(writer, ROW_SERVICES, say_services(writer, row->services)));
	finish(show, 3, 5);
}

/* The rows of a scheduled commitment, one a line; only with a world, as only then a row's ids are
 * known. */
static void show_rows(struct show *show, const struct node *map)
{
	struct str id = accord_read_str(map, "id");
	uint64_t services = accord_service_bits(node_get(map, "services")) &
			    ~accord_service_bits(node_get(map, "except-services"));
	const struct agreement *agreement = show->agreement;
	for (size_t i = 0; show->writer.world && i < agreement->commitments_count; i++) {
		const struct commitment *row = &agreement->commitments[i];
		if (row->schedule >= 0 && str_eq(row->id, id))
			show_row(show, row, services);
	}
}

static void show_commitment(struct show *show, const struct node *map, int number)
{
	struct writer *writer = &show->writer;
	struct str title = accord_text_of(writer, node_get(map, "title")),
		   text = accord_text_of(writer, node_get(map, "text"));
	struct str schedule = accord_read_str(map, "schedule"),
		   id = accord_raw(writer, accord_read_str(map, "id"));
	buf_add_c(show->out, "\n");
	add(show, SAY(writer, COMMITMENT, str_format(writer->arena, "%d", number),
			  title.len ? title : id,
			  accord_clause_of(writer, accord_read_str(map, "clause")), id));
	finish(show, 0, 3);
	show_promise(show, map);
	show_limits(show, map);
	show_sequence(
		show, node_get(map, "steps"), PHRASE_FIRST, JOIN_SEMICOLON, true, accord_say_step);
	show_sequence(show, node_get(map, "cost"), PHRASE_COST, JOIN_THEN, false, accord_say_cost);
	add(show, text);
	finish(show, 3, 3);
	show_source(show, node_get(map, "source"), 3);
	if (schedule.len) {
		add(show, SAY(writer, SCHEDULE, accord_raw(writer, schedule)));
		finish(show, 3, 3);
		show_rows(show, map);
	}
}

static void show_commitments(struct show *show, const struct node *list)
{
	int number = 1;
	if (!list)
		return;
	heading(show, SAY_PLAIN(&show->writer, COMMITMENTS));
	for (const struct node *item = many_first(list); item; item = many_next(list, item))
		show_commitment(show, item, number++);
}

static struct str say_slug(struct writer *writer, struct str slug)
{
	return accord_term(writer, WORDS_SLUG, slug);
}

static void show_shares(struct show *show, const struct node *list)
{
	static const struct {
		const char *field;
		enum join by;
	} parts[] = { { "except-status", JOIN_OR }, { "until", JOIN_AND },
		{ "retention", JOIN_AND } };
	struct writer *writer = &show->writer;
	if (!list)
		return;
	heading(show, SAY_PLAIN(writer, SHARES));
	for (const struct node *item = many_first(list); item; item = many_next(list, item)) {
		begin_item(show);
		add(show,
			SAY(writer, SHARE, accord_name_actor(writer, accord_read_str(item, "from")),
				accord_name_actor(writer, accord_read_str(item, "to")),
				say_slug(writer, accord_read_str(item, "purpose")),
				accord_term(
					writer, WORDS_SHARE_BASIS, accord_read_str(item, "basis")),
				accord_list_of(
					writer, node_get(item, "fields"), JOIN_AND, say_slug)));
		capitalise(show, 2);
		for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
			add(show, accord_say_field(
					  writer, SHAPE_SHARE, item, parts[i].field, parts[i].by));
		add(show, accord_read_boolean(item, "onward") ? SAY_PLAIN(writer, ONWARD)
							      : SAY_PLAIN(writer, NOT_ONWARD));
		finish(show, 0, 2);
	}
}

static void show_articles(struct show *show, const struct node *list)
{
	struct writer *writer = &show->writer;
	if (!list)
		return;
	heading(show, SAY_PLAIN(writer, ARTICLES_HEADING));
	for (const struct node *item = many_first(list); item; item = many_next(list, item)) {
		struct str title = accord_text_of(writer, node_get(item, "title")),
			   id = accord_raw(writer, accord_read_str(item, "id"));
		begin_item(show);
		add(show, title.len ? SAY(writer, TITLED, id, title) : id);
		finish(show, 0, 2);
		add(show, accord_text_of(writer, node_get(item, "text")));
		finish(show, 2, 2);
		show_source(show, node_get(item, "source"), 2);
	}
}

static void show_review(struct show *show, const struct node *map)
{
	size_t fields_count, count = 0;
	const struct field *fields = accord_shape_fields(SHAPE_REVIEW, &fields_count);
	struct writer *writer = &show->writer;
	struct str said[8];
	if (!map)
		return;
	heading(show, SAY_PLAIN(writer, REVIEW));
	assert(fields_count <= sizeof said / sizeof said[0]);
	for (size_t i = 0; i < fields_count; i++)
		if (node_get(map, fields[i].name))
			said[count++] = accord_say_field(
				writer, SHAPE_REVIEW, map, fields[i].name, JOIN_AND);
	add(show, SAY(writer, REVIEW_LINE, accord_join(writer, said, count, JOIN_SEMICOLON)));
	capitalise(show, 0);
	finish(show, 0, 2);
}

enum status accord_show(struct buf *out, struct arena *arena, const struct agreement *agreement,
	const struct world *world, enum lang lang, int width)
{
	assert(out && arena && agreement && agreement->tree && lang < LANGS);
	struct show show = { .out = out,
		.agreement = agreement,
		.writer = { .arena = arena, .world = world, .lang = lang },
		.width = width < WIDTH_MIN ? WIDTH_MIN : (size_t)width };
	struct node *tree;
	enum status status = accord_canonical_tree(&tree, arena, agreement->tree);
	if (status != STATUS_OK)
		return status;
	buf_init(&show.paragraph, arena, SENTENCE_MAX);
	add(&show, accord_text_of(&show.writer, node_get(tree, "title")));
	finish(&show, 0, 0);
	show_state(&show, tree);
	show_force(&show, node_get(tree, "in-force"));
	show_source(&show, node_get(tree, "source"), 0);
	show_activation(&show, node_get(tree, "activates"));
	if (agreement->binds_host)
		add(&show, SAY_PLAIN(&show.writer, BINDS_HOST));
	finish(&show, 0, 2);
	if (node_get(tree, "text")) {
		buf_add_c(out, "\n");
		add(&show, accord_text_of(&show.writer, node_get(tree, "text")));
		finish(&show, 0, 0);
	}
	show_parties(&show, node_get(tree, "parties"));
	show_commitments(&show, node_get(tree, "commitments"));
	show_shares(&show, node_get(tree, "share"));
	show_articles(&show, node_get(tree, "articles"));
	show_review(&show, node_get(tree, "review"));
	return show.writer.failed || out->failed ? STATUS_NO_MEMORY : STATUS_OK;
}

#define ONE_LINE ((size_t)1 << 24) /* columns: no commitment is as wide */

/* The lines printed since AT as one, without indents and marks of direction. */
static struct str said_since(struct show *show, size_t at)
{
	struct str text = str_sub(buf_str(show->out), at, show->out->len), line;
	struct buf one;

	buf_init(&one, show->writer.arena, SENTENCE_MAX);
	while (str_next_word(&text, "\n", &line)) {
		line = str_trim(line);
		if (str_starts(line, "\xe2\x80\x8f"))
			line = str_trim(str_sub(line, 3, line.len));
		buf_add_c(&one, one.len ? " " : "");
		buf_add(&one, line);
	}
	show->writer.failed = show->writer.failed || one.failed;
	return one.len ? buf_str(&one) : STR_NONE;
}

enum status accord_say_commitment(struct accord_said *out, struct arena *arena,
	const struct agreement *agreement, struct str commitment, const struct world *world,
	enum lang lang)
{
	struct buf text;
	struct show show = { .out = &text,
		.agreement = agreement,
		.writer = { .arena = arena, .world = world, .lang = lang },
		.width = ONE_LINE };
	const struct node *list, *map;
	struct node *tree;
	enum status status = accord_canonical_tree(&tree, arena, agreement->tree);
	size_t at;

	if (status != STATUS_OK)
		return status;
	buf_init(&text, arena, SENTENCE_MAX);
	buf_init(&show.paragraph, arena, SENTENCE_MAX);
	list = node_get(tree, "commitments");
	map = many_first(list);
	while (map && !str_eq(accord_read_str(map, "id"), commitment))
		map = many_next(list, map);
	if (!map)
		return STATUS_NOT_FOUND;
	out->clause = accord_clause_of(&show.writer, accord_read_str(map, "clause"));
	show_promise(&show, map);
	show_limits(&show, map);
	out->promise = said_since(&show, 0);
	at = text.len;
	show_sequence(&show, node_get(map, "steps"), PHRASE_UNDER_HEAD, JOIN_SEMICOLON, true,
		accord_say_step);
	out->steps = said_since(&show, at);
	at = text.len;
	show_sequence(
		&show, node_get(map, "cost"), PHRASE_UNDER_HEAD, JOIN_THEN, false, accord_say_cost);
	out->cost = said_since(&show, at);
	return show.writer.failed || text.failed ? STATUS_NO_MEMORY : STATUS_OK;
}
