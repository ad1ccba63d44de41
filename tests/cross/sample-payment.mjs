// Pseudo-random questions which of a clinician's scores pays.

import { below, between, chance, decimal, one } from './random.mjs';

const TINS = ['000000001', '000000002', '000000003', '000000004'];
const RARE = ['exemptNewlyEnrolled', 'exemptQp', 'exemptPartialQp', 'ineligibleType'];

function status() {
  if (chance(4)) return one(RARE);
  return one(['eligible', 'eligible', 'eligible', 'eligibleOptedIn', 'optInEligible', 'exemptLowVolume']);
}

function kindsOf(year) {
  return ['individual', 'individual', 'group', 'group', 'apmEntity', ...(year >= 2018 ? ['virtualGroup'] : []),
    ...(year >= 2023 ? ['subgroup'] : [])];
}

function programOf(year, participation) {
  if (participation === 'subgroup') return 'G0053';
  if (participation === 'virtualGroup' || year < 2021) return 'mips';
  return one(['mips', 'mips', 'app1', ...(year >= 2023 ? ['G0053'] : []), ...(year >= 2025 ? ['appPlus'] : [])]);
}

export function paymentLine() {
  const performanceYear = between(2017, 2026);
  const kinds = kindsOf(performanceYear);
  const narrow = chance(50) ? 2 : TINS.length;
  const few = ['75.00', '75', '75.01', '100.00', '60.5'];
  const scores = Array.from({ length: below(7) }, () => {
    const participation = one(kinds);
    return { tin: TINS[below(narrow)], participation, program: programOf(performanceYear, participation),
      finalScore: chance(40) ? one(few) : decimal(below(10001), 2) };
  });
  const tin = scores.length > 0 && chance(65) ? one(scores).tin : one(TINS);
  const eligibility = {};
  for (const level of ['individual', 'group']) if (chance(85)) eligibility[level] = status();
  const virtualGroupMember = scores.some((s) => s.tin === tin && s.participation === 'virtualGroup');
  if (performanceYear >= 2018 && chance(virtualGroupMember ? 70 : 15)) eligibility.virtualGroup = status();
  return { payment: { performanceYear, tin, virtualGroupMember, eligibility, scores } };
}
