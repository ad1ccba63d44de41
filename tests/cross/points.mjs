// From a benchmark to points. Points are BigInt counts of 10^-4 point.

import { divRound } from './rational.mjs';
import { POINT } from './tables.mjs';

// Exact points of the rate n/d, before floor and cap, as [numerator, denominator].
export function rawPoints(benchmark, n, d) {
  const { entry, scale, inverse } = benchmark;
  const rate = n * scale; // compared with entry * d
  let k = 10;
  for (; k >= 1; k--) {
    const e = entry[k];
    if (e !== null && (inverse ? rate <= e * d : rate >= e * d)) break;
  }
  if (k < 1) return [1n, 1n];
  if (k === 10) return [10n, 1n];
  const from = entry[k] * d;
  const den = inverse ? from - entry[k + 1] * d : entry[k + 1] * d - from;
  return [BigInt(k) * den + (inverse ? from - rate : rate - from), den];
}

export function pointsAt(benchmark, n, d) {
  const [num, den] = rawPoints(benchmark, n, d);
  return divRound(num * POINT, den);
}

function newMeasurePoints(rules, meta, year) {
  if (meta.firstYear === year) return rules.newFirst;
  return meta.firstYear === year - 1 ? rules.newSecond : null;
}

// Raw points to measure points: floor, then the cap of a topped-out measure (none in the APP).
export function settle(rules, year, meta, method, benchmark, raw, useNew = true, capped = true) {
  let points = raw < rules.floor ? rules.floor : raw;
  const fresh = useNew ? newMeasurePoints(rules, meta, year) : null;
  if (fresh !== null && points < fresh) points = fresh;
  if (capped && benchmark.toppedOut && !meta.capRemoved.includes(method) && points > rules.cap) points = rules.cap;
  return points;
}

export function unbenchmarkedPoints(rules, year, meta, small) {
  return newMeasurePoints(rules, meta, year) ?? (small ? rules.unbenchmarkedSmall : rules.unbenchmarked);
}
