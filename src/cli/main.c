/* The command line. This file is the table: one row a command, with its options, its help and its
 * function; everything else is in files of the command's own. See README in this folder for how to
 * add one. */
#include "cli/settings.h"
#include "web/web.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define ARENA_MAX ((size_t)4 << 30)
#define DIAGS_MAX 1000
#define WIDTH_DEFAULT 80
#define WIDTH_MIN 40
#define WIDTH_MAX 160

#define OPTION_AS                                                                                  \
	{                                                                                          \
		"as", "PARTY|public", "answer for this viewer (default: the whole workspace)"      \
	}
#define OPTION_DATE                                                                                \
	{                                                                                          \
		"date", "DATE", "the date asked about, YYYY-MM-DD (default: today)"                \
	}
#define OPTION_FORMAT                                                                              \
	{                                                                                          \
		"format", "table|json|csv", "how to print (default: table)"                        \
	}

#define OPTION_HXL                                                                                 \
	{                                                                                          \
		"hxl", NULL, "with --format csv: a second row of HXL hashtags"                     \
	}

static const struct cli_option check_options[] = { { NULL, NULL, NULL } };

static const struct cli_option fmt_options[] = {
	{ "check", NULL,
		"change nothing; name the files that are not in the house form, exit 1 if there "
		"are any" },
	{ "json", NULL, "print the canonical bytes instead (RFC 8785)" },
	{ "hash", NULL, "print the name of the canonical bytes instead: sha256:…" },
	{ NULL, NULL, NULL },
};

static const struct cli_option show_options[] = {
	{ "lang", "LANG", "language of the prose: en (default), fr, es or ar" },
	{ NULL, NULL, NULL },
};

static const struct cli_option who_options[] = {
	{ "nationality", "N[,N]",
		"nationalities of the person; XXA: stateless, XXX: not known; a territory's code "
		"means the nationality of its people" },
	{ "place", "P", "where the person is: a country, or a place in one" },
	{ "service", "S", "what is needed, as consular.travel-document" },
	{ "residence", "C", "the State of residence, or the one that recognised the refugee" },
	{ "fears", "C[,C]", "States to keep away from, beyond what the status says" },
	{ "status", "A[,B]",
		"what rules ask about a person, as refugee, detained, unaccompanied-child" },
	{ "phase", "PHASE", "before, during or after a crisis (default: during)" },
	{ "to", "P", "the destination, for movement, if known" },
	{ "resident-since", "DATE", "since when the person has lived at the place, if known" },
	{ "informed-choice", NULL, "the person's own informed choice of destination is on record" },
	{ "screened", NULL, "screening for trafficking has been done" },
	{ "best-interests", NULL, "the best interests of the child have been determined" },
	OPTION_DATE,
	OPTION_AS,
	{ "why", NULL, "show the clauses and the facts that each answer rests on" },
	{ "why-not", "PARTY", "show the condition that keeps each clause of PARTY from answering" },
	{ "batch", "FILE",
		"answer the rows of a CSV file (- is standard input), one JSON line each; these "
		"names are its columns" },
	OPTION_FORMAT,
	OPTION_HXL,
	{ NULL, NULL, NULL },
};

static const struct cli_option find_help_options[] = {
	{ "words", "TEXT", "what the person needs, in their own words" },
	{ "need", "N[,N]",
		"needs by their codes, as the list shows them that is printed when nothing was "
		"understood" },
	{ "place", "P", "where the person is: a country or place, by code or by name" },
	{ "nationality", "N[,N]", "nationalities, by code or by name (default: not known)" },
	{ "fears-own-state", NULL, "the person is afraid of the authorities of their State" },
	{ "no-contact", NULL, "their consulate must not hear of the person" },
	{ "lang", "LANG", "en fr es ar am bn hi id ne si sw tl ur fa pt ru or zh (default: en)" },
	{ "card", NULL, "print the pocket card alone" },
	OPTION_DATE,
	OPTION_FORMAT,
	{ NULL, NULL, NULL },
};

