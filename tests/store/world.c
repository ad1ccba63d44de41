/* A store for tests: see world.h. */
#include "world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const int64_t MARCH_2024 = 1709251200LL * QPP_MICROS_A_SECOND;

static void must(struct world *w, enum qpp_code code, const char *what)
{
	if (code == QPP_OK)
		return;
	printf("Bail out! %s: %s (%s)\n", what, w->err.primary, w->err.detail);
	exit(1);
}

static enum qpp_code open_store(struct world *w, struct qpp_clock *clock)
{
	struct qpp_store_config c = { .url = w->url, .keys = &w->keys, .clock = clock, .readers = 4, .migrate = true };
	return qpp_store_open(&c, &w->store, &w->err);
}

void world_open(struct world *w, struct qpp_clock *clock)
{
	const char *url = getenv("QPP_STORE_URL");
	char keys[96];
	int at;
	memset(w, 0, sizeof *w);
	strcpy(w->folder, "/tmp/qpp-store-XXXXXX");
	if (!mkdtemp(w->folder))
		must(w, qpp_fail(&w->err, QPP_IO, "mkdtemp", (char *)NULL), "no temporary folder");
	snprintf(w->url, sizeof w->url, "sqlite:%s/store.db", w->folder);
	if (url) {
		snprintf(w->url, sizeof w->url, "%s", url);
		must(w, qpp_store_migrate(w->url, 0, &at, &w->err), "the database cannot be emptied");
	}
	snprintf(keys, sizeof keys, "%s/keys", w->folder);
	must(w, qpp_keys_load(keys, true, &w->keys, &w->err), "no keys");
	w->clock = qpp_clock_test((qpp_time){ MARCH_2024 });
	must(w, open_store(w, clock ? clock : &w->clock.clock), "the store cannot be opened");
}

enum qpp_code world_attach(struct world *w, const char *folder)
{
	const char *url = getenv("QPP_STORE_URL");
	char keys[96];
	memset(w, 0, sizeof *w);
	snprintf(w->folder, sizeof w->folder, "%s", folder);
	snprintf(w->url, sizeof w->url, "sqlite:%s/store.db", w->folder);
	if (url)
		snprintf(w->url, sizeof w->url, "%s", url);
	snprintf(keys, sizeof keys, "%s/keys", w->folder);
	enum qpp_code code = qpp_keys_load(keys, true, &w->keys, &w->err);
	return code == QPP_OK ? open_store(w, qpp_clock_system()) : code;
}

void world_reopen(struct world *w)
{
	qpp_store_close(w->store);
	must(w, open_store(w, &w->clock.clock), "the store cannot be opened again");
}

void world_close(struct world *w)
{
	static const char *const names[] = { "store.db", "store.db-wal", "store.db-shm", "store.db.lock", "keys", "copy.db" };
	char path[96];
	qpp_store_close(w->store);
	qpp_arena_close(&w->arena);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		snprintf(path, sizeof path, "%s/%s", w->folder, names[i]);
		(void)unlink(path);
	}
	(void)rmdir(w->folder);
}

struct practice {
	struct qpp_org org;
	struct qpp_str tin;
};

static enum qpp_code practice_change(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct practice *p = request;
	return qpp_store_org_put(tx, &p->org, p->tin, err);
}

struct qpp_org world_practice(struct world *w, const char *tin, const char *name)
{
	struct practice p = { { .kind = QPP_ORG_PRACTICE, .name = qpp_str_of(name), .body = QPP_LIT("{}") }, qpp_str_of(tin) };
	must(w, qpp_store_write(w->store, &w->arena, practice_change, &p, &w->err), "no practice");
	return p.org;
}

enum qpp_code file_change(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct filing *f = request;
	bool made;
	f->submission = (struct qpp_submission_row){ .who = f->who, .body = QPP_LIT("{}") };
	enum qpp_code code = qpp_store_submission_find_or_create(tx, &f->submission, &made, err);
	if (code != QPP_OK)
		return code;
	f->set = (struct qpp_set_row){ .submission_id = f->submission.id, .category = qpp_str_of(f->category),
		.method = QPP_LIT("registry"), .program = QPP_LIT("mips"), .body = f->body };
	code = qpp_store_set_put(tx, &f->set, &f->created, err);
	if (code != QPP_OK)
		return code;
	struct qpp_ledger_new n = { .at = qpp_tx_now(tx), .kind = QPP_LIT("filing"), .body = f->body, .keep = true };
	n.subject = qpp_str_cat(qpp_tx_arena(tx), "measurement-set/", qpp_str_dup(qpp_tx_arena(tx), f->set.id).p, (char *)NULL);
	return qpp_store_ledger_append(tx, &n, &f->receipt, err);
}
