/* The views of virtual groups; views.h says what a view is. */
#ifndef QPP_PORTAL_VIEWS_VGROUP_H
#define QPP_PORTAL_VIEWS_VGROUP_H

#include "adapt/portal/models_vgroup.h"
#include "adapt/portal/views.h"

QPP_VIEW(vgroups, qpp_vgroup_home);
QPP_VIEW(vgroup, qpp_vgroup_room);
QPP_VIEW(vgroup_roster, qpp_vgroup_roster);
QPP_VIEW(vgroup_rep, qpp_vgroup_rep_form);
QPP_VIEW(vgroup_agreement, qpp_vgroup_agreement_view);
QPP_VIEW(vgroup_print, qpp_vgroup_agreement_view);
QPP_VIEW(vgroup_filing, qpp_vgroup_filing);
QPP_VIEW(vgroup_receipt, qpp_vgroup_receipt_view);
QPP_VIEW(vgroup_data, qpp_vgroup_data_view);
QPP_VIEW(vgroup_pool, qpp_vgroup_pool_view);
QPP_VIEW(vgroup_review_list, qpp_vgroup_review_list);
QPP_VIEW(election_letters, qpp_election_letters);
QPP_VIEW(vgroup_review, qpp_vgroup_review_view);

#endif
