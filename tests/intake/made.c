/* E-mailed elections made from a seed; made.h says what for. */
#include "made.h"

#include <stdio.h>
#include <string.h>

#include "qpp/buf.h"

enum { MOST = 12 << 20, PRACTICES = 4, NPIS = 11, TINS_EACH = 8, HUGE_HEADER = 10 << 20, DEEP = 40, MANY = 200 };

const char *const made_official_tins[MADE_OFFICIALS] = { "000000011", "000000022", "000000033" };
const char *const made_official_names[MADE_OFFICIALS] = { "amy.official", "bob.official", "cho.official" };

/* 2024-10-15T14:00:00Z; two hours between messages keep all of them within the window. */
static const int64_t BEGIN_US = 1729000800LL * QPP_MICROS_A_SECOND, BETWEEN_US = 7200LL * QPP_MICROS_A_SECOND;
/* 2025-01-01T05:00:00Z is the first second that is too late; 2024-09-30T12:00:00Z too early. */
static const int64_t LATE_US = 1735707600LL * QPP_MICROS_A_SECOND, EARLY_US = 1727697600LL * QPP_MICROS_A_SECOND;

enum form { LABELLED, PREFIXED, TABS, PIPES, BLANKS, ROWS, HTML_TABLE, CSV, CSV_SEMICOLON, CSV_AND_TEXT, FORMS };

struct practice {
	struct qpp_str name, tin, npis[NPIS + 1];
	size_t n;
};

struct plan {
	struct qpp_arena *a;
	uint64_t random;
	size_t n;
	enum form form;
	const char *py, *rep, *email, *phone, *agreement, *executed, *subject, *from, *more_headers, *type, *coding, *extra, *count;
	struct practice practices[PRACTICES];
	size_t n_practices;
	bool dashes, no_head;
};

static uint64_t draw(struct plan *p, uint64_t most)
{
	p->random ^= p->random << 13;
	p->random ^= p->random >> 7;
	p->random ^= p->random << 17;
	return p->random % most;
}

struct qpp_str made_npi(struct qpp_arena *a, uint64_t n)
{
	enum { BODY = 9, PREFIX_SUM = 24 };
	char *s = qpp_arena_alloc(a, BODY + 2);
	int sum = PREFIX_SUM;
	snprintf(s, BODY + 1, "9%08u", (unsigned)(n % 100000000));
	for (int i = 0; i < BODY; i++) {
		int d = s[BODY - 1 - i] - '0';
		d = i % 2 == 0 ? d * 2 : d;
		sum += d > 9 ? d - 9 : d;
	}
	s[BODY] = (char)('0' + (10 - sum % 10) % 10);
	return (struct qpp_str){ s, BODY + 1 };
}

static struct qpp_str text(struct qpp_arena *a, const char *s)
{
	return qpp_str_dup(a, qpp_str_of(s));
}

/* --- what is in it --- */

static void fill(struct plan *p)
{
	static const char *const names[] = { "Elm Street Clinic", "Oak Family Practice", "Cedar & Sons, PLLC", "Maple Therapy Partners",
	                                     "St. Mary's Group", "Dr. Jane Roe", "Riverside Ob/Gyn" };
	static const char *const agreements[] = {
		"I acknowledge that a formal written agreement exists between each of the solo practitioners and groups of the virtual group.",
		"We confirm that a written agreement among all TINs below\nhas been executed by every party.",
		"Agreement: yes", "Agreement acknowledged: Yes.",
	};
	char tin[16];
	p->form = (enum form)draw(p, FORMS);
	p->py = draw(p, 2) ? "Performance year: 2025" : "This is for performance year 2025.";
	p->rep = "Representative: Robin Sample";
	p->email = "Email: robin@example.org";
	p->phone = draw(p, 2) ? "Phone: (555) 555-0100" : "Telephone: 5555550100";
	p->agreement = agreements[draw(p, sizeof agreements / sizeof *agreements)];
	p->executed = "Agreement executed on: 10/1/2024";
	p->subject = "Virtual group election";
	p->from = qpp_str_cat(p->a, "Robin Sample <", made_official_names[p->n % MADE_OFFICIALS], "@example.org>", (char *)NULL).p;
	p->more_headers = "";
	p->extra = "";
	p->n_practices = 2 + draw(p, PRACTICES - 1);
	p->dashes = draw(p, 2);
	for (size_t i = 0; i < p->n_practices; i++) {
		struct practice *x = &p->practices[i];
		x->name = text(p->a, names[(p->n + i) % (sizeof names / sizeof *names)]);
		snprintf(tin, sizeof tin, "%09u", (unsigned)(100000 + p->n * TINS_EACH + i));
		x->tin = text(p->a, i == 0 ? made_official_tins[p->n % MADE_OFFICIALS] : tin);
		x->n = 1 + draw(p, NPIS - 1);
		for (size_t k = 0; k < NPIS + 1; k++)
			x->npis[k] = made_npi(p->a, p->n * 1000 + i * 50 + k);
	}
}

