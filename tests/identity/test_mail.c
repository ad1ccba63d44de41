/*
 * The outbox with a port that does what it is told, the notices, and messages as
 * they are sent: what is in a form never becomes a header.
 */
#include "unit.h"

#include <gmime/gmime.h>
#include <stdlib.h>
#include <string.h>

#include "adapt/mail/smtp.h"
#include "app/notices.h"
#include "world.h"

struct fake {
	struct qpp_mail_port port;
	enum qpp_code answer;
	int sent;
};

static enum qpp_code fake_send(struct qpp_mail_port *self, struct qpp_arena *arena, const struct qpp_mail_row *m,
                               struct qpp_err *err)
{
	struct fake *f = (struct fake *)self;
	(void)arena;
	(void)m;
	f->sent++;
	return f->answer == QPP_OK ? QPP_OK : qpp_fail(err, f->answer, "450 come back later", (char *)NULL);
}

static enum qpp_code queue_it(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	return qpp_mail_queue(tx, request, err);
}

static enum qpp_code queue(const char *to, const char *subject)
{
	struct qpp_mail m = { .to = qpp_str_of(to), .subject = qpp_str_of(subject), .text = QPP_LIT("text"), .html = QPP_LIT("<p>text</p>") };
	return qpp_store_write(world.store, &world.arena, queue_it, &m, &world.err);
}

static struct qpp_mail_round send_due(struct fake *f)
{
	struct qpp_mail_round round;
	expect_ok(qpp_mail_send_due(world.store, &world.clock.clock, &f->port, &world.arena, &round, &world.err));
	return round;
}

static size_t in_state(enum qpp_mail_state state)
{
	struct qpp_tx *tx;
	struct qpp_mail_row_rows rows;
	expect_ok(qpp_store_begin(world.store, &world.arena, &tx, &world.err));
	expect_ok(qpp_store_mail_list(tx, state, (struct qpp_slice){ 0 }, &rows, &world.err));
	qpp_store_end(tx);
	return rows.n;
}

static void outbox__sends_once(void **unused)
{
	(void)unused;
	struct fake f = { .port = { fake_send } };
	expect_ok(queue("a@example.org", "One"));
	expect_ok(queue("b@example.org", "Two"));
	assert_int_equal(send_due(&f).sent, 2);
	assert_int_equal(send_due(&f).sent, 0);
	assert_int_equal(f.sent, 2);
	assert_int_equal(in_state(QPP_MAIL_SENT), 2);
	assert_int_equal(in_state(QPP_MAIL_WAITING), 0);
}

static void outbox__backs_off_and_gives_up(void **unused)
{
	(void)unused;
	static const int minutes[] = { 1, 2, 4, 8, 16, 32, 64, 128, 240, 240, 240 };
	struct fake f = { .port = { fake_send }, .answer = QPP_IO };
	expect_ok(queue("a@example.org", "One"));
	assert_int_equal(send_due(&f).put_off, 1);
	for (int i = 0; i < 11; i++) {
		world_move(minutes[i] * 60 - 1);
		send_due(&f);
		assert_int_equal(f.sent, i + 1);
		world_move(1);
		struct qpp_mail_round round = send_due(&f);
		assert_int_equal(f.sent, i + 2);
		assert_int_equal(round.given_up, i == 10);
	}
	assert_int_equal(in_state(QPP_MAIL_FAILED), 1);
	world_move(86400);
	send_due(&f);
	assert_int_equal(f.sent, 12);
}

static void outbox__a_refusal_for_good_ends_it(void **unused)
{
	(void)unused;
	struct fake f = { .port = { fake_send }, .answer = QPP_DATA };
	expect_ok(queue("a@example.org", "One"));
	assert_int_equal(send_due(&f).given_up, 1);
	assert_int_equal(in_state(QPP_MAIL_FAILED), 1);
	/* And comes back when the server does. */
	f.answer = QPP_IO;
	expect_ok(queue("b@example.org", "Two"));
	send_due(&f);
	f.answer = QPP_OK;
	world_move(60);
	assert_int_equal(send_due(&f).sent, 1);
}

