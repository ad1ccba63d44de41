/*
 * Every page by every role by five relations to the thing, expected from the page
 * tables and access.def; forms that were not sent from a page of ours; the
 * document of the matrix. See matrix.h.
 *
 *   test_matrix DOCUMENT [--write]     DOCUMENT: docs/permissions.md; --write makes it anew, and that is all
 */
#include "matrix.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

enum relation { OWN, OTHERS, REVOKED, YEAR_BEFORE, NOWHERE, RELATIONS };
static const char *const relation_names[RELATIONS] = { "own", "other's", "revoked", "other year", "non-existent" };

enum { FEWEST_CELLS = 6000, SHOWN = 12 };

static struct world w;
static size_t cells, number, failures;

/* One question to one page. */
struct cell {
	struct qpp_arena arena;
	const struct qpp_page *page;
	const struct named *row;
	int role;
	enum relation relation;
	struct caller *caller, passing;
	struct party *party;
	int year;
	bool nowhere, room;
};

/* ---- TAP ---- */

static size_t faults;                /* of the line at hand */

/* One line of an answer: what a page has as its heading and after, or the first of a document. */
static const char *shown(struct qpp_arena *a, struct qpp_str body)
{
	enum { MOST = 160 };
	const char *at = body.n ? memmem(body.p, body.n, "<h1", 3) : NULL;
	if (at)
		body = (struct qpp_str){ at, body.n - (size_t)(at - body.p) };
	if (body.n > MOST)
		body.n = MOST;
	char *text = (char *)(uintptr_t)qpp_str_dup(a, body).p;
	for (size_t i = 0; i < body.n; i++)
		if (text[i] < ' ')
			text[i] = ' ';
	return text;
}

static void fault(struct cell *c, const struct asked *got, const char *says)
{
	failures++;
	if (faults++ >= SHOWN)
		return;
	printf("# %s %s as %s, %s: %s; got %d %s\n", qpp_http_method_name(c->page->method), c->row->target, asker_name(c->role),
	       relation_names[c->relation], says, got->status, shown(&c->arena, got->body));
}

static void tell(const char *what, const char *page)
{
	printf("%s %zu - %s%s\n", faults ? "not ok" : "ok", ++number, what, page);
	faults = 0;
	(void)fflush(stdout);
}

/* ---- asking ---- */

static const char *page_name(struct qpp_arena *a, const struct qpp_page *p)
{
	return qpp_str_cat(a, qpp_http_method_name(p->method), " ", p->path, (char *)NULL).p;
}

static struct party nobody_like(const struct party *p)
{
	struct party n = w.nobody;
	n.kind = p->kind;
	/* Ends as the one that is asked for: errors show the end. */
	if (p->tin[0])
		(void)snprintf(n.tin, sizeof n.tin, "00099%s", p->tin + 5);
	return n;
}

static struct asked ask_as(struct cell *c, const struct party *p, enum forging forging, bool by_cookie, struct qpp_str *bare)
{
	struct qpp_arena *a = &c->arena;
	const struct ask x = {
		.page = c->page, .method = qpp_http_method_name(c->page->method), .target = named_text(a, c->row->target, p, c->year),
		.headers = c->row->headers ? named_text(a, c->row->headers, p, c->year) : NULL, .type = c->row->type,
		.body = c->row->body ? qpp_str_of(named_text(a, c->row->body, p, c->year)) : QPP_LIT(""),
		.forging = forging, .token_of_another = w.asker[QPP_ROLE_SIGNED_IN][CALLER_OTHER].form_token, .by_cookie = by_cookie,
	};
	/* On a session of its own, which does not end the one that others are asked on. */
	if (c->row->flags & ENDS_SESSION) {
		c->passing = *c->caller;
		c->caller = &c->passing;
		world_sign_in_anew(&w, c->caller);
	}
	struct asked got = client_ask(&w, a, c->caller, &x);
	/* Of what is asked for and of what stands for it, so that a list of one's own is the same beside both. */
	const struct party *o = c->party, *n = &w.nobody;
	const char *names[] = { o->filed[c->year].review, n->filed[c->year].review, o->filed[c->year].submission, o->filed[c->year].set, o->governed, o->practice, o->role, o->token, o->tin, o->number,
		                    n->filed[c->year].submission, n->filed[c->year].set, n->governed, n->practice, n->role, n->token, p->tin, n->number,
		                    o->filed[c->year].vgroup, n->filed[c->year].vgroup };
	if (bare)
		*bare = client_bare(a, &got, names, sizeof names / sizeof *names);
	return got;
}

