/* Random small worlds against which engine and reference are held: made as files, read as any
 * workspace is read, so that reading and checking are exercised too. Everything follows from one
 * seed: world N of seed S is always the same, also with another compiler (no call draws twice in
 * its arguments). */
#ifndef ENTENTE_TESTS_SOAK_H
#define ENTENTE_TESTS_SOAK_H

#include "cover/cover.h"

#define SCENE_COUNTRIES 8
#define SCENE_PLACES 64
#define SCENE_PARTIES 64
#define SCENE_AGREEMENTS 8

/* What the generator knows of a world while it writes it: names only. */
struct scene {
	struct random random;
	struct arena *arena;
	struct memory_files files;
	bool no_memory;
	struct str countries[SCENE_COUNTRIES], country_nats[SCENE_COUNTRIES];
	size_t country_count;
	struct str places[SCENE_PLACES]; /* in countries, these included */
	size_t place_country[SCENE_PLACES];
	size_t place_count;
	struct str nats[SCENE_COUNTRIES]; /* that some country gives */
	size_t nat_count;
	struct str states[SCENE_COUNTRIES];
	size_t state_count;
	struct str parties[SCENE_PARTIES]; /* States first */
	size_t party_count;
};

/* A list that a random word is drawn from. */
struct words {
	const char *const *items;
	size_t count;
};
extern const struct words soak_services, soak_groups, soak_statuses, soak_levels;

uint32_t soak_below(struct scene *scene, size_t bound);
bool soak_chance(struct scene *scene, uint32_t percent);
const char *soak_word(struct scene *scene, struct words words);
struct str soak_pick(struct scene *scene, const struct str *items, size_t count);
/* A date of a coarse grid, so that bounds meet; an empty string in PERCENT of cases. */
struct str soak_date(struct scene *scene, uint32_t open_percent);
/* Up to MAX different words, with SEPARATOR. */
struct str soak_some(struct scene *scene, struct words words, size_t max, const char *separator);
void soak_put(struct scene *scene, struct str path, const struct buf *content);

/* World NUMBER of SEED as files under the folder "w" (generate.c, facts.c, documents.c). */
void soak_generate(struct scene *scene, struct arena *arena, uint64_t seed, uint32_t number);
void soak_generate_facts(struct scene *scene);
void soak_generate_documents(struct scene *scene);

/* A random valid query about WORLD (queries.c). */
void soak_query(struct query *query, struct random *random, const struct world *world,
	const struct accords *accords);
void soak_query_words(struct buf *out, const struct world *world, const struct query *query);

/* How often each thing was met in the run; each must be met at least so often in 10,000 queries or
 * cells (tally.c). */
#define SOAK_TALLY(X)                                                                              \
	X(queries, 0)                                                                              \
	X(answered, 20)                                                                            \
	X(several, 5)                                                                              \
	X(expected, 1)                                                                             \
	X(withheld, 5)                                                                             \
	X(held, 1)                                                                                 \
	X(via, 1)                                                                                  \
	X(unknown, 2)                                                                              \
	X(lowered, 1)                                                                              \
	X(schedule, 1)                                                                             \
	X(pool, 1) X(own_state, 1) X(residence_state, 1) X(host_state, 1) X(two_nats, 1)           \
		X(post, 1) X(office, 1) X(host_may_not_admit, 1) X(informed_choice, 1)             \
			X(notified_anyway, 1) X(as_own_unknown, 1) X(stale, 1) X(unconfirmed, 1)   \
				X(held_screen, 1) X(held_best_interests, 1) X(to_left, 1)          \
					X(remote, 1) X(may, 1) X(shall, 1) X(will, 1)              \
						X(viewer_party, 1) X(viewer_public, 1)
#define SOAK_TALLY_CELLS(X)                                                                        \
	X(cells, 0)                                                                                \
	X(cell_none_proven, 10)                                                                    \
	X(cell_not_known, 10)                                                                      \
	X(cell_uncertain, 1)                                                                       \
	X(cell_in_part, 5)                                                                         \
	X(cell_remote, 1)                                                                          \
	X(cell_may, 1) X(cell_shall, 1) X(cell_will, 1) X(cell_protected, 10) X(cell_bounded, 1)
