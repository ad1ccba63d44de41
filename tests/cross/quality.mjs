// The quality category of traditional MIPS. Points are BigInt counts of 10^-4 point.

import { HUNDRED, Rational, TEN, ZERO, divRound } from './rational.mjs';
import { CLAIMS_QUALITY_CASES, POINT, qualityRules } from './tables.mjs';

const MULTI = new Set(['multiPerformanceRate', 'registryMultiPerformanceRate']);

function count(x) {
  if (x === undefined || x === null) return 0n;
  if (typeof x === 'number' || typeof x === 'string') return BigInt(x);
  throw new TypeError('a count must be an integer');
}

// --- From a benchmark to points ---------------------------------------------------------------

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

// Raw points to measure points: floor, then the cap of a topped-out measure.
export function settle(rules, year, meta, method, benchmark, raw, useNew = true) {
  let points = raw < rules.floor ? rules.floor : raw;
  const fresh = useNew ? newMeasurePoints(rules, meta, year) : null;
  if (fresh !== null && points < fresh) points = fresh;
  if (benchmark.toppedOut && !meta.capRemoved.includes(method) && points > rules.cap) points = rules.cap;
  return points;
}

function unbenchmarkedPoints(rules, year, meta, small) {
  return newMeasurePoints(rules, meta, year) ?? (small ? rules.unbenchmarkedSmall : rules.unbenchmarked);
}

// --- From submitted counts to rates -----------------------------------------------------------

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
const present = (x) => x !== undefined && x !== null;

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

// --- One measure through one collection type --------------------------------------------------

function isZeroPerformance(benchmark, hundredths) {
  return benchmark.inverse ? hundredths === 10000n : hundredths === 0n;
}

function scoreMeasure(ctx, meta, method, value) {
  const { rules, data, small, readings } = ctx;
  const numbers = submissionNumbers(meta, value);
  const empty = numbers.eligible === 0n;
  const result = { complete: true, empty, points: 0n };
  if (!empty && !isComplete(rules, numbers)) {
    result.complete = false;
    result.points = small ? rules.incompleteSmall : rules.incomplete;
    return result;
  }
  if (numbers.rate === null) {
    if (readings.noRate === 'class2') result.points = unbenchmarkedPoints(rules, data.year, meta, small);
    return result;
  }
  const benchmark = data.benchmarks.get(`${meta.id}/${method}`);
  if (benchmark === undefined || numbers.cases < rules.caseMinimum) {
    result.points = unbenchmarkedPoints(rules, data.year, meta, small);
    return result;
  }
  const hundredths = numbers.rate.units(2);
  if (readings.zeroRate === 'zero' && isZeroPerformance(benchmark, hundredths)) return result;
  const raw = pointsAt(benchmark, hundredths, 100n);
  result.points = settle(rules, data.year, meta, method, benchmark, raw);
  return result;
}

// The patient survey: the mean of its summary survey measures that can be scored.
function scoreSurvey(ctx, items) {
  let num = 0n;
  let den = 1n;
  let scored = 0n;
  for (const { meta, value } of items) {
    const benchmark = ctx.data.benchmarks.get(`${meta.id}/certifiedSurveyVendor`);
    if (benchmark === undefined || !present(value.score) || value.isBelowMinimum || value.mask) continue;
    let [n, d] = rawPoints(benchmark, Rational.parse(value.score).units(2), 100n);
    if (n * POINT < ctx.rules.floor * d) [n, d] = [ctx.rules.floor, POINT];
    num = num * d + n * den;
    den *= d;
    scored += 1n;
  }
  return scored === 0n ? null : divRound(num * POINT, den * scored);
}

// --- Collecting everything submitted ----------------------------------------------------------

