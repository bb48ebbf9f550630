/* What the files of web/ share: server, snapshot, request, and the table of routes. */
#ifndef ENTENTE_WEB_INTERNAL_H
#define ENTENTE_WEB_INTERNAL_H

#include <microhttpd.h>
#include <pthread.h>
#include "store/search.h"
#include "web/ui.h"
#include "web/web.h"
#include "wire/svg.h"
#include "wire/wire.h"

#define WEB_REQUEST_MAX ((size_t)64 << 20) /* memory of one request */
#define WEB_SNAPSHOT_MAX ((size_t)1 << 30) /* ... of one snapshot */
#define WEB_ANSWER_MAX ((size_t)16 << 20)  /* bytes of one answer */
#define WEB_TARGET_MAX 2048                /* bytes of path and query */
#define WEB_PARAMETERS_MAX 16
#define WEB_KEPT_MAX ((size_t)32 << 20) /* bytes of kept answers of a snapshot */
#define WEB_KEPT_COUNT 64
#define WEB_ROUTES_MAX 80
#define CODING_TAG_MAX 64 /* bytes of an entity tag */

struct request;
struct web_server;
struct analysis_page;

/* ---- snapshot.c: what is read, and the door to it ---- */
struct kept;
struct web_snapshot {
	atomic_uint references;
	const struct web_config *config; /* that it was read by: its store has what was */
	struct arena arena;              /* of all that follows */
	struct world *world;
	struct accords accords;
	struct practices practices;
	struct cover_index *index;
	struct cover_pieces *pieces; /* of answers, as JSON */
	struct svg_map *map;                                   /* outlines, projected once */
	struct search_index *practice_words, *agreement_words; /* the latter: what is public */
	uint64_t sequence; /* of the journal; of a folder, how often it was read */
	/* kept.c: answers that take long, each made once. */
	pthread_mutex_t lock;
	struct kept *kept;
	size_t kept_count, kept_bytes;
};
struct web_door {
	_Atomic uintptr_t snapshot;
	_Atomic unsigned turns, inside[2];
};
enum status web_snapshot_read(struct web_snapshot **out, const struct web_config *config,
	uint64_t sequence, struct diags *diags);
struct web_snapshot *web_snapshot_retain(struct web_snapshot *snapshot);
void web_snapshot_release(struct web_snapshot *snapshot);
struct web_snapshot *web_door_take(struct web_door *door);
void web_door_put(struct web_door *door, struct web_snapshot *snapshot);

/* page_search.c: the indexes of what can be searched. STATUS_NO_MEMORY, STATUS_IO. */
enum status web_search_make(struct web_snapshot *snapshot);

/* ---- kept.c ---- */
/* What an analysis is asked; all answers are for VIEWER_PUBLIC. */
struct analysis {
	enum status (*make)(struct buf *out, struct arena *arena,
		const struct web_snapshot *snapshot, const struct analysis *asked);
	/* Of a page: the number of its table and 1 (0: the page itself), which of the table's
	 * pages, from 1, and whether it is asked for as CSV. */
	size_t table, page;
	bool csv;
	uint64_t services;
	uint32_t place;
	uint32_t item; /* of a page: the number of the party, the post, the agreement */
	uint16_t nat;
	enum phase phase;
	uint64_t states[2]; /* of a page of versions */
	struct sha256 hash; /* of a proof: the version asked for */
	int32_t date;
	size_t limit;
	const struct ui_language *language; /* of a page; NULL: not one */
	bool keep_language;
	bool keep_service; /* of a page: the reader chose it */
	enum band below;   /* of the page of gaps */
	/* Of the pages of analyses. */
	const struct analysis_page *analysis;
	unsigned kinds;           /* bits; 0: all */
	uint8_t component, holds; /* of readiness */
	/* Of a matrix. */
	uint8_t rows, cols; /* enum grid_axis */
	unsigned phases;    /* bits */
	int8_t group;       /* enum people_group; -1: all */
};
struct kept_queue {
	pthread_mutex_t lock;
	pthread_cond_t filled;
	pthread_t thread;
	struct kept *first, *last;
	bool stopping;
};
enum status kept_start(struct kept_queue *queue);
/* Those that wait are answered that the server is going down. */
void kept_stop(struct kept_queue *queue);
enum kept_state { KEPT_WAITS, KEPT_READY, KEPT_FAILED, KEPT_BUSY };
/* READY: REQUEST's answer is set. WAITS: its connection sleeps until the answer is there, then asks
 * again. REQUEST NULL: made ahead of anybody who asks. */
