/* The repository's own checker: what reviewers would otherwise have to say again and again, said by
 * the build.
 *
 *   tidy ROOT     prints "FILE:LINE: what is wrong" to standard error and fails, or "tidy: N files"
 * and succeeds
 *
 * It reads the files that git tracks or would track (git ls-files) and knows nothing but lines: no
 * parser, no guesses that a regular reader could not follow. Rules are rows: banned words in
 * `bans`, layers in `layers`. Pages are written by templates, so C of src/web/ holds no markup. */
#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	COLUMNS_MAX = 100,
	TAB = 8,
	FILE_LINES_MAX = 800,
	FUNCTION_LINES_MAX = 70,
	LINE_MAX_BYTES = 65536
};

/* Arrows point up this list only (ARCHITECTURE.md). */
static const char *const layers[] = { "base", "world", "accord", "cover", "plan", "money", "trace",
	"drill", "ops", "store", "wire", "help", "brief", "web", "cli" };
enum { LAYERS = sizeof(layers) / sizeof(layers[0]) };

/* A word that C code of a folder must not call. SPARED: files that exist to wrap it. */
struct ban {
	const char *word, *where, *spared, *why;
};
static const struct ban bans[] = {
	{ "strcpy", "", "", "no bound: use str_copy or buf_add" },
	{ "strcat", "", "", "no bound: use buf_add" },
	{ "sprintf", "", "", "no bound: use buf_add_format or snprintf" },
	{ "vsprintf", "", "", "no bound: use vsnprintf" },
	{ "gets", "", "", "no bound" },
	{ "strtok", "", "", "hidden state: use str_next_word" },
	{ "atoi", "", "", "hides errors: use str_to_int64" },
	{ "atol", "", "", "hides errors: use str_to_int64" },
	{ "atof", "", "", "hides errors: use str_to_double" },
	{ "alloca", "", "", "no bound on the stack" },
	{ "scanf", "", "", "hides errors" },
	{ "sscanf", "", "", "hides errors" },
	{ "fscanf", "", "", "hides errors" },
	{ "rand", "", "", "not replayable: use struct random" },
	{ "system", "", "", "no shell is called from C" },
	{ "localtime", "", "", "no time zones: see date.h" },
	{ "malloc", "src/", "src/base/", "memory comes from an arena" },
	{ "calloc", "src/", "src/base/", "memory comes from an arena" },
	{ "realloc", "src/", "src/base/", "memory comes from an arena" },
	{ "fopen", "src/", "src/base/ src/cli/", "files come through the seam" },
	{ "time", "src/", "src/base/ src/cli/", "the core reads no clock" },
	{ "clock_gettime", "src/", "src/base/", "the core reads no clock" },
	{ "getenv", "src/", "src/cli/", "the core reads no environment" },
	{ "exit", "src/", "src/cli/", "the core returns a status" },
	{ "abort", "src/", "", "assert, or return a status" },
};
enum { BANS = sizeof(bans) / sizeof(bans[0]) };

/* C of src/web/ that writes markup: what templates call, and the writer of agreements' prose. All
 * else is written by templates or taken from a writer that escapes (wire/). */
static const char markup_writers[] = "src/web/html.c src/web/page_prose.c";

/* Marks of unfinished work and of the machine it was written on; spelled in halves so as not to
 * find themselves. */
static const char *const marks[] = { "TO"
				     "DO",
	"FIX"
	"ME",
	"HA"
	"CK:",
	"not imple"
	"mented",
	"/wo"
	"rk/",
	"/home"
	"/" };
enum { MARKS = sizeof(marks) / sizeof(marks[0]) };

struct checker {
	const char *root, *path;
	unsigned long faults, files;
};

static void fault(struct checker *checker, unsigned long line, const char *what, const char *why)
{
	checker->faults++;
	fprintf(stderr, "%s:%lu: %s%s%s\n", checker->path, line, what, *why ? ": " : "", why);
}

static bool starts(const char *text, const char *prefix)
{
	return strncmp(text, prefix, strlen(prefix)) == 0;
}

static bool ends(const char *text, const char *suffix)
{
	size_t a = strlen(text), b = strlen(suffix);
	return a >= b && strcmp(text + a - b, suffix) == 0;
}

/* PATH begins with one of the words of LIST (separated by spaces). */
static bool in_list(const char *path, const char *list)
{
	while (*list) {
		size_t n = strcspn(list, " ");
		if (n && strncmp(path, list, n) == 0)
			return true;
		list += n;
		list += strspn(list, " ");
	}
	return false;
}

