/* Cases on virtual groups: an election made of the words of the case, and the provisions of the agreement. */
#include "case_run.h"
#include "made_election.h"

static void no_word(struct case_run *r, const char *name, struct qpp_str value)
{
	case_says(r, "the given `", name, "` cannot be read: ", qpp_str_dup(r->arena, value).p, (char *)NULL);
}

static void read_practices(struct case_run *r, struct made_election *m)
{
	struct qpp_str rest = case_word(r, "practices"), word;
	while (qpp_str_word(&rest, &word))
		if (!made_election_practice(m, word))
			no_word(r, "practices", word);
}

static void read_times(struct case_run *r, struct made_election *m)
{
	struct qpp_str value;
	if (case_given(r, "executed", &value) && !made_election_executed(m, value))
		no_word(r, "executed", value);
	if (case_given(r, "at", &value) && !made_election_sent(m, value))
		no_word(r, "at", value);
}

/* `contact none`: nobody is named; `contact phone`: by telephone only. */
static void read_contact(struct case_run *r, struct made_election *m)
{
	struct qpp_str value = case_word(r, "contact");
	if (!value.n)
		return;
	m->is.representative.email = m->is.representative.address = QPP_LIT("");
	if (qpp_str_is(value, "none"))
		m->is.representative.name = m->is.representative.phone = QPP_LIT("");
	else if (!qpp_str_is(value, "phone"))
		no_word(r, "contact", value);
}

static struct qpp_str programs(struct case_run *r, const struct qpp_election_answer *x)
{
	struct qpp_buf b;
	qpp_buf_init(&b, r->arena, 200);
	for (size_t i = 0; i < x->n_programs; i++) {
		qpp_buf_cat(&b, i ? " " : "", (char *)NULL);
		qpp_buf_str(&b, x->programs[i]);
	}
	return qpp_buf_done(&b);
}

enum qpp_code case_ask_election(struct case_run *r)
{
	struct made_election m;
	struct qpp_election_answer x;
	made_election_begin(&m, r->arena, r->is->py);
	read_practices(r, &m);
	read_times(r, &m);
	read_contact(r, &m);
	case_tri(r, "acknowledged", &m.is.acknowledged);
	m.is.changes = case_word(r, "changes");
	if (r->says.n)
		return QPP_USAGE;
	enum qpp_code code = qpp_election_check(&r->request, &m.is, &x, &r->err);
	if (code != QPP_OK)
		return code;
	case_answer(r, "decision", x.accepted ? QPP_LIT("accept") : QPP_LIT("reject"));
	case_answer(r, "codes", made_election_codes(r->arena, &r->findings));
	case_answer(r, "clinicians", qpp_i64_text(r->arena, (int64_t)x.clinicians));
	case_answer(r, "without_adjustment", qpp_i64_text(r->arena, (int64_t)x.without_adjustment));
	case_answer(r, "small", x.small_practice ? QPP_LIT("yes") : QPP_LIT("no"));
	case_answer(r, "programs", programs(r, &x));
	return code;
}

enum qpp_code case_ask_provision(struct case_run *r)
{
	const struct qpp_provision *v;
	struct qpp_str name = case_word(r, "provision");
	size_t n;
	enum qpp_code code = qpp_election_provisions(&r->request, &v, &n, &r->err);
	for (size_t i = 0; code == QPP_OK && i < n; i++)
		if (qpp_str_eq(v[i].name, name))
			case_answer(r, "letter", v[i].letter);
	return code;
}