static void outbox__takes_no_headers_for_addresses(void **unused)
{
	(void)unused;
	static const char *const bad[] = {
		"", "a", "@b.org", "a@", "a@b@c.org", "a b@c.org", "a@b.org\r\nBcc: x@y.org", "a@b.org\nX: y", "a@b.org,c@d.org",
		"<a@b.org>", "a@b.org>", "a@b..org", "a@-b.org", ".a@b.org", "a@b.org\t", "\"a\"@b.org", "a@[127.0.0.1]",
		"a\x01@b.org", "-oQ@b.org", "a;b@c.org",
	};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		expect_code(queue(bad[i], "Subject"), QPP_DATA);
	expect_code(queue("a@b.org", "One\r\nBcc: x@y.org"), QPP_DATA);
	expect_code(queue("a@b.org", "One\nTwo"), QPP_DATA);
	expect_code(queue("a@b.org", ""), QPP_DATA);
	assert_false(qpp_mail_address((struct qpp_str){ "a@b\0.org", 8 }));
	expect_ok(queue("first.last+tag@sub.example.org", "Zo\xc3\xab's subject"));
	assert_int_equal(in_state(QPP_MAIL_WAITING), 1);
}

static const struct qpp_smtp_config config = { .url = "smtp://127.0.0.1:1", .from_address = "no-reply@qpp.example",
	                                           .from_name = "OpenQPP d\xc3\xa9mo" };

static struct qpp_mail_row row_of(struct qpp_mail m, const char *to)
{
	return (struct qpp_mail_row){
		.id = QPP_LIT("3f0c1b9e-0000-4000-8000-000000000001"), .recipient = qpp_str_of(to), .subject = m.subject,
		.text = m.text, .html = m.html, .state = QPP_MAIL_WAITING, .created = { 1709251200LL * QPP_MICROS_A_SECOND },
	};
}

/* Read back by GMime, headers as they are. */
static GMimeMessage *parse(struct qpp_str text)
{
	GMimeStream *stream = g_mime_stream_mem_new_with_buffer(text.p, text.n);
	GMimeParser *parser = g_mime_parser_new_with_stream(stream);
	GMimeMessage *m = g_mime_parser_construct_message(parser, NULL);
	g_object_unref(parser);
	g_object_unref(stream);
	assert_non_null(m);
	return m;
}

/* RFC 3834, 3.1.5 and 5: where the two are read they stand together. */
static void mime__of_an_answer_names_what_it_answers(void **unused)
{
	(void)unused;
	struct qpp_str text;
	struct qpp_mail_row row = row_of((struct qpp_mail){ .subject = QPP_LIT("One"), .text = QPP_LIT("t"), .html = QPP_LIT("") }, "zoe@example.org");
	row.answers = QPP_LIT("a.b@example.org");
	g_mime_init();
	expect_ok(qpp_mime_text(&world.arena, &config, &row, &text, &world.err));
	GMimeMessage *back = parse(text);
	assert_string_equal(g_mime_object_get_header(GMIME_OBJECT(back), "In-Reply-To"), "<a.b@example.org>");
	assert_string_equal(g_mime_object_get_header(GMIME_OBJECT(back), "References"), "<a.b@example.org>");
	assert_string_equal(g_mime_object_get_header(GMIME_OBJECT(back), "Auto-Submitted"), "auto-replied");
	g_object_unref(back);
	row.answers = QPP_LIT("a@b\r\nBcc: x@y.org");
	expect_code(qpp_mime_text(&world.arena, &config, &row, &text, &world.err), QPP_DATA);
}

