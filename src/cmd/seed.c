/* Items become rows, many to a commit. */
#include "cmd/seed.h"

#include <sodium.h>

#include "adapt/json/write_facts.h"
#include "adapt/json/write_submission.h"
#include "app/election_mail.h"
#include "app/receipt.h"
#include "app/set_doc.h"
#include "app/vgroup_take.h"
#include "qpp/buf.h"

enum { BATCH = 400, MOST_TEXT = 1 << 24, UUID_BYTES = 16, UUID_TEXT = 36 };

/* What is to be written, in order. */
enum kind { ORG, CLINICIAN, RELATION, MEMBERSHIP, FACT, SUBMISSION, CONSENT, ELECTION };

struct sets {
	struct qpp_set_row *v;
	size_t n;
};

struct op {
	enum kind kind;
	union {
		struct {
			struct qpp_org row;
			struct qpp_str tin;
		} org;
		struct qpp_clinician clinician;
		struct qpp_relation relation;
		struct qpp_membership membership;
		struct qpp_fact_row fact;
		struct {
			struct qpp_submission_row row;
			struct sets sets;
		} submission;
		struct qpp_consent consent;
		struct {
			struct qpp_election_row row;
			const struct qpp_election *virtual_group;        /* NULL: of another kind */
		} election;
	};
	struct qpp_str tin;              /* of a relation or filing: the practice is found by it */
};

struct seeding {
	const struct qpp_seed *s;
	struct qpp_arena arena;          /* of the batch */
	QPP_VEC(struct op) ops;
	struct qpp_str org_id;           /* by name, for what follows an organization */
};

/* ---- ids ---- */

struct qpp_str qpp_seed_org_id(struct qpp_arena *a, struct qpp_str synth_id)
{
	static const char digits[] = "0123456789abcdef";
	unsigned char h[UUID_BYTES];
	char *text = qpp_arena_alloc(a, UUID_TEXT + 1);
	size_t n = 0;
	(void)crypto_generichash(h, sizeof h, (const unsigned char *)synth_id.p, synth_id.n, NULL, 0);
	h[6] = (unsigned char)((h[6] & 0x0f) | 0x40);    /* version 4, the variant of RFC 4122 */
	h[8] = (unsigned char)((h[8] & 0x3f) | 0x80);
	for (size_t i = 0; i < UUID_BYTES; i++) {
		if (i == 4 || i == 6 || i == 8 || i == 10)
			text[n++] = '-';
		text[n++] = digits[h[i] >> 4];
		text[n++] = digits[h[i] & 15];
	}
	text[n] = 0;
	return (struct qpp_str){ text, n };
}

static struct qpp_str id_of(struct seeding *g, struct qpp_str synth_id)
{
	return synth_id.n ? qpp_seed_org_id(&g->arena, synth_id) : QPP_LIT("");
}

/* ---- writing ---- */

static enum qpp_code practice_id(struct qpp_tx *tx, struct qpp_str tin, struct qpp_str *id, struct qpp_err *err)
{
	struct qpp_org org;
	if (!tin.n)
		return QPP_OK;
	enum qpp_code code = qpp_store_org_by_tin(tx, tin, &org, err);
	if (code == QPP_OK)
		*id = org.id;
	return code;
}

static enum qpp_code write_submission(struct qpp_tx *tx, struct op *o, struct qpp_err *err)
{
	bool created;
	struct qpp_submission_row *row = &o->submission.row;
	enum qpp_code code = practice_id(tx, o->tin, &row->who.org_id, err);
	if (code == QPP_OK)
		code = qpp_store_submission_find_or_create(tx, row, &created, err);
	for (size_t i = 0; code == QPP_OK && i < o->submission.sets.n; i++) {
		o->submission.sets.v[i].submission_id = row->id;
		code = qpp_store_set_put(tx, &o->submission.sets.v[i], &created, err);
	}
	return code;
}

