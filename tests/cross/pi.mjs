// The Promoting Interoperability category, 2022 to 2026.

import { inclusiveDays } from './ia.mjs';
import { Rational, divRound } from './rational.mjs';
import { PI_EXCUSED_STATUSES, PI_EXCUSED_TYPES, POINT, piRules } from './tables.mjs';

// Whole points of a proportion: nearest, halves up, and never 0 once the numerator is 1.
export function proportionPoints(numerator, denominator, maximum) {
  if (denominator === 0n || numerator === 0n) return 0n;
  const points = divRound(numerator * maximum, denominator);
  return points === 0n ? 1n : points;
}

// Answers of one measurement set, by measure number.
class Answers {
  constructor(set) {
    this.values = new Map();
    for (const m of set.measurements ?? []) this.values.set(m.measureId, m.value);
  }

  yes(id) {
    return this.values.get(id) === true;
  }

  anyYes(ids) {
    return ids.some((id) => this.yes(id));
  }

  answered(id) {
    return typeof this.values.get(id) === 'boolean';
  }

  has(id) {
    const v = this.values.get(id);
    return v !== undefined && v !== null;
  }

  numerator(id) {
    return BigInt(this.values.get(id)?.numerator ?? 0);
  }

  denominator(id) {
    return BigInt(this.values.get(id)?.denominator ?? 0);
  }

  counts(id) {
    return this.numerator(id) >= 1n && this.denominator(id) >= 1n;
  }
}

// --- What was met -----------------------------------------------------------------------------

// Each of these is 'met', 'excluded' or null.
function proportionState(a, id, exclusions) {
  if (a.counts(id)) return 'met';
  return a.anyYes(exclusions) ? 'excluded' : null;
}

function yesState(a, id, exclusions) {
  if (a.yes(id)) return 'met';
  return a.anyYes(exclusions) ? 'excluded' : null;
}

function engaged(a, id, rules, readings) {
  if (!rules.engagement || readings.engagement !== 'required') return true;
  return a.yes(`${id}_PRE`) || a.yes(`${id}_PROD`);
}

function registryState(a, id, exclusions, rules, readings) {
  const state = yesState(a, id, exclusions);
  return state === 'met' && !engaged(a, id, rules, readings) ? null : state;
}

function caseReportingState(a, rules, readings) {
  if (!rules.caseReportingSuppressed) {
    return registryState(a, 'PI_PHCDRR_3', rules.caseReportingExclusions, rules, readings);
  }
  // Suppressed: a yes, a no and an exclusion all earn the credit, and nothing moves elsewhere.
  return a.answered('PI_PHCDRR_3') || a.anyYes(rules.caseReportingExclusions) ? 'met' : null;
}

function states(a, rules, readings) {
  const exchanged = a.anyYes(rules.hieAlternatives);
  return {
    erx: proportionState(a, 'PI_EP_1', ['PI_LVPP_1']),
    pdmp: yesState(a, 'PI_EP_2', rules.pdmpExclusions),
    exchanged,
    send: exchanged ? 'met' : proportionState(a, 'PI_HIE_1', ['PI_LVOTC_1']),
    receive: exchanged ? 'met' : proportionState(a, 'PI_HIE_4', ['PI_LVITC_2']),
    access: a.counts('PI_PEA_1') ? 'met' : null,
    immunization: registryState(a, 'PI_PHCDRR_1', rules.immunizationExclusions, rules, readings),
    caseReporting: caseReportingState(a, rules, readings),
  };
}

function attested(a, rules) {
  const safer = rules.saferMustBeYes ? a.yes('PI_PPHI_2') : a.answered('PI_PPHI_2');
  return safer && a.yes('PI_PPHI_1') && a.yes('PI_ONCDIR_1') && a.yes('PI_INFBLO_1');
}

function allRequired(s, rules) {
  return s.erx && (s.pdmp || !rules.pdmpRequired) && s.send && s.receive && s.access
    && s.immunization && s.caseReporting;
}

// --- Maximum points after exclusions ----------------------------------------------------------

function maximums(s, rules) {
  const m = {
    erx: rules.erx,
    pdmp: rules.pdmp,
    send: rules.hieEach,
    receive: rules.hieEach,
    access: rules.access,
    publicHealth: rules.publicHealth,
  };
  if (rules.pdmpRequired && s.pdmp === 'excluded') {
    m.erx += m.pdmp;
    m.pdmp = 0n;
  }
  if (s.erx === 'excluded') {
    m.send += m.erx / 2n;
    m.receive += m.erx / 2n;
    m.erx = 0n;
  }
  if (s.receive === 'excluded') {
    m.send += m.receive;
    m.receive = 0n;
  }
  if (s.send === 'excluded') { // with what it took over from receiving, when both are excluded
    m.access += m.send;
    m.send = 0n;
  }
  if (s.immunization === 'excluded' && s.caseReporting === 'excluded') {
    m.access += m.publicHealth;
    m.publicHealth = 0n;
  }
  return m;
}

