/* qpp synth: a synthetic program year as JSON Lines, all of it following from one seed. */
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "adapt/json/write_synth.h"
#include "cmd/output.h"
#include "cmd/stream.h"

static enum qpp_code run(struct qpp_cli *cli);

static const struct qpp_option options[] = {
	{ "practices", "N", "how many practices (default 2000)" },
	{ "seed", "S", "what everything follows from: a whole number (default 1)" },
	{ "year", "PY", "performance year (default 2023)" },
	{ "only", "LIST", "only these files, apart by commas: organizations, clinicians, relations, submissions, silent, elections,\n"
	  "                  accounts, consents, stories" },
	{ NULL, NULL, NULL },
};

const struct qpp_verb qpp_verb_synth = {
	.name = "synth", .operands = "DIR", .least = 1, .most = 1,
	.summary = "Write a synthetic program year: practices, clinicians, filings, elections, accounts.",
	.about = "Nobody in it exists: TINs begin with 000, NPIs with 9. Scored, the filings are distributed as the published figures\n"
	         "of PY2023. The same seed, year and number of practices give the same bytes. Files are JSON Lines in DIR, which is\n"
	         "made when it is not there; memory does not grow with the number of practices.",
	.options = options, .example = "qpp synth state --practices 2000 --seed 1", .run = run,
};

enum { DEFAULT_PRACTICES = 2000, DEFAULT_SEED = 1, DEFAULT_YEAR = 2023, BUFFER = 1 << 18, MOST_LINE = 64 << 20,
       MS_PER_S = 1000, SILENT_MS = 1000, TELL_MS = 250 };

struct file {
	struct qpp_stream_out out;
	char *buffer;
	size_t n;
};

struct writing {
	struct qpp_cli *cli;
	struct file files[QPP_SYNTH_FILES];
	uint32_t wanted;
	struct qpp_arena scratch;
	uint64_t practices, done;
	bool tells;
	int64_t began_ms, told_ms;
};

static int64_t now_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * MS_PER_S + t.tv_nsec / 1000000;
}

/* Count, rate and time left, on a terminal. */
static void tell(struct writing *w)
{
	int64_t now = now_ms(), took = now - w->began_ms;
	if (took < SILENT_MS || now - w->told_ms < TELL_MS)
		return;
	w->told_ms = now;
	fprintf(stderr, "\r%llu of %llu practices, %llu a second, %llu s left\033[K", (unsigned long long)w->done,
	        (unsigned long long)w->practices, (unsigned long long)(w->done * MS_PER_S / (uint64_t)took),
	        (unsigned long long)(w->done ? (w->practices - w->done) * (uint64_t)took / w->done / MS_PER_S : 0));
}

static bool flush(struct file *f)
{
	bool good = qpp_stream_write(&f->out, f->buffer, f->n);
	f->n = 0;
	return good;
}

static enum qpp_code write_line(struct file *f, struct qpp_str line, struct qpp_err *err)
{
	bool good = f->n + line.n <= BUFFER || flush(f);
	if (good && line.n > BUFFER) {
		good = qpp_stream_write(&f->out, line.p, line.n);
	} else if (good) {
		memcpy(f->buffer + f->n, line.p, line.n);
		f->n += line.n;
	}
	return good ? QPP_OK : qpp_fail(err, QPP_IO, "cannot write the synthetic state", (char *)NULL);
}

static enum qpp_code take(void *host, const struct qpp_synth_item *item, struct qpp_err *err)
{
	struct writing *w = host;
	struct qpp_buf b;
	struct qpp_mark start = qpp_arena_mark(&w->scratch);
	qpp_buf_init(&b, &w->scratch, MOST_LINE);
	qpp_json_write_synth(&b, &w->scratch, item);
	enum qpp_code code = write_line(&w->files[item->file], qpp_buf_done(&b), err);
	qpp_arena_reset(&w->scratch, start);
	return code;
}

