/* Where a clinician practices, as facts files tell it. */
#include "read_location.h"

#include "qpp/buf.h"
#include "qpp/euc.h"

#define FACT(name) { (name), QPP_FIELD_OPTIONAL, NULL }

static const struct qpp_json_field location_fields[] = { FACT("state"), FACT("county"), FACT("zip") };
static const struct qpp_json_shape location_shape = QPP_JSON_SHAPE("location", QPP_ERROR, location_fields);

static struct qpp_finding *refuse(struct qpp_json_in *in, const struct qpp_json *o, const char *member,
                                  struct qpp_str message, struct qpp_str text)
{
	struct qpp_finding *f = qpp_json_find(in, QPP_ERROR, "valueUnknown", qpp_field(o, member), message);
	f->value = qpp_shown(in->arena, text);
	return f;
}

/* The code that was meant: of the state whose name it is, or those that begin with its letter. */
static struct qpp_str meant(struct qpp_arena *a, struct qpp_str text)
{
	QPP_VEC(struct qpp_str) names = { 0 };
	struct qpp_buf b;
	qpp_buf_init(&b, a, 100);
	for (int i = 0; qpp_state_code(i); i++) {
		*QPP_PUSH(a, &names) = qpp_str_of(qpp_state_name(i));
		if (text.n && (text.p[0] & ~0x20) == qpp_state_code(i)[0])
			qpp_buf_cat(&b, b.n ? ", " : "codes that begin so: ", qpp_state_code(i), (char *)NULL);
	}
	int near = qpp_str_near(text, names.v, names.n);
	if (near < 0)
		return qpp_buf_done(&b);
	return qpp_str_cat(a, "the code of ", qpp_state_name(near), " is ", qpp_state_code(near), (char *)NULL);
}

static void read_state(struct qpp_json_in *in, const struct qpp_json *o, struct qpp_location *out)
{
	struct qpp_str text;
	if (!qpp_field_text(in, o, "state", &text))
		return;
	int state = qpp_state_of(qpp_str_trim(text));
	if (state >= 0) {
		out->state = qpp_str_of(qpp_state_code(state));
		return;
	}
	struct qpp_finding *f = refuse(in, o, "state", QPP_LIT("this is not the code of a state or territory"), text);
	f->expected = QPP_LIT("the two letters of the post office, such as FL");
	f->hint = meant(in->arena, qpp_str_trim(text));
}

static void read_county(struct qpp_json_in *in, const struct qpp_json *o, struct qpp_location *out)
{
	struct qpp_str text;
	if (!qpp_field_text(in, o, "county", &text))
		return;
	out->county = qpp_str_trim(text);
	if (!qpp_county_key(in->arena, out->county).n)
		refuse(in, o, "county", QPP_LIT("this is not the name of a county"), text)->expected = QPP_LIT("a name, such as Lee");
}

static void read_zip(struct qpp_json_in *in, const struct qpp_json *o, struct qpp_location *out)
{
	struct qpp_str text;
	if (qpp_field_text(in, o, "zip", &text) && !qpp_zip_of(qpp_str_trim(text), &out->zip)) {
		out->zip = QPP_LIT("");
		refuse(in, o, "zip", QPP_LIT("this is not a ZIP code"), text)->expected = QPP_LIT("five digits, or nine as 33901-1234");
	}
}

void qpp_json_read_location(struct qpp_json_in *in, const struct qpp_json *facts, struct qpp_location *out)
{
	const struct qpp_json *o = qpp_field_of_kind(in, facts, "location", QPP_JSON_OBJECT);
	if (!o)
		return;
	qpp_json_check_shape(in, o, &location_shape);
	out->given = true;
	out->where = qpp_json_place_of(in, o);
	read_state(in, o, out);
	read_county(in, o, out);
	read_zip(in, o, out);
}
