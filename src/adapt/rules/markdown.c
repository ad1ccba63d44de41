/*
 * Scanning Markdown: headings to sections, prose to their prose, fences to
 * blocks. Only what the rules need of Markdown is known here: `## ` headings
 * and fences of three or more backquotes or tildes, as CommonMark has them
 * except that a fence may be indented by any amount. A fence of another
 * language is prose and stays in it, so a page can show it.
 */
#include <string.h>

#include "rules_int.h"

const char *const rules_kind_names[RULES_KINDS] = { "param", "table", "case", "reading" };

struct fence {
	char mark;
	size_t length, indent;
	struct qpp_str info;
};

struct scanner {
	struct rules *r;
	struct qpp_str file;
	uint32_t line;
	bool in_section, in_fence, in_block;    /* in_block implies in_fence */
	struct fence fence;
	uint32_t fence_line;
	struct rules_block block;
	struct qpp_buf prose;
	size_t most_prose;
};

/* White space at the front; a line is never longer than its file. */
static size_t margin(struct qpp_str line)
{
	size_t n = 0;
	while (n < line.n && (line.p[n] == ' ' || line.p[n] == '\t'))
		n++;
	return n;
}

static bool is_fence(struct qpp_str line, struct fence *f)
{
	size_t indent = margin(line), at = indent;
	char mark = at < line.n ? line.p[at] : 0;
	if (mark != '`' && mark != '~')
		return false;
	while (at < line.n && line.p[at] == mark)
		at++;
	*f = (struct fence){ mark, at - indent, indent, qpp_str_trim((struct qpp_str){ line.p + at, line.n - at }) };
	bool inline_code = mark == '`' && f->info.n && memchr(f->info.p, '`', f->info.n);
	return f->length >= 3 && !inline_code;
}

/* RULES_KINDS when the info string names no kind. */
static enum rules_kind kind_of(struct qpp_str info, struct qpp_str *language, struct qpp_str *name)
{
	*language = QPP_LIT("");
	qpp_str_word(&info, language);
	*name = qpp_str_trim(info);
	enum rules_kind k = 0;
	while (k < RULES_KINDS && !qpp_str_is(*language, rules_kind_names[k]))
		k++;
	return k;
}

static void add_prose(struct scanner *s, struct qpp_str line)
{
	struct qpp_buf *b = &s->prose;
	bool blank = !qpp_str_trim(line).n;
	if (!s->in_section || (blank && (!b->n || (b->n > 1 && b->p[b->n - 2] == '\n'))))
		return;
	qpp_buf_str(b, line);
	qpp_buf_char(b, '\n');
}

static void end_section(struct scanner *s)
{
	struct rules *r = s->r;
	if (s->in_section)
		r->sections.v[r->sections.n - 1].prose = qpp_str_trim(qpp_buf_done(&s->prose));
	s->in_section = false;
}

static void begin_section(struct scanner *s, struct qpp_str heading)
{
	struct rules *r = s->r;
	struct qpp_section x = { .file = s->file, .line = s->line };
	end_section(s);
	if (!qpp_str_word(&heading, &x.cite)) {
		rules_error(r, s->file, s->line,
		            "a `##` heading needs a cite and a title, as in `## 414.1405(b)(1)  Performance threshold`", (char *)NULL);
		x.cite = QPP_LIT("");
	}
	x.title = qpp_str_trim(heading);
	*QPP_PUSH(r->arena, &r->sections) = x;
	qpp_buf_init(&s->prose, r->arena, s->most_prose);
	s->in_section = true;
}

static void begin_block(struct scanner *s, enum rules_kind kind, struct qpp_str name)
{
	struct rules *r = s->r;
	s->in_block = true;
	s->block = (struct rules_block){ .kind = kind, .name = name, .file = s->file, .line = s->line };
	if (s->in_section) {
		s->block.cite = r->sections.v[r->sections.n - 1].cite;
		s->block.title = r->sections.v[r->sections.n - 1].title;
	} else {
		rules_error(r, s->file, s->line, "this block stands before the first `## CITE  Title` heading", (char *)NULL);
	}
	if (!name.n)
		rules_error(r, s->file, s->line, "a ", rules_kind_names[kind], " block needs a name behind the word ",
		            rules_quote(r, qpp_str_of(rules_kind_names[kind])), (char *)NULL);
}

