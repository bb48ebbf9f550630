/* What the pages of find help are given. All words come from help/, in seventeen languages. */
#ifndef ENTENTE_WEB_PAGE_HELP_H
#define ENTENTE_WEB_PAGE_HELP_H

#include "help/words.h"
#include "web/view.h"

struct help_form_view {
	const struct str *word; /* by enum help_word */
	const struct option_view *needs;
	size_t need_count;
	struct str place, nationality, words; /* as sent */
	struct str place_fault, nationality_fault, words_fault;
	bool fears, no_contact;
};
struct help_fault_line {
	struct html_link field;
	struct str text;
};
struct help_channel_view {
	struct str name; /* what kind of number; empty: the helper's */
	struct str address;
	struct html_link call;     /* no address: none */
	struct str more;           /* hours, languages */
	struct str tested, source; /* both empty: those of the whole list */
};
struct help_channels_view {
	const struct help_channel_view *items;
	size_t count;
	struct str tested, source; /* of all, said once; empty: each says its own */
};
struct help_list_view {
	struct str title;
	const struct str *items;
	size_t count;
};
struct help_helper_view {
	struct str name, at, band;
	bool unsure, invented, hidden;
	struct help_channels_view channels;
	struct help_list_view lists[3]; /* first, cost, cannot; empty: no title */
	struct str under, source, as_of;
};
struct help_service_view {
	struct str need, name; /* of the service */
	bool in_english;       /* its name */
	const struct str *notes;
	size_t note_count;
	const struct help_helper_view *helpers;
	size_t helper_count;
	struct str next; /* whom to try if nobody answers */
};
struct help_heard_view {
	struct str need, words, slip;
};
struct help_view {
	struct page_view page;
	struct html_link home;
	bool unconfirmed;
	const struct ui_languages_view *languages;
	const struct help_fault_line *faults;
	size_t fault_count;
	struct help_form_view form;
	bool answered;
	const struct help_heard_view *heard;
	size_t heard_count;
	const struct str *unknown;
	size_t unknown_count;
	const struct help_service_view *services;
	size_t service_count;
	struct help_channels_view numbers;
	struct help_channels_view offices; /* where there are no numbers */
	bool switches;                     /* other languages are offered with what was asked */
	struct str card;
};
struct help_card_view {
	struct page_view page;
	const struct str *lines;
	size_t line_count;
	struct html_safe code; /* QR */
	struct str again;
};

#endif
