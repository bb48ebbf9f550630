/* Reads the workspace into a snapshot, and hands snapshots over to readers without a lock: the door
 * is that of cover/door.c, for what a server holds. */
#include "web/internal.h"

static enum status read_files(struct web_snapshot *to, const struct file_system *files,
	struct str folder, struct diags *diags)
{
	enum status status = world_load(&to->world, &to->arena, files, folder, diags);

	if (status == STATUS_OK)
		status = accord_load_with(
			&to->accords, &to->arena, to->world, files, &jobs_threads, folder, diags);
	if (status == STATUS_OK)
		status = practice_load(
			&to->practices, &to->arena, to->world, &to->accords, files, folder, diags);
	if (status == STATUS_OK)
		status = cover_compile(&to->index, &to->arena, to->world, &to->accords);
	if (status == STATUS_OK)
		status = cover_pieces_make(&to->pieces, &to->arena, to->world, &to->accords);
	if (status == STATUS_OK)
		status = svg_map_new(&to->map, &to->arena, to->world);
	if (status == STATUS_OK)
		status = web_search_make(to);
	return status;
}

static void free_snapshot(struct web_snapshot *snapshot)
{
	kept_free(snapshot);
	pthread_mutex_destroy(&snapshot->lock);
	arena_free(&snapshot->arena);
	allocator_system.put(allocator_system.context, snapshot, sizeof *snapshot);
}

enum status web_snapshot_read(struct web_snapshot **out, const struct web_config *config,
	uint64_t sequence, struct diags *diags)
{
	struct web_snapshot *made = allocator_system.get(allocator_system.context, sizeof *made);
	struct store_view *view = NULL;
	enum status status = STATUS_OK;

	*out = NULL;
	if (!made)
		return STATUS_NO_MEMORY;
	*made = (struct web_snapshot){ .sequence = sequence, .config = config };
	atomic_init(&made->references, 1);
	pthread_mutex_init(&made->lock, NULL);
	arena_init(&made->arena, &allocator_system, WEB_SNAPSHOT_MAX);
	if (config->store)
		status = store_view_open(
			&view, config->store, STORE_NEWEST, config->folder, config->files);
	if (status == STATUS_OK && view)
		made->sequence = store_view_sequence(view);
	if (status == STATUS_OK)
		status = read_files(
			made, view ? store_view_files(view) : config->files, config->folder, diags);
	store_view_close(view);
	if (status == STATUS_OK)
		*out = made;
	else
		free_snapshot(made);
	return status;
}

struct web_snapshot *web_snapshot_retain(struct web_snapshot *snapshot)
{
	atomic_fetch_add(&snapshot->references, 1);
	return snapshot;
}

void web_snapshot_release(struct web_snapshot *snapshot)
{
	if (snapshot && atomic_fetch_sub(&snapshot->references, 1) == 1)
		free_snapshot(snapshot);
}

struct web_snapshot *web_door_take(struct web_door *door)
{
	for (;;) {
		unsigned side = atomic_load(&door->turns) & 1u;
		struct web_snapshot *snapshot = NULL;
		bool entered;

		atomic_fetch_add(&door->inside[side], 1);
		entered = (atomic_load(&door->turns) & 1u) == side;
		if (entered)
			snapshot = (struct web_snapshot *)atomic_load(&door->snapshot);
		if (snapshot)
			web_snapshot_retain(snapshot);
		atomic_fetch_sub(&door->inside[side], 1);
		if (entered)
			return snapshot;
	}
}

void web_door_put(struct web_door *door, struct web_snapshot *snapshot)
{
	struct web_snapshot *old =
		(struct web_snapshot *)atomic_exchange(&door->snapshot, (uintptr_t)snapshot);
	unsigned side = atomic_fetch_add(&door->turns, 1) & 1u;

	while (atomic_load(&door->inside[side]) > 0)
		;
	web_snapshot_release(old);
}
