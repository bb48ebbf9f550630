/* "Advice: candidates are (State P represents N) per host and world-wide where P is present and N
 * is not, each regional group, each organization x service where it is present; gain = people
 * lifted to a better band x INFORM risk / 10".
 *
 * Each candidate's draft is read as a document, its state becomes in-force, it joins the others,
 * and all cells of the place are judged again by the reference; then naive greedy. */
#include "reference.h"
#include "rules.h"
#include <string.h>

struct trial {
	struct arena *arena;
	const struct world *world;
	const struct accords *accords;
	const struct advice_filter *filter;
	struct diags *diags;
	struct people_count counted;
	struct cell_band *before; /* [service][cell] */
	struct advice *items;
	size_t count, capacity;
	struct advise_run *runs;
	bool *doubtful; /* per run: uncertain */
	size_t run_count, run_capacity, doubt_capacity;
	struct advise_candidate *candidates;
	size_t candidate_count, candidate_capacity;
	enum status status;
};

static bool asked(const struct trial *trial, const struct people_cell *cell, unsigned service)
{
	const struct world *world = trial->world;
	uint32_t place = trial->filter->place;
	return !cell->own_state &&
	       (place == NONE32 || ref_lies_in(world, cell->place, place) ||
		       world->places[place].country == cell->place) &&
	       (!trial->filter->services || (trial->filter->services >> service & 1u));
}

static struct cell_band judge(
	struct trial *trial, const struct accords *accords, size_t cell, unsigned service)
{
	struct cell_band band = { .band = BAND_NONE };
	struct arena arena;
	arena_init(&arena, trial->arena->allocator, trial->arena->max);
	if (ref_cell_band(&band, &arena, trial->world, accords, &trial->counted.cells[cell],
		    (uint8_t)service, trial->filter->date, trial->filter->viewer) != STATUS_OK)
		trial->status = STATUS_NO_MEMORY;
	arena_free(&arena);
	return band;
}

/* The draft as a document in force. */
static bool read_draft(struct agreement *out, struct trial *trial, const struct advice *advice)
{
	static const char draft[] = "is: draft", force[] = "is: in-force";
	struct memory_files memory;
	struct buf text, changed;
	struct str id = cover_advice_id(trial->arena, trial->world, advice);
	struct str path = str_format(trial->arena, "w/agreements/" STR_FMT ".yaml", STR_ARG(id));
	buf_init(&text, trial->arena, 1 << 20);
	buf_init(&changed, trial->arena, 1 << 20);
	cover_advice_draft(&text, trial->arena, trial->world, advice, trial->filter->date);
	char *at = strstr(buf_str(&text).ptr, draft);
	if (!at)
		return false;
	buf_add(&changed, (struct str){ buf_str(&text).ptr, (size_t)(at - buf_str(&text).ptr) });
	buf_add_c(&changed, force);
	buf_add_c(&changed, at + sizeof draft - 1);
	memory_files_init(&memory, trial->arena);
	memory_files_put(&memory, path, buf_str(&changed));
	struct file_system files = memory_files_system(&memory);
	return accord_read(out, trial->arena, trial->world, &files, path, trial->diags) ==
	       STATUS_OK;
}

