/* What the fuzz targets share: each is a function on bytes that stops the program when a
 * property does not hold. libFuzzer calls it, and so does standalone_driver.c with the files of
 * a corpus. */
#ifndef ENTENTE_TESTS_FUZZ_FUZZ_H
#define ENTENTE_TESTS_FUZZ_FUZZ_H

#include <assert.h>
#include "base/base.h"

#ifdef NDEBUG
#error "the properties are assertions"
#endif

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What holds of any tree that a reader hands over: no deeper than DOC_DEPTH_MAX, all text
 * UTF-8, counts and links in order, no key twice. */
void fuzz_check_tree(const struct node *node);
/* What holds of any refusal: it was told, in a form that can be printed, inside the input. */
void fuzz_check_told(struct diags *diags, struct str input, enum status status);

#endif
