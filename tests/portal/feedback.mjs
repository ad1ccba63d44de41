// Performance feedback as people see it, without JavaScript: before the release, at the instant of it, with and without factors,
// as a registry, a participant of an APM entity and another practice, after a correction, with files, claims and the agency's own
// figures. The clock of the service is moved. Prints TAP.
//
//   node feedback.mjs SERVE PACKAGES CHROMIUM STATIC
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { faultsOf, lookingContext, parts } from '../browser/looks.mjs'

const [serve, packages, executablePath, statics] = process.argv.slice(2)
const { chromium, axe } = parts(packages)
const PASSWORD = 'Correct-Horse-7-Staple'

let count = 0, failed = 0
function ok(good, name, more) {
	count++
	failed += !good
	console.log(`${good ? 'ok' : 'not ok'} ${count} - ${name}`)
	if (!good && more)
		String(more).split('\n').slice(0, 30).forEach((l) => console.log(`# ${l}`))
}

const folder = mkdtempSync(join(tmpdir(), 'feedback-'))
const server = spawn(serve, [folder, statics].filter(Boolean), { stdio: ['pipe', 'pipe', 'inherit'] })
const lines = createInterface({ input: server.stdout })[Symbol.asyncIterator]()
const next = async () => (await lines.next()).value
const address = await next(), who = JSON.parse(await next())
async function tell(command) {
	server.stdin.write(`${command}\n`)
	const answer = await next()
	if (answer !== 'ok')
		throw new Error(`${command}: ${answer}`)
}
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
const looked = await lookingContext(browser, axe)
const org = `/feedback/2023/${who.practice}`, person = `${org}/${who.npi}`

class Person {
	constructor(user) { this.user = user }
	// A session of its own: it ends when the clock moves.
	async begin(path) {
		this.context = await browser.newContext({ javaScriptEnabled: false, reducedMotion: 'reduce', acceptDownloads: true })
		this.page = await this.context.newPage()
		await this.page.goto(`${address}/sign-in`)
		await this.page.getByLabel('User name').fill(this.user)
		await this.page.getByLabel('Password').fill(PASSWORD)
		await this.press('Sign in')
		await this.page.getByRole('button', { name: 'Sign out' }).first().waitFor({ timeout: 8000 }).catch(async (e) => { throw new Error(`${this.page.url()} ${await this.text()}`) })
		await this.go(path)
		return this
	}
	async go(path) { this.status = (await this.page.goto(`${address}${path}`)).status() }
	async press(name) { await this.page.getByRole('button', { name, exact: true }).first().click() }
	async follow(name) { await this.page.getByRole('link', { name }).first().click() }
	text() { return this.page.locator('main').innerText() }
	async has(what, name) { const t = await this.text(); ok(t.includes(what), name, `${this.page.url()}\n${t.slice(0, 2000)}`) }
	async lacks(what, name) { const t = await this.text(); ok(!t.includes(what), name, `${this.page.url()}\n${t.slice(0, 2000)}`) }
	async file(name) {
		const [d] = await Promise.all([this.page.waitForEvent('download'), this.follow(name)])
		return { name: d.suggestedFilename(), bytes: readFileSync(await d.path()) }
	}
	// Some reasons are opened: with thousands of lines open axe takes minutes.
	async accessible(name) {
		const faults = await faultsOf(this.page, looked, (copy) =>
			copy.evaluate(() => [...document.querySelectorAll('.q-why')].slice(0, 3).forEach((d) => { d.open = true })))
		ok(!faults.length, `${name}: axe finds nothing, and it fits 320 pixels`, faults.join('\n'))
	}
	async end() { await this.context.close() }
}

async function beforeAnything() {
	const p = await new Person('practice').begin('/feedback?year=2023')
	await p.has('Scores of 2023 are not released yet', 'before the release it is said so')
	await p.follow(who.name)
	await p.has('Nothing is released yet', 'the practice opens, and has nothing')
	await p.accessible('nothing released')
	await p.go(person)
	ok(p.status === 404, 'a clinician without a released version is not there')
	await p.end()
}

