/*
 * Kills a writing process again and again and decides whether anything it had
 * acknowledged was lost or doubled. The child files with eight threads, one client
 * each, and tells every acknowledged receipt through a pipe; the parent kills it at a
 * random moment, starts it again, and each client repeats with the same idempotency
 * key what it had no answer to, as real ones do. In the end every acknowledged filing
 * must be in the ledger once, under its receipt, and the ledger must hold.
 *
 *   torture KILLS SEED
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "world.h"

enum { CLIENTS = 8, RESTART_MS = 2000, START_MS = 60000 };

/* What goes through the pipe: small enough to be written whole or not at all. */
struct told {
	int32_t client;                  /* -1: the store is open */
	int32_t n;
	int64_t sequence;
	char chain[QPP_HASH_HEX];
};

static int64_t now_ms(void)
{
	struct timespec ts;
	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

/* --- the child --- */

struct client {
	struct world *w;
	struct qpp_str org_id;
	int number, next, to;
	pthread_t thread;
};

struct keyed {
	struct filing filing;
	struct qpp_once *once;
};

static enum qpp_code file_keyed(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct keyed *k = request;
	enum qpp_code code = file_change(tx, &k->filing, err);
	k->once->status = 201;
	if (code == QPP_OK)
		k->once->response = qpp_str_cat(qpp_tx_arena(tx), qpp_i64_text(qpp_tx_arena(tx), k->filing.receipt.sequence).p, " ",
		                                k->filing.receipt.chain.p, (char *)NULL);
	return code;
}

/* Files number `n` of a client under its key; the answer is the first one's, however often it is asked. */
static enum qpp_code file_once(struct world *w, struct qpp_arena *a, struct qpp_str org_id, int client, int n, struct told *out,
                               struct qpp_once *once, struct qpp_err *err)
{
	static const char *const categories[] = { "quality", "ia", "pi" };
	char key[40], body[80];
	snprintf(key, sizeof key, "client-%d-%d", client, n);
	snprintf(body, sizeof body, "{\"key\":\"%s.\"}", key);
	*once = (struct qpp_once){ .scope = QPP_LIT("torture"), .key = qpp_str_of(key), .request_hash = qpp_str_of(body) };
	struct keyed k = { { .who = { { 2023 }, QPP_GROUP, org_id, { "", 0 } }, .category = categories[n % 3], .body = qpp_str_of(body) }, once };
	enum qpp_code code = qpp_store_write_once(w->store, a, once, file_keyed, &k, err);
	if (code != QPP_OK)
		return code;
	struct qpp_str rest = once->response, sequence;
	uint64_t v = 0;
	if (!qpp_str_cut(&rest, ' ', &sequence) || !qpp_str_u64(sequence, INT64_MAX, &v) || rest.n != QPP_HASH_HEX)
		return qpp_fail(err, QPP_BUG, "the response that was kept is another", (char *)NULL);
	*out = (struct told){ client, n, (int64_t)v, { 0 } };
	memcpy(out->chain, rest.p, QPP_HASH_HEX);
	return QPP_OK;
}

static void *file_all(void *arg)
{
	struct client *c = arg;
	for (;; c->next++) {
		struct qpp_arena a = QPP_ARENA_INIT;
		struct told t;
		struct qpp_once once;
		struct qpp_err err;
		if (file_once(c->w, &a, c->org_id, c->number, c->next, &t, &once, &err) != QPP_OK) {
			fprintf(stderr, "client %d: %s (%s)\n", c->number, err.primary, err.detail);
			_exit(3);
		}
		if (write(c->to, &t, sizeof t) != (ssize_t)sizeof t)
			_exit(4);
		qpp_arena_close(&a);
	}
	return NULL;
}

static int be_child(char **argv)
{
	static struct world w;
	struct client clients[CLIENTS];
	struct told open = { .client = -1 };
	struct qpp_org org;
	struct qpp_tx *tx;
	int to = atoi(argv[3]);
	if (world_attach(&w, argv[2]) != QPP_OK || qpp_store_begin(w.store, &w.arena, &tx, &w.err) != QPP_OK) {
		fprintf(stderr, "%s (%s)\n", w.err.primary, w.err.detail);
		return 2;
	}
	enum qpp_code code = qpp_store_org_by_tin(tx, QPP_LIT("000123456"), &org, &w.err);
	qpp_store_end(tx);
	if (code != QPP_OK || write(to, &open, sizeof open) != (ssize_t)sizeof open)
		return 2;
	for (int i = 0; i < CLIENTS; i++) {
		clients[i] = (struct client){ .w = &w, .org_id = org.id, .number = i, .next = atoi(argv[4 + i]), .to = to };
		pthread_create(&clients[i].thread, NULL, file_all, &clients[i]);
	}
	for (int i = 0; i < CLIENTS; i++)
		pthread_join(clients[i].thread, NULL);
	return 0;
}

/* --- the parent --- */

struct parent {
	QPP_VEC(struct told) told;
	struct qpp_arena arena;
	char folder[64];
	int next[CLIENTS];
	int64_t slowest_ms;
	uint64_t random;
};

static uint64_t draw(struct parent *p)
{
	/* splitmix64 */
	uint64_t z = p->random += 0x9E3779B97F4A7C15u;
	z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
	z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
	return z ^ (z >> 31);
}

static pid_t start(struct parent *p, const char *self, int *from)
{
	int ends[2];
	char to[16], next[CLIENTS][16];
	const char *args[5 + CLIENTS] = { self, "child", p->folder, to };
	if (pipe(ends) != 0)
		return -1;
	snprintf(to, sizeof to, "%d", ends[1]);
	for (int i = 0; i < CLIENTS; i++) {
		snprintf(next[i], sizeof next[i], "%d", p->next[i]);
		args[4 + i] = next[i];
	}
	pid_t pid = fork();
	if (pid == 0) {
		close(ends[0]);
		execv(self, (char *const *)args);
		_exit(127);
	}
	close(ends[1]);
	*from = ends[0];
	return pid;
}

/* Everything that is told until `until` or the end of the pipe; false at the end. */
static bool listen_to(struct parent *p, int from, int64_t until, bool *open)
{
	for (;;) {
		struct pollfd f = { .fd = from, .events = POLLIN };
		struct told t;
		int64_t left = until - now_ms();
		if (left <= 0 || poll(&f, 1, (int)left) == 0)
			return true;
		ssize_t n = read(from, &t, sizeof t);
		if (n != (ssize_t)sizeof t)
			return false;
		if (t.client < 0) {
			*open = true;
			return true;
		}
		*QPP_PUSH(&p->arena, &p->told) = t;
		p->next[t.client] = t.n + 1;
	}
}

/* One life of a child: until it was killed. An empty text when all went as it should. */
static const char *one_life(struct parent *p, const char *self)
{
	int from, status;
	bool open = false;
	int64_t began = now_ms();
	pid_t pid = start(p, self, &from);
	if (pid < 0)
		return "no process could be started";
	bool alive = listen_to(p, from, began + START_MS, &open);
	int64_t took = now_ms() - began;
	p->slowest_ms = took > p->slowest_ms ? took : p->slowest_ms;
	if (open)
		alive = listen_to(p, from, now_ms() + 5 + (int64_t)(draw(p) % 100), &open);
	kill(pid, SIGKILL);
	/* What it had told before it died is still in the pipe. */
	while (listen_to(p, from, now_ms() + START_MS, &open))
		;
	close(from);
	waitpid(pid, &status, 0);
	if (!open)
		return "the store did not open again";
	return alive && WIFSIGNALED(status) ? "" : "the process ended by itself";
}

/* Each acknowledged filing: the same key answers the same receipt, and the ledger has that record. */
static int64_t count_lost(struct parent *p, struct world *w, struct qpp_str org_id)
{
	int64_t lost = 0;
	for (size_t i = 0; i < p->told.n; i++) {
		struct qpp_arena a = QPP_ARENA_INIT;
		const struct told *t = &p->told.v[i];
		struct told again;
		struct qpp_once once;
		struct qpp_receipt r;
		struct qpp_tx *tx;
		bool kept = file_once(w, &a, org_id, t->client, t->n, &again, &once, &w->err) == QPP_OK && once.replayed &&
		            again.sequence == t->sequence && memcmp(again.chain, t->chain, sizeof t->chain) == 0;
		if (kept && qpp_store_begin(w->store, &a, &tx, &w->err) == QPP_OK) {
			kept = qpp_store_ledger_receipt(tx, t->sequence, &r, &w->err) == QPP_OK &&
			       qpp_str_eq(r.chain, (struct qpp_str){ t->chain, sizeof t->chain });
			qpp_store_end(tx);
		}
		lost += !kept;
		qpp_arena_close(&a);
	}
	return lost;
}

/* Filings of the ledger whose key was there before. */
static int64_t count_doubled(struct parent *p, struct world *w, int64_t records)
{
	/* A client has one filing in the air at most, so its numbers are without a gap and end here. */
	int64_t doubled = 0;
	char *seen[CLIENTS];
	struct qpp_tx *tx;
	int most = 0;
	for (int i = 0; i < CLIENTS; i++)
		most = p->next[i] > most ? p->next[i] : most;
	for (int i = 0; i < CLIENTS; i++)
		seen[i] = qpp_arena_alloc(&p->arena, (size_t)most + 2);
	if (qpp_store_begin(w->store, &p->arena, &tx, &w->err) != QPP_OK)
		return -1;
	for (int64_t s = 1; s <= records; s++) {
		struct qpp_mark mark = qpp_arena_mark(&p->arena);
		struct qpp_str body;
		int client, n;
		if (qpp_store_ledger_body(tx, s, &body, &w->err) != QPP_OK || sscanf(body.p, "{\"key\":\"client-%d-%d.", &client, &n) != 2 ||
		    client < 0 || client >= CLIENTS || n < 0 || n > most)
			doubled++;
		else if (seen[client][n]++)
			doubled++;
		qpp_arena_reset(&p->arena, mark);
	}
	qpp_store_end(tx);
	return doubled;
}

static int number;

static int report(bool holds, const char *name, const char *figures)
{
	printf("%s %d - %s%s%s\n", holds ? "ok" : "not ok", ++number, name, *figures ? ": " : "", figures);
	return !holds;
}

int main(int argc, char **argv)
{
	static struct parent p;
	static struct world w;
	char self[512] = "", figures[320];
	if (argc > 4 && strcmp(argv[1], "child") == 0)
		return be_child(argv);
	int kills = argc > 1 ? atoi(argv[1]) : 50;
	p.random = argc > 2 ? strtoull(argv[2], NULL, 10) : (uint64_t)time(NULL);
	uint64_t seed = p.random;
	if (readlink("/proc/self/exe", self, sizeof self - 1) < 0)
		return 1;
	world_open(&w, NULL);
	struct qpp_org org = world_practice(&w, "000123456", "Maple");
	char org_id[40];
	snprintf(org_id, sizeof org_id, "%.*s", QPP_ARG(org.id));
	memcpy(p.folder, w.folder, sizeof p.folder);
	qpp_store_close(w.store);
	qpp_arena_close(&w.arena);

	const char *wrong = "";
	int lives = 0;
	while (lives < kills && !*wrong) {
		wrong = one_life(&p, self);
		lives++;
	}
	puts("1..5");
	snprintf(figures, sizeof figures, "%d kills, seed %llu%s%s", lives, (unsigned long long)seed, *wrong ? ": " : "", wrong);
	int bad = report(!*wrong, "the process can be killed and comes back", figures);
	snprintf(figures, sizeof figures, "slowest start %lld ms", (long long)p.slowest_ms);
	bad |= report(p.slowest_ms < RESTART_MS, "it is back within two seconds", figures);
	int64_t records = 0;
	bool holds = world_attach(&w, p.folder) == QPP_OK && qpp_store_ledger_check(w.store, &records, &w.err) == QPP_OK;
	snprintf(figures, sizeof figures, "%lld records%s%s", (long long)records, holds ? "" : ": ", holds ? "" : w.err.primary);
	bad |= report(holds && records >= (int64_t)p.told.n && p.told.n > 0, "the ledger holds", figures);
	if (!w.store)
		return 1;
	int64_t doubled = count_doubled(&p, &w, records), lost = count_lost(&p, &w, qpp_str_of(org_id));
	snprintf(figures, sizeof figures, "%zu acknowledged, %lld lost", p.told.n, (long long)lost);
	bad |= report(lost == 0, "no acknowledged filing is lost", figures);
	snprintf(figures, sizeof figures, "%lld doubled", (long long)doubled);
	bad |= report(doubled == 0, "no filing is doubled", figures);
	world_close(&w);
	qpp_arena_close(&p.arena);
	return bad;
}
