/* Readiness as JSON (schema/ready.schema.json), keys in a fixed order; for the command line and the
 * API. */
#include "cover/cover.h"

const struct agreement **cover_ready_agreements(struct arena *arena,
	const struct cover_index *index, const struct accords *accords, uint32_t viewer,
	int32_t date, size_t *count)
{
	const struct agreement **list = (const struct agreement **)ARENA_ARRAY(
		arena, accords->items_count + 1, const struct agreement *);

	*count = 0;
	for (size_t i = 0; list && i < accords->items_count; i++)
		if (!accords->items[i].is_template &&
			cover_visible(index, &accords->items[i], viewer, date))
			list[(*count)++] = &accords->items[i];
	return list;
}

bool cover_ready_repeats(const struct agreement *agreement, size_t number)
{
	return number > 0 &&
	       str_eq(agreement->commitments[number].id, agreement->commitments[number - 1].id);
}

static void add_ready(struct buf *out, const struct readiness *ready, int32_t date)
{
	char day[11];

	date_format(day, ready->ends);
	buf_add_format(out, "\"ready\":\"%s\",\"components\":{", cover_truth_letter(ready->all));
	for (int part = 0; part < READY_PARTS; part++) {
		const char *quote = ready->asked[part] ? "\"" : "";

		buf_add_format(out, "%s\"%s\":%s%s%s", part ? "," : "", cover_ready_words[part].ptr,
			quote, ready->asked[part] ? cover_truth_letter(ready->parts[part]) : "null",
			quote);
	}
	if (ready->ends == DATE_NONE)
		buf_add_c(out, "},\"ends\":null,\"days\":null");
	else
		buf_add_format(out, "},\"ends\":\"%s\",\"days\":%d", day, ready->ends - date);
	buf_add_format(out,
		",\"providers\":%zu,\"tested\":%zu,\"old\":%zu,\"silent\":%zu,\"links\":%zu,"
		"\"links_tested\":%zu,\"promises\":%zu,\"unsized\":%zu,\"confirmed\":%zu,\"host_"
		"steps\":%zu",
		ready->providers, ready->tested, ready->old, ready->silent, ready->links,
		ready->links_tested, ready->promises, ready->unsized, ready->confirmed,
		ready->host_steps);
}

enum status cover_ready_json(struct buf *out, struct arena *arena, const struct cover_index *index,
	const struct agreement *const *agreements, size_t count, int32_t date, uint32_t viewer)
{
	enum status status = STATUS_OK;
	char day[11];

	date_format(day, date);
	buf_add_format(out, "{\"date\":\"%s\",\"agreements\":[", day);
	for (size_t i = 0; i < count && status == STATUS_OK; i++) {
		const struct agreement *agreement = agreements[i];
		struct readiness ready;
		bool first = true;

		status = cover_ready(&ready, arena, index, agreement, NULL, date, viewer);
		buf_add_c(out, i ? ",{\"agreement\":" : "{\"agreement\":");
		json_add_string(out, agreement->id);
		buf_add_char(out, ',');
		add_ready(out, &ready, date);
		buf_add_c(out, ",\"commitments\":[");
		for (size_t c = 0; c < agreement->commitments_count && status == STATUS_OK; c++) {
			const struct commitment *commitment = &agreement->commitments[c];

			if (cover_ready_repeats(agreement, c))
				continue;
			status = cover_ready(
				&ready, arena, index, agreement, commitment, date, viewer);
			buf_add_c(out, first ? "{\"commitment\":" : ",{\"commitment\":");
			json_add_string(out, commitment->id);
			buf_add_char(out, ',');
			add_ready(out, &ready, date);
			buf_add_char(out, '}');
			first = false;
		}
		buf_add_c(out, "]}");
	}
	buf_add_c(out, "]}");
	return status;
}