/* The start of a tag in a string of LINE. */
static bool holds_markup(const char *line)
{
	bool quoted = false;
	for (const char *p = line; *p; p++) {
		if (*p == '\\' && p[1])
			p++;
		else if (*p == '"')
			quoted = !quoted;
		else if (quoted && *p == '<' &&
			 (isalpha((unsigned char)p[1]) || p[1] == '/' || p[1] == '!'))
			return true;
	}
	return false;
}

/* No markup but by templates, and nothing formatted into HTML, whoever writes it. */
static void check_markup(struct checker *checker, unsigned long number, const char *line)
{
	if (!starts(checker->path, "src/web/") || starts(line, "#include"))
		return;
	if (!in_list(checker->path, markup_writers) && holds_markup(line))
		fault(checker, number, "markup in C", "write a template (src/web/README)");
	if (strstr(line, "printf(") || strstr(line, "_format("))
		if (strstr(line, "html->") || strstr(line, "html."))
			fault(checker, number, "formatted into HTML",
				"write a template (src/web/README)");
}

/* Blanks comments and string contents of one line, so that words are looked for in code only.
 * IN_COMMENT carries over. */
static void code_only(char *line, bool *in_comment)
{
	char quote = 0;
	for (char *p = line; *p; p++) {
		if (*in_comment) {
			if (p[0] == '*' && p[1] == '/') {
				*in_comment = false;
				p[0] = p[1] = ' ';
				p++;
			} else {
				*p = *p == '\t' ? '\t' : ' ';
			}
		} else if (quote) {
			if (*p == '\\' && p[1]) {
				*p++ = ' ';
				*p = ' ';
			} else if (*p == quote) {
				quote = 0;
			} else {
				*p = ' ';
			}
		} else if (*p == '"' || *p == '\'') {
			quote = *p;
		} else if (p[0] == '/' && p[1] == '*') {
			*in_comment = true;
			*p = ' ';
		} else if (p[0] == '/' && p[1] == '/') {
			*p = 0;
			return;
		}
	}
}

static bool word_called(const char *code, const char *word)
{
	size_t n = strlen(word);
	for (const char *p = strstr(code, word); p; p = strstr(p + 1, word)) {
		bool left = p == code || !(isalnum((unsigned char)p[-1]) || p[-1] == '_' ||
						 p[-1] == '>' || p[-1] == '.');
		const char *q = p + n;
		if (left && !(isalnum((unsigned char)*q) || *q == '_') && q[strspn(q, " ")] == '(')
			return true;
	}
	return false;
}

static int layer_of(const char *path)
{
	for (int i = 0; i < LAYERS; i++) {
		size_t n = strlen(layers[i]);
		if (strncmp(path, layers[i], n) == 0 && path[n] == '/')
			return i;
	}
	return -1;
}

/* Includes point up the list of layers only, and from outside a folder only at its public face. */
static void check_include(struct checker *checker, unsigned long number, const char *line)
{
	if (!starts(checker->path, "src/") || !starts(line, "#include \""))
		return;
	const char *target = line + strlen("#include \"");
	int mine = layer_of(checker->path + strlen("src/")), theirs = layer_of(target);
	if (theirs < 0)
		fault(checker, number, "include by its path under src/", "\"layer/header.h\"");
	else if (theirs > mine)
		fault(checker, number, "a lower layer must not include a higher one",
			"see ARCHITECTURE.md");
	else if (theirs != mine && strstr(target, "internal"))
		fault(checker, number, "internal.h is for its own folder", "use the public face");
}

static void check_code(struct checker *checker, unsigned long number, const char *code)
{
	for (int i = 0; i < BANS; i++) {
		if (*bans[i].where && !starts(checker->path, bans[i].where))
			continue;
		if (in_list(checker->path, bans[i].spared) || !word_called(code, bans[i].word))
			continue;
		fault(checker, number, bans[i].word, bans[i].why);
	}
	bool global = starts(code, "static ") && strchr(code, ';') && !strchr(code, '(') &&
		      !strstr(code, "const");
	if (global && starts(checker->path, "src/"))
		fault(checker, number, "a global that changes", "pass it as a parameter");
}

