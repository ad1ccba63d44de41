/*
 * A message that came in, from its kind to its answer; intake.h is the manual.
 * Once for each message, in this order: was it here before? who sent it? is it an
 * election, and complete? Then the filing, then the line of it with the answer in
 * the outbox. A crash between the two is mended by the mail server, which sends
 * the message again: the filing is found done, the answer is written.
 */
#include <jansson.h>
#include <string.h>

#include "app/intake.h"
#include "app/intake_file.h"
#include "app/receipt.h"
#include "app/store_intake.h"
#include "qpp/rules.h"

enum { MOST_FINDINGS = 200, ANSWERS_A_DAY = 20, MOST_ID = 200, HOURS = 24, SECONDS_AN_HOUR = 3600,
       STRANGERS_MOST = 1 << 20 /* bytes of a stranger's message that are kept; of a longer one only the hash */ };

static const char *const kinds[] = {
	[QPP_LETTER] = "letter", [QPP_LETTER_AUTOMATIC] = "automatic", [QPP_LETTER_BOUNCE] = "bounce", [QPP_LETTER_LIST] = "list",
	[QPP_LETTER_LOOP] = "loop", [QPP_LETTER_NOBODY] = "nobody", [QPP_LETTER_UNREADABLE] = "unreadable",
};

const char *qpp_letter_kind_name(enum qpp_letter_kind k)
{
	return kinds[k];
}

const char *qpp_intake_outcome_name(enum qpp_intake_outcome o)
{
	static const char *const names[] = {
		[QPP_INTAKE_FILED] = "filed", [QPP_INTAKE_RETURNED] = "returned", [QPP_INTAKE_UNVERIFIED] = "unverified",
		[QPP_INTAKE_WITHDRAWN] = "withdrawn", [QPP_INTAKE_OTHER] = "other", [QPP_INTAKE_SILENT] = "silent", [QPP_INTAKE_REPEATED] = "repeated",
	};
	return names[o];
}

struct taking {
	const struct qpp_intake *in;
	struct qpp_arena *a;
	const struct qpp_letter *letter;
	struct qpp_str raw;
	qpp_time received;
	struct qpp_intake_reading reading;
	const struct qpp_rules *rules;
	qpp_instant judged;              /* the time the election is judged by */
	struct qpp_findings findings;
	struct qpp_str account_id;
	QPP_VEC(struct qpp_str) known;   /* the accounts that have the address */
	bool official, party;            /* of a Security Official; of one of a practice in the election */
	struct qpp_intake_filed filed;
	struct qpp_intake_answer answer;
	struct qpp_intake_row row;
	struct qpp_intake_result *out;
};

/* --- who sent it --- */

/* Whether the account is a Security Official of one of the parties. */
static enum qpp_code look_at_roles(struct taking *t, struct qpp_tx *tx, struct qpp_str account_id, struct qpp_err *err)
{
	struct qpp_role_row_rows roles;
	struct qpp_org org;
	const struct qpp_election *e = &t->reading.election;
	enum qpp_code code = qpp_store_role_of_account(tx, account_id, QPP_POST_ACTIVE, &roles, err);
	for (size_t k = 0; code == QPP_OK && k < roles.n; k++)
		t->official = t->official || roles.v[k].post == QPP_POST_OFFICIAL;
	for (size_t i = 0; code == QPP_OK && !t->party && i < e->n_practices; i++) {
		code = qpp_store_org_by_tin(tx, e->practices[i].tin, &org, err);
		if (code == QPP_NOT_FOUND) {
			code = QPP_OK;
			continue;
		}
		for (size_t k = 0; code == QPP_OK && k < roles.n; k++)
			t->party = t->party || (roles.v[k].post == QPP_POST_OFFICIAL && qpp_str_eq(roles.v[k].org_id, org.id));
	}
	if (t->party)
		t->account_id = account_id;
	return code;
}

static enum qpp_code look_at_sender(struct taking *t, struct qpp_tx *tx, struct qpp_err *err)
{
	struct qpp_intake_account_rows accounts;
	struct qpp_account account;
	if (t->letter->proof == QPP_PROOF_FAIL || (t->in->need_proof && t->letter->proof != QPP_PROOF_PASS))
		return QPP_OK;
	enum qpp_code code = qpp_store_intake_accounts(tx, t->letter->from, &accounts, err);
	for (size_t i = 0; code == QPP_OK && !t->party && i < accounts.n; i++) {
		code = qpp_store_account_get(tx, accounts.v[i].id, &account, err);
		if (code != QPP_OK || !qpp_str_is(account.state, "active"))
			continue;
		*QPP_PUSH(t->a, &t->known) = account.id;
		code = look_at_roles(t, tx, account.id, err);
	}
	return code;
}

