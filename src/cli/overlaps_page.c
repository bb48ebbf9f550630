/* Overlaps on the page. `--why` adds under each finding the clauses, facts and sources that it
 * rests on. */
#include "cli/overlaps.h"

#include "cli/gaps.h"

#define WHY_CELLS 6 /* largest groups shown under a finding */

static struct str number(struct cli *cli, int64_t n)
{
	return str_format(&cli->arena, "%s", page_number(n).text);
}

/* A finding, or with WHY what stands behind one. */
static void line(struct cli *cli, struct str text)
{
	page_wrap(&cli->out, STR("  "), 2, cli->width, text);
}

static void why(struct cli *cli, struct str text)
{
	page_wrap(&cli->out, STR("      "), 6, cli->width, text);
}

/* ... and what stands behind that. */
static void behind(struct cli *cli, struct str text)
{
	page_wrap(&cli->out, STR("        "), 8, cli->width, text);
}

static void heading(struct cli *cli, const char *title, size_t count)
{
	buf_add_c(&cli->out, "\n");
	page_wrap(&cli->out, STR_NONE, 0, cli->width,
		count ? str_format(&cli->arena, "%s: %s", title, page_number((int64_t)count).text)
		      : str_format(&cli->arena, "%s: none", title));
}

static void cut_note(struct cli *cli, size_t shown, size_t count)
{
	if (shown < count)
		page_wrap(&cli->out, STR_NONE, 4, cli->width,
			str_format(&cli->arena,
				"    %zu of %s shown; --limit shows more, --format csv all.", shown,
				page_number((int64_t)count).text));
}

static const char *phase_of(enum phase phase)
{
	return words_phase(phase);
}

/* ---- leads ---- */

static struct str lead_words(struct cli *cli, const struct overlap_lead *lead)
{
	if (lead->provider != NONE32)
		return words_party(cli, lead->provider);
	return str_format(&cli->arena, "one of %u of group " STR_FMT, lead->members,
		STR_ARG(cli->world->groups[lead->commitment->provider.group]));
}

static struct str leads_words(struct cli *cli, const struct lead_overlap *leads)
{
	struct buf text;

	buf_init(&text, &cli->arena, 1 << 16);
	for (size_t i = 0; i < leads->leads_count; i++) {
		buf_add_c(&text, i ? "; " : "");
		buf_add(&text, lead_words(cli, &leads->leads[i]));
	}
	return buf_str(&text);
}

static struct str basis_of(const struct agreement *agreement, const struct commitment *commitment)
{
	return accord_basis_words[commitment->source.given ? commitment->source.basis
							   : agreement->source.basis];
}

static struct str clause_words(struct cli *cli, struct str who, const struct agreement *agreement,
	const struct commitment *commitment)
{
	return str_format(&cli->arena,
		STR_FMT " by " STR_FMT ", " STR_FMT " (" STR_FMT "), %s, basis " STR_FMT,
		STR_ARG(who), STR_ARG(agreement->id), STR_ARG(commitment->clause),
		STR_ARG(commitment->id), words_strength(agreement->strength),
		STR_ARG(basis_of(agreement, commitment)));
}

static void why_clause(struct cli *cli, struct str who, const struct agreement *agreement,
	const struct commitment *commitment)
{
	why(cli, clause_words(cli, who, agreement, commitment));
}

