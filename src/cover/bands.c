/* Kept bands: the band of every cell of a count, a byte each, in one chunk a service and country.
 *
 * The order of cells by people is fixed and made once, so that a gap list is a walk along it. A
 * change copies the pointers of the services that it touches and judges the touched countries
 * again; a chunk that comes out as it was is not replaced. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include "cover/internal.h"

/* What a chunk or a service sums up; of struct gaps, without the cells. */
struct band_sums {
	int64_t people, own_state, bands[BANDS], not_known, none_proven, uncertain, protected_,
		in_part;
};
#define SUMS (sizeof(struct band_sums) / sizeof(int64_t))
_Static_assert(sizeof(struct band_sums) == (7 + BANDS) * sizeof(int64_t), "nothing but sums");

enum { CELL_BAND = 7, CELL_UNCERTAIN = 8, CELL_NOT_KNOWN = 16, CELL_IN_PART = 32 };
struct band_chunk {
	_Atomic uint32_t refs;
	uint32_t count;
	struct band_sums sums;
	uint8_t cells[]; /* in the count's order; own_state ones 0 */
};
struct band_service {
	_Atomic uint32_t refs;
	struct band_sums sums;
	struct band_chunk *chunks[]; /* per country of the plan */
};
/* What no change touches: the cells, country by country, and their order. */
struct band_plan {
	_Atomic uint32_t refs;
	size_t bytes;
	const struct people_count *count;
	uint32_t country_count;
	uint32_t *first;       /* country_count + 1: cells first[c] up to first[c + 1] */
	struct ordered *order; /* cells but own_state ones, most people first */
	uint32_t order_count;
};
struct ordered {
	uint32_t country, at; /* cell AT of the country's */
};
struct cover_bands {
	_Atomic uint32_t refs;
	struct allocator allocator;
	size_t written;
	const struct cover_index *index;
	struct band_plan *plan;
	int32_t date;
	uint32_t viewer;
	struct band_service *services[WORLD_SERVICES_MAX];
};

static void *bands_get(struct cover_bands *bands, size_t size)
{
	bands->written += size;
	return bands->allocator.get(bands->allocator.context, size);
}

static void bands_put(const struct cover_bands *bands, void *memory, size_t size)
{
	if (memory)
		bands->allocator.put(bands->allocator.context, memory, size);
}

static bool last(_Atomic uint32_t *refs)
{
	return atomic_fetch_sub_explicit(refs, 1, memory_order_acq_rel) == 1;
}

static void keep(_Atomic uint32_t *refs)
{
	atomic_fetch_add_explicit(refs, 1, memory_order_relaxed);
}

static size_t chunk_bytes(uint32_t count)
{
	return sizeof(struct band_chunk) + count;
}

static size_t service_bytes(const struct cover_bands *bands)
{
	return sizeof(struct band_service) +
	       bands->plan->country_count * sizeof(struct band_chunk *);
}

static void drop_chunk(const struct cover_bands *bands, struct band_chunk *chunk)
{
	if (chunk && last(&chunk->refs))
		bands_put(bands, chunk, chunk_bytes(chunk->count));
}

static void drop_service(const struct cover_bands *bands, struct band_service *service)
{
	if (!service || !last(&service->refs))
		return;
	for (uint32_t c = 0; c < bands->plan->country_count; c++)
		drop_chunk(bands, service->chunks[c]);
	bands_put(bands, service, service_bytes(bands));
}

struct cover_bands *cover_bands_retain(const struct cover_bands *bands)
{
	union {
		const struct cover_bands *in;
		struct cover_bands *out;
	} same = { .in = bands };

	keep(&same.out->refs);
	return same.out;
}

void cover_bands_release(const struct cover_bands *released)
{
	union {
		const struct cover_bands *in;
		struct cover_bands *out;
	} same = { .in = released };
	struct cover_bands *bands = same.out;

	if (!bands || !last(&bands->refs))
		return;
	for (size_t s = 0; s < WORLD_SERVICES_MAX; s++)
		drop_service(bands, bands->services[s]);
	if (bands->plan && last(&bands->plan->refs))
		bands_put(bands, bands->plan, bands->plan->bytes);
	cover_release(bands->index);
	bands_put(bands, bands, sizeof *bands);
}

/* ---- the plan ---- */

struct order_context {
	const struct world *world;
	const struct people_cell *cells;
	const uint32_t *first;
};

