/* The documents `who` and `gaps` as JSON on one line, in the order of keys that the interface
 * names, for the command line, batches and the API.
 *
 * Keys of the contract come first; what later versions add stands after them, so that a reader that
 * takes keys by name never notices. Strings go through json_add_string() and nothing else writes
 * text from outside. */
#include "cover/cover.h"

#include <assert.h>
#include <stdlib.h>

/* Opens the next member: a comma unless FIRST, then the key, which is a literal. */
#define key(out, name, first) buf_add((out), (first) ? STR("\"" name "\":") : STR(",\"" name "\":"))

/* What no question changes, written once; a text that is STR_NONE is written anew each time. */
struct piece {
	struct str terms, costs; /* of a commitment */
};
struct cover_pieces {
	const struct agreement *agreements;
	size_t agreements_count, bytes;
	struct piece **commitments; /* by agreement, by commitment */
	struct str *channels;       /* by row */
};

static const struct piece *piece_of(const struct cover_pieces *pieces, const struct answer *answer)
{
	const struct piece *piece;
	size_t agreement, commitment;

	if (!pieces)
		return NULL;
	agreement = (size_t)(answer->agreement - pieces->agreements);
	commitment = (size_t)(answer->commitment - answer->agreement->commitments);
	assert(agreement < pieces->agreements_count);
	assert(commitment < answer->agreement->commitments_count);
	piece = &pieces->commitments[agreement][commitment];
	return piece->terms.ptr && piece->costs.ptr ? piece : NULL;
}

static void string_or_null(struct buf *out, struct str s)
{
	if (s.ptr)
		json_add_string(out, s);
	else
		buf_add_c(out, "null");
}

static void date_or_null(struct buf *out, int32_t date)
{
	char text[11];

	date_format(text, date);
	string_or_null(out, date == DATE_NONE ? STR_NONE : (struct str){ text, 10 });
}

#define key_string(out, name, s) (key(out, name, false), string_or_null((out), (s)))
#define key_number(out, name, n) (key(out, name, false), buf_add_int((out), (n)))
#define key_bool(out, name, yes) (key(out, name, false), buf_add_c((out), (yes) ? "true" : "false"))
#define key_date(out, name, date) (key(out, name, false), date_or_null((out), (date)))

static void add_duration(struct buf *out, struct duration duration)
{
	static const char *const units[] = { "h", "d", "wd", "mo" };

	buf_add_char(out, '"');
	buf_add_int(out, duration.count);
	buf_add_c(out, units[duration.unit]);
	buf_add_char(out, '"');
}

/* The list of those of COUNT words whose bit is set. */
static void add_words(struct buf *out, unsigned set, const struct str *words, unsigned count)
{
	bool first = true;

	buf_add_char(out, '[');
	for (unsigned i = 0; i < count; i++) {
		if (!(set >> i & 1u))
			continue;
		if (!first)
			buf_add_char(out, ',');
		json_add_string(out, words[i]);
		first = false;
	}
	buf_add_char(out, ']');
}

static void add_nats(struct buf *out, const struct world *world, const uint16_t *nats, size_t count)
{
	buf_add_char(out, '[');
	for (size_t i = 0; i < count; i++) {
		if (i)
			buf_add_char(out, ',');
		json_add_string(out, world->nats[nats[i]].code);
	}
	buf_add_char(out, ']');
}

static unsigned implied_statuses(const struct world *world, const struct query *query)
{
	unsigned set = query->statuses;

	if (set & PERSON_BIT(PERSON_UNACCOMPANIED_CHILD))
		set |= PERSON_BIT(PERSON_CHILD);
	for (size_t i = 0; i < query->nat_count; i++)
		if (str_is(world->nats[query->nats[i]].code, "XXA"))
			set |= PERSON_BIT(PERSON_STATELESS);
	return set;
}

static void add_territories(struct buf *out, const struct world *world, const struct query *query)
{
	bool first = true;

	key(out, "territories", false);
	buf_add_char(out, '[');
	for (size_t i = 0; i < query->nat_count; i++) {
		if (query->territories[i] == NONE32)
			continue;
		buf_add_c(out, first ? "{\"code\":" : ",{\"code\":");
		json_add_string(out, world->places[query->territories[i]].id);
		key_string(out, "nationality", world->nats[query->nats[i]].code);
		buf_add_char(out, '}');
		first = false;
	}
	buf_add_char(out, ']');
}

