// usage: node compare.mjs A.jsonl B.jsonl [IN.jsonl] : TAP-like summary of where two runs differ, by member.
// Prints the first few differences of each member with the practice's id; exit 1 when there are any.

import { readFileSync } from 'node:fs';

const [left, right, inputs] = process.argv.slice(2).map((f) => readFileSync(f, 'utf8').split('\n').filter((x) => x !== ''));
const seen = new Map();
let differing = 0;

function note(member, id, a, b) {
  const list = seen.get(member) ?? seen.set(member, []).get(member);
  list.push(`${id}: ${JSON.stringify(a)} against ${JSON.stringify(b)}`);
}

function describe({ submission, program = 'mips', payment }) {
  if (payment !== undefined) return `payment PY${payment.performanceYear}`;
  return `PY${submission.performanceYear} ${program} ${submission.entityType}`;
}

function compare(id, a, b) {
  let same = true;
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
    if (key === 'measures') {
      for (const m of Object.keys(a.measures ?? {})) {
        if (b.measures?.[m] !== undefined && a.measures[m] !== b.measures[m]) {
          note('measures', id, `${m} ${a.measures[m]}`, b.measures[m]);
          same = false;
        }
      }
    } else if (key === 'complexPatientBonus' && Number(a[key] ?? 0) === 0 && Number(b[key] ?? 0) === 0) {
      continue; // no bonus: one prints 0, the other nothing
    } else if (JSON.stringify(a[key]) !== JSON.stringify(b[key])) {
      note(key, id, a[key], b[key]);
      same = false;
    }
  }
  if (!same) differing++;
}

if (left.length !== right.length) note('lines', '-', left.length, right.length);
for (let i = 0; i < Math.min(left.length, right.length); i++) {
  const a = JSON.parse(left[i]), b = JSON.parse(right[i]);
  compare(inputs ? `${a.id} (${describe(JSON.parse(inputs[i]))})` : a.id, a, b);
}
for (const [member, list] of seen) {
  console.log(`# ${member}: ${list.length} differ`);
  for (const line of list.slice(0, 5)) console.log(`#   ${line}`);
}
console.log(`# ${left.length} lines compared, ${differing} differ`);
process.exit(differing || seen.size ? 1 : 0);
