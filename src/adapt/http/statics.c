/* Static files in memory. */
#include "adapt/http/statics.h"

#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_FILES = 4096, MOST_BYTES = 64 << 20, TAG_BYTES = 16 };

struct file {
	struct qpp_str path, bytes, etag, tag;           /* the tag without its quotes */
	const char *type;
};

struct qpp_statics {
	struct qpp_arena arena;
	QPP_VEC(struct file) files;  /* in the order of their paths */
	size_t bytes;
};

static const char *type_of(struct qpp_str path)
{
	static const struct {
		const char *suffix, *type;
	} types[] = {
		{ ".css", "text/css; charset=utf-8" }, { ".js", "text/javascript; charset=utf-8" },
		{ ".svg", "image/svg+xml" }, { ".png", "image/png" }, { ".ico", "image/x-icon" }, { ".jpg", "image/jpeg" },
		{ ".woff2", "font/woff2" }, { ".woff", "font/woff" }, { ".ttf", "font/ttf" },
		{ ".json", "application/json" }, { ".txt", "text/plain; charset=utf-8" }, { ".html", "text/html; charset=utf-8" },
		{ ".pdf", "application/pdf" }, { ".xml", "application/xml" }, { ".webmanifest", "application/manifest+json" },
	};
	for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
		size_t n = strlen(types[i].suffix);
		if (path.n > n && memcmp(path.p + path.n - n, types[i].suffix, n) == 0)
			return types[i].type;
	}
	return "application/octet-stream";
}

static struct file *find(const struct qpp_statics *x, struct qpp_str path)
{
	size_t low = 0, high = x->files.n;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int c = qpp_str_cmp(x->files.v[mid].path, path);
		if (c == 0)
			return &x->files.v[mid];
		if (c < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return NULL;
}

static enum qpp_code add(struct qpp_statics *x, struct qpp_str path, struct qpp_str bytes, struct qpp_err *err)
{
	unsigned char hash[TAG_BYTES];
	char *tag = qpp_arena_alloc(&x->arena, 2 * TAG_BYTES + 1);
	x->bytes += bytes.n;
	if (x->files.n == MOST_FILES || x->bytes > MOST_BYTES)
		return qpp_fail(err, QPP_LIMIT, "there are too many static files, or they are too large", (char *)NULL);
	(void)crypto_generichash(hash, sizeof hash, (const unsigned char *)bytes.p, bytes.n, NULL, 0);
	(void)sodium_bin2hex(tag, 2 * TAG_BYTES + 1, hash, sizeof hash);
	*QPP_PUSH(&x->arena, &x->files) = (struct file){ .path = path, .bytes = bytes, .tag = qpp_str_of(tag), .type = type_of(path),
	                                                 .etag = qpp_str_cat(&x->arena, "\"", tag, "\"", (char *)NULL) };
	return QPP_OK;
}

static enum qpp_code add_file(struct qpp_statics *x, const FTSENT *e, size_t prefix, struct qpp_err *err)
{
	size_t size = (size_t)e->fts_statp->st_size, got = 0;
	if (size > MOST_BYTES)
		return qpp_fail(err, QPP_LIMIT, "a static file is too large: ", e->fts_path, (char *)NULL);
	int fd = open(e->fts_accpath, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	char *p = qpp_arena_alloc(&x->arena, size + 1);
	ssize_t n = 0;
	while (fd >= 0 && got < size && (n = read(fd, p + got, size - got)) > 0)
		got += (size_t)n;
	if (fd < 0 || n < 0) {
		(void)qpp_fail(err, QPP_IO, "a static file cannot be read: ", e->fts_path, (char *)NULL);
		qpp_err_detail(err, strerror(errno), (char *)NULL);
	}
	if (fd >= 0)
		(void)close(fd);
	if (fd < 0 || n < 0)
		return QPP_IO;
	return add(x, qpp_str_dup(&x->arena, qpp_str_of(e->fts_path + prefix)), (struct qpp_str){ p, got }, err);
}

static enum qpp_code add_dir(struct qpp_statics *x, const char *dir, struct qpp_err *err)
{
	struct stat st;
	char *paths[] = { (char *)(uintptr_t)dir, NULL };
	if (stat(dir, &st) != 0 || !S_ISDIR(st.st_mode))
		return qpp_fail(err, QPP_IO, "the folder of static files cannot be read: ", dir, (char *)NULL);
	size_t prefix = strlen(dir) + (dir[strlen(dir) - 1] != '/');
	FTS *fts = fts_open(paths, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
	enum qpp_code code = fts ? QPP_OK : qpp_fail(err, QPP_IO, "the folder of static files cannot be read: ", dir, (char *)NULL);
	for (FTSENT *e; code == QPP_OK && (e = fts_read(fts)) != NULL;) {
		if (e->fts_level > 0 && e->fts_name[0] == '.')
			(void)fts_set(fts, e, FTS_SKIP);
		else if (e->fts_info == FTS_F)
			code = add_file(x, e, prefix, err);
	}
	if (fts)
		(void)fts_close(fts);
	return code;
}

static int by_path(const void *a, const void *b)
{
	const struct file *x = a, *y = b;
	return qpp_str_cmp(x->path, y->path);
}

static void sort(struct qpp_statics *x)
{
	if (x->files.n)
		qsort(x->files.v, x->files.n, sizeof *x->files.v, by_path);
}

enum qpp_code qpp_statics_open(const char *dir, struct qpp_statics **out, struct qpp_err *err)
{
	struct qpp_statics *x = calloc(1, sizeof *x);
	if (!x)
		return qpp_fail(err, QPP_IO, "there is no memory for static files", (char *)NULL);
	enum qpp_code code = dir ? add_dir(x, dir, err) : QPP_OK;
	sort(x);
	size_t from_dir = x->files.n;
	for (const struct qpp_static_file *f = qpp_static_files; code == QPP_OK && f->path; f++) {
		struct qpp_statics seen = { .files.v = x->files.v, .files.n = from_dir };
		if (!find(&seen, qpp_str_of(f->path)))
			code = add(x, qpp_str_of(f->path), (struct qpp_str){ (const char *)f->bytes, f->n }, err);
	}
	sort(x);
	if (code != QPP_OK) {
		qpp_statics_close(x);
		return code;
	}
	*out = x;
	return QPP_OK;
}

void qpp_statics_close(struct qpp_statics *x)
{
	if (!x)
		return;
	qpp_arena_close(&x->arena);
	free(x);
}

enum qpp_code qpp_statics_respond(struct qpp_statics *x, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct file *f = find(x, qpp_param(r, "file"));
	if (!f)
		return qpp_fail(err, QPP_NOT_FOUND, "there is no such file", (char *)NULL);
	qpp_respond(s, 200, f->type, f->bytes);
	qpp_respond_etag(s, f->etag);
	qpp_respond_set(s, "Cache-Control", qpp_str_eq(qpp_query(r, "v"), f->tag) ? QPP_LIT("public, max-age=31536000, immutable")
	                                                                          : QPP_LIT("public, max-age=3600"));
	return QPP_OK;
}

struct qpp_str qpp_static_address(const struct qpp_http_request *r, const char *file)
{
	struct file *f = r->statics ? find(r->statics, qpp_str_of(file)) : NULL;
	return qpp_str_cat(r->arena, "/static/", file, f ? "?v=" : "", f ? f->tag.p : "", (char *)NULL);
}
