/*
 * The router: all page tables as one tree of path segments. Made once, then
 * only read, by any number of threads. A path has at most MOST_DEPTH segments,
 * so a look-up is bounded however a path is written.
 */
#include <string.h>

#include "adapt/http/http_int.h"

enum { MOST_DEPTH = 16, MOST_PAGES = 1000 };

struct node {
	struct qpp_str name;         /* literal text, or the name of a parameter */
	const struct qpp_page *page[QPP_HTTP_METHODS];
	void *host[QPP_HTTP_METHODS];
	size_t index[QPP_HTTP_METHODS];
	QPP_VEC(struct node *) literals;
	struct node *any, *rest;     /* {name}, {name*} */
};

struct qpp_router {
	struct node root;
	QPP_VEC(const struct qpp_page *) pages;
};

const char *qpp_audit_class_name(enum qpp_audit_class a)
{
	static const char *const names[QPP_AUDITS] = { "", "none", "read", "change", "filing", "access", "decision", "download" };
	return names[a < QPP_AUDITS ? a : QPP_AUDIT_UNSET];
}

static enum qpp_code wrong(struct qpp_err *err, const struct qpp_page *p, const char *why)
{
	(void)qpp_fail(err, QPP_BUG, "page ", qpp_http_method_name(p->method), " ", p->path ? p->path : "without a path", ": ", why,
	               (char *)NULL);
	return QPP_BUG;
}

static bool parameter(struct qpp_str segment, struct qpp_str *name, bool *rest)
{
	if (segment.n < 3 || segment.p[0] != '{' || segment.p[segment.n - 1] != '}')
		return false;
	*name = (struct qpp_str){ segment.p + 1, segment.n - 2 };
	*rest = name->p[name->n - 1] == '*';
	if (*rest)
		name->n--;
	return name->n > 0;
}

static struct node *new_node(struct qpp_arena *a, struct qpp_str name)
{
	struct node *n = QPP_NEW(a, struct node);
	n->name = name;
	return n;
}

static struct node *literal_below(const struct node *at, struct qpp_str segment)
{
	for (size_t i = 0; i < at->literals.n; i++)
		if (qpp_str_eq(at->literals.v[i]->name, segment))
			return at->literals.v[i];
	return NULL;
}

/* The child for one segment of a pattern; NULL when another pattern names the parameter there differently. */
static struct node *below(struct qpp_arena *a, struct node *at, struct qpp_str segment, bool *rest)
{
	struct qpp_str name;
	*rest = false;
	if (parameter(segment, &name, rest)) {
		struct node **slot = *rest ? &at->rest : &at->any;
		if (!*slot)
			*slot = new_node(a, name);
		return qpp_str_eq((*slot)->name, name) ? *slot : NULL;
	}
	struct node *n = literal_below(at, segment);
	if (!n) {
		n = new_node(a, segment);
		*QPP_PUSH(a, &at->literals) = n;
	}
	return n;
}

static const char *incomplete(const struct qpp_page *p)
{
	if (p->method <= QPP_NO_METHOD || p->method >= QPP_HTTP_METHODS)
		return "it has no method";
	if (!p->path || p->path[0] != '/')
		return "its path does not begin with a slash";
	if (p->can <= QPP_CAN_NOTHING || p->can >= QPP_CAPABILITIES)
		return "it names no capability";
	if (p->audit <= QPP_AUDIT_UNSET || p->audit >= QPP_AUDITS)
		return "it names no audit class";
	if (!p->handle)
		return "it has no handler";
	if (!p->summary || !*p->summary)
		return "it has no summary";
	if (p->versions.least > p->versions.standard || p->versions.standard > p->versions.most)
		return "its versions are out of order";
	return NULL;
}

static enum qpp_code add(struct qpp_arena *a, struct qpp_router *x, const struct qpp_page *p, void *host, struct qpp_err *err)
{
	const char *why = incomplete(p);
	if (why)
		return wrong(err, p, why);
	struct qpp_str rest = qpp_str_of(p->path + 1), segment;
	struct node *at = &x->root;
	bool tail = false;
	size_t depth = 0;
	while (p->path[1] && qpp_str_cut(&rest, '/', &segment)) {
		if (!segment.n || tail || ++depth > MOST_DEPTH)
			return wrong(err, p, "its pattern is broken");
		at = below(a, at, segment, &tail);
		if (!at)
			return wrong(err, p, "another pattern gives that part of the path another name");
	}
	if (at->page[p->method])
		return wrong(err, p, "it is there twice");
	at->page[p->method] = p;
	at->host[p->method] = host;
	at->index[p->method] = x->pages.n;
	*QPP_PUSH(a, &x->pages) = p;
	return QPP_OK;
}

