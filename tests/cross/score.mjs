// One practice from its submission and facts to its final score.

import { scoreCost } from './cost.mjs';
import { facilityScore } from './facility.mjs';
import { adjustment, finalScore } from './final.mjs';
import { hasIaData, scoreIa } from './ia.mjs';
import { rollUp } from './members.mjs';
import { hasPiData, scorePi } from './pi.mjs';
import { programOf } from './program.mjs';
import { hasQualityData, isAllClaims, scoreQuality } from './quality.mjs';
import { unitsText } from './rational.mjs';
import { CATEGORIES, FIRST_YEAR, LAST_YEAR, defaultReadings } from './tables.mjs';

const NO_FACTS = Object.freeze({});

function setsByCategory(submission, program) {
  const sets = { quality: [], ia: [], pi: [] };
  for (const set of submission.measurementSets ?? []) {
    if ((set.programName || 'mips') === program.name) sets[set.category]?.push(set);
  }
  return sets;
}

// Puts the members' mean where the APM entity submitted nothing itself.
function rollUpMembers(kind, facts, submitted, percents, categories) {
  for (const category of categories) {
    if (submitted[category] || (kind === 'app' && category === 'ia')) continue;
    const mean = rollUp(facts.members, category);
    if (mean === null) continue;
    percents[category] = mean.percent;
    submitted[category] = mean.reported;
  }
}

// The score by the measures, or the facility's where that is higher.
function bestScore(year, facts, practice, percents) {
  const measured = finalScore(year, facts, practice, percents);
  const facility = facilityScore(year, facts, practice, percents);
  if (facility === null || measured.score === null || facility.score.cmp(measured.score) <= 0) return measured;
  return { ...facility, facilityBased: true };
}

export function scorePractice(store, submission, facts, readings = defaultReadings(), programName = 'mips') {
  const year = submission.performanceYear;
  if (!Number.isInteger(year) || year < FIRST_YEAR || year > LAST_YEAR) {
    throw new Error(`no rules here for performance year ${year}`);
  }
  facts ??= NO_FACTS;
  const data = store.year(year);
  const program = programOf(data, programName);
  const level = submission.entityType === 'apm' ? 'apmEntity' : submission.entityType;
  const sets = setsByCategory(submission, program);
  const measures = new Map();

  const submitted = {
    quality: hasQualityData(data, program, level, sets.quality),
    cost: false,
    ia: hasIaData(year, sets.ia),
    pi: hasPiData(year, sets.pi),
  };
  const percents = {
    quality: scoreQuality(data, program, level, sets.quality, facts, readings, measures),
    cost: scoreCost(data, program, facts, measures),
    pi: scorePi(year, sets.pi, readings, measures),
  };
  // What the members bring counts as submitted where the activities ask for it.
  if (level === 'apmEntity') rollUpMembers(program.kind, facts, submitted, percents, ['quality', 'pi']);
  percents.ia = scoreIa(data, program, sets.ia, facts, readings, submitted.quality && submitted.pi, measures);
  if (level === 'apmEntity') rollUpMembers(program.kind, facts, submitted, percents, ['ia']);
  const practice = { kind: program.kind, level, submitted, claimsOnly: isAllClaims(year, sets.quality) };
  const final = bestScore(year, facts, practice, percents);
  if (final.score === null) return { noScore: true };
  return { year, measures, ...final, adjustment: adjustment(year, final.score) };
}

// The answer as plain JSON values; an absent value is absent.
export function answerOf(result) {
  if (result.noScore) return { noScore: true };
  const out = { finalScore: result.score.fixed(2) };
  CATEGORIES.forEach((c, i) => {
    if (result.weights[i] > 0) out[c] = result.percents[c].fixed(4);
  });
  out.weights = result.weights.map(String);
  if (result.bonus !== null) out.complexPatientBonus = result.bonus.fixed(4);
  const { factor, total, band } = result.adjustment;
  if (factor) out.factor = factor.fixed(2);
  if (total) out.total = total.fixed(2);
  out.band = band;
  if (result.facilityBased) out.facilityBased = true;
  out.measures = {};
  for (const [key, points] of result.measures) out.measures[key] = unitsText(points, 4);
  return out;
}