static void progress(void *host, uint64_t practices)
{
	struct writing *w = host;
	w->done = practices;
	if (w->tells)
		tell(w);
}

static enum qpp_code number_of(struct qpp_cli *cli, const char *name, uint64_t most, uint64_t *out)
{
	const char *value = qpp_cli_value(cli, name);
	if (!value || qpp_str_u64(qpp_str_of(value), most, out))
		return QPP_OK;
	(void)qpp_fail(&cli->err, QPP_USAGE, "--", name, " ", value, " is not a whole number in range", (char *)NULL);
	qpp_err_hint(&cli->err, "for example: ", cli->verb->example, (char *)NULL);
	return QPP_USAGE;
}

/* Which files are wanted; all when nobody says. */
static enum qpp_code files_of(struct qpp_cli *cli, uint32_t *out)
{
	const char *value = qpp_cli_value(cli, "only");
	struct qpp_str rest = qpp_str_of(value), part;
	*out = value ? 0 : (1u << QPP_SYNTH_FILES) - 1;
	while (value && qpp_str_cut(&rest, ',', &part)) {
		struct qpp_str names[QPP_SYNTH_FILES];
		int found = -1;
		for (int i = 0; i < QPP_SYNTH_FILES; i++) {
			names[i] = qpp_str_of(qpp_synth_file_name((enum qpp_synth_file)i));
			if (qpp_str_eq(part, names[i]))
				found = i;
		}
		if (found >= 0) {
			*out |= 1u << found;
			continue;
		}
		int near = qpp_str_near(part, names, QPP_SYNTH_FILES);
		(void)qpp_fail(&cli->err, QPP_USAGE, "--only ", value, " names a file that is not made", (char *)NULL);
		qpp_err_hint(&cli->err, near >= 0 ? "did you mean " : "qpp synth --help lists them", near >= 0 ? names[near].p : "", (char *)NULL);
		return QPP_USAGE;
	}
	return QPP_OK;
}

static enum qpp_code open_files(struct writing *w, const char *dir)
{
	enum qpp_code code = qpp_cli_folder(w->cli, dir);
	for (int i = 0; i < QPP_SYNTH_FILES && code == QPP_OK; i++) {
		if (!(w->wanted >> i & 1))
			continue;
		struct qpp_str path = qpp_str_cat(w->cli->arena, dir, "/", qpp_synth_file_name((enum qpp_synth_file)i), ".jsonl", (char *)NULL);
		w->files[i].buffer = qpp_arena_alloc(w->cli->arena, BUFFER);
		code = qpp_stream_create(w->cli, path.p, &w->files[i].out);
	}
	return code;
}

/* Every file takes its name, or none does. */
static enum qpp_code close_files(struct writing *w, enum qpp_code code)
{
	bool whole = code == QPP_OK;
	for (int i = 0; i < QPP_SYNTH_FILES; i++)
		if (w->files[i].out.temporary && whole)
			whole = flush(&w->files[i]);
	for (int i = 0; i < QPP_SYNTH_FILES; i++) {
		if (!w->files[i].out.temporary)
			continue;
		enum qpp_code closed = qpp_stream_finish(w->cli, &w->files[i].out, whole);
		code = code == QPP_OK ? closed : code;
	}
	return code;
}

static json_t *counts_json(const uint64_t *v, int n, const char *(*name_of)(int))
{
	json_t *o = json_object();
	for (int i = 0; i < n; i++)
		if (name_of(i) && v[i])
			json_object_set_new(o, name_of(i), json_integer((json_int_t)v[i]));
	return o;
}

static const char *file_name(int i) { return qpp_synth_file_name((enum qpp_synth_file)i); }
static const char *kind_name(int i) { return qpp_synth_kind_name((enum qpp_synth_kind)i); }
static const char *status_name(int i) { return qpp_eligibility_status_name((enum qpp_eligibility_status)i); }
static const char *special_name(int i) { return qpp_special_name((enum qpp_special)i); }
static const char *level_name(int i) { return qpp_entity_name((enum qpp_entity)i); }
static const char *program_name(int i) { return qpp_program_kind_name((enum qpp_program_kind)i); }

