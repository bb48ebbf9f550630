/* What the tests of base/ share: an arena with diagnostics, random text, and an allocator that
 * fails when it is told to. */
#ifndef ENTENTE_TESTS_BASE_SUPPORT_H
#define ENTENTE_TESTS_BASE_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "base/base.h"

struct bench {
	struct arena arena;
	struct diags diags;
};

static inline struct bench *bench_open(struct bench *bench)
{
	arena_init(&bench->arena, &allocator_system, (size_t)1 << 30);
	diags_init(&bench->diags, &bench->arena, 100);
	return bench;
}

static inline void bench_close(struct bench *bench)
{
	arena_free(&bench->arena);
}

/* The diagnostics as they are printed. */
static inline struct str bench_told(struct bench *bench)
{
	struct buf out;
	buf_init(&out, &bench->arena, (size_t)1 << 20);
	diags_print(&out, &bench->diags);
	assert_false(out.failed);
	return buf_str(&out);
}

#define assert_str(s, c_string)                                                                    \
	do {                                                                                       \
		struct str assert_str_s = (s);                                                     \
		const char *assert_str_c = (c_string);                                             \
		assert_int_equal(assert_str_s.len, strlen(assert_str_c));                          \
		assert_memory_equal(                                                               \
			assert_str_s.ptr ? assert_str_s.ptr : "", assert_str_c, assert_str_s.len); \
	} while (0)

/* The seed of this run: from the environment (SEED) or the system; printed, so that a failure can
 * be replayed. */
uint64_t support_seed(void);

/* A valid UTF-8 text of at most MAX code points, with a liking for what parsers stumble over. */
struct str support_text(struct arena *arena, struct random *random, uint32_t max);

/* Fails the FAIL_AT-th request (from 1; 0: none) and, if THEREAFTER, all later ones. */
struct counting {
	size_t asked, fail_at, live, live_bytes;
	bool thereafter;
};
struct allocator counting_allocator(struct counting *counting);

#endif
