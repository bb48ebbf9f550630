/* DuckDB by its package for Node.js, in a process of its own; the script measures the query alone.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>
#include "bench/peer.h"

struct duckdb_peer {
	struct peer peer;
	pid_t child;
	FILE *to, *from;
};

static void read_line(struct duckdb_peer *own, char *line, size_t size)
{
	if (!fgets(line, (int)size, own->from))
		bench_fail("DuckDB: no answer; does node find @duckdb/node-api beside the script?");
}

static double duckdb_matrix(struct peer *peer, int day, struct coverage_figures *figures)
{
	struct duckdb_peer *own = (struct duckdb_peer *)peer;
	char line[256], *at;
	double seconds;

	fprintf(own->to, "matrix %d\n", day);
	fflush(own->to);
	read_line(own, line, sizeof line);
	seconds = strtod(line, &at);
	*figures = (struct coverage_figures){ .covered = strtoull(at, &at, 10) };
	figures->several = strtoull(at, &at, 10);
	figures->sum = strtoull(at, &at, 10);
	figures->mixed = strtoull(at, &at, 10);
	return seconds;
}

static void duckdb_close(struct peer *peer)
{
	struct duckdb_peer *own = (struct duckdb_peer *)peer;

	fclose(own->to);
	fclose(own->from);
	waitpid(own->child, NULL, 0);
	free(own);
}

struct peer *peer_duckdb(const char *dir, const char *script)
{
	struct duckdb_peer *own = calloc(1, sizeof *own);
	int in[2], out[2];
	char line[256];

	if (!own || pipe(in) != 0 || pipe(out) != 0)
		bench_fail("DuckDB: no pipe");
	own->child = fork();
	if (own->child == 0) {
		dup2(in[0], STDIN_FILENO);
		dup2(out[1], STDOUT_FILENO);
		close(in[0]);
		close(in[1]);
		close(out[0]);
		close(out[1]);
		execlp("node", "node", script, dir, (char *)NULL);
		_exit(127);
	}
	if (own->child < 0)
		bench_fail("DuckDB: not started");
	close(in[0]);
	close(out[1]);
	own->to = fdopen(in[1], "w");
	own->from = fdopen(out[0], "r");
	fputs("ready\n", own->to);
	fflush(own->to);
	read_line(own, line, sizeof line);
	own->peer = (struct peer){ "DuckDB", strtod(line, NULL), duckdb_matrix, NULL, NULL,
		duckdb_close };
	return &own->peer;
}
