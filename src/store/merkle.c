/* The tree over the journal's entries, as RFC 6962 (2.1) hashes it: a leaf is hashed after a zero
 * byte, a node after a one byte, so that neither can be taken for the other. */
#include "store/internal.h"

#include <assert.h>
#include <nettle/sha2.h>

static struct sha256 prefixed(unsigned char prefix, struct str first, struct str second)
{
	struct sha256 hash;
	struct sha256_ctx state;

	sha256_init(&state);
	sha256_update(&state, 1, &prefix);
	if (first.len)
		sha256_update(&state, first.len, (const uint8_t *)first.ptr);
	if (second.len)
		sha256_update(&state, second.len, (const uint8_t *)second.ptr);
	sha256_digest(&state, sizeof hash.bytes, hash.bytes);
	return hash;
}

struct sha256 store__tree_node(const struct sha256 *left, const struct sha256 *right)
{
	return prefixed(1, (struct str){ (const char *)left->bytes, sizeof left->bytes },
		(struct str){ (const char *)right->bytes, sizeof right->bytes });
}

unsigned store__tree_peaks(uint64_t size)
{
	return (unsigned)__builtin_popcountll(size);
}

void store__tree_add(struct tree *tree, struct str leaf)
{
	unsigned count = store__tree_peaks(tree->size);

	assert(tree->size < UINT64_MAX && count < TREE_PEAKS);
	tree->peaks[count++] = prefixed(0, leaf, STR_NONE);
	for (uint64_t pairs = tree->size; pairs & 1; pairs >>= 1) {
		tree->peaks[count - 2] =
			store__tree_node(&tree->peaks[count - 2], &tree->peaks[count - 1]);
		count--;
	}
	tree->size++;
	assert(count == store__tree_peaks(tree->size));
}

struct sha256 store__tree_root(const struct tree *tree)
{
	unsigned count = store__tree_peaks(tree->size);
	struct sha256 root;

	if (count == 0)
		return sha256_of(STR_NONE);
	root = tree->peaks[--count];
	while (count > 0)
		root = store__tree_node(&tree->peaks[--count], &root);
	return root;
}
