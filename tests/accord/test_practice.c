/* Practices: what one holds when read, every fault with its place, links that must resolve, names
 * of files, and memory that runs out anywhere. */
#include "support.h"

#include <stdio.h>

#define FILE "w/practices/drill.md:"

static const char page[] = "---\n"
			   "practice: drill\n"
			   "title: \"A drill each spring\"\n"
			   "type_of_practice: tests and Simulations\n"
			   "country: [ BBB, m49:002 ]\n"
			   "name_of_stakeholder: The post and the town\n"
			   "type_of_stakeholder_implementing: [ Host State, Civil Society ]\n"
			   "type_of_crisis: Natural Disaster\n"
			   "crisis_phase: [ Crisis Preparedness, Post-crisis ]\n"
			   "guidelines: [ 7, 15 ]\n"
			   "related_links: [ https://example.org/drill ]\n"
			   "implemented_by: [ pact, form ]\n"
			   "sources:\n"
			   "  - { title: A report, url: http://example.org/, basis: excerpt }\n"
			   "uncertain: [ \"The year\" ]\n"
			   "as_of: 2022-01-01\n"
			   "---\n"
			   "\n"
			   "The telephone chain is tried.\n"
			   "\n"
			   "- Twice.\n";

/* A template whose id is blanks is called after its file. */
static const char form[] =
	"format: 1\nagreement: \"⟨a⟩-⟨b⟩\"\ntitle: Form\nkind: framework\nstrength: "
	"mou\ntemplate: true\nvisibility: public\nparties: [ { party: \"⟨a⟩\" } ]\n";

struct shelf {
	struct desk desk;
	struct accords accords;
};

static void shelf_open(struct shelf *shelf)
{
	struct desk *desk = &shelf->desk;
	desk_open(desk);
	desk_put(desk, "pact.yaml", str_of(desk_pact));
	desk_put(desk, "pact.annex.csv", str_of(desk_annex));
	desk_put(desk, "form.yaml", str_of(form));
	enum status status = accord_load(&shelf->accords, &desk->bench.arena, desk->world,
		&desk->system, STR("w"), &desk->bench.diags);
	if (status != STATUS_OK)
		fail_msg("%s", bench_told(&desk->bench).ptr);
}

static enum status shelf_read(struct shelf *shelf, struct practice *out, struct str text)
{
	struct desk *desk = &shelf->desk;
	desk_clear(desk);
	assert_int_equal(
		memory_files_put(&desk->files, STR("w/practices/drill.md"), text), STATUS_OK);
	return practice_read(out, &desk->bench.arena, desk->world, &shelf->accords, &desk->system,
		STR("w/practices/drill.md"), &desk->bench.diags);
}

static void test_typed(void **state)
{
	(void)state;
	struct shelf shelf;
	struct practice one;
	shelf_open(&shelf);
	if (shelf_read(&shelf, &one, str_of(page)) != STATUS_OK)
		fail_msg("%s", bench_told(&shelf.desk.bench).ptr);
	const struct world *world = shelf.desk.world;
	assert_str(one.id, "drill");
	assert_str(accord_text(&one.title, STR("en")), "A drill each spring");
	assert_int_equal(one.countries_count, 2);
	assert_int_equal(one.countries[0], world_place(world, STR("BBB")));
	assert_int_equal(
		one.stakeholders, 1u << STAKEHOLDER_HOST_STATE | 1u << STAKEHOLDER_CIVIL_SOCIETY);
	assert_int_equal(one.crises, 2);
	assert_int_equal(one.phases, PHASE_BEFORE | PHASE_AFTER);
	assert_int_equal(one.guidelines, 1u << 6 | 1u << 14);
	assert_str(one.links[0], "https://example.org/drill");
	assert_int_equal(one.implemented_by_count, 2);
	assert_str(accord_find(&shelf.accords, one.implemented_by[1])->title.items[0].text, "Form");
	assert_int_equal(one.sources[0].basis, DOC_BASIS_EXCERPT);
	assert_str(one.uncertain[0], "The year");
	assert_true(str_starts(one.description, "The telephone chain"));
	assert_true(str_ends(one.description, "- Twice."));
	desk_close(&shelf.desk);
}

/* A title may be given per language; each is one line. */
static void test_titles(void **state)
{
	(void)state;
	struct shelf shelf;
	struct practice one;
	shelf_open(&shelf);
	if (shelf_read(&shelf, &one,
		    desk_edit(&shelf.desk, page, "title: \"A drill each spring\"",
			    "title: { en: A drill each spring, fr: Un exercice chaque printemps "
			    "}")) != STATUS_OK)
		fail_msg("%s", bench_told(&shelf.desk.bench).ptr);
	assert_str(accord_text(&one.title, STR("fr")), "Un exercice chaque printemps");
	assert_str(accord_text(&one.title, STR("ar")), "A drill each spring");
	desk_close(&shelf.desk);
}