static void put_tin(struct plan *p, struct qpp_buf *b, struct qpp_str tin)
{
	if (p->dashes && tin.n == 9) {
		qpp_buf_add(b, tin.p, 2);
		qpp_buf_char(b, '-');
		qpp_buf_add(b, tin.p + 2, 7);
	} else {
		qpp_buf_str(b, tin);
	}
}

static void put_labelled(struct plan *p, struct qpp_buf *b, bool prefixed)
{
	for (size_t i = 0; i < p->n_practices; i++) {
		struct practice *x = &p->practices[i];
		qpp_buf_char(b, '\n');
		if (x->name.n)
			qpp_buf_cat(b, "Practice ", qpp_i64_text(p->a, (int64_t)i + 1).p, ": ", x->name.p, "\n", (char *)NULL);
		qpp_buf_cat(b, prefixed ? "TIN " : "TIN: ", (char *)NULL);
		put_tin(p, b, x->tin);
		qpp_buf_cat(b, prefixed ? "\nNPIs " : "\nNPIs: ", (char *)NULL);
		for (size_t k = 0; k < x->n; k++)
			qpp_buf_cat(b, k == 0 ? "" : k % 4 == 0 ? ",\n" : ", ", x->npis[k].p, (char *)NULL);
		qpp_buf_char(b, '\n');
	}
}

static void put_table(struct plan *p, struct qpp_buf *b, const char *between, const char *edge, const char *end, bool quote)
{
	const char *q = quote ? "\"" : "";
	if (!p->no_head)
		qpp_buf_cat(b, edge, "Practice Name", between, "TIN", between, "NPI", edge, end, (char *)NULL);
	if (*edge == '|')
		qpp_buf_cat(b, "|---|---|---|", end, (char *)NULL);
	for (size_t i = 0; i < p->n_practices; i++)
		for (size_t k = 0; k < p->practices[i].n || k == 0; k++) {
			qpp_buf_cat(b, edge, q, p->practices[i].name.p, q, between, (char *)NULL);
			put_tin(p, b, p->practices[i].tin);
			qpp_buf_cat(b, between, p->practices[i].n ? p->practices[i].npis[k].p : "", edge, end, (char *)NULL);
		}
}

static void put_rows(struct plan *p, struct qpp_buf *b)
{
	for (size_t i = 0; i < p->n_practices; i++)
		for (size_t k = 0; k < p->practices[i].n || k == 0; k++) {
			qpp_buf_cat(b, p->practices[i].name.p, " (TIN ", (char *)NULL);
			put_tin(p, b, p->practices[i].tin);
			qpp_buf_cat(b, ") ", p->practices[i].n ? p->practices[i].npis[k].p : "", " Jane Roe, MD\n", (char *)NULL);
		}
}

static void put_line(struct qpp_buf *b, const char *line)
{
	if (line)
		qpp_buf_cat(b, line, "\n", (char *)NULL);
}

static struct qpp_str body_of(struct plan *p)
{
	struct qpp_buf b;
	qpp_buf_init(&b, p->a, MOST);
	put_line(&b, "To whom it may concern:\n\nthe practices below elect to be a virtual group.\n");
	put_line(&b, p->py);
	put_line(&b, p->rep);
	put_line(&b, p->email);
	put_line(&b, p->phone);
	qpp_buf_char(&b, '\n');
	put_line(&b, p->agreement);
	qpp_buf_char(&b, '\n');
	put_line(&b, p->executed);
	put_line(&b, p->count);
	qpp_buf_char(&b, '\n');
	switch (p->form) {
	case LABELLED: put_labelled(p, &b, false); break;
	case PREFIXED: put_labelled(p, &b, true); break;
	case TABS: put_table(p, &b, "\t", "", "\n", false); break;
	case PIPES: put_table(p, &b, " | ", "|", "\n", false); break;
	case BLANKS: put_table(p, &b, "    ", "", "\n", false); break;
	case ROWS: put_rows(p, &b); break;
	case CSV_AND_TEXT: put_labelled(p, &b, false); break;
	default: break;
	}
	qpp_buf_cat(&b, p->extra, "\nSincerely,\nRobin Sample\nTel 555-555-0100  Fax 5555550199\n", (char *)NULL);
	return qpp_buf_done(&b);
}

