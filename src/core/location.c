/*
 * Places as people write them: codes of states, names of counties, ZIP codes.
 * Two names of a county are the same when their keys are; who compares them
 * never compares what was written.
 */
#include "qpp/euc.h"

enum { ZIP_DIGITS = 5, ZIP_PLUS_FOUR = 9, MOST_KEY = 200 };

static const struct {
	const char *code, *name;
} states[] = {
	{ "AK", "Alaska" }, { "AL", "Alabama" }, { "AR", "Arkansas" }, { "AS", "American Samoa" }, { "AZ", "Arizona" },
	{ "CA", "California" }, { "CO", "Colorado" }, { "CT", "Connecticut" }, { "DC", "District of Columbia" },
	{ "DE", "Delaware" }, { "FL", "Florida" }, { "FM", "Federated States of Micronesia" }, { "GA", "Georgia" },
	{ "GU", "Guam" }, { "HI", "Hawaii" }, { "IA", "Iowa" }, { "ID", "Idaho" }, { "IL", "Illinois" }, { "IN", "Indiana" },
	{ "KS", "Kansas" }, { "KY", "Kentucky" }, { "LA", "Louisiana" }, { "MA", "Massachusetts" }, { "MD", "Maryland" },
	{ "ME", "Maine" }, { "MH", "Marshall Islands" }, { "MI", "Michigan" }, { "MN", "Minnesota" }, { "MO", "Missouri" },
	{ "MP", "Northern Mariana Islands" }, { "MS", "Mississippi" }, { "MT", "Montana" }, { "NC", "North Carolina" },
	{ "ND", "North Dakota" }, { "NE", "Nebraska" }, { "NH", "New Hampshire" }, { "NJ", "New Jersey" },
	{ "NM", "New Mexico" }, { "NV", "Nevada" }, { "NY", "New York" }, { "OH", "Ohio" }, { "OK", "Oklahoma" },
	{ "OR", "Oregon" }, { "PA", "Pennsylvania" }, { "PR", "Puerto Rico" }, { "PW", "Palau" }, { "RI", "Rhode Island" },
	{ "SC", "South Carolina" }, { "SD", "South Dakota" }, { "TN", "Tennessee" }, { "TX", "Texas" }, { "UT", "Utah" },
	{ "VA", "Virginia" }, { "VI", "Virgin Islands" }, { "VT", "Vermont" }, { "WA", "Washington" }, { "WI", "Wisconsin" },
	{ "WV", "West Virginia" }, { "WY", "Wyoming" },
};

enum { STATES = sizeof states / sizeof *states };

static char upper(char c)
{
	return c >= 'a' && c <= 'z' ? (char)(c - ('a' - 'A')) : c;
}

const char *qpp_state_code(int i)
{
	return i >= 0 && i < STATES ? states[i].code : NULL;
}

const char *qpp_state_name(int i)
{
	return i >= 0 && i < STATES ? states[i].name : NULL;
}

int qpp_state_of(struct qpp_str code)
{
	for (int i = 0; i < STATES && code.n == 2; i++)
		if (upper(code.p[0]) == states[i].code[0] && upper(code.p[1]) == states[i].code[1])
			return i;
	return -1;
}

bool qpp_zip_of(struct qpp_str text, struct qpp_str *five)
{
	size_t digits = 0;
	for (size_t i = 0; i < text.n; i++) {
		bool digit = text.p[i] >= '0' && text.p[i] <= '9';
		/* A hyphen stands between the fifth and the sixth digit and nowhere else. */
		if (!digit && !(text.p[i] == '-' && i == ZIP_DIGITS && text.n == ZIP_PLUS_FOUR + 1))
			return false;
		digits += digit;
	}
	*five = (struct qpp_str){ text.p, ZIP_DIGITS };
	return digits == ZIP_DIGITS || digits == ZIP_PLUS_FOUR;
}

/* The letter under an accent, by the second byte of U+00C0..U+00FF; 0 when it is none. */
static char bare(unsigned char second)
{
	static const struct {
		unsigned char first, last;
		char letter;
	} letters[] = {
		{ 0x80, 0x85, 'a' }, { 0x87, 0x87, 'c' }, { 0x88, 0x8B, 'e' }, { 0x8C, 0x8F, 'i' },
		{ 0x91, 0x91, 'n' }, { 0x92, 0x96, 'o' }, { 0x99, 0x9C, 'u' },
	};
	unsigned char capital = second & 0xDF;
	for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
		if (capital >= letters[i].first && capital <= letters[i].last)
			return letters[i].letter;
	return 0;
}

