/* What the files of the relying party share. relying.h is the manual. */
#ifndef QPP_RELYING_INT_H
#define QPP_RELYING_INT_H

#include <jansson.h>
#include <pthread.h>

#include "adapt/oidc/relying.h"

/* A provider, and what it says of itself. */
struct provider {
	struct qpp_relying_provider c;
	json_t *configuration, *keys;    /* NULL: not read yet */
	int64_t read_us;
};

/* A sign-in that has begun. */
struct flow {
	char state[65], nonce[65], verifier[65], cookie[65];
	struct provider *provider;
	char then[512];
	int64_t ends_us;                 /* 0: free */
};

enum { FLOWS = 1024 };

struct relying {
	struct qpp_oidc port;            /* first: the port is this */
	struct qpp_arena arena;          /* of the configuration */
	struct provider *providers;
	const char *redirect_uri;
	struct qpp_clock *clock;
	pthread_mutex_t lock;            /* of the providers' documents and the flows */
	struct flow flows[FLOWS];
};

/* What is sent to a provider. */
struct ask {
	const char *url;
	const char *form;                /* NULL: a GET */
	const char *user, *password;     /* HTTP Basic; NULL: none */
	const char *bearer;              /* NULL: none */
	const char *ca_file;
};

/* An address that may be asked: https, or http on the loopback interface. */
bool relying_address(const char *url);
/* A JSON document of at most 256 KB within ten seconds, without redirects. QPP_IO; `*status` is 0 when nothing came. */
QPP_MUST_USE enum qpp_code relying_fetch(const struct ask *ask, int *status, json_t **out, struct qpp_err *err);

/* Configuration and keys of the provider, new references; read where needed, or where `again`. */
QPP_MUST_USE enum qpp_code relying_documents(struct relying *r, struct provider *p, bool again, json_t **configuration,
                                             json_t **keys, struct qpp_err *err);

/* The ID token: signature, issuer, audience, times, nonce. The claims, a new reference; NULL: refused, `why` says it. */
json_t *relying_verify(struct relying *r, const struct flow *f, const json_t *configuration, json_t *keys,
                       const char *id_token, const char *access_token, const char **why);

#endif
