/* Messages in by GMime, within bounds. mime_read.h is the manual. */
#include <gmime/gmime.h>
#include <pthread.h>
#include <sodium.h>
#include <string.h>
#include <strings.h>

#include "adapt/mail/mime_read.h"

enum { MOST_LINES = 200, MOST_BOUNDARIES = 64, MOST_DEPTH = 8, MOST_PARTS = 50, STAMP_DAYS = 5, BASE64_GROUP = 4 };

struct reading {
	struct qpp_arena *a;
	struct qpp_letter *out;
	struct qpp_buf text;
	size_t parts;
	bool has_plain, has_html, report;
	struct qpp_str html;
};

static void unreadable(struct qpp_letter *out, const char *why)
{
	out->kind = QPP_LETTER_UNREADABLE;
	if (!out->trouble.n)
		out->trouble = qpp_str_of(why);
}

static void doubt(struct reading *r, struct qpp_str says)
{
	for (size_t i = 0; i < r->out->n_doubts; i++)
		if (qpp_str_eq(r->out->doubts[i], says))
			return;
	if (r->out->n_doubts < QPP_LETTER_MOST_UNREAD)
		r->out->doubts[r->out->n_doubts++] = says;
}

static void unread(struct reading *r, const char *name)
{
	if (r->out->n_unread < QPP_LETTER_MOST_UNREAD)
		r->out->unread[r->out->n_unread++] = qpp_str_dup(r->a, qpp_str_of(name ? name : "without a name"));
}

/* --- ahead of GMime --- */

/* Where the headers end: behind the first empty line; the whole when there is none. */
static size_t end_of_headers(struct qpp_str raw, size_t *lines)
{
	size_t from = 0;
	*lines = 0;
	while (from < raw.n) {
		const char *end = memchr(raw.p + from, '\n', raw.n - from);
		size_t n = end ? (size_t)(end - (raw.p + from)) : raw.n - from;
		if (n == 0 || (n == 1 && raw.p[from] == '\r'))
			return from + n + 1 <= raw.n ? from + n + 1 : raw.n;
		(*lines)++;
		from += n + 1;
	}
	return raw.n;
}

static size_t count_of(struct qpp_str raw, const char *word, size_t most)
{
	size_t n = strlen(word), found = 0;
	for (size_t i = 0; i + n <= raw.n && found <= most; i++)
		if ((raw.p[i] | 0x20) == word[0] && strncasecmp(raw.p + i, word, n) == 0)
			found++;
	return found;
}

static bool bounded(struct qpp_str raw, struct qpp_letter *out, size_t *body)
{
	size_t lines;
	*body = end_of_headers(raw, &lines);
	if (!raw.n)
		unreadable(out, "it is empty");
	else if (raw.n > QPP_MIME_MOST)
		unreadable(out, "it is longer than 10 MB");
	else if (*body > QPP_MIME_MOST_HEADERS || lines > MOST_LINES)
		unreadable(out, "its headers are longer than 64 kB or 200 lines");
	else if (memchr(raw.p, '\0', *body))
		unreadable(out, "its headers have NUL characters");
	else if (count_of(raw, "boundary=", MOST_BOUNDARIES) > MOST_BOUNDARIES)
		unreadable(out, "it has more than 64 boundaries");
	return out->kind != QPP_LETTER_UNREADABLE;
}

/* --- parts --- */

static struct qpp_str bytes_of(struct reading *r, GMimePart *part)
{
	GMimeDataWrapper *content = g_mime_part_get_content(part);
	GMimeStream *stream = g_mime_stream_mem_new();
	struct qpp_str out = { "", 0 };
	if (content && g_mime_data_wrapper_write_to_stream(content, stream) >= 0) {
		GByteArray *bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
		out = qpp_str_dup(r->a, (struct qpp_str){ (const char *)bytes->data, bytes->len });
	}
	g_object_unref(stream);
	return out;
}

/* Whether base64 is what it says: its alphabet alone, in whole groups. */
static bool base64_ok(GMimePart *part)
{
	GMimeDataWrapper *content = g_mime_part_get_content(part);
	GMimeStream *stream = content ? g_mime_data_wrapper_get_stream(content) : NULL;
	char piece[4096];
	size_t n = 0;
	ssize_t got;
	bool good = true;
	if (!stream || g_mime_part_get_content_encoding(part) != GMIME_CONTENT_ENCODING_BASE64)
		return true;
	g_mime_stream_reset(stream);
	while (good && (got = g_mime_stream_read(stream, piece, sizeof piece)) > 0)
		for (ssize_t i = 0; good && i < got; i++) {
			char c = piece[i];
			bool of_it = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/' || c == '=';
			n += of_it;
			good = of_it || c == '\r' || c == '\n' || c == ' ' || c == '\t';
		}
	g_mime_stream_reset(stream);
	return good && n % BASE64_GROUP == 0;
}

