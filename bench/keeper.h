/* An allocator that keeps what is given back for whoever asks for as much again.
 *
 * Peers work in memory that is theirs already: buffers of a server, arrays got once. So that a
 * time tells of the work and not of how fast the machine hands out new pages, ours does the same
 * from the second run on. Any thread may ask. */
#ifndef ENTENTE_BENCH_KEEPER_H
#define ENTENTE_BENCH_KEEPER_H

#include <pthread.h>
#include "base/base.h"

#define KEEPER_ROOM 4096
struct keeper {
	struct allocator allocator; /* what arenas are given */
	pthread_mutex_t lock;
	struct keeper_piece {
		void *memory;
		size_t size;
	} kept[KEEPER_ROOM];
	size_t count;
};

void keeper_init(struct keeper *keeper); /* which stays where it is until keeper_free() */
void *keeper_get(void *context, size_t size);
void keeper_put(void *context, void *memory, size_t size);
void keeper_free(struct keeper *keeper); /* after all arenas */

#endif
