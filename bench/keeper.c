/* Memory that is kept between runs (keeper.h). */
#include <pthread.h>
#include <stdlib.h>
#include "bench/keeper.h"

#define KEEP_FROM 65536u /* bytes; malloc keeps what is smaller */

void keeper_init(struct keeper *keeper)
{
	*keeper = (struct keeper){ .allocator = { keeper_get, keeper_put, keeper } };
	pthread_mutex_init(&keeper->lock, NULL);
}

void *keeper_get(void *context, size_t size)
{
	struct keeper *keeper = context;
	void *memory = NULL;

	pthread_mutex_lock(&keeper->lock);
	for (size_t i = 0; i < keeper->count && !memory; i++) {
		if (keeper->kept[i].size != size)
			continue;
		memory = keeper->kept[i].memory;
		keeper->kept[i] = keeper->kept[--keeper->count];
	}
	pthread_mutex_unlock(&keeper->lock);
	return memory ? memory : allocator_system.get(NULL, size);
}

void keeper_put(void *context, void *memory, size_t size)
{
	struct keeper *keeper = context;
	bool kept;

	pthread_mutex_lock(&keeper->lock);
	kept = size >= KEEP_FROM && keeper->count < KEEPER_ROOM;
	if (kept)
		keeper->kept[keeper->count++] = (struct keeper_piece){ memory, size };
	pthread_mutex_unlock(&keeper->lock);
	if (!kept)
		allocator_system.put(NULL, memory, size);
}

void keeper_free(struct keeper *keeper)
{
	for (size_t i = 0; i < keeper->count; i++)
		allocator_system.put(NULL, keeper->kept[i].memory, keeper->kept[i].size);
	pthread_mutex_destroy(&keeper->lock);
}
