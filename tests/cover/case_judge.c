/* Judges one case: loads its world, asks each question, holds what comes out against what is
 * written below it. */
#include "rules.h"

#include <assert.h>
#include <string.h>
#include "reference.h"

static enum status engine_who(struct answers *out, struct arena *arena, const struct world *world,
	const struct accords *accords, const struct query *query)
{
	struct cover_index *index;
	enum status status = cover_compile(&index, arena, world, accords);
	return status == STATUS_OK ? cover_who(out, arena, index, query) : status;
}

static enum status engine_cell(struct cell_band *out, struct arena *arena,
	const struct world *world, const struct accords *accords, uint16_t nat,
	enum people_group group, uint32_t country, uint8_t service, int32_t date, uint32_t viewer)
{
	struct cover_index *index;
	enum status status = cover_compile(&index, arena, world, accords);
	return status == STATUS_OK
		       ? cover_cell(out, arena, index, nat, group, country, service, date, viewer)
		       : status;
}

static enum status engine_gaps(struct gaps *out, struct arena *arena, const struct world *world,
	const struct accords *accords, uint8_t service, const struct gap_filter *filter)
{
	struct cover_index *index;
	struct people_count count;
	enum status status = cover_compile(&index, arena, world, accords);
	if (status == STATUS_OK)
		status = world_people(&count, arena, world, filter->date);
	if (status == STATUS_OK)
		status = cover_gaps(out, arena, index, &count, service, filter);
	return status == STATUS_OK ? cover_bound(out, arena, index, &count, filter) : status;
}

static enum status reference_gaps_bounded(struct gaps *out, struct arena *arena,
	const struct world *world, const struct accords *accords, uint8_t service,
	const struct gap_filter *filter)
{
	enum status status = reference_gaps(out, arena, world, accords, service, filter);
	return status == STATUS_OK ? reference_bound(out, arena, world, accords, filter) : status;
}

const struct hand hands[HANDS] = {
	{ "reference", reference_who, reference_cell, reference_gaps_bounded },
	{ "engine", engine_who, engine_cell, engine_gaps },
};

struct judge {
	struct arena *arena;
	const struct rule_case *rule;
	const struct hand *hand;
	const struct world *world;
	struct accords accords;
	struct diags *diags;
	struct buf *text;
	size_t at; /* the line in hand */
	bool good;
};

static void wrong(struct judge *judge, const struct case_line *line, const char *what)
{
	buf_add_format(judge->text, STR_FMT ":%u: %s: '" STR_FMT " " STR_FMT "'\n",
		STR_ARG(judge->rule->file), line->number, what, STR_ARG(line->word),
		STR_ARG(line->rest));
	judge->good = false;
}

/* The next "key=value" or "key" of *REST. */
static bool next_pair(struct str *rest, struct str *key, struct str *value)
{
	struct str word;
	if (!str_next_word(rest, " ", &word))
		return false;
	const char *equals = memchr(word.ptr, '=', word.len);
	size_t len = equals ? (size_t)(equals - word.ptr) : word.len;
	*key = str_sub(word, 0, len);
	*value = equals ? str_sub(word, len + 1, word.len) : STR("");
	return true;
}

static const struct case_line *peek(const struct judge *judge)
{
	return judge->at < judge->rule->count ? &judge->rule->lines[judge->at] : NULL;
}

/* --- What came out, in words ---------------------------------------------------------------- */

static void add_word(struct buf *out, struct str word)
{
	if (out->len)
		buf_add_c(out, ",");
	buf_add(out, word);
}

static struct str bits_text(
	struct arena *arena, unsigned bits, const struct str *words, size_t count)
{
	struct buf out;
	buf_init(&out, arena, 4096);
	for (size_t i = 0; i < count; i++)
		if (bits >> i & 1)
			add_word(&out, words[i]);
	return out.len ? buf_str(&out) : STR("-");
}

static struct str item_text(
	struct arena *arena, const struct world *world, const struct place_item *item)
{
	switch (item->kind) {
	case PLACE_ITEM_PLACE:
		return world->places[item->index].id;
	case PLACE_ITEM_GROUP:
		return str_format(arena, "group:" STR_FMT, STR_ARG(world->groups[item->index]));
	case PLACE_ITEM_ZONE:
		return str_format(arena, "zone:" STR_FMT, STR_ARG(world->zones[item->index]));
	case PLACE_ITEM_HOME:
		return STR("home");
	case PLACE_ITEM_THIRD:
		return STR("third");
	case PLACE_ITEM_IN_COUNTRY:
		return STR("in-country");
	}
	return STR("?");
}

