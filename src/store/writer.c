/* The one writer. Callers queue; a thread takes all that wait, applies them in one transaction,
 * each under a savepoint of its own, and commits once: one fsync for as many as there are. Nobody
 * is told "saved" before that. */
#include "store/internal.h"

#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

#define BATCH_MAX 256
#define BATCH_MEMORY ((size_t)2 << 30)
#define PROBE_SECONDS 2 /* whole seconds: the next one but one begins in 1 to 2 */

struct request {
	const struct store_change *change;
	struct store_receipt *receipt;
	enum status status;
	bool done;
	struct request *next;
};

struct store_writer {
	struct store *store;
	struct db *db;
	struct arena arena; /* of a batch */
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t work, finished;
	struct request *first, *last;
	bool closing;
	_Atomic enum store_state state;
};

static const char *why_of(enum db_status status)
{
	switch (status) {
	case DB_FULL:
		return "the disk is full: nothing is written until there is room again";
	case DB_SYNC:
		return "the disk would not say that it saved: the store takes no more until it is "
		       "opened again";
	case DB_BUSY:
		return "another program is writing to the database";
	case DB_MEMORY:
		return "out of memory";
	case DB_CORRUPT:
		return "the database is damaged";
	default:
		return "the disk refused";
	}
}

static void note_state(struct store_writer *writer, enum db_status status)
{
	if (status == DB_OK)
		writer->state = STORE_WRITES;
	else if (status == DB_FULL)
		writer->state = STORE_FULL;
	else if (status == DB_SYNC || status == DB_CORRUPT)
		writer->state = STORE_STOPPED;
}

static void fail(struct request *request, enum db_status failed)
{
	*request->receipt = (struct store_receipt){ .why = why_of(failed) };
	if (failed == DB_FULL || failed == DB_SYNC || failed == DB_CORRUPT)
		request->receipt->refusal = STORE_NO_WRITING;
	request->status = failed == DB_MEMORY ? STATUS_NO_MEMORY : STATUS_IO;
}

/* One request under its savepoint. Anything but DB_OK ends the whole transaction. */
static enum db_status apply_one(
	struct store_writer *writer, struct tree *tree, struct request *request, int64_t seconds)
{
	enum db_status failed = DB_OK, status = db_run(writer->db, SQL_SAVEPOINT, NULL, 0);

	if (status != DB_OK)
		return status;
	*request->receipt = (struct store_receipt){ 0 };
	request->status = store__apply(request->receipt, &failed, writer->db, &writer->arena, tree,
		request->change, seconds);
	if (request->status == STATUS_IO)
		return failed == DB_OK ? DB_OTHER : failed;
	if (!writer->db->engine->in_transaction(writer->db))
		return DB_OTHER;
	if (request->status != STATUS_OK)
		status = db_run(writer->db, SQL_UNDO, NULL, 0);
	return status == DB_OK ? db_run(writer->db, SQL_RELEASE, NULL, 0) : status;
}

static enum db_status save_head(struct db *db, const struct tree *tree)
{
	struct sha256 root = store__tree_root(tree);
	struct str peaks = { (const char *)tree->peaks,
		store__tree_peaks(tree->size) * sizeof tree->peaks[0] };

	return DB_RUN(
		db, SQL_HEAD_SET, INT_VALUE(tree->size), HASH_VALUE(&root), BLOB_VALUE(peaks));
}

static enum db_status apply_all(struct store_writer *writer, struct request *batch)
{
	struct tree tree;
	struct sha256 root;
	int64_t seconds = writer->store->clock->seconds(writer->store->clock->context);
	enum db_status status = db_run(writer->db, SQL_BEGIN_WRITE, NULL, 0);

	if (status == DB_OK) /* anew each time: another process may have written */
		status = store__read_head(&tree, &root, writer->db);
	uint64_t before = tree.size;
	for (struct request *request = batch; request && status == DB_OK; request = request->next)
		status = apply_one(writer, &tree, request, seconds);
	if (status == DB_OK && tree.size != before)
		status = save_head(writer->db, &tree);
	if (status == DB_OK)
		status = db_run(writer->db, SQL_COMMIT, NULL, 0);
	if (writer->db->engine->in_transaction(writer->db))
		db_run(writer->db, SQL_ROLLBACK, NULL, 0);
	return status;
}

static void run_batch(struct store_writer *writer, struct request *batch)
{
	enum db_status status = writer->state == STORE_STOPPED ? DB_SYNC : DB_OK;

	arena_reset(&writer->arena);
	if (status == DB_OK) {
		status = apply_all(writer, batch);
		note_state(writer, status);
	}
	if (status != DB_OK)
		for (struct request *request = batch; request; request = request->next)
			fail(request, status);
}

/* A full disk may have room again: one page is written to find out. */
static void probe(struct store_writer *writer)
{
	struct tree tree;
	struct sha256 root;
	enum db_status status = db_run(writer->db, SQL_BEGIN_WRITE, NULL, 0);

	if (status == DB_OK)
		status = store__read_head(&tree, &root, writer->db);
	if (status == DB_OK)
		status = save_head(writer->db, &tree);
	if (status == DB_OK)
		status = db_run(writer->db, SQL_COMMIT, NULL, 0);
	if (writer->db->engine->in_transaction(writer->db))
		db_run(writer->db, SQL_ROLLBACK, NULL, 0);
	note_state(writer, status);
}

