/* SMTP by libcurl. smtp.h is the manual. */
#include <curl/curl.h>
#include <gmime/gmime.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "adapt/mail/smtp.h"

enum { SECONDS = 60, REFUSED = 500 };

struct smtp {
	struct qpp_mail_port port;       /* first: the port is this */
	struct qpp_arena arena;          /* of the configuration's strings */
	struct qpp_smtp_config c;
	pthread_mutex_t lock;
};

struct reading {
	struct qpp_str rest;
};

static size_t give(char *to, size_t size, size_t n, void *arg)
{
	struct reading *r = arg;
	size_t take = size * n < r->rest.n ? size * n : r->rest.n;
	memcpy(to, r->rest.p, take);
	r->rest.p += take;
	r->rest.n -= take;
	return take;
}

/* What curl says, and whether the server refused for good. */
static enum qpp_code judge(CURL *curl, CURLcode did, const char *words, struct qpp_err *err)
{
	long reply = 0;
	if (did == CURLE_OK)
		return QPP_OK;
	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &reply);
	/* Only what is said about this message: a log-in that fails is ours to mend, and the message waits. */
	bool refused = reply >= REFUSED && (did == CURLE_SEND_ERROR || did == CURLE_RECV_ERROR ||
	                                    did == CURLE_WEIRD_SERVER_REPLY || did == CURLE_UPLOAD_FAILED);
	qpp_fail(err, refused ? QPP_DATA : QPP_IO, refused ? "the mail server refused the message" : "the message could not be sent",
	         (char *)NULL);
	qpp_err_detail(err, words[0] != '\0' ? words : curl_easy_strerror(did), (char *)NULL);
	return err->code;
}

static void set_server(CURL *curl, const struct qpp_smtp_config *c)
{
	curl_easy_setopt(curl, CURLOPT_URL, c->url);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	if (c->user != NULL)
		curl_easy_setopt(curl, CURLOPT_USERNAME, c->user);
	if (c->password != NULL)
		curl_easy_setopt(curl, CURLOPT_PASSWORD, c->password);
	if (c->ca_file != NULL)
		curl_easy_setopt(curl, CURLOPT_CAINFO, c->ca_file);
	curl_easy_setopt(curl, CURLOPT_USE_SSL, (long)(c->require_tls ? CURLUSESSL_ALL : CURLUSESSL_TRY));
	curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)(c->seconds > 0 ? c->seconds : SECONDS));
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_FRESH_CONNECT, 1L);
	/* A proxy from the environment is not for mail. */
	curl_easy_setopt(curl, CURLOPT_PROXY, "");
}

static enum qpp_code transmit(const struct qpp_smtp_config *c, struct qpp_arena *arena, const struct qpp_mail_row *m,
                              struct qpp_str text, struct qpp_err *err)
{
	char words[CURL_ERROR_SIZE] = "";
	struct reading r = { text };
	CURL *curl = curl_easy_init();
	if (curl == NULL)
		return qpp_fail(err, QPP_IO, "there is no memory to send mail", (char *)NULL);
	struct curl_slist *to = curl_slist_append(NULL, qpp_str_cat(arena, "<", qpp_str_dup(arena, m->recipient).p, ">",
	                                                            (char *)NULL).p);
	set_server(curl, c);
	curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, words);
	curl_easy_setopt(curl, CURLOPT_MAIL_FROM, qpp_str_cat(arena, "<", c->from_address, ">", (char *)NULL).p);
	curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, to);
	curl_easy_setopt(curl, CURLOPT_READFUNCTION, give);
	curl_easy_setopt(curl, CURLOPT_READDATA, &r);
	curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
	enum qpp_code code = judge(curl, curl_easy_perform(curl), words, err);
	curl_slist_free_all(to);
	curl_easy_cleanup(curl);
	return code;
}

static enum qpp_code send_message(struct qpp_mail_port *self, struct qpp_arena *arena, const struct qpp_mail_row *m,
                                  struct qpp_err *err)
{
	struct smtp *s = (struct smtp *)self;
	struct qpp_str text;
	pthread_mutex_lock(&s->lock);
	enum qpp_code code = qpp_mime_text(arena, &s->c, m, &text, err);
	if (code == QPP_OK)
		code = transmit(&s->c, arena, m, text, err);
	pthread_mutex_unlock(&s->lock);
	return code;
}

static const char *keep(struct qpp_arena *a, const char *s)
{
	return s != NULL ? qpp_str_dup(a, qpp_str_of(s)).p : NULL;
}

static void start_libraries(void)
{
	curl_global_init(CURL_GLOBAL_DEFAULT);
	g_mime_init();
}

enum qpp_code qpp_smtp_open(const struct qpp_smtp_config *c, struct qpp_mail_port **out, struct qpp_err *err)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	struct qpp_str url = qpp_str_of(c->url);
	*out = NULL;
	if (!qpp_str_starts(url, "smtp://") && !qpp_str_starts(url, "smtps://"))
		return qpp_fail(err, QPP_USAGE, "the mail server is given as smtp://HOST or smtps://HOST", (char *)NULL);
	if (!qpp_mail_address(qpp_str_of(c->from_address)))
		return qpp_fail(err, QPP_USAGE, "the address that mail comes from is none", (char *)NULL);
	pthread_once(&once, start_libraries);
	struct smtp *s = calloc(1, sizeof *s);
	if (s == NULL)
		return qpp_fail(err, QPP_IO, "there is no memory to send mail", (char *)NULL);
	s->port.send = send_message;
	s->c = *c;
	s->c.url = keep(&s->arena, c->url);
	s->c.user = keep(&s->arena, c->user);
	s->c.password = keep(&s->arena, c->password);
	s->c.from_name = keep(&s->arena, c->from_name);
	s->c.from_address = keep(&s->arena, c->from_address);
	s->c.host = keep(&s->arena, c->host);
	s->c.ca_file = keep(&s->arena, c->ca_file);
	pthread_mutex_init(&s->lock, NULL);
	*out = &s->port;
	return QPP_OK;
}

void qpp_smtp_close(struct qpp_mail_port *port)
{
	struct smtp *s = (struct smtp *)port;
	if (s == NULL)
		return;
	pthread_mutex_destroy(&s->lock);
	qpp_arena_close(&s->arena);
	free(s);
}