static int compare_cells(const void *a, const void *b, void *context)
{
	const struct order_context *order = context;
	const struct ordered *x = a, *y = b;
	struct gap_cell one = { .cell = order->cells[order->first[x->country] + x->at] };
	struct gap_cell two = { .cell = order->cells[order->first[y->country] + y->at] };
	const struct gap_cell *first = &one, *second = &two;

	if (one.cell.people != two.cell.people)
		return one.cell.people > two.cell.people ? -1 : 1;
	return cover_gap_order(&first, &second, (void *)(uintptr_t)order->world);
}

static void fill_plan(struct band_plan *plan, const struct world *world)
{
	const struct people_count *count = plan->count;
	struct order_context context = { world, count->cells, plan->first };

	for (uint32_t i = 0; i < count->cells_count; i++) {
		if (i == 0 || count->cells[i].place != count->cells[i - 1].place)
			plan->first[plan->country_count++] = i;
		uint32_t country = plan->country_count - 1;

		if (!count->cells[i].own_state)
			plan->order[plan->order_count++] =
				(struct ordered){ country, i - plan->first[country] };
	}
	plan->first[plan->country_count] = (uint32_t)count->cells_count;
	if (plan->order_count > 1)
		qsort_r(plan->order, plan->order_count, sizeof *plan->order, compare_cells,
			&context);
}

static enum status make_plan(struct cover_bands *bands, const struct people_count *count)
{
	size_t cells = count->cells_count;
	size_t bytes = sizeof(struct band_plan) + (3 * cells + 1) * sizeof(uint32_t);
	struct band_plan *plan = bands_get(bands, bytes);

	assert(cells < NONE32);
	if (!plan)
		return STATUS_NO_MEMORY;
	*plan = (struct band_plan){ .refs = 1, .bytes = bytes, .count = count };
	plan->order = (struct ordered *)(plan + 1);
	plan->first = (uint32_t *)(plan->order + cells);
	fill_plan(plan, bands->index->world);
	bands->plan = plan;
	return STATUS_OK;
}

/* ---- one chunk ---- */

static uint8_t pack(struct cell_band band)
{
	return (uint8_t)((unsigned)band.band | (band.uncertain ? CELL_UNCERTAIN : 0u) |
			 (band.not_known ? CELL_NOT_KNOWN : 0u) |
			 (band.in_part ? CELL_IN_PART : 0u));
}

static struct cell_band unpack(uint8_t cell)
{
	return (struct cell_band){ .band = (enum band)(cell & CELL_BAND),
		.uncertain = cell & CELL_UNCERTAIN,
		.not_known = cell & CELL_NOT_KNOWN,
		.in_part = cell & CELL_IN_PART };
}

static struct band_sums sums_of(const struct gaps *totals)
{
	struct band_sums sums = { .people = totals->people,
		.own_state = totals->own_state,
		.not_known = totals->not_known,
		.none_proven = totals->none_proven,
		.uncertain = totals->uncertain,
		.protected_ = totals->protected_,
		.in_part = totals->in_part };

	memcpy(sums.bands, totals->bands, sizeof sums.bands);
	return sums;
}

static void add_sums(struct band_sums *to, const struct band_sums *from, int64_t sign)
{
	int64_t *into = &to->people;
	const int64_t *parts = &from->people;

	for (size_t i = 0; i < SUMS; i++)
		into[i] += sign * parts[i];
}

/* The bands of country C as they are now. NULL: no memory. */
static struct band_chunk *judge_chunk(
	struct cover_bands *bands, struct country_work *work, uint32_t c)
{
	const struct band_plan *plan = bands->plan;
	const struct people_cell *cells = plan->count->cells + plan->first[c];
	uint32_t count = plan->first[c + 1] - plan->first[c], judged = 0;
	struct gap_cell *gaps = ARENA_ARRAY(work->scratch->arena, count, struct gap_cell);
	struct band_chunk *chunk = gaps ? bands_get(bands, chunk_bytes(count)) : NULL;
	struct gaps totals = { 0 };

	if (!chunk)
		return NULL;
	memset(chunk, 0, chunk_bytes(count));
	chunk->refs = 1;
	chunk->count = count;
	for (uint32_t i = 0; i < count; i++) {
		totals.people += cells[i].people;
		if (cells[i].own_state)
			totals.own_state += cells[i].people;
		else
			gaps[judged++].cell = cells[i];
	}
	country_bands(work, gaps, judged);
	judged = 0;
	for (uint32_t i = 0; i < count; i++) {
		if (cells[i].own_state)
			continue;
		chunk->cells[i] = pack(gaps[judged].band);
		gaps_add(&totals, &gaps[judged++]);
	}
	chunk->sums = sums_of(&totals);
	if (!work->scratch->no_memory)
		return chunk;
	drop_chunk(bands, chunk);
	return NULL;
}

