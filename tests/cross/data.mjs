// The published measures, benchmarks, clinical clusters and MVPs of one performance year.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Rational } from './rational.mjs';

const FIRST_MVP_YEAR = 2023;
const OUTCOME_TYPES = new Set(['outcome', 'intermediateOutcome', 'patientReportedOutcome']);

// Keys of the percentile encoding in the order of deciles 1 to 10.
const DIRECT_KEYS = ['1', '10', '20', '30', '40', '50', '60', '70', '80', '90'];
const INVERSE_KEYS = ['99', '90', '80', '70', '60', '50', '40', '30', '20', '10'];

export function benchmarkOf(values, inverse, toppedOut = false) {
  // values: the entry values of deciles 1..10; the first is null when the file leaves it out
  const parsed = values.map((v) => (v === null ? null : Rational.parse(v)));
  let scale = 1n;
  for (const v of parsed) if (v !== null && v.d > scale) scale = v.d; // all are powers of ten
  const entry = [null];
  for (const v of parsed) entry.push(v === null ? null : v.n * (scale / v.d));
  return { entry, scale, inverse, toppedOut };
}

function benchmarkValues(row, inverse) {
  if (row.percentiles) return (inverse ? INVERSE_KEYS : DIRECT_KEYS).map((k) => row.percentiles[k]);
  return row.deciles.length === 10 ? row.deciles : [null, ...row.deciles];
}

function measureOf(m) {
  return {
    id: m.measureId,
    category: m.category,
    metricType: m.metricType,
    algorithm: m.overallAlgorithm,
    inverse: m.isInverse === true,
    outcome: OUTCOME_TYPES.has(m.measureType),
    highPriority: m.isHighPriority === true,
    qcdr: m.isRegistryMeasure === true,
    firstYear: m.firstPerformanceYear,
    weight: m.weight,
    programs: m.allowedPrograms === undefined ? null : new Set(m.allowedPrograms),
    methods: m.submissionMethods ?? [],
    suppressed: m.clinicalGuidelineChanged ?? [],
    capRemoved: m.sevenPointCapRemoved ?? [],
  };
}

function read(dir, folder, year) {
  return JSON.parse(readFileSync(join(dir, folder, `${year}.json`), 'utf8'));
}

export function dataDirectory(dir) {
  if (existsSync(join(dir, 'measures'))) return dir;
  const inner = join(dir, 'measures-data');
  return existsSync(join(inner, 'measures')) ? inner : null;
}

function mvpOf(row) {
  return {
    quality: row.qualityMeasureIds,
    ia: new Set(row.iaMeasureIds),
    cost: new Set(row.costMeasureIds),
    population: row.foundationQualityMeasureIds,
    outcomeClaims: row.administrativeClaimsMeasureIds,
  };
}

export function loadYear(dir, year) {
  const measures = new Map();
  for (const m of read(dir, 'measures', year)) measures.set(m.measureId, measureOf(m));
  const benchmarks = new Map();
  for (const row of read(dir, 'benchmarks', year)) {
    const inverse = row.isInverse ?? measures.get(row.measureId)?.inverse
      ?? row.submissionMethod === 'administrativeClaims';
    benchmarks.set(`${row.measureId}/${row.submissionMethod}`,
      benchmarkOf(benchmarkValues(row, inverse), inverse, row.isToppedOutByProgram === true));
  }
  const clusters = new Map();
  for (const row of read(dir, 'clinical-clusters', year)) {
    clusters.set(`${row.measureId}/${row.submissionMethod}`, {
      clusters: (row.clinicalClusters ?? []).map((c) => c.measureIds),
      sets: (row.specialtySets ?? []).map((s) => s.measureIds),
    });
  }
  const mvps = new Map();
  if (year >= FIRST_MVP_YEAR) for (const row of read(dir, 'mvp', year)) mvps.set(row.mvpId, mvpOf(row));
  return { year, measures, benchmarks, clusters, mvps };
}

export class Store {
  constructor(dir) {
    this.dir = dataDirectory(dir);
    if (this.dir === null) throw new Error('no published data in the folder given');
    this.years = new Map();
  }

  year(year) {
    let y = this.years.get(year);
    if (y === undefined) {
      y = loadYear(this.dir, year);
      this.years.set(year, y);
    }
    return y;
  }
}