/* ---- what is expected ---- */

enum want { LET_IN, TO_SIGN_IN, NOT_THE_ROLE, AS_NOBODYS, AS_ALWAYS };

static bool reads(const struct cell *c)
{
	return c->page->method == QPP_GET;
}

static bool api(const struct cell *c)
{
	return c->page->flags & QPP_PAGE_API;
}

/* As the relation is to a thing of the page: what the role may see or change of it. */
static enum want of_thing(const struct cell *c)
{
	bool agency = c->caller->roles & (QPP_BY(REVIEWER) | QPP_BY(SECOND_REVIEWER) | QPP_BY(OPERATOR) | QPP_BY(AGENT) | QPP_BY(AUDITOR));
	enum kind kind = kind_of_role(c->role);
	bool registry = kind == OF_REGISTRY;
	if (c->row->flags & REFUSED_TO_REGISTRIES && registry)
		return NOT_THE_ROLE;
	if ((c->row->flags & NOT_FOR_CLINICIANS && kind == OF_CLINICIAN) || (c->row->flags & OF_PEOPLE && kind != OF_PRACTICE && kind != OF_CLINICIAN))
		return AS_NOBODYS;
	if (agency && c->row->flags & (REFUSED_TO_AGENCY | NOT_FOR_AGENCY))
		return c->row->flags & NOT_FOR_AGENCY || c->nowhere || c->relation == REVOKED ? AS_NOBODYS : NOT_THE_ROLE;
	switch (c->relation) {
	case OWN:
		return c->row->flags & NOT_FOR_REGISTRIES && registry ? AS_NOBODYS : LET_IN;
	case YEAR_BEFORE:
		return c->role == QPP_ROLE_REGISTRY_TOKEN || (c->row->flags & NOT_FOR_REGISTRIES && registry) ? AS_NOBODYS : LET_IN;
	case OTHERS:
		return agency ? LET_IN : AS_NOBODYS;
	default:
		return AS_NOBODYS;
	}
}

static enum want expected(const struct cell *c)
{
	const struct caller *k = c->caller;
	bool nobody = k->roles == QPP_BY(ANONYMOUS) || k->unknown;
	/* A bearer token that is no good is nobody's, on public pages too; a cookie that is no good is none. */
	if (k->unknown && k->token[0] && (k->program || api(c)))
		return TO_SIGN_IN;
	if (k->viewing && (reads(c) ? c->row->flags & NOT_WHILE_VIEWING : !(c->row->flags & WHILE_VIEWING)))
		return NOT_THE_ROLE;
	if (!qpp_page_lets(c->page, nobody ? QPP_BY(ANONYMOUS) : k->roles))
		return nobody ? TO_SIGN_IN : NOT_THE_ROLE;
	if (c->row->flags & NEEDS_BEGUN && nobody)
		return k->half ? LET_IN : TO_SIGN_IN;
	if (c->row->always)
		return AS_ALWAYS;
	return c->row->flags & ABOUT_CALLER ? LET_IN : of_thing(c);
}

static bool to_sign_in(const struct asked *got)
{
	return got->status == 303 && qpp_str_starts(client_header(got, "Location"), "/sign-in");
}

/* Done, or led on; a word about what was sent where the table says that it is wrong. */
static bool let_in(const struct cell *c, const struct asked *got)
{
	static const int about_content[] = { 400, 409, 412, 413, 415, 422 };
	bool sign_in_page = strstr(c->page->path, "/sign-in") != NULL;
	if (got->status >= 200 && got->status < 400)
		return sign_in_page || !to_sign_in(got);
	for (size_t i = 0; i < sizeof about_content / sizeof *about_content; i++)
		if (got->status == about_content[i])
			return c->row->flags & ABOUT_CONTENT;
	return false;
}

static bool has(struct qpp_str text, const char *part)
{
	return text.n && part[0] && memmem(text.p, text.n, part, strlen(part)) != NULL;
}

/* What is of the second party must not be in an answer to somebody who has nothing to do with it, unless it was in the question. */
static const char *leak(const struct cell *c, const struct asked *got, const struct party *asked_for)
{
	const struct party *p = &w.party[c->party->kind][1];
	const char *secrets[] = { p->filed[c->year].review, p->filed[c->year].submission, p->filed[c->year].set, p->role, p->email, p->tin };
	if (c->role >= QPP_ROLE_REVIEWER || c->relation == OTHERS || asked_for == p)
		return NULL;
	for (size_t i = 0; i < sizeof secrets / sizeof *secrets; i++)
		if (has(got->body, secrets[i]) || has(got->head, secrets[i]))
			return secrets[i];
	return NULL;
}

