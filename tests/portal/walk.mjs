// Walks through the portal as people do, without JavaScript, and prints TAP: sign in with both steps, look up a
// clinician, upload a submission with faults and without, see what it would change, file it, keep the receipt; enter
// data by hand; save a draft, sign out and find it; ask for a role and have it approved; let a registry file and end it;
// make a token and revoke it; change password and second step, and end a session elsewhere; decide as an operator; look
// as somebody else and change nothing; apply for an exception, decide it, and see what data would undo; opt in.
//
//   node walk.mjs SERVE PACKAGES CHROMIUM STATIC SUBMISSION
import { spawn } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { faultsOf, lookingContext, parts } from '../browser/looks.mjs'

const [serve, packages, executablePath, statics, submission] = process.argv.slice(2)
const { chromium, axe } = parts(packages)
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

// A code can be used once by an account, and those of the half minutes beside are taken too: the earliest not used yet.
const last = {}, secrets = {}
async function code(user) {
	for (;;) {
		const now = Math.floor(Date.now() / 30000), step = Math.max(now - 1, (last[user] ?? 0) + 1)
		if (step <= now + 1) {
			last[user] = step
			const b = Buffer.alloc(8)
			b.writeBigUInt64BE(BigInt(step))
			const h = createHmac('sha1', secrets[user] ?? SECRET).update(b).digest(), o = h[19] & 15
			return String((h.readUInt32BE(o) & 0x7fffffff) % 1000000).padStart(6, '0')
		}
		await new Promise((r) => setTimeout(r, 500))
	}
}

function base32(text) {
	const bits = [...text.replace(/\s/g, '')].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('')
	return Buffer.from(bits.match(/.{8}/g).map((b) => parseInt(b, 2)))
}

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
const context = await browser.newContext({ javaScriptEnabled: false, reducedMotion: 'reduce' })
const page = await context.newPage()
const looked = await lookingContext(browser, axe)
const text = () => page.locator('main').innerText()
const has = async (what, name) => ok((await text()).includes(what), name, `${page.url()}\n${await text()}`)
const press = (name) => page.getByRole('button', { name, exact: true }).click()

async function accessible(name) {
	const faults = await faultsOf(page, looked)
	ok(!faults.length, `${name}: axe finds nothing, and it fits 320 pixels`, faults.join('\n'))
}

async function signIn(user, password = PASSWORD, on = page) {
	await on.goto(`${address}/sign-in`)
	await on.getByLabel('User name').fill(user)
	await on.getByLabel('Password').fill(password)
	await on.getByRole('button', { name: 'Sign in', exact: true }).click()
	await on.getByLabel('Six-digit code').fill(await code(user))
	await on.getByRole('button', { name: 'Sign in', exact: true }).click()
}

// The links at the side, as they are named.
const side = async () => (await page.getByRole('navigation', { name: 'Your pages' }).getByRole('link').allInnerTexts()).join(', ')

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
	await page.getByText('What would change this').first().click()
	await has('If the clinician becomes a qualifying APM participant (QP): Exempt: a qualifying APM participant', 'with what would change it')
	await accessible('eligibility')
	await page.getByRole('link', { name: /^42 CFR 414/ }).first().click()
	const anchor = decodeURIComponent(new URL(page.url()).hash.slice(1))
	ok(page.url().includes('/rules/414.') && await page.locator(`[id="${anchor}"]`).count() === 1, 'a reason leads to its paragraph', page.url())
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
	await has('1 request for access waits for your decision', 'the Security Official is told of it')
	await page.getByRole('link', { name: 'See who asks' }).click()
	await has('1 request waits', 'and sees it')
	await page.getByRole('link', { name: /Manage access/ }).click()
	await accessible('access')
	await page.getByRole('link', { name: /^Approve/ }).click()
	await has('What will happen', 'there is a review before the act')
	await press('Approve')
	await has('The request was approved', 'it is approved')
	await page.getByRole('link', { name: 'Remove Erika Mustermann' }).click()
	await has('This is the last Security Official', 'the last Security Official cannot be removed')
}