static const struct cli_option gaps_options[] = {
	{ "service", "S[,S]", "these services (default: all)" },
	{ "place", "P", "people in this country, region, or in the country of this place" },
	{ "nationality", "N", "people of this nationality" },
	{ "group", "GROUP", "only these people: stock, refugee, asylum-seeker" },
	{ "by", "place|nationality|service", "sums instead of cells" },
	{ "below", "BAND",
		"list the cells under this band: remote (default), may, shall, will, all" },
	{ "limit", "N", "at most N cells or sums (default: 20 in a table, no limit else)" },
	OPTION_DATE,
	OPTION_AS,
	OPTION_FORMAT,
	OPTION_HXL,
	{ NULL, NULL, NULL },
};

static const struct cli_option three_w_options[] = {
	{ "place", "P", "in this place: a country, a region, a part of a country" },
	{ "party", "PARTY", "only what this party does" },
	{ "service", "S[,S]", "only these services (default: all)" },
	{ "phase", "PHASE", "before, during or after a crisis (default: during)" },
	{ "limit", "N", "at most N rows (default: 40 in a table, no limit else)" },
	OPTION_DATE,
	OPTION_AS,
	OPTION_FORMAT,
	OPTION_HXL,
	{ NULL, NULL, NULL },
};

static const struct cli_option overlaps_options[] = {
	{ "service", "S[,S]", "these services (default: all)" },
	{ "place", "P", "people and promises in this country, region, or around this place" },
	{ "nationality", "N", "people of this nationality" },
	{ "kind", "K[,K]",
		"leads, assets, strengths, circular, single-points (default: all of them)" },
	{ "limit", "N", "at most N of each list (default: 10 on the page, no limit else)" },
	{ "why", NULL, "show the clauses, facts and sources that each figure rests on" },
	OPTION_DATE,
	OPTION_AS,
	OPTION_FORMAT,
	{ NULL, NULL, NULL },
};

static const struct cli_option diff_options[] = {
	{ "text", NULL, "what is written only, not what it changes for whom" },
	{ "service", "S[,S]", "these services (default: those that the difference concerns)" },
	{ "place", "P", "people in this country, region, or in the country of this place" },
	{ "limit", "N", "at most N rows of each list (default: 20 in a table, no limit else)" },
	OPTION_DATE,
	OPTION_AS,
	OPTION_FORMAT,
	{ NULL, NULL, NULL },
};

static const struct cli_option advise_options[] = {
	{ "n", "K", "the K best (default: 10)" },
	{ "service", "S[,S]", "what they would do for these services (default: all)" },
	{ "place", "P", "what they would do in this country or region (default: the world)" },
	{ "kind", "KIND[,KIND]",
		"only these: at-host, world-wide (State for State), group, organization" },
	{ "draft", "DIR",
		"write each as a draft agreement into the folder DIR; overwrites nothing" },
	{ "why", NULL, "show the facts in every country, not in the first few alone" },
	OPTION_DATE,
	OPTION_AS,
	OPTION_FORMAT,
	{ NULL, NULL, NULL },
};

static const struct cli_option matrix_options[] = {
	{ "rows", "AXIS", "nationality, place, service, phase or sector (default: sector)" },
	{ "cols", "AXIS", "another of them (default: phase)" },
	{ "place", "P", "people in this country, region, or in the country of this place" },
	{ "nationality", "N", "people of this nationality" },
	{ "group", "GROUP", "only these people: stock, refugee, asylum-seeker" },
	{ "service", "S[,S]", "these services (default: all)" },
	{ "phase", "PHASE",
		"before, during or after a crisis (default: during, or each, by axis)" },
	{ "why", "ROW,COL", "show the clauses and the people behind one cell, as 12,during" },
	{ "limit", "N",
		"at most N nationalities or places on an axis, most people first (default: 20 in a "
		"table, no limit else)" },
	OPTION_DATE,
	OPTION_AS,
	OPTION_FORMAT,
	{ NULL, NULL, NULL },
};

