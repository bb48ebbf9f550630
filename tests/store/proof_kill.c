/* kill -9 at random points under 64 writers, on real files: what was acknowledged is there, once,
 * and what was under way is there once or not at all until it is asked for again.
 *
 *   proof_kill --kills N --seed S [--child FILE] */
#include "scene.h"

#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WRITERS = 64, REFOUND_AFTER = 25, START_MAX_MS = 20000 };

struct writer {
	struct store *store;
	unsigned number;
	uint64_t next;
};
/* Per writer: changes acknowledged so far, and the entry of the last. */
struct book {
	uint64_t done[WRITERS], last[WRITERS], all;
};

static enum status ask(
	struct store *store, unsigned writer, uint64_t number, struct store_receipt *receipt)
{
	char row[64], key[64];
	struct store_edit edit = { STORE_FACT_PUT, STR("channels.csv"), STR_NONE };
	struct store_change change = { .edits = &edit, .count = 1, .what = STR("a change") };

	snprintf(row, sizeof row, "DEU,,phone,+%u-%llu,a", writer, (unsigned long long)number);
	snprintf(key, sizeof key, "%u/%llu", writer, (unsigned long long)number);
	edit.content = str_of(row);
	change.key = str_of(key);
	return store_apply(store, &change, receipt);
}

static void *write_on(void *context)
{
	struct writer *writer = context;

	for (;; writer->next++) {
		struct store_receipt receipt;
		char line[64];
		if (ask(writer->store, writer->number, writer->next, &receipt) != STATUS_OK)
			return NULL;
		int len = snprintf(line, sizeof line, "%u %llu %llu\n", writer->number,
			(unsigned long long)writer->next, (unsigned long long)receipt.sequence);
		if (write(STDOUT_FILENO, line, (size_t)len) != len)
			return NULL;
	}
}

static struct store *open_file(const char *file, enum store_mode mode)
{
	struct arena arena;
	struct diags diags;
	struct store *store = NULL;
	struct store_config config = {
		.path = str_of(file), .mode = mode, .clock = &clock_system, .log_pages = 100
	};

	arena_init(&arena, &allocator_system, 1 << 20);
	diags_init(&diags, &arena, 5);
	if (store_open(&store, &config, &diags) != STATUS_OK)
		printf("# %s: " STR_FMT "\n", file,
			STR_ARG(diags.count ? diags.items[0].message : STR("does not open")));
	arena_free(&arena);
	return store;
}

/* Writes until it is killed. STARTS: for each writer the first number. */
static int child(const char *file, char **starts)
{
	static struct writer writers[WRITERS];
	pthread_t threads[WRITERS];
	struct store *store = open_file(file, STORE_WRITE);

	if (!store)
		return 3;
	for (unsigned i = 0; i < WRITERS; i++) {
		writers[i] = (struct writer){ store, i, strtoull(starts[i], NULL, 10) };
		if (pthread_create(&threads[i], NULL, write_on, &writers[i]) != 0)
			return 3;
	}
	for (unsigned i = 0; i < WRITERS; i++)
		pthread_join(threads[i], NULL);
	return 4; /* writers end only when something failed */
}

static pid_t start(const char *self, const char *file, const struct book *book, int *out)
{
	static char numbers[WRITERS][24];
	char *arguments[WRITERS + 4] = { (char *)self, (char *)"--child", (char *)file };
	int ends[2];

	for (int i = 0; i < WRITERS; i++) {
		snprintf(numbers[i], sizeof numbers[i], "%llu", (unsigned long long)book->done[i]);
		arguments[3 + i] = numbers[i];
	}
	if (pipe(ends) != 0)
		return -1;
	pid_t pid = fork();
	if (pid == 0) {
		dup2(ends[1], STDOUT_FILENO);
		close(ends[0]);
		close(ends[1]);
		execv("/proc/self/exe", arguments);
		_exit(127);
	}
	close(ends[1]);
	*out = ends[0];
	return pid;
}

/* All that the child had written when it died. False when an answer contradicts an earlier one. */
static bool read_book(struct book *book, int in)
{
	FILE *lines = fdopen(in, "r");
	char line[128];
	bool good = lines != NULL;

	while (lines && fgets(line, sizeof line, lines)) {
		char *rest;
		unsigned long writer = strtoul(line, &rest, 10);
		uint64_t number = strtoull(rest, &rest, 10), sequence = strtoull(rest, &rest, 10);
		good = good && writer < WRITERS && number == book->done[writer] &&
		       sequence > book->last[writer];
		if (!good)
			break;
		book->done[writer]++;
		book->last[writer] = sequence;
		book->all++;
	}
	if (lines)
		fclose(lines);
	return good;
}

/* The last acknowledged change of each writer is asked for again, then the one that was under way:
 * it is done now, and once. */
static bool ask_again(struct store *store, struct book *book)
{
	for (unsigned i = 0; i < WRITERS; i++) {
		struct store_receipt receipt;
		if (book->done[i] &&
			(ask(store, i, book->done[i] - 1, &receipt) != STATUS_OK ||
				!receipt.repeated || receipt.sequence != book->last[i]))
			return false;
		if (ask(store, i, book->done[i], &receipt) != STATUS_OK)
			return false;
		book->done[i]++;
		book->last[i] = receipt.sequence;
	}
	return true;
}