static struct str to_text(
	struct arena *arena, const struct world *world, const struct answer *answer)
{
	struct buf out;
	buf_init(&out, arena, 4096);
	if (answer->to_default == DESTINATION_HOME)
		return STR("default-home");
	if (answer->to_default == DESTINATION_IN_COUNTRY)
		return STR("default-in-country");
	for (size_t i = 0; i < answer->commitment->to.in_count && i < 64; i++)
		if (answer->to_items >> i & 1)
			add_word(&out, item_text(arena, world, &answer->commitment->to.in[i]));
	return out.len ? buf_str(&out) : STR("-");
}

/* Names of the fields of an answer; the first SILENT ones must be as said below where a line does
 * not name them. */
enum field {
	F_CERTAINTY,
	F_VIA,
	F_MARKS,
	F_HELD,
	F_PARTY,
	F_BAND,
	F_AGREEMENT,
	F_COMMITMENT,
	F_NAT,
	F_POST,
	F_OFFICE,
	F_DEPTH,
	F_SIZE,
	F_LEAD,
	F_ROLE,
	F_STRENGTH,
	F_ROW,
	F_TO,
	FIELDS
};
enum { SILENT = F_PARTY };
static const char *const field_names[FIELDS] = { "certainty", "via", "marks", "held", "party",
	"band", "agreement", "commitment", "nat", "post", "office", "depth", "size", "lead", "role",
	"strength", "row", "to" };
static const char *const silent_values[SILENT] = { "T", "-", "-", "-" };

static struct str number_text(struct arena *arena, long number)
{
	return str_format(arena, "%ld", number);
}

static struct str field_text(struct arena *arena, const struct world *world,
	const struct answer *answer, enum field field)
{
	const struct commitment *commitment = answer->commitment;
	switch (field) {
	case F_CERTAINTY:
		return answer->certainty == TRUTH_T ? STR("T") : STR("U");
	case F_VIA:
		return answer->via == NONE32 ? STR("-") : world->parties[answer->via].id;
	case F_MARKS:
		return bits_text(arena, answer->marks, cover_mark_words, MARK_COUNT);
	case F_HELD:
		return bits_text(arena, answer->held, cover_held_words, 2);
	case F_PARTY:
		return world->parties[answer->provider].id;
	case F_BAND:
		return cover_band_words[answer->band];
	case F_AGREEMENT:
		return answer->agreement->id;
	case F_COMMITMENT:
		return commitment->id;
	case F_NAT:
		return world->nats[answer->nat].code;
	case F_POST:
		return answer->post_row == NONE32 ? STR("-") : world->posts[answer->post_row].id;
	case F_OFFICE:
		return answer->office_row == NONE32
			       ? STR("-")
			       : world->places[world->offices[answer->office_row].place].id;
	case F_DEPTH:
		return number_text(arena, answer->depth);
	case F_SIZE:
		return number_text(arena, (long)answer->size);
	case F_LEAD:
		return number_text(arena, answer->lead_time_hours);
	case F_ROLE:
		return accord_role_words[commitment->role];
	case F_STRENGTH:
		return accord_strength_words[answer->agreement->strength];
	case F_ROW:
		return number_text(arena, (long)commitment->schedule_row);
	case F_TO:
		return to_text(arena, world, answer);
	case FIELDS:
		break;
	}
	return STR("?");
}

static void show_answers(struct judge *judge, const struct answers *answers)
{
	for (size_t i = 0; i < answers->items_count; i++) {
		buf_add_c(judge->text, "    got: answer");
		for (int field = 0; field < FIELDS; field++)
			buf_add_format(judge->text, " %s=" STR_FMT, field_names[field],
				STR_ARG(field_text(judge->arena, judge->world, &answers->items[i],
					(enum field)field)));
		buf_add_c(judge->text, "\n");
	}
	buf_add_format(judge->text, "    got: %zu answers, %zu expected, withheld %u\n",
		answers->items_count, answers->expected_count, answers->withheld);
}

