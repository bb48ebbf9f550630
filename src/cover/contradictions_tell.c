/* Contradictions as faults: at the commitment, with the witness in words. */
#include "cover/contradictions.h"

#define WORD(literal)                                                                              \
	{                                                                                          \
		literal, sizeof(literal) - 1                                                       \
	}

const struct str cover_contradiction_words[CONTRADICTIONS] = {
	[CONTRADICTION_NO_DAY] = WORD("it holds on no day: its dates and the agreement's never "
				      "meet"),
	[CONTRADICTION_NO_PLACE] = WORD("it holds nowhere: `except` leaves nothing of `where`"),
	[CONTRADICTION_NO_ONE] = WORD("it holds for nobody: what `for` takes in it leaves out "
				      "again"),
	[CONTRADICTION_NO_SERVICE] = WORD("nothing is left of its services"),
	[CONTRADICTION_NO_PROVIDER] = WORD("its provider stands for nobody on any day"),
	[CONTRADICTION_NOT_BOUND] = WORD("a duty of one who is not bound: no party on any day, or "
					 "opted out"),
	[CONTRADICTION_GUARDED] = WORD("the safeguards remove it, whoever asks"),
	[CONTRADICTION_STEP_NOBODY] = WORD("a step by or towards a State that nobody here has"),
	[CONTRADICTION_OBLIGED_EXCLUDED] = WORD("it obliges whom another clause leaves out"),
	[CONTRADICTION_TWO_LEADS] = WORD("two are written as the lead for the same"),
	[CONTRADICTION_TWO_PAYERS] = WORD("two different payers for the same"),
	[CONTRADICTION_RENEWED_ENDED] = WORD("renewed on a day on which it had been terminated"),
};

static void add_date(struct buf *out, int32_t date)
{
	char text[11];

	date_format(text, date);
	buf_add_c(out, text);
}

/* ": against CLAUSE; a national of MLT, refugee, in SDN, for consular.welfare, on 2022-06-01". */
static struct str witness(
	struct arena *arena, const struct world *world, const struct contradiction *found)
{
	const char *next = "; ";
	struct buf out;

	buf_init(&out, arena, 4096);
	if (found->other)
		buf_add_format(&out, ": against '" STR_FMT "' of " STR_FMT,
			STR_ARG(found->other->id), STR_ARG(found->other_agreement->id));
	if (found->party != NONE32)
		buf_add_format(&out, ": " STR_FMT, STR_ARG(world->parties[found->party].id));
	if (found->nat != NAT_NONE) {
		buf_add_format(&out, "%sfor a national of " STR_FMT, next,
			STR_ARG(world->nats[found->nat].code));
		next = ", ";
	}
	for (unsigned s = 0; s < PERSON_STATUSES; s++) {
		if (!(found->statuses & PERSON_BIT(s)))
			continue;
		buf_add_format(&out, "%s" STR_FMT, next, STR_ARG(accord_person_words[s]));
		next = ", ";
	}
	if (found->place != NONE32) {
		buf_add_format(
			&out, "%sin " STR_FMT, next, STR_ARG(world->places[found->place].id));
		next = ", ";
	}
	if (found->service != SERVICE_NONE) {
		buf_add_format(&out, "%s%s", next, world_services[found->service].code);
		next = ", ";
	}
	if (found->date != DATE_NONE) {
		buf_add_format(&out, "%son ", next);
		add_date(&out, found->date);
	}
	return buf_str(&out);
}

/* "commitments[2]", counted as in the file; a schedule's row as the schedule's file names it. */
static struct str path_of(struct arena *arena, const struct contradiction *found)
{
	const struct agreement *agreement = found->agreement;
	const struct commitment *commitment = found->commitment;
	size_t number = 0;

	if (!commitment)
		return STR("in-force.renewed");
	if (commitment->schedule >= 0)
		return str_format(arena, STR_FMT "[%u]",
			STR_ARG(agreement->schedules[commitment->schedule].name),
			commitment->schedule_row);
	for (size_t i = 1; i < agreement->commitments_count; i++) {
		if (&agreement->commitments[i - 1] == commitment)
			break;
		number += !str_eq(agreement->commitments[i].id, agreement->commitments[i - 1].id);
	}
	return str_format(arena, "commitments[%zu]", number);
}

/* Where it stands: the schedule's file for a schedule's row. */
static struct str file_of(struct arena *arena, const struct contradiction *found)
{
	const struct agreement *agreement = found->agreement;
	struct str file = agreement->file;
	size_t end = file.len;

	if (!found->commitment || found->commitment->schedule < 0)
		return file;
	while (end > 0 && file.ptr[end - 1] != '/')
		end--;
	return str_format(arena, STR_FMT STR_FMT "." STR_FMT ".csv", (int)end, file.ptr,
		STR_ARG(agreement->id),
		STR_ARG(agreement->schedules[found->commitment->schedule].name));
}

enum status cover_contradictions_tell(
	struct diags *diags, struct arena *arena, const struct cover_index *index, struct str id)
{
	struct contradiction *items;
	size_t count;
	enum status status = cover_contradictions(&items, &count, arena, index);
	bool any = false;

	for (size_t i = 0; i < count && status == STATUS_OK; i++) {
		struct str text;
		struct pos pos = { 0, 0 };

		if (id.ptr && !str_eq(items[i].agreement->id, id) &&
			!(items[i].other_agreement && str_eq(items[i].other_agreement->id, id)))
			continue;
		any = true;
		text = witness(arena, index->world, &items[i]);
		if (items[i].commitment)
			pos = items[i].commitment->pos;
		diags_add(diags, file_of(arena, &items[i]), pos, path_of(arena, &items[i]),
			STR_FMT STR_FMT, STR_ARG(cover_contradiction_words[items[i].kind]),
			STR_ARG(text));
	}
	if (status != STATUS_OK)
		return status;
	if (diags->no_memory)
		return STATUS_NO_MEMORY;
	return any ? STATUS_REFUSED : STATUS_OK;
}
