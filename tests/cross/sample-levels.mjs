// Pseudo-random practices of the other programs and levels: the APP, MVPs, virtual groups, subgroups, APM
// entities, facility-based and claims-only filers.

import { below, between, chance, decimal, one } from './random.mjs';
import { claimsFact, factsOf, iaSet, piSet, qualitySets, setsOf } from './sample-practice.mjs';

// --- Sets -------------------------------------------------------------------------------------

// program: { name, kind, pairs, survey, ia }
function programOf(data, kind, name) {
  if (kind === 'mvp') {
    const mvp = data.mvps.find((v) => v.id === name);
    return { ...mvp, name, kind };
  }
  return { name, kind, pairs: kind === 'app' ? data.app[name] : data.pairs, survey: true, ia: data.ia };
}

// Some of every place of the APP, often through several collection types or as a Medicare CQM.
function appChoice(program) {
  const places = new Map();
  for (const p of program.pairs) {
    const place = p.m.measureId.replace('SSP', '');
    places.set(place, [...places.get(place) ?? [], p]);
  }
  const chosen = [];
  const share = one([50, 85, 100]);
  for (const list of places.values()) {
    if (!chance(share)) continue;
    for (let i = one([1, 1, 1, 2, 3]); i > 0; i--) chosen.push(one(list));
  }
  return chosen;
}

function mvpChoice(program, methods) {
  const list = methods === undefined ? program.pairs : program.pairs.filter((p) => methods.includes(p.method));
  const chosen = [];
  if (list.length > 0) for (let i = between(1, 9); i > 0; i--) chosen.push(one(list));
  return chosen;
}

function surveySets(year, data, programName) {
  const items = data.survey.filter(() => chance(80));
  const sets = setsOf(year, items.map((m) => ({ m, method: 'certifiedSurveyVendor' })), programName);
  if (chance(25)) for (const set of sets) for (const m of set.measurements) m.value.isBelowMinimum = true;
  return sets;
}

function programQuality(year, data, program) {
  if (program.kind === 'mips') {
    const records = data.pairs.filter((p) => p.method === 'electronicHealthRecord');
    if (chance(15)) return setsOf(year, Array.from({ length: between(5, 12) }, () => one(records)));
    const sets = qualitySets(year, data);
    if (chance(2)) addForeign(sets, setsOf(year, [one(data.any)], 'mips'));
    return sets;
  }
  const narrow = program.kind === 'mvp' && chance(15) ? ['electronicHealthRecord'] : undefined;
  const chosen = program.kind === 'app' ? appChoice(program) : mvpChoice(program, narrow);
  if (chance(8)) chosen.push(one(data.any));
  return setsOf(year, chosen, program.name);
}

// Puts the measures of the new sets into the sets of the same collection type.
function addForeign(sets, added) {
  for (const set of added) {
    const old = sets.find((s) => s.submissionMethod === set.submissionMethod);
    if (old === undefined) sets.push(set);
    else for (const m of set.measurements) if (!old.measurements.some((x) => x.measureId === m.measureId)) old.measurements.push(m);
  }
}

function activities(year, data, program) {
  const list = chance(8) ? data.ia : program.ia;
  const set = iaSet(year, list, program.name);
  if (chance(4)) for (const m of set.measurements) m.value = false;
  return set;
}

function setsFor(year, data, program, level) {
  if (chance(6)) return [];
  const sets = [];
  if (chance(85)) sets.push(...programQuality(year, data, program));
  const mayHaveSurvey = level === 'individual' ? chance(3) : chance(program.kind === 'app' ? 60 : 20);
  if (mayHaveSurvey && (program.survey || chance(3))) sets.push(...surveySets(year, data, program.name));
  if (chance(program.kind === 'app' ? 25 : 70)) sets.push(activities(year, data, program));
  if (chance(70)) sets.push(piSet(year, program.name));
  return sets;
}

// --- Facts ------------------------------------------------------------------------------------

