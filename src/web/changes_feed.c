/* The feed of changes: the newest entries of the journal, as far as everyone may know of them:
 * agreements whose versions are open to everyone, practices, and how many rows of facts came and
 * went. Of channels nothing is told: some are for parties alone. */
#include "web/page_versions.h"
#include "wire/atom.h"

#include <string.h>

#define ENTRIES_MAX 50
#define LINES_MAX 100

struct feeding {
	struct arena *arena;
	const struct web_snapshot *snapshot;
	struct ui ui;
	struct atom_link lines[LINES_MAX + 1];
	size_t count, more;
};

static void add(struct feeding *work, struct str name, struct html_link link)
{
	if (work->count < LINES_MAX)
		work->lines[work->count++] = (struct atom_link){ name, link.address };
	else
		work->more++;
}

static struct str word(const struct feeding *work, const char *english)
{
	return ui_word(&work->ui, english);
}

/* NAME without its folder and what follows its last dot. */
static struct str stem(struct str name, const char *folder)
{
	size_t end = name.len;

	while (end > 0 && name.ptr[end - 1] != '.')
		end--;
	return str_sub(name, strlen(folder), end ? end - 1 - strlen(folder) : 0);
}

/* version-hidden. What was taken away is told if its last version was open to everyone. */
static enum status add_agreement(struct feeding *work, const struct store_entry *entry,
	const struct store_entry_document *document)
{
	const struct agreement *agreement = versions_agreement(work->snapshot, document->name);
	struct store_version *rows;
	size_t count, at = 0;
	enum status status = store_versions(&rows, &count, work->arena,
		work->snapshot->config->store, document->name, VERSIONS_MAX);

	if (status != STATUS_OK || count == 0 ||
		!version_is_public(work->arena, rows[0].name, rows[0].bytes))
		return status;
	if (document->removed) {
		add(work,
			str_format(work->arena, STR_FMT ": " STR_FMT,
				STR_ARG(word(work, WORD("taken from the record"))),
				STR_ARG(stem(document->name, "agreements/"))),
			(struct html_link){ STR_NONE });
		return STATUS_OK;
	}
	while (at < count && rows[at].since != entry->sequence)
		at++;
	if (at == count || !version_is_public(work->arena, rows[at].name, rows[at].bytes))
		return STATUS_OK;
	if (!agreement) {
		add(work, stem(document->name, "agreements/"), (struct html_link){ STR_NONE });
		return STATUS_OK;
	}
	struct html_arg args[2] = { html_arg(accord_name(agreement)) };
	char hex[65];
	sha256_hex(hex, &document->canonical);
	args[1] = html_arg(str_copy(work->arena, str_of(hex)));
	add(work, accord_text(&agreement->title, str_of(work->ui.language->code)),
		html_link_make(work->arena, &work->ui, "/agreements/%1/versions/%2", args, 2));
	return STATUS_OK;
}

static void add_practice(struct feeding *work, const struct store_entry_document *document)
{
	const struct practices *practices = &work->snapshot->practices;
	struct str id = stem(document->name, "practices/");

	for (size_t i = 0; i < practices->items_count; i++)
		if (str_eq(practices->items[i].id, id)) {
			add(work, page_said(&work->ui, &practices->items[i].title),
				page_link_to(work->arena, &work->ui, "/practices/%1", id));
			return;
		}
	add(work, id, (struct html_link){ STR_NONE });
}

static void add_facts(struct feeding *work, const struct store_entry_facts *facts)
{
	if (str_is(facts->file, "channels.csv"))
		return;
	add(work,
		str_format(work->arena, STR_FMT ": %llu " STR_FMT ", %llu " STR_FMT,
			STR_ARG(facts->file), (unsigned long long)facts->opened,
			STR_ARG(word(work, WORD("rows new"))), (unsigned long long)facts->closed,
			STR_ARG(word(work, WORD("rows gone")))),
		(struct html_link){ STR_NONE });
}

static enum status add_entry(struct buf *out, struct feeding *work, const struct store_entry *entry)
{
	struct atom_entry said = { .id = atom_id(work->arena, &entry->root),
		.updated = entry->at,
		.title = str_format(work->arena, STR_FMT " %llu",
			STR_ARG(word(work, WORD("State of the record"))),
			(unsigned long long)entry->sequence),
		.page = page_link(work->arena, &work->ui, "/verify").address,
		.lines = work->lines };
	enum status status = STATUS_OK;

	work->count = work->more = 0;
	for (size_t i = 0; i < entry->documents_count && status == STATUS_OK; i++) {
		if (str_starts(entry->documents[i].name, "practices/"))
			add_practice(work, &entry->documents[i]);
		else if (str_starts(entry->documents[i].name, "agreements/") &&
			 (entry->documents[i].has_canonical || entry->documents[i].removed))
			status = add_agreement(work, entry, &entry->documents[i]);
	}
	for (size_t i = 0; i < entry->facts_count; i++)
		add_facts(work, &entry->facts[i]);
	if (work->more)
		work->lines[work->count++] =
			(struct atom_link){ str_format(work->arena, "+ %zu", work->more),
				STR_NONE };
	said.line_count = work->count;
	if (status == STATUS_OK && work->count)
		atom_entry(out, &said);
	return status;
}

static enum status make(struct buf *out, struct arena *arena, const struct web_snapshot *snapshot,
	const struct analysis *asked)
{
	struct feeding *work = ARENA_NEW(arena, struct feeding);
	struct store *store = snapshot->config->store;
	struct store_entry *entries = NULL;
	struct sha256 name = sha256_of(snapshot->world->name);
	struct atom_feed feed = { .self = STR("/changes.atom"), .page = STR("/verify") };
	char day[11];
	size_t count = 0;
	enum status status = work ? STATUS_OK : STATUS_NO_MEMORY;

	if (status == STATUS_OK && store)
		status = store_journal(
			&entries, &count, arena, store, snapshot->sequence, ENTRIES_MAX);
	if (status != STATUS_OK)
		return status;
	*work = (struct feeding){ .arena = arena, .snapshot = snapshot };
	ui_init(&work->ui, asked->language);
	work->ui.keep_language = asked->keep_language;
	date_format(day, snapshot->world->as_of);
	feed.id = atom_id(arena, &name);
	feed.title = str_format(arena, STR_FMT ": " STR_FMT, STR_ARG(snapshot->world->name),
		STR_ARG(word(work, WORD("changes on record"))));
	feed.updated = count ? entries[0].at : str_format(arena, "%sT00:00:00Z", day);
	feed.language = str_of(asked->language->code);
	atom_begin(out, &feed);
	for (size_t i = 0; i < count && status == STATUS_OK; i++)
		status = add_entry(out, work, &entries[i]);
	atom_end(out);
	return out->failed ? STATUS_NO_MEMORY : status;
}

enum status answer_changes_atom(struct request *request)
{
	struct analysis asked = analysis_default(request->today);
	enum status status;
	struct ui ui;

	if (!page_ui(&ui, request))
		return STATUS_OK;
	asked.make = make;
	status = page_keep(request, &ui, &asked);
	if (request->status == 0)
		request->type = "application/atom+xml; charset=utf-8";
	return status;
}
