/*
 * A row of a run: its id, its number, what was released before it, the digest
 * over all of them. The id is made of the run and the subject, so that a piece
 * that is done again after a crash makes the same rows.
 */
#include <sodium.h>

#include "app/runs_int.h"

#include "qpp/buf.h"

enum { HASH_BYTES = 32, UUID_BYTES = 16, UUID_TEXT = 36, NUMBER_MOST = 64 };

void qpp_runs_quote(struct qpp_buf *b, struct qpp_str s)
{
	static const char hex[] = "0123456789abcdef";
	qpp_buf_char(b, '"');
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c == '"' || c == '\\') {
			qpp_buf_char(b, '\\');
			qpp_buf_char(b, s.p[i]);
		} else if (c < ' ') {
			qpp_buf_cat(b, "\\u00", (char *)NULL);
			qpp_buf_char(b, hex[c >> 4]);
			qpp_buf_char(b, hex[c & 15]);
		} else {
			qpp_buf_char(b, s.p[i]);
		}
	}
	qpp_buf_char(b, '"');
}

/* ---- exact scores as text ---- */

static void write_i128(struct qpp_buf *b, qpp_i128 v)
{
	char digits[NUMBER_MOST];
	size_t n = 0;
	bool negative = v < 0;
	do {
		int digit = (int)(v % 10);
		digits[n++] = (char)('0' + (digit < 0 ? -digit : digit));
		v /= 10;
	} while (v);
	if (negative)
		qpp_buf_char(b, '-');
	while (n)
		qpp_buf_char(b, digits[--n]);
}

struct qpp_str qpp_exact_text(struct qpp_arena *a, qpp_dec v)
{
	struct qpp_buf b;
	if (!qpp_dec_ok(v))
		return QPP_LIT("");
	qpp_buf_init(&b, a, 2 * NUMBER_MOST);
	write_i128(&b, v.n);
	qpp_buf_char(&b, '/');
	qpp_buf_i64(&b, v.d);
	return qpp_buf_done(&b);
}

bool qpp_exact_parse(struct qpp_str s, qpp_dec *out)
{
	struct qpp_str rest = s, top;
	uint64_t d;
	qpp_i128 n = 0;
	size_t i = 0;
	*out = qpp_dec_undefined();
	if (!qpp_str_cut(&rest, '/', &top) || !qpp_str_u64(rest, INT64_MAX, &d) || !d)
		return false;
	bool negative = top.n && top.p[0] == '-';
	if (negative)
		i = 1;
	if (i == top.n || top.n > NUMBER_MOST / 2)
		return false;
	for (; i < top.n; i++) {
		if (top.p[i] < '0' || top.p[i] > '9')
			return false;
		n = n * 10 + (top.p[i] - '0');
	}
	*out = (qpp_dec){ negative ? -n : n, (int64_t)d };
	return true;
}

/* ---- hashes ---- */

static void add_text(crypto_generichash_state *h, struct qpp_str s)
{
	if (s.n)
		(void)crypto_generichash_update(h, (const unsigned char *)s.p, s.n);
	(void)crypto_generichash_update(h, (const unsigned char *)"\n", 1);
}

static void add_who(crypto_generichash_state *h, struct qpp_arena *a, const struct qpp_run *row)
{
	add_text(h, row->kind);
	add_text(h, qpp_i64_text(a, row->who.py.v));
	add_text(h, qpp_str_of(qpp_entity_name(row->who.entity)));
	add_text(h, row->who.org_id);
	add_text(h, row->who.npi);
}

static struct qpp_str row_id(struct qpp_arena *a, const struct qpp_run *row)
{
	static const char digits[] = "0123456789abcdef";
	crypto_generichash_state h;
	unsigned char bytes[UUID_BYTES];
	char *text = qpp_arena_alloc(a, UUID_TEXT + 1);
	size_t n = 0;
	(void)crypto_generichash_init(&h, NULL, 0, sizeof bytes);
	add_text(&h, row->scoring_id);
	add_who(&h, a, row);
	(void)crypto_generichash_final(&h, bytes, sizeof bytes);
	bytes[6] = (unsigned char)((bytes[6] & 0x0f) | 0x40);    /* version 4, the variant of RFC 4122 */
	bytes[8] = (unsigned char)((bytes[8] & 0x3f) | 0x80);
	for (size_t i = 0; i < UUID_BYTES; i++) {
		if (i == 4 || i == 6 || i == 8 || i == 10)
			text[n++] = '-';
		text[n++] = digits[bytes[i] >> 4];
		text[n++] = digits[bytes[i] & 15];
	}
	return (struct qpp_str){ text, n };
}