enum kept_state kept_ask(struct kept_queue *queue, struct web_snapshot *snapshot,
	struct request *request, const struct analysis *asked);
void kept_free(struct web_snapshot *snapshot);
void kept_leave(struct request *request); /* its answer has been sent */

/* ---- routes.c: the table ---- */
enum route_who { WHO_ANYONE };                  /* who may */
enum route_cross { CROSS_ANY, CROSS_SAME };     /* may another site's page send it */
enum route_audit { AUDIT_PLAIN, AUDIT_PERSON }; /* the second: about a person, never written down */
enum route_cache {
	CACHE_NEVER,
	CACHE_CHECK,
	CACHE_FOREVER
}; /* no-store; kept, but asked for again */
struct route {
	const char *method, *pattern;
	enum status (*answer)(struct request *request);
	enum route_who who;
	size_t body_max;
	enum route_cross cross;
	enum route_audit audit;
	enum route_cache cache;
	const char *parameters; /* names allowed in the query, spaces between */
	const char *summary;
};
extern const struct route web_routes[];
extern const size_t web_route_count;
/* The row for METHOD (HEAD is GET) and PATH; NULL: none. ALLOWED gets "GET, HEAD" and the like
 * where the path has rows of other methods. */
const struct route *web_route(struct str method, struct str path, struct buf *allowed);

/* What a body must be: JSON of programs, a form of pages, which may also come as WEB_FILES. */
#define WEB_FORM "application/x-www-form-urlencoded"
#define WEB_FILES "multipart/form-data"
const char *web_body_type(const struct route *route);

/* ---- request.c ---- */
struct parameter {
	struct str name, value;
};
struct request {
	struct web_server *server;
	struct MHD_Connection *connection;
	struct arena arena;
	struct web_snapshot *snapshot;
	struct diags diags;
	struct str target, method, path;
	struct parameter parameters[WEB_PARAMETERS_MAX];
	size_t parameter_count;
	struct buf body;
	bool begun, too_large;
	bool files; /* the body is WEB_FILES, by its head */
	const struct route *route;
	int32_t today;
	uint64_t started_ns;
	/* the response */
	unsigned status; /* 0: not yet */
	const char *type;
	struct str answer;
	bool gzipped;             /* the answer is */
	bool negotiated;          /* it might be, for another reader */
	char tag[CODING_TAG_MAX]; /* its entity tag; empty: none */
	bool prepared;            /* PACKED is made already; STR_NONE: nothing gained */
	struct str packed;        /* the answer as gzip */
	struct sha256 hash;       /* of a kept answer */
	struct buf allowed;
	struct kept *kept; /* whose bytes the answer is */
	struct request *next_waiting;
	struct str near; /* the id that was probably meant, of NEAR_PATTERN; STR_NONE: none */
	const char *near_pattern;
	bool fresh; /* it has waited for the newest state */
	size_t sent;
};
/* Path and parameters from the target; false: malformed, or a parameter unknown or twice. */
bool request_read_target(struct request *request);
bool request_read_parameters(struct request *request);
/* Percent-decoded; false for a broken escape, a control character or what is not UTF-8. A + is a
 * blank behind the path; a form may have lines, which end in LF however they were sent. */