/* The same bytes for what is another's as for what is nobody's; a clock that ticked in between is asked again. */
static void as_nobodys(struct cell *c, const struct asked *first, struct qpp_str bare)
{
	struct party n = nobody_like(c->party);
	struct asked got = *first, none;
	int missing = c->row->missing ? c->row->missing : 404;
	bool refused = c->row->flags & ANY_REFUSAL ? got.status == 401 || got.status == 403 || got.status == 404 : got.status == missing;
	if (!refused) {
		fault(c, &got, "is not there for the one who asks");
		return;
	}
	for (int tries = 0; tries < 3; tries++) {
		struct qpp_str other;
		none = ask_as(c, &n, HONEST, false, &other);
		if (none.status == got.status && qpp_str_eq(bare, other))
			return;
		got = ask_as(c, c->nowhere ? &n : c->party, HONEST, false, &bare);
	}
	fault(c, &got, "differs from what is not there at all");
	if (faults < SHOWN)
		printf("#   not there: %d %s\n", none.status, shown(&c->arena, none.body));
}

/* ---- the record ---- */

static void check_record(struct cell *c, const struct asked *got)
{
	if (c->page->audit == QPP_AUDIT_NONE)
		return;
	const char *last = world_record(&w, &c->arena);
	const char *due = qpp_str_cat(&c->arena, page_name(&c->arena, c->page), " ", qpp_i64_text(&c->arena, got->status).p,
	                              c->caller->viewing ? " viewing" : "", (char *)NULL).p;
	if (strcmp(last, due) != 0) {
		fault(c, got, "is not on record");
		if (faults < SHOWN)
			printf("#   the last record is: %s\n", last);
	}
}

/* ---- one cell ---- */

static void arrange(struct cell *c, enum want want)
{
	c->room = want == LET_IN;
	if (c->room && c->row->flags & NEEDS_ROOM)
		world_take_away(&w, c->party, c->year);
	if (c->row->flags & NEEDS_DRAFT && want != TO_SIGN_IN)
		world_draft(&w, c->party, c->year);
}

/* What was taken away or decided is there again for the next. */
static void put_back(struct cell *c, const struct asked *got)
{
	bool done = got->status >= 200 && got->status < 400;
	if ((done && c->row->flags & TAKES_AWAY) || (c->room && c->row->flags & NEEDS_ROOM))
		world_file(&w, c->party, c->year);
	if (done && c->row->flags & DECIDES)
		world_undecide(&w, c->party);
}

static void judge(struct cell *c, enum want want, const struct asked *got, struct qpp_str bare)
{
	const char *shows = c->row->shows ? named_text(&c->arena, c->row->shows, c->party, c->year) : NULL, *secret;
	bool own = c->relation == OWN && (c->row->flags & ABOUT_CALLER ? (c->caller->roles & ~(QPP_BY(SIGNED_IN) | QPP_BY(ANONYMOUS))) != 0 : true);
	switch (want) {
	case LET_IN:
		if (!let_in(c, got))
			fault(c, got, "is allowed");
		else if (shows && own && !has(got->body, shows))
			fault(c, got, "does not show what is one's own");
		break;
	case TO_SIGN_IN:
		if (api(c) || c->caller->program ? got->status != 401 && !to_sign_in(got) : !to_sign_in(got))
			fault(c, got, "must sign in first");
		break;
	case NOT_THE_ROLE:
		if (got->status != 403)
			fault(c, got, "is not for this role");
		break;
	case AS_ALWAYS:
		if (got->status != c->row->always)
			fault(c, got, "is answered by another status always");
		break;
	case AS_NOBODYS:
		as_nobodys(c, got, bare);
		break;
	}
	secret = leak(c, got, c->party);
	if (secret)
		fault(c, got, qpp_str_cat(&c->arena, "has of others: ", secret, (char *)NULL).p);
}

