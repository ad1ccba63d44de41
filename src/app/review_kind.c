/*
 * What a document is, by its content; the extension must say the same. Only
 * kinds that a reviewer opens without running anything are taken.
 */
#include <string.h>
#include <strings.h>

#include "app/review_int.h"

enum { LONGEST_EXTENSION = 5 };

static bool begins(struct qpp_str s, const char *magic, size_t n)
{
	return s.n >= n && memcmp(s.p, magic, n) == 0;
}

static bool holds(struct qpp_str s, const char *what)
{
	return s.p && memmem(s.p, s.n, what, strlen(what)) != NULL;
}

/* An Office document is a ZIP archive; the names of its parts stand in it as they are. */
static const char *office_of(struct qpp_str s)
{
	if (!begins(s, "PK\3\4", 4) || !holds(s, "[Content_Types].xml") || holds(s, "vbaProject.bin"))
		return NULL;
	bool word = holds(s, "word/document.xml"), sheet = holds(s, "xl/workbook.xml");
	return word == sheet ? NULL : word ? "docx" : "xlsx";
}

/* UTF-8 without control characters, and not the text of a program or a page. */
static bool is_plain_text(struct qpp_str s)
{
	struct qpp_str t = s;
	if (begins(t, "\xEF\xBB\xBF", 3))
		t = (struct qpp_str){ t.p + 3, t.n - 3 };
	for (size_t i = 0; i < t.n; i++) {
		unsigned char c = (unsigned char)t.p[i];
		if ((c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f') || c == 0x7f)
			return false;
	}
	struct qpp_str first = qpp_str_trim(t);
	return review_is_text(t) && !begins(first, "#!", 2) && !begins(first, "%PDF", 4) && !(first.n && first.p[0] == '<');
}

static const char *content_of(struct qpp_str s)
{
	if (begins(s, "%PDF-", 5))
		return "pdf";
	if (begins(s, "\x89PNG\r\n\x1a\n", 8))
		return "png";
	if (begins(s, "\xff\xd8\xff", 3))
		return "jpg";
	if (begins(s, "PK", 2))
		return office_of(s);
	return is_plain_text(s) ? "txt" : NULL;
}

static struct qpp_str extension_of(struct qpp_str name)
{
	size_t at = name.n;
	while (at > 0 && name.p[at - 1] != '.')
		at--;
	return at > 1 ? (struct qpp_str){ name.p + at, name.n - at } : (struct qpp_str){ "", 0 };
}

const char *review_kind_of(struct qpp_str name, struct qpp_str bytes, const char **why)
{
	static const struct {
		const char *extension, *kind, *content;
	} kinds[] = { { "pdf", "pdf", "pdf" }, { "png", "png", "png" },    { "jpg", "jpg", "jpg" },    { "jpeg", "jpg", "jpg" },
		          { "csv", "csv", "txt" }, { "xlsx", "xlsx", "xlsx" }, { "docx", "docx", "docx" }, { "txt", "txt", "txt" } };
	struct qpp_str extension = extension_of(name);
	const char *content = bytes.n ? content_of(bytes) : NULL;
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		if (extension.n != strlen(kinds[i].extension) || extension.n > LONGEST_EXTENSION ||
		    strncasecmp(extension.p, kinds[i].extension, extension.n) != 0)
			continue;
		if (content && strcmp(content, kinds[i].content) == 0)
			return kinds[i].kind;
		*why = bytes.n ? "the content of the file is not what its name says" : "the file is empty";
		return NULL;
	}
	*why = "files of this type are not taken";
	return NULL;
}