/* --- what it is wrapped in --- */

static struct qpp_str as_html(struct plan *p)
{
	struct qpp_buf b;
	struct qpp_str rest, line;
	qpp_buf_init(&b, p->a, MOST);
	qpp_buf_cat(&b, "<html><head><style>p { color: red }</style><script>x = '000000099'</script></head><body>\n", (char *)NULL);
	for (rest = body_of(p); qpp_str_cut(&rest, '\n', &line);) {
		qpp_buf_cat(&b, "<p>", (char *)NULL);
		qpp_buf_str(&b, line);
		qpp_buf_cat(&b, "</p>\n", (char *)NULL);
	}
	return qpp_buf_done(&b);
}

static struct qpp_str html_with_table(struct plan *p)
{
	struct qpp_buf b, t;
	struct qpp_str html = as_html(p);
	const char *at = strstr(html.p, "<p>Sincerely");
	qpp_buf_init(&t, p->a, MOST);
	put_table(p, &t, "</td><td>", "", "</td></tr>\n", false);
	qpp_buf_init(&b, p->a, MOST);
	qpp_buf_add(&b, html.p, (size_t)(at - html.p));
	qpp_buf_cat(&b, "<table>", (char *)NULL);
	struct qpp_str rest = qpp_buf_done(&t), line;
	while (qpp_str_cut(&rest, '\n', &line))
		if (line.n)
			qpp_buf_cat(&b, "<tr><td>", qpp_str_dup(p->a, line).p, "\n", (char *)NULL);
	qpp_buf_cat(&b, "</table>", at, "</body></html>\n", (char *)NULL);
	return qpp_buf_done(&b);
}

static void put_headers(struct plan *p, struct qpp_buf *b)
{
	qpp_buf_cat(b, "Received: from client.example.org by mx.example.org; Tue, 15 Oct 2024 10:00:00 -0400\r\n", p->more_headers, "From: ", p->from, "\r\n"
	               "To: elections@qpp.example\r\nSubject: ", p->subject, "\r\nDate: Tue, 15 Oct 2024 10:00:00 -0400\r\n"
	               "Message-ID: <", qpp_i64_text(p->a, (int64_t)p->n).p, ".", qpp_i64_text(p->a, (int64_t)(p->random >> 1)).p,
	            "@example.org>\r\nMIME-Version: 1.0\r\n", (char *)NULL);
}

/* Line ends as mail has them. */
static void put_crlf(struct qpp_buf *b, struct qpp_str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '\n' && (i == 0 || s.p[i - 1] != '\r'))
			qpp_buf_char(b, '\r');
		qpp_buf_char(b, s.p[i]);
	}
}

static void put_csv_part(struct plan *p, struct qpp_buf *b, const char *between)
{
	struct qpp_buf t;
	qpp_buf_init(&t, p->a, MOST);
	put_table(p, &t, between, "", "\r\n", true);
	qpp_buf_cat(b, "--b1\r\nContent-Type: application/octet-stream; name=\"list.csv\"\r\nContent-Disposition: attachment; filename=\"list.csv\"\r\n\r\n", (char *)NULL);
	put_crlf(b, qpp_buf_done(&t));
}