function unique(list) {
  return [...new Map(list.map((x) => [x.measureId, x])).values()];
}

function levelFacts(year, data) {
  const facts = factsOf(year, data);
  delete facts.participation; // the level stands in the submission
  if (chance(50)) facts.administrativeClaims = unique(data.claims.filter((b) => !data.cost.includes(b.measureId) && chance(70)).map(claimsFact));
  for (const fact of facts.administrativeClaims ?? []) if (chance(40)) fact.caseCount = between(195, 400);
  return facts;
}

function addMvpFacts(data, facts, mvp) {
  if (chance(70)) {
    const own = data.claims.filter((b) => mvp.cost.includes(b.measureId) && chance(75)).map(claimsFact);
    facts.cost = unique([...facts.cost ?? [], ...own]);
  }
  if (chance(20)) return;
  facts.registration = {};
  if (chance(80)) facts.registration.populationHealthMeasure = chance(90) ? one(mvp.population) : one(["480", "479", "484"].filter((id) => data.claims.some((b) => b.measureId === id)));
  if (chance(75)) {
    const ids = mvp.outcomeClaims.filter(() => chance(80));
    if (chance(15)) ids.push(one(['479', '480', '484'].filter((id) => !ids.includes(id) && data.claims.some((b) => b.measureId === id))));
    facts.registration.outcomeClaimsMeasures = ids;
  }
}

function percentText() {
  return chance(15) ? one(['0', '100', '50', '75.5']) : decimal(below(10001), 2);
}

function member() {
  const levelPercents = () => {
    const percents = {};
    for (const c of ['quality', 'ia', 'pi']) if (chance(55)) percents[c] = percentText();
    return percents;
  };
  const m = {};
  if (chance(70)) m.individual = levelPercents();
  if (chance(60)) m.group = levelPercents();
  const excused = ['quality', 'ia', 'pi'].filter((c) => chance(c === 'pi' ? 30 : 8));
  if (excused.length > 0) m.excused = excused;
  if (chance(15)) m.eligible = false;
  else if (chance(30)) m.eligible = true;
  return m;
}

function addMembers(facts) {
  if (chance(25)) return;
  facts.members = Array.from({ length: one([0, 1, 1, 2, 3, 4, 6, 9]) }, member);
  const category = one(['quality', 'ia', 'pi']);
  if (chance(8)) for (const m of facts.members) m.excused = [...new Set([...m.excused ?? [], category])];
  if (chance(4)) for (const m of facts.members) m.eligible = false;
}

function addFacility(facts) {
  if (chance(95)) facts.specialStatuses = [...facts.specialStatuses ?? [], 'facilityBased'];
  if (chance(8)) return;
  const rows = new Set();
  for (let i = between(5, 20); rows.size < i;) rows.add(below(10001));
  const rising = [...rows].sort((a, b) => a - b);
  const best = chance(30) ? 10000 : 6000;
  facts.facility = {
    percentile: decimal(chance(20) ? one(rising) : chance(10) ? Math.max(0, rising[0] - 1) : below(10001), 2),
    table: rising.map((p) => ({ percentile: decimal(p, 2), qualityPercent: decimal(Math.floor(best / 2) + below(Math.floor(best / 2) + 1), 2),
      costPercent: decimal(below(10001), 2) })),
  };
}

// --- Lines ------------------------------------------------------------------------------------

const ENTITY = { virtualGroup: 'VG0001', subgroup: 'SG00000001', apmEntity: 'A1001' };

function lineOf(year, program, level, facts, measurementSets) {
  const submission = { performanceYear: year, entityType: level, taxpayerIdentificationNumber: '000000001' };
  if (level === 'individual') submission.nationalProviderIdentifier = '9000000007';
  if (ENTITY[level] !== undefined) submission.entityId = ENTITY[level];
  submission.measurementSets = measurementSets;
  return program.name === 'mips' && chance(50) ? { submission, facts } : { submission, facts, program: program.name };
}

