/* `show`: an agreement as prose, from a file or by its name in the workspace. */
#include "cli/cli.h"

#include <string.h>

static bool is_path(struct str operand)
{
	return memchr(operand.ptr, '/', operand.len) || memchr(operand.ptr, '.', operand.len);
}

static const struct agreement *find_agreement(struct cli *cli, struct str id)
{
	struct str *ids = ARENA_ARRAY(&cli->arena, cli->accords.items_count, struct str);

	for (size_t i = 0; ids && i < cli->accords.items_count; i++) {
		ids[i] = accord_name(&cli->accords.items[i]);
		if (str_eq(ids[i], id))
			return &cli->accords.items[i];
	}
	struct str hint = cli_near(cli, id, ids, cli->accords.items_count, "ready");
	cli_fault(cli, "", "no agreement '" STR_FMT "' in the workspace" STR_FMT, STR_ARG(id),
		STR_ARG(hint));
	return NULL;
}

enum cli_exit cmd_show(struct cli *cli)
{
	struct str lang = cli_value(cli, "lang"), operand;
	const struct agreement *agreement;
	struct agreement read;
	enum cli_exit code;
	enum status status;
	enum lang in = LANG_EN;

	if (cli->operand_count != 1)
		return cli_fault(cli, "", "show needs one FILE or one ID");
	operand = cli->operands[0];
	if (utf8_valid_prefix(operand) != operand.len || utf8_valid_prefix(lang) != lang.len)
		return cli_fault(cli, "", "bytes that are not UTF-8");
	if (lang.len) {
		in = accord_lang(lang);
		if (in == LANGS)
			return cli_fault(cli, "--lang",
				"'" STR_FMT "' is no language of show: en, fr, es, ar" STR_FMT,
				STR_ARG(lang),
				STR_ARG(diags_suggest(&cli->diags, str_sub(lang, 0, 64),
					accord_lang_tags, LANGS)));
	}
	code = cli_open(cli, is_path(operand) ? CLI_WORLD : CLI_ACCORDS);
	if (code != CLI_ANSWERED)
		return code;
	if (is_path(operand)) {
		status = accord_read(
			&read, &cli->arena, cli->world, cli->files, operand, &cli->diags);
		if (status != STATUS_OK)
			return cli_unread(cli, operand, status);
		agreement = &read;
	} else {
		agreement = find_agreement(cli, operand);
		if (!agreement)
			return CLI_REFUSED;
	}
	status = accord_show(&cli->out, &cli->arena, agreement, cli->world, in, cli->width);
	return cli_status(cli, status, "showing");
}
