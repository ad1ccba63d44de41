/* A synthetic state as a test looks at it; see state.h. */
#include "state.h"

#include <string.h>

#include "adapt/json/doc.h"
#include "adapt/json/read_election.h"
#include "adapt/json/read_eligibility.h"
#include "adapt/json/read_facts.h"
#include "adapt/json/read_submission.h"
#include "adapt/json/write_synth.h"
#include "app/answer.h"
#include "qpp/check.h"
#include "rules/world.h"

enum { MOST_LINE = 16 << 20, MOST_FINDINGS = 20, TABLE_SIZE = 1 << 17 };

struct reading {
	struct state *s;
	struct qpp_arena scratch;
	struct qpp_findings findings;
	struct qpp_str line;
	struct qpp_json_doc doc;
	int py;
	bool keep;
};

static uint64_t hash_of(uint64_t h, struct qpp_str s)
{
	/* FNV-1a */
	for (size_t i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * UINT64_C(1099511628211);
	return h;
}

static void note_errors(struct reading *r)
{
	struct state *s = r->s;
	for (size_t i = 0; i < r->findings.list.n && !s->first_error.n; i++)
		if (r->findings.list.v[i].severity == QPP_ERROR)
			s->first_error = qpp_str_cat(s->arena, qpp_str_dup(&r->scratch, r->findings.list.v[i].code).p, ": ",
			                             qpp_str_dup(&r->scratch, r->line).p, (char *)NULL);
	s->errors += r->findings.errors;
}

static void bad_line(struct reading *r, const char *why)
{
	world_bail_out(why, qpp_str_dup(&r->scratch, r->line).p);
}

/* The bytes of the object that a member of the line is: nothing in a line but strings has braces, and none of them. */
static struct qpp_str object_of(struct reading *r, const char *member)
{
	const struct qpp_json *x = qpp_json_member(r->doc.root, member);
	if (!x)
		return (struct qpp_str){ 0 };
	size_t from = x->column - 1, depth = 0, to = from;
	do {
		depth += r->line.p[to] == '{';
		depth -= r->line.p[to] == '}';
		to++;
	} while (depth && to < r->line.n);
	return (struct qpp_str){ r->line.p + from, to - from };
}

static struct qpp_str text_of(const struct qpp_json *object, const char *member)
{
	const struct qpp_json *x = qpp_json_member(object, member);
	return x ? x->text : (struct qpp_str){ 0 };
}

static struct qpp_str key_of(struct qpp_arena *a, enum qpp_entity entity, struct qpp_str tin, struct qpp_str npi, struct qpp_str id)
{
	return qpp_str_cat(a, qpp_entity_name(entity), ":", qpp_str_dup(a, tin).p, ":", qpp_str_dup(a, npi).p, ":",
	                   qpp_str_dup(a, id).p, (char *)NULL);
}

static uint32_t *slot(struct state *s, struct qpp_str key)
{
	size_t i = hash_of(UINT64_C(14695981039346656037), key) % s->table_size;
	while (s->table[i] && !qpp_str_eq(s->filings.v[s->table[i] - 1].key, key))
		i = (i + 1) % s->table_size;
	return &s->table[i];
}

static const struct state_filing *filing_of(struct state *s, enum qpp_entity entity, struct qpp_str tin, struct qpp_str npi, struct qpp_str id)
{
	struct qpp_mark start = qpp_arena_mark(s->arena);
	uint32_t found = *slot(s, key_of(s->arena, entity, tin, npi, id));
	qpp_arena_reset(s->arena, start);
	return found ? &s->filings.v[found - 1] : NULL;
}

/* ---- filings ---- */

static void count_sets(struct state *s, const struct qpp_submission *x)
{
	for (size_t i = 0; i < x->n_sets; i++) {
		s->attested += x->sets[i].category != QPP_QUALITY && x->sets[i].method == QPP_METHOD_NONE;
		if (x->sets[i].category != QPP_QUALITY)
			continue;
		s->methods[x->sets[i].method]++;
		for (size_t k = 0; k < x->sets[i].n_measurements; k++)
			if (x->sets[i].measurements[k].measure && x->sets[i].measurements[k].measure->qcdr) {
				s->qcdr++;
				break;
			}
	}
}

static qpp_dec best_score(struct reading *r, struct qpp_submission *x, const struct qpp_facts *facts)
{
	struct qpp_request q = { .arena = &r->scratch, .rules = world_rules(r->py), .catalog = r->s->catalog, .plan = world_plan(r->py) };
	qpp_dec best = qpp_dec_of(0);
	struct qpp_str last = QPP_LIT("mips");
	for (size_t i = 0; i == 0 || i < x->n_sets; i++) {
		struct qpp_score score;
		struct qpp_err err;
		if (x->n_sets && i && qpp_str_eq(last, x->sets[i].program))
			continue;
		if (x->n_sets)
			last = x->sets[i].program;
		if (qpp_score_submission(&q, x, facts, last, &score, &err) != QPP_OK)
			bad_line(r, err.primary);
		if (score.final_score.has && qpp_dec_cmp(score.final_score.v, best) > 0)
			best = score.final_score.v;
		r->s->facility += score.facility_based;
	}
	return best;
}

static void read_filing(struct reading *r, bool silent)
{
	struct state *s = r->s;
	struct qpp_str facts_text = object_of(r, "facts"), text = object_of(r, "submission");
	struct qpp_facts *facts = qpp_json_read_facts(&r->scratch, QPP_LIT("facts"), facts_text, MOST_LINE, &r->findings);
	struct qpp_submission made = { .py = { r->py }, .entity = qpp_entity_of(text_of(r->doc.root, "entityType")),
		                           .entity_id = text_of(r->doc.root, "entityId"), .tin = text_of(r->doc.root, "tin"),
		                           .npi = text_of(r->doc.root, "npi") };
	struct qpp_submission *x = &made;
	struct qpp_request q = { .arena = &r->scratch, .rules = world_rules(r->py), .catalog = s->catalog, .findings = &r->findings };
	struct qpp_err err;
	if (!silent)
		x = qpp_json_read_submission(&r->scratch, QPP_LIT("submission"), text, MOST_LINE, &r->findings);
	if (!x || !facts || qpp_answer_reconcile(x, facts, (qpp_py){ 0 }, &r->findings, &err) != QPP_OK)
		bad_line(r, "a filing cannot be read");
	qpp_check_submission(x, s->catalog, &r->findings);
	qpp_answer_check_facts(facts, s->catalog, &r->findings);
	s->reweighted += facts->n_reweight != 0;
	size_t before = facts->n_reweight;
	if (qpp_answer_locate(&q, x, facts, &err) != QPP_OK)
		bad_line(r, err.primary);
	s->located += facts->n_reweight > before;
	count_sets(s, x);
	struct state_filing f = { .key = key_of(s->arena, x->entity, x->tin, x->npi, x->entity_id), .entity = x->entity,
		                      .final_score = best_score(r, x, facts), .silent = silent };
	*QPP_PUSH(s->arena, &s->filings) = f;
	uint32_t *at = slot(s, f.key);
	if (*at)
		bad_line(r, "an entity filed twice");
	*at = (uint32_t)s->filings.n;
}

/* ---- relations and elections ---- */

static enum qpp_eligibility_status status_of(struct reading *r, struct qpp_str name)
{
	for (int i = 0; i < QPP_ELIGIBILITY_STATUSES; i++)
		if (qpp_str_is(name, qpp_eligibility_status_name((enum qpp_eligibility_status)i)))
			return (enum qpp_eligibility_status)i;
	bad_line(r, "a relation without a status");
	return QPP_ELIGIBILITY_UNDECIDED;
}

static uint32_t specials_of(const struct qpp_json *array)
{
	uint32_t bits = 0;
	for (const struct qpp_json *x = array ? array->first : NULL; x; x = x->next)
		for (int i = 0; i < QPP_SPECIALS; i++)
			if (qpp_str_is(x->text, qpp_special_name((enum qpp_special)i)))
				bits |= 1u << i;
	return bits;
}

/* What the line says of the individual is what the rules say of its facts. */
static void check_status(struct reading *r, const struct state_relation *x, const struct qpp_eligibility_facts *facts, int py)
{
	struct qpp_request q = { .arena = &r->scratch, .rules = world_rules(py), .catalog = r->s->catalog };
	struct qpp_eligibility answer;
	struct qpp_err err;
	if (qpp_eligibility_decide(&q, facts, QPP_INDIVIDUAL, &answer, &err) != QPP_OK || answer.status != x->status[QPP_INDIVIDUAL] ||
	    answer.specials != x->specials)
		bad_line(r, "the rules say something else of the facts");
}

static void read_relation(struct reading *r)
{
	struct state *s = r->s;
	const struct qpp_json *root = r->doc.root, *status = qpp_json_member(root, "status"), *apm = qpp_json_member(root, "apmEntities");
	struct state_relation x = { .tin = qpp_str_dup(s->arena, text_of(root, "tin")), .npi = qpp_str_dup(s->arena, text_of(root, "npi")) };
	uint64_t year = 0;
	static const char *const levels[QPP_ENTITIES] = { [QPP_INDIVIDUAL] = "individual", [QPP_GROUP] = "group", [QPP_VIRTUAL_GROUP] = "virtualGroup" };
	(void)qpp_str_u64(text_of(root, "year"), 9999, &year);
	if (!qpp_npi_check_digit_ok(x.npi) || x.npi.p[0] != '9' || !qpp_str_starts(x.tin, "000"))
		bad_line(r, "an identifier that is not synthetic");
	if (!status)
		return;
	for (int i = 0; i < QPP_ENTITIES; i++) {
		x.has_status[i] = levels[i] && qpp_json_member(status, levels[i]);
		if (x.has_status[i])
			x.status[i] = status_of(r, text_of(status, levels[i]));
	}
	x.specials = specials_of(qpp_json_member(root, "specialStatuses"));
	const struct qpp_eligibility_facts *facts =
	    qpp_json_read_eligibility(&r->scratch, QPP_LIT("facts"), object_of(r, "facts"), MOST_LINE, &r->findings);
	if (!facts)
		bad_line(r, "facts that cannot be read");
	check_status(r, &x, facts, (int)year);
	if ((int)year != r->py)
		return;
	x.virtual_group = qpp_str_dup(s->arena, text_of(root, "virtualGroup"));
	x.subgroup = qpp_str_dup(s->arena, text_of(root, "subgroup"));
	if (apm && apm->first)
		x.apm_entity = qpp_str_dup(s->arena, apm->first->text);
	*QPP_PUSH(s->arena, &s->relations) = x;
}

static void read_election(struct reading *r)
{
	struct qpp_request q = { .arena = &r->scratch, .rules = world_rules(r->py), .catalog = r->s->catalog, .findings = &r->findings };
	struct qpp_str text = object_of(r, "election");
	struct qpp_election_answer answer;
	struct qpp_err err;
	if (!text.n)
		return;
	const struct qpp_election *e = qpp_json_read_election(&r->scratch, QPP_LIT("election"), text, MOST_LINE, &r->findings);
	if (!e || qpp_election_check(&q, e, &answer, &err) != QPP_OK)
		bad_line(r, "an election that cannot be read");
	r->s->elections++;
	r->s->rejected += !answer.accepted;
}

static enum qpp_code take(void *host, const struct qpp_synth_item *item, struct qpp_err *err)
{
	struct reading *r = host;
	struct qpp_mark start = qpp_arena_mark(&r->scratch);
	struct qpp_buf b;
	(void)err;
	qpp_buf_init(&b, &r->scratch, MOST_LINE);
	qpp_json_write_synth(&b, &r->scratch, item);
	r->line = qpp_buf_done(&b);
	r->s->hash = hash_of(r->s->hash, r->line);
	if (r->keep) {
		qpp_findings_init(&r->findings, &r->scratch, MOST_FINDINGS);
		if (!qpp_json_parse(&r->scratch, QPP_LIT("line"), r->line, MOST_LINE, &r->doc, &r->findings))
			bad_line(r, "a line that is no JSON");
		if (item->file == QPP_SYNTH_SUBMISSIONS || item->file == QPP_SYNTH_SILENT)
			read_filing(r, item->file == QPP_SYNTH_SILENT);
		else if (item->file == QPP_SYNTH_RELATIONS)
			read_relation(r);
		else if (item->file == QPP_SYNTH_ELECTIONS)
			read_election(r);
		note_errors(r);
	}
	qpp_arena_reset(&r->scratch, start);
	return QPP_OK;
}

void state_make(struct state *s, int py, uint64_t practices, uint64_t seed, bool keep)
{
	struct reading r = { .s = s, .scratch = QPP_ARENA_INIT, .py = py, .keep = keep };
	struct qpp_err err;
	*s = (struct state){ .arena = world()->arena, .catalog = world_catalog(py), .hash = UINT64_C(14695981039346656037),
		                 .table_size = TABLE_SIZE };
	s->table = QPP_NEW_ARRAY(s->arena, TABLE_SIZE, uint32_t);
	struct qpp_synth_call call = { .rules = world()->set, .catalog = s->catalog, .seed = seed, .practices = practices,
		                           .files = (1u << QPP_SYNTH_FILES) - 1, .take = take, .host = &r };
	if (!s->catalog || qpp_synth_run(&call, &s->counts, &err) != QPP_OK)
		world_bail_out("no synthetic state", err.primary);
	qpp_arena_close(&r.scratch);
}

/* ---- who is paid on what ---- */

static void add_score(struct qpp_payment_score *v, size_t *n, const struct state_relation *x, const struct state_filing *f)
{
	if (f)
		v[(*n)++] = (struct qpp_payment_score){ .tin = x->tin, .participation = f->entity, .final_score = f->final_score };
}

static void pay(struct state *s, struct state_relation *x)
{
	const struct qpp_str none = { 0 };
	struct qpp_payment_score v[5];
	struct qpp_payment_facts facts = { .py = s->catalog->py, .npi = x->npi, .tin = x->tin, .scores = v,
		                               .virtual_group_member = x->virtual_group.n ? QPP_YES : QPP_NO };
	struct qpp_request q = { .arena = s->arena, .rules = world_rules(s->catalog->py.v), .catalog = s->catalog };
	struct qpp_payment payment;
	struct qpp_err err;
	memcpy(facts.has_status, x->has_status, sizeof x->has_status);
	memcpy(facts.status, x->status, sizeof x->status);
	struct qpp_mark start = qpp_arena_mark(s->arena);
	add_score(v, &facts.n_scores, x, filing_of(s, QPP_INDIVIDUAL, x->tin, x->npi, none));
	add_score(v, &facts.n_scores, x, filing_of(s, QPP_GROUP, x->tin, none, none));
	if (x->subgroup.n)
		add_score(v, &facts.n_scores, x, filing_of(s, QPP_SUBGROUP, x->tin, none, x->subgroup));
	if (x->apm_entity.n)
		add_score(v, &facts.n_scores, x, filing_of(s, QPP_APM_ENTITY, none, none, x->apm_entity));
	if (x->virtual_group.n)
		add_score(v, &facts.n_scores, x, filing_of(s, QPP_VIRTUAL_GROUP, none, none, x->virtual_group));
	if (qpp_payment_decide(&q, &facts, &payment, &err) != QPP_OK)
		world_bail_out("no answer which score pays", err.primary);
	x->pays = payment.pays;
	if (payment.pays) {
		x->score = v[payment.score];
		x->band = payment.adjustment.band;
	}
	qpp_arena_reset(s->arena, start);
}

void state_pay(struct state *s)
{
	size_t first = 0;
	for (size_t i = 0; i < s->relations.n; i++) {
		pay(s, &s->relations.v[i]);
		if (i + 1 < s->relations.n && qpp_str_eq(s->relations.v[i].tin, s->relations.v[i + 1].tin))
			continue;
		for (size_t k = first; k <= i; k++)
			s->relations.v[k].of_tin = i + 1 - first;
		first = i + 1;
	}
}
