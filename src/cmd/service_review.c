/* The two ports of targeted review, and its jobs. */
#include "cmd/service_review.h"

#include "app/runs.h"

static enum qpp_code first_release(const struct qpp_release_port *self, struct qpp_tx *tx, qpp_py py, qpp_time *scores,
                                   qpp_time *factors, struct qpp_err *err)
{
	struct qpp_released released;
	(void)self;
	enum qpp_code code = qpp_released_of(tx, py, &released, err);
	*scores = released.scores;
	*factors = released.factors;
	return code;
}

/* Before there is a decision nothing but its facts can be wrong. */
static enum qpp_code readable(const struct qpp_decision_port *self, struct qpp_arena *a, struct qpp_str topic, struct qpp_str facts,
                              struct qpp_err *err)
{
	const struct qpp_decided d = { .topic = topic, .facts = facts, .decision_id = QPP_LIT("-"), .number = QPP_LIT("-") };
	(void)self;
	return qpp_decided_check(a, &d, err);
}

static enum qpp_code score_again(const struct qpp_decision_port *self, struct qpp_arena *a, const struct qpp_review_row *row,
                                 struct qpp_str topic, struct qpp_str facts, struct qpp_str decision_id, struct qpp_err *err)
{
	const struct qpp_review_joint *joint = (const struct qpp_review_joint *)((const char *)self - offsetof(struct qpp_review_joint, decisions));
	const struct qpp_decided d = { .who = row->who, .topic = topic, .facts = facts, .decision_id = decision_id, .number = row->number };
	struct qpp_scoring run;
	return qpp_decided_apply(joint->service, a, &d, &run, err);
}

void qpp_review_join(struct qpp_review_joint *joint, const struct qpp_service *service, const struct qpp_zone *eastern)
{
	joint->service = service;
	joint->releases = (struct qpp_release_port){ first_release };
	joint->decisions = (struct qpp_decision_port){ readable, score_again };
	joint->reviews = (struct qpp_reviews){ service, eastern, &joint->releases, &joint->decisions };
}

void qpp_review_jobs(struct qpp_review_joint *joint, struct qpp_arena *a)
{
	static const struct qpp_actor nobody;
	enum { MOST_FINDINGS = 10 };
	struct qpp_findings findings;
	struct qpp_err err;
	int64_t n;
	struct qpp_reviewing r = { .reviews = &joint->reviews, .call = { .service = joint->service, .arena = a, .actor = &nobody },
		                       .at = qpp_now(joint->service->clock), .findings = &findings };
	qpp_findings_init(&findings, a, MOST_FINDINGS);
	/* What fails now is tried again the next time. */
	(void)!qpp_review_lapse_due(&r, &n, &err);
	(void)!qpp_review_apply_due(&r, &n, &err);
}