/* What was made, for people and for machines the same. */
struct part {
	const char *name;
	const uint64_t *v;
	int n;
	const char *(*name_of)(int);
};

static enum qpp_code summary(struct qpp_cli *cli, const struct qpp_synth_call *call, const struct qpp_synth_counts *c)
{
	const struct part parts[] = {
		{ "lines", c->items, QPP_SYNTH_FILES, file_name },          { "organizations", c->organizations, QPP_SYNTH_KINDS, kind_name },
		{ "statuses", c->status, QPP_ELIGIBILITY_STATUSES, status_name }, { "specialStatuses", c->special, QPP_SPECIALS, special_name },
		{ "levels", c->level, QPP_ENTITIES, level_name },           { "programs", c->program, QPP_PROGRAM_KINDS, program_name },
	};
	json_t *o = json_object();
	json_object_set_new(o, "year", json_integer(call->catalog->py.v));
	json_object_set_new(o, "seed", json_integer((json_int_t)call->seed));
	for (size_t k = 0; k < sizeof parts / sizeof *parts; k++)
		json_object_set_new(o, parts[k].name, counts_json(parts[k].v, parts[k].n, parts[k].name_of));
	if (cli->json)
		return qpp_cli_print_json(cli, o);
	json_decref(o);
	for (size_t k = 0; k < sizeof parts / sizeof *parts; k++) {
		printf("%s\n", parts[k].name);
		for (int i = 0; i < parts[k].n; i++)
			if (parts[k].name_of(i) && parts[k].v[i])
				printf("  %10llu  %s\n", (unsigned long long)parts[k].v[i], parts[k].name_of(i));
	}
	return QPP_OK;
}

static enum qpp_code make(struct qpp_cli *cli, struct qpp_synth_call *call, struct qpp_synth_counts *counts)
{
	struct writing w = { .cli = cli, .wanted = call->files, .scratch = QPP_ARENA_INIT, .practices = call->practices,
		                 .tells = isatty(STDERR_FILENO) == 1, .began_ms = now_ms() };
	w.told_ms = w.began_ms;
	w.scratch.refuse = cli->arena->refuse;
	call->take = take;
	call->progress = progress;
	call->host = &w;
	enum qpp_code code = open_files(&w, cli->operand[0]);
	if (code == QPP_OK)
		code = qpp_synth_run(call, counts, &cli->err);
	if (w.told_ms != w.began_ms)
		fputs("\r\033[K", stderr);
	qpp_arena_close(&w.scratch);
	return close_files(&w, code);
}

static enum qpp_code run(struct qpp_cli *cli)
{
	struct qpp_synth_call call = { .practices = DEFAULT_PRACTICES, .seed = DEFAULT_SEED };
	struct qpp_synth_counts counts;
	qpp_py py = { DEFAULT_YEAR };
	enum qpp_code code = qpp_cli_value(cli, "year") ? qpp_cli_year(cli, true, &py) : QPP_OK;
	if (code == QPP_OK)
		code = number_of(cli, "practices", QPP_SYNTH_MOST_PRACTICES, &call.practices);
	if (code == QPP_OK)
		code = number_of(cli, "seed", INT64_MAX, &call.seed);
	if (code == QPP_OK)
		code = files_of(cli, &call.files);
	if (code == QPP_OK)
		code = qpp_cli_rules(cli, &call.rules);
	if (code == QPP_OK)
		code = qpp_cli_catalog(cli, py, &call.catalog);
	if (code == QPP_OK)
		code = make(cli, &call, &counts);
	return code == QPP_OK ? summary(cli, &call, &counts) : code;
}
