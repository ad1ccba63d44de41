/*
 * What a document is refused for: where exactly, and in words that the person
 * who has the file open can act on. yajl's own message is one technical line
 * about its grammar; here each becomes what was found and what to write instead.
 */
#include <string.h>

#include "doc_int.h"

enum { LONGEST_TOKEN_SHOWN = 24 };

void qpp_json_advance(struct qpp_json_parser *p, size_t to)
{
	struct qpp_json_place *at = &p->place;
	for (; at->at < to; at->at++) {
		char c = p->text.p[at->at];
		bool ends_line = c == '\n' || (c == '\r' && (at->at + 1 == p->text.n || p->text.p[at->at + 1] != '\n'));
		if (ends_line) {
			at->line++;
			at->column = 1;
		} else if (((unsigned char)c & 0xC0) != 0x80) {
			at->column++;
		}
	}
}

size_t qpp_json_skip(struct qpp_str text, size_t at, size_t limit)
{
	while (at < limit && memchr(" \t\r\n,:", text.p[at], 6))
		at++;
	return at;
}

struct qpp_finding *qpp_json_refuse(struct qpp_json_parser *p, const char *code, size_t at, struct qpp_str message)
{
	p->refused = true;
	qpp_json_advance(p, at);
	struct qpp_where where = { .file = p->doc->file };
	if (p->open)
		where = qpp_json_where(p->arena, p->doc, p->open);
	where.line = p->place.line;
	where.column = p->place.column;
	return qpp_find(p->findings, QPP_ERROR, code, where, message);
}

/*
 * Length of the UTF-8 character that begins at s.p[at]; 0 when it is not
 * well-formed: overlong, a surrogate, above U+10FFFF, or cut off. (yajl looks
 * at the first bits only.)
 */
static size_t character(struct qpp_str s, size_t at)
{
	unsigned char c = (unsigned char)s.p[at];
	size_t n = c < 0x80 ? 1 : c >= 0xC2 && c < 0xE0 ? 2 : c >= 0xE0 && c < 0xF0 ? 3 : c >= 0xF0 && c < 0xF5 ? 4 : 0;
	if (n < 2 || s.n - at < n)
		return n == 1 ? 1 : 0;
	unsigned char second = (unsigned char)s.p[at + 1];
	if ((c == 0xE0 && second < 0xA0) || (c == 0xED && second > 0x9F) || (c == 0xF0 && second < 0x90) ||
	    (c == 0xF4 && second > 0x8F))
		return 0;
	for (size_t i = 1; i < n; i++)
		if (((unsigned char)s.p[at + i] & 0xC0) != 0x80)
			return 0;
	return n;
}

static size_t utf8_fault(struct qpp_str s)
{
	size_t at = 0, n;
	while (at < s.n && (n = character(s, at)) > 0)
		at += n;
	return at;
}

static struct qpp_str bytes_text(struct qpp_arena *a, const char *before, size_t n)
{
	return qpp_str_cat(a, before, qpp_i64_text(a, (int64_t)n).p, " bytes", (char *)NULL);
}

bool qpp_json_is_text(struct qpp_json_parser *p, size_t most_bytes)
{
	struct qpp_finding *x;
	if (p->text.n > most_bytes) {
		x = qpp_json_refuse(p, "jsonTooLarge", 0, QPP_LIT("the file is too large"));
		x->value = bytes_text(p->arena, "", p->text.n);
		x->expected = bytes_text(p->arena, "at most ", most_bytes);
		return false;
	}
	if (qpp_str_starts(p->text, "\xEF\xBB\xBF")) {
		p->text.p += 3;
		p->text.n -= 3;
	}
	size_t fault = utf8_fault(p->text);
	if (fault < p->text.n) {
		x = qpp_json_refuse(p, "jsonMalformed", fault, QPP_LIT("a byte here does not belong to UTF-8 text"));
		x->expected = QPP_LIT("text encoded in UTF-8");
		x->hint = QPP_LIT("save the file as UTF-8");
		return false;
	}
	if (qpp_str_trim(p->text).n == 0) {
		x = qpp_json_refuse(p, "jsonMalformed", 0, QPP_LIT("the file is empty"));
		x->expected = QPP_LIT("a JSON document");
		return false;
	}
	return true;
}

