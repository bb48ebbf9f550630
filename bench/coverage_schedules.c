/* The synthetic world's agreements as files: as many rows in a schedule as a schedule may hold, one
 * agreement a schedule. A register of promises comes like this; a hundred thousand documents of ten
 * commitments are printed apart (bench_load.c). */
#include <stdio.h>
#include "bench/coverage_world.h"

#define FILE_BYTES_MAX ((size_t)1 << 28)

void coverage_code_name(char name[static 16], unsigned code)
{
	if (code == COVERAGE_CODES - 1)
		snprintf(name, 16, "any");
	else if (code >= COVERAGE_NATS)
		snprintf(name, 16, "group:g%02u", (code - COVERAGE_NATS) % 100);
	else
		coverage_country_code(name, code);
}

static const char *const phase_words[] = { "", "before", "during", "before during", "after",
	"before after", "during after", "before during after" };

static void add_row(struct buf *out, const struct coverage_row *row, const uint8_t *services)
{
	char place[16], code[16], from[11], until[11];

	coverage_place_id(place, row->place);
	coverage_code_name(code, row->code);
	date_format(from, coverage_date(row->from));
	date_format(until, coverage_date(row->until));
	buf_add_format(out, "%s,x%05u,%s,%s,%s,%s,%s,%uh\n", place, row->provider, code, from,
		until, world_services[services[row->service]].code,
		phase_words[coverage_phases(row)], row->rank);
}

static void add_agreement(struct buf *out, uint32_t number)
{
	buf_add_format(out,
		"format: 1\nagreement: s%04u\nkind: standby-service\nstrength: contract\n"
		"state: [ { is: in-force, from: 2000-01-01 } ]\n"
		"title: { en: \"Register %u\" }\n"
		"source: { title: \"The synthetic world of the benches\", basis: illustrative }\n"
		"visibility: public\nparties: [ { party: \"group:providers\", confirmed: "
		"2000-01-01 } ]\n"
		"in-force: { from: 2000-01-01 }\nschedules: [ rows ]\ncommitments:\n"
		"  - { id: c, clause: \"1\", title: { en: \"Promises\" }, duty: will, schedule: "
		"rows "
		"}\n",
		number, number);
}

bool coverage_schedules(const struct coverage_world *world, uint32_t schedule_rows,
	coverage_put *put, void *context)
{
	uint8_t services[COVERAGE_SERVICES];
	bool done = true;

	coverage_services(services);
	for (uint32_t number = 0; done && (size_t)number * schedule_rows < world->row_count;
		number++) {
		size_t from = (size_t)number * schedule_rows;
		struct arena arena;
		struct buf document, rows;
		char name[64];

		arena_init(&arena, &allocator_system, 4 * FILE_BYTES_MAX);
		buf_init(&document, &arena, FILE_BYTES_MAX);
		buf_init(&rows, &arena, FILE_BYTES_MAX);
		add_agreement(&document, number);
		buf_add_c(
			&rows, "where,provider,nationality,from,until,services,phases,lead-time\n");
		for (size_t i = from; i < from + schedule_rows && i < world->row_count; i++)
			add_row(&rows, &world->rows[i], services);
		snprintf(name, sizeof name, "agreements/s%04u.yaml", number);
		done = !document.failed && put(context, name, buf_str(&document));
		snprintf(name, sizeof name, "agreements/s%04u.rows.csv", number);
		done = done && !rows.failed && put(context, name, buf_str(&rows));
		arena_free(&arena);
	}
	return done;
}

static void add_commitment(
	struct buf *out, const struct coverage_row *row, unsigned number, const uint8_t *services)
{
	struct str phases = str_of(phase_words[coverage_phases(row)]), word;
	char place[16], code[16];

	coverage_place_id(place, row->place);
	coverage_code_name(code, row->code);
	buf_add_format(out,
		"  - id: c%u\n    clause: \"1\"\n    title: { en: \"Promise\" }\n    duty: will\n  "
		"  "
		"provider: x%05u\n    for: { nationality: [ \"%s\" ] }\n    where: { in: [ %s ] "
		"}\n    services: [ %s ]\n    lead-time: %uh\n    phases: [",
		number, row->provider, code, place, world_services[services[row->service]].code,
		row->rank);
	for (bool first = true; str_next_word(&phases, " ", &word); first = false)
		buf_add_format(out, "%s " STR_FMT, first ? "" : ",", STR_ARG(word));
	buf_add_c(out, " ]\n");
}

bool coverage_documents(
	const struct coverage_world *world, uint32_t count, coverage_put *put, void *context)
{
	uint8_t services[COVERAGE_SERVICES];
	bool done = true;

	coverage_services(services);
	for (uint32_t number = 0; done && number < count && number < world->agreements; number++) {
		const struct coverage_row *rows =
			&world->rows[(size_t)number * COVERAGE_PER_AGREEMENT];
		char name[64], from[11], until[11];
		struct arena arena;
		struct buf out;

		arena_init(&arena, &allocator_system, FILE_BYTES_MAX);
		buf_init(&out, &arena, FILE_BYTES_MAX / 4);
		date_format(from, coverage_date(rows->from));
		date_format(until, coverage_date(rows->until));
		buf_add_format(&out,
			"format: 1\nagreement: a%06u\nkind: standby-service\nstrength: contract\n"
			"state: [ { is: in-force, from: %s } ]\ntitle: { en: \"Standby %u\" }\n"
			"source: { title: \"The synthetic world of the benches\", basis: "
			"illustrative }\nvisibility: public\nparties: [ { party: x%05u } ]\n"
			"in-force: { from: %s, until: %s }\ncommitments:\n",
			number, from, number, rows->provider, from, until);
		for (unsigned i = 0; i < COVERAGE_PER_AGREEMENT; i++)
			add_commitment(&out, &rows[i], i, services);
		snprintf(name, sizeof name, "agreements/a%06u.yaml", number);
		done = !out.failed && put(context, name, buf_str(&out));
		arena_free(&arena);
	}
	return done;
}
