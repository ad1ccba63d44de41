// Checks of programs and levels beside traditional MIPS, worked by hand. Called by selftest.mjs.

import { complexOrganization } from './collect.mjs';
import { facilityRow } from './facility.mjs';
import { weightedScore } from './final.mjs';
import { mvpActivityPoints } from './ia.mjs';
import { rollUp } from './members.mjs';
import { payingScore } from './payment.mjs';
import { categoryPercent } from './percent.mjs';
import { Rational, ZERO } from './rational.mjs';
import { answerOf, scorePractice } from './score.mjs';
import { POINT, defaultReadings, weightsOf } from './tables.mjs';

const R = (x) => Rational.parse(x);

// --- Without the published data ---------------------------------------------------------------

function testFormulas(check) {
  const app = (missing) => weightsOf(2025, true, new Set(['cost', ...missing]), 'app')?.join('/');
  check('APP weights', app([]), '50/0/20/30');
  check('APP weights without quality', app(['quality']), '0/0/25/75');
  check('APP weights without PI', app(['pi']), '75/0/25/0');
  check('F7.8', weightedScore(['85', '0', '100', '90'].map(R), [50, 0, 20, 30]).fixed(2), '89.50');
  // V7 B1, B3, B4: the APM scoring standard of 2017-2020 had the weights that the APP has.
  for (const [id, percents, bonus, want] of [['B1', '95.5/0/100/97.78', '0', '97.08'],
    ['B3', '100/0/100/73.74', '3', '95.12'], ['B4', '100/0/100/69.99', '5.7', '96.70']]) {
    const weights = weightsOf(2025, false, new Set(['cost']), 'app');
    check(`V7 ${id} with the weights of the APP`, weightedScore(percents.split('/').map(R), weights, R(bonus)).fixed(2), want);
  }
  // Eight measures of 8.0 and five of them from electronic records: 64 + 5 of 80; four: 32 + 4 of 40.
  const organization = (measures, available, level = 'apmEntity', year = 2026) => complexOrganization({ data: { year }, level },
    new Map(Array.from({ length: measures }, (_, i) => [i, { adjusts: true }])), available);
  check('F4.12', categoryPercent(64n * POINT, 80n, organization(5, 80n), ZERO).fixed(4), '86.2500');
  check('F4.13', categoryPercent(32n * POINT, 40n, organization(5, 40n), ZERO).fixed(4), '90.0000');
  check('B24', `${organization(10, 60n) / POINT} ${organization(10, 80n) / POINT}`, '6 8');
  check('no complex organization in a group, nor in 2024', `${organization(5, 80n, 'group')} ${organization(5, 80n, 'virtualGroup', 2024)}`, '0 0');
  check('F4.14', categoryPercent(45n * POINT, 50n, 0n, ZERO).fixed(4), '90.0000');
  check('MVP activities', [[2023, 'medium'], [2024, 'high'], [2025, null]].map(([y, w]) => mvpActivityPoints(y, w)), '20,40,40');

  const table = [['40', 1], ['80', 2], ['60', 3], ['90', 4]].map(([percentile, n]) => ({ percentile, n }));
  const row = (percentile) => facilityRow({ percentile, table })?.n;
  check('facility: the greatest row not above', ['83.5', '80', '79.99', '100', '39.9'].map(row), '2,2,3,4,');

  const members = [
    { individual: { quality: '70', ia: '100', pi: '80' }, group: { quality: '71.5', pi: '95' } },
    { group: { quality: '60' }, excused: ['pi'] },
    { individual: { quality: '100' }, eligible: false },
  ];
  const mean = (category, list = members) => { const r = rollUp(list, category); return r && `${r.percent?.fixed(4)} ${r.reported}`; };
  check('roll-up: (71.5 + 60) / 2', mean('quality'), '65.7500 true');
  check('roll-up: a member without percent counts 0', mean('ia'), '50.0000 true');
  check('roll-up: an excused member is not in the mean', mean('pi'), '95.0000 true');
  check('roll-up: everybody excused', mean('pi', members.slice(1)), 'undefined false');
  check('roll-up: nobody eligible, nobody told', `${mean('pi', members.slice(2))} ${mean('pi', [])}`, 'null null');
}

// --- Which score pays -------------------------------------------------------------------------

