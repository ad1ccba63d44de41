/* Settings from JSON, strictly: a name nobody knows is refused, a relative secret file is looked for beside the settings. */
#include "cmd/qppd_settings.h"

#include <string.h>

#include "adapt/json/fields.h"
#include "cmd/terminal.h"

enum { MOST_SETTINGS = 1 << 20, MOST_SECRET = 4096, MOST_PROVIDERS = 16, MOST_FINDINGS = 100 };

#define NEEDED(name) { (name), QPP_FIELD_REQUIRED, NULL }
#define MAY(name) { (name), QPP_FIELD_OPTIONAL, NULL }

static const struct qpp_json_field all_fields[] = { MAY("address"), MAY("mailCodes"), MAY("mail"), MAY("providers"), MAY("intake") };
static const struct qpp_json_shape all_shape = QPP_JSON_SHAPE("this file", QPP_ERROR, all_fields);
static const struct qpp_json_field mail_fields[] = {
	NEEDED("server"), NEEDED("from"), MAY("fromName"), MAY("user"), MAY("passwordFile"), MAY("requireTls"), MAY("caFile"),
};
static const struct qpp_json_shape mail_shape = QPP_JSON_SHAPE("the mail server", QPP_ERROR, mail_fields);
static const struct qpp_json_field intake_fields[] = { MAY("authserv"), MAY("receivedBy"), MAY("recipient") };
static const struct qpp_json_shape intake_shape = QPP_JSON_SHAPE("the e-mail intake", QPP_ERROR, intake_fields);
static const struct qpp_json_field provider_fields[] = {
	NEEDED("id"), NEEDED("title"), NEEDED("issuer"), NEEDED("clientId"), MAY("clientSecretFile"), MAY("scope"), MAY("caFile"),
};
static const struct qpp_json_shape provider_shape = QPP_JSON_SHAPE("an identity provider", QPP_ERROR, provider_fields);

/* A file that is being read, and the first secret of it that could not be. */
struct reading {
	struct qpp_json_in in;
	const char *path;
	enum qpp_code code;
	struct qpp_err *err;
};

static const char *text(struct reading *r, const struct qpp_json *o, const char *name)
{
	struct qpp_str s;
	return qpp_field_text(&r->in, o, name, &s) ? s.p : NULL;
}

static const char *beside(struct reading *r, const char *name)
{
	const char *slash = strrchr(r->path, '/');
	if (!name || name[0] == '/' || !slash)
		return name;
	struct qpp_str folder = qpp_str_dup(r->in.arena, (struct qpp_str){ r->path, (size_t)(slash - r->path) });
	return qpp_str_cat(r->in.arena, folder.p, "/", name, (char *)NULL).p;
}

/* The secret in a file, without the line's end. */
static const char *secret(struct reading *r, const struct qpp_json *o, const char *name)
{
	struct qpp_str s;
	const char *path = beside(r, text(r, o, name));
	if (!path || r->code != QPP_OK)
		return NULL;
	r->code = qpp_read_whole(r->in.arena, path, MOST_SECRET, &s, r->err);
	return r->code == QPP_OK ? qpp_str_dup(r->in.arena, qpp_str_trim(s)).p : NULL;
}

static void read_mail(struct reading *r, const struct qpp_json *o, struct qpp_smtp_config *out)
{
	if (!o)
		return;
	qpp_json_check_shape(&r->in, o, &mail_shape);
	out->url = text(r, o, "server");
	out->from_address = text(r, o, "from");
	out->from_name = text(r, o, "fromName");
	out->user = text(r, o, "user");
	out->password = secret(r, o, "passwordFile");
	out->ca_file = beside(r, text(r, o, "caFile"));
	(void)qpp_field_bool(&r->in, o, "requireTls", &out->require_tls);
}

static void read_intake(struct reading *r, const struct qpp_json *o, struct qppd_settings *out)
{
	if (!o)
		return;
	qpp_json_check_shape(&r->in, o, &intake_shape);
	out->authserv = text(r, o, "authserv");
	out->received_by = text(r, o, "receivedBy");
	out->recipient = text(r, o, "recipient");
}

static void read_provider(struct reading *r, const struct qpp_json *o, struct qpp_relying_provider *out)
{
	if (o->kind != QPP_JSON_OBJECT) {
		(void)qpp_json_kind_wrong(&r->in, o, "an object");
		return;
	}
	qpp_json_check_shape(&r->in, o, &provider_shape);
	out->id = text(r, o, "id");
	out->title = text(r, o, "title");
	out->issuer = text(r, o, "issuer");
	out->client_id = text(r, o, "clientId");
	out->client_secret = secret(r, o, "clientSecretFile");
	out->scope = text(r, o, "scope");
	out->ca_file = beside(r, text(r, o, "caFile"));
}

static void read_providers(struct reading *r, const struct qpp_json *list, struct qppd_settings *out)
{
	if (!list)
		return;
	size_t n = qpp_json_bounded(&r->in, list, MOST_PROVIDERS), i = 0;
	struct qpp_relying_provider *v = QPP_NEW_ARRAY(r->in.arena, n, struct qpp_relying_provider);
	for (const struct qpp_json *o = list->first; o && i < n; o = o->next)
		read_provider(r, o, &v[i++]);
	out->providers = v;
	out->n_providers = i;
}

/* Links in mails and the way back from identity providers are made of it. */
static enum qpp_code check_address(const struct qppd_settings *s, struct qpp_err *err)
{
	struct qpp_str a = s->address;
	if (!a.n || ((qpp_str_starts(a, "https://") || qpp_str_starts(a, "http://")) && a.p[a.n - 1] != '/'))
		return QPP_OK;
	enum qpp_code code = qpp_fail(err, QPP_DATA, "the address in the settings is no address of a web site: ", a.p, (char *)NULL);
	qpp_err_hint(err, "It begins with https:// and has no slash at its end: https://qpp.example.org", (char *)NULL);
	return code;
}

enum qpp_code qppd_settings_read(struct qpp_arena *a, const char *path, struct qppd_settings *out, struct qpp_err *err)
{
	struct qpp_findings findings;
	struct reading r = { .in = { .arena = a, .findings = &findings }, .path = path, .code = QPP_OK, .err = err };
	struct qpp_str whole;
	*out = (struct qppd_settings){ .address = QPP_LIT("") };
	qpp_findings_init(&findings, a, MOST_FINDINGS);
	enum qpp_code code = qpp_read_whole(a, path, MOST_SETTINGS, &whole, err);
	if (code != QPP_OK)
		return code;
	const struct qpp_json *o = qpp_json_read_object(&r.in, qpp_str_of(path), whole, MOST_SETTINGS, &all_shape, "the settings of the service");
	if (o) {
		(void)qpp_field_text(&r.in, o, "address", &out->address);
		(void)qpp_field_bool(&r.in, o, "mailCodes", &out->mail_codes);
		read_mail(&r, qpp_field_of_kind(&r.in, o, "mail", QPP_JSON_OBJECT), &out->mail);
		read_intake(&r, qpp_field_of_kind(&r.in, o, "intake", QPP_JSON_OBJECT), out);
		read_providers(&r, qpp_field_of_kind(&r.in, o, "providers", QPP_JSON_ARRAY), out);
	}
	qpp_print_findings(&findings);
	if (findings.errors)
		return qpp_fail(err, QPP_DATA, "the settings in ", path, " are not as they must be", (char *)NULL);
	return r.code == QPP_OK ? check_address(out, err) : r.code;
}
