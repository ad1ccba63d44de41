/* The text and the roster of an e-mailed election; election_mail.h is the manual. */
#include "app/election_mail.h"

#include <string.h>

enum { TEXT_MOST = 4 << 20, WIDTH = 72, NPI_WIDTH = 12 };

struct qpp_str qpp_election_mail_subject(struct qpp_arena *a, const struct qpp_election *e)
{
	return qpp_str_cat(a, "MIPS virtual group election, performance year ", qpp_i64_text(a, e->py.v).p, (char *)NULL);
}

/* One line: what is typed into a field may have line ends in it. */
static void put(struct qpp_buf *b, const char *label, struct qpp_str value)
{
	if (!value.n)
		return;
	qpp_buf_cat(b, label, ": ", (char *)NULL);
	for (size_t i = 0; i < value.n; i++)
		if (value.p[i] == '\n')
			qpp_buf_cat(b, ", ", (char *)NULL);
		else
			qpp_buf_char(b, (unsigned char)value.p[i] < ' ' ? ' ' : value.p[i]);
	qpp_buf_char(b, '\n');
}

static void put_wrapped(struct qpp_buf *b, struct qpp_str text, const char *in)
{
	struct qpp_str word;
	size_t column = 0;
	while (qpp_str_word(&text, &word)) {
		if (column && column + 1 + word.n > WIDTH) {
			qpp_buf_cat(b, "\n", in, (char *)NULL);
			column = strlen(in);
		} else if (column) {
			qpp_buf_char(b, ' ');
			column++;
		}
		qpp_buf_str(b, word);
		column += word.n;
	}
	qpp_buf_char(b, '\n');
}

static void put_agreement(struct qpp_arena *a, struct qpp_buf *b, const struct qpp_election *e, const struct qpp_provision *v, size_t n)
{
	qpp_buf_char(b, '\n');
	if (e->acknowledged == QPP_YES)
		qpp_buf_cat(b, "Agreement: yes\n", (char *)NULL);
	else
		qpp_buf_cat(b, "Agreement: no\n", (char *)NULL);
	if (e->has_executed_on) {
		qpp_buf_cat(b, "Agreement executed on: ", (char *)NULL);
		qpp_buf_day(b, e->executed_on);
		qpp_buf_char(b, '\n');
	}
	if (e->acknowledged != QPP_YES)
		return;
	qpp_buf_char(b, '\n');
	put_wrapped(b, QPP_LIT("As the official representative I acknowledge that a formal written agreement exists among all solo practitioners "
	                       "and groups of this virtual group, made before this election, which holds (42 CFR 414.1315(c)(3)):"), "");
	for (size_t i = 0; i < n; i++)
		put_wrapped(b, qpp_str_cat(a, "(", qpp_str_dup(a, v[i].letter).p, ") ", qpp_str_dup(a, v[i].says).p, (char *)NULL), "    ");
}

static void put_practice(struct qpp_buf *b, const struct qpp_election_practice *p)
{
	size_t column = 0;
	qpp_buf_char(b, '\n');
	put(b, "Practice", p->name);
	put(b, "TIN", p->tin);
	for (size_t i = 0; i < p->n_clinicians; i++) {
		if (!p->clinicians[i].npi.n)
			continue;
		qpp_buf_cat(b, column == 0 ? "NPIs: " : column > WIDTH - NPI_WIDTH ? ",\n  " : ", ", (char *)NULL);
		column = column > WIDTH - NPI_WIDTH ? NPI_WIDTH : column + NPI_WIDTH;
		qpp_buf_str(b, p->clinicians[i].npi);
	}
	if (column)
		qpp_buf_char(b, '\n');
}

