/* The table of routes: what is not a row here is not answered. Every column must be given: a row
 * that lacks one does not compile. */
#include "web/internal.h"
#include "web/view.h"

#include <string.h>

#define ROUTE(method, pattern, answer, who, body_max, cross, audit, cache, parameters, summary)    \
	{                                                                                          \
		method, pattern, answer, who, body_max, cross, audit, cache, parameters, summary   \
	}
#define LIST "after limit"

const struct route web_routes[] = {
	ROUTE("GET", "/", answer_world, WHO_ANYONE, 0, CROSS_ANY, AUDIT_PLAIN, CACHE_CHECK,
		"lang service",
		"The world: for each service, how many people somebody is bound to help"),
	ROUTE("GET", "/world/*", answer_world_part, WHO_ANYONE, 0, CROSS_ANY, AUDIT_PLAIN,
		CACHE_CHECK, "lang service page",
		"The world's map (map.svg) and each of its tables: services, countries; with .csv"),
	ROUTE("GET", "/places", answer_places_page, WHO_ANYONE, 0, CROSS_ANY, AUDIT_PLAIN,
		CACHE_CHECK, "lang q",
		"Countries: people from abroad, posts, risk; with q the places that are called so"),
	ROUTE("GET", "/places.csv", answer_places_csv, WHO_ANYONE, 0, CROSS_ANY, AUDIT_PLAIN,
		CACHE_CHECK, "lang q", "The same list as CSV"),
	ROUTE("GET", "/places/*", answer_place_page, WHO_ANYONE, 0, CROSS_ANY, AUDIT_PLAIN,
		CACHE_CHECK, "lang page",
		"A country (CODE), its map (CODE/map.svg), its duty book (CODE/duty-book) and each "
		"table of its page, whole (CODE/people and others; with .csv)"),
	ROUTE("GET", "/assets/*", answer_asset, WHO_ANYONE, 0, CROSS_ANY, AUDIT_PLAIN,
		CACHE_FOREVER, "", "Style sheets, named by their hash"),
	ROUTE("GET", "/parties", answer_parties_page, WHO_ANYONE, 0, CROSS_ANY, AUDIT_PLAIN,
		CACHE_CHECK, "lang kind country name page",
		"Parties by kind, country and the start of their name or code"),
	ROUTE("GET", "/parties.csv", answer_parties_csv, WHO_ANYONE, 0, CROSS_ANY, AUDIT_PLAIN,
		CACHE_CHECK, "kind country name", "The same list as CSV, whole"),
	ROUTE("GET", "/parties/*", answer_party_page, WHO_ANYONE, 0, CROSS_ANY, AUDIT_PLAIN,
		CACHE_CHECK, "lang page", "A party (ID): its posts and what it does where"),
	ROUTE("GET", "/posts", answer_posts_page, WHO_ANYONE, 0, CROSS_ANY, AUDIT_PLAIN,
		CACHE_CHECK, "lang sending host kind state page",
		"Posts by who sends them, where they stand and their kind"),
	ROUTE("GET", "/posts.csv", answer_posts_csv, WHO_ANYONE, 0, CROSS_ANY, AUDIT_PLAIN,
		CACHE_CHECK, "sending host kind state", "The same list as CSV, whole"),
	ROUTE("GET", "/posts/*", answer_post_page, WHO_ANYONE, 0, CROSS_ANY, AUDIT_PLAIN,
		CACHE_CHECK, "lang page",
		"A post (ID): its periods and what each rests on, its contingency plan"),
	ROUTE("GET", "/healthz", answer_health, WHO_ANYONE, 0, CROSS_ANY, AUDIT_PLAIN, CACHE_NEVER,
		"", "Whether the server answers, and from which state of the workspace"),
	ROUTE("GET", "/metrics", answer_metrics, WHO_ANYONE, 0, CROSS_ANY, AUDIT_PLAIN, CACHE_NEVER,
		"", "Counts and times by route, in Prometheus's text format"),
	ROUTE("GET", "/openapi.yaml", answer_openapi, WHO_ANYONE, 0, CROSS_ANY, AUDIT_PLAIN,
		CACHE_CHECK, "", "This interface, in OpenAPI 3.1"),
	ROUTE("GET", "/api/v1/who", answer_who_get, WHO_ANYONE, 0, CROSS_ANY, AUDIT_PLAIN,
		CACHE_NEVER, "nationality place service phase to date",
		"Who helps; what is said about a person goes by POST"),
	ROUTE("POST", "/api/v1/who", answer_who_post, WHO_ANYONE, 8192, CROSS_SAME, AUDIT_PERSON,
		CACHE_NEVER, "", "Who helps this person, here, now, with this need"),
	ROUTE("GET", "/api/v1/gaps", answer_gaps, WHO_ANYONE, 0, CROSS_ANY, AUDIT_PLAIN,
		CACHE_CHECK, "service place nationality phase date limit",
		"For how many people, and for whom, nobody does"),
	ROUTE("GET", "/api/v1/overlaps", answer_overlaps, WHO_ANYONE, 0, CROSS_ANY, AUDIT_PLAIN,
		CACHE_CHECK, "service place nationality date limit",
		"Where several lead, what is promised twice, what hangs on one"),
	ROUTE("GET", "/api/v1/unknowns", answer_unknowns, WHO_ANYONE, 0, CROSS_ANY, AUDIT_PLAIN,
		CACHE_CHECK, "service place date limit",
		"What to find out first, by the people whose answer it decides"),
	ROUTE("GET", "/api/v1/readiness", answer_readiness, WHO_ANYONE, 0, CROSS_ANY, AUDIT_PLAIN,
		CACHE_CHECK, "agreement date limit",
		"Would the agreements hold, component by component"),
	ROUTE("GET", "/api/v1/advice", answer_advice, WHO_ANYONE, 0, CROSS_ANY, AUDIT_PLAIN,
		CACHE_CHECK, "service place kind date limit",
		"Which agreements to sign next, with the people they would lift"),
	ROUTE("GET", "/api/v1/matrix", answer_matrix, WHO_ANYONE, 0, CROSS_ANY, AUDIT_PLAIN,
		CACHE_CHECK, "rows cols service place nationality group phase date limit",
		"Parties and bands by two of nationality, place, service, phase, sector"),
	ROUTE("GET", "/api/v1/3w.csv", answer_presence_csv, WHO_ANYONE, 0, CROSS_ANY, AUDIT_PLAIN,
		CACHE_CHECK, "service place phase date",
		"Who does what, where: columns of HDX's Humanitarian API, with HXL"),
	ROUTE("GET", "/api/v1/places", answer_places, WHO_ANYONE, 0, CROSS_ANY, AUDIT_PLAIN,
		CACHE_CHECK, LIST, "Places of the gazetteer"),
	ROUTE("GET", "/api/v1/parties", answer_parties, WHO_ANYONE, 0, CROSS_ANY, AUDIT_PLAIN,
		CACHE_CHECK, LIST, "Who can promise, or be helped by a promise"),
	ROUTE("GET", "/api/v1/posts", answer_posts, WHO_ANYONE, 0, CROSS_ANY, AUDIT_PLAIN,
		CACHE_CHECK, LIST, "Posts, period by period, and what each fact rests on"),
	ROUTE("GET", "/api/v1/agreements", answer_agreements, WHO_ANYONE, 0, CROSS_ANY, AUDIT_PLAIN,
		CACHE_CHECK, "q " LIST, "Agreements that the public may see"),
	ROUTE("GET", "/api/v1/practices", answer_practices, WHO_ANYONE, 0, CROSS_ANY, AUDIT_PLAIN,
		CACHE_CHECK, "q " LIST, "What others have done"),
	ROUTE("GET", "/help", answer_help_form, WHO_ANYONE, 0, CROSS_ANY, AUDIT_PERSON, CACHE_NEVER,
		"lang", "Find help: where a person says what they need, in seventeen languages"),
	ROUTE("POST", "/help", answer_help, WHO_ANYONE, 16384, CROSS_SAME, AUDIT_PERSON,
		CACHE_NEVER, "lang", "Who can help, how to reach them, what they cannot do"),
	ROUTE("POST", "/help/card", answer_help_card, WHO_ANYONE, 4096, CROSS_SAME, AUDIT_PERSON,
		CACHE_NEVER, "lang", "The pocket card: numbers, and a QR code that holds them"),
	ROUTE("POST", "/api/v1/help", answer_help_api, WHO_ANYONE, 16384, CROSS_SAME, AUDIT_PERSON,
		CACHE_NEVER, "", "Find help, for programs"),
	/* documents, lists and gaps as pages */
	ROUTE("GET", "/agreements", answer_agreements_page, WHO_ANYONE, 0, CROSS_ANY, AUDIT_PLAIN,
		CACHE_CHECK, "lang q kind strength state party",
		"Agreements that the public may see"),
	ROUTE("GET", "/agreements.csv", answer_agreements_csv, WHO_ANYONE, 0, CROSS_ANY,
		AUDIT_PLAIN, CACHE_CHECK, "q kind strength state party", "The same list as CSV"),
	ROUTE("GET", "/agreements/*", answer_agreement_page, WHO_ANYONE, 0, CROSS_ANY, AUDIT_PLAIN,
		CACHE_CHECK, "lang against",
		"An agreement in words; /adds: what it adds; /versions: what it was"),
	ROUTE("GET", "/calendar", answer_calendar_page, WHO_ANYONE, 0, CROSS_ANY, AUDIT_PLAIN,
		CACHE_CHECK, "lang agreement place party",
		"Dates that fall due: ends, renewals, notices, tests, reports, old facts"),
	ROUTE("GET", "/calendar.csv", answer_calendar_csv, WHO_ANYONE, 0, CROSS_ANY, AUDIT_PLAIN,
		CACHE_CHECK, "lang agreement place party", "The same as CSV"),
	ROUTE("GET", "/calendar.ics", answer_calendar_ics, WHO_ANYONE, 0, CROSS_ANY, AUDIT_PLAIN,
		CACHE_CHECK, "lang agreement place party", "The same as iCalendar (RFC 5545)"),
	ROUTE("GET", "/changes.atom", answer_changes_atom, WHO_ANYONE, 0, CROSS_ANY, AUDIT_PLAIN,
		CACHE_CHECK, "lang", "What changed on record, as Atom (RFC 4287)"),
	ROUTE("GET", "/verify", answer_verify_page, WHO_ANYONE, 0, CROSS_ANY, AUDIT_PLAIN,
		CACHE_CHECK, "lang", "The journal's root, and a form to verify a document"),
	ROUTE("POST", "/verify", answer_verify, WHO_ANYONE, 1 << 20, CROSS_SAME, AUDIT_PERSON,
		CACHE_NEVER, "lang", "Is a document a version on record, and its proof"),
	ROUTE("POST", "/api/v1/verify", answer_verify_api, WHO_ANYONE, 1 << 20, CROSS_SAME,
		AUDIT_PERSON, CACHE_NEVER, "",
		"The same for programs: a document or its hash, as JSON"),
	ROUTE("GET", "/api/v1/proofs/*", answer_proof, WHO_ANYONE, 0, CROSS_ANY, AUDIT_PLAIN,
		CACHE_CHECK, "",
		"That the journal has a version (HASH): a proof of inclusion, RFC 6962"),
	ROUTE("GET", "/practices", answer_practices_page, WHO_ANYONE, 0, CROSS_ANY, AUDIT_PLAIN,
		CACHE_CHECK, "lang q country type phase crisis guideline", "What others have done"),
	ROUTE("GET", "/practices.csv", answer_practices_csv, WHO_ANYONE, 0, CROSS_ANY, AUDIT_PLAIN,
		CACHE_CHECK, "q country type phase crisis guideline", "The same list as CSV"),
	ROUTE("GET", "/practices/*", answer_practice_page, WHO_ANYONE, 0, CROSS_ANY, AUDIT_PLAIN,
		CACHE_CHECK, "lang", "A practice and on what it rests"),
	ROUTE("GET", "/guidelines/*", answer_guideline_page, WHO_ANYONE, 0, CROSS_ANY, AUDIT_PLAIN,
		CACHE_CHECK, "lang print", "Guideline 7 in our own words (7), and made for print"),
	ROUTE("GET", "/gaps", answer_gaps_page, WHO_ANYONE, 0, CROSS_ANY, AUDIT_PLAIN, CACHE_CHECK,
		"lang service place nationality below", "For how many people nobody is bound"),
	ROUTE("GET", "/gaps.csv", answer_gaps_csv, WHO_ANYONE, 0, CROSS_ANY, AUDIT_PLAIN,
		CACHE_CHECK, "service place nationality below", "The same as CSV, whole"),
	/* the other analyses as pages */
	ROUTE("GET", "/overlaps", answer_analysis, WHO_ANYONE, 0, CROSS_ANY, AUDIT_PLAIN,
		CACHE_CHECK, "lang service place nationality kind",
		"Where several lead, what is promised twice, what hangs on one"),
	ROUTE("GET", "/overlaps/*", answer_analysis, WHO_ANYONE, 0, CROSS_ANY, AUDIT_PLAIN,
		CACHE_CHECK, "lang service place nationality kind",
		"Its tables, whole (leads.csv and others)"),
	ROUTE("GET", "/unknowns", answer_analysis, WHO_ANYONE, 0, CROSS_ANY, AUDIT_PLAIN,
		CACHE_CHECK, "lang service place",
		"What to find out first, by the people whose answer it decides"),
	ROUTE("GET", "/unknowns/*", answer_analysis, WHO_ANYONE, 0, CROSS_ANY, AUDIT_PLAIN,
		CACHE_CHECK, "lang service place", "Its table, whole (facts.csv)"),
	ROUTE("GET", "/readiness", answer_analysis, WHO_ANYONE, 0, CROSS_ANY, AUDIT_PLAIN,
		CACHE_CHECK, "lang agreement component holds",
		"Would the agreements hold, component by component, and why"),
	ROUTE("GET", "/readiness/*", answer_analysis, WHO_ANYONE, 0, CROSS_ANY, AUDIT_PLAIN,
		CACHE_CHECK, "lang agreement component holds",
		"Its tables, whole (agreements.csv, why.csv)"),
	ROUTE("GET", "/advice", answer_analysis, WHO_ANYONE, 0, CROSS_ANY, AUDIT_PLAIN, CACHE_CHECK,
		"lang service place kind",
		"Which agreements to sign next: people lifted, where, on which facts"),
	ROUTE("GET", "/advice/*", answer_advice_draft, WHO_ANYONE, 0, CROSS_ANY, AUDIT_PLAIN,
		CACHE_CHECK, "lang service place kind",
		"Its tables, whole (lifts.csv and others); a draft (ID.yaml)"),
};
const size_t web_route_count = sizeof web_routes / sizeof web_routes[0];
_Static_assert(sizeof web_routes / sizeof web_routes[0] <= WEB_ROUTES_MAX, "room for its counts");

