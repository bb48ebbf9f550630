/* Who can promise or be helped by a promise. Parents and flags name parties below their own row, so
 * they are resolved after the last. */
#include "world/tree.h"

#include <assert.h>

#define CONTROLLED "state-controlled:"

bool world__row_party(struct loader *loader, const struct cell *cells, void *item)
{
	struct party *party = item;
	struct world *world = &loader->world;
	uint32_t number = (uint32_t)world->parties_count, existing;
	if (!loader->raw_parties)
		loader->raw_parties =
			ARENA_ARRAY(loader->arena, loader->rows_max, struct raw_party);
	if (!loader->raw_parties || symbols_put(&world->party_ids, cells[PARTIES_PARTY].text,
					    number, &existing) != STATUS_OK) {
		loader->no_memory = true;
		return false;
	}
	if (existing != SYMBOL_NONE) {
		world__fault(loader, cells[PARTIES_PARTY].pos, "party",
			"duplicate id '" STR_FMT "'", STR_ARG(cells[PARTIES_PARTY].text));
		return false;
	}
	*party = (struct party){
		.id = cells[PARTIES_PARTY].text,
		.name = cells[PARTIES_NAME].text,
		.languages = cells[PARTIES_LANGUAGES].text,
		.kind = (enum party_kind)cells[PARTIES_KIND].index,
		.parent = NONE32,
		.country = cells[PARTIES_COUNTRY].index,
		.nat = NAT_NONE,
		.source = cells[PARTIES_SOURCE].index,
	};
	loader->raw_parties[number] = (struct raw_party){
		.parent = cells[PARTIES_PARENT].text,
		.flags = cells[PARTIES_FLAGS].text,
		.pos = cells[PARTIES_PARTY].pos,
		.parent_pos = cells[PARTIES_PARENT].pos,
		.flags_pos = cells[PARTIES_FLAGS].pos,
	};
	return true;
}

static void unknown_party(struct loader *loader, struct pos pos, const char *path, struct str id)
{
	struct cell at = { .pos = pos };
	if (!loader->parties_torn)
		world__unknown(loader, &at, path, "party", id, loader->world.index->party_ids,
			loader->world.parties_count);
}

static enum status find_parents(struct loader *loader)
{
	struct world *world = &loader->world;
	size_t count = world->parties_count;
	uint32_t *up = ARENA_ARRAY(loader->arena, count + 1, uint32_t);
	struct pos *positions = ARENA_ARRAY(loader->arena, count + 1, struct pos);
	if (!up || !positions)
		return STATUS_NO_MEMORY;
	for (size_t i = 0; i < count; i++) {
		const struct raw_party *raw = &loader->raw_parties[i];
		up[i] = NONE32;
		positions[i] = raw->parent_pos;
		if (raw->parent.len == 0)
			continue;
		up[i] = symbols_get(&world->party_ids, raw->parent);
		if (up[i] == SYMBOL_NONE)
			unknown_party(loader, raw->parent_pos, "parent", raw->parent);
	}
	struct chains chains = {
		.up = up, .ids = world->index->party_ids, .positions = positions, .count = count
	};
	enum status status = world__cut_cycles(loader, &chains);
	for (size_t i = 0; i < count; i++)
		world->parties[i].parent = up[i];
	return status;
}

static void read_flag(struct loader *loader, struct party *party, struct pos pos, struct str word)
{
	static const struct str words[] = { { "state-controlled:CODE", 21 }, { "service", 7 } };
	struct world *world = &loader->world;
	struct cell at = { .pos = pos };
	if (str_is(word, "service")) {
		party->service = true;
		return;
	}
	if (!str_starts(word, CONTROLLED)) {
		world__unknown(loader, &at, "flags", "flag", word, words, 2);
		return;
	}
	struct str id = str_sub(word, sizeof CONTROLLED - 1, word.len);
	uint32_t state = symbols_get(&world->party_ids, id);
	if (state == SYMBOL_NONE)
		unknown_party(loader, pos, "flags", id);
	else if (world->parties[state].kind != PARTY_STATE)
		world__fault(loader, pos, "flags", "'" STR_FMT "' is no State", STR_ARG(id));
	else
		party->state_controlled[party->state_controlled_count++] = state;
}

static enum status read_flags(
	struct loader *loader, struct party *party, const struct raw_party *raw)
{
	struct str rest = raw->flags, word;
	size_t count = 0;
	while (str_next_word(&rest, " ", &word))
		count++;
	if (count == 0)
		return STATUS_OK;
	party->state_controlled = ARENA_ARRAY(loader->arena, count, uint32_t);
	if (!party->state_controlled)
		return STATUS_NO_MEMORY;
	rest = raw->flags;
	while (str_next_word(&rest, " ", &word))
		read_flag(loader, party, raw->flags_pos, word);
	assert(party->state_controlled_count <= count);
	return STATUS_OK;
}

enum status world__done_parties(struct loader *loader)
{
	struct world *world = &loader->world;
	world->index->party_ids = ARENA_ARRAY(loader->arena, world->parties_count + 1, struct str);
	if (!world->index->party_ids)
		return STATUS_NO_MEMORY;
	for (size_t i = 0; i < world->parties_count; i++)
		world->index->party_ids[i] = world->parties[i].id;
	enum status status = find_parents(loader);
	for (uint32_t i = 0; i < world->parties_count && status == STATUS_OK; i++) {
		struct party *party = &world->parties[i];
		status = read_flags(loader, party, &loader->raw_parties[i]);
		uint32_t nat = symbols_get(&world->nat_ids, party->id);
		if (party->kind != PARTY_STATE || nat == SYMBOL_NONE)
			continue;
		party->nat = (uint16_t)nat;
		world->nats[nat].state = i;
	}
	if (loader->diags->no_memory)
		return STATUS_NO_MEMORY;
	return status;
}