function testPayment(check) {
  const ask = (performanceYear, tin, list, eligibility = {}) => payingScore({ performanceYear, tin, eligibility,
    scores: list.split(';').filter(Boolean).map((x) => {
      const [where, participation, finalScore] = x.trim().split(' ');
      return { tin: where, participation, program: 'mips', finalScore };
    }) });
  const two = 'A individual 60; B individual 95';
  check('V6 (a) a new TIN: the highest score of the other', ask(2023, 'C', 'A individual 60'), 0);
  check('V6 (b) a new TIN', ask(2023, 'C', two), 1);
  check('V6 (b) its own score', ask(2023, 'A', two), 0);
  check('V6 (c)', ask(2023, 'A', 'A individual 70; A group 88'), 1);
  check('V6 (d) a qualifying participant', ask(2023, 'A', two, { individual: 'exemptQp' }), 'none');
  check('V4 G18', ask(2020, 'A', 'A virtualGroup 95; A apmEntity 80'), 1);
  check('virtual group always, from 2021', ask(2021, 'A', 'A apmEntity 95; A virtualGroup 80; A group 99'), 1);
  check('F7.17', ask(2025, 'A', 'A group 80.00; A subgroup 90.00'), 1);
  check('2018: the virtual group before higher ones', ask(2018, 'A', 'A group 95; A virtualGroup 60'), 1);
  check('2017', ask(2017, 'A', 'A group 95; A individual 99; A apmEntity 60'), 2);
  check('equal scores: the earlier', ask(2024, 'A', 'A individual 70.0; A group 70.00'), 0);
  const low = { individual: 'exemptLowVolume', group: 'eligible' };
  check('an exempt individual is paid by the group', ask(2024, 'A', 'A individual 90; A group 70', low), 1);
  check('an APM entity by either', ask(2024, 'A', 'A apmEntity 70; A group 60', low), 0);
  check('a subgroup by its group', ask(2024, 'A', 'A subgroup 70; A group 60', { group: 'optInEligible' }), 'none');
  check('a score under the billed TIN that does not count ends the search', ask(2024, 'A', two, { individual: 'exemptLowVolume' }), 'none');
  check('each other TIN decides for itself', ask(2020, 'C', 'A apmEntity 50; A group 90; B group 70'), 2);
  check('opted in', ask(2024, 'A', 'A individual 90', { individual: 'eligibleOptedIn' }), 0);
  check('no score', ask(2024, 'A', ''), 'none');
}

// --- Whole submissions ------------------------------------------------------------------------

const yes = (id) => ({ measureId: id, value: true });
// hundredths: the rate times 100, of 10,000 eligible.
const rate = (measureId, hundredths, eligiblePopulation = 10000) => ({ measureId,
  value: { eligiblePopulation, performanceMet: hundredths, performanceNotMet: eligiblePopulation - hundredths } });
const set = (year, programName, category, submissionMethod, measurements) => ({ category, submissionMethod, programName,
  performanceStart: `${year}-01-01`, performanceEnd: `${year}-12-31`, measurements });

function scorer(store) {
  return (year, program, entityType, sets, facts = {}) => answerOf(scorePractice(store, { performanceYear: year, entityType,
    measurementSets: sets.map(([category, method, list]) => set(year, program, category, method, list)) }, facts, defaultReadings(), program));
}

function testApp(check, score) {
  // 2025, registry: 236 at 72.5: 8.25; 001 at 18.4: 9.16; 134 at 100: 10, not capped. Together 27.41.
  const three = [rate('236', 7250), rate('001', 1840), rate('134', 10000)];
  const app = (level, list, facts) => score(2025, 'app1', level, [['quality', 'registry', list]], facts);
  const alone = app('individual', three);
  check('APP individual: 27.41 of 30', `${alone.quality} ${alone.ia} ${alone.weights}`, '91.3667 100.0000 50,0,20,30');
  check('APP individual: .5 x 91.3667 + 20', alone.finalScore, '65.68');
  check('APP group: the survey is a fourth place', app('group', three).quality, '68.5250');
  const small = app('individual', three, { smallPractice: true });
  check('APP small practice: (27.41 + 6) of 30, PI excused', `${small.quality} ${small.weights} ${small.finalScore}`, '100.0000 75,0,25,0 100.00');
  check('APP below the case minimum: left out, 19.16 of 20', app('individual', [rate('236', 15, 19), ...three.slice(1)]).quality, '95.8000');
  const partial = { measureId: '001', value: { eligiblePopulation: 1000, performanceMet: 1, performanceNotMet: 0 } };
  check('APP incomplete: 18.25 of 30', app('individual', [three[0], partial, three[2]]).quality, '60.8333');
  check('APP incomplete, small: (21.25 + 6) of 30', app('individual', [three[0], partial, three[2]], { smallPractice: true }).quality, '90.8333');
  check('a measure outside the APP earns nothing', app('individual', [rate('112', 6440)]).quality, '0.0000');
  check('a set of another program is not there', score(2025, 'app1', 'individual', []).finalScore, '0.00');
  // APP Plus 2025: 001SSP at 18.4: 9.16 against 0 for 001; 112SSP at 64.4: 7.44; 134, 236, 321 empty: 16.60 of 50.
  const plus = (level, facts) => score(2025, 'appPlus', level, [['quality', 'registry', [partial, rate('001SSP', 1840), rate('112SSP', 6440)]]], facts);
  check('APP Plus with Medicare CQMs', plus('group').quality, '33.2000');
  // 479 at .1476: 7 points, of 60; 484 is not in the set of 2025.
  const claims = [{ measureId: '479', score: '0.1609', caseCount: 200 }, { measureId: '484', score: '20', caseCount: 200 }];
  check('APP Plus with claims measures: 23.60 of 60', plus('group', { administrativeClaims: claims }).quality, '39.3333');
  // One measure by electronic record: 236 at 75.31, 8 points, and 1 of at most 5 beside it: 9 of 50.
  check('APP Plus of an APM entity', score(2025, 'appPlus', 'apmEntity', [['quality', 'electronicHealthRecord', [rate('236', 7531)]]]).quality, '18.0000');
}

