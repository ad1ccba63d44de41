// Pseudo-random practices of traditional MIPS, and the sets and facts that all kinds of practices share.

import { below, between, chance, decimal, one } from './random.mjs';

function tally(adjust) {
  const eligible = chance(12) ? below(25) : between(20, 3000);
  const exclusion = adjust ? below(Math.floor(eligible / 10) + 1) : 0;
  const exception = below(Math.floor(eligible / 12) + 1);
  const lost = chance(12) ? below(Math.floor(eligible / 2) + 1) : 0;
  const rated = Math.max(0, eligible - exclusion - exception - lost);
  const met = chance(5) ? 0 : chance(15) ? rated : chance(50) ? rated - below(Math.floor(rated / 8) + 1) : below(rated + 1);
  return { eligiblePopulation: eligible, eligiblePopulationExclusion: exclusion, eligiblePopulationException: exception,
    performanceMet: met, performanceNotMet: rated - met };
}

function qualityValue({ m, method }) {
  const value = { isEndToEndReported: method === 'electronicHealthRecord' };
  const rate = () => below(10001) / 100; // printed with at most two decimals, as a submission has it
  switch (m.metricType) {
    case 'nonProportion': {
      const denominator = between(1, 400);
      return { ...value, denominator, observationInstances: between(1, denominator), denominatorException: 0,
        numeratorExclusion: 0, numerator: below(20000) };
    }
    case 'multiPerformanceRate': // a registry leaves excluded patients out of a MIPS measure beforehand
      return { ...value, strata: m.strata.map((s) => ({ stratum: s.name, ...tally(method !== 'registry') })) };
    case 'cahps':
      return { score: between(50, 9999) / 100, reliability: 0.8, mask: chance(5), isBelowMinimum: chance(10) };
    case 'registryMultiPerformanceRate':
      return { ...value, performanceRate: rate(), strata: m.strata.map((s) => ({ stratum: s.name, ...tally(true), performanceRate: rate() })) };
    case 'registrySinglePerformanceRate':
      return { ...value, ...tally(true), performanceRate: rate() };
    default:
      return { ...value, ...tally(false) };
  }
}

// One quality set for each collection type. chosen: { m, method }
export function setsOf(year, chosen, programName = 'mips') {
  const byMethod = new Map();
  for (const p of chosen) {
    const list = byMethod.get(p.method) ?? byMethod.set(p.method, new Map()).get(p.method);
    list.set(p.m.measureId, { measureId: p.m.measureId, value: qualityValue(p) });
  }
  return [...byMethod].map(([submissionMethod, list]) => ({ category: 'quality', submissionMethod, programName,
    ...(submissionMethod === 'electronicHealthRecord' ? { cehrtId: 'XX15EXXXXXXXXXX' } : {}),
    performanceStart: `${year}-01-01`, performanceEnd: `${year}-12-31`, measurements: [...list.values()] }));
}

export function qualitySets(year, data) {
  let chosen = [];
  if (chance(20)) { // a specialty set or clusters, claims or registry only
    const row = one(data.clusters);
    const lists = [...(row.clinicalClusters ?? []), ...(row.specialtySets ?? [])];
    const ids = lists.length > 0 ? one(lists).measureIds : [row.measureId];
    chosen = ids.map((id) => data.byKey.get(`${id}/${row.submissionMethod}`)).filter(Boolean);
    if (chance(30)) chosen = chosen.slice(0, between(1, chosen.length || 1));
  } else {
    for (let i = between(1, 10); i > 0; i--) chosen.push(one(data.pairs));
    if (chance(20)) {
      const p = one(chosen);
      for (const method of p.m.submissionMethods) if (method !== 'cmsWebInterface' && method !== 'administrativeClaims') chosen.push({ m: p.m, method });
    }
  }
  return setsOf(year, chosen);
}

export function iaSet(year, list, programName = 'mips') {
  const ids = new Set();
  for (let i = between(1, 4); i > 0; i--) ids.add(one(list));
  return { category: 'ia', submissionMethod: 'registry', programName,
    performanceStart: `${year}-${chance(95) ? '01-01' : one(['10-03', '10-04', '12-01'])}`, performanceEnd: `${year}-12-31`,
    measurements: [...ids].map((measureId) => ({ measureId, value: !chance(4) })) };
}

