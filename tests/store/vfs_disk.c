/* The simulated disk. Each file has two images: what is on the platter and what a reader sees; the
 * writes between them wait in order. A cut keeps some sectors of some of them. */
#include "vfs_disk.h"

#include <assert.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

enum { FILES_MAX = 64, SHM_REGIONS = 64, SHM_SLOTS = 8, NAME_MAX_BYTES = 128 };

struct image {
	unsigned char *bytes;
	size_t size, capacity;
};
struct pending { /* a write, or (LEN 0) a truncation to OFFSET */
	size_t offset, len;
	unsigned char *bytes;
	struct pending *next;
};
struct file {
	char name[NAME_MAX_BYTES];
	bool there, durable; /* for readers; on the platter */
	struct image seen, saved;
	struct pending *first, *last;
	/* Locks, among the connections of this process. */
	unsigned shared;
	const void *reserved, *exclusive;
	void *regions[SHM_REGIONS];
	unsigned shm_shared[SHM_SLOTS];
	const void *shm_exclusive[SHM_SLOTS];
	unsigned shm_users;
};
struct handle {
	sqlite3_file base;
	struct file *file;
	int lock;
	bool delete_on_close;
	uint16_t shm_mine; /* slots held shared */
	bool shm_mapped;
};
static struct disk {
	pthread_mutex_t lock;
	struct file files[FILES_MAX];
	struct random random;
	uint64_t calls, cut_at, fail_at;
	enum disk_fault fault;
	bool sticky, failed, dead, lies;
	unsigned open;
} disk = { .lock = PTHREAD_MUTEX_INITIALIZER };
static struct image kept[FILES_MAX];
static char kept_names[FILES_MAX][NAME_MAX_BYTES];

static void lock(void)
{
	pthread_mutex_lock(&disk.lock);
}

static int unlock(int code)
{
	pthread_mutex_unlock(&disk.lock);
	return code;
}

/* ---- images ---- */

static void image_resize(struct image *image, size_t size)
{
	if (size > image->capacity) {
		size_t capacity = size * 2;
		image->bytes = realloc(image->bytes, capacity);
		assert(image->bytes);
		image->capacity = capacity;
	}
	if (size > image->size)
		memset(image->bytes + image->size, 0, size - image->size);
	image->size = size;
}

static void image_write(struct image *image, size_t offset, const void *bytes, size_t len)
{
	if (len == 0)
		return;
	if (offset + len > image->size)
		image_resize(image, offset + len);
	memcpy(image->bytes + offset, bytes, len);
}

static void image_copy(struct image *to, const struct image *from)
{
	to->size = 0;
	image_resize(to, from->size);
	if (from->size)
		memcpy(to->bytes, from->bytes, from->size);
}

static void image_free(struct image *image)
{
	free(image->bytes);
	*image = (struct image){ 0 };
}

static void forget_pending(struct file *file)
{
	while (file->first) {
		struct pending *next = file->first->next;
		free(file->first->bytes);
		free(file->first);
		file->first = next;
	}
	file->last = NULL;
}

static void add_pending(struct file *file, size_t offset, const void *bytes, size_t len)
{
	struct pending *pending = calloc(1, sizeof *pending);
	assert(pending);
	pending->offset = offset;
	pending->len = len;
	if (len) {
		pending->bytes = malloc(len);
		assert(pending->bytes);
		memcpy(pending->bytes, bytes, len);
	}
	if (file->last)
		file->last->next = pending;
	else
		file->first = pending;
	file->last = pending;
}

static void save(struct file *file)
{
	for (struct pending *p = file->first; p; p = p->next) {
		if (p->len)
			image_write(&file->saved, p->offset, p->bytes, p->len);
		else
			image_resize(&file->saved, p->offset);
	}
	file->durable = file->there;
	forget_pending(file);
}

/* ---- faults ---- */

enum call { CALL_READ, CALL_WRITE, CALL_SYNC, CALL_OTHER };