static enum qpp_code look(struct taking *t, bool *repeated, struct qpp_err *err)
{
	struct qpp_intake_row row;
	struct qpp_tx *tx;
	enum qpp_code code = qpp_store_begin(t->in->store, t->a, &tx, err);
	if (code != QPP_OK)
		return code;
	code = qpp_store_intake_by_hash(tx, t->letter->hash, &row, err);
	*repeated = code == QPP_OK;
	if (code == QPP_NOT_FOUND)
		code = t->letter->kind == QPP_LETTER ? look_at_sender(t, tx, err) : QPP_OK;
	qpp_store_end(tx);
	return code;
}

/* --- what is missing --- */

/* When the election came; where the window is kept open, no later and no earlier than its window. */
static qpp_instant judged_at(const struct taking *t, qpp_py py)
{
	qpp_instant at = qpp_time_instant(t->received), opens, closes;
	if (!t->in->window_open || !qpp_instant_parse(qpp_years_param(t->in->years, "election_opens", py), &opens, NULL) ||
	    !qpp_instant_parse(qpp_years_param(t->in->years, "election_closes", py), &closes, NULL))
		return at;
	return at.v < opens.v ? opens : at.v > closes.v ? closes : at;
}

static bool within(const struct qpp_years *y, qpp_py py, qpp_instant t)
{
	qpp_instant opens, closes;
	return qpp_instant_parse(qpp_years_param(y, "election_opens", py), &opens, NULL) &&
	       qpp_instant_parse(qpp_years_param(y, "election_closes", py), &closes, NULL) && t.v >= opens.v && t.v <= closes.v;
}

/* Where no year is named, what else is missing is judged by the year that is open, or the newest. */
static qpp_py stand_in(const struct taking *t)
{
	qpp_py newest = qpp_years_newest(t->in->years);
	for (qpp_py py = newest; py.v > newest.v - 10; py.v--)
		if (within(t->in->years, py, qpp_time_instant(t->received)))
			return py;
	return newest;
}

static void drop_time(struct taking *t)
{
	static const char *const of_time[] = { "late", "notOpen", "wrongYear", "changeDuringYear", "agreementAfterElection" };
	size_t n = 0;
	for (size_t i = 0; i < t->findings.list.n; i++) {
		bool drop = false;
		for (size_t k = 0; k < sizeof of_time / sizeof *of_time; k++)
			drop = drop || qpp_str_is(t->findings.list.v[i].code, of_time[k]);
		if (drop)
			t->findings.errors -= t->findings.list.v[i].severity == QPP_ERROR;
		else
			t->findings.list.v[n++] = t->findings.list.v[i];
	}
	t->findings.list.n = n;
}

/* The message alone, without what the store knows. */
static enum qpp_code judge(struct taking *t, struct qpp_err *err)
{
	struct qpp_election e = t->reading.election;
	struct qpp_election_answer answer;
	if (!t->reading.has_py)
		e.py = stand_in(t);
	e.has_submitted_at = true;
	e.submitted_at = t->judged = judged_at(t, e.py);
	qpp_findings_init(&t->findings, t->a, MOST_FINDINGS);
	enum qpp_code code = qpp_rules_bind(t->a, qpp_years_rules(t->in->years), e.py, NULL, 0, &t->rules, err);
	if (code != QPP_OK)
		return code;
	const struct qpp_request q = { .arena = t->a, .rules = t->rules, .findings = &t->findings };
	code = qpp_election_check(&q, &e, &answer, err);
	if (code == QPP_NO_RULE) {
		qpp_find(&t->findings, QPP_ERROR, "wrongYear", (struct qpp_where){ 0 },
		         QPP_LIT("there are no virtual groups to elect for this performance year"));
		code = QPP_OK;
	}
	if (!t->reading.has_py)
		drop_time(t);
	return code;
}

