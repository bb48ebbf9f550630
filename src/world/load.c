/* Reads a workspace: the folder, workspace.yaml, then every file in the order of world_files[];
 * then builds the index. All faults of all files are told in one run; a world comes out only if
 * there are none. */
#include "world/internal.h"

#include <assert.h>

static enum status start(struct loader *loader, struct str folder)
{
	while (folder.len > 1 && folder.ptr[folder.len - 1] == '/')
		folder.len--;
	loader->world.folder = str_copy(loader->arena, folder);
	loader->world.index = ARENA_NEW(loader->arena, struct world_index);
	if (!loader->world.folder.ptr || !loader->world.index)
		return STATUS_NO_MEMORY;
	struct symbols *tables[] = {
		&loader->world.place_ids,
		&loader->world.party_ids,
		&loader->world.group_ids,
		&loader->world.zone_ids,
		&loader->world.source_ids,
		&loader->world.nat_ids,
		&loader->raw_place_ids,
		&loader->post_ids,
		&loader->asset_ids,
		&loader->freshness_ids,
		&loader->name_ids,
		&loader->shape_ids,
	};
	for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++)
		symbols_init(tables[i], loader->arena);
	return STATUS_OK;
}

static enum status read_all(struct loader *loader, struct str folder)
{
	enum status status = start(loader, folder);
	if (status == STATUS_OK)
		status = world__workspace(loader);
	for (size_t i = 0; i < world_file_count && status == STATUS_OK; i++)
		status = world__table(loader, &world_files[i]);
	if (loader->diags->no_memory)
		return STATUS_NO_MEMORY;
	if (status == STATUS_OK && diags_any(loader->diags))
		return STATUS_REFUSED;
	return status == STATUS_OK ? world__index(loader) : status;
}

enum status world_load(struct world **out, struct arena *arena, const struct file_system *files,
	struct str folder, struct diags *diags)
{
	assert(out && arena && files && diags);
	*out = NULL;
	struct loader *loader = ARENA_NEW(arena, struct loader);
	if (!loader)
		return STATUS_NO_MEMORY;
	loader->arena = arena;
	loader->files = files;
	loader->diags = diags;
	loader->world.arena = arena;
	loader->world.as_of = date_of((struct civil){ 1970, 1, 1 }); /* until workspace.yaml says */
	enum status status = read_all(loader, folder);
	if (status != STATUS_OK)
		return status;
	*out = &loader->world;
	return STATUS_OK;
}
