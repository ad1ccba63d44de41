/* Reading and writing piece by piece; the progress of long work, on a terminal only. */
#include "cmd/stream.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { SILENT_MS = 1000, TELL_MS = 250, MS_PER_S = 1000, MODE = 0666 };

static int64_t now_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * MS_PER_S + t.tv_nsec / 1000000;
}

static enum qpp_code failed(struct qpp_cli *cli, const char *what, const char *path, int why)
{
	(void)qpp_fail(&cli->err, QPP_IO, what, path, (char *)NULL);
	qpp_err_detail(&cli->err, strerror(why), (char *)NULL);
	return QPP_IO;
}

enum qpp_code qpp_stream_open(struct qpp_cli *cli, const char *path, struct qpp_stream_in *in)
{
	struct stat st;
	bool standard = strcmp(path, "-") == 0;
	*in = (struct qpp_stream_in){ .path = standard ? "standard input" : path, .tells = isatty(STDERR_FILENO) == 1 };
	in->fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	if (in->fd < 0)
		return failed(cli, "cannot read ", path, errno);
	if (fstat(in->fd, &st) == 0 && S_ISREG(st.st_mode))
		in->size = (uint64_t)st.st_size;
	in->began_ms = in->told_ms = now_ms();
	return QPP_OK;
}

/* Count, rate and time left; only once the work has taken a while. */
static void tell(struct qpp_stream_in *in)
{
	int64_t now = now_ms(), took = now - in->began_ms;
	if (took < SILENT_MS || now - in->told_ms < TELL_MS)
		return;
	in->told_ms = now;
	uint64_t count = in->count ? *in->count : 0;
	fprintf(stderr, "\r%llu %s, %llu a second", (unsigned long long)count, in->counted ? in->counted : "",
	        (unsigned long long)(count * MS_PER_S / (uint64_t)took));
	if (in->size > in->bytes && in->bytes)
		fprintf(stderr, ", %llu s left",
		        (unsigned long long)((unsigned __int128)(in->size - in->bytes) * (uint64_t)took / in->bytes / MS_PER_S));
	fputs("\033[K", stderr);
}

ptrdiff_t qpp_stream_read(void *host, void *to, size_t room)
{
	struct qpp_stream_in *in = host;
	ssize_t n;
	do
		n = read(in->fd, to, room);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		in->why = errno;
	else
		in->bytes += (uint64_t)n;
	if (in->tells)
		tell(in);
	return n;
}

enum qpp_code qpp_stream_close(struct qpp_cli *cli, struct qpp_stream_in *in)
{
	if (in->tells && in->told_ms != in->began_ms)
		fputs("\r\033[K", stderr);
	if (in->fd != STDIN_FILENO)
		close(in->fd);
	return in->why ? failed(cli, "cannot read ", in->path, in->why) : QPP_OK;
}

enum qpp_code qpp_stream_create(struct qpp_cli *cli, const char *path, struct qpp_stream_out *out)
{
	*out = (struct qpp_stream_out){ .fd = STDOUT_FILENO };
	if (!path || strcmp(path, "-") == 0)
		return QPP_OK;
	static const char suffix[] = ".partial";
	struct qpp_str name = qpp_str_cat(cli->arena, path, ".XXXXXX", suffix, (char *)NULL);
	out->path = path;
	out->temporary = qpp_arena_alloc(cli->arena, name.n + 1);
	memcpy(out->temporary, name.p, name.n);
	out->fd = mkstemps(out->temporary, (int)sizeof suffix - 1);
	if (out->fd < 0) {
		int why = errno;
		out->temporary = NULL;
		return failed(cli, "cannot write ", path, why);
	}
	/* As readable as any file that is made here. */
	mode_t mask = umask(0);
	(void)umask(mask);
	(void)fchmod(out->fd, MODE & ~mask);
	return QPP_OK;
}

bool qpp_stream_write(void *host, const char *p, size_t n)
{
	struct qpp_stream_out *out = host;
	while (n) {
		ssize_t did = write(out->fd, p, n);
		if (did < 0 && errno == EINTR)
			continue;
		if (did < 0) {
			out->why = errno;
			return false;
		}
		p += did;
		n -= (size_t)did;
	}
	return true;
}

enum qpp_code qpp_stream_finish(struct qpp_cli *cli, struct qpp_stream_out *out, bool whole)
{
	if (out->temporary) {
		bool kept = whole && !out->why;
		if (kept && fsync(out->fd) != 0 && errno != EINVAL)
			out->why = errno;
		if (close(out->fd) != 0 && !out->why)
			out->why = errno;
		if (kept && !out->why && rename(out->temporary, out->path) != 0)
			out->why = errno;
		if (!kept || out->why)
			(void)unlink(out->temporary);
	}
	return out->why ? failed(cli, "cannot write ", out->path ? out->path : "to standard output", out->why) : QPP_OK;
}
