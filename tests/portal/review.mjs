// Targeted review as people go through it, without JavaScript, at 320 pixels, on the shipped synthetic state: a small practice
// that a hurricane struck sees on its feedback why it scored what it scored, files, is asked for a document, answers, is
// approved by two people and sees the new factor beside the old one; and a denial leaves score and factor as they were, byte
// for byte. Prints TAP.
//
//   node review.mjs QPPD PACKAGES CHROMIUM STATIC [PRACTICES] [SHOTS]
//
// The practice of the story is the same in a state of any size (20 unless told; ./run starts 2000). SHOTS: a folder in which
// the pages of the story are kept as pictures.
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { faultsOf, lookingContext, parts } from '../browser/looks.mjs'

const [qppd, packages, executablePath, statics, practices = '20', shots] = process.argv.slice(2)
const { chromium, axe } = parts(packages)

let count = 0, failed = 0
function ok(good, name, more) {
	count++
	failed += !good
	console.log(`${good ? 'ok' : 'not ok'} ${count} - ${name}`)
	if (!good && more)
		String(more).split('\n').slice(0, 40).forEach((l) => console.log(`# ${l}`))
}

// ---- the service, with its clock where a test wants it ----

const folder = mkdtempSync(join(tmpdir(), 'review-'))
let server, address, password
async function serve(clock) {
	const args = ['--data', folder, '--demo', practices, '--second-factor', 'off', '--window', 'open', '--rate', 'off', '--port', '0', '--clock', clock]
	server = spawn(qppd, statics ? [...args, '--static', statics] : args, { stdio: ['ignore', 'pipe', 'pipe'] })
	let out = '', err = ''
	server.stderr.on('data', (d) => { err += d })
	address = await new Promise((done, fail) => {
		server.stdout.on('data', (d) => {
			out += d
			const at = /listens on (\S+)/.exec(out)
			if (at)
				done(at[1])
		})
		server.once('exit', (c) => fail(new Error(`the service ended with ${c}: ${err}`)))
	})
	password = /password (\S+)/.exec(out)?.[1] ?? password
}
async function stop() {
	server.removeAllListeners('exit')
	const ended = new Promise((done) => server.once('exit', done))
	server.kill('SIGTERM')
	await ended
}
// Also when a step throws: nothing is left running, nothing lying about.
process.on('exit', () => {
	server?.kill('SIGKILL')
	rmSync(folder, { recursive: true, force: true })
})
await serve('2024-10-02T09:00:00-04:00')

// ---- people ----

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
const looked = await lookingContext(browser, axe)

class Person {
	static async make(user, options = {}) {
		const x = new Person()
		x.context = await browser.newContext({ javaScriptEnabled: false, reducedMotion: 'reduce', viewport: { width: 320, height: 640 }, ...options })
		x.page = await x.context.newPage()
		x.page.setDefaultTimeout(10000)
		x.user = user
		await x.signIn()
		return x
	}
	async signIn(page = this.page) {
		await page.goto(`${address}/sign-in`)
		await page.getByLabel('User name').fill(this.user)
		await page.getByLabel('Password').fill(password)
		await page.getByRole('button', { name: 'Sign in', exact: true }).click()
	}
	async signOut() {
		await this.press('Sign out')
	}
	go(path) { return this.page.goto(`${address}${path}`) }
	text() { return this.page.locator('main').innerText() }
	press(name) { return this.page.getByRole('button', { name, exact: true }).first().click() }
	follow(name) { return this.page.getByRole('link', { name, exact: true }).first().click() }
	field(name) { return this.page.getByLabel(name, { exact: true }) }
	async has(what, name) {
		const t = await this.text()
		ok(what instanceof RegExp ? what.test(t) : t.includes(what), name, `${this.page.url()}\n${t}`)
	}
	async lacks(what, name) {
		const t = await this.page.content()
		ok(!t.includes(what), name, this.page.url())
	}
	async shot(name) {
		if (shots)
			await this.page.screenshot({ path: join(shots, `${name}.png`), fullPage: true })
	}
	async fine(name) {
		await this.shot(name.replace(/\W+/g, '-'))
		const faults = await faultsOf(this.page, looked)
		ok(!faults.length, `${name}: axe finds nothing, and it fits 320 pixels`, faults.join('\n'))
	}
	token() { return this.page.locator('input[name=csrf]').first().inputValue() }
	async post(path, form, headers = {}) {
		const cookies = (await this.context.cookies()).map((c) => `${c.name}=${c.value}`).join('; ')
		return fetch(`${address}${path}`, { method: 'POST', redirect: 'manual', body: new URLSearchParams(form),
			headers: { cookie: cookies, accept: 'text/html', origin: address, 'sec-fetch-site': 'same-origin', ...headers } })
	}
	// A file of this address, as its bytes and headers.
	async fetch(path) {
		const cookies = (await this.context.cookies()).map((c) => `${c.name}=${c.value}`).join('; ')
		return fetch(`${address}${path}`, { headers: { cookie: cookies, accept: 'text/html' }, redirect: 'manual' })
	}
	async fill(fields) {
		for (const [name, value] of Object.entries(fields))
			await this.field(name).fill(value)
	}
}