static struct qpp_str whole(struct plan *p)
{
	struct qpp_buf b;
	qpp_buf_init(&b, p->a, MOST);
	put_headers(p, &b);
	if (p->form == HTML_TABLE && !p->type) {
		qpp_buf_cat(&b, "Content-Type: text/html; charset=utf-8\r\n\r\n", (char *)NULL);
		put_crlf(&b, html_with_table(p));
	} else if (p->form == CSV || p->form == CSV_SEMICOLON || p->form == CSV_AND_TEXT) {
		qpp_buf_cat(&b, "Content-Type: multipart/mixed; boundary=b1\r\n\r\nfor old programs\r\n--b1\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n", (char *)NULL);
		put_crlf(&b, body_of(p));
		put_csv_part(p, &b, p->form == CSV_SEMICOLON ? ";" : ",");
		qpp_buf_cat(&b, "--b1--\r\n", (char *)NULL);
	} else {
		qpp_buf_cat(&b, "Content-Type: ", p->type ? p->type : "text/plain; charset=utf-8", "\r\n", p->coding ? p->coding : "", "\r\n", (char *)NULL);
		put_crlf(&b, body_of(p));
	}
	return qpp_buf_done(&b);
}

/* --- kinds --- */

struct kind {
	const char *what;
	enum qpp_intake_outcome outcome;
	const char *code;
	void (*change)(struct plan *p, struct made_message *m);
	bool silent;                             /* is not answered */
};

#define CHANGE(name) static void name(struct plan *p, struct made_message *m)

CHANGE(good) { (void)p; (void)m; }
CHANGE(no_year) { (void)m; p->py = NULL; }
CHANGE(two_years) { (void)m; p->py = "Performance year: 2025\nPerformance year: 2024"; }
CHANGE(past_year) { (void)m; p->py = "Performance year: 2023"; }
CHANGE(no_rep) { (void)m; p->rep = NULL; }
CHANGE(no_contact) { (void)m; p->email = p->phone = NULL; }
CHANGE(no_agreement) { (void)m; p->agreement = p->executed = NULL; }
CHANGE(agreement_will) { (void)m; p->agreement = "A formal written agreement will be signed and is confirmed in December."; }
CHANGE(agreement_no) { (void)m; p->agreement = "Agreement: no"; }
CHANGE(agreement_late) { (void)m; p->executed = "Agreement executed on: December 30, 2024"; }
CHANGE(day_unclear) { (void)m; p->executed = "Agreement executed on: last Tuesday"; }
CHANGE(one_practice) { (void)m; p->n_practices = 1; }
CHANGE(no_name) { (void)m; p->form = LABELLED; p->practices[1].name = text(p->a, ""); }
CHANGE(no_npis) { (void)m; p->form = p->form == ROWS ? TABS : p->form; p->practices[1].n = 0; }
CHANGE(bad_npi) { (void)m; char *s = (char *)(uintptr_t)p->practices[0].npis[0].p; s[9] = s[9] == '0' ? '1' : '0'; }
CHANGE(short_tin) { (void)m; p->form = LABELLED; p->dashes = false; p->practices[1].tin.n = 8; p->practices[1].tin = qpp_str_dup(p->a, p->practices[1].tin); }
CHANGE(tin_twice) { (void)m; p->form = LABELLED; p->practices[1].tin = p->practices[0].tin; }
CHANGE(eleven) { (void)m; p->practices[1].n = NPIS; }
CHANGE(wrong_count) { (void)m; p->count = "Number of practices: 9"; }
CHANGE(roster_differs) { (void)m; p->form = CSV_AND_TEXT; p->extra = "\nPractice: Stray Clinic\nTIN: 000999999\nNPIs: 9000000004\n"; }
CHANGE(no_columns) { (void)m; p->form = CSV; p->no_head = true; }
CHANGE(two_reps) { (void)m; p->rep = "Representative: Robin Sample\nRepresentative: Kim Other"; }
CHANGE(late) { (void)p; m->received.us = LATE_US + (int64_t)p->n; }
CHANGE(early) { (void)p; m->received.us = EARLY_US - (int64_t)p->n * BETWEEN_US; }
CHANGE(stray_number) { (void)m; p->form = LABELLED; p->extra = "Robin can be reached under 5555550100 also.\n"; }
CHANGE(stranger) { (void)m; p->from = qpp_str_cat(p->a, "someone", qpp_i64_text(p->a, (int64_t)p->n).p, "@elsewhere.example", (char *)NULL).p; }
CHANGE(stranger_lacks) { stranger(p, m); p->agreement = p->executed = NULL; }
CHANGE(forged) { (void)m; p->more_headers = "Authentication-Results: mx.qpp.example; dmarc=fail header.from=example.org\r\n"; }
CHANGE(automatic) { (void)m; p->more_headers = "Auto-Submitted: auto-replied\r\n"; }
CHANGE(bulk) { (void)m; p->more_headers = "Precedence: Bulk\r\n"; }
CHANGE(bounce) { (void)m; p->more_headers = "Return-Path: <>\r\n"; }
CHANGE(list) { (void)m; p->more_headers = "List-Id: <members.example.org>\r\n"; }
CHANGE(daemon_mail) { (void)m; p->from = "MAILER-DAEMON@example.org"; }
CHANGE(two_senders) { (void)m; p->from = "amy.official@example.org, bob.official@example.org"; }
CHANGE(no_sender) { (void)m; p->from = ""; }
CHANGE(twice_from) { (void)m; p->more_headers = "From: amy.official@example.org\r\n"; }
CHANGE(injected) { (void)m; p->subject = "=?utf-8?Q?election=0D=0ABcc:_victim=40example.org=0D=0A=0D=0Ahello?="; }
CHANGE(injected_from) { (void)m; p->from = qpp_str_cat(p->a, "=?utf-8?Q?x=0D=0ABcc:_victim=40example.org?= <", made_official_names[p->n % MADE_OFFICIALS], "@example.org>", (char *)NULL).p; }
CHANGE(long_headers) { (void)m; char *s = qpp_arena_alloc(p->a, 80000); memset(s, 'a', 79990); memcpy(s, "X-Long: ", 8); memcpy(s + 79990, "\r\n", 3); p->more_headers = s; }
CHANGE(huge_header) { (void)m; char *s = qpp_arena_alloc(p->a, HUGE_HEADER + 16); memset(s, 'a', HUGE_HEADER); memcpy(s, "X-Long: ", 8); memcpy(s + HUGE_HEADER, "\r\n", 3); p->more_headers = s; }
CHANGE(nul_header) { (void)p; (void)m; }      /* put in behind */
CHANGE(nul_body) { (void)m; p->form = LABELLED; }
CHANGE(bad_base64) { (void)m; p->form = LABELLED; p->coding = "Content-Transfer-Encoding: base64\r\n"; }
CHANGE(wrong_charset) { (void)m; p->form = LABELLED; p->practices[1].name = text(p->a, "Caf\xe9 Clinic"); }
CHANGE(latin) { (void)m; p->form = LABELLED; p->type = "text/plain; charset=iso-8859-1"; p->practices[1].name = text(p->a, "Caf\xe9 Clinic"); }
CHANGE(no_boundary) { (void)m; p->form = LABELLED; p->type = "multipart/mixed"; }
CHANGE(deep) { (void)p; (void)m; }
CHANGE(many_boundaries) { (void)p; (void)m; }
CHANGE(zip) { (void)p; (void)m; }
CHANGE(spam) { stranger(p, m); }
CHANGE(question) { (void)p; (void)m; }
CHANGE(empty) { (void)p; (void)m; }

