// Quality measures that CMS computes from claims, given as facts.

import { pointsAt, settle } from './points.mjs';
import { Rational } from './rational.mjs';
import { count, present } from './rates.mjs';
import { CLAIMS_QUALITY_CASES } from './tables.mjs';

// The points of one result, or null where it cannot be scored.
export function claimsPoints(ctx, fact) {
  if (fact === undefined) return null;
  const meta = ctx.data.measures.get(fact.measureId);
  const benchmark = ctx.data.benchmarks.get(`${fact.measureId}/administrativeClaims`);
  const minimum = CLAIMS_QUALITY_CASES[fact.measureId];
  if (meta === undefined || benchmark === undefined || minimum === undefined) return null;
  if (!present(fact.score) || count(fact.caseCount) < minimum) return null;
  const rate = Rational.parse(fact.score);
  return settle(ctx.rules, ctx.data.year, meta, 'administrativeClaims', benchmark,
    pointsAt(benchmark, rate.n, rate.d), ctx.readings.newMeasureClaims === 'applied');
}

const results = (ctx) => ctx.facts.administrativeClaims ?? [];
const resultOf = (ctx, id) => results(ctx).find((f) => f.measureId === id);

function put(out, id, points) {
  out.set(`quality/${id}/administrativeClaims`, points);
}

// All that can be scored; wanted tells which measures are of the program.
export function allClaims(ctx, out, wanted = () => true) {
  let sum = 0n;
  let scored = 0n;
  for (const fact of results(ctx)) {
    const points = claimsPoints(ctx, fact);
    if (points === null || !wanted(ctx.data.measures.get(fact.measureId))) continue;
    put(out, fact.measureId, points);
    sum += points;
    scored += 1n;
  }
  return { sum, scored };
}

// The population health measure of an MVP: until 2024 the chosen one, else the best.
export function populationHealth(ctx, out) {
  const { population } = ctx.program.mvp;
  const chosen = ctx.data.year < 2025 ? ctx.facts.registration?.populationHealthMeasure : undefined;
  let best = null;
  for (const id of population) {
    if (present(chosen) && id !== chosen) continue;
    const points = claimsPoints(ctx, resultOf(ctx, id));
    if (points === null) continue;
    put(out, id, points);
    if (best === null || points > best) best = points;
  }
  return best === null ? { sum: 0n, scored: 0n } : { sum: best, scored: 1n };
}

// The outcomes-based claims measures of an MVP that were chosen; 0 points without a result.
export function chosenOutcomes(ctx, out) {
  const chosen = new Set(ctx.facts.registration?.outcomeClaimsMeasures ?? []);
  const list = [];
  for (const id of ctx.program.mvp.outcomeClaims) {
    if (!chosen.has(id)) continue;
    const points = claimsPoints(ctx, resultOf(ctx, id)) ?? 0n;
    put(out, id, points);
    list.push({ points, meta: ctx.data.measures.get(id) });
  }
  return list;
}