static void why_leads(struct cli *cli, const struct lead_overlap *leads)
{
	struct buf text;

	for (size_t i = 0; i < leads->leads_count; i++)
		why_clause(cli, lead_words(cli, &leads->leads[i]), leads->leads[i].agreement,
			leads->leads[i].commitment);
	buf_init(&text, &cli->arena, 4096);
	buf_add_c(&text, "for ");
	for (size_t i = 0; i < leads->cells_count && i < WHY_CELLS; i++) {
		const struct people_cell *cell = &leads->cells[i];
		const char *group = words_group(cell->group);

		buf_add_format(&text, "%s%s %s%s" STR_FMT, i ? ", " : "",
			page_number(cell->people).text, group, *group ? " " : "",
			STR_ARG(cli->world->nats[cell->nat].code));
	}
	if (leads->cells_count > WHY_CELLS)
		buf_add_format(&text, " and %zu more", leads->cells_count - WHY_CELLS);
	buf_add_format(&text, "; place at depth %u, a set of %u %s", leads->depth, leads->size,
		leads->size == 1 ? "nationality" : "nationalities");
	why(cli, buf_str(&text));
}

/* The services of findings that differ by the service alone, from number FIRST on; they are marked
 * as told. */
static struct str lead_services(
	struct cli *cli, const struct lead_overlap *items, size_t count, size_t first, bool *told)
{
	struct buf text;

	buf_init(&text, &cli->arena, 8192);
	for (size_t i = first; i < count && items[i].people == items[first].people; i++) {
		if (told[i] || !cover_leads_alike(&items[first], &items[i]))
			continue;
		told[i] = true;
		buf_add_format(
			&text, "%s%s", text.len ? ", " : "", world_services[items[i].service].code);
	}
	return buf_str(&text);
}

/* On the page findings that differ by the service alone are one. */
static void print_leads(struct cli *cli, const struct asked_overlaps *asked, const char *title,
	const struct lead_overlap *items, size_t count)
{
	bool *told = ARENA_ARRAY(&cli->arena, count, bool);
	size_t shown = 0, left = 0;

	heading(cli, title, count);
	for (size_t i = 0; told && i < count && shown < asked->limit; i++) {
		const struct lead_overlap *leads = &items[i];
		struct str services;

		if (told[i])
			continue;
		services = lead_services(cli, items, count, i, told);
		line(cli, str_format(&cli->arena,
				  "%s people in " STR_FMT "%s, %s: " STR_FMT "; " STR_FMT,
				  page_number(leads->people).text,
				  STR_ARG(words_place(cli, leads->place)),
				  leads->part ? " (people of the whole country)" : "",
				  words_band(leads->band), STR_ARG(leads_words(cli, leads)),
				  STR_ARG(services)));
		if (asked->why)
			why_leads(cli, leads);
		shown++;
	}
	for (size_t i = 0; told && i < count; i++)
		left += !told[i];
	cut_note(cli, count - left, count);
}

/* ---- assets and strengths ---- */

static void why_pledges(struct cli *cli, const struct pledge *pledges, size_t count)
{
	for (size_t i = 0; i < count; i++)
		why_clause(cli, number(cli, pledges[i].quantity), pledges[i].agreement,
			pledges[i].commitment);
}

static void print_assets(
	struct cli *cli, const struct asked_overlaps *asked, const struct overlaps *overlaps)
{
	const struct world *world = cli->world;

	heading(cli, "Assets promised more than once", overlaps->assets_count);
	for (size_t i = 0; i < overlaps->assets_count && i < asked->limit; i++) {
		const struct asset_overlap *asset = &overlaps->assets[i];
		const struct asset *fact = &world->assets[asset->asset];

		line(cli, str_format(&cli->arena,
				  STR_FMT ":" STR_FMT ": has %s " STR_FMT
					  ", promised %s by %zu commitments, on %s, %s",
				  STR_ARG(world->parties[fact->party].id), STR_ARG(fact->id),
				  page_number(asset->has).text, STR_ARG(fact->unit),
				  page_number(asset->pledged).text, asset->pledges_count,
				  page_date(asset->date).text, phase_of(asset->phase)));
		if (!asked->why)
			continue;
		why_pledges(cli, asset->pledges, asset->pledges_count);
		why(cli, str_format(&cli->arena, "on record by " STR_FMT,
				 STR_ARG(words_source(cli, fact->source))));
	}
	cut_note(cli, asked->limit, overlaps->assets_count);
}

