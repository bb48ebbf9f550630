/* A proof of inclusion that anybody may have written: what is read is written again and read as the
 * same; whatever it says is judged without harm, and one that was altered does not hold. */
#include "fuzz.h"

#include "store/proof.h"

static struct str write(struct arena *arena, const struct store_proof *proof)
{
	struct buf out;

	buf_init(&out, arena, (size_t)64 << 20);
	store_proof_write(&out, proof);
	assert(!out.failed);
	return buf_str(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str input = { (const char *)data, size };
	struct store_proof proof, again;
	struct diags diags;
	struct arena arena;
	enum status status;

	arena_init(&arena, &allocator_system, (size_t)512 << 20);
	diags_init(&diags, &arena, 50);
	status = store_proof_read(&proof, &arena, STR("proof"), input, &diags);
	fuzz_check_told(&diags, input, status);
	if (status == STATUS_OK) {
		struct str text = write(&arena, &proof);
		diags_init(&diags, &arena, 50);
		assert(store_proof_read(&again, &arena, STR("proof"), text, &diags) == STATUS_OK);
		assert(str_eq(text, write(&arena, &again)));
		bool holds = store_proof_check(&proof, &arena) == STORE_PROOF_HOLDS;
		assert(holds == (store_proof_check(&again, &arena) == STORE_PROOF_HOLDS));
		again.root.bytes[size % 32] ^= 1;
		assert(!holds || store_proof_check(&again, &arena) == STORE_PROOF_PATH);
	}
	arena_free(&arena);
	return 0;
}
