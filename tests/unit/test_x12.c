/* X12 segments by the separators of the ISA; remittances read, summed, cut off at every byte, and spoiled. */
#include "unit.h"

#include "adapt/x12/remit_835.h"
#include "piece.h"
#include "world.h"

static struct qpp_arena arena = QPP_ARENA_INIT;
static struct piece source;

#define ISA "ISA*00*          *00*          *ZZ*CONTRACTOR     *ZZ*PRACTICE       *250320*1200*^*00501*000000001*0*T*:~"
#define FRAME ISA "GS*HP*C*P*20250320*1200*1*X*005010X221A1~ST*835*0001~"
#define CLOSE "GE*1*1~IEA*1*000000001~"

static struct qpp_x12 *x12_of(struct qpp_str text, size_t most)
{
	struct qpp_x12 *x = QPP_NEW(&arena, struct qpp_x12);
	source = (struct piece){ .text = text, .most = most };
	qpp_x12_open(x, &arena, piece_read, &source);
	return x;
}

static void x12__splits_by_the_separators_of_the_isa(void **unused)
{
	(void)unused;
	for (size_t most = 0; most < 130; most += 13) {
		struct qpp_x12 *x = x12_of(QPP_LIT(ISA "\r\nST*835**x~\nIEA*1*1~\n"
			"ISA|00|          |00|          |ZZ|CONTRACTOR     |ZZ|PRACTICE       |250320|1200|^|00501|000000001|0|T|>\n"
			"SVC|HC>99213|1\nIEA|1|1\n"), most);
		assert_int_equal(qpp_x12_next(x), QPP_X12_SEGMENT);
		assert_true(qpp_x12_is(x, "ISA"));
		assert_int_equal(qpp_x12_next(x), QPP_X12_SEGMENT);
		assert_int_equal(x->n_elements, 4);
		assert_text(qpp_x12_element(x, 3), "x");
		assert_text(qpp_x12_element(x, 2), "");
		assert_text(qpp_x12_element(x, 9), "");
		assert_int_equal(qpp_x12_next(x), QPP_X12_SEGMENT);
		assert_int_equal(qpp_x12_next(x), QPP_X12_SEGMENT);
		assert_int_equal(qpp_x12_next(x), QPP_X12_SEGMENT);
		assert_text(qpp_x12_element(x, 1), "HC>99213");
		assert_int_equal(x->component_end, '>');
		assert_int_equal(x->number, 5);
		assert_int_equal(qpp_x12_next(x), QPP_X12_SEGMENT);
		assert_int_equal(qpp_x12_next(x), QPP_X12_END);
	}
}

static void x12__refuses_endless_segments_and_zero_bytes(void **unused)
{
	(void)unused;
	struct qpp_x12 *x = x12_of(QPP_LIT(ISA), 0);
	source.filler = 'x';
	source.fill = 100u << 20;
	assert_int_equal(qpp_x12_next(x), QPP_X12_SEGMENT);
	assert_int_equal(qpp_x12_next(x), QPP_X12_FAULT);
	assert_int_equal(x->number, 2);
	assert_false(x->truncated);
	assert_true(source.given < 1u << 20);
	x = x12_of(QPP_LIT(""), 0);
	source.filler = 'x';
	source.fill = 100u << 20;
	assert_int_equal(qpp_x12_next(x), QPP_X12_FAULT);
	x = x12_of(QPP_LIT(ISA "ST*8\0005~"), 0);
	assert_int_equal(qpp_x12_next(x), QPP_X12_SEGMENT);
	assert_int_equal(qpp_x12_next(x), QPP_X12_FAULT);
	assert_string_equal(x->message, "there is a zero byte in the segment");
	x = x12_of(QPP_LIT(ISA), 0);
	source.filler = '*';
	source.fill = 1000;
	assert_int_equal(qpp_x12_next(x), QPP_X12_SEGMENT);
	assert_int_equal(qpp_x12_next(x), QPP_X12_FAULT);
}

/* ---- remittances ---- */

struct seen {
	struct qpp_remit_line v[16];
	struct qpp_str text[16];
	size_t n;
};

static void take(void *host, const struct qpp_remit_line *line)
{
	struct seen *s = host;
	if (s->n == 16)
		return;
	s->text[s->n] = qpp_str_cat(&arena, qpp_str_dup(&arena, line->claim).p, "/", qpp_str_dup(&arena, line->line).p, "/",
	                            qpp_str_dup(&arena, line->procedure).p, (char *)NULL);
	s->v[s->n++] = *line;
}

static size_t told(const struct qpp_835 *r)
{
	size_t n = 0;
	for (int k = 0; k < QPP_835_LISTS; k++)
		n += r->findings[k].list.n;
	return n;
}

