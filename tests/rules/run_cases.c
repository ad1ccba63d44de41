/*
 * Runs every case of rules/ against the rules it stands in, as TAP. What each
 * word of a case means is in case_ask.c and case_score.c; a case that they
 * cannot make sense of fails.
 */
#include <stdio.h>

#include "case_run.h"

enum { MOST_CHOICES = 16, MOST_SAYS = 8000, MOST_FINDINGS = 100 };

/* `reading zero_rate=zero`, several with one blank between them. */
static size_t choices_of(struct case_run *r, struct qpp_choice choices[MOST_CHOICES])
{
	struct qpp_str rest, word, name;
	size_t n = 0;
	if (!case_given(r, "reading", &rest))
		return 0;
	while (qpp_str_word(&rest, &word)) {
		struct qpp_str written = word, alternative = word;
		qpp_str_cut(&alternative, '=', &name);
		const struct qpp_reading *reading = qpp_ruleset_reading(world()->set, name);
		size_t i = 0;
		while (reading && i < reading->n_alternatives && !qpp_str_eq(reading->alternatives[i], alternative))
			i++;
		if (!reading || i == reading->n_alternatives || n == MOST_CHOICES)
			case_says(r, "no reading with this alternative: ", qpp_str_dup(r->arena, written).p, (char *)NULL);
		else
			choices[n++] = (struct qpp_choice){ name, i };
	}
	return n;
}

static bool begin(struct case_run *r, struct qpp_arena *a, const struct qpp_case *c)
{
	struct qpp_choice choices[MOST_CHOICES];
	*r = (struct case_run){ .is = c, .arena = a };
	qpp_buf_init(&r->says, a, MOST_SAYS);
	qpp_trace_init(&r->trace, a);
	qpp_findings_init(&r->findings, a, MOST_FINDINGS);
	if (c->n_given > CASE_MOST_GIVEN) {
		case_says(r, "more is given than this program can hold", (char *)NULL);
		return false;
	}
	size_t n = choices_of(r, choices);
	r->request = (struct qpp_request){ .arena = a, .catalog = world_catalog(c->py), .trace = &r->trace,
	                                   .findings = &r->findings };
	if (qpp_rules_bind(a, world()->set, (qpp_py){ c->py }, choices, n, &r->request.rules, &r->err) == QPP_OK)
		return true;
	case_says(r, r->err.primary, (char *)NULL);
	return false;
}

/* What follows the last slash: the rules all stand in one folder. */
static struct qpp_str base_name(struct qpp_str path)
{
	size_t at = path.n;
	while (at > 0 && path.p[at - 1] != '/')
		at--;
	return (struct qpp_str){ path.p + at, path.n - at };
}

static bool run(struct qpp_arena *a, size_t number, const struct qpp_case *c)
{
	struct case_run r;
	if (begin(&r, a, c))
		case_compare(&r, case_ask(&r));
	bool holds = r.says.n == 0;
	printf("%s %zu - %.*s:%u %.*s\n", holds ? "ok" : "not ok", number, QPP_ARG(base_name(c->file)), c->line, QPP_ARG(c->name));
	struct qpp_str rest = qpp_str_trim(qpp_buf_done(&r.says)), line;
	while (rest.n && qpp_str_cut(&rest, '\n', &line))
		printf("# %.*s\n", QPP_ARG(line));
	return holds;
}

int main(void)
{
	const struct qpp_ruleset *set = world()->set;
	struct qpp_arena a = QPP_ARENA_INIT;
	bool all = true;
	if (!set->n_cases)
		world_bail_out("nothing to run", "the rules have no cases");
	printf("1..%zu\n", set->n_cases);
	for (size_t i = 0; i < set->n_cases; i++) {
		struct qpp_mark mark = qpp_arena_mark(&a);
		all &= run(&a, i + 1, &set->cases[i]);
		qpp_arena_reset(&a, mark);
	}
	qpp_arena_close(&a);
	return all ? 0 : 1;
}