// Sets of another program in the same submission: they count for nothing here.
function addOtherProgram(year, data, program, sets) {
  const others = ['mips', 'app1', ...(year >= 2025 ? ['appPlus'] : []), ...data.mvps.slice(0, 2).map((v) => v.id)].filter((n) => n !== program.name);
  const name = one(others);
  const kind = name === 'mips' ? 'mips' : name.startsWith('app') ? 'app' : 'mvp';
  const other = programOf(data, kind, name);
  if (chance(60)) sets.push(...programQuality(year, data, other));
  if (chance(40)) sets.push(activities(year, data, other));
  if (chance(40)) sets.push(piSet(year, name));
}

function practice(year, data, kind, name, level) {
  const program = programOf(data, kind, name);
  const facts = levelFacts(year, data);
  if (kind === 'mvp') addMvpFacts(data, facts, program);
  if (level === 'apmEntity') addMembers(facts);
  const sets = setsFor(year, data, program, level);
  if (chance(10)) addOtherProgram(year, data, program, sets);
  return lineOf(year, program, level, facts, sets);
}

const APP_LEVELS = ['individual', 'group', 'apmEntity'];
const MVP_LEVELS = ['individual', 'group', 'subgroup', 'apmEntity'];

export function app1(year, data) {
  return practice(year, data, 'app', 'app1', one(APP_LEVELS));
}

export function appPlus(year, data) {
  return practice(year, data, 'app', 'appPlus', one(APP_LEVELS));
}

export function mvp(year, data) {
  return practice(year, data, 'mvp', one(data.mvps).id, one(MVP_LEVELS));
}

export function virtualGroup(year, data) {
  return practice(year, data, 'mips', 'mips', 'virtualGroup');
}

export function apmEntity(year, data) {
  return practice(year, data, 'mips', 'mips', 'apmEntity');
}

export function facilityBased(year, data) {
  const inMvp = data.mvps.length > 0 && chance(30);
  const level = one(inMvp ? ['individual', 'individual', 'group'] : ['individual', 'individual', 'group', 'virtualGroup']);
  const program = inMvp ? programOf(data, 'mvp', one(data.mvps).id) : programOf(data, 'mips', 'mips');
  const facts = levelFacts(year, data);
  if (inMvp) addMvpFacts(data, facts, program);
  addFacility(facts);
  return lineOf(year, program, level, facts, chance(30) ? [] : setsFor(year, data, program, level));
}

export function claimsOnly(year, data) {
  const kind = one(['mips', 'mips', 'app', ...(data.mvps.length > 0 ? ['mvp', 'mvp'] : [])]);
  const name = kind === 'mips' ? 'mips' : kind === 'app' ? 'app1' : one(data.mvps).id;
  const program = programOf(data, kind, name);
  const level = one(['individual', 'group', ...(kind === 'mvp' ? ['subgroup'] : []), ...(kind === 'mips' ? ['virtualGroup', 'apmEntity'] : [])]);
  const facts = levelFacts(year, data);
  if (kind === 'mvp') addMvpFacts(data, facts, program);
  if (chance(60)) facts.smallPractice = true;
  if (chance(35)) {
    const categories = ['quality', 'cost', 'ia', 'pi'].filter((c) => c === 'quality' || chance(60));
    facts.reweight = categories.map((category) => ({ category, reason: chance(85) ? 'automaticEuc' : 'euc' }));
  }
  const chosen = [];
  const byClaims = (list) => list.filter((p) => p.method === 'claims');
  const own = byClaims(program.pairs);
  const list = own.length === 0 || chance(10) ? byClaims(data.any) : own;
  for (let i = between(1, 6); i > 0; i--) chosen.push(one(list));
  const sets = setsOf(year, chosen, name);
  if (chance(25)) sets.push(activities(year, data, program));
  if (chance(15)) sets.push(piSet(year, name));
  return lineOf(year, program, level, facts, sets);
}