static const struct cli_option unknowns_options[] = {
	{ "n", "N", "the N first (default: 20 in a table, no limit else)" },
	{ "service", "S[,S]", "what decides for these services (default: all)" },
	{ "place", "P", "what decides in this country or region (default: the world)" },
	{ "why", NULL, "say what each fact would change, and what is on record" },
	OPTION_DATE,
	OPTION_AS,
	OPTION_FORMAT,
	{ NULL, NULL, NULL },
};

static const struct cli_option ready_options[] = {
	{ "why", NULL, "say what each component rests on, commitment by commitment" },
	OPTION_DATE,
	OPTION_AS,
	OPTION_FORMAT,
	{ NULL, NULL, NULL },
};

static const struct cli_option world_options[] = {
	{ "date", "DATE",
		"the date of the report, YYYY-MM-DD (default: the workspace's date of record)" },
	OPTION_AS,
	{ NULL, NULL, NULL },
};

static const struct cli_option practices_options[] = {
	{ "country", "C", "done in this country or region; world: those for the whole world" },
	{ "type", "T", "of this type, as Agreements; letter case does not matter" },
	{ "phase", "PHASE", "for before, during or after a crisis" },
	{ "crisis", "CRISIS", "for conflict or natural-disaster" },
	{ "stakeholder", "S",
		"done by host-state, state-of-origin, state-of-transit, "
		"international-organizations, private-sector or civil-society" },
	{ "agreement", "NAME", "that this agreement or template implements" },
	{ "guideline", "N", "that serve this MICIC guideline, 1 to 15" },
	OPTION_FORMAT,
	{ NULL, NULL, NULL },
};

static const struct cli_option brief_options[] = {
	{ "lang", "LANG", "language of the document: en (default), fr, es or ar" },
	{ "table", "NAME", "this table alone, by the name in brackets behind its title" },
	OPTION_DATE,
	OPTION_AS,
	OPTION_FORMAT,
	{ NULL, NULL, NULL },
};

static const struct cli_option verify_options[] = {
	{ "root", "HASH",
		"a root noted earlier, sha256:…, must be that of a state of the journal, or of the "
		"proof" },
	{ "proof", "FILE",
		"instead, hold a proof of inclusion against the DOCUMENT; no database is needed" },
	{ "format", "table|json", "how to print (default: table)" },
	{ NULL, NULL, NULL },
};

static const struct cli_option serve_options[] = {
	{ "config", "FILE",
		"a configuration file: the options below, as 'entente serve "
		"--print-config' prints them; the command line goes before it" },
	{ "print-config", NULL,
		"print the configuration file that says what would be in force, and serve "
		"nothing" },
	{ "workspace", "WORKSPACE",
		"what is served: a folder, or a database as sqlite:FILE; also -w. Without it "
		"$ENTENTE_WORKSPACE, else ./entente.db, else ./data",
		NULL, settings_path_fault },
	{ "listen", "ADDRESS",
		"host and port, as 127.0.0.1:8080 or [::1]:8080, or unix:PATH for a proxy on this "
		"machine; an address that others reach only with TLS",
		"127.0.0.1:8080", web_address_fault },
	{ "tls-cert", "FILE", "certificate and chain, in PEM; with tls-key", NULL,
		settings_path_fault },
	{ "tls-key", "FILE", "the key of the certificate, in PEM; with tls-cert", NULL,
		settings_path_fault },
	{ "threads", "NUMBER",
		"how many requests are worked on at once, 1 to 64; auto: as many as there are "
		"processors for it, two at least, so that a long page does not hold up short ones",
		"auto", web_threads_fault },
	{ NULL, NULL, NULL },
};

