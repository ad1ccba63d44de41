/* The frame that all pages share. */
#include "adapt/html/frame.h"

#include "adapt/html/style.h"

/* Nobody may take a what-if run for a result, also not from a print of its first lines. */
static void mark(struct qpp_html *h, const struct qpp_ruleset *rs)
{
	enum { SHOWN = 12 };
	struct qpp_str hash = { rs->overlay_hash.p, rs->overlay_hash.n < SHOWN ? rs->overlay_hash.n : SHOWN };
	if (!rs->provisional)
		return;
	qpp_html_lit(h, "<p class=\"what-if\"><strong>What-if run, not the rules as they stand.</strong> Changed by ");
	qpp_html_text(h, rs->overlay);
	qpp_html_lit(h, " <code>");
	qpp_html_text(h, hash);
	qpp_html_lit(h, "</code></p>\n");
}

void qpp_html_begin_page(struct qpp_html *h, const struct qpp_ruleset *rs, struct qpp_str title, struct qpp_str kind)
{
	qpp_html_lit(h, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>");
	qpp_html_word(h, rs->provisional ? "What if: " : "");
	qpp_html_text(h, title);
	qpp_html_lit(h, "</title>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<style>\n");
	qpp_html_part(h, qpp_str_of(qpp_html_style));
	qpp_html_lit(h, "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">Skip to main content</a>\n"
	                "<header class=\"top\"><div class=\"wide\"><span class=\"name\">OpenQPP</span> <span>");
	qpp_html_text(h, kind);
	qpp_html_lit(h, "</span></div></header>\n<main id=\"main\" class=\"wide\">\n");
	mark(h, rs);
}

struct qpp_str qpp_html_end_page(struct qpp_html *h, const struct qpp_ruleset *rs)
{
	qpp_html_lit(h, "</main>\n<footer><div class=\"wide\">\n"
	                "<p>Made by OpenQPP from the data it was given. What counts is what the Centers for Medicare &amp; "
	                "Medicaid Services decide.</p>\n<p>Rule set <code>");
	qpp_html_text(h, rs->hash);
	qpp_html_lit(h, "</code></p>\n</div></footer>\n</body>\n</html>\n");
	return qpp_html_done(h);
}
