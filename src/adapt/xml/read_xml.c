/*
 * The tree builder: expat's events to nodes. What expat would have to keep in
 * memory before it says anything (the attributes of one tag) is bounded by
 * looking at the bytes first; everything else by counting.
 */
#include "read_xml.h"

#include <expat.h>
#include <string.h>
#include <strings.h>

#include "adapt/json/doc.h"
#include "adapt/json/read_submission.h"
#include "qpp/buf.h"

/* Between the name space and the name of an element, as expat gives it; no name space can hold it. */
#define BETWEEN '\n'
#define XSI "http://www.w3.org/2001/XMLSchema-instance\n"

/* Elements that are repeated, and the member that lists them; its name is taken too. */
enum { REPEATED = 3, MOST_EQUALS = 20000 };
static const struct {
	const char *element, *member, *within;
} repeated[REPEATED] = {
	{ "measurementSet", "measurementSets", "data" },
	{ "measurement", "measurements", "measurementSet" },
	{ "strata", "strata", NULL },
};

struct element {
	struct qpp_json *node;
	struct qpp_json *lists[REPEATED];
	const char *name;
	bool nil;
};

struct reading {
	struct qpp_arena *arena;
	struct qpp_findings *findings;
	struct qpp_json_doc *doc;
	XML_Parser xml;
	struct element open[QPP_XML_DEEPEST];
	size_t depth, elements;
	struct qpp_str space;            /* name space of the root; empty: none */
	struct qpp_buf text;             /* since the last tag */
	bool refused;
};

/* ---- findings ---- */

static struct qpp_finding *refuse(struct reading *r, const char *code, struct qpp_str message)
{
	struct qpp_where where = { .file = r->doc->file };
	if (r->depth)
		where = qpp_json_where(r->arena, r->doc, r->open[r->depth - 1].node);
	where.line = (uint32_t)XML_GetCurrentLineNumber(r->xml);
	where.column = (uint32_t)XML_GetCurrentColumnNumber(r->xml) + 1;
	r->refused = true;
	(void)XML_StopParser(r->xml, XML_FALSE);
	return qpp_find(r->findings, QPP_ERROR, code, where, message);
}

static void refuse_limit(struct reading *r, const char *code, const char *message, int64_t most, const char *of)
{
	struct qpp_finding *x = refuse(r, code, qpp_str_of(message));
	x->expected = qpp_str_cat(r->arena, "at most ", qpp_i64_text(r->arena, most).p, of, (char *)NULL);
}

static struct qpp_str place_name(struct reading *r, const char *name)
{
	const char *local = strrchr(name, BETWEEN);
	return qpp_shown(r->arena, qpp_str_of(local ? local + 1 : name));
}

static void attribute_unknown(struct reading *r, const struct qpp_json *node, const char *name)
{
	if (qpp_findings_full(r->findings)) {
		(void)qpp_find(r->findings, QPP_WARNING, "memberUnknown", (struct qpp_where){ 0 }, QPP_LIT(""));
		return;
	}
	struct qpp_finding *x = qpp_find(r->findings, QPP_WARNING, "memberUnknown", qpp_json_where(r->arena, r->doc, node),
	                                 QPP_LIT("an attribute that the form does not have; it is not read"));
	x->value = place_name(r, name);
	x->hint = QPP_LIT("a value stands between the tags of its element");
}

/* ---- elements ---- */

/* The name without the document's name space; of an element of another {name space}name, which is none that is known. */
static struct qpp_str local_name(const struct reading *r, const char *name)
{
	struct qpp_str s = qpp_str_of(name), space = { 0 };
	const char *between = strrchr(name, BETWEEN);
	if (between)
		(void)qpp_str_cut(&s, BETWEEN, &space);
	if (qpp_str_eq(space, r->space))
		return s;
	return qpp_str_cat(r->arena, "{", qpp_str_dup(r->arena, space).p, "}", s.p, (char *)NULL);
}

static struct qpp_json *new_node(struct reading *r, enum qpp_json_kind kind)
{
	struct qpp_json *node = QPP_NEW(r->arena, struct qpp_json);
	node->kind = kind;
	node->line = node->key_line = (uint32_t)XML_GetCurrentLineNumber(r->xml);
	node->column = node->key_column = (uint32_t)XML_GetCurrentColumnNumber(r->xml) + 1;
	return node;
}

