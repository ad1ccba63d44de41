/* The small service, and the raw client. */
#include "world.h"

#include <arpa/inet.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "adapt/http/envelope.h"
#include "adapt/http/http_int.h"

#define UNUSED (void)host, (void)r, (void)s, (void)err

static enum qpp_code hello(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	UNUSED;
	qpp_respond_text(s, 200, QPP_LIT("hello\n"));
	return QPP_OK;
}

static enum qpp_code one_thing(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	UNUSED;
	json_t *thing = json_object();
	json_object_set_new(thing, "id", json_stringn(qpp_param(r, "id").p, qpp_param(r, "id").n));
	json_object_set_new(thing, "version", json_integer(r->version));
	qpp_respond_data(s, 200, "thing", thing);
	qpp_respond_etag(s, qpp_etag_version(r->arena, 3));
	return QPP_OK;
}

static enum qpp_code all_things(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	enum { ALL = 25 };
	struct qpp_paging p;
	(void)host;
	enum qpp_code code = qpp_request_paging(r, &p, err);
	if (code != QPP_OK)
		return code;
	json_t *items = json_array();
	for (int64_t i = p.start; i < ALL && i < p.start + p.most; i++)
		json_array_append_new(items, json_integer(i));
	qpp_respond_list(s, p, ALL, "things", items);
	return QPP_OK;
}

static enum qpp_code put_thing(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct world *w = host;
	enum qpp_code code = qpp_if_match(r, qpp_etag_version(r->arena, 3), err);
	if (code != QPP_OK)
		return code;
	atomic_fetch_add(&w->handled, 1);
	qpp_respond_data(s, 200, "size", json_integer((json_int_t)r->body.n));
	return QPP_OK;
}

/* The key, the size and the times of what was sent. */
static enum qpp_code post_thing(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct world *w = host;
	struct qpp_str key;
	enum qpp_code code = qpp_idempotency_key(r, &key, err);
	if (code != QPP_OK)
		return code;
	atomic_fetch_add(&w->handled, 1);
	json_t *o = json_object();
	json_object_set_new(o, "key", json_stringn(key.p ? key.p : "", key.n));
	json_object_set_new(o, "size", json_integer((json_int_t)r->body.n));
	json_object_set_new(o, "began", json_integer(r->began_us));
	json_object_set_new(o, "received", json_integer(r->received_us));
	qpp_respond_data(s, 201, "receipt", o);
	return QPP_OK;
}

static enum qpp_code faulty(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	(void)host, (void)err;
	struct qpp_findings f;
	qpp_findings_init(&f, r->arena, 10);
	struct qpp_where at = { .pointer = QPP_LIT("/measurementSets/0/measurements/1/measureId"), .line = 3, .column = 7 };
	struct qpp_finding *x = qpp_find(&f, QPP_ERROR, "testCode", at, QPP_LIT("field 'measureId' is invalid"));
	x->value = QPP_LIT("999");
	(void)qpp_find(&f, QPP_WARNING, "testWarning", at, QPP_LIT("a remark"));
	qpp_respond_findings(s, QPP_LIT("invalid submission object"), &f);
	return QPP_OK;
}

static enum qpp_code failing(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	static const struct {
		const char *how;
		enum qpp_code code;
	} ways[] = {
		{ "bug", QPP_BUG }, { "full", QPP_FULL }, { "busy", QPP_BUSY }, { "conflict", QPP_CONFLICT }, { "data", QPP_DATA },
	};
	(void)host;
	struct qpp_str how = qpp_param(r, "how");
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
		if (qpp_str_is(how, ways[i].how)) {
			(void)qpp_fail(err, ways[i].code, "it failed <here> at /some/path/db.sqlite", (char *)NULL);
			qpp_err_detail(err, "inner detail", (char *)NULL);
			return ways[i].code;
		}
	if (qpp_str_is(how, "header")) {
		qpp_respond_text(s, 200, QPP_LIT("never seen"));
		qpp_respond_header(s, "X-Data", QPP_LIT("a\r\nSet-Cookie: evil=1"));
	}
	return QPP_OK;
}

static enum qpp_code form(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	UNUSED;
	qpp_respond_text(s, 200, qpp_csrf_token(r, s));
	return QPP_OK;
}

static enum qpp_code sent_form(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_form f;
	(void)host;
	enum qpp_code code = qpp_request_form(r, &f, err);
	if (code != QPP_OK)
		return code;
	const struct qpp_part *file = qpp_form_file(&f, "file");
	struct qpp_buf b;
	qpp_buf_init(&b, r->arena, 1000);
	qpp_buf_str(&b, qpp_form_field(&f, "name"));
	qpp_buf_char(&b, '|');
	if (file) {
		qpp_buf_str(&b, file->filename);
		qpp_buf_char(&b, '|');
		qpp_buf_i64(&b, (int64_t)file->body.n);
	}
	qpp_respond_text(s, 200, qpp_buf_done(&b));
	return QPP_OK;
}

static enum qpp_code slow(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	UNUSED;
	(void)nanosleep(&(struct timespec){ 0, 400000000 }, NULL);
	qpp_respond_text(s, 200, QPP_LIT("at last\n"));
	return QPP_OK;
}

