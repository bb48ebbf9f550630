/* A copy of the database while others write: one read transaction, a file that is whole or not
 * there, packed if it is called so. */
#include "store/internal.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

static bool sync_path(const char *path, int flags)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | flags);
	bool synced = fd >= 0 && fsync(fd) == 0;

	if (fd >= 0)
		close(fd);
	return synced;
}

static struct str folder_of(struct arena *arena, struct str path)
{
	size_t len = path.len;

	while (len > 0 && path.ptr[len - 1] != '/')
		len--;
	return len ? str_copy(arena, str_sub(path, 0, len)) : STR(".");
}

/* The state that the copy at PATH holds: asked of the copy itself. */
static enum status state_of(struct store *store, struct str path, uint64_t *sequence)
{
	struct store copy = *store;
	struct reading reading;
	struct tree tree;
	struct sha256 root;
	enum status status;

	copy.path = path;
	status = store__reading(&reading, &copy);
	if (status != STATUS_OK)
		return status;
	status = db_to_status(store__read_head(&tree, &root, reading.db));
	*sequence = tree.size;
	store__reading_end(&reading);
	arena_free(&reading.arena);
	return status;
}

enum status store_backup(struct store *store, struct str path, uint64_t *sequence)
{
	struct reading reading;
	enum status status;

	assert(store && path.len);
	status = store__reading(&reading, store);
	if (status != STATUS_OK)
		return status;
	bool packed = str_ends(path, STORE_PACKED);
	struct str whole = str_copy(&reading.arena, path),
		   temporary = str_format(&reading.arena, STR_FMT ".%016llx.new", STR_ARG(path),
			   (unsigned long long)random_system_seed()),
		   small = str_format(&reading.arena, STR_FMT ".zst", STR_ARG(temporary)),
		   folder = folder_of(&reading.arena, path);
	struct str ready = packed ? small : temporary;
	status = whole.ptr && temporary.ptr && small.ptr && folder.ptr ? STATUS_OK
								       : STATUS_NO_MEMORY;
	if (status == STATUS_OK && access(whole.ptr, F_OK) == 0)
		status = STATUS_REFUSED;
	if (status == STATUS_OK)
		status = db_to_status(DB_RUN(reading.db, SQL_COPY, TEXT_VALUE(temporary)));
	store__reading_end(&reading);
	if (status == STATUS_OK)
		status = state_of(store, temporary, sequence);
	if (status == STATUS_OK && packed)
		status = store__pack(&reading.arena, temporary.ptr, small.ptr);
	if (status == STATUS_OK && (!sync_path(ready.ptr, 0) || rename(ready.ptr, whole.ptr) != 0 ||
					   !sync_path(folder.ptr, O_DIRECTORY)))
		status = STATUS_IO;
	if (status != STATUS_OK && status != STATUS_REFUSED && ready.ptr)
		unlink(ready.ptr);
	if (packed && temporary.ptr)
		unlink(temporary.ptr);
	arena_free(&reading.arena);
	return status;
}
