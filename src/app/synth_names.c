/* Words of the synthetic state: names nobody bears on purpose, real counties, the specialties and their measures. */
#include "app/synth_int.h"

#define WORDS(a) (sizeof (a) / sizeof *(a))

static const char *const firsts[] = {
	"Ada", "Amara", "Anton", "Bea", "Bruno", "Carla", "Cyrus", "Dana", "Dev", "Edith", "Elio", "Esme", "Fay", "Felix",
	"Gia", "Hana", "Hugo", "Ida", "Igor", "Ines", "Jonas", "June", "Kai", "Kira", "Lars", "Leila", "Lou", "Mara", "Milo",
	"Nadia", "Noor", "Olga", "Omar", "Petra", "Quinn", "Rafa", "Rhea", "Sami", "Selma", "Tariq", "Tessa", "Uma", "Vera",
	"Wanda", "Xenia", "Yara", "Yuri", "Zelda"
};
static const char *const lasts[] = {
	"Ackerbaum", "Applegrove", "Ashcombe", "Bellwater", "Birchdale", "Bramhill", "Castellane", "Cedarquist", "Corvino",
	"Dahlgreen", "Delmarsh", "Eastbrook", "Elderfield", "Fairweather", "Fennimore", "Garroway", "Glenholm", "Greystone",
	"Hartfield", "Hawthorne", "Hollowell", "Inglenook", "Jessamine", "Kestrelle", "Kingsmere", "Larkspur", "Lindqvist",
	"Lockridge", "Marchetti", "Maplewood", "Merriweather", "Northgate", "Oakhurst", "Okonedo", "Pemberly", "Quillfeather",
	"Ravenscroft", "Redgrave", "Rosenquist", "Sandoval", "Silverton", "Stonebridge", "Tamarind", "Thistlewood",
	"Underhill", "Valderrama", "Westerfield", "Whitlock", "Wintergreen", "Yarborough"
};
static const char *const places[] = {
	"Alder Creek", "Bay Street", "Blue Heron", "Canyon", "Cedar Hill", "Clearwater", "Cypress", "Eagle Point", "Elm Park",
	"Foxglove", "Granite Falls", "Harbor", "High Meadow", "Juniper", "Lakeside", "Magnolia", "Mill River", "Old Orchard",
	"Pine Ridge", "Prairie", "Quarry Road", "Red Barn", "Riverbend", "Sagebrush", "Summit", "Sunrise", "Three Oaks",
	"Union Square", "Valley View", "Willow Bend"
};
static const char *const streets[] = { "Main Street", "Oak Avenue", "Second Street", "Park Road", "Church Street",
	                                   "Hospital Drive", "Market Street", "Lake Avenue", "Mill Road", "Station Way" };
static const char *const registries[QPP_SYNTH_REGISTRIES] = {
	"Beacon Clinical Registry", "Clearpath Reporting", "Compass Outcomes QCDR", "Evergreen Registry", "First Light Data",
	"Harborview QCDR", "Keystone Submissions", "Meridian Measures", "Northstar Registry", "Open Ledger Health",
	"Prairie Quality Network", "Summit Specialty QCDR"
};

struct qpp_str qpp_synth_first_name(struct qpp_chance *c)
{
	return qpp_str_of(firsts[qpp_chance_below(c, WORDS(firsts))]);
}

struct qpp_str qpp_synth_last_name(struct qpp_chance *c)
{
	return qpp_str_of(lasts[qpp_chance_below(c, WORDS(lasts))]);
}

struct qpp_str qpp_synth_practice_name(struct qpp_arena *a, struct qpp_chance *c, const struct qpp_specialty *specialty,
                                       bool one, struct qpp_str last)
{
	static const char *const kinds[] = { "Group", "Associates", "Partners", "Clinic", "Center" };
	const char *kind = kinds[qpp_chance_below(c, WORDS(kinds))], *place = places[qpp_chance_below(c, WORDS(places))];
	if (one)
		return qpp_str_cat(a, qpp_str_dup(a, last).p, " ", specialty->name, (char *)NULL);
	return qpp_str_cat(a, place, " ", specialty->name, " ", kind, (char *)NULL);
}

