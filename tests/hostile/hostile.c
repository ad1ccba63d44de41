/*
 * Hostile claims and remittance files against the program itself: files of any
 * size through a pipe, cut off, unbalanced, of another kind. What is asked of
 * every one of them: the line or segment is named, a result that is not of the
 * whole file says so, nothing crashes, and memory does not grow with the file.
 *
 *   hostile QPP MEGABYTES STEP      sizes of the floods; every STEP-th byte of the samples is a cut. TAP.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

enum {
	MOST_TEXT = 1 << 16,
	MOST_SAMPLE = 1 << 16,
	BLOCK = 1 << 16,
	GROWTH_KB = 24 << 10,        /* memory of a flood beyond that of its first megabyte */
	READ_AHEAD = 8 << 20         /* what a refused flood may have taken, with what stands in the pipe */
};

static const char *program;
static int number, failures;

static void result(bool good, const char *what, const char *says)
{
	printf("%s %d - %s\n", good ? "ok" : "not ok", ++number, what);
	if (!good) {
		failures++;
		printf("# %.1500s\n", says);
	}
	fflush(stdout);
}

/* ---- running the program ---- */

/* Bytes for its standard input: as many as fit into `room`; 0 at the end. */
typedef size_t source(void *host, char *to, size_t room);

struct ran {
	int status;                  /* of the exit; -1: it was killed */
	long kilobytes;              /* of memory at most */
	uint64_t given;              /* bytes that it took */
	char out[MOST_TEXT], err[MOST_TEXT];
};

static void read_back(const char *path, char *to)
{
	FILE *f = fopen(path, "rb");
	size_t n = f ? fread(to, 1, MOST_TEXT - 1, f) : 0;
	to[n] = 0;
	if (f)
		fclose(f);
	unlink(path);
}

static void give(int fd, source *from, void *host, uint64_t *given)
{
	static char block[BLOCK];
	size_t n;
	*given = 0;
	while ((n = from(host, block, sizeof block)) > 0)
		for (size_t at = 0; at < n;) {
			ssize_t did = write(fd, block + at, n - at);
			if (did < 0 && errno == EINTR)
				continue;
			if (did < 0)
				return;
			at += (size_t)did;
			*given += (uint64_t)did;
		}
}

static void run(const char *const *arguments, source *from, void *host, struct ran *r)
{
	char out[] = "/tmp/hostile.out.XXXXXX", err[] = "/tmp/hostile.err.XXXXXX";
	int out_fd = mkstemp(out), err_fd = mkstemp(err), ends[2], status;
	posix_spawn_file_actions_t actions;
	struct rusage usage;
	pid_t child;
	*r = (struct ran){ .status = -1 };
	if (out_fd < 0 || err_fd < 0 || pipe2(ends, O_CLOEXEC) != 0) {
		printf("Bail out! no files or pipes: %s\n", strerror(errno));
		exit(1);
	}
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, ends[0], STDIN_FILENO);
	posix_spawn_file_actions_adddup2(&actions, out_fd, STDOUT_FILENO);
	posix_spawn_file_actions_adddup2(&actions, err_fd, STDERR_FILENO);
	int why = posix_spawn(&child, program, &actions, NULL, (char *const *)arguments, environ);
	posix_spawn_file_actions_destroy(&actions);
	close(ends[0]);
	if (why) {
		printf("Bail out! %s cannot be run: %s\n", program, strerror(why));
		exit(1);
	}
	give(ends[1], from, host, &r->given);
	close(ends[1]);
	if (wait4(child, &status, 0, &usage) == child && WIFEXITED(status))
		r->status = WEXITSTATUS(status);
	r->kilobytes = usage.ru_maxrss;
	close(out_fd);
	close(err_fd);
	read_back(out, r->out);
	read_back(err, r->err);
}

static const char *const adjust[] = { "qpp", "claims", "adjust", "-", "--factor", "2.15", "--year", "2023", "--json", NULL };
static const char *const adjust_text[] = { "qpp", "claims", "adjust", "-", "--factor", "2.15", "--year", "2023", NULL };
static const char *const check[] = { "qpp", "claims", "check", "-", "--factor", "2.15", "--year", "2023", "--json", NULL };

/* ---- floods: a head, one part again and again, a tail ---- */

struct flood {
	const char *head;
	const char *part;
	uint64_t parts;
	char tail[400];
	size_t at;                   /* in what is being given out */
	uint64_t n;                  /* parts that were given out */
	int stage;
};