enum decode_part { DECODE_PATH, DECODE_QUERY, DECODE_FORM };
bool request_decode(struct request *request, struct str *out, struct str in, enum decode_part part);
struct str request_parameter(const struct request *request, const char *name); /* or STR_NONE */
/* form.c: the fields of a form that was sent. */
#define FORM_FIELDS_MAX 64
#define FORM_VALUE_MAX 8192
struct form {
	struct parameter fields[FORM_FIELDS_MAX];
	bool is_file[FORM_FIELDS_MAX];
	size_t fields_count;
};
bool form_read(struct form *out, struct request *request);        /* false: not well formed */
struct str form_value(const struct form *form, const char *name); /* the first; or STR_NONE */
/* The bytes of a file, as they are; STR_NONE: none was chosen. */
struct str form_file(const struct form *form, const char *name);
/* near.c: what answers that something is not here will offer: of its kind the id nearest to ASKED,
 * if any is near, of what everyone may see. Linear in the kind. */
enum near_kind {
	NEAR_PLACE, /* a country */
	NEAR_PARTY,
	NEAR_POST,
	NEAR_AGREEMENT,
	NEAR_PRACTICE,
	NEAR_KINDS
};
void request_nearest(struct request *request, enum near_kind kind, struct str asked);
/* The answer to a fault: a page for who asks for pages, else a problem document (RFC 9457); DETAIL
 * and NEXT, what to do, are WORD()s but for addresses of programs. The faults of request->diags
 * stand in `errors`. */
void request_problem(
	struct request *request, unsigned status, const char *detail, const char *next);
enum status request_json(struct request *request, const struct buf *out);
enum MHD_Result request_send(struct request *request);

/* log.c: lines of TELL, gathered; each stands in it for at most the tenth of a second. */
#define WEB_LOG_MAX ((size_t)64 << 10)
struct web_log {
	pthread_mutex_t lock;
	void (*tell)(struct str lines);
	size_t len;
	char text[WEB_LOG_MAX];
};
void web_log_open(struct web_log *log, void (*tell)(struct str lines));
void web_log_line(struct web_log *log, struct str line); /* written at the next flush */
void web_log_now(struct web_log *log, struct str line);  /* and what stood before it */
void web_log_flush(struct web_log *log);
void web_log_close(struct web_log *log);

#define WEB_SPARES 64
#define WEB_LOOK_SIGNAL SIGUSR1 /* wakes the keeper */
struct line;
struct web_server {
	const struct web_config *config;
	struct MHD_Daemon *daemon;
	struct web_door door;
	struct kept_queue queue;
	struct web_log log;
	/* fresh.c: which commit the snapshot has, and who waits for the next. */
	_Atomic uint64_t version;
	pthread_mutex_t fresh_lock;
	struct request *fresh_waiting;
	pthread_t keeper;
	bool keeper_gone;
	uint64_t seen; /* the keeper's: the sequence that was read last */
	/* lines.c */
	pthread_mutex_t lines_lock;
	struct line *lines;
	_Atomic uint64_t lines_cut;
	/* http.c: requests that have ended, with their memory, for those to come. */
	pthread_mutex_t spares_lock;
	struct request *spares[WEB_SPARES];
	size_t spare_count;
	atomic_uint under_way;
	_Atomic uint64_t counts[WEB_ROUTES_MAX + 1][6], time_ns[WEB_ROUTES_MAX + 1];
	uint64_t reloads, reload_faults;
};

/* lines.c: connections, by libmicrohttpd's notices; what follows is called by their threads. */
void web_line_notify(void *context, struct MHD_Connection *connection, void **of,
	enum MHD_ConnectionNotificationCode what);
bool web_line_known(struct MHD_Connection *connection); /* false: no memory for it */
void web_line_arrived(struct MHD_Connection *connection, uint64_t at_ns);  /* the whole request */
void web_line_answered(struct MHD_Connection *connection, uint64_t at_ns); /* and it was taken */
/* Ends connections whose time is over. O(connections). */
void web_lines_cut(struct web_server *server);

