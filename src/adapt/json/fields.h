/*
 * From a document tree to plain data, strictly: a member of the wrong kind, a
 * name nobody knows, a number that is not what it must be is a finding that
 * says where it stands, what was seen and what was expected. Nothing is
 * converted silently and nothing stops at the first fault.
 *
 * JSON null is the same as an absent member. Every qpp_field_*() answers false
 * and leaves `*out` alone when the member is absent (no finding) or not as it
 * must be (one error finding).
 *
 * Codes: kindWrong countInvalid numberInvalid valueOutOfRange valueUnknown
 *        memberUnknown memberMissing tooMany
 */
#ifndef QPP_JSON_FIELDS_H
#define QPP_JSON_FIELDS_H

#include "doc.h"
#include "qpp/submission.h"

/* The tree being read and where its findings go. */
struct qpp_json_in {
	struct qpp_arena *arena;
	struct qpp_json_doc doc;
	struct qpp_findings *findings;
	struct qpp_str subject;         /* what the findings are about at the moment */
};

enum qpp_json_need {
	QPP_FIELD_OPTIONAL,
	QPP_FIELD_EXPECTED,             /* its absence is a warning */
	QPP_FIELD_REQUIRED,             /* its absence is an error */
	QPP_FIELD_COMPUTED              /* the service makes it; accepted, never offered as a near name */
};

struct qpp_json_field {
	const char *name;
	enum qpp_json_need need;
	const char *loses;              /* what is lost without it; NULL when nothing worth saying */
};

/* The members an object may have. */
struct qpp_json_shape {
	const char *what;               /* "a measurement" */
	enum qpp_severity unknown;      /* of a member that is none of them */
	const struct qpp_json_field *fields;
	size_t n;
};

#define QPP_JSON_SHAPE(what, unknown, fields) { (what), (unknown), (fields), sizeof(fields) / sizeof *(fields) }

/* Names unknown members, with the nearest known name, and missing ones. */
void qpp_json_check_shape(struct qpp_json_in *in, const struct qpp_json *object, const struct qpp_json_shape *shape);

/* How many elements of an array to read; more than `most` are an error (tooMany) and the rest is passed over. */
size_t qpp_json_bounded(struct qpp_json_in *in, const struct qpp_json *array, size_t most);

/* The member, NULL when absent or null. */
const struct qpp_json *qpp_field(const struct qpp_json *object, const char *name);

/* The member when it is of that kind. */
const struct qpp_json *qpp_field_of_kind(struct qpp_json_in *in, const struct qpp_json *object, const char *name,
                                         enum qpp_json_kind kind);

bool qpp_field_text(struct qpp_json_in *in, const struct qpp_json *object, const char *name, struct qpp_str *out);
bool qpp_field_bool(struct qpp_json_in *in, const struct qpp_json *object, const char *name, bool *out);
bool qpp_field_tri(struct qpp_json_in *in, const struct qpp_json *object, const char *name, enum qpp_tri *out);
bool qpp_field_day(struct qpp_json_in *in, const struct qpp_json *object, const char *name, qpp_day *out);

/* A performance year: four digits, as a number or as text. */
bool qpp_field_py(struct qpp_json_in *in, const struct qpp_json *object, const char *name, qpp_py *out);

/* A whole number from 0 to 2^53, which every JSON program can hold exactly. */
bool qpp_field_count(struct qpp_json_in *in, const struct qpp_json *object, const char *name, struct qpp_count *out);

/* What a decimal may be. */
struct qpp_json_range {
	bool has_least, has_most;
	int64_t least, most;
	bool as_text;                   /* may stand in quotes */
	bool whole;                     /* must be a count */
};

bool qpp_field_number(struct qpp_json_in *in, const struct qpp_json *object, const char *name,
                      const struct qpp_json_range *range, struct qpp_number *out);

/*
 * One of a set of names, given by number: name_of(i) for 0 <= i < n, NULL for a
 * number that has no name. Answers the number.
 */
bool qpp_field_choice(struct qpp_json_in *in, const struct qpp_json *object, const char *name,
                      const char *(*name_of)(int), int n, int *out);

/* The same for a value that is an element of an array. */
bool qpp_json_choice(struct qpp_json_in *in, const struct qpp_json *node, const char *(*name_of)(int), int n, int *out);

/*
 * Parses a whole text into in->doc, whose arena, findings and subject are set, and checks that it is an object of
 * the shape. NULL with an error finding when it is no JSON or no object, which `expected` then names.
 */
const struct qpp_json *qpp_json_read_object(struct qpp_json_in *in, struct qpp_str file, struct qpp_str text,
                                            size_t most_bytes, const struct qpp_json_shape *shape, const char *expected);

/* An error finding that the value is of the wrong kind; false. */
bool qpp_json_kind_wrong(struct qpp_json_in *in, const struct qpp_json *node, const char *expected);

/* The value as a finding shows it. */
struct qpp_str qpp_json_shown(struct qpp_json_in *in, const struct qpp_json *node);

/* A finding on a value, with the subject of the moment. */
struct qpp_finding *qpp_json_find(struct qpp_json_in *in, enum qpp_severity severity, const char *code,
                                  const struct qpp_json *node, struct qpp_str message);

/* The place of a value. */
struct qpp_where qpp_json_place_of(struct qpp_json_in *in, const struct qpp_json *node);

#endif