static size_t flow(void *host, char *to, size_t room)
{
	struct flood *f = host;
	size_t given = 0;
	while (given < room && f->stage < 3) {
		const char *text = f->stage == 0 ? f->head : f->stage == 1 ? f->part : f->tail;
		size_t length = f->stage == 1 && !*text ? 1 : strlen(text), n = length - f->at;
		if (f->stage == 1 && f->n == f->parts)
			n = 0;
		n = n < room - given ? n : room - given;
		memcpy(to + given, text + f->at, n);
		given += n;
		f->at += n;
		if (f->at < length && n)
			continue;
		f->at = 0;
		f->n += f->stage == 1 && n;
		if (f->stage != 1 || f->n == f->parts)
			f->stage++;
	}
	return given;
}

#define HEADER "claim,line,tin,npi,date,coveredProfessionalService,assigned,allowed,deductible,coinsurance,paid\n"
#define LINE "C0001,1,000000001,9000000007,2025-03-04,yes,yes,100.00,0,20.00,80.00\n"
#define ISA "ISA*00*          *00*          *ZZ*CONTRACTOR     *ZZ*PRACTICE       *250320*1200*^*00501*000000001*0*T*:~"
#define HEAD ISA "GS*HP*CONTRACTOR*PRACTICE*20250320*1200*1*X*005010X221A1~ST*835*0001~"
#define CLAIM "CLP*C0001*1*150.00*80.09**MB*00C0001*11~SVC*HC:99213*150.00*80.09**1~DTM*472*20250304~" \
	"CAS*CO*45*50.00**144*-1.72**253*1.63~CAS*PR*2*20.00~LQ*HE*N807~"

enum { CLAIM_SEGMENTS = 6, FRAME_SEGMENTS = 2 };

static struct flood flood_of(const char *head, const char *part, uint64_t bytes)
{
	size_t length = *part ? strlen(part) : 1;
	return (struct flood){ .head = head, .part = part, .parts = bytes / length };
}

/* A remittance that is one line however long; `more` is added to the count of its segments. */
static struct flood remittance(uint64_t bytes, uint64_t more)
{
	struct flood f = flood_of(HEAD, CLAIM, bytes);
	snprintf(f.tail, sizeof f.tail, "SE*%llu*0001~GE*1*1~IEA*1*000000001~",
	         (unsigned long long)(f.parts * CLAIM_SEGMENTS + FRAME_SEGMENTS + more));
	return f;
}

static bool says(const char *text, const char *part)
{
	return strstr(text, part) != NULL;
}

static long memory_of(const char *const *arguments, struct flood f)
{
	static struct ran small;
	uint64_t parts = ((uint64_t)1 << 20) / (*f.part ? strlen(f.part) : 1);
	f.parts = f.parts < parts ? f.parts : parts;
	run(arguments, flow, &f, &small);
	return small.kilobytes;
}

/* All three: what it says, how it ends, and what it needs for that. */
static void flood_test(const char *what, const char *const *arguments, struct flood f, int status, const char *const *parts)
{
	static struct ran r;
	char name[300], why[MOST_TEXT];
	long before = memory_of(arguments, f);
	run(arguments, flow, &f, &r);
	bool good = r.status == status;
	for (; *parts; parts++)
		good &= says(r.out, *parts) || says(r.err, *parts);
	snprintf(why, sizeof why, "status %d\n# %.700s\n# %.700s", r.status, r.out, r.err);
	result(good, what, why);
	snprintf(name, sizeof name, "%s: in memory that does not grow", what);
	snprintf(why, sizeof why, "%ld KB for the first megabyte, %ld KB for all", before, r.kilobytes);
	result(r.kilobytes > 0 && r.kilobytes < before + GROWTH_KB, name, why);
	printf("# %s\n", why);
	if (status == 0)
		return;
	snprintf(name, sizeof name, "%s: refused before it is read to its end, or at its end", what);
	snprintf(why, sizeof why, "%llu bytes were taken", (unsigned long long)r.given);
	bool whole = f.stage == 3;
	result(whole || r.given < READ_AHEAD, name, why);
}

#define SAYS(...) ((const char *const[]){ __VA_ARGS__, NULL })