/* practice-types: the vocabulary is open, its letter case is not. */
static void test_types(void **state)
{
	(void)state;
	static const char *const rows[][2] = {
		{ "tests and Simulations", "Tests and simulations" },
		{ "Government Bodies", "Government bodies" },
		{ "GOVERNMENT bodies", "Government bodies" },
		{ "wardens of the EU", "Wardens of the EU" },
		{ "A hotline", "A hotline" },
	};
	struct shelf shelf;
	struct practice one;
	shelf_open(&shelf);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct str text = desk_edit(&shelf.desk, page, "tests and Simulations", rows[i][0]);
		assert_int_equal(shelf_read(&shelf, &one, text), STATUS_OK);
		assert_str(one.type, rows[i][1]);
	}
	desk_close(&shelf.desk);
}

struct row {
	const char *find, *with, *told;
};
static const struct row rows[] = {
	{ "title: \"A drill each spring\"\n", "", FILE "2:1: missing field 'title'\n" },
	{ "\ntitle:", "\ntittle:",
		FILE "2:1: missing field 'title'\n" FILE
		     "3:1: tittle: unknown field 'tittle'; did you mean 'title'?\n" },
	{ "\"A drill each spring\"", "\"A drill\\neach spring\"",
		FILE "3:8: title: one line is asked for, not several\n" },
	{ "title: \"A drill each spring\"", "title: { en: A drill, fr: \"Un\\nexercice\" }",
		FILE "3:27: title.fr: one line is asked for, not several\n" },
	{ "tests and Simulations", "Tests and simulation",
		FILE "4:19: type_of_practice: unknown type of practice 'Tests and simulation'; did "
		     "you mean 'Tests and simulations'?\n" },
	{ "country: [ BBB", "country: [ BBC",
		FILE "5:12: country[0]: unknown place 'BBC'; did you mean 'BBB'?\n" },
	{ "country: [ BBB", "country: [ BBB-town",
		FILE "5:12: country[0]: 'BBB-town' is no country, region or the world\n" },
	{ "[ Host State, Civil Society ]", "[ Host Stat ]",
		FILE "7:37: type_of_stakeholder_implementing[0]: unknown type of stakeholder 'Host "
		     "Stat'; did you mean 'Host State'?\n" },
	{ "type_of_crisis: Natural Disaster", "type_of_crisis: [ Conflict, Conflict ]",
		FILE "8:29: type_of_crisis[1]: 'Conflict' stands here twice\n" },
	{ "[ Crisis Preparedness,", "[ before,",
		FILE "9:17: crisis_phase[0]: unknown phase 'before'; allowed: Crisis Preparedness, "
		     "Emergency Response, Post-crisis\n" },
	{ "guidelines: [ 7, 15 ]", "guidelines: []",
		FILE "10:13: guidelines: empty list: name at least one, or leave the field out\n" },
	{ "https://example.org/drill", "example.org",
		FILE "11:18: related_links[0]: no address: it begins with https:// or http://\n" },
	{ "[ pact, form ]", "[ pakt, form ]",
		FILE "12:19: implemented_by[0]: unknown agreement 'pakt'; did you mean 'pact'?\n" },
	{ "[ pact, form ]", "forn",
		FILE "12:17: implemented_by: unknown agreement 'forn'; did you mean 'form'?\n" },
	{ "basis: excerpt", "basis: hearsay",
		FILE "14:57: sources[0].basis: unknown basis 'hearsay'; allowed: text, excerpt, "
		     "general-knowledge, illustrative\n" },
	{ "as_of: 2022-01-01", "as_of: 2022",
		FILE "16:8: as_of: '2022' is not a date, YYYY-MM-DD\n" },
	{ "practice: drill", "practice: a b",
		FILE "2:11: practice: 'a b' is not lower-case letters, digits and hyphens\n" },
	{ "\nThe telephone chain is tried.\n\n- Twice.\n", "\n \n",
		FILE "18:1: no description under the fields\n" },
	{ "- Twice.", "- \x1bTwice.", FILE "21:1: control character in the description\n" },
	{ "---\npractice", "practice",
		FILE "1:1: a practice opens with its fields, between two lines ---\n" },
	{ "---\n\nThe", "\nThe",
		FILE "1:1: the fields have no end: a line --- is asked for under them\n" },
	{ "\ntitle: \"A", "\ntitle: &x \"A",
		FILE "3:8: title: an anchor '&x'; write the content where it is needed\n" },
};

static void test_faults(void **state)
{
	(void)state;
	struct shelf shelf;
	struct practice one;
	shelf_open(&shelf);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct str text = desk_edit(&shelf.desk, page, rows[i].find, rows[i].with);
		assert_int_equal(shelf_read(&shelf, &one, text), STATUS_REFUSED);
		struct str told = bench_told(&shelf.desk.bench);
		if (!str_is(told, rows[i].told))
			fail_msg("told:\n%swanted:\n%s", told.ptr, rows[i].told);
	}
	assert_int_equal(
		shelf_read(&shelf, &one, STR("---\npractice: \xff\n---\nx\n")), STATUS_REFUSED);
	desk_close(&shelf.desk);
}