static void add_query(struct buf *out, const struct world *world, const struct query *query)
{
	struct str viewer = query->viewer == VIEWER_ALL      ? STR_NONE
			    : query->viewer == VIEWER_PUBLIC ? STR("public")
							     : world->parties[query->viewer].id;
	unsigned phase = query->phase == PHASE_BEFORE ? 0 : query->phase == PHASE_DURING ? 1 : 2;

	buf_add_char(out, '{');
	key(out, "nationality", true);
	add_nats(out, world, query->nats, query->nat_count);
	key_string(out, "place", world->places[query->place].id);
	key_string(out, "service", str_of(world_services[query->service].code));
	key_string(out, "residence",
		query->residence == NAT_NONE ? STR_NONE : world->nats[query->residence].code);
	key(out, "fears", false);
	add_nats(out, world, query->fears, query->fear_count);
	key(out, "status", false);
	add_words(out, implied_statuses(world, query), accord_person_words, PERSON_STATUSES);
	key_string(out, "phase", accord_phase_words[phase]);
	key_string(out, "to", query->to == NONE32 ? STR_NONE : world->places[query->to].id);
	key_date(out, "date", query->date);
	key_string(out, "as", viewer);
	key_date(out, "resident-since", query->resident_since);
	key_bool(out, "informed-choice", query->informed_choice);
	key_bool(out, "screened", query->screened);
	key_bool(out, "best-interests", query->best_interests);
	add_territories(out, world, query);
	buf_add_char(out, '}');
}

/* The State whose people live at the query's place, or NONE32. */
static uint32_t host_state(const struct world *world, const struct query *query)
{
	uint16_t nat = world->places[query->place].nat;

	return nat == NAT_NONE ? NONE32 : world->nats[nat].state;
}

static void add_party(
	struct buf *out, const struct world *world, uint32_t party, const char *otherwise)
{
	json_add_string(out, party == NONE32 ? str_of(otherwise) : world->parties[party].id);
}

/* A word for somebody around the clause, made concrete for this answer where that is known. */
static void add_actor(struct buf *out, const struct world *world, const struct query *query,
	const struct answer *answer, const struct actor *actor)
{
	switch (actor->kind) {
	case ACTOR_PROVIDER:
		add_party(out, world, answer->provider, "provider");
		break;
	case ACTOR_STATE_OF_NATIONALITY:
		add_party(out, world, world->nats[answer->nat].state, "state-of-nationality");
		break;
	case ACTOR_HOST_STATE:
		add_party(out, world, host_state(world, query), "host-state");
		break;
	case ACTOR_STATE_OF_RESIDENCE:
		add_party(out, world,
			query->residence == NAT_NONE ? NONE32 : world->nats[query->residence].state,
			"state-of-residence");
		break;
	case ACTOR_CRISIS:
		json_add_string(out, STR("crisis"));
		break;
	case ACTOR_PARTY:
		if (actor->office.len)
			json_add_string(out, str_format(out->arena, STR_FMT ":" STR_FMT,
						     STR_ARG(world->parties[actor->party].id),
						     STR_ARG(actor->office)));
		else
			add_party(out, world, actor->party, "");
		break;
	case ACTOR_NONE:
		buf_add_c(out, "null");
		break;
	}
}

static void add_steps(struct buf *out, const struct world *world, const struct query *query,
	const struct answer *answer)
{
	const struct commitment *commitment = answer->commitment;

	buf_add_char(out, '[');
	for (size_t i = 0; i < commitment->steps_count; i++) {
		const struct step *step = &commitment->steps[i];
		buf_add_c(out, i ? ",{" : "{");
		key(out, "do", true);
		json_add_string(out, accord_step_words[step->what]);
		if (step->by.kind != ACTOR_NONE) {
			key(out, "by", false);
			add_actor(out, world, query, answer, &step->by);
		}
		if (step->whom.kind != ACTOR_NONE) {
			key(out, "whom", false);
			add_actor(out, world, query, answer, &step->whom);
		}
		if (step->within.count) {
			key(out, "within", false);
			add_duration(out, step->within);
		}
		if (step->unless_extreme_urgency)
			key_string(out, "unless", STR("extreme-urgency"));
		buf_add_char(out, '}');
	}
	buf_add_char(out, ']');
}