/* 414.1315(b): within the window only. What is not certain of it is asked about, as with an election. */
static enum qpp_code withdraw(struct taking *t, struct qpp_err *err)
{
	const struct qpp_intake_withdrawal x = { .py = t->reading.election.py, .accounts = t->known.v, .n_accounts = t->known.n, .at = t->received,
		                                     .bytes = t->raw, .key = t->letter->hash };
	t->answer.outcome = t->known.n ? QPP_INTAKE_RETURNED : QPP_INTAKE_UNVERIFIED;
	qpp_findings_init(&t->findings, t->a, MOST_FINDINGS);
	if (!t->known.n || !t->reading.has_py)
		return QPP_OK;
	if (!within(t->in->years, x.py, judged_at(t, x.py))) {
		qpp_find(&t->findings, QPP_ERROR, "late", (struct qpp_where){ 0 },
		         QPP_LIT("an election can be withdrawn only while the time to elect lasts"));
		return QPP_OK;
	}
	enum qpp_code code = qpp_intake_withdraw(t->in->store, t->a, &x, &t->filed, err);
	if (code == QPP_NOT_FOUND)
		*QPP_PUSH(t->a, &t->reading.doubts) = (struct qpp_doubt){ QPP_DOUBT_QUESTION, "nothingToWithdraw",
			QPP_LIT("Nothing that this address elected by e-mail for the year stands."),
			QPP_LIT("Send it from the address that the election came from, or sign in and withdraw the group there.") };
	else if (code == QPP_OK)
		t->answer.outcome = QPP_INTAKE_WITHDRAWN;
	return code == QPP_NOT_FOUND ? QPP_OK : code;
}

static enum qpp_code decide(struct taking *t, struct qpp_err *err)
{
	if (t->letter->kind != QPP_LETTER) {
		t->answer.outcome = QPP_INTAKE_SILENT;
		return QPP_OK;
	}
	if (!t->reading.is_election) {
		t->answer.outcome = QPP_INTAKE_OTHER;
		return QPP_OK;
	}
	if (t->reading.withdraws == QPP_YES)
		return withdraw(t, err);
	enum qpp_code code = judge(t, err);
	bool lacks = t->reading.questions || t->findings.errors;
	/* A Security Official is told what is wrong with what they wrote, also where their own TIN could not be read. */
	t->answer.outcome = t->party || (t->official && lacks) ? QPP_INTAKE_RETURNED : QPP_INTAKE_UNVERIFIED;
	if (code != QPP_OK || !t->party || t->reading.questions || !t->reading.has_py)
		return code;
	const struct qpp_intake_filing f = {
		.election = &t->reading.election, .rules = t->rules, .years = t->in->years, .at = t->received, .judged = t->judged, .bytes = t->raw, .key = t->letter->hash,
		.account_id = t->account_id, .proved = t->letter->proof == QPP_PROOF_PASS,
	};
	/* What the message alone lacks needs no look into the store. */
	if (!t->findings.errors)
		code = qpp_intake_file(t->in->store, t->a, &f, &t->findings, &t->filed, err);
	if (t->filed.accepted)
		t->answer.outcome = QPP_INTAKE_FILED;
	return code;
}

/* --- the line of it, and the answer --- */

static struct qpp_str codes_of(const struct taking *t)
{
	json_t *o = json_object(), *list = json_array();
	for (size_t i = 0; i < t->reading.doubts.n; i++)
		json_array_append_new(list, json_string(t->reading.doubts.v[i].code));
	for (size_t i = 0; i < t->findings.list.n; i++)
		if (t->findings.list.v[i].severity == QPP_ERROR)
			json_array_append_new(list, json_stringn(t->findings.list.v[i].code.p, t->findings.list.v[i].code.n));
	json_object_set_new(o, "codes", list);
	char *text = json_dumps(o, JSON_COMPACT);
	struct qpp_str out = qpp_str_dup(t->a, qpp_str_of(text));
	free(text);
	json_decref(o);
	return out;
}