struct tally {
#define X(name, least) uint64_t name;
	SOAK_TALLY(X)
	SOAK_TALLY_CELLS(X)
#undef X
	uint64_t overlaps[7]; /* leads, unassigned, assets, strengths, circles, points, questions */
	uint64_t advised[ADVICE_KINDS], unknown_facts[2], ready[READY_PARTS][3];
	uint64_t contradictions[CONTRADICTIONS]; /* by kind */
	uint64_t own_people, beyond_people, changed_answers, changed_fields, grid_cells, agreements,
		commitments, presences[3]; /* F, U, T */
};
void tally_answers(struct tally *tally, const struct query *query, const struct answers *answers);
void tally_gaps(struct tally *tally, const struct gaps *gaps);
/* Prints the figures; the number of those that are too rare for a run of this size. */
size_t tally_print(const struct tally *tally);

/* Engine and reference on what changes from one version to another: the same world without one of
 * its agreements, and the world OTHER (NULL: none). What differs, in words, or NULL; *CHANGED
 * counts first answers that changed (versions.c). */
struct version {
	const struct world *world;
	const struct accords *accords;
	const struct cover_index *index;
};
const char *versions_differ(struct arena *arena, struct random *random, const struct version *old,
	const struct version *new, const struct gap_filter *filter, uint64_t *changed);
/* The texts of two agreements: what accord_diff() tells is exactly what differs. */
const char *versions_text(struct arena *arena, const struct agreement *old,
	const struct agreement *new, const struct file_system *files);

/* A matrix of random axes and services by the engine, a random cell of it by the reference. NULL if
 * equal, else what differs; *CELLS counts cells with people (grids.c). */
const char *grids_differ(struct arena *arena, struct random *random, const struct world *world,
	const struct accords *accords, const struct cover_index *index,
	const struct gap_filter *filter, uint64_t *cells);

/* cover_overlaps() against its reference for a random question; NULL if they agree, else what
 * differs, and both in TEXT (overlaps.c). */
const char *soak_overlaps(struct tally *tally, struct arena *arena, const struct world *world,
	const struct accords *accords, const struct cover_index *index, struct random *random,
	struct buf *text);

/* Two lists of answers, field by field. NULL if equal, else what differs (compare.c). */
const char *compare_answers(const struct answers *a, const struct answers *b);
const char *compare_gaps(const struct gaps *a, const struct gaps *b);
const char *compare_people(const struct people_count *a, const struct people_count *b);
void print_answers(struct buf *out, const struct world *world, const struct answers *answers);
void print_gaps(struct buf *out, const struct world *world, const struct gaps *gaps);

/* Advice, unknowns and readiness of one world, engine beside reference; NULL if equal, else what
 * differs, with both in TEXT (analyses.c). */
const char *soak_analyses(struct buf *text, struct arena *arena, const struct world *world,
	const struct accords *accords, const struct cover_index *index, struct random *random,
	struct tally *tally);

/* cover_contradictions() of agreements bent so that they have some, against its reference; as above
 * (contradictions.c). */
const char *soak_contradictions(struct buf *text, struct arena *arena, const struct world *world,
	const struct accords *accords, struct random *random, struct tally *tally);


/* Deliberate faults at the engine's side, to prove that a difference would be seen (faults.c). */
enum fault {
	FAULT_NONE,
	FAULT_CERTAINTY,
	FAULT_ORDER,
	FAULT_OPT_OUTS,
	FAULT_STATUS,
	FAULT_WITHHELD,
	FAULT_DATE,
	FAULT_FEARS,
	FAULT_EXPECTED,
	FAULT_PHASE,
	FAULT_MARKS,
	FAULT_SECOND_NATIONALITY,
	FAULT_CAPACITY,
	FAULTS
};
extern const char *const fault_words[FAULTS];
void fault_before(enum fault fault, struct query *query);
void fault_accords(enum fault fault, struct accords *accords);
void fault_after(enum fault fault, struct answers *answers);

#endif