static enum qpp_code redirect(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	UNUSED;
	qpp_respond_redirect(s, qpp_query(r, "to"));
	qpp_respond_cookie(s, "session", QPP_LIT("abc"), 60);
	return QPP_OK;
}

static enum qpp_code keep(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	UNUSED;
	qpp_respond_download(s, "text/csv", QPP_LIT("a \"b\"\r\n../c.csv"), QPP_LIT("x\n"));
	return QPP_OK;
}

static const struct qpp_param_doc list_params[] = {
	{ QPP_IN_QUERY, "startIndex", "integer", false, "first item, from 0" },
	{ QPP_IN_QUERY, "itemsPerPage", "integer", false, "most items" },
	{ 0 },
};

#define PAGE(m, p, c, a, h) .method = QPP_##m, .path = (p), .can = QPP_CAN_##c, .audit = QPP_AUDIT_##a, .handle = (h), .summary = "A page"

static const struct qpp_page pages[] = {
	{ PAGE(GET, "/", READ_PUBLIC, NONE, hello) },
	{ PAGE(GET, "/hello", READ_PUBLIC, NONE, hello) },
	{ PAGE(GET, "/api/things", READ_PUBLIC, NONE, all_things), .flags = QPP_PAGE_API, .params = list_params },
	{ PAGE(POST, "/api/things", SUBMIT_DATA, FILING, post_thing), .flags = QPP_PAGE_API | QPP_PAGE_WAITS, .body = 4096,
	  .takes = "application/json, application/xml", .success = 201 },
	{ PAGE(GET, "/api/things/{id}", READ_PUBLIC, NONE, one_thing), .flags = QPP_PAGE_API, .versions = { 4, 6, 6 } },
	{ PAGE(PUT, "/api/things/{id}", SUBMIT_DATA, CHANGE, put_thing), .flags = QPP_PAGE_API, .takes = "application/json" },
	{ PAGE(POST, "/api/large", SUBMIT_DATA, FILING, put_thing), .flags = QPP_PAGE_API, .body = 8 << 20, .takes = "application/json" },
	{ PAGE(GET, "/api/faulty", READ_PUBLIC, NONE, faulty), .flags = QPP_PAGE_API },
	{ PAGE(GET, "/api/of/{id}/data", SEE_DATA, READ, one_thing), .flags = QPP_PAGE_API },
	{ PAGE(GET, "/fail/{how}", READ_PUBLIC, NONE, failing) },
	{ PAGE(GET, "/form", READ_PUBLIC, NONE, form) },
	{ PAGE(POST, "/form", READ_PUBLIC, NONE, sent_form), .body = 1 << 16 },
	{ PAGE(POST, "/open", READ_PUBLIC, NONE, sent_form), .flags = QPP_PAGE_NO_CSRF, .body = 1 << 16 },
	{ PAGE(GET, "/slow", READ_PUBLIC, NONE, slow), .flags = QPP_PAGE_WAITS },
	{ PAGE(GET, "/busy", READ_PUBLIC, NONE, slow) },
	{ PAGE(GET, "/redirect", READ_PUBLIC, NONE, redirect) },
	{ PAGE(GET, "/keep", READ_PUBLIC, NONE, keep) },
	{ PAGE(GET, "/officials", MANAGE_ACCESS, READ, hello) },
};
const struct qpp_page_table world_pages = QPP_PAGE_TABLE("test pages", pages);

/* ---- hooks ---- */

static enum qpp_code identify(void *host, struct qpp_http_request *r, struct qpp_err *err)
{
	struct qpp_str credential = qpp_header(r, "authorization"), session = qpp_cookie(r, "session");
	(void)host;
	if (qpp_str_is(credential, "Bearer registry"))
		r->caller = (struct qpp_caller){ .roles = QPP_BY(REGISTRY_TOKEN), .subject = QPP_LIT("registry-1") };
	else if (credential.p)
		return qpp_fail(err, QPP_SIGNED_OUT, "the token is not known", (char *)NULL);
	else if (qpp_str_is(session, "official"))
		r->caller = (struct qpp_caller){ .roles = QPP_BY(PRACTICE_OFFICIAL), .by_cookie = true, .binding = session };
	else if (qpp_str_is(session, "staff"))
		r->caller = (struct qpp_caller){ .roles = QPP_BY(PRACTICE_STAFF), .by_cookie = true, .binding = session };
	else if (qpp_str_is(session, "viewing"))
		r->caller = (struct qpp_caller){ .roles = QPP_BY(PRACTICE_OFFICIAL), .by_cookie = true, .binding = session, .view_only = true };
	return QPP_OK;
}

/* Only the thing "mine" is anybody's. */
static enum qpp_code may(void *host, struct qpp_http_request *r, struct qpp_err *err)
{
	(void)host;
	if (r->page->can == QPP_CAN_SEE_DATA && !qpp_str_is(qpp_param(r, "id"), "mine"))
		return qpp_fail(err, QPP_NOT_FOUND, "there is no such thing", (char *)NULL);
	return QPP_OK;
}