/* The log into the database. What was acknowledged is in the log already, so that a failure here
 * loses nothing; but a disk that would not save is not asked again. */
static void tidy(struct store_writer *writer)
{
	enum db_status status = writer->db->engine->tidy(writer->db, writer->store->log_pages);

	if (status == DB_SYNC || status == DB_CORRUPT || status == DB_FULL)
		note_state(writer, status);
}

/* The requests that wait, at most BATCH_MAX; NULL when the time to probe has come or the store
 * closes. */
static struct request *take(struct store_writer *writer)
{
	struct timespec until = { 0 };

	until.tv_sec = writer->store->clock->seconds(writer->store->clock->context) + PROBE_SECONDS;

	while (!writer->first && !writer->closing) {
		if (writer->state != STORE_FULL)
			pthread_cond_wait(&writer->work, &writer->lock);
		else if (pthread_cond_timedwait(&writer->work, &writer->lock, &until) == ETIMEDOUT)
			return NULL;
	}
	struct request *batch = writer->first, *end = batch;
	for (int i = 1; end && end->next && i < BATCH_MAX; i++)
		end = end->next;
	writer->first = end ? end->next : NULL;
	if (!writer->first)
		writer->last = NULL;
	if (end)
		end->next = NULL;
	return batch;
}

static void *write_all(void *context)
{
	struct store_writer *writer = context;

	pthread_mutex_lock(&writer->lock);
	while (!writer->closing || writer->first) {
		struct request *batch = take(writer);
		pthread_mutex_unlock(&writer->lock);
		if (batch)
			run_batch(writer, batch);
		else if (writer->state == STORE_FULL)
			probe(writer);
		pthread_mutex_lock(&writer->lock);
		bool saved = batch != NULL;
		while (batch) {
			struct request *next = batch->next;
			batch->done = true; /* its memory is the caller's again */
			batch = next;
		}
		pthread_cond_broadcast(&writer->finished);
		if (!saved || writer->state != STORE_WRITES)
			continue;
		pthread_mutex_unlock(&writer->lock);
		tidy(writer); /* nobody waits for it */
		pthread_mutex_lock(&writer->lock);
	}
	pthread_mutex_unlock(&writer->lock);
	return NULL;
}

enum status store__writer_start(struct store *store, struct db *db)
{
	struct store_writer *writer = ARENA_NEW(&store->arena, struct store_writer);

	if (!writer)
		return STATUS_NO_MEMORY;
	writer->store = store;
	writer->db = db;
	writer->state = STORE_WRITES;
	arena_init(&writer->arena, store->arena.allocator, BATCH_MEMORY);
	if (pthread_mutex_init(&writer->lock, NULL) != 0)
		return STATUS_NO_MEMORY;
	if (pthread_cond_init(&writer->work, NULL) != 0)
		goto destroy_lock;
	if (pthread_cond_init(&writer->finished, NULL) != 0)
		goto destroy_work;
	if (pthread_create(&writer->thread, NULL, write_all, writer) == 0) {
		store->writer = writer;
		return STATUS_OK;
	}
	pthread_cond_destroy(&writer->finished);
destroy_work:
	pthread_cond_destroy(&writer->work);
destroy_lock:
	pthread_mutex_destroy(&writer->lock);
	return STATUS_NO_MEMORY;
}

void store__writer_stop(struct store *store)
{
	struct store_writer *writer = store->writer;

	if (!writer)
		return;
	pthread_mutex_lock(&writer->lock);
	writer->closing = true;
	pthread_cond_broadcast(&writer->work);
	pthread_mutex_unlock(&writer->lock);
	pthread_join(writer->thread, NULL);
	pthread_cond_destroy(&writer->finished);
	pthread_cond_destroy(&writer->work);
	pthread_mutex_destroy(&writer->lock);
	writer->db->engine->close(writer->db);
	arena_free(&writer->arena);
	store->writer = NULL;
}

enum store_state store_state(const struct store *store)
{
	assert(store);
	return store->writer ? store->writer->state : STORE_READS;
}

static enum status refuse(
	struct store_receipt *receipt, enum store_refusal refusal, const char *why)
{
	*receipt = (struct store_receipt){ .refusal = refusal, .why = why };
	return STATUS_REFUSED;
}

enum status store_apply(
	struct store *store, const struct store_change *change, struct store_receipt *receipt)
{
	struct store_writer *writer = store->writer;
	struct request request = { .change = change, .receipt = receipt };

	assert(store && change && receipt);
	*receipt = (struct store_receipt){ 0 };
	if (!writer)
		return refuse(receipt, STORE_NO_WRITING, "the database was opened for reading");
	if (change->key.len > STORE_KEY_MAX || utf8_valid_prefix(change->key) != change->key.len ||
		utf8_valid_prefix(change->what) != change->what.len)
		return refuse(receipt, STORE_UNFIT, "a key that is too long, or no UTF-8");
	pthread_mutex_lock(&writer->lock);
	if (writer->last)
		writer->last->next = &request;
	else
		writer->first = &request;
	writer->last = &request;
	pthread_cond_signal(&writer->work);
	while (!request.done)
		pthread_cond_wait(&writer->finished, &writer->lock);
	pthread_mutex_unlock(&writer->lock);
	return request.status;
}
