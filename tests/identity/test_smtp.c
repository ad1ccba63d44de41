/*
 * Mail to a real SMTP server, which smtp.sh starts: its port and the file of what
 * it took are the arguments.
 */
#include "unit.h"

#include <gmime/gmime.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "adapt/mail/smtp.h"
#include "app/notices.h"
#include "world.h"

static char url[64];
static const char *log_file;

/* What the server took, from the n-th message on; new reference or NULL. */
static json_t *taken(int n)
{
	for (int wait = 0; wait < 100; wait++) {
		FILE *f = fopen(log_file, "r");
		char *line = NULL;
		size_t size = 0;
		json_t *found = NULL;
		int at = -1;
		while (f != NULL && found == NULL && getline(&line, &size, f) > 0)
			if (line[0] == '{' && ++at == n)
				found = json_loads(line, 0, NULL);
		free(line);
		if (f != NULL)
			fclose(f);
		if (found != NULL)
			return found;
		usleep(10000);
	}
	return NULL;
}

static enum qpp_code queue_it(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	return qpp_mail_queue(tx, request, err);
}

static void queue(const char *to, struct qpp_mail m)
{
	m.to = qpp_str_of(to);
	expect_ok(qpp_store_write(world.store, &world.arena, queue_it, &m, &world.err));
}

static struct qpp_mail_round round_of(struct qpp_mail_port *port)
{
	struct qpp_mail_round round;
	expect_ok(qpp_mail_send_due(world.store, &world.clock.clock, port, &world.arena, &round, &world.err));
	return round;
}

static struct qpp_mail_port *open_port(const char *to)
{
	struct qpp_mail_port *port;
	struct qpp_smtp_config c = { .url = to, .from_address = "no-reply@qpp.example", .seconds = 10 };
	expect_ok(qpp_smtp_open(&c, &port, &world.err));
	return port;
}

/* The plain text of a message, read back. */
static void expect_plain(const char *data, const char *expected)
{
	GMimeStream *stream = g_mime_stream_mem_new_with_buffer(data, strlen(data));
	GMimeParser *parser = g_mime_parser_new_with_stream(stream);
	GMimeMessage *m = g_mime_parser_construct_message(parser, NULL);
	GMimeObject *plain = g_mime_multipart_get_part(GMIME_MULTIPART(g_mime_message_get_mime_part(m)), 0);
	char *text = g_mime_text_part_get_text(GMIME_TEXT_PART(plain));
	size_t n = 0;
	for (size_t i = 0; text[i] != '\0'; i++)
		if (text[i] != '\r')
			text[n++] = text[i];
	text[n] = '\0';
	assert_string_equal(text, expected);
	g_free(text);
	g_object_unref(m);
	g_object_unref(parser);
	g_object_unref(stream);
}

static void message__arrives_whole(void **unused)
{
	(void)unused;
	struct qpp_mail_port *port = open_port(url);
	struct qpp_mail m = qpp_notice_role(&world.arena, QPP_LIT("Zo\xc3\xab"), QPP_LIT("Oak"), QPP_POST_STAFF, QPP_POST_ACTIVE,
	                                    QPP_LIT(""));
	/* A line with a single dot ends a message for who does not escape it. */
	m.text = QPP_LIT("before\n.\n..two\nafter Zo\xc3\xab\n");
	queue("zoe@example.org", m);
	assert_int_equal(round_of(port).sent, 1);
	json_t *got = taken(0);
	assert_non_null(got);
	assert_string_equal(json_string_value(json_object_get(got, "from")), "no-reply@qpp.example");
	assert_int_equal(json_array_size(json_object_get(got, "to")), 1);
	assert_string_equal(json_string_value(json_array_get(json_object_get(got, "to"), 0)), "zoe@example.org");
	const char *data = json_string_value(json_object_get(got, "data"));
	assert_non_null(strstr(data, "\r\nSubject: You have a new role\r\n"));
	expect_plain(data, "before\n.\n..two\nafter Zo\xc3\xab\n");
	assert_non_null(strstr(data, "Auto-Submitted: auto-generated"));
	json_decref(got);
	qpp_smtp_close(port);
}

static void message__refused_for_good_is_given_up_and_others_go(void **unused)
{
	(void)unused;
	struct qpp_mail_port *port = open_port(url);
	struct qpp_mail m = qpp_notice_disabled(&world.arena, QPP_LIT("Ann"));
	queue("refuse-a@example.org", m);
	queue("later-b@example.org", m);
	queue("ann@example.org", m);
	struct qpp_mail_round r = round_of(port);
	assert_int_equal(r.given_up, 1);
	assert_int_equal(r.put_off, 1);
	assert_int_equal(r.sent, 1);
	json_t *got = taken(1);
	assert_non_null(got);
	assert_string_equal(json_string_value(json_array_get(json_object_get(got, "to"), 0)), "ann@example.org");
	json_decref(got);
	/* No third message came of it. */
	assert_null(taken(2));
	qpp_smtp_close(port);
}

static void server__that_is_not_there_puts_off(void **unused)
{
	(void)unused;
	struct qpp_mail_port *port = open_port("smtp://127.0.0.1:1");
	queue("ann@example.org", qpp_notice_disabled(&world.arena, QPP_LIT("Ann")));
	assert_int_equal(round_of(port).put_off, 1);
	qpp_smtp_close(port);
	/* Found again, it goes. */
	world_move(60);
	port = open_port(url);
	assert_int_equal(round_of(port).sent, 1);
	qpp_smtp_close(port);
}

static void server__without_tls_is_refused_where_tls_is_required(void **unused)
{
	(void)unused;
	struct qpp_mail_port *port;
	struct qpp_smtp_config c = { .url = url, .from_address = "no-reply@qpp.example", .require_tls = true, .seconds = 10 };
	expect_ok(qpp_smtp_open(&c, &port, &world.err));
	queue("ann@example.org", qpp_notice_disabled(&world.arena, QPP_LIT("Ann")));
	assert_int_equal(round_of(port).put_off, 1);
	qpp_smtp_close(port);
	c.url = "http://127.0.0.1";
	expect_code(qpp_smtp_open(&c, &port, &world.err), QPP_USAGE);
	c.url = url;
	c.from_address = "nobody";
	expect_code(qpp_smtp_open(&c, &port, &world.err), QPP_USAGE);
}

#define WORLD_TEST(f) cmocka_unit_test_setup_teardown(f, world_setup, world_teardown)

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		WORLD_TEST(message__arrives_whole),
		WORLD_TEST(message__refused_for_good_is_given_up_and_others_go),
		WORLD_TEST(server__that_is_not_there_puts_off),
		WORLD_TEST(server__without_tls_is_refused_where_tls_is_required),
	};
	if (argc != 3) {
		puts("usage: test_smtp PORT LOG (run by smtp.sh)");
		return 2;
	}
	snprintf(url, sizeof url, "smtp://127.0.0.1:%s", argv[1]);
	log_file = argv[2];
	return RUN_AS_TAP(tests);
}