/* Without a world and agreements only the form is judged. */
static void test_alone(void **state)
{
	(void)state;
	struct shelf shelf;
	struct practice one;
	shelf_open(&shelf);
	struct str text = desk_edit(&shelf.desk, page, "[ pact, form ]", "[ nobody ]");
	assert_int_equal(shelf_read(&shelf, &one, text), STATUS_REFUSED);
	desk_clear(&shelf.desk);
	assert_int_equal(
		practice_read(&one, &shelf.desk.bench.arena, NULL, NULL, &shelf.desk.system,
			STR("w/practices/drill.md"), &shelf.desk.bench.diags),
		STATUS_OK);
	assert_int_equal(one.countries[0], NONE32);
	desk_close(&shelf.desk);
}

static enum status load(struct shelf *shelf, struct practices *out)
{
	desk_clear(&shelf->desk);
	return practice_load(out, &shelf->desk.bench.arena, shelf->desk.world, &shelf->accords,
		&shelf->desk.system, STR("w"), &shelf->desk.bench.diags);
}

static void put(struct shelf *shelf, const char *name, struct str text)
{
	struct str path = str_format(&shelf->desk.bench.arena, "w/practices/%s", name);
	assert_int_equal(memory_files_put(&shelf->desk.files, path, text), STATUS_OK);
}

static void test_load(void **state)
{
	(void)state;
	struct shelf shelf;
	struct practices practices;
	shelf_open(&shelf);
	assert_int_equal(load(&shelf, &practices), STATUS_OK);
	assert_int_equal(practices.items_count, 0);
	put(&shelf, "drill.md", str_of(page));
	put(&shelf, "a.md", desk_edit(&shelf.desk, page, "practice: drill", "practice: a"));
	put(&shelf, "README", STR("not a practice"));
	assert_int_equal(load(&shelf, &practices), STATUS_OK);
	assert_int_equal(practices.items_count, 2);
	assert_str(practices.items[0].id, "a");
	put(&shelf, "b.md", str_of(page));
	assert_int_equal(load(&shelf, &practices), STATUS_REFUSED);
	assert_int_equal(practices.items_count, 0);
	assert_str(bench_told(&shelf.desk.bench),
		"w/practices/b.md: practice: id 'drill' does not match the file's name; call the "
		"file drill.md\n");
	desk_close(&shelf.desk);
}

static enum status load_within(
	struct shelf *shelf, struct counting *counting, size_t max, bool faulty)
{
	struct allocator allocator = counting_allocator(counting);
	struct practices practices;
	struct arena arena;
	struct diags diags;
	arena_init(&arena, &allocator, max);
	diags_init(&diags, &arena, 100);
	enum status status = practice_load(&practices, &arena, shelf->desk.world, &shelf->accords,
		&shelf->desk.system, faulty ? STR("x") : STR("w"), &diags);
	arena_free(&arena);
	assert_int_equal(counting->live, 0);
	return status;
}

static void test_memory(void **state)
{
	(void)state;
	struct shelf shelf;
	shelf_open(&shelf);
	put(&shelf, "drill.md", str_of(page));
	assert_int_equal(memory_files_put(&shelf.desk.files, STR("x/practices/drill.md"),
				 desk_edit(&shelf.desk, page, "[ pact,", "[ pakt,")),
		STATUS_OK);
	for (int faulty = 0; faulty < 2; faulty++) {
		struct counting counting = { 0 };
		size_t large = (size_t)1 << 28, failures = 0;
		enum status wanted = faulty ? STATUS_REFUSED : STATUS_OK;
		assert_int_equal(load_within(&shelf, &counting, large, faulty), wanted);
		for (size_t at = 1, of = counting.asked; at <= of; at++, failures++) {
			counting = (struct counting){ .fail_at = at, .thereafter = at & 1 };
			assert_int_equal(
				load_within(&shelf, &counting, large, faulty), STATUS_NO_MEMORY);
		}
		for (size_t max = 0;; max += 97, failures++) {
			counting = (struct counting){ 0 };
			enum status status = load_within(&shelf, &counting, max, faulty);
			if (status == wanted)
				break;
			assert_int_equal(status, STATUS_NO_MEMORY);
		}
		assert_true(failures > 20);
	}
	desk_close(&shelf.desk);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_typed),
		cmocka_unit_test(test_titles),
		cmocka_unit_test(test_types),
		cmocka_unit_test(test_faults),
		cmocka_unit_test(test_alone),
		cmocka_unit_test(test_load),
		cmocka_unit_test(test_memory),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
