/* What the commands that keep a database share. */
#ifndef ENTENTE_CLI_KEEP_H
#define ENTENTE_CLI_KEEP_H

#include "cli/cli.h"

/* import.c: the workspace in FOLDER into STORE, and a line on what was done. */
enum cli_exit keep_import(struct cli *cli, struct store *store, struct str folder);
/* verify.c: faults of STORE in words, all of them; *FAULTS of them. */
enum cli_exit keep_audit(struct cli *cli, struct store *store, const struct sha256 *wanted,
	struct store_audit *audit, struct diags *found);
/* verify_proof.c: the proof of --proof, and the DOCUMENT if one is given; WANTED may be NULL. */
enum cli_exit keep_proof(struct cli *cli, const struct sha256 *wanted, bool json);

#endif
