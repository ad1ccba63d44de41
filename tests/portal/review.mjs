// Targeted review as people go through it, without JavaScript, at 320 pixels, on the shipped synthetic state: a small practice
// sees why it scored what it scored, files, is asked for a document, answers, is approved by two people and sees the new
// factor; and a denial leaves everything as it was. Prints TAP.
//
//   node review.mjs QPPD PACKAGES CHROMIUM STATIC
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const [qppd, packages, executablePath, statics] = process.argv.slice(2)
const require = createRequire(resolve(packages, 'x.js'))
const { chromium } = require('playwright-core')
const axe = require('axe-core').source

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
	const args = ['--data', folder, '--demo', '20', '--second-factor', 'off', '--window', 'open', '--rate', 'off', '--port', '0', '--clock', clock]
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
await serve('2024-10-02T09:00:00-04:00')

// ---- people ----

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
const looked = await browser.newContext({ bypassCSP: true, viewport: { width: 320, height: 640 } })

class Person {
	static async make(user, options = {}) {
		const x = new Person()
		x.context = await browser.newContext({ javaScriptEnabled: false, reducedMotion: 'reduce', viewport: { width: 320, height: 640 }, ...options })
		x.page = await x.context.newPage()
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
	// axe needs script: the same bytes are looked at in a browser that has it; and tidy, and how wide they are.
	async fine(name) {
		const p = await looked.newPage(), body = await this.page.content(), url = this.page.url().replace(/#.*/, '')
		await p.route(url, (route) => route.fulfill({ body, contentType: 'text/html; charset=utf-8' }))
		await p.goto(url)
		await p.evaluate(axe)
		const found = await p.evaluate(() => globalThis.axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }))
		const faults = found.violations.map((v) => `${v.id} ${v.nodes[0].target}`)
		if (await p.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth))
			faults.push('wider than 320 pixels')
		ok(!faults.length, `${name}: axe finds nothing, and it fits 320 pixels`, faults.join('\n'))
		await p.close()
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

async function why() {
	const x = official
	await x.go('/submissions?year=2023')
	await x.page.locator('main table a').first().click()
	await x.has('52.41', 'a small practice sees its score')
	await x.has('−2.71 %', 'and its payment adjustment')
	await x.page.getByRole('link', { name: /^Why this score/ }).click()
	ok((await x.page.content()).includes('414.1380'), 'and why, down to the rules')
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
	await x.page.getByLabel('Quality').check()
	await x.page.getByLabel('Cost').check()
	await x.fill({ 'Legal name of the practice or entity': 'Cypress Orthopedics Clinic', Telephone: '555-0100',
		Explanation: 'A hurricane closed the practice in August 2023. Our exception for quality and cost was approved and not applied.' })
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
	ok(before.score === '52.41' && before.factor === '−2.71', 'the workbench has the score as it is', /The score as it is[^]{0,400}/.exec(await x.text())?.[0])
	await x.has('Exceptions that are known', 'and evidence that gathered itself')
	await x.has('approval.txt', 'and the documents')
	await x.fine('workbench')
	await x.page.getByLabel('Quality').check()
	await x.page.getByLabel('Cost').check()
	await x.page.getByLabel('With the reason').selectOption('euc')
	await x.press('Show what would change')
	await x.has('52.41 to 70.92, −2.71 % to −0.49 %', 'what would change is shown: score and factor')
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

const tried = '?try=yes&reweight=quality&reweight=cost&reweightReason=euc'
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
	await x.page.getByLabel('Reasons, for the letter').fill('The exception of 12 September 2023 names quality and cost, and had not been applied.')
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
	await x.has('52.41 to 70.92, −2.71 % to −0.49 %', 'the new score and factor')
	await x.has('Cause:', 'and what made the difference')
	await x.has('The decision is final: there is no further review', 'and that it is final')
	await x.lacks('demo-reviewer', 'and not who decided')
	await x.fine('approved request')
	await x.follow('The decision as a letter')
	await x.has('names quality and cost', 'the letter has the reasons')
	await x.fine('letter')
	const pdf = await x.fetch(`/targeted-review/${at}/letter.pdf`), bytes = Buffer.from(await pdf.arrayBuffer())
	ok(pdf.headers.get('content-type') === 'application/pdf' && bytes.subarray(0, 5).toString() === '%PDF-', 'and is a PDF')
	writeFileSync(join(folder, 'letter.pdf'), bytes)
	const info = spawnSync('pdfinfo', [join(folder, 'letter.pdf')], { encoding: 'utf8' })
	ok(info.error || /Tagged:\s+yes/.test(info.stdout), 'a tagged one', info.stdout)
	const words = spawnSync('pdftotext', [join(folder, 'letter.pdf'), '-'], { encoding: 'utf8' })
	ok(words.error || (words.stdout.includes(number) && words.stdout.includes('names quality and cost') && words.stdout.includes('70.92')),
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
}

await why()
const request = await files()
await proves()
const number = await certifies(request)
await reviews(request, number)
await answers(request)
await approved(request)
await sees(request, number)
await browser.close()
await stop()
rmSync(folder, { recursive: true })
console.log(`1..${count}`)
process.exitCode = failed ? 1 : 0
