/* Where a writer leaves the current snapshot and readers take it, without a lock.
 *
 * A reader must not take a reference to what the writer is giving back. It enters by one of two
 * sides, takes its reference and leaves: a few instructions. The writer puts the new snapshot up,
 * turns the door so that later readers enter by the other side, and gives the old one back when the
 * side that could still see it is empty. Readers never wait for the writer; a reader that enters
 * while the door turns enters again. */
#include <assert.h>
#include "cover/internal.h"

void cover_door_init(struct cover_door *door)
{
	atomic_init(&door->bands, 0);
	atomic_init(&door->turns, 0);
	atomic_init(&door->inside[0], 0);
	atomic_init(&door->inside[1], 0);
}

static const struct cover_bands *seen(const struct cover_door *door)
{
	return (const struct cover_bands *)atomic_load(&door->bands);
}

const struct cover_bands *cover_door_take(struct cover_door *door)
{
	for (;;) {
		unsigned side = atomic_load(&door->turns) & 1u;
		const struct cover_bands *bands = NULL;
		bool entered;

		atomic_fetch_add(&door->inside[side], 1);
		entered = (atomic_load(&door->turns) & 1u) == side;
		if (entered && seen(door))
			bands = cover_bands_retain(seen(door));
		atomic_fetch_sub(&door->inside[side], 1);
		if (entered)
			return bands;
	}
}

void cover_door_put(struct cover_door *door, const struct cover_bands *bands)
{
	const struct cover_bands *old =
		(const struct cover_bands *)atomic_exchange(&door->bands, (uintptr_t)bands);
	unsigned side = atomic_fetch_add(&door->turns, 1) & 1u;

	while (atomic_load(&door->inside[side]) > 0)
		;
	cover_bands_release(old);
}
