/* The synthetic state as JSON Lines: one object a line, of the kind that its file holds. */
#include "adapt/json/write_synth.h"

#include "adapt/json/member.h"
#include "adapt/json/write_facts.h"
#include "adapt/json/write_submission.h"

static void put_specials(struct qpp_json_object *o, uint32_t specials)
{
	struct qpp_str names[QPP_SPECIALS];
	size_t n = 0;
	for (int i = 0; i < QPP_SPECIALS; i++)
		if (specials >> i & 1)
			names[n++] = qpp_str_of(qpp_special_name((enum qpp_special)i));
	qpp_json_put_strs(o, "specialStatuses", names, n);
}

static void put_status(struct qpp_json_object *o, const char *member, const struct qpp_eligibility *x)
{
	if (x)
		qpp_json_put_str(o, member, qpp_str_of(qpp_eligibility_status_name(x->status)));
}

static void put_facts(struct qpp_json_object *o, const struct qpp_eligibility_facts *f)
{
	if (!f)
		return;
	qpp_json_name(o, "facts");
	qpp_json_write_eligibility_facts(o->b, f);
}

static void put_place(struct qpp_json_object *o, const struct qpp_synth_place *p)
{
	struct qpp_json_object place = { o->b, false };
	if (!p->street.n)
		return;
	qpp_json_name(o, "address");
	qpp_buf_char(o->b, '{');
	qpp_json_put_str(&place, "street", p->street);
	qpp_json_put_str(&place, "city", p->city);
	qpp_json_put_str(&place, "state", p->state);
	qpp_json_put_str(&place, "county", p->county);
	qpp_json_put_str(&place, "zip", p->zip);
	qpp_buf_char(o->b, '}');
}

static void put_apm(struct qpp_json_object *o, struct qpp_str entity)
{
	if (entity.n)
		qpp_json_put_strs(o, "apmEntities", &entity, 1);
}

static void organization(struct qpp_json_object *o, const struct qpp_synth_organization *x)
{
	qpp_json_put_str(o, "id", x->id);
	qpp_json_put_str(o, "kind", qpp_str_of(qpp_synth_kind_name(x->kind)));
	qpp_json_put_str(o, "name", x->name);
	qpp_json_put_str(o, "tin", x->tin);
	qpp_json_put_str(o, "specialty", x->specialty);
	put_place(o, &x->place);
	if (x->eligibility) {
		put_status(o, "status", x->eligibility);
		put_specials(o, x->eligibility->specials);
	}
	put_facts(o, x->facts);
	qpp_json_put_str(o, "virtualGroup", x->virtual_group);
	put_apm(o, x->apm_entity);
	if (x->n_members)
		qpp_json_put_strs(o, "practices", x->members, x->n_members);
	if (x->kind == QPP_SYNTH_APM_ENTITY)
		qpp_json_put_bool(o, "advanced", x->advanced);
}

static void clinician(struct qpp_json_object *o, const struct qpp_synth_clinician *x)
{
	qpp_json_put_str(o, "npi", x->npi);
	qpp_json_put_str(o, "firstName", x->first);
	qpp_json_put_str(o, "lastName", x->last);
	qpp_json_put_str(o, "type", qpp_str_of(qpp_clinician_type_name(x->type)));
	qpp_json_put_day(o, "enrolled", true, x->enrolled);
}

static void put_cents(struct qpp_json_object *o, const char *member, qpp_cents v)
{
	qpp_json_name(o, member);
	qpp_buf_char(o->b, '"');
	qpp_buf_cents(o->b, v);
	qpp_buf_char(o->b, '"');
}