// Map from measure number to { meta, best, suppressed, complete, empty, methods }.
function collect(ctx, sets, out) {
  const found = new Map();
  const survey = [];
  for (const set of sets) {
    const method = set.submissionMethod;
    if (method === 'cmsWebInterface') throw new Error('Web Interface sets are not scored here');
    for (const item of set.measurements ?? []) {
      const meta = ctx.data.measures.get(item.measureId);
      if (meta === undefined || meta.category !== 'quality') continue;
      const value = item.value ?? {};
      if (meta.metricType === 'cahps') {
        if (meta.id !== '321') survey.push({ meta, value });
        continue;
      }
      let entry = found.get(meta.id);
      if (entry === undefined) {
        entry = { meta, best: null, suppressed: false, complete: false, empty: true, methods: new Set() };
        found.set(meta.id, entry);
      }
      entry.methods.add(method);
      if (meta.suppressed.includes(method)) {
        entry.suppressed = true;
        entry.empty = false;
        continue;
      }
      const r = scoreMeasure(ctx, meta, method, value);
      entry.complete ||= r.complete;
      entry.empty &&= r.empty;
      if (entry.best === null || r.points > entry.best) entry.best = r.points;
      const key = `quality/${meta.id}/${method}`;
      if (!(out.get(key) >= r.points)) out.set(key, r.points);
    }
  }
  let surveyTooSmall = false;
  if (survey.length > 0) {
    const points = scoreSurvey(ctx, survey);
    if (points === null) {
      surveyTooSmall = true;
    } else {
      const meta = ctx.data.measures.get('321');
      found.set('321', { meta, best: points, suppressed: false, complete: true, empty: false,
        methods: new Set(['certifiedSurveyVendor']) });
      out.set('quality/321/certifiedSurveyVendor', points);
    }
  }
  return { found, surveyTooSmall };
}

const isDemanded = (meta) => meta.outcome || meta.highPriority;

// --- How many measures are demanded -----------------------------------------------------------

function wholeSpecialtySet(rows, found) {
  for (const row of rows) {
    for (const ids of row.sets) {
      if (ids.length < 6 && ids.length === found.size && ids.every((id) => found.has(id))) return ids;
    }
  }
  return null;
}

function touchedClusters(data, found) {
  const union = new Set();
  for (const entry of found.values()) {
    let any = false;
    for (const method of entry.methods) {
      for (const ids of data.clusters.get(`${entry.meta.id}/${method}`)?.clusters ?? []) {
        any = true;
        for (const id of ids) union.add(id);
      }
    }
    if (!any) return null;
  }
  return union;
}

// slot: whether an outcome or high-priority measure is demanded; dropEmpty: whether registry measures
// without any eligible instance are left out.
export function demand(data, found, normal = 6) {
  const full = { required: normal, slot: true, dropEmpty: false };
  if (found.size === 0) return full;
  let demandedSeen = false;
  for (const { meta, methods } of found.values()) {
    if (meta.qcdr) return full;
    for (const m of methods) if (m !== 'claims' && m !== 'registry') return full;
    demandedSeen ||= isDemanded(meta);
  }
  if (found.size >= normal && demandedSeen) return full;
  const rows = [];
  for (const { meta, methods } of found.values()) {
    for (const m of methods) {
      const row = data.clusters.get(`${meta.id}/${m}`);
      if (row !== undefined) rows.push(row);
    }
  }
  const union = touchedClusters(data, found);
  const set = wholeSpecialtySet(rows, found);
  if (union === null && set === null) return full;
  const available = set !== null && (union === null || set.length <= union.size) ? [...set] : [...union];
  const left = available.filter((id) => {
    const entry = found.get(id);
    return !(entry && entry.empty && entry.methods.has('registry'));
  });
  const slot = left.some((id) => {
    const meta = data.measures.get(id);
    return meta !== undefined && isDemanded(meta);
  });
  return { required: Math.min(normal, left.length), slot, dropEmpty: true };
}

// --- Picking ----------------------------------------------------------------------------------

const byPointsDown = (a, b) => (a.points > b.points ? -1 : a.points < b.points ? 1 : 0);

// Where the demanded measure stands in the list; -1 when nothing answers the demand; null when
// there is none, or a suppressed measure answered it.
function demandedIndex(list, slot) {
  if (slot === 'none') return null;
  const outcome = list.findIndex((c) => c.outcome);
  if (outcome >= 0) return outcome;
  if (slot === 'outcomeMet') return null;
  const high = list.findIndex((c) => c.highPriority);
  if (high >= 0) return high;
  return slot === 'highPriorityMet' ? null : -1;
}

// The sum of the points of the best measures. candidates: { points, outcome, highPriority }.
// slot: 'outcome' (the usual demand), 'none', 'outcomeMet' or 'highPriorityMet' (answered by a
// suppressed measure that stands outside the list).
export function pick(candidates, required, slot = 'outcome') {
  const list = [...candidates].sort(byPointsDown);
  const index = demandedIndex(list, slot);
  let free = required;
  let sum = 0n;
  if (free > 0 && index !== null) {
    free -= 1;
    if (index >= 0) sum += list.splice(index, 1)[0].points;
  }
  for (let i = 0; i < free && i < list.length; i++) sum += list[i].points;
  return sum;
}

