/* Lines for whoever keeps the server. A line a request would be a system call a request; they are
 * gathered and written ten times a second and when the server ends, or when much has come. */
#include "web/internal.h"

#include <string.h>

void web_log_open(struct web_log *log, void (*tell)(struct str lines))
{
	pthread_mutex_init(&log->lock, NULL);
	log->tell = tell;
	log->len = 0;
}

/* TELL ends the last line by itself. */
static void write_all(struct web_log *log)
{
	if (log->len)
		log->tell((struct str){ log->text, log->len - 1 });
	log->len = 0;
}

void web_log_line(struct web_log *log, struct str line)
{
	pthread_mutex_lock(&log->lock);
	if (line.len >= sizeof log->text - log->len)
		write_all(log);
	if (line.len < sizeof log->text) {
		memcpy(log->text + log->len, line.ptr, line.len);
		log->len += line.len;
		log->text[log->len++] = '\n';
	} else {
		log->tell(line);
	}
	pthread_mutex_unlock(&log->lock);
}

void web_log_flush(struct web_log *log)
{
	pthread_mutex_lock(&log->lock);
	write_all(log);
	pthread_mutex_unlock(&log->lock);
}

void web_log_now(struct web_log *log, struct str line)
{
	web_log_line(log, line);
	web_log_flush(log);
}

void web_log_close(struct web_log *log)
{
	web_log_flush(log);
	pthread_mutex_destroy(&log->lock);
}
