// usage: node cli.mjs DATA_DIR [--reading NAME=VALUE]... < in.jsonl > out.jsonl
// Each input line: {"submission": QPP JSON, "facts": facts JSON, "program": its name, mips when absent}, or
// {"payment": which of a clinician's scores pays}; an "id" is carried over.
// Each output line: the scores, {"noScore": true}, {"pays": place}, or {"error": text}; the exit is 1 when any line failed.

import { Store } from './data.mjs';
import { payingScore } from './payment.mjs';
import { answerOf, scorePractice } from './score.mjs';
import { READINGS, defaultReadings } from './tables.mjs';

function usage(text) {
  process.stderr.write(`${text}\nusage: node cli.mjs DATA_DIR [--reading NAME=VALUE]... < in > out\n`);
  process.exit(2);
}

function parseArguments(args) {
  const readings = defaultReadings();
  let dir;
  for (let i = 0; i < args.length; i++) {
    if (args[i] === '--reading') {
      const [name, value] = (args[++i] ?? '').split('=');
      if (!READINGS[name]?.includes(value)) usage(`unknown reading: ${args[i]}`);
      readings[name] = value;
    } else if (dir === undefined && !args[i].startsWith('-')) {
      dir = args[i];
    } else {
      usage(`unknown argument: ${args[i]}`);
    }
  }
  if (dir === undefined) usage('the data folder is missing');
  return { dir, readings };
}

const { dir, readings } = parseArguments(process.argv.slice(2));
const store = new Store(dir);
let failed = false;

function answerLine(line) {
  let id;
  try {
    const input = JSON.parse(line);
    id = input.id;
    const answer = input.payment !== undefined ? { pays: payingScore(input.payment) }
      : answerOf(scorePractice(store, input.submission, input.facts, readings, input.program));
    return JSON.stringify(id === undefined ? answer : { id, ...answer });
  } catch (e) {
    failed = true;
    return JSON.stringify({ id, error: e.message });
  }
}

async function write(text) {
  if (!process.stdout.write(text)) await new Promise((go) => process.stdout.once('drain', go));
}

let rest = '';
process.stdin.setEncoding('utf8');
for await (const chunk of process.stdin) {
  const lines = (rest + chunk).split('\n');
  rest = lines.pop();
  let text = '';
  for (const line of lines) if (line.trim() !== '') text += answerLine(line) + '\n';
  if (text !== '') await write(text);
}
if (rest.trim() !== '') await write(answerLine(rest) + '\n');
process.exitCode = failed ? 1 : 0;
