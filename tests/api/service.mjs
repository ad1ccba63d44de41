// The service end to end on a store of its own, SQLite or PostgreSQL: a synthetic state, sign-in, eligibility, the upload
// sequence of the agency's client, consent refused and given, scores, fifty clients at once, and the process ended in the
// middle of writing. Node alone, no packages; what it starts it ends.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { agency } from "./agency.mjs";

const [program, grant, file] = process.argv.slice(2);
const YEAR = 2023, KILLS = 4, WRITERS = 8, CLIENTS = 50;
const folder = mkdtempSync(join(tmpdir(), "qpp-service-")), data = join(folder, "data");
const store = process.env.QPP_STORE_URL || "sqlite:" + join(data, "store.db");
const kind = store.startsWith("sqlite:") ? "SQLite" : "PostgreSQL";
const registryApi = "/api/submissions";

let number = 0, failed = 0;
function ok(condition, name, ...shown) {
  number += 1;
  if (!condition) failed += 1;
  console.log(`${condition ? "ok" : "not ok"} ${number} - ${name}`);
  if (!condition) for (const s of shown.slice(0, 3)) console.log("# " + (typeof s === "string" ? s : JSON.stringify(s)).slice(0, 600));
  return condition;
}
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// ---- the process ----

let service = null, password = "", base = "";
async function start(...options) {
  const began = Date.now();
  const args = ["--port", "0", "--data", data, "--store", store, "--demo", "60", "--second-factor", "off", ...options];
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
  let out = "", err = "";
  child.stderr.on("data", (d) => { err += d; });
  child.ended = new Promise((resolve) => child.on("exit", (code, signal) => resolve({ code, signal })));
  await new Promise((resolve, reject) => {
    child.stdout.on("data", (d) => { out += d; if (/listens on \S+\n/.test(out)) resolve(); });
    child.ended.then((e) => reject(new Error(`qppd ended: ${JSON.stringify(e)} ${err}`)));
  });
  service = child;
  base = out.match(/listens on (\S+)/)[1];
  password = out.match(/all with the password (\S+)/)[1];
  return Date.now() - began;
}
async function stop(signal) {
  const child = service;
  service = null;
  child.kill(signal);
  return child.ended;
}
function look(...more) {
  const run = spawnSync(grant, [store, join(data, "store.keys"), String(YEAR), ...more], { encoding: "utf8" });
  if (run.status !== 0) throw new Error("grant: " + run.stderr);
  return run.stdout ? JSON.parse(run.stdout) : null;
}

// ---- the client ----

async function ask(method, path, { token, headers = {}, body } = {}) {
  const all = { Accept: "application/vnd.qpp.cms.gov.v1+json", ...headers };
  if (body !== undefined && !all["Content-Type"]) all["Content-Type"] = "application/json";
  if (token) all.Authorization = "Bearer " + token;
  const response = await fetch(base + path, { method, headers: all, body, redirect: "manual" });
  const text = await response.text();
  let json = null;
  try { json = JSON.parse(text); } catch { /* none */ }
  return { status: response.status, text, json, headers: response.headers, etag: response.headers.get("etag"),
           receipt: response.headers.get("openqpp-receipt"), replayed: response.headers.get("idempotency-replayed") };
}
async function signIn(name) {
  const r = await ask("POST", "/api/auth/authn", { body: JSON.stringify({ username: name, password }) });
  if (r.status !== 200) throw new Error(`sign-in of ${name}: ${r.status} ${r.text}`);
  return r.json.auth.text;
}
const post = (token, set, headers) => ask("POST", registryApi + "/measurement-sets", { token, headers, body: JSON.stringify(set) });

const readOnly = ["suppressed", "createdAt", "updatedAt", "submitterId", "submitterType", "version", "id"];
function stripped(value) {
  if (Array.isArray(value)) return value.map(stripped);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).filter(([k, v]) => v !== null && !readOnly.includes(k)).map(([k, v]) => [k, stripped(v)]));
}

