// The quality category of the APP and APP Plus: a place for each measure of the set. A place without
// data earns 0 of 10; a place all of whose data are left out is taken off both sides.

import { allClaims } from './claims.mjs';
import { collect, complexOrganization } from './collect.mjs';
import { categoryPercent, improvement } from './percent.mjs';
import { hasClaimsMeasure, placeOf } from './program.mjs';
import { Rational, ZERO } from './rational.mjs';
import { POINT } from './tables.mjs';

// One place: { filled, complete, points }, points null where all that came is left out.
function judgePlace(place, entries, surveyTooSmall) {
  const own = entries.filter((e) => placeOf(e.meta.id) === place);
  if (own.length === 0) {
    const filled = place === '321' && surveyTooSmall;
    return { filled, complete: filled, points: filled ? null : 0n };
  }
  let points = null;
  for (const e of own) if (e.best !== null && (points === null || e.best > points)) points = e.best;
  return { filled: true, complete: own.some((e) => e.complete || e.empty || e.suppressed), points };
}

export function scoreAppQuality(ctx, sets, out) {
  const { found, surveyTooSmall } = collect(ctx, sets, out);
  const entries = [...found.values()];
  const places = ctx.program.places.filter((p) => p !== '321' || ctx.level !== 'individual')
    .map((p) => judgePlace(p, entries, surveyTooSmall));
  const claims = allClaims(ctx, out, (meta) => hasClaimsMeasure(ctx.program, meta));
  const kept = places.filter((p) => p.points !== null);
  const available = 10n * (BigInt(kept.length) + claims.scored);
  if (available === 0n) return null;
  const sum = kept.reduce((total, p) => total + p.points, claims.sum);
  const submitted = places.some((p) => p.filled);
  const bonus = (ctx.small && submitted ? ctx.rules.smallBonus : 0n) + complexOrganization(ctx, found, available);
  let improved = ZERO;
  if (places.every((p) => p.complete)) {
    improved = improvement(new Rational(100n * sum, POINT * available), ctx.facts.prior, ctx.readings);
  }
  return categoryPercent(sum, available, bonus, improved);
}