/* The election of a virtual group came by mail and was approved: the group that it made is there already. */
static enum qpp_code write_virtual_group(struct qpp_tx *tx, struct op *o, struct qpp_err *err)
{
	struct qpp_arena *a = qpp_tx_arena(tx);
	const struct qpp_election *e = o->election.virtual_group;
	struct qpp_vgroup_row group = { .filed = qpp_time_of_instant(e->submitted_at) };
	const struct qpp_ledger_new record = {
		.at = group.filed, .kind = QPP_LIT("election"), .body = qpp_election_mail_text(a, e, NULL, 0), .keep = true,
		.subject = qpp_str_cat(a, "election/", qpp_str_dup(a, o->election.row.id).p, (char *)NULL),
	};
	struct qpp_org org;
	struct qpp_receipt receipt;
	enum qpp_code code = qpp_store_org_get(tx, o->election.row.org_id, &org, err);
	if (code == QPP_OK)
		code = qpp_store_ledger_append(tx, &record, &receipt, err);
	if (code != QPP_OK)
		return code;
	group.name = org.name;
	group.sequence = receipt.sequence;
	code = qpp_vgroup_take(tx, &group, e, err);
	group.state = QPP_LIT("approved");
	group.identifier = org.number;
	group.group_org_id = org.id;
	return code == QPP_OK ? qpp_store_vgroup_put(tx, &group, err) : code;
}

static enum qpp_code write_op(struct qpp_tx *tx, struct op *o, struct qpp_err *err)
{
	enum qpp_code code = QPP_OK;
	switch (o->kind) {
	case ORG:
		return qpp_store_org_put(tx, &o->org.row, o->org.tin, err);
	case CLINICIAN:
		return qpp_store_clinician_put(tx, &o->clinician, err);
	case RELATION:
		code = practice_id(tx, o->tin, &o->relation.org_id, err);
		return code == QPP_OK ? qpp_store_relation_put(tx, &o->relation, err) : code;
	case MEMBERSHIP:
		code = practice_id(tx, o->tin, &o->membership.org_id, err);
		return code == QPP_OK ? qpp_store_membership_put(tx, &o->membership, err) : code;
	case FACT:
		code = practice_id(tx, o->tin, &o->fact.who.org_id, err);
		return code == QPP_OK ? qpp_store_fact_put(tx, &o->fact, err) : code;
	case SUBMISSION:
		return write_submission(tx, o, err);
	case CONSENT:
		return qpp_store_consent_put(tx, &o->consent, err);
	case ELECTION:
		code = qpp_store_election_put(tx, &o->election.row, err);
		return code == QPP_OK && o->election.virtual_group ? write_virtual_group(tx, o, err) : code;
	}
	return qpp_fail(err, QPP_BUG, "no such row", (char *)NULL);
}

static enum qpp_code write_batch(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct seeding *g = request;
	enum qpp_code code = QPP_OK;
	for (size_t i = 0; code == QPP_OK && i < g->ops.n; i++)
		code = write_op(tx, &g->ops.v[i], err);
	return code;
}

static enum qpp_code flush(struct seeding *g, struct qpp_err *err)
{
	struct qpp_arena scratch = QPP_ARENA_INIT;
	enum qpp_code code = g->ops.n ? qpp_store_write(g->s->store, &scratch, write_batch, g, err) : QPP_OK;
	qpp_arena_close(&scratch);
	qpp_arena_close(&g->arena);
	g->arena = (struct qpp_arena)QPP_ARENA_INIT;
	g->ops.v = NULL;
	g->ops.n = g->ops.cap = 0;
	return code;
}

static struct op *add(struct seeding *g, enum kind kind)
{
	struct op *o = QPP_PUSH(&g->arena, &g->ops);
	*o = (struct op){ .kind = kind };
	return o;
}

static struct qpp_str keep(struct seeding *g, struct qpp_str s)
{
	return s.n ? qpp_str_dup(&g->arena, s) : QPP_LIT("");
}

/* ---- items ---- */

static struct qpp_str eligibility_text(struct seeding *g, const struct qpp_eligibility_facts *f)
{
	struct qpp_buf b;
	if (!f)
		return QPP_LIT("");
	qpp_buf_init(&b, &g->arena, MOST_TEXT);
	qpp_json_write_eligibility_facts(&b, f);
	return qpp_buf_done(&b);
}

static struct qpp_str facts_text(struct seeding *g, const struct qpp_facts *f)
{
	struct qpp_buf b;
	qpp_buf_init(&b, &g->arena, MOST_TEXT);
	qpp_json_write_facts(&b, f);
	return qpp_buf_done(&b);
}

