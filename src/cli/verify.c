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

static bool read_root(struct cli *cli, struct sha256 *root)
{
	bool fits = sha256_read(root, cli_value(cli, "root"));

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

static const char *counted(struct cli *cli, uint64_t count, const char *one, const char *many)
{
	return str_format(
		&cli->arena, "%s %s", page_number((int64_t)count).text, count == 1 ? one : many)
		.ptr;
}

static void print_table(
	struct cli *cli, const struct store_audit *audit, struct diags *found, bool wanted)
{
	struct buf *out = &cli->out;
	struct str found_text = audit->faults ? str_format(&cli->arena, "%llu %s",
							(unsigned long long)audit->faults,
							audit->faults == 1 ? "fault" : "faults")
					      : STR("all as they were written");

	diags_print(out, found);
	page_wrap(out, STR_NONE, 0, cli->width,
		str_format(&cli->arena, "%s of the journal, %s of facts, %s in %s: " STR_FMT,
			counted(cli, audit->entries, "entry", "entries"),
			counted(cli, audit->facts, "row", "rows"),
			counted(cli, audit->documents, "document", "documents"),
			counted(cli, audit->versions, "version", "versions"), STR_ARG(found_text)));
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
	bool proof = cli_given(cli, "proof");
	enum cli_exit code = proof ? CLI_ANSWERED : cli_no_operands(cli);

	if (wanted && !read_root(cli, &root))
		code = CLI_REFUSED;
	if (proof && code == CLI_ANSWERED && format >= 0)
		return keep_proof(cli, wanted ? &root : NULL, format == 1);
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
