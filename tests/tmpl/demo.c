/* Writes a page of every component in a language, with PAYLOAD in every hole that takes text:
 *   demo LANG [PAYLOAD]       to standard output; without PAYLOAD words as a page has them */
#include "demo.h"

#include <stdio.h>
#include <string.h>

enum { MEMORY = 4 << 20 };

struct texts {
	struct str any, place, post, service, hint;
};

static void table(struct demo_view *v, struct texts t, struct cell_view cells[static 18])
{
	static struct column_view columns[6];
	const struct str names[6] = { t.place, t.post, t.any, t.service, t.any, t.any };
	for (int i = 0; i < 6; i++)
		columns[i] = (struct column_view){ names[i], i == 2 };
	for (int row = 0; row < 3; row++) {
		cells[6 * row] = (struct cell_view){ .kind = CELL_LINK,
			.text = t.place,
			.link = v->link,
			.date = date_of((struct civil){ 2026, 11, 24 }) };
		cells[6 * row + 1] = (struct cell_view){ .kind = CELL_TEXT, .text = t.post };
		cells[6 * row + 2] = (struct cell_view){ .kind = CELL_NUMBER,
			.number = row == 1 ? -1 : 1234567 * row + 9999 };
		cells[6 * row + 3] = (struct cell_view){
			.kind = CELL_BAND, .band = (enum band_view)(row * 2), .text = t.service
		};
		cells[6 * row + 4] = (struct cell_view){ .kind = CELL_DATE,
			.date = row ? 20000 + row : DATE_NONE };
		cells[6 * row + 5] =
			(struct cell_view){ .kind = row ? CELL_NONE : CELL_TEXT, .text = t.any };
	}
	v->table = (struct table_view){ .id = STR("posts"),
		.caption = t.any,
		.columns = columns,
		.column_count = 6,
		.cells = cells,
		.row_count = 3,
		.csv = v->link };
	v->none = v->table;
	v->none.id = STR("empty");
	v->none.row_count = 0;
	v->none.empty = t.hint;
	v->none.csv = (struct html_link){ STR_NONE };
}

static void fields(struct demo_view *v, struct texts t, struct option_view options[static 6])
{
	static const char *const ids[6] = { "a-1", "a-2", "a-3", "b-1", "b-2", "b-3" };
	for (int i = 0; i < 6; i++)
		options[i] = (struct option_view){ str_of(ids[i]), t.any, t.service,
			i % 3 ? STR_NONE : t.hint, i % 3 == 1 };
	v->field = (struct field_view){ .id = STR("q"),
		.name = STR("q"),
		.label = t.place,
		.hint = t.hint,
		.fault = t.any,
		.value = t.any };
	v->area = v->field;
	v->area.id = v->area.name = STR("words");
	v->area.fault = STR_NONE;
	v->choice = v->area;
	v->choice.id = v->choice.name = STR("where");
	v->choice.options = options;
	v->choice.option_count = 3;
	v->radios = v->choice;
	v->radios.id = v->radios.name = STR("what");
	v->boxes = v->choice;
	v->boxes.id = v->boxes.name = STR("needs");
	v->boxes.options = options + 3;
	v->boxes.fault = t.any;
}

static struct texts texts_of(const struct ui *ui)
{
	if (ui_is(ui, "ar"))
		return (struct texts){ STR("العمال المنزليون في لبنان"), STR("لبنان"),
			STR("Embassy of the Philippines, Beirut"), STR("وثائق السفر"),
			STR("اكتب بكلماتك ما تحتاج إليه.") };
	return (struct texts){ STR("Domestic workers in Lebanon"), STR("Lebanon"),
		STR("سفارة الفلبين, Beirut"), STR("Travel documents"),
		STR("Say in your own words what you need.") };
}

/* Long because it fills one of everything. */
int main(int argc, char **argv)
{
	struct arena arena;
	struct html html;
	struct ui ui;
	arena_init(&arena, &allocator_system, MEMORY);
	const struct ui_language *language = argc > 1 ? ui_language_find(str_of(argv[1])) : NULL;
	if (!language) {
		fprintf(stderr, "usage: demo LANG [PAYLOAD]\n");
		return 2;
	}
	ui_init(&ui, language);
	ui.keep_language = !ui_is(&ui, "en");
	ui.path = STR("/places/LB");
	ui.query = STR("at=2026-11-24");
	struct texts t = texts_of(&ui);
	if (argc > 2)
		t.any = t.place = t.post = t.service = t.hint = str_of(argv[2]);
	static struct demo_view v;
	static struct cell_view cells[18];
	static struct option_view options[6];
	struct html_arg code[] = { html_arg(STR("LB")), html_arg(t.any) };
	v.link = html_link_make(&arena, &ui, "/places/%1?q=%2", code, 2);
	const struct crumb crumbs[2] = { { t.any, v.link }, { t.place, v.link } };
	const struct source_view sources[2] = { { STR("UN DESA, International Migrant Stock 2024"),
							STR("https://www.un.org/"),
							date_of((struct civil){ 2024, 7, 1 }) },
		{ t.any, t.any, DATE_NONE } };
	v.page = (struct page_view){ .title = t.any,
		.section = STR("places"),
		.crumbs = crumbs,
		.crumb_count = 2,
		.sources = sources,
		.source_count = 2,
		.quick_exit = true,
		.has_faults = true,
		.languages = ui_languages_view(&arena, &ui, ui_is(&ui, "es")) };
	v.payload = t.any;
	v.url = STR("https://example.org/?a=1&b=\"2\"");
	v.count = 1234567;
	table(&v, t, cells);
	fields(&v, t, options);
	for (int i = 0; i < 3; i++)
		v.rows[i] = (struct summary_row){ t.service, cells[6 + i] };
	for (int i = 0; i < 2; i++) {
		v.tabs[i] = (struct tab_view){ t.service, v.link, i == 0 };
		v.faults[i] = (struct fault_view){ { STR("#q") }, t.any };
	}
	v.pages = (struct pages_view){ v.link, v.link, 101, 200, 12345 };
	html_init(&html, &arena, MEMORY / 4);
	tmpl_demo(&html, &ui, &v);
	bool failed = html_failed(&html);
	struct str page = html_str(&html);
	fwrite(page.ptr, 1, page.len, stdout);
	arena_free(&arena);
	return failed;
}
