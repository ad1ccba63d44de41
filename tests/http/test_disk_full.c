/*
 * A full disk as clients see it: filings are refused with 507 in plain words, everybody reads on, nothing that was
 * acknowledged is lost, and filing goes on when there is space, without a restart. On a small tmpfs that only this
 * process and the qppd it starts can see.
 *
 *   test_disk_full QPPD
 */
#include <arpa/inet.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <unistd.h>

#include "../bench/bench.h"
#include "../bench/state.h"
#include "qpp/check.h"

enum { MOST_FILINGS = 3000, REQUEST = 8192, ANSWER = 1 << 18, MORE = 50, READS = 20 };

static int number, bad;
static struct state state;
static struct bench_program service;
static char answer[ANSWER];

static void report(bool holds, const char *name)
{
	printf("%s %d - %s\n", holds ? "ok" : "not ok", ++number, name);
	if (!holds)
		printf("# %.300s\n", answer);
	bad |= !holds;
}

static bool small_disk(const char *folder)
{
	if (unshare(CLONE_NEWNS) != 0 || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0)
		return false;
	return mount("tmpfs", folder, "tmpfs", 0, "size=4m") == 0;
}

/* The status of the answer, which is left in `answer`; 0 when none came. */
static int ask(const char *request, size_t n)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons((uint16_t)service.port) };
	const struct timeval patience = { .tv_sec = 20 };
	size_t got = 0;
	ssize_t k;
	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	answer[0] = 0;
	(void)setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
	if (fd < 0 || connect(fd, (struct sockaddr *)&at, sizeof at) != 0)
		bench_fail("no connection", "");
	(void)!send(fd, request, n, MSG_NOSIGNAL);
	(void)shutdown(fd, SHUT_WR);
	while ((k = recv(fd, answer + got, sizeof answer - 1 - got, 0)) > 0)
		got += (size_t)k;
	answer[got] = 0;
	(void)close(fd);
	return got > 12 ? atoi(answer + 9) : 0;
}

static int get(const char *path, bool signed_in)
{
	char request[REQUEST];
	int n = snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: localhost\r\n%s%s%sConnection: close\r\n\r\n", path,
	                 signed_in ? "Authorization: Bearer " : "", signed_in ? state.token : "", signed_in ? "\r\n" : "");
	return ask(request, (size_t)n);
}

/* Each filing is for another clinician of the practice. */
static int file_one(void)
{
	static unsigned made;
	static char request[REQUEST];
	struct state_filer f = { .tin = "000123456" };
	(void)snprintf(f.npi, sizeof f.npi, "9%08u0", ++made % 10000);
	while (!qpp_npi_check_digit_ok(qpp_str_of(f.npi)))
		f.npi[STATE_NPI - 1]++;
	return ask(request, state_filing(&state, &f, request, sizeof request));
}

/* Files until it is refused; how many were acknowledged. */
static int64_t fill(int *why)
{
	int64_t n = 0;
	while (n < MOST_FILINGS && (*why = file_one()) == 201)
		n++;
	return n;
}

static int64_t records_of(const char *action)
{
	struct qpp_audit_rows rows;
	const struct qpp_audit_query any = { 0 };
	struct qpp_tx *tx;
	int64_t n = 0;
	if (qpp_store_begin(state.store, &state.arena, &tx, &state.err) != QPP_OK)
		return -1;
	if (qpp_store_audit_list(tx, &any, (struct qpp_slice){ 0 }, &rows, &state.err) == QPP_OK)
		for (size_t i = 0; i < rows.n; i++)
			n += qpp_str_is(rows.v[i].action, action) && rows.v[i].outcome == 200;
	qpp_store_end(tx);
	return n;
}

static void while_full(int why, int64_t kept)
{
	int reads = 0;
	printf("# %lld filings fitted\n", (long long)kept);
	report(kept > 5 && why == 507, "a filing that does not fit is answered with 507");
	report(strstr(answer, "the disk of the store is full") && strstr(answer, "free space, then send it again"), "in plain words");
	report(file_one() == 507, "and so is the next");
	report(get("/api/eligibility/npi/9000000015", false) == 200, "what is public is read on");
	for (int i = 0; i < READS; i++)
		reads += get("/api/submissions/measurement-sets", true) == 200;
	report(reads == READS, "and so is what needs a record of who looked");
	report(get("/healthz", false) == 200, "the service says that it is alive");
}

int main(int argc, char **argv)
{
	char folder[] = "/tmp/qpp-disk-XXXXXX";
	struct state_filer *filers;
	int64_t kept, more = 0, records = -1;
	int why = 0;
	if (argc != 2)
		return 2;
	if (!mkdtemp(folder) || !small_disk(folder)) {
		puts("1..0 # SKIP a small tmpfs cannot be mounted here (needs the right to mount)");
		(void)rmdir(folder);
		return 0;
	}
	puts("1..10");
	state_open(&state, folder);
	state_practice(&state, "000123456", "9000000015");
	(void)state_let_in(&state, state_registry(&state), 1, &filers);
	free(filers);
	state_close(&state);
	char *qppd[] = { argv[1], "--port", "0", "--data", folder, "--rate", "off", "--window", "open", NULL };
	service = bench_start(qppd, true);
	kept = fill(&why);
	while_full(why, kept);
	(void)mount(NULL, folder, NULL, MS_REMOUNT, "size=64m");
	while (more < MORE && file_one() == 201)
		more++;
	report(more == MORE, "filing goes on when there is space");
	report(bench_end(&service) == 0, "the service ends as it is asked to");
	state_open(&state, folder);
	report(qpp_store_ledger_check(state.store, &records, &state.err) == QPP_OK && records == kept + more,
	       "all that was acknowledged is there, and nothing else");
	report(records_of("GET /api/submissions/measurement-sets") == READS, "with the record of who looked while it was full");
	state_close(&state);
	(void)umount2(folder, MNT_DETACH);
	(void)rmdir(folder);
	return bad;
}
