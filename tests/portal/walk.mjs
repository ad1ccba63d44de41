// Walks through the portal as people do, without JavaScript, and prints TAP: sign in with both steps, look up a
// clinician, upload a submission with faults and without, see what it would change, file it, keep the receipt; enter
// data by hand; save a draft, sign out and find it; ask for a role and have it approved.
//
//   node walk.mjs SERVE PACKAGES CHROMIUM STATIC SUBMISSION
import { spawn } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const [serve, packages, executablePath, statics, submission] = process.argv.slice(2)
const require = createRequire(resolve(packages, 'x.js'))
const { chromium } = require('playwright-core')
const axe = require('axe-core').source
const PASSWORD = 'Correct-Horse-7-Staple', SECRET = '12345678901234567890'

let count = 0, failed = 0
function ok(good, name, more) {
	count++
	failed += !good
	console.log(`${good ? 'ok' : 'not ok'} ${count} - ${name}`)
	if (!good && more)
		String(more).split('\n').slice(0, 20).forEach((l) => console.log(`# ${l}`))
}

const folder = mkdtempSync(join(tmpdir(), 'portal-'))
const server = spawn(serve, [folder, statics].filter(Boolean), { stdio: ['pipe', 'pipe', 'inherit'] })
const address = await new Promise((done, fail) => {
	server.stdout.once('data', (d) => done(String(d).trim()))
	server.once('exit', (c) => fail(new Error(`the service ended with ${c}`)))
})

// A code can be used once: the next one waits for the next half minute.
let last = -1
async function code() {
	for (;;) {
		const step = Math.floor(Date.now() / 30000)
		if (step > last) {
			last = step
			const b = Buffer.alloc(8)
			b.writeBigUInt64BE(BigInt(step))
			const h = createHmac('sha1', SECRET).update(b).digest(), o = h[19] & 15
			return String((h.readUInt32BE(o) & 0x7fffffff) % 1000000).padStart(6, '0')
		}
		await new Promise((r) => setTimeout(r, 500))
	}
}

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
const context = await browser.newContext({ javaScriptEnabled: false, reducedMotion: 'reduce' })
const page = await context.newPage()
const looked = await browser.newContext({ bypassCSP: true })
const text = () => page.locator('main').innerText()
const has = async (what, name) => ok((await text()).includes(what), name, `${page.url()}\n${await text()}`)
const press = (name) => page.getByRole('button', { name, exact: true }).click()

// axe needs script: the same bytes are looked at in a browser that has it.
async function accessible(name) {
	const p = await looked.newPage(), body = await page.content()
	await p.route(page.url(), (route) => route.fulfill({ body, contentType: 'text/html; charset=utf-8' }))
	await p.goto(page.url())
	await p.evaluate(axe)
	const found = await p.evaluate(() => globalThis.axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }))
	ok(!found.violations.length, `${name}: axe finds nothing`, found.violations.map((v) => `${v.id} ${v.nodes[0].target}`).join('\n'))
	await p.close()
}

async function signIn(user) {
	await page.goto(`${address}/sign-in`)
	await page.getByLabel('User name').fill(user)
	await page.getByLabel('Password').fill(PASSWORD)
	await press('Sign in')
	await page.getByLabel('Six-digit code').fill(await code())
	await press('Sign in')
}

async function publicPages() {
	await page.goto(`${address}/`)
	await has('The Quality Payment Program', 'the home page is there')
	await page.getByLabel('NPI').fill('12345')
	await press('Look up')
	await has('it has ten digits', 'an NPI that is none is refused at its field')
	await page.goto(`${address}/eligibility/9000000007?year=2023`)
	await has('Erika Mustermann', 'a clinician is found by NPI')
	await has('MIPS eligible', 'with the status at the practice')
	await has('TIN *****', 'and a masked TIN')
	ok(!(await page.content()).includes('000123456'), 'the TIN is nowhere on the page')
	await accessible('eligibility')
	const none = await page.goto(`${address}/eligibility/9000000015`)
	ok(none.status() === 404 || none.status() === 422, 'an unknown NPI is not found')
	await page.goto(`${address}/rules/414.1380.html`)
	await has('414.1380', 'the rules are there')
	await page.goto(`${address}/submissions`)
	ok(page.url().includes('/sign-in'), 'what is not public leads to the sign-in')
}

