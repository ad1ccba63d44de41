/*
 * Exceptions that are applied for (414.1380(c)(2)(i)(A)(6) and (C), 414.1317(b)(4)):
 * who may ask, for what, until when; who elects to opt in (414.1310(b)(1)(iii)); and
 * who registers an MVP or the survey of patients, and when (414.1365(b)(1), 414.1335(a)(3)).
 * Everything is read from rules/exceptions.md and rules/calendar.md. What an
 * approved exception does to the score is the scorer's (struct qpp_reweight).
 *
 * Pure: instants are given. A second that is named as the end belongs to the
 * window. Questions go to the rules and the arena of a request; they fail with
 * QPP_NO_RULE for a year without rules.
 */
#ifndef QPP_EXCEPTION_H
#define QPP_EXCEPTION_H

#include "qpp/err.h"
#include "qpp/instant.h"
#include "qpp/rules.h"
#include "qpp/score.h"
#include "qpp/submission.h"

/* Where an instant lies; a moment that may not be known. */
enum qpp_apply { QPP_APPLY_UNKNOWN, QPP_APPLY_NOT_YET, QPP_APPLY_NOW, QPP_APPLY_OVER, QPP_APPLIES };
const char *qpp_apply_name(enum qpp_apply x);                /* unknown notOpen open over */
struct qpp_apply_moment {
	bool has;
	qpp_instant at;
};

enum qpp_exception_kind { QPP_EXCEPTION_NONE, QPP_EXCEPTION_EUC, QPP_EXCEPTION_PI, QPP_EXCEPTION_KINDS };
const char *qpp_exception_kind_name(enum qpp_exception_kind k);      /* euc piHardship */
enum qpp_exception_kind qpp_exception_kind_of(struct qpp_str name);

/* "quality+ia" as bits 1u << category; words that are none are left out. */
uint32_t qpp_exception_categories(struct qpp_str words);
struct qpp_str qpp_exception_words(struct qpp_arena *a, uint32_t categories);

struct qpp_exception_event {
	struct qpp_str name, says;
	enum qpp_reweight_reason ground;         /* what it is in scoring */
	uint32_t categories;                     /* that it may excuse */
	struct qpp_apply_moment closes;                /* an end of its own */
	struct qpp_str cite;
};
/* Of a kind in a year, in the order of the rules; none is no error. */
QPP_MUST_USE enum qpp_code qpp_exception_events(const struct qpp_request *q, enum qpp_exception_kind kind,
                                                const struct qpp_exception_event **out, size_t *n, struct qpp_err *err);
/* `*found` false: the year has no such event; the name is then kept and excuses from what the kind may. */
QPP_MUST_USE enum qpp_code qpp_exception_event_find(const struct qpp_request *q, enum qpp_exception_kind kind, struct qpp_str name,
                                                    struct qpp_exception_event *out, bool *found, struct qpp_err *err);

struct qpp_exception_window {
	enum qpp_apply state;                   /* UNKNOWN: nobody has read when the year's window is */
	struct qpp_apply_moment opens, closes;
	int64_t margin;                          /* seconds from the instant to `closes`; negative: behind it */
	struct qpp_str cite;
};
/* When applications of a year are taken; `event` NULL: any. */
QPP_MUST_USE enum qpp_code qpp_exception_window(const struct qpp_request *q, const struct qpp_exception_event *event, qpp_instant at,
                                                struct qpp_exception_window *out, struct qpp_err *err);

/* May the level apply for the kind, and (`*all`) only for all categories at once. */
QPP_MUST_USE enum qpp_code qpp_exception_level(const struct qpp_request *q, enum qpp_exception_kind kind, enum qpp_entity level,
                                               bool *may, bool *all, struct qpp_err *err);

struct qpp_exception_ask {
	enum qpp_exception_kind kind;
	enum qpp_entity level;
	struct qpp_str event;
	uint32_t categories;
	int64_t members, excused;                /* of an APM entity: its clinicians; those excused from promoting interoperability */
	bool official;                           /* a Security Official asks */
};

/* What is wrong with an application: a code of rules/findings.md and the member it is about. */
struct qpp_exception_fault {
	const char *code, *member, *says, *expected;
	struct qpp_str cite;
};
enum { QPP_EXCEPTION_FAULTS = 8 };
QPP_MUST_USE enum qpp_code qpp_exception_judge(const struct qpp_request *q, const struct qpp_exception_ask *ask,
                                               struct qpp_exception_fault out[QPP_EXCEPTION_FAULTS], size_t *n, struct qpp_err *err);

/* 414.1310(b)(1)(iii): does the level elect for itself, and (`*timed`) only while data are submitted. */
QPP_MUST_USE enum qpp_code qpp_opt_in_level(const struct qpp_request *q, enum qpp_entity level, bool *may, bool *timed,
                                            struct qpp_err *err);

/* What is registered for a year beforehand: an MVP, or the CAHPS for MIPS survey. */
enum qpp_register { QPP_REGISTER_NONE, QPP_REGISTER_MVP, QPP_REGISTER_CAHPS, QPP_REGISTERS };
const char *qpp_register_name(enum qpp_register k);                  /* mvp cahps */
enum qpp_register qpp_register_of(struct qpp_str name);

/* When registrations of a year are taken, changed and cancelled. */
QPP_MUST_USE enum qpp_code qpp_registration_window(const struct qpp_request *q, enum qpp_register kind, qpp_instant at,
                                                   struct qpp_exception_window *out, struct qpp_err *err);
QPP_MUST_USE enum qpp_code qpp_registration_level(const struct qpp_request *q, enum qpp_register kind, enum qpp_entity level, bool *may,
                                                  struct qpp_err *err);

#endif