/* Counts a call; SQLITE_OK when it may go on. */
static int count_call(enum call call)
{
	bool now;

	disk.calls++;
	if (disk.cut_at && disk.calls >= disk.cut_at)
		disk.dead = true;
	if (disk.dead)
		return SQLITE_IOERR;
	now = disk.fail_at &&
	      (disk.sticky ? disk.calls >= disk.fail_at : disk.calls == disk.fail_at);
	if (!now)
		return SQLITE_OK;
	if (disk.fault == DISK_SYNC && call != CALL_SYNC)
		return SQLITE_OK;
	if ((disk.fault == DISK_FULL || disk.fault == DISK_SHORT) && call != CALL_WRITE)
		return SQLITE_OK;
	disk.failed = true;
	if (disk.fault == DISK_SYNC || call == CALL_SYNC)
		return SQLITE_IOERR_FSYNC;
	if (disk.fault == DISK_FULL)
		return SQLITE_FULL;
	return call == CALL_READ    ? SQLITE_IOERR_READ
	       : call == CALL_WRITE ? SQLITE_IOERR_WRITE
				    : SQLITE_IOERR;
}

/* ---- a file ---- */

static int file_close(sqlite3_file *base)
{
	struct handle *handle = (struct handle *)base;

	lock();
	if (handle->delete_on_close)
		handle->file->there = handle->file->durable = false;
	disk.open--;
	return unlock(SQLITE_OK);
}

static int file_read(sqlite3_file *base, void *out, int amount, sqlite3_int64 offset)
{
	const struct file *file = ((struct handle *)base)->file;
	size_t from = (size_t)offset, want = (size_t)amount, have;

	lock();
	int code = count_call(CALL_READ);
	if (code != SQLITE_OK)
		return unlock(code);
	have = from < file->seen.size ? file->seen.size - from : 0;
	if (have > want)
		have = want;
	if (have)
		memcpy(out, file->seen.bytes + from, have);
	memset((char *)out + have, 0, want - have);
	return unlock(have == want ? SQLITE_OK : SQLITE_IOERR_SHORT_READ);
}

static int file_write(sqlite3_file *base, const void *bytes, int amount, sqlite3_int64 offset)
{
	struct file *file = ((struct handle *)base)->file;
	size_t len = (size_t)amount;
	bool was_dead = disk.dead;

	lock();
	int code = count_call(CALL_WRITE);
	bool part = code == SQLITE_IOERR_WRITE && disk.fault == DISK_SHORT;
	if (part)
		len /= 2;
	/* The write during which the power goes may be on its way. */
	if (code == SQLITE_OK || part || (disk.dead && !was_dead)) {
		image_write(&file->seen, (size_t)offset, bytes, len);
		if (len)
			add_pending(file, (size_t)offset, bytes, len);
	}
	return unlock(code);
}

static int file_truncate(sqlite3_file *base, sqlite3_int64 size)
{
	struct file *file = ((struct handle *)base)->file;

	lock();
	int code = count_call(CALL_OTHER);
	if (code == SQLITE_OK) {
		image_resize(&file->seen, (size_t)size);
		add_pending(file, (size_t)size, NULL, 0);
	}
	return unlock(code == SQLITE_OK ? code : SQLITE_IOERR_TRUNCATE);
}

static int file_sync(sqlite3_file *base, int flags)
{
	struct file *file = ((struct handle *)base)->file;

	(void)flags;
	lock();
	int code = count_call(CALL_SYNC);
	if (code == SQLITE_OK && !disk.lies)
		save(file);
	if (code == SQLITE_IOERR_FSYNC) /* the pages are clean now, and nowhere */
		forget_pending(file);
	return unlock(code == SQLITE_OK ? code : SQLITE_IOERR_FSYNC);
}

static int file_size(sqlite3_file *base, sqlite3_int64 *size)
{
	*size = (sqlite3_int64)((struct handle *)base)->file->seen.size;
	return SQLITE_OK;
}

static int file_lock(sqlite3_file *base, int level)
{
	struct handle *handle = (struct handle *)base;
	struct file *file = handle->file;
	int code = SQLITE_OK;

	lock();
	if (level <= handle->lock)
		return unlock(SQLITE_OK);
	if (level == SQLITE_LOCK_SHARED) {
		if (file->exclusive)
			code = SQLITE_BUSY;
		else
			file->shared++;
	} else if (level == SQLITE_LOCK_RESERVED) {
		if (file->reserved || file->exclusive)
			code = SQLITE_BUSY;
		else
			file->reserved = handle;
	} else {
		if ((file->reserved && file->reserved != handle) ||
			(file->exclusive && file->exclusive != handle) || file->shared > 1)
			code = SQLITE_BUSY;
		else
			file->reserved = file->exclusive = handle;
	}
	if (code == SQLITE_OK)
		handle->lock = level;
	return unlock(code);
}