static const struct kind kinds[] = {
	{ "complete", QPP_INTAKE_FILED, NULL, good, false },
	{ "complete, again", QPP_INTAKE_FILED, NULL, good, false },
	{ "in Latin-1, which is said", QPP_INTAKE_FILED, NULL, latin, false },
	{ "an archive beside it", QPP_INTAKE_FILED, "notRead", zip, false },
	{ "line ends in an encoded subject", QPP_INTAKE_FILED, NULL, injected, false },
	{ "line ends in an encoded sender", QPP_INTAKE_SILENT, NULL, injected_from, true },
	{ "no year", QPP_INTAKE_RETURNED, "yearMissing", no_year, false },
	{ "two years", QPP_INTAKE_RETURNED, "twoYears", two_years, false },
	{ "a year that is over", QPP_INTAKE_RETURNED, "wrongYear", past_year, false },
	{ "no representative", QPP_INTAKE_RETURNED, "representativeMissing", no_rep, false },
	{ "no way to reach them", QPP_INTAKE_RETURNED, "representativeMissing", no_contact, false },
	{ "two representatives", QPP_INTAKE_RETURNED, "twoValues", two_reps, false },
	{ "no agreement", QPP_INTAKE_RETURNED, "agreementNotAcknowledged", no_agreement, false },
	{ "an agreement to come", QPP_INTAKE_RETURNED, "agreementUnclear", agreement_will, false },
	{ "agreement: no", QPP_INTAKE_RETURNED, "agreementNotAcknowledged", agreement_no, false },
	{ "agreement after the election", QPP_INTAKE_RETURNED, "agreementAfterElection", agreement_late, false },
	{ "a day that is none", QPP_INTAKE_RETURNED, "dayUnclear", day_unclear, false },
	{ "one practice", QPP_INTAKE_RETURNED, "tooFewTins", one_practice, false },
	{ "a practice without name", QPP_INTAKE_RETURNED, "practiceIncomplete", no_name, false },
	{ "a practice without NPIs", QPP_INTAKE_RETURNED, "practiceIncomplete", no_npis, false },
	{ "a mistyped NPI", QPP_INTAKE_RETURNED, "identifierInvalid", bad_npi, false },
	{ "a TIN of eight digits", QPP_INTAKE_RETURNED, "identifierInvalid", short_tin, false },
	{ "a TIN twice", QPP_INTAKE_RETURNED, "tinDuplicate", tin_twice, false },
	{ "eleven clinicians", QPP_INTAKE_RETURNED, "tooManyClinicians", eleven, false },
	{ "another number of practices", QPP_INTAKE_RETURNED, "countDiffers", wrong_count, false },
	{ "text against roster", QPP_INTAKE_RETURNED, "rosterDiffers", roster_differs, false },
	{ "a roster without columns", QPP_INTAKE_RETURNED, "rosterHead", no_columns, false },
	{ "a number that could be anything", QPP_INTAKE_RETURNED, "numberUnclear", stray_number, false },
	{ "late", QPP_INTAKE_RETURNED, "late", late, false },
	{ "early", QPP_INTAKE_RETURNED, "notOpen", early, false },
	{ "from a stranger", QPP_INTAKE_UNVERIFIED, NULL, stranger, false },
	{ "from a stranger, incomplete", QPP_INTAKE_UNVERIFIED, "agreementNotAcknowledged", stranger_lacks, false },
	{ "forged, says our server", QPP_INTAKE_UNVERIFIED, NULL, forged, true },
	{ "a stranger's advertisement", QPP_INTAKE_OTHER, NULL, spam, true },
	{ "a question of one we know", QPP_INTAKE_OTHER, NULL, question, false },
	{ "an automatic answer", QPP_INTAKE_SILENT, NULL, automatic, true },
	{ "bulk", QPP_INTAKE_SILENT, NULL, bulk, true },
	{ "a bounce", QPP_INTAKE_SILENT, NULL, bounce, true },
	{ "a list", QPP_INTAKE_SILENT, NULL, list, true },
	{ "a daemon", QPP_INTAKE_SILENT, NULL, daemon_mail, true },
	{ "two senders", QPP_INTAKE_SILENT, NULL, two_senders, true },
	{ "no sender", QPP_INTAKE_SILENT, NULL, no_sender, true },
	{ "From twice", QPP_INTAKE_SILENT, NULL, twice_from, true },
	{ "a header of 80 kB", QPP_INTAKE_SILENT, NULL, long_headers, true },
	{ "NUL in a header", QPP_INTAKE_SILENT, NULL, nul_header, true },
	{ "nested too deep", QPP_INTAKE_SILENT, NULL, deep, true },
	{ "boundaries without end", QPP_INTAKE_SILENT, NULL, many_boundaries, true },
	{ "an empty message", QPP_INTAKE_SILENT, NULL, empty, true },
	{ "NUL in the text", QPP_INTAKE_RETURNED, "textUnclear", nul_body, false },
	{ "broken base64", QPP_INTAKE_RETURNED, "textUnclear", bad_base64, false },
	{ "not its charset", QPP_INTAKE_RETURNED, "textUnclear", wrong_charset, false },
	{ "no boundary", QPP_INTAKE_RETURNED, "textUnclear", no_boundary, false },
	{ "a header of 10 MB", QPP_INTAKE_SILENT, NULL, huge_header, true },
};

