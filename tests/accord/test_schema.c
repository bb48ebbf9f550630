/* What is generated from the table of fields is what is committed: the schema, and the guide in
 * docs/accord.md. The schema is JSON and names every field; the table itself is whole. */
#include "support.h"

#include "accord/internal.h"

static struct str read_file(struct desk *desk, const char *path)
{
	struct str content = STR_NONE;
	if (file_system_disk.read(NULL, &content, &desk->bench.arena, str_of(path), 1 << 20) !=
		STATUS_OK)
		fail_msg("%s cannot be read", path);
	return content;
}

static void test_schema(void **state)
{
	(void)state;
	struct desk desk;
	struct buf out;
	struct node *tree;
	desk_open(&desk);
	buf_init(&out, &desk.bench.arena, (size_t)4 << 20);
	assert_int_equal(accord_schema(&out), STATUS_OK);
	if (!str_eq(buf_str(&out), read_file(&desk, "schema/agreement.schema.json")))
		fail_msg("schema/agreement.schema.json is not what `accord_schema schema` writes");
	if (json_read(&tree, &desk.bench.arena, STR("schema"), buf_str(&out), &desk.bench.diags) !=
		STATUS_OK)
		fail_msg("%s", bench_told(&desk.bench).ptr);
	const struct node *definitions = node_get(tree, "$defs");
	for (size_t i = 0; i < accord_field_count; i++) {
		const struct field *field = &accord_fields[i];
		const struct node *shape = tree;
		if (field->parent != SHAPE_AGREEMENT)
			shape = node_get(definitions, str_format(&desk.bench.arena, "%s-fields",
							      accord_shape_names[field->parent])
							      .ptr);
		assert_non_null(shape);
		assert_non_null(node_get(node_get(shape, "properties"), field->name));
	}
	desk_close(&desk);
}

static void test_guide(void **state)
{
	(void)state;
	struct desk desk;
	struct buf out;
	desk_open(&desk);
	buf_init(&out, &desk.bench.arena, (size_t)4 << 20);
	assert_int_equal(accord_guide(&out), STATUS_OK);
	buf_add_c(&out, "");
	struct str page = read_file(&desk, "docs/accord.md");
	if (!strstr(page.ptr, buf_str(&out).ptr))
		fail_msg("the fields in docs/accord.md are not what `accord_schema guide` writes");
	desk_close(&desk);
}

/* The same of practices: their schema, and the table in docs/practices.md. */
static void test_practices(void **state)
{
	(void)state;
	struct desk desk;
	struct buf out;
	struct node *tree;
	desk_open(&desk);
	buf_init(&out, &desk.bench.arena, (size_t)4 << 20);
	assert_int_equal(practice_schema(&out), STATUS_OK);
	if (!str_eq(buf_str(&out), read_file(&desk, "schema/practice.schema.json")))
		fail_msg("schema/practice.schema.json is not what `accord_schema practice-schema` "
			 "writes");
	if (json_read(&tree, &desk.bench.arena, STR("schema"), buf_str(&out), &desk.bench.diags) !=
		STATUS_OK)
		fail_msg("%s", bench_told(&desk.bench).ptr);
	for (size_t i = 0; i < practice_field_count; i++) {
		const struct field *field = &practice_fields[i];
		assert_non_null(node_get(node_get(tree, "properties"), field->name));
		assert_true(field->help_en && field->help_en[0]);
		assert_true(field->parent == SHAPE_PRACTICE);
		assert_ptr_equal(accord_field(SHAPE_PRACTICE, str_of(field->name)), field);
		assert_true(field->type != TYPE_WORD || field->words != NULL);
	}
	buf_init(&out, &desk.bench.arena, (size_t)4 << 20);
	assert_int_equal(practice_guide(&out), STATUS_OK);
	struct str page = read_file(&desk, "docs/practices.md");
	if (!strstr(page.ptr, str_format(&desk.bench.arena, STR_FMT, STR_ARG(buf_str(&out))).ptr))
		fail_msg("the table in docs/practices.md is not what `accord_schema "
			 "practice-guide` writes");
	desk_close(&desk);
}

/* Rows of one shape are neighbours, names differ, words and shapes are there where they are needed,
 * every row has its help. */
static void test_table(void **state)
{
	(void)state;
	for (size_t i = 0; i < accord_field_count; i++) {
		const struct field *field = &accord_fields[i];
		assert_true(field->help_en && field->help_en[0]);
		assert_ptr_equal(accord_field(field->parent, str_of(field->name)), field);
		assert_true(field->type != TYPE_MAP || field->shape != SHAPE_NONE);
		assert_true(field->type != TYPE_WORD || field->words != NULL);
		assert_true(i == 0 || accord_fields[i - 1].parent <= field->parent);
	}
	for (size_t i = 0; i < WORD_SETS; i++) {
		assert_true(accord_words[i].noun && accord_words[i].count > 0);
		for (size_t j = 0; j < accord_words[i].count; j++)
			assert_int_equal(
				accord_word((enum word_set_id)i, accord_words[i].words[j]), j);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_schema),
		cmocka_unit_test(test_guide),
		cmocka_unit_test(test_practices),
		cmocka_unit_test(test_table),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