static void why_strengths(struct cli *cli, const struct strength_overlap *strength)
{
	why_pledges(cli, strength->pledges, strength->pledges_count);
	for (size_t i = 0; i < strength->strengths_count; i++) {
		const struct strength_row *row = &cli->world->strengths[strength->strengths[i]];

		why(cli, str_format(&cli->arena, "%s in " STR_FMT ", by " STR_FMT,
				 page_number(row->quantity).text,
				 STR_ARG(words_place(cli, row->place)),
				 STR_ARG(words_source(cli, row->source))));
	}
}

static void print_strengths(
	struct cli *cli, const struct asked_overlaps *asked, const struct overlaps *overlaps)
{
	if (cli->world->strengths_count == 0) {
		buf_add_c(&cli->out, "\n");
		page_wrap(&cli->out, STR_NONE, 0, cli->width,
			STR("Promised beyond strengths: not known"));
		line(cli, STR("no strengths are on record, so nothing can be held against them"));
		return;
	}
	heading(cli, "Promised beyond strengths", overlaps->strengths_count);
	for (size_t i = 0; i < overlaps->strengths_count && i < asked->limit; i++) {
		const struct strength_overlap *strength = &overlaps->strengths[i];

		line(cli, str_format(&cli->arena,
				  STR_FMT ", %s: has %s " STR_FMT "%s" STR_FMT
					  ", promised %s by %zu commitments, on %s, %s",
				  STR_ARG(words_party(cli, strength->party)),
				  world_services[strength->service].code,
				  page_number(strength->has).text, STR_ARG(strength->unit),
				  strength->per.len ? " per " : "", STR_ARG(strength->per),
				  page_number(strength->pledged).text, strength->pledges_count,
				  page_date(strength->date).text, phase_of(strength->phase)));
		if (asked->why)
			why_strengths(cli, strength);
	}
	cut_note(cli, asked->limit, overlaps->strengths_count);
}

/* ---- circles ---- */

static const char *reliance_words(enum reliance by)
{
	switch (by) {
	case RELY_SERVED_BY:
		return "serves those whom it serves";
	case RELY_STEP:
		return "waits for a step of";
	case RELY_ASSET:
		return "uses an asset of";
	case RELY_FUND:
		return "is paid from";
	default:
		return "";
	}
}

static void print_circles(
	struct cli *cli, const struct asked_overlaps *asked, const struct overlaps *overlaps)
{
	heading(cli, "Promises that wait for each other", overlaps->circular_count);
	for (size_t i = 0; i < overlaps->circular_count && i < asked->limit; i++) {
		const struct circle *circle = &overlaps->circular[i];
		struct buf text;

		buf_init(&text, &cli->arena, 1 << 16);
		for (size_t j = 0; j < circle->links_count; j++) {
			const struct circle_link *link = &circle->links[j];

			buf_add_format(&text, STR_FMT " %s ",
				STR_ARG(cli->world->parties[link->provider].id),
				reliance_words(link->by));
		}
		buf_add_format(&text, STR_FMT "; as in " STR_FMT,
			STR_ARG(cli->world->parties[circle->links[0].provider].id),
			STR_ARG(words_place(cli, circle->place)));
		if (circle->nodes > circle->links_count)
			buf_add_format(&text, "; %u promises in this knot", circle->nodes);
		line(cli, buf_str(&text));
		for (size_t j = 0; j < circle->links_count && asked->why; j++)
			why_clause(cli, words_party(cli, circle->links[j].provider),
				circle->links[j].agreement, circle->links[j].commitment);
	}
	cut_note(cli, asked->limit, overlaps->circular_count);
}

/* ---- single points ---- */

static struct str point_words(struct cli *cli, const struct single_point *point)
{
	const struct post_row *post;

