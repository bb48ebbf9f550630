/* CSV: each vector has its rows as JSON objects beside it. */
#include "conformance.h"

void suite_csv(struct suite *suite)
{
	struct str *names;
	size_t count = suite_list(suite, "csv/csvs", &names);
	for (size_t i = 0; i < count; i++) {
		struct str input, json, rows, read_back = STR(""), expected;
		struct str stem = str_sub(names[i], 0, names[i].len - 4);
		struct str json_name = str_format(suite->arena, STR_FMT ".json", STR_ARG(stem));
		if (!suite_read(suite, suite->arena, "csv/csvs", names[i], &input) ||
			!suite_read(suite, suite->arena, "csv/json", json_name, &json))
			continue;
		enum status status = suite_run(suite->arena, "csv", input, &rows);
		if (status == STATUS_OK)
			status = suite_run(suite->arena, "jcs", rows, &read_back);
		if (status == STATUS_OK)
			status = suite_run(suite->arena, "jcs", json, &expected);
		suite_tell(suite, names[i], status == STATUS_OK && str_eq(read_back, expected),
			"refused, or other rows");
	}
}
