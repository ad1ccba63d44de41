/* The permission matrix as a document: every page by every role, from the tables that the server itself asks. */
#include "adapt/http/page.h"

bool qpp_page_lets(const struct qpp_page *p, uint32_t roles)
{
	if (!(p->flags & QPP_PAGE_API) && p->can != QPP_CAN_READ_PUBLIC)
		roles &= ~QPP_BY(REGISTRY_TOKEN);
	return qpp_access(roles, p->can);
}

static void header(struct qpp_buf *b)
{
	qpp_buf_cat(b, "# Who may do what\n\nMade from the page tables and `src/app/access.def`; do not edit. \"yes\" holds for the "
	               "role's own organization (a token: for what it filed itself, by the API alone). A thing of others answers as one that does not "
	               "exist.\n\n## Roles\n\n| role | is |\n|---|---|\n", (char *)NULL);
	for (int role = 0; role < QPP_ROLES; role++)
		qpp_buf_cat(b, "| ", qpp_role_name((enum qpp_role)role), " | ", qpp_role_meaning((enum qpp_role)role), " |\n", (char *)NULL);
	qpp_buf_cat(b, "\n## Pages\n\n| page | needs | record |", (char *)NULL);
	for (int role = 0; role < QPP_ROLES; role++)
		qpp_buf_cat(b, " ", qpp_role_name((enum qpp_role)role), " |", (char *)NULL);
	qpp_buf_cat(b, "\n|---|---|---|", (char *)NULL);
	for (int role = 0; role < QPP_ROLES; role++)
		qpp_buf_cat(b, "---|", (char *)NULL);
	qpp_buf_char(b, '\n');
}

struct qpp_str qpp_permission_matrix(struct qpp_arena *a, const struct qpp_router *x)
{
	enum { MOST = 8 << 20 };
	struct qpp_buf b;
	qpp_buf_init(&b, a, MOST);
	header(&b);
	for (size_t i = 0; i < qpp_router_pages(x); i++) {
		const struct qpp_page *p = qpp_router_page(x, i);
		qpp_buf_cat(&b, "| ", qpp_http_method_name(p->method), " ", p->path, " | ", qpp_capability_name(p->can), " | ",
		            qpp_audit_class_name(p->audit), " |", (char *)NULL);
		for (int role = 0; role < QPP_ROLES; role++)
			qpp_buf_cat(&b, qpp_page_lets(p, 1u << role) ? " yes |" : " |", (char *)NULL);
		qpp_buf_char(&b, '\n');
	}
	return qpp_buf_done(&b);
}
