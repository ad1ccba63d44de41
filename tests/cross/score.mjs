// One practice from its submission and facts to its final score.

import { scoreCost } from './cost.mjs';
import { adjustment, finalScore } from './final.mjs';
import { hasIaData, scoreIa } from './ia.mjs';
import { hasPiData, scorePi } from './pi.mjs';
import { hasQualityData, scoreQuality } from './quality.mjs';
import { unitsText } from './rational.mjs';
import { CATEGORIES, FIRST_YEAR, LAST_YEAR, defaultReadings } from './tables.mjs';

const NO_FACTS = Object.freeze({});

function setsByCategory(submission) {
  const sets = { quality: [], ia: [], pi: [] };
  for (const set of submission.measurementSets ?? []) {
    if (set.programName && set.programName !== 'mips') continue;
    sets[set.category]?.push(set);
  }
  return sets;
}

export function scorePractice(store, submission, facts, readings = defaultReadings()) {
  const year = submission.performanceYear;
  if (!Number.isInteger(year) || year < FIRST_YEAR || year > LAST_YEAR) {
    throw new Error(`no rules here for performance year ${year}`);
  }
  facts ??= NO_FACTS;
  const data = store.year(year);
  const entity = submission.entityType === 'apm' ? 'apmEntity' : submission.entityType;
  const participation = facts.participation ?? entity;
  const sets = setsByCategory(submission);
  const measures = new Map();

  const quality = scoreQuality(data, sets.quality, facts, readings, measures);
  const submitted = {
    quality: hasQualityData(year, sets.quality),
    cost: false,
    ia: hasIaData(year, sets.ia),
    pi: hasPiData(year, sets.pi),
  };
  const percents = {
    quality: quality.percent,
    cost: scoreCost(data, facts, measures),
    ia: scoreIa(data, sets.ia, facts, readings, submitted.quality && submitted.pi, measures),
    pi: scorePi(year, sets.pi, readings, measures),
  };
  const final = finalScore(year, facts, participation, percents, submitted);
  return { year, percents, measures, ...final, adjustment: adjustment(year, final.score) };
}

// The answer as plain JSON values; an absent value is absent.
export function answerOf(result) {
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
  out.measures = {};
  for (const [key, points] of result.measures) out.measures[key] = unitsText(points, 4);
  return out;
}