/* Adds the candidate with what it does, if it does anything. */
static void consider(struct trial *trial, const struct advice *advice)
{
	struct agreement agreement;
	struct accords with = { ARENA_ARRAY(trial->arena, trial->accords->items_count + 1,
					struct agreement),
		trial->accords->items_count + 1 };
	size_t first = trial->run_count, cells = trial->counted.cells_count;
	if (!with.items || !read_draft(&agreement, trial, advice)) {
		trial->status = STATUS_REFUSED;
		return;
	}
	memcpy(with.items, trial->accords->items, trial->accords->items_count * sizeof *with.items);
	with.items[trial->accords->items_count] = agreement;
	for (size_t cell = 0; cell < cells; cell++)
		for (unsigned s = 0; s < world_service_count; s++) {
			if (!asked(trial, &trial->counted.cells[cell], s))
				continue;
			struct cell_band then = judge(trial, &with, cell, s);
			if (then.band <= trial->before[s * cells + cell].band)
				continue;
			void *runs = trial->runs, *doubtful = trial->doubtful;
			size_t doubts = trial->run_count;
			struct advise_run *run = arena_push(trial->arena, &runs, &trial->run_count,
				&trial->run_capacity, sizeof *run);
			bool *doubt = arena_push(trial->arena, &doubtful, &doubts,
				&trial->doubt_capacity, sizeof *doubt);
			trial->runs = runs;
			trial->doubtful = doubtful;
			*run = (struct advise_run){ (uint32_t)(s * cells + cell), 1,
				(uint8_t)then.band };
			*doubt = then.uncertain;
		}
	if (first == trial->run_count)
		return;
	void *items = trial->items, *candidates = trial->candidates;
	struct advice *item =
		arena_push(trial->arena, &items, &trial->count, &trial->capacity, sizeof *item);
	struct advise_candidate *candidate = arena_push(trial->arena, &candidates,
		&trial->candidate_count, &trial->candidate_capacity, sizeof *candidate);
	trial->items = items;
	trial->candidates = candidates;
	*item = *advice;
	*candidate =
		(struct advise_candidate){ (uint32_t)first, (uint32_t)(trial->run_count - first) };
}

/* --- Candidates ----------------------------------------------------------------------------- */

static struct advice blank(enum advice_kind kind)
{
	return (struct advice){ .kind = kind,
		.party = NONE32,
		.nat = NAT_NONE,
		.group = NONE32,
		.place = NONE32,
		.service = SERVICE_NONE };
}

/* In how many countries it has a resident post. */
static size_t network(const struct trial *trial, uint32_t party)
{
	size_t countries = 0;
	for (uint32_t c = 0; c < trial->world->places_count; c++)
		countries += trial->world->places[c].kind == PLACE_COUNTRY &&
			     reference_presence(trial->world, party, c, LEVEL_RESIDENT,
				     SERVICE_NONE, trial->filter->date)
					     .truth == TRUTH_T;
	return countries;
}

static void state(struct trial *trial, uint32_t p, bool at_host)
{
	const struct world *world = trial->world;
	for (uint16_t n = 0; n < world->nats_count; n++) {
		struct advice advice = blank(at_host ? ADVICE_AT_HOST : ADVICE_WORLD_WIDE);
		uint32_t other = ref_state_of(world, n);
		if (other == NONE32 || other == p)
			continue;
		advice.party = p;
		advice.nat = n;
		if (!at_host)
			consider(trial, &advice);
		for (uint32_t h = 0; at_host && h < world->places_count; h++) {
			if (world->places[h].kind != PLACE_COUNTRY ||
				!(ref_lies_in(world, h, trial->filter->place) ||
					world->places[trial->filter->place].country == h))
				continue;
			advice.place = h;
			consider(trial, &advice);
		}
	}
}

/* "the widest network first" */
static void states(struct trial *trial, bool at_host)
{
	const struct world *world = trial->world;
	for (size_t wide = world->places_count + 1; wide-- > 0;)
		for (uint32_t p = 0; p < world->parties_count; p++)
			if (world->parties[p].nat != NAT_NONE && network(trial, p) == wide)
				state(trial, p, at_host);
}

/* regional-group: "two or more members on the date, all of them States, whose countries lie in at
 * most two of the regions right under the world". */
static bool regional(const struct world *world, uint32_t group, int32_t date)
{
	size_t members = 0, regions = 0;
	for (uint32_t p = 0; p < world->parties_count; p++) {
		if (!ref_in_group(world, group, p, date))
			continue;
		if (world->parties[p].nat == NAT_NONE || world->parties[p].country == NONE32)
			return false;
		members++;
	}
	for (uint32_t r = 0; r < world->places_count; r++) {
		bool any = false;
		if (world->places[r].depth != 1)
			continue;
		for (uint32_t p = 0; p < world->parties_count; p++)
			any = any || (ref_in_group(world, group, p, date) &&
					     ref_lies_in(world, world->parties[p].country, r));
		regions += any;
	}
	return members >= 2 && regions <= 2;
}

