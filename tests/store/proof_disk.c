/* Proofs on the simulated disk: power cuts, failed calls, a full disk, lost answers. All from a
 * seed.
 *
 *   proof_disk --cuts N --rounds N --receipts N --seed S */
#include "scene.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static uint64_t seed = 7;

/* A run of changes until one is not acknowledged; the store is closed again. */
static void run(struct scene *scene, size_t changes)
{
	struct store_receipt receipt;
	struct store *store;

	if (scene_open(&store, STORE_WRITE) != STATUS_OK)
		return;
	for (size_t i = 0; i < changes; i++)
		if (scene_ask(scene, store, scene->asked, &receipt) != STATUS_OK)
			break;
	store_close(store);
}

/* Calls that COUNT changes take, from opening to closing. */
static uint64_t calls_of(uint64_t scene_seed, size_t changes)
{
	struct scene scene;

	scene_start(&scene, scene_seed);
	uint64_t before = disk_calls();
	run(&scene, changes);
	uint64_t calls = disk_calls() - before;
	scene_end(&scene);
	return calls;
}

static void tell(const struct scene *scene, const char *what, uint64_t number)
{
	printf("# %s %llu of seed %llu: " STR_FMT "\n", what, (unsigned long long)number,
		(unsigned long long)scene->seed, STR_ARG(scene->trouble));
}

/* The power goes at any call while changes are made; then it may go again while they are looked
 * for. */
static uint64_t power_cuts(uint64_t cuts, bool lying)
{
	uint64_t bad = 0;
	struct random random = random_seeded(seed);

	for (uint64_t cut = 0; cut < cuts; cut++) {
		uint64_t scene_seed = random_next(&random) >> 16;
		size_t changes = 1 + random_below(&random, 8);
		uint64_t calls = calls_of(scene_seed, changes);
		uint32_t sector = random_chance(&random, 50) ? 512 : 4096;
		struct scene scene;
		scene_start(&scene, scene_seed);
		disk_lies(lying);
		disk_cut_at(1 + random_below(&random, (uint32_t)calls + 2));
		run(&scene, changes);
		disk_revive(sector);
		if (random_chance(&random, 20)) { /* during recovery */
			disk_cut_at(1 + random_below(&random, 40));
			run(&scene, 1);
			disk_revive(sector);
		}
		disk_lies(false);
		if (!scene_check(&scene)) {
			if (!lying && bad < 5)
				tell(&scene, "cut", cut);
			bad++;
		}
		scene_end(&scene);
	}
	return bad;
}

/* One call fails, or all from it on; then the disk is well again, perhaps after a cut. */
static bool one_fault(
	uint64_t *struck, uint64_t scene_seed, enum disk_fault fault, uint64_t call, bool sticky)
{
	struct scene scene;
	struct store_receipt receipt;
	struct store *store = NULL;

	scene_start(&scene, scene_seed);
	disk_fail(fault, call, sticky);
	if (scene_open(&store, STORE_WRITE) == STATUS_OK) {
		for (size_t i = 0; i < 5; i++) {
			bool stopped = store_state(store) == STORE_STOPPED;
			enum status status = scene_ask(&scene, store, scene.asked, &receipt);
			if (status == STATUS_OK && stopped)
				scene_trouble(&scene, "a stopped store takes a change");
			if (status != STATUS_OK && !receipt.why)
				scene_trouble(&scene, "a failure without words");
		}
		store_close(store);
	}
	*struck += disk_failed();
	disk_fail(fault, 0, false);
	if (call % 2) {
		disk_cut_at(1);
		disk_revive(call % 4 == 1 ? 512 : 4096);
	}
	bool good = scene_check(&scene);
	if (!good)
		printf("# fault %d at call %llu%s, seed %llu: " STR_FMT "\n", (int)fault,
			(unsigned long long)call, sticky ? " and later" : "",
			(unsigned long long)scene_seed, STR_ARG(scene.trouble));
	scene_end(&scene);
	return good;
}

static void failed_calls(uint64_t rounds)
{
	uint64_t bad = 0, struck = 0;
	struct random random = random_seeded(seed + 1);

	for (uint64_t round = 0; round < rounds; round++) {
		uint64_t scene_seed = random_next(&random) >> 16;
		uint64_t calls = calls_of(scene_seed, 5);
		for (uint64_t call = 1; call <= calls; call++)
			for (int fault = 0; fault < DISK_FAULTS; fault++)
				for (int sticky = 0; sticky < 2 && bad < 20; sticky++)
					bad += !one_fault(&struck, scene_seed,
						(enum disk_fault)fault, call, sticky);
	}
	promise_count("store-failed-calls", bad, "failures", struck);
}

