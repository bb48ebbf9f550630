/* The public face of web/: the server. One process answers over HTTP from an immutable snapshot of
 * the workspace; reading only, for anyone: what is seen is what `--as public` shows.
 *
 * Readers take the snapshot without a lock; the next one is made beside it and put in its place. A
 * request's memory is one arena, given back at once. Questions about a person come by POST, and
 * stand in no URL, log or file. */
#ifndef ENTENTE_WEB_WEB_H
#define ENTENTE_WEB_WEB_H

#include "cover/cover.h"
#include "store/store.h"

struct web_config {
	const struct file_system *files;
	struct str folder;   /* the workspace; of a database, the name of its root */
	struct store *store; /* NULL: FOLDER is one */
	const struct clock *clock;
	struct str listen;            /* 127.0.0.1:8080, [::1]:8080 or unix:PATH */
	unsigned threads;             /* requests worked on at once; 0: as the machine has it */
	struct str tls_cert, tls_key; /* PEM; STR_NONE: plain HTTP, on loopback only */
	const char *version;
	/* Lines for whoever keeps the server: ready, reloaded, one for each request. Several at
	 * once have a line feed between them. */
	void (*tell)(struct str lines);
};
/* Serves until SIGTERM or SIGINT, then lets answers under way finish. SIGHUP reads the workspace
 * anew; a database whose journal has grown is read anew by itself. STATUS_REFUSED: a faulty
 * workspace or address, told in DIAGS; STATUS_IO: the address cannot be had, told too. */
/* What is allowed instead of NAME as an address to listen on, or NULL: it is well formed. */
const char *web_address_fault(struct str name);
/* The same for a number of threads, and the number: 0 for "auto". */
const char *web_threads_fault(struct str name);
unsigned web_threads(struct str name);
enum status web_serve(const struct web_config *config, struct diags *diags);

#endif