static void floods(uint64_t bytes)
{
	char lines[60], claims[60];
	struct flood f = flood_of(HEADER, LINE, bytes);
	snprintf(lines, sizeof lines, "\"lines\": %llu,", (unsigned long long)f.parts);
	flood_test("claim lines, all of them good", adjust, f, 0, SAYS(lines, "\"adjusted\": "));
	flood_test("one line without an end", adjust, flood_of("", "x", bytes), 1,
	           SAYS("csvTooLong", "\"line\": 1", "\"partial\": true"));
	flood_test("one line of commas", adjust, flood_of("", ",", bytes), 1, SAYS("csvTooLong", "\"line\": 1", "\"partial\": true"));
	flood_test("a good line, then a quote that is never closed", adjust_text, flood_of(HEADER LINE "C2,\"", "x\n", bytes), 1,
	           SAYS("standard input:3:4: error", "csvTooLong", "the output is partial: 1 line was written"));
	flood_test("zero bytes for claim lines", adjust, flood_of("", "", bytes), 1, SAYS("csvMalformed", "\"partial\": true"));
	f = remittance(bytes, 0);
	snprintf(claims, sizeof claims, "\"claims\": %llu,", (unsigned long long)f.parts);
	flood_test("a remittance on one line, whole", check, f, 0, SAYS(claims, "\"differing\": 0"));
	flood_test("a remittance on one line, its SE count one too high", check, remittance(bytes, 1), 1,
	           SAYS(claims, "\"partial\": true", "remitCount", " SE\""));
	f.tail[0] = 0;
	flood_test("a remittance on one line, cut off behind its last claim", check, f, 1,
	           SAYS(claims, "\"partial\": true", "remitTruncated", "\"segment "));
	flood_test("a segment without an end", check, flood_of(HEAD "CLP*", "9", bytes), 1,
	           SAYS("remitMalformed", "segment 4", "\"partial\": true"));
	flood_test("zero bytes for a remittance", check, flood_of("", "", bytes), 1,
	           SAYS("remitMalformed", "segment 1", "\"partial\": true"));
}

/* ---- texts ---- */

struct text {
	const char *p;
	size_t n;
};

static size_t flow_text(void *host, char *to, size_t room)
{
	struct text *x = host;
	size_t n = x->n < room ? x->n : room;
	memcpy(to, x->p, n);
	x->p += n;
	x->n -= n;
	return n;
}

static void text_test(const char *what, const char *const *arguments, const char *p, size_t n, int status,
                      const char *const *parts)
{
	static struct ran r;
	char why[MOST_TEXT];
	struct text text = { p, n };
	run(arguments, flow_text, &text, &r);
	bool good = r.status == status;
	for (; *parts; parts++)
		good &= says(r.out, *parts) || says(r.err, *parts);
	snprintf(why, sizeof why, "status %d\n# %.700s\n# %.700s", r.status, r.out, r.err);
	result(good, what, why);
}

/* ASCII as UTF-16, low or high byte first. */
static size_t widen(const char *text, bool high, bool mark, char *to)
{
	size_t n = 0;
	if (mark) {
		to[n++] = (char)(high ? 0xFE : 0xFF);
		to[n++] = (char)(high ? 0xFF : 0xFE);
	}
	for (; *text; text++) {
		if (high)
			to[n++] = 0;
		to[n++] = *text;
		if (!high)
			to[n++] = 0;
	}
	return n;
}