struct qpp_str qpp_synth_street(struct qpp_arena *a, struct qpp_chance *c)
{
	struct qpp_str number = qpp_i64_text(a, qpp_chance_between(c, 1, 990));
	return qpp_str_cat(a, number.p, " ", streets[qpp_chance_below(c, WORDS(streets))], (char *)NULL);
}

struct qpp_str qpp_synth_numbered(struct qpp_arena *a, const char *before, uint64_t number, int digits)
{
	struct qpp_buf b;
	enum { MOST = 60 };
	int64_t scale = 1;
	qpp_buf_init(&b, a, MOST);
	qpp_buf_cat(&b, before, (char *)NULL);
	for (int i = 1; i < digits; i++)
		scale *= 10;
	for (; scale > 1 && number < (uint64_t)scale; scale /= 10)
		qpp_buf_char(&b, '0');
	qpp_buf_i64(&b, (int64_t)number);
	return qpp_buf_done(&b);
}

/* 9, eight digits and the check digit: ISO 7812 over 80840 and the number. */
struct qpp_str qpp_synth_npi(struct qpp_arena *a, uint64_t number)
{
	enum { PREFIX_SUM = 24, DIGITS = 9 };
	struct qpp_str nine = qpp_synth_numbered(a, "9", number, DIGITS - 1);
	int sum = PREFIX_SUM;
	for (size_t i = 0; i < DIGITS; i++) {
		int digit = nine.p[i] - '0';
		sum += i % 2 ? digit : digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
	}
	return qpp_str_cat(a, nine.p, qpp_i64_text(a, (10 - sum % 10) % 10).p, (char *)NULL);
}

struct qpp_str qpp_synth_registry_id(int registry)
{
	static const char *const ids[QPP_SYNTH_REGISTRIES] = { "R01", "R02", "R03", "R04", "R05", "R06",
		                                                   "R07", "R08", "R09", "R10", "R11", "R12" };
	return qpp_str_of(ids[registry]);
}

struct qpp_str qpp_synth_registry_name(int registry)
{
	return qpp_str_of(registries[registry]);
}

