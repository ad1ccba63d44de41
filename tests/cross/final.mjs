// Reweighting, the complex patient bonus, the final score and the payment adjustment.

import { HUNDRED, Rational, TEN, ZERO } from './rational.mjs';
import { isPiExcused } from './pi.mjs';
import { CATEGORIES, payment, weightsOf } from './tables.mjs';

const KEPT_WITH_DATA = new Set(['dataIntegrity', 'joinedLate']);

// The categories whose weight is 0. scored and submitted: booleans by category.
export function missingCategories(year, facts, participation, submitted, scored) {
  const missing = new Set();
  for (const c of CATEGORIES) if (scored[c] === false) missing.add(c);
  if (participation === 'apmEntity') missing.add('cost');
  for (const { category, reason } of facts.reweight ?? []) {
    const restored = category !== 'cost' && submitted[category] && !KEPT_WITH_DATA.has(reason);
    if (!restored) missing.add(category);
  }
  if (!submitted.pi && isPiExcused(year, facts, participation)) missing.add('pi');
  return missing;
}

// One gate: either indicator at or above its median. Then both parts count, also a negative one.
export function complexPatientBonus(facts) {
  const c = facts.complexPatient;
  if (!c) return null;
  if (c.medicalAtOrAboveMedian !== true && c.socialAtOrAboveMedian !== true) return ZERO;
  let sum = ZERO;
  for (const z of [c.medicalZ, c.socialZ]) {
    if (z === undefined || z === null) continue;
    sum = sum.add(new Rational(15n, 10n)).add(new Rational(4n).mul(Rational.parse(z)));
  }
  return sum.clamp(ZERO, TEN);
}

// percents and weights in the order of CATEGORIES; weights are whole percents.
export function weightedScore(percents, weights, bonus = ZERO) {
  let sum = bonus;
  for (let i = 0; i < 4; i++) {
    if (weights[i] > 0) {
      sum = sum.add(new Rational(percents[i].n * BigInt(weights[i]), percents[i].d * 100n));
    }
  }
  return Rational.min(HUNDRED, sum);
}

// What the positive and additional lines give before scaling.
function positiveLine(p, score) {
  return p.percent.mul(score.sub(p.threshold)).div(HUNDRED.sub(p.threshold));
}

function additionalLine(p, score) {
  const share = score.sub(p.additional).div(HUNDRED.sub(p.additional));
  return new Rational(1n, 2n).add(new Rational(19n, 2n).mul(share));
}

// score: exact. Comparisons look at the 2-decimal score, the lines at the exact one.
export function adjustment(year, score, scaling = payment[year].scaling, additionalScaling = payment[year].additionalScaling) {
  const p = payment[year];
  const shown = score.rounded(2);
  if (new Rational(4n).mul(shown).cmp(p.threshold) <= 0) {
    const factor = ZERO.sub(p.percent);
    return { band: 'maxNegative', factor, total: factor };
  }
  const side = shown.cmp(p.threshold);
  if (side === 0) return { band: 'neutral', factor: ZERO, total: ZERO };
  if (side < 0) {
    const factor = p.percent.mul(score.sub(p.threshold)).div(p.threshold);
    return { band: 'negative', factor, total: factor };
  }
  const exceptional = p.additional !== null && shown.cmp(p.additional) >= 0;
  const band = exceptional ? 'exceptional' : 'positive';
  if (!scaling) return { band };
  const factor = scaling.mul(positiveLine(p, score));
  const total = exceptional ? factor.add(additionalScaling.mul(additionalLine(p, score))) : factor;
  return { band, factor, total };
}

// Weights and final score. percents: by category, null where nothing could be scored.
export function finalScore(year, facts, participation, percents, submitted) {
  const scored = Object.fromEntries(CATEGORIES.map((c) => [c, percents[c] !== null]));
  const missing = missingCategories(year, facts, participation, submitted, scored);
  const kept = CATEGORIES.filter((c) => !missing.has(c));
  if (kept.length < 2) {
    const weights = CATEGORIES.map((c) => (kept.includes(c) ? 100 : 0));
    return { score: payment[year].threshold, weights, bonus: null };
  }
  const weights = weightsOf(year, facts.smallPractice === true, missing);
  if (!CATEGORIES.some((c) => submitted[c])) return { score: ZERO, weights, bonus: null };
  const bonus = complexPatientBonus(facts);
  const score = weightedScore(CATEGORIES.map((c) => percents[c] ?? ZERO), weights, bonus ?? ZERO);
  return { score, weights, bonus };
}
