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

export function activityPoints(year, weight, special) {
  if (year >= 2025) return special ? 40n : 20n;
  const base = weight === 'high' ? 20n : 10n;
  return special ? 2n * base : base;
}

// Participants in an APM have at least half: after attesting an activity, or after submitting both
// quality and Promoting Interoperability; not under extreme and uncontrollable circumstances.
function hasApmCredit(facts, attested, qualityAndPi) {
  if (facts.apmParticipant !== true || !(attested || qualityAndPi)) return false;
  return !(facts.reweight ?? []).some((r) => r.reason === 'euc' || r.reason === 'automaticEuc');
}

export function scoreIa(data, sets, facts, readings, qualityAndPi, out) {
  const special = isSpecial(facts);
  const seen = new Set();
  let sum = 0n;
  for (const set of sets) {
    if (readings.iaPeriod === 'checked' && inclusiveDays(set) < MINIMUM_DAYS) continue;
    for (const item of set.measurements ?? []) {
      if (item.value !== true || seen.has(item.measureId)) continue;
      const meta = data.measures.get(item.measureId);
      if (meta === undefined || meta.category !== 'ia') continue;
      seen.add(item.measureId);
      const points = item.measureId === 'IA_PCMH' ? FULL : activityPoints(data.year, meta.weight, special);
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