size_t made_kinds(void)
{
	return sizeof kinds / sizeof *kinds;
}

static struct qpp_str nested(struct plan *p, size_t depth, bool same)
{
	struct qpp_buf b;
	char line[160];
	qpp_buf_init(&b, p->a, MOST);
	put_headers(p, &b);
	for (size_t i = 0; i < depth; i++) {
		snprintf(line, sizeof line, "%sContent-Type: multipart/mixed; boundary=\"n%zu\"\r\n\r\n--n%zu\r\n", "", same ? i % 2 : i, same ? i % 2 : i);
		qpp_buf_cat(&b, line, (char *)NULL);
	}
	qpp_buf_cat(&b, "Content-Type: text/plain\r\n\r\nvirtual group election\r\n", (char *)NULL);
	return qpp_buf_done(&b);
}

/* Base64 that breaks off and has a sign in it that is none. */
static struct qpp_str broken(struct plan *p)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	struct qpp_str plain = body_of(p);
	struct qpp_buf b;
	qpp_buf_init(&b, p->a, MOST);
	put_headers(p, &b);
	qpp_buf_cat(&b, "Content-Type: text/plain; charset=utf-8\r\n", p->coding, "\r\n", (char *)NULL);
	for (size_t i = 0; i + 3 <= plain.n; i += 3) {
		unsigned v = (unsigned)(unsigned char)plain.p[i] << 16 | (unsigned)(unsigned char)plain.p[i + 1] << 8 | (unsigned char)plain.p[i + 2];
		for (int k = 18; k >= 0; k -= 6)
			qpp_buf_char(&b, letters[v >> k & 63]);
		if (i % 54 == 51)
			qpp_buf_cat(&b, "\r\n", (char *)NULL);
	}
	qpp_buf_cat(&b, "!\r\n", (char *)NULL);
	return qpp_buf_done(&b);
}

