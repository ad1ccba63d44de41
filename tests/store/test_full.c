/*
 * A full disk: the store says so with a code of its own, reads go on, nothing that
 * was acknowledged is lost, and writing works again when there is space. On a small
 * tmpfs that only this process sees.
 */
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "world.h"

enum { BODY = 20000, MOST = 2000 };

static int number, bad;

static void report(bool holds, const char *name)
{
	printf("%s %d - %s\n", holds ? "ok" : "not ok", ++number, name);
	bad |= !holds;
}

static bool small_disk(const char *folder)
{
	if (unshare(CLONE_NEWNS) != 0 || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0)
		return false;
	return mount("tmpfs", folder, "tmpfs", 0, "size=2m") == 0;
}

static struct qpp_str body;

static enum qpp_code file(struct world *w, struct qpp_str org_id, struct filing *f)
{
	*f = (struct filing){ .who = { { 2023 }, QPP_GROUP, org_id, { "", 0 } }, .category = "quality", .body = body };
	return qpp_store_write(w->store, &w->arena, file_change, f, &w->err);
}

static bool can_read(struct world *w, struct qpp_str org_id)
{
	struct qpp_tx *tx;
	struct qpp_org org;
	if (qpp_store_begin(w->store, &w->arena, &tx, &w->err) != QPP_OK)
		return false;
	bool read = qpp_store_org_get(tx, org_id, &org, &w->err) == QPP_OK;
	qpp_store_end(tx);
	return read;
}

/* Files until it is refused; how many were acknowledged. */
static int64_t fill(struct world *w, struct qpp_str org_id, enum qpp_code *why)
{
	struct filing f;
	int64_t n = 0;
	*why = QPP_OK;
	while (n < MOST && (*why = file(w, org_id, &f)) == QPP_OK)
		n++;
	return n;
}

int main(void)
{
	static struct world w;
	char folder[] = "/tmp/qpp-full-XXXXXX", url[64], keys[64];
	enum qpp_code why;
	int64_t records, kept, more;
	struct filing f;
	if (!mkdtemp(folder) || !small_disk(folder)) {
		puts("1..0 # SKIP a small tmpfs cannot be mounted here (needs the right to mount)");
		rmdir(folder);
		return 0;
	}
	puts("1..9");
	char *text = qpp_arena_alloc(&w.arena, BODY + 3);
	memset(text, 'x', BODY);
	text[0] = text[BODY - 1] = '"';
	body = (struct qpp_str){ text, BODY };
	snprintf(url, sizeof url, "sqlite:%s/store.db", folder);
	snprintf(keys, sizeof keys, "%s/keys", folder);
	w.clock = qpp_clock_test((qpp_time){ 1 });
	struct qpp_store_config c = { .url = url, .keys = &w.keys, .clock = &w.clock.clock, .migrate = true };
	if (qpp_keys_load(keys, true, &w.keys, &w.err) != QPP_OK || qpp_store_open(&c, &w.store, &w.err) != QPP_OK) {
		printf("Bail out! %s (%s)\n", w.err.primary, w.err.detail);
		return 1;
	}
	struct qpp_org org = world_practice(&w, "000123456", "Maple");

	kept = fill(&w, org.id, &why);
	printf("# %lld filings fitted\n", (long long)kept);
	report(kept > 5 && why == QPP_FULL && qpp_code_http(why) == 507, "a full disk is answered by its own code");
	report(strcmp(w.err.primary, "the disk of the store is full") == 0 && *w.err.hint, "in plain words");
	report(file(&w, org.id, &f) == QPP_FULL, "and again when it is tried again");
	report(can_read(&w, org.id), "reading goes on");
	report(qpp_store_healthy(w.store, NULL), "the store is not broken by it");
	report(qpp_store_ledger_check(w.store, &records, &w.err) == QPP_OK && records == kept, "what was acknowledged is there, and nothing else");
	mount(NULL, folder, NULL, MS_REMOUNT, "size=64m");
	more = 0;
	while (more < 100 && file(&w, org.id, &f) == QPP_OK)
		more++;
	report(more == 100, "writing works again when there is space");
	qpp_store_close(w.store);
	report(qpp_store_open(&c, &w.store, &w.err) == QPP_OK, "it opens again");
	report(w.store && qpp_store_ledger_check(w.store, &records, &w.err) == QPP_OK && records == kept + more, "with all that was acknowledged");
	qpp_store_close(w.store);
	qpp_arena_close(&w.arena);
	umount2(folder, MNT_DETACH);
	rmdir(folder);
	return bad;
}
