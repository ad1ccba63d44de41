/*
 * What a request must say before it is filed, and what must not stand in a text
 * that goes out by mail. A draft is told the same as warnings.
 */
#include "app/mail.h"
#include "app/review_int.h"

enum { LONGEST_LINE = 200, TIN_DIGITS = 9, LONGEST_WORD = 64 };

const struct qpp_str review_topics[QPP_REVIEW_TOPICS] = { QPP_LIT_INIT("scoring"), QPP_LIT_INIT("eligibility") };

bool review_is_word(struct qpp_str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
		if (!letter && (i == 0 || (c != '.' && !(c >= '0' && c <= '9'))))
			return false;
	}
	return s.n > 0 && s.n <= LONGEST_WORD;
}


void review_fault(struct qpp_reviewing *r, enum qpp_severity severity, const char *code, const char *field, const char *message,
                  const char *expected)
{
	struct qpp_where where = { .pointer = qpp_str_cat(r->findings->arena, "/", field, (char *)NULL) };
	struct qpp_finding *x = qpp_find(r->findings, severity, code, where, qpp_str_of(message));
	x->subject = QPP_LIT("request for review");
	x->expected = qpp_str_of(expected);
}

enum qpp_code review_refuse(struct qpp_reviewing *r, struct qpp_err *err)
{
	if (!r->findings->errors)
		return QPP_OK;
	(void)qpp_fail(err, QPP_DATA, "the request cannot be taken as it is: ", qpp_i64_text(r->call.arena, (int64_t)r->findings->errors).p,
	               r->findings->errors == 1 ? " thing is missing or wrong" : " things are missing or wrong", (char *)NULL);
	if (r->findings->list.n)
		qpp_err_detail(err, qpp_str_dup(r->call.arena, r->findings->list.v[0].message).p, (char *)NULL);
	return QPP_DATA;
}

/* 000000001 or 00-0000001, with nothing that is a digit beside it. */
static bool has_tin(struct qpp_str s)
{
	size_t digits = 0;
	for (size_t i = 0; i <= s.n; i++) {
		if (i < s.n && s.p[i] >= '0' && s.p[i] <= '9')
			digits++;
		else if (digits == TIN_DIGITS)
			return true;
		else if (i == s.n || s.p[i] != '-' || digits != 2)
			digits = 0;
	}
	return false;
}

void review_check_text(struct qpp_reviewing *r, const char *field, struct qpp_str text)
{
	if (!qpp_str_trim(text).n)
		review_fault(r, QPP_ERROR, "memberMissing", field, "a text is missing", "a sentence or more");
	else if (text.n > QPP_REVIEW_TEXT_BYTES)
		review_fault(r, QPP_ERROR, "valueOutOfRange", field, "the text is too long", "at most 20,000 bytes");
	else if (!review_is_text(text))
		review_fault(r, QPP_ERROR, "kindWrong", field, "this is no text", "UTF-8");
	else if (has_tin(text))
		review_fault(r, QPP_ERROR, "identifierInvalid", field, "the text has nine digits in it that could be a TIN",
		             "the last four digits: the text goes out by mail");
}

static void line(struct qpp_reviewing *r, enum qpp_severity severity, const char *field, struct qpp_str s, const char *missing,
                 const char *expected)
{
	if (missing && !qpp_str_trim(s).n)
		review_fault(r, severity, "memberMissing", field, missing, expected);
	if (s.n > LONGEST_LINE || !review_is_text(s))
		review_fault(r, QPP_ERROR, "valueOutOfRange", field, "this is too long, or no text", "at most 200 bytes of UTF-8");
}

static void words(struct qpp_reviewing *r, enum qpp_severity severity, const struct qpp_review_form *f)
{
	struct qpp_str rest = f->categories, word;
	while (qpp_str_word(&rest, &word)) {
		enum qpp_category category;
		if (!qpp_category_of(word, &category))
			review_fault(r, severity, "valueUnknown", "categories", "there is no such performance category", "quality, cost, ia, pi");
	}
	if (f->measures.n > QPP_REVIEW_TEXT_BYTES || f->categories.n > LONGEST_LINE || !review_is_text(f->measures))
		review_fault(r, QPP_ERROR, "valueOutOfRange", "measures", "the list is too long, or no text", "ids between blanks");
}