static void add_unit_cost(struct buf *out, const struct cost *cost)
{
	key(out, "unit-cost", false);
	buf_add_c(out, "{\"amount-minor\":");
	buf_add_int(out, cost->unit_minor);
	key_string(out, "currency", cost->unit_currency);
	if (cost->unit_per.len)
		key_string(out, "per", cost->unit_per);
	buf_add_char(out, '}');
}

static void add_cost(struct buf *out, const struct cost *cost)
{
	struct str note = accord_text(&cost->note, STR("en"));

	buf_add_char(out, '{');
	key(out, "rule", true);
	json_add_string(out, accord_cost_words[cost->rule]);
	if (note.len)
		key_string(out, "note", note);
	if (cost->has_cap)
		key_number(out, "cap", cost->cap_minor);
	if (cost->currency.len)
		key_string(out, "currency", cost->currency);
	if (cost->has_unit_cost)
		add_unit_cost(out, cost);
	if (cost->advance_percent >= 0)
		key_number(out, "advance", cost->advance_percent);
	if (cost->fund.len)
		key_string(out, "fund", cost->fund);
	if (cost->grants_first)
		key_bool(out, "grants-first", true);
	if (cost->undertaking)
		key_bool(out, "undertaking", true);
	if (cost->claim_within.count) {
		key(out, "claim-within", false);
		add_duration(out, cost->claim_within);
	}
	if (cost->pay_within.count) {
		key(out, "pay-within", false);
		add_duration(out, cost->pay_within);
	}
	buf_add_char(out, '}');
}

static void add_costs(struct buf *out, const struct commitment *commitment)
{
	buf_add_char(out, '[');
	for (size_t i = 0; i < commitment->costs_count; i++) {
		if (i)
			buf_add_char(out, ',');
		add_cost(out, &commitment->costs[i]);
	}
	buf_add_char(out, ']');
}

static struct str place_item_word(
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
	return STR_NONE;
}

/* Where the row takes the person: the items that stay, or null for a service without destinations.
 */
static void add_destinations(struct buf *out, const struct world *world, const struct query *query,
	const struct answer *answer)
{
	const struct place_scope *to = &answer->commitment->to;
	bool first = true;

	if (answer->to_default != DESTINATION_NOT_ASKED) {
		buf_add_c(out,
			answer->to_default == DESTINATION_HOME ? "[\"home\"]" : "[\"in-country\"]");
		return;
	}
	if (!to->given || world_services[query->service].destination == DESTINATION_NOT_ASKED) {
		buf_add_c(out, "null");
		return;
	}
	buf_add_char(out, '[');
	for (size_t i = 0; i < to->in_count && i < 64; i++) {
		if (!(answer->to_items >> i & 1u))
			continue;
		if (!first)
			buf_add_char(out, ',');
		json_add_string(out, place_item_word(out->arena, world, &to->in[i]));
		first = false;
	}
	buf_add_char(out, ']');
}

static void add_channel(struct buf *out, const struct world *world, const struct channel *channel)
{
	buf_add_char(out, '{');
	key(out, "kind", true);
	json_add_string(out, channel->kind);
	key_string(out, "address", channel->address);
	key_date(out, "tested", channel->tested);
	if (channel->languages.len)
		key_string(out, "languages", channel->languages);
	if (channel->hours.len)
		key_string(out, "hours", channel->hours);
	if (channel->place != NONE32)
		key_string(out, "place", world->places[channel->place].id);
	buf_add_char(out, '}');
}

static void add_channels(struct buf *out, const struct world *world,
	const struct cover_pieces *pieces, const struct query *query, const struct answer *answer)
{
	const struct channel *channel;
	struct reach reach;
	bool first = true;

	buf_add_char(out, '[');
	cover_reach(&reach, world, query, answer);
	while ((channel = cover_reach_next(&reach)) != NULL) {
		struct str piece = pieces ? pieces->channels[channel - world->channels] : STR_NONE;

		if (!first)
			buf_add_char(out, ',');
		if (piece.ptr)
			buf_add(out, piece);
		else
			add_channel(out, world, channel);
		first = false;
	}
	buf_add_char(out, ']');
}

static struct str basis_of(const struct agreement *agreement, const struct commitment *commitment)
{
	const struct source_note *note =
		commitment->source.given ? &commitment->source : &agreement->source;

	return note->given ? accord_basis_words[note->basis] : STR_NONE;
}

