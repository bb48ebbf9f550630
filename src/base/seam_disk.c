/* Files on disk. The only place that opens files; everything else is handed a struct
 * file_system. */
#include "base/seam.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATH_MAX_BYTES 4096
#define PIPE_WAIT_MS 2000
#define CHUNK ((size_t)64 << 10) /* first guess where the size is not known: pipes */

/* PATH as a C string; false where it cannot be one. */
static bool c_path(char out[static PATH_MAX_BYTES], struct str path)
{
	if (path.len == 0 || path.len >= PATH_MAX_BYTES || memchr(path.ptr, '\0', path.len))
		return false;
	memcpy(out, path.ptr, path.len);
	out[path.len] = '\0';
	return true;
}

static enum status status_of_errno(int error)
{
	switch (error) {
	case ENOENT:
	case ENOTDIR:
		return STATUS_NOT_FOUND;
	case ENOMEM:
		return STATUS_NO_MEMORY;
	default:
		return STATUS_IO;
	}
}

static ssize_t read_some(int fd, char *buffer, size_t size)
{
	ssize_t got;
	do {
		got = read(fd, buffer, size);
	} while (got < 0 && errno == EINTR);
	return got;
}

/* All of FD, whose size is probably GUESS. One byte more than the content is kept for the NUL,
 * and one more is asked for, so that a file that grew meanwhile is noticed. */
static enum status read_all(int fd, struct str *out, struct arena *arena, size_t guess, size_t max)
{
	size_t capacity = guess + 1, len = 0;
	char *buffer = arena_get_raw(arena, capacity + 1);
	if (!buffer)
		return STATUS_NO_MEMORY;
	for (;;) {
		ssize_t got = read_some(fd, buffer + len, capacity - len);
		if (got < 0)
			return STATUS_IO;
		if (got == 0)
			break;
		len += (size_t)got;
		if (len > max)
			return STATUS_REFUSED;
		if (len < capacity)
			continue;
		size_t wanted = capacity < CHUNK ? CHUNK : capacity * 2;
		buffer = arena_grow(arena, buffer, len, wanted + 1, 1);
		if (!buffer)
			return STATUS_NO_MEMORY;
		capacity = wanted;
	}
	buffer[len] = '\0';
	*out = (struct str){ buffer, len };
	return STATUS_OK;
}

/* Somebody writes to the pipe FD within PIPE_WAIT_MS; from then on it is read like a file. */
static bool pipe_speaks(int fd)
{
	struct pollfd wait = { .fd = fd, .events = POLLIN };
	int flags = fcntl(fd, F_GETFL);
	return flags >= 0 && fcntl(fd, F_SETFL, flags & ~O_NONBLOCK) == 0 &&
	       poll(&wait, 1, PIPE_WAIT_MS) > 0;
}

static enum status disk_read(
	void *context, struct str *out, struct arena *arena, struct str path, size_t max)
{
	char name[PATH_MAX_BYTES];
	struct stat about;
	enum status status = STATUS_IO;
	(void)context;
	assert(out && arena);
	if (!c_path(name, path))
		return STATUS_NOT_FOUND;
	/* A pipe that nobody writes to must not hold the program up: see pipe_speaks(). */
	int fd = open(name, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return status_of_errno(errno);
	if (fstat(fd, &about) < 0 || S_ISDIR(about.st_mode) ||
		(S_ISFIFO(about.st_mode) && !pipe_speaks(fd)))
		goto close_fd;
	size_t guess = S_ISREG(about.st_mode) ? (size_t)about.st_size : CHUNK - 2;
	if (S_ISREG(about.st_mode) && guess > max)
		status = STATUS_REFUSED;
	else
		status = read_all(fd, out, arena, guess, max);
close_fd:
	close(fd);
	return status;
}

static int compare_names(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

static enum status disk_list(
	void *context, struct str **names, size_t *count, struct arena *arena, struct str path)
{
	char name[PATH_MAX_BYTES];
	void *items = NULL;
	size_t capacity = 0;
	enum status status = STATUS_OK;
	(void)context;
	assert(names && count && arena);
	*names = NULL;
	*count = 0;
	if (!c_path(name, path))
		return STATUS_NOT_FOUND;
	DIR *folder = opendir(name);
	if (!folder)
		return status_of_errno(errno);
	for (;;) {
		struct stat about;
		errno = 0;
		const struct dirent *entry = readdir(folder);
		if (!entry) {
			status = errno ? STATUS_IO : STATUS_OK;
			break;
		}
		if (fstatat(dirfd(folder), entry->d_name, &about, 0) < 0 || !S_ISREG(about.st_mode))
			continue;
		struct str copy = str_copy(arena, str_of(entry->d_name));
		struct str *slot = arena_push(arena, &items, count, &capacity, sizeof *slot);
		if (!copy.ptr || !slot) {
			status = STATUS_NO_MEMORY;
			break;
		}
		*slot = copy;
	}
	closedir(folder);
	if (status != STATUS_OK) {
		*count = 0;
		return status;
	}
	if (*count > 1)
		qsort(items, *count, sizeof(struct str), compare_names);
	*names = items;
	return STATUS_OK;
}

static bool write_all(int fd, struct str content)
{
	size_t done = 0;
	while (done < content.len) {
		ssize_t wrote = write(fd, content.ptr + done, content.len - done);
		if (wrote < 0 && errno == EINTR)
			continue;
		if (wrote <= 0)
			return false;
		done += (size_t)wrote;
	}
	return fsync(fd) == 0;
}

/* Makes the renaming itself durable. */
static bool sync_folder_of(const char *name)
{
	char folder[PATH_MAX_BYTES] = ".";
	const char *slash = strrchr(name, '/');
	if (slash) {
		size_t len = slash == name ? 1 : (size_t)(slash - name);
		memcpy(folder, name, len);
		folder[len] = '\0';
	}
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return false;
	bool synced = fsync(fd) == 0;
	close(fd);
	return synced;
}

static enum status disk_write(void *context, struct str path, struct str content)
{
	char name[PATH_MAX_BYTES], temporary[PATH_MAX_BYTES + 32];
	struct stat about;
	(void)context;
	if (!c_path(name, path))
		return STATUS_NOT_FOUND;
	mode_t mode = stat(name, &about) == 0 ? about.st_mode & 0777u : 0666u;
	snprintf(temporary, sizeof temporary, "%s.%016llx.new", name,
		(unsigned long long)random_system_seed());
	int fd = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
	if (fd < 0)
		return status_of_errno(errno);
	bool written = write_all(fd, content);
	if (close(fd) < 0)
		written = false;
	if (!written || rename(temporary, name) < 0) {
		unlink(temporary);
		return STATUS_IO;
	}
	return sync_folder_of(name) ? STATUS_OK : STATUS_IO;
}

const struct file_system file_system_disk = { disk_read, disk_list, disk_write, NULL };