// 2.6: 1, 2
async function preview() {
	await tell('run preview the preview of the year')
	await tell('release scores 2024-07-15T16:00:00Z')
	await tell('at 2024-07-15T15:59:59Z')
	let p = await new Person('practice').begin(person)
	ok(p.status === 404, 'one second before the release there is no score')
	await p.end()
	await tell('at 2024-07-15T16:00:00Z')
	p = await new Person('practice').begin(person)
	ok(p.status === 200, 'at the instant of the release there is one')
	await p.has('of 100 points', 'the preview shows the final score')
	await p.has('ayment adjustments are not released yet', 'and says that adjustments are not released')
	await p.has('Points of the final score', 'and categories')
	await p.lacks('Why the payment adjustment is', 'without any reason of an adjustment')
	await p.accessible('the preview')
	const json = JSON.parse((await p.file('The whole score for programs')).bytes.toString())
	ok(json.finalScore > 0 && !JSON.stringify(json).includes('paymentAdjustmentPercent'), 'the JSON of the preview has the score and no factor', JSON.stringify(json).slice(0, 500))
	await p.go(`${person}/claims`)
	await p.has('There is no payment adjustment to apply', 'without a factor nothing is applied to claims')
	await p.end()
}

async function factors() {
	await tell('run final final scores of the year')
	await tell('release scores 2024-08-12T16:00:00Z')
	await tell('release factors 2024-08-20T16:00:00Z')
	await tell('at 2024-08-20T15:59:59Z')
	let p = await new Person('practice').begin(person)
	await p.has('ayment adjustments are not released yet', 'one second before factors are released there is none')
	ok(!(await p.page.content()).includes('Why the payment adjustment is'), 'nor anywhere in the page')
	await p.end()
	await tell('at 2024-08-20T16:00:00Z')
	p = await new Person('practice').begin(person)
	await p.lacks('ayment adjustments are not released yet', 'at the instant of it the factor is there')
	await p.has('Payment adjustment in 2025', 'with its payment year')
	await p.page.getByText(/^Why the payment adjustment is/).click()
	ok(await p.page.getByText(/42 CFR 414\.1405/).first().isVisible(), 'and opens to its rule')
	await p.has('group score of', 'which score counts is told')
	await p.has('Because the group score of', 'and why')
	// 2.6: 6
	await p.lacks('exceptional performance', 'from 2023 on nothing is said of exceptional performance')
	await p.accessible('the report of a clinician')
	const words = await p.page.locator('.q-deciles + span').allInnerTexts(), drawn = await p.page.locator('.q-deciles').evaluateAll(
		(v) => v.map((s) => s.querySelectorAll('.q-deciles__on').length))
	ok(words.length > 0 && words.every((w, i) => w === (drawn[i] ? `Decile ${drawn[i]} of 10` : 'Below the first decile')), 'each chart says in words what it draws',
		JSON.stringify([words, drawn]))
	await p.page.getByText(/^Why .* points for/).first().click()
	ok(await p.page.locator('.q-whole details[open]').first().getByText(/414\.1380/).first().isVisible(), 'a measure opens to its reasons and their rules')
	await p.end()
}

// 2.6: 3, 4, 5
async function others() {
	let p = await new Person('registry').begin(person)
	ok(p.status === 403, 'a registry is refused')
	await p.has('registries and vendors do not see final feedback', 'in plain words')
	await p.go('/feedback')
	await p.has('under Submissions', 'and told where its own scores are')
	await p.end()
	p = await new Person('other').begin(`/feedback/2023/${who.other}/${who.npi}`)
	ok(p.status === 404 || p.status === 200, 'the other practice of the clinician sees its own pair at most')
	await p.go(person)
	ok(p.status === 404, 'and never the pair of this practice')
	await p.go(`/feedback?year=2023&npi=${who.npi}`)
	ok(!(await p.page.content()).includes(who.practice), 'nor is it found by the NPI')
	await p.end()
	p = await new Person('practice').begin(`/feedback?year=2023&npi=${who.npi}`)
	ok((await p.page.content()).includes(`${org}/${who.npi}`) && !(await p.page.content()).includes(who.other), 'a practice finds the pair of its own, and only that')
	await p.end()
	p = await new Person('participant').begin(`/feedback/2023/${who.entity}`)
	ok(p.status === 403, 'who takes part in an entity without a role there is refused')
	await p.has('those with a role in the entity itself', 'in plain words')
	await p.go(`/feedback/2023/${who.participant}`)
	ok(p.status === 200, 'and sees the own practice')
	await p.end()
	p = await new Person('entity').begin(`/feedback/2023/${who.entity}`)
	await p.has('of 100 points', 'the people of the entity see it')
	await p.accessible('the report of an entity')
	await p.end()
}