async function consents() {
	ok(/Registries that may file/.test(await side()) && !/Viewing tool|API tokens|Requests/.test(await side()), 'the side shows what an official may do', await side())
	await page.getByRole('link', { name: 'Registries that may file' }).click()
	await has('No registry may file for Maple Family Medicine', 'no registry may file at first')
	await page.getByLabel('Registry', { exact: true }).fill('Nobody')
	await press('Find')
	await has('No registry has a name that begins with "Nobody"', 'a registry that is none is not found')
	await page.getByLabel('Registry', { exact: true }).fill('key')
	await press('Find')
	await page.getByRole('link', { name: 'Keystone Registry' }).click()
	const give = page.url()
	await has('can submit, replace and delete its own data', 'there is a review before a consent')
	await accessible('consent')
	await press('Let it file')
	await has('The registry may file from now on', 'the consent is given')
	await page.goto(give)
	await press('Let it file')
	await has('may file for that year already', 'a consent is not given twice')
	await page.goto(`${address}/account/consents`)
	await page.getByRole('link', { name: /^End/ }).click()
	await press('End the consent')
	await has('No registry may file for Maple Family Medicine', 'the consent has ended')
	await has('Ended', 'and is kept in the list of those that ended')
	const foreign = await page.goto(give.replace(/consents\/[^/]+/, 'consents/11111111-2222-4333-8444-555555555555'))
	ok(foreign.status() === 404, 'of another organization there is nothing to see')
	const tokens = await page.goto(`${address}/account/tokens`)
	ok(tokens.status() === 403, 'a practice makes no tokens')
	await press('Sign out')
}

const asProgram = async (token) => (await fetch(`${address}/account`, { headers: { Authorization: `Bearer ${token}` } })).status

async function tokens() {
	await signIn('registry')
	ok(/API tokens/.test(await side()) && !/Registries that may file/.test(await side()), 'a registry has tokens and no consents', await side())
	await page.getByRole('link', { name: 'API tokens' }).click()
	await has('There is no token yet', 'there is no token at first')
	await press('Make the token')
	await has('Say what uses the token', 'a token without a name is refused')
	await page.getByLabel('What uses it').fill('Night upload')
	await press('Make the token')
	const token = (await page.locator('code.q-key').innerText()).trim()
	ok(/^[0-9a-f]{64}$/.test(token), 'the token is shown', token)
	await accessible('token')
	ok(await asProgram(token) === 403, 'it is known, and good for no page of a person', await asProgram(token))
	await page.getByRole('link', { name: 'I have copied it' }).click()
	ok(!(await page.content()).includes(token), 'it is not shown again')
	await page.getByRole('link', { name: /^Revoke/ }).click()
	await press('Revoke the token')
	await has('Revoked', 'the token is revoked')
	ok(await asProgram(token) === 401, 'and is known no more', await asProgram(token))
}

async function ownPages() {
	const other = await (await browser.newContext({ javaScriptEnabled: false })).newPage()
	await page.goto(`${address}/account/password`)
	await page.getByLabel('Present password').fill('not this one')
	await page.getByLabel('New password', { exact: true }).fill('Another-Long-One-77')
	await page.getByLabel('New password once more').fill('Another-Long-One-78')
	await press('Change the password')
	await has('This is not the same as the new password', 'a new password is typed twice alike')
	await page.getByLabel('Present password').fill('not this one')
	await page.getByLabel('New password', { exact: true }).fill('Another-Long-One-77')
	await page.getByLabel('New password once more').fill('Another-Long-One-77')
	await press('Change the password')
	await has('This is not your present password', 'the present one is needed')
	await page.getByLabel('Present password').fill(PASSWORD)
	await page.getByLabel('New password', { exact: true }).fill('Another-Long-One-77')
	await page.getByLabel('New password once more').fill('Another-Long-One-77')
	await press('Change the password')
	await has('The password is changed', 'the password is changed')
	await signIn('registry', 'Another-Long-One-77', other)
	await page.goto(`${address}/account/sessions`)
	ok(await page.getByRole('button', { name: /^Sign out the session/ }).count() === 1, 'the other session is shown', await text())
	await accessible('sessions')
	await press('Sign out everywhere but here')
	await has('You are signed in here only', 'the other session has ended')
	await other.goto(`${address}/account`)
	ok(other.url().includes('/sign-in'), 'and is signed out there', other.url())
	await page.goto(`${address}/account/factor`)
	const key = await page.locator('code.q-key').innerText()
	await page.getByLabel('Your password').fill('Another-Long-One-77')
	await page.getByLabel('Six-digit code of the new app').fill('000000')
	await press('Use the new app from now on')
	await has('There is a problem', 'a wrong code does not change the second step')
	ok(await page.locator('code.q-key').innerText() === key, 'the key is the same after an error')
	secrets.registry = base32(key)
	last.registry = -1
	await page.getByLabel('Your password').fill('Another-Long-One-77')
	await page.getByLabel('Six-digit code of the new app').fill(await code('registry'))
	await press('Use the new app from now on')
	await has('The new authenticator app is set up', 'the second step is changed')
	const time = await page.goto(`${address}/session`)
	await has('in 30 minutes', 'the time left is told')
	ok(Number(time.headers().refresh) > 1600, 'and comes anew when it is short', time.headers().refresh)
	await press('Keep me signed in')
	await has('You stay signed in', 'a session can be prolonged')
	await press('Sign out')
}

