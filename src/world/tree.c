/* Chains of parents: finds cycles in them, names each once, and cuts it so that what follows may
 * walk upwards without fear. */
#include "world/tree.h"

#include <assert.h>

#define CYCLE_TEXT_MAX 400 /* bytes of a named cycle */

enum colour { UNSEEN, ON_THE_WAY, DONE };

static struct str name_cycle(struct arena *arena, const struct chains *chains, uint32_t start)
{
	struct buf text;
	uint32_t at = start;
	buf_init(&text, arena, CYCLE_TEXT_MAX);
	do {
		buf_add_format(&text, STR_FMT " > ", STR_ARG(chains->ids[at]));
		at = chains->up[at];
	} while (at != start && text.len < CYCLE_TEXT_MAX / 2);
	if (at == start)
		buf_add(&text, chains->ids[start]);
	else
		buf_add_c(&text, "…");
	return text.len ? buf_str(&text) : STR("");
}

enum status world__cut_cycles(struct loader *loader, struct chains *chains)
{
	unsigned char *colours = ARENA_ARRAY(loader->arena, chains->count + 1, unsigned char);
	if (!colours)
		return STATUS_NO_MEMORY;
	for (uint32_t i = 0; i < chains->count; i++) {
		uint32_t at = i;
		while (at != NONE32 && colours[at] == UNSEEN) {
			assert(at < chains->count);
			colours[at] = ON_THE_WAY;
			at = chains->up[at];
		}
		uint32_t cut = at != NONE32 && colours[at] == ON_THE_WAY ? at : NONE32;
		for (at = i; at != NONE32 && colours[at] == ON_THE_WAY; at = chains->up[at])
			colours[at] = DONE;
		if (cut == NONE32)
			continue;
		struct str cycle = name_cycle(loader->arena, chains, cut);
		world__fault(loader, chains->positions[cut], "parent",
			"a cycle of parents: " STR_FMT, STR_ARG(cycle));
		chains->up[cut] = NONE32;
	}
	return STATUS_OK;
}