/* The bytes of a text as UTF-8. What does not fit its charset is told, and read as Windows-1252 as mail programs do. */
static struct qpp_str in_utf8(struct reading *r, struct qpp_str bytes, const char *charset)
{
	const char *from = charset ? g_mime_charset_iconv_name(charset) : "utf-8";
	bool ascii = true;
	gsize n = 0;
	for (size_t i = 0; i < bytes.n; i++)
		ascii = ascii && (unsigned char)bytes.p[i] < 0x80 && bytes.p[i] != '\0';
	if (memchr(bytes.n ? bytes.p : "", '\0', bytes.n) && (!charset || strncasecmp(charset, "utf-16", 6) != 0)) {
		char *p = (char *)(uintptr_t)bytes.p;
		doubt(r, QPP_LIT("The text has characters in it that no text has (NUL)."));
		for (size_t i = 0; i < bytes.n; i++)
			p[i] = p[i] ? p[i] : ' ';
	}
	if (ascii || (!charset && g_utf8_validate(bytes.p, (gssize)bytes.n, NULL)))
		return bytes;
	char *text = g_convert(bytes.p, (gssize)bytes.n, "UTF-8", from && *from ? from : "utf-8", NULL, &n, NULL);
	if (!text) {
		doubt(r, QPP_LIT("The text is not in the character set that the message names."));
		text = g_convert(bytes.p, (gssize)bytes.n, "UTF-8", "WINDOWS-1252", NULL, &n, NULL);
	}
	if (!text)
		text = g_convert(bytes.p, (gssize)bytes.n, "UTF-8", "ISO-8859-1", NULL, &n, NULL);
	struct qpp_str out = text ? qpp_str_dup(r->a, (struct qpp_str){ text, n }) : QPP_LIT("");
	g_free(text);
	return out;
}

static bool is_csv(GMimeContentType *type, const char *name)
{
	size_t n = name ? strlen(name) : 0;
	return g_mime_content_type_is_type(type, "text", "csv") || g_mime_content_type_is_type(type, "text", "comma-separated-values") ||
	       (n > 4 && strcasecmp(name + n - 4, ".csv") == 0);
}

static void take_part(struct reading *r, GMimePart *part)
{
	GMimeContentType *type = g_mime_object_get_content_type(GMIME_OBJECT(part));
	const char *name = g_mime_part_get_filename(part);
	bool csv = is_csv(type, name), plain = g_mime_content_type_is_type(type, "text", "plain");
	bool html = g_mime_content_type_is_type(type, "text", "html");
	if (!csv && (name || g_mime_part_is_attachment(part) || (!plain && !html))) {
		unread(r, name);
		return;
	}
	if (!base64_ok(part))
		doubt(r, QPP_LIT("A part of the message was damaged on its way (its base64 is not whole)."));
	struct qpp_str bytes = bytes_of(r, part);
	if (bytes.n > QPP_MIME_MOST_TEXT) {
		doubt(r, QPP_LIT("The text of the message is longer than 1 MB; what is behind that was not read."));
		bytes.n = QPP_MIME_MOST_TEXT;
	}
	struct qpp_str text = in_utf8(r, bytes, g_mime_object_get_content_type_parameter(GMIME_OBJECT(part), "charset"));
	if (csv && r->out->roster.n) {
		doubt(r, QPP_LIT("Two rosters are attached; it is not clear which of them counts."));
	} else if (csv) {
		r->out->roster = text;
	} else if (plain) {
		r->has_plain = true;
		qpp_buf_str(&r->text, text);
		qpp_buf_char(&r->text, '\n');
	} else if (!r->has_html) {
		r->has_html = true;
		r->html = text;
	}
}

static void take_object(struct reading *r, GMimeObject *o, unsigned depth)
{
	if (!o)
		return;
	if (depth > MOST_DEPTH || ++r->parts > MOST_PARTS) {
		unreadable(r->out, "it has more than 8 levels or 50 parts");
		return;
	}
	GMimeContentType *type = g_mime_object_get_content_type(o);
	if (GMIME_IS_MULTIPART(o)) {
		int n = g_mime_multipart_get_count(GMIME_MULTIPART(o));
		r->report = r->report || g_mime_content_type_is_type(type, "multipart", "report");
		if (!n)
			doubt(r, QPP_LIT("The parts of the message cannot be told apart (its boundary is missing)."));
		for (int i = 0; i < n && r->out->kind != QPP_LETTER_UNREADABLE; i++)
			take_object(r, g_mime_multipart_get_part(GMIME_MULTIPART(o), i), depth + 1);
	} else if (GMIME_IS_MESSAGE_PART(o) || GMIME_IS_MESSAGE_PARTIAL(o)) {
		unread(r, "an attached message");
	} else if (GMIME_IS_PART(o)) {
		take_part(r, GMIME_PART(o));
	}
}

