/* `verify`: was anything altered, lost, moved or added behind the journal's back. */
#include "cli/cli.h"
#include "cli/keep.h"

#define FAULTS_MAX 1000

enum cli_exit keep_audit(struct cli *cli, struct store *store, const struct sha256 *wanted,
	struct store_audit *audit, struct diags *found)
{
	cli_progress(cli, "computing every hash anew", 0, CLI_PROGRESS_LONG);
	return cli_status(cli, store_verify(audit, store, wanted, found), "verifying the database");
}

static int digit(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* --root: 64 digits, with or without "sha256:". */
static bool read_root(struct cli *cli, struct sha256 *root)
{
	struct str text = cli_value(cli, "root");

	if (str_starts(text, "sha256:"))
		text = str_sub(text, 7, text.len);
	bool fits = text.len == 64;
	for (size_t i = 0; fits && i < sizeof root->bytes; i++) {
		int high = digit(text.ptr[2 * i]), low = digit(text.ptr[2 * i + 1]);
		fits = high >= 0 && low >= 0;
		root->bytes[i] = (unsigned char)(high * 16 + low);
	}
	if (!fits)
		cli_fault(cli, "--root", "takes sha256: and 64 digits 0-9 a-f");
	return fits;
}

static void print_json(
	struct cli *cli, const struct store_audit *audit, const struct diags *found, bool wanted)
{
	struct buf *out = &cli->out;

	buf_add_format(out, "{\"entries\":%llu,\"root\":\"%s\",\"root_at\":",
		(unsigned long long)audit->entries, cli_hash(cli, &audit->root).ptr);
	if (wanted && audit->root_at)
		buf_add_format(out, "%llu", (unsigned long long)audit->root_at);
	else
		buf_add_c(out, "null");
	buf_add_format(out,
		",\"documents\":%llu,\"versions\":%llu,\"facts\":%llu,\"receipts\":%llu,\"faults\":"
		"[",
		(unsigned long long)audit->documents, (unsigned long long)audit->versions,
		(unsigned long long)audit->facts, (unsigned long long)audit->receipts);
	for (size_t i = 0; i < found->count; i++) {
		buf_add_c(out, i ? "," : "");
		json_add_string(out, found->items[i].message);
	}
	buf_add_format(out, "],\"more_faults\":%zu}\n", found->dropped);
}

static void print_table(
	struct cli *cli, const struct store_audit *audit, struct diags *found, bool wanted)
{
	struct buf *out = &cli->out;

	diags_print(out, found);
	buf_add_format(out, "%s entries", page_number((int64_t)audit->entries).text);
	buf_add_format(out, ", %s rows of facts", page_number((int64_t)audit->facts).text);
	buf_add_format(out, ", %s documents in ", page_number((int64_t)audit->documents).text);
	buf_add_format(out, "%s versions: ", page_number((int64_t)audit->versions).text);
	if (audit->faults)
		buf_add_format(out, "%llu faults\n", (unsigned long long)audit->faults);
	else
		buf_add_c(out, "all as they were written\n");
	buf_add_format(out, "%s\n", cli_hash(cli, &audit->root).ptr);
	if (wanted && audit->root_at)
		buf_add_format(out, "the root asked for is that of state %llu\n",
			(unsigned long long)audit->root_at);
}

enum cli_exit cmd_verify(struct cli *cli)
{
	static const char *const formats[] = { "table", "json" };
	int format = cli_choice(cli, "format", formats, 2, 0);
	bool wanted = cli_given(cli, "root");
	struct store_audit audit;
	struct store *store = NULL;
	struct sha256 root;
	struct diags found;
	enum cli_exit code = cli_no_operands(cli);

	if (wanted && !read_root(cli, &root))
		code = CLI_REFUSED;
	if (code == CLI_ANSWERED && format >= 0)
		code = cli_open_store(cli, &store, STORE_READ);
	if (code != CLI_ANSWERED || format < 0)
		return CLI_REFUSED < code ? code : CLI_REFUSED;
	diags_init(&found, &cli->arena, FAULTS_MAX);
	code = keep_audit(cli, store, wanted ? &root : NULL, &audit, &found);
	store_close(store);
	if (code != CLI_ANSWERED)
		return code;
	if (format == 1)
		print_json(cli, &audit, &found, wanted);
	else
		print_table(cli, &audit, &found, wanted);
	return audit.faults ? CLI_NO : CLI_ANSWERED;
}
