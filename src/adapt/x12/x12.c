/* Scanning X12: a segment ends where the ISA segment says, and nothing of it is kept behind the next one. */
#include "x12.h"

#include <string.h>

enum { BUFFER = 1 << 18, ISA_BYTES = 106, ELEMENT_AT = 3, COMPONENT_AT = 104, SEGMENT_AT = 105 };

void qpp_x12_open(struct qpp_x12 *x, struct qpp_arena *a, qpp_x12_source *source, void *host)
{
	*x = (struct qpp_x12){ .source = source, .host = host };
	x->buffer = qpp_arena_array_raw(a, BUFFER, 1);
}

static bool fill(struct qpp_x12 *x)
{
	size_t kept = x->to - x->from;
	memmove(x->buffer, x->buffer + x->from, kept);
	x->from = 0;
	x->to = kept;
	/* At least as much as is there, so that a slow source is not scanned too often. */
	while (!x->at_end && x->to < BUFFER && x->to <= 2 * kept) {
		ptrdiff_t n = x->source(x->host, x->buffer + x->to, BUFFER - x->to);
		if (n < 0)
			return false;
		x->at_end = n == 0;
		x->to += (size_t)n;
		x->bytes += (size_t)n;
	}
	return true;
}

static enum qpp_x12_result fault(struct qpp_x12 *x, bool truncated, const char *message)
{
	x->truncated = truncated;
	x->message = message;
	x->number++;
	return QPP_X12_FAULT;
}

static bool is_line_end(char c)
{
	return c == '\r' || c == '\n';
}

static bool is_word(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == ' ' || !c;
}

/* The separators of an interchange; `p` has a whole ISA segment. */
static bool read_separators(struct qpp_x12 *x, const char *p)
{
	x->element_end = p[ELEMENT_AT];
	x->component_end = p[COMPONENT_AT];
	x->segment_end = p[SEGMENT_AT];
	return !is_word(x->element_end) && !is_word(x->component_end) && !is_word(x->segment_end) &&
	       x->element_end != x->component_end && x->element_end != x->segment_end && x->component_end != x->segment_end;
}

static enum qpp_x12_result begin_interchange(struct qpp_x12 *x)
{
	const char *p = x->buffer + x->from;
	size_t n = x->to - x->from;
	if (memcmp(p, "ISA", n < 3 ? n : 3) != 0)
		return fault(x, false, "there is no ISA segment where an interchange must begin: this is no X12 file");
	if (n < ISA_BYTES)
		return fault(x, true, "the file ends inside its ISA segment");
	if (!read_separators(x, p))
		return fault(x, false, "the ISA segment does not have its 106 characters, or its separators are not apart");
	x->inside = true;
	return QPP_X12_SEGMENT;
}

static enum qpp_x12_result split(struct qpp_x12 *x, struct qpp_str segment)
{
	x->n_elements = 0;
	if (memchr(segment.p, 0, segment.n))
		return fault(x, false, "there is a zero byte in the segment");
	while (segment.n && is_line_end(segment.p[segment.n - 1]))
		segment.n--;
	struct qpp_str rest = segment, element;
	while (qpp_str_cut(&rest, x->element_end, &element)) {
		if (x->n_elements == QPP_X12_MOST_ELEMENTS)
			return fault(x, false, "the segment has more elements than any");
		x->elements[x->n_elements++] = element;
	}
	x->number++;
	if (qpp_x12_is(x, "IEA"))
		x->inside = false;
	return QPP_X12_SEGMENT;
}

enum qpp_x12_result qpp_x12_next(struct qpp_x12 *x)
{
	for (;;) {
		while (x->from < x->to && is_line_end(x->buffer[x->from]))
			x->from++;
		size_t n = x->to - x->from;
		if (n && (x->inside || n >= ISA_BYTES || x->at_end)) {
			enum qpp_x12_result is = x->inside ? QPP_X12_SEGMENT : begin_interchange(x);
			if (is != QPP_X12_SEGMENT)
				return is;
			const char *p = x->buffer + x->from, *end = memchr(p, x->segment_end, n);
			if ((size_t)((end ? end : p + n) - p) > QPP_X12_MOST_SEGMENT)
				return fault(x, false, "the segment is longer than 65536 bytes");
			if (end) {
				x->from += (size_t)(end - p) + 1;
				return split(x, (struct qpp_str){ p, (size_t)(end - p) });
			}
			if (x->at_end)
				return fault(x, true, "the file ends inside a segment");
		} else if (x->at_end) {
			return x->inside ? fault(x, true, "the file ends before the IEA segment") : QPP_X12_END;
		}
		if (!fill(x))
			return QPP_X12_READ_FAILED;
	}
}

struct qpp_str qpp_x12_element(const struct qpp_x12 *x, size_t i)
{
	return i < x->n_elements ? x->elements[i] : (struct qpp_str){ "", 0 };
}

bool qpp_x12_is(const struct qpp_x12 *x, const char *name)
{
	return qpp_str_is(qpp_x12_element(x, 0), name);
}