const struct route *web_route(struct str method, struct str path, struct buf *allowed)
{
	bool head = str_is(method, "HEAD");

	for (size_t i = 0; i < web_route_count; i++) {
		const struct route *route = &web_routes[i];
		size_t fixed = strcspn(route->pattern, "*");
		bool open = route->pattern[fixed] == '*';
		if (!str_eq(open ? str_sub(path, 0, fixed) : path,
			    (struct str){ route->pattern, fixed }))
			continue;
		if (str_is(method, route->method) || (head && str_is(STR("GET"), route->method)))
			return route;
		if (allowed->len)
			buf_add_c(allowed, ", ");
		buf_add_c(allowed, route->method);
		if (str_is(STR("GET"), route->method))
			buf_add_c(allowed, ", HEAD");
	}
	return NULL;
}

const char *web_body_type(const struct route *route)
{
	return strncmp(route->pattern, "/api/", 5) == 0 ? "application/json" : WEB_FORM;
}

static void add_body(struct buf *out, const struct route *route)
{
	const char *type = web_body_type(route);

	buf_add_format(out,
		"      requestBody:\n        required: true\n        content:\n"
		"          %s: {schema: {type: object}}\n",
		type);
	if (strcmp(type, WEB_FORM) == 0)
		buf_add_c(out, "          " WEB_FILES ": {schema: {type: object}}\n");
}