// What the agency's client does with one file.
async function upload(token, registry, text, tin) {
  const done = { created: [], replaced: [] };
  done.validated = await ask("POST", registryApi + "/public/validate-submission", { body: text });
  const submission = done.validated.json.data.submission;
  const query = Object.entries({ nationalProviderIdentifier: submission.nationalProviderIdentifier, entityId: submission.entityId,
    performanceYear: submission.performanceYear, entityType: submission.entityType }).filter(([, v]) => v).map(([k, v]) => `${k}=${v}`).join("&");
  done.list = await ask("GET", registryApi + "/submissions?" + query, { token, headers: { "qpp-taxpayer-identification-number": tin, "organization-id": registry } });
  const sets = [...submission.measurementSets];
  const { measurementSets, ...whole } = submission;
  const existing = done.list.json.data.submissions[0];
  if (done.list.json.data.totalItems === 0) done.created.push(await post(token, stripped({ ...sets.pop(), submission: whole })));
  if (done.created.some((r) => r.status === 403)) return done;
  await Promise.all(sets.map(async (set) => {
    const same = existing && existing.measurementSets.find((x) => x.submitterId === registry && x.category === set.category &&
      x.submissionMethod === set.submissionMethod && x.programName === set.programName && (x.practiceId ?? undefined) === (set.practiceId ?? undefined));
    if (same) done.replaced.push(await ask("PUT", registryApi + "/measurement-sets/" + same.id, { token, body: JSON.stringify(stripped(set)) }));
    else if (existing) done.created.push(await post(token, stripped({ ...set, submissionId: existing.id })));
    else done.created.push(await post(token, stripped({ ...set, submission: whole })));
  }));
  return done;
}

const individual = (practice) => ({ performanceYear: YEAR, entityType: "individual", taxpayerIdentificationNumber: practice.tin,
                                    nationalProviderIdentifier: practice.npi });
const virtualPractice = (i, filer, programName = "mips") => ({ submission: filer, category: "ia", submissionMethod: "registry", programName,
  practiceId: "site-" + i, performanceStart: "2023-01-01", performanceEnd: "2023-12-31", measurements: [{ measureId: "IA_EPA_2", value: true }] });

// ---- the parts ----

async function firstStart() {
  await start();
  ok(true, `the service starts on ${kind} with a synthetic state`);
  const token = await signIn("demo-registry");
  const closed = await post(token, virtualPractice(0, { performanceYear: YEAR, entityType: "group", taxpayerIdentificationNumber: "000000000" }));
  ok([401, 403].includes(closed.status), "nothing is filed for a practice that nobody knows", closed.text);
  const end = await stop("SIGTERM");
  ok(end.code === 0, "SIGTERM ends it with status 0", end);
  return look();
}

async function signInAndLookUp(w) {
  w.token = await signIn("demo-registry");
  w.official = await signIn("demo-official");
  w.stranger = await signIn("demo-entity");
  const wrong = await ask("POST", "/api/auth/authn", { body: JSON.stringify({ username: "demo-staff", password: "not it" }) });
  ok(wrong.status === 401 && wrong.json.error.message, "a wrong password is 401", wrong.text);
  const one = await ask("GET", `/api/eligibility/npi/${w.letIn.npi}/?year=${YEAR}`);
  ok(one.status === 200 && one.json.data.npi === w.letIn.npi && one.json.data.organizations.length === 1, "eligibility of an NPI, with a trailing slash", one.text);
  ok(one.json.data.organizations[0].TIN === "XXXXXXXXXX" && !one.text.includes(w.letIn.tin), "and no TIN in it");
}

async function uploads(w) {
  const document = JSON.parse(readFileSync(file, "utf8"));
  const of = (tin) => JSON.stringify({ ...document, taxpayerIdentificationNumber: tin });
  const refused = await upload(w.token, w.registry, of(w.notLetIn.tin), w.notLetIn.tin);
  ok(refused.list.json.data.totalItems === 0, "a practice without data, asked for by its TIN, has no submission", refused.list.text);
  ok(refused.created.length === 1 && refused.created[0].status === 403, "a registry that was not let in is refused", refused.created[0].text);
  ok(/Security Official/.test(refused.created[0].text) && !refused.created[0].text.includes(w.notLetIn.tin), "told who can grant it, and no TIN");
  ok((await stop("SIGTERM")).code === 0, "the service is stopped");
  look(w.notLetIn.id, w.registry);
  await start("--window", "open", "--rate", "off");
  const sets = document.measurementSets.length;
  const first = await upload(w.token, w.registry, of(w.notLetIn.tin), w.notLetIn.tin);
  ok(first.created.length === sets && first.created.every((r) => r.status === 201),
     "let in, every set is created, by the session from before the restart", ...first.created.map((r) => r.text));
  ok(new Set(first.created.map((r) => r.json.data.measurementSet.submissionId)).size === 1, "in one submission");
  ok(new Set(first.created.map((r) => JSON.parse(r.receipt).number)).size === sets, "with a receipt each");
  const second = await upload(w.token, w.registry, of(w.notLetIn.tin), w.notLetIn.tin);
  ok(second.replaced.length === sets && second.replaced.every((r) => r.status === 200 && r.etag === '"v2"'), "the second time every set is replaced");
  w.submission = first.created[0].json.data.measurementSet.submissionId;
  const score = await ask("GET", `${registryApi}/submissions/${w.submission}/score?program=mips`, { token: w.token });
  const preview = await ask("POST", registryApi + "/submissions/score-preview?program=mips", { token: w.token, body: of(w.notLetIn.tin) });
  ok(score.status === 200 && score.json.data.score.name === "total" && Number(score.json.data.score.value) > 0, "there is a score", score.text);
  const quality = (r) => r.json.data.score.parts.find((p) => p.name === "quality").original.parts;
  ok(preview.status === 200 && JSON.stringify(quality(score)).length > 1000, "and a preview of the file", preview.text);
}