static void other_kinds(void)
{
	static char bytes[4096];
	uint64_t x = 88172645463325252u;
	for (size_t i = 0; i < sizeof bytes; i++) {
		x ^= x << 13, x ^= x >> 7, x ^= x << 17;
		bytes[i] = (char)(x >> 32);
	}
	bytes[0] = 'x';
	text_test("an empty file for claim lines", adjust, "", 0, 1, SAYS("csvColumnMissing", "the file is empty"));
	text_test("an empty file for a remittance", check, "", 0, 1, SAYS("remitTruncated", "\"partial\": true"));
	text_test("a binary file for claim lines", adjust, bytes, sizeof bytes, 1, SAYS("\"code\": \"csv", "\"partial\": true"));
	text_test("a binary file for a remittance", check, bytes, sizeof bytes, 1, SAYS("remitMalformed", "\"partial\": true"));
	for (int k = 0; k < 4; k++) {
		static const char *const names[] = { "UTF-16, low byte first", "UTF-16, high byte first",
			                                 "UTF-16, low byte first, marked", "UTF-16, high byte first, marked" };
		char what[100];
		snprintf(what, sizeof what, "claim lines in %s", names[k]);
		text_test(what, adjust, bytes, widen(HEADER LINE, k & 1, k & 2, bytes), 1,
		          SAYS("csvMalformed", "the file is UTF-16", "\"partial\": true"));
		snprintf(what, sizeof what, "a remittance in %s", names[k]);
		text_test(what, check, bytes, widen(HEAD CLAIM, k & 1, k & 2, bytes), 1, SAYS("remitMalformed", "\"partial\": true"));
	}
#define SPOILED(text, status, ...) text_test("claim lines: " #text, adjust, text, sizeof text - 1, status, SAYS(__VA_ARGS__))
	SPOILED("\xEF\xBB\xBF" HEADER "\r\n\n" LINE "\r\n" LINE, 0, "\"lines\": 2");
	SPOILED(HEADER LINE "C0002,1\r,", 1, "csvMalformed", "\"line\": 3", "\"linesBefore\": 1");
	SPOILED(HEADER LINE "C0002,1", 1, "csvFieldCount", "\"line\": 3", "\"linesBefore\": 1");
	SPOILED(HEADER "C0001,1,000000001,9000000007,2025-03-04,yes,yes,100.00,0,20.00,80.0", 0, "csvEndOpen", "\"line\": 2");
#define REMITTANCE(what, tail, ...) text_test("a remittance: " what, check, tail, sizeof tail - 1, 1, SAYS("\"partial\": true", __VA_ARGS__))
	REMITTANCE("SE says one segment less", HEAD CLAIM "SE*7*0001~GE*1*1~IEA*1*000000001~", "remitCount", "segment 10 SE");
	REMITTANCE("SE of another set", HEAD CLAIM "SE*8*0002~GE*1*1~IEA*1*000000001~", "remitCount", "segment 10 SE");
	REMITTANCE("GE says two sets", HEAD CLAIM "SE*8*0001~GE*2*1~IEA*1*000000001~", "remitCount", "segment 11 GE");
	REMITTANCE("IEA says two groups", HEAD CLAIM "SE*8*0001~GE*1*1~IEA*2*000000001~", "remitCount", "segment 12 IEA");
	REMITTANCE("IEA of another interchange", HEAD CLAIM "SE*8*0001~GE*1*1~IEA*1*000000009~", "remitCount", "segment 12 IEA");
	REMITTANCE("no GE", HEAD CLAIM "SE*8*0001~IEA*1*000000001~", "remitMalformed", "segment 11 IEA");
	REMITTANCE("the lines do not make the claim", HEAD "CLP*C*1*150*80.08~SVC*HC:99213*150*80.09~CAS*CO*45*69.91~SE*5*0001~GE*1*1~IEA*1*1~",
	           "remitSum", "segment 4");
}

/* ---- cuts ---- */

/*
 * Claim lines have no trailer: what ends with a whole line is a whole file as far as anybody can tell. Everything
 * else is refused, or a warning says that the last line does not end.
 */
static bool cut_is_met(bool lines, const char *p, size_t n, size_t whole, const struct ran *r)
{
	/* The sample has lines that differ, so that it is answered with 1 as a whole too. */
	if (!lines && n >= whole)
		return r->status == 1 && !says(r->out, "\"partial\"");
	if (r->status == 1)
		return says(r->out, "\"findings\"") && says(r->out, "\"partial\": true");
	return lines && r->status == 0 && (p[n - 1] == '\n' || says(r->out, "csvEndOpen"));
}

static void cuts(const char *path, const char *const *arguments, bool lines, size_t step)
{
	static char sample[MOST_SAMPLE];
	static struct ran r;
	char what[300], why[400] = "";
	FILE *f = fopen(path, "rb");
	size_t n = f ? fread(sample, 1, sizeof sample, f) : 0, whole = n, tried = 0;
	if (f)
		fclose(f);
	while (whole && (sample[whole - 1] == '\n' || sample[whole - 1] == '\r'))
		whole--;
	for (size_t at = 1; n && !why[0]; at = at + step < n ? at + step : n) {
		struct text text = { sample, at };
		run(arguments, flow_text, &text, &r);
		tried++;
		if (!cut_is_met(lines, sample, at, whole, &r))
			snprintf(why, sizeof why, "cut at byte %zu: status %d, %.300s", at, r.status, r.err);
		if (at == n)
			break;
	}
	snprintf(what, sizeof what, "%s cut off at %zu places", path, tried);
	result(tried > 10 && !why[0], what, why);
}

int main(int argc, char **argv)
{
	if (argc != 4) {
		puts("Bail out! usage: hostile QPP MEGABYTES STEP");
		return 2;
	}
	program = argv[1];
	uint64_t megabytes = strtoull(argv[2], NULL, 10);
	size_t step = strtoull(argv[3], NULL, 10);
	signal(SIGPIPE, SIG_IGN);
	floods(megabytes << 20);
	other_kinds();
	cuts("tests/cases/remit.835", check, false, step ? step : 1);
	cuts("tests/cases/claims.csv", adjust, true, step ? step : 1);
	printf("1..%d\n", number);
	return failures != 0;
}
