/* Words and numbers as pages show them. A number keeps the digits it has in JSON; only its signs change. */
#include "adapt/html/words.h"

#include <string.h>

const char *qpp_entity_title(enum qpp_entity e)
{
	static const char *const titles[QPP_ENTITIES] = {
		[QPP_ENTITY_NONE] = "Not known", [QPP_INDIVIDUAL] = "Individual", [QPP_GROUP] = "Group",
		[QPP_VIRTUAL_GROUP] = "Virtual group", [QPP_SUBGROUP] = "Subgroup", [QPP_APM_ENTITY] = "APM entity",
	};
	return e < QPP_ENTITIES ? titles[e] : "";
}

struct qpp_str qpp_program_title(struct qpp_arena *a, struct qpp_str program)
{
	if (qpp_str_is(program, "mips"))
		return QPP_LIT("Traditional MIPS");
	if (qpp_program_kind_of(program) == QPP_PROGRAM_APP)
		return qpp_str_is(program, "appPlus") ? QPP_LIT("APP Plus") : QPP_LIT("APM Performance Pathway");
	return qpp_str_cat(a, "MVP ", qpp_str_dup(a, program).p, (char *)NULL);
}

const char *qpp_band_title(enum qpp_band band)
{
	switch (band) {
	case QPP_MAX_NEGATIVE:
		return "Negative: the largest reduction of the year";
	case QPP_NEGATIVE:
		return "Negative: below the performance threshold";
	case QPP_NEUTRAL:
		return "Neutral: exactly the performance threshold";
	case QPP_POSITIVE:
		return "Positive: above the performance threshold";
	default:
		return "Positive, with the additional factor for exceptional performance";
	}
}

static bool upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool lower(char c)
{
	return c >= 'a' && c <= 'z';
}

/* One word of a name, whose letters may be capitals where names join words: as it stands in a sentence. */
static void put_word(struct qpp_buf *b, struct qpp_str word)
{
	static const char *const acronyms[] = { "apm", "app", "cms", "hcc", "ia", "mvp", "pi", NULL };
	const char *const *is = acronyms;
	while (*is && !qpp_str_is(word, *is))
		is++;
	for (size_t i = 0; i < word.n; i++) {
		char c = word.p[i];
		if (lower(c) && (*is || !b->n))
			c = (char)(c - 'a' + 'A');
		else if (upper(c) && b->n && !i)
			c = (char)(c - 'A' + 'a');
		qpp_buf_char(b, c);
	}
}

struct qpp_str qpp_plain_words(struct qpp_arena *a, struct qpp_str name)
{
	struct qpp_buf b;
	size_t from = 0;
	qpp_buf_init(&b, a, 2 * name.n + 2);
	for (size_t i = 1; i <= name.n; i++) {
		bool joint = i < name.n && (name.p[i] == '_' || name.p[i] == '-');
		if (i < name.n && !joint && !(upper(name.p[i]) && lower(name.p[i - 1])))
			continue;
		put_word(&b, (struct qpp_str){ name.p + from, i - from });
		if (i < name.n)
			qpp_buf_char(&b, ' ');
		from = i + joint;
	}
	return qpp_buf_done(&b);
}

void qpp_html_sentence(struct qpp_html *h, struct qpp_str s)
{
	if (s.n && lower(s.p[0])) {
		char capital = (char)(s.p[0] - 'a' + 'A');
		qpp_html_text(h, (struct qpp_str){ &capital, 1 });
		s.p++;
		s.n--;
	}
	qpp_html_text(h, s);
}

static void unit_sign(struct qpp_html *h, enum qpp_unit unit)
{
	if (unit == QPP_UNIT_PERCENT || unit == QPP_UNIT_WEIGHT || unit == QPP_UNIT_FACTOR || unit == QPP_UNIT_FACTORX)
		qpp_html_lit(h, "&nbsp;%");
}

/* A minus that is as wide as a digit. */
static void number(struct qpp_html *h, struct qpp_str s)
{
	if (qpp_str_starts(s, "-")) {
		qpp_html_lit(h, "\xE2\x88\x92");
		s.p++;
		s.n--;
	}
	qpp_html_text(h, s);
}

void qpp_html_value(struct qpp_html *h, struct qpp_value v, enum qpp_unit unit)
{
	if (!v.has) {
		qpp_html_lit(h, "\xE2\x80\x93");
		return;
	}
	number(h, qpp_unit_text(h->b.arena, unit, v.v));
	unit_sign(h, unit);
}

void qpp_html_signed(struct qpp_html *h, qpp_dec v, enum qpp_unit unit)
{
	if (qpp_dec_sign(v) > 0)
		qpp_html_lit(h, "+");
	qpp_html_value(h, (struct qpp_value){ true, v, 0 }, unit);
}

void qpp_html_equation(struct qpp_html *h, struct qpp_str equation)
{
	struct qpp_str word;
	bool first = true;
	while (qpp_str_word(&equation, &word)) {
		if (!first)
			qpp_html_lit(h, " ");
		first = false;
		if (qpp_str_is(word, "x"))
			qpp_html_lit(h, "\xC3\x97");
		else if (qpp_str_is(word, "/"))
			qpp_html_lit(h, "\xC3\xB7");
		else if (qpp_str_is(word, "-"))
			qpp_html_lit(h, "\xE2\x88\x92");
		else if (word.n > 1 && word.p[0] == '(')
			qpp_html_text(h, word);
		else
			number(h, word);
	}
}