static void choose(struct cell *c)
{
	enum kind kind = kind_of_role(c->role);
	/* Who stopped half-way has no relation to anything; nobody is asked as such. */
	static const enum which caller_of[RELATIONS] = { CALLER_OWN, CALLER_OTHER, CALLER_REVOKED, CALLER_YEAR, CALLER_UNKNOWN };
	bool about_caller = c->row->flags & ABOUT_CALLER;
	c->caller = &w.asker[c->role][about_caller || c->relation == REVOKED ? caller_of[c->relation] : CALLER_OWN];
	c->party = &w.party[kind][!about_caller && c->relation == OTHERS];
	c->year = c->relation == YEAR_BEFORE ? OTHER_YEAR : THIS_YEAR;
	c->nowhere = !about_caller && c->relation == NOWHERE;
}

/* Chores of the service go on beside, and may take a while: what changes something each time was the request. */
static bool changes_each_time(struct cell *c, const struct party *p, enum forging f, bool form, struct asked *got)
{
	enum { TRIES = 8, PAUSE_NS = 300000000 };
	const struct timespec pause = { 0, PAUSE_NS };
	for (int i = 0; i < TRIES; i++) {
		uint64_t before = world_fingerprint(&w);
		*got = ask_as(c, p, f, form, NULL);
		/* A session that is made anew for the next is a change of ours. */
		if (c->row->flags & ENDS_SESSION || world_fingerprint(&w) == before)
			return false;
		(void)nanosleep(&pause, NULL);
	}
	return true;
}

static void ask_cell(struct cell *c)
{
	struct qpp_str bare;
	choose(c);
	enum want want = expected(c);
	bool refused = want == TO_SIGN_IN || want == NOT_THE_ROLE || want == AS_NOBODYS;
	arrange(c, want);
	uint64_t before = refused && !reads(c) ? world_fingerprint(&w) : 0;
	struct party n = nobody_like(c->party);
	struct asked again, got = ask_as(c, c->nowhere ? &n : c->party, HONEST, false, &bare);
	check_record(c, &got);
	judge(c, want, &got, bare);
	/* A session that is made anew is no change of what was refused. */
	if (refused && !reads(c) && !(c->row->flags & ENDS_SESSION) && world_fingerprint(&w) != before &&
	    changes_each_time(c, c->nowhere ? &n : c->party, HONEST, false, &again))
		fault(c, &got, "was refused and changed something");
	put_back(c, &got);
	cells++;
}

/* ---- forms that are not of ours ---- */

static const char *const forgings[FORGINGS] = { "honest", "without a form token", "with a broken one", "with that of another session",
	                                            "from another origin", "from another site" };

static void forge(struct cell *c)
{
	choose(c);
	if (c->caller->program || c->caller->viewing || !qpp_page_lets(c->page, c->caller->roles))
		return;
	arrange(c, LET_IN);
	for (int f = NO_TOKEN; f < FORGINGS; f++) {
		struct asked got;
		bool changed = changes_each_time(c, c->party, (enum forging)f, true, &got);
		if (got.status != 403)
			fault(c, &got, forgings[f]);
		if (changed)
			fault(c, &got, "was forged and changed something");
		cells++;
	}
	put_back(c, &(struct asked){ 0 });
}

static bool takes_forms(const struct qpp_page *p)
{
	return p->method != QPP_GET && !(p->flags & QPP_PAGE_NO_CSRF);
}

/* ---- every page ---- */

static bool names(const struct named *row, struct qpp_arena *a, const struct qpp_page *p)
{
	return strcmp(row->page, page_name(a, p)) == 0;
}

static void for_all(const struct qpp_page *p, const struct named *row, bool forging)
{
	for (int role = 0; role < ASKERS; role++)
		for (int r = 0; r < RELATIONS && (!forging || r == OWN); r++) {
			struct cell c = { .arena = QPP_ARENA_INIT, .page = p, .row = row, .role = role, .relation = (enum relation)r };
			if (forging)
				forge(&c);
			else
				ask_cell(&c);
			qpp_arena_close(&c.arena);
		}
}

