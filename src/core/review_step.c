/*
 * R-414.1385(a)(7): the way of a request as a table. What is decided, withdrawn
 * or closed stands in no row on the left: the decision is final.
 */
#include "calc.h"
#include "qpp/review.h"

static const char *const state_names[QPP_REVIEW_STATES] = {
	"", "draft", "submitted", "inReview", "informationRequested", "informationReceived", "recommended", "approved", "denied",
	"withdrawn", "closed"
};

static const char *const state_titles[QPP_REVIEW_STATES] = {
	"", "Draft", "Submitted", "In review", "Information requested", "Information received", "In review, second look",
	"Approved", "Denied", "Withdrawn", "Closed for no response"
};

static const char *const act_names[QPP_REVIEW_ACTS] = {
	"", "edit", "file", "attach", "withdraw", "answer", "assign", "ask", "recommend", "return", "approve", "deny", "lapse",
	"close"
};

const char *qpp_review_state_name(enum qpp_review_state s)
{
	return state_names[s < QPP_REVIEW_STATES ? s : QPP_REVIEW_NONE];
}

const char *qpp_review_state_title(enum qpp_review_state s)
{
	return state_titles[s < QPP_REVIEW_STATES ? s : QPP_REVIEW_NONE];
}

enum qpp_review_state qpp_review_state_of(struct qpp_str name)
{
	for (enum qpp_review_state s = QPP_REVIEW_DRAFT; s < QPP_REVIEW_STATES; s++)
		if (qpp_str_is(name, state_names[s]))
			return s;
	return QPP_REVIEW_NONE;
}

const char *qpp_review_act_name(enum qpp_review_act x)
{
	return act_names[x < QPP_REVIEW_ACTS ? x : QPP_REVIEW_NO_ACT];
}

enum qpp_review_act qpp_review_act_of(struct qpp_str name)
{
	for (enum qpp_review_act x = QPP_REVIEW_EDIT; x < QPP_REVIEW_ACTS; x++)
		if (qpp_str_is(name, act_names[x]))
			return x;
	return QPP_REVIEW_NO_ACT;
}

static const struct {
	enum qpp_review_state from;
	enum qpp_review_act act;
	enum qpp_review_state to;
} steps[] = {
	{ QPP_REVIEW_NONE, QPP_REVIEW_EDIT, QPP_REVIEW_DRAFT },
	{ QPP_REVIEW_DRAFT, QPP_REVIEW_EDIT, QPP_REVIEW_DRAFT },
	{ QPP_REVIEW_DRAFT, QPP_REVIEW_ATTACH, QPP_REVIEW_DRAFT },
	{ QPP_REVIEW_DRAFT, QPP_REVIEW_FILE, QPP_REVIEW_SUBMITTED },
	{ QPP_REVIEW_DRAFT, QPP_REVIEW_WITHDRAW, QPP_REVIEW_WITHDRAWN },
	{ QPP_REVIEW_SUBMITTED, QPP_REVIEW_ASSIGN, QPP_REVIEW_IN_REVIEW },
	{ QPP_REVIEW_SUBMITTED, QPP_REVIEW_ATTACH, QPP_REVIEW_SUBMITTED },
	{ QPP_REVIEW_SUBMITTED, QPP_REVIEW_WITHDRAW, QPP_REVIEW_WITHDRAWN },
	{ QPP_REVIEW_IN_REVIEW, QPP_REVIEW_ASSIGN, QPP_REVIEW_IN_REVIEW },
	{ QPP_REVIEW_IN_REVIEW, QPP_REVIEW_ATTACH, QPP_REVIEW_IN_REVIEW },
	{ QPP_REVIEW_IN_REVIEW, QPP_REVIEW_ASK, QPP_REVIEW_ASKED },
	{ QPP_REVIEW_IN_REVIEW, QPP_REVIEW_RECOMMEND, QPP_REVIEW_RECOMMENDED },
	{ QPP_REVIEW_IN_REVIEW, QPP_REVIEW_WITHDRAW, QPP_REVIEW_WITHDRAWN },
	{ QPP_REVIEW_IN_REVIEW, QPP_REVIEW_CLOSE, QPP_REVIEW_CLOSED },
	{ QPP_REVIEW_ASKED, QPP_REVIEW_ASSIGN, QPP_REVIEW_ASKED },
	{ QPP_REVIEW_ASKED, QPP_REVIEW_ATTACH, QPP_REVIEW_ASKED },
	{ QPP_REVIEW_ASKED, QPP_REVIEW_ANSWER, QPP_REVIEW_ANSWERED },
	{ QPP_REVIEW_ASKED, QPP_REVIEW_LAPSE, QPP_REVIEW_IN_REVIEW },
	{ QPP_REVIEW_ASKED, QPP_REVIEW_WITHDRAW, QPP_REVIEW_WITHDRAWN },
	{ QPP_REVIEW_ANSWERED, QPP_REVIEW_ASSIGN, QPP_REVIEW_ANSWERED },
	{ QPP_REVIEW_ANSWERED, QPP_REVIEW_ATTACH, QPP_REVIEW_ANSWERED },
	{ QPP_REVIEW_ANSWERED, QPP_REVIEW_ASK, QPP_REVIEW_ASKED },
	{ QPP_REVIEW_ANSWERED, QPP_REVIEW_RECOMMEND, QPP_REVIEW_RECOMMENDED },
	{ QPP_REVIEW_ANSWERED, QPP_REVIEW_WITHDRAW, QPP_REVIEW_WITHDRAWN },
	{ QPP_REVIEW_RECOMMENDED, QPP_REVIEW_ATTACH, QPP_REVIEW_RECOMMENDED },
	{ QPP_REVIEW_RECOMMENDED, QPP_REVIEW_RETURN, QPP_REVIEW_IN_REVIEW },
	{ QPP_REVIEW_RECOMMENDED, QPP_REVIEW_APPROVE, QPP_REVIEW_APPROVED },
	{ QPP_REVIEW_RECOMMENDED, QPP_REVIEW_DENY, QPP_REVIEW_DENIED },
	{ QPP_REVIEW_RECOMMENDED, QPP_REVIEW_WITHDRAW, QPP_REVIEW_WITHDRAWN },
};

/* R-414.1385(a)(5): only the first text let silence close a request. */
static enum qpp_code may_close(const struct qpp_request *q, bool *out, struct qpp_err *err)
{
	struct qpp_calc c = { .rules = q->rules, .arena = q->arena };
	*out = qpp_str_is(qpp_param_word(&c, QPP_P_review_silence), "close");
	return qpp_calc_code(&c, err);
}

enum qpp_code qpp_review_step(const struct qpp_request *q, enum qpp_review_state from, enum qpp_review_act act,
                              enum qpp_review_state *to, struct qpp_err *err)
{
	bool closes = true;
	*to = QPP_REVIEW_NONE;
	if (act == QPP_REVIEW_CLOSE) {
		enum qpp_code code = may_close(q, &closes, err);
		if (code != QPP_OK)
			return code;
	}
	for (size_t i = 0; closes && i < sizeof steps / sizeof *steps; i++)
		if (steps[i].from == from && steps[i].act == act)
			*to = steps[i].to;
	return QPP_OK;
}

bool qpp_review_decided(enum qpp_review_state s)
{
	return s == QPP_REVIEW_APPROVED || s == QPP_REVIEW_DENIED;
}

bool qpp_review_ended(enum qpp_review_state s)
{
	return qpp_review_decided(s) || s == QPP_REVIEW_WITHDRAWN || s == QPP_REVIEW_CLOSED;
}
