/*
 * What the Submissions API refuses beyond what the rules of the year say of the
 * data themselves: programs that a level cannot report under, and ways of
 * submitting that are no upload.
 */
#include "app/filing_int.h"
#include "qpp/ruleset.h"

/* As the table of programs and levels calls it: every program without a name of its own there is an MVP. */
static struct qpp_str word_of(struct qpp_str program)
{
	static const char *const own[] = { "mips", "app1", "appPlus" };
	for (size_t i = 0; i < sizeof own / sizeof *own; i++)
		if (qpp_str_is(program, own[i]))
			return program;
	return QPP_LIT("mvp");
}

struct level_ask {
	const struct qpp_table *table;
	qpp_py py;
	const char *level;
};

/* Whether the level may report so that year; a program without rows is not known here, and refused elsewhere. */
static bool may_report(const struct level_ask *ask, struct qpp_str program, struct qpp_str *cite)
{
	const struct qpp_table *t = ask->table;
	int word = qpp_table_column(t, QPP_LIT("program")), level = qpp_table_column(t, QPP_LIT("level")), at = qpp_table_column(t, QPP_LIT("cite"));
	bool some = false;
	for (size_t i = 0; word >= 0 && level >= 0 && at >= 0 && i < t->n_rows; i++) {
		const struct qpp_table_row *row = &t->rows[i];
		if (ask->py.v < row->from || ask->py.v > row->to || !qpp_str_eq(row->cells[word].text, program))
			continue;
		if (qpp_str_is(row->cells[level].text, ask->level))
			return true;
		some = true;
		*cite = row->cells[at].text;
	}
	return !some;
}

void qpp_program_check(const struct qpp_service *service, const struct qpp_who *who, const struct qpp_measurement_set *sets, size_t n,
                       struct qpp_findings *f)
{
	const struct level_ask ask = { qpp_ruleset_table(qpp_years_rules(service->years), QPP_LIT("program_levels")), who->py,
		                           who->entity == QPP_ENTITY_NONE ? NULL : qpp_entity_name(who->entity) };
	for (size_t i = 0; ask.table && ask.level && i < n; i++) {
		struct qpp_str cite = { 0 };
		if (may_report(&ask, word_of(sets[i].program), &cite))
			continue;
		struct qpp_finding *x = qpp_find(f, QPP_ERROR, "programNotForEntity", sets[i].program_where,
		                                 qpp_str_cat(f->arena, "a submission of type ", ask.level, " does not report under this program", (char *)NULL));
		x->value = qpp_shown(f->arena, sets[i].program);
		x->cite = cite;
	}
}

enum qpp_code qpp_upload_check(const struct qpp_service *service, const struct qpp_measurement_set *set, const struct qpp_filer *filer,
                               struct qpp_findings *f, struct qpp_err *err)
{
	size_t errors = f->errors;
	qpp_program_check(service, &filer->who, set, 1, f);
	if (filer->submitter_id.n && (set->method == QPP_METHOD_NONE || set->method == QPP_WEB_INTERFACE)) {
		struct qpp_finding *x = qpp_find(f, QPP_ERROR, "methodNotUploaded", set->where,
		                                 QPP_LIT("a registry does not file under this submission method"));
		x->value = set->method == QPP_METHOD_NONE ? QPP_LIT("webAttestation") : qpp_str_of(qpp_method_name(set->method));
		x->expected = QPP_LIT("registry or electronicHealthRecord");
		x->hint = QPP_LIT("the practice's own people attest on the pages of the service");
	}
	return f->errors == errors ? QPP_OK : qpp_filing_refuse(f, err);
}
