// The second verifier against a sample: it holds, and every flipped bit of receipt and ledger is seen.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const [verifier, folder] = process.argv.slice(2);
const { verifyLedger, verifyReceipt } = await import(pathToFileURL(verifier));
const key = readFileSync(`${folder}/key`, 'utf8');
const filed = readFileSync(`${folder}/filed.json`);
const receipt = readFileSync(`${folder}/receipt.json`);
const ledger = readFileSync(`${folder}/ledger.txt`);

let number = 0;
function test(name, holds) {
	console.log(`${holds ? 'ok' : 'not ok'} ${++number} - ${name}`);
}
function refused(what) {
	try {
		what();
		return false;
	} catch (error) {
		return error instanceof Error && !(error instanceof TypeError) && !(error instanceof RangeError);
	}
}
function everyFlipIsRefused(bytes, verifyBytes) {
	for (let i = 0; i < bytes.length; i++)
		for (let bit = 0; bit < 8; bit++) {
			const changed = Buffer.from(bytes);
			changed[i] ^= 1 << bit;
			if (!refused(() => verifyBytes(changed))) {
				console.log(`# byte ${i} bit ${bit}`);
				return false;
			}
		}
	return true;
}

console.log('1..6');
test('the receipt holds, of what was filed', verifyReceipt(receipt, key, filed).sequence === 2);
test('the receipt is of nothing else', refused(() => verifyReceipt(receipt, key, ledger)));
test('the ledger holds, with the record of the receipt', verifyLedger(ledger, key, JSON.parse(receipt)) === 4);
test('a ledger without the record does not', refused(() => verifyLedger(ledger, key, { ...JSON.parse(receipt), sequence: 9 })));
test('every flipped bit of the receipt is seen', everyFlipIsRefused(receipt, (b) => verifyReceipt(b, key)));
test('every flipped bit of the ledger is seen', everyFlipIsRefused(ledger, (b) => verifyLedger(b, key)));