static struct qpp_json *list_of(struct reading *r, struct element *e, int which)
{
	if (!e->lists[which]) {
		e->lists[which] = new_node(r, QPP_JSON_ARRAY);
		e->lists[which]->key = qpp_str_of(repeated[which].member);
		qpp_json_append(r->doc, e->node, e->lists[which]);
	}
	return e->lists[which];
}

/* Puts the element into the tree: into the list of its parent, or as a member of it. */
static void hang(struct reading *r, struct element *e, struct qpp_str name)
{
	if (r->depth == 0) {
		qpp_json_append(r->doc, NULL, e->node);
		return;
	}
	struct element *parent = &r->open[r->depth - 1];
	parent->node->kind = QPP_JSON_OBJECT;
	for (int i = 0; i < REPEATED; i++) {
		if (qpp_str_is(name, repeated[i].element) || qpp_str_is(name, repeated[i].member)) {
			e->name = repeated[i].element;
			e->node->kind = QPP_JSON_OBJECT;
			qpp_json_append(r->doc, list_of(r, parent, i), e->node);
			return;
		}
	}
	e->node->key = qpp_str_dup(r->arena, name);
	qpp_json_append(r->doc, parent->node, e->node);
}

static void read_attributes(struct reading *r, struct element *e, const char **attributes)
{
	size_t n = 0;
	for (; attributes[0]; attributes += 2, n++) {
		if (n == QPP_XML_MOST_ATTRIBUTES) {
			refuse_limit(r, "xmlTooLarge", "an element has too many attributes", QPP_XML_MOST_ATTRIBUTES, " attributes");
			return;
		}
		if (strncmp(attributes[0], XSI, sizeof XSI - 1) != 0)
			attribute_unknown(r, e->node, attributes[0]);
		else if (strcmp(attributes[0] + sizeof XSI - 1, "nil") == 0)
			e->nil = strcmp(attributes[1], "true") == 0 || strcmp(attributes[1], "1") == 0;
	}
}

static bool is_root(struct reading *r, const char *name)
{
	const char *local = strrchr(name, BETWEEN);
	if (local)
		r->space = qpp_str_dup(r->arena, (struct qpp_str){ name, (size_t)(local - name) });
	if (qpp_str_is(local_name(r, name), "data"))
		return true;
	struct qpp_finding *x = refuse(r, "xmlMalformed", QPP_LIT("the document is not a submission: its root has another name"));
	x->value = place_name(r, name);
	x->expected = QPP_LIT("data");
	return false;
}

static bool beside_elements(struct reading *r)
{
	if (qpp_str_trim(qpp_buf_done(&r->text)).n == 0) {
		r->text.n = 0;
		return false;
	}
	struct qpp_finding *x = refuse(r, "xmlMalformed", QPP_LIT("text stands beside elements, where it has no meaning"));
	x->value = qpp_shown(r->arena, qpp_str_trim(qpp_buf_done(&r->text)));
	return true;
}

static void on_start(void *host, const char *name, const char **attributes)
{
	struct reading *r = host;
	struct element e = { .name = r->depth ? "" : "data" };
	if (r->refused || beside_elements(r) || (r->depth == 0 && !is_root(r, name)))
		return;
	if (r->depth == QPP_XML_DEEPEST) {
		refuse_limit(r, "xmlTooDeep", "elements are nested too deep", QPP_XML_DEEPEST, " elements within each other");
		return;
	}
	if (r->elements++ == QPP_XML_MOST_ELEMENTS) {
		refuse_limit(r, "xmlTooLarge", "the document holds too many elements", QPP_XML_MOST_ELEMENTS, " elements");
		return;
	}
	e.node = new_node(r, r->depth ? QPP_JSON_NULL : QPP_JSON_OBJECT);
	hang(r, &e, local_name(r, name));
	read_attributes(r, &e, attributes);
	r->open[r->depth++] = e;
}

/* ---- values ---- */

static bool is_number_name(struct qpp_str name)
{
	static const char *const names[] = {
		"performanceMet", "performanceNotMet", "eligiblePopulation", "eligiblePopulationExclusion", "eligiblePopulationException",
		"numerator", "denominator", "numeratorExclusion", "denominatorException", "observationInstances", "performanceRate",
		"reportingRate", "performanceRateNumerator", "performanceRateDenominator", "caseCount", "score", "reliability"
	};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (qpp_str_is(name, names[i]))
			return true;
	return false;
}

