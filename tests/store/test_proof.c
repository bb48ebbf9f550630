/* Proofs of inclusion: each leaf of journals of many sizes against RFC 6962's own words; whatever
 * is altered in one is found out; as JSON there and back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "scene.h"
#include "store/internal.h"
#include "store/proof.h"

#define LEAVES 70

static struct arena arena;

static int set_up(void **state)
{
	(void)state;
	arena_init(&arena, &allocator_system, (size_t)1 << 30);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

/* 2.1: MTH. */
static struct sha256 slow_root(const struct sha256 *leaves, size_t count)
{
	size_t half = 1;

	if (count == 1)
		return leaves[0];
	while (half * 2 < count)
		half *= 2;
	struct sha256 left = slow_root(leaves, half),
		      right = slow_root(leaves + half, count - half);
	return store__tree_node(&left, &right);
}

/* 2.1.1: PATH. */
static unsigned slow_path(
	struct sha256 *out, size_t leaf, const struct sha256 *leaves, size_t count)
{
	size_t half = 1;
	unsigned length;

	if (count == 1)
		return 0;
	while (half * 2 < count)
		half *= 2;
	if (leaf < half) {
		length = slow_path(out, leaf, leaves, half);
		out[length] = slow_root(leaves + half, count - half);
	} else {
		length = slow_path(out, leaf - half, leaves + half, count - half);
		out[length] = slow_root(leaves, half);
	}
	return length + 1;
}

static struct store *grow(struct store *store, size_t number)
{
	struct store_edit edit = { .kind = STORE_PUT,
		.name = STR("practices/x.md"),
		.content = str_format(&arena, "version %zu\n", number) };
	struct store_change change = { .edits = &edit, .count = 1, .what = STR("one more") };
	struct store_receipt receipt;

	assert_int_equal(store_apply(store, &change, &receipt), STATUS_OK);
	assert_false(receipt.idle);
	return store;
}

static struct sha256 leaf_of(struct str body)
{
	struct tree alone = { 0 };

	store__tree_add(&alone, body);
	return store__tree_root(&alone);
}

static void every_leaf_of_every_size(void **state)
{
	struct sha256 leaves[LEAVES + 8], path[STORE_PATH_MAX], root;
	struct store_proof proof;
	struct store *store;
	uint64_t size;

	(void)state;
	scene_found(1);
	assert_int_equal(scene_open(&store, STORE_WRITE), STATUS_OK);
	assert_int_equal(store_head(store, &size, &root), STATUS_OK);
	for (uint64_t i = 0; i < size; i++) {
		assert_int_equal(store_prove(&proof, &arena, store, i + 1), STATUS_OK);
		leaves[i] = leaf_of(proof.entry);
	}
	for (size_t i = 0; i < LEAVES; i++) {
		assert_int_equal(store_head(grow(store, i), &size, &root), STATUS_OK);
		assert_int_equal(store_prove(&proof, &arena, store, size), STATUS_OK);
		leaves[size - 1] = leaf_of(proof.entry);
		for (uint64_t leaf = 0; leaf < size; leaf++) {
			assert_int_equal(store_prove(&proof, &arena, store, leaf + 1), STATUS_OK);
			assert_int_equal(proof.size, size);
			assert_true(sha256_same(&proof.root, &root));
			assert_true(sha256_same(&proof.leaf, &leaves[leaf]));
			assert_int_equal(proof.path_count, slow_path(path, leaf, leaves, size));
			assert_memory_equal(proof.path, path, proof.path_count * sizeof path[0]);
			assert_true(store__path_holds(&proof));
		}
		assert_int_equal(store_prove(&proof, &arena, store, size + 1), STATUS_NOT_FOUND);
	}
	store_close(store);
}

static enum store_proof_fault fault_of(const struct store_proof *proof)
{
	return store_proof_check(proof, &arena);
}

static struct store_proof real_proof(uint64_t size)
{
	struct store_proof proof = { .path_count = 0 };
	struct store_version *rows;
	struct store *store;
	size_t count;

