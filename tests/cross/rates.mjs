// From submitted counts to the rate, the case count and the completeness of a measure.

import { Rational, ZERO } from './rational.mjs';

const MULTI = new Set(['multiPerformanceRate', 'registryMultiPerformanceRate']);

export function count(x) {
  if (x === undefined || x === null) return 0n;
  if (typeof x === 'number' || typeof x === 'string') return BigInt(x);
  throw new TypeError('a count must be an integer');
}

function countsOf(v) {
  const met = count(v.performanceMet);
  const notMet = count(v.performanceNotMet);
  const exclusion = count(v.eligiblePopulationExclusion);
  const eligible = count(v.eligiblePopulation);
  return {
    met,
    rated: met + notMet,
    eligible,
    answered: met + notMet + exclusion + count(v.eligiblePopulationException),
    afterExclusion: eligible - exclusion,
    given: v.performanceRate,
  };
}

function pooled(list) {
  const sum = { met: 0n, rated: 0n, eligible: 0n, answered: 0n, afterExclusion: 0n };
  for (const c of list) for (const k in sum) sum[k] += c[k];
  return sum;
}

const percentRate = (c) => (c.rated > 0n ? new Rational(100n * c.met, c.rated) : null);
export const present = (x) => x !== undefined && x !== null;

// A stratum's rate: the vendor's for a qualified clinical data registry measure, else computed.
function stratumRate(c, vendor) {
  return vendor && present(c.given) ? Rational.parse(c.given) : percentRate(c);
}

function average(rates) {
  const known = rates.filter((r) => r !== null);
  if (known.length === 0) return null;
  let sum = ZERO;
  for (const r of known) sum = sum.add(r);
  return new Rational(sum.n, sum.d * BigInt(known.length));
}

function multiRate(meta, value) {
  const vendor = meta.metricType === 'registryMultiPerformanceRate';
  const strata = new Map();
  for (const s of value.strata ?? []) strata.set(s.stratum, countsOf(s));
  const find = (name) => strata.get(name) ?? countsOf({});
  const parts = [...strata].filter(([name]) => name !== 'overall').map(([, c]) => c);
  const whole = pooled(parts);
  const biggest = parts.reduce((m, c) => (c.afterExclusion > m ? c.afterExclusion : m), 0n);
  let rate;
  let cases;
  let coverage;
  switch (meta.algorithm) {
    case 'overallStratumOnly':
      coverage = find('overall');
      cases = coverage.afterExclusion;
      rate = stratumRate(coverage, vendor);
      break;
    case 'split':
      coverage = find('reporting');
      cases = coverage.afterExclusion;
      rate = stratumRate(find('performance'), vendor);
      break;
    case 'weightedAverage':
      coverage = whole;
      cases = whole.afterExclusion;
      rate = percentRate(whole);
      break;
    default: // simpleAverage
      coverage = whole;
      cases = biggest;
      rate = average(parts.map((c) => stratumRate(c, vendor)));
  }
  if (vendor && present(value.performanceRate)) rate = Rational.parse(value.performanceRate);
  return { rate, cases, answered: coverage.answered, eligible: coverage.eligible };
}

function nonProportion(value) {
  const observed = count(value.observationInstances);
  const eligible = count(value.denominator);
  const answered = observed + count(value.denominatorException) + count(value.numeratorExclusion);
  let rate = null;
  if (present(value.performanceRate)) rate = Rational.parse(value.performanceRate);
  else if (observed > 0n) rate = new Rational(count(value.numerator), observed);
  return { rate, cases: eligible, answered, eligible };
}

// The numbers of one submitted measure: rate (or null), case count, answered and eligible instances.
export function submissionNumbers(meta, value) {
  if (meta.metricType === 'nonProportion') return nonProportion(value);
  if (MULTI.has(meta.metricType)) return multiRate(meta, value);
  const c = countsOf(value);
  const vendor = meta.metricType === 'registrySinglePerformanceRate';
  return {
    rate: stratumRate(c, vendor),
    cases: vendor ? c.afterExclusion : c.eligible,
    answered: c.answered,
    eligible: c.eligible,
  };
}

export function isComplete(rules, numbers) {
  return numbers.answered * 100n >= rules.completeness * numbers.eligible;
}