/* Rows +WRITER-NUMBER of channels.csv: every number below done, each once, nothing else. */
static bool count_rows(struct store *store, const struct book *book)
{
	struct store_view *view;
	struct arena arena;
	struct str text = STR_NONE, line;
	uint64_t seen[WRITERS] = { 0 };
	bool good = false;

	if (store_view_open(&view, store, STORE_NEWEST, STR("w"), NULL) != STATUS_OK)
		return false;
	arena_init(&arena, &allocator_system, (size_t)1 << 30);
	const struct file_system *files = store_view_files(view);
	good = files->read(files->context, &text, &arena, STR("w/channels.csv"), STORE_FILE_MAX) ==
	       STATUS_OK;
	while (good && str_next_word(&text, "\n", &line)) {
		char *rest;
		if (!str_starts(line, "DEU,,phone,+") || str_ends(line, "+49,a"))
			continue;
		unsigned long writer = strtoul(line.ptr + 12, &rest, 10);
		/* Each writer's rows stand in the order of its numbers: it waits for each. */
		good = writer < WRITERS && *rest == '-' &&
		       strtoull(rest + 1, NULL, 10) == seen[writer]++;
	}
	for (int i = 0; i < WRITERS; i++)
		good = good && seen[i] == book->done[i];
	store_view_close(view);
	arena_free(&arena);
	return good;
}

static bool verify(struct store *store)
{
	struct store_audit audit;
	struct arena arena;
	struct diags diags;

	arena_init(&arena, &allocator_system, 1 << 20);
	diags_init(&diags, &arena, 3);
	bool good = store_verify(&audit, store, NULL, &diags) == STATUS_OK && audit.faults == 0;
	if (diags.count)
		printf("# " STR_FMT "\n", STR_ARG(diags.items[0].message));
	arena_free(&arena);
	return good;
}

static void remove_file(const char *file)
{
	static const char *const endings[] = { "", "-wal", "-shm" };
	char name[300];

	for (int i = 0; i < 3; i++) {
		snprintf(name, sizeof name, "%s%s", file, endings[i]);
		unlink(name);
	}
}

static bool found(const char *file)
{
	static const struct store_edit edit = { STORE_PUT, { "channels.csv", 12 },
		{ "party,place,kind,address,source\nDEU,,phone,+49,a\n", 49 } };
	struct store_change change = { .edits = &edit, .count = 1, .what = STR("founded") };
	struct store_receipt receipt;

	remove_file(file);
	struct store *store = open_file(file, STORE_CREATE);
	bool good = store && store_apply(store, &change, &receipt) == STATUS_OK;
	store_close(store);
	return good;
}

static bool one_kill(const char *self, const char *file, struct book *book, struct random *random)
{
	int in, ended = 0;
	pid_t pid = start(self, file, book, &in);

	if (pid < 0)
		return false;
	/* One half dies while it starts or soon after, the other half at work: how long a start
	 * takes is a matter of the machine. */
	if (random_below(random, 2) == 0)
		poll(&(struct pollfd){ .fd = in, .events = POLLIN }, 1, START_MAX_MS);
	usleep(4000 + random_below(random, 90000));
	kill(pid, SIGKILL);
	waitpid(pid, &ended, 0);
	bool good = WIFSIGNALED(ended) && WTERMSIG(ended) == SIGKILL;
	if (!good)
		printf("# the writers ended by themselves: %d\n", ended);
	good = read_book(book, in) && good;
	struct store *store = open_file(file, STORE_WRITE);
	good = good && store && ask_again(store, book) && count_rows(store, book) && verify(store);
	store_close(store);
	return good;
}

/* Changes a second, each saved before it is acknowledged; no promise, for machines differ. */
static void tell_rate(const char *file)
{
	enum { SECONDS = 2 };
	struct book book = { 0 };
	int in;

	if (!found(file))
		return;
	pid_t pid = start("proof_kill", file, &book, &in);
	/* The pipe is emptied while the writers run, or they would wait for it. */
	if (pid > 0 && fork() == 0) {
		sleep(SECONDS);
		kill(pid, SIGKILL);
		_exit(0);
	}
	if (pid > 0 && read_book(&book, in))
		printf("# figure: %llu changes a second by %d writers, each on the disk before "
		       "its answer\n",
			(unsigned long long)book.all / SECONDS, WRITERS);
	while (wait(NULL) > 0)
		;
}

int main(int argc, char **argv)
{
	uint64_t kills = 100, seed = 11, bad = 0, acknowledged = 0;
	char folder[] = "/tmp/entente-kill-XXXXXX", file[64];
	struct book book = { 0 };

	if (argc == 3 + WRITERS && strcmp(argv[1], "--child") == 0)
		return child(argv[2], argv + 3);
	for (int i = 1; i + 1 < argc; i += 2) {
		if (strcmp(argv[i], "--kills") == 0)
			kills = strtoull(argv[i + 1], NULL, 10);
		if (strcmp(argv[i], "--seed") == 0)
			seed = strtoull(argv[i + 1], NULL, 10);
	}
	printf("# seed %llu\n", (unsigned long long)seed);
	struct random random = random_seeded(seed);
	if (!mkdtemp(folder))
		return 3;
	snprintf(file, sizeof file, "%s/x.db", folder);
	for (uint64_t kill_number = 0; kill_number < kills && bad < 5; kill_number++) {
		if (kill_number % REFOUND_AFTER == 0) {
			acknowledged += book.all;
			book = (struct book){ 0 };
			if (!found(file))
				bad++;
		}
		if (!one_kill(argv[0], file, &book, &random)) {
			printf("# kill %llu\n", (unsigned long long)kill_number);
			bad++;
			book = (struct book){ 0 };
			found(file);
		}
	}
	acknowledged += book.all;
	printf("# %llu changes acknowledged to %d writers\n", (unsigned long long)acknowledged,
		WRITERS);
	promise_count("store-kill-9", bad, "kills", kills);
	promise("store-kill-9-writers-wrote", acknowledged > kills ? "yes" : "no", "yes",
		acknowledged > kills);
	tell_rate(file);
	remove_file(file);
	rmdir(folder);
	return promises_end();
}