/* Nothing is taken while the disk is full, reading goes on, and it comes back by itself. */
static void full_disk(void)
{
	struct scene scene;
	struct store_receipt receipt;
	struct store *store;
	struct store_view *view = NULL;
	uint64_t sequence = 0;

	scene_start(&scene, seed);
	bool holds = scene_open(&store, STORE_WRITE) == STATUS_OK;
	if (holds) {
		holds = scene_ask(&scene, store, 0, &receipt) == STATUS_OK;
		disk_fail(DISK_FULL, 1, true);
		holds = holds && scene_ask(&scene, store, 1, &receipt) == STATUS_IO &&
			receipt.refusal == STORE_NO_WRITING && strstr(receipt.why, "full") &&
			store_state(store) == STORE_FULL;
		holds = holds && store_head(store, &sequence, NULL) == STATUS_OK && sequence == 2 &&
			store_view_open(&view, store, STORE_NEWEST, STR("w"), NULL) == STATUS_OK;
		store_view_close(view);
		disk_fail(DISK_FULL, 0, false);
		holds = holds && scene_ask(&scene, store, 1, &receipt) == STATUS_OK &&
			store_state(store) == STORE_WRITES;
		store_close(store);
		holds = scene_check(&scene) && holds;
	}
	promise("store-full-disk", holds ? "read-only-and-back" : "not-so", "read-only-and-back",
		holds);
	scene_end(&scene);
}

/* Without a call, too: the writer tries by itself, on the system's clock. */
static void full_disk_comes_back(void)
{
	struct scene scene;
	struct store_receipt receipt;
	struct store *store;
	bool holds = true;

	scene_start(&scene, seed);
	if (scene_open_with(&store, STORE_WRITE, &clock_system) == STATUS_OK) {
		disk_fail(DISK_FULL, 1, true);
		holds = scene_ask(&scene, store, 0, &receipt) == STATUS_IO &&
			store_state(store) == STORE_FULL;
		disk_fail(DISK_FULL, 0, false);
		for (int i = 0; i < 50 && store_state(store) == STORE_FULL; i++)
			usleep(100000);
		holds = holds && store_state(store) == STORE_WRITES;
		store_close(store);
		holds = scene_check(&scene) && holds;
	}
	promise("store-full-disk-by-itself", holds ? "back" : "not-so", "back-in-5-s", holds);
	scene_end(&scene);
}

/* The answer to a change is lost between commit and caller, often with the machine; the change is
 * asked for again, with the same key. */
static void lost_answers(uint64_t requests)
{
	uint64_t bad = 0;
	struct random random = random_seeded(seed + 2);
	struct scene scene;
	struct store *store = NULL;
	struct store_receipt first, second;

	scene_start(&scene, seed + 2);
	for (uint64_t i = 0; i < requests; i++) {
		size_t number = i % 40;
		if (number == 0) {
			bool good = true;
			store_close(store);
			store = NULL;
			if (i)
				good = scene_check(&scene);
			bad += !good;
			scene_end(&scene);
			scene_start(&scene, seed + 2 + i);
		}
		if (!store && scene_open(&store, STORE_WRITE) != STATUS_OK) {
			bad++;
			break;
		}
		if (scene_ask(&scene, store, number, &first) != STATUS_OK)
			bad++;
		if (random_chance(&random, 50)) { /* the power goes before anybody heard */
			disk_cut_at(1);
			store_close(store);
			disk_revive(random_chance(&random, 50) ? 512 : 4096);
			if (scene_open(&store, STORE_WRITE) != STATUS_OK) {
				store = NULL;
				bad++;
				break;
			}
		}
		bad += scene_ask(&scene, store, number, &second) != STATUS_OK || !second.repeated ||
		       second.sequence != first.sequence ||
		       memcmp(second.root.bytes, first.root.bytes, 32) != 0;
	}
	store_close(store);
	bad += !scene_check(&scene);
	if (scene.trouble.ptr)
		tell(&scene, "receipts", requests);
	scene_end(&scene);
	promise_count("store-receipts", bad, "requests", requests);
}

static uint64_t option(int argc, char **argv, const char *name, uint64_t otherwise)
{
	for (int i = 1; i + 1 < argc; i++)
		if (strcmp(argv[i], name) == 0)
			return strtoull(argv[i + 1], NULL, 10);
	return otherwise;
}

int main(int argc, char **argv)
{
	uint64_t cuts = option(argc, argv, "--cuts", 1000), lies;
	char measured[32];

	seed = option(argc, argv, "--seed", seed);
	printf("# seed %llu\n", (unsigned long long)seed);
	disk_register();
	scene_found(seed);
	promise_count("store-power-cuts", power_cuts(cuts, false), "cuts", cuts);
	/* The control: a disk that does not save must be found out, or the proof proves nothing. */
	lies = power_cuts(100, true);
	snprintf(measured, sizeof measured, "%llu", (unsigned long long)lies);
	promise("store-lying-disk-found-out", measured, "10-of-100-or-more", lies >= 10);
	failed_calls(option(argc, argv, "--rounds", 1));
	full_disk();
	full_disk_comes_back();
	lost_answers(option(argc, argv, "--receipts", 1000));
	disk_format(0);
	return promises_end();
}