const id = (page) => /targeted-review\/([0-9a-f-]{36})/.exec(page.url())?.[1]

// ---- the story ----

const official = await Person.make('demo-official'), reviewer = await Person.make('demo-reviewer')
const second = await Person.make('demo-second'), operator = await Person.make('demo-operator')
const staff = await Person.make('demo-staff'), registry = await Person.make('demo-registry'), vgroup = await Person.make('demo-vgroup')
const TIN = '000000001', PRACTICE = 'Cypress Family Medicine Clinic'
const CORRECTED = '83.00', FACTOR = '+0.69'
let feedback

async function why() {
	const x = official
	await x.go('/feedback?year=2023')
	await x.page.getByRole('link', { name: PRACTICE }).first().click()
	feedback = new URL(x.page.url()).pathname
	await x.has('62.17', 'a small practice sees its score')
	await x.has('−1.54 %', 'and its payment adjustment')
	const cost = await x.page.getByRole('row', { name: /^Cost/ }).first().innerText()
	ok(/16\.97/.test(cost) && /30/.test(cost) && /5\.09/.test(cost), 'cost brought 5 of 30 points', cost)
	ok((await x.page.content()).includes('414.1380'), 'and why, down to the rules')
	await x.fine('feedback as it was released')
	await x.go('/targeted-review')
}

async function files() {
	const x = official
	await x.follow('Targeted review')
	await x.has('There are none yet', 'who has filed nothing sees so')
	await x.has(/2023\s+Open/, 'and that the window of 2023 is open')
	await x.fine('landing')
	await x.follow('Ask for a review for 2023')
	await x.has('New request for review', 'a request is begun')
	await x.fine('form')
	await x.page.getByLabel('Organization', { exact: true }).selectOption({ index: 1 })
	await x.press('Save and go on')
	await x.has('The explanation is missing', 'what is missing is said at its field')
	ok(await x.page.locator('#explanation-error').count() === 1, 'and tied to it')
	await x.fine('form with faults')
	const at = id(x.page) ?? /targeted-review\/([0-9a-f-]{36})\/edit/.exec(await x.page.content())?.[1]
	ok(at, 'the draft is saved nevertheless')
	await x.page.getByLabel('Reason', { exact: true }).selectOption('exceptionNotApplied')
	await x.page.getByLabel('Cost').check()
	await x.fill({ 'Legal name of the practice or entity': PRACTICE, Telephone: '555-0100',
		Explanation: 'A hurricane closed the practice in August 2023, and our patients went to emergency rooms. Our exception for cost was approved and not applied.' })
	await x.press('Save and go on')
	await x.has('Notice of the approval', 'the evidence that is normally wanted for the reason is named')
	await x.fine('evidence')
	return at
}

// A document's bytes, in the form of an upload.
const paper = (name, bytes) => ({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) })
async function upload(x, file) {
	await x.field('Document').setInputFiles(file)
	await x.press('Add the document')
}

async function proves() {
	const x = official
	await x.press('Add the document')
	await x.has('Choose a file', 'no file is said so')
	await upload(x, paper('approval.exe', 'MZ'))
	await x.has('No documents', 'a type that is not taken is refused before it is kept')
	await x.fine('evidence with a fault')
	await upload(x, paper('approval.pdf', 'plain text that says it is a PDF'))
	await x.has('No documents', 'and so is a file whose content is another than its name says')
	await upload(x, paper('wrong.txt', 'the wrong paper'))
	await x.has('wrong.txt', 'a document is added')
	await x.press('Remove wrong.txt')
	await x.has('No documents', 'and removed')
	await upload(x, paper('approval.txt', 'The exception of 12 September 2023 was approved.'))
	await x.has(/SHA-256 [0-9a-f]{64}/, 'with its hash')
	const got = await x.fetch(new URL(await x.page.getByRole('link', { name: 'approval.txt' }).getAttribute('href'), address).pathname)
	ok(got.status === 200 && /^attachment; filename="approval.txt"/.test(got.headers.get('content-disposition')) &&
		got.headers.get('x-content-type-options') === 'nosniff' && got.headers.get('content-type').startsWith('application/octet-stream'),
	'it is served as a file to keep, of no type that runs', [...got.headers].join('\n'))
	ok(await got.text() === 'The exception of 12 September 2023 was approved.', 'byte for byte')
}

