// The nodes of score-preview against the samples of the agency's engine, node by node: every member that a sample has is
// there with a value of the same kind. The samples are of 2018, when the category was called aci and other bonuses were
// given; what ended since is listed here with its reason, and nothing else may be absent.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

const [program, samples] = process.argv.slice(2);
let number = 0, failed = 0;
function ok(condition, name, ...shown) {
  number += 1;
  if (!condition) failed += 1;
  console.log(`${condition ? "ok" : "not ok"} ${number} - ${name}`);
  if (!condition) for (const s of shown) console.log("# " + (typeof s === "string" ? s : JSON.stringify(s)).slice(0, 1200));
}

const ended = {
  // No activity has a maximum of its own kind any more: its points are in its node.
  "total.metadata.maxHighContributionIA": 1, "total.metadata.maxMediumContributionIA": 1,
  // Improvement is scored in the category's percent; what it was compared with are facts of the filer, not of the score.
  "total.metadata.qualityImprovementBonus": 1, "total.metadata.previousYearQualityScore": 1, "total.metadata.previousYearNumerator": 1,
  "total.metadata.previousYearDenominator": 1,
  // About the engine's own working.
  "total.metadata.isSubmissionFabricated": 1, "total.metadata.runtimeInMillis": 1, "total.metadata.hasDiscardedReweight": 1,
  "total.metadata.hasIAWeightStatus": 1,
  // Told by the measures themselves.
  "total.metadata.hasACRMeasure": 1, "total.metadata.hasCAHPSMeasure": 1, "total.metadata.givenIAStudyCredit": 1,
  "total.metadata.givenAPMParticipationCredit": 1, "total.metadata.hasMinimumPIPerformancePeriod": 1,
};
const kind = (v) => (v === null ? "null" : Array.isArray(v) ? "array" : typeof v);
// Members that stand for something else in each node: a map by id or name, whose names are not of the shape.
const maps = ["messages", "objectiveScores", "bonuses", "piObjectives", "piBonuses"];

function compare(sample, ours, path, role, found) {
  if (kind(sample) !== kind(ours)) {
    if (kind(sample) !== "null" && kind(ours) !== "null") found.push(`${path}: ${kind(ours)}, not ${kind(sample)}`);
    return;
  }
  if (kind(sample) !== "object") return;
  for (const [name, value] of Object.entries(sample)) {
    if (ended[`${role}.${name}`] || name === "parts" || name === "original") continue;
    if (!(name in ours)) { found.push(`${path}.${name} is absent`); continue; }
    if (maps.includes(name)) { if (kind(value) !== kind(ours[name])) found.push(`${path}.${name}: ${kind(ours[name])}`); continue; }
    compare(value, ours[name], `${path}.${name}`, name === "metadata" ? `${role}.metadata` : role, found);
  }
}

const server = spawn(program, { stdio: ["pipe", "pipe", "inherit"] });
const started = await new Promise((resolve, reject) => {
  let text = "";
  server.stdout.on("data", (d) => { text += d; if (text.includes("\n")) resolve(JSON.parse(text)); });
  server.on("exit", () => reject(new Error("the server did not start")));
});
try {
  const document = JSON.parse(readFileSync(process.argv[4], "utf8"));
  const r = await fetch(started.address + "/api/submissions/submissions/score-preview?program=mips", { method: "POST",
    headers: { Authorization: "Bearer " + started.token, "Content-Type": "application/json" }, body: JSON.stringify(document) });
  const ours = (await r.json()).data.score;
  const named = (parts, name) => parts.find((p) => p.name === name);
  for (const [file, name, was] of [["quality", "quality", "quality"], ["aci", "pi", "pi"], ["ia", "ia", "ia"]]) {
    const sample = JSON.parse(readFileSync(`${samples}/scoring-example-output-${file}.json`, "utf8"));
    const found = [];
    compare(sample, ours, "total", "total", found);
    const s = named(sample.parts, was), o = named(ours.parts, name);
    compare(s, o, name, "category", found);
    compare(s.original, o.original, `${name}.original`, "original", found);
    s.original.parts.forEach((set) => {
      compare(set, o.original.parts[0], `${name}.set`, `${name}.set`, found);
      // A measure with a rate has points and a formula, one that is answered yes neither: each against one of its own kind.
      set.parts.forEach((m) => {
        const same = o.original.parts.flatMap((x) => x.parts).find((x) => kind(x.value) === kind(m.value) && ("formula" in (m.metadata ?? {})) === ("formula" in x.metadata));
        if (!same) found.push(`no measure of the kind of ${m.name}`);
        else compare(m, same, `${name}.measure`, `${name}.measure`, found);
      });
    });
    sample.parts.filter((p) => p.name !== was).forEach((p) => {
      const same = named(ours.parts, p.name.replace("aci", "pi"));
      if (!same) found.push(`part ${p.name} is absent`);
      else compare(p, same, p.name, p.name, found);
      if (same && p.parts && p.parts.length) { if (same.parts.length) compare(p.parts[0], same.parts[0], p.name + ".part", p.name + ".part", found); }
    });
    ok(found.length === 0, `the nodes of ${file} have every member of the sample`, ...new Set(found));
  }
  // The sums are those of the engine: what a category is worth by its weight, and all of them together.
  const categories = ours.parts.filter((p) => p.original), near = (a, b) => Math.abs(a - b) < 0.0002;
  ok(categories.length >= 3 && categories.every((c) => near(c.value, (c.original.value * c.metadata.maxContribution) / 100)),
     "a category is its percent by its weight", categories.map((c) => [c.name, c.value, c.original.value, c.metadata.maxContribution]));
  ok(near(ours.value, [...categories, named(ours.parts, "bonuses")].reduce((sum, c) => sum + c.value, 0)), "the total is the sum of its parts", ours.value);
  const set = named(ours.parts, "pi").original.parts[0];
  ok(Object.values(set.metadata.objectiveScores).reduce((a, b) => a + b, 0) >= named(ours.parts, "pi").original.value, "objectives add up to the category", set.metadata.objectiveScores, named(ours.parts, "pi").original.value, set.metadata.measuresPicked, set.metadata.measuresSkipped);
} catch (e) {
  ok(false, "the run itself", String(e.stack));
} finally {
  server.removeAllListeners("exit");
  const status = await new Promise((resolve) => { server.on("exit", resolve); server.stdin.end(); });
  ok(status === 0, "the server ends clean");
  console.log(`1..${number}`);
  process.exitCode = failed ? 1 : 0;
}
