/* Elections from a few words; see made_election.h. */
#include "made_election.h"

#include "qpp/check.h"

enum { NPI_DIGITS = 10 };

struct qpp_str made_npi(struct qpp_arena *a, int n)
{
	char *p = qpp_arena_alloc(a, NPI_DIGITS + 1);
	struct qpp_str npi = { p, NPI_DIGITS };
	p[0] = '9';
	for (size_t i = NPI_DIGITS - 2; i > 0; i--, n /= 10)
		p[i] = (char)('0' + n % 10);
	for (p[NPI_DIGITS - 1] = '0'; !qpp_npi_check_digit_ok(npi); p[NPI_DIGITS - 1]++)
		;
	return npi;
}

/* "000000001" and so on. */
static struct qpp_str made_tin(struct qpp_arena *a, size_t n)
{
	struct qpp_str digits = qpp_i64_text(a, (int64_t)n);
	return qpp_str_cat(a, &"000000000"[digits.n], digits.p, (char *)NULL);
}

void made_election_begin(struct made_election *m, struct qpp_arena *a, int py)
{
	*m = (struct made_election){ .arena = a };
	m->is = (struct qpp_election){
		.py = { py }, .acknowledged = QPP_YES,
		.representative = { QPP_LIT_INIT("A Representative"), QPP_LIT_INIT("rep@example.org"),
		                    QPP_LIT_INIT("555-0100"), QPP_LIT_INIT("1 Example Street") },
	};
}

static bool number_after(struct qpp_str s, const char *name, int64_t *out)
{
	uint64_t v;
	size_t n = qpp_str_of(name).n;
	if (!qpp_str_starts(s, name) || !qpp_str_u64((struct qpp_str){ s.p + n, s.n - n }, 1000000, &v))
		return false;
	*out = (int64_t)v;
	return true;
}

static bool of_the_first(struct qpp_str word, struct qpp_election_clinician *first)
{
	if (qpp_str_is(word, "qp"))
		first->qp = QPP_ELECTION_QP;
	else if (qpp_str_is(word, "partial"))
		first->qp = QPP_ELECTION_QP_PARTIAL;
	else if (qpp_str_is(word, "new"))
		first->newly_enrolled = QPP_YES;
	else
		return false;
	return true;
}

static bool of_the_practice(struct made_election *m, struct qpp_str word, struct qpp_election_practice *p)
{
	if (number_after(word, "bills", &p->billing_npis.v) ||
	    number_after(word, "exceeds", &p->low_volume_criteria_exceeded.v))
		return true;
	if (qpp_str_is(word, "same") && m->practices.n)
		p->tin = m->practices.v[m->practices.n - 1].tin;
	else if (qpp_str_is(word, "elsewhere"))
		p->in_other_virtual_group = QPP_YES;
	else if (qpp_str_is(word, "unnamed"))
		p->name = QPP_LIT("");
	else if (qpp_str_is(word, "noTin"))
		p->tin = QPP_LIT("");
	else
		return false;
	return true;
}

bool made_election_practice(struct made_election *m, struct qpp_str word)
{
	struct qpp_str rest = word, part;
	uint64_t n, eligible;
	if (!qpp_str_cut(&rest, '/', &part) || !qpp_str_u64(part, 500, &n) || !n ||
	    !qpp_str_cut(&rest, '/', &part) || !qpp_str_u64(part, n, &eligible))
		return false;
	size_t number = m->practices.n + 1;
	struct qpp_election_clinician *v = QPP_NEW_ARRAY(m->arena, n, struct qpp_election_clinician);
	for (uint64_t i = 0; i < n; i++)
		v[i] = (struct qpp_election_clinician){
			.npi = made_npi(m->arena, (int)(number * 1000 + i)), .mips_eligible = i < eligible ? QPP_YES : QPP_NO,
			.newly_enrolled = QPP_NO, .qp = QPP_ELECTION_QP_NONE,
		};
	struct qpp_election_practice p = {
		.name = qpp_str_cat(m->arena, "Practice ", qpp_i64_text(m->arena, (int64_t)number).p, (char *)NULL),
		.tin = made_tin(m->arena, number), .in_other_virtual_group = QPP_NO, .billing_npis = { true, (int64_t)n },
		.low_volume_criteria_exceeded = { true, 3 }, .clinicians = v, .n_clinicians = n,
	};
	while (qpp_str_cut(&rest, '/', &part))
		if (!of_the_practice(m, part, &p) && !of_the_first(part, &v[0]))
			return false;
	*QPP_PUSH(m->arena, &m->practices) = p;
	m->is.practices = m->practices.v;
	m->is.n_practices = m->practices.n;
	return true;
}

bool made_election_sent(struct made_election *m, struct qpp_str at)
{
	m->is.has_submitted_at = qpp_instant_parse(at, &m->is.submitted_at, &m->is.submitted_offset);
	/* Well before, unless a test says otherwise. */
	if (m->is.has_submitted_at && !m->is.has_executed_on) {
		m->is.has_executed_on = true;
		m->is.executed_on = qpp_instant_day(m->is.submitted_at, 0);
		m->is.executed_on.v -= 60;
	}
	return m->is.has_submitted_at;
}

bool made_election_executed(struct made_election *m, struct qpp_str day)
{
	m->is.has_executed_on = qpp_day_parse(day, &m->is.executed_on);
	return m->is.has_executed_on;
}

struct qpp_str made_election_codes(struct qpp_arena *a, const struct qpp_findings *f)
{
	struct qpp_buf b;
	qpp_buf_init(&b, a, 2000);
	for (size_t i = 0; i < f->list.n; i++) {
		bool told = f->list.v[i].severity != QPP_ERROR;
		for (size_t k = 0; k < i; k++)
			told |= f->list.v[k].severity == QPP_ERROR && qpp_str_eq(f->list.v[k].code, f->list.v[i].code);
		if (told)
			continue;
		qpp_buf_cat(&b, b.n ? " " : "", (char *)NULL);
		qpp_buf_str(&b, f->list.v[i].code);
	}
	return b.n ? qpp_buf_done(&b) : QPP_LIT("none");
}