async function certifies(at) {
	const x = official
	await x.follow('Go on to review and certify')
	await x.has('A hurricane closed the practice', 'the whole request is shown before it is filed')
	await x.fine('review and certify')
	await x.press('File the request')
	await x.has('The certification is missing', 'nothing is filed without certification')
	await x.fine('certification missing')
	await x.page.getByLabel('What I say here is true').check()
	const form = { csrf: await x.token(), certified: 'yes', key: await x.page.locator('input[name=key]').inputValue(),
		version: await x.page.locator('input[name=version]').inputValue() }
	// A double click, and the page sent again by one who does not know whether it arrived.
	const twice = await Promise.all([1, 2, 3].map(() => x.post(`/targeted-review/${at}/review`, form)))
	ok(twice.every((t) => t.status === 303 && t.headers.get('location').endsWith(`/targeted-review/${at}/receipt`)),
		'sent three times at once it is filed, and each leads to the receipt', (await Promise.all(twice.map(async (t) => `${t.status} ${t.headers.get('location')} ${/<h2[^>]*>There is a problem[^]*?<.ul>/.exec(await t.text())?.[0]}`))).join('\n'))
	await x.go(`/targeted-review/${at}/receipt`)
	await x.has(/Request \d{10}-\d{2}/, 'the receipt has the number of the request')
	await x.has(/October 2, 2024, at 9:\d\d(:\d\d)? a\.m\. ET/, 'the instant, in Eastern time')
	await x.has(/Margin\s+\d+ days and \d+ hours before the deadline/, 'the margin before the deadline')
	await x.fine('receipt')
	const number = /Request (\d{10}-\d{2})/.exec(await x.text())[1]
	const signed = await (await x.fetch(`/targeted-review/${at}/receipt.json`)).json()
	ok(signed.number === number, 'the signed receipt is a file to keep', JSON.stringify(signed))
	await x.go('/targeted-review')
	const list = await x.page.content()
	ok(list.split(number).length === 2, 'it is one request')
	await x.page.getByRole('link', { name: number }).click()
	await x.has('Submitted', 'its state is shown')
	await x.has('Filed', 'and its timeline')
	await x.has('Keep your own papers until December 31, 2029', 'papers are kept for six years from the end of the period')
	await x.fine('request that was filed')
	return number
}

async function scoreOf(x, at) {
	await x.go(`/reviewer/targeted-review/${at}`)
	const t = await x.text()
	return { score: /Final score\s+(\S+)/.exec(t)?.[1], factor: /Payment adjustment\s+(\S+)/.exec(t)?.[1] }
}

async function reviews(at, number) {
	const x = reviewer
	await x.follow('Requests for review')
	await x.has(/Unassigned:?\s+1/, 'the queue counts what nobody has')
	await x.fine('queue')
	await x.page.getByLabel('assigned to nobody').check()
	await x.press('Show')
	await x.has(number, 'it is found by a filter')
	await x.page.getByLabel('whose answer is overdue').check()
	await x.press('Show')
	await x.lacks(number, 'and by another it is not')
	const before = await scoreOf(x, at)
	ok(before.score === '62.17' && before.factor === '−1.54', 'the workbench has the score as it is', /The score as it is[^]{0,400}/.exec(await x.text())?.[0])
	await x.has('Exceptions that are known', 'and evidence that gathered itself')
	await x.has('approval.txt', 'and the documents')
	await x.fine('workbench')
	await x.page.getByLabel('Cost').check()
	await x.page.getByLabel('With the reason').selectOption('euc')
	await x.press('Show what would change')
	await x.has(`62.17 to ${CORRECTED}, −1.54 % to ${FACTOR} %`, 'what would change is shown: score and factor')
	await x.has('Cause:', 'with the facts that changed, causes first')
	await x.fine('workbench with a counterfactual')
	await x.press('Assign to me')
	await x.has('In review', 'a reviewer takes it')
	await x.field('What is needed').fill('Please send the notice of approval with its date.')
	await x.press('Send the question')
	await x.has('Information requested', 'and asks for a document')
	await x.has('November 1, 2024, at 11:59', 'due in thirty days, for 2023')
}