function testMvp(check, score) {
  // G0058 in 2023: 128 at 37.2: 6; 376 at 22.92: 9; 350 at 99.14: 3; 470 (outcome) at 45.84: 7.
  const sets = [['quality', 'electronicHealthRecord', [rate('128', 3720), rate('376', 2292), rate('001', 1000)]],
    ['quality', 'registry', [rate('350', 9914), rate('470', 4584)]]];
  // 480 at .0326: 6; 479 at .1544: 6; 484 at 34.74: 6, at 29.4: 9.
  const results = (...list) => list.map(([measureId, value]) => ({ measureId, score: value, caseCount: 200 }));
  const all = results(['480', '0.0326'], ['479', '0.1544'], ['484', '29.4']);
  const mvp = (registration, administrativeClaims, level = 'group') => score(2023, 'G0058', level, sets, { registration, administrativeClaims });
  const chosen = { populationHealthMeasure: '479', outcomeClaimsMeasures: ['480'] };
  check('MVP: 7 + 9 + 6 + 6, and 6 for population health, of 50', mvp(chosen, all).quality, '68.0000');
  check('MVP: claims measure not chosen: 7 + 9 + 6 + 3 + 6', mvp({ ...chosen, outcomeClaimsMeasures: [] }, all).quality, '62.0000');
  check('MVP: no choice told, the better population health', mvp(undefined, all).quality, '68.0000');
  check('MVP: the chosen one has no result: out of both, 28 of 40', mvp(chosen, all.slice(0, 1)).quality, '70.0000');
  const none = mvp(chosen, []);
  check('MVP: chosen claims measure without result', `${none.quality} ${none.measures['quality/480/administrativeClaims']}`, '62.5000 0.0000');
  check('MVP: a choice outside the MVP is nothing', mvp({ outcomeClaimsMeasures: ['492'] }, []).quality, '62.5000');
  check('MVP of a subgroup', mvp(chosen, all, 'subgroup').quality, '68.0000');
  // Two measures of G0058 come by claims, 024 of high priority: 10 at 100; 128 at 95.78: 3. Bonus 6.
  const byClaims = (list, smallPractice) => score(2023, 'G0058', 'individual', [['quality', 'claims', list]], { smallPractice }).quality;
  check('MVP: small practice by claims, (13 + 6) of 20', byClaims([rate('024', 10000), rate('128', 9578)], true), '95.0000');
  check('MVP: one of them missing, (3 + 6) of 20', byClaims([rate('128', 9578)], true), '45.0000');
  check('MVP: not small, 13 of 40', byClaims([rate('024', 10000), rate('128', 9578)], false), '32.5000');
  const ia = (year, program, ids) => score(year, program, 'individual', [['ia', 'registry', ids.map(yes)]]).ia;
  check('F5.9', ia(2023, 'G0058', ['IA_AHE_3']), '100.0000');
  check('MVP: one medium activity', ia(2023, 'G0058', ['IA_BE_12', 'IA_EPA_1']), '50.0000');
  check('MVP: one activity in 2025', ia(2025, 'G0053', ['IA_BE_4']), '100.0000');
  // COST_KA_1 at 16881.9: 7 points; TPCC_1 is not of the MVP.
  const cost = [{ measureId: 'COST_KA_1', score: '16881.9', caseCount: 10 }, { measureId: 'TPCC_1', score: '100', caseCount: 50 }];
  check('MVP: its own cost measures', score(2023, 'G0058', 'individual', sets, { cost }).cost, '70.0000');
}