static void check_line(
	struct checker *checker, unsigned long number, const char *line, size_t len, bool is_c)
{
	unsigned columns = 0;
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)line[i];
		if (c == '\t')
			columns += TAB - columns % TAB;
		else if ((c & 0xc0) != 0x80)
			columns++;
		if (c < 0x20 && c != '\t')
			fault(checker, number, "control character", "");
	}
	if (is_c && columns > COLUMNS_MAX)
		fault(checker, number, "longer than 100 columns", "");
	if (len && (line[len - 1] == ' ' || line[len - 1] == '\t') && !ends(checker->path, ".md"))
		fault(checker, number, "space at the end of the line", "");
	for (int i = 0; i < MARKS; i++)
		if (strstr(line, marks[i]))
			fault(checker, number, marks[i], "finish it, or write an issue");
}

/* What is carried from line to line of a C file. */
struct c_state {
	bool in_comment, reason;
	unsigned long body_start;
};

static void check_c_line(
	struct checker *checker, struct c_state *state, unsigned long number, char *line)
{
	if (number == 1 && !starts(line, "/*"))
		fault(checker, 1, "a file opens with a comment that says why it is there", "");
	if (strstr(line, "Long because"))
		state->reason = true;
	check_include(checker, number, line);
	if (line[0] == '{' && line[1] == 0)
		state->body_start = number;
	if (line[0] == '}' && state->body_start) {
		if (number - state->body_start - 1 > FUNCTION_LINES_MAX && !state->reason)
			fault(checker, state->body_start, "function of more than 70 lines",
				"split it, or say \"Long because\" above it");
		state->body_start = 0;
		state->reason = false;
	}
	if (!state->in_comment)
		check_markup(checker, number, line);
	code_only(line, &state->in_comment);
	check_code(checker, number, line);
}

/* Every C file under src/ stands in its folder's meson.build: no dead files. */
static void check_listed(struct checker *checker)
{
	char path[4096], line[4096];
	const char *slash = strrchr(checker->path, '/');
	snprintf(path, sizeof path, "%s/%.*s/meson.build", checker->root,
		(int)(slash - checker->path), checker->path);
	FILE *file = fopen(path, "r");
	bool found = false;
	while (file && !found && fgets(line, sizeof line, file))
		found = strstr(line, slash + 1) != NULL;
	if (file)
		fclose(file);
	if (!found)
		fault(checker, 1, "not listed in its folder's meson.build", "");
}

static void check_file(struct checker *checker)
{
	static char line[LINE_MAX_BYTES];
	char path[4096];
	snprintf(path, sizeof path, "%s/%s", checker->root, checker->path);
	FILE *file = fopen(path, "r");
	if (!file)
		return;
	checker->files++;
	bool is_c = ends(checker->path, ".c") || ends(checker->path, ".h");
	struct c_state state = { 0 };
	unsigned long number = 0;
	bool newline = true;
	while (fgets(line, sizeof line, file)) {
		size_t len = strlen(line);
		newline = len && line[len - 1] == '\n';
		if (newline)
			line[--len] = 0;
		number++;
		check_line(checker, number, line, len, is_c);
		if (is_c)
			check_c_line(checker, &state, number, line);
	}
	fclose(file);
	if (!newline)
		fault(checker, number, "no newline at the end of the file", "");
	if (is_c && number > FILE_LINES_MAX)
		fault(checker, number, "file of more than 800 lines", "split it");
	if (starts(checker->path, "src/") && ends(checker->path, ".c"))
		check_listed(checker);
}

/* Text that people write; data files, fixtures and test inputs may hold anything. */
static bool is_ours(const char *path)
{
	static const char *const kinds[] = { ".c", ".h", ".py", ".md", ".build", "Makefile", "/run",
		"/packages" };
	if (starts(path, "data/") || strstr(path, "/corpus/") || strstr(path, "/fixture"))
		return false;
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if (ends(path, kinds[i]))
			return true;
	return false;
}

int main(int argc, char **argv)
{
	if (argc != 2) {
		fputs("usage: tidy ROOT\n", stderr);
		return 2;
	}
	char command[2048], path[1024];
	snprintf(command, sizeof command,
		"cd '%s' && { git ls-files -co --exclude-standard 2>/dev/null || find . -type f "
		"-not -path '*/.git/*' | sed 's,^./,,'; }",
		argv[1]);
	FILE *list = popen(command, "r");
	if (!list) {
		fputs("tidy: cannot list the files\n", stderr);
		return 3;
	}
	struct checker checker = { .root = argv[1], .path = path };
	while (fgets(path, sizeof path, list)) {
		path[strcspn(path, "\n")] = 0;
		if (is_ours(path))
			check_file(&checker);
	}
	pclose(list);
	if (checker.faults) {
		fprintf(stderr, "tidy: %lu faults in %lu files\n", checker.faults, checker.files);
		return 1;
	}
	printf("tidy: %lu files\n", checker.files);
	return 0;
}