async function operator() {
	await signIn('newcomer')
	await page.goto(`${address}/account/connect?kind=practice`)
	await page.getByLabel('TIN (9 digits)').fill('000654321')
	await press('Search')
	await page.getByLabel('Security Official', { exact: false }).first().check()
	await page.getByLabel('What else shows that you belong there').fill('I am the office manager')
	await press('Send the request')
	await has('Waiting for approval', 'the first role in a practice is asked for')
	await press('Sign out')
	for (let i = 0; i < 5; i++) {
		await page.goto(`${address}/sign-in`)
		await page.getByLabel('User name').fill('newcomer')
		await page.getByLabel('Password').fill('wrong')
		await press('Sign in')
	}
	await signIn('operator')
	ok(/Requests and locked accounts/.test(await side()) && !/Submissions|Viewing/.test(await side()), 'an operator has a desk and no data', await side())
	await page.getByRole('link', { name: 'Requests and locked accounts' }).click()
	await has('I am the office manager', 'the operator sees who asks, and the proof')
	await has('Locked after wrong tries', 'and who is locked')
	await accessible('operator')
	await page.getByRole('link', { name: 'Approve Max Mustermann' }).click()
	await press('Approve')
	await has('Give the reason', 'nothing is decided without a reason')
	await page.getByLabel('Reason').fill('Called the number of the enrollment')
	await press('Approve')
	await has('The request was approved', 'the request is approved')
	await has('No request waits', 'and waits no more')
	await page.getByRole('link', { name: 'Unlock newcomer' }).click()
	await press('Unlock the account')
	await has('No account is locked or disabled', 'the account is unlocked')
	await press('Sign out')
	await signIn('newcomer')
	await has('Birch Cardiology', 'the person signs in and has the role')
	const desk = await page.goto(`${address}/operator/access`)
	ok(desk.status() === 403, 'the desk of operators is theirs alone')
	const tool = await page.goto(`${address}/view-as`)
	ok(tool.status() === 403, 'the viewing tool is for agents alone')
	await press('Sign out')
}

async function viewAs() {
	await signIn('agent')
	await page.getByRole('link', { name: 'Viewing tool' }).click()
	await press('View, read only')
	await has('Say why you look', 'nobody looks without a reason')
	await page.getByLabel('A practice').check()
	await page.getByLabel('User name or number').fill('000999999')
	await page.getByLabel('Reason').fill('ticket 17')
	await press('View, read only')
	await has('Nobody of that kind has this name or number', 'a number that is nobody\'s is said')
	await page.getByLabel('An account').check()
	await page.getByLabel('User name or number').fill('official')
	await press('View, read only')
	const bar = page.getByRole('region', { name: 'View only' })
	ok((await bar.innerText()).includes('VIEW ONLY as the account official'), 'the bar says whom one looks as')
	await has('Maple Family Medicine', 'one sees what the other sees')
	await accessible('view only')
	await page.goto(`${address}/account/consents`)
	ok(await bar.count() === 1, 'the bar is on every page')
	await page.getByLabel('Registry', { exact: true }).fill('key')
	await press('Find')
	await page.getByRole('link', { name: 'Keystone Registry' }).click()
	const [answer] = await Promise.all([page.waitForResponse((r) => r.request().method() === 'POST'), press('Let it file')])
	ok(answer.status() === 403, 'what would change something is refused', answer.status())
	await has('Exit view mode', 'and says what to do')
	const own = await page.goto(`${address}/account/password`)
	ok(own.status() === 403, 'the password of another is nobody else\'s business')
	await bar.getByRole('button', { name: 'Exit view mode' }).click()
	await has('You see your own pages again', 'the view ends')
	ok(await bar.count() === 0, 'and the bar is gone')
	await page.getByLabel('A practice').check()
	await page.getByLabel('User name or number').fill('000123456')
	await page.getByLabel('Reason').fill('ticket 18')
	await press('View, read only')
	await page.goto(`${address}/account`)
	await has('*****3456', 'a practice is looked at without its TIN')
	await has('Maple Family Medicine', 'and its page of access is that of its people')
	ok(!(await page.content()).includes('000123456'), 'the TIN that was typed is nowhere')
	await page.getByRole('region', { name: 'View only' }).getByRole('button', { name: 'Exit view mode' }).click()
	await press('Sign out')
}