static const struct qpp_remit_codes codes = { .group = QPP_LIT_INIT("CO"), .positive = QPP_LIT_INIT("144"),
	.negative = QPP_LIT_INIT("237"), .sequestration = QPP_LIT_INIT("253"), .remark = QPP_LIT_INIT("N807"), .up = true };

static enum qpp_x12_result read_all(struct qpp_835 *r, struct qpp_str text, size_t most, struct seen *seen)
{
	enum qpp_x12_result is;
	*seen = (struct seen){ .n = 0 };
	source = (struct piece){ .text = text, .most = most };
	qpp_835_open(r, &arena, QPP_LIT("remit.835"), &codes, piece_read, &source, take, seen);
	while ((is = qpp_835_next(r)) == QPP_X12_SEGMENT)
		;
	return is;
}

#define LINE_ONE "SVC*HC:99213*150*80.09**1~DTM*472*20250304~CAS*CO*45*50**144*-1.72**253*1.63~CAS*PR*2*20~LQ*HE*N807~"
#define LINE_TWO "SVC*HC:J1100*60*39.2**1~CAS*CO*45*10**253*.8~CAS*PR*2*10~REF*6R*L7~"
#define WHOLE FRAME "BPR*I*94.29*C*ACH~LX*1~CLP*C1*1*210*119.29**MB~DTM*232*20250303~" LINE_ONE LINE_TWO \
	"PLB*9000000007*20251231*WO:1*25~SE*16*0001~" CLOSE

static void remit__reads_lines_with_what_was_paid_before(void **unused)
{
	(void)unused;
	struct qpp_835 r;
	struct seen seen;
	for (size_t most = 0; most < 200; most += 19) {
		assert_int_equal(read_all(&r, QPP_LIT(WHOLE), most, &seen), QPP_X12_END);
		assert_int_equal(told(&r), 0);
		assert_false(r.partial);
		assert_int_equal(seen.n, 2);
		assert_text(seen.text[0], "C1/1/99213");
		assert_int_equal(seen.v[0].base.v, 8000);
		assert_int_equal(seen.v[0].found.v, 172);
		assert_int_equal(seen.v[0].sequestration.v, 163);
		assert_int_equal(seen.v[0].segment, 8);
		assert_text(seen.text[1], "C1/L7/J1100");
		assert_int_equal(seen.v[1].base.v, 4000);
		assert_int_equal(seen.v[1].found.v, 0);
		assert_true(seen.v[1].has_date);
		assert_int_equal(seen.v[0].date.v, seen.v[1].date.v + 1);
		assert_int_equal(r.paid.v, 11929);
	}
}

/* Cut off anywhere, it says at which segment, and never passes for whole. */
static void remit__cut_off_at_every_byte(void **unused)
{
	(void)unused;
	static const char text[] = WHOLE;
	struct qpp_835 r;
	struct seen seen;
	for (size_t n = 0; n < sizeof text - 1; n++) {
		struct qpp_mark mark = qpp_arena_mark(&arena);
		assert_int_equal(read_all(&r, (struct qpp_str){ text, n }, 0, &seen), QPP_X12_FAULT);
		assert_true(r.partial);
		assert_int_equal(r.findings[QPP_835_ERRORS].list.n, 1);
		assert_text(r.findings[QPP_835_ERRORS].list.v[0].code, "remitTruncated");
		assert_true(qpp_str_starts(r.findings[QPP_835_ERRORS].list.v[0].subject, "segment "));
		qpp_arena_reset(&arena, mark);
	}
}