// 2.6: 8
async function files() {
	const p = await new Person('practice').begin(org)
	await p.has('Clinicians of the practice', 'the practice lists its clinicians')
	await p.accessible('the report of a group')
	const csv = await p.file('Measures as a table'), text = csv.bytes.toString()
	ok(/^feedback-2023-group-version-\d+\.csv$/.test(csv.name) && text.startsWith('what,category,measure') && /\nmeasure,Quality,/.test(text), 'measures as CSV', text.slice(0, 600))
	ok(text.trim().split('\r\n').every((l) => !/(^|,)"?[=+@]/.test(l)), 'no cell of it begins as a formula does')
	const pdf = await p.file('This report')
	ok(pdf.bytes.subarray(0, 5).toString() === '%PDF-' && pdf.bytes.includes('/StructTreeRoot'), 'the report as a tagged PDF')
	const score = JSON.parse((await p.file('The whole score for programs')).bytes.toString())
	await p.has('There are no patient-level reports here', 'patient-level files are refused')
	await p.has('and no patient. The agency gives them out', 'with what is absent, and who has it')
	ok(await p.page.getByRole('link', { name: /patient/i }).count() === 0, 'and nothing leads to one')
	ok(score.score.parts.some((x) => x.name === 'quality') && typeof score.paymentAdjustmentPercent === 'number', 'the score as JSON')
	await p.end()
	return JSON.stringify(score)
}

// 2.6: 8
async function viewAs() {
	const p = await new Person('agent').begin('/view-as')
	await p.page.getByLabel('An account').check()
	await p.page.getByLabel('User name or number').fill('practice')
	await p.page.getByLabel('Reason').fill('ticket 17')
	await p.press('View, read only')
	await p.go(person)
	await p.has('of 100 points', 'an agent reads the feedback as its people do')
	await p.has('They are not given out in view mode', 'and is told that files are not given out')
	await p.go(`${person}/feedback.csv`)
	ok(p.status === 403, 'a file is refused')
	await p.go(`${person}/claims`)
	await p.has('In view mode nothing can be sent', 'and nothing is sent')
	await p.accessible('claims in view mode')
	await p.end()
}

async function claims() {
	const p = await new Person('practice').begin(`${person}/claims`)
	await p.has('$100.00', 'what the factor does to $100')
	await p.page.getByLabel('Amounts that Medicare paid').fill('$1,234.50\n100\n\n99.99')
	await p.press('Compute')
	await p.has('3 amounts together', 'a year of amounts is added up')
	await p.has('$1,434.49', 'to the cent')
	await p.accessible('claims')
	await p.page.getByLabel('Amounts that Medicare paid').fill('100\nabc\n1,23')
	await p.press('Compute')
	await p.has('Line 2: "abc"', 'a line that is no amount is named by its number')
	await p.has('Line 3: "1,23"', 'and each other one')
	ok(await p.page.getByLabel('Amounts that Medicare paid').inputValue() === '100\nabc\n1,23', 'nothing that was pasted is lost')
	await p.lacks('amounts together', 'and there is no total of a part')
	await p.accessible('claims with a wrong line')
	await p.end()
}

async function check(score) {
	const p = await new Person('practice').begin(org)
	await p.follow('Check the agency')
	await p.page.getByLabel('Paste it').fill(score)
	await p.press('Compare')
	await p.has('No difference', 'our own JSON is the same, figure by figure')
	const final = JSON.parse(score).finalScore
	await p.page.getByLabel('Paste it').fill(`final score,promoting interoperability (pi) category score\n${final},12.5\n`)
	await p.press('Compare')
	await p.has('2 figures were compared', 'a row of the Experience file is compared')
	await p.has('1 different', 'one figure differs')
	await p.accessible('a difference found')
	const href = new URL(await p.page.getByRole('link', { name: /^Ask for a review/ }).getAttribute('href'), address).searchParams
	ok(href.get('py') === '2023' && href.get('org') === who.practice && href.get('level') === 'group' && href.get('reason') === 'interoperability' &&
		href.get('categories') === 'pi' && href.get('explanation').includes('12.50'), 'the difference leads to a request that is filled in', String(href))
	await p.page.getByLabel('Paste it').fill('final score\nabc\n')
	await p.press('Compare')
	await p.has('Line 2', 'what cannot be read is told at its line')
	await p.page.getByLabel('Paste it').fill('')
	await p.page.getByLabel(/Or choose a file/).setInputFiles({ name: 'agency.csv', mimeType: 'text/csv', buffer: Buffer.from(`final score\n${final}\n`) })
	await p.press('Compare')
	await p.has('No difference', 'a file is read too')
	// Of a file of many the row of the clinician, wherever it stands.
	const others = Array.from({ length: 1500 }, () => '9999999993,1.00'), many = (rows) => ({ name: 'all.csv', mimeType: 'text/csv', buffer: Buffer.from(['npi,final score', ...rows].join('\n')) })
	await p.go(`/feedback/check?py=2023&org=${who.practice}&npi=${who.npi}`)
	await p.page.getByLabel(/Or choose a file/).setInputFiles(many([...others, `${who.npi},${final}`]))
	await p.press('Compare')
	await p.has('Row 1501 of 1501 was compared', 'every row of a file is looked at')
	await p.has('No difference', 'and the one of the clinician is compared')
	await p.page.getByLabel(/Or choose a file/).setInputFiles(many(others))
	await p.press('Compare')
	await p.has(`Row 1 of 1500 was compared. None of them names the NPI ${who.npi}.`, 'that none is of the clinician is said')
	await p.go(`/feedback/check?py=2023&org=${who.practice}`)
	await p.page.getByLabel('Paste it').fill('')
	await p.press('Compare')
	await p.has('Paste the feedback of the agency, or choose a file', 'nothing at all is asked for again')
	await p.accessible('check the agency')
	await p.end()
}

// 2.6: 7, 9
async function corrected() {
	await tell('at 2024-08-27T15:00:00Z')
	await tell('decide TR-2023-000017')
	const p = await new Person('practice').begin(person)
	await p.has('TR-2023-000017', 'the new version tells the number of the request')
	await p.has('Corrected', 'and that it is a correction')
	const rows = p.page.getByRole('table', { name: 'Versions that were released, newest first' }).getByRole('row')
	ok((await rows.nth(1).innerText()).includes('Current') && !(await rows.nth(2).innerText()).includes('Current'), 'the newest is marked as the current one')
	const cost = p.page.getByRole('row', { name: /^TPCC_1/ })
	ok((await cost.innerText()).includes('the case minimum is not met') && !(await cost.innerText()).includes('of 10'),
		'a measure below its case minimum is listed as not scored, with the reason', await cost.innerText())
	await p.press('Show what changed')
	await p.has('TR-2023-000017', 'two versions stand side by side')
	await p.has('What caused it', 'with what caused the difference')
	await p.has('Cost', 'down to the category')
	await p.accessible('what changed')
	await p.page.goBack()
	await rows.nth(2).getByRole('link').click()
	await p.has('This is not the newest version', 'the old version can still be read')
	await p.accessible('an old version')
	await p.end()
}

try {
	await beforeAnything()
	await preview()
	await factors()
	await others()
	const score = await files()
	await viewAs()
	await claims()
	await check(score)
	await corrected()
} catch (e) {
	ok(false, 'the walk ended early', e.stack)
}
await browser.close()
server.stdin.end()
rmSync(folder, { recursive: true, force: true })
console.log(`1..${count}`)
process.exitCode = failed ? 1 : 0