static int file_unlock(sqlite3_file *base, int level)
{
	struct handle *handle = (struct handle *)base;
	struct file *file = handle->file;

	lock();
	if (level >= handle->lock)
		return unlock(SQLITE_OK);
	if (file->exclusive == handle)
		file->exclusive = NULL;
	if (file->reserved == handle)
		file->reserved = NULL;
	if (level == SQLITE_LOCK_NONE)
		file->shared--;
	handle->lock = level;
	return unlock(SQLITE_OK);
}

static int file_check_reserved(sqlite3_file *base, int *out)
{
	*out = ((struct handle *)base)->file->reserved != NULL;
	return SQLITE_OK;
}

static int file_control(sqlite3_file *base, int operation, void *argument)
{
	(void)base;
	(void)operation;
	(void)argument;
	return SQLITE_NOTFOUND;
}

static int file_sector(sqlite3_file *base)
{
	(void)base;
	return 4096;
}

/* As unix files say: a write changes no byte beside its own. */
static int file_characteristics(sqlite3_file *base)
{
	(void)base;
	return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

static int shm_map(sqlite3_file *base, int region, int size, int extend, void volatile **out)
{
	struct handle *handle = (struct handle *)base;
	struct file *file = handle->file;

	assert(region < SHM_REGIONS);
	lock();
	if (!handle->shm_mapped) {
		handle->shm_mapped = true;
		file->shm_users++;
	}
	if (!file->regions[region] && extend)
		file->regions[region] = calloc(1, (size_t)size);
	*out = file->regions[region];
	return unlock(SQLITE_OK);
}

static int shm_lock(sqlite3_file *base, int offset, int n, int flags)
{
	struct handle *handle = (struct handle *)base;
	struct file *file = handle->file;
	bool shared = flags & SQLITE_SHM_SHARED;

	lock();
	for (int i = offset; i < offset + n && flags & SQLITE_SHM_LOCK; i++) {
		bool others = file->shm_exclusive[i] && file->shm_exclusive[i] != handle;
		unsigned readers = file->shm_shared[i] - (handle->shm_mine >> i & 1);
		if (others || (!shared && readers))
			return unlock(SQLITE_BUSY);
	}
	for (int i = offset; i < offset + n; i++) {
		uint16_t bit = (uint16_t)(1u << i);
		if (flags & SQLITE_SHM_LOCK && shared && !(handle->shm_mine & bit)) {
			handle->shm_mine |= bit;
			file->shm_shared[i]++;
		} else if (flags & SQLITE_SHM_LOCK && !shared) {
			file->shm_exclusive[i] = handle;
		} else if (flags & SQLITE_SHM_UNLOCK && shared && handle->shm_mine & bit) {
			handle->shm_mine &= (uint16_t)~bit;
			file->shm_shared[i]--;
		} else if (flags & SQLITE_SHM_UNLOCK && !shared &&
			   file->shm_exclusive[i] == handle) {
			file->shm_exclusive[i] = NULL;
		}
	}
	return unlock(SQLITE_OK);
}

static void shm_barrier(sqlite3_file *base)
{
	(void)base;
	lock();
	unlock(0);
}

static void free_regions(struct file *file)
{
	for (int i = 0; i < SHM_REGIONS; i++) {
		free(file->regions[i]);
		file->regions[i] = NULL;
	}
}

static int shm_unmap(sqlite3_file *base, int delete)
{
	struct handle *handle = (struct handle *)base;

	(void)delete;
	lock();
	if (handle->shm_mapped && --handle->file->shm_users == 0)
		free_regions(handle->file);
	handle->shm_mapped = false;
	return unlock(SQLITE_OK);
}

static const sqlite3_io_methods methods = { 2, file_close, file_read, file_write, file_truncate,
	file_sync, file_size, file_lock, file_unlock, file_check_reserved, file_control,
	file_sector, file_characteristics, shm_map, shm_lock, shm_barrier, shm_unmap, NULL, NULL };

/* ---- the disk ---- */

static struct file *find(const char *name, bool make)
{
	struct file *free_one = NULL;

	for (int i = 0; i < FILES_MAX; i++) {
		struct file *file = &disk.files[i];
		if (file->name[0] && strcmp(file->name, name) == 0)
			return file;
		if (!file->name[0] && !free_one)
			free_one = file;
	}
	if (!make)
		return NULL;
	assert(free_one && strlen(name) < NAME_MAX_BYTES);
	memcpy(free_one->name, name, strlen(name) + 1);
	return free_one;
}

static int disk_open(
	sqlite3_vfs *vfs, sqlite3_filename name, sqlite3_file *base, int flags, int *out_flags)
{
	struct handle *handle = (struct handle *)base;
	char temporary[NAME_MAX_BYTES];

	(void)vfs;
	memset(handle, 0, sizeof *handle);
	lock();
	int code = count_call(CALL_OTHER);
	if (code != SQLITE_OK)
		return unlock(SQLITE_CANTOPEN);
	if (!name) {
		sqlite3_snprintf(sizeof temporary, temporary, "temporary-%llu",
			(unsigned long long)disk.calls);
		name = temporary;
	}
	struct file *file = find(name, flags & SQLITE_OPEN_CREATE);
	if (!file || (!file->there && !(flags & SQLITE_OPEN_CREATE)))
		return unlock(SQLITE_CANTOPEN);
	if (!file->there) {
		file->there = true;
		file->seen.size = 0;
	}
	handle->base.pMethods = &methods;
	handle->file = file;
	handle->delete_on_close = flags & SQLITE_OPEN_DELETEONCLOSE;
	disk.open++;
	if (out_flags)
		*out_flags = flags;
	return unlock(SQLITE_OK);
}

static int disk_delete(sqlite3_vfs *vfs, const char *name, int sync_folder)
{
	(void)vfs;
	lock();
	int code = count_call(CALL_OTHER);
	struct file *file = find(name, false);
	if (code == SQLITE_OK && (!file || !file->there))
		return unlock(SQLITE_IOERR_DELETE_NOENT);
	if (code == SQLITE_OK) {
		file->there = false;
		file->seen.size = 0;
		forget_pending(file);
		/* Without the folder's sync the file may come back: see disk_revive(). */
		if (sync_folder && !disk.lies)
			file->durable = false;
	}
	return unlock(code == SQLITE_OK ? code : SQLITE_IOERR_DELETE);
}

static int disk_access(sqlite3_vfs *vfs, const char *name, int flags, int *out)
{
	(void)vfs;
	(void)flags;
	lock();
	const struct file *file = find(name, false);
	*out = file && file->there && (flags != SQLITE_ACCESS_EXISTS || file->seen.size > 0);
	return unlock(disk.dead ? SQLITE_IOERR_ACCESS : SQLITE_OK);
}

static int disk_path(sqlite3_vfs *vfs, const char *name, int size, char *out)
{
	(void)vfs;
	sqlite3_snprintf(size, out, "%s", name);
	return SQLITE_OK;
}

static int disk_randomness(sqlite3_vfs *vfs, int size, char *out)
{
	(void)vfs;
	lock();
	for (int i = 0; i < size; i++)
		out[i] = (char)random_next(&disk.random);
	return unlock(size);
}

static int disk_sleep(sqlite3_vfs *vfs, int microseconds)
{
	(void)vfs;
	return microseconds;
}

static int disk_time(sqlite3_vfs *vfs, double *out)
{
	(void)vfs;
	*out = 2460000.5;
	return SQLITE_OK;
}

static int disk_error(sqlite3_vfs *vfs, int size, char *out)
{
	(void)vfs;
	(void)size;
	(void)out;
	return 0;
}

void disk_register(void)
{
	static sqlite3_vfs vfs = { .iVersion = 1,
		.szOsFile = sizeof(struct handle),
		.mxPathname = NAME_MAX_BYTES - 1,
		.zName = DISK_VFS,
		.xOpen = disk_open,
		.xDelete = disk_delete,
		.xAccess = disk_access,
		.xFullPathname = disk_path,
		.xRandomness = disk_randomness,
		.xSleep = disk_sleep,
		.xCurrentTime = disk_time,
		.xGetLastError = disk_error };
	int code = sqlite3_vfs_register(&vfs, 0);
	assert(code == SQLITE_OK);
	(void)code;
}

void disk_erase(void)
{
	assert(disk.open == 0);
	for (int i = 0; i < FILES_MAX; i++) {
		struct file *file = &disk.files[i];
		forget_pending(file);
		free_regions(file);
		image_free(&file->seen);
		image_free(&file->saved);
		memset(file, 0, sizeof *file);
	}
}

void disk_format(uint64_t seed)
{
	disk_erase();
	disk.random = random_seeded(seed);
	disk.calls = disk.cut_at = disk.fail_at = 0;
	disk.dead = disk.lies = disk.failed = false;
}

void disk_keep(void)
{
	for (int i = 0; i < FILES_MAX; i++) {
		struct file *file = &disk.files[i];
		kept_names[i][0] = '\0';
		if (file->there) {
			save(file);
			image_copy(&kept[i], &file->seen);
			memcpy(kept_names[i], file->name, sizeof file->name);
		}
	}
}

void disk_bring_back(uint64_t seed)
{
	disk_format(seed);
	for (int i = 0; i < FILES_MAX; i++)
		if (kept_names[i][0]) {
			struct file *file = find(kept_names[i], true);
			file->there = file->durable = true;
			image_copy(&file->seen, &kept[i]);
			image_copy(&file->saved, &kept[i]);
		}
}

uint64_t disk_calls(void)
{
	return disk.calls;
}

void disk_cut_at(uint64_t call)
{
	lock();
	disk.cut_at = call ? disk.calls + call : 0;
	unlock(0);
}

bool disk_is_dead(void)
{
	return disk.dead;
}

void disk_lies(bool lies)
{
	disk.lies = lies;
}

void disk_fail(enum disk_fault fault, uint64_t call, bool sticky)
{
	lock();
	disk.fault = fault;
	disk.fail_at = call ? disk.calls + call : 0;
	disk.sticky = sticky;
	disk.failed = false;
	unlock(0);
}

bool disk_failed(void)
{
	return disk.failed;
}

unsigned disk_open_files(void)
{
	return disk.open;
}

/* Sectors of a write that reached the platter: all, none, or each by chance. */
static void revive_write(struct file *file, const struct pending *p, uint32_t sector)
{
	uint32_t fate = random_below(&disk.random, 4);
	size_t at = p->offset, end = p->offset + p->len;

	while (at < end && fate != 0) {
		size_t next = (at / sector + 1) * sector;
		if (next > end)
			next = end;
		if (fate == 1 || random_chance(&disk.random, 50))
			image_write(&file->saved, at, p->bytes + (at - p->offset), next - at);
		at = next;
	}
}

void disk_revive(uint32_t sector)
{
	assert(disk.open == 0);
	for (int i = 0; i < FILES_MAX; i++) {
		struct file *file = &disk.files[i];
		if (!file->name[0])
			continue;
		/* A deletion, or the making of a file, of which the folder was not told. */
		if (file->there != file->durable && random_chance(&disk.random, 50))
			file->durable = file->there;
		if (!file->durable)
			file->saved.size = 0;
		for (struct pending *p = file->first; p && file->durable; p = p->next) {
			if (p->len)
				revive_write(file, p, sector);
			else if (random_chance(&disk.random, 50))
				image_resize(&file->saved, p->offset);
		}
		forget_pending(file);
		free_regions(file);
		image_copy(&file->seen, &file->saved);
		file->there = file->durable;
		file->shared = file->shm_users = 0;
		file->reserved = file->exclusive = NULL;
		memset(file->shm_shared, 0, sizeof file->shm_shared);
		memset(file->shm_exclusive, 0, sizeof file->shm_exclusive);
	}
	disk.dead = false;
	disk.cut_at = disk.fail_at = 0;
}
