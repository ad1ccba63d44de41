/* Rules, catalogs and files, read once; see world.h. */
#include "world.h"

#include <stdio.h>
#include <stdlib.h>

#include "adapt/json/read_facts.h"
#include "adapt/json/read_submission.h"
#include "app/answer.h"
#include "qpp/check.h"

enum { FIRST_PY = 2017, LAST_PY = 2030, MOST_BYTES = 64 << 20, MOST_FINDINGS = 200 };

_Noreturn void world_bail_out(const char *why, const char *what)
{
	printf("Bail out! %s: %s\n", why, what);
	exit(1);
}

static struct qpp_arena *arena(void)
{
	static struct qpp_arena a = QPP_ARENA_INIT;
	return &a;
}

static void close_arena(void)
{
	qpp_arena_close(arena());
}

const struct world *world(void)
{
	static struct world w;
	struct qpp_err err;
	if (w.arena)
		return &w;
	w.arena = arena();
	atexit(close_arena);
	if (qpp_ruleset_load(w.arena, qpp_rules_image, qpp_rules_image_size, &w.set, &err) != QPP_OK)
		world_bail_out("the embedded rules cannot be loaded", err.primary);
	return &w;
}

static bool read_all(const char *path, struct qpp_str *text)
{
	FILE *in = fopen(path, "rb");
	struct qpp_buf b;
	char block[1 << 14];
	size_t n;
	if (!in)
		return false;
	qpp_buf_init(&b, world()->arena, MOST_BYTES);
	while ((n = fread(block, 1, sizeof block, in)) > 0)
		qpp_buf_add(&b, block, n);
	bool whole = !ferror(in) && !b.full;
	fclose(in);
	*text = qpp_buf_done(&b);
	return whole;
}

bool world_file(struct qpp_str path, struct qpp_str *text)
{
	const char *root = getenv("QPP_SOURCE");
	struct qpp_arena *a = world()->arena;
	return read_all(qpp_str_cat(a, root ? root : ".", "/", qpp_str_dup(a, path).p, (char *)NULL).p, text);
}

const struct qpp_catalog *world_catalog(int py)
{
	static const struct qpp_catalog *known[LAST_PY - FIRST_PY + 1];
	static bool looked[LAST_PY - FIRST_PY + 1];
	if (py < FIRST_PY || py > LAST_PY)
		return NULL;
	int at = py - FIRST_PY;
	struct qpp_arena *a = world()->arena;
	struct qpp_str path = qpp_str_cat(a, "catalog/", qpp_i64_text(a, py).p, ".txt", (char *)NULL), text;
	struct qpp_err err;
	if (looked[at])
		return known[at];
	looked[at] = true;
	if (world_file(path, &text) && qpp_catalog_read(a, path, text, &known[at], &err) != QPP_OK)
		world_bail_out("a catalog cannot be read", err.primary);
	return known[at];
}

const struct qpp_rules *world_rules(int py)
{
	static const struct qpp_rules *known[LAST_PY - FIRST_PY + 1];
	struct qpp_err err;
	const struct world *w = world();
	if (py < FIRST_PY || py > LAST_PY)
		world_bail_out("no such performance year", qpp_i64_text(w->arena, py).p);
	if (!known[py - FIRST_PY] &&
	    qpp_rules_bind(w->arena, w->set, (qpp_py){ py }, NULL, 0, &known[py - FIRST_PY], &err) != QPP_OK)
		world_bail_out("the rules cannot be bound to a year", err.primary);
	return known[py - FIRST_PY];
}

const struct qpp_plan *world_plan(int py)
{
	static const struct qpp_plan *known[LAST_PY - FIRST_PY + 1];
	const struct qpp_rules *rules = world_rules(py);
	const struct qpp_catalog *catalog = world_catalog(py);
	if (catalog && !known[py - FIRST_PY])
		known[py - FIRST_PY] = qpp_plan_make(world()->arena, rules, catalog);
	return known[py - FIRST_PY];
}

struct qpp_request world_request(int py)
{
	return (struct qpp_request){ .arena = world()->arena, .rules = world_rules(py), .catalog = world_catalog(py) };
}

bool world_filing(struct qpp_arena *a, struct qpp_str input, struct qpp_str facts, struct filing *out)
{
	struct qpp_str text;
	struct qpp_err err;
	*out = (struct filing){ .findings = QPP_NEW(a, struct qpp_findings), .facts = QPP_NEW(a, struct qpp_facts) };
	qpp_findings_init(out->findings, a, MOST_FINDINGS);
	if (!world_file(input, &text))
		return false;
	out->submission = qpp_json_read_submission(a, input, text, MOST_BYTES, out->findings);
	if (facts.n) {
		if (!world_file(facts, &text))
			return false;
		struct qpp_facts *read = qpp_json_read_facts(a, facts, text, MOST_BYTES, out->findings);
		if (read)
			out->facts = read;
	}
	if (!out->submission ||
	    qpp_answer_reconcile(out->submission, out->facts, (qpp_py){ 0 }, out->findings, &err) != QPP_OK)
		return false;
	out->catalog = world_catalog(out->submission->py.v);
	if (!out->catalog)
		return false;
	qpp_check_submission(out->submission, out->catalog, out->findings);
	qpp_answer_check_facts(out->facts, out->catalog, out->findings);
	struct qpp_request q = { .arena = a, .rules = world_rules(out->submission->py.v), .catalog = out->catalog,
	                         .findings = out->findings };
	return qpp_answer_locate(&q, out->submission, out->facts, &err) == QPP_OK;
}