static void add_membership(struct seeding *g, struct qpp_str group, struct qpp_str practice, struct qpp_str tin, struct qpp_str npi)
{
	if (!group.n)
		return;
	struct op *o = add(g, MEMBERSHIP);
	o->tin = keep(g, tin);
	o->membership = (struct qpp_membership){ .py = g->s->py, .group_id = id_of(g, group), .org_id = id_of(g, practice),
		                                     .npi = keep(g, npi), .body = QPP_LIT("{}") };
}

/* National averages, invented like the rest; of the size of those that were published for 2018 to 2025. */
static void add_stats(struct seeding *g, struct qpp_str agency)
{
	static const struct {
		enum qpp_entity level;
		const char *text;
	} averages[] = {
		{ QPP_INDIVIDUAL, "{\"hccRiskScoreAverage\":1.57,\"dualEligibilityAverage\":0.261}" },
		{ QPP_GROUP, "{\"hccRiskScoreAverage\":1.32,\"dualEligibilityAverage\":0.206}" },
	};
	for (size_t i = 0; i < sizeof averages / sizeof *averages; i++) {
		struct op *o = add(g, FACT);
		o->fact = (struct qpp_fact_row){ .who = { g->s->py, averages[i].level, id_of(g, agency), QPP_LIT("") },
			                             .topic = QPP_LIT("stats"), .body = qpp_str_of(averages[i].text) };
	}
}

static void organization(struct seeding *g, const struct qpp_synth_organization *x)
{
	static const enum qpp_org_kind kinds[QPP_SYNTH_KINDS] = {
		[QPP_SYNTH_PRACTICE] = QPP_ORG_PRACTICE, [QPP_SYNTH_VIRTUAL_GROUP] = QPP_ORG_VIRTUAL_GROUP,
		[QPP_SYNTH_APM_ENTITY] = QPP_ORG_APM_ENTITY, [QPP_SYNTH_REGISTRY] = QPP_ORG_REGISTRY, [QPP_SYNTH_AGENCY] = QPP_ORG_AGENCY,
	};
	struct op *o = add(g, ORG);
	o->org.tin = keep(g, x->tin);
	o->org.row = (struct qpp_org){
		.id = id_of(g, x->id), .kind = kinds[x->kind], .number = x->kind == QPP_SYNTH_PRACTICE ? QPP_LIT("") : keep(g, x->id),
		.name = keep(g, x->name), .address1 = keep(g, x->place.street), .city = keep(g, x->place.city),
		.state = keep(g, x->place.state), .zip = keep(g, x->place.zip), .county = keep(g, x->place.county), .body = QPP_LIT("{}"),
	};
	if (x->facts) {
		o = add(g, FACT);
		o->fact = (struct qpp_fact_row){ .who = { g->s->py, x->level, id_of(g, x->id), QPP_LIT("") },
			                             .topic = QPP_LIT("eligibility"), .body = eligibility_text(g, x->facts) };
	}
	if (x->kind == QPP_SYNTH_AGENCY)
		add_stats(g, x->id);
	if (x->kind == QPP_SYNTH_PRACTICE)
		return;
	for (size_t i = 0; i < x->n_members; i++)
		add_membership(g, x->id, x->members[i], QPP_LIT(""), QPP_LIT(""));
}

static void clinician(struct seeding *g, const struct qpp_synth_clinician *x)
{
	enum { PERSON = 1 };
	struct qpp_buf day;
	qpp_buf_init(&day, &g->arena, 16);
	qpp_buf_day(&day, x->enrolled);
	add(g, CLINICIAN)->clinician = (struct qpp_clinician){
		.npi = keep(g, x->npi), .type = PERSON, .first = keep(g, x->first), .last = keep(g, x->last),
		.specialty = qpp_str_of(qpp_clinician_type_name(x->type)), .enrolled = qpp_buf_done(&day), .body = QPP_LIT("{}"),
	};
}

static struct qpp_str special_words(struct seeding *g, uint32_t specials)
{
	struct qpp_buf b;
	qpp_buf_init(&b, &g->arena, 200);
	for (int i = 0; i < QPP_SPECIALS; i++)
		if (specials >> i & 1)
			qpp_buf_cat(&b, b.n ? " " : "", qpp_special_name((enum qpp_special)i), (char *)NULL);
	return qpp_buf_done(&b);
}

