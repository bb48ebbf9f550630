/* Presence, sentence by sentence: each case is named after the sentence of the model ("Facts") or
 * the decision of docs/semantics.md that it holds. A case gives the facts, the question, and what
 * is true. */
#include "scene.h"

struct fact_case {
	const char *name;
	const char *posts, *absent, *complete, *offices; /* rows, NULL for none */
	const char *party, *place;
	unsigned levels;
	const char *service; /* NULL: any */
	const char *date;
	enum truth truth;
};

#define R LEVEL_RESIDENT
#define H LEVEL_HONORARY
#define A LEVEL_ACCREDITED
#define O LEVEL_OFFICE
#define T TRUTH_T
#define U TRUTH_U
#define F TRUTH_F

/* Freshness in months: AAA 12, BBB 36, CCC 60, DDD 84, EEE (no class) 60. */
#define OPEN_2020 "p,AAA,BBB,,embassy,,,,,open,2020-06-15,s\n"
#define FACT(n) .name = "test_facts_" n

static const struct fact_case cases[] = {
	{ FACT("true_inside_validity_and_freshness"), OPEN_2020, .party = "AAA", .place = "BBB",
		.levels = R, .date = "2020-06-15", .truth = T },
	{ FACT("nothing_on_record_is_not_known"), NULL, .party = "AAA", .place = "BBB", .levels = R,
		.date = "2020-06-15", .truth = U },
	{ FACT("validity_begins_inclusive"), "p,AAA,BBB,,embassy,,,2020-01-01,,open,2020-06-15,s\n",
		.party = "AAA", .place = "BBB", .levels = R, .date = "2020-01-01", .truth = T },
	{ FACT("not_known_before_validity"), "p,AAA,BBB,,embassy,,,2020-01-01,,open,2020-06-15,s\n",
		.party = "AAA", .place = "BBB", .levels = R, .date = "2019-12-31", .truth = U },
	{ FACT("validity_ends_inclusive"), "p,AAA,BBB,,embassy,,,,2020-12-31,open,2020-06-15,s\n",
		.party = "AAA", .place = "BBB", .levels = R, .date = "2020-12-31", .truth = T },
	{ FACT("not_known_after_validity"), "p,AAA,BBB,,embassy,,,,2020-12-31,open,2020-06-15,s\n",
		.party = "AAA", .place = "BBB", .levels = R, .date = "2021-01-01", .truth = U },
	{ FACT("freshness_forward_bound_is_inclusive"), OPEN_2020, .party = "AAA", .place = "BBB",
		.levels = R, .date = "2023-06-15", .truth = T },
	{ FACT("opening_ages"), OPEN_2020, .party = "AAA", .place = "BBB", .levels = R,
		.date = "2023-06-16", .truth = U },
	{ FACT("freshness_speaks_either_way"), OPEN_2020, .party = "AAA", .place = "BBB",
		.levels = R, .date = "2017-06-15", .truth = T },
	{ FACT("freshness_backward_bound"), OPEN_2020, .party = "AAA", .place = "BBB", .levels = R,
		.date = "2017-06-14", .truth = U },
	{ FACT("month_ends_clamp"), "p,BBB,AAA,,embassy,,,,,open,2020-02-29,s\n", .party = "BBB",
		.place = "AAA", .levels = R, .date = "2021-02-28", .truth = T },
	{ FACT("month_ends_clamp_and_end"), "p,BBB,AAA,,embassy,,,,,open,2020-02-29,s\n",
		.party = "BBB", .place = "AAA", .levels = R, .date = "2021-03-01", .truth = U },
	{ FACT("very_high_risk_is_fresh_12_months"), "p,BBB,AAA,,embassy,,,,,open,2020-06-15,s\n",
		.party = "BBB", .place = "AAA", .levels = R, .date = "2021-06-16", .truth = U },
	{ FACT("medium_risk_is_fresh_60_months"), "p,BBB,CCC,,embassy,,,,,open,2020-06-15,s\n",
		.party = "BBB", .place = "CCC", .levels = R, .date = "2025-06-15", .truth = T },
	{ FACT("low_risk_is_fresh_84_months"), "p,BBB,DDD,,embassy,,,,,open,2020-06-15,s\n",
		.party = "BBB", .place = "DDD", .levels = R, .date = "2027-06-15", .truth = T },
	{ FACT("low_risk_ages_after_84_months"), "p,BBB,DDD,,embassy,,,,,open,2020-06-15,s\n",
		.party = "BBB", .place = "DDD", .levels = R, .date = "2027-06-16", .truth = U },
	{ FACT("no_class_is_fresh_as_medium"), "p,BBB,EEE,,embassy,,,,,open,2020-06-15,s\n",
		.party = "BBB", .place = "EEE", .levels = R, .date = "2025-06-15", .truth = T },
	{ FACT("no_class_ages_as_medium"), "p,BBB,EEE,,embassy,,,,,open,2020-06-15,s\n",
		.party = "BBB", .place = "EEE", .levels = R, .date = "2025-06-16", .truth = U },
	{ FACT("as_of_defaults_to_when_its_source_was_retrieved"),
		"p,BBB,AAA,,embassy,,,,,open,,s\n", .party = "BBB", .place = "AAA", .levels = R,
		.date = "2021-06-15", .truth = T },
	{ FACT("as_of_defaults_to_the_workspace"), "p,BBB,AAA,,embassy,,,,,open,,undated\n",
		.party = "BBB", .place = "AAA", .levels = R, .date = "2021-06-15", .truth = T },
	/* closings, suspensions */
	{ FACT("closed_is_false"), "p,AAA,BBB,,embassy,,,2019-01-01,,closed,2020-06-15,s\n",
		.party = "AAA", .place = "BBB", .levels = R, .date = "2020-01-01", .truth = F },
	{ FACT("suspended_is_false"), "p,AAA,BBB,,embassy,,,2019-01-01,,suspended,2020-06-15,s\n",
		.party = "AAA", .place = "BBB", .levels = R, .date = "2020-01-01", .truth = F },
	{ FACT("closing_does_not_age"), "p,AAA,BBB,,embassy,,,2010-01-01,,closed,2010-01-01,s\n",
		.party = "AAA", .place = "BBB", .levels = R, .date = "2049-01-01", .truth = F },
	{ FACT("closing_speaks_until_another_dated_fact"),
		"p,AAA,BBB,,embassy,,,2018-01-01,,closed,2020-06-15,s\n"
		"p,AAA,BBB,,embassy,,,2020-01-01,,open,2020-06-15,s\n",
		.party = "AAA", .place = "BBB", .levels = R, .date = "2020-01-01", .truth = T },
	{ FACT("closing_speaks_the_day_before_another_fact"),
		"p,AAA,BBB,,embassy,,,2018-01-01,,closed,2020-06-15,s\n"
		"p,AAA,BBB,,embassy,,,2020-01-01,,open,2020-06-15,s\n",
		.party = "AAA", .place = "BBB", .levels = R, .date = "2019-12-31", .truth = F },
	{ FACT("validity_start_closing_without_from_reaches_back"),
		"p,AAA,BBB,,embassy,,,,,closed,2020-06-15,s\n", .party = "AAA", .place = "BBB",
		.levels = R, .date = "2017-06-15", .truth = F },
	{ FACT("validity_start_closing_without_from_begins"),
		"p,AAA,BBB,,embassy,,,,,closed,2020-06-15,s\n", .party = "AAA", .place = "BBB",
		.levels = R, .date = "2017-06-14", .truth = U },
	{ FACT("validity_start_until_ends_a_closing"),
		"p,AAA,BBB,,embassy,,,,,open,2020-06-15,s\n"
		"p,AAA,BBB,,embassy,,,2019-01-01,2019-12-31,suspended,2020-06-15,s\n",
		.party = "AAA", .place = "BBB", .levels = R, .date = "2020-01-01", .truth = T },
	{ FACT("latest_row_has_the_latest_from"),
		"p,AAA,BBB,,embassy,,,2019-01-01,,closed,2019-01-01,s\n"
		"p,AAA,BBB,,embassy,,,2018-01-01,,open,2020-06-15,s\n",
		.party = "AAA", .place = "BBB", .levels = R, .date = "2020-06-15", .truth = F },
	{ FACT("latest_row_open_from_is_the_earliest"),
		"p,AAA,BBB,,embassy,,,,,closed,2020-06-15,s\n"
		"p,AAA,BBB,,embassy,,,1990-01-01,,open,2020-06-15,s\n",
		.party = "AAA", .place = "BBB", .levels = R, .date = "2020-06-15", .truth = T },
	{ FACT("latest_row_none_in_force_is_not_known"),
		"p,AAA,BBB,,embassy,,,2001-01-01,2002-01-01,closed,2002-01-01,s\n"
		"p,AAA,BBB,,embassy,,,2030-01-01,,open,2020-06-15,s\n",
		.party = "AAA", .place = "BBB", .levels = R, .date = "2020-06-15", .truth = U },
	{ FACT("latest_row_of_another_level_is_false"),
		"p,AAA,BBB,,embassy,,,,,open,2020-06-15,s\n"
		"p,AAA,BBB,,other,,,2019-01-01,,open,2020-06-15,s\n",
		.party = "AAA", .place = "BBB", .levels = R, .date = "2020-06-15", .truth = F },
	{ FACT("latest_row_of_another_level_when_stale_is_not_known"),
		"p,AAA,BBB,,embassy,,,,,open,2015-06-15,s\n"
		"p,AAA,BBB,,other,,,2014-01-01,,open,2015-06-15,s\n",
		.party = "AAA", .place = "BBB", .levels = R, .date = "2020-06-15", .truth = U },
	/* the OR over posts */
	{ FACT("presence_is_or_over_the_posts"),
		"p,AAA,BBB,,embassy,,,2019-01-01,,closed,2020-06-15,s\n"
		"q,AAA,BBB,,consulate,,,,,open,2020-06-15,s\n",
		.party = "AAA", .place = "BBB", .levels = R, .date = "2020-06-15", .truth = T },
	{ FACT("presence_is_false_when_every_post_is"),
		"p,AAA,BBB,,embassy,,,2019-01-01,,closed,2020-06-15,s\n"
		"q,AAA,BBB,,consulate,,,2019-01-01,,suspended,2020-06-15,s\n",
		.party = "AAA", .place = "BBB", .levels = R, .date = "2020-06-15", .truth = F },
	{ FACT("presence_is_not_known_when_one_post_is"),
		"p,AAA,BBB,,embassy,,,2019-01-01,,closed,2020-06-15,s\n"
		"q,AAA,BBB,,consulate,,,,,open,2010-06-15,s\n",
		.party = "AAA", .place = "BBB", .levels = R, .date = "2020-06-15", .truth = U },
	{ FACT("presence_is_or_over_the_levels"),
		"p,AAA,BBB,,embassy,,,2019-01-01,,closed,2020-06-15,s\n"
		"q,AAA,BBB,,honorary,,,,,open,2020-06-15,s\n",
		.party = "AAA", .place = "BBB", .levels = R | H, .date = "2020-06-15", .truth = T },
	{ FACT("levels_false_or_not_known_is_not_known"),
		"p,AAA,BBB,,embassy,,,2019-01-01,,closed,2020-06-15,s\n", .party = "AAA",
		.place = "BBB", .levels = R | H, .date = "2020-06-15", .truth = U },
	/* levels of kinds */
	{ FACT("high_commission_is_resident"), "p,AAA,BBB,,high-commission,,,,,open,,s\n",
		.party = "AAA", .place = "BBB", .levels = R, .date = "2020-06-15", .truth = T },
	{ FACT("consulate_general_is_resident"), "p,AAA,BBB,,consulate-general,,,,,open,,s\n",
		.party = "AAA", .place = "BBB", .levels = R, .date = "2020-06-15", .truth = T },
	{ FACT("nunciature_is_resident"), "p,AAA,BBB,,nunciature,,,,,open,,s\n", .party = "AAA",
		.place = "BBB", .levels = R, .date = "2020-06-15", .truth = T },
	{ FACT("interests_section_is_resident"), "p,AAA,BBB,,interests-section,,,,,open,,s\n",
		.party = "AAA", .place = "BBB", .levels = R, .date = "2020-06-15", .truth = T },
	{ FACT("de_facto_is_resident"), "p,AAA,BBB,,de-facto,,,,,open,,s\n", .party = "AAA",
		.place = "BBB", .levels = R, .date = "2020-06-15", .truth = T },
	{ FACT("honorary_is_honorary"), "p,AAA,BBB,,honorary,,,,,open,,s\n", .party = "AAA",
		.place = "BBB", .levels = H, .date = "2020-06-15", .truth = T },
	{ FACT("honorary_is_not_resident"), "p,AAA,BBB,,honorary,,,,,open,,s\n", .party = "AAA",
		.place = "BBB", .levels = R, .date = "2020-06-15", .truth = U },
	{ FACT("other_gives_none"), "p,AAA,BBB,,other,,,,,open,,s\n", .party = "AAA",
		.place = "BBB", .levels = R | H | A, .date = "2020-06-15", .truth = U },
	/* accredited */
	{ FACT("accredited_resident_post_elsewhere"), "p,AAA,CCC,,embassy,BBB DDD,,,,open,,s\n",
		.party = "AAA", .place = "BBB", .levels = A, .date = "2020-06-15", .truth = T },
	{ FACT("accredited_is_not_resident"), "p,AAA,CCC,,embassy,BBB DDD,,,,open,,s\n",
		.party = "AAA", .place = "BBB", .levels = R | H, .date = "2020-06-15", .truth = U },
	{ FACT("accredited_honorary_post_gives_none"), "p,AAA,CCC,,honorary,BBB,,,,open,,s\n",
		.party = "AAA", .place = "BBB", .levels = A, .date = "2020-06-15", .truth = U },
	{ FACT("accredited_ages_with_the_country_where_it_stands"),
		"p,BBB,DDD,,embassy,AAA,,,,open,2020-06-15,s\n", .party = "BBB", .place = "AAA",
		.levels = A, .date = "2027-06-15", .truth = T },
	{ FACT("accredited_every_post_that_names_the_country_is_false"),
		"p,AAA,CCC,,embassy,BBB,,2019-01-01,,closed,,s\n"
		"q,AAA,DDD,,embassy,BBB,,2019-01-01,,suspended,,s\n",
		.party = "AAA", .place = "BBB", .levels = A, .date = "2020-06-15", .truth = F },
	{ FACT("accredited_until_a_later_period_names_it_no_more"),
		"p,AAA,CCC,,embassy,BBB,,,,open,,s\np,AAA,CCC,,embassy,,,2019-01-01,,open,,s\n",
		.party = "AAA", .place = "BBB", .levels = A, .date = "2020-06-15", .truth = F },
	{ FACT("accredited_to_its_own_country_is_resident_alone"),
		"p,AAA,BBB,,embassy,BBB,,,,open,,s\n", .party = "AAA", .place = "BBB", .levels = A,
		.date = "2020-06-15", .truth = U },
	/* per country */
	{ FACT("presence_is_per_country_territory_on_its_own"), "p,BBB,AAA,,embassy,,,,,open,,s\n",
		.party = "BBB", .place = "TTT", .levels = R, .date = "2020-06-15", .truth = U },
	{ FACT("the_engine_reads_the_place_of_a_post"), "p,BBB,AAA,TTT,consulate,,,,,open,,s\n",
		.party = "BBB", .place = "TTT", .levels = R, .date = "2020-06-15", .truth = T },
	{ FACT("the_engine_reads_only_the_place_of_a_post"),
		"p,BBB,AAA,TTT,consulate,,,,,open,,s\n", .party = "BBB", .place = "AAA",
		.levels = R, .date = "2020-06-15", .truth = U },
	{ FACT("a_post_in_a_town_is_present_in_its_country"),
		"p,AAA,BBB,BBB-town,embassy,,,,,open,,s\n", .party = "AAA", .place = "BBB-port",
		.levels = R, .date = "2020-06-15", .truth = T },
	{ FACT("no_presence_above_countries"), OPEN_2020, .party = "AAA", .place = "m49:002",
		.levels = R, .date = "2020-06-15", .truth = U },
	/* services */
	{ FACT("presence_per_service_empty_is_all"), OPEN_2020, .party = "AAA", .place = "BBB",
		.levels = R, .service = "consular.welfare", .date = "2020-06-15", .truth = T },
	{ FACT("presence_per_service_given"),
		"p,AAA,BBB,,embassy,,consular.welfare consular.death,,,open,,s\n", .party = "AAA",
		.place = "BBB", .levels = R, .service = "consular.death", .date = "2020-06-15",
		.truth = T },
	{ FACT("presence_per_service_false_for_the_others"),
		"p,AAA,BBB,,embassy,,consular.welfare consular.death,,,open,,s\n", .party = "AAA",
		.place = "BBB", .levels = R, .service = "consular.legal", .date = "2020-06-15",
		.truth = F },
	{ FACT("presence_per_service_false_even_when_stale"),
		"p,AAA,BBB,,embassy,,consular.welfare,,,open,2001-01-01,s\n", .party = "AAA",
		.place = "BBB", .levels = R, .service = "consular.legal", .date = "2020-06-15",
		.truth = F },
	{ FACT("presence_per_service_any"), "p,AAA,BBB,,embassy,,consular.welfare,,,open,,s\n",
		.party = "AAA", .place = "BBB", .levels = R, .date = "2020-06-15", .truth = T },
	/* absences */
	{ FACT("absent_is_false"), NULL, "AAA,BBB,resident,,,2020-06-15,s\n", .party = "AAA",
		.place = "BBB", .levels = R, .date = "2020-06-15", .truth = F },
	{ FACT("absent_of_one_level_only"), NULL, "AAA,BBB,resident,,,2020-06-15,s\n",
		.party = "AAA", .place = "BBB", .levels = H, .date = "2020-06-15", .truth = U },
	{ FACT("absent_without_level_is_of_all"), NULL, "AAA,BBB,,,,2020-06-15,s\n", .party = "AAA",
		.place = "BBB", .levels = R | H | A | O, .date = "2020-06-15", .truth = F },
	{ FACT("absent_does_not_age"), NULL, "AAA,BBB,resident,2001-01-01,,2001-01-01,s\n",
		.party = "AAA", .place = "BBB", .levels = R, .date = "2049-01-01", .truth = F },
	{ FACT("absent_without_from_reaches_back"), NULL, "AAA,BBB,resident,,,2020-06-15,s\n",
		.party = "AAA", .place = "BBB", .levels = R, .date = "2017-06-15", .truth = F },
	{ FACT("absent_without_from_begins"), NULL, "AAA,BBB,resident,,,2020-06-15,s\n",
		.party = "AAA", .place = "BBB", .levels = R, .date = "2017-06-14", .truth = U },
	{ FACT("absent_until"), NULL, "AAA,BBB,resident,2001-01-01,2010-01-01,2020-06-15,s\n",
		.party = "AAA", .place = "BBB", .levels = R, .date = "2010-01-02", .truth = U },
	{ FACT("absent_yields_to_a_post_that_is_true"), OPEN_2020,
		"AAA,BBB,resident,,,2020-06-15,s\n", .party = "AAA", .place = "BBB", .levels = R,
		.date = "2020-06-15", .truth = T },
	{ FACT("absent_says_false_beside_a_stale_post"),
		"p,AAA,BBB,,embassy,,,,,open,2001-01-01,s\n",
		"AAA,BBB,resident,2015-01-01,,2020-06-15,s\n", .party = "AAA", .place = "BBB",
		.levels = R, .date = "2020-06-15", .truth = F },
	{ FACT("superseded_absence_by_a_later_post"),
		"p,AAA,BBB,,embassy,,,2016-01-01,,open,2016-01-01,s\n",
		"AAA,BBB,resident,2015-01-01,,2020-06-15,s\n", .party = "AAA", .place = "BBB",
		.levels = R, .date = "2020-06-15", .truth = U },
	{ FACT("superseded_absence_not_yet"),
		"p,AAA,BBB,,embassy,,,2016-01-01,,open,2016-01-01,s\n",
		"AAA,BBB,resident,2015-01-01,,2020-06-15,s\n", .party = "AAA", .place = "BBB",
		.levels = R, .date = "2015-12-31", .truth = F },
	{ FACT("superseded_absence_by_as_of_without_from"),
		"p,AAA,BBB,,embassy,,,,,open,2016-01-01,s\n",
		"AAA,BBB,resident,2015-01-01,,2020-06-15,s\n", .party = "AAA", .place = "BBB",
		.levels = R, .date = "2020-06-15", .truth = U },
	{ FACT("superseded_absence_on_the_day"),
		"p,AAA,BBB,,embassy,,,2016-01-01,,open,2005-01-01,s\n",
		"AAA,BBB,resident,2015-01-01,,2020-06-15,s\n", .party = "AAA", .place = "BBB",
		.levels = R, .date = "2016-01-01", .truth = U },
	{ FACT("superseded_absence_not_by_a_post_of_its_first_day"),
		"p,AAA,BBB,,embassy,,,2015-01-01,,open,2005-01-01,s\n",
		"AAA,BBB,resident,2015-01-01,,2020-06-15,s\n", .party = "AAA", .place = "BBB",
		.levels = R, .date = "2016-01-01", .truth = F },
	{ FACT("superseded_absence_not_by_another_level"),
		"p,AAA,BBB,,honorary,,,2016-01-01,,open,2016-01-01,s\n",
		"AAA,BBB,resident,2015-01-01,,2020-06-15,s\n", .party = "AAA", .place = "BBB",
		.levels = R, .date = "2020-06-15", .truth = F },
	{ FACT("superseded_absence_not_by_a_closing"),
		"p,AAA,BBB,,embassy,,,2016-01-01,2017-01-01,closed,2016-01-01,s\n",
		"AAA,BBB,resident,2015-01-01,,2020-06-15,s\n", .party = "AAA", .place = "BBB",
		.levels = R, .date = "2020-06-15", .truth = F },
	/* complete lists */
	{ FACT("complete_silence_of_a_sending_state"),
		.complete = "l,sending,AAA,resident,2020-06-15,s\n", .party = "AAA", .place = "BBB",
		.levels = R, .date = "2020-06-15", .truth = F },
	{ FACT("complete_silence_of_a_receiving_country"),
		.complete = "l,receiving,BBB,resident,2020-06-15,s\n", .party = "AAA",
		.place = "BBB", .levels = R, .date = "2020-06-15", .truth = F },
	{ FACT("complete_silence_of_another_state"),
		.complete = "l,sending,CCC,resident,2020-06-15,s\n", .party = "AAA", .place = "BBB",
		.levels = R, .date = "2020-06-15", .truth = U },
	{ FACT("complete_silence_from_before_its_date"),
		.complete = "l,sending,AAA,resident,2020-06-15,s\n", .party = "AAA", .place = "BBB",
		.levels = R, .date = "2017-06-15", .truth = F },
	{ FACT("complete_silence_not_long_before"),
		.complete = "l,sending,AAA,resident,2020-06-15,s\n", .party = "AAA", .place = "BBB",
		.levels = R, .date = "2017-06-14", .truth = U },
	{ FACT("complete_silence_onward"), .complete = "l,sending,AAA,resident,2020-06-15,s\n",
		.party = "AAA", .place = "BBB", .levels = R, .date = "2049-01-01", .truth = F },
	{ FACT("complete_silence_not_beside_a_stale_post"),
		"p,AAA,BBB,,embassy,,,,,open,2001-01-01,s\n",
		.complete = "l,sending,AAA,resident,2020-06-15,s\n", .party = "AAA", .place = "BBB",
		.levels = R, .date = "2020-06-15", .truth = U },
	{ FACT("complete_silence_beside_a_post_of_another_level"),
		"p,AAA,BBB,,honorary,,,,,open,2020-06-15,s\n",
		.complete = "l,sending,AAA,resident,2020-06-15,s\n", .party = "AAA", .place = "BBB",
		.levels = R, .date = "2020-06-15", .truth = F },
	{ FACT("complete_of_one_level_only"), .complete = "l,sending,AAA,resident,2020-06-15,s\n",
		.party = "AAA", .place = "BBB", .levels = H, .date = "2020-06-15", .truth = U },
	{ FACT("complete_without_level_is_of_all_posts"),
		.complete = "l,sending,AAA,,2020-06-15,s\n", .party = "AAA", .place = "BBB",
		.levels = R | H | A, .date = "2020-06-15", .truth = F },
	{ FACT("complete_list_of_posts_says_nothing_of_offices"),
		.complete = "l,receiving,BBB,,2020-06-15,s\n", .party = "relief", .place = "BBB",
		.levels = O, .date = "2020-06-15", .truth = U },
	/* offices */
	{ FACT("office_levels_an_office_is_present"),
		.offices = "relief,BBB-town,office,,,2020-06-15,s\n", .party = "relief",
		.place = "BBB", .levels = O, .date = "2020-06-15", .truth = T },
	{ FACT("office_is_no_other_level"), .offices = "relief,BBB-town,office,,,2020-06-15,s\n",
		.party = "relief", .place = "BBB", .levels = R | H | A, .date = "2020-06-15",
		.truth = U },
	{ FACT("office_ages"), .offices = "relief,BBB-town,office,,,2020-06-15,s\n",
		.party = "relief", .place = "BBB", .levels = O, .date = "2023-06-16", .truth = U },
	{ FACT("office_until"), .offices = "relief,BBB-town,office,,2020-01-01,2020-06-15,s\n",
		.party = "relief", .place = "BBB", .levels = O, .date = "2020-01-02", .truth = U },
	{ FACT("office_of_kind_liaison_gives_none"),
		.offices = "relief,BBB,liaison,,,2020-06-15,s\n", .party = "relief", .place = "BBB",
		.levels = O, .date = "2020-06-15", .truth = U },
	{ FACT("office_levels_absence"), .absent = "relief,BBB,office,2019-01-01,,2020-06-15,s\n",
		.party = "relief", .place = "BBB", .levels = O, .date = "2020-06-15", .truth = F },
	{ FACT("superseded_absence_by_a_later_office"),
		.absent = "relief,BBB,office,2010-01-01,,2020-06-15,s\n",
		.offices = "relief,BBB,office,2012-01-01,,2012-01-01,s\n", .party = "relief",
		.place = "BBB", .levels = O, .date = "2020-06-15", .truth = U },
	{ FACT("office_levels_a_state_may_have_one"), .offices = "AAA,BBB,office,,,2020-06-15,s\n",
		.party = "AAA", .place = "BBB", .levels = O, .date = "2020-06-15", .truth = T },
};
#define CASES (sizeof cases / sizeof cases[0])

