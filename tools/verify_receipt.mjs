// A second verifier, for those who do not want to trust the program that made the receipt: Node alone, no packages,
// written from docs/receipts.md. Off line.
//
//   node verify_receipt.mjs KEY receipt FILE [FILED]     KEY: 64 hexadecimal digits, or a file that has them
//   node verify_receipt.mjs KEY ledger FILE [RECEIPT]
//
// Exit status 0 when everything holds, 1 with one line that says what does not, 2 for a wrong call.
import { createHash, createPublicKey, verify } from 'node:crypto';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const HEX64 = /^[0-9a-f]{64}$/;
const HEX128 = /^[0-9a-f]{128}$/;
const NUMBER = /^(0|[1-9][0-9]{0,15})$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/;
const WORD = /^[!#-[\]-~]+$/;
const MEMBERS = ['receipt', 'number', 'sequence', 'at', 'kind', 'subject', 'sha256', 'previous', 'chain', 'signature', 'key'];

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

function must(holds, what) {
	if (!holds)
		throw new Error(what);
}

// Ed25519 over text; a raw public key becomes a key object by way of JWK.
function isSigned(text, signature, key) {
	const x = Buffer.from(key, 'hex').toString('base64url');
	const object = createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x } });
	return HEX128.test(signature) && verify(null, Buffer.from(text, 'utf8'), object, Buffer.from(signature, 'hex'));
}

// A time that exists, in its one form: what does not come back the same from a Date is refused.
function checkTime(at) {
	must(TIME.test(at), `not a time: ${at}`);
	const date = new Date(at.slice(0, 23) + 'Z');
	must(!Number.isNaN(date.getTime()) && date.toISOString().slice(0, 23) === at.slice(0, 23), `not a time: ${at}`);
}

function chainOf(r) {
	return sha256(['openqpp-ledger-1', r.sequence, r.at, r.kind, r.subject, r.sha256, r.previous, ''].join('\n'));
}

// ISO 7064 97-10: the whole number, check digits included, is 1 modulo 97.
function numberOf(sequence) {
	const digits = BigInt(sequence) * 100n;
	const check = 98n - digits % 97n;
	return `${String(sequence).padStart(10, '0')}-${String(check).padStart(2, '0')}`;
}

// One member a line in a fixed order: there is one way to write a receipt.
function canonical(r) {
	const lines = MEMBERS.map((name) => `  "${name}": ${name === 'sequence' ? r[name] : `"${r[name]}"`}`);
	return `{\n${lines.join(',\n')}\n}\n`;
}

function checkFields(r) {
	must(NUMBER.test(String(r.sequence)), 'the sequence is not a number');
	checkTime(r.at);
	must(WORD.test(r.kind) && r.kind.length <= 40, 'the kind is not a word');
	must(WORD.test(r.subject) && r.subject.length <= 200, 'the subject is not a word');
	must(HEX64.test(r.sha256), 'the hash of what was filed is not one');
}

export function verifyReceipt(bytes, key, filed) {
	const text = bytes.toString('utf8');
	let r;
	try {
		r = JSON.parse(text);
	} catch {
		throw new Error('the receipt is not JSON');
	}
	must(r !== null && typeof r === 'object', 'the receipt is not a JSON object');
	must(r.receipt === 'openqpp-receipt-1', 'not a receipt of this kind');
	for (const name of MEMBERS)
		must(typeof r[name] === (name === 'sequence' ? 'number' : 'string'), `${name} is missing`);
	checkFields(r);
	must(HEX64.test(r.previous), 'the previous hash is not one');
	must(canonical(r) === text && Buffer.from(text, 'utf8').equals(bytes), 'the receipt is not written as it was handed out');
	must(r.key === key, 'the receipt names another key');
	must(r.number === numberOf(r.sequence), 'the number does not belong to the sequence');
	must(r.chain === chainOf(r), 'what the receipt says does not have the hash it names');
	const parts = ['openqpp-receipt-1', r.number, r.sequence, r.at, r.kind, r.subject, r.sha256, r.previous, r.chain, ''];
	must(isSigned(parts.join('\n'), r.signature, key), 'the signature is not of this receipt by this key');
	must(!filed || sha256(filed) === r.sha256, 'this is not what was filed');
	return r;
}

function verifyRecord(line, count, previous) {
	const words = line.split(' ');
	must(words.length === 6, `record ${count + 1} is not a record`);
	const [sequence, at, kind, subject, hash, chain] = words;
	const r = { sequence, at, kind, subject, sha256: hash, previous };
	checkFields(r);
	must(sequence === String(count + 1), `record ${count + 1} is missing`);
	must(chain === chainOf(r), `record ${count + 1} was changed`);
	return chain;
}

export function verifyLedger(bytes, key, receipt) {
	const text = bytes.toString('latin1');
	must(text.endsWith('\n'), 'the ledger does not end with a line');
	const lines = text.slice(0, -1).split('\n');
	must(lines.length >= 2, 'the ledger ends without a signed head');
	must(lines[0] === `openqpp-ledger-1 ${key}`, 'not a ledger of this key');
	const records = lines.slice(1, -1);
	let chain = '0'.repeat(64);
	records.forEach((line, i) => {
		chain = verifyRecord(line, i, chain);
		if (receipt && receipt.sequence === i + 1)
			must(receipt.chain === chain, 'the ledger has another record than the receipt');
	});
	must(!receipt || (receipt.sequence >= 1 && receipt.sequence <= records.length), 'the record of the receipt is not in the ledger');
	const [word, sequence, at, head, signature, ...more] = lines[lines.length - 1].split(' ');
	must(word === 'head' && more.length === 0, 'the last line is not a signed head');
	checkTime(at ?? '');
	must(sequence === String(records.length) && head === chain, 'the signed head is of another record');
	must(isSigned(['openqpp-head-1', sequence, at, head, ''].join('\n'), signature ?? '', key), 'the head is not signed by this key');
	return records.length;
}

function main([keyGiven, what, file, beside]) {
	if (!keyGiven || !['receipt', 'ledger'].includes(what) || !file) {
		console.error('usage: verify_receipt.mjs KEY receipt FILE [FILED] | KEY ledger FILE [RECEIPT]');
		return 2;
	}
	const key = existsSync(keyGiven) ? readFileSync(keyGiven, 'utf8').trim() : keyGiven;
	try {
		must(HEX64.test(key), 'the key does not have 64 hexadecimal digits');
		const bytes = readFileSync(file);
		if (what === 'receipt') {
			const r = verifyReceipt(bytes, key, beside && readFileSync(beside));
			console.log(`genuine: ${r.number}, received ${r.at}, ${r.kind} ${r.subject}${beside ? ', of this file' : ''}`);
		} else {
			const receipt = beside && verifyReceipt(readFileSync(beside), key);
			console.log(`genuine: ${verifyLedger(bytes, key, receipt)} records${beside ? ', the receipt among them' : ''}`);
		}
		return 0;
	} catch (error) {
		console.error(`not genuine: ${error.message}`);
		return 1;
	}
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url))
	process.exitCode = main(process.argv.slice(2));
