/* The records of one kind, put in the order of the catalog; of repeated ones the first stays. */
#include <stdlib.h>
#include <string.h>

#include "import_int.h"

void qpp_import_keep(struct import_keys *keys, const struct record *r, struct qpp_str id, enum qpp_method method)
{
	struct import_key key = { .id = id, .method = method, .at = r->j, .index = keys->list.n };
	*QPP_PUSH(keys->im->a, &keys->list) = key;
}

static int compare(const struct import_key *a, const struct import_key *b)
{
	int c = qpp_str_cmp(a->id, b->id);
	return c ? c : a->method < b->method ? -1 : a->method > b->method;
}

/* By key, then as read: qsort() itself keeps no order among equals. */
static int in_order(const void *a, const void *b)
{
	const struct import_key *x = a, *y = b;
	int c = compare(x, y);
	return c ? c : x->index < y->index ? -1 : x->index > y->index;
}

static void repeated(struct import *im, const char *kind, const struct import_key *key)
{
	struct record r = { .im = im };
	qpp_import_name(&r, kind, key->id, key->method);
	qpp_import_remark(&r, QPP_ERROR, "catalogDuplicate", key->at, "the record stands in the file a second time");
}

void *qpp_import_sorted(struct import_keys *keys, const void *records, size_t size, size_t *n)
{
	struct import *im = keys->im;
	struct import_key *v = keys->list.v;
	unsigned char *sorted = qpp_arena_array(im->a, keys->list.n, size);
	size_t kept = 0;
	if (keys->list.n)
		qsort(v, keys->list.n, sizeof *v, in_order);
	for (size_t i = 0; i < keys->list.n; i++) {
		if (kept && compare(&v[kept - 1], &v[i]) == 0) {
			repeated(im, keys->kind, &v[i]);
			continue;
		}
		memcpy(sorted + kept * size, (const unsigned char *)records + v[i].index * size, size);
		v[kept++] = v[i];
	}
	keys->list.n = *n = kept;
	return sorted;
}
