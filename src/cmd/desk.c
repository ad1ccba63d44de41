/* The desk that takes messages in; desk.h is the manual. */
#include "cmd/desk.h"

enum qpp_code qpp_desk_take(void *self, struct qpp_str raw, qpp_time received, struct qpp_err *err)
{
	struct qpp_desk *desk = self;
	struct qpp_arena a = QPP_ARENA_INIT;
	struct qpp_letter letter;
	struct qpp_intake_result result;
	qpp_mime_read(&a, &desk->trust, raw, received, &letter);
	enum qpp_code code = qpp_intake_take(&desk->intake, &a, &letter, raw, received, &result, err);
	desk->last = code == QPP_OK ? result.outcome : QPP_INTAKE_OUTCOMES;
	qpp_arena_close(&a);
	if (code == QPP_OK && result.answered && desk->answered)
		desk->answered(desk->host);
	return code;
}