/* Shares are of the clinicians of the specialty; weights are in no unit. */
const struct qpp_specialty qpp_synth_specialties[] = {
#define PERSON QPP_PHYSICIAN, QPP_NURSE_PRACTITIONER, 220
	{ "familyMedicine", "Family Medicine", 18, PERSON, true, false, { "COST_D_1", "COST_ACOPD_1" }, 20, 0, 10, 0, NULL },
	{ "internalMedicine", "Internal Medicine", 14, PERSON, true, true, { "COST_D_1", "COST_SPH_1" }, 60, 0, 40, 0, NULL },
	{ "cardiology", "Heart Care", 6, PERSON, true, true, { "COST_EOPCI_1", "COST_STEMI_1" }, 150, 0, 100, 0, NULL },
	{ "orthopedicSurgery", "Orthopedics", 6, QPP_PHYSICIAN, QPP_PHYSICIAN_ASSISTANT, 300, false, true,
	  { "COST_KA_1", "COST_PHA_1" }, 50, 60, 40, 0, "AJRR" },
	{ "obstetricsGynecology", "Women's Health", 4, QPP_PHYSICIAN, QPP_NURSE_MIDWIFE, 150, false, false, { NULL, NULL }, 30, 0, 0, 0, NULL },
	{ "dermatology", "Dermatology", 4, QPP_PHYSICIAN, QPP_PHYSICIAN_ASSISTANT, 250, false, false, { "COST_MR_1", NULL }, 0, 20, 0, 0, "AAD" },
	{ "endocrinology", "Endocrinology", 2, PERSON, true, false, { "COST_D_1", NULL }, 20, 0, 0, 0, NULL },
	{ "emergencyMedicine", "Emergency Physicians", 5, QPP_PHYSICIAN, QPP_PHYSICIAN_ASSISTANT, 250, false, true, { NULL, NULL }, 900, 0, 800, 0, "ECPR" },
	{ "nephrology", "Kidney Care", 3, PERSON, true, false, { "COST_AKID_1", "COST_HAC_1" }, 150, 0, 80, 0, NULL },
	{ "neurology", "Neurology", 3, PERSON, false, true, { "COST_IHCI_1", NULL }, 80, 0, 40, 0, "AAN" },
	{ "oncology", "Cancer Care", 3, PERSON, true, false, { "COST_LPMSM_1", NULL }, 60, 0, 0, 0, NULL },
	{ "ophthalmology", "Eye Care", 5, QPP_PHYSICIAN, QPP_PHYSICIAN, 0, false, false, { "COST_IOL_1", NULL }, 0, 300, 0, 0, "IRIS" },
	{ "otolaryngology", "Ear, Nose and Throat", 2, QPP_PHYSICIAN, QPP_AUDIOLOGIST, 200, false, false, { NULL, NULL }, 20, 50, 0, 0, NULL },
	{ "physicalTherapyOccupationalTherapy", "Therapy", 4, QPP_PHYSICAL_THERAPIST, QPP_OCCUPATIONAL_THERAPIST, 300, false, false, { NULL, NULL }, 0, 0, 0, 0, NULL },
	{ "pulmonology", "Lung Care", 2, PERSON, true, true, { "COST_COPDE_1", "COST_ACOPD_1" }, 200, 0, 150, 0, NULL },
	{ "rheumatology", "Rheumatology", 2, PERSON, true, false, { NULL, NULL }, 0, 0, 0, 0, "UREQA" },
	{ "urology", "Urology", 3, QPP_PHYSICIAN, QPP_PHYSICIAN_ASSISTANT, 200, false, false, { "COST_RUSST_1", NULL }, 30, 80, 0, 0, NULL },
	{ "vascularSurgery", "Vascular Surgery", 1, QPP_PHYSICIAN, QPP_PHYSICIAN_ASSISTANT, 200, false, true, { "COST_CCLI_1", "COST_HAC_1" }, 150, 100, 100, 0, NULL },
	{ "generalSurgery", "Surgery", 4, QPP_PHYSICIAN, QPP_PHYSICIAN_ASSISTANT, 200, false, true, { "COST_FIHR_1", "COST_CRR_1" }, 250, 100, 200, 0, NULL },
	{ "gastroenterology", "Digestive Health", 4, QPP_PHYSICIAN, QPP_PHYSICIAN_ASSISTANT, 200, false, false, { "COST_SSC_1", "COST_LGH_1" }, 40, 250, 0, 0, "GIQIC" },
	{ "mentalBehavioralHealth", "Behavioral Health", 4, QPP_CLINICAL_PSYCHOLOGIST, QPP_CLINICAL_SOCIAL_WORKER, 400, false, false, { NULL, NULL }, 0, 0, 0, 0, "MBHR" },
	{ "allergyImmunology", "Allergy and Asthma", 2, PERSON, false, false, { "COST_ACOPD_1", NULL }, 0, 0, 0, 0, NULL },
	{ "anesthesiology", "Anesthesia", 4, QPP_PHYSICIAN, QPP_CRNA, 500, false, false, { NULL, NULL }, 500, 350, 100, 950, "AQI" },
	{ "diagnosticRadiology", "Imaging", 4, QPP_PHYSICIAN, QPP_PHYSICIAN, 0, false, false, { NULL, NULL }, 200, 0, 0, 950, "QMM" },
	{ "hospitalists", "Hospital Medicine", 3, PERSON, false, true, { "COST_SPH_1", "COST_S_1" }, 950, 0, 920, 0, "HCPR" },
	{ "infectiousDisease", "Infectious Disease", 1, QPP_PHYSICIAN, QPP_CLINICAL_NURSE_SPECIALIST, 100, false, true, { "COST_S_1", NULL }, 700, 0, 500, 0, NULL },
	{ "nutritionDietician", "Nutrition", 1, QPP_DIETITIAN, QPP_DIETITIAN, 0, false, false, { NULL, NULL }, 0, 0, 0, 0, NULL },
	{ "speechLanguagePathology", "Speech and Hearing", 1, QPP_SPEECH_LANGUAGE_PATHOLOGIST, QPP_AUDIOLOGIST, 400, false, false, { NULL, NULL }, 0, 0, 0, 0, NULL },
	{ "pathology", "Pathology", 2, QPP_PHYSICIAN, QPP_PHYSICIAN, 0, false, false, { NULL, NULL }, 300, 0, 0, 980, "CAP" },
#undef PERSON
	{ NULL, NULL, 0, QPP_PHYSICIAN, QPP_PHYSICIAN, 0, false, false, { NULL, NULL }, 0, 0, 0, 0, NULL },
};

