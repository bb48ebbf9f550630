/* What the files of `matrix` share. */
#ifndef ENTENTE_CLI_MATRIX_H
#define ENTENTE_CLI_MATRIX_H

#include "cli/cli.h"

struct asked_matrix {
	struct grid_asked grid;
	struct people_count count;
	int format;
	size_t limit; /* of nationalities and places on an axis */
};
/* A key of an axis for people; cover_grid_code() is for machines. */
struct str matrix_name(struct cli *cli, enum grid_axis axis, uint32_t key);

/* matrix_page.c */
enum status matrix_print(
	struct cli *cli, const struct asked_matrix *asked, const struct grid *grid);
/* matrix_why.c: the rows and the people behind one cell. */
enum cli_exit matrix_why(
	struct cli *cli, const struct asked_matrix *asked, const struct grid *grid);

#endif
