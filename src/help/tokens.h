/* The tokens of a person's words, within help/. */
#ifndef ENTENTE_HELP_TOKENS_H
#define ENTENTE_HELP_TOKENS_H

#include "help/internal.h"

#define TOKENS_MAX 700u

struct token {
	struct str text, folded; /* as written; as it is compared */
	unsigned sentence, part;
	bool ideograph, joins;
	bool used;       /* some need was understood from it */
	bool understood; /* or from some other token of its part */
};
struct tokens {
	struct token *items;
	size_t count;
	unsigned sentence, part;
};
/* TEXT must be valid UTF-8. What is beyond TOKENS_MAX tokens is left away. */
enum status tokens_cut(struct tokens *out, struct arena *arena, struct str tag, struct str text);
/* The text as written from token FIRST to LAST. */
struct str tokens_text(const struct tokens *tokens, size_t first, size_t last);

#endif
