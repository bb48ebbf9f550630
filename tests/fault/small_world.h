/* A workspace small enough to be loaded thousands of times, which still passes through every
 * reader: CSV, YAML and JSON. */
#ifndef ENTENTE_TESTS_SMALL_WORLD_H
#define ENTENTE_TESTS_SMALL_WORLD_H

#include "base/base.h"

/* Puts its files into FILES under the folder "w". */
enum status small_world(struct memory_files *files);

#endif