async function answers(at) {
	const x = official
	await x.go('/targeted-review')
	await x.has('An answer is waited for', 'the filer sees that something is asked')
	await x.go(`/targeted-review/${at}`)
	await x.has('Please send the notice of approval', 'and what')
	await x.has('November 1, 2024', 'and until when')
	await x.fine('question open')
	await upload(x, paper('notice.csv', 'date,decision\n2023-09-12,approved\n'))
	await x.has('notice.csv', 'a document is added to the answer')
	await x.press('Send the answer')
	await x.has('The answer is missing', 'an empty answer is refused at its field')
	await x.field('Your answer').fill('The notice is added.')
	await x.press('Send the answer')
	await x.has('Your answer is received', 'the answer is received')
	await x.has('Information received', 'and the state says so')
}

const tried = '?try=yes&reweight=cost&reweightReason=euc'
async function approved(at) {
	const x = reviewer, y = second
	await x.go(`/reviewer/targeted-review/${at}${tried}`)
	await x.has('The notice is added', 'the reviewer reads the answer')
	await x.has('notice.csv', 'and has the document')
	await x.press('Recommend')
	await x.has('Choose what you recommend', 'a recommendation without a choice is refused')
	await x.go(`/reviewer/targeted-review/${at}${tried}`)
	await x.page.getByLabel('Approve, and correct the score').check()
	ok((await x.field('Correction, as JSON (optional)').inputValue()).includes('"reason":"euc"'), 'what was tried stands in the recommendation')
	await x.press('Recommend')
	await x.has('A text is missing', 'and so is one without reasons')
	await x.fine('recommendation refused')
	await x.page.getByLabel('Reasons, for the letter').fill('The exception was approved on 12 September 2023 and had not been applied.')
	await x.press('Recommend')
	await x.has('Recommended', 'the reviewer recommends an approval')
	ok(await x.page.getByRole('button', { name: 'Decide as recommended' }).count() === 0, 'who recommended does not decide')
	const forged = await x.post(`/reviewer/targeted-review/${at}/confirm`, { csrf: await x.token(), version: '0' })
	ok(forged.status === 403, 'nor by a request of their own making', forged.status)
	// The second person gives it back once; then two windows of the same person decide at once.
	await y.follow('Requests for review')
	await y.has('Waits for the second person', 'a second person sees what waits')
	await y.go(`/reviewer/targeted-review/${at}`)
	await y.has('The exception was approved on 12 September', 'and the recommendation')
	await y.fine('for the second person')
	await y.page.getByLabel('What is to be looked at again').fill('Which categories does the approval name?')
	await y.press('Give it back')
	await y.has('The request went back to its reviewer', 'it can be given back')
	await x.go(`/reviewer/targeted-review/${at}${tried}`)
	await x.page.getByLabel('Approve, and correct the score').check()
	const late = { csrf: await x.token(), version: await x.page.locator('input[name=version]').first().inputValue(), verdict: 'deny', ground: 'notWarranted',
		topic: 'scoring', over: '', reasons: 'Typed in another window, a moment later.' }
	await x.page.getByLabel('Reasons, for the letter').fill('The exception of 12 September 2023 names cost, and had not been applied.')
	await x.press('Recommend')
	await x.has('Recommended', 'and recommended again')
	const slower = await x.post(`/reviewer/targeted-review/${at}/recommend`, late), told = await slower.text()
	ok(slower.status === 412 && told.includes('Reviewer: recommend') && told.includes('Typed in another window'),
		'of two at once the slower is told who was first and what was done, and what was typed is still there', `${slower.status} ${/There is a problem[^]{0,400}/.exec(told)?.[0]}`)
	await y.go(`/reviewer/targeted-review/${at}`)
	const both = { csrf: await y.token(), version: await y.page.locator('input[name=version]').first().inputValue() }
	const decided = await Promise.all([1, 2].map(() => y.post(`/reviewer/targeted-review/${at}/confirm`, both)))
	const states = decided.map((d) => d.status).sort()
	ok(states[0] === 303 && states[1] >= 409, 'two decide at once: one wins, the other is told', states.join())
	await y.go(`/reviewer/targeted-review/${at}`)
	await y.has('Approved: the score is computed again', 'the request is approved by two people')
	await y.fine('decided workbench')
}

