// Year tables, typed in from the specification for this scorer alone. Weights stand in the order
// quality, cost, improvement activities, Promoting Interoperability.

import { Rational } from './rational.mjs';

export const CATEGORIES = ['quality', 'cost', 'ia', 'pi'];
export const FIRST_YEAR = 2022;
export const LAST_YEAR = 2026;

// Readings the specification leaves open. The first value is the one used unless the caller says otherwise.
export const READINGS = {
  zeroRate: ['floor', 'zero'], // a direct measure at 0 percent (inverse: 100 percent) with a benchmark
  noRate: ['zero', 'class2'], // nobody met or not met: 0 points, or as a measure without benchmark
  priorFloor: ['score', 'achievement'], // which prior percent the 30 percent floor of improvement looks at
  engagement: ['required', 'ignored'], // level of active engagement beside an answered public-health measure
  iaPeriod: ['checked', 'ignored'], // 90 days for improvement activities
  newMeasureClaims: ['ignored', 'applied'], // 7 and 5 points for new administrative-claims measures
  suppressedOutcome: ['satisfies', 'ignored'], // a suppressed outcome measure answers the outcome demand
};

export function defaultReadings() {
  return Object.fromEntries(Object.entries(READINGS).map(([k, v]) => [k, v[0]]));
}

// Key: the missing categories in the order of CATEGORIES, joined by "+".
const WEIGHTS = {
  2017: {
    '': '60/0/15/25', cost: '60/0/15/25', pi: '85/0/15/0', quality: '0/0/50/50', ia: '75/0/0/25',
    'cost+pi': '85/0/15/0', 'quality+cost': '0/0/50/50', 'cost+ia': '75/0/0/25',
  },
  2018: {
    '': '50/10/15/25', cost: '60/0/15/25', pi: '75/10/15/0', quality: '0/10/45/45', ia: '65/10/0/25',
    'cost+pi': '85/0/15/0', 'quality+cost': '0/0/50/50', 'cost+ia': '75/0/0/25',
    'quality+pi': '0/10/90/0', 'ia+pi': '90/10/0/0', 'quality+ia': '0/10/0/90',
  },
  2019: {
    '': '45/15/15/25', cost: '60/0/15/25', pi: '70/15/15/0', quality: '0/15/40/45', ia: '60/15/0/25',
    'cost+pi': '85/0/15/0', 'quality+cost': '0/0/50/50', 'cost+ia': '75/0/0/25',
    'quality+pi': '0/15/85/0', 'ia+pi': '85/15/0/0', 'quality+ia': '0/15/0/85',
  },
  2020: {
    '': '45/15/15/25', cost: '55/0/15/30', pi: '70/15/15/0', quality: '0/15/15/70', ia: '60/15/0/25',
    'cost+pi': '85/0/15/0', 'quality+cost': '0/0/15/85', 'cost+ia': '70/0/0/30',
    'quality+pi': '0/50/50/0', 'ia+pi': '85/15/0/0', 'quality+ia': '0/15/0/85',
  },
  2021: {
    '': '40/20/15/25', cost: '55/0/15/30', pi: '65/20/15/0', quality: '0/20/15/65', ia: '55/20/0/25',
    'cost+pi': '85/0/15/0', 'quality+cost': '0/0/15/85', 'cost+ia': '70/0/0/30',
    'quality+pi': '0/50/50/0', 'ia+pi': '80/20/0/0', 'quality+ia': '0/20/0/80',
  },
  2022: {
    '': '30/30/15/25', cost: '55/0/15/30', pi: '55/30/15/0', quality: '0/30/15/55', ia: '45/30/0/25',
    'cost+pi': '85/0/15/0', 'quality+cost': '0/0/15/85', 'cost+ia': '70/0/0/30',
    'quality+pi': '0/50/50/0', 'ia+pi': '70/30/0/0', 'quality+ia': '0/30/0/70',
  },
};
// The rows of the APP: its activities and its cost never change their weight.
const APP_WEIGHTS = { cost: '50/0/20/30', 'quality+cost': '0/0/25/75', 'cost+pi': '75/0/25/0' };
const SMALL_FROM_2022 = { pi: '40/30/30/0', 'cost+pi': '50/0/50/0' };

// The four weights as whole percents, or null where the table has no row (three or four missing).
export function weightsOf(year, small, missing, kind = 'mips') {
  const key = CATEGORIES.filter((c) => missing.has(c)).join('+');
  const row = kind === 'app' ? APP_WEIGHTS[key] : (small && year >= 2022 && SMALL_FROM_2022[key]) || WEIGHTS[Math.min(year, 2022)][key];
  return row === undefined ? null : row.split('/').map(Number);
}