static void relation(struct qpp_json_object *o, const struct qpp_synth_relation *x)
{
	struct qpp_json_object status = { o->b, false }, claims = { o->b, false };
	qpp_json_put_str(o, "tin", x->tin);
	qpp_json_put_str(o, "npi", x->npi);
	qpp_json_put_i64(o, "year", x->py.v);
	if (x->individual) {
		qpp_json_name(o, "status");
		qpp_buf_char(o->b, '{');
		put_status(&status, "individual", x->individual);
		put_status(&status, "group", x->group);
		put_status(&status, "virtualGroup", x->virtual_group_status);
		qpp_buf_char(o->b, '}');
		put_specials(o, x->individual->specials);
	}
	put_facts(o, x->facts);
	qpp_json_put_str(o, "virtualGroup", x->virtual_group);
	put_apm(o, x->apm_entity);
	qpp_json_put_str(o, "subgroup", x->subgroup);
	qpp_json_name(o, "claims");
	qpp_buf_char(o->b, '{');
	put_cents(&claims, "allowed", x->allowed);
	put_cents(&claims, "paid", x->paid);
	qpp_buf_char(o->b, '}');
}

/* A document on one line: no text in it holds a line feed, so whatever follows one is indentation. */
static void put_folded(struct qpp_buf *b, struct qpp_str text)
{
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] != '\n') {
			qpp_buf_char(b, text.p[i]);
			continue;
		}
		bool word = i && text.p[i - 1] == ',';
		while (i + 1 < text.n && text.p[i + 1] == ' ')
			i++;
		if (word)
			qpp_buf_char(b, ' ');
	}
}

static void filing(struct qpp_json_object *o, struct qpp_arena *scratch, const struct qpp_synth_filing *x)
{
	const struct qpp_submission *s = x->submission;
	if (s->n_sets) {
		qpp_json_put_str(o, "submitter", x->submitter);
		qpp_json_name(o, "submission");
		put_folded(o->b, qpp_json_submission(scratch, s));
	} else {
		qpp_json_put_str(o, "entityType", qpp_str_of(qpp_entity_name(s->entity)));
		qpp_json_put_str(o, "entityId", s->entity_id);
		qpp_json_put_str(o, "tin", s->tin);
		qpp_json_put_str(o, "npi", s->npi);
	}
	qpp_json_name(o, "facts");
	qpp_json_write_facts(o->b, x->facts);
}

static const char *qp_name(enum qpp_election_qp qp)
{
	return qp == QPP_ELECTION_QP_UNKNOWN ? NULL : qpp_election_qp_name(qp);
}

static void election_clinician(struct qpp_buf *b, const struct qpp_election_clinician *x)
{
	struct qpp_json_object o = { b, false };
	qpp_buf_char(b, '{');
	qpp_json_put_str(&o, "npi", x->npi);
	if (x->has_type)
		qpp_json_put_str(&o, "type", qpp_str_of(qpp_clinician_type_name(x->type)));
	qpp_json_put_tri(&o, "mipsEligible", x->mips_eligible);
	qpp_json_put_str(&o, "qpStatus", qpp_str_of(qp_name(x->qp)));
	qpp_json_put_tri(&o, "newlyEnrolled", x->newly_enrolled);
	qpp_buf_char(b, '}');
}

static void election_practice(struct qpp_buf *b, const struct qpp_election_practice *x)
{
	struct qpp_json_object o = { b, false };
	qpp_buf_char(b, '{');
	qpp_json_put_str(&o, "name", x->name);
	qpp_json_put_str(&o, "tin", x->tin);
	qpp_json_put_tri(&o, "inOtherVirtualGroup", x->in_other_virtual_group);
	qpp_json_put_count(&o, "billingNpis", x->billing_npis);
	qpp_json_put_count(&o, "lowVolumeCriteriaExceeded", x->low_volume_criteria_exceeded);
	qpp_json_name(&o, "npis");
	qpp_buf_char(b, '[');
	for (size_t i = 0; i < x->n_clinicians; i++) {
		qpp_buf_cat(b, i ? ", " : "", (char *)NULL);
		election_clinician(b, &x->clinicians[i]);
	}
	qpp_buf_cat(b, "]}", (char *)NULL);
}