static bool is_boolean_name(struct qpp_str name)
{
	return qpp_str_is(name, "value") || qpp_str_is(name, "isEndToEndReported") || qpp_str_is(name, "mask") ||
	       qpp_str_is(name, "isBelowMinimum") || qpp_str_is(name, "suppressed");
}

/* Digits with a sign and a point: what XML Schema's integer and decimal are, and JSON's numbers without exponents. */
static bool is_number(struct qpp_str s)
{
	size_t i = s.n && (s.p[0] == '-' || s.p[0] == '+'), digits = 0, points = 0;
	for (; i < s.n; i++) {
		digits += s.p[i] >= '0' && s.p[i] <= '9';
		points += s.p[i] == '.' && digits > 0 && i + 1 < s.n;
	}
	return digits > 0 && points <= 1 && digits + points + (s.p[0] == '-' || s.p[0] == '+') == s.n;
}

static void take_value(struct reading *r, const struct element *e)
{
	struct qpp_json *node = e->node;
	struct qpp_str s = qpp_str_trim(qpp_buf_done(&r->text));
	if (!s.n || e->nil)
		return;
	node->kind = QPP_JSON_STRING;
	if (is_boolean_name(node->key) && (qpp_str_is(s, "true") || qpp_str_is(s, "false"))) {
		node->kind = QPP_JSON_BOOLEAN;
		node->n = qpp_str_is(s, "true");
		return;
	}
	if (is_number_name(node->key) && is_number(s)) {
		node->kind = QPP_JSON_NUMBER;
		s.p += s.p[0] == '+';
		s.n = strnlen(s.p, s.n);
	}
	node->text = qpp_str_dup(r->arena, s);
}

static void on_end(void *host, const char *name)
{
	struct reading *r = host;
	(void)name;
	if (r->refused)
		return;
	struct element *e = &r->open[r->depth - 1];
	if (e->node->kind == QPP_JSON_NULL)
		take_value(r, e);
	else if (beside_elements(r))
		return;
	/* An element that may be repeated may also be there no time. */
	for (int i = 0; i < REPEATED; i++)
		if (repeated[i].within && strcmp(e->name, repeated[i].within) == 0)
			(void)list_of(r, e, i);
	if (e->node->kind == QPP_JSON_OBJECT)
		qpp_json_find_duplicates(r->arena, r->doc, e->node, r->findings);
	r->text.n = 0;
	r->depth--;
}

static void on_text(void *host, const char *text, int n)
{
	struct reading *r = host;
	if (!r->refused)
		qpp_buf_add(&r->text, text, (size_t)n);
}

/* ---- what is not taken ---- */

static void on_doctype(void *host, const char *name, const char *system_id, const char *public_id, int has_internal)
{
	struct reading *r = host;
	(void)name;
	(void)system_id;
	(void)public_id;
	(void)has_internal;
	if (r->refused)
		return;
	struct qpp_finding *x = refuse(r, "xmlDoctype", QPP_LIT("a document type declaration is not taken"));
	x->value = QPP_LIT("<!DOCTYPE");
	x->hint = QPP_LIT("remove it; the form needs none");
}

/* Bytes are read as UTF-8 whatever is declared, so what is declared must be that. */
static void on_declaration(void *host, const char *version, const char *encoding, int standalone)
{
	struct reading *r = host;
	(void)version;
	(void)standalone;
	if (!encoding || strcasecmp(encoding, "UTF-8") == 0 || strcasecmp(encoding, "US-ASCII") == 0 || strcasecmp(encoding, "ASCII") == 0)
		return;
	struct qpp_finding *x = refuse(r, "xmlMalformed", QPP_LIT("the file says that it is in an encoding that is not taken"));
	x->value = qpp_shown(r->arena, qpp_str_of(encoding));
	x->expected = QPP_LIT("UTF-8");
	x->hint = QPP_LIT("save the file as UTF-8");
}