/* Over everything that says what somebody got and why, and nothing that says when or in which run. */
static struct qpp_str digest_of(struct qpp_arena *a, struct qpp_str before, const struct qpp_run *row)
{
	crypto_generichash_state h;
	unsigned char bytes[HASH_BYTES];
	char *text = qpp_arena_alloc(a, 2 * HASH_BYTES + 1);
	(void)crypto_generichash_init(&h, NULL, 0, sizeof bytes);
	add_text(&h, before);
	add_who(&h, a, row);
	add_text(&h, row->program);
	add_text(&h, row->inputs_hash);
	add_text(&h, row->headline);
	add_text(&h, row->final_score);
	add_text(&h, row->exact);
	add_text(&h, row->factor);
	add_text(&h, row->counts ? QPP_LIT("counts") : QPP_LIT(""));
	add_text(&h, qpp_str_of(row->paid_level ? qpp_entity_name(row->paid_level) : ""));
	add_text(&h, row->paid_org_id);
	(void)crypto_generichash_final(&h, bytes, sizeof bytes);
	(void)sodium_bin2hex(text, 2 * HASH_BYTES + 1, bytes, sizeof bytes);
	return (struct qpp_str){ text, 2 * HASH_BYTES };
}

/* ---- adding ---- */

/* Up and down by what is paid, and where that is the same, by the score. An absent figure is no figure to compare with. */
static int way(struct qpp_str old, struct qpp_str now)
{
	qpp_dec a, b;
	if (!qpp_dec_parse(old, &a) || !qpp_dec_parse(now, &b))
		return 0;
	return qpp_dec_cmp(b, a);
}

static void count(struct qpp_scoring *s, const struct qpp_run *row)
{
	bool pair = qpp_str_is(row->kind, "pair");
	s->levels += !pair;
	s->pairs += pair;
	s->scored += !pair && row->final_score.n;
	s->paid += pair && row->counts;
	if (!pair)
		return;
	int direction = way(row->old_factor, row->factor);
	if (!direction)
		direction = way(row->old_score, row->final_score);
	s->up += direction > 0;
	s->down += direction < 0;
}

static bool same_as(const struct qpp_run *old, const struct qpp_run *row)
{
	return qpp_str_eq(old->final_score, row->final_score) && qpp_str_eq(old->factor, row->factor) &&
	       qpp_str_eq(old->exact, row->exact) && qpp_str_eq(old->program, row->program) && old->counts == row->counts &&
	       old->paid_level == row->paid_level && qpp_str_eq(old->paid_org_id, row->paid_org_id);
}

enum qpp_code qpp_piece_add(struct qpp_piece *p, struct qpp_run *row, struct qpp_err *err)
{
	const struct qpp_runner *r = p->r;
	struct qpp_run_rows old = { 0 };
	int64_t number = 0;
	enum qpp_code code = qpp_store_run_released(p->tx, &row->who, row->kind, (qpp_time){ -1 }, (struct qpp_slice){ .most = 1 }, &old, err);
	if (code == QPP_OK)
		code = qpp_store_run_number(p->tx, &row->who, row->kind, &number, err);
	if (code != QPP_OK)
		return code;
	bool level = qpp_str_is(row->kind, "level"), write_all = !r->only_moved || (level && r->all_levels);
	if (!write_all && old.n ? same_as(&old.v[0], row) : !write_all && !row->final_score.n && !row->counts && !old.n)
		return QPP_OK;
	if (old.n) {
		row->old_score = old.v[0].final_score;
		row->old_factor = old.v[0].factor;
	}
	row->scoring_id = r->row.id;
	row->phase = r->row.phase;
	row->reason = r->row.reason;
	row->rules_hash = r->ruleset->hash;
	row->version = r->row.version;
	row->number = number + 1;
	row->id = row_id(p->arena, row);
	count(&p->next, row);
	p->next.digest = digest_of(p->arena, p->next.digest, row);
	*QPP_PUSH(p->arena, &p->rows) = *row;
	return QPP_OK;
}
