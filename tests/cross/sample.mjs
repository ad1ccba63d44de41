// usage: node sample.mjs DATA_DIR COUNT [SEED] > in.jsonl
// Pseudo-random lines for cli.mjs, the same for the same seed: for measuring speed and for comparing
// scorers. Half of them are traditional MIPS of individuals and groups. TINs and NPIs are made up.

import { dataDirectory } from './data.mjs';
import { below, one, seed } from './random.mjs';
import { sampleData } from './sample-data.mjs';
import * as levels from './sample-levels.mjs';
import { paymentLine } from './sample-payment.mjs';
import { traditional } from './sample-practice.mjs';

const [dir, count = '1000', seedText = '1'] = process.argv.slice(2);
const root = dir && dataDirectory(dir);
if (!root) {
  process.stderr.write('usage: node sample.mjs DATA_DIR COUNT [SEED]\n');
  process.exit(2);
}
seed(seedText);

const YEARS = [2022, 2023, 2024, 2025, 2026];
const years = new Map(YEARS.map((year) => [year, sampleData(root, year)]));

// Out of 100 lines: how many, what, and from which year.
const KINDS = [
  [50, traditional, 2022],
  [9, levels.app1, 2022],
  [5, levels.appPlus, 2025],
  [11, levels.mvp, 2023],
  [4, levels.virtualGroup, 2022],
  [4, levels.apmEntity, 2022],
  [4, levels.facilityBased, 2022],
  [3, levels.claimsOnly, 2022],
  [10, paymentLine, null],
];

function line() {
  let at = below(100);
  for (const [share, make, first] of KINDS) {
    if (at >= share) {
      at -= share;
      continue;
    }
    if (first === null) return make();
    const year = one(YEARS.filter((y) => y >= first));
    return make(year, years.get(year));
  }
  throw new Error('the shares do not make 100');
}

let text = '';
for (let i = 0; i < Number(count); i++) {
  text += JSON.stringify({ id: i, ...line() }) + '\n';
  if (text.length > 1 << 20) {
    process.stdout.write(text);
    text = '';
  }
}
process.stdout.write(text);
