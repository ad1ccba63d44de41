/* What the radar found is kept with its run, under a topic of its own: the page asks for it, and no request waits for the look. */
#include "app/radar.h"

struct keeping {
	struct qpp_who of;
	struct qpp_str text;
};

/* The place of a run among what is known: no organization has its id. */
static struct qpp_who place_of(const struct qpp_scoring *run)
{
	return (struct qpp_who){ .py = run->py, .entity = QPP_GROUP, .org_id = run->id };
}

static enum qpp_code keep(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	const struct keeping *k = request;
	struct qpp_fact_row row = { .who = k->of, .topic = QPP_LIT("radar"), .body = k->text };
	return qpp_store_fact_put(tx, &row, err);
}

enum qpp_code qpp_radar_keep(const struct qpp_service *service, struct qpp_arena *a, const struct qpp_radar_order *o, struct qpp_err *err)
{
	struct qpp_radar r;
	enum qpp_code code = qpp_radar_run(service, a, o, &r, err);
	if (code != QPP_OK || !r.run.id.n || r.cut)
		return code;
	struct keeping k = { place_of(&r.run), qpp_radar_doc_text(a, &r) };
	return qpp_store_write(service->store, a, keep, &k, err);
}

enum qpp_code qpp_radar_kept(const struct qpp_service *service, struct qpp_arena *a, const struct qpp_scoring *run, struct qpp_radar *out,
                             bool *found, struct qpp_err *err)
{
	const struct qpp_who of = place_of(run);
	struct qpp_fact_row row;
	struct qpp_tx *tx;
	*found = false;
	enum qpp_code code = qpp_store_begin(service->store, a, &tx, err);
	if (code != QPP_OK)
		return code;
	code = qpp_store_fact_get(tx, &of, QPP_LIT("radar"), &row, err);
	qpp_store_end(tx);
	if (code == QPP_NOT_FOUND)
		return QPP_OK;
	if (code == QPP_OK)
		code = qpp_radar_doc_read(a, row.body, out, err);
	*found = code == QPP_OK;
	return code;
}
