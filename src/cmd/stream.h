/*
 * Files that are read or written piece by piece: a source that can tell on a
 * terminal how far it is, and an output that is there as a whole or not at all.
 */
#ifndef QPP_CMD_STREAM_H
#define QPP_CMD_STREAM_H

#include "cmd/cli.h"

struct qpp_stream_in {
	int fd;
	const char *path;
	uint64_t size, bytes;         /* size 0: not known, a pipe */
	int why;                      /* errno of a read that failed */
	const uint64_t *count;        /* of what is being worked on, for the progress line */
	const char *counted;          /* "lines" */
	bool tells;                   /* standard error is a terminal */
	int64_t began_ms, told_ms;
};

/* Opens a file, "-" for standard input. QPP_IO naming it. */
enum qpp_code qpp_stream_open(struct qpp_cli *cli, const char *path, struct qpp_stream_in *in);
/* For readers that ask for bytes; `in` is a struct qpp_stream_in. 0 at the end, -1 when it failed. */
ptrdiff_t qpp_stream_read(void *in, void *to, size_t room);
/* Ends the progress line, closes the file. QPP_IO when a read had failed. */
enum qpp_code qpp_stream_close(struct qpp_cli *cli, struct qpp_stream_in *in);

struct qpp_stream_out {
	int fd;
	const char *path;             /* NULL: standard output */
	char *temporary;              /* written first, beside the file it becomes */
	int why;
};

/* `path` NULL or "-" is standard output. */
enum qpp_code qpp_stream_create(struct qpp_cli *cli, const char *path, struct qpp_stream_out *out);
/* For writers; `out` is a struct qpp_stream_out. False when it failed. */
bool qpp_stream_write(void *out, const char *p, size_t n);
/* Whole: the file takes its name. Otherwise it is removed. QPP_IO when a write failed. */
enum qpp_code qpp_stream_finish(struct qpp_cli *cli, struct qpp_stream_out *out, bool whole);

#endif