/* fresh.c: whoever asks after a change was committed sees it. */
/* REQUEST gets the snapshot that it is answered from. False: a newer one is being read; its
 * connection sleeps until then. */
bool web_fresh(struct request *request);
/* The keeper looks at the store, takes in what is new and wakes who waits. ANEW: reads it in any
 * case. */
void web_fresh_look(struct web_server *server, bool anew);
void web_fresh_stop(struct web_server *server); /* the keeper is going */

/* serve.c: reads the workspace and publishes it; a faulty one is told, the one before stays. */
void web_reload(struct web_server *server, uint64_t sequence);
/* qr.c: TEXT as a QR code (SVG). */
struct html_safe;
enum status web_qr(struct html_safe *out, struct arena *arena, struct str text);

/* listen.c: a socket that listens, -1 after a fault of NAME, -2 when the system refused. */
int web_socket(struct str name, bool tls, struct diags *diags);

/* http.c */
enum status web_listen(struct web_server *server, struct diags *diags);
void web_stop(struct web_server *server);

/* answers, one function a row */
enum status answer_health(struct request *request);
enum status answer_metrics(struct request *request);
enum status answer_asset(struct request *request);
enum status answer_world(struct request *request);
enum status answer_world_part(struct request *request);
enum status answer_places_csv(struct request *request);
enum status answer_places_page(struct request *request);
enum status answer_parties_page(struct request *request);
enum status answer_parties_csv(struct request *request);
enum status answer_party_page(struct request *request);
enum status answer_posts_page(struct request *request);
enum status answer_posts_csv(struct request *request);
enum status answer_post_page(struct request *request);
enum status answer_place_page(struct request *request);
enum status answer_openapi(struct request *request);
enum status answer_who_get(struct request *request);
enum status answer_who_post(struct request *request);
enum status answer_gaps(struct request *request);
enum status answer_overlaps(struct request *request);
enum status answer_presence_csv(struct request *request);
enum status answer_unknowns(struct request *request);
enum status answer_readiness(struct request *request);
enum status answer_advice(struct request *request);
enum status answer_matrix(struct request *request);
enum status answer_places(struct request *request);
enum status answer_parties(struct request *request);
enum status answer_posts(struct request *request);
enum status answer_agreements(struct request *request);
enum status answer_practices(struct request *request);
enum status answer_help_form(struct request *request);
enum status answer_help(struct request *request);
enum status answer_help_card(struct request *request);
enum status answer_help_api(struct request *request);
enum status answer_agreements_page(struct request *request);
enum status answer_agreements_csv(struct request *request);
enum status answer_agreement_page(struct request *request);
enum status answer_practices_page(struct request *request);
enum status answer_practices_csv(struct request *request);
enum status answer_practice_page(struct request *request);
enum status answer_guideline_page(struct request *request);
enum status answer_calendar_page(struct request *request);
enum status answer_calendar_csv(struct request *request);
enum status answer_calendar_ics(struct request *request);
enum status answer_changes_atom(struct request *request);
enum status answer_verify_page(struct request *request);
enum status answer_verify(struct request *request);
enum status answer_verify_api(struct request *request);
enum status answer_proof(struct request *request);
enum status answer_gaps_page(struct request *request);
enum status answer_gaps_csv(struct request *request);
enum status answer_analysis(struct request *request);
enum status answer_advice_draft(struct request *request);
/* api_analyses.c: what is made ahead after each publication. */
struct analysis analysis_default(int32_t date);
/* Services, place, nationality, phase, date and limit, as far as the request says them; faults go
 * to its diags. */
void api_read(struct request *request, struct analysis *asked);
/* The number of the agreement ID among the snapshot's that the public sees on DATE, no template;
 * NONE32: there is none. */
uint32_t api_agreement(const struct web_snapshot *snapshot, struct str id, int32_t date);
/* Answers with the faults, or with what is made once for a state. */
enum status api_keep(struct request *request, const struct analysis *asked, const char *type);

#endif
