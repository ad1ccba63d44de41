/*
 * What the store knows of a practice that an election by mail names takes the
 * place of what the message says, which counts only where the store knows
 * nothing: the same look that the election room takes at a member.
 */
#include "app/vgroup_int.h"
#include "app/vgroup_take.h"

static void overrule(const struct qpp_vgroup_member *m, struct qpp_election_practice *p, struct qpp_election_clinician *v)
{
	if (m->in_store)
		p->billing_npis = (struct qpp_count){ .given = true, .v = m->in_store };
	if (m->exceeds_known)
		p->low_volume_criteria_exceeded = (struct qpp_count){ .given = true, .v = m->exceeds };
	if (m->holder.n || p->in_other_virtual_group == QPP_UNKNOWN)
		p->in_other_virtual_group = m->holder.n ? QPP_YES : QPP_NO;
	for (size_t i = 0; i < p->n_clinicians && i < m->n_people; i++) {
		if (m->people[i].eligible != QPP_UNKNOWN)
			v[i].mips_eligible = m->people[i].eligible;
		if (m->people[i].newly_enrolled != QPP_UNKNOWN)
			v[i].newly_enrolled = m->people[i].newly_enrolled;
		if (m->people[i].qp != QPP_ELECTION_QP_UNKNOWN)
			v[i].qp = m->people[i].qp;
	}
}

enum qpp_code qpp_vgroup_know(const struct qpp_service *service, struct qpp_tx *tx, const struct qpp_vgroup_row *own, struct qpp_str org_id,
                              struct qpp_election_practice *p, struct qpp_err *err)
{
	static const struct qpp_actor nobody;
	struct qpp_arena *a = qpp_tx_arena(tx);
	const struct qpp_call call = { .service = service, .arena = a, .actor = &nobody };
	struct vgroup_work w = { .tx = tx, .call = &call, .arena = a };
	const struct qpp_vgroup g = { .row = *own };
	struct qpp_vgroup_member m = { .row.org_id = org_id, .state = QPP_PARTY_NAMED };
	struct qpp_vgroup_npi_rows list = { 0 };
	struct qpp_vgroup_npi *v = QPP_NEW_ARRAY(a, p->n_clinicians + 1, struct qpp_vgroup_npi);
	struct qpp_election_clinician *clinicians = QPP_NEW_ARRAY(a, p->n_clinicians + 1, struct qpp_election_clinician);
	for (size_t i = 0; i < p->n_clinicians; i++) {
		v[list.n++] = (struct qpp_vgroup_npi){ .org_id = org_id, .npi = p->clinicians[i].npi };
		clinicians[i] = p->clinicians[i];
	}
	list.v = v;
	enum qpp_code code = vgroup_people(&w, &g, &list, &m, err);
	if (code == QPP_OK) {
		overrule(&m, p, clinicians);
		p->clinicians = clinicians;
	}
	return code;
}
