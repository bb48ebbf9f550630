/* What `diff` found, for machines: one JSON document, or the cells whose band changes as CSV. */
#include <inttypes.h>
#include "cli/diff.h"
#include "cli/gaps.h"

static const char *const kinds[DIFF_KINDS] = { "lose", "gain", "less_sure", "surer" };

/* ---- CSV ---- */

void diff_print_csv(
	struct cli *cli, const struct asked_diff *asked, const struct cover_diff *behaviour)
{
	struct buf *out = &cli->out;

	buf_add_c(out, "service,date,place,nationality,group,people,old_band,old_uncertain,"
		       "new_band,new_uncertain,change\r\n");
	for (size_t i = 0; i < behaviour->moves_count && i < asked->limit; i++) {
		const struct diff_move *move = &behaviour->moves[i];
		const struct people_cell *cell = &move->new.cell;
		csv_add_field(out, str_of(world_services[move->service].code), true);
		csv_add_field(out, str_of(page_date(asked->date).text), false);
		csv_add_field(out, cli->world->places[cell->place].id, false);
		csv_add_field(out, cli->world->nats[cell->nat].code, false);
		csv_add_field(out, world_people_group_words[cell->group], false);
		buf_add_format(out, ",%" PRId64, cell->people);
		csv_add_field(out, gaps_band_code(&move->old), false);
		buf_add_c(out, move->old.band.uncertain ? ",true" : ",false");
		csv_add_field(out, gaps_band_code(&move->new), false);
		buf_add_format(out, ",%s,%s\r\n", move->new.band.uncertain ? "true" : "false",
			kinds[move->kind]);
	}
}

/* ---- JSON ---- */

static void add_name(struct buf *out, const char *name, struct str value)
{
	buf_add_format(out, "\"%s\":", name);
	json_add_string(out, value);
}

static enum status add_node(struct buf *out, const char *name, const struct node *node)
{
	buf_add_format(out, ",\"%s\":", name);
	if (node)
		return json_canonical(out, node);
	buf_add_c(out, "null");
	return STATUS_OK;
}

static enum status add_fields(struct cli *cli, const struct changes *changes)
{
	static const char *const changes_words[] = { "added", "removed", "changed" };
	struct buf *out = &cli->out, words;
	enum status status = STATUS_OK;

	for (size_t i = 0; i < changes->items_count && status == STATUS_OK; i++) {
		const struct change *change = &changes->items[i];
		buf_add_format(
			out, "%s{\"change\":\"%s\",", i ? "," : "", changes_words[change->kind]);
		add_name(out, "path", change->path);
		status = add_node(out, "old", change->old);
		if (status == STATUS_OK)
			status = add_node(out, "new", change->new);
		buf_init(&words, &cli->arena, CLI_OUTPUT_MAX);
		accord_say_change(&words, change);
		buf_add_char(out, ',');
		add_name(out, "words", buf_str(&words));
		buf_add_char(out, '}');
	}
	return status;
}

static void add_lines(struct buf *out, const struct file_change *file, size_t limit)
{
	for (size_t i = 0; i < file->line_count && i < limit; i++) {
		buf_add_format(out, "%s{\"change\":\"%s\",", i ? "," : "",
			file->lines[i].added ? "added" : "removed");
		add_name(out, "line", file->lines[i].text);
		buf_add_char(out, '}');
	}
}

static enum status add_text(struct cli *cli, const struct text_diff *text, size_t limit)
{
	struct buf *out = &cli->out;
	enum status status = STATUS_OK;

	buf_add_c(out, ",\"text\":[");
	for (size_t i = 0; i < text->document_count && status == STATUS_OK; i++) {
		const struct document_change *document = &text->documents[i];
		buf_add_format(out, "%s{", i ? "," : "");
		add_name(out, "agreement", document->new ? document->new->id : document->old->id);
		buf_add_format(out, ",\"change\":\"%s\",\"fields\":[",
			document->old && document->new ? "changed"
			: document->new                ? "added"
						       : "removed");
		status = add_fields(cli, &document->changes);
		buf_add_c(out, "]}");
	}
	buf_add_c(out, "],\"facts\":[");
	for (size_t i = 0; i < text->file_count; i++) {
		buf_add_format(out, "%s{", i ? "," : "");
		add_name(out, "file", text->files[i].name);
		buf_add_format(out, ",\"added\":%zu,\"removed\":%zu,\"lines\":[",
			text->files[i].added, text->files[i].removed);
		add_lines(out, &text->files[i], limit);
		buf_add_c(out, "]}");
	}
	buf_add_char(out, ']');
	return status;
}

static void add_side(struct buf *out, const char *name, const struct gaps *gaps)
{
	struct band_split split = { .not_known = gaps->not_known,
		.none_proven = gaps->none_proven };

	for (int band = 0; band < BANDS; band++)
		split.bands[band] = gaps->bands[band];
	buf_add_format(out,
		",\"%s\":{\"people\":%" PRId64 ",\"own_state\":%" PRId64 ",\"bands\":", name,
		gaps->people, gaps->own_state);
	cover_split_json(out, &split);
	buf_add_c(out, ",\"bounded\":");
	cover_split_json(out, &gaps->bounded);
	buf_add_format(out, ",\"in_part\":%" PRId64 "}", gaps->in_part);
}

