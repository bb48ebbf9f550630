/* Options that several commands share: the services, the place and the nationality asked about. */
#include "cli/cli.h"

#define NEAR_SHOWN 4 /* ids that a message names */

bool cli_services(struct cli *cli, uint64_t *services)
{
	struct str rest = cli_value(cli, "service"), word;
	bool good = true;

	*services = ~UINT64_C(0) >> (WORLD_SERVICES_MAX - world_service_count);
	if (!rest.ptr)
		return true;
	*services = 0;
	while (str_next_word(&rest, ", ", &word)) {
		struct query query;

		cover_query_init(&query, 0, VIEWER_ALL);
		if (cover_query_set(&query, cli->world, STR("service"), word, &cli->diags,
			    STR("entente"), (struct pos){ 0, 0 }, STR("--service")) != STATUS_OK)
			good = false;
		else
			*services |= UINT64_C(1) << query.service;
	}
	if (good && !*services) {
		cli_fault(cli, "--service", "no service is given");
		return false;
	}
	return good;
}

bool cli_place(struct cli *cli, uint32_t *place)
{
	struct str id = cli_value(cli, "place");
	struct query query;

	*place = NONE32;
	if (!id.ptr)
		return true;
	if (utf8_valid_prefix(id) == id.len)
		*place = world_place(cli->world, id);
	if (*place != NONE32)
		return true;
	cover_query_init(&query, 0, VIEWER_ALL);
	cover_query_set(&query, cli->world, STR("place"), id, &cli->diags, STR("entente"),
		(struct pos){ 0, 0 }, STR("--place"));
	return false;
}

enum cli_exit cli_open_asked(struct cli *cli, uint64_t *services, uint32_t *place, uint32_t *viewer)
{
	enum cli_exit code = cli_open(cli, CLI_INDEX);
	bool good;

	if (code != CLI_ANSWERED)
		return code;
	good = cli_services(cli, services);
	good = cli_place(cli, place) && good;
	good = cli_viewer(cli, viewer) && good;
	return good ? CLI_ANSWERED : CLI_REFUSED;
}

bool cli_nat(struct cli *cli, uint16_t *nat)
{
	struct query query;

	*nat = NAT_NONE;
	if (!cli_given(cli, "nationality"))
		return true;
	cover_query_init(&query, 0, VIEWER_ALL);
	if (cover_query_set(&query, cli->world, STR("nationality"), cli_value(cli, "nationality"),
		    &cli->diags, STR("entente"), (struct pos){ 0, 0 },
		    STR("--nationality")) != STATUS_OK)
		return false;
	if (query.nat_count > 1) {
		cli_fault(cli, "--nationality", "one nationality is asked for");
		return false;
	}
	*nat = query.nats[0];
	return true;
}

bool cli_number(struct cli *cli, const char *option, size_t otherwise, size_t *number)
{
	if (!cli_limit(cli, option, otherwise, number))
		return false;
	if (*number > 0 && *number <= 100000)
		return true;
	cli_fault(cli, str_format(&cli->arena, option[1] ? "--%s" : "-%s", option).ptr,
		"a number from 1 to 100,000 is asked for");
	return false;
}

enum cli_exit cli_no_operands(struct cli *cli)
{
	if (cli->operand_count == 0)
		return CLI_ANSWERED;
	return cli_fault(cli, "", "%s takes options only; '" STR_FMT "' is none",
		cli->command->name,
		STR_ARG(str_sub(cli->operands[0], 0, utf8_valid_prefix(cli->operands[0]))));
}

static bool contains(struct str text, struct str word)
{
	for (size_t at = 0; word.len && at + word.len <= text.len; at++)
		if (str_eq(str_sub(text, at, word.len), word))
			return true;
	return false;
}

struct str cli_near(
	struct cli *cli, struct str id, const struct str *ids, size_t count, const char *command)
{
	struct str hint, otherwise;
	struct buf list;
	size_t found = 0;

	id = str_sub(id, 0, id.len < 64 ? id.len : 64);
	hint = ids ? diags_suggest(&cli->diags, id, ids, count) : STR_NONE;
	otherwise = str_format(&cli->arena, "; 'entente %s' lists them", command);
	if (hint.len)
		return hint;
	buf_init(&list, &cli->arena, 1000);
	for (size_t i = 0; ids && i < count; i++) {
		if (!contains(ids[i], id))
			continue;
		if (++found <= NEAR_SHOWN) {
			buf_add_c(&list, found == 1 ? "; it is part of " : ", ");
			buf_add(&list, ids[i]);
		}
	}
	if (found > NEAR_SHOWN)
		buf_add_format(&list, " and %zu more", found - NEAR_SHOWN);
	return found && !list.failed ? buf_str(&list) : otherwise;
}