static void mime__says_what_it_is(void **unused)
{
	(void)unused;
	struct qpp_str text, again;
	struct qpp_mail m = qpp_notice_role(&world.arena, QPP_LIT("Zo\xc3\xab"), QPP_LIT("Pr\xc3\xa1" "ctica <b>&"), QPP_POST_STAFF,
	                                    QPP_POST_ACTIVE, QPP_LIT(""));
	m.subject = QPP_LIT("Gr\xc3\xbc\xc3\x9f" "e, you have a role");
	struct qpp_mail_row row = row_of(m, "zoe@example.org");
	g_mime_init();
	expect_ok(qpp_mime_text(&world.arena, &config, &row, &text, &world.err));
	expect_ok(qpp_mime_text(&world.arena, &config, &row, &again, &world.err));
	assert_true(qpp_str_eq(text, again));
	/* Only ASCII and CRLF go over the wire. */
	for (size_t i = 0; i < text.n; i++) {
		assert_true((unsigned char)text.p[i] < 0x80);
		assert_true(text.p[i] != '\n' || (i > 0 && text.p[i - 1] == '\r'));
	}
	GMimeMessage *back = parse(text);
	assert_string_equal(g_mime_message_get_subject(back), "Gr\xc3\xbc\xc3\x9f" "e, you have a role");
	assert_string_equal(g_mime_message_get_message_id(back), "3f0c1b9e-0000-4000-8000-000000000001@qpp.example");
	assert_string_equal(g_mime_object_get_header(GMIME_OBJECT(back), "Auto-Submitted"), "auto-generated");
	assert_int_equal(g_date_time_to_unix(g_mime_message_get_date(back)), 1709251200);
	assert_int_equal(internet_address_list_length(g_mime_message_get_to(back)), 1);
	assert_null(g_mime_object_get_header(GMIME_OBJECT(back), "In-Reply-To"));
	GMimeMultipart *both = GMIME_MULTIPART(g_mime_message_get_mime_part(back));
	assert_true(g_mime_content_type_is_type(g_mime_object_get_content_type(GMIME_OBJECT(both)), "multipart", "alternative"));
	assert_int_equal(g_mime_multipart_get_count(both), 2);
	char *plain = g_mime_text_part_get_text(GMIME_TEXT_PART(g_mime_multipart_get_part(both, 0)));
	char *html = g_mime_text_part_get_text(GMIME_TEXT_PART(g_mime_multipart_get_part(both, 1)));
	assert_non_null(strstr(plain, "Pr\xc3\xa1" "ctica <b>&"));
	assert_non_null(strstr(html, "Pr\xc3\xa1" "ctica &lt;b&gt;&amp;"));
	g_free(plain);
	g_free(html);
	g_object_unref(back);
}

static void mime__refuses_rows_that_would_break_headers(void **unused)
{
	(void)unused;
	struct qpp_str text;
	struct qpp_mail m = { .subject = QPP_LIT("One\r\nBcc: x@y.org"), .text = QPP_LIT("t"), .html = QPP_LIT("h") };
	struct qpp_mail_row row = row_of(m, "zoe@example.org");
	g_mime_init();
	expect_code(qpp_mime_text(&world.arena, &config, &row, &text, &world.err), QPP_DATA);
	row = row_of((struct qpp_mail){ .subject = QPP_LIT("One"), .text = QPP_LIT("t"), .html = QPP_LIT("h") },
	             "a@b.org>\r\nRCPT TO:<x@y.org");
	expect_code(qpp_mime_text(&world.arena, &config, &row, &text, &world.err), QPP_DATA);
}