static void put_rows(struct scene *scene, const char *name, const char *head, const char *rows)
{
	if (rows)
		scene_put(scene, name, str_format(&scene->arena, "%s%s", head, rows).ptr);
}

static void run_case(void **state)
{
	const struct fact_case *fact = *state;
	struct scene scene;
	scene_open(&scene);
	put_rows(&scene, "posts.csv", POSTS_HEAD, fact->posts);
	put_rows(&scene, "absent.csv", ABSENT_HEAD, fact->absent);
	put_rows(&scene, "complete.csv", COMPLETE_HEAD, fact->complete);
	put_rows(&scene, "offices.csv", OFFICES_HEAD, fact->offices);
	scene_must_load(&scene);
	uint8_t service = fact->service ? world_service_find(str_of(fact->service)) : SERVICE_NONE;
	struct presence presence = world_presence(scene.world, scene_party(&scene, fact->party),
		scene_place(&scene, fact->place), fact->levels, service, scene_date(fact->date));
	assert_int_equal(presence.truth, fact->truth);
	assert_int_equal(presence.level != 0, fact->truth == TRUTH_T);
	scene_close(&scene);
}

static struct presence ask(
	struct scene *scene, const char *place, unsigned levels, const char *date)
{
	return world_presence(scene->world, scene_party(scene, "AAA"), scene_place(scene, place),
		levels, SERVICE_NONE, scene_date(date));
}