static void remit__counts_and_sums_are_held_against_each_other(void **unused)
{
	(void)unused;
	static const struct {
		struct qpp_str text;
		enum qpp_835_list kind;
		const char *subject;
	} rows[] = {
		{ QPP_LIT_INIT(FRAME "CLP*C1*1*150*80.09~" LINE_ONE "SE*9*0001~" CLOSE), QPP_835_COUNTS, "segment 10 SE" },
		{ QPP_LIT_INIT(FRAME "CLP*C1*1*150*80.09~" LINE_ONE "SE*8*0002~" CLOSE), QPP_835_COUNTS, "segment 10 SE" },
		{ QPP_LIT_INIT(FRAME "CLP*C1*1*150*80.09~" LINE_ONE "SE*8*0001~GE*2*1~IEA*1*1~"), QPP_835_COUNTS, "segment 11 GE" },
		{ QPP_LIT_INIT(FRAME "CLP*C1*1*150*80.09~" LINE_ONE "SE*8*0001~GE*1*1~IEA*2*1~"), QPP_835_COUNTS, "segment 12 IEA" },
		{ QPP_LIT_INIT(FRAME "CLP*C1*1*150*80.09~" LINE_ONE "SE*8*0001~GE*1*2~IEA*1*1~"), QPP_835_COUNTS, "segment 11 GE" },
		{ QPP_LIT_INIT(FRAME "CLP*C1*1*150*80.09~" LINE_ONE "SE*8*0001~GE*1*1~IEA*1*000000002~"), QPP_835_COUNTS, "segment 12 IEA" },
		{ QPP_LIT_INIT(FRAME "CLP*C1*1*150*80.09~" LINE_ONE "SE*8*0001~GE*1*1~IEA*1~"), QPP_835_COUNTS, "segment 12 IEA" },
		{ QPP_LIT_INIT(FRAME "CLP*C1*1*150*80.08~" LINE_ONE "SE*8*0001~" CLOSE), QPP_835_SUMS, "segment 4" },
		{ QPP_LIT_INIT(FRAME "CLP*C1*1*150*80.09~SVC*HC:99213*151*80.09~CAS*CO*45*50**144*-1.72**253*1.63~CAS*PR*2*20~LQ*HE*N807~"
		               "SE*7*0001~" CLOSE), QPP_835_SUMS, "segment 5" },
		{ QPP_LIT_INIT(FRAME "BPR*I*80~CLP*C1*1*150*80.09~" LINE_ONE "SE*9*0001~" CLOSE), QPP_835_SUMS, "segment 11 SE" },
	};
	struct qpp_835 r;
	struct seen seen;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		assert_int_equal(read_all(&r, rows[i].text, 0, &seen), QPP_X12_END);
		assert_int_equal(told(&r), 1);
		assert_int_equal(r.findings[rows[i].kind].list.n, 1);
		assert_true(qpp_str_is(r.findings[rows[i].kind].list.v[0].subject, rows[i].subject));
		assert_true(r.partial);
	}
}

static void remit__wrong_codes_and_missing_remarks_are_told(void **unused)
{
	(void)unused;
	struct qpp_835 r;
	struct seen seen;
	assert_int_equal(read_all(&r, QPP_LIT(FRAME "CLP*C1*1*72*80~SVC*HC:99213*72*80~CAS*CO*237*-8~SE*5*0001~" CLOSE), 0, &seen),
	                 QPP_X12_END);
	assert_int_equal(r.findings[QPP_835_REMARKS].list.n, 2);
	assert_text(r.findings[QPP_835_REMARKS].list.v[0].code, "remitCode");
	assert_text(r.findings[QPP_835_REMARKS].list.v[0].expected, "144");
	assert_text(r.findings[QPP_835_REMARKS].list.v[1].code, "remitRemarkMissing");
	assert_false(r.partial);
	assert_int_equal(seen.v[0].found.v, 800);
	assert_int_equal(read_all(&r, QPP_LIT(FRAME "CLP*C1*1*78*80~MOA***N807~SVC*HC:99213*78*80~CAS*PR*144*-2~SE*6*0001~" CLOSE), 0,
	                          &seen), QPP_X12_END);
	assert_int_equal(r.findings[QPP_835_REMARKS].list.n, 1);
	assert_text(r.findings[QPP_835_REMARKS].list.v[0].value, "PR");
}

static void remit__claims_adjusted_as_a_whole(void **unused)
{
	(void)unused;
	struct qpp_835 r;
	struct seen seen;
	/* without lines, and with the adjustment above them */
	assert_int_equal(read_all(&r, QPP_LIT(FRAME "CLP*C1*1*150*81.72~CAS*CO*45*70**144*-1.72~MOA***N807~"
	                                      "CLP*C2*1*100*81.72~CAS*CO*144*-1.72~MOA***N807~SVC*HC:99213*100*80~CAS*PR*2*20~"
	                                      "SE*10*0001~" CLOSE), 0, &seen), QPP_X12_END);
	assert_int_equal(r.findings[QPP_835_REMARKS].list.n, 0);
	assert_int_equal(seen.n, 3);
	assert_true(seen.v[0].of_claim && !seen.v[0].in_sum);
	assert_int_equal(seen.v[0].base.v, 8000);
	assert_true(!seen.v[1].of_claim && seen.v[1].in_sum);
	assert_int_equal(seen.v[1].base.v, 8000);
	assert_true(seen.v[2].of_claim && seen.v[2].in_sum);
	assert_int_equal(seen.v[2].found.v, 172);
}

