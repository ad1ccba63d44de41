/*
 * Fuzzing the intake of e-mailed elections: whatever bytes come as a message, it
 * is read within its bounds, what is read can be judged as text, and no number of
 * the form of a TIN is left in what is said of it.
 */
#include <stdlib.h>
#include <string.h>

#include "adapt/mail/mime_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

static bool nine_digits(struct qpp_str s)
{
	size_t run = 0;
	for (size_t i = 0; i <= s.n; i++) {
		bool digit = i < s.n && s.p[i] >= '0' && s.p[i] <= '9';
		if (!digit && run == 9)
			return true;
		run = digit ? run + 1 : 0;
	}
	return false;
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	static const struct qpp_mime_trust trust = { .authserv = "mx.qpp.example", .received_by = "mx.qpp.example" };
	struct qpp_arena a = QPP_ARENA_INIT;
	struct qpp_letter letter;
	struct qpp_intake_reading r;
	const qpp_time now = { 1731675600LL * QPP_MICROS_A_SECOND };
	qpp_mime_read(&a, &trust, (struct qpp_str){ (const char *)p, n }, now, &letter);
	if (letter.hash.n != 64 || (letter.kind == QPP_LETTER_UNREADABLE) != (letter.trouble.n > 0) || letter.kind >= QPP_LETTER_KINDS)
		abort();
	if (letter.kind == QPP_LETTER && !qpp_mail_address(letter.from))
		abort();
	qpp_intake_read(&a, &letter, &r);
	for (size_t i = 0; i < r.doubts.n; i++)
		if (!r.doubts.v[i].says.n || !r.doubts.v[i].code || nine_digits(r.doubts.v[i].says))
			abort();
	for (size_t i = 0; i < r.election.n_practices; i++)
		if (r.election.practices[i].n_clinicians > 1000)
			abort();
	qpp_arena_close(&a);
	return 0;
}
