// Which of a clinician's final scores pays.

import { Rational } from './rational.mjs';

const EXEMPT = new Set(['exemptNewlyEnrolled', 'exemptQp', 'exemptPartialQp', 'ineligibleType']);
const PAID = new Set(['eligible', 'eligibleOptedIn']);

// Whose eligibility a score asks for; one of several is enough.
const ASKED = {
  individual: ['individual'],
  group: ['group'],
  subgroup: ['group'],
  virtualGroup: ['virtualGroup'],
  apmEntity: ['individual', 'group'],
};

// The kinds of scores in the order in which they decide; null stands for all together.
function ranks(year) {
  if (year >= 2021) return [['virtualGroup'], null];
  if (year >= 2018) return [['apmEntity'], ['virtualGroup'], ['individual', 'group']];
  return [['apmEntity'], ['individual', 'group']];
}

function highest(list) {
  let best = null;
  for (const s of list) if (best === null || s.points.cmp(best.points) > 0) best = s;
  return best;
}

// The score that pays among those of one TIN, or null.
function decide(year, list) {
  for (const kinds of ranks(year)) {
    const best = highest(kinds === null ? list : list.filter((s) => kinds.includes(s.participation)));
    if (best !== null) return best;
  }
  return null;
}

// The place of the score in the list, or 'none'.
export function payingScore({ performanceYear, tin, eligibility = {}, scores = [] }) {
  if (Object.values(eligibility).some((status) => EXEMPT.has(status))) return 'none';
  const isPaid = (level) => eligibility[level] === undefined || PAID.has(eligibility[level]);
  const all = scores.map((s, place) => ({ ...s, place, points: Rational.parse(s.finalScore) }));
  const counting = all.filter((s) => ASKED[s.participation].some(isPaid));
  const of = (t) => decide(performanceYear, counting.filter((s) => s.tin === t));
  let best;
  if (all.some((s) => s.tin === tin)) {
    best = of(tin);
  } else {
    const paying = [...new Set(all.map((s) => s.tin))].map(of).filter((s) => s !== null);
    best = highest(paying.sort((a, b) => a.place - b.place));
  }
  return best === null ? 'none' : best.place;
}
