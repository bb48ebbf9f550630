/* How the server itself is. */
#include "web/internal.h"

#include <inttypes.h>

enum status answer_health(struct request *request)
{
	const struct web_snapshot *snapshot = request->snapshot;
	struct buf out;
	char date[11];

	buf_init(&out, &request->arena, 4096);
	date_format(date, snapshot->world->as_of);
	buf_add_format(&out,
		"{\"status\":\"ok\",\"version\":\"%s\",\"state\":%" PRIu64
		",\"as_of\":\"%s\",\"agreements\":%zu}\n",
		request->server->config->version, snapshot->sequence, date,
		snapshot->accords.items_count);
	return request_json(request, &out);
}

enum status answer_metrics(struct request *request)
{
	struct web_server *server = request->server;
	struct buf out;

	buf_init(&out, &request->arena, (size_t)1 << 20);
	buf_add_c(&out, "# HELP entente_requests_total Requests answered, by route and class.\n"
			"# TYPE entente_requests_total counter\n");
	for (size_t i = 0; i <= WEB_ROUTES_MAX; i++)
		for (int class = 0; class < 6; class ++) {
			uint64_t count = atomic_load(&server->counts[i][class]);
			if (count)
				buf_add_format(&out,
					"entente_requests_total{method=\"%s\",route=\"%s\","
					"class=\"%dxx\"} %" PRIu64 "\n",
					i < web_route_count ? web_routes[i].method : "",
					i < web_route_count ? web_routes[i].pattern : "none", class,
					count);
		}
	buf_add_c(&out, "# HELP entente_request_seconds_total Time from head to end, by route.\n"
			"# TYPE entente_request_seconds_total counter\n");
	for (size_t i = 0; i < web_route_count; i++) {
		uint64_t ns = atomic_load(&server->time_ns[i]);
		if (ns)
			buf_add_format(&out,
				"entente_request_seconds_total{method=\"%s\",route=\"%s\"} %" PRIu64
				".%09" PRIu64 "\n",
				web_routes[i].method, web_routes[i].pattern, ns / 1000000000u,
				ns % 1000000000u);
	}
	buf_add_format(&out,
		"# HELP entente_connections_cut_total Connections ended because a request or its "
		"answer took too long.\n# TYPE entente_connections_cut_total counter\n"
		"entente_connections_cut_total %" PRIu64 "\n",
		atomic_load(&server->lines_cut));
	buf_add_format(&out,
		"# HELP entente_state The state of the workspace that is served.\n"
		"# TYPE entente_state gauge\nentente_state %" PRIu64 "\n"
		"# HELP entente_requests_under_way Requests not yet answered.\n"
		"# TYPE entente_requests_under_way gauge\nentente_requests_under_way %u\n",
		request->snapshot->sequence, atomic_load(&server->under_way));
	request->type = "text/plain; version=0.0.4; charset=utf-8";
	request->answer = buf_str(&out);
	return out.failed ? STATUS_NO_MEMORY : STATUS_OK;
}
