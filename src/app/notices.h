/*
 * Notices: what the service writes to people when something happened to their
 * account, roles or filings. Each is plain text with an HTML twin. They name no
 * TIN, carry no secret but a sign-in code, and ask for nothing that a forged one
 * would ask for. Moments come as text: the caller knows the reader's zone.
 */
#ifndef QPP_APP_NOTICES_H
#define QPP_APP_NOTICES_H

#include "app/mail.h"
#include "app/receipt.h"

/* Made in the arena; `to` is left to the caller, who knows whom it goes to. */
struct qpp_mail qpp_notice_code(struct qpp_arena *a, struct qpp_str person, struct qpp_str code, int minutes);
struct qpp_mail qpp_notice_locked(struct qpp_arena *a, struct qpp_str person, struct qpp_str until);
struct qpp_mail qpp_notice_disabled(struct qpp_arena *a, struct qpp_str person);
struct qpp_mail qpp_notice_password(struct qpp_arena *a, struct qpp_str person, struct qpp_str at);

struct qpp_mail qpp_notice_factor(struct qpp_arena *a, struct qpp_str person, struct qpp_str at);
/* An operator took off a lock, or enabled a disabled account. */
struct qpp_mail qpp_notice_opened(struct qpp_arena *a, struct qpp_str person, bool was_disabled);

/* To a Security Official of a registry: it may file for the organization in a year, or no longer. */
struct qpp_mail qpp_notice_consent(struct qpp_arena *a, struct qpp_str official, struct qpp_str org, int64_t year, bool given);

/* To a Security Official: somebody asks for a role. */
struct qpp_mail qpp_notice_role_requested(struct qpp_arena *a, struct qpp_str official, struct qpp_str asker,
                                          struct qpp_str org, enum qpp_post post);
/* To the person: what became of it (active, denied, removed). */
struct qpp_mail qpp_notice_role(struct qpp_arena *a, struct qpp_str person, struct qpp_str org, enum qpp_post post,
                                enum qpp_role_state state, struct qpp_str note);

/* What was filed (a sentence without TIN), when, and its receipt. */
struct qpp_mail qpp_notice_filed(struct qpp_arena *a, struct qpp_str person, struct qpp_str what, struct qpp_str at,
                                 const struct qpp_receipt *receipt);

/* A message made of paragraphs, for what has no words of its own here. */
struct qpp_mail qpp_notice_say(struct qpp_arena *a, struct qpp_str person, struct qpp_str subject,
                               const struct qpp_str *paragraphs, size_t n);

/* A correction moved scores or payment adjustments of an organization's clinicians, which are not named. */
struct qpp_mail qpp_notice_corrected(struct qpp_arena *a, struct qpp_str person, struct qpp_str org, qpp_py py, struct qpp_str correction,
                                     struct qpp_str reason);

/* "Security Official", "Staff User", ... */
const char *qpp_post_title(enum qpp_post post);

/* A moment in universal time, to the second: "2024-10-12 00:00:00 UTC". */
struct qpp_str qpp_notice_time(struct qpp_arena *a, qpp_time t);

#endif
