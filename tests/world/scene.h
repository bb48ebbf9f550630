/* A small workspace in memory, for every test of world/: five countries with one risk class each, a
 * territory, two towns, some parties. A test replaces or adds files and loads it. */
#ifndef ENTENTE_TESTS_WORLD_SCENE_H
#define ENTENTE_TESTS_WORLD_SCENE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "world/world.h"

struct scene {
	struct arena arena;
	struct diags diags;
	struct memory_files files;
	struct file_system system;
	struct world *world;
};

void scene_open(struct scene *scene);
void scene_close(struct scene *scene);
/* Puts the file NAME (without the folder), replacing it. */
void scene_put(struct scene *scene, const char *name, const char *content);
enum status scene_load(struct scene *scene);
/* Loads, and fails the test with the diagnostics if there are any. */
void scene_must_load(struct scene *scene);
/* The diagnostics as printed. */
const char *scene_told(struct scene *scene);

int32_t scene_date(const char *text);
uint32_t scene_place(const struct scene *scene, const char *id);
uint32_t scene_party(const struct scene *scene, const char *id);

/* From the environment (SEED) or the system; printed, so that a failure can be replayed. */
uint64_t scene_seed(void);

#define assert_str(s, c_string)                                                                    \
	do {                                                                                       \
		struct str assert_str_s = (s);                                                     \
		assert_true(str_is(assert_str_s, (c_string)));                                     \
	} while (0)

#define POSTS_HEAD                                                                                 \
	"post,sending,receiving,place,kind,accredited_to,services,from,until,state,as_of,source\n"
#define ABSENT_HEAD "sending,receiving,level,from,until,as_of,source\n"
#define COMPLETE_HEAD "list,side,state,level,as_of,source\n"
#define OFFICES_HEAD "party,place,kind,from,until,as_of,source\n"
#define PEOPLE_HEAD "origin,place,group,year,people,low,high,method,source\n"
#define SHAPES_HEAD "place,beside,kind,scale,shape,source\n"

#endif