async function sees(at, number) {
	const x = official
	await x.go(`/targeted-review/${at}`)
	await x.has('Approved', 'the filer sees the decision')
	await x.has(`62.17 to ${CORRECTED}, −1.54 % to ${FACTOR} %`, 'the new score and factor')
	await x.has('Cause:', 'and what made the difference')
	await x.has('The decision is final: there is no further review', 'and that it is final')
	await x.lacks('demo-reviewer', 'and not who decided')
	await x.fine('approved request')
	await x.follow('The decision as a letter')
	await x.has('names cost', 'the letter has the reasons')
	await x.fine('letter')
	const pdf = await x.fetch(`/targeted-review/${at}/letter.pdf`), bytes = Buffer.from(await pdf.arrayBuffer())
	ok(pdf.headers.get('content-type') === 'application/pdf' && bytes.subarray(0, 5).toString() === '%PDF-', 'and is a PDF')
	writeFileSync(join(folder, 'letter.pdf'), bytes)
	const info = spawnSync('pdfinfo', [join(folder, 'letter.pdf')], { encoding: 'utf8' })
	ok(info.error || /Tagged:\s+yes/.test(info.stdout), 'a tagged one', info.stdout)
	const words = spawnSync('pdftotext', [join(folder, 'letter.pdf'), '-'], { encoding: 'utf8' })
	ok(words.error || (words.stdout.includes(number) && words.stdout.includes('names cost') && words.stdout.includes(CORRECTED)),
		'with number, reasons and figures', words.stdout)
	// What is final is final, for everybody.
	for (const [who, path, form] of [[official, `/targeted-review/${at}/answer`, { answer: 'More' }], [official, `/targeted-review/${at}/withdraw`, { note: '' }],
		[reviewer, `/reviewer/targeted-review/${at}/ask`, { question: 'More?' }], [reviewer, `/reviewer/targeted-review/${at}/assign`, {}],
		[second, `/reviewer/targeted-review/${at}/confirm`, {}], [second, `/reviewer/targeted-review/${at}/return`, { note: 'Again' }]]) {
		await who.go(`/targeted-review`)
		const got = await who.post(path, { csrf: await who.token(), version: '0', ...form })
		ok(got.status >= 400 && /the decision is final, no further review/i.test(await got.text()), `${path.split('/').pop()}: final, no further review`, got.status)
	}
	ok((await x.fetch(`/reviewer/targeted-review/${at}`)).status === 403, 'the workbench is not for filers')
	await seesFeedback(number)
}

// Where it began: the corrected version, and the old one that can still be read.
async function seesFeedback(number) {
	const x = official
	await x.go('/feedback?year=2023')
	await x.has(`Final score ${CORRECTED}`, 'feedback lists the new score')
	await x.page.getByRole('link', { name: PRACTICE }).first().click()
	await x.has(CORRECTED, 'and shows it')
	await x.has(`${FACTOR} %`, 'with the new payment adjustment')
	const rows = x.page.getByRole('table', { name: 'Versions that were released, newest first' }).getByRole('row')
	const [now, old] = [await rows.nth(1).innerText(), await rows.nth(2).innerText()]
	ok(now.includes('Corrected') && now.includes('Current') && now.includes(number) && now.includes(CORRECTED) && now.includes(FACTOR),
		'the corrected version is the current one, with the number of the request', now)
	ok(!old.includes('Current') && old.includes('62.17') && old.includes('−1.54'), 'and the one before is still there', old)
	await x.fine('feedback as corrected')
	await x.press('Show what changed')
	await x.has(number, 'two versions stand side by side')
	await x.has('What caused it', 'with what caused the difference')
	await x.has('approved exception for extreme and uncontrollable circumstances', 'and on what ground')
	await x.fine('what changed')
	await x.page.goBack()
	await rows.nth(2).getByRole('link').click()
	await x.has('This is not the newest version', 'the old version opens')
	await x.has('62.17', 'with the score as it was')
	await x.go(feedback)
	await x.page.locator('a[href*="/9"]').first().click()
	await x.has(`${FACTOR} %`, 'and what the clinicians are paid follows')
	await x.has(number, 'for the same reason')
}

// ---- a denial, a duplicate, a withdrawal ----

// From the address to the page of certification; the fields that are not told are those of the first request.
async function drafts(x, reason, explanation, more = {}) {
	await x.go('/targeted-review/new?py=2023')
	if (more.number)
		await x.page.getByLabel('Its number (optional)').fill(more.number)
	else
		await x.page.getByLabel('Organization', { exact: true }).selectOption({ index: 1 })
	await x.page.getByLabel('Reason', { exact: true }).selectOption(reason)
	await x.fill({ 'Legal name of the practice or entity': PRACTICE, Telephone: '555-0100', Explanation: explanation })
	if (more.authority)
		await x.page.getByLabel('I attest that I may act').check()
	await x.press('Save and go on')
	return id(x.page)
}
async function files_it(x, at) {
	await x.go(`/targeted-review/${at}/review`)
	if (!await x.page.getByLabel('What I say here is true').count())
		return ok(false, 'there is something to certify', `${x.page.url()}\n${await x.text()}`)
	await x.page.getByLabel('What I say here is true').check()
	await x.press('File the request')
	return /Request (\d{10}-\d{2})/.exec(await x.text())?.[1]
}

