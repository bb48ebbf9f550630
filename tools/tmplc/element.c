/* The elements and attributes that templates may use. What is not in these tables does not build:
 * most of HTML is not needed, and some of it cannot be made safe. */
#include "tmplc.h"

static const struct element elements[] = { { "a", 0 }, { "abbr", 0 }, { "address", E_BLOCK },
	{ "article", E_BLOCK }, { "aside", E_BLOCK }, { "b", 0 }, { "bdi", 0 },
	{ "blockquote", E_BLOCK }, { "body", E_BLOCK }, { "br", E_VOID }, { "button", 0 },
	{ "caption", 0 }, { "code", 0 }, { "col", E_VOID }, { "colgroup", E_TABLE },
	{ "dd", E_BLOCK }, { "details", E_BLOCK }, { "div", E_BLOCK }, { "dl", E_BLOCK | E_TABLE },
	{ "dt", E_BLOCK }, { "em", 0 }, { "fieldset", E_BLOCK }, { "figcaption", E_BLOCK },
	{ "figure", E_BLOCK }, { "footer", E_BLOCK }, { "h1", E_BLOCK }, { "h2", E_BLOCK },
	{ "h3", E_BLOCK }, { "h4", E_BLOCK }, { "head", 0 }, { "header", E_BLOCK },
	{ "hr", E_VOID | E_BLOCK }, { "html", 0 }, { "img", E_VOID },
	{ "input", E_VOID | E_CONTROL }, { "kbd", 0 }, { "label", 0 }, { "legend", E_BLOCK },
	{ "li", E_BLOCK }, { "link", E_VOID }, { "main", E_BLOCK }, { "mark", 0 },
	{ "meta", E_VOID }, { "nav", E_BLOCK }, { "ol", E_BLOCK | E_TABLE },
	{ "optgroup", E_TABLE }, { "option", E_RCDATA }, { "p", E_BLOCK }, { "pre", E_BLOCK },
	{ "q", 0 }, { "script", 0 }, { "section", E_BLOCK }, { "select", E_CONTROL | E_TABLE },
	{ "small", 0 }, { "span", 0 }, { "strong", 0 }, { "sub", 0 }, { "summary", E_BLOCK },
	{ "sup", 0 }, { "table", E_BLOCK | E_TABLE }, { "tbody", E_TABLE }, { "td", E_BLOCK },
	{ "textarea", E_RCDATA | E_CONTROL }, { "tfoot", E_TABLE }, { "th", E_BLOCK },
	{ "thead", E_TABLE }, { "time", 0 }, { "title", E_RCDATA }, { "tr", E_TABLE },
	{ "ul", E_BLOCK | E_TABLE } };
enum { ELEMENTS = sizeof(elements) / sizeof(elements[0]) };

static const struct attribute attributes[] = { { "abbr", A_WORDS }, { "action", A_URL },
	{ "alt", A_WORDS }, { "autocomplete", A_PLAIN }, { "charset", A_PLAIN },
	{ "checked", A_BOOL }, { "cite", A_URL }, { "class", A_PLAIN }, { "colspan", A_PLAIN },
	{ "cols", A_PLAIN }, { "content", A_PLAIN }, { "datetime", A_PLAIN }, { "defer", A_BOOL },
	{ "dir", A_PLAIN }, { "disabled", A_BOOL }, { "download", A_BOOL }, { "enctype", A_PLAIN },
	{ "for", A_PLAIN }, { "headers", A_PLAIN }, { "height", A_PLAIN }, { "hidden", A_BOOL },
	{ "href", A_URL }, { "hreflang", A_PLAIN }, { "id", A_PLAIN }, { "inputmode", A_PLAIN },
	{ "label", A_WORDS }, { "lang", A_PLAIN }, { "loading", A_PLAIN }, { "max", A_PLAIN },
	{ "maxlength", A_PLAIN }, { "media", A_PLAIN }, { "method", A_PLAIN }, { "min", A_PLAIN },
	{ "multiple", A_BOOL }, { "name", A_PLAIN }, { "novalidate", A_BOOL }, { "open", A_BOOL },
	{ "pattern", A_PLAIN }, { "placeholder", A_WORDS }, { "property", A_PLAIN },
	{ "readonly", A_BOOL }, { "rel", A_PLAIN }, { "required", A_BOOL }, { "role", A_PLAIN },
	{ "rows", A_PLAIN }, { "rowspan", A_PLAIN }, { "scope", A_PLAIN }, { "selected", A_BOOL },
	{ "size", A_PLAIN }, { "spellcheck", A_PLAIN }, { "src", A_URL }, { "start", A_PLAIN },
	{ "step", A_PLAIN }, { "tabindex", A_PLAIN }, { "title", A_WORDS }, { "type", A_PLAIN },
	{ "value", A_PLAIN }, { "width", A_PLAIN }, { "aria-label", A_WORDS },
	{ "aria-description", A_WORDS }, { "aria-roledescription", A_WORDS },
	{ "aria-current", A_PLAIN }, { "aria-describedby", A_PLAIN }, { "aria-hidden", A_PLAIN },
	{ "aria-labelledby", A_PLAIN }, { "aria-live", A_PLAIN }, { "aria-sort", A_PLAIN } };
enum { ATTRIBUTES = sizeof(attributes) / sizeof(attributes[0]) };

/* What is refused on purpose: the reason helps more than "unknown". */
static const struct {
	const char *name, *why;
} refused[] = { { "style", "the page's policy forbids styles in place; use a class" },
	{ "srcdoc", "a document inside an attribute cannot be escaped safely" },
	{ "srcset", "a list of addresses cannot be escaped safely" },
	{ "ping", "tells others which links are followed" },
	{ "http-equiv", "headers are sent by the server" },
	{ "target", "a link opens where the reader wants it" },
	{ "formaction", "a form has one address: {form …}" },
	{ "accesskey", "collides with the keys of screen readers" },
	{ "autofocus", "takes the reader past the heading" } };
enum { REFUSED = sizeof(refused) / sizeof(refused[0]) };

const struct element *element_find(struct str name)
{
	for (size_t i = 0; i < ELEMENTS; i++)
		if (str_is(name, elements[i].name))
			return &elements[i];
	return NULL;
}

struct str element_nearest(struct diags *diags, struct str name)
{
	struct str names[ELEMENTS];
	for (size_t i = 0; i < ELEMENTS; i++)
		names[i] = str_of(elements[i].name);
	return diags_suggest(diags, name, names, ELEMENTS);
}

bool attribute_find(struct attribute *out, struct str name, const char **why)
{
	*why = "no such attribute in tools/tmplc/element.c";
	if (str_starts(name, "on")) {
		*why = "the page's policy forbids scripts in place";
		return false;
	}
	for (size_t i = 0; i < REFUSED; i++)
		if (str_is(name, refused[i].name)) {
			*why = refused[i].why;
			return false;
		}
	for (size_t i = 0; i < ATTRIBUTES; i++)
		if (str_is(name, attributes[i].name)) {
			*out = attributes[i];
			return true;
		}
	if (str_starts(name, "data-")) {
		*out = (struct attribute){ "data", A_PLAIN };
		return true;
	}
	return false;
}