static void relation(struct seeding *g, const struct qpp_synth_relation *x)
{
	struct op *o = add(g, RELATION);
	o->tin = keep(g, x->tin);
	o->relation = (struct qpp_relation){ .py = x->py, .npi = keep(g, x->npi), .facts = eligibility_text(g, x->facts),
		                                 .statuses = special_words(g, x->individual ? x->individual->specials : 0),
		                                 .body = QPP_LIT("{}") };
}

/* Whose it is: a practice is found by its TIN, anything else by its number. */
static struct qpp_who whose(struct seeding *g, struct op *o, const struct qpp_submission *s)
{
	bool practice = s->entity == QPP_INDIVIDUAL || s->entity == QPP_GROUP;
	o->tin = practice ? keep(g, s->tin) : QPP_LIT("");
	return (struct qpp_who){ s->py, s->entity, practice ? QPP_LIT("") : id_of(g, s->entity_id),
		                     s->entity == QPP_INDIVIDUAL ? keep(g, s->npi) : QPP_LIT("") };
}

static void set_row(struct seeding *g, const struct qpp_synth_filing *x, const struct qpp_measurement_set *set, struct qpp_set_row *out)
{
	*out = (struct qpp_set_row){
		.submitter_id = id_of(g, x->submitter), .category = qpp_str_of(qpp_category_name(set->category)),
		.method = set->method == QPP_METHOD_NONE ? QPP_LIT("") : qpp_str_of(qpp_method_name(set->method)),
		.program = set->program.n ? keep(g, set->program) : QPP_LIT("mips"),
		.body = qpp_set_doc_text(&g->arena, set, QPP_LIT("")),
	};
}

/* A subgroup has no page of its own in the synthetic state: it is made where it files. */
static void add_subgroup(struct seeding *g, const struct qpp_submission *s)
{
	struct op *o = add(g, ORG);
	o->org.row = (struct qpp_org){ .id = id_of(g, s->entity_id), .kind = QPP_ORG_SUBGROUP, .number = keep(g, s->entity_id),
		                           .name = keep(g, s->entity_id), .body = QPP_LIT("{}") };
	add_membership(g, s->entity_id, QPP_LIT(""), s->tin, QPP_LIT(""));
}

static void filing(struct seeding *g, const struct qpp_synth_filing *x)
{
	const struct qpp_submission *s = x->submission;
	if (s->entity == QPP_SUBGROUP)
		add_subgroup(g, s);
	if (x->facts) {
		struct op *o = add(g, FACT);
		o->fact = (struct qpp_fact_row){ .topic = QPP_LIT("scoring"), .body = facts_text(g, x->facts) };
		o->fact.who = whose(g, o, s);
	}
	if (!s->n_sets)
		return;
	struct op *o = add(g, SUBMISSION);
	o->submission.row = (struct qpp_submission_row){ .who = whose(g, o, s), .body = QPP_LIT("{}") };
	o->submission.sets.v = QPP_NEW_ARRAY(&g->arena, s->n_sets, struct qpp_set_row);
	for (size_t i = 0; i < s->n_sets; i++)
		set_row(g, x, &s->sets[i], &o->submission.sets.v[o->submission.sets.n++]);
}

static void consent(struct seeding *g, const struct qpp_synth_consent *x)
{
	add(g, CONSENT)->consent = (struct qpp_consent){ .py = x->py, .org_id = id_of(g, x->practice),
		                                             .registry_id = id_of(g, x->registry), .given = { 1 } };
}

/* The clinicians of a practice by their NPIs alone: the rest is known by the other rows. */
static struct qpp_election_practice keep_practice(struct seeding *g, const struct qpp_election_practice *p)
{
	struct qpp_election_clinician *v = QPP_NEW_ARRAY(&g->arena, p->n_clinicians, struct qpp_election_clinician);
	for (size_t i = 0; i < p->n_clinicians; i++)
		v[i].npi = keep(g, p->clinicians[i].npi);
	return (struct qpp_election_practice){ .name = keep(g, p->name), .tin = keep(g, p->tin), .clinicians = v, .n_clinicians = p->n_clinicians };
}