async function denies() {
	const first = await drafts(official, 'benchmark', 'Measure 001 has the wrong decile.')
	const number = await files_it(official, first)
	const twin = await drafts(staff, 'benchmark', 'Measure 001 has the wrong decile, I think.')
	await staff.go(`/targeted-review/${twin}/review`)
	await staff.has('There is a request on the same matter already', 'who files on the same matter is told before filing')
	await staff.has(number, 'and of which')
	await staff.fine('certification of a duplicate')
	await files_it(staff, twin)
	await staff.has('an earlier request on the same matter', 'the receipt links both')
	await reviewer.go('/reviewer/targeted-review?duplicates=yes')
	await reviewer.has('Duplicate?', 'the queue flags it')
	await decide(twin, async (x) => {
		await x.has(number, 'the workbench leads to the first')
		await x.page.getByLabel('Ground of a denial').selectOption('duplicate')
		await x.page.getByLabel('Reasons, for the letter').fill('The same matter is under review already.')
	})
	await staff.go(`/targeted-review/${twin}`)
	await staff.has('Denied: score and payment adjustment stay as they were', 'a duplicate is denied')
	await staff.has('A duplicate of another request', 'with its ground')
	await staff.fine('denied request')
	await reviewer.go(`/reviewer/targeted-review/${first}`)
	await reviewer.press('Assign to me')
	await reviewer.field('What is needed').fill('Which decile should it be, and why?')
	await reviewer.press('Send the question')
	await reviewer.has('Information requested', 'another question is sent, which nobody will answer')
	return first
}

// The feedback of the practice as a file: figures, versions and reasons.
async function shown() {
	const got = await official.fetch(`${feedback}/feedback.json`)
	return got.status === 200 ? got.text() : ''
}

async function decide(at, fill) {
	const was = await scoreOf(reviewer, at), before = await shown()
	if (await reviewer.page.getByRole('button', { name: 'Assign to me', exact: true }).count())
		await reviewer.press('Assign to me')
	await reviewer.page.getByLabel('Deny', { exact: true }).check()
	await fill(reviewer)
	await reviewer.press('Recommend')
	await reviewer.has('A second person decides', 'a denial is recommended')
	await second.go(`/reviewer/targeted-review/${at}`)
	await second.press('Decide as recommended')
	await second.has('Denied', 'and confirmed')
	ok(JSON.stringify(await scoreOf(reviewer, at)) === JSON.stringify(was) && was.score, 'score and factor are what they were', JSON.stringify(was))
	ok(before.length > 1000 && await shown() === before, 'feedback is byte for byte what it was')
}

async function withdraws() {
	const x = official
	const at = await drafts(x, 'measureError', 'Measure 110 was counted twice.')
	await files_it(x, at)
	await x.go(`/targeted-review/${at}`)
	await x.follow('Withdraw the request')
	await x.has('Nobody decides it, and it cannot be opened again', 'what withdrawing means is said before')
	await x.fine('withdrawal')
	await x.press('Withdraw the request')
	await x.has('The request is withdrawn', 'a request is withdrawn')
	ok(await x.page.getByRole('link', { name: 'Withdraw the request' }).count() === 0, 'and stays so')
}

// ---- who may ----

async function others() {
	// Somebody without a role there, as staff; a registry, with and without its attestation.
	await drafts(vgroup, 'benchmark', 'We think so.', { number: TIN })
	await vgroup.has('no role that files for this organization', 'nobody files for an organization without a role in it')
	ok(await vgroup.field('Explanation').inputValue() === 'We think so.', 'and what was typed is still there')
	await drafts(registry, 'vendorMapping', 'Our file had the columns of two measures exchanged.', { number: TIN })
	await registry.has('must attest that it may act', 'a third party must attest that it may act')
	const at = await drafts(registry, 'vendorMapping', 'Our file had the columns of two measures exchanged.', { number: TIN, authority: true })
	const number = await files_it(registry, at)
	ok(number, 'with the attestation a third party files')
	await registry.lacks(CORRECTED, 'the receipt has no score')
	await registry.go(`/targeted-review/${at}`)
	await registry.lacks(CORRECTED, 'nor has the request')
	await official.go('/targeted-review')
	await official.has(number, 'the practice sees that somebody filed for it')
	await official.go('/targeted-review/new?py=2023&level=group&reason=benchmark&categories=quality&measures=001&explanation=Measure%20001%20differs')
	ok(await official.field('Explanation').inputValue() === 'Measure 001 differs' && await official.page.getByLabel('Quality').isChecked() &&
		await official.page.getByLabel('Measures or activities (optional)').inputValue() === '001', 'a page that shows a difference leads to a request that is filled in')
	ok((await vgroup.fetch(`/targeted-review/${at}`)).status === 404, 'what is of others is not found')
	ok((await operator.fetch(`/reviewer/targeted-review/${at}`)).status === 403, 'an operator decides nothing about a person')
}

