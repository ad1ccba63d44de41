/* The agreement of a virtual group as a document to be kept: parties, clauses, signatures, as on the page to print. */
#include "adapt/portal/making_vgroup_int.h"

#include "app/document.h"

static void write_parties(struct qpp_arena *a, struct qpp_document *d, const struct qpp_vgroup_agreement_view *m)
{
	static const struct qpp_document_column columns[] = { { QPP_LIT_INIT("NPI"), 1, false }, { QPP_LIT_INIT("Clinician"), 3, false } };
	qpp_document_heading(d, 2, QPP_LIT("Parties"));
	for (size_t i = 0; i < m->parties.n; i++) {
		const struct qpp_vgroup_member_line *p = &m->parties.v[i];
		bool any = false;
		qpp_document_heading(d, 3, CAT(a, C(a, p->name), p->number.n ? ", " : "", C(a, p->number)));
		for (size_t k = 0; k < m->people.n; k++) {
			const struct qpp_vgroup_person_line *x = &m->people.v[k];
			if (!qpp_str_eq(x->type, p->org_id))
				continue;
			if (!any)
				qpp_document_table(d, columns, 2);
			any = true;
			struct qpp_str *cells = QPP_NEW_ARRAY(a, 2, struct qpp_str);
			cells[0] = x->npi;
			cells[1] = x->name;
			qpp_document_row(d, cells);
		}
	}
}

static void write_signatures(struct qpp_arena *a, struct qpp_document *d, const struct qpp_vgroup_agreement_view *m)
{
	static const struct qpp_document_column columns[] = { { QPP_LIT_INIT("Practice"), 2, false }, { QPP_LIT_INIT("Signed by"), 2, false },
		                                                  { QPP_LIT_INIT("When"), 2, false } };
	qpp_document_heading(d, 2, QPP_LIT("Signatures"));
	qpp_document_table(d, columns, 3);
	for (size_t i = 0; i < m->signatures.n; i++) {
		const struct qpp_vgroup_signature_line *x = &m->signatures.v[i];
		bool has = x->name.n && !x->earlier;
		struct qpp_str *cells = QPP_NEW_ARRAY(a, 3, struct qpp_str);
		cells[0] = x->practice;
		cells[1] = has ? x->name : QPP_LIT("Not signed yet");
		cells[2] = has ? x->at : QPP_LIT("");
		qpp_document_row(d, cells);
	}
	qpp_document_paragraph(d, CAT(a, "SHA-256 of the text that was signed: ", C(a, m->hash)));
}

enum qpp_code making_vgroup_pdf(struct qpp_portal *p, const struct qpp_call *call, struct qpp_str id, struct qpp_str *pdf, struct qpp_err *err)
{
	struct qpp_document d;
	struct qpp_vgroup_agreement_view m = { 0 };
	struct qpp_arena *a = call->arena;
	enum qpp_code code = making_vgroup_agreement(p, call, id, true, &m, err);
	if (code != QPP_OK)
		return code;
	qpp_document_begin(&d, a, CAT(a, "Virtual group agreement: ", C(a, m.head.name)), QPP_LIT("The parties of the virtual group"), qpp_now(p->service->clock));
	qpp_document_paragraph(&d, CAT(a, "Performance year ", C(a, qpp_i64_text(a, m.head.year)), ". 42 CFR 414.1315(c)(3)."));
	write_parties(a, &d, &m);
	qpp_document_heading(&d, 2, QPP_LIT("Clauses"));
	for (size_t i = 0; i < m.clauses.n; i++) {
		const struct qpp_vgroup_clause_line *c = &m.clauses.v[i];
		qpp_document_heading(&d, 3, CAT(a, "(", C(a, c->letter), ") ", C(a, c->title)));
		qpp_document_paragraph(&d, c->body);
	}
	write_signatures(a, &d, &m);
	return qpp_document_pdf(&d, a, pdf, err);
}
