/* Submissions, sets and measurements, member by member. */
#include "adapt/json/write_filed.h"

#include "adapt/json/write_submission.h"
#include "app/computed.h"

enum { PLACES = 9, MOST_DAY = 16 };

struct qpp_str qpp_entity_wire(enum qpp_entity entity)
{
	return entity == QPP_APM_ENTITY ? QPP_LIT("apm") : qpp_str_of(qpp_entity_name(entity));
}

static void emit_time(struct qpp_emit *e, const char *name, qpp_time t)
{
	qpp_emit_text(e, name, qpp_time_text(e->b.arena, t));
}

static void emit_day(struct qpp_emit *e, const char *name, bool given, qpp_day day)
{
	struct qpp_buf b;
	if (!given) {
		qpp_emit_null(e, name);
		return;
	}
	qpp_buf_init(&b, e->b.arena, MOST_DAY);
	qpp_buf_day(&b, day);
	qpp_emit_text(e, name, qpp_buf_done(&b));
}

static void put_dec(struct qpp_number *to, qpp_dec v)
{
	*to = (struct qpp_number){ .given = qpp_dec_ok(v), .v = v };
}

/* The rate stands a second time as a numerator over 1: clients of the agency read it there. */
static void emit_value(struct qpp_emit *e, const struct qpp_measurement *m)
{
	if (m->kind == QPP_VALUE_BOOLEAN) {
		qpp_emit_bool(e, "value", m->yes);
		return;
	}
	struct qpp_measurement shown = *m;
	struct qpp_computed c = qpp_computed_of(m);
	if (c.any) {
		put_dec(&shown.performance_rate, c.performance_rate);
		put_dec(&shown.reporting_rate, c.reporting_rate);
	}
	qpp_emit_open(e, "value", '{');
	struct qpp_str members = qpp_json_value(e->b.arena, &shown);
	qpp_buf_str(&e->b, members);
	e->some = members.n > 0;
	if (c.any) {
		qpp_emit_dec(e, "caseCount", c.case_count, PLACES);
		qpp_emit_dec(e, "performanceRateNumerator", c.performance_rate, PLACES);
		if (qpp_dec_ok(c.performance_rate))
			qpp_emit_int(e, "performanceRateDenominator", 1);
		else
			qpp_emit_null(e, "performanceRateDenominator");
	}
	qpp_emit_close(e, '}');
}

static void emit_one(struct qpp_emit *e, const char *name, struct qpp_str set_id, const struct qpp_measurement *m)
{
	qpp_emit_open(e, name, '{');
	if (set_id.n) {
		qpp_emit_text(e, "id", qpp_measurement_id(e->b.arena, set_id, m->measure_id));
		qpp_emit_text(e, "measurementSetId", set_id);
	}
	qpp_emit_text(e, "measureId", m->measure_id);
	emit_value(e, m);
	qpp_emit_close(e, '}');
}

static void emit_set_members(struct qpp_emit *e, const struct qpp_measurement_set *set, struct qpp_str id)
{
	qpp_emit_text(e, "category", qpp_str_of(qpp_category_name(set->category)));
	qpp_emit_text(e, "submissionMethod",
	              set->method == QPP_METHOD_NONE ? QPP_LIT("webAttestation") : qpp_str_of(qpp_method_name(set->method)));
	qpp_emit_text(e, "programName", set->program);
	qpp_emit_text_or_null(e, "cehrtId", set->cehrt_id);
	emit_day(e, "performanceStart", set->has_start, set->start);
	emit_day(e, "performanceEnd", set->has_end, set->end);
	qpp_emit_null(e, "measureSet");
	qpp_emit_open(e, "measurements", '[');
	for (size_t i = 0; i < set->n_measurements; i++)
		emit_one(e, NULL, id, &set->measurements[i]);
	qpp_emit_close(e, ']');
}

void qpp_emit_set(struct qpp_emit *e, const char *name, const struct qpp_filed_set *x)
{
	const struct qpp_set_row *row = &x->row;
	qpp_emit_open(e, name, '{');
	qpp_emit_text(e, "id", row->id);
	emit_time(e, "createdAt", row->created);
	emit_time(e, "updatedAt", row->changed);
	qpp_emit_text(e, "submissionId", row->submission_id);
	/* The practice's own people are one submitter, whoever of them it was. */
	qpp_emit_text(e, "submitterId", row->submitter_id.n ? row->submitter_id : QPP_LIT("securityOfficial"));
	qpp_emit_text(e, "submitterType", QPP_LIT("organization"));
	qpp_emit_text_or_null(e, "practiceId", row->practice_id);
	qpp_emit_null(e, "practiceDetails");
	qpp_emit_bool(e, "suppressed", false);
	qpp_emit_text_or_null(e, "source", x->source);
	emit_set_members(e, &x->whole.sets[0], row->id);
	qpp_emit_close(e, '}');
}

bool qpp_emit_measurement(struct qpp_emit *e, const char *name, const struct qpp_filed_set *x, struct qpp_str measure_id)
{
	const struct qpp_measurement_set *set = &x->whole.sets[0];
	for (size_t i = 0; i < set->n_measurements; i++) {
		if (!qpp_str_eq(set->measurements[i].measure_id, measure_id))
			continue;
		emit_one(e, name, x->row.id, &set->measurements[i]);
		return true;
	}
	return false;
}

void qpp_emit_submission(struct qpp_emit *e, const char *name, const struct qpp_seen_submission *x)
{
	const struct qpp_who *who = &x->row.who;
	qpp_emit_open(e, name, '{');
	qpp_emit_text(e, "id", x->row.id);
	emit_time(e, "createdAt", x->row.created);
	emit_time(e, "updatedAt", x->row.changed);
	qpp_emit_text(e, "entityType", qpp_entity_wire(who->entity));
	qpp_emit_text_or_null(e, "entityId", x->org.number);
	qpp_emit_text_or_null(e, "taxpayerIdentificationNumber", x->tin);
	qpp_emit_text_or_null(e, "nationalProviderIdentifier", who->npi);
	qpp_emit_int(e, "performanceYear", who->py.v);
	qpp_emit_open(e, "measurementSets", '[');
	for (size_t i = 0; i < x->n_sets; i++)
		qpp_emit_set(e, NULL, &x->sets[i]);
	qpp_emit_close(e, ']');
	qpp_emit_close(e, '}');
}

static void emit_given(struct qpp_emit *e, const char *name, struct qpp_str s)
{
	if (s.n)
		qpp_emit_text(e, name, s);
}

void qpp_emit_checked(struct qpp_emit *e, const char *name, const struct qpp_submission *s)
{
	qpp_emit_open(e, name, '{');
	emit_given(e, "entityType", s->entity == QPP_ENTITY_NONE ? QPP_LIT("") : qpp_entity_wire(s->entity));
	emit_given(e, "entityId", s->entity_id);
	emit_given(e, "taxpayerIdentificationNumber", s->tin);
	emit_given(e, "nationalProviderIdentifier", s->npi);
	qpp_emit_int(e, "performanceYear", s->py.v);
	qpp_emit_open(e, "measurementSets", '[');
	for (size_t i = 0; i < s->n_sets; i++) {
		qpp_emit_open(e, NULL, '{');
		emit_set_members(e, &s->sets[i], QPP_LIT(""));
		qpp_emit_close(e, '}');
	}
	qpp_emit_close(e, ']');
	qpp_emit_close(e, '}');
}