// Fifty clients file sets of one submission at once; each then sends its own again. What stood there before has no practiceId.
async function atOnce(w, filer, name, keyed) {
  const bodies = Array.from({ length: CLIENTS }, (_, i) => virtualPractice(i, filer));
  const send = (i) => post(w.token, bodies[i], keyed ? { "Idempotency-Key": `at-once-${i}` } : {});
  const all = bodies.map((_, i) => i);
  const first = await Promise.all((keyed ? [...all, ...all] : all).map(async (i) => ({ i, r: await send(i) })));
  for (const x of first)
    for (let tries = 0; keyed && x.r.status === 409 && tries < 50; tries += 1) { await sleep(20); x.r = await send(x.i); }
  const made = first.map((x) => x.r);
  ok(made.every((r) => r.status === 201), `${name}: all are created`, ...made.filter((r) => r.status !== 201).map((r) => r.text));
  ok(new Set(made.map((r) => r.json?.data?.measurementSet?.submissionId)).size === 1, `${name}: one submission`);
  ok(new Set(made.map((r) => r.json?.data?.measurementSet?.id)).size === CLIENTS, `${name}: ${CLIENTS} sets`);
  ok(new Set(made.map((r) => r.receipt)).size === CLIENTS, `${name}: ${CLIENTS} receipts`);
  if (keyed) ok(made.filter((r) => r.replayed).length >= CLIENTS, `${name}: the second of each is the first again`);
  const again = await Promise.all(all.map(send));
  ok(again.every((r) => (keyed ? r.status === 201 && r.replayed : r.status === 422 && r.json.error.type === "DuplicateEntryError")),
     `${name}: sent once more, nothing is filed twice`, ...again.map((r) => r.status));
  const seen = await ask("GET", registryApi + "/submissions/" + made[0].json.data.measurementSet.submissionId, { token: w.token });
  const ids = seen.json.data.submission.measurementSets.map((s) => s.practiceId).filter(Boolean);
  ok(ids.length === CLIENTS && new Set(ids).size === CLIENTS, `${name}: none is lost`, seen.text);
}

// Writers until the process is gone. What was acknowledged is kept here, and what was under way.
async function writeUntilGone(w, sets, round) {
  const acknowledged = new Map(), open = new Map(), refused = [];
  let going = true;
  service.ended.then(() => { going = false; });
  const writer = async (k) => {
    for (let i = 0; going; i += 1) {
      const set = sets[k], value = { ...virtualPractice(set.practiceId, undefined), practiceId: set.practiceId, performanceEnd: `2023-12-${10 + (i % 20)}` };
      const key = `kill-${round}-${k}-${i}`;
      delete value.submission;
      open.set(set.id, { key, value });
      try {
        const r = await ask("PUT", registryApi + "/measurement-sets/" + set.id, { token: w.token, headers: { "Idempotency-Key": key }, body: JSON.stringify(value) });
        if (r.status !== 200) throw new Error(`${r.status} ${r.text}`);
        acknowledged.set(set.id, { version: Number(r.etag.slice(2, -1)), end: value.performanceEnd, receipt: r.receipt, key, value });
        open.delete(set.id);
      } catch (e) {
        /* The connection broke: this one may have been filed or not, and nothing comes after it. */
        if (/^\d/.test(e.message)) refused.push(e.message);
        return;
      }
    }
  };
  const writers = sets.map((_, k) => writer(k));
  return { acknowledged, open, refused, done: Promise.all(writers) };
}

