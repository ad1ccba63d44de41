/* The e-mail election as a message, by GMime. mime_election.h is the manual. */
#include <gmime/gmime.h>
#include <sodium.h>
#include <string.h>

#include "adapt/mail/mime_election.h"
#include "app/mail.h"

enum { ID_BYTES = 16 };

static struct qpp_str identifier(struct qpp_arena *a, const struct qpp_mime_election *m)
{
	const struct qpp_str parts[] = { m->from, m->to, m->subject, m->text, m->roster };
	unsigned char hash[ID_BYTES];
	char hex[2 * ID_BYTES + 1];
	crypto_generichash_state state;
	crypto_generichash_init(&state, NULL, 0, sizeof hash);
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		unsigned char n[8] = { 0 };
		for (size_t k = 0; k < sizeof n; k++)
			n[k] = (unsigned char)(parts[i].n >> 8 * k);
		crypto_generichash_update(&state, n, sizeof n);
		if (parts[i].n)
			crypto_generichash_update(&state, (const unsigned char *)parts[i].p, parts[i].n);
	}
	crypto_generichash_final(&state, hash, sizeof hash);
	sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
	return qpp_str_dup(a, qpp_str_of(hex));
}

static GMimeObject *text_part(struct qpp_arena *a, struct qpp_str text)
{
	GMimeTextPart *p = g_mime_text_part_new_with_subtype("plain");
	g_mime_text_part_set_charset(p, "utf-8");
	g_mime_text_part_set_text(p, qpp_str_dup(a, text).p);
	g_mime_part_set_content_encoding(GMIME_PART(p), GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
	return GMIME_OBJECT(p);
}

static GMimeObject *roster_part(struct qpp_str roster)
{
	GMimePart *p = g_mime_part_new_with_type("text", "csv");
	GMimeStream *stream = g_mime_stream_mem_new_with_buffer(roster.p, roster.n);
	GMimeDataWrapper *content = g_mime_data_wrapper_new_with_stream(stream, GMIME_CONTENT_ENCODING_DEFAULT);
	g_mime_object_set_content_type_parameter(GMIME_OBJECT(p), "charset", "utf-8");
	g_mime_object_set_content_type_parameter(GMIME_OBJECT(p), "header", "present");
	g_mime_object_set_disposition(GMIME_OBJECT(p), "attachment");
	g_mime_part_set_filename(p, "roster.csv");
	g_mime_part_set_content(p, content);
	/* Base64: its line ends and long lines arrive as they are. */
	g_mime_part_set_content_encoding(p, GMIME_CONTENT_ENCODING_BASE64);
	g_object_unref(content);
	g_object_unref(stream);
	return GMIME_OBJECT(p);
}

enum qpp_code qpp_mime_election(struct qpp_arena *a, const struct qpp_mime_election *m, struct qpp_str *out, struct qpp_err *err)
{
	if (!qpp_mail_address(m->from) || !qpp_mail_address(m->to)) {
		bool from = !qpp_mail_address(m->from);
		(void)qpp_fail(err, QPP_USAGE, from ? "there is no address that the message could come from" : "there is no address to send the message to", (char *)NULL);
		qpp_err_hint(err, from ? "give --from ADDRESS, or the representative's email in the file" : "give --to ADDRESS", (char *)NULL);
		return QPP_USAGE;
	}
	g_mime_init();
	const char *domain = strchr(qpp_str_dup(a, m->from).p, '@') + 1;
	struct qpp_str id = identifier(a, m);
	GMimeMessage *message = g_mime_message_new(TRUE);
	GMimeMultipart *both = g_mime_multipart_new_with_subtype("mixed");
	GMimeObject *text = text_part(a, m->text), *roster = roster_part(m->roster);
	GDateTime *date = g_date_time_new_from_unix_utc(m->date.us / QPP_MICROS_A_SECOND);
	g_mime_message_add_mailbox(message, GMIME_ADDRESS_TYPE_FROM, m->from_name.n ? qpp_str_dup(a, m->from_name).p : NULL,
	                           qpp_str_dup(a, m->from).p);
	g_mime_message_add_mailbox(message, GMIME_ADDRESS_TYPE_TO, NULL, qpp_str_dup(a, m->to).p);
	g_mime_message_set_subject(message, qpp_str_dup(a, m->subject).p, "utf-8");
	g_mime_message_set_date(message, date);
	g_mime_message_set_message_id(message, qpp_str_cat(a, id.p, "@", domain, (char *)NULL).p);
	g_mime_object_append_header(GMIME_OBJECT(message), "X-OpenQPP-Election", "1", NULL);
	g_mime_multipart_set_boundary(both, qpp_str_cat(a, "openqpp-", id.p, (char *)NULL).p);
	g_mime_multipart_add(both, text);
	g_mime_multipart_add(both, roster);
	g_mime_message_set_mime_part(message, GMIME_OBJECT(both));

	GMimeFormatOptions *format = g_mime_format_options_new();
	g_mime_format_options_set_newline_format(format, GMIME_NEWLINE_FORMAT_DOS);
	char *written = g_mime_object_to_string(GMIME_OBJECT(message), format);
	*out = qpp_str_dup(a, qpp_str_of(written));
	g_free(written);
	g_mime_format_options_free(format);
	g_date_time_unref(date);
	g_object_unref(text);
	g_object_unref(roster);
	g_object_unref(both);
	g_object_unref(message);
	return QPP_OK;
}
