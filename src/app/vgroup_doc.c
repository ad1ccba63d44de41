/* The election as its file (docs/cli.md, "The election file"): what is filed, and what `qpp election check` reads. */
#include "app/vgroup_int.h"

#include "qpp/buf.h"

static void text(struct qpp_buf *b, struct qpp_str s)
{
	static const char digits[] = "0123456789abcdef";
	qpp_buf_char(b, '"');
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c == '"' || c == '\\') {
			qpp_buf_char(b, '\\');
			qpp_buf_char(b, (char)c);
		} else if (c < ' ') {
			qpp_buf_cat(b, "\\u00", (char *)NULL);
			qpp_buf_char(b, digits[c >> 4]);
			qpp_buf_char(b, digits[c & 15]);
		} else {
			qpp_buf_char(b, (char)c);
		}
	}
	qpp_buf_char(b, '"');
}

static void member(struct qpp_buf *b, const char *name, struct qpp_str value, bool *any)
{
	if (!value.n)
		return;
	qpp_buf_cat(b, *any ? ", " : "", "\"", name, "\": ", (char *)NULL);
	text(b, value);
	*any = true;
}

static void tri(struct qpp_buf *b, const char *name, enum qpp_tri v)
{
	if (v != QPP_UNKNOWN)
		qpp_buf_cat(b, ", \"", name, "\": ", v == QPP_YES ? "true" : "false", (char *)NULL);
}

static void clinician(struct qpp_buf *b, const struct qpp_election_clinician *c)
{
	qpp_buf_cat(b, "\t\t\t{ \"npi\": ", (char *)NULL);
	text(b, c->npi);
	tri(b, "mipsEligible", c->mips_eligible);
	tri(b, "newlyEnrolled", c->newly_enrolled);
	if (qpp_election_qp_name(c->qp))
		qpp_buf_cat(b, ", \"qpStatus\": \"", qpp_election_qp_name(c->qp), "\"", (char *)NULL);
	qpp_buf_cat(b, " }", (char *)NULL);
}

static void practice(struct qpp_buf *b, const struct qpp_election_practice *p)
{
	qpp_buf_cat(b, "\t\t{ \"name\": ", (char *)NULL);
	text(b, p->name);
	qpp_buf_cat(b, ", \"tin\": ", (char *)NULL);
	text(b, p->tin);
	tri(b, "inOtherVirtualGroup", p->in_other_virtual_group);
	if (p->billing_npis.given) {
		qpp_buf_cat(b, ", \"billingNpis\": ", (char *)NULL);
		qpp_buf_i64(b, p->billing_npis.v);
	}
	if (p->low_volume_criteria_exceeded.given) {
		qpp_buf_cat(b, ", \"lowVolumeCriteriaExceeded\": ", (char *)NULL);
		qpp_buf_i64(b, p->low_volume_criteria_exceeded.v);
	}
	qpp_buf_cat(b, ", \"npis\": [\n", (char *)NULL);
	for (size_t i = 0; i < p->n_clinicians; i++) {
		clinician(b, &p->clinicians[i]);
		qpp_buf_cat(b, i + 1 < p->n_clinicians ? ",\n" : "\n", (char *)NULL);
	}
	qpp_buf_cat(b, "\t\t] }", (char *)NULL);
}

static void agreement(struct qpp_buf *b, const struct qpp_election *e)
{
	qpp_buf_cat(b, "\t\"agreement\": { \"acknowledged\": ", e->acknowledged == QPP_YES ? "true" : "false", (char *)NULL);
	if (e->has_executed_on) {
		qpp_buf_cat(b, ", \"executedOn\": \"", (char *)NULL);
		qpp_buf_day(b, e->executed_on);
		qpp_buf_char(b, '"');
	}
	qpp_buf_cat(b, " },\n", (char *)NULL);
}

static void representative(struct qpp_buf *b, const struct qpp_election *e)
{
	bool any = false;
	qpp_buf_cat(b, "\t\"representative\": { ", (char *)NULL);
	member(b, "name", e->representative.name, &any);
	member(b, "email", e->representative.email, &any);
	member(b, "phone", e->representative.phone, &any);
	member(b, "address", e->representative.address, &any);
	qpp_buf_cat(b, " },\n", (char *)NULL);
}

struct qpp_str vgroup_doc(struct qpp_arena *a, const struct qpp_election *e)
{
	struct qpp_buf b;
	qpp_buf_init(&b, a, VGROUP_DOC_MOST);
	qpp_buf_cat(&b, "{\n\t\"performanceYear\": ", (char *)NULL);
	qpp_buf_i64(&b, e->py.v);
	qpp_buf_cat(&b, ",\n\t\"submittedAt\": \"", (char *)NULL);
	qpp_buf_instant(&b, e->submitted_at, e->submitted_offset);
	qpp_buf_cat(&b, "\",\n", (char *)NULL);
	if (e->changes.n) {
		qpp_buf_cat(&b, "\t\"changes\": ", (char *)NULL);
		text(&b, e->changes);
		qpp_buf_cat(&b, ",\n", (char *)NULL);
	}
	agreement(&b, e);
	representative(&b, e);
	qpp_buf_cat(&b, "\t\"practices\": [\n", (char *)NULL);
	for (size_t i = 0; i < e->n_practices; i++) {
		practice(&b, &e->practices[i]);
		qpp_buf_cat(&b, i + 1 < e->n_practices ? ",\n" : "\n", (char *)NULL);
	}
	qpp_buf_cat(&b, "\t]\n}\n", (char *)NULL);
	return qpp_buf_done(&b);
}
