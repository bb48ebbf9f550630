/* `test NAME` (hidden): hands standard input to one internal function, so that other people's
 * conformance suites can be run against it. */
#include "cli/cli.h"

#include <unistd.h>
#include "base/conform.h"

#define READ_CHUNK ((size_t)64 << 10)

enum cli_exit cmd_test(struct cli *cli)
{
	struct buf input;
	char *chunk = arena_get(&cli->arena, READ_CHUNK);
	ssize_t got;
	enum status status;

	if (!chunk)
		return cli_failed(cli, "out of memory");
	if (cli->operand_count != 1)
		return cli_fault(cli, "", "test needs one NAME");
	buf_init(&input, &cli->arena, DOC_SIZE_MAX + 1);
	while ((got = read(STDIN_FILENO, chunk, READ_CHUNK)) > 0)
		buf_add(&input, (struct str){ chunk, (size_t)got });
	if (got < 0)
		return cli_failed(cli, "standard input cannot be read");
	if (input.failed || input.len > DOC_SIZE_MAX)
		return cli_fault(cli, "", "the input is larger than %zu bytes", DOC_SIZE_MAX);
	status =
		conform_run(&cli->out, cli->operands[0], buf_str(&input), &cli->arena, &cli->diags);
	if (status == STATUS_NOT_FOUND) {
		struct str names[32];
		size_t count, kept = 0;
		const struct conform *all = conform_all(&count);
		for (size_t i = 0; i < count && i < 32; i++)
			names[kept++] = str_of(all[i].name);
		struct str hint = diags_suggest(&cli->diags, STR(""), names, kept);
		return cli_fault(cli, "", "there is no such function" STR_FMT, STR_ARG(hint));
	}
	if (status == STATUS_REFUSED)
		return CLI_NO; /* refused is an answer here; main prints the faults, and what was
				  printed before them (events) stands */
	return cli_status(cli, status, "testing");
}
