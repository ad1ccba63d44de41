// The upload sequence of the agency's client, on the wire as its trace shows it (validate, list, the last set first, the
// rest at once, then everything again as replacement), and what else only shows over sockets. Node alone, no packages.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

const [program, file] = process.argv.slice(2);
let number = 0, failed = 0;
function ok(condition, name, ...shown) {
  number += 1;
  if (!condition) failed += 1;
  console.log(`${condition ? "ok" : "not ok"} ${number} - ${name}`);
  if (!condition) for (const s of shown) console.log("# " + (typeof s === "string" ? s : JSON.stringify(s)));
}

const server = spawn(program, { stdio: ["pipe", "pipe", "inherit"] });
const started = await new Promise((resolve, reject) => {
  let text = "";
  server.stdout.on("data", (d) => { text += d; if (text.includes("\n")) resolve(JSON.parse(text)); });
  server.on("exit", () => reject(new Error("the server did not start")));
});
const base = started.address + "/api/submissions";

async function call(method, path, { token = started.token, headers = {}, body } = {}) {
  const all = { Accept: "application/vnd.qpp.cms.gov.v1+json", "Content-Type": "application/json", ...headers };
  if (token) all.Authorization = "Bearer " + token;
  const response = await fetch(base + path, { method, headers: all, body });
  const text = await response.text();
  let json = null;
  try { json = JSON.parse(text); } catch { /* none */ }
  return { status: response.status, text, json, receipt: response.headers.get("openqpp-receipt"), etag: response.headers.get("etag"),
           replayed: response.headers.get("idempotency-replayed"), cors: response.headers.get("access-control-allow-origin") };
}

const readOnly = ["suppressed", "createdAt", "updatedAt", "submitterId", "submitterType", "version", "id"];
function stripped(value) {
  if (Array.isArray(value)) return value.map(stripped);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).filter(([k, v]) => v !== null && !readOnly.includes(k)).map(([k, v]) => [k, stripped(v)]));
}

// What the client does with one file; answers the responses of each step.
async function upload(text, tin) {
  const done = { created: [], replaced: [] };
  done.validated = await call("POST", "/public/validate-submission", { token: null, body: text });
  const submission = done.validated.json.data.submission;
  const query = Object.entries({ nationalProviderIdentifier: submission.nationalProviderIdentifier, entityId: submission.entityId,
    performanceYear: submission.performanceYear, entityType: submission.entityType }).filter(([, v]) => v).map(([k, v]) => `${k}=${v}`).join("&");
  done.list = await call("GET", "/submissions?" + query, { headers: { "qpp-taxpayer-identification-number": tin, "organization-id": started.registry } });
  const sets = [...submission.measurementSets];
  const { measurementSets, ...whole } = submission;
  let existing = done.list.json.data.submissions[0];
  if (done.list.json.data.totalItems === 0) {
    const last = sets.pop();
    done.created.push(await call("POST", "/measurement-sets", { body: JSON.stringify(stripped({ ...last, submission: whole })) }));
  }
  await Promise.all(sets.map(async (set) => {
    const same = existing && existing.measurementSets.find((x) => x.submitterId === started.registry && x.category === set.category &&
      x.submissionMethod === set.submissionMethod && x.programName === set.programName && (x.practiceId ?? undefined) === (set.practiceId ?? undefined));
    if (same) done.replaced.push(await call("PUT", "/measurement-sets/" + same.id, { body: JSON.stringify(stripped(set)) }));
    else if (existing) done.created.push(await call("POST", "/measurement-sets", { body: JSON.stringify(stripped({ ...set, submissionId: existing.id })) }));
    else done.created.push(await call("POST", "/measurement-sets", { body: JSON.stringify(stripped({ ...set, submission: whole })) }));
  }));
  return done;
}