enum qpp_code qpp_router_make(struct qpp_arena *a, const struct qpp_page_table *const *tables, size_t n,
                              const struct qpp_router **out, struct qpp_err *err)
{
	struct qpp_router *x = QPP_NEW(a, struct qpp_router);
	for (size_t t = 0; t < n; t++)
		for (size_t i = 0; i < tables[t]->n; i++) {
			if (x->pages.n == MOST_PAGES)
				return wrong(err, &tables[t]->v[i], "there are too many pages");
			enum qpp_code code = add(a, x, &tables[t]->v[i], tables[t]->host, err);
			if (code != QPP_OK)
				return code;
		}
	*out = x;
	return QPP_OK;
}

size_t qpp_router_pages(const struct qpp_router *x)
{
	return x->pages.n;
}

const struct qpp_page *qpp_router_page(const struct qpp_router *x, size_t index)
{
	return x->pages.v[index];
}

/* ---- look-up ---- */

struct look {
	struct qpp_arena *arena;
	struct qpp_str segment[MOST_DEPTH], raw_rest[MOST_DEPTH];
	size_t n;
	bool deeper;                 /* there are more segments than any pattern has */
	struct qpp_http_pair found[MOST_DEPTH];
	size_t n_found;
};

static unsigned methods_of(const struct node *n)
{
	unsigned set = 0;
	for (int m = QPP_GET; m < QPP_HTTP_METHODS; m++)
		if (n->page[m])
			set |= 1u << m;
	return set;
}

/* The node of the segments from `k` on: literals first, then a name, then the rest; NULL when there is none. */
static const struct node *find(struct look *l, const struct node *at, size_t k)
{
	if (k == l->n)
		return methods_of(at) && !l->deeper ? at : NULL;
	const struct node *next = literal_below(at, l->segment[k]), *hit = next ? find(l, next, k + 1) : NULL;
	if (hit)
		return hit;
	size_t before = l->n_found;
	if (at->any && l->segment[k].n) {
		l->found[l->n_found++] = (struct qpp_http_pair){ at->any->name, l->segment[k] };
		hit = find(l, at->any, k + 1);
		if (hit)
			return hit;
		l->n_found = before;
	}
	if (at->rest && l->segment[k].n) {
		struct qpp_str rest;
		if (!qpp_percent_decode(l->arena, l->raw_rest[k], false, &rest))
			return NULL;
		l->found[l->n_found++] = (struct qpp_http_pair){ at->rest->name, rest };
		return at->rest;
	}
	return NULL;
}

static bool cut_path(struct look *l, struct qpp_str path)
{
	while (path.n > 1 && path.p[path.n - 1] == '/' && path.p[path.n - 2] != '/')
		path.n--;
	struct qpp_str rest = { path.p + 1, path.n - 1 }, segment;
	while (path.n > 1 && rest.p) {
		l->deeper = l->n == MOST_DEPTH;
		if (l->deeper)
			return true;
		l->raw_rest[l->n] = rest;
		(void)qpp_str_cut(&rest, '/', &segment);
		if (!qpp_percent_decode(l->arena, segment, false, &l->segment[l->n]))
			return false;
		l->n++;
	}
	return true;
}

bool qpp_route(const struct qpp_router *x, struct qpp_arena *a, enum qpp_http_method m, struct qpp_str path, struct qpp_route *out)
{
	struct look l = { .arena = a };
	*out = (struct qpp_route){ .is = QPP_NO_PATH };
	if (!path.n || path.p[0] != '/' || !cut_path(&l, path))
		return false;
	const struct node *n = find(&l, &x->root, 0);
	if (!n)
		return true;
	out->methods = methods_of(n);
	out->is = n->page[m] ? QPP_FOUND : QPP_WRONG_METHOD;
	out->page = n->page[m];
	out->host = n->host[m];
	out->index = n->index[m];
	struct qpp_http_pair *v = QPP_NEW_ARRAY(a, l.n_found + 1, struct qpp_http_pair);
	memcpy(v, l.found, l.n_found * sizeof *v);
	out->params = (struct qpp_http_pairs){ v, l.n_found };
	return true;
}