/* In the shape of docs/cli.md, "The election file". */
static void put_virtual_group(struct qpp_json_object *to, const struct qpp_election *e)
{
	struct qpp_json_object o = { to->b, false }, agreement = { to->b, false }, who = { to->b, false };
	qpp_json_name(to, "election");
	qpp_buf_char(to->b, '{');
	qpp_json_put_i64(&o, "performanceYear", e->py.v);
	qpp_json_name(&o, "submittedAt");
	qpp_buf_char(to->b, '"');
	qpp_buf_instant(to->b, e->submitted_at, e->submitted_offset);
	qpp_buf_char(to->b, '"');
	qpp_json_name(&o, "agreement");
	qpp_buf_char(to->b, '{');
	qpp_json_put_tri(&agreement, "acknowledged", e->acknowledged);
	qpp_json_put_day(&agreement, "executedOn", e->has_executed_on, e->executed_on);
	qpp_buf_char(to->b, '}');
	qpp_json_name(&o, "representative");
	qpp_buf_char(to->b, '{');
	qpp_json_put_str(&who, "name", e->representative.name);
	qpp_json_put_str(&who, "email", e->representative.email);
	qpp_json_put_str(&who, "phone", e->representative.phone);
	qpp_json_put_str(&who, "address", e->representative.address);
	qpp_buf_char(to->b, '}');
	qpp_json_name(&o, "practices");
	qpp_buf_char(to->b, '[');
	for (size_t i = 0; i < e->n_practices; i++) {
		qpp_buf_cat(to->b, i ? ", " : "", (char *)NULL);
		election_practice(to->b, &e->practices[i]);
	}
	qpp_buf_cat(to->b, "]}", (char *)NULL);
}

static void election(struct qpp_json_object *o, const struct qpp_synth_election *x)
{
	qpp_json_put_str(o, "kind", qpp_str_of(qpp_synth_choice_name(x->choice)));
	qpp_json_put_i64(o, "year", x->py.v);
	qpp_json_put_str(o, "organization", x->organization);
	qpp_json_put_str(o, "npi", x->npi);
	qpp_json_put_str(o, "subgroup", x->subgroup);
	qpp_json_put_str(o, "program", x->program);
	if (x->n_npis)
		qpp_json_put_strs(o, "npis", x->npis, x->n_npis);
	if (x->virtual_group)
		put_virtual_group(o, x->virtual_group);
}

static void account(struct qpp_json_object *o, const struct qpp_synth_account *x)
{
	qpp_json_put_str(o, "id", x->id);
	qpp_json_put_str(o, "name", x->name);
	qpp_json_put_str(o, "email", x->email);
	qpp_json_put_str(o, "role", qpp_str_of(qpp_synth_role_name(x->role)));
	qpp_json_put_str(o, "organization", x->organization);
	qpp_json_put_str(o, "npi", x->npi);
}

static void consent(struct qpp_json_object *o, const struct qpp_synth_consent *x)
{
	qpp_json_put_i64(o, "year", x->py.v);
	qpp_json_put_str(o, "practice", x->practice);
	qpp_json_put_str(o, "registry", x->registry);
}

static void story(struct qpp_json_object *o, const struct qpp_synth_story *x)
{
	qpp_json_put_str(o, "story", x->name);
	qpp_json_put_str(o, "says", x->says);
	qpp_json_put_str(o, "organization", x->organization);
	qpp_json_put_str(o, "npi", x->npi);
	qpp_json_put_str(o, "otherNpi", x->other);
}

void qpp_json_write_synth(struct qpp_buf *b, struct qpp_arena *scratch, const struct qpp_synth_item *item)
{
	struct qpp_json_object o = { b, false };
	qpp_buf_char(b, '{');
	switch (item->file) {
	case QPP_SYNTH_ORGANIZATIONS:
		organization(&o, item->organization);
		break;
	case QPP_SYNTH_CLINICIANS:
		clinician(&o, item->clinician);
		break;
	case QPP_SYNTH_RELATIONS:
		relation(&o, item->relation);
		break;
	case QPP_SYNTH_SUBMISSIONS:
	case QPP_SYNTH_SILENT:
		filing(&o, scratch, item->filing);
		break;
	case QPP_SYNTH_ELECTIONS:
		election(&o, item->election);
		break;
	case QPP_SYNTH_ACCOUNTS:
		account(&o, item->account);
		break;
	case QPP_SYNTH_CONSENTS:
		consent(&o, item->consent);
		break;
	default:
		story(&o, item->story);
	}
	qpp_buf_cat(b, "}\n", (char *)NULL);
}