try {
  const document = JSON.parse(readFileSync(file, "utf8"));
  document.taxpayerIdentificationNumber = started.tin;
  const text = JSON.stringify(document), sets = document.measurementSets.length;

  const first = await upload(text, started.tin);
  ok([200, 201].includes(first.validated.status), "the file validates", first.validated.text);
  ok(first.list.json.data.totalItems === 0, "nothing is there yet");
  ok(first.created.length === sets && first.created.every((r) => r.status === 201), "every set is created, the first alone, the rest at once",
     ...first.created.map((r) => r.text.slice(0, 300)));
  ok(new Set(first.created.map((r) => r.json.data.measurementSet.submissionId)).size === 1, "all are of one submission");
  ok(first.created.every((r) => JSON.parse(r.receipt).signature.length === 128), "each has a signed receipt");
  ok(new Set(first.created.map((r) => JSON.parse(r.receipt).number)).size === sets, "no two receipts have one number");

  const second = await upload(text, started.tin);
  ok(second.list.json.data.totalItems === 1, "the second time the submission is there");
  ok(second.created.length === 0 && second.replaced.length === sets && second.replaced.every((r) => r.status === 200), "every set is replaced");
  ok(second.replaced.every((r) => r.etag === '"v2"'), "each in its second version");
  const before = first.created.map((r) => r.json.data.measurementSet.id).sort(), after = second.replaced.map((r) => r.json.data.measurementSet.id).sort();
  ok(JSON.stringify(before) === JSON.stringify(after), "under the ids it had");
  ok(!second.list.text.includes(started.tin), "the TIN is masked");

  const id = first.created[0].json.data.measurementSet.submissionId;
  const score = await call("GET", `/submissions/${id}/score?program=mips`);
  const preview = await call("POST", "/submissions/score-preview?program=mips", { body: text });
  ok(score.status === 200 && score.json.data.score.name === "total", "there is a score", score.text.slice(0, 300));
  ok(JSON.stringify(score.json.data.score) === JSON.stringify(preview.json.data.score), "and the preview of the file is the same");

  // A practice files while eight of its programs begin at once.
  const filer = { performanceYear: 2023, entityType: "individual", taxpayerIdentificationNumber: started.tin, nationalProviderIdentifier: "9000010022" };
  const programs = ["mips", "app1", "G0053", "G0054", "G0055", "M0001", "M0002", "M0004"];
  const body = (programName) => JSON.stringify({ submission: filer, category: "ia", submissionMethod: "registry", programName,
    measurements: [{ measureId: "IA_EPA_2", value: true }] });
  const at_once = await Promise.all(programs.map((p) => call("POST", "/measurement-sets/", { token: started.practiceToken, body: body(p) })));
  ok(at_once.every((r) => r.status === 201), "eight at once are all created, with a trailing slash", ...at_once.map((r) => r.text.slice(0, 200)));
  ok(new Set(at_once.map((r) => r.json.data.measurementSet.submissionId)).size === 1, "and found or made one submission");
  const same = await Promise.all(programs.map(() => call("POST", "/measurement-sets", { headers: { "Idempotency-Key": "e2e-1" },
    body: JSON.stringify({ submission: { ...filer, nationalProviderIdentifier: "9000010030" }, category: "ia", submissionMethod: "registry",
      measurements: [{ measureId: "IA_EPA_2", value: true }] }) })));
  const kept = same.filter((r) => r.status === 201);
  ok(kept.length >= 1 && same.every((r) => r.status === 201 || r.status === 409), "one key at once files once", ...same.map((r) => r.status));
  ok(new Set(kept.map((r) => r.text)).size === 1 && new Set(kept.map((r) => r.receipt)).size === 1, "with one answer and one receipt");

  const mine = at_once[0].json.data.measurementSet.id;
  const others = await call("GET", "/measurement-sets/" + mine, { token: started.otherToken });
  const none = await call("GET", "/measurement-sets/123e4567-e89b-42d3-a456-426614174000", { token: started.otherToken });
  ok(others.status === 404 && others.text === none.text, "of others and of none are the same bytes", others.text, none.text);
  const stale = await call("DELETE", "/measurement-sets/" + mine, { token: started.practiceToken, headers: { "If-Match": '"v7"' } });
  const gone = await call("DELETE", "/measurement-sets/" + mine, { token: started.practiceToken, headers: { "If-Match": '"v1"' } });
  ok(stale.status === 412 && gone.status === 204 && gone.text === "" && gone.receipt, "a withdrawal goes by version and has a receipt");

  ok((await call("GET", "/submissions", { token: null })).status === 401, "nobody lists nothing");
  ok((await call("GET", "/submissions", { token: "wrong" })).status === 401, "a token that is none is refused");
  ok((await call("POST", "/submissions", { body: "{}" })).status === 401, "submissions are made by their sets");
  ok((await call("GET", "/health", { token: null })).status === 200, "the service answers");
  const crlf = text.replaceAll(",", ",\r\n");
  ok((await call("POST", "/public/validate-submission", { token: null, body: crlf })).status === 200, "CR and LF are white space");
  ok((await call("POST", "/public/validate-submission", { token: null, body: text.replace("{", '{"entityType":"group",') })).status === 422, "a member named twice is refused");
  // Refused by its length, before it is read: the client may see the answer or a closed connection.
  const large = await call("POST", "/measurement-sets", { body: "x".repeat(5 << 20) }).catch(() => ({ status: 413 }));
  ok(large.status === 413, "five megabytes are too many", large);
  const document2 = await fetch(started.address + "/api/openapi.json").then((r) => r.json());
  ok(document2.paths["/api/submissions/measurement-sets/{id}"]?.patch && document2.paths["/api/eligibility/npi/{npi}"]?.get, "the pages are in the OpenAPI document");
} catch (e) {
  ok(false, "the run itself", String(e.stack));
} finally {
  server.removeAllListeners("exit");
  const status = await new Promise((resolve) => { server.on("exit", resolve); server.stdin.end(); });
  ok(status === 0, "the server ends clean");
  console.log(`1..${number}`);
  process.exitCode = failed ? 1 : 0;
}