static const struct qpp_election *keep_virtual_group(struct seeding *g, const struct qpp_election *e)
{
	struct qpp_election *out = QPP_NEW(&g->arena, struct qpp_election);
	struct qpp_election_practice *v = QPP_NEW_ARRAY(&g->arena, e->n_practices, struct qpp_election_practice);
	for (size_t i = 0; i < e->n_practices; i++)
		v[i] = keep_practice(g, &e->practices[i]);
	*out = *e;
	out->practices = v;
	out->representative.name = keep(g, e->representative.name);
	out->representative.email = keep(g, e->representative.email);
	out->representative.phone = keep(g, e->representative.phone);
	out->representative.address = keep(g, e->representative.address);
	return out;
}

static void election(struct seeding *g, const struct qpp_synth_election *x)
{
	struct op *o = add(g, ELECTION);
	o->election.virtual_group = x->virtual_group ? keep_virtual_group(g, x->virtual_group) : NULL;
	o->election.row = (struct qpp_election_row){
		.kind = qpp_str_of(qpp_synth_choice_name(x->choice)), .py = x->py, .org_id = id_of(g, x->organization),
		.npi = keep(g, x->npi), .state = QPP_LIT("approved"), .body = QPP_LIT("{}"),
	};
}

static enum qpp_code take(void *host, const struct qpp_synth_item *item, struct qpp_err *err)
{
	struct seeding *g = host;
	switch (item->file) {
	case QPP_SYNTH_ORGANIZATIONS:
		organization(g, item->organization);
		break;
	case QPP_SYNTH_CLINICIANS:
		clinician(g, item->clinician);
		break;
	case QPP_SYNTH_RELATIONS:
		relation(g, item->relation);
		break;
	case QPP_SYNTH_SUBMISSIONS:
	case QPP_SYNTH_SILENT:
		filing(g, item->filing);
		break;
	case QPP_SYNTH_CONSENTS:
		consent(g, item->consent);
		break;
	case QPP_SYNTH_ELECTIONS:
		election(g, item->election);
		break;
	default:
		break;
	}
	return g->ops.n >= (g->s->batch ? g->s->batch : BATCH) ? flush(g, err) : QPP_OK;
}

/* One pass for each kind of item, since rows refer to those of the kinds before. */
static enum qpp_code pass(const struct qpp_seed *s, uint32_t files, struct qpp_synth_counts *counts, struct qpp_err *err)
{
	struct seeding g = { .s = s, .arena = QPP_ARENA_INIT };
	const struct qpp_synth_call call = { .rules = s->rules, .catalog = s->catalog, .seed = s->seed, .practices = s->practices,
		                                 .struck = s->struck, .files = files, .take = take, .progress = s->progress, .host = &g };
	enum qpp_code code = qpp_synth_run(&call, counts, err);
	return code == QPP_OK ? flush(&g, err) : code;
}

static enum qpp_code must_be_empty(const struct qpp_seed *s, struct qpp_err *err)
{
	struct qpp_arena a = QPP_ARENA_INIT;
	struct qpp_tx *tx;
	struct qpp_org_rows rows = { 0 };
	enum qpp_code code = qpp_store_begin(s->store, &a, &tx, err);
	if (code == QPP_OK) {
		code = qpp_store_org_list(tx, QPP_ORG_PRACTICE, QPP_LIT(""), (struct qpp_slice){ .most = 1 }, &rows, err);
		qpp_store_end(tx);
	}
	if (code == QPP_OK && rows.n)
		code = qpp_fail(err, QPP_CONFLICT, "there are practices in the store already: a synthetic state goes into an empty one",
		                (char *)NULL);
	qpp_arena_close(&a);
	return code;
}

enum qpp_code qpp_seed_run(const struct qpp_seed *s, struct qpp_synth_counts *counts, struct qpp_err *err)
{
	static const uint32_t passes[] = {
		1u << QPP_SYNTH_ORGANIZATIONS, 1u << QPP_SYNTH_CLINICIANS, 1u << QPP_SYNTH_RELATIONS,
		1u << QPP_SYNTH_SUBMISSIONS | 1u << QPP_SYNTH_SILENT,
		1u << QPP_SYNTH_CONSENTS | 1u << QPP_SYNTH_ELECTIONS,
	};
	enum qpp_code code = must_be_empty(s, err);
	for (size_t i = 0; code == QPP_OK && i < sizeof passes / sizeof *passes; i++)
		if (passes[i] & ~s->without)
			code = pass(s, passes[i] & ~s->without, counts, err);
	return code;
}