static void groups(struct trial *trial)
{
	for (uint32_t g = 0; g < trial->world->groups_count; g++) {
		struct advice advice = blank(ADVICE_GROUP);
		advice.group = g;
		if (regional(trial->world, g, trial->filter->date))
			consider(trial, &advice);
	}
}

/* known-services: what it gives by an agreement that the viewer sees, or has a strength for. */
static void organizations(struct trial *trial)
{
	const struct world *world = trial->world;
	for (uint32_t p = 0; p < world->parties_count; p++)
		for (unsigned s = 0; s < world_service_count; s++) {
			enum party_kind kind = world->parties[p].kind;
			struct advice advice = blank(ADVICE_ORGANIZATION);
			struct query any = { .viewer = trial->filter->viewer,
				.date = trial->filter->date };
			struct ref ref = { .world = world, .accords = trial->accords, .q = any };
			void *like = NULL;
			size_t capacity = 0;
			if (kind == PARTY_STATE || kind == PARTY_AGENCY || kind == PARTY_POST ||
				world_services[s].domain == DOMAIN_CONSULAR ||
				(trial->filter->services && !(trial->filter->services >> s & 1u)))
				continue;
			advice.party = p;
			advice.service = (uint8_t)s;
			for (size_t i = 0; i < trial->accords->items_count; i++) {
				const struct agreement *agreement = &trial->accords->items[i];
				for (size_t j = 0; j < agreement->commitments_count &&
						   ref_visible(&ref, agreement);
					j++) {
					const struct commitment *commitment =
						&agreement->commitments[j];
					if (commitment->provider.kind != PROVIDER_PARTY ||
						commitment->provider.party != p ||
						!(commitment->services >> s & 1u))
						continue;
					const struct commitment **slot = arena_push(trial->arena,
						&like, &advice.like_count, &capacity, sizeof *slot);
					*slot = commitment;
				}
			}
			for (size_t i = 0; i < world->strengths_count; i++)
				if (world->strengths[i].party == p &&
					world->strengths[i].service == s)
					arena_push(trial->arena, &like, &advice.like_count,
						&capacity, sizeof(const struct commitment *));
			advice.like = like;
			if (advice.like_count)
				consider(trial, &advice);
		}
}

/* --- Gains ---------------------------------------------------------------------------------- */

/* "INFORM risk / 10", latest year; none on record: the weight is left out. */
static int64_t weight(const struct world *world, uint32_t country, bool *on_record)
{
	int year = -1;
	int64_t tenths = 10;
	*on_record = false;
	for (size_t i = 0; i < world->risks_count; i++) {
		const struct risk_row *row = &world->risks[i];
		int whole = 0, part = 0;
		char value[16];
		if (row->place != country || !str_is(row->hazard, "inform") || row->year <= year ||
			row->value.len == 0 || row->value.len >= sizeof value)
			continue;
		memcpy(value, row->value.ptr, row->value.len);
		value[row->value.len] = '\0';
		for (char *c = value; *c >= '0' && *c <= '9'; c++)
			whole = 10 * whole + *c - '0';
		char *point = strchr(value, '.');
		if (point && point[1] >= '0' && point[1] <= '9')
			part = point[1] - '0';
		if (value[0] < '0' || value[0] > '9' || 10 * whole + part > 100)
			continue;
		tenths = 10 * whole + part;
		year = row->year;
		*on_record = true;
	}
	return tenths;
}

