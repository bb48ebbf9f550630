/* What `who` says at the end: that nobody answers and what is not known about that, what is
 * expected, what was withheld; and the answers as CSV. */
#include "cli/cli.h"

#include <assert.h>

/* Numbers that anyone may call in the country, when nobody answers by agreement. */
static void emergency_numbers(struct cli *cli, const struct query *query)
{
	static const char *const kinds[] = { "emergency", "general", "police", "ambulance",
		"fire" };
	const struct world *world = cli->world;
	uint32_t country = world->places[query->place].country, source = NONE32;
	struct buf text;

	buf_init(&text, &cli->arena, 4096);
	for (size_t k = 0; k < sizeof(kinds) / sizeof(kinds[0]); k++)
		for (size_t i = 0; i < world->channels_count; i++) {
			const struct channel *channel = &world->channels[i];
			if (channel->place != country || !str_is(channel->kind, kinds[k]) ||
				channel->visibility != VISIBILITY_PUBLIC)
				continue;
			buf_add_format(&text, "%s%s " STR_FMT "%s", text.len ? ", " : "", kinds[k],
				STR_ARG(channel->address),
				channel->tested == DATE_NONE ? " (never tested)" : "");
			source = channel->source;
		}
	if (text.len)
		page_wrap(&cli->out, STR_NONE, 0, cli->width,
			str_format(&cli->arena,
				"Emergency numbers of the country: " STR_FMT "; source: " STR_FMT
				".",
				STR_ARG(buf_str(&text)), STR_ARG(words_source(cli, source))));
}

#define UNKNOWN_SHOWN 8

enum status who_nobody(struct cli *cli, const struct query *query)
{
	struct facts unknown = { NULL, 0, 0 };
	enum status status = who_unknown(&unknown, cli, query);

	if (status != STATUS_OK)
		return status;
	if (unknown.count == 0) {
		page_wrap(&cli->out, STR_NONE, 0, cli->width,
			STR("Nobody. On what is on record no agreement in force gives this here, "
			    "and no missing fact of presence would change that."));
	} else {
		page_wrap(&cli->out, STR_NONE, 0, cli->width,
			str_format(&cli->arena,
				"Nobody is known to. That is not a proven no: %zu fact%s not known "
				"on this date could change it. Find out:",
				unknown.count, unknown.count == 1 ? "" : "s"));
		for (size_t i = 0; i < unknown.count && i < UNKNOWN_SHOWN; i++)
			page_wrap(&cli->out, STR("  -"), 4, cli->width, unknown.items[i].text);
		if (unknown.count > UNKNOWN_SHOWN)
			page_wrap(&cli->out, STR("  -"), 4, cli->width,
				str_format(&cli->arena, "and %zu more",
					unknown.count - UNKNOWN_SHOWN));
	}
	emergency_numbers(cli, query);
	page_wrap(&cli->out, STR_NONE, 0, cli->width,
		STR("Next: --why-not PARTY tells what keeps each clause of a party from answering; "
		    "another --service or --date may be answered."));
	return STATUS_OK;
}

void who_closing(struct cli *cli, const struct query *query, const struct answers *answers)
{
	struct buf *out = &cli->out;

	for (size_t i = 0; i < answers->expected_count; i++) {
		const struct expected *expected = &answers->expected[i];
		page_wrap(out, STR_NONE, 0, cli->width,
			str_format(&cli->arena,
				"Expected, not in force: " STR_FMT " under " STR_FMT ", " STR_FMT
				"; its term ended on %s and no renewal is confirmed.",
				STR_ARG(words_party(cli, expected->provider)),
				STR_ARG(expected->agreement->id),
				STR_ARG(expected->commitment->clause),
				page_date(expected->ended).text));
	}
	if (answers->withheld)
		page_wrap(out, STR_NONE, 0, cli->width,
			str_format(&cli->arena,
				"%u row%s withheld by the safeguards: they would reach a State or "
				"an authority that this person is kept from.",
				answers->withheld, answers->withheld == 1 ? " was" : "s were"));
	if (query->statuses & PERSON_BIT(PERSON_NO_CONTACT))
		page_wrap(out, STR_NONE, 0, cli->width,
			str_format(&cli->arena,
				"The person refuses contact with the own State; that choice can be "
				"taken back at any time.%s",
				answers->host_notified_anyway ? " By treaty the host must notify "
								"the consulate all the same."
							      : ""));
}

static void csv_words(struct cli *cli, unsigned set, const struct str *words, unsigned count)
{
	csv_add_field(&cli->out, words_set(cli, set, words, count), false);
}

void who_csv(struct cli *cli, const struct query *query, const struct answers *answers)
{
	struct buf *out = &cli->out;
	const struct world *world = cli->world;

	buf_add_c(out, "rank,band,certainty,role,party,post,via,agreement,commitment,clause,"
		       "strength,lead_time_hours,marks,held,date\r\n");
	for (size_t i = 0; i < answers->items_count; i++) {
		const struct answer *answer = &answers->items[i];
		buf_add_format(out, "%zu", i + 1);
		csv_add_field(out, cover_band_words[answer->band], false);
		csv_add_field(out, answer->certainty == TRUTH_T ? STR("T") : STR("U"), false);
		csv_add_field(out, accord_role_words[answer->commitment->role], false);
		csv_add_field(out, world->parties[answer->provider].id, false);
		csv_add_field(out,
			answer->post_row == NONE32 ? STR("") : world->posts[answer->post_row].id,
			false);
		csv_add_field(out, answer->via == NONE32 ? STR("") : world->parties[answer->via].id,
			false);
		csv_add_field(out, answer->agreement->id, false);
		csv_add_field(out, answer->commitment->id, false);
		csv_add_field(out, answer->commitment->clause, false);
		csv_add_field(out, accord_strength_words[answer->agreement->strength], false);
		csv_add_field(out,
			answer->lead_time_hours < 0
				? STR("")
				: str_format(&cli->arena, "%d", answer->lead_time_hours),
			false);
		csv_words(cli, answer->marks, cover_mark_words, MARK_COUNT);
		csv_words(cli, answer->held, cover_held_words, 2);
		csv_add_field(out, str_of(page_date(query->date).text), false);
		buf_add_c(out, "\r\n");
	}
}
