/* Find help's question: from the fields of a form or of a JSON object to what help/ is asked. */
#include "web/ask_help.h"

void help_input_init(struct help_input *input, struct request *request, size_t lang)
{
	*input = (struct help_input){ .ask = { .lang = lang } };
	cover_query_init(&input->ask.base, request->today, VIEWER_PUBLIC);
}

bool help_input_need(struct help_input *input, struct str code)
{
	for (size_t i = 0; i < NEED_COUNT; i++)
		if (str_eq(code, help_need_codes[i])) {
			input->ask.needs[i] = true;
			return true;
		}
	return false;
}

static void fault(struct help_input *input, const char *field, struct str given, struct str near)
{
	if (input->fault_count < HELP_FAULTS_MAX)
		input->faults[input->fault_count++] = (struct help_fault){ field, given, near };
}

/* Names as people list them: commas of several scripts, semicolons, lines. */
static struct str next_name(struct str *rest)
{
	static const char *const marks[] = { ",", ";", "\n", "/", "،", "؛", "、", "，" };

	for (size_t i = 0; i < rest->len; i++)
		for (size_t m = 0; m < sizeof marks / sizeof marks[0]; m++) {
			struct str name = str_sub(*rest, 0, i);
			if (!str_starts(str_sub(*rest, i, rest->len), marks[m]))
				continue;
			*rest = str_sub(*rest, i + str_of(marks[m]).len, rest->len);
			return str_trim(name);
		}
	struct str last = str_trim(*rest);
	*rest = STR_NONE;
	return last;
}

/* None given: not known (XXX). */
static void read_nats(struct help_input *input, struct request *request)
{
	const struct world *world = request->snapshot->world;
	struct query *query = &input->ask.base;
	struct str rest = input->nationality, near;

	while (rest.len) {
		struct str name = next_name(&rest);
		bool again = false;
		uint16_t nat;
		if (!name.len)
			continue;
		nat = help_nat(world, &request->arena, input->ask.lang, name, &near);
		for (size_t i = 0; i < query->nat_count; i++)
			again |= query->nats[i] == nat;
		if (nat == NAT_NONE || (!again && query->nat_count == QUERY_NATS_MAX)) {
			fault(input, "nationality", name, nat == NAT_NONE ? near : STR_NONE);
		} else if (!again) {
			query->territories[query->nat_count] = NONE32;
			query->nats[query->nat_count++] = nat;
		}
	}
	if (!query->nat_count) {
		query->territories[0] = NONE32;
		query->nats[query->nat_count++] = world_nat(world, STR("XXX"));
	}
}

enum status help_input_read(struct help_input *input, struct request *request)
{
	const struct world *world = request->snapshot->world;
	struct query *query = &input->ask.base;
	struct str near = STR_NONE, place = str_trim(input->place);
	enum status status =
		help_hear(&input->hearing, &request->arena, input->ask.lang, input->words);
	bool any = false;

	if (status != STATUS_OK)
		return status;
	for (size_t i = 0; i < input->hearing.items_count; i++)
		input->ask.needs[input->hearing.items[i].need] = true;
	query->place = place.len ? help_place(world, &request->arena, input->ask.lang, place, &near)
				 : NONE32;
	if (query->place == NONE32)
		fault(input, "place", place, near);
	read_nats(input, request);
	query->service = 0;
	if (!input->fault_count && cover_query_fault(world, query))
		fault(input, "place", place, STR_NONE); /* above countries */
	for (size_t i = 0; i < NEED_COUNT; i++)
		any |= input->ask.needs[i];
	/* A fear is a need too: of protection. */
	if (!any && query->statuses & PERSON_BIT(PERSON_FEARS_AUTHORITIES))
		any = input->ask.needs[NEED_FEARS_STATE] = true;
	if (!any)
		fault(input, "words",
			input->hearing.unknown_count ? input->hearing.unknown[0] : STR_NONE,
			STR_NONE);
	if (help_afraid(&input->ask))
		help_forget(&input->hearing);
	return STATUS_OK;
}