	scene_found(1);
	assert_int_equal(scene_open(&store, STORE_WRITE), STATUS_OK);
	for (uint64_t i = 0; i < size; i++)
		grow(store, i);
	assert_int_equal(
		store_versions(&rows, &count, &arena, store, STR("practices/x.md"), 9), STATUS_OK);
	assert_int_equal(count, 9);
	proof.name = rows[4].name;
	proof.hash = rows[4].hash;
	assert_int_equal(store_prove(&proof, &arena, store, rows[4].since), STATUS_OK);
	assert_int_equal(fault_of(&proof), STORE_PROOF_HOLDS);
	store_close(store);
	return proof;
}

static void what_is_altered_is_found(void **state)
{
	struct store_proof good = real_proof(13), proof = good;

	(void)state;
	for (size_t bit = 0; bit < 256; bit++) {
		unsigned char flip = (unsigned char)(1 << bit % 8);
		proof.root.bytes[bit / 8] ^= flip;
		assert_int_equal(fault_of(&proof), STORE_PROOF_PATH);
		proof = good;
		proof.leaf.bytes[bit / 8] ^= flip;
		assert_int_equal(fault_of(&proof), STORE_PROOF_PATH);
		proof = good;
		proof.path[bit % good.path_count].bytes[bit / 8] ^= flip;
		assert_int_equal(fault_of(&proof), STORE_PROOF_PATH);
		proof = good;
		proof.hash.bytes[bit / 8] ^= flip;
		assert_int_equal(fault_of(&proof), STORE_PROOF_DOCUMENT);
		proof = good;
	}
	for (uint64_t index = 0; index < 40; index++)
		for (uint64_t size = 0; size < 40; size++) {
			proof.index = index;
			proof.size = size;
			/* Sizes whose last way up is alike share a path; the entry tells. */
			if (index != good.index)
				assert_int_not_equal(fault_of(&proof), STORE_PROOF_HOLDS);
		}
	proof = good;
	proof.path_count--;
	assert_int_equal(fault_of(&proof), STORE_PROOF_PATH);
	proof = good;
	proof.name = STR("practices/y.md");
	assert_int_equal(fault_of(&proof), STORE_PROOF_DOCUMENT);
	proof = good;
	proof.has_canonical = true;
	assert_int_equal(fault_of(&proof), STORE_PROOF_DOCUMENT);
	proof = good;
	proof.entry = str_format(&arena, STR_FMT " ", STR_ARG(good.entry));
	assert_int_equal(fault_of(&proof), STORE_PROOF_ENTRY);
	proof.entry = STR_NONE;
	assert_int_equal(fault_of(&proof), STORE_PROOF_HOLDS);
}

static void as_json_there_and_back(void **state)
{
	struct store_proof good = real_proof(13), again;
	struct diags diags;
	struct buf text, twice;

	(void)state;
	for (int shown = 0; shown < 2; shown++) {
		if (!shown)
			good.entry = STR_NONE;
		buf_init(&text, &arena, 1 << 20);
		buf_init(&twice, &arena, 1 << 20);
		diags_init(&diags, &arena, 10);
		store_proof_write(&text, &good);
		assert_int_equal(store_proof_read(&again, &arena, STR("p"), buf_str(&text), &diags),
			STATUS_OK);
		assert_int_equal(fault_of(&again), STORE_PROOF_HOLDS);
		store_proof_write(&twice, &again);
		assert_true(str_eq(buf_str(&text), buf_str(&twice)));
	}
	struct str cut = buf_str(&text);
	for (size_t i = 0; i < cut.len - 2; i++) {
		diags_init(&diags, &arena, 10);
		assert_int_equal(
			store_proof_read(&again, &arena, STR("p"), str_sub(cut, 0, i), &diags),
			STATUS_REFUSED);
		assert_true(diags_any(&diags));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(every_leaf_of_every_size, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_is_altered_is_found, set_up, tear_down),
		cmocka_unit_test_setup_teardown(as_json_there_and_back, set_up, tear_down),
	};

	disk_register();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