/* --- Answers -------------------------------------------------------------------------------- */

static int find_field(struct str key)
{
	for (int i = 0; i < FIELDS; i++)
		if (str_is(key, field_names[i]))
			return i;
	return -1;
}

static bool answer_is(
	struct judge *judge, const struct case_line *line, const struct answer *answer)
{
	struct str rest = line->rest, key, value;
	bool told[FIELDS] = { false }, good = true;
	while (next_pair(&rest, &key, &value)) {
		int field = find_field(key);
		if (field < 0) {
			wrong(judge, line, "unknown field of an answer");
			return false;
		}
		told[field] = true;
		good = good && str_eq(value, field_text(judge->arena, judge->world, answer,
						     (enum field)field));
	}
	for (int i = 0; i < SILENT; i++)
		good = good && (told[i] || str_is(field_text(judge->arena, judge->world, answer,
							  (enum field)i),
						   silent_values[i]));
	return good;
}

static bool expected_is(
	struct judge *judge, const struct case_line *line, const struct expected *expected)
{
	struct str rest = line->rest, key, value;
	const struct world *world = judge->world;
	char ended[11];
	bool good = true;
	date_format(ended, expected->ended);
	while (next_pair(&rest, &key, &value)) {
		if (str_is(key, "party"))
			good = good && str_eq(value, world->parties[expected->provider].id);
		else if (str_is(key, "agreement"))
			good = good && str_eq(value, expected->agreement->id);
		else if (str_is(key, "commitment"))
			good = good && str_eq(value, expected->commitment->id);
		else if (str_is(key, "ended"))
			good = good && str_is(value, ended);
		else
			good = false;
	}
	return good;
}

/* The lines below a question: answers in their order, expected ones in theirs, withheld, nobody. */
static void judge_answers(struct judge *judge, const struct case_line *ask, struct answers *answers)
{
	const struct case_line *line;
	size_t items = 0, expected = 0, before = judge->good;
	int64_t withheld = 0;
	bool any = false;
	for (; (line = peek(judge)); judge->at++) {
		if (str_is(line->word, "answer")) {
			if (items >= answers->items_count ||
				!answer_is(judge, line, &answers->items[items]))
				wrong(judge, line, "another answer");
			items++;
		} else if (str_is(line->word, "expected")) {
			if (expected >= answers->expected_count ||
				!expected_is(judge, line, &answers->expected[expected]))
				wrong(judge, line, "another expected row");
			expected++;
		} else if (str_is(line->word, "withheld")) {
			if (!str_to_int64(line->rest, &withheld))
				wrong(judge, line, "no number");
		} else if (!str_is(line->word, "nobody")) {
			break;
		}
		any = true;
	}
	if (!any)
		wrong(judge, ask, "a question without an answer below it");
	if (items != answers->items_count || expected != answers->expected_count ||
		withheld != (int64_t)answers->withheld)
		wrong(judge, ask, "another number of answers, of expected or of withheld rows");
	if (judge->good != before)
		show_answers(judge, answers);
}

static bool read_query(struct judge *judge, const struct case_line *line, struct query *query)
{
	static const char *const defaults[][2] = { { "nationality", "AAA" }, { "place", "HHH" },
		{ "service", "consular.welfare" }, { "date", "2022-06-01" } };
	struct str rest = line->rest, key, value;
	cover_query_init(query, date_of((struct civil){ 2022, 6, 1 }), VIEWER_ALL);
	bool good = true;
	for (size_t i = 0; i < sizeof defaults / sizeof *defaults; i++)
		good = good && cover_query_set(query, judge->world, str_of(defaults[i][0]),
				       str_of(defaults[i][1]), judge->diags, judge->rule->file,
				       (struct pos){ line->number, 1 }, STR("")) == STATUS_OK;
	while (good && next_pair(&rest, &key, &value))
		good = cover_query_set(query, judge->world, key, value, judge->diags,
			       judge->rule->file, (struct pos){ line->number, 1 },
			       STR("")) == STATUS_OK;
	if (good && !cover_query_fault(judge->world, query))
		return true;
	wrong(judge, line, "not a valid question");
	return false;
}

