/* Configuration files. Every fault is told inside the input; what is read without fault is printed
 * as a file that says the same, and that prints itself. */
#include "fuzz.h"

static const char *port_fault(struct str value)
{
	int64_t port;

	return str_to_int64(value, &port) && port >= 0 && port <= 65535
		       ? NULL
		       : "a port is a number from 0 to 65535";
}

static const struct config_key keys[] = {
	{ "workspace", "FOLDER", "what is served", NULL, NULL },
	{ "port", "N", "where it is served, on this machine alone", "8080", port_fault },
	{ "tls-cert", "FILE", "a certificate", NULL, NULL },
};
#define KEYS (sizeof keys / sizeof keys[0])

static struct str print(struct arena *arena, const struct config_value *values)
{
	struct buf out;

	buf_init(&out, arena, (size_t)4 << 20);
	config_write(&out, STR("A file.\nIts lines."), keys, KEYS, values);
	assert(!out.failed);
	return buf_str(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str input = { (const char *)data, size }, printed;
	struct config_value values[KEYS], again[KEYS];
	struct diags diags;
	struct arena arena;

	arena_init(&arena, &allocator_system, (size_t)64 << 20);
	diags_init(&diags, &arena, 50);
	enum status status = config_read(values, &arena, keys, KEYS, STR("a.conf"), input, &diags);
	fuzz_check_told(&diags, input, status);
	if (status == STATUS_OK) {
		printed = print(&arena, values);
		if (printed.len <= CONFIG_MAX) {
			status = config_read(
				again, &arena, keys, KEYS, STR("b.conf"), printed, &diags);
			assert(status == STATUS_OK && !diags_any(&diags));
			for (size_t i = 0; i < KEYS; i++)
				if (values[i].text.ptr || !keys[i].otherwise)
					assert(str_eq(again[i].text, values[i].text));
			assert(str_is(again[1].text, "8080") || values[1].text.ptr);
			assert(str_eq(printed, print(&arena, again)));
		}
	}
	arena_free(&arena);
	return 0;
}
