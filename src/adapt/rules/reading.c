/*
 * Reading blocks: an interpretation we chose.
 *
 *   Says    : a final score exactly equal to the threshold is neutral.
 *   Because : 414.1405(b)(2)-(3)      Confidence: text
 *   Switch  : neutral | positive
 *
 * A value goes on in the indented lines below it. What no source settles is
 * `unverified` and must have a switch, so that a run can say what the other
 * alternative would give.
 */
#include <string.h>

#include "rules_int.h"

enum key { SAYS, BECAUSE, CONFIDENCE, SWITCH, KEYS };

static const char *const key_names[KEYS] = { "Says", "Because", "Confidence", "Switch" };

struct draft {
	struct rules *r;
	const struct rules_block *b;
	struct qpp_buf value[KEYS];
	uint32_t line[KEYS];         /* where the key stands; 0 while it was not seen */
	enum key last;               /* what an indented line goes on with; KEYS at the beginning */
};

/* Whether `s` begins as `Key :`; `*value` is then what follows. */
static bool begins_key(struct qpp_str s, enum key *key, struct qpp_str *value)
{
	for (enum key k = 0; k < KEYS; k++) {
		size_t n = strlen(key_names[k]);
		if (!qpp_str_starts(s, key_names[k]))
			continue;
		struct qpp_str rest = qpp_str_trim((struct qpp_str){ s.p + n, s.n - n });
		if (!rest.n || rest.p[0] != ':')
			continue;
		*key = k;
		*value = (struct qpp_str){ rest.p + 1, rest.n - 1 };
		return true;
	}
	return false;
}

static void append(struct draft *d, enum key key, struct qpp_str group)
{
	if (d->value[key].n)
		qpp_buf_char(&d->value[key], ' ');
	qpp_buf_str(&d->value[key], group);
}

static void begin_value(struct draft *d, uint32_t line, enum key key)
{
	struct rules *r = d->r;
	if (d->line[key])
		rules_error(r, d->b->file, line, rules_quote(r, qpp_str_of(key_names[key])), " is given twice", (char *)NULL);
	d->line[key] = line;
	d->last = key;
}

/* A line is groups apart by two or more blanks; a group may begin a key, and otherwise goes on with the last. */
static void read_line(struct draft *d, const struct rules_line *line)
{
	struct rules *r = d->r;
	struct qpp_str value, rest = line->text, group;
	enum key key;
	if (begins_key(rest, &key, &value)) {
		begin_value(d, line->number, key);
		rest = value;
	} else if (!line->indented || d->last == KEYS) {
		rules_error(r, d->b->file, line->number, "expected Says, Because, Confidence or Switch, then `:`",
		            d->last == KEYS ? "" : ", or an indented line that goes on", (char *)NULL);
		return;
	}
	while (rules_group(&rest, &group)) {
		struct qpp_str ahead = { group.p, (size_t)(rest.p + rest.n - group.p) };
		if (!begins_key(ahead, &key, &value)) {
			append(d, d->last, group);
			continue;
		}
		begin_value(d, line->number, key);
		rest = value;
	}
}

static void read_switch(struct draft *d, struct qpp_reading *x)
{
	struct rules *r = d->r;
	QPP_VEC(struct qpp_str) names = { 0 };
	struct qpp_str rest = qpp_buf_done(&d->value[SWITCH]), name;
	while (qpp_str_cut(&rest, '|', &name)) {
		name = qpp_str_trim(name);
		if (!rules_is_name(name, true))
			rules_error(r, d->b->file, d->line[SWITCH], "the alternative ", rules_quote(r, name),
			            " is not a name of letters, digits, `_` and `-`", (char *)NULL);
		*QPP_PUSH(r->arena, &names) = name;
	}
	if (names.n < 2)
		rules_error(r, d->b->file, d->line[SWITCH], "a switch needs two or more alternatives, as in `neutral | positive`",
		            (char *)NULL);
	x->alternatives = names.v;
	x->n_alternatives = names.n;
}

static void check_confidence(struct draft *d)
{
	struct rules *r = d->r;
	struct qpp_str c = qpp_buf_done(&d->value[CONFIDENCE]);
	if (!d->line[CONFIDENCE])
		rules_error(r, d->b->file, d->b->line, "reading ", rules_quote(r, d->b->name),
		            " has no Confidence: text, published or unverified", (char *)NULL);
	else if (!qpp_str_is(c, "text") && !qpp_str_is(c, "published") && !qpp_str_is(c, "unverified"))
		rules_error(r, d->b->file, d->line[CONFIDENCE], "the confidence ", rules_quote(r, c),
		            " is not one: expected text, published or unverified", (char *)NULL);
	else if (qpp_str_is(c, "unverified") && !d->line[SWITCH])
		rules_error(r, d->b->file, d->line[CONFIDENCE], "reading ", rules_quote(r, d->b->name),
		            " is unverified and must have a Switch that names the alternatives, our choice first", (char *)NULL);
}

void rules_read_reading(struct rules *r, const struct rules_block *b)
{
	struct draft d = { .r = r, .b = b, .last = KEYS };
	struct qpp_reading x = { .name = b->name, .cite = b->cite };
	for (enum key k = 0; k < KEYS; k++)
		qpp_buf_init(&d.value[k], r->arena, RULES_MOST_BYTES);
	for (size_t i = 0; i < b->lines.n; i++)
		read_line(&d, &b->lines.v[i]);
	if (!d.value[SAYS].n)
		rules_error(r, b->file, b->line, "reading ", rules_quote(r, b->name), " has no Says", (char *)NULL);
	check_confidence(&d);
	if (d.line[SWITCH])
		read_switch(&d, &x);
	x.says = qpp_buf_done(&d.value[SAYS]);
	x.because = qpp_buf_done(&d.value[BECAUSE]);
	x.confidence = qpp_buf_done(&d.value[CONFIDENCE]);
	*QPP_PUSH(r->arena, &r->readings) = x;
}