/* "invalid ...": a question that must be refused. */
static void judge_invalid(struct judge *judge, const struct case_line *line)
{
	struct judge other = *judge;
	struct diags diags;
	struct query query;
	struct buf text;
	diags_init(&diags, judge->arena, 20);
	buf_init(&text, judge->arena, 4096);
	other.diags = &diags;
	other.text = &text;
	if (read_query(&other, line, &query))
		wrong(judge, line, "a valid question");
}

static void judge_ask(struct judge *judge, const struct case_line *line)
{
	struct query query;
	struct answers answers;
	if (!read_query(judge, line, &query))
		return;
	if (judge->hand->who(&answers, judge->arena, judge->world, &judge->accords, &query) !=
		STATUS_OK)
		wrong(judge, line, "no memory");
	else
		judge_answers(judge, line, &answers);
}

/* --- Cells and gaps ------------------------------------------------------------------------- */

/* What may be asked of cells and gaps. */
struct asked {
	struct gap_filter filter;
	uint16_t nat;
	uint32_t place;
	enum people_group group;
	uint8_t service;
};

static bool read_asked(struct judge *judge, struct str *rest, struct asked *asked)
{
	const struct world *world = judge->world;
	struct str key, value;
	int32_t date = date_of((struct civil){ 2022, 6, 1 });
	*asked = (struct asked){ .filter = { NONE32, NAT_NONE, -1, date, VIEWER_ALL },
		.nat = world_nat(world, STR("AAA")),
		.place = world_place(world, STR("HHH")),
		.group = GROUP_STOCK,
		.service = world_service_find(STR("consular.welfare")) };
	while (next_pair(rest, &key, &value)) {
		if (str_is(key, "is"))
			return asked->service != SERVICE_NONE && asked->place != NONE32;
		if (str_is(key, "nationality"))
			asked->nat = asked->filter.nat = world_nat(world, value);
		else if (str_is(key, "place"))
			asked->place = asked->filter.place = world_place(world, value);
		else if (str_is(key, "service"))
			asked->service = world_service_find(value);
		else if (str_is(key, "group"))
			asked->group = str_is(value, "refugee")         ? GROUP_REFUGEE
				       : str_is(value, "asylum-seeker") ? GROUP_ASYLUM_SEEKER
									: GROUP_STOCK;
		else if (str_is(key, "as"))
			asked->filter.viewer =
				str_is(value, "public") ? VIEWER_PUBLIC : world_party(world, value);
		else if (!str_is(key, "date") || !date_parse(value, &asked->filter.date))
			return false;
		if (str_is(key, "group"))
			asked->filter.group = (int)asked->group;
	}
	return false;
}

/* "cell ... is BAND [uncertain] [not-known] [in-part]". */
static void judge_cell(struct judge *judge, const struct case_line *line)
{
	struct str rest = line->rest;
	struct asked asked;
	struct cell_band cell;
	struct buf got;
	if (!read_asked(judge, &rest, &asked)) {
		wrong(judge, line, "not a valid cell");
		return;
	}
	if (judge->hand->cell(&cell, judge->arena, judge->world, &judge->accords, asked.nat,
		    asked.group, asked.place, asked.service, asked.filter.date,
		    asked.filter.viewer) != STATUS_OK) {
		wrong(judge, line, "no memory");
		return;
	}
	buf_init(&got, judge->arena, 256);
	buf_add(&got, cover_band_words[cell.band]);
	buf_add_c(&got, cell.uncertain ? " uncertain" : "");
	buf_add_c(&got, cell.not_known ? " not-known" : "");
	buf_add_c(&got, cell.in_part ? " in-part" : "");
	if (!str_eq(buf_str(&got), str_trim(rest))) {
		wrong(judge, line, "another band");
		buf_add_format(judge->text, "    got: " STR_FMT "\n", STR_ARG(buf_str(&got)));
	}
}