static void submitter(struct qpp_reviewing *r, enum qpp_severity severity, const struct qpp_review_form *f)
{
	line(r, severity, "name", f->name, "the name of who files is missing", "first and last name");
	line(r, severity, "phone", f->phone, "the telephone number of who files is missing", "a number where questions can be asked");
	line(r, severity, "legalName", f->legal_name, f->level == QPP_INDIVIDUAL || f->level == QPP_GROUP
	     ? "the legal name of the practice is missing" : NULL, "the name as the practice has it");
	line(r, severity, "email", f->email, "the e-mail address of who files is missing", "an address");
	if (f->email.n && !qpp_mail_address(f->email))
		review_fault(r, severity, "valueUnknown", "email", "this is no e-mail address", "name@example.org");
	if (f->as == QPP_REVIEW_AS_THIRD_PARTY && !f->authority)
		review_fault(r, severity, "memberMissing", "authority", "a third party intermediary must attest that it may act for the subject",
		             "the attestation");
}

static enum qpp_code level(struct qpp_reviewing *r, struct qpp_tx *tx, const struct qpp_review_form *f, enum qpp_severity severity,
                           struct qpp_err *err)
{
	struct qpp_request rules;
	struct qpp_review_campaign campaign;
	bool may = false, found = false;
	enum qpp_code code = review_rules(r, f->py, &rules, err);
	if (code == QPP_OK)
		code = qpp_review_may_ask(&rules, f->level, &may, err);
	if (code == QPP_OK && f->reason.n)
		code = review_campaign(r, tx, f->py, f->reason, &campaign, &found, err);
	if (code == QPP_OK && !may)
		review_fault(r, QPP_ERROR, "valueUnknown", "level", "in that year nobody asks for a review at this level",
		             "a level of the year (414.1385(a))");
	if (code == QPP_OK && found && !qpp_review_campaign_takes(&campaign, f->level))
		review_fault(r, severity, "valueUnknown", "level", "the campaign is not for this level",
		             qpp_str_dup(r->call.arena, campaign.levels).p);
	return code;
}

static enum qpp_code reason(struct qpp_reviewing *r, struct qpp_tx *tx, const struct qpp_review_form *f, enum qpp_severity severity,
                            struct qpp_err *err)
{
	struct qpp_review_reason x;
	if (!f->reason.n) {
		review_fault(r, severity, "memberMissing", "reason", "the reason is missing", "one of the year's reasons");
		return QPP_OK;
	}
	enum qpp_code code = review_reason(r, tx, f->py, f->reason, &x, err);
	if (code != QPP_NOT_FOUND)
		return code;
	review_fault(r, QPP_ERROR, "valueUnknown", "reason", "the year has no such reason", "one of the year's reasons");
	return QPP_OK;
}

enum qpp_code review_check(struct qpp_reviewing *r, struct qpp_tx *tx, const struct qpp_review_form *f, enum qpp_severity severity,
                           struct qpp_err *err)
{
	if (f->as == QPP_REVIEW_AS_NOBODY)
		review_fault(r, QPP_ERROR, "memberMissing", "as", "it is not said as what the request is made",
		             "clinician, practiceStaff, thirdParty or entityRepresentative");
	submitter(r, severity, f);
	words(r, severity, f);
	if (!qpp_str_trim(f->explanation).n)
		review_fault(r, severity, "memberMissing", "explanation", "the explanation is missing",
		             "what is wrong, and what would be right");
	if (f->explanation.n > QPP_REVIEW_TEXT_BYTES || !review_is_text(f->explanation))
		review_fault(r, QPP_ERROR, "valueOutOfRange", "explanation", "the explanation is too long, or no text", "at most 20,000 bytes");
	enum qpp_code code = level(r, tx, f, severity, err);
	if (code == QPP_OK)
		code = reason(r, tx, f, severity, err);
	return code == QPP_OK ? review_refuse(r, err) : code;
}