/* --- headers --- */

static const char *header(GMimeMessage *m, const char *name)
{
	return g_mime_object_get_header(GMIME_OBJECT(m), name);
}

static struct qpp_str header_text(struct reading *r, GMimeMessage *m, const char *name)
{
	const char *value = header(m, name);
	return value ? qpp_str_trim(qpp_str_dup(r->a, qpp_str_of(value))) : QPP_LIT("");
}

/* The one mailbox of From. */
static struct qpp_str sender(struct reading *r, GMimeMessage *m)
{
	InternetAddressList *list = g_mime_message_get_from(m);
	if (!list || internet_address_list_length(list) != 1)
		return QPP_LIT("");
	InternetAddress *one = internet_address_list_get_address(list, 0);
	const char *address = INTERNET_ADDRESS_IS_MAILBOX(one) ? internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(one)) : NULL;
	struct qpp_str s = qpp_str_dup(r->a, qpp_str_of(address));
	return qpp_mail_address(s) ? s : QPP_LIT("");
}

/* Headers that stand once (RFC 5322, 3.6): two of them are two readings. */
static void look_at_headers(struct reading *r, GMimeMessage *m, struct qpp_letter_marks *marks)
{
	static const char *const once[] = { "From", "Subject", "Message-ID", "Date", "To", "Content-Type", "Content-Transfer-Encoding" };
	enum { ONCE = sizeof once / sizeof *once };
	size_t seen[ONCE] = { 0 };
	GMimeHeaderList *list = g_mime_object_get_header_list(GMIME_OBJECT(m));
	for (int i = 0; i < g_mime_header_list_get_count(list); i++) {
		GMimeHeader *h = g_mime_header_list_get_header_at(list, i);
		const char *name = g_mime_header_get_name(h);
		for (size_t k = 0; k < ONCE; k++)
			if (strcasecmp(name, once[k]) == 0 && ++seen[k] > 1)
				unreadable(r->out, "a header that stands once stands twice");
		marks->list = marks->list || strcasecmp(name, "List-Id") == 0 || strcasecmp(name, "List-Unsubscribe") == 0 ||
		              strcasecmp(name, "List-Post") == 0 || strcasecmp(name, "Mailing-List") == 0;
		marks->automatic = marks->automatic || strcasecmp(name, "X-Autoreply") == 0 || strcasecmp(name, "X-Autorespond") == 0 ||
		                   strcasecmp(name, "X-Auto-Response-Suppress") == 0;
		marks->received += strcasecmp(name, "Received") == 0;
	}
}

/* "dmarc=pass" in the topmost Authentication-Results of our own server (RFC 8601). */
static enum qpp_letter_proof proof_of(GMimeMessage *m, const char *authserv)
{
	GMimeHeaderList *list = g_mime_object_get_header_list(GMIME_OBJECT(m));
	size_t n = authserv ? strlen(authserv) : 0;
	for (int i = 0; n && i < g_mime_header_list_get_count(list); i++) {
		GMimeHeader *h = g_mime_header_list_get_header_at(list, i);
		const char *value = strcasecmp(g_mime_header_get_name(h), "Authentication-Results") == 0 ? g_mime_header_get_value(h) : NULL;
		while (value && (*value == ' ' || *value == '\t'))
			value++;
		if (!value || strncasecmp(value, authserv, n) != 0 || (value[n] != ';' && value[n] != ' '))
			continue;
		if (strcasestr(value, "dmarc=pass"))
			return QPP_PROOF_PASS;
		return strcasestr(value, "dmarc=fail") || strcasestr(value, "spf=fail") ? QPP_PROOF_FAIL : QPP_PROOF_NONE;
	}
	return QPP_PROOF_NONE;
}

/* When our own server took the message: the topmost Received, where it is of that server and near enough to now. */
static void stamp(GMimeMessage *m, const char *server, qpp_time received, struct qpp_letter *out)
{
	GMimeHeaderList *list = g_mime_object_get_header_list(GMIME_OBJECT(m));
	for (int i = 0; server && i < g_mime_header_list_get_count(list); i++) {
		GMimeHeader *h = g_mime_header_list_get_header_at(list, i);
		if (strcasecmp(g_mime_header_get_name(h), "Received") != 0)
			continue;
		const char *value = g_mime_header_get_value(h), *by = value ? strcasestr(value, "by ") : NULL, *date = value ? strrchr(value, ';') : NULL;
		size_t n = strlen(server);
		if (!by || !date || strncasecmp(by + 3, server, n) != 0 || (by[3 + n] != ' ' && by[3 + n] != '\n' && by[3 + n] != '\t'))
			return;
		GDateTime *at = g_mime_utils_header_decode_date(date + 1);
		if (!at)
			return;
		out->stamp.us = g_date_time_to_unix(at) * QPP_MICROS_A_SECOND;
		g_date_time_unref(at);
		int64_t age = received.us - out->stamp.us, most = (int64_t)STAMP_DAYS * QPP_SECONDS_A_DAY * QPP_MICROS_A_SECOND;
		out->has_stamp = age >= 0 && age <= most;
		return;
	}
}

