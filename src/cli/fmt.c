/* `fmt`: agreements in the house form, in place as formatters do; or their canonical bytes, or the
 * name of those. */
#include "cli/cli.h"

#include <assert.h>
#include <unistd.h>

#define READ_CHUNK ((size_t)64 << 10)

static enum status read_input(struct str *out, struct cli *cli, struct str path)
{
	struct buf input;
	char *chunk;

	if (!str_is(path, "-"))
		return cli->files->read(cli->files->context, out, &cli->arena, path, DOC_SIZE_MAX);
	buf_init(&input, &cli->arena, DOC_SIZE_MAX);
	chunk = arena_get(&cli->arena, READ_CHUNK);
	if (!chunk)
		return STATUS_NO_MEMORY;
	for (;;) {
		ssize_t got = read(STDIN_FILENO, chunk, READ_CHUNK);
		if (got < 0)
			return STATUS_IO;
		if (got == 0)
			break;
		buf_add(&input, (struct str){ chunk, (size_t)got });
	}
	*out = buf_str(&input);
	return input.failed ? STATUS_REFUSED : STATUS_OK;
}

static enum cli_exit canonical(struct cli *cli, struct str path, struct str input, bool hash)
{
	struct buf bytes;
	enum status status = STATUS_OK;

	buf_init(&bytes, &cli->arena, DOC_SIZE_MAX);
	if (hash && str_ends(path, ".csv")) /* a schedule is named by its bytes */
		buf_add(&bytes, input);
	else
		status = accord_canonical(&bytes, &cli->arena, path, input, &cli->diags);
	if (status != STATUS_OK)
		return cli_status(cli, status, "canonical form");
	if (!hash) {
		buf_add(&cli->out, buf_str(&bytes));
		if (cli->operand_count > 1)
			buf_add_char(&cli->out, '\n');
		return CLI_ANSWERED;
	}
	struct sha256 sum = sha256_of(buf_str(&bytes));
	char hex[65];
	sha256_hex(hex, &sum);
	buf_add_format(&cli->out, "sha256:%s", hex);
	if (cli->operand_count > 1)
		buf_add_format(&cli->out, "  " STR_FMT, STR_ARG(path));
	buf_add_char(&cli->out, '\n');
	return CLI_ANSWERED;
}

static enum cli_exit format(struct cli *cli, struct str path, struct str input, bool check)
{
	struct buf text;
	enum status status;

	buf_init(&text, &cli->arena, 2 * DOC_SIZE_MAX);
	status = accord_format(&text, &cli->arena, path, input, &cli->diags);
	if (status != STATUS_OK)
		return cli_status(cli, status, "formatting");
	if (str_is(path, "-") && !check) {
		buf_add(&cli->out, buf_str(&text));
		return CLI_ANSWERED;
	}
	if (str_eq(buf_str(&text), input))
		return CLI_ANSWERED;
	buf_add_format(&cli->out, STR_FMT "\n", STR_ARG(path));
	if (check)
		return CLI_NO;
	return cli_status(
		cli, cli->files->write(cli->files->context, path, buf_str(&text)), "writing");
}

enum cli_exit cmd_fmt(struct cli *cli)
{
	bool check = cli_given(cli, "check"), json = cli_given(cli, "json"),
	     hash = cli_given(cli, "hash");
	enum cli_exit code = CLI_ANSWERED;

	if (check + json + hash > 1)
		return cli_fault(cli, "", "--check, --json and --hash exclude each other");
	if (cli->operand_count == 0)
		return cli_fault(cli, "", "fmt needs a FILE (- is standard input)");
	for (size_t i = 0; i < cli->operand_count; i++) {
		struct str path = cli->operands[i], input;
		enum cli_exit one;
		enum status status;
		if (utf8_valid_prefix(path) != path.len) {
			code = cli_fault(cli, "", "a file name that is not UTF-8");
			continue;
		}
		status = read_input(&input, cli, path);
		if (status == STATUS_REFUSED)
			one = cli_fault(cli, "", "'" STR_FMT "' is larger than %zu bytes",
				STR_ARG(path), DOC_SIZE_MAX);
		else if (status != STATUS_OK)
			one = cli_unread(cli, path, status);
		else
			one = json || hash ? canonical(cli, path, input, hash)
					   : format(cli, path, input, check);
		code = one > code ? one : code;
	}
	return code;
}
