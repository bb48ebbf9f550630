/* `verify --proof`: a proof of inclusion held against its document and a root, with nothing but
 * files. */
#include "cli/keep.h"

#include "store/proof.h"

static enum cli_exit read_file(struct cli *cli, struct str *out, struct str path, size_t max)
{
	enum status status;

	if (utf8_valid_prefix(path) != path.len)
		return cli_fault(cli, "", "a file name that is not UTF-8");
	status = cli->files->read(cli->files->context, out, &cli->arena, path, max);
	if (status == STATUS_REFUSED)
		return cli_fault(
			cli, "", "'" STR_FMT "' is larger than %zu bytes", STR_ARG(path), max);
	return status == STATUS_OK ? CLI_ANSWERED : cli_unread(cli, path, status);
}

/* Why FILE is not the document that PROOF is about; NULL: it is. EXACT: byte for byte. */
static const char *differs(bool *exact, struct cli *cli, const struct store_proof *proof,
	struct str path, struct str file)
{
	struct sha256 hash = sha256_of(file);
	struct diags unread;
	struct buf canonical;
	enum status status;

	*exact = sha256_same(&hash, &proof->hash);
	if (*exact)
		return NULL;
	if (!proof->has_canonical)
		return "the document is not the one that the proof is about: its bytes differ";
	diags_init(&unread, &cli->arena, 1);
	buf_init(&canonical, &cli->arena, DOC_SIZE_MAX);
	status = accord_canonical(&canonical, &cli->arena, path, file, &unread);
	if (status != STATUS_OK)
		return "the document cannot be read as an agreement, and its bytes are not those "
		       "that the proof is about";
	hash = sha256_of(buf_str(&canonical));
	return sha256_same(&hash, &proof->canonical)
		       ? NULL
		       : "the document is not the one that the proof is about: it says something "
			 "else";
}

static const char *fault_of(
	struct cli *cli, const struct store_proof *proof, const struct sha256 *wanted)
{
	static const char *const faults[] = { [STORE_PROOF_HOLDS] = NULL,
		[STORE_PROOF_PATH] = "leaf and path do not give the root",
		[STORE_PROOF_ENTRY] = "the entry that is shown is not the leaf",
		[STORE_PROOF_DOCUMENT] = "the entry does not name this document" };
	const char *fault = faults[store_proof_check(proof, &cli->arena)];

	if (!fault && wanted && !sha256_same(wanted, &proof->root))
		fault = "the root is not the one that was asked for: the proof is of another "
			"journal, or of this one at another size";
	return fault;
}

static void print_table(struct cli *cli, const struct store_proof *proof, const char *fault,
	const char *document, bool rooted)
{
	struct str time = fault ? STR_NONE : store_proof_time(proof, &cli->arena);
	struct buf *out = &cli->out;

	if (fault) {
		buf_add_format(out, "%s\n", fault);
		return;
	}
	buf_add_format(out, STR_FMT ": leaf %llu of a tree of %llu\n", STR_ARG(proof->name),
		(unsigned long long)proof->index, (unsigned long long)proof->size);
	if (document)
		buf_add_format(out, "the document is the one that is proven, %s\n", document);
	else
		buf_add_format(out, "document %s\n",
			cli_hash(cli, proof->has_canonical ? &proof->canonical : &proof->hash).ptr);
	if (time.ptr)
		buf_add_format(out, "written into the journal " STR_FMT "\n", STR_ARG(time));
	else
		buf_add_c(out, "the entry is not shown: that it names the document, only who has "
			       "the journal can tell\n");
	buf_add_format(out, "%s\n", cli_hash(cli, &proof->root).ptr);
	buf_add_c(out, rooted ? "the root is the one that was asked for\n"
			      : "hold this root against one that you noted, or that others have "
				"(--root)\n");
}

static void print_json(struct cli *cli, const struct store_proof *proof, const char *fault,
	bool document, bool exact, bool rooted)
{
	struct str time = fault ? STR_NONE : store_proof_time(proof, &cli->arena);
	struct buf *out = &cli->out;

	buf_add_format(out, "{\"holds\":%s", fault ? "false" : "true");
	json_add_member(out, "fault", str_of(fault));
	json_add_member(out, "name", proof->name);
	buf_add_format(out, ",\"leaf_index\":%llu,\"tree_size\":%llu",
		(unsigned long long)proof->index, (unsigned long long)proof->size);
	json_add_member(out, "root", cli_hash(cli, &proof->root));
	buf_add_format(out, ",\"root_asked\":%s,\"document\":%s", rooted ? "true" : "false",
		!document ? "null"
		: exact   ? "\"bytes\""
			  : "\"meaning\"");
	json_add_member(out, "at", time);
	buf_add_format(out, ",\"entry_shown\":%s}\n", proof->entry.ptr ? "true" : "false");
}

enum cli_exit keep_proof(struct cli *cli, const struct sha256 *wanted, bool json)
{
	struct str path = cli_value(cli, "proof"), bytes, file = STR_NONE;
	bool document = cli->operand_count == 1, exact = false;
	const char *fault = NULL;
	struct store_proof proof;
	enum cli_exit code;
	enum status status;

	if (cli->operand_count > 1)
		return cli_fault(cli, "", "verify --proof takes at most one DOCUMENT");
	code = read_file(cli, &bytes, path, STORE_PROOF_MAX);
	if (code == CLI_ANSWERED && document)
		code = read_file(cli, &file, cli->operands[0], STORE_FILE_MAX);
	if (code != CLI_ANSWERED)
		return code;
	status = store_proof_read(&proof, &cli->arena, path, bytes, &cli->diags);
	if (status != STATUS_OK)
		return cli_status(cli, status, "reading the proof");
	fault = fault_of(cli, &proof, wanted);
	if (!fault && document)
		fault = differs(&exact, cli, &proof, cli->operands[0], file);
	if (json)
		print_json(cli, &proof, fault, document && !fault, exact, wanted != NULL);
	else
		print_table(cli, &proof, fault,
			!document ? NULL
			: exact   ? "byte for byte"
				  : "in what it says; layout or comments differ",
			wanted != NULL);
	return fault ? CLI_NO : CLI_ANSWERED;
}
