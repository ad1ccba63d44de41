/* What is asked of a provider: small documents, in bounded time, from the address that was configured. */
#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>

#include "adapt/oidc/relying_int.h"

enum { MOST = 256 * 1024, SECONDS = 10 };

struct answer {
	char *p;
	size_t n;
};

bool relying_address(const char *url)
{
	struct qpp_str s = qpp_str_of(url), host, rest;
	if (qpp_str_starts(s, "https://"))
		return true;
	if (!qpp_str_starts(s, "http://"))
		return false;
	rest = (struct qpp_str){ s.p + 7, s.n - 7 };
	if (!qpp_str_cut(&rest, '/', &host))
		return false;
	if (qpp_str_starts(host, "[::1]"))
		return host.n == 5 || host.p[5] == ':';
	struct qpp_str name;
	if (!qpp_str_cut(&host, ':', &name))
		return false;
	return qpp_str_is(name, "127.0.0.1") || qpp_str_is(name, "localhost");
}

static size_t take(char *p, size_t size, size_t n, void *arg)
{
	struct answer *a = arg;
	if (size * n > MOST - a->n)
		return 0;
	memcpy(a->p + a->n, p, size * n);
	a->n += size * n;
	return size * n;
}

static void set(CURL *curl, const struct ask *ask, struct answer *a)
{
	curl_easy_setopt(curl, CURLOPT_URL, ask->url);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)SECONDS);
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, a);
	if (ask->ca_file != NULL)
		curl_easy_setopt(curl, CURLOPT_CAINFO, ask->ca_file);
	if (strncmp(ask->url, "http://", 7) == 0)
		curl_easy_setopt(curl, CURLOPT_PROXY, "");
	if (ask->form != NULL)
		curl_easy_setopt(curl, CURLOPT_POSTFIELDS, ask->form);
	if (ask->user != NULL) {
		curl_easy_setopt(curl, CURLOPT_HTTPAUTH, (long)CURLAUTH_BASIC);
		curl_easy_setopt(curl, CURLOPT_USERNAME, ask->user);
		curl_easy_setopt(curl, CURLOPT_PASSWORD, ask->password);
	}
	if (ask->bearer != NULL) {
		curl_easy_setopt(curl, CURLOPT_HTTPAUTH, (long)CURLAUTH_BEARER);
		curl_easy_setopt(curl, CURLOPT_XOAUTH2_BEARER, ask->bearer);
	}
}

enum qpp_code relying_fetch(const struct ask *ask, int *status, json_t **out, struct qpp_err *err)
{
	struct answer a = { malloc(MOST), 0 };
	CURL *curl = curl_easy_init();
	*status = 0;
	*out = NULL;
	CURLcode did = CURLE_OUT_OF_MEMORY;
	if (a.p != NULL && curl != NULL && relying_address(ask->url)) {
		long code = 0;
		struct curl_slist *headers = curl_slist_append(NULL, "Accept: application/json");
		set(curl, ask, &a);
		curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
		did = curl_easy_perform(curl);
		curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &code);
		curl_slist_free_all(headers);
		*status = (int)code;
	}
	if (did == CURLE_OK)
		*out = json_loadb(a.p, a.n, JSON_REJECT_DUPLICATES, NULL);
	if (curl != NULL)
		curl_easy_cleanup(curl);
	free(a.p);
	if (json_is_object(*out))
		return QPP_OK;
	json_decref(*out);
	*out = NULL;
	qpp_fail(err, QPP_IO, "the identity provider does not answer as it should", (char *)NULL);
	qpp_err_detail(err, did != CURLE_OK ? curl_easy_strerror(did) : "no JSON object", (char *)NULL);
	qpp_err_hint(err, "Try again in a few minutes.", (char *)NULL);
	return QPP_IO;
}