	if (point->kind == POINT_PARTY)
		return words_party(cli, point->index);
	if (point->kind == POINT_AGREEMENT)
		return overlaps_point_id(cli, point);
	post = &cli->world->posts[point->index];
	return str_format(&cli->arena, STR_FMT " (" STR_FMT " in " STR_FMT ")", STR_ARG(post->id),
		STR_ARG(cli->world->parties[post->sending].id),
		STR_ARG(words_place(cli, post->place)));
}

/* The loss number *AT with those after it that differ by the service alone; *AT becomes the last.
 */
static struct str loss_words(struct cli *cli, const struct single_point *point, size_t *at)
{
	const struct point_loss *loss = &point->losses[*at];
	struct buf text;

	buf_init(&text, &cli->arena, 8192);
	buf_add_format(&text, "%s people, %s before, %s after: %s", page_number(loss->people).text,
		words_band(loss->from),
		loss->to == BAND_NONE && loss->not_known ? "nobody as far as is known"
		: loss->to == BAND_NONE                  ? "proven nobody"
							 : words_band(loss->to),
		world_services[loss->service].code);
	while (*at + 1 < point->losses_count) {
		const struct point_loss *next = &point->losses[*at + 1];

		if (next->people != loss->people || next->from != loss->from ||
			next->to != loss->to || next->not_known != loss->not_known ||
			next->most.place != loss->most.place || next->most.nat != loss->most.nat ||
			next->most.group != loss->most.group)
			break;
		buf_add_format(&text, ", %s", world_services[next->service].code);
		++*at;
	}
	return buf_str(&text);
}

/* The fact behind an answer: the post that gives presence. */
static void behind_post(struct cli *cli, uint32_t row)
{
	const struct post_row *post = &cli->world->posts[row];

	behind(cli,
		str_format(&cli->arena, "present: " STR_FMT ", " STR_FMT ", as of %s, by " STR_FMT,
			STR_ARG(post->id), STR_ARG(world_post_kind_words[post->kind]),
			page_date(post->as_of).text, STR_ARG(words_source(cli, post->source))));
}

/* What the largest cell of a loss rests on today: its answers of the band that would be lost. */
static enum status why_loss(
	struct cli *cli, const struct asked_overlaps *asked, const struct point_loss *loss)
{
	struct answers answers;
	struct query query;
	enum status status;

	cover_query_init(&query, asked->filter.date, asked->filter.viewer);
	query.nats[0] = loss->most.nat;
	query.nat_count = 1;
	query.place = loss->most.place;
	query.service = loss->service;
	if (loss->most.group != GROUP_STOCK) {
		query.statuses = PERSON_BIT(
			loss->most.group == GROUP_REFUGEE ? PERSON_REFUGEE : PERSON_ASYLUM_SEEKER);
		query.residence = cli->world->places[loss->most.place].nat;
	}
	status = cover_who(&answers, &cli->arena, cli->index, &query);
	for (size_t i = 0; status == STATUS_OK && i < answers.items_count; i++) {
		const struct answer *answer = &answers.items[i];

		if (answer->held || answer->band != loss->from)
			continue;
		behind(cli, clause_words(cli, words_party(cli, answer->provider), answer->agreement,
				    answer->commitment));
		if (answer->post_row != NONE32)
			behind_post(cli, answer->post_row);
	}
	return status;
}

static enum status print_losses(
	struct cli *cli, const struct asked_overlaps *asked, const struct single_point *point)
{
	enum status status = STATUS_OK;

	for (size_t i = 0; i < point->losses_count && asked->why && status == STATUS_OK; i++) {
		const struct point_loss *first = &point->losses[i];
		const struct people_cell *most = &first->most;
		struct str loss = loss_words(cli, point, &i);
		const char *group = words_group(most->group);

		if (first != point->losses) /* the first is told already */
			why(cli, loss);
		behind(cli, str_format(&cli->arena, "most: %s %s%s" STR_FMT " in " STR_FMT ", by",
				    page_number(most->people).text, group, *group ? " from " : "",
				    STR_ARG(words_nat(cli, most->nat)),
				    STR_ARG(words_place(cli, most->place))));
		status = why_loss(cli, asked, first);
	}
	return status;
}

