/* The views of the portal: each makes one whole page of a model. Pure. */
#ifndef QPP_PORTAL_VIEWS_H
#define QPP_PORTAL_VIEWS_H

#include "adapt/portal/models_exceptions.h"
#include "adapt/portal/models_feedback.h"
#include "adapt/portal/models_operator.h"
#include "adapt/portal/models_own.h"

/* `e` may be NULL: no error. The page lives in the arena. */
#define QPP_VIEW(name, type)                                                                   \
	struct qpp_str qpp_view_##name(struct qpp_arena *a, const struct qpp_shell *s, const struct type *m, \
	                               const struct qpp_form_errors *e)

QPP_VIEW(home, qpp_home);
QPP_VIEW(sign_in, qpp_sign_in);
QPP_VIEW(totp, qpp_totp);
QPP_VIEW(account, qpp_account_view);
QPP_VIEW(access, qpp_access_view);
QPP_VIEW(access_review, qpp_access_review);
QPP_VIEW(connect, qpp_connect);
QPP_VIEW(password, qpp_password_form);
QPP_VIEW(factor, qpp_factor_form);
QPP_VIEW(sessions, qpp_sessions_view);
QPP_VIEW(session_time, qpp_session_time);
QPP_VIEW(choose_org, qpp_choose_org);
QPP_VIEW(consents, qpp_consents_page);
QPP_VIEW(consent_review, qpp_consent_review);
QPP_VIEW(tokens, qpp_tokens_page);
QPP_VIEW(token_made, qpp_token_made);
QPP_VIEW(token_review, qpp_token_review);
QPP_VIEW(view_as, qpp_view_as_form);
QPP_VIEW(operator_access, qpp_operator_access);
QPP_VIEW(request_review, qpp_request_review);
QPP_VIEW(open_review, qpp_open_review);
QPP_VIEW(operator_runs, qpp_operator_runs);
QPP_VIEW(operator_run, qpp_operator_run);
QPP_VIEW(run_act, qpp_run_act);
QPP_VIEW(operator_corrections, qpp_operator_corrections);
QPP_VIEW(operator_radar, qpp_operator_radar);
QPP_VIEW(exceptions, qpp_exceptions_page);
QPP_VIEW(exception_start, qpp_exception_start);
QPP_VIEW(exception_edit, qpp_exception_edit);
QPP_VIEW(exception_review, qpp_exception_show);
QPP_VIEW(exception, qpp_exception_show);
QPP_VIEW(exceptions_queue, qpp_exceptions_queue);
QPP_VIEW(kept, qpp_kept_view);
QPP_VIEW(registrations, qpp_registrations_page);
QPP_VIEW(registration_start, qpp_registration_start);
QPP_VIEW(registration_edit, qpp_registration_edit);
QPP_VIEW(registration_review, qpp_registration_edit);
QPP_VIEW(registration, qpp_registration_show);
QPP_VIEW(registration_cancel, qpp_registration_show);
QPP_VIEW(held, qpp_held);
QPP_VIEW(opt_in, qpp_opt_in_page);
QPP_VIEW(opt_in_confirm, qpp_opt_in_confirm);
QPP_VIEW(lookup, qpp_lookup);
QPP_VIEW(eligibility, qpp_eligibility_view);
QPP_VIEW(submissions, qpp_submission_list);
QPP_VIEW(submission, qpp_submission_view);
QPP_VIEW(upload, qpp_upload);
QPP_VIEW(review, qpp_filing_review);
QPP_VIEW(receipt, qpp_receipt_view);
QPP_VIEW(search, qpp_search_view);
QPP_VIEW(measure, qpp_measure_form);
QPP_VIEW(activities, qpp_activities_form);
QPP_VIEW(pi, qpp_pi_form);
QPP_VIEW(feedback, qpp_feedback_home);
QPP_VIEW(feedback_report, qpp_feedback_report);
QPP_VIEW(feedback_changes, qpp_feedback_changes_view);
QPP_VIEW(feedback_claims, qpp_feedback_claims_view);
QPP_VIEW(feedback_check, qpp_feedback_check);
QPP_VIEW(help, qpp_rules_view);
QPP_VIEW(rules, qpp_rules_view);
QPP_VIEW(error, qpp_error_view);

#endif
