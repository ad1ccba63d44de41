// The quality category of traditional MIPS and of the MVPs; the APP stands in app.mjs.
// Points are BigInt counts of 10^-4 point.

import { scoreAppQuality } from './app.mjs';
import { allClaims, chosenOutcomes, populationHealth } from './claims.mjs';
import { collect, complexOrganization } from './collect.mjs';
import { demand, isDemanded, pick } from './demand.mjs';
import { categoryPercent, improvement } from './percent.mjs';
import { hasQualityMeasure } from './program.mjs';
import { Rational, ZERO } from './rational.mjs';
import { POINT, qualityRules } from './tables.mjs';

const MVP_MEASURES = 4;

// --- What counts as a submission --------------------------------------------------------------

// Before 2024 any set counts, since then one with at least one measure in it.
function filedSets(year, sets) {
  return year < 2024 ? sets : sets.filter((s) => (s.measurements ?? []).length > 0);
}

// Since 2024 a measure of another program is none.
export function hasQualityData(data, program, level, sets) {
  if (data.year < 2024) return sets.length > 0;
  return sets.some((s) => (s.measurements ?? []).some((item) => {
    const meta = data.measures.get(item.measureId);
    return meta !== undefined && meta.category === 'quality' && hasQualityMeasure(program, level, meta);
  }));
}

export function isAllClaims(year, sets) {
  const filed = filedSets(year, sets);
  return filed.length > 0 && filed.every((s) => s.submissionMethod === 'claims');
}

// --- How many measures ------------------------------------------------------------------------

// A survey that came is another collection type, also when nothing of it can be scored: no reduction.
const NOT_ONLY_CLAIMS_AND_CQM = new Map();

// A small practice that reports by claims alone owes no more than the MVP has of such measures.
function mvpDemand(ctx, sets) {
  const whole = { required: MVP_MEASURES, slot: true, dropEmpty: false };
  if (!ctx.small || !isAllClaims(ctx.data.year, sets)) return whole;
  const offered = ctx.program.mvp.quality.map((id) => ctx.data.measures.get(id))
    .filter((meta) => meta?.methods.includes('claims'));
  if (offered.length === 0 || offered.length >= MVP_MEASURES) return whole; // who reports by claims has such a measure
  return { required: offered.length, slot: offered.some(isDemanded), dropEmpty: false };
}

function slotKind(ctx, slot, entries) {
  if (!slot) return 'none';
  if (ctx.readings.suppressedOutcome !== 'satisfies') return 'outcome';
  const out = entries.filter((e) => e.best === null && e.suppressed);
  if (out.some((e) => e.meta.outcome)) return 'outcomeMet';
  return out.some((e) => e.meta.highPriority) ? 'highPriorityMet' : 'outcome';
}

// chosen: the claims measures of an MVP that were chosen; they count as complete.
// surveys: a survey without a result that took a place off counts as reported.
function participatesFully(entries, chosen, surveys, required, slot) {
  const done = [...entries.filter((e) => e.complete || e.empty || e.suppressed), ...chosen];
  return done.length + surveys >= required && (!slot || done.some((e) => isDemanded(e.meta)));
}

// --- The category -----------------------------------------------------------------------------

function asCandidate(points, meta) {
  return { points, outcome: meta.outcome, highPriority: meta.highPriority };
}

function scoreBest(ctx, sets, out) {
  const { data, small, rules } = ctx;
  const isMvp = ctx.program.kind === 'mvp';
  const normal = isMvp ? MVP_MEASURES : rules.required;
  const { found, surveyTooSmall } = collect(ctx, sets, out);
  const claims = isMvp ? populationHealth(ctx, out) : allClaims(ctx, out);
  const chosen = isMvp ? chosenOutcomes(ctx, out) : [];
  const { required, slot, dropEmpty } = isMvp ? mvpDemand(ctx, sets)
    : demand(data, surveyTooSmall ? NOT_ONLY_CLAIMS_AND_CQM : found, normal);
  const entries = [...found.values()];

  let slots = required;
  const candidates = chosen.map((c) => asCandidate(c.points, c.meta));
  for (const e of entries) {
    if (e.best === null) slots -= 1; // submitted, but suppressed
    else if (!(dropEmpty && e.empty && e.methods.has('registry'))) candidates.push(asCandidate(e.best, e.meta));
  }
  const surveys = surveyTooSmall && found.size < normal ? 1 : 0;
  slots -= surveys;
  if (slots < 0) slots = 0;

  const available = 10n * (BigInt(slots) + claims.scored);
  if (available === 0n) return isMvp ? ZERO : null;
  const submitted = found.size > 0 || surveyTooSmall;
  const sum = pick(candidates, slots, slotKind(ctx, slot, entries)) + claims.sum;
  const bonus = (small && submitted ? rules.smallBonus : 0n) + complexOrganization(ctx, found, available);
  let improved = ZERO;
  if (submitted && participatesFully(entries, chosen, surveys, required, slot)) {
    improved = improvement(new Rational(100n * sum, POINT * available), ctx.facts.prior, ctx.readings);
  }
  return categoryPercent(sum, available, bonus, improved);
}

// The percent of the category, null when nothing can be scored.
export function scoreQuality(data, program, level, sets, facts, readings, out) {
  const ctx = { data, program, level, facts, readings, rules: qualityRules(data.year), small: facts.smallPractice === true };
  return program.kind === 'app' ? scoreAppQuality(ctx, sets, out) : scoreBest(ctx, sets, out);
}