/* The service's table for BANDS to write on. */
static struct band_service *own_service(struct cover_bands *bands, size_t s)
{
	struct band_service *old = bands->services[s], *own;

	if (old && atomic_load_explicit(&old->refs, memory_order_acquire) == 1)
		return old;
	own = bands_get(bands, service_bytes(bands));
	if (!own)
		return NULL;
	memset(own, 0, service_bytes(bands));
	own->refs = 1;
	if (old) {
		own->sums = old->sums;
		for (uint32_t c = 0; c < bands->plan->country_count; c++) {
			own->chunks[c] = old->chunks[c];
			keep(&own->chunks[c]->refs);
		}
		drop_service(bands, old);
	}
	bands->services[s] = own;
	return own;
}

static bool same_chunk(const struct band_chunk *a, const struct band_chunk *b)
{
	return a && memcmp(a->cells, b->cells, a->count) == 0;
}

/* Judges country C again for WORK's service. */
static enum status renew_chunk(struct cover_bands *bands, struct country_work *work, uint32_t c)
{
	struct band_chunk *chunk = judge_chunk(bands, work, c), *old;
	struct band_service *service = bands->services[work->service];

	if (!chunk)
		return STATUS_NO_MEMORY;
	if (service && same_chunk(service->chunks[c], chunk)) {
		bands->written -= chunk_bytes(chunk->count); /* nothing of it stays */
		drop_chunk(bands, chunk);
		return STATUS_OK;
	}
	service = own_service(bands, work->service);
	if (!service) {
		drop_chunk(bands, chunk);
		return STATUS_NO_MEMORY;
	}
	old = service->chunks[c];
	if (old)
		add_sums(&service->sums, &old->sums, -1);
	add_sums(&service->sums, &chunk->sums, 1);
	service->chunks[c] = chunk;
	drop_chunk(bands, old);
	return STATUS_OK;
}

/* ---- all, or what was touched ---- */

/* The countries [from, end) of SERVICE. */
static enum status renew_countries(
	struct cover_bands *bands, size_t service, const bool *wanted, struct arena *arena)
{
	enum status status = STATUS_OK;
	struct scratch scratch;
	struct country_work work = { .index = bands->index,
		.service = (uint8_t)service,
		.date = bands->date,
		.viewer = bands->viewer,
		.scratch = &scratch };

	scratch_init(&scratch, arena);
	for (uint32_t c = 0; c < bands->plan->country_count && status == STATUS_OK; c++) {
		if (!wanted || wanted[c])
			status = renew_chunk(bands, &work, c);
	}
	return status;
}

