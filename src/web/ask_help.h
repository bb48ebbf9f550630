/* What a person asks of find help, by the page or by a program. It lives in the request's arena
 * and goes with it: no log, no file, no address ever has any of it. */
#ifndef ENTENTE_WEB_ASK_HELP_H
#define ENTENTE_WEB_ASK_HELP_H

#include "help/help.h"
#include "web/internal.h"

struct help_fault {
	const char *field; /* "place", "nationality", "words" */
	struct str given;  /* not found; empty: something is missing */
	struct str near;   /* the nearest name, or empty */
};
#define HELP_FAULTS_MAX 8
struct help_input {
	struct str place, nationality, words;
	struct help_ask ask; /* needs as ticked; those heard are added */
	struct help_hearing hearing;
	struct help_fault faults[HELP_FAULTS_MAX];
	size_t fault_count;
};
void help_input_init(struct help_input *input, struct request *request, size_t lang);
bool help_input_need(struct help_input *input, struct str code);
/* Reads the words and finds place and nationalities; faults are told in INPUT. What was heard of
 * who is afraid is emptied of their words (docs/semantics.md, help-no-echo). */
enum status help_input_read(struct help_input *input, struct request *request);

#endif