async function looksOn() {
	const x = await Person.make('demo-agent')
	await x.go('/view-as')
	await x.page.getByLabel(/practice/i).first().check()
	await x.page.locator('input[name=id]').fill(TIN)
	await x.page.locator('[name=reason]').fill('A call about a request')
	await x.page.getByRole('main').getByRole('button').first().click()
	await x.go('/targeted-review/new?py=2023')
	await x.has('New request for review', 'who looks as somebody else reads the form')
	await x.page.getByLabel('Organization', { exact: true }).selectOption({ index: 1 })
	await x.press('Save as a draft')
	await x.has('Not allowed', 'and writes nothing')
	const got = await x.post('/targeted-review/new', { csrf: await x.token(), py: '2023', level: 'group', as: 'practiceStaff' })
	ok(got.status === 403, 'every write answers 403', got.status)
	await x.context.close()
}

// ---- nothing typed is lost ----

async function sessionEnds() {
	const x = await Person.make('demo-official')
	await x.go('/targeted-review/new?py=2023')
	await x.page.getByLabel('Organization', { exact: true }).selectOption({ index: 1 })
	await x.field('Explanation').fill('Typed before the session ended.')
	const other = await x.context.newPage()
	await other.goto(`${address}/targeted-review`)
	await other.getByRole('button', { name: 'Sign out', exact: true }).click()
	await x.press('Save as a draft')
	await x.has('Your session has ended', 'a form that comes after the end of a session is no sign-in page')
	await x.has('Typed before the session ended.', 'what was typed is on it')
	await x.fine('session ended')
	await x.signIn(other)
	await x.press('Send it again')
	await x.has('Send it once more', 'signed in again, it is sent from here')
	await x.press('Send it again')
	await x.has('This is a draft', 'and is saved')
	await x.has('Typed before the session ended.', 'whole')
	const foreign = await x.post('/targeted-review/new', { explanation: 'planted' }, { 'sec-fetch-site': 'cross-site', origin: 'https://example.org' })
	ok(!(await foreign.text()).includes('planted'), 'a form of another site is not held')
	await x.context.close()
}

// ---- by keyboard alone ----

async function byKeyboard() {
	const x = await Person.make('demo-staff'), keys = x.page.keyboard
	const to = async (selector) => {
		for (let i = 0; i < 120; i++) {
			if (await x.page.locator(`${selector}:focus`).count())
				return true
			await keys.press('Tab')
		}
		ok(false, `the keyboard comes to ${selector}`, x.page.url())
		return false
	}
	await x.go('/')
	await to('a[href="/targeted-review"]')
	await keys.press('Enter')
	await x.page.waitForURL('**/targeted-review')
	await to('a[href="/targeted-review/new?py=2023"]')
	await keys.press('Enter')
	await x.page.waitForURL('**/new?py=2023')
	await to('select#org')
	await keys.press('ArrowDown')
	await to('#legalName')
	await keys.type(PRACTICE)
	await to('#phone')
	await keys.type('555-0101')
	await to('select#reason')
	await keys.type('Bonuses: The small')
	await to('#explanation')
	await keys.type('We are eight clinicians, and the bonus is missing.')
	await to('button[name=do][value=next]')
	await keys.press('Enter')
	await x.page.waitForURL('**/evidence')
	await to('a[href$="/review"].ds-c-button')
	await keys.press('Enter')
	await x.page.waitForURL('**/review')
	await to('input[name=certified]')
	await keys.press('Space')
	await to('main button[type=submit]')
	await keys.press('Enter')
	await x.page.waitForURL('**/receipt')
	await x.has('The small practice bonus is missing', 'a request is filed by keyboard alone')
	await x.context.close()
}

// ---- the last minute ----

const wait = (ms) => new Promise((done) => setTimeout(done, ms))
// Another day: the service starts again, and who was signed in is not any more.
async function later(clock) {
	await stop()
	await serve(clock)
	for (const x of [official, reviewer, second, operator])
		await x.signIn()
}

