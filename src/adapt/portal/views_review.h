/* The views of targeted review. */
#ifndef QPP_PORTAL_VIEWS_REVIEW_H
#define QPP_PORTAL_VIEWS_REVIEW_H

#include "adapt/portal/models_review.h"
#include "adapt/portal/views.h"

QPP_VIEW(tr_landing, qpp_tr_landing);
QPP_VIEW(tr_form, qpp_tr_form);
QPP_VIEW(tr_evidence, qpp_tr_evidence);
QPP_VIEW(tr_certify, qpp_tr_certify);
QPP_VIEW(tr_receipt, qpp_tr_receipt);
QPP_VIEW(tr_detail, qpp_tr_detail);
QPP_VIEW(tr_withdraw, qpp_tr_withdraw);
QPP_VIEW(tr_letter, qpp_tr_letter);
QPP_VIEW(tr_queue, qpp_tr_queue);
QPP_VIEW(tr_bench, qpp_tr_bench);
QPP_VIEW(tr_operator, qpp_tr_operator);

#endif
