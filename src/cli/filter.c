/* The options that several commands narrow their people and services by. Faults are told, all of
 * them. */
#include "cli/cli.h"

/* A place of any size: a region sums its countries. */
bool filter_place(struct cli *cli, uint32_t *place)
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

bool filter_nat(struct cli *cli, uint16_t *nat)
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

bool filter_group(struct cli *cli, int *group)
{
	static const char *const words[] = { "stock", "refugee", "asylum-seeker" };
	static const int groups[] = { GROUP_STOCK, GROUP_REFUGEE, GROUP_ASYLUM_SEEKER, -1 };
	int word = cli_choice(cli, "group", words, 3, 3);

	*group = word < 0 ? -1 : groups[word];
	return word >= 0;
}
