/* --group, as several commands narrow their people by it. */
#include "cli/cli.h"

bool filter_group(struct cli *cli, int *group)
{
	static const char *const words[] = { "stock", "refugee", "asylum-seeker" };
	static const int groups[] = { GROUP_STOCK, GROUP_REFUGEE, GROUP_ASYLUM_SEEKER, -1 };
	int word = cli_choice(cli, "group", words, 3, 3);

	*group = word < 0 ? -1 : groups[word];
	return word >= 0;
}
