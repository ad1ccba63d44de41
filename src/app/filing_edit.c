/*
 * Changes of a set that is there: replaced, merged, taken back, or one of its
 * measurements. Each makes the whole new set, which is checked like a new one.
 */
#include "app/filing_int.h"

static size_t find(const struct qpp_measurement_set *set, struct qpp_str measure_id)
{
	size_t i = 0;
	while (i < set->n_measurements && !qpp_str_eq(set->measurements[i].measure_id, measure_id))
		i++;
	return i;
}

/* The measurements of `old`, with room for `more`. */
static struct qpp_measurement *copy(struct qpp_arena *a, const struct qpp_measurement_set *old, size_t more)
{
	struct qpp_measurement *v = QPP_NEW_ARRAY(a, old->n_measurements + more, struct qpp_measurement);
	for (size_t i = 0; i < old->n_measurements; i++)
		v[i] = old->measurements[i];
	return v;
}

/* Measurements of the part go over those of the same measure, new ones behind them; what the part leaves out stays. */
static void merge_measurements(struct qpp_arena *a, struct qpp_measurement_set *set, const struct qpp_measurement_set *part)
{
	set->measurements = copy(a, set, part->n_measurements);
	size_t known = set->n_measurements;
	for (size_t i = 0; i < part->n_measurements; i++) {
		struct qpp_measurement_set old = { .measurements = set->measurements, .n_measurements = known };
		size_t at = find(&old, part->measurements[i].measure_id);
		set->measurements[at < known ? at : set->n_measurements++] = part->measurements[i];
	}
}

static void merge(struct qpp_arena *a, struct qpp_measurement_set *set, const struct qpp_set_doc *doc)
{
	const struct qpp_measurement_set *part = &doc->s.sets[0];
	if (doc->has & QPP_HAS_CATEGORY)
		set->category = part->category;
	if (doc->has & QPP_HAS_METHOD)
		set->method = part->method;
	if (doc->has & QPP_HAS_PROGRAM)
		set->program = part->program;
	if (doc->has & QPP_HAS_CEHRT)
		set->cehrt_id = part->cehrt_id;
	if (doc->has & QPP_HAS_START) {
		set->has_start = part->has_start;
		set->start = part->start;
	}
	if (doc->has & QPP_HAS_END) {
		set->has_end = part->has_end;
		set->end = part->end;
	}
	if (doc->has & QPP_HAS_MEASUREMENTS)
		merge_measurements(a, set, part);
}

static enum qpp_code change_measurement(struct qpp_filing_work *w, struct qpp_measurement_set *set, struct qpp_err *err)
{
	size_t at = find(set, w->measure_id);
	bool there = at < set->n_measurements;
	if (w->act == QPP_MEASUREMENT_ADD ? there : !there) {
		if (!there)
			return qpp_not_found(err, "measurement");
		return qpp_fail(err, QPP_DUPLICATE, "the measurement set has a measurement of this measure already", (char *)NULL);
	}
	set->measurements = copy(w->f->call.arena, set, 1);
	if (w->act == QPP_MEASUREMENT_DELETE) {
		for (size_t i = at; i + 1 < set->n_measurements; i++)
			set->measurements[i] = set->measurements[i + 1];
		set->n_measurements--;
		return QPP_OK;
	}
	set->measurements[at] = *w->measurement;
	set->n_measurements += !there;
	return QPP_OK;
}

/* The set as it will be. */
static enum qpp_code changed(struct qpp_filing_work *w, const struct qpp_filed_set *old, struct qpp_filed_set *new,
                             struct qpp_err *err)
{
	struct qpp_measurement_set *set = QPP_NEW(w->f->call.arena, struct qpp_measurement_set);
	*new = *old;
	*set = old->whole.sets[0];
	new->whole.sets = set;
	if (w->kind == QPP_FILING_MEASUREMENT)
		return change_measurement(w, set, err);
	if (w->doc->has & QPP_HAS_SOURCE || w->kind == QPP_FILING_REPLACE)
		new->source = w->doc->source;
	if (w->doc->has & QPP_HAS_PRACTICE)
		new->row.practice_id = w->doc->practice_id;
	if (w->kind == QPP_FILING_REPLACE)
		*set = w->doc->s.sets[0];
	else
		merge(w->f->call.arena, set, w->doc);
	return QPP_OK;
}