static void test_presence_shows_what_it_rests_on(void **state)
{
	(void)state;
	struct scene scene;
	scene_open(&scene);
	scene_put(&scene, "posts.csv",
		POSTS_HEAD "a,AAA,BBB,BBB-port,consulate,,,,,open,,s\n"
			   "b,AAA,BBB,BBB-town,embassy,,,,,open,,s\n"
			   "c,AAA,CCC,,embassy,,,,,open,2001-01-01,s\n"
			   "d,AAA,DDD,,embassy,,,,,closed,2020-06-15,s\n"
			   "e,AAA,DDD,,honorary,,,,,open,,s\n");
	scene_put(&scene, "absent.csv", ABSENT_HEAD "AAA,CCC,honorary,,,,s\n");
	scene_put(&scene, "complete.csv", COMPLETE_HEAD "l,sending,AAA,accredited,,s\n");
	scene_must_load(&scene);
	const struct post_row *posts = scene.world->posts;
	struct presence presence = ask(&scene, "BBB", R, "2020-06-15");
	assert_str(posts[presence.post_row].id, "a"); /* the first of equals */
	presence = ask(&scene, "BBB-town", R, "2020-06-15");
	assert_str(posts[presence.post_row].id, "b"); /* the one in the same place */
	assert_int_equal(presence.level, R);
	assert_false(presence.stale);
	presence = ask(&scene, "CCC", R, "2020-06-15");
	assert_int_equal(presence.truth, U);
	assert_true(presence.stale);
	assert_int_equal(presence.level, 0);
	assert_str(posts[presence.post_row].id, "c");
	presence = ask(&scene, "CCC", R | H, "2020-06-15");
	assert_true(presence.stale);
	assert_int_equal(presence.truth, U);
	presence = ask(&scene, "CCC", H, "2020-06-15");
	assert_int_equal(presence.truth, F);
	assert_int_equal(presence.absent_row, 0);
	assert_int_equal(presence.post_row, NONE32);
	presence = ask(&scene, "CCC", A, "2020-06-15");
	assert_int_equal(presence.truth, F);
	assert_int_equal(presence.complete_row, 0);
	presence = ask(&scene, "DDD", R, "2020-06-15");
	assert_int_equal(presence.truth, F);
	assert_str(posts[presence.post_row].id, "d");
	presence = ask(&scene, "DDD", R | H | A | O, "2020-06-15");
	assert_int_equal(presence.level, H);
	assert_str(posts[presence.post_row].id, "e");
	scene_close(&scene);
}

