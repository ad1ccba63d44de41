// The cost category: measures CMS computed from claims, given as facts.

import { HUNDRED, ONE, Rational, ZERO } from './rational.mjs';
import { pointsAt } from './points.mjs';
import { POINT, costCaseMinimum } from './tables.mjs';

export function costImprovement(year, current, prior) {
  if (year < 2023 || !prior || prior.sameIdentifier !== true) return ZERO;
  if (prior.costPercent === undefined || prior.costPercent === null) return ZERO;
  const before = Rational.parse(prior.costPercent);
  if (before.n <= 0n) return ZERO;
  return current.sub(before).div(before).clamp(ZERO, ONE);
}

// The percent, or null when no measure can be scored. The APP has no cost, an MVP its own measures only.
export function scoreCost(data, program, facts, out) {
  if (program.kind === 'app') return null;
  let sum = 0n;
  let scored = 0n;
  for (const fact of facts.cost ?? []) {
    const meta = data.measures.get(fact.measureId);
    const benchmark = data.benchmarks.get(`${fact.measureId}/administrativeClaims`);
    if (meta === undefined || meta.category !== 'cost' || benchmark === undefined) continue;
    if (program.kind === 'mvp' && !program.mvp.cost.has(fact.measureId)) continue;
    if (fact.score === undefined || fact.score === null) continue;
    if (BigInt(fact.caseCount ?? 0) < costCaseMinimum(fact.measureId)) continue;
    const cost = Rational.parse(fact.score);
    const points = pointsAt(benchmark, cost.n, cost.d);
    out.set(`cost/${meta.id}/administrativeClaims`, points);
    sum += points;
    scored += 1n;
  }
  if (scored === 0n) return null;
  const earned = new Rational(100n * sum, 10n * POINT * scored);
  return Rational.min(HUNDRED, earned.add(costImprovement(data.year, earned, facts.prior)));
}
