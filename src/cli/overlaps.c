/* `overlaps`: several leads where one would do, pools in which nobody is named, what is promised
 * beyond what there is, promises that wait for each other, and what hangs on one post, party or
 * agreement. */
#include "cli/overlaps.h"

#include "cli/gaps.h"

#define PAGE_ROWS 10 /* of a list, when --limit does not say */

static bool read_kinds(struct cli *cli, unsigned *kinds)
{
	struct str rest = cli_value(cli, "kind"), word;

	*kinds = 0;
	if (!rest.ptr) {
		*kinds = (1u << OVERLAP_KINDS) - 1;
		return true;
	}
	while (str_next_word(&rest, ", ", &word)) {
		unsigned bit = 0;

		while (bit < OVERLAP_KINDS && !str_eq(cover_overlap_words[bit], word))
			bit++;
		if (bit == OVERLAP_KINDS) {
			struct str shown = str_sub(word, 0, utf8_valid_prefix(word)),
				   nearest = diags_suggest(
					   &cli->diags, shown, cover_overlap_words, OVERLAP_KINDS);

			cli_fault(cli, "--kind", "unknown kind '" STR_FMT "'" STR_FMT,
				STR_ARG(shown), STR_ARG(nearest));
			return false;
		}
		*kinds |= 1u << bit;
	}
	if (!*kinds)
		cli_fault(cli, "--kind", "no kind is given");
	return *kinds != 0;
}

struct str overlaps_point_id(const struct cli *cli, const struct single_point *point)
{
	if (point->kind == POINT_POST)
		return cli->world->posts[point->index].id;
	return point->kind == POINT_PARTY ? cli->world->parties[point->index].id
					  : point->agreement->id;
}

struct str overlaps_lead_code(struct cli *cli, const struct overlap_lead *lead)
{
	if (lead->provider != NONE32)
		return cli->world->parties[lead->provider].id;
	return str_format(&cli->arena, "group:" STR_FMT,
		STR_ARG(cli->world->groups[lead->commitment->provider.group]));
}

static enum status print(struct cli *cli, struct asked_overlaps *asked)
{
	struct overlaps overlaps;
	enum status status =
		world_people(&asked->count, &cli->arena, cli->world, asked->filter.date);

	cli_progress(cli, "comparing leads, shutting posts one by one", 0, CLI_PROGRESS_LONG);
	if (status == STATUS_OK)
		status = cover_overlaps(
			&overlaps, &cli->arena, cli->index, &asked->count, &asked->filter);
	if (status != STATUS_OK)
		return status;
	if (asked->format == CLI_JSON) {
		status = cover_overlaps_json(
			&cli->out, cli->index, &overlaps, &asked->filter, asked->limit);
		buf_add_c(&cli->out, "\n");
		return status;
	}
	if (asked->format == CLI_TABLE)
		return overlaps_page(cli, asked, &overlaps);
	overlaps_csv(cli, asked, &overlaps);
	return STATUS_OK;
}

enum cli_exit cmd_overlaps(struct cli *cli)
{
	struct asked_overlaps asked = { .filter = { .viewer = VIEWER_ALL } };
	enum cli_exit code;
	bool good;

	code = cli_no_operands(cli);
	if (code != CLI_ANSWERED)
		return code;
	asked.format = cli_format(cli);
	asked.why = cli_given(cli, "why");
	good = asked.format >= 0;
	good = read_kinds(cli, &asked.filter.kinds) && good;
	good = cli_date(cli, &asked.filter.date) && good;
	good = cli_limit(cli, "limit", asked.format == CLI_TABLE ? PAGE_ROWS : SIZE_MAX,
		       &asked.limit) &&
	       good;
	if (!good)
		return CLI_REFUSED;
	code = cli_open(cli, CLI_INDEX);
	if (code != CLI_ANSWERED)
		return code;
	good = cli_services(cli, &asked.filter.services);
	good = cli_place(cli, &asked.filter.place) && good;
	good = cli_nat(cli, &asked.filter.nat) && good;
	good = cli_viewer(cli, &asked.filter.viewer) && good;
	if (!good)
		return CLI_REFUSED;
	return cli_status(cli, print(cli, &asked), "comparing");
}
