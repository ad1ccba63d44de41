// The percent of the quality category and its improvement.

import { HUNDRED, Rational, TEN, ZERO } from './rational.mjs';
import { present } from './rates.mjs';
import { POINT } from './tables.mjs';

// current: achievement percent; prior: facts.prior
export function improvement(current, prior, readings) {
  if (!prior || prior.sameIdentifier !== true || prior.facilityBased === true) return ZERO;
  if (!present(prior.qualityAchievementPercent)) return ZERO;
  const thirty = new Rational(30n);
  let before = Rational.parse(prior.qualityAchievementPercent);
  const watched = readings.priorFloor === 'score' && present(prior.qualityScorePercent)
    ? Rational.parse(prior.qualityScorePercent) : before;
  if (watched.cmp(thirty) <= 0 || before.n <= 0n) before = thirty;
  return current.sub(before).div(before).mul(TEN).clamp(ZERO, TEN);
}

// units and bonusUnits: 10^-4 points; available: whole points
export function categoryPercent(units, available, bonusUnits, improved) {
  return Rational.min(HUNDRED, new Rational(100n * (units + bonusUnits), POINT * available).add(improved));
}
