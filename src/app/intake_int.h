/* What the files of reading an e-mailed election share. */
#ifndef QPP_APP_INTAKE_INT_H
#define QPP_APP_INTAKE_INT_H

#include "app/intake.h"

enum { QPP_INTAKE_MOST_PRACTICES = 2000, QPP_INTAKE_MOST_CLINICIANS = 1000, QPP_INTAKE_MOST_DOUBTS = 40 };

/* What a line or a column of a roster is about. */
enum qpp_intake_field {
	FIELD_NONE,
#define X(name, words) FIELD_##name,
#include "app/intake_words.def"
#undef X
	FIELDS
};

/* The field that words name, "Tax ID #" as well as "TIN"; FIELD_NONE when none. */
enum qpp_intake_field qpp_intake_field_of(struct qpp_arena *a, struct qpp_str words);

struct qpp_intake_practice {
	struct qpp_str name, tin;
	bool row;                                /* of a table: rows with the same TIN belong together */
	struct qpp_count billing, low_volume;
	enum qpp_tri other;
	QPP_VEC(struct qpp_election_clinician) clinicians;
};

struct qpp_intake_roster {
	QPP_VEC(struct qpp_intake_practice) practices;
	struct qpp_intake_practice *at;          /* that which lines without a TIN belong to */
	bool too_many;
};

struct qpp_intake_reader {
	struct qpp_arena *a;
	struct qpp_intake_reading *out;
	struct qpp_intake_roster text, file;
	bool agreement_named, agreement_unclear;  /* a line named it; a sentence was neither yes nor no */
};

/* A doubt; at most QPP_INTAKE_MOST_DOUBTS are kept. Texts are masked. */
void qpp_intake_doubt(struct qpp_intake_reader *r, enum qpp_doubt_kind kind, const char *code, struct qpp_str says,
                      struct qpp_str mend);

/* The parts of a number that a person writes as a TIN, without its dashes; empty when it is none. */
bool qpp_intake_tin(struct qpp_arena *a, struct qpp_str s, struct qpp_str *out);
bool qpp_intake_digits(struct qpp_str s);
/* yes no true false, and X for yes. */
enum qpp_tri qpp_intake_tri(struct qpp_str s);

/* A practice of a table by its TIN, a new one where there is none. */
struct qpp_intake_practice *qpp_intake_row(struct qpp_intake_reader *r, struct qpp_intake_roster *roster, struct qpp_str tin,
                                           struct qpp_str name);
struct qpp_intake_practice *qpp_intake_begin(struct qpp_intake_reader *r, struct qpp_intake_roster *roster);
struct qpp_election_clinician *qpp_intake_clinician(struct qpp_intake_roster *roster, struct qpp_arena *a, struct qpp_str npi);

/* A table: the fields of its columns, and a record of it. */
struct qpp_intake_table {
	enum qpp_intake_field columns[32];
	size_t n;
};
/* Whether cells are the head of a roster: a TIN or an NPI among them, no figures. */
bool qpp_intake_head(struct qpp_arena *a, const struct qpp_str *cells, size_t n, struct qpp_intake_table *out);
void qpp_intake_record(struct qpp_intake_reader *r, struct qpp_intake_roster *roster, const struct qpp_intake_table *t,
                       const struct qpp_str *cells, size_t n);

/* The performance year out of its four digits, with or without PY; another one than before is a doubt. */
void qpp_intake_year(struct qpp_intake_reader *r, struct qpp_str value);
/* Years that stand in running text behind "performance year" or "PY". */
void qpp_intake_years(struct qpp_intake_reader *r, struct qpp_str text);
/* A day as ISO, or as Americans write it: 11/1/..., November 1, .... */
bool qpp_intake_day(struct qpp_str s, qpp_day *out);
/* What is said about the agreement: behind its name (`named`), or in running text. */
void qpp_intake_agreement(struct qpp_intake_reader *r, struct qpp_str says, bool named);

/* The CSV file that is attached, into `r->file`. */
void qpp_intake_csv(struct qpp_intake_reader *r, struct qpp_str text);
/* The lines of the text, into `r->out` and `r->text`. */
void qpp_intake_lines(struct qpp_intake_reader *r, struct qpp_str text);

#endif