function testLevelsOfScores(check, score) {
  const claimsOnly = [['quality', 'claims', [rate('236', 7250)]]];
  const activity = ['ia', 'registry', [yes('IA_EPA_2')]];
  const shown = (a) => (a.noScore ? 'none' : a.finalScore);
  check('no score: a group without data', shown(score(2025, 'mips', 'group', [])), 'none');
  check('no score: a subgroup without data', shown(score(2025, 'G0053', 'subgroup', [])), 'none');
  check('a virtual group without data', shown(score(2025, 'mips', 'virtualGroup', [])), '0.00');
  check('an APM entity without data', shown(score(2025, 'mips', 'apmEntity', [])), '0.00');
  check('no score: a group with claims alone', shown(score(2025, 'mips', 'group', claimsOnly)), 'none');
  // 236 by claims, flat: 8.25 of 60 = 13.75; one activity of two: 50. No cost: .55 x 13.75 + .15 x 50.
  check('a group with claims and an activity', shown(score(2025, 'mips', 'group', [...claimsOnly, activity])), '15.06');
  check('an individual with claims alone', shown(score(2025, 'mips', 'individual', claimsOnly)), '7.56');
  const automatic = { reweight: ['quality', 'ia', 'pi'].map((category) => ({ category, reason: 'automaticEuc' })) };
  check('automatic circumstances: claims alone do not give quality its weight', shown(score(2025, 'mips', 'individual', claimsOnly, automatic)), '75.00');
  // With the activity: quality 13.75 at 85, activities 50 at 15.
  check('automatic circumstances: claims and an activity', shown(score(2025, 'mips', 'individual', [...claimsOnly, activity], automatic)), '19.19');

  // (70 + 60) / 2 = 65, (100 + 0) / 2 = 50, 95: .55 x 65 + .15 x 50 + .3 x 95.
  const members = [{ individual: { quality: '70', ia: '100', pi: '80' }, group: { pi: '95' } }, { group: { quality: '60' }, excused: ['pi'] }];
  const rolled = score(2025, 'mips', 'apmEntity', [], { members });
  check('APM entity: rolled up', `${rolled.finalScore} ${rolled.weights}`, '71.75 55,0,15,30');
  // In the APP activities stay 100: .5 x 65 + 20 + .3 x 95.
  check('APM entity under the APP: rolled up', score(2025, 'app1', 'apmEntity', [], { members }).finalScore, '81.00');
  const excused = members.map((m) => ({ ...m, excused: ['pi'] }));
  check('APM entity: all excused', score(2025, 'mips', 'apmEntity', [], { members: excused }).weights, '85,0,15,0');
  const euc = { reweight: [{ category: 'quality', reason: 'euc' }] };
  check('APM entity: data do not undo euc', score(2025, 'mips', 'apmEntity', [...claimsOnly, activity], euc).weights, '0,0,15,85');
  check('individual: data undo euc', score(2025, 'mips', 'individual', [...claimsOnly, activity], euc).weights, '55,0,15,30');

  const facility = { percentile: '83.5', table: [{ percentile: '80', qualityPercent: '85.2', costPercent: '70.1' },
    { percentile: '90', qualityPercent: '99', costPercent: '99' }] };
  const facts = { facility, specialStatuses: ['facilityBased'] };
  const nothing = score(2024, 'mips', 'individual', [], facts);
  check('facility: .3 x 85.2 + .3 x 70.1', `${nothing.finalScore} ${nothing.facilityBased}`, '46.59 true');
  const patients = { medicalZ: '.5', socialZ: '1', medicalAtOrAboveMedian: true };
  check('facility: complex patients of one without submission, + 9', score(2024, 'mips', 'individual', [], { ...facts, complexPatient: patients }).finalScore, '55.59');
  check('facility: not in 2022', shown(score(2022, 'mips', 'individual', [], facts)), '0.00');
  check('facility: a group needs more', shown(score(2024, 'mips', 'group', [], facts)), 'none');
  // One activity in 2025 is 50 percent of 15.
  check('facility: a group with an activity', shown(score(2025, 'mips', 'group', [activity], facts)), '54.09');
  const reweighted = { ...facts, reweight: [{ category: 'cost', reason: 'euc' }] };
  check('facility: reweighted cost, .55 x 85.2', score(2024, 'mips', 'individual', [], reweighted).finalScore, '46.86');
  check('facility: no status', shown(score(2024, 'mips', 'individual', [], { facility })), '0.00');
}

export function testLevels(check, skip, store) {
  testFormulas(check);
  testPayment(check);
  if (store === null) {
    skip('APP, MVPs and levels');
    return;
  }
  const score = scorer(store);
  testApp(check, score);
  testMvp(check, score);
  testLevelsOfScores(check, score);
}