async function killed(w, sets) {
  let lost = 0, doubled = 0, filed = 0, worst = 0;
  for (let round = 0; round < KILLS; round += 1) {
    const state = await writeUntilGone(w, sets, round);
    await sleep(150 + Math.floor(Math.random() * 300));
    await stop("SIGKILL");
    await state.done;
    worst = Math.max(worst, await start("--window", "open", "--rate", "off"));
    if (state.refused.length) ok(false, "no write is refused", state.refused.join("; "));
    for (const set of sets) {
      const known = state.acknowledged.get(set.id), open = state.open.get(set.id);
      const now = await ask("GET", registryApi + "/measurement-sets/" + set.id, { token: w.token });
      const version = Number(now.etag.slice(2, -1)), had = known ? known.version : 0;
      filed += had;
      if (version < had || (version === had && known && now.json.data.measurementSet.performanceEnd !== known.end)) lost += 1;
      if (known && version > had + 1) doubled += 1;
      /* The answer that was lost on the way comes again under its key, and files at most once. */
      if (open) {
        const again = await ask("PUT", registryApi + "/measurement-sets/" + set.id, { token: w.token, headers: { "Idempotency-Key": open.key }, body: JSON.stringify(open.value) });
        const after = Number(again.etag.slice(2, -1));
        if (again.status !== 200 || (known && after > had + 1)) doubled += 1;
      }
    }
  }
  ok(filed > KILLS * WRITERS && lost === 0, `${KILLS} times SIGKILL under ${WRITERS} writers: nothing acknowledged is lost`, { filed, lost });
  ok(doubled === 0, "and nothing is filed twice", { doubled });
  console.log(`# restart after SIGKILL: at most ${worst} ms`);
  ok(worst < 10000, "it is up again soon", worst);
}

async function ended(w, sets) {
  const state = await writeUntilGone(w, sets, "term");
  await sleep(300);
  const end = await stop("SIGTERM");
  await state.done;
  ok(end.code === 0, "SIGTERM under writers ends it with status 0", end);
  /* Refused while it ends: told so, as no fault of what was sent. */
  for (const r of state.refused) console.log(`# ${r}`);
  ok(state.refused.every((r) => r.startsWith("5")), "a write that it cannot take any more is refused by it", state.refused.join("; "));
  await start("--window", "open", "--rate", "2/2", "--rate-block", "30");
  const lost = [];
  for (const [id, known] of state.acknowledged) {
    const now = await ask("GET", registryApi + "/measurement-sets/" + id, { token: w.token });
    /* Two a second from here: the rest of the tests is about that. */
    if (now.status === 429) break;
    if (now.status !== 200 || Number(now.etag.slice(2, -1)) < known.version) lost.push(`${id}: ${now.status} ${now.text} ${now.etag}, known ${known.version}`);
  }
  ok(state.acknowledged.size === WRITERS && !lost.length, "and nothing acknowledged is lost", lost.join("; ") || state.acknowledged.size);
  let busy = null;
  for (let i = 0; i < 60 && (!busy || busy.status !== 429); i += 1) busy = await ask("GET", registryApi + "/health");
  ok(busy.status === 429 && busy.json.error.type === "TooManyRequests" && busy.json.error.message && Number(busy.headers.get("retry-after")) > 0,
     "over the rate it is 429, with when to come again", busy.status + " " + busy.text);
  ok((await stop("SIGTERM")).code === 0, "the last end is a clean one");
}

try {
  const w = await firstStart();
  await start("--rate", "off");
  await signInAndLookUp(w);
  const closed = await post(w.token, virtualPractice(0, { ...individual(w.letIn) }));
  ok(closed.status === 401 && closed.json.error.type === "Unauthorized", "outside of the submission period a write is 401", closed.text);
  await stop("SIGTERM");
  await start("--window", "open", "--rate", "off");
  await uploads(w);
  await agency({ ok, ask, post, w, year: YEAR, individual, virtualPractice });
  await atOnce(w, { performanceYear: String(YEAR), entityType: "group", taxpayerIdentificationNumber: w.letIn.tin }, "fifty clients", false)
    .catch((e) => ok(false, "fifty clients", String(e.stack)));
  await atOnce(w, individual(w.notLetIn), "fifty clients with keys, twice each", true);
  const sets = [];
  for (let k = 0; k < WRITERS; k += 1) {
    const r = await post(w.token, virtualPractice("w" + k, individual(w.notLetIn)));
    sets.push(r.json.data.measurementSet);
  }
  await killed(w, sets);
  await ended(w, sets);
} catch (e) {
  ok(false, "the run itself", String(e.stack));
} finally {
  if (service) await stop("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
  console.log(`1..${number}`);
  process.exitCode = failed ? 1 : 0;
}