// Payment: threshold, additional threshold, applicable percent, fitted scaling of the positive and
// of the additional factor. No scaling has been published or fitted for 2025 and later.
const PAYMENT = {
  2017: { threshold: 3, additional: 70, percent: 4, scaling: '.0713', additionalScaling: '.1591' },
  2018: { threshold: 15, additional: 70, percent: 5, scaling: '.0625', additionalScaling: '.13675' },
  2019: { threshold: 30, additional: 75, percent: 7, scaling: '.0050', additionalScaling: '.1755' },
  2020: { threshold: 45, additional: 85, percent: 9, scaling: '.0040', additionalScaling: '.1834' },
  2021: { threshold: 60, additional: 85, percent: 9, scaling: '.0133', additionalScaling: '.2220' },
  2022: { threshold: 75, additional: 89, percent: 9, scaling: '.2478', additionalScaling: '.6030' },
  2023: { threshold: 75, percent: 9, scaling: '.2393' },
  2024: { threshold: 75, percent: 9, scaling: '.11667' },
  2025: { threshold: 75, percent: 9 },
  2026: { threshold: 75, percent: 9 },
};

const exact = (x) => (x === undefined ? null : Rational.parse(x));

export const payment = Object.fromEntries(Object.entries(PAYMENT).map(([year, p]) => [year, {
  threshold: exact(p.threshold),
  additional: exact(p.additional),
  percent: exact(p.percent),
  scaling: exact(p.scaling),
  additionalScaling: exact(p.additionalScaling),
}]));

// Quality. Points are counted in units of 10^-4 point.
export const POINT = 10000n;

export function qualityRules(year) {
  const from2023 = year >= 2023;
  return {
    completeness: year >= 2024 ? 75n : 70n,
    caseMinimum: 20n,
    required: 6,
    floor: (from2023 ? 1n : 3n) * POINT,
    unbenchmarked: (from2023 ? 0n : 3n) * POINT,
    unbenchmarkedSmall: 3n * POINT,
    incomplete: 0n,
    incompleteSmall: 3n * POINT,
    newFirst: 7n * POINT,
    newSecond: 5n * POINT,
    cap: 7n * POINT,
    smallBonus: 6n * POINT,
  };
}

export const CLAIMS_QUALITY_CASES = { 479: 200n, 480: 25n, 484: 18n, 492: 21n };

// Cost: episode measures not named here are of a kind with a minimum of 20 (acute inpatient,
// chronic condition, care setting, and colon and rectal resection).
const COST_CASES = { TPCC_1: 20n, MSPB_1: 35n };
const PROCEDURAL = ['AKID', 'CCLI', 'EOPCI', 'FIHR', 'HAC', 'IOL', 'KA', 'LPMSM', 'LSFDD', 'MR', 'NECABG',
  'PHA', 'RUSST', 'SSC'];
for (const name of PROCEDURAL) COST_CASES[`COST_${name}_1`] = 10n;

export function costCaseMinimum(measureId) {
  return COST_CASES[measureId] ?? 20n;
}

// Promoting Interoperability.
const HARD_YEAR = 2023; // prescription monitoring is required and public health weighs 25 from here on

export function piRules(year) {
  const later = year >= HARD_YEAR;
  return {
    days: year >= 2024 ? 180 : 90,
    saferMustBeYes: year >= 2024,
    erx: 10n,
    pdmpRequired: later,
    pdmp: 10n,
    hieEach: later ? 15n : 20n,
    hieAlternatives: later ? ['PI_HIE_5', 'PI_HIE_6'] : ['PI_HIE_5'],
    access: later ? 25n : 40n,
    publicHealth: later ? 25n : 10n,
    publicHealthBonus: 5n,
    publicHealthBonusIds: ['PI_PHCDRR_2', 'PI_PHCDRR_4', 'PI_PHCDRR_5', ...(year >= 2026 ? ['PI_PHCDRR_6'] : [])],
    engagement: later,
    caseReportingSuppressed: year === 2025,
    pdmpExclusions: ['PI_EP_2_EX_1', 'PI_EP_2_EX_2', ...(year === 2023 ? ['PI_EP_2_EX_3'] : [])],
    immunizationExclusions: ['PI_PHCDRR_1_EX_1', 'PI_PHCDRR_1_EX_2', 'PI_PHCDRR_1_EX_3'],
    caseReportingExclusions: ['PI_PHCDRR_3_EX_1', 'PI_PHCDRR_3_EX_2', 'PI_PHCDRR_3_EX_3',
      ...(year === 2022 ? ['PI_PHCDRR_3_EX_4'] : [])],
  };
}

// Clinician types whose Promoting Interoperability weight is 0 without asking: first and last year.
export const PI_EXCUSED_TYPES = {
  nursePractitioner: [2017, 2022],
  physicianAssistant: [2017, 2022],
  clinicalNurseSpecialist: [2017, 2022],
  crna: [2017, 2022],
  physicalTherapist: [2019, 2023],
  occupationalTherapist: [2019, 2023],
  clinicalPsychologist: [2019, 2023],
  audiologist: [2019, 2023],
  speechLanguagePathologist: [2019, 2023],
  dietitian: [2019, 2023],
  clinicalSocialWorker: [2022, 2024],
};

export const PI_EXCUSED_STATUSES = ['nonPatientFacing', 'hospitalBased', 'ascBased'];
export const IA_SPECIAL_STATUSES = ['rural', 'hpsa', 'nonPatientFacing'];
