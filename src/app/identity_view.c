/*
 * Viewing as somebody else (portal.md 0.3): a service-center agent sees the
 * portal as an account, a clinician or an organization sees it. Nothing can be
 * changed meanwhile; each beginning, end and refused attempt is on record. What
 * stands in the session names ids only, never a TIN.
 */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "app/identity_int.h"

enum { REASON_MOST = 200, TIN_DIGITS = 9 };

static const char *const kinds[QPP_VIEW_KINDS] = { "none", "account", "npi", "tin", "apmEntity", "registry", "virtualGroup" };

const char *qpp_view_kind_name(enum qpp_view_kind k)
{
	return kinds[k < QPP_VIEW_KINDS ? k : QPP_VIEW_NONE];
}

enum qpp_view_kind qpp_view_kind_of(struct qpp_str name)
{
	for (int k = QPP_VIEW_ACCOUNT; k < QPP_VIEW_KINDS; k++)
		if (qpp_str_is(name, kinds[k]))
			return (enum qpp_view_kind)k;
	return QPP_VIEW_NONE;
}

bool qpp_viewed_read(struct qpp_arena *a, struct qpp_str text, struct qpp_viewed *out)
{
	json_t *j = json_loadb(text.n > 0 ? text.p : "", text.n, 0, NULL);
	out->kind = qpp_view_kind_of(qpp_str_of(json_string_value(json_object_get(j, "kind"))));
	out->target = qpp_str_dup(a, qpp_str_of(json_string_value(json_object_get(j, "target"))));
	out->shown = qpp_str_dup(a, qpp_str_of(json_string_value(json_object_get(j, "shown"))));
	json_decref(j);
	return out->kind != QPP_VIEW_NONE && out->target.n > 0;
}

static struct qpp_str viewed_text(struct qpp_arena *a, const struct qpp_viewed *v, struct qpp_str reason)
{
	json_t *j = json_object();
	json_object_set_new(j, "kind", json_string(qpp_view_kind_name(v->kind)));
	json_object_set_new(j, "target", json_stringn(v->target.p, v->target.n));
	json_object_set_new(j, "shown", json_stringn(v->shown.p, v->shown.n));
	json_object_set_new(j, "reason", json_stringn(reason.p, reason.n));
	char *text = json_dumps(j, JSON_COMPACT | JSON_SORT_KEYS);
	struct qpp_str out = qpp_str_dup(a, qpp_str_of(text));
	free(text);
	json_decref(j);
	return out;
}

struct looking {
	struct qpp_asking q;
	enum qpp_view_kind kind;
	struct qpp_str id, reason;
};

/* Whoever has this user name, at whatever provider an agent can name: here, those kept locally and the known two. */
static enum qpp_code find_account(struct qpp_tx *tx, struct qpp_str name, struct qpp_account *out, struct qpp_err *err)
{
	struct qpp_str plain, provider = QPP_LIT("local"), rest = name, part;
	/* PROVIDER:SUBJECT names one that signs in elsewhere. */
	if (name.n > 0 && memchr(name.p, ':', name.n) != NULL && qpp_str_cut(&rest, ':', &part))
		return qpp_store_account_by_subject(tx, part, rest, out, err);
	if (!qpp_user_name(qpp_tx_arena(tx), name, &plain))
		return QPP_NOT_FOUND;
	return qpp_store_account_by_subject(tx, provider, plain, out, err);
}

static enum qpp_code find_viewed(struct qpp_tx *tx, const struct looking *l, struct qpp_viewed *v, struct qpp_err *err)
{
	static const enum qpp_org_kind org_kinds[QPP_VIEW_KINDS] = {
		[QPP_VIEW_NPI] = QPP_ORG_CLINICIAN, [QPP_VIEW_TIN] = QPP_ORG_PRACTICE, [QPP_VIEW_APM_ENTITY] = QPP_ORG_APM_ENTITY,
		[QPP_VIEW_REGISTRY] = QPP_ORG_REGISTRY, [QPP_VIEW_VIRTUAL_GROUP] = QPP_ORG_VIRTUAL_GROUP,
	};
	struct qpp_account a;
	struct qpp_org org;
	enum qpp_code code;
	v->kind = l->kind;
	if (l->kind == QPP_VIEW_ACCOUNT) {
		code = find_account(tx, l->id, &a, err);
		if (code == QPP_OK) {
			v->target = a.id;
			v->shown = a.subject;
		}
		return code;
	}
	if (l->kind == QPP_VIEW_TIN)
		code = l->id.n > 0 ? qpp_store_org_by_tin(tx, l->id, &org, err) : QPP_NOT_FOUND;
	else
		code = qpp_store_org_by_number(tx, org_kinds[l->kind], l->id, &org, err);
	if (code == QPP_OK) {
		v->target = org.id;
		v->shown = l->kind == QPP_VIEW_TIN ? org.tin_masked : org.number;
	}
	return code;
}