static void add_parameters(struct buf *out, const struct route *route)
{
	struct str rest = str_of(route->parameters), word;

	if (!*route->parameters)
		return;
	buf_add_c(out, "      parameters:\n");
	while (str_next_word(&rest, " ", &word))
		buf_add_format(out,
			"        - {name: " STR_FMT ", in: query, schema: {type: string}}\n",
			STR_ARG(word));
}

static void add_operation(struct buf *out, const struct route *route)
{
	bool post = str_is(STR("POST"), route->method);

	buf_add_format(out, "    %s:\n      summary: '", post ? "post" : "get");
	for (const char *c = route->summary; *c; c++) {
		if (*c == '\'')
			buf_add_char(out, '\'');
		buf_add_char(out, *c);
	}
	buf_add_c(out, "'\n");
	add_parameters(out, route);
	if (post)
		add_body(out, route);
	buf_add_c(out,
		"      responses:\n        '200': {description: the answer}\n"
		"        default:\n          description: what is wrong, and what to do next\n"
		"          content:\n            application/problem+json: "
		"{schema: {type: object}}\n");
}

/* Made from the table, so that the two cannot differ. */
enum status answer_openapi(struct request *request)
{
	struct buf out;

	buf_init(&out, &request->arena, WEB_ANSWER_MAX);
	buf_add_format(&out,
		"openapi: 3.1.0\ninfo:\n  title: Entente\n  version: '%s'\n  description: >-\n"
		"    Reading only, for anyone. Answers are those of the public viewer.\npaths:\n",
		request->server->config->version);
	for (size_t i = 0; i < web_route_count; i++) {
		bool first = true;
		for (size_t j = 0; j < i; j++)
			first = first &&
				!str_is(str_of(web_routes[i].pattern), web_routes[j].pattern);
		if (!first)
			continue;
		buf_add_format(&out, "  %s:\n", web_routes[i].pattern);
		for (size_t j = i; j < web_route_count; j++)
			if (str_is(str_of(web_routes[i].pattern), web_routes[j].pattern))
				add_operation(&out, &web_routes[j]);
	}
	request->type = "application/yaml";
	request->answer = buf_str(&out);
	return out.failed ? STATUS_NO_MEMORY : STATUS_OK;
}
