/*
 * The words of every notice, once: a list of paragraphs from which the plain text
 * and its HTML twin are made, so that both say the same. notices.h is the manual.
 */
#include <string.h>

#include "app/notices.h"

enum { PARAGRAPHS = 10, TEXT_MOST = 20000 };

/* A paragraph in the making is what it says, then what stands out in it: a code, a number. */
struct notice {
	struct qpp_arena *a;
	struct qpp_str subject;
	struct paragraph {
		struct qpp_str text;
		bool large;
	} v[PARAGRAPHS];
	size_t n;
};

static void say(struct notice *m, struct qpp_str text)
{
	if (m->n < PARAGRAPHS)
		m->v[m->n++] = (struct paragraph){ text, false };
}

/* Characters that no line of a message has: a name out of a form could carry them. */
static struct qpp_str tame(struct qpp_arena *a, struct qpp_str s)
{
	enum { MOST = 120 };
	struct qpp_str out = qpp_str_dup(a, (struct qpp_str){ s.p, s.n < MOST ? s.n : MOST });
	char *p = (char *)(uintptr_t)out.p;
	for (size_t i = 0; i < out.n; i++)
		if ((unsigned char)p[i] < ' ' || p[i] == 0x7f)
			p[i] = ' ';
	/* A character cut in the middle is left out whole. */
	size_t cut = out.n;
	while (s.n > MOST && cut > 0 && ((unsigned char)p[cut - 1] & 0xc0) == 0x80)
		cut--;
	if (s.n > MOST && cut > 0 && (unsigned char)p[cut - 1] >= 0xc0)
		out.n = cut - 1;
	return out;
}

static void add_html(struct qpp_buf *b, struct qpp_str s)
{
	for (size_t i = 0; i < s.n; i++) {
		switch (s.p[i]) {
		case '&': qpp_buf_cat(b, "&amp;", (char *)NULL); break;
		case '<': qpp_buf_cat(b, "&lt;", (char *)NULL); break;
		case '>': qpp_buf_cat(b, "&gt;", (char *)NULL); break;
		case '"': qpp_buf_cat(b, "&quot;", (char *)NULL); break;
		case '\n': qpp_buf_cat(b, "<br>", (char *)NULL); break;
		default: qpp_buf_char(b, s.p[i]);
		}
	}
}

static struct qpp_str end_text(void)
{
	return QPP_LIT("OpenQPP writes this because of your account. It never asks for a password or a code by mail. "
	               "Do not answer this message: nobody reads the address.");
}