static void ask_page(const struct qpp_page *p)
{
	enum { GET_TRIES = 4 };
	struct qpp_arena a = QPP_ARENA_INIT;
	const char *name = page_name(&a, p);
	size_t rows = 0, before = cells;
	uint64_t kept = world_fingerprint(&w);
	for (size_t i = 0; i < named_pages_n; i++)
		if (names(&named_pages[i], &a, p)) {
			for_all(p, &named_pages[i], false);
			rows++;
		}
	if (!rows) {
		printf("# %s has no line in tests/access/named.c: say there how a thing of it is named\n", name);
		faults++;
		failures++;
	}
	/* Drafts that were arranged are changes of ours. The secret of a second factor is made where it is first shown, to its person. */
	bool changed = p->method == QPP_GET && !strstr(name, "/review/") && strcmp(p->path, "/sign-in/code") != 0 && world_fingerprint(&w) != kept;
	for (int again = 0; changed && again < GET_TRIES; again++) {
		kept = world_fingerprint(&w);
		for (size_t i = 0; i < named_pages_n; i++)
			if (names(&named_pages[i], &a, p))
				for_all(p, &named_pages[i], false);
		changed = world_fingerprint(&w) != kept;
	}
	if (changed) {
		printf("# %s changed something\n", name);
		faults++;
		failures++;
	}
	tell(qpp_str_cat(&a, name, ": ", qpp_i64_text(&a, (int64_t)(cells - before)).p, " cells", (char *)NULL).p, "");
	for (size_t i = 0; takes_forms(p) && i < named_pages_n; i++)
		if (names(&named_pages[i], &a, p))
			for_all(p, &named_pages[i], true);
	if (takes_forms(p))
		tell("forms that are not of ours: ", name);
	qpp_arena_close(&a);
}

/* A line of the table that names no page is a mistake, or one that nobody removed. */
static void check_table(void)
{
	struct qpp_arena a = QPP_ARENA_INIT;
	for (size_t i = 0; i < named_pages_n; i++) {
		bool found = false;
		for (size_t k = 0; k < qpp_router_pages(w.router); k++)
			found |= names(&named_pages[i], &a, qpp_router_page(w.router, k));
		if (!found) {
			printf("# tests/access/named.c has a line for %s, and there is no such page\n", named_pages[i].page);
			faults++;
			failures++;
		}
	}
	tell("every line of the table is of a page", "");
	qpp_arena_close(&a);
}

/* ---- the document ---- */

static struct qpp_str read_all(struct qpp_arena *a, const char *path)
{
	struct qpp_buf b;
	char piece[8192];
	size_t n;
	FILE *f = fopen(path, "rb");
	qpp_buf_init(&b, a, 1 << 22);
	while (f && (n = fread(piece, 1, sizeof piece, f)) > 0)
		qpp_buf_add(&b, piece, n);
	if (f)
		(void)fclose(f);
	return qpp_buf_done(&b);
}

static struct qpp_str document(struct qpp_arena *a)
{
	const struct qpp_router *x;
	const struct qpp_page_table *tables[QPP_RUNNING_TABLES];
	struct qpp_err err = { 0 };
	must(qpp_router_make(a, tables, qpp_running_tables(NULL, tables), &x, &err) == QPP_OK, "the tables", &err);
	return qpp_permission_matrix(a, x);
}

static void check_document(const char *path)
{
	struct qpp_arena a = QPP_ARENA_INIT;
	if (!qpp_str_eq(document(&a), read_all(&a, path))) {
		printf("# %s is not what the tables say; read the difference, then: test_matrix %s --write\n", path, path);
		faults++;
		failures++;
	}
	tell("docs/permissions.md is what the tables say", "");
	qpp_arena_close(&a);
}

static int write_document(const char *path)
{
	struct qpp_arena a = QPP_ARENA_INIT;
	struct qpp_str text = document(&a);
	FILE *f = fopen(path, "wb");
	bool good = f && fwrite(text.p, 1, text.n, f) == text.n;
	if (f && fclose(f) != 0)
		good = false;
	qpp_arena_close(&a);
	return good ? 0 : 1;
}

static void tell_more(bool good, const char *what)
{
	faults += !good;
	failures += !good;
	tell(what, "");
}

int main(int argc, char **argv)
{
	if (argc < 2)
		return 2;
	if (argc > 2 && strcmp(argv[2], "--write") == 0)
		return write_document(argv[1]);
	const char *only = argc > 2 ? argv[2] : NULL;
	world_open(&w);
	check_document(argv[1]);
	check_table();
	for (size_t i = 0; i < qpp_router_pages(w.router); i++)
		if (!only || strstr(qpp_router_page(w.router, i)->path, only))
			ask_page(qpp_router_page(w.router, i));
	if (!only)
		more_than_the_matrix(&w, tell_more);
	if (!only && cells < FEWEST_CELLS) {
		faults++;
		failures++;
	}
	printf("# %zu cells were asked, %zu failed\n", cells, failures);
	tell("at least 6,000 cells were asked", "");
	printf("1..%zu\n", number);
	world_close(&w);
	return failures ? 1 : 0;
}