const struct cli_command cli_commands[] = {
	{ "check", "[FILE…]", "check agreements, or the whole workspace", check_options,
		"With FILEs, these agreements (and practices, ID.md) are checked, against the "
		"workspace where there is "
		"one. Without, the whole workspace: facts, agreements, practices, and "
		"the agreements' own cases against what is answered. All faults are told in one "
		"run, with file, line, column and field.\n\n"
		"Exit: 0 no fault, 1 faults, 2 wrong usage.",
		"entente check\nentente check data/agreements/tricamex.yaml", cmd_check,
		CLI_WRITE },
	{ "fmt", "FILE…", "write agreements in the house form", fmt_options,
		"Files are rewritten in place, comments kept, and those that changed are named. - "
		"reads standard input and prints.",
		"entente fmt --check data/agreements/tricamex.yaml\n"
		"entente fmt --hash data/agreements/tricamex.yaml",
		cmd_fmt, CLI_WRITE },
	{ "show", "FILE|ID", "print an agreement as prose", show_options,
		"A word without '/' and '.' is the name of an agreement of the workspace.",
		"entente show eu-consular-protection", cmd_show, CLI_WRITE },
	{ "who", "", "who helps this person, here, now, with this need, under which clause",
		who_options,
		"Answers are ranked: what is known before what is not known for sure, then "
		"promised (will), owed (shall), allowed (may), from abroad (remote).\n\n"
		"Exit: 0 somebody (also when only held behind a first step), 1 nobody, 2 faulty "
		"question or faulty workspace.",
		"entente who --nationality MLT --place SDN --service consular.travel-document "
		"--date 2022-06-01\n"
		"entente who --nationality XXA --fears MMR --place BGD --service "
		"protection.refugee --why\n"
		"printf 'nationality,place,service\\nPHL,LBN,relief.shelter\\n' | entente who "
		"--batch -",
		cmd_who, CLI_ASK },
	{ "find-help", "", "what a person reads who says in their own words what they need",
		find_help_options,
		"Seen by the public. Says what was understood, so that it can be corrected; a "
		"right is "
		"never shown as a promise, a number that was not tested never as tested. Who fears "
		"their own State is shown nothing of it.\n\n"
		"Exit: 0 somebody, 1 nobody, 2 faulty question or faulty workspace.",
		"entente find-help --place Lebanon --nationality Ethiopian --words 'they keep my "
		"passport'\n"
		"entente find-help --place TUR --nationality SYR --fears-own-state --need asylum "
		"--card --lang ar",
		cmd_find_help, CLI_ASK },
	{ "gaps", "", "for how many people, and for whom, nobody does", gaps_options,
		"Totals per band, then the cells (place, nationality, group) under a band. What is "
		"not known stands apart from what is proven to be none.",
		"entente gaps --service consular.travel-document --place SDN\nentente gaps --by "
		"service --format csv",
		cmd_gaps, CLI_ASK },
	{ "diff", "OLD NEW", "what differs, and whose answers change by it", diff_options,
		"OLD and NEW are files or names of agreements of the workspace, folders of "
		"agreements (written with a '/'), or two whole workspaces. Documents are put into "
		"the workspace one after the other; what else is in it stays.\n\n"
		"Exit: 0 the same, in the text and in every answer, 1 something differs, 2 faulty "
		"input.",
		"entente diff --text eu-consular-protection eu-emergency-travel-document\n"
		"entente diff ./data ./data --service consular.travel-document",
		cmd_diff, CLI_WRITE },
	{ "matrix", "", "who is bound to help, by two axes", matrix_options,
		"Each cell tells which parties answer, the best band among its people, and for "
		"which share of them somebody is there. Sectors are the fifteen of IOM's Migration "
		"Crisis Operational Framework.",
		"entente matrix --place SDN\n"
		"entente matrix --rows nationality --cols service --place SDN\n"
		"entente matrix --place SDN --why 12,during",
		cmd_matrix, CLI_ASK },
	{ "3w", "", "who does what, where", three_w_options,
		"Which party stands behind which commitment in force, place by place, whoever may "
		"need it. As CSV the columns are those in which HDX's Humanitarian API gives "
		"operational presence; what a workspace does not know (p-codes) is empty there.\n\n"
		"Exit: 0 somebody, 1 nobody that is known.",
		"entente 3w --place SDN --date 2022-06-01\n"
		"entente 3w --party iom --service movement.evacuation --format csv --hxl",
		cmd_three_w, CLI_ASK },
	{ "practices", "[ID]", "what others have done, and what makes it executable",
		practices_options,
		"Without ID the practices of the library that fit, each with the agreements and "
		"templates that implement it; with ID its page. What a practice does not say is "
		"counted apart.\n\n"
		"Exit: 0 some, 1 none, 2 faulty question or faulty workspace.",
		"entente practices --phase before --guideline 7\nentente practices tricamex",
		cmd_practices, CLI_WRITE },
	{ "overlaps", "", "where several lead, what is promised twice, what hangs on one",
		overlaps_options,
		"Several certain leads of one band for the same people, and pools in which nobody "
		"is named; assets and strengths promised beyond what there is; promises that wait "
		"for each other; and what people lose if one post closes, one party leaves, one "
		"agreement ends.",
		"entente overlaps --kind leads --place SDN --why\n"
		"entente overlaps --kind single-points --service consular.travel-document",
		cmd_overlaps, CLI_JUDGE },
	{ "advise", "", "which agreements to sign next, by the people they would lift",
		advise_options,
		"Candidates are agreements in a standard form: a State represents another in one "
		"country or wherever it has a post and the other has none; the members of a "
		"regional group represent each other; an organization gives a service wherever it "
		"has an office. Each is judged by the engine as if in force; its gain is the "
		"people lifted to a better band, times the INFORM risk of their country by ten, "
		"after the items before it. The bound says what no such number of candidates can "
		"exceed.",
		"entente advise -n 5 --date 2022-11-16\n"
		"entente advise -n 3 --service consular.travel-document --place SDN",
		cmd_advise, CLI_JUDGE },
	{ "unknowns", "", "what to find out first: facts not known, by the people they decide for",
		unknowns_options,
		"Counted are people whose answer rests on something not known, or who have none "
		"that is proven, and whose answer would change if this one fact were known.",
		"entente unknowns -n 5 --service consular.travel-document --date 2022-11-16",
		cmd_unknowns, CLI_JUDGE },
	{ "ready", "[AGREEMENT…]", "would the agreements hold, component by component",
		ready_options,
		"In force, its term, channels and links tested in time, exercised, capacity "
		"confirmed, assets not pledged twice, host told. What is not on record is not "
		"known, never no.",
		"entente ready\nentente ready san-juan-parish-shelter --why --date 2026-06-01",
		cmd_ready, CLI_JUDGE },
	{ "world", "", "the world's coverage on one page", world_options,
		"People counted, own State's nationals, the bands and the agreements behind them, "
		"every service, the largest gaps, what to find out first, what is stale today.",
		"entente world\nentente world --date 2022-06-01", cmd_world, CLI_ASK },
	{ "duty-book", "COUNTRY", "all that one needs on paper about a country", brief_options,
		"Emergency numbers, who leads for whom, posts and how sure they are, "
		"organizations, what each clause asks, people, risk, what to ask beforehand, and "
		"blanks to fill by hand. The page /places/CODE/duty-book prints the same. The "
		"fingerprint in the second line stands for what the book says: the same one later "
		"means that nothing changed. CSV is of one table.",
		"entente duty-book LBN --date 2022-11-16\n"
		"entente duty-book SDN --table leads --format csv",
		cmd_duty_book, CLI_ASK },
	{ "plan-for", "POST", "the consular contingency plan of a post, as far as it is known",
		brief_options,
		"In the sections of IOM's template: contact, objectives, risk, the community, "
		"scenarios, roles, evacuation, phases, logistics, and annexes with the agreements "
		"to rely on, what to settle beforehand and whom to call. What is not on record is "
		"a blank for the post. The page /posts/ID/contingency-plan prints the same. CSV is "
		"of one table.",
		"entente plan-for PHL@LBN-baabda --date 2022-11-16\n"
		"entente plan-for ETH@LBN-beirut --table settle",
		cmd_plan_for, CLI_ASK },
	{ "init", "[FOLDER]", "make the database of -w, from the workspace in FOLDER", NULL,
		"The database of -w, as sqlite:FILE or FILE (default: entente.db), must not be "
		"there. Without FOLDER it is empty. A workspace that has faults is not taken.",
		"entente init data -w sqlite:entente.db", cmd_init, CLI_KEEP },
	{ "import", "FOLDER", "the workspace in FOLDER becomes the newest state", NULL,
		"Rows and documents that differ get a new version, what is not in FOLDER ends; "
		"what was is kept and can be read as FILE@SEQUENCE. Taken are the .csv, .yaml, "
		".json and .md files in FOLDER, agreements/ and practices/.",
		"entente import data -w sqlite:entente.db", cmd_import, CLI_KEEP },
	{ "export", "FOLDER", "write a state of the database as files", NULL,
		"Every file comes out byte for byte as it went in. FOLDER must not be there, or be "
		"empty. -w FILE@SEQUENCE writes an earlier state.",
		"entente export copy -w sqlite:entente.db\n"
		"entente export before -w sqlite:entente.db@1",
		cmd_export, CLI_KEEP },
	{ "backup", "FILE", "a copy of the database with all its history, also while it is served",
		NULL,
		"FILE must not be there; it is whole or not there at all. A FILE that ends in .zst "
		"is packed by zstd, with a checksum; any other is a database, so every command "
		"reads it.",
		"entente backup monday.db.zst -w sqlite:entente.db", cmd_backup, CLI_KEEP },
	{ "restore", "FILE", "make the database of -w from a backup", NULL,
		"FILE, packed or not, is verified first. The database of -w must not be there.",
		"entente restore monday.db.zst -w sqlite:restored.db", cmd_restore, CLI_KEEP },
	{ "verify", "[DOCUMENT]",
		"was anything altered, lost, moved or added behind the journal's back",
		verify_options,
		"Computes every hash anew from what is stored; needs nothing but the file. A root "
		"noted earlier, on paper or by a partner, tells also whether the newest entries "
		"were taken away.\n\n"
		"A proof of inclusion (RFC 6962) comes from a server: its page /verify, or "
		"/api/v1/proofs/HASH. With --proof every hash in it is computed anew, from the "
		"DOCUMENT up to the root: note the root elsewhere, and give it as --root.\n\n"
		"Exit: 0 nothing, or the proof holds; 1 faults found.",
		"entente verify -w sqlite:entente.db\n"
		"entente verify --proof proof.json eu.yaml",
		cmd_verify, CLI_KEEP },
	{ "serve", "", "the workspace over HTTP, for anyone to read", serve_options,
		"Answers what the public may see, and never more: an API under /api/v1, which "
		"/openapi.yaml describes; /healthz and /metrics tell how the server is. A database "
		"that has grown is read anew by itself, a folder at SIGHUP; SIGTERM ends it after "
		"the answers under way. Lines on standard error tell each request by its route, "
		"never by its address.\n\n"
		"'entente serve --print-config >FILE' writes a configuration file that explains "
		"itself; --config FILE reads it, and tells everything that is wrong in it at once.",
		"entente serve -w data\nentente serve -w sqlite:entente.db --listen "
		"unix:/run/entente/http",
		cmd_serve, CLI_KEEP },
	{ "help", "[COMMAND]", "this list, or a command's options", NULL, "", "", cmd_help,
		CLI_HELP },
	{ "manual", "", "the manual page entente(1), in mdoc", NULL, "", "", cmd_manual,
		CLI_HIDDEN },
	{ "complete", "WORD…", "what may stand in place of the last word, for shells", NULL, "", "",
		cmd_complete, CLI_HIDDEN },
	{ "test", "NAME", "one internal function on standard input, for conformance suites", NULL,
		"", "", cmd_test, CLI_HIDDEN },
};
const size_t cli_command_count = sizeof(cli_commands) / sizeof(cli_commands[0]);

