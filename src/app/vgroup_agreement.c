/*
 * The agreement of the parties (42 CFR 414.1315(c)(3)): our template clause by
 * clause, as the parties changed it, with parties and NPIs in front. Its hash is
 * what is signed: who signed another text has not signed this one.
 *
 * TINs stand in it by their last four digits: the text is kept as it was signed,
 * and no TIN is kept in the clear. The printed page adds them in full.
 */
#include "app/vgroup_int.h"

#include <sodium.h>
#include <string.h>

#include "qpp/buf.h"

static const struct {
	const char *provision, *title, *text;
} templates[] = {
#define CLAUSE(provision, title, text) { provision, title, text },
#include "app/vgroup_template.def"
};

enum { TEMPLATES = sizeof templates / sizeof *templates };

static int template_of(struct qpp_str provision)
{
	for (int i = 0; i < TEMPLATES; i++)
		if (qpp_str_is(provision, templates[i].provision))
			return i;
	return -1;
}

/* {group} and {year} put in. */
static struct qpp_str filled(struct vgroup_work *w, const struct qpp_vgroup *g, const char *text)
{
	struct qpp_buf b;
	qpp_buf_init(&b, w->arena, VGROUP_TEXT_MOST * 2);
	for (const char *p = text; *p; p++) {
		if (strncmp(p, "{group}", 7) == 0) {
			qpp_buf_str(&b, g->row.name);
			p += 6;
		} else if (strncmp(p, "{year}", 6) == 0) {
			qpp_buf_i64(&b, g->row.py.v);
			p += 5;
		} else {
			qpp_buf_char(&b, *p);
		}
	}
	return qpp_buf_done(&b);
}

static enum qpp_code read_clauses(struct vgroup_work *w, struct qpp_vgroup *g, struct qpp_err *err)
{
	struct qpp_request q = { .arena = w->arena };
	struct qpp_vgroup_clause_rows rows = { 0 };
	const struct qpp_provision *v = NULL;
	size_t n = 0;
	enum qpp_code code = vgroup_rules(w->arena, w->call->service, g->row.py, &q.rules, err);
	if (code == QPP_OK)
		code = qpp_election_provisions(&q, &v, &n, err);
	if (code == QPP_OK)
		code = qpp_store_vgroup_clauses(w->tx, g->row.id, &rows, err);
	if (code != QPP_OK)
		return code;
	g->clauses = QPP_NEW_ARRAY(w->arena, n + 1, struct qpp_vgroup_text);
	for (size_t i = 0; i < n; i++) {
		struct qpp_vgroup_text *t = &g->clauses[g->n_clauses++];
		int from = template_of(v[i].name);
		t->provision = v[i];
		t->title = from >= 0 ? qpp_str_of(templates[from].title) : v[i].name;
		t->standard = from >= 0 ? filled(w, g, templates[from].text) : v[i].says;
		t->body = t->standard;
		for (size_t k = 0; k < rows.n; k++)
			if (qpp_str_eq(rows.v[k].provision, v[i].name) && rows.v[k].body.n)
				t->body = rows.v[k].body;
		t->changed = !qpp_str_eq(t->body, t->standard);
	}
	return QPP_OK;
}

static void write_party(struct vgroup_work *w, struct qpp_buf *b, const struct qpp_vgroup_member *m, int64_t number)
{
	qpp_buf_i64(b, number);
	qpp_buf_cat(b, ". ", vgroup_c(w->arena, m->org.name), ", TIN ", vgroup_masked(w->arena, m->tin).p, "\n", (char *)NULL);
	for (size_t i = 0; i < m->n_people; i++)
		qpp_buf_cat(b, "   NPI ", vgroup_c(w->arena, m->people[i].npi), m->people[i].name.n ? ", " : "",
		            vgroup_c(w->arena, m->people[i].name), "\n", (char *)NULL);
}

static void write_text(struct vgroup_work *w, struct qpp_vgroup *g)
{
	struct qpp_buf b;
	int64_t number = 0;
	qpp_buf_init(&b, w->arena, VGROUP_DOC_MOST);
	qpp_buf_cat(&b, "Virtual group agreement\n", vgroup_c(w->arena, g->row.name), ", performance year ",
	            qpp_i64_text(w->arena, g->row.py.v).p, "\n\nParties\n", (char *)NULL);
	for (size_t i = 0; i < g->n_members; i++)
		if (vgroup_is_in(&g->members[i]))
			write_party(w, &b, &g->members[i], ++number);
	for (size_t i = 0; i < g->n_clauses; i++) {
		const struct qpp_vgroup_text *t = &g->clauses[i];
		qpp_buf_cat(&b, "\n(", vgroup_c(w->arena, t->provision.letter), ") ", vgroup_c(w->arena, t->title), "\n",
		            vgroup_c(w->arena, t->body), "\n", (char *)NULL);
	}
	g->agreement = qpp_buf_done(&b);
}

static struct qpp_str sha256(struct qpp_arena *a, struct qpp_str text)
{
	static const char digits[] = "0123456789abcdef";
	unsigned char h[crypto_hash_sha256_BYTES];
	char *out = qpp_arena_alloc(a, QPP_HASH_HEX + 1);
	(void)crypto_hash_sha256(h, (const unsigned char *)text.p, text.n);
	for (size_t i = 0; i < sizeof h; i++) {
		out[2 * i] = digits[h[i] >> 4];
		out[2 * i + 1] = digits[h[i] & 15];
	}
	return (struct qpp_str){ out, QPP_HASH_HEX };
}

static enum qpp_code read_signatures(struct vgroup_work *w, struct qpp_vgroup *g, struct qpp_err *err)
{
	struct qpp_vgroup_signature_rows rows = { 0 };
	enum qpp_code code = qpp_store_vgroup_signatures(w->tx, g->row.id, &rows, err);
	for (size_t i = 0; code == QPP_OK && i < rows.n; i++) {
		struct qpp_vgroup_member *m = vgroup_member(g, rows.v[i].org_id);
		if (m && qpp_str_eq(rows.v[i].hash, g->hash))
			m->signature = &rows.v[i];
		else if (m)
			m->earlier = &rows.v[i];
	}
	return code;
}

enum qpp_code vgroup_agreement(struct vgroup_work *w, struct qpp_vgroup *g, struct qpp_err *err)
{
	enum qpp_code code = read_clauses(w, g, err);
	if (code != QPP_OK)
		return code;
	write_text(w, g);
	g->hash = sha256(w->arena, g->agreement);
	return read_signatures(w, g, err);
}