function addProportion(a, id, maximum, earned) {
  if (maximum > 0n && a.counts(id)) earned.push([id, proportionPoints(a.numerator(id), a.denominator(id), maximum)]);
}

function earnedPoints(a, s, rules) {
  const m = maximums(s, rules);
  const earned = [];
  addProportion(a, 'PI_EP_1', m.erx, earned);
  if (s.pdmp === 'met') earned.push(['PI_EP_2', m.pdmp]);
  if (s.exchanged) {
    earned.push([rules.hieAlternatives.find((id) => a.yes(id)), m.send + m.receive]);
  } else {
    addProportion(a, 'PI_HIE_1', m.send, earned);
    addProportion(a, 'PI_HIE_4', m.receive, earned);
  }
  addProportion(a, 'PI_PEA_1', m.access, earned);
  if (m.publicHealth > 0n) {
    const id = s.immunization === 'met' ? 'PI_PHCDRR_1' : 'PI_PHCDRR_3';
    earned.push([id, m.publicHealth]);
  }
  const bonus = rules.publicHealthBonusIds.find((id) => a.yes(id));
  if (bonus !== undefined) earned.push([bonus, rules.publicHealthBonus]);
  return earned;
}

// Whole points 0..100 and the points of each measure of one measurement set.
export function scorePiSet(year, set, readings) {
  const rules = piRules(year);
  const none = { points: 0n, earned: [] };
  if (!set.cehrtId || inclusiveDays(set) < rules.days) return none;
  const a = new Answers(set);
  if (!attested(a, rules)) return none;
  const s = states(a, rules, readings);
  if (!allRequired(s, rules)) return none;
  const earned = earnedPoints(a, s, rules);
  let points = 0n;
  for (const [, p] of earned) points += p;
  return { points: points > 100n ? 100n : points, earned };
}

export function scorePi(year, sets, readings, out) {
  let best = null;
  let from = null;
  for (const set of sets) {
    const r = scorePiSet(year, set, readings);
    if (best === null || r.points > best.points) [best, from] = [r, set];
  }
  if (best === null) return new Rational(0n);
  for (const [id, p] of best.earned) out.set(`pi/${id}/${from.submissionMethod}`, p * POINT);
  return new Rational(best.points);
}

// --- What counts as a submission --------------------------------------------------------------

// From 2024 only a set with dates, a CEHRT number, the attestations answered, and for every required
// measure data or a claimed exclusion; before, any set.
function isQualifying(year, set) {
  if (!set.cehrtId || inclusiveDays(set) < 1) return false;
  const rules = piRules(year);
  const a = new Answers(set);
  const attestations = ['PI_PPHI_1', 'PI_PPHI_2', 'PI_ONCDIR_1', 'PI_INFBLO_1'];
  const told = (id, exclusions) => a.has(id) || a.anyYes(exclusions);
  return attestations.every((id) => a.answered(id))
    && told('PI_EP_1', ['PI_LVPP_1'])
    && told('PI_EP_2', rules.pdmpExclusions)
    && (a.anyYes(rules.hieAlternatives)
      || (told('PI_HIE_1', ['PI_LVOTC_1']) && told('PI_HIE_4', ['PI_LVITC_2'])))
    && a.has('PI_PEA_1')
    && told('PI_PHCDRR_1', rules.immunizationExclusions)
    && told('PI_PHCDRR_3', rules.caseReportingExclusions);
}

export function hasPiData(year, sets) {
  return year < 2024 ? sets.length > 0 : sets.some((s) => isQualifying(year, s));
}

// --- Automatic reweighting --------------------------------------------------------------------

export function isPiExcused(year, facts, participation) {
  if (facts.smallPractice === true) return true;
  if (participation === 'apmEntity') return false;
  if (PI_EXCUSED_STATUSES.some((s) => (facts.specialStatuses ?? []).includes(s))) return true;
  const types = facts.clinicianTypes ?? [];
  return types.length > 0 && types.every((t) => {
    const span = PI_EXCUSED_TYPES[t];
    return span !== undefined && year >= span[0] && year <= span[1];
  });
}
