// What the generators of random practices need of the published data of a year.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const NO_PAIR = new Set(['cmsWebInterface', 'administrativeClaims', 'certifiedSurveyVendor']);
const FIRST_MVP_YEAR = 2023;

// Every measure with every collection type that a practice can submit.
function pairsOf(measures) {
  return measures.flatMap((m) => m.submissionMethods.filter((method) => !NO_PAIR.has(method)).map((method) => ({ m, method })));
}

export function sampleData(root, year) {
  const read = (folder) => JSON.parse(readFileSync(join(root, folder, `${year}.json`), 'utf8'));
  const measures = read('measures');
  const submitted = measures.filter((m) => m.category === 'quality' && m.metricType !== 'cahps'
    && !m.submissionMethods.includes('administrativeClaims'));
  const inProgram = (name) => submitted.filter((m) => (m.allowedPrograms ?? []).includes(name));
  const pairs = pairsOf(inProgram('mips'));
  const benchmarks = read('benchmarks');
  const cost = measures.filter((m) => m.category === 'cost').map((m) => m.measureId);
  return {
    pairs,
    byKey: new Map(pairs.map((p) => [`${p.m.measureId}/${p.method}`, p])),
    clusters: read('clinical-clusters'),
    ia: measures.filter((m) => m.category === 'ia').map((m) => m.measureId),
    cost,
    claims: benchmarks.filter((b) => b.submissionMethod === 'administrativeClaims'),
    // beyond traditional MIPS
    any: pairsOf(submitted),
    survey: measures.filter((m) => m.metricType === 'cahps' && m.measureId !== '321'),
    app: { app1: pairsOf(inProgram('app1')), appPlus: pairsOf(inProgram('appPlus')) },
    mvps: year < FIRST_MVP_YEAR ? [] : read('mvp').map((row) => ({
      id: row.mvpId,
      pairs: pairsOf(submitted.filter((m) => row.qualityMeasureIds.includes(m.measureId))),
      survey: row.qualityMeasureIds.includes('321'),
      ia: row.iaMeasureIds,
      cost: row.costMeasureIds,
      population: row.foundationQualityMeasureIds,
      outcomeClaims: row.administrativeClaimsMeasureIds,
    })),
  };
}
