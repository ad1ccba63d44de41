/*
 * 414.1380(c)(2)(i)(A)(8): whether the automatic policy for extreme and
 * uncontrollable circumstances holds where a clinician practices. A county that
 * CMS lists does; everything less than state and county can at most rule it
 * out. The clinician sees the answer with its reasons, and what would decide it.
 */
#include "qpp/euc.h"

#include "calc.h"
#include "qpp/buf.h"

enum { MOST_NAMED = 5, MOST_NAMES = 400 };

struct asking {
	struct qpp_calc *c;
	struct qpp_arena *a;
	const struct qpp_euc_list *list;
	const struct qpp_location *at;
	struct qpp_str key;                      /* of the county */
	const char *rule;
	struct qpp_euc *out;
};

const char *qpp_euc_answer_name(enum qpp_euc_answer a)
{
	static const char *const names[] = { "unknown", "no", "possible", "yes" };
	return a < QPP_EUC_ANSWERS ? names[a] : NULL;
}

static void say(struct asking *q, enum qpp_euc_answer answer, const char *first, const char *what, const char *rest)
{
	q->out->answer = answer;
	qpp_reason_add(q->a, &q->out->why, q->rule, first, what, rest, (char *)NULL);
}

static void wants(struct asking *q, const char *fact)
{
	qpp_unknown_add(q->a, &q->out->why, fact,
	                "whether the automatic policy for extreme and uncontrollable circumstances applies");
}

/* A warning about the place; forgotten where nobody collects. */
static void doubt(struct asking *q, const char *code, const char *message, struct qpp_str value, struct qpp_str hint)
{
	if (!q->c->findings)
		return;
	struct qpp_finding *f = qpp_find(q->c->findings, QPP_WARNING, code, q->at->where, qpp_str_of(message));
	f->subject = QPP_LIT("location");
	f->value = value;
	f->hint = hint;
	f->cite = qpp_str_of(q->rule);
}

static const char *year(const struct asking *q)
{
	return qpp_i64_text(q->a, q->c->rules->py.v).p;
}

static const char *place(struct asking *q)
{
	return qpp_county_shown(q->a, q->at->state, q->key).p;
}

static const char *name_of(struct asking *q, const struct qpp_euc_county *c)
{
	return qpp_county_shown(q->a, c->state, c->name).p;
}

static bool of_state(const struct asking *q, const struct qpp_euc_county *c)
{
	return !q->at->state.n || qpp_str_eq(c->state, q->at->state);
}

/* Blanks aside: "De Soto" and "DeSoto" are one county. */
static bool same_name(struct qpp_str a, struct qpp_str b)
{
	size_t i = 0, j = 0;
	for (;;) {
		while (i < a.n && a.p[i] == ' ')
			i++;
		while (j < b.n && b.p[j] == ' ')
			j++;
		if (i == a.n || j == b.n)
			return i == a.n && j == b.n;
		if (a.p[i++] != b.p[j++])
			return false;
	}
}

/* By its name, or by the one that the list has by mistake (table county_listed_as). */
static bool is_named(const struct asking *q, const struct qpp_euc_county *c)
{
	if (same_name(c->name, q->key))
		return true;
	const struct qpp_table_row *row =
	    qpp_row(q->c, QPP_T_county_listed_as, QPP_KEYS({ QPP_C_county_listed_as_state, c->state },
	                                                   { QPP_C_county_listed_as_county, q->key }));
	return row && same_name(c->name, qpp_cell_word(row, QPP_C_county_listed_as_listed));
}

static bool has_zip(const struct asking *q, const struct qpp_euc_county *c)
{
	return qpp_strs_has(c->zips, q->at->zip);
}

static bool without_zip(const struct asking *q, const struct qpp_euc_county *c)
{
	(void)q;
	return !c->zips.n;
}

static bool any(const struct asking *q, const struct qpp_euc_county *c)
{
	(void)q;
	(void)c;
	return true;
}