/* A post that is too old to speak says what it does not give all the same: with nothing else on
 * record there is a column to say of whom to ask. */
static void test_column_tells_of_a_limited_state_alone(void **state)
{
	(void)state;
	struct scene scene;
	struct presence_column column;
	scene_open(&scene);
	scene_put(&scene, "posts.csv",
		POSTS_HEAD "a,AAA,BBB,,honorary,,relief.food,2021-01-01,,open,2001-01-01,s\n");
	scene_must_load(&scene);
	uint32_t party = scene_party(&scene, "AAA"), place = scene_place(&scene, "BBB");
	assert_int_equal(world_presence(scene.world, party, place, H,
				 world_service_find(STR("relief.water")), scene_date("2021-06-01"))
				 .truth,
		F);
	assert_int_equal(
		world_presence_column(&column, &scene.arena, scene.world, place), STATUS_OK);
	assert_int_equal(column.count, 1);
	assert_true(set256_has(&column.limited, scene.world->parties[party].nat));
	assert_true(set256_empty(&column.days[0].known[1]));
	assert_int_equal(world_presence_column(
				 &column, &scene.arena, scene.world, scene_place(&scene, "CCC")),
		STATUS_OK);
	assert_int_equal(column.count, 0);
	scene_close(&scene);
}

static void test_facts_kleene_logic(void **state)
{
	(void)state;
	assert_true(TRUTH_F < TRUTH_U && TRUTH_U < TRUTH_T);
	for (int a = 0; a < 3; a++) {
		for (int b = 0; b < 3; b++) {
			assert_int_equal(truth_and((enum truth)a, (enum truth)b), a < b ? a : b);
			assert_int_equal(truth_or((enum truth)a, (enum truth)b), a < b ? b : a);
		}
	}
	assert_int_equal(truth_not(T), F);
	assert_int_equal(truth_not(U), U);
	assert_int_equal(truth_not(F), T);
}

static void test_facts_fresh_at_the_ends_of_the_calendar(void **state)
{
	(void)state;
	int32_t first = scene_date("0001-01-01"), last = scene_date("9999-12-31");
	assert_int_equal(world_fresh(first, DATE_NONE, DATE_NONE, first, 1200), TRUTH_T);
	assert_int_equal(world_fresh(last, DATE_NONE, DATE_NONE, last, 1200), TRUTH_T);
	assert_int_equal(world_fresh(last, DATE_NONE, DATE_NONE, first, 1200), TRUTH_U);
}

int main(void)
{
	struct CMUnitTest tests[CASES + 4] = {
		cmocka_unit_test(test_presence_shows_what_it_rests_on),
		cmocka_unit_test(test_column_tells_of_a_limited_state_alone),
		cmocka_unit_test(test_facts_kleene_logic),
		cmocka_unit_test(test_facts_fresh_at_the_ends_of_the_calendar),
	};
	for (size_t i = 0; i < CASES; i++)
		tests[4 + i] = (struct CMUnitTest){ .name = cases[i].name,
			.test_func = run_case,
			.initial_state = (void *)&cases[i] };
	return cmocka_run_group_tests_name("world-presence", tests, NULL, NULL);
}
