// Every submitted quality measure of the program with its points: one measure through one collection
// type first, then the best collection type of each measure.

import { divRound, Rational } from './rational.mjs';
import { pointsAt, rawPoints, settle, unbenchmarkedPoints } from './points.mjs';
import { hasQualityMeasure } from './program.mjs';
import { isComplete, present, submissionNumbers } from './rates.mjs';
import { POINT } from './tables.mjs';

function isZeroPerformance(benchmark, hundredths) {
  return benchmark.inverse ? hundredths === 10000n : hundredths === 0n;
}

// points is null where the measure is left out of both sides (only in the APP).
function scoreMeasure(ctx, meta, method, value) {
  const { rules, data, small, readings } = ctx;
  const inApp = ctx.program.kind === 'app';
  const numbers = submissionNumbers(meta, value);
  const empty = numbers.eligible === 0n;
  const enough = numbers.cases >= rules.caseMinimum;
  const result = { complete: true, empty, enough, points: 0n };
  if (!empty && !isComplete(rules, numbers)) {
    result.complete = false;
    result.points = small ? rules.incompleteSmall : rules.incomplete;
    return result;
  }
  if (numbers.rate === null) {
    if (inApp) result.points = null;
    else if (readings.noRate === 'class2') result.points = unbenchmarkedPoints(rules, data.year, meta, small);
    return result;
  }
  const benchmark = data.benchmarks.get(`${meta.id}/${method}`);
  if (benchmark === undefined || !enough) {
    result.points = inApp ? null : unbenchmarkedPoints(rules, data.year, meta, small);
    return result;
  }
  const hundredths = numbers.rate.units(2);
  if (readings.zeroRate === 'zero' && isZeroPerformance(benchmark, hundredths)) return result;
  const raw = pointsAt(benchmark, hundredths, 100n);
  result.points = settle(rules, data.year, meta, method, benchmark, raw, true, !inApp);
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

function newEntry(meta) {
  return { meta, best: null, suppressed: false, complete: false, empty: true, adjusts: false, methods: new Set() };
}

function addMeasure(ctx, found, meta, method, value, out) {
  let entry = found.get(meta.id);
  if (entry === undefined) found.set(meta.id, entry = newEntry(meta));
  entry.methods.add(method);
  if (meta.suppressed.includes(method)) {
    entry.suppressed = true;
    entry.empty = false;
    return;
  }
  const r = scoreMeasure(ctx, meta, method, value);
  entry.complete ||= r.complete;
  entry.empty &&= r.empty;
  entry.adjusts ||= method === 'electronicHealthRecord' && r.complete && r.enough;
  if (r.points === null) return;
  if (entry.best === null || r.points > entry.best) entry.best = r.points;
  const key = `quality/${meta.id}/${method}`;
  if (!(out.get(key) >= r.points)) out.set(key, r.points);
}

// found: from measure number to { meta, best, suppressed, complete, empty, adjusts, methods }, best null
// where nothing was scored; surveyTooSmall: a survey came and nothing of it can be scored.
export function collect(ctx, sets, out) {
  const found = new Map();
  const survey = [];
  for (const set of sets) {
    const method = set.submissionMethod;
    if (method === 'cmsWebInterface') throw new Error('Web Interface sets are not scored here');
    for (const item of set.measurements ?? []) {
      const meta = ctx.data.measures.get(item.measureId);
      if (meta === undefined || meta.category !== 'quality') continue;
      if (!hasQualityMeasure(ctx.program, ctx.level, meta)) continue;
      const value = item.value ?? {};
      if (meta.metricType !== 'cahps') addMeasure(ctx, found, meta, method, value, out);
      else if (meta.id !== '321') survey.push({ meta, value });
    }
  }
  const points = survey.length > 0 ? scoreSurvey(ctx, survey) : null;
  if (points !== null) {
    found.set('321', { ...newEntry(ctx.data.measures.get('321')), best: points, complete: true, empty: false,
      methods: new Set(['certifiedSurveyVendor']) });
    out.set('quality/321/certifiedSurveyVendor', points);
  }
  return { found, surveyTooSmall: survey.length > 0 && points === null };
}

// From 2025 a virtual group or an APM entity has a point for each measure of an electronic record that
// is complete and has enough cases, together at most a tenth of what is available (whole points).
export function complexOrganization(ctx, found, available) {
  if (ctx.data.year < 2025 || (ctx.level !== 'virtualGroup' && ctx.level !== 'apmEntity')) return 0n;
  let points = 0n;
  for (const e of found.values()) if (e.adjusts) points += POINT;
  const most = available * POINT / 10n;
  return points > most ? most : points;
}