typedef bool fits(const struct asking *q, const struct qpp_euc_county *c);

/* The counties that fit, by name, the first few; NULL when none does. `everywhere`: not only of the state that was told. */
static const char *counties(struct asking *q, fits *fit, bool everywhere)
{
	struct qpp_buf b;
	size_t n = 0;
	qpp_buf_init(&b, q->a, MOST_NAMES);
	for (size_t i = 0; i < q->list->n_counties; i++) {
		const struct qpp_euc_county *c = &q->list->counties[i];
		if (!fit(q, c) || !(everywhere || of_state(q, c)))
			continue;
		if (n < MOST_NAMED)
			qpp_buf_cat(&b, n ? "; " : "", name_of(q, c), (char *)NULL);
		n++;
	}
	if (n > MOST_NAMED)
		qpp_buf_cat(&b, " and ", qpp_i64_text(q->a, (int64_t)(n - MOST_NAMED)).p, " more", (char *)NULL);
	return n ? qpp_buf_done(&b).p : NULL;
}

static const struct qpp_euc_county *listed(const struct asking *q)
{
	for (size_t i = 0; i < q->list->n_counties; i++)
		if (qpp_str_eq(q->list->counties[i].state, q->at->state) && is_named(q, &q->list->counties[i]))
			return &q->list->counties[i];
	return NULL;
}

/* A listed county of the state whose name is nearly the one that was told. */
static void look_near(struct asking *q)
{
	struct qpp_str *names = QPP_NEW_ARRAY(q->a, q->list->n_counties + 1, struct qpp_str);
	size_t n = 0;
	for (size_t i = 0; i < q->list->n_counties; i++)
		if (of_state(q, &q->list->counties[i]))
			names[n++] = q->list->counties[i].name;
	int near = qpp_str_near(q->key, names, n);
	if (near >= 0)
		doubt(q, "countyNear", "the county is not listed, and one of nearly the same name is", qpp_shown(q->a, q->at->county),
		      qpp_str_cat(q->a, "did you mean ", qpp_county_shown(q->a, q->at->state, names[near]).p, "?", (char *)NULL));
}

/* R-414.1380(c)(2)(i)(A)(8): state and county decide; a ZIP code that does not go with them is told. */
static void by_county(struct asking *q)
{
	const struct qpp_euc_county *c = listed(q);
	const char *zip = qpp_str_dup(q->a, q->at->zip).p, *others;
	if (c) {
		say(q, QPP_EUC_YES, place(q), " is a county under the automatic policy in ", year(q));
		if (q->at->zip.n && c->zips.n && !has_zip(q, c))
			doubt(q, "locationContradiction", "the ZIP code is not among those of the county: the county decides", q->at->zip,
			      qpp_str_cat(q->a, "check whether the practice is in ", place(q), (char *)NULL));
		return;
	}
	say(q, QPP_EUC_NO, place(q), " is not among the counties under the automatic policy in ", year(q));
	look_near(q);
	others = q->at->zip.n ? counties(q, has_zip, true) : NULL;
	if (!others)
		return;
	qpp_reason_add(q->a, &q->out->why, q->rule, "ZIP code ", zip, " is listed for ", others,
	               ", though: the county decides, so check that it is the right one", (char *)NULL);
	doubt(q, "locationContradiction", "the county is not listed, and the ZIP code is one of a listed county", q->at->zip,
	      qpp_str_cat(q->a, "ZIP code ", zip, " is listed for ", others, (char *)NULL));
}

/* A county by name alone: there are counties of one name in many states. */
static void by_name(struct asking *q)
{
	const char *named = counties(q, is_named, true);
	if (!named) {
		say(q, QPP_EUC_NO, "no county of the name ", place(q), " is under the automatic policy, in whatever state");
		return;
	}
	say(q, QPP_EUC_POSSIBLE, "a county of that name is under the automatic policy (", named, "), and the state is not told");
	wants(q, "location.state");
}

