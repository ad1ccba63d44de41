/*
 * A message of the outbox as MIME: UTF-8 headers, plain text with its HTML twin,
 * and the headers that say that a program wrote it. smtp.h is the manual.
 */
#include <gmime/gmime.h>
#include <string.h>

#include "adapt/mail/smtp.h"

/* Nothing that could end a header line; GMime would fold it, but such a row is wrong from the start. */
static bool one_line(struct qpp_str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < ' ' || s.p[i] == 0x7f)
			return false;
	return s.n > 0;
}

static GMimeObject *part(struct qpp_arena *a, const char *subtype, struct qpp_str text)
{
	GMimeTextPart *p = g_mime_text_part_new_with_subtype(subtype);
	g_mime_text_part_set_charset(p, "utf-8");
	g_mime_text_part_set_text(p, qpp_str_dup(a, text).p);
	g_mime_part_set_content_encoding(GMIME_PART(p), GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
	return GMIME_OBJECT(p);
}

static void add_bodies(struct qpp_arena *a, GMimeMessage *message, const struct qpp_mail_row *m)
{
	GMimeObject *plain = part(a, "plain", m->text);
	if (m->html.n == 0) {
		g_mime_message_set_mime_part(message, plain);
		g_object_unref(plain);
		return;
	}
	/* The best form last (RFC 2046, 5.1.4). */
	GMimeMultipart *both = g_mime_multipart_new_with_subtype("alternative");
	GMimeObject *html = part(a, "html", m->html);
	/* The boundary is of the row: the same message twice is the same text. */
	g_mime_multipart_set_boundary(both, qpp_str_cat(a, "openqpp-", qpp_str_dup(a, m->id).p, (char *)NULL).p);
	g_mime_multipart_add(both, plain);
	g_mime_multipart_add(both, html);
	g_mime_message_set_mime_part(message, GMIME_OBJECT(both));
	g_object_unref(html);
	g_object_unref(plain);
	g_object_unref(both);
}

static struct qpp_str message_id(struct qpp_arena *a, const struct qpp_smtp_config *c, const struct qpp_mail_row *m)
{
	const char *at = strchr(c->from_address, '@');
	const char *host = c->host != NULL ? c->host : at != NULL ? at + 1 : "localhost";
	return qpp_str_cat(a, qpp_str_dup(a, m->id).p, "@", host, (char *)NULL);
}

enum qpp_code qpp_mime_text(struct qpp_arena *a, const struct qpp_smtp_config *c, const struct qpp_mail_row *m,
                            struct qpp_str *out, struct qpp_err *err)
{
	if (!qpp_mail_address(m->recipient) || !one_line(m->subject) || !one_line(m->id) || (m->answers.n && !one_line(m->answers)))
		return qpp_fail(err, QPP_DATA, "the address or subject of the message would break its headers", (char *)NULL);
	GMimeMessage *message = g_mime_message_new(TRUE);
	GDateTime *date = g_date_time_new_from_unix_utc(m->created.us / QPP_MICROS_A_SECOND);
	g_mime_message_add_mailbox(message, GMIME_ADDRESS_TYPE_FROM, c->from_name != NULL ? c->from_name : "OpenQPP",
	                           c->from_address);
	g_mime_message_add_mailbox(message, GMIME_ADDRESS_TYPE_TO, NULL, qpp_str_dup(a, m->recipient).p);
	g_mime_message_set_subject(message, qpp_str_dup(a, m->subject).p, "utf-8");
	g_mime_message_set_date(message, date);
	g_mime_message_set_message_id(message, message_id(a, c, m).p);
	/* RFC 3834, 5: an answer says so, and names what it answers. */
	g_mime_object_append_header(GMIME_OBJECT(message), "Auto-Submitted", m->answers.n ? "auto-replied" : "auto-generated", NULL);
	if (m->answers.n) {
		const char *id = qpp_str_cat(a, "<", qpp_str_dup(a, m->answers).p, ">", (char *)NULL).p;
		g_mime_object_append_header(GMIME_OBJECT(message), "In-Reply-To", id, NULL);
		g_mime_object_append_header(GMIME_OBJECT(message), "References", id, NULL);
	}
	add_bodies(a, message, m);

	GMimeFormatOptions *format = g_mime_format_options_new();
	g_mime_format_options_set_newline_format(format, GMIME_NEWLINE_FORMAT_DOS);
	char *text = g_mime_object_to_string(GMIME_OBJECT(message), format);
	*out = qpp_str_dup(a, qpp_str_of(text));
	g_free(text);
	g_mime_format_options_free(format);
	g_date_time_unref(date);
	g_object_unref(message);
	return QPP_OK;
}
