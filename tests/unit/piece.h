/* A text handed to a streaming reader in pieces of any size, and endless ones made on the way. */
#ifndef PIECE_H
#define PIECE_H

#include <string.h>

#include "qpp/str.h"

struct piece {
	struct qpp_str text;          /* first this */
	char filler;                  /* then this byte */
	uint64_t fill;                /* so often */
	size_t most;                  /* bytes at once; 0: as many as are wanted */
	uint64_t given;
	bool fails;                   /* and then an error instead of the end */
};

static inline ptrdiff_t piece_read(void *host, void *to, size_t room)
{
	struct piece *x = host;
	size_t n = x->most && x->most < room ? x->most : room;
	if (x->text.n) {
		n = n < x->text.n ? n : x->text.n;
		memcpy(to, x->text.p, n);
		x->text.p += n;
		x->text.n -= n;
	} else {
		n = n < x->fill ? n : (size_t)x->fill;
		memset(to, x->filler, n);
		x->fill -= n;
		if (!n && x->fails)
			return -1;
	}
	x->given += n;
	return (ptrdiff_t)n;
}

#endif