async function upload() {
	const broken = join(folder, 'broken.json')
	writeFileSync(broken, readFileSync(submission, 'utf8').replace('"measureId": "001"', '"measureId": "0O1"'))
	await page.goto(`${address}/submissions/upload`)
	await page.getByLabel('Submission in QPP JSON').setInputFiles(broken)
	await press('Check the file')
	await has('Nothing of this file was saved', 'a file with a fault is refused')
	await has('Line 14', 'the fault is shown at its line')
	await accessible('faults')
	await page.getByLabel('Submission in QPP JSON').setInputFiles(submission)
	await press('Check the file')
	await has('With this your score would be', 'before filing one sees what the score would be')
	await accessible('review')
	const promised = (await page.locator('.q-verdict strong').first().innerText()).trim()
	await press('File it')
	await has('Received', 'filing gives a receipt')
	ok(/[0-9a-f]{64}/.test(await text()), 'the receipt has the SHA-256 of what was filed')
	await accessible('receipt')
	await page.getByRole('link', { name: 'Back to the submission' }).click()
	await has(promised, 'the score is what was promised')
	await accessible('submission')
	ok(/\u2212\d+\.\d\d %/.test(await text()), 'the payment adjustment is written as in print')
	return page.url()
}

async function entry(home) {
	await page.goto(`${home}/quality?q=diabetes`)
	await page.getByRole('link', { name: /^001 / }).click()
	ok((await page.locator('#r0-met').inputValue()) === '51', 'the form shows what is filed')
	await page.locator('#r0-met').fill('many')
	await press('See what this would change')
	await has('"many" is no whole number', 'a count that is none is refused at its field')
	ok((await page.locator('#r0-met').inputValue()) === 'many', 'what was typed is kept')
	await accessible('entry with an error')
	await page.locator('#r0-met').fill('20')
	await page.locator('#r0-notMet').fill('195')
	await press('See what this would change')
	await has('This would change your score from', 'a change by hand tells from what to what')
	await page.goto(home)
	await has('Drafts that are not filed', 'what is not filed yet waits as a draft')
}

async function drafts(home) {
	await page.goto(`${home}/ia`)
	await page.locator('input[name=activity]').first().check()
	const id = await page.locator('input[name=activity]').first().getAttribute('id')
	await press('Save as a draft')
	await has('The draft is saved', 'a draft is saved')
	await page.goto(`${home}/ia`)
	await press('See what this would change')
	await has('Improvement activities: ', 'activities can be reviewed')
	await has('What is replaced', 'and take the place of those that are there')
	await press('Sign out')
	await page.goto(home)
	ok(page.url().includes('/sign-in'), 'signed out, the submission is out of sight')
	await signIn('official')
	await page.goto(`${home}/ia`)
	ok(await page.locator(`[id="${id}"]`).isChecked(), 'the draft is there after signing in again')
}

async function access() {
	await press('Sign out')
	await signIn('newcomer')
	await page.goto(`${address}/submissions`)
	ok((await page.title()).startsWith('Not allowed'), 'without a role there is no access to data')
	await page.goto(`${address}/account/connect?kind=practice`)
	await page.getByLabel('TIN (9 digits)').fill('000123456')
	await press('Search')
	await page.getByLabel('Staff User').check()
	await press('Send the request')
	await has('Waiting for approval', 'a role is asked for')
	await press('Sign out')
	await signIn('official')
	await page.goto(`${address}/account`)
	await has('1 request waits', 'the Security Official sees it')
	await page.getByRole('link', { name: /Manage access/ }).click()
	await accessible('access')
	await page.getByRole('link', { name: /^Approve/ }).click()
	await has('What will happen', 'there is a review before the act')
	await press('Approve')
	await has('The request was approved', 'it is approved')
	await page.getByRole('link', { name: 'Remove Erika Mustermann' }).click()
	await has('This is the last Security Official', 'the last Security Official cannot be removed')
}

try {
	await publicPages()
	await signIn('official')
	await has('Maple Family Medicine', 'signed in with both steps')
	const home = await upload()
	await entry(home)
	await drafts(home)
	await access()
} catch (e) {
	ok(false, 'the walk comes to its end', `${page.url()}\n${e.stack}\n${await text().catch(() => '')}`)
}
await browser.close()
server.stdin.end()
await new Promise((done) => server.once('exit', done))
rmSync(folder, { recursive: true, force: true })
console.log(`1..${count}`)
process.exitCode = failed ? 1 : 0