static enum qpp_code record(void *host, const struct qpp_http_request *r, int status, struct qpp_err *err)
{
	struct world *w = host;
	(void)r, (void)status;
	atomic_fetch_add(&w->records, 1);
	return w->record_fails ? qpp_fail(err, QPP_FULL, "no room", (char *)NULL) : QPP_OK;
}

static bool ready(void *host, struct qpp_buf *why)
{
	struct world *w = host;
	if (!w->ready)
		qpp_buf_cat(why, "the store is not there", (char *)NULL);
	return w->ready;
}

void world_start(struct world *w, struct qpp_server_options o)
{
	static const struct qpp_page_table *const tables[] = { &world_pages };
	struct qpp_err err = { 0 };
	memset(w, 0, sizeof *w);
	w->clock = qpp_clock_test((qpp_time){ (int64_t)WORLD_START * QPP_MICROS_A_SECOND });
	w->ready = true;
	o.clock = &w->clock.clock;
	o.tables = tables;
	o.n_tables = 1;
	o.host = w;
	o.socket = -1;
	o.port = 0;
	o.hooks = (struct qpp_server_hooks){ .identify = identify, .may = may, .audit = record, .ready = ready };
	if (qpp_server_open(&o, &w->server, &err) != QPP_OK)
		fail_msg("%s", err.primary);
}

void world_stop(struct world *w)
{
	assert_true(qpp_server_close(w->server, 5));
}

/* ---- the raw client ---- */

int world_connect(const struct world *w)
{
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons((uint16_t)qpp_server_port(w->server)) };
	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	assert_true(fd >= 0);
	assert_int_equal(connect(fd, (struct sockaddr *)&at, sizeof at), 0);
	return fd;
}

/* The other side may have closed already, which the test then sees in what it reads. */
void world_write(int fd, const char *bytes, size_t n)
{
	while (n) {
		ssize_t sent = send(fd, bytes, n, MSG_NOSIGNAL);
		if (sent <= 0)
			return;
		bytes += sent;
		n -= (size_t)sent;
	}
}

static ssize_t read_some(int fd, char *to, size_t n, int millis)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	if (poll(&p, 1, millis) <= 0)
		return -1;
	return read(fd, to, n);
}

struct qpp_str world_read(struct qpp_arena *a, int fd, int millis)
{
	struct qpp_buf b;
	char piece[8192];
	ssize_t n;
	qpp_buf_init(&b, a, 32 << 20);
	while ((n = read_some(fd, piece, sizeof piece, millis)) > 0)
		qpp_buf_add(&b, piece, (size_t)n);
	return qpp_buf_done(&b);
}

bool world_closed(int fd, int millis)
{
	char piece[8192];
	ssize_t n;
	struct pollfd p = { .fd = fd, .events = POLLIN };
	do {
		if (poll(&p, 1, millis) <= 0)
			return false;
		n = read(fd, piece, sizeof piece);
	} while (n > 0);
	return true;
}

struct qpp_str world_send(struct qpp_arena *a, const struct world *w, struct qpp_str bytes, int millis)
{
	int fd = world_connect(w);
	world_write(fd, bytes.p, bytes.n);
	struct qpp_str answer = world_read(a, fd, millis);
	(void)close(fd);
	return answer;
}

struct qpp_str world_ask(struct qpp_arena *a, const struct world *w, const char *head, const char *body)
{
	enum { PATIENCE = 5000 };
	struct qpp_str length = body ? qpp_str_cat(a, "Content-Length: ", qpp_i64_text(a, (int64_t)strlen(body)).p, "\r\n", (char *)NULL)
	                             : QPP_LIT("");
	return world_send(a, w, qpp_str_cat(a, head, "Host: test\r\nConnection: close\r\n", length.p, "\r\n", body ? body : "", (char *)NULL),
	                  PATIENCE);
}

int world_status(struct qpp_str answer)
{
	uint64_t v;
	if (answer.n < 12 || !qpp_str_starts(answer, "HTTP/1.1 ") || !qpp_str_u64((struct qpp_str){ answer.p + 9, 3 }, 999, &v))
		return 0;
	return (int)v;
}

struct qpp_str world_body(struct qpp_str answer)
{
	const char *at = answer.n ? memmem(answer.p, answer.n, "\r\n\r\n", 4) : NULL;
	return at ? (struct qpp_str){ at + 4, answer.n - (size_t)(at + 4 - answer.p) } : (struct qpp_str){ NULL, 0 };
}

struct qpp_str world_header(struct qpp_str answer, const char *name)
{
	struct qpp_str body = world_body(answer), head = { answer.p, body.p ? (size_t)(body.p - answer.p) : answer.n }, line;
	while (qpp_str_cut(&head, '\n', &line)) {
		struct qpp_str value = line, got;
		(void)qpp_str_cut(&value, ':', &got);
		if (value.p && qpp_str_eq_nocase(got, qpp_str_of(name)))
			return qpp_str_trim(value);
	}
	return (struct qpp_str){ NULL, 0 };
}

bool world_has(struct qpp_str text, const char *part)
{
	return text.p && memmem(text.p, text.n, part, strlen(part)) != NULL;
}