static void add_lead_time(struct buf *out, int32_t hours)
{
	key(out, "lead_time_hours", false);
	if (hours < 0)
		buf_add_c(out, "null");
	else
		buf_add_int(out, hours);
}

/* What of an answer's head is its commitment's alone. */
static void add_terms(
	struct buf *out, const struct agreement *agreement, const struct commitment *commitment)
{
	key_string(out, "agreement", agreement->id);
	key_string(out, "commitment", commitment->id);
	key_string(out, "clause", commitment->clause.len ? commitment->clause : STR_NONE);
	key_string(out, "strength", accord_strength_words[agreement->strength]);
	key_string(out, "basis", basis_of(agreement, commitment));
}

static void add_answer_head(struct buf *out, const struct world *world, const struct answer *answer,
	const struct piece *piece, size_t rank)
{
	const struct commitment *commitment = answer->commitment;

	key(out, "rank", true);
	buf_add_int(out, (int64_t)rank);
	key_string(out, "band", cover_band_words[answer->band]);
	key_string(out, "certainty", answer->certainty == TRUTH_T ? STR("T") : STR("U"));
	key_string(out, "role", accord_role_words[commitment->role]);
	key_string(out, "party", world->parties[answer->provider].id);
	key_string(out, "post",
		answer->post_row == NONE32 ? STR_NONE : world->posts[answer->post_row].id);
	key(out, "via", false);
	buf_add_char(out, '[');
	if (answer->via != NONE32)
		json_add_string(out, world->parties[answer->via].id);
	buf_add_char(out, ']');
	if (piece)
		buf_add(out, piece->terms);
	else
		add_terms(out, answer->agreement, commitment);
	add_lead_time(out, answer->lead_time_hours);
}

static void add_answer(struct buf *out, const struct world *world,
	const struct cover_pieces *pieces, const struct query *query, const struct answer *answer,
	size_t rank)
{
	const struct commitment *commitment = answer->commitment;
	const struct piece *piece = piece_of(pieces, answer);

	buf_add_char(out, '{');
	add_answer_head(out, world, answer, piece, rank);
	key(out, "to", false);
	add_destinations(out, world, query, answer);
	key(out, "steps", false);
	add_steps(out, world, query, answer);
	key(out, "cost", false);
	if (piece)
		buf_add(out, piece->costs);
	else
		add_costs(out, commitment);
	key(out, "channels", false);
	add_channels(out, world, pieces, query, answer);
	key(out, "marks", false);
	add_words(out, answer->marks, cover_mark_words, MARK_COUNT);
	key(out, "held", false);
	add_words(out, answer->held, cover_held_words, 2);
	key_string(out, "nationality", world->nats[answer->nat].code);
	if (answer->office_row != NONE32)
		key_string(
			out, "office", world->places[world->offices[answer->office_row].place].id);
	if (commitment->schedule >= 0) {
		key_string(
			out, "schedule", answer->agreement->schedules[commitment->schedule].name);
		key_number(out, "schedule_row", (int64_t)commitment->schedule_row + 1);
	}
	buf_add_char(out, '}');
}

static void add_expected(struct buf *out, const struct world *world, const struct answers *answers)
{
	buf_add_char(out, '[');
	for (size_t i = 0; i < answers->expected_count; i++) {
		const struct expected *expected = &answers->expected[i];
		buf_add_c(out, i ? ",{" : "{");
		key(out, "party", true);
		json_add_string(out, world->parties[expected->provider].id);
		key_string(out, "agreement", expected->agreement->id);
		key_string(out, "commitment", expected->commitment->id);
		key_string(out, "clause",
			expected->commitment->clause.len ? expected->commitment->clause : STR_NONE);
		key_date(out, "ended", expected->ended);
		buf_add_char(out, '}');
	}
	buf_add_char(out, ']');
}

/* ---- pieces ---- */

#define PIECES_MAX_BYTES ((size_t)16 << 20)
#define PIECE_MAX_BYTES ((size_t)64 << 20) /* no document and no file of facts is as long */

/* The text of OUT, which is empty afterwards, to TO: BEFORE where that is the same, as the rows of
 * a schedule mostly are, STR_NONE where PIECES have enough. False: no memory. */
static bool cut(struct str *to, struct cover_pieces *pieces, struct arena *arena, struct buf *out,
	struct str before)
{
	struct str text = buf_str(out);