async function lastMinute(unanswered) {
	const inTime = await drafts(official, 'completeness', 'Data completeness was computed from the wrong count.')
	const tooLate = await drafts(official, 'activityCredit', 'Credit for IA_PM_18 is missing.')
	const again = await drafts(official, 'benchmark', 'The decile is still wrong.')
	// Nobody answered in thirty days: it is decided on what there is.
	await later('2024-11-10T09:00:00-05:00')
	// The chores of the service come by every few seconds.
	for (let i = 0; i < 40 && !(await reviewer.text()).includes('Overdue'); i++) {
		await wait(500)
		await reviewer.go('/reviewer/targeted-review?overdue=yes')
	}
	await reviewer.has('Overdue', 'what was not answered in time is overdue')
	await official.go(`/targeted-review/${unanswered}`)
	await official.has('No answer in time', 'the timeline says so')
	ok(await official.page.getByRole('button', { name: 'Send the answer' }).count() === 0, 'and nothing can be answered any more')
	await decide(unanswered, (x) => x.page.getByLabel('Reasons, for the letter').fill('On what there is, the decile is right.'))
	const began = Date.now()
	await later('2024-12-01T19:59:10-05:00')
	const number = await files_it(official, inTime)
	ok(number, 'in the last minute a request is taken')
	await official.has(/Margin\s+\d+ seconds? before the deadline/, 'with a margin of seconds')
	await wait(Math.max(0, began + 52000 - Date.now()))
	await official.go(`/targeted-review/${tooLate}/review`)
	await official.has('Closed since December 1, 2024, at 8 p.m. ET', 'a second behind the end the window is closed')
	const form = { csrf: await official.token(), certified: 'yes', key: 'late', version: '0' }
	const late = await official.post(`/targeted-review/${tooLate}/review`, form)
	ok(late.status === 422 && /the time to ask for a review is over/i.test(await late.text()), 'a filing is refused as untimely', late.status)
	await official.go(`/targeted-review/${tooLate}`)
	await official.has('This is a draft', 'and nothing is stored as submitted')
	await official.fine('closed window')
	const final = await official.post(`/targeted-review/${again}/review`, { ...form, key: 'again' })
	ok(/the decision is final, no further review/i.test(await final.text()), 'the same matter after the closing: final, no further review', final.status)
	await official.go('/targeted-review')
	await official.has('No window is open now', 'the first page says that no window is open')
	await official.fine('landing of a closed window')
	await extends_(tooLate)
}

async function extends_(tooLate) {
	const x = operator
	await x.follow('Windows of review')
	await x.fine('windows')
	await x.field('Window').selectOption('2023')
	await x.field('New last day').fill('2024-11-30')
	await x.field('Why the window is moved').fill('The scores of clinicians in several counties were late.')
	await x.press('Move the end')
	await x.has('A window is only ever extended', 'a window is not made shorter')
	await x.fine('extension refused')
	await x.field('New last day').fill('2024-12-16')
	await x.press('Move the end')
	await x.has('The window is moved', 'an operator moves the end')
	await x.has('December 16, 2024, at 8 p.m. ET', 'the new end is shown')
	await official.go('/targeted-review')
	await official.has('December 16, 2024, at 8 p.m. ET', 'to filers too')
	await official.has('The scores of clinicians in several counties were late', 'with the reason')
	ok(await files_it(official, tooLate), 'and the draft that was too late is filed')
	await x.page.getByLabel('Name, one word').fill('hurricaneHilary')
	await x.page.getByLabel('The reason, as filers read it').fill('A hurricane kept us from submitting')
	await x.page.getByLabel('Groups', { exact: true }).check()
	await x.page.getByLabel('First day').fill('2024-12-01')
	await x.page.locator('#closesDay').fill('2024-12-20')
	await x.page.getByLabel('Why there is a campaign').fill('The hurricane of August 2023.')
	await x.page.getByLabel('Performance year').selectOption('2023')
	await x.press('Make the campaign')
	await x.has('The campaign is made', 'an operator makes a special campaign')
	await x.fine('windows with a campaign')
	const at = await drafts(official, 'hurricaneHilary', 'We could not submit quality data.')
	ok(await files_it(official, at), 'which is a reason of its own to file')
}

await why()
const request = await files()
await proves()
const number = await certifies(request)
await reviews(request, number)
await answers(request)
await approved(request)
await sees(request, number)
const open = await denies()
await withdraws()
await others()
await looksOn()
await sessionEnds()
await byKeyboard()
await lastMinute(open)
await browser.close()
await stop()
console.log(`1..${count}`)
process.exitCode = failed ? 1 : 0