/* The session's view, under the write. */
static enum qpp_code set_view(struct qpp_tx *tx, const struct looking *l, struct qpp_str view_as, struct qpp_err *err)
{
	struct qpp_session s;
	enum qpp_code code = qpp_store_session_get(tx, l->q.who->binding, &s, err);
	if (code != QPP_OK)
		return code;
	s.view_as = view_as;
	return qpp_store_session_put(tx, &s, err);
}

static enum qpp_code look(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	const struct looking *l = request;
	struct qpp_viewed v = { 0 };
	enum qpp_code code = find_viewed(tx, l, &v, err);
	if (code == QPP_NOT_FOUND)
		return qpp_fail(err, QPP_NOT_FOUND, "nobody of that kind has this name or number", (char *)NULL);
	if (code != QPP_OK)
		return code;
	/* The record of the beginning says already whom it is about, and why. */
	struct qpp_person as = *l->q.who;
	const struct qpp_asking q = { l->q.identity, l->q.arena, l->q.from, &as };
	as.view_as = viewed_text(qpp_tx_arena(tx), &v, l->reason);
	code = set_view(tx, l, as.view_as, err);
	if (code == QPP_OK)
		code = qpp_note_act(tx, &q, "view.begin", QPP_LIT(""), QPP_LIT(""), v.target, QPP_OK, err);
	return code;
}

bool qpp_text_holds_tin(struct qpp_str text)
{
	size_t digits = 0;
	for (size_t i = 0; i <= text.n; i++) {
		char c = i < text.n ? text.p[i] : '\0';
		if (c >= '0' && c <= '9') {
			digits++;
		} else if (c != '-' || digits == 0) {
			if (digits == TIN_DIGITS)
				return true;
			digits = 0;
		}
	}
	return false;
}

/* Text that people typed, short, without control characters: it stands in every record. */
static enum qpp_code check_reason(struct qpp_str reason, struct qpp_err *err)
{
	if (qpp_text_holds_tin(reason))
		return qpp_fail(err, QPP_USAGE, "the reason has a number as long as a TIN: it would be kept in the records", (char *)NULL);
	for (size_t i = 0; i < reason.n; i++)
		if ((unsigned char)reason.p[i] < ' ' || reason.p[i] == 0x7f)
			return qpp_fail(err, QPP_USAGE, "the reason has control characters", (char *)NULL);
	if (qpp_str_trim(reason).n == 0)
		return qpp_fail(err, QPP_USAGE, "the reason for looking is not told", (char *)NULL);
	if (reason.n > REASON_MOST)
		return qpp_fail(err, QPP_USAGE, "the reason has more than 200 characters", (char *)NULL);
	return QPP_OK;
}

enum qpp_code qpp_view_as(struct qpp_identity *identity, struct qpp_arena *arena, const struct qpp_from *from,
                          const struct qpp_person *who, enum qpp_view_kind kind, struct qpp_str id, struct qpp_str reason,
                          struct qpp_err *err)
{
	struct looking l = { { identity, arena, from, who }, kind, id, reason };
	enum qpp_code code = qpp_person_may_write(identity, arena, from, who, "view.begin", err);
	if (code != QPP_OK)
		return code;
	if (!qpp_access(who->roles, QPP_CAN_VIEW_AS)) {
		qpp_fail(err, QPP_FORBIDDEN, "only service-center agents view as somebody else", (char *)NULL);
		return qpp_refused(&l.q, "view.begin", QPP_LIT(""), QPP_LIT(""), QPP_FORBIDDEN, err);
	}
	if (kind <= QPP_VIEW_NONE || kind >= QPP_VIEW_KINDS)
		return qpp_fail(err, QPP_USAGE, "that is nothing one can view as", (char *)NULL);
	code = check_reason(reason, err);
	return code != QPP_OK ? code : qpp_store_write(identity->c.store, arena, look, &l, err);
}

static enum qpp_code look_away(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	const struct looking *l = request;
	enum qpp_code code = set_view(tx, l, QPP_LIT(""), err);
	if (code == QPP_OK)
		code = qpp_note_act(tx, &l->q, "view.end", QPP_LIT(""), QPP_LIT(""), QPP_LIT(""), QPP_OK, err);
	return code;
}

enum qpp_code qpp_view_end(struct qpp_identity *identity, struct qpp_arena *arena, const struct qpp_from *from,
                           const struct qpp_person *who, struct qpp_err *err)
{
	struct looking l = { { identity, arena, from, who }, QPP_VIEW_NONE, QPP_LIT(""), QPP_LIT("") };
	if (who->viewing == QPP_VIEW_NONE)
		return QPP_OK;
	return qpp_store_write(identity->c.store, arena, look_away, &l, err);
}