static int page_columns(void)
{
	const char *columns = getenv("COLUMNS");
	struct winsize size;
	int64_t width = WIDTH_DEFAULT;

	if (columns && str_to_int64(str_of(columns), &width) && width > 0)
		;
	else if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		width = size.ws_col;
	else
		width = WIDTH_DEFAULT;
	return width < WIDTH_MIN ? WIDTH_MIN : width > WIDTH_MAX ? WIDTH_MAX : (int)width;
}

/* The answers, on standard output; what cannot be written is a failure, never a silent half. */
static enum cli_exit print_output(struct cli *cli, enum cli_exit code)
{
	struct str text = buf_str(&cli->out);

	if (cli->out.failed)
		return cli_failed(cli, "the output is too large for memory");
	if (text.len && fwrite(text.ptr, 1, text.len, stdout) != text.len)
		return cli_failed(cli, "standard output cannot be written");
	if (fflush(stdout) != 0)
		return cli_failed(cli, "standard output cannot be written");
	return code;
}

static void print_faults(struct cli *cli)
{
	struct buf text;

	buf_init(&text, &cli->arena, CLI_OUTPUT_MAX);
	diags_print(&text, &cli->diags);
	if (text.len)
		fwrite(text.ptr, 1, text.len, stderr);
	if (cli->diags.dropped)
		fprintf(stderr, "entente: %zu more faults\n", cli->diags.dropped);
	if (cli->diags.no_memory)
		fprintf(stderr, "entente: out of memory while telling faults\n");
}