/* The first country of the plan at or behind PLACE. */
static uint32_t country_from(const struct band_plan *plan, uint32_t place)
{
	uint32_t low = 0, high = plan->country_count;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (plan->count->cells[plan->first[middle]].place < place)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void mark_touch(
	bool *wanted, const struct cover_bands *bands, const struct cover_touch *touch, size_t s)
{
	const struct band_plan *plan = bands->plan;
	uint32_t from = country_from(plan, touch->place);
	uint32_t end = country_from(plan, bands->index->world->places[touch->place].last + 1);

	if (touch->service != SERVICE_NONE && touch->service != s)
		return;
	memset(wanted + from, 1, end - from);
}

static enum status bands_init(struct cover_bands **out, const struct cover_index *index)
{
	*out = index->allocator.get(index->allocator.context, sizeof **out);
	if (!*out)
		return STATUS_NO_MEMORY;
	memset(*out, 0, sizeof **out);
	(*out)->refs = 1;
	(*out)->allocator = index->allocator;
	(*out)->written = sizeof **out;
	(*out)->index = cover_retain(index);
	return STATUS_OK;
}

enum status cover_bands_make(struct cover_bands **out, const struct cover_index *index,
	const struct people_count *count, int32_t date, uint32_t viewer)
{
	struct cover_bands *bands;
	enum status status = bands_init(&bands, index);
	struct arena arena;

	assert(date != DATE_NONE);
	*out = NULL;
	if (status != STATUS_OK)
		return status;
	bands->date = date;
	bands->viewer = viewer;
	arena_init(&arena, &bands->allocator, SIZE_MAX / 2);
	status = make_plan(bands, count);
	for (size_t s = 0; s < world_service_count && status == STATUS_OK; s++) {
		if (!own_service(bands, s))
			status = STATUS_NO_MEMORY;
		else
			status = renew_countries(bands, s, NULL, &arena);
		arena_reset(&arena);
	}
	arena_free(&arena);
	if (status == STATUS_OK)
		*out = bands;
	else
		cover_bands_release(bands);
	return status;
}

static enum status change_services(
	struct cover_bands *bands, const struct cover_touched *touched, struct arena *arena)
{
	enum status status = STATUS_OK;

	for (size_t s = 0; s < world_service_count && status == STATUS_OK; s++) {
		bool any = false;
		bool *wanted;

		for (size_t i = 0; i < touched->items_count && !any; i++)
			any = touched->items[i].service == SERVICE_NONE ||
			      touched->items[i].service == s;
		if (!any)
			continue;
		arena_reset(arena);
		wanted = ARENA_ARRAY(arena, bands->plan->country_count + (size_t)1, bool);
		if (!wanted)
			return STATUS_NO_MEMORY;
		for (size_t i = 0; i < touched->items_count; i++)
			mark_touch(wanted, bands, &touched->items[i], s);
		status = renew_countries(bands, s, wanted, arena);
	}
	return status;
}

enum status cover_bands_change(struct cover_bands **out, const struct cover_bands *from,
	const struct cover_index *index, const struct cover_touched *touched)
{
	struct cover_bands *bands;
	enum status status = bands_init(&bands, index);
	struct arena arena;

	*out = NULL;
	if (status != STATUS_OK)
		return status;
	bands->date = from->date;
	bands->viewer = from->viewer;
	bands->plan = from->plan;
	keep(&bands->plan->refs);
	for (size_t s = 0; s < world_service_count; s++) {
		bands->services[s] = from->services[s];
		keep(&bands->services[s]->refs);
	}
	arena_init(&arena, &bands->allocator, SIZE_MAX / 2);
	status = change_services(bands, touched, &arena);
	arena_free(&arena);
	if (status == STATUS_OK)
		*out = bands;
	else
		cover_bands_release(bands);
	return status;
}

/* ---- questions ---- */

const struct cover_index *cover_bands_index(const struct cover_bands *bands)
{
	return bands->index;
}

size_t cover_bands_bytes(const struct cover_bands *bands)
{
	return bands->written;
}

void cover_bands_totals(struct gaps *out, const struct cover_bands *bands, uint8_t service)
{
	const struct band_sums *sums;

	assert(service < world_service_count);
	sums = &bands->services[service]->sums;
	*out = (struct gaps){ .service = service,
		.date = bands->date,
		.stock_year = bands->plan->count->stock_year,
		.people = sums->people,
		.own_state = sums->own_state,
		.not_known = sums->not_known,
		.none_proven = sums->none_proven,
		.uncertain = sums->uncertain,
		.protected_ = sums->protected_,
		.in_part = sums->in_part };
	memcpy(out->bands, sums->bands, sizeof out->bands);
}

enum status cover_bands_gaps(
	struct gaps *out, struct arena *arena, const struct cover_bands *bands, uint8_t service)
{
	const struct people_count *count = bands->plan->count;

	cover_bands_totals(out, bands, service);
	for (size_t i = 0; i < count->beyond_count; i++)
		out->beyond_stock += count->beyond[i].people;
	out->cells = ARENA_ARRAY(arena, bands->plan->order_count, struct gap_cell);
	if (!out->cells)
		return STATUS_NO_MEMORY;
	for (uint32_t c = 0; c < bands->plan->country_count; c++) {
		const struct band_chunk *chunk = bands->services[service]->chunks[c];
		const struct people_cell *cells = count->cells + bands->plan->first[c];

		for (uint32_t i = 0; i < chunk->count; i++) {
			if (!cells[i].own_state)
				out->cells[out->cells_count++] =
					(struct gap_cell){ cells[i], unpack(chunk->cells[i]) };
		}
	}
	return STATUS_OK;
}

size_t cover_bands_list(struct gap_cell *out, size_t limit, const struct cover_bands *bands,
	uint8_t service, enum band below)
{
	const struct band_plan *plan = bands->plan;
	struct band_chunk *const *chunks;
	size_t found = 0;

	assert(service < world_service_count);
	chunks = bands->services[service]->chunks;
	for (uint32_t i = 0; i < plan->order_count && found < limit; i++) {
		struct ordered here = plan->order[i];
		uint8_t cell = chunks[here.country]->cells[here.at];

		if ((enum band)(cell & CELL_BAND) < below)
			out[found++] = (struct gap_cell){
				plan->count->cells[plan->first[here.country] + here.at],
				unpack(cell)
			};
	}
	return found;
}