/* Counties as they are called, with a town in them; which are under the automatic policy is asked of the catalog. */
const struct qpp_synth_spot qpp_synth_spots[] = {
	{ "AL", "Jefferson", "Birmingham", "35203", false },   { "AR", "Izard", "Melbourne", "72556", true },
	{ "AZ", "Maricopa", "Phoenix", "85004", false },       { "CA", "Los Angeles", "Los Angeles", "90012", false },
	{ "CA", "San Diego", "San Diego", "92101", false },    { "CA", "Modoc", "Alturas", "96101", true },
	{ "CO", "Denver", "Denver", "80202", false },          { "CO", "Gunnison", "Gunnison", "81230", true },
	{ "CT", "Hartford", "Hartford", "06103", false },      { "FL", "Lee", "Fort Myers", "33901", false },
	{ "FL", "Hillsborough", "Tampa", "33602", false },     { "FL", "Suwannee", "Live Oak", "32060", true },
	{ "FL", "Taylor", "Perry", "32347", true },            { "FL", "Miami-Dade", "Miami", "33125", false },
	{ "GA", "Fulton", "Atlanta", "30303", false },         { "GA", "Lowndes", "Valdosta", "31601", false },
	{ "GA", "Clinch", "Homerville", "31634", true },       { "IA", "Polk", "Des Moines", "50309", false },
	{ "IA", "Adair", "Greenfield", "50849", true },        { "ID", "Ada", "Boise", "83702", false },
	{ "IL", "Cook", "Chicago", "60602", false },           { "IN", "Marion", "Indianapolis", "46204", false },
	{ "KS", "Greeley", "Tribune", "67879", true },         { "KY", "Fayette", "Lexington", "40507", false },
	{ "KY", "Perry", "Hazard", "41701", true },            { "LA", "Orleans", "New Orleans", "70112", false },
	{ "MA", "Suffolk", "Boston", "02108", false },         { "MD", "Baltimore", "Towson", "21204", false },
	{ "ME", "Aroostook", "Caribou", "04736", true },       { "MI", "Wayne", "Detroit", "48226", false },
	{ "MN", "Hennepin", "Minneapolis", "55401", false },   { "MO", "St. Louis", "Clayton", "63105", false },
	{ "MS", "Noxubee", "Macon", "39341", true },           { "MT", "Garfield", "Jordan", "59337", true },
	{ "NC", "Buncombe", "Asheville", "28801", false },     { "NC", "Mecklenburg", "Charlotte", "28202", false },
	{ "NE", "Cherry", "Valentine", "69201", true },        { "NJ", "Essex", "Newark", "07102", false },
	{ "NM", "Bernalillo", "Albuquerque", "87102", false }, { "NV", "Clark", "Las Vegas", "89101", false },
	{ "NY", "Kings", "Brooklyn", "11201", false },         { "NY", "Erie", "Buffalo", "14202", false },
	{ "OH", "Franklin", "Columbus", "43215", false },      { "OK", "Cimarron", "Boise City", "73933", true },
	{ "OR", "Multnomah", "Portland", "97204", false },     { "PA", "Allegheny", "Pittsburgh", "15219", false },
	{ "SC", "Charleston", "Charleston", "29401", false },  { "SD", "Harding", "Buffalo", "57720", true },
	{ "TN", "Davidson", "Nashville", "37201", false },     { "TX", "Harris", "Houston", "77002", false },
	{ "TX", "Travis", "Austin", "78701", false },          { "TX", "Presidio", "Marfa", "79843", true },
	{ "UT", "Salt Lake", "Salt Lake City", "84101", false }, { "VA", "Fairfax", "Fairfax", "22030", false },
	{ "WA", "King", "Seattle", "98101", false },           { "WI", "Dane", "Madison", "53703", false },
	{ "WV", "Pocahontas", "Marlinton", "24954", true },    { "WY", "Teton", "Jackson", "83001", true },
	{ NULL, NULL, NULL, NULL, false },
};