static void remit__what_cannot_be_read_on(void **unused)
{
	(void)unused;
	static const struct {
		struct qpp_str text;
		const char *code, *subject;
	} rows[] = {
		{ QPP_LIT_INIT("hello"), "remitMalformed", "segment 1" },
		{ QPP_LIT_INIT(ISA "ST*837*1~"), "remitMalformed", "segment 2 ST" },
		{ QPP_LIT_INIT(ISA "CLP*1~"), "remitMalformed", "segment 2 CLP" },
		{ QPP_LIT_INIT(FRAME "SVC*HC:1*1*1~"), "remitMalformed", "segment 4 SVC" },
		{ QPP_LIT_INIT(FRAME CLOSE), "remitMalformed", "segment 4 GE" },
		{ QPP_LIT_INIT(ISA "ST*835*1~"), "remitMalformed", "segment 2 ST" },
		{ QPP_LIT_INIT(ISA "GE*0*1~"), "remitMalformed", "segment 2 GE" },
		{ QPP_LIT_INIT(FRAME "SE*2*0001~IEA*1*1~"), "remitMalformed", "segment 5 IEA" },
		{ QPP_LIT_INIT(FRAME "SE*2*0001~GS*HP~"), "remitMalformed", "segment 5 GS" },
		{ QPP_LIT_INIT(FRAME "CLP*C*1*1*1e3~"), "amountInvalid", "segment 4 CLP" },
		{ QPP_LIT_INIT(FRAME "CLP*C*1*1*1~CAS*CO*45~"), "amountInvalid", "segment 5 CAS" },
		{ QPP_LIT_INIT(FRAME "CLP*C*1*1*92233720368547758.07~CLP*D*1*1*1~"), "amountInvalid", "segment 5 CLP" },
	};
	struct qpp_835 r;
	struct seen seen;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		assert_int_equal(read_all(&r, rows[i].text, 0, &seen), QPP_X12_FAULT);
		assert_int_equal(r.findings[QPP_835_ERRORS].list.n, 1);
		assert_true(qpp_str_is(r.findings[QPP_835_ERRORS].list.v[0].code, rows[i].code));
		assert_true(qpp_str_is(r.findings[QPP_835_ERRORS].list.v[0].subject, rows[i].subject));
		assert_true(r.partial);
	}
}

/* The file that is shipped: whole only when all of it is there; line ends behind its last segment may lack. */
static void remit__the_sample_cut_off_at_every_byte(void **unused)
{
	(void)unused;
	struct qpp_str text;
	struct qpp_835 r;
	struct seen seen;
	assert_true(world_file(QPP_LIT("tests/cases/remit.835"), &text));
	size_t whole = qpp_str_trim(text).n;
	assert_true(whole > 1000);
	for (size_t n = 0; n <= text.n; n++) {
		struct qpp_mark mark = qpp_arena_mark(&arena);
		enum qpp_x12_result is = read_all(&r, (struct qpp_str){ text.p, n }, n % 97, &seen);
		assert_int_equal(is, n < whole ? QPP_X12_FAULT : QPP_X12_END);
		assert_int_equal(r.partial, n < whole);
		qpp_arena_reset(&arena, mark);
	}
}

/* One byte at a time is spoiled: whatever it makes of the file, reading comes to an end. */
static void remit__spoiled_at_every_byte(void **unused)
{
	(void)unused;
	static const char original[] = WHOLE, spoil[] = { 0, '*', '~', ':', '-', '9', '\n', (char)0xFF };
	static char text[sizeof original];
	struct qpp_835 r;
	struct seen seen;
	for (size_t i = 0; i < sizeof original - 1; i++)
		for (size_t k = 0; k < sizeof spoil; k++) {
			struct qpp_mark mark = qpp_arena_mark(&arena);
			memcpy(text, original, sizeof text);
			text[i] = spoil[k];
			enum qpp_x12_result is = read_all(&r, (struct qpp_str){ text, sizeof original - 1 }, 0, &seen);
			assert_true(is == QPP_X12_END || (is == QPP_X12_FAULT && r.findings[QPP_835_ERRORS].errors && r.partial));
			qpp_arena_reset(&arena, mark);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(x12__splits_by_the_separators_of_the_isa),
		cmocka_unit_test(x12__refuses_endless_segments_and_zero_bytes),
		cmocka_unit_test(remit__reads_lines_with_what_was_paid_before),
		cmocka_unit_test(remit__cut_off_at_every_byte),
		cmocka_unit_test(remit__counts_and_sums_are_held_against_each_other),
		cmocka_unit_test(remit__wrong_codes_and_missing_remarks_are_told),
		cmocka_unit_test(remit__claims_adjusted_as_a_whole),
		cmocka_unit_test(remit__what_cannot_be_read_on),
		cmocka_unit_test(remit__the_sample_cut_off_at_every_byte),
		cmocka_unit_test(remit__spoiled_at_every_byte),
	};
	int failed = RUN_AS_TAP(tests);
	qpp_arena_close(&arena);
	return failed;
}
