/* What the tests of accord/ share: a small world in memory, a document that uses nearly every
 * field, and random documents. */
#ifndef ENTENTE_TESTS_ACCORD_SUPPORT_H
#define ENTENTE_TESTS_ACCORD_SUPPORT_H

#include "accord/accord.h"
#include "base/support.h"

struct desk {
	struct bench bench;
	struct memory_files files;
	struct file_system system;
	struct world *world;
};

/* An empty workspace "w" with its world loaded; fails the test if it is refused. */
void desk_open(struct desk *desk);
void desk_close(struct desk *desk);
/* Puts a file under "w/agreements/". */
void desk_put(struct desk *desk, const char *name, struct str content);
/* Forgets what was told, so that one desk serves many rows. */
void desk_clear(struct desk *desk);
/* Reads "w/agreements/NAME" with the world. */
enum status desk_read(struct desk *desk, struct agreement *out, const char *name);

/* The document "pact.yaml" and its schedule "pact.annex.csv": faultless, and nearly every field in
 * use. */
extern const char desk_pact[], desk_annex[];
/* DESK_PACT with the only occurrence of FIND replaced; fails the test if there is not just one. */
struct str desk_edit(struct desk *desk, const char *text, const char *find, const char *with);

enum status desk_format(struct desk *desk, struct str *out, const char *file, struct str input);
enum status desk_canonical(struct desk *desk, struct str *out, const char *file, struct str input);

/* A document of random fields in random order, style and depth, with comments anywhere; its form is
 * right. */
struct str desk_random(struct arena *arena, struct random *random);

#endif