static void add_services(struct buf *out, const struct cover_diff *behaviour)
{
	buf_add_c(out, ",\"services\":[");
	for (size_t i = 0; i < behaviour->services_count; i++) {
		const struct diff_service *service = &behaviour->services[i];
		buf_add_format(out, "%s{\"service\":\"%s\"", i ? "," : "",
			world_services[service->service].code);
		add_side(out, "old", &service->old);
		add_side(out, "new", &service->new);
		buf_add_format(out,
			",\"gain\":%" PRId64 ",\"lose\":%" PRId64 ",\"surer\":%" PRId64
			",\"less_sure\":%" PRId64 ",\"only_old\":%" PRId64 ",\"only_new\":%" PRId64
			"}",
			service->gain, service->lose, service->surer, service->less_sure,
			service->only_old, service->only_new);
	}
	buf_add_char(out, ']');
}

static void add_cell(struct cli *cli, const struct people_cell *cell)
{
	struct buf *out = &cli->out;

	add_name(out, "place", cli->world->places[cell->place].id);
	buf_add_char(out, ',');
	add_name(out, "nationality", cli->world->nats[cell->nat].code);
	buf_add_char(out, ',');
	add_name(out, "group", world_people_group_words[cell->group]);
	buf_add_format(out, ",\"people\":%" PRId64, cell->people);
}

static void add_moves(
	struct cli *cli, const struct asked_diff *asked, const struct cover_diff *behaviour)
{
	struct buf *out = &cli->out;

	buf_add_c(out, ",\"moves\":[");
	for (size_t i = 0; i < behaviour->moves_count && i < asked->limit; i++) {
		const struct diff_move *move = &behaviour->moves[i];
		buf_add_format(out, "%s{\"service\":\"%s\",", i ? "," : "",
			world_services[move->service].code);
		add_cell(cli, &move->new.cell);
		buf_add_char(out, ',');
		add_name(out, "old_band", gaps_band_code(&move->old));
		buf_add_format(
			out, ",\"old_uncertain\":%s,", move->old.band.uncertain ? "true" : "false");
		add_name(out, "new_band", gaps_band_code(&move->new));
		buf_add_format(out, ",\"new_uncertain\":%s,\"change\":\"%s\"}",
			move->new.band.uncertain ? "true" : "false", kinds[move->kind]);
	}
	buf_add_char(out, ']');
}

static void add_answer(struct buf *out, const char *name, const struct world *world, bool has,
	bool not_known, const struct answer *answer)
{
	buf_add_format(out, ",\"%s\":", name);
	if (!has) {
		buf_add_format(out, "{\"nobody\":\"%s\"}", not_known ? "not_known" : "proven");
		return;
	}
	buf_add_char(out, '{');
	add_name(out, "party", world->parties[answer->provider].id);
	buf_add_char(out, ',');
	add_name(out, "agreement", answer->agreement->id);
	buf_add_char(out, ',');
	add_name(out, "commitment", answer->commitment->id);
	buf_add_char(out, ',');
	add_name(out, "band", cover_band_words[answer->band]);
	buf_add_format(out, ",\"certainty\":\"%s\"}", answer->certainty == TRUTH_T ? "T" : "U");
}

static void add_firsts(struct cli *cli, const struct asked_diff *asked, const struct sides *sides,
	const struct cover_diff *behaviour)
{
	struct buf *out = &cli->out;

	buf_add_c(out, ",\"first\":[");
	for (size_t i = 0; i < behaviour->firsts_count && i < asked->limit; i++) {
		const struct diff_first *first = &behaviour->firsts[i];
		buf_add_format(out, "%s{\"service\":\"%s\",\"at\":", i ? "," : "",
			world_services[first->service].code);
		if (first->place == NONE32)
			buf_add_c(out, "null");
		else
			json_add_string(out, cli->world->places[first->place].id);
		buf_add_format(out, ",\"cells\":%" PRIu32 ",\"people\":%" PRId64, first->cells,
			first->people);
		add_answer(out, "old", sides->old.world, first->has_old, first->not_known_old,
			&first->old);
		add_answer(
			out, "new", cli->world, first->has_new, first->not_known_new, &first->new);
		buf_add_c(out, ",\"example\":{");
		add_cell(cli, &first->example);
		buf_add_c(out, "},");
		add_name(out, "query",
			diff_query(cli, asked, &first->example, first->place, first->service));
		buf_add_char(out, '}');
	}
	buf_add_char(out, ']');
}

enum status diff_print_json(struct cli *cli, const struct asked_diff *asked,
	const struct sides *sides, const struct text_diff *text, const struct cover_diff *behaviour)
{
	struct buf *out = &cli->out;
	bool same = diff_text_count(text) == 0 &&
		    (!behaviour || behaviour->moves_count + behaviour->firsts_count == 0);
	enum status status;

	buf_add_char(out, '{');
	add_name(out, "old", sides->old.name);
	buf_add_char(out, ',');
	add_name(out, "new", sides->new.name);
	buf_add_format(out, ",\"same\":%s", same ? "true" : "false");
	status = add_text(cli, text, asked->limit);
	buf_add_c(out, ",\"behaviour\":");
	if (behaviour) {
		buf_add_char(out, '{');
		add_name(out, "date", str_of(page_date(asked->date).text));
		add_services(out, behaviour);
		add_moves(cli, asked, behaviour);
		add_firsts(cli, asked, sides, behaviour);
		buf_add_char(out, '}');
	} else {
		buf_add_c(out, "null");
	}
	buf_add_c(out, "}\n");
	return status;
}
