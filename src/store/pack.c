/* Backups as zstd: a database packs to a fifth or less. The frame ends in a checksum of all of it,
 * so that a file that was cut off or altered is found out before anything is restored. */
#include "store/internal.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <zstd.h>

#define LEVEL 6 /* beyond it a database hardly gets smaller, and takes many times as long */

struct packing {
	FILE *from, *to;
	ZSTD_CCtx *pack;
	ZSTD_DCtx *unpack;
	void *in, *out;
	size_t in_size, out_size;
};

static enum status fault(void)
{
	return errno == ENOENT ? STATUS_NOT_FOUND : errno == EEXIST ? STATUS_REFUSED : STATUS_IO;
}

static FILE *open_to_read(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	FILE *file = fd < 0 ? NULL : fdopen(fd, "rb");

	if (!file && fd >= 0)
		close(fd);
	return file;
}

/* TO must not be there. */
static enum status start(
	struct packing *packing, struct arena *arena, const char *from, const char *to, bool unpack)
{
	int fd;

	*packing = (struct packing){
		.in_size = unpack ? ZSTD_DStreamInSize() : ZSTD_CStreamInSize(),
		.out_size = unpack ? ZSTD_DStreamOutSize() : ZSTD_CStreamOutSize(),
	};
	packing->in = arena_get(arena, packing->in_size);
	packing->out = arena_get(arena, packing->out_size);
	if (unpack)
		packing->unpack = ZSTD_createDCtx();
	else
		packing->pack = ZSTD_createCCtx();
	if (!packing->in || !packing->out || !(packing->pack || packing->unpack))
		return STATUS_NO_MEMORY;
	packing->from = open_to_read(from);
	if (!packing->from)
		return fault();
	fd = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	packing->to = fd < 0 ? NULL : fdopen(fd, "wb");
	return packing->to ? STATUS_OK : fault();
}

/* What was written is on the disk, or it is not there. */
static enum status finish(struct packing *packing, const char *to, enum status status)
{
	if (packing->to) {
		if (status == STATUS_OK &&
			(fflush(packing->to) != 0 || fsync(fileno(packing->to)) != 0))
			status = STATUS_IO;
		if (fclose(packing->to) != 0 && status == STATUS_OK)
			status = STATUS_IO;
		if (status != STATUS_OK)
			unlink(to);
	}
	if (packing->from)
		fclose(packing->from);
	ZSTD_freeCCtx(packing->pack);
	ZSTD_freeDCtx(packing->unpack);
	return status;
}

static bool put(struct packing *packing, const ZSTD_outBuffer *out)
{
	return fwrite(packing->out, 1, out->pos, packing->to) == out->pos;
}

static enum status pack_all(struct packing *packing)
{
	ZSTD_CCtx_setParameter(packing->pack, ZSTD_c_compressionLevel, LEVEL);
	ZSTD_CCtx_setParameter(packing->pack, ZSTD_c_checksumFlag, 1);
	for (bool last = false; !last;) {
		size_t got = fread(packing->in, 1, packing->in_size, packing->from), left;
		ZSTD_inBuffer in = { packing->in, got, 0 };
		if (ferror(packing->from))
			return STATUS_IO;
		last = got < packing->in_size;
		do {
			ZSTD_outBuffer out = { packing->out, packing->out_size, 0 };
			left = ZSTD_compressStream2(
				packing->pack, &out, &in, last ? ZSTD_e_end : ZSTD_e_continue);
			if (ZSTD_isError(left))
				return STATUS_NO_MEMORY;
			if (!put(packing, &out))
				return STATUS_IO;
		} while (last ? left > 0 : in.pos < in.size);
	}
	return STATUS_OK;
}

static enum status unpack_all(struct packing *packing)
{
	size_t left = 1; /* of a frame that has begun */

	for (;;) {
		size_t got = fread(packing->in, 1, packing->in_size, packing->from);
		ZSTD_inBuffer in = { packing->in, got, 0 };
		if (ferror(packing->from))
			return STATUS_IO;
		if (got == 0)
			return left == 0 ? STATUS_OK : STATUS_REFUSED;
		while (in.pos < in.size) {
			ZSTD_outBuffer out = { packing->out, packing->out_size, 0 };
			if (left == 0) /* one frame is all that we write */
				return STATUS_REFUSED;
			left = ZSTD_decompressStream(packing->unpack, &out, &in);
			if (ZSTD_isError(left))
				return STATUS_REFUSED;
			if (!put(packing, &out))
				return STATUS_IO;
		}
	}
}

enum status store__pack(struct arena *arena, const char *from, const char *to)
{
	struct packing packing;
	enum status status = start(&packing, arena, from, to, false);

	if (status == STATUS_OK)
		status = pack_all(&packing);
	return finish(&packing, to, status);
}

enum status store_unpack(struct arena *arena, struct str from, struct str to)
{
	struct str whole = str_copy(arena, from), made = str_copy(arena, to);
	struct packing packing;
	enum status status;

	assert(from.len && to.len);
	if (!whole.ptr || !made.ptr)
		return STATUS_NO_MEMORY;
	status = start(&packing, arena, whole.ptr, made.ptr, true);
	if (status == STATUS_OK)
		status = unpack_all(&packing);
	return finish(&packing, made.ptr, status);
}

bool store_is_packed(const char *path)
{
	static const unsigned char magic[4] = { 0x28, 0xb5, 0x2f, 0xfd };
	unsigned char begin[sizeof magic];
	FILE *file = open_to_read(path);
	bool packed = file && fread(begin, 1, sizeof begin, file) == sizeof begin &&
		      memcmp(begin, magic, sizeof magic) == 0;

	if (file)
		fclose(file);
	return packed;
}