	out->len = 0;
	*to = STR_NONE;
	if (out->failed)
		return false;
	if (before.ptr && str_eq(before, text)) {
		*to = before;
	} else if (pieces->bytes < PIECES_MAX_BYTES) {
		pieces->bytes += text.len;
		*to = str_copy(arena, text);
		return to->ptr != NULL;
	}
	return true;
}

static bool cut_commitments(struct cover_pieces *pieces, struct arena *arena, struct buf *out,
	const struct agreement *agreement)
{
	size_t count = agreement->commitments_count;
	struct piece *made = ARENA_ARRAY(arena, count, struct piece);
	struct piece before = { STR_NONE, STR_NONE };
	bool good = made != NULL;

	pieces->commitments[agreement - pieces->agreements] = made;
	for (size_t i = 0; good && i < count; i++) {
		add_terms(out, agreement, &agreement->commitments[i]);
		good = cut(&made[i].terms, pieces, arena, out, before.terms);
		add_costs(out, &agreement->commitments[i]);
		good = good && cut(&made[i].costs, pieces, arena, out, before.costs);
		before = made[i];
	}
	return good;
}

enum status cover_pieces_make(struct cover_pieces **out, struct arena *arena,
	const struct world *world, const struct accords *accords)
{
	struct cover_pieces *pieces = ARENA_NEW(arena, struct cover_pieces);
	size_t count = accords->items_count;
	struct arena work;
	struct buf text;
	bool good;

	*out = NULL;
	if (!pieces)
		return STATUS_NO_MEMORY;
	pieces->agreements = accords->items;
	pieces->agreements_count = count;
	pieces->commitments = ARENA_ARRAY(arena, count, struct piece *);
	pieces->channels = ARENA_ARRAY(arena, world->channels_count, struct str);
	arena_init(&work, arena->allocator, 4 * PIECE_MAX_BYTES);
	buf_init(&text, &work, PIECE_MAX_BYTES);
	good = pieces->commitments && pieces->channels;
	for (size_t i = 0; i < count && good; i++)
		good = cut_commitments(pieces, arena, &text, &accords->items[i]);
	for (size_t i = 0; i < world->channels_count && good; i++) {
		add_channel(&text, world, &world->channels[i]);
		good = cut(&pieces->channels[i], pieces, arena, &text, STR_NONE);
	}
	arena_free(&work);
	*out = good ? pieces : NULL;
	return good ? STATUS_OK : STATUS_NO_MEMORY;
}

enum status cover_who_json(struct buf *out, const struct cover_index *index,
	const struct query *query, const struct answers *answers)
{
	return cover_who_told(out, index, NULL, query, answers);
}

enum status cover_who_told(struct buf *out, const struct cover_index *index,
	const struct cover_pieces *pieces, const struct query *query, const struct answers *answers)
{
	const struct world *world = cover_world(index);

	assert(cover_query_fault(world, query) == NULL);
	buf_add_c(out, "{\"query\":");
	add_query(out, world, query);
	buf_add_c(out, ",\"answers\":[");
	for (size_t i = 0; i < answers->items_count; i++) {
		if (i)
			buf_add_char(out, ',');
		add_answer(out, world, pieces, query, &answers->items[i], i + 1);
	}
	buf_add_c(out, "],\"expected\":");
	add_expected(out, world, answers);
	key_number(out, "withheld", answers->withheld);
	if (answers->items_count == 0)
		key_string(out, "nobody", answers->not_known ? STR("not_known") : STR("proven"));
	if (query->statuses & PERSON_BIT(PERSON_NO_CONTACT)) {
		key(out, "no_contact", false);
		buf_add_char(out, '{');
		buf_add_c(out, "\"reversible\":true");
		key_bool(out, "host_notifies_anyway", answers->host_notified_anyway);
		buf_add_char(out, '}');
	}
	buf_add_char(out, '}');
	return out->failed ? STATUS_NO_MEMORY : STATUS_OK;
}

void cover_split_json(struct buf *out, const struct band_split *split)
{
	buf_add_char(out, '{');
	key(out, "will", true);
	buf_add_int(out, split->bands[BAND_WILL]);
	key_number(out, "shall", split->bands[BAND_SHALL]);
	key_number(out, "may", split->bands[BAND_MAY]);
	key_number(out, "remote", split->bands[BAND_REMOTE]);
	key_number(out, "not_known", split->not_known);
	key_number(out, "none_proven", split->none_proven);
	buf_add_char(out, '}');
}