// --- The category -----------------------------------------------------------------------------

export function improvement(current, prior, readings) {
  // current: achievement percent; prior: facts.prior
  if (!prior || prior.sameIdentifier !== true || prior.facilityBased === true) return ZERO;
  if (!present(prior.qualityAchievementPercent)) return ZERO;
  const thirty = new Rational(30n);
  let before = Rational.parse(prior.qualityAchievementPercent);
  const watched = readings.priorFloor === 'score' && present(prior.qualityScorePercent)
    ? Rational.parse(prior.qualityScorePercent) : before;
  if (watched.cmp(thirty) <= 0 || before.n <= 0n) before = thirty;
  return current.sub(before).div(before).mul(TEN).clamp(ZERO, TEN);
}

export function categoryPercent(units, available, bonusUnits, improved) {
  // units and bonusUnits: 10^-4 points; available: whole points
  return Rational.min(HUNDRED, new Rational(100n * (units + bonusUnits), POINT * available).add(improved));
}

function claimsMeasures(ctx, out) {
  let sum = 0n;
  let scored = 0n;
  for (const fact of ctx.facts.administrativeClaims ?? []) {
    const meta = ctx.data.measures.get(fact.measureId);
    const benchmark = ctx.data.benchmarks.get(`${fact.measureId}/administrativeClaims`);
    const minimum = CLAIMS_QUALITY_CASES[fact.measureId];
    if (meta === undefined || benchmark === undefined || minimum === undefined) continue;
    if (!present(fact.score) || count(fact.caseCount) < minimum) continue;
    const rate = Rational.parse(fact.score);
    const points = settle(ctx.rules, ctx.data.year, meta, 'administrativeClaims', benchmark,
      pointsAt(benchmark, rate.n, rate.d), ctx.readings.newMeasureClaims === 'applied');
    out.set(`quality/${meta.id}/administrativeClaims`, points);
    sum += points;
    scored += 1n;
  }
  return { sum, scored };
}

function slotKind(ctx, slot, entries) {
  if (!slot) return 'none';
  if (ctx.readings.suppressedOutcome !== 'satisfies') return 'outcome';
  const out = entries.filter((e) => e.best === null && e.suppressed);
  if (out.some((e) => e.meta.outcome)) return 'outcomeMet';
  return out.some((e) => e.meta.highPriority) ? 'highPriorityMet' : 'outcome';
}

function participatesFully(entries, required, slot) {
  const done = entries.filter((e) => e.complete || e.empty || e.suppressed);
  return done.length >= required && (!slot || done.some((e) => isDemanded(e.meta)));
}

// Returns { percent, submitted } with percent null when nothing can be scored.
export function scoreQuality(data, sets, facts, readings, out) {
  const rules = qualityRules(data.year);
  const small = facts.smallPractice === true;
  const ctx = { data, facts, readings, rules, small };
  const { found, surveyTooSmall } = collect(ctx, sets, out);
  const claims = claimsMeasures(ctx, out);
  const { required, slot, dropEmpty } = demand(data, found, rules.required);
  const entries = [...found.values()];

  let slots = required;
  const candidates = [];
  for (const e of entries) {
    if (e.best === null) slots -= 1; // submitted, but suppressed
    else if (!(dropEmpty && e.empty && e.methods.has('registry'))) {
      candidates.push({ points: e.best, outcome: e.meta.outcome, highPriority: e.meta.highPriority });
    }
  }
  if (surveyTooSmall && found.size <= 5) slots -= 1;
  if (slots < 0) slots = 0;

  const available = 10n * (BigInt(slots) + claims.scored);
  const submitted = found.size > 0 || surveyTooSmall;
  if (available === 0n) return { percent: null, submitted };
  const sum = pick(candidates, slots, slotKind(ctx, slot, entries)) + claims.sum;
  const bonus = small && submitted ? rules.smallBonus : 0n;
  let improved = ZERO;
  if (submitted && participatesFully(entries, required, slot)) {
    improved = improvement(new Rational(100n * sum, POINT * available), facts.prior, readings);
  }
  return { percent: categoryPercent(sum, available, bonus, improved), submitted };
}

// What earlier years count as a submission: any set; from 2024 at least one measure in it.
export function hasQualityData(year, sets) {
  return year < 2024 ? sets.length > 0 : sets.some((s) => (s.measurements ?? []).length > 0);
}