struct qpp_str qpp_election_mail_text(struct qpp_arena *a, const struct qpp_election *e, const struct qpp_provision *v, size_t n)
{
	struct qpp_buf b;
	size_t clinicians = 0;
	for (size_t i = 0; i < e->n_practices; i++)
		clinicians += e->practices[i].n_clinicians;
	qpp_buf_init(&b, a, TEXT_MOST);
	put_wrapped(&b, QPP_LIT("This is the election of a virtual group under 42 CFR 414.1315."), "");
	qpp_buf_char(&b, '\n');
	put(&b, "Performance year", qpp_i64_text(a, e->py.v));
	put(&b, "Number of practices", qpp_i64_text(a, (int64_t)e->n_practices));
	put(&b, "Number of clinicians", qpp_i64_text(a, (int64_t)clinicians));
	put(&b, "Replaces", e->changes);
	qpp_buf_char(&b, '\n');
	put(&b, "Representative name", e->representative.name);
	put(&b, "Email", e->representative.email);
	put(&b, "Phone", e->representative.phone);
	put(&b, "Address", e->representative.address);
	put_agreement(a, &b, e, v, n);
	qpp_buf_cat(&b, "\nThe practices follow; roster.csv has the same as a table.\n", (char *)NULL);
	for (size_t i = 0; i < e->n_practices; i++)
		put_practice(&b, &e->practices[i]);
	return qpp_buf_done(&b);
}

/* --- the roster --- */

static void cell(struct qpp_buf *b, struct qpp_str s, bool last)
{
	qpp_buf_char(b, '"');
	/* What begins so is a formula to a spreadsheet. */
	if (s.n && strchr("=+-@\t", s.p[0]))
		qpp_buf_char(b, '\'');
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"')
			qpp_buf_char(b, '"');
		qpp_buf_char(b, (unsigned char)s.p[i] < ' ' ? ' ' : s.p[i]);
	}
	qpp_buf_cat(b, last ? "\"\r\n" : "\",", (char *)NULL);
}

static struct qpp_str tri(enum qpp_tri t)
{
	return t == QPP_YES ? QPP_LIT("yes") : t == QPP_NO ? QPP_LIT("no") : QPP_LIT("");
}

static struct qpp_str count(struct qpp_arena *a, struct qpp_count c)
{
	return c.given ? qpp_i64_text(a, c.v) : QPP_LIT("");
}

static void record(struct qpp_arena *a, struct qpp_buf *b, const struct qpp_election_practice *p, const struct qpp_election_clinician *c)
{
	static const struct qpp_election_clinician nobody;
	const struct qpp_election_clinician *x = c ? c : &nobody;
	cell(b, p->name, false);
	cell(b, p->tin, false);
	cell(b, x->npi, false);
	cell(b, x->has_type ? qpp_str_of(qpp_clinician_type_name(x->type)) : QPP_LIT(""), false);
	cell(b, tri(x->mips_eligible), false);
	cell(b, qpp_str_of(qpp_election_qp_name(x->qp)), false);
	cell(b, tri(x->newly_enrolled), false);
	cell(b, count(a, p->low_volume_criteria_exceeded), false);
	cell(b, count(a, p->billing_npis), false);
	cell(b, tri(p->in_other_virtual_group), true);
}

struct qpp_str qpp_election_mail_roster(struct qpp_arena *a, const struct qpp_election *e)
{
	struct qpp_buf b;
	qpp_buf_init(&b, a, TEXT_MOST);
	qpp_buf_cat(&b, "practice_name,tin,npi,clinician_type,mips_eligible,qp_status,newly_enrolled,low_volume_criteria_exceeded,"
	                "billing_npis,in_other_virtual_group\r\n", (char *)NULL);
	for (size_t i = 0; i < e->n_practices; i++) {
		const struct qpp_election_practice *p = &e->practices[i];
		for (size_t k = 0; k < p->n_clinicians; k++)
			record(a, &b, p, &p->clinicians[k]);
		if (!p->n_clinicians)
			record(a, &b, p, NULL);
	}
	return qpp_buf_done(&b);
}