static void end_block(struct scanner *s)
{
	struct rules *r = s->r;
	s->in_fence = s->in_block = false;
	if (s->block.lines.n > RULES_MOST_LINES)
		rules_error(r, s->file, s->fence_line, "this block has more than ", rules_number(r, RULES_MOST_LINES), " lines",
		            (char *)NULL);
	else if (r->blocks.n == RULES_MOST_BLOCKS)
		rules_error(r, s->file, s->fence_line, "there are more than ", rules_number(r, RULES_MOST_BLOCKS),
		            " blocks; this one is left out", (char *)NULL);
	else
		*QPP_PUSH(r->arena, &r->blocks) = s->block;
}

static void begin_fence(struct scanner *s, struct qpp_str line, const struct fence *f)
{
	struct rules *r = s->r;
	struct qpp_str language, name, kinds[RULES_KINDS];
	enum rules_kind kind = kind_of(f->info, &language, &name);
	s->in_fence = true;
	s->fence = *f;
	s->fence_line = s->line;
	if (kind < RULES_KINDS) {
		begin_block(s, kind, name);
		return;
	}
	/*
	 * A mistyped kind must not be silent: its rules would simply be missing. Prose fences have no
	 * name behind their language, so one that has was meant to be a block.
	 */
	for (size_t k = 0; k < RULES_KINDS; k++)
		kinds[k] = qpp_str_of(rules_kind_names[k]);
	if (name.n || qpp_str_near(language, kinds, RULES_KINDS) >= 0)
		rules_did_you_mean(r, rules_error(r, s->file, s->line, rules_quote(r, language),
		                                  " is not a kind of block (param, table, case, reading)", (char *)NULL),
		                   language, kinds, RULES_KINDS);
	add_prose(s, line);
}

static void not_closed(struct scanner *s)
{
	rules_error(s->r, s->file, s->fence_line, "this block is not closed by a line of ",
	            s->fence.mark == '~' ? "`~~~`" : "three backquotes", (char *)NULL);
}

static void in_block_line(struct scanner *s, struct qpp_str line)
{
	struct qpp_str text = qpp_str_trim(line);
	if (!text.n || text.p[0] == '#')
		return;
	*QPP_PUSH(s->r->arena, &s->block.lines) = (struct rules_line){ text, s->line, margin(line) > s->fence.indent };
}

static void in_fence_line(struct scanner *s, struct qpp_str line)
{
	struct fence f;
	struct qpp_str language, name;
	bool fence = is_fence(line, &f);
	if (fence && f.mark == s->fence.mark && f.length >= s->fence.length && !f.info.n) {
		if (s->in_block)
			end_block(s);
		else
			add_prose(s, line);
		s->in_fence = false;
	} else if (s->in_block && fence && kind_of(f.info, &language, &name) < RULES_KINDS) {
		/* The opening of the next block: take it so, or this one would swallow it. */
		not_closed(s);
		end_block(s);
		begin_fence(s, line, &f);
	} else if (s->in_block) {
		in_block_line(s, line);
	} else {
		add_prose(s, line);
	}
}

static void scan_line(struct scanner *s, struct qpp_str line)
{
	struct fence f;
	if (s->in_fence) {
		in_fence_line(s, line);
	} else if (is_fence(line, &f)) {
		begin_fence(s, line, &f);
	} else if (qpp_str_starts(line, "## ") || qpp_str_starts(line, "##\t") || qpp_str_is(qpp_str_trim(line), "##")) {
		begin_section(s, (struct qpp_str){ line.p + 2, line.n - 2 });
	} else if (qpp_str_starts(line, "# ")) {
		end_section(s);
	} else {
		add_prose(s, line);
	}
}

void rules_scan(struct rules *r, const struct qpp_rules_source *source)
{
	struct scanner s = { .r = r, .file = source->file, .most_prose = source->text.n + 1 };
	struct qpp_str rest = source->text, line;
	if (qpp_str_starts(rest, "\xEF\xBB\xBF"))
		rest.p += 3, rest.n -= 3;
	while (qpp_str_cut(&rest, '\n', &line)) {
		s.line++;
		if (line.n && line.p[line.n - 1] == '\r')
			line.n--;
		if (!rules_is_text(line))
			rules_error(r, s.file, s.line, "this line is not UTF-8 text without control characters", (char *)NULL);
		scan_line(&s, line);
	}
	if (s.in_fence)
		not_closed(&s);
	if (s.in_block)
		end_block(&s);
	end_section(&s);
}
