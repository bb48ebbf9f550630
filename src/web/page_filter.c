/* What lists that are narrowed by a form share. */
#include "web/page_filter.h"

void filter_fault(struct filter_faults *faults, const char *field, struct str text)
{
	if (faults->count < FILTER_FAULTS_MAX)
		faults->items[faults->count++] = (struct fault_view){ { str_of(field) }, text };
}

bool filter_is_word(struct filter_faults *faults, const struct ui *ui, const char *field,
	struct str value, const struct str *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (str_eq(words[i], value))
			return true;
	if (value.len)
		filter_fault(faults, field, ui_word(ui, WORD("Choose one of the list.")));
	return value.len == 0;
}

uint32_t filter_country(struct filter_faults *faults, struct request *request, const struct ui *ui,
	const char *field, struct str text)
{
	const struct world *world = request->snapshot->world;
	struct str near;
	uint32_t country = page_find_place(&near, &request->arena, ui, world, text);

	if (country != NONE32 && world->places[country].kind == PLACE_COUNTRY)
		return country;
	filter_fault(faults, field,
		page_none(&request->arena, ui, WORD("No country has this code or name."), near));
	return NONE32;
}

struct field_view filter_select(struct arena *arena, const struct ui *ui, const char *id,
	struct str label, struct str chosen, const struct str *words, size_t count,
	const struct str *names)
{
	struct option_view *options = page_options(arena, ui, id, chosen, words, count, names);

	return (struct field_view){ .id = str_of(id),
		.name = str_of(id),
		.label = label,
		.options = options,
		.option_count = options ? count + 1 : 0 };
}

static struct str fault_field(const struct fault_view *fault)
{
	return str_sub(fault->field.address, 1, fault->field.address.len);
}

void filter_mark(const struct filter_faults *faults, struct field_view *const *fields, size_t count)
{
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < faults->count; j++)
			if (str_eq(fault_field(&faults->items[j]), fields[i]->id))
				fields[i]->fault = faults->items[j].text;
}

bool filter_refused(struct request *request, const struct filter_faults *faults)
{
	if (faults->count == 0)
		return false;
	for (size_t i = 0; i < faults->count; i++)
		diags_add(&request->diags, STR("query"), (struct pos){ 0, 0 },
			fault_field(&faults->items[i]), STR_FMT, STR_ARG(faults->items[i].text));
	request_problem(request, 422, WORD("The list cannot be given as asked."),
		WORD("Correct what is named and ask again."));
	return true;
}

enum status filter_send_csv(struct request *request, const struct buf *out)
{
	request->type = "text/csv; charset=utf-8";
	request->answer = buf_str(out);
	return out->failed ? STATUS_NO_MEMORY : STATUS_OK;
}

void filter_csv_date(struct buf *out, int32_t day)
{
	char text[11] = "";

	if (day != DATE_NONE)
		date_format(text, day);
	csv_add_field(out, str_of(text), false);
}