static void notices__tame_what_comes_out_of_forms(void **unused)
{
	(void)unused;
	struct qpp_arena *a = &world.arena;
	struct qpp_str hostile = QPP_LIT("Eve\r\nBcc: x@y.org\r\n\r\n<script>alert(1)</script>");
	char *name = qpp_arena_alloc(a, 1000);
	for (int i = 0; i < 500; i++)
		memcpy(name + 2 * i, "\xc3\xa9", 2);
	struct qpp_receipt receipt = { .number = QPP_LIT("0000000001-17"), .sha256 = QPP_LIT("ab") };
	struct qpp_mail all[] = {
		qpp_notice_code(a, hostile, QPP_LIT("123456"), 10),
		qpp_notice_locked(a, hostile, QPP_LIT("2024-03-01 01:00:00 UTC")),
		qpp_notice_disabled(a, hostile),
		qpp_notice_password(a, hostile, QPP_LIT("2024-03-01 01:00:00 UTC")),
		qpp_notice_role_requested(a, hostile, hostile, hostile, QPP_POST_STAFF),
		qpp_notice_role(a, hostile, hostile, QPP_POST_STAFF, QPP_POST_DENIED, hostile),
		qpp_notice_role(a, hostile, hostile, QPP_POST_STAFF, QPP_POST_REMOVED, hostile),
		qpp_notice_filed(a, hostile, hostile, QPP_LIT("2024-03-01 01:00:00 UTC"), &receipt),
		qpp_notice_role(a, (struct qpp_str){ name, 1000 }, hostile, QPP_POST_STAFF, QPP_POST_ACTIVE, hostile),
	};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		assert_true(all[i].subject.n > 0);
		assert_null(memchr(all[i].subject.p, '\n', all[i].subject.n));
		assert_null(strstr(all[i].html.p, "<script>"));
		assert_null(strstr(all[i].text.p, "\nBcc"));
		assert_null(strchr(all[i].text.p, '\r'));
		assert_non_null(strstr(all[i].text.p, "never asks for a password"));
		assert_true(g_utf8_validate(all[i].text.p, (gssize)all[i].text.n, NULL));
		struct qpp_mail m = all[i];
		m.to = QPP_LIT("a@example.org");
		expect_ok(qpp_store_write(world.store, a, queue_it, &m, &world.err));
	}
	assert_non_null(strstr(all[0].html.p, "<strong>123456</strong>"));
	assert_non_null(strstr(all[7].subject.p, "0000000001-17"));
}

static void time__is_universal_to_the_second(void **unused)
{
	(void)unused;
	expect_str(qpp_notice_time(&world.arena, world.clock.now), "2024-03-01 00:00:00 UTC");
}

static void worker__sends_and_stops(void **unused)
{
	(void)unused;
	struct fake f = { .port = { fake_send } };
	struct qpp_mail_worker *w;
	expect_ok(queue("a@example.org", "One"));
	expect_ok(qpp_mail_worker_start(world.store, &world.clock.clock, &f.port, 1, &w, &world.err));
	for (int i = 0; i < 200 && in_state(QPP_MAIL_SENT) < 1; i++)
		g_usleep(10000);
	expect_ok(queue("b@example.org", "Two"));
	qpp_mail_worker_wake(w);
	for (int i = 0; i < 200 && in_state(QPP_MAIL_SENT) < 2; i++)
		g_usleep(10000);
	qpp_mail_worker_stop(w);
	assert_int_equal(in_state(QPP_MAIL_SENT), 2);
	assert_int_equal(f.sent, 2);
}

#define WORLD_TEST(f) cmocka_unit_test_setup_teardown(f, world_setup, world_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD_TEST(outbox__sends_once),
		WORLD_TEST(outbox__backs_off_and_gives_up),
		WORLD_TEST(outbox__a_refusal_for_good_ends_it),
		WORLD_TEST(outbox__takes_no_headers_for_addresses),
		WORLD_TEST(mime__says_what_it_is),
		WORLD_TEST(mime__of_an_answer_names_what_it_answers),
		WORLD_TEST(mime__refuses_rows_that_would_break_headers),
		WORLD_TEST(notices__tame_what_comes_out_of_forms),
		WORLD_TEST(time__is_universal_to_the_second),
		WORLD_TEST(worker__sends_and_stops),
	};
	return RUN_AS_TAP(tests);
}