/* A ZIP code alone: never yes. */
static void by_zip(struct asking *q)
{
	const char *zip = qpp_str_dup(q->a, q->at->zip).p;
	const char *hits = counties(q, has_zip, false), *elsewhere = hits ? NULL : counties(q, has_zip, true);
	const char *bare = counties(q, without_zip, false);
	if (hits) {
		qpp_reason_add(q->a, &q->out->why, q->rule, "ZIP code ", zip, " is listed for ", hits,
		               "; a ZIP code may belong to other counties too, so the county decides", (char *)NULL);
		q->out->answer = QPP_EUC_POSSIBLE;
		wants(q, "location.county");
		return;
	}
	if (elsewhere) {
		qpp_reason_add(q->a, &q->out->why, q->rule, "ZIP code ", zip, " is listed for ", elsewhere,
		               ", which is not in the state that is told", (char *)NULL);
		doubt(q, "locationContradiction", "the ZIP code is of another state", q->at->zip,
		      qpp_str_cat(q->a, "ZIP code ", zip, " is listed for ", elsewhere, (char *)NULL));
		wants(q, "location.county");
		return;
	}
	say(q, QPP_EUC_NO, "ZIP code ", zip, " belongs to no county under the automatic policy");
	if (bare && q->at->state.n)
		qpp_reason_add(q->a, &q->out->why, q->rule, bare, " is listed without ZIP codes: give the county if the practice is there",
		               (char *)NULL);
}

static void by_state(struct asking *q)
{
	const char *state = qpp_str_dup(q->a, q->at->state).p;
	if (!counties(q, any, false)) {
		say(q, QPP_EUC_NO, "no county of ", state, " is under the automatic policy");
		return;
	}
	say(q, QPP_EUC_UNKNOWN, "some counties of ", state, " are under the automatic policy, and the county is not told");
	wants(q, "location.county");
}

static void by_list(struct asking *q)
{
	if (!q->list)
		say(q, QPP_EUC_UNKNOWN, "there is no list of counties for ", year(q), " here, so whether the policy applies is not known");
	else if (q->key.n && q->at->state.n)
		by_county(q);
	else if (q->key.n)
		by_name(q);
	else if (q->at->zip.n)
		by_zip(q);
	else if (q->at->state.n)
		by_state(q);
	else {
		say(q, QPP_EUC_UNKNOWN, "it is not told where the practice is", "", "");
		wants(q, "location.county");
	}
}

enum qpp_code qpp_euc_at(const struct qpp_request *request, const struct qpp_location *at, enum qpp_entity level,
                         struct qpp_euc *out, struct qpp_err *err)
{
	struct qpp_calc c = { .rules = request->rules, .arena = request->arena, .findings = request->findings };
	const struct qpp_catalog *catalog = request->catalog;
	struct asking q = { &c, request->arena, NULL, at, qpp_county_key(request->arena, at->county), NULL, out };
	*out = (struct qpp_euc){ .answer = QPP_EUC_UNKNOWN };
	if (catalog && catalog->euc.source.n)
		q.list = &catalog->euc;
	const struct qpp_table_row *row =
	    qpp_row_needed(&c, QPP_T_automatic_euc, QPP_KEYS({ QPP_C_automatic_euc_level, qpp_str_of(qpp_entity_name(level)) }));
	struct qpp_str where = qpp_cell_word(row, QPP_C_automatic_euc_where);
	if (!row)
		return qpp_calc_code(&c, err);
	q.rule = qpp_cell_word(row, QPP_C_automatic_euc_cite).p;
	if (qpp_str_is(where, "nowhere"))
		say(&q, QPP_EUC_NO, "the automatic policy is for individuals: groups, virtual groups and APM entities apply for the "
		    "exception instead, and a subgroup has what its group has", "", "");
	else if (qpp_str_is(where, "everywhere"))
		say(&q, QPP_EUC_YES, "the automatic policy held everywhere in ", year(&q), ", because of the COVID-19 emergency");
	else
		by_list(&q);
	return qpp_calc_code(&c, err);
}
