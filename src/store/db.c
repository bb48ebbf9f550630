/* What every engine shares. */
#include "store/db.h"

enum db_status db_run(
	struct db *db, enum statement statement, const struct db_value *values, size_t count)
{
	enum db_status status = db->engine->start(db, statement, values, count);

	if (status == DB_OK)
		status = db->engine->next(db, statement);
	if (status == DB_ROW) {
		db->engine->stop(db, statement);
		status = DB_OK;
	}
	return status;
}

enum status db_to_status(enum db_status status)
{
	switch (status) {
	case DB_OK:
	case DB_ROW:
		return STATUS_OK;
	case DB_MEMORY:
		return STATUS_NO_MEMORY;
	case DB_NOT_FOUND:
		return STATUS_NOT_FOUND;
	default:
		return STATUS_IO;
	}
}