/* expat's reasons, in words for those who have the file open. */
static const struct {
	enum XML_Error code;
	const char *message, *hint;
} stops[] = {
	{ XML_ERROR_NO_ELEMENTS, "the file ends before the document is complete", "the file may have been cut off; export or copy it again" },
	{ XML_ERROR_UNCLOSED_TOKEN, "the file ends within a tag", "the file may have been cut off; export or copy it again" },
	{ XML_ERROR_PARTIAL_CHAR, "the file ends within a character", "the file may have been cut off; export or copy it again" },
	{ XML_ERROR_TAG_MISMATCH, "an element is ended under another name than it was begun", "" },
	{ XML_ERROR_DUPLICATE_ATTRIBUTE, "an attribute stands twice in one tag", "" },
	{ XML_ERROR_JUNK_AFTER_DOC_ELEMENT, "something follows the end of the document", "keep one document in a file; remove what follows it" },
	{ XML_ERROR_UNDEFINED_ENTITY, "an entity is used that is not declared", "write the character itself" },
	{ XML_ERROR_UNBOUND_PREFIX, "a prefix is used that no name space is bound to", "" },
	{ XML_ERROR_BAD_CHAR_REF, "a character reference names no character of XML", "" },
	{ XML_ERROR_INVALID_TOKEN, "something here is not XML, or not UTF-8", "& and < are written &amp; and &lt; in text" },
};

static void explain(struct reading *r)
{
	enum XML_Error code = XML_GetErrorCode(r->xml);
	for (size_t i = 0; i < sizeof stops / sizeof *stops; i++) {
		if (stops[i].code == code) {
			refuse(r, "xmlMalformed", qpp_str_of(stops[i].message))->hint = qpp_str_of(stops[i].hint);
			return;
		}
	}
	refuse(r, "xmlMalformed", qpp_str_cat(r->arena, "the file is not well-formed XML: ", XML_ErrorString(code), (char *)NULL));
}

/* ---- the whole ---- */

/* Every attribute has an equals sign: so many can there be, before expat has kept any. */
static bool bounded(struct reading *r, struct qpp_str text, size_t most_bytes)
{
	size_t equals = 0;
	if (text.n > most_bytes) {
		refuse_limit(r, "xmlTooLarge", "the file is too large", (int64_t)most_bytes, " bytes");
		return false;
	}
	for (size_t i = 0; i < text.n; i++)
		equals += text.p[i] == '=';
	if (equals > MOST_EQUALS)
		refuse_limit(r, "xmlTooLarge", "the file holds too many attributes", MOST_EQUALS, " equals signs");
	/* expat would take UTF-16, in which every bracket has one. */
	else if (text.n && memchr(text.p, 0, text.n))
		refuse(r, "xmlMalformed", QPP_LIT("the file holds a byte 0, which no UTF-8 text has"))->hint = QPP_LIT("save the file as UTF-8");
	return !r->refused;
}

bool qpp_xml_parse(struct qpp_arena *a, struct qpp_str file, struct qpp_str text, size_t most_bytes,
                   struct qpp_json_doc *doc, struct qpp_findings *f)
{
	*doc = (struct qpp_json_doc){ .file = file, .not_json = true };
	struct reading r = { .arena = a, .findings = f, .doc = doc, .xml = XML_ParserCreateNS("UTF-8", BETWEEN) };
	if (!r.xml) {
		(void)qpp_find(f, QPP_ERROR, "xmlTooLarge", (struct qpp_where){ .file = file }, QPP_LIT("there is no memory to read the file"));
		return false;
	}
	qpp_buf_init(&r.text, a, text.n + 1);
	XML_SetUserData(r.xml, &r);
	XML_SetElementHandler(r.xml, on_start, on_end);
	XML_SetCharacterDataHandler(r.xml, on_text);
	XML_SetStartDoctypeDeclHandler(r.xml, on_doctype);
	XML_SetXmlDeclHandler(r.xml, on_declaration);
	if (bounded(&r, text, most_bytes ? most_bytes : QPP_JSON_MOST_BYTES) && XML_Parse(r.xml, text.n ? text.p : "", (int)text.n, XML_TRUE) != XML_STATUS_OK && !r.refused)
		explain(&r);
	XML_ParserFree(r.xml);
	if (r.refused)
		doc->root = NULL;
	return doc->root != NULL;
}

struct qpp_submission *qpp_xml_read_submission(struct qpp_arena *a, struct qpp_str file, struct qpp_str text,
                                               size_t most_bytes, struct qpp_findings *f)
{
	struct qpp_json_doc doc;
	return qpp_xml_parse(a, file, text, most_bytes, &doc, f) ? qpp_json_submission_of(a, &doc, f) : NULL;
}