/* Colours only where they are asked for: `always`, or `auto` on a terminal that can show them,
 * whose user has not set NO_COLOR. */
static bool read_color(struct cli *cli)
{
	const char *none = getenv("NO_COLOR"), *term = getenv("TERM");
	const struct str words[] = { STR("always"), STR("auto"), STR("never") };
	struct str when = cli->color_when.ptr ? cli->color_when : STR("never");
	size_t word = 0;

	while (word < 3 && !str_eq(when, words[word]))
		word++;
	if (word == 3) {
		cli_fault(cli, "--color", "takes always, auto or never");
		return false;
	}
	cli->color = word == 0 || (word == 1 && isatty(STDOUT_FILENO) == 1 && !(none && *none) &&
					  term && strcmp(term, "dumb") != 0);
	return true;
}

static enum cli_exit run(struct cli *cli, int argc, char **argv)
{
	enum status status = cli_parse(cli, argc, argv);
	enum cli_exit code;

	if (status == STATUS_OK && !read_color(cli))
		status = STATUS_REFUSED;
	if (status != STATUS_OK)
		return cli_status(cli, status, "reading the command line");
	code = cli->command->run(cli);
	cli_progress_end(cli);
	if (code == CLI_ANSWERED || code == CLI_NO)
		code = print_output(cli, code);
	return code;
}

int main(int argc, char **argv)
{
	struct cli cli = { .files = &file_system_disk, .clock = &clock_system };
	enum cli_exit code;

	arena_init(&cli.arena, &allocator_system, ARENA_MAX);
	buf_init(&cli.out, &cli.arena, CLI_OUTPUT_MAX);
	diags_init(&cli.diags, &cli.arena, DIAGS_MAX);
	cli.width = page_columns();
	cli.progress = isatty(STDERR_FILENO) == 1;
	cli.started_ns = cli.clock->monotonic_ns(cli.clock->context);
	code = run(&cli, argc, argv);
	for (size_t i = 0; i < cli.view_count; i++)
		store_view_close(cli.views[i]);
	print_faults(&cli);
	if (code == CLI_REFUSED && cli.command && cli.diags.count)
		fprintf(stderr, "entente: 'entente help %s' tells more\n", cli.command->name);
	if (code == CLI_FAILED)
		fprintf(stderr, "entente: " STR_FMT "\n", STR_ARG(cli.failure));
	arena_free(&cli.arena);
	return (int)code;
}