static bool is_plain(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

enum sign { KEPT, DROPPED, BLANK };

/* Letters with accents, the blank that does not break, the apostrophes of print; other characters stay as they are. */
static enum sign beyond_ascii(const unsigned char *u, size_t n, char *to, size_t *bytes)
{
	unsigned char second = n > 1 ? u[1] : 0, third = n > 2 ? u[2] : 0;
	if (u[0] == 0xC3 && bare(second)) {
		*bytes = 2;
		*to = bare(second);
	} else if (u[0] == 0xC2 && second == 0xA0) {
		*bytes = 2;
		return BLANK;
	} else if (u[0] == 0xE2 && second == 0x80 && (third == 0x98 || third == 0x99)) {
		*bytes = 3;
		return DROPPED;
	}
	return KEPT;
}

/* What the character at `p` becomes: `*to`, nothing, or the space between two words. `*bytes` is its length. */
static enum sign sign_of(const char *p, size_t n, char *to, size_t *bytes)
{
	*bytes = 1;
	*to = *p >= 'A' && *p <= 'Z' ? (char)(*p + ('a' - 'A')) : *p;
	if (is_plain(*to))
		return KEPT;
	if ((unsigned char)*p >= 0x80)
		return beyond_ascii((const unsigned char *)p, n, to, bytes);
	return *p == '.' || *p == '\'' ? DROPPED : BLANK;
}

/* Words of small letters, one blank between them. */
static struct qpp_str folded(struct qpp_arena *a, struct qpp_str name)
{
	char *out = qpp_arena_alloc(a, name.n + 1);
	size_t n = 0;
	for (size_t i = 0, bytes; i < name.n; i += bytes) {
		char to;
		enum sign sign = sign_of(name.p + i, name.n - i, &to, &bytes);
		if (sign == KEPT)
			out[n++] = to;
		else if (sign == BLANK && n && out[n - 1] != ' ')
			out[n++] = ' ';
	}
	return (struct qpp_str){ out, n && out[n - 1] == ' ' ? n - 1 : n };
}

/* A last word that only says what kind of place it is. (City is none: beside many a county lies a city of its name.) */
static bool says_what(struct qpp_str word)
{
	static const char *const kinds[] = { "county", "co", "parish", "municipio", "municipality", "borough" };
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (qpp_str_is(word, kinds[i]))
			return true;
	return false;
}

/* Without such words at its end, unless nothing else is left. */
static struct qpp_str without_kind(struct qpp_str name)
{
	for (size_t at = name.n; at > 0; at--) {
		if (name.p[at - 1] != ' ')
			continue;
		if (!says_what((struct qpp_str){ name.p + at, name.n - at }))
			return name;
		name.n = at - 1;
	}
	return name;
}

struct qpp_str qpp_county_key(struct qpp_arena *a, struct qpp_str name)
{
	struct qpp_str rest = without_kind(folded(a, name)), word;
	struct qpp_buf b;
	qpp_buf_init(&b, a, MOST_KEY);
	while (qpp_str_word(&rest, &word)) {
		qpp_buf_cat(&b, b.n ? " " : "", (char *)NULL);
		if (qpp_str_is(word, "saint"))
			word = QPP_LIT("st");
		else if (qpp_str_is(word, "sainte"))
			word = QPP_LIT("ste");
		qpp_buf_str(&b, word);
	}
	return b.full ? QPP_LIT("") : qpp_buf_done(&b);
}

struct qpp_str qpp_county_shown(struct qpp_arena *a, struct qpp_str state, struct qpp_str key)
{
	char *out = qpp_arena_alloc(a, key.n + 1);
	for (size_t i = 0; i < key.n; i++)
		out[i] = i == 0 || key.p[i - 1] == ' ' ? upper(key.p[i]) : key.p[i];
	struct qpp_str name = qpp_shown(a, (struct qpp_str){ out, key.n });
	return qpp_str_cat(a, name.p, state.n ? ", " : "", qpp_str_dup(a, state).p, (char *)NULL);
}
