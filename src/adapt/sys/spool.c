/* Messages that wait in a folder; spool.h is the manual. */
#include "adapt/sys/spool.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "qpp/buf.h"

enum { MOST = 16 << 20, TIME_DIGITS = 20, ID_BYTES = 8, NAME = 64 };
static const char SUFFIX[] = ".eml";

static enum qpp_code failed(struct qpp_err *err, const char *what)
{
	int why = errno;
	(void)qpp_fail(err, why == ENOSPC || why == EDQUOT ? QPP_FULL : QPP_IO, what, (char *)NULL);
	qpp_err_detail(err, strerror(why), (char *)NULL);
	return err->code;
}

static bool write_all(int fd, struct qpp_str s)
{
	while (s.n) {
		ssize_t n = write(fd, s.p, s.n);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		s.p += n;
		s.n -= (size_t)n;
	}
	return true;
}

static int folder(struct qpp_arena *a, const char *dir)
{
	const char *path = qpp_str_cat(a, dir, "/intake", (char *)NULL).p;
	if ((mkdir(dir, 0700) != 0 && errno != EEXIST) || (mkdir(path, 0700) != 0 && errno != EEXIST))
		return -1;
	return open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

enum qpp_code qpp_spool_put(struct qpp_arena *a, const char *dir, struct qpp_str raw, qpp_time received, struct qpp_err *err)
{
	unsigned char id[ID_BYTES];
	char hex[2 * ID_BYTES + 1], name[NAME], made[NAME];
	int at = folder(a, dir);
	if (at < 0)
		return failed(err, "the folder of messages cannot be made");
	randombytes_buf(id, sizeof id);
	sodium_bin2hex(hex, sizeof hex, id, sizeof id);
	snprintf(made, sizeof made, "making-%s", hex);
	snprintf(name, sizeof name, "%0*" PRId64 "-%s%s", TIME_DIGITS, received.us, hex, SUFFIX);
	int fd = openat(at, made, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	/* The name as the message is whole on disk, and the folder behind it. */
	bool good = fd >= 0 && write_all(fd, raw) && fsync(fd) == 0 && renameat(at, made, at, name) == 0 && fsync(at) == 0;
	enum qpp_code code = good ? QPP_OK : failed(err, "the message cannot be kept");
	if (fd >= 0)
		(void)close(fd);
	if (!good)
		(void)unlinkat(at, made, 0);
	(void)close(at);
	return code;
}

static bool is_message(const struct dirent *d)
{
	size_t n = strlen(d->d_name), suffix = sizeof SUFFIX - 1;
	return n > TIME_DIGITS + suffix && strcmp(d->d_name + n - suffix, SUFFIX) == 0 && d->d_name[TIME_DIGITS] == '-';
}

static int wanted(const struct dirent *d)
{
	return is_message(d);
}

static enum qpp_code read_one(struct qpp_arena *a, int at, const char *name, struct qpp_str *out, struct qpp_err *err)
{
	struct stat st;
	int fd = openat(at, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0 || fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size > MOST) {
		enum qpp_code code = fd >= 0 ? qpp_fail(err, QPP_LIMIT, "a message that waits is no file of ours", (char *)NULL)
		                             : failed(err, "a message that waits cannot be read");
		if (fd >= 0)
			(void)close(fd);
		return code;
	}
	char *p = qpp_arena_alloc(a, (size_t)st.st_size + 1);
	size_t n = 0;
	ssize_t got;
	while (n < (size_t)st.st_size && (got = read(fd, p + n, (size_t)st.st_size - n)) > 0)
		n += (size_t)got;
	(void)close(fd);
	*out = (struct qpp_str){ p, n };
	return QPP_OK;
}

static enum qpp_code work_one(int at, const char *name, qpp_spool_take *take, void *host, struct qpp_err *err)
{
	struct qpp_arena a = QPP_ARENA_INIT;
	struct qpp_str raw, digits = { name, TIME_DIGITS };
	uint64_t us = 0;
	char held[NAME + 8];
	while (digits.n > 1 && digits.p[0] == '0')
		digits.p++, digits.n--;
	enum qpp_code code = qpp_str_u64(digits, INT64_MAX, &us) ? read_one(&a, at, name, &raw, err) : QPP_DATA;
	if (code == QPP_OK)
		code = take(host, raw, (qpp_time){ (int64_t)us }, err);
	if (code == QPP_OK) {
		(void)unlinkat(at, name, 0);
	} else if (code == QPP_BUG || code == QPP_DATA || code == QPP_LIMIT) {
		snprintf(held, sizeof held, "%.*s.held", NAME, name);
		(void)renameat(at, name, at, held);
	}
	qpp_arena_close(&a);
	return code;
}

enum qpp_code qpp_spool_work(const char *dir, qpp_spool_take *take, void *host, size_t *n, struct qpp_err *err)
{
	struct qpp_arena a = QPP_ARENA_INIT;
	struct dirent **names = NULL;
	const char *path = qpp_str_cat(&a, dir, "/intake", (char *)NULL).p;
	enum qpp_code code = QPP_OK;
	*n = 0;
	int at = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC), found = at >= 0 ? scandirat(at, ".", &names, wanted, alphasort) : 0;
	for (int i = 0; i < found; i++) {
		if (code == QPP_OK) {
			code = work_one(at, names[i]->d_name, take, host, err);
			*n += code == QPP_OK;
			if (code == QPP_BUG || code == QPP_DATA || code == QPP_LIMIT)
				code = QPP_OK;
		}
		free(names[i]);
	}
	free(names);
	if (at >= 0)
		(void)close(at);
	qpp_arena_close(&a);
	return code;
}