static void add_gap_cell(struct buf *out, const struct world *world, const struct gap_cell *cell)
{
	struct str band = cover_band_words[cell->band.band];

	if (cell->band.band == BAND_NONE)
		band = cell->band.not_known ? STR("not_known") : STR("none_proven");
	buf_add_char(out, '{');
	key(out, "place", true);
	json_add_string(out, world->places[cell->cell.place].id);
	key_string(out, "nationality", world->nats[cell->cell.nat].code);
	key_string(out, "group",
		cell->cell.group <= GROUP_LABOUR ? world_people_group_words[cell->cell.group]
						 : STR(""));
	key_number(out, "people", cell->cell.people);
	key_string(out, "band", band);
	key_bool(out, "uncertain", cell->band.uncertain);
	key_bool(out, "in_part", cell->band.in_part);
	if (cell->bounded) {
		buf_add_c(out, ",\"bounded\":");
		cover_split_json(out, cell->bounded);
	}
	buf_add_char(out, '}');
}

int cover_gap_order(const void *a, const void *b, void *context)
{
	const struct world *world = context;
	const struct people_cell *one = &(*(const struct gap_cell *const *)a)->cell,
				 *two = &(*(const struct gap_cell *const *)b)->cell;
	int order;

	if (one->people != two->people)
		return one->people > two->people ? -1 : 1;
	order = str_cmp(world->places[one->place].id, world->places[two->place].id);
	if (order == 0)
		order = str_cmp(world->nats[one->nat].code, world->nats[two->nat].code);
	return order ? order : (int)one->group - (int)two->group;
}

/* The cells whose band is under BELOW, in that order; NULL on want of memory. */
static const struct gap_cell **sorted_cells(struct arena *arena, const struct world *world,
	const struct gaps *gaps, enum band below, size_t *count)
{
	const struct gap_cell **cells =
		ARENA_ARRAY(arena, gaps->cells_count, const struct gap_cell *);

	*count = 0;
	if (!cells)
		return NULL;
	for (size_t i = 0; i < gaps->cells_count; i++)
		if (cover_gap_below(&gaps->cells[i], below))
			cells[(*count)++] = &gaps->cells[i];
	qsort_r(cells, *count, sizeof(const struct gap_cell *), cover_gap_order,
		(void *)(uintptr_t)world);
	return cells;
}

static void add_bands(struct buf *out, const struct gaps *gaps)
{
	struct band_split split = { .not_known = gaps->not_known,
		.none_proven = gaps->none_proven };

	for (int band = 0; band < BANDS; band++)
		split.bands[band] = gaps->bands[band];
	buf_add_c(out, ",\"bands\":");
	cover_split_json(out, &split);
}

enum status cover_gaps_json(struct buf *out, const struct cover_index *index,
	const struct gaps *gaps, enum band below, size_t limit)
{
	const struct world *world = cover_world(index);
	const struct gap_cell **cells;
	size_t count;

	assert(gaps->bands[BAND_NONE] == gaps->not_known + gaps->none_proven);
	cells = sorted_cells(out->arena, world, gaps, below, &count);
	if (!cells)
		return STATUS_NO_MEMORY;
	buf_add_char(out, '{');
	key(out, "service", true);
	json_add_string(out, str_of(world_services[gaps->service].code));
	key_date(out, "date", gaps->date);
	if (gaps->stock_year)
		key_number(out, "stock_year", gaps->stock_year);
	else /* no figures up to the date: not known, not nobody */
		buf_add_c(out, ",\"stock_year\":null");
	key_number(out, "people", gaps->people);
	key_number(out, "own_state", gaps->own_state);
	add_bands(out, gaps);
	key_number(out, "uncertain", gaps->uncertain);
	key_number(out, "protected", gaps->protected_);
	key_number(out, "beyond_stock", gaps->beyond_stock);
	key_number(out, "in_part", gaps->in_part);
	buf_add_c(out, ",\"rows\":[");
	for (size_t i = 0; i < count && i < limit; i++) {
		if (i)
			buf_add_char(out, ',');
		add_gap_cell(out, world, cells[i]);
	}
	buf_add_char(out, ']');
	if (gaps->is_bounded) {
		buf_add_c(out, ",\"bounded\":");
		cover_split_json(out, &gaps->bounded);
	}
	buf_add_char(out, '}');
	return out->failed ? STATUS_NO_MEMORY : STATUS_OK;
}