static enum status print_points(
	struct cli *cli, const struct asked_overlaps *asked, const struct overlaps *overlaps)
{
	static const char *const titles[POINT_KINDS] = { "If this post closes",
		"If this party leaves every agreement", "If this agreement ends" };

	for (int kind = 0; kind < POINT_KINDS; kind++) {
		size_t count = 0, shown = 0;

		for (size_t i = 0; i < overlaps->points_count; i++)
			count += overlaps->points[i].kind == (enum point_kind)kind;
		heading(cli, titles[kind], count);
		for (size_t i = 0; i < overlaps->points_count && shown < asked->limit; i++) {
			const struct single_point *point = &overlaps->points[i];

			if (point->kind != (enum point_kind)kind)
				continue;
			size_t last = 0;
			struct str first = loss_words(cli, point, &last);

			bool all = last + 1 == point->losses_count &&
				   point->losses[0].people == point->people;
			struct str what = point_words(cli, point);

			line(cli, all ? str_format(&cli->arena, STR_FMT ": " STR_FMT, STR_ARG(what),
						STR_ARG(first))
				      : str_format(&cli->arena,
						STR_FMT ": %s people in all; " STR_FMT "%s",
						STR_ARG(what), page_number(point->people).text,
						STR_ARG(first),
						last + 1 < point->losses_count ? "; …" : ""));
			if (print_losses(cli, asked, point) != STATUS_OK)
				return STATUS_NO_MEMORY;
			shown++;
		}
		cut_note(cli, shown, count);
	}
	return STATUS_OK;
}

/* The question in words. */
static void print_title(struct cli *cli, const struct overlap_filter *filter)
{
	struct buf text;

	buf_init(&text, &cli->arena, 4096);
	buf_add_format(&text, "Where several lead, and what hangs on one, on %s",
		page_date(filter->date).text);
	if (filter->place != NONE32)
		buf_add_format(&text, ", in " STR_FMT, STR_ARG(words_place(cli, filter->place)));
	if (filter->nat != NAT_NONE)
		buf_add_format(&text, ", people of " STR_FMT, STR_ARG(words_nat(cli, filter->nat)));
	if ((filter->services & (filter->services - 1)) == 0)
		buf_add_format(
			&text, ", %s", world_services[__builtin_ctzll(filter->services)].code);
	page_wrap(&cli->out, STR_NONE, 0, cli->width, buf_str(&text));
}

enum status overlaps_page(
	struct cli *cli, const struct asked_overlaps *asked, const struct overlaps *overlaps)
{
	unsigned kinds = asked->filter.kinds;
	enum status status = STATUS_OK;

	print_title(cli, &asked->filter);
	if (kinds & OVERLAP_LEADS) {
		print_leads(cli, asked, "Several certain leads for the same people",
			overlaps->leads, overlaps->leads_count);
		print_leads(cli, asked, "Pools in which nobody is named", overlaps->unassigned,
			overlaps->unassigned_count);
	}
	if (kinds & OVERLAP_ASSETS)
		print_assets(cli, asked, overlaps);
	if (kinds & OVERLAP_STRENGTHS)
		print_strengths(cli, asked, overlaps);
	if (kinds & OVERLAP_CIRCULAR)
		print_circles(cli, asked, overlaps);
	if (kinds & OVERLAP_POINTS)
		status = print_points(cli, asked, overlaps);
	buf_add_c(&cli->out, "\n");
	gaps_print_record(cli, asked->filter.date);
	if (kinds & (OVERLAP_LEADS | OVERLAP_POINTS))
		gaps_print_sources(cli, &asked->count);
	return status;
}
