/*
 * The outbox: what is put in, what is due, and what becomes of each message.
 * mail.h is the manual. A sender takes a message by moving its next try a while
 * ahead under its version, so that of two senders one lets go; a sender that dies
 * after that leaves the message to be sent again.
 */
#include <string.h>

#include "app/mail.h"

#define MINUTE ((int64_t)60 * QPP_MICROS_A_SECOND)
#define LEASE (15 * MINUTE)
enum { AT_ONCE = 50, SUBJECT_MOST = 200, BODY_MOST = 200000 };

static bool one_line(struct qpp_str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < ' ' || s.p[i] == 0x7f)
			return false;
	return s.n > 0 && s.n <= SUBJECT_MOST;
}

enum qpp_code qpp_mail_queue(struct qpp_tx *tx, const struct qpp_mail *m, struct qpp_err *err)
{
	if (!qpp_mail_address(m->to))
		return qpp_fail(err, QPP_DATA, "that is no address mail can be sent to", (char *)NULL);
	if (!one_line(m->subject))
		return qpp_fail(err, QPP_DATA, "the subject of a message is one line of text", (char *)NULL);
	if (m->text.n > BODY_MOST || m->html.n > BODY_MOST)
		return qpp_fail(err, QPP_LIMIT, "the message is too long", (char *)NULL);
	struct qpp_mail_row row = {
		.id = QPP_LIT(""), .recipient = m->to, .subject = m->subject, .text = m->text, .html = m->html,
		.answers = m->answers.n ? m->answers : QPP_LIT(""), .state = QPP_MAIL_WAITING, .created = qpp_tx_now(tx), .next = qpp_tx_now(tx), .error = QPP_LIT(""),
	};
	return qpp_store_mail_put(tx, &row, err);
}

int64_t qpp_mail_pause_us(int64_t tries)
{
	const int64_t most = 240;
	int64_t minutes = 1;
	for (int64_t i = 1; i < tries && minutes < most; i++)
		minutes *= 2;
	return (minutes < most ? minutes : most) * MINUTE;
}

static enum qpp_code put(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct qpp_mail_row row = *(struct qpp_mail_row *)request;
	enum qpp_code code = qpp_store_mail_put(tx, &row, err);
	if (code == QPP_OK)
		((struct qpp_mail_row *)request)->version = row.version;
	return code;
}

/* Marks what became of a try. */
static void judge(struct qpp_mail_row *m, enum qpp_code sent, qpp_time now, const struct qpp_err *why, struct qpp_arena *a,
                  struct qpp_mail_round *round)
{
	if (sent == QPP_OK) {
		m->state = QPP_MAIL_SENT;
		m->sent = now;
		m->error = QPP_LIT("");
		round->sent++;
		return;
	}
	m->error = qpp_str_cat(a, why->primary, why->detail[0] != '\0' ? ": " : "", why->detail, (char *)NULL);
	m->next = (qpp_time){ now.us + qpp_mail_pause_us(m->attempts) };
	if (sent == QPP_DATA || m->attempts >= QPP_MAIL_TRIES) {
		m->state = QPP_MAIL_FAILED;
		round->given_up++;
	} else {
		round->put_off++;
	}
}

static enum qpp_code send_one(struct qpp_store *store, struct qpp_clock *clock, struct qpp_mail_port *port,
                              struct qpp_arena *arena, struct qpp_mail_row *m, struct qpp_mail_round *round,
                              struct qpp_err *err)
{
	m->attempts++;
	m->next = (qpp_time){ qpp_now(clock).us + LEASE };
	enum qpp_code code = qpp_store_write(store, arena, put, m, err);
	if (code == QPP_STALE)
		return QPP_OK;           /* another sender has it */
	if (code != QPP_OK)
		return code;
	struct qpp_err why = { 0 };
	enum qpp_code sent = port->send(port, arena, m, &why);
	judge(m, sent, qpp_now(clock), &why, arena, round);
	code = qpp_store_write(store, arena, put, m, err);
	return code == QPP_STALE ? QPP_OK : code;
}

enum qpp_code qpp_mail_send_due(struct qpp_store *store, struct qpp_clock *clock, struct qpp_mail_port *port,
                                struct qpp_arena *arena, struct qpp_mail_round *out, struct qpp_err *err)
{
	struct qpp_tx *tx;
	struct qpp_mail_row_rows due;
	*out = (struct qpp_mail_round){ 0 };
	enum qpp_code code = qpp_store_begin(store, arena, &tx, err);
	if (code != QPP_OK)
		return code;
	code = qpp_store_mail_due(tx, qpp_now(clock), (struct qpp_slice){ .most = AT_ONCE }, &due, err);
	qpp_store_end(tx);
	for (size_t i = 0; code == QPP_OK && i < due.n; i++)
		code = send_one(store, clock, port, arena, &due.v[i], out, err);
	return code;
}
