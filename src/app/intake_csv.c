/*
 * The roster that is attached to an e-mailed election: a CSV file whose first
 * record names the columns. Spreadsheets of other places part them by semicolons.
 */
#include <string.h>

#include "app/intake_int.h"
#include "app/intake_roster.h"

struct reading {
	struct qpp_intake_reader *r;
	struct qpp_intake_table table;
	bool began, has_head;
};

static void take(void *self, const struct qpp_str *cells, size_t n)
{
	struct reading *x = self;
	if (!x->began) {
		x->began = true;
		x->has_head = qpp_intake_head(x->r->a, cells, n, &x->table);
	} else if (x->has_head) {
		qpp_intake_record(x->r, &x->r->file, &x->table, cells, n);
	}
}

/* Parts of a file without commas in its first line, by the sign that is there. */
static void take_parts(struct reading *x, struct qpp_str text, char sign)
{
	enum { CELLS = 32 };
	struct qpp_str line, cell, cells[CELLS];
	while (qpp_str_cut(&text, '\n', &line)) {
		size_t n = 0;
		while (n < CELLS && qpp_str_cut(&line, sign, &cell)) {
			cell = qpp_str_trim(cell);
			if (cell.n > 1 && cell.p[0] == '"' && cell.p[cell.n - 1] == '"')
				cell = (struct qpp_str){ cell.p + 1, cell.n - 2 };
			cells[n++] = cell;
		}
		take(x, cells, n);
	}
}

void qpp_intake_csv(struct qpp_intake_reader *r, struct qpp_str text)
{
	struct reading x = { .r = r };
	struct qpp_str rest = text, first, fault = { "", 0 };
	if (!text.n || !qpp_str_cut(&rest, '\n', &first))
		return;
	if (!memchr(first.p, ',', first.n) && memchr(first.p, ';', first.n))
		take_parts(&x, text, ';');
	else if (!memchr(first.p, ',', first.n) && memchr(first.p, '\t', first.n))
		take_parts(&x, text, '\t');
	else
		fault = qpp_intake_records(r->a, text, take, &x);
	if (fault.n)
		qpp_intake_doubt(r, QPP_DOUBT_QUESTION, "rosterBroken",
			qpp_str_cat(r->a, "The roster attached cannot be read to its end: ", fault.p, ".", (char *)NULL),
			QPP_LIT("Save it as CSV anew, and send the message again."));
	else if (!x.has_head)
		qpp_intake_doubt(r, QPP_DOUBT_QUESTION, "rosterHead",
			QPP_LIT("The first line of the roster attached does not name its columns, at least practice name, TIN and NPI."),
			QPP_LIT("Let its first line be: practice_name,tin,npi"));
}
