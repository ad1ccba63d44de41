/*
 * Segments of an X12 interchange, one at a time, in constant memory. The ISA
 * segment, which has a fixed length, says by which characters elements,
 * components and segments end; each further ISA says it anew. Line ends between
 * segments are passed over.
 */
#ifndef QPP_ADAPT_X12_H
#define QPP_ADAPT_X12_H

#include "qpp/err.h"

enum { QPP_X12_MOST_SEGMENT = 1 << 16, QPP_X12_MOST_ELEMENTS = 64 };

/* Where the bytes come from: how many were read, 0 at the end, -1 when it failed. */
typedef ptrdiff_t qpp_x12_source(void *host, void *to, size_t room);

struct qpp_x12 {
	qpp_x12_source *source;
	void *host;
	char *buffer;
	size_t from, to;
	bool at_end, inside;                       /* inside: between ISA and IEA */
	char element_end, component_end, segment_end;
	uint64_t bytes;
	/* The segment at hand, valid until the next one is asked for. */
	uint64_t number;                           /* from 1 */
	struct qpp_str elements[QPP_X12_MOST_ELEMENTS];   /* [0] is the name of the segment */
	size_t n_elements;
	/* What is wrong; `truncated`: the file ends too early. */
	bool truncated;
	const char *message;
};

enum qpp_x12_result { QPP_X12_SEGMENT, QPP_X12_END, QPP_X12_FAULT, QPP_X12_READ_FAILED };

void qpp_x12_open(struct qpp_x12 *x, struct qpp_arena *a, qpp_x12_source *source, void *host);
enum qpp_x12_result qpp_x12_next(struct qpp_x12 *x);

/* An element, empty when the segment has fewer. */
struct qpp_str qpp_x12_element(const struct qpp_x12 *x, size_t i);
bool qpp_x12_is(const struct qpp_x12 *x, const char *name);

#endif
