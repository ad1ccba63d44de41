// The improvement activities category.

import { HUNDRED, Rational } from './rational.mjs';
import { IA_SPECIAL_STATUSES, POINT } from './tables.mjs';

const FULL = 40n;
const MINIMUM_DAYS = 90;

// Days from start to end, both counted; 0 when a date is missing or cannot be read.
export function inclusiveDays(set) {
  const start = Date.parse(`${set.performanceStart}T00:00:00Z`);
  const end = Date.parse(`${set.performanceEnd}T00:00:00Z`);
  return Number.isNaN(start) || Number.isNaN(end) ? 0 : (end - start) / 86400000 + 1;
}

export function isSpecial(facts) {
  return facts.smallPractice === true
    || IA_SPECIAL_STATUSES.some((s) => (facts.specialStatuses ?? []).includes(s));
}

// Points of an activity of an MVP: nothing is doubled there.
export function mvpActivityPoints(year, weight) {
  return year >= 2025 || weight === 'high' ? 40n : 20n;
}

export function activityPoints(year, weight, special) {
  if (year >= 2025) return special ? 40n : 20n;
  const base = weight === 'high' ? 20n : 10n;
  return special ? 2n * base : base;
}

function pointsOf(year, program, meta, special) {
  if (meta.id === 'IA_PCMH') return FULL;
  return program.kind === 'mvp' ? mvpActivityPoints(year, meta.weight) : activityPoints(year, meta.weight, special);
}

// Participants in an APM have at least half: after attesting an activity, or after submitting both
// quality and Promoting Interoperability; not under extreme and uncontrollable circumstances.
function hasApmCredit(facts, attested, qualityAndPi) {
  if (facts.apmParticipant !== true || !(attested || qualityAndPi)) return false;
  return !(facts.reweight ?? []).some((r) => r.reason === 'euc' || r.reason === 'automaticEuc');
}

export function scoreIa(data, program, sets, facts, readings, qualityAndPi, out) {
  if (program.kind === 'app') return HUNDRED;
  const special = isSpecial(facts);
  const seen = new Set();
  let sum = 0n;
  for (const set of sets) {
    if (readings.iaPeriod === 'checked' && inclusiveDays(set) < MINIMUM_DAYS) continue;
    for (const item of set.measurements ?? []) {
      if (item.value !== true || seen.has(item.measureId)) continue;
      const meta = data.measures.get(item.measureId);
      if (meta === undefined || meta.category !== 'ia') continue;
      if (program.kind === 'mvp' && !program.mvp.ia.has(item.measureId)) continue;
      seen.add(item.measureId);
      const points = pointsOf(data.year, program, meta, special);
      out.set(`ia/${item.measureId}/${set.submissionMethod}`, points * POINT);
      sum += points;
    }
  }
  if (hasApmCredit(facts, seen.size > 0, qualityAndPi) && sum < FULL / 2n) sum = FULL / 2n;
  return Rational.min(HUNDRED, new Rational(100n * sum, FULL));
}

// What counts as a submission: any set; from 2024 at least one yes.
export function hasIaData(year, sets) {
  if (year < 2024) return sets.length > 0;
  return sets.some((s) => (s.measurements ?? []).some((m) => m.value === true));
}
