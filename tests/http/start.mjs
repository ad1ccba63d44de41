// What qppd says when it is started: start.sh tells more. Node alone, no packages.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const [program] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "qppd-start-"));
let number = 0, failed = 0;
function ok(condition, name, ...shown) {
  number += 1;
  if (!condition) failed += 1;
  console.log(`${condition ? "ok" : "not ok"} ${number} - ${name}`);
  if (!condition) for (const s of shown) console.log("# " + String(s).replace(/\n/g, "\n# "));
}

// A start that must end by itself.
function refused(name, status, said, ...args) {
  const p = spawnSync(program, ["--port", "0", "--data", join(folder, "none"), ...args], { encoding: "utf8", timeout: 60000 });
  ok(p.status === status && said.every((s) => p.stderr.includes(s)), name, p.status, p.stderr);
}

// A start that serves; answers what it printed up to its address.
async function start(...args) {
  const child = spawn(program, ["--port", "0", ...args], { stdio: ["ignore", "pipe", "inherit"] });
  let text = "";
  await new Promise((resolve, reject) => {
    child.stdout.on("data", (d) => { text += d; if (text.includes("listens on")) resolve(); });
    child.on("exit", (code) => reject(new Error("qppd ended with " + code)));
  });
  const end = () => new Promise((resolve) => { child.removeAllListeners("exit"); child.on("exit", resolve); child.kill("SIGTERM"); });
  return { text, base: /listens on (\S+)/.exec(text)[1], end };
}

function settings(text) {
  const file = join(folder, "settings.json");
  writeFileSync(file, text);
  return file;
}

try {
  refused("no second factor is for a synthetic state alone", 2, ["--second-factor off", "--demo"], "--second-factor", "off");
  refused("so is another time", 2, ["--clock", "--demo"], "--clock", "2024-10-02T09:00:00-04:00");
  refused("an instant needs its offset", 2, ["2024-10-02T09:00:00", "offset"], "--demo", "5", "--clock", "2024-10-02T09:00:00");
  refused("a near option is named", 2, ["did you mean --settings"], "--setings", "x");

  refused("a member of the settings that nobody knows is named with its place", 1, ["settings.json:1:2", "adress", "did you mean address?"],
    "--settings", settings('{"adress":"https://qpp.example.org"}'));
  refused("an address is one of a web site", 1, ["ftp://qpp.example.org", "https://"], "--settings", settings('{"address":"ftp://qpp.example.org"}'));
  refused("a mail server needs a sender", 1, ["/mail", "from"], "--settings", settings('{"mail":{"server":"smtp://127.0.0.1:1"}}'));
  refused("a secret that cannot be read is named, as it stands beside the settings", 4, [join(folder, "nope")], "--settings",
    settings('{"mail":{"server":"smtp://127.0.0.1:1","from":"qpp@example.org","passwordFile":"nope"}}'));
  refused("a provider needs the address to send people back to", 2, ["address", "https://qpp.example.org"], "--settings",
    settings('{"providers":[{"id":"a","title":"A","issuer":"https://127.0.0.1:1","clientId":"x"}]}'));
  refused("settings that are not there", 4, ["absent.json"], "--settings", join(folder, "absent.json"));

  const own = join(folder, "own");
  const operator = (...a) => spawnSync(program, ["--data", own, "--operator", ...a], { encoding: "utf8", timeout: 60000 });
  const first = operator("ann.op"), again = operator("ann.op");
  ok(first.status === 0 && /operator ann\.op, password \S{18,}/.test(first.stdout), "a first operator is made, with a password", first.stdout, first.stderr);
  ok(again.status !== 0 && again.stderr.includes("already"), "and once only", again.stderr);
  const filled = spawnSync(program, ["--port", "0", "--data", own, "--demo", "5", "--second-factor", "off"], { encoding: "utf8", timeout: 60000 });
  ok(filled.status === 2 && filled.stderr.includes("not filled by --demo"), "a store of somebody's own takes no synthetic state", filled.status, filled.stderr);

  const demo = ["--data", join(folder, "demo"), "--demo", "60", "--second-factor", "off", "--window", "open", "--clock", "2024-10-02T09:00:00-04:00"];
  const one = await start(...demo);
  const password = /password (\S+)/.exec(one.text)[1], names = [...one.text.matchAll(/^ {2}(demo-\w+)/gm)].map((m) => m[1]);
  ok(names.length === 13, "a synthetic state has an account of every kind, and practices that may elect together", one.text);
  ok((statSync(join(folder, "demo", "demo-accounts.txt")).mode & 0o077) === 0, "their list is for its owner alone");
  const signed = await Promise.all(names.map((username) => fetch(one.base + "/api/auth/authn", { method: "POST",
    headers: { "Content-Type": "application/json" }, body: JSON.stringify({ username, password }) }).then((r) => r.json())));
  ok(signed.every((s) => s.data?.stage === "full"), "the password is enough for each", JSON.stringify(signed));
  const token = signed[0].auth.text;
  const ttl = await fetch(one.base + "/api/auth/sessions/ttl", { headers: { Authorization: "Bearer " + token } });
  ok(ttl.status === 200, "and lets in", ttl.status);
  ok(await one.end() === 0, "it ends as asked");

  const two = await start(...demo);
  ok(two.text.includes(password) && names.every((n) => two.text.includes(n)), "the next start prints the same accounts", two.text);
  ok(await two.end() === 0, "and ends as asked");
} catch (e) {
  ok(false, "the whole went through", e.stack);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log("1.." + number);
process.exitCode = failed ? 1 : 0;