/* What the sender wrote, without the marks of its way: the same message delivered twice has the same. */
static struct qpp_str hash_of(struct qpp_arena *a, GMimeMessage *m, struct qpp_str body)
{
	static const char *const of[] = { "Message-ID", "From", "Date", "Subject", "Content-Type" };
	unsigned char hash[crypto_hash_sha256_BYTES];
	char hex[2 * crypto_hash_sha256_BYTES + 1];
	crypto_hash_sha256_state state;
	crypto_hash_sha256_init(&state);
	for (size_t i = 0; m && i < sizeof of / sizeof *of; i++) {
		const char *value = header(m, of[i]);
		if (value)
			crypto_hash_sha256_update(&state, (const unsigned char *)value, strlen(value));
		crypto_hash_sha256_update(&state, (const unsigned char *)"\n", 1);
	}
	if (body.n)
		crypto_hash_sha256_update(&state, (const unsigned char *)body.p, body.n);
	crypto_hash_sha256_final(&state, hash);
	sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
	return qpp_str_dup(a, qpp_str_of(hex));
}

static void take_message(struct reading *r, GMimeMessage *m, const struct qpp_mime_trust *trust, qpp_time received)
{
	struct qpp_letter_marks marks = { .auto_submitted = header_text(r, m, "Auto-Submitted"), .precedence = header_text(r, m, "Precedence") };
	struct qpp_str path = header_text(r, m, "Return-Path");
	look_at_headers(r, m, &marks);
	if (r->out->kind == QPP_LETTER_UNREADABLE)
		return;
	const char *subject = g_mime_message_get_subject(m);
	r->out->subject = qpp_str_dup(r->a, qpp_str_of(subject));
	r->out->from = marks.from = sender(r, m);
	r->out->message_id = header_text(r, m, "Message-ID");
	r->out->ours = header_text(r, m, "X-OpenQPP-Election").n > 0;
	r->out->proof = proof_of(m, trust->authserv);
	stamp(m, trust->received_by, received, r->out);
	take_object(r, g_mime_message_get_mime_part(m), 0);
	marks.empty_path = qpp_str_is(path, "<>");
	marks.report = r->report;
	if (r->out->kind != QPP_LETTER_UNREADABLE)
		r->out->kind = qpp_letter_kind_of(&marks);
	r->out->text = r->has_plain ? qpp_buf_done(&r->text) : r->has_html ? qpp_mime_plain(r->a, r->html) : QPP_LIT("");
	if (r->text.full)
		doubt(r, QPP_LIT("The text of the message is longer than 1 MB; what is behind that was not read."));
}

void qpp_mime_read(struct qpp_arena *a, const struct qpp_mime_trust *trust, struct qpp_str raw, qpp_time received,
                   struct qpp_letter *out)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	struct reading r = { .a = a, .out = out };
	size_t body = 0;
	*out = (struct qpp_letter){ .from = QPP_LIT(""), .message_id = QPP_LIT("") };
	pthread_once(&once, g_mime_init);
	/* The line that mailboxes put ahead of a message. */
	if (qpp_str_starts(raw, "From ")) {
		struct qpp_str line;
		(void)qpp_str_cut(&raw, '\n', &line);
		raw = raw.p ? raw : (struct qpp_str){ "", 0 };
	}
	qpp_buf_init(&r.text, a, QPP_MIME_MOST_TEXT);
	if (!bounded(raw, out, &body)) {
		out->hash = hash_of(a, NULL, raw);
		return;
	}
	GMimeStream *stream = g_mime_stream_mem_new_with_buffer(raw.p, raw.n);
	GMimeParser *parser = g_mime_parser_new_with_stream(stream);
	GMimeMessage *m = g_mime_parser_construct_message(parser, NULL);
	if (m)
		take_message(&r, m, trust, received);
	else
		unreadable(out, "it is no message");
	out->hash = hash_of(a, m, (struct qpp_str){ raw.p + body, raw.n - body });
	if (m)
		g_object_unref(m);
	g_object_unref(parser);
	g_object_unref(stream);
}