/* "gaps ... is name=number ...": the figures named; the sum must hold in any case. */
static void judge_gaps(struct judge *judge, const struct case_line *line)
{
	struct str rest = line->rest, key, value;
	struct asked asked;
	struct gaps gaps;
	if (!read_asked(judge, &rest, &asked)) {
		wrong(judge, line, "not a valid question of gaps");
		return;
	}
	if (judge->hand->gaps(&gaps, judge->arena, judge->world, &judge->accords, asked.service,
		    &asked.filter) != STATUS_OK) {
		wrong(judge, line, "no memory");
		return;
	}
	const struct {
		const char *name;
		int64_t got;
	} figures[] = { { "year", gaps.stock_year }, { "people", gaps.people },
		{ "own_state", gaps.own_state }, { "will", gaps.bands[BAND_WILL] },
		{ "shall", gaps.bands[BAND_SHALL] }, { "may", gaps.bands[BAND_MAY] },
		{ "remote", gaps.bands[BAND_REMOTE] }, { "not_known", gaps.not_known },
		{ "none_proven", gaps.none_proven }, { "uncertain", gaps.uncertain },
		{ "protected", gaps.protected_ }, { "beyond_stock", gaps.beyond_stock },
		{ "in_part", gaps.in_part }, { "bounded_will", gaps.bounded.bands[BAND_WILL] },
		{ "bounded_shall", gaps.bounded.bands[BAND_SHALL] },
		{ "bounded_may", gaps.bounded.bands[BAND_MAY] },
		{ "bounded_remote", gaps.bounded.bands[BAND_REMOTE] },
		{ "bounded_not_known", gaps.bounded.not_known },
		{ "bounded_none_proven", gaps.bounded.none_proven } };
	while (next_pair(&rest, &key, &value)) {
		int64_t wanted = -1, got = -2;
		for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
			if (str_is(key, figures[i].name))
				got = figures[i].got;
		if (!str_to_int64(value, &wanted) || wanted != got) {
			wrong(judge, line, "another figure");
			buf_add_format(judge->text, "    got: " STR_FMT "=%lld\n", STR_ARG(key),
				(long long)got);
		}
	}
	int64_t sum = gaps.own_state, bounded = gaps.own_state;
	for (int band = 0; band < BANDS; band++) {
		sum += gaps.bands[band];
		bounded += gaps.bounded.bands[band];
	}
	if (bounded != gaps.people)
		wrong(judge, line, "the bounded figures do not add up");
	if (sum != gaps.people || gaps.bands[BAND_NONE] != gaps.not_known + gaps.none_proven)
		wrong(judge, line, "the figures do not add up");
}

/* --- The whole case ------------------------------------------------------------------------- */

static void judge_lines(struct judge *judge)
{
	const struct case_line *line;
	while ((line = peek(judge))) {
		judge->at++;
		if (str_is(line->word, "ask"))
			judge_ask(judge, line);
		else if (str_is(line->word, "invalid"))
			judge_invalid(judge, line);
		else if (str_is(line->word, "cell"))
			judge_cell(judge, line);
		else if (str_is(line->word, "gaps"))
			judge_gaps(judge, line);
		else
			wrong(judge, line, "unknown word");
	}
}

/* "refused TEXT": the world must not load, and a diagnostic must hold TEXT. */
static void judge_refusal(struct judge *judge, enum status status)
{
	const struct case_line *line = &judge->rule->lines[0];
	bool found = false;
	for (size_t i = 0; i < judge->diags->count; i++)
		found = found ||
			memmem(judge->diags->items[i].message.ptr,
				judge->diags->items[i].message.len, line->rest.ptr, line->rest.len);
	if (status != STATUS_REFUSED || !found)
		wrong(judge, line, "not refused, or for another reason");
}

bool case_judge(const struct rule_case *rule, const struct hand *hand, struct buf *text)
{
	struct arena arena;
	struct diags diags;
	struct world *world = NULL;
	struct memory_files copy = rule->files;
	struct file_system files = memory_files_system(&copy);
	arena_init(&arena, &allocator_system, (size_t)64 << 20);
	diags_init(&diags, &arena, 20);
	struct judge judge = { .arena = &arena,
		.rule = rule,
		.hand = hand,
		.diags = &diags,
		.text = text,
		.good = true };
	enum status status = world_load(&world, &arena, &files, STR("w"), &diags);
	if (status == STATUS_OK)
		status = accord_load(&judge.accords, &arena, world, &files, STR("w"), &diags);
	judge.world = world;
	if (str_is(rule->lines[0].word, "refused"))
		judge_refusal(&judge, status);
	else if (status == STATUS_OK)
		judge_lines(&judge);
	else
		wrong(&judge, &rule->lines[0], "the world of the case was refused");
	if (!judge.good)
		diags_print(text, &diags);
	arena_free(&arena);
	return judge.good;
}
