// Reweighting, the complex patient bonus, the final score and the payment adjustment.

import { HUNDRED, Rational, TEN, ZERO } from './rational.mjs';
import { isPiExcused } from './pi.mjs';
import { CATEGORIES, payment, weightsOf } from './tables.mjs';

const KEPT_WITH_DATA = new Set(['dataIntegrity', 'joinedLate']);

// Whether what was submitted gives an excused category its weight back.
function isRestored(year, { level, submitted, claimsOnly }, { category, reason }) {
  if (category === 'cost' || !submitted[category] || KEPT_WITH_DATA.has(reason)) return false;
  if (reason === 'euc' && level === 'apmEntity') return false;
  const alone = claimsOnly && !submitted.ia && !submitted.pi;
  return !(category === 'quality' && reason === 'automaticEuc' && alone && year >= 2022);
}

// The categories whose weight is 0. practice: { kind, level, submitted, claimsOnly }; percents: by
// category, null where nothing could be scored. The activities of the APP never lose theirs.
export function missingCategories(year, facts, practice, percents) {
  const { kind, level, submitted } = practice;
  const missing = new Set();
  for (const c of CATEGORIES) if (percents[c] === null) missing.add(c);
  if (level === 'apmEntity' || kind === 'app') missing.add('cost');
  for (const r of facts.reweight ?? []) if (!isRestored(year, practice, r)) missing.add(r.category);
  if (!submitted.pi && isPiExcused(year, facts, level)) missing.add('pi');
  if (kind === 'app') missing.delete('ia');
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

// A group or subgroup without anything submitted, and from 2022 a group with nothing but quality by
// claims, has no final score of its own.
function hasNoScore(year, { level, submitted, claimsOnly }) {
  if (level !== 'group' && level !== 'subgroup') return false;
  if (!CATEGORIES.some((c) => submitted[c])) return true;
  return level === 'group' && year >= 2022 && claimsOnly && !submitted.ia && !submitted.pi;
}

// Weights and final score; score is null where there is none. unsubmitted: what holds when nothing was
// submitted, 'zero' (the score is 0) or 'scored' (as in facility-based scoring).
export function finalScore(year, facts, practice, percents, unsubmitted = 'zero') {
  const missing = missingCategories(year, facts, practice, percents);
  const kept = CATEGORIES.filter((c) => !missing.has(c));
  if (kept.length < 2) {
    const weights = CATEGORIES.map((c) => (kept.includes(c) ? 100 : 0));
    return { score: payment[year].threshold, weights, percents, bonus: null };
  }
  const weights = weightsOf(year, facts.smallPractice === true, missing, practice.kind);
  if (hasNoScore(year, practice)) return { score: null, weights, percents, bonus: null };
  if (unsubmitted === 'zero' && !CATEGORIES.some((c) => practice.submitted[c])) {
    return { score: ZERO, weights, percents, bonus: null };
  }
  const bonus = complexPatientBonus(facts);
  const score = weightedScore(CATEGORIES.map((c) => percents[c] ?? ZERO), weights, bonus ?? ZERO);
  return { score, weights, percents, bonus };
}