// An exception from the form to the decision, and data that would undo it.
async function exceptions() {
	await signIn('larch')
	await page.goto(`${address}/exceptions?year=2023`)
	await has('Lena Musterfrau', 'who is excused by county without asking is shown')
	await accessible('exceptions')
	await page.getByRole('link', { name: 'Apply for an exception' }).click()
	await press('Go on')
	await has('Choose for whom you apply', 'an application is for somebody')
	await page.getByLabel('Larch Clinic, as a group').check()
	await page.getByLabel('Extreme and uncontrollable circumstances').check()
	await press('Go on')
	await has('What happened?', 'a draft is made')
	await accessible('form of an exception')
	await page.getByLabel('A natural disaster').check()
	await page.getByLabel('It began on').fill('2023-08-30')
	await page.getByLabel('Improvement activities').check()
	await page.getByLabel('Promoting interoperability').check()
	await page.getByLabel('Quality').check()
	await page.getByLabel('Cost').check()
	await press('Review before filing')
	await has('It is not said how it kept from collecting', 'what is missing is said at its field')
	await page.getByLabel('How did it keep you').fill('The river was in the office for four months.')
	await press('Review before filing')
	await has('What an approval does', 'before filing one sees what it does')
	await accessible('review of an exception')
	await press('File the application')
	await has('Say that it is true', 'without the certification nothing is filed')
	await page.getByLabel('true to the best of my knowledge').check()
	await press('File the application')
	await has('Received', 'filing an application gives a receipt')
	await accessible('receipt of an exception')
	await page.getByRole('link', { name: 'To the application' }).click()
	await has('Waits for a decision', 'and it waits')
	await accessible('an application')
	await press('Sign out')
	await signIn('reviewer')
	await page.goto(`${address}/reviewer/exceptions?year=2023`)
	await accessible('queue of exceptions')
	await page.getByRole('link', { name: 'Larch Clinic, as a group' }).click()
	await press('Decide and tell the applicant')
	await has('Choose: approve or deny', 'a decision is one of two')
	await page.getByLabel('Approve').check()
	await page.getByLabel('Reason').fill('The county was under water.')
	await press('Decide and tell the applicant')
	await has('The decision is made', 'a reviewer decides')
	await accessible('a decision')
	await press('Sign out')
}

// The choice of the year; then the data that would undo the exception.
async function optIn() {
	await signIn('larch')
	await page.goto(`${address}/eligibility/opt-in?year=2023`)
	await has('Not required; may opt in', 'who has a choice is shown')
	await accessible('opting in')
	await page.getByRole('link', { name: 'Opt in for Larch Clinic, as a group' }).click()
	await has('This cannot be taken back', 'the page says that it is for ever')
	await accessible('confirmation of a choice')
	const back = page.url()
	await page.getByLabel('Type the words').fill('yes')
	await press('Opt in')
	await has('Type: opt in', 'without the words nothing is chosen')
	await page.getByLabel('Type the words').fill('opt in')
	await press('Opt in')
	await has('Chosen for the year', 'a choice gives a receipt')
	await accessible('receipt of a choice')
	const again = await page.goto(back)
	ok(again.status() === 409, 'and cannot be made again', again.status())
	await page.goto(`${address}/eligibility/opt-in?year=2023`)
	await has('MIPS eligible by opting in', 'the standing follows')
	await undo()
	await press('Sign out')
}

async function undo() {
	await page.goto(`${address}/submissions?year=2023`)
	const file = join(folder, 'larch.json')
	writeFileSync(file, JSON.stringify({ performanceYear: 2023, entityType: 'group', taxpayerIdentificationNumber: '000222333', measurementSets: [
		{ category: 'ia', submissionMethod: 'electronicHealthRecord', performanceStart: '2023-01-01', performanceEnd: '2023-12-31',
			measurements: [{ measureId: 'IA_EPA_1', value: true }] },
		{ category: 'quality', submissionMethod: 'electronicHealthRecord', performanceStart: '2023-01-01', performanceEnd: '2023-12-31',
			measurements: [{ measureId: '236', value: { isEndToEndReported: true, performanceMet: 10, performanceNotMet: 90, eligiblePopulation: 100 } }] }] }))
	await page.goto(`${address}/submissions/upload`)
	await page.getByLabel('Submission in QPP JSON').setInputFiles(file)
	await press('Check the file')
	await has('This would undo your exception', 'data that undo an exception are told of before')
	await has('of every $100.00 Medicare pays', 'with what it is in dollars')
	await accessible('data that undo an exception')
	await press('File it')
	await has('Confirm that these data shall undo the exception', 'and are not filed without a confirmation')
	await accessible('unconfirmed')
	await page.getByLabel('I want to file these data').check()
	await press('File it')
	await has('Received', 'with it they are')
}

try {
	await publicPages()
	await signIn('official')
	await has('Maple Family Medicine', 'signed in with both steps')
	const home = await upload()
	await entry(home)
	await drafts(home)
	await access()
	await consents()
	await tokens()
	await ownPages()
	await operator()
	await viewAs()
	await exceptions()
	await optIn()
} catch (e) {
	ok(false, 'the walk comes to its end', `${page.url()}\n${e.stack}\n${await text().catch(() => '')}`)
}
await browser.close()
server.stdin.end()
await new Promise((done) => server.once('exit', done))
rmSync(folder, { recursive: true, force: true })
console.log(`1..${count}`)
process.exitCode = failed ? 1 : 0