static struct qpp_str letter_only(struct plan *p, const char *subject, const char *says)
{
	struct qpp_buf b;
	p->subject = subject;
	qpp_buf_init(&b, p->a, MOST);
	put_headers(p, &b);
	qpp_buf_cat(&b, "\r\n", says, "\r\n", (char *)NULL);
	return qpp_buf_done(&b);
}

static struct qpp_str with_zip(struct plan *p)
{
	struct qpp_buf b;
	p->form = LABELLED;
	qpp_buf_init(&b, p->a, MOST);
	put_headers(p, &b);
	qpp_buf_cat(&b, "Content-Type: multipart/mixed; boundary=b2\r\n\r\n--b2\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n", (char *)NULL);
	put_crlf(&b, body_of(p));
	qpp_buf_cat(&b, "--b2\r\nContent-Type: application/zip; name=\"../../42.zip\"\r\nContent-Transfer-Encoding: base64\r\n"
	                "Content-Disposition: attachment; filename=\"../../42.zip\"\r\n\r\nUEsDBBQAAAAIAAAAIQAAAAAA\r\n--b2--\r\n", (char *)NULL);
	return qpp_buf_done(&b);
}

static struct qpp_str with_nul(struct plan *p, bool in_headers)
{
	struct qpp_str raw = whole(p);
	char *s = (char *)(uintptr_t)raw.p;
	char *at = in_headers ? strstr(s, "Subject: ") + 10 : strstr(s, "Sincerely");
	*at = '\0';
	return raw;
}

struct made_message made_message(struct qpp_arena *a, uint64_t seed, size_t n)
{
	const struct kind *k = &kinds[n % made_kinds()];
	struct plan p = { .a = a, .random = seed * 0x9e3779b97f4a7c15u + n * 0xbf58476d1ce4e5b9u + 1, .n = n };
	struct made_message m = { .what = k->what, .outcome = k->outcome, .code = k->code, .answered = !k->silent,
		                      .received = { BEGIN_US + (int64_t)n * BETWEEN_US } };
	for (int i = 0; i < 8; i++)
		(void)draw(&p, 2);
	fill(&p);
	k->change(&p, &m);
	m.practices = p.n_practices;
	for (size_t i = 0; i < p.n_practices; i++)
		m.clinicians += p.practices[i].n;
	if (k->change == deep || k->change == many_boundaries)
		m.raw = nested(&p, k->change == deep ? DEEP : MANY, k->change != deep);
	else if (k->change == bad_base64)
		m.raw = broken(&p);
	else if (k->change == zip)
		m.raw = with_zip(&p);
	else if (k->change == spam)
		m.raw = letter_only(&p, "You have won", "Click here and elect the best offer. Call 5555550100.");
	else if (k->change == question)
		m.raw = letter_only(&p, "Thank you", "When is the next training?");
	else if (k->change == empty)
		m.raw = QPP_LIT("");
	else if (k->change == nul_header || k->change == nul_body)
		m.raw = with_nul(&p, k->change == nul_header);
	else
		m.raw = whole(&p);
	return m;
}