/* One who knows nobody here gets an answer only to an election; and nobody more than so many a day. */
static enum qpp_code may_answer(struct taking *t, struct qpp_tx *tx, bool *may, struct qpp_err *err)
{
	int64_t n = 0;
	*may = false;
	/* A forged address is somebody else's, who would get the answer. */
	if (t->letter->kind != QPP_LETTER || t->letter->proof == QPP_PROOF_FAIL || (t->answer.outcome == QPP_INTAKE_OTHER && !t->known.n))
		return QPP_OK;
	qpp_time since = { t->row.received.us - (int64_t)HOURS * SECONDS_AN_HOUR * QPP_MICROS_A_SECOND };
	enum qpp_code code = qpp_store_intake_answers(tx, t->letter->from, since, t->row.received, &n, err);
	*may = n < ANSWERS_A_DAY && qpp_mail_address(t->letter->from);
	return code;
}

static enum qpp_code record(struct taking *t, struct qpp_tx *tx, struct qpp_receipt *receipt, struct qpp_err *err)
{
	if (t->filed.accepted)
		return qpp_store_ledger_receipt(tx, t->filed.sequence, receipt, err);
	const struct qpp_ledger_new n = {
		.at = t->received, .kind = QPP_LIT("election-mail"), .body = t->raw, .keep = t->official || t->raw.n <= STRANGERS_MOST,
		.subject = qpp_str_cat(t->a, "intake/", qpp_str_dup(t->a, t->letter->hash).p, (char *)NULL),
	};
	return qpp_store_ledger_append(tx, &n, receipt, err);
}

static enum qpp_code keep(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct taking *t = request;
	struct qpp_receipt *receipt = QPP_NEW(t->a, struct qpp_receipt);
	struct qpp_str id = t->letter->message_id;
	bool election = t->letter->kind == QPP_LETTER && t->reading.is_election, may;
	enum qpp_code code = QPP_OK;
	t->row = (struct qpp_intake_row){
		.hash = t->letter->hash, .message_id = qpp_intake_masked(t->a, (struct qpp_str){ id.p, id.n < MOST_ID ? id.n : MOST_ID }),
		.sender = t->letter->from, .account_id = t->account_id, .py = t->reading.has_py ? t->reading.election.py : (qpp_py){ 0 },
		.outcome = qpp_str_of(qpp_intake_outcome_name(t->answer.outcome)), .reason = qpp_str_of(kinds[t->letter->kind]),
		.election_id = t->filed.id, .received = t->received, .body = codes_of(t),
	};
	if (election)
		code = record(t, tx, receipt, err);
	if (code == QPP_OK)
		code = may_answer(t, tx, &may, err);
	if (code != QPP_OK)
		return code;
	t->row.sequence = election ? receipt->sequence : 0;
	t->row.answered = may;
	t->answer.receipt = election ? receipt : NULL;
	code = qpp_store_intake_add(tx, &t->row, err);
	if (code != QPP_OK || !may)
		return code;
	struct qpp_mail reply = qpp_intake_reply(t->a, t->letter, &t->answer);
	return qpp_mail_queue(tx, &reply, err);
}

enum qpp_code qpp_intake_take(const struct qpp_intake *in, struct qpp_arena *a, const struct qpp_letter *letter,
                              struct qpp_str raw, qpp_time received, struct qpp_intake_result *out, struct qpp_err *err)
{
	struct taking t = { .in = in, .a = a, .letter = letter, .raw = raw, .received = received, .out = out };
	bool repeated = false;
	*out = (struct qpp_intake_result){ 0 };
	if (letter->has_stamp && letter->stamp.us < received.us)
		t.received = letter->stamp;
	if (letter->kind == QPP_LETTER)
		qpp_intake_read(a, letter, &t.reading);
	enum qpp_code code = look(&t, &repeated, err);
	if (code == QPP_OK && !repeated)
		code = decide(&t, err);
	t.answer.py = t.reading.has_py ? t.reading.election.py : (qpp_py){ 0 };
	t.answer.received = t.received;
	t.answer.reading = &t.reading;
	t.answer.findings = &t.findings;
	t.answer.election_id = t.filed.id;
	t.answer.replaced = t.filed.replaced;
	t.answer.zone = in->zone;
	t.answer.address = in->address;
	if (code == QPP_OK && !repeated) {
		code = qpp_store_write(in->store, a, keep, &t, err);
		/* Two deliveries of one message at once: the other one was first. */
		repeated = code == QPP_DUPLICATE;
		code = repeated ? QPP_OK : code;
	}
	out->outcome = repeated ? QPP_INTAKE_REPEATED : t.answer.outcome;
	out->answered = !repeated && t.row.answered;
	out->id = t.row.id;
	out->election_id = t.filed.id;
	return code;
}
