/* Answers held beside answers, field by field, and both in words when they differ. */
#include "soak.h"

static const char *compare_answer(const struct answer *a, const struct answer *b)
{
#define SAME(field)                                                                                \
	if (a->field != b->field)                                                                  \
	return #field
	SAME(agreement);
	SAME(commitment);
	SAME(provider);
	SAME(via);
	SAME(band);
	SAME(certainty);
	SAME(nat);
	SAME(nat_item);
	SAME(post_row);
	SAME(office_row);
	SAME(depth);
	SAME(size);
	SAME(lead_time_hours);
	SAME(marks);
	SAME(held);
	SAME(to_items);
	SAME(to_default);
	return NULL;
}

const char *compare_answers(const struct answers *a, const struct answers *b)
{
	SAME(items_count);
	SAME(expected_count);
	SAME(withheld);
	SAME(not_known);
	SAME(host_notified_anyway);
	for (size_t i = 0; i < a->items_count; i++) {
		const char *difference = compare_answer(&a->items[i], &b->items[i]);
		if (difference)
			return difference;
	}
	for (size_t i = 0; i < a->expected_count; i++) {
		SAME(expected[i].agreement);
		SAME(expected[i].commitment);
		SAME(expected[i].provider);
		SAME(expected[i].ended);
	}
	return NULL;
}

static bool same_split(const struct band_split *a, const struct band_split *b)
{
	for (int i = 0; i < BANDS; i++)
		if (a->bands[i] != b->bands[i])
			return false;
	return a->not_known == b->not_known && a->none_proven == b->none_proven;
}

const char *compare_gaps(const struct gaps *a, const struct gaps *b)
{
	SAME(service);
	SAME(date);
	SAME(stock_year);
	SAME(people);
	SAME(own_state);
	for (int i = 0; i < BANDS; i++)
		SAME(bands[i]);
	SAME(not_known);
	SAME(none_proven);
	SAME(uncertain);
	SAME(protected_);
	SAME(beyond_stock);
	SAME(in_part);
	SAME(cells_count);
	SAME(is_bounded);
	if (!same_split(&a->bounded, &b->bounded))
		return "bounded";
	for (size_t i = 0; i < a->cells_count; i++) {
		SAME(cells[i].cell.place);
		SAME(cells[i].cell.nat);
		SAME(cells[i].cell.group);
		SAME(cells[i].cell.people);
		SAME(cells[i].band.band);
		SAME(cells[i].band.uncertain);
		SAME(cells[i].band.not_known);
		SAME(cells[i].band.in_part);
		if (!a->cells[i].bounded != !b->cells[i].bounded ||
			(a->cells[i].bounded &&
				!same_split(a->cells[i].bounded, b->cells[i].bounded)))
			return "cells[i].bounded";
	}
	return NULL;
}

const char *compare_people(const struct people_count *a, const struct people_count *b)
{
	SAME(stock_year);
	SAME(refugee_year);
	SAME(asylum_year);
	SAME(people);
	SAME(own_state);
	SAME(protected_);
	SAME(beyond_stock);
	SAME(cells_count);
	SAME(beyond_count);
	for (size_t i = 0; i < a->cells_count; i++) {
		SAME(cells[i].place);
		SAME(cells[i].nat);
		SAME(cells[i].group);
		SAME(cells[i].people);
		SAME(cells[i].own_state);
	}
	for (size_t i = 0; i < a->beyond_count; i++) {
		SAME(beyond[i].place);
		SAME(beyond[i].nat);
		SAME(beyond[i].group);
		SAME(beyond[i].people);
	}
	return NULL;
}

static void print_answer(struct buf *out, const struct world *world, const struct answer *answer)
{
	buf_add_format(out,
		"  " STR_FMT " " STR_FMT " " STR_FMT " " STR_FMT " %s nat " STR_FMT " item %u",
		STR_ARG(answer->agreement->id), STR_ARG(answer->commitment->id),
		STR_ARG(world->parties[answer->provider].id),
		STR_ARG(cover_band_words[answer->band]), answer->certainty == TRUTH_T ? "T" : "U",
		STR_ARG(world->nats[answer->nat].code), answer->nat_item);
	if (answer->commitment->schedule >= 0)
		buf_add_format(out, " row %u", answer->commitment->schedule_row);
	if (answer->via != NONE32)
		buf_add_format(out, " via " STR_FMT, STR_ARG(world->parties[answer->via].id));
	if (answer->post_row != NONE32)
		buf_add_format(out, " post " STR_FMT "#%u",
			STR_ARG(world->posts[answer->post_row].id), answer->post_row);
	if (answer->office_row != NONE32)
		buf_add_format(out, " office %u", answer->office_row);
	buf_add_format(out, " depth %u size %u lead %d", answer->depth, answer->size,
		answer->lead_time_hours);
	for (unsigned i = 0; i < MARK_COUNT; i++)
		if (answer->marks >> i & 1)
			buf_add_format(out, " " STR_FMT, STR_ARG(cover_mark_words[i]));
	for (unsigned i = 0; i < 2; i++)
		if (answer->held >> i & 1)
			buf_add_format(out, " held:" STR_FMT, STR_ARG(cover_held_words[i]));
	buf_add_format(out, " to %llx/%d\n", (unsigned long long)answer->to_items,
		(int)answer->to_default);
}

void print_answers(struct buf *out, const struct world *world, const struct answers *answers)
{
	for (size_t i = 0; i < answers->items_count; i++)
		print_answer(out, world, &answers->items[i]);
	for (size_t i = 0; i < answers->expected_count; i++) {
		const struct expected *expected = &answers->expected[i];
		char ended[11];
		date_format(ended, expected->ended);
		buf_add_format(out, "  expected " STR_FMT " " STR_FMT " " STR_FMT " ended %s\n",
			STR_ARG(expected->agreement->id), STR_ARG(expected->commitment->id),
			STR_ARG(world->parties[expected->provider].id), ended);
	}
	buf_add_format(out, "  withheld %u%s\n", answers->withheld,
		answers->host_notified_anyway ? ", host notified anyway" : "");
}

void print_gaps(struct buf *out, const struct world *world, const struct gaps *gaps)
{
	buf_add_format(out, "  people %lld own %lld protected %lld beyond %lld in part %lld\n",
		(long long)gaps->people, (long long)gaps->own_state, (long long)gaps->protected_,
		(long long)gaps->beyond_stock, (long long)gaps->in_part);
	for (size_t i = 0; i < gaps->cells_count; i++) {
		const struct gap_cell *cell = &gaps->cells[i];
		buf_add_format(out,
			"  " STR_FMT " " STR_FMT " group %d people %lld " STR_FMT "%s%s%s\n",
			STR_ARG(world->places[cell->cell.place].id),
			STR_ARG(world->nats[cell->cell.nat].code), (int)cell->cell.group,
			(long long)cell->cell.people, STR_ARG(cover_band_words[cell->band.band]),
			cell->band.uncertain ? " uncertain" : "",
			cell->band.not_known ? " not-known" : "",
			cell->band.in_part ? " in-part" : "");
		for (int band = 0; cell->bounded && band < BANDS; band++)
			buf_add_format(out, "    bounded " STR_FMT " %lld\n",
				STR_ARG(cover_band_words[band]),
				(long long)cell->bounded->bands[band]);
	}
}
