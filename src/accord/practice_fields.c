/* The table of a practice's fields, in the order of the page; the same columns as fields.c. Names
 * are those of the repository of practices of the MICIC Initiative, with the project's own beside
 * them: practice, title, implemented_by, sources, uncertain, as_of. The repository's description is
 * the text under the fields. */
#include "accord/internal.h"

#define MANY FIELD_MANY
#define MUST FIELD_REQUIRED
#define WORDS(set) &accord_words[WORDS_##set]
#define ROW(name, type, flags, map, words, help)                                                   \
	{                                                                                          \
		SHAPE_PRACTICE, name, TYPE_##type, flags, SHAPE_##map, words, PHRASE_NULL, help,   \
			NULL, NULL, NULL                                                           \
	}

const struct field practice_fields[] = {
	ROW("practice", SLUG, MUST, NONE, NULL, "id of the practice; its file is ID.md"),
	ROW("title", TEXTS, MUST, NONE, NULL, "what it is called, per language"),
	ROW("type_of_practice", TEXT, MUST, NONE, NULL,
		"what sort of thing it is: Agreements, Tools, Tests and simulations, …; new words "
		"may be added"),
	ROW("country", PLACE, MANY | MUST, NONE, NULL,
		"where it is done: countries, regions, or world"),
	ROW("name_of_stakeholder", TEXT, MUST, NONE, NULL, "who does it"),
	ROW("type_of_stakeholder_implementing", WORD, MANY | MUST, NONE,
		WORDS(PRACTICE_STAKEHOLDER), "what they are in a crisis"),
	ROW("type_of_crisis", WORD, MANY, NONE, WORDS(PRACTICE_CRISIS),
		"for which crises; absent: the source does not say"),
	ROW("crisis_phase", WORD, MANY, NONE, WORDS(PRACTICE_PHASE),
		"for which phases; absent: the source does not say"),
	ROW("guidelines", WORD, MANY | MUST, NONE, WORDS(GUIDELINE),
		"which of the fifteen MICIC guidelines, that is thematic areas, it serves"),
	ROW("related_links", TEXT, MANY, NONE, NULL, "addresses where more is said"),
	ROW("implemented_by", SLUG, MANY, NONE, NULL,
		"agreements and templates of the workspace that make it executable"),
	ROW("sources", MAP, MANY | MUST | FIELD_BLOCK, SOURCE, NULL,
		"what the page rests on, and how closely"),
	ROW("uncertain", TEXT, MANY, NONE, NULL,
		"what is told but confirmed by no source seen so far"),
	ROW("as_of", DATE, MUST, NONE, NULL, "day on which it was last held against its sources"),
};

const size_t practice_field_count = sizeof practice_fields / sizeof practice_fields[0];