static struct qpp_mail finish(struct notice *m)
{
	struct qpp_buf text, html;
	say(m, end_text());
	qpp_buf_init(&text, m->a, TEXT_MOST);
	qpp_buf_init(&html, m->a, TEXT_MOST);
	qpp_buf_cat(&html, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>", (char *)NULL);
	add_html(&html, m->subject);
	qpp_buf_cat(&html, "</title>\n</head>\n<body>\n", (char *)NULL);
	for (size_t i = 0; i < m->n; i++) {
		if (i > 0)
			qpp_buf_char(&text, '\n');
		qpp_buf_str(&text, m->v[i].text);
		qpp_buf_char(&text, '\n');
		qpp_buf_cat(&html, m->v[i].large ? "<p><strong>" : "<p>", (char *)NULL);
		add_html(&html, m->v[i].text);
		qpp_buf_cat(&html, m->v[i].large ? "</strong></p>\n" : "</p>\n", (char *)NULL);
	}
	qpp_buf_cat(&html, "</body>\n</html>\n", (char *)NULL);
	return (struct qpp_mail){ .to = QPP_LIT(""), .subject = m->subject, .text = qpp_buf_done(&text),
		                      .html = qpp_buf_done(&html) };
}

static struct notice begin(struct qpp_arena *a, struct qpp_str person, const char *subject)
{
	struct notice m = { .a = a, .subject = qpp_str_of(subject) };
	struct qpp_str name = tame(a, person);
	say(&m, qpp_str_cat(a, "Hello", name.n > 0 ? " " : "", qpp_str_dup(a, name).p, ",", (char *)NULL));
	return m;
}

/* The parts one after the other, as text in the arena; every one was tamed or is the program's own. */
#define SAY(m, ...) say((m), qpp_str_cat((m)->a, __VA_ARGS__, (char *)NULL))

static const char *c_text(struct notice *m, struct qpp_str s)
{
	return qpp_str_dup(m->a, tame(m->a, s)).p;
}

const char *qpp_post_title(enum qpp_post post)
{
	static const char *const titles[QPP_POSTS] = {
		[QPP_POST_NONE] = "No role", [QPP_POST_OFFICIAL] = "Security Official", [QPP_POST_STAFF] = "Staff User",
		[QPP_POST_CLINICIAN] = "Clinician", [QPP_POST_REVIEWER] = "Reviewer",
		[QPP_POST_SECOND_REVIEWER] = "Second Reviewer", [QPP_POST_OPERATOR] = "Operator",
		[QPP_POST_AGENT] = "Service Center Agent", [QPP_POST_AUDITOR] = "Auditor",
	};
	return titles[post < QPP_POSTS ? post : QPP_POST_NONE];
}

struct qpp_str qpp_notice_time(struct qpp_arena *a, qpp_time t)
{
	struct qpp_str s = qpp_time_text(a, t);
	/* 2025-04-15T23:59:59.123456Z */
	const size_t day = 10, time = 8;
	if (s.n < day + 1 + time)
		return s;
	return qpp_str_cat(a, qpp_str_dup(a, (struct qpp_str){ s.p, day }).p, " ",
	                   qpp_str_dup(a, (struct qpp_str){ s.p + day + 1, time }).p, " UTC", (char *)NULL);
}

struct qpp_mail qpp_notice_code(struct qpp_arena *a, struct qpp_str person, struct qpp_str code, int minutes)
{
	struct notice m = begin(a, person, "Your sign-in code");
	SAY(&m, "Somebody signs in with your user name and password. If it is you, type this code:");
	SAY(&m, c_text(&m, code));
	m.v[m.n - 1].large = true;
	SAY(&m, "It is good for ", qpp_i64_text(a, minutes).p, " minutes, once. If it is not you, change your password now: "
	        "somebody else knows it.");
	return finish(&m);
}

struct qpp_mail qpp_notice_locked(struct qpp_arena *a, struct qpp_str person, struct qpp_str until)
{
	struct notice m = begin(a, person, "Sign-in to your account is locked for one hour");
	SAY(&m, "There were too many wrong tries to sign in to your account. To keep others out, sign-in is locked until ",
	    c_text(&m, until), ". After that you can sign in as before.");
	SAY(&m, "If it was not you who tried, nothing else is to be done: nobody came in. If it happens again, tell the service "
	        "center.");
	return finish(&m);
}

struct qpp_mail qpp_notice_disabled(struct qpp_arena *a, struct qpp_str person)
{
	struct notice m = begin(a, person, "Your account was disabled");
	SAY(&m, "Nobody has signed in to your account for 60 days, so it was disabled. Your roles and everything that was filed "
	        "are kept.");
	SAY(&m, "To use it again, ask the service center to enable it.");
	return finish(&m);
}

struct qpp_mail qpp_notice_password(struct qpp_arena *a, struct qpp_str person, struct qpp_str at)
{
	struct notice m = begin(a, person, "Your password was changed");
	SAY(&m, "The password of your account was changed at ", c_text(&m, at), ". Other devices that were signed in are signed "
	        "out.");
	SAY(&m, "If it was not you, tell the service center at once.");
	return finish(&m);
}

struct qpp_mail qpp_notice_factor(struct qpp_arena *a, struct qpp_str person, struct qpp_str at)
{
	struct notice m = begin(a, person, "Your second step was changed");
	SAY(&m, "At ", c_text(&m, at), " another authenticator app was set up for your account. The codes of the one before are no "
	        "longer good. Other devices that were signed in are signed out.");
	SAY(&m, "If it was not you, tell the service center at once.");
	return finish(&m);
}

struct qpp_mail qpp_notice_opened(struct qpp_arena *a, struct qpp_str person, bool was_disabled)
{
	struct notice m = begin(a, person, was_disabled ? "Your account is enabled again" : "Your account is unlocked");
	SAY(&m, was_disabled ? "An operator enabled your account again. You can sign in as before."
	                     : "An operator took the lock off your account. You can sign in now.");
	SAY(&m, "If you did not ask for it, tell the service center.");
	return finish(&m);
}

struct qpp_mail qpp_notice_consent(struct qpp_arena *a, struct qpp_str official, struct qpp_str org, int64_t year, bool given)
{
	struct notice m = begin(a, official, given ? "An organization lets your registry file for it"
	                                           : "An organization no longer lets your registry file for it");
	const char *py = qpp_i64_text(a, year).p;
	if (given)
		SAY(&m, c_text(&m, org), " lets your registry submit its data for performance year ", py, " from now on.");
	else
		SAY(&m, c_text(&m, org), " has ended its consent for performance year ", py, ". Nothing more can be submitted for it. What "
		        "you submitted before stays.");
	return finish(&m);
}

struct qpp_mail qpp_notice_role_requested(struct qpp_arena *a, struct qpp_str official, struct qpp_str asker,
                                          struct qpp_str org, enum qpp_post post)
{
	struct notice m = begin(a, official, "Somebody asks for a role in your organization");
	SAY(&m, c_text(&m, asker), " asks for the role ", qpp_post_title(post), " in ", c_text(&m, org), ".");
	SAY(&m, "You are a Security Official of it. Sign in and open Manage Access to approve or deny the request. Approve it "
	        "only if you know the person.");
	return finish(&m);
}

struct qpp_mail qpp_notice_role(struct qpp_arena *a, struct qpp_str person, struct qpp_str org, enum qpp_post post,
                                enum qpp_role_state state, struct qpp_str note)
{
	bool active = state == QPP_POST_ACTIVE, denied = state == QPP_POST_DENIED;
	struct notice m = begin(a, person, active ? "You have a new role" : denied ? "Your request for a role was denied"
	                                                                        : "A role of yours was removed");
	SAY(&m, active ? "You are now " : denied ? "Your request was denied. You asked to be " : "You are no longer ",
	    qpp_post_title(post), " of ", c_text(&m, org), ".");
	if (note.n > 0)
		SAY(&m, "The reason given: ", c_text(&m, note));
	SAY(&m, active ? "What you can do there shows when you sign in."
	               : "If you think that this is a mistake, ask a Security Official of the organization.");
	return finish(&m);
}

struct qpp_mail qpp_notice_filed(struct qpp_arena *a, struct qpp_str person, struct qpp_str what, struct qpp_str at,
                                 const struct qpp_receipt *receipt)
{
	struct notice m = begin(a, person, "Receipt of your filing");
	m.subject = qpp_str_cat(a, "Receipt of your filing: ", c_text(&m, receipt->number), (char *)NULL);
	SAY(&m, c_text(&m, what), " arrived at ", c_text(&m, at), " and is kept.");
	SAY(&m, "Receipt number: ", c_text(&m, receipt->number), "\nSHA-256 of what you sent: ", c_text(&m, receipt->sha256));
	SAY(&m, "Keep this message. The whole receipt, which proves the time and content to anybody, can be downloaded after "
	        "signing in.");
	return finish(&m);
}

struct qpp_mail qpp_notice_say(struct qpp_arena *a, struct qpp_str person, struct qpp_str subject, const struct qpp_str *paragraphs,
                               size_t n)
{
	struct notice m = begin(a, person, "");
	m.subject = tame(a, subject);
	for (size_t i = 0; i < n; i++)
		say(&m, paragraphs[i]);
	return finish(&m);
}

struct qpp_mail qpp_notice_corrected(struct qpp_arena *a, struct qpp_str person, struct qpp_str org, qpp_py py, struct qpp_str correction,
                                     struct qpp_str reason)
{
	struct notice m = begin(a, person, "Your performance feedback was corrected");
	m.subject = qpp_str_cat(a, "Your performance feedback for ", qpp_i64_text(a, py.v).p, " was corrected", (char *)NULL);
	SAY(&m, "A correction changed the final score or the payment adjustment of at least one clinician under ", c_text(&m, org),
	    " for the performance year ", qpp_i64_text(a, py.v).p, ".");
	SAY(&m, "The correction: ", c_text(&m, correction), ". The reason: ", c_text(&m, reason), ".");
	SAY(&m, "Sign in and open Performance Feedback to see the new version beside the one before, and what changed. The earlier "
	        "versions stay readable. If you think that the new one is wrong, ask for a targeted review while its window is open.");
	return finish(&m);
}