static enum qpp_code check(struct qpp_filing_work *w, struct qpp_filed_set *set, struct qpp_err *err)
{
	struct qpp_submission s = set->whole;
	/* Whose it is was checked when the submission was made. */
	s.entity = QPP_ENTITY_NONE;
	enum qpp_code code = qpp_filing_check(w->f->call.service, w->f->call.arena, &s, w->f->findings, err);
	if (code == QPP_OK && w->f->findings->errors)
		code = qpp_filing_refuse(w->f->findings, err);
	return code;
}

static enum qpp_code replace(struct qpp_tx *tx, struct qpp_filing_work *w, struct qpp_filed_set *old, struct qpp_filed *filed,
                             struct qpp_err *err)
{
	struct qpp_filed_set *new = &filed->set;
	enum qpp_code code = changed(w, old, new, err);
	if (code == QPP_OK)
		code = check(w, new, err);
	const struct qpp_filer filer = { .who = { .py = new->whole.py, .entity = new->whole.entity }, .submitter_id = new->row.submitter_id };
	if (code == QPP_OK)
		code = qpp_upload_check(w->f->call.service, &new->whole.sets[0], &filer, w->f->findings, err);
	if (code != QPP_OK)
		return code;
	const struct qpp_measurement_set *set = &new->whole.sets[0];
	new->row.category = qpp_str_of(qpp_category_name(set->category));
	new->row.method = set->method == QPP_METHOD_NONE ? QPP_LIT("webAttestation") : qpp_str_of(qpp_method_name(set->method));
	new->row.program = set->program;
	new->row.body = qpp_set_doc_text(w->f->call.arena, set, new->source);
	return qpp_store_set_replace(tx, &new->row, err);
}

/* What the caller may do with the set that is changed: NOT_FOUND for one that it may not even see. */
static enum qpp_code may_change(struct qpp_tx *tx, struct qpp_filing_work *w, const struct qpp_set_row *row,
                                const struct qpp_who *who, struct qpp_err *err)
{
	struct qpp_filer filer;
	struct qpp_org org;
	enum qpp_reach reach = qpp_actor_reach(w->f->call.actor, who, row->submitter_id);
	if (reach == QPP_REACH_NONE)
		return qpp_not_found(err, "measurement set");
	if (reach == QPP_REACH_SEE)
		return qpp_fail(err, QPP_FORBIDDEN, "only who filed a measurement set can change it", (char *)NULL);
	if (!row->submitter_id.n)
		return QPP_OK;
	enum qpp_code code = qpp_store_org_get(tx, who->org_id, &org, err);
	return code == QPP_OK ? qpp_filer_rights(tx, w->f, who, true, org.tin_masked.n ? org.tin_masked : org.number, &filer, err) : code;
}

enum qpp_code qpp_filing_edit(struct qpp_tx *tx, struct qpp_filing_work *w, struct qpp_err *err)
{
	struct qpp_set_row row;
	struct qpp_submission_row submission;
	struct qpp_filed_set old;
	struct qpp_filed filed = { .measure_id = w->measure_id, .findings = w->f->findings };
	enum qpp_code code = qpp_store_set_get(tx, w->set_id, &row, err);
	if (code == QPP_NOT_FOUND)
		return qpp_not_found(err, "measurement set");
	if (code == QPP_OK)
		code = qpp_store_submission_get(tx, row.submission_id, &submission, err);
	if (code == QPP_OK)
		code = may_change(tx, w, &row, &submission.who, err);
	if (code == QPP_OK)
		code = qpp_window_check(w->f->call.service, submission.who.py, w->f->at, err);
	if (code == QPP_OK && w->f->version && w->f->version != row.version)
		code = qpp_fail(err, QPP_STALE, "the measurement set has changed since it was read", (char *)NULL);
	if (code == QPP_OK)
		code = qpp_filed_read(w->f->call.service, w->f->call.arena, &row, &submission.who, &old, err);
	if (code == QPP_OK && w->kind == QPP_FILING_DELETE) {
		filed.set = old;
		code = qpp_store_set_delete(tx, row.id, row.version, err);
	} else if (code == QPP_OK) {
		code = replace(tx, w, &old, &filed, err);
	}
	return code == QPP_OK ? qpp_filing_record(tx, w, &filed, err) : code;
}
