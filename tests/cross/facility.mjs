// Facility-based scoring: quality and cost as the facility's place among the hospitals gives them.

import { finalScore } from './final.mjs';
import { Rational } from './rational.mjs';
import { present } from './rates.mjs';

const FIRST_YEAR = 2023;
const LEVELS = new Set(['individual', 'group', 'virtualGroup']);

// The row with the greatest percentile that is not above the facility's, or null.
export function facilityRow(facility) {
  const at = Rational.parse(facility.percentile);
  let best = null;
  let reached = null;
  for (const row of facility.table ?? []) {
    const percentile = Rational.parse(row.percentile);
    if (percentile.cmp(at) > 0) continue;
    if (reached === null || percentile.cmp(reached) > 0) [best, reached] = [row, percentile];
  }
  return best;
}

// The final score with the facility's percents, or null where it is not open.
export function facilityScore(year, facts, practice, percents) {
  const { kind, level, submitted } = practice;
  if (year < FIRST_YEAR || kind === 'app' || !LEVELS.has(level)) return null;
  if (!(facts.specialStatuses ?? []).includes('facilityBased') || !present(facts.facility)) return null;
  if (level !== 'individual' && !submitted.ia && !submitted.pi) return null;
  const row = facilityRow(facts.facility);
  if (row === null) return null;
  const own = { ...percents, quality: Rational.parse(row.qualityPercent), cost: Rational.parse(row.costPercent) };
  return finalScore(year, facts, practice, own, 'scored');
}