/* yajl's sentences, by a part that tells them apart, and ours. */
static const struct stop {
	const char *yajl;
	const char *message, *expected, *hint;
	bool inside;             /* yajl stopped at the very character, within a longer text */
} stops[] = {
	{ "unallowed token", "a value is missing or is not one",
	  "text in double quotes, a number, true, false, null, [ or {", "", false },
	{ "invalid object key", "the name of a member is missing or is not text",
	  "a name in double quotes", "", false },
	{ "separated by a colon", "a colon is missing between the name of a member and its value", ":", "", false },
	{ "inside map", "a comma or the closing brace is missing after a member", ", or }", "", false },
	{ "array element", "a comma or the closing bracket is missing after an element", ", or ]", "", false },
	{ "trailing garbage", "something follows the end of the document", "the end of the file",
	  "keep one document in a file; remove what follows it", false },
	{ "occurs before a character", "a backslash in text is followed by a character it cannot stand before",
	  "one of \" \\ / b f n r t u after the backslash", "write \\\\ for a backslash itself", true },
	{ "non-hex", "\\u in text is not followed by four hexadecimal digits", "four of 0-9 a-f", "", true },
	{ "invalid character inside", "text holds a line break or another control character",
	  "a closing double quote, or the character written as an escape", "write \\n for a line break, \\t for a tab", true },
	{ "invalid string in json", "a word that JSON does not have", "true, false, null, or text in double quotes", "", false },
	{ "invalid char in json", "something that JSON does not have",
	  "text in double quotes, a number, true, false, null, [ or {", "", false },
	{ "malformed number", "a number is not complete", "digits after the sign, the point and the exponent", "", false },
	{ "probable comment", "a comment; JSON has none", "", "remove the comment", false },
	{ "", "the document is not JSON", "", "", false }
};

static const struct stop *stop_of(struct qpp_json_parser *p)
{
	unsigned char *said = yajl_get_error(p->yajl, 0, NULL, 0);
	const struct stop *s = stops;
	while (!strstr((const char *)said, s->yajl))
		s++;
	yajl_free_error(p->yajl, said);
	return s;
}

/* The token at `at`, as far as it is worth showing: text, one mark, or a run up to the next mark or space. */
static struct qpp_str token_at(struct qpp_str text, size_t at)
{
	bool quoted = at < text.n && text.p[at] == '"';
	const char *ends = quoted ? "\"" : " \t\r\n,:[]{}\"";
	size_t n = quoted;
	while (n < LONGEST_TOKEN_SHOWN && at + n < text.n && !strchr(ends, text.p[at + n]))
		n++;
	if (quoted && at + n < text.n && text.p[at + n] == '"')
		n++;
	while (n && at + n < text.n && ((unsigned char)text.p[at + n] & 0xC0) == 0x80)
		n--;
	return (struct qpp_str){ text.p + at, n ? n : at < text.n };
}

/* A mend for what is commonly written in place of JSON; empty when none is known. */
static struct qpp_str mend(struct qpp_str token, bool after_comma)
{
	if (after_comma && (qpp_str_is(token, "}") || qpp_str_is(token, "]")))
		return QPP_LIT("remove the comma before the closing bracket");
	if (qpp_str_starts(token, "'"))
		return QPP_LIT("JSON text stands in double quotes");
	if (qpp_str_is(token, "True") || qpp_str_is(token, "False") || qpp_str_is(token, "None"))
		return QPP_LIT("write true, false or null in small letters");
	if (qpp_str_is(token, "NaN") || qpp_str_starts(token, "Inf"))
		return QPP_LIT("JSON has finite numbers only; leave the member out when there is no value");
	if (qpp_str_starts(token, "+") || qpp_str_starts(token, "."))
		return QPP_LIT("a number begins with a digit or a minus sign");
	return QPP_LIT("");
}

static void explain_end(struct qpp_json_parser *p)
{
	struct qpp_finding *x = qpp_json_refuse(p, "jsonMalformed", p->text.n, QPP_LIT("the file ends before the document is complete"));
	if (p->open)
		x->expected = qpp_str_cat(p->arena, p->open->kind == QPP_JSON_OBJECT ? "} for the object" : "] for the array",
		                          " that begins on line ", qpp_i64_text(p->arena, p->open->line).p, ", column ",
		                          qpp_i64_text(p->arena, p->open->column).p, (char *)NULL);
	x->hint = QPP_LIT("the file may have been cut off; export or copy it again");
}

void qpp_json_explain(struct qpp_json_parser *p, bool at_end)
{
	if (at_end) {
		explain_end(p);
		return;
	}
	const struct stop *s = stop_of(p);
	size_t reached = yajl_get_bytes_consumed(p->yajl);
	if (reached > p->text.n)
		reached = p->text.n;
	/* Separators that yajl accepted lie before the token it stopped at; that token itself may be one. */
	size_t at = s->inside ? reached : qpp_json_skip(p->text, p->end, reached ? reached - 1 : 0);
	struct qpp_str token = token_at(p->text, at);
	bool after_comma = at > p->end && memchr(p->text.p + p->end, ',', at - p->end);
	struct qpp_finding *x = qpp_json_refuse(p, "jsonMalformed", at, qpp_str_of(s->message));
	x->value = qpp_shown(p->arena, token);
	x->expected = qpp_str_of(s->expected);
	x->hint = mend(token, after_comma);
	if (!x->hint.n)
		x->hint = qpp_str_of(s->hint);
}