export function piSet(year, programName = 'mips') {
  const list = [];
  const yes = (id, value = true) => list.push({ measureId: id, value });
  const ratio = (id) => {
    const denominator = between(1, 2000);
    list.push({ measureId: id, value: { numerator: chance(3) ? 0 : between(1, denominator), denominator } });
  };
  const either = (percent, exclusion, report) => (chance(percent) ? yes(exclusion) : report());
  yes('PI_PPHI_1', !chance(2));
  yes('PI_PPHI_2', !chance(8));
  yes('PI_ONCDIR_1');
  yes('PI_INFBLO_1');
  either(15, 'PI_LVPP_1', () => ratio('PI_EP_1'));
  if (year >= 2023) either(20, 'PI_EP_2_EX_1', () => yes('PI_EP_2'));
  else if (chance(50)) yes('PI_EP_2');
  if (chance(20)) {
    yes('PI_HIE_5');
  } else if (year >= 2023 && chance(10)) {
    yes('PI_HIE_6');
  } else {
    either(15, 'PI_LVOTC_1', () => ratio('PI_HIE_1'));
    either(15, 'PI_LVITC_2', () => ratio('PI_HIE_4'));
  }
  ratio('PI_PEA_1');
  const registry = (id) => {
    yes(id, !(year === 2025 && id === 'PI_PHCDRR_3' && chance(30)));
    if (year >= 2023) yes(`${id}_${chance(50) ? 'PRE' : 'PROD'}`);
  };
  either(30, 'PI_PHCDRR_1_EX_1', () => registry('PI_PHCDRR_1'));
  either(40, 'PI_PHCDRR_3_EX_2', () => registry('PI_PHCDRR_3'));
  if (chance(25)) registry(one(['PI_PHCDRR_2', 'PI_PHCDRR_4', 'PI_PHCDRR_5']));
  if (year >= 2026 && chance(20)) yes('PI_PHCDRR_6');
  if (chance(3)) list.splice(below(list.length), 1);
  return { category: 'pi', submissionMethod: 'electronicHealthRecord', programName, cehrtId: 'XX15EXXXXXXXXXX',
    performanceStart: `${year}-${chance(90) ? '01-01' : '08-15'}`, performanceEnd: `${year}-12-31`, measurements: list };
}

// A result near one of the entry values.
function near(values) {
  const v = values[below(values.length)];
  return decimal(Math.max(0, Math.floor(v * 10000) + below(Math.floor(v * 1000) + 10)), 4);
}

const entryValues = (b) => Object.values(b.percentiles ?? b.deciles).filter((x) => x > 0);

// The result of a measure that is computed from claims.
export function claimsFact(b) {
  return { measureId: b.measureId, score: near(entryValues(b)), caseCount: between(5, 300) };
}

export function factsOf(year, data) {
  const facts = { performanceYear: year, participation: chance(60) ? 'group' : 'individual' };
  if (chance(35)) facts.smallPractice = true;
  if (chance(20)) facts.specialStatuses = [one(['rural', 'hpsa', 'nonPatientFacing', 'hospitalBased', 'ascBased'])];
  if (chance(20)) facts.clinicianTypes = [one(['physician', 'nursePractitioner', 'physicalTherapist', 'clinicalSocialWorker'])];
  if (chance(8)) facts.apmParticipant = true;
  if (chance(15)) {
    facts.reweight = [];
    for (let i = between(1, 3); i > 0; i--) {
      const category = one(['quality', 'cost', 'ia', 'pi']);
      const reasons = ['euc', 'automaticEuc', 'joinedLate', 'dataIntegrity'];
      if (year >= 2024) reasons.push('thirdParty');
      if (category === 'pi') reasons.push('hardship', 'decertified');
      facts.reweight.push({ category, reason: one(reasons) });
    }
  }
  const unique = (list) => [...new Map(list.map((x) => [x.measureId, x])).values()];
  if (chance(75)) facts.cost = unique(Array.from({ length: between(1, 4) }, () => one(data.claims)).filter((b) => data.cost.includes(b.measureId)).map(claimsFact));
  if (chance(30)) facts.administrativeClaims = unique(data.claims.filter((b) => !data.cost.includes(b.measureId) && chance(60)).map(claimsFact));
  if (chance(50)) {
    const z = () => (chance(30) ? '-' : '') + decimal(below(20000), 4);
    facts.complexPatient = { medicalZ: z(), socialZ: z(), medicalAtOrAboveMedian: chance(60), socialAtOrAboveMedian: chance(60) };
  }
  if (chance(40)) {
    const before = below(10001);
    facts.prior = { qualityAchievementPercent: decimal(before, 2), qualityScorePercent: decimal(Math.min(10000, before + below(1500)), 2),
      costPercent: decimal(between(1, 10000), 2), sameIdentifier: chance(90), facilityBased: chance(5) };
  }
  return facts;
}

export function traditional(year, data) {
  const facts = factsOf(year, data);
  const measurementSets = [];
  if (chance(92)) measurementSets.push(...qualitySets(year, data));
  if (chance(80)) measurementSets.push(iaSet(year, data.ia));
  if (chance(70)) measurementSets.push(piSet(year));
  const submission = { performanceYear: year, entityType: facts.participation, taxpayerIdentificationNumber: '000000001',
    ...(facts.participation === 'individual' ? { nationalProviderIdentifier: '9000000007' } : {}), measurementSets };
  return { submission, facts };
}