static void figures(struct advice *item, const struct trial *trial,
	const struct advise_candidate *candidate, uint8_t *bands)
{
	size_t cells = trial->counted.cells_count;
	for (size_t cell = 0; cell < cells; cell++) {
		const struct people_cell *people = &trial->counted.cells[cell];
		bool lifted = false, on_record;
		for (uint32_t r = candidate->first; r < candidate->first + candidate->count; r++) {
			const struct advise_run *run = &trial->runs[r];
			if (run->first % cells != cell || bands[run->first] >= run->band)
				continue;
			item->moved[bands[run->first]][run->band] += people->people;
			item->lifts += people->people;
			item->uncertain += trial->doubtful[r] ? people->people : 0;
			weight(trial->world, people->place, &on_record);
			item->unweighted += on_record ? 0 : people->people;
			bands[run->first] = run->band;
			lifted = true;
		}
		item->people += lifted ? people->people : 0;
	}
}

static enum status pick(struct advices *out, struct trial *trial, size_t k)
{
	size_t cells = trial->counted.cells_count, all = cells * world_service_count;
	int64_t *weights = ARENA_ARRAY(trial->arena, all + 1, int64_t);
	uint8_t *bands = arena_get(trial->arena, all + 1),
		*after = arena_get(trial->arena, all + 1);
	struct advise_pick *picks = ARENA_ARRAY(trial->arena, k + 1, struct advise_pick);
	out->items = ARENA_ARRAY(trial->arena, k + 1, struct advice);
	if (!weights || !bands || !after || !picks || !out->items)
		return STATUS_NO_MEMORY;
	for (size_t i = 0; i < all; i++) {
		const struct people_cell *cell = &trial->counted.cells[i % cells];
		bool on_record;
		weights[i] = cell->people * weight(trial->world, cell->place, &on_record);
		bands[i] = (uint8_t)trial->before[i].band;
	}
	struct advise_problem problem = { .cell_count = all,
		.candidate_count = trial->candidate_count,
		.run_count = trial->run_count,
		.weights = weights,
		.bands = bands,
		.candidates = trial->candidates,
		.runs = trial->runs };
	out->items_count = reference_greedy(picks, after, &problem, k);
	for (size_t i = 0; i < out->items_count; i++) {
		out->items[i] = trial->items[picks[i].candidate];
		out->items[i].gain = picks[i].gain;
		out->total += picks[i].gain;
		figures(&out->items[i], trial, &trial->candidates[picks[i].candidate], bands);
	}
	return STATUS_OK;
}

enum status reference_advise(struct advices *out, struct arena *arena, const struct world *world,
	const struct accords *accords, const struct advice_filter *filter, size_t k,
	struct diags *diags)
{
	struct trial trial = {
		.arena = arena, .world = world, .accords = accords, .filter = filter, .diags = diags
	};
	unsigned kinds = filter->kinds ? filter->kinds : 15;
	*out = (struct advices){ 0 };
	enum status status = reference_people(&trial.counted, arena, world, filter->date);
	size_t cells = trial.counted.cells_count;
	trial.before = ARENA_ARRAY(arena, cells * world_service_count + 1, struct cell_band);
	if (status != STATUS_OK || !trial.before)
		return STATUS_NO_MEMORY;
	for (unsigned s = 0; s < world_service_count; s++)
		for (size_t cell = 0; cell < cells; cell++) {
			trial.before[s * cells + cell].band = BAND_WILL;
			if (asked(&trial, &trial.counted.cells[cell], s))
				trial.before[s * cells + cell] = judge(&trial, accords, cell, s);
		}
	if (kinds >> ADVICE_AT_HOST & 1u)
		states(&trial, true);
	if (kinds >> ADVICE_WORLD_WIDE & 1u)
		states(&trial, false);
	if (kinds >> ADVICE_GROUP & 1u)
		groups(&trial);
	if (kinds >> ADVICE_ORGANIZATION & 1u)
		organizations(&trial);
	for (size_t i = 0; i < trial.count; i++)
		out->candidates[trial.items[i].kind]++;
	return trial.status == STATUS_OK ? pick(out, &trial, k) : trial.status;
}
