// One story of operators, without JavaScript, in TAP: a rule is planted wrong in a synthetic state and released; the
// radar finds it without a request; a correction is begun, the service is killed while it is scored and goes on; who goes
// up and who goes down is there to read; it is released, and everyone whose score moved has mail with name and reason.
//
//   node correction.mjs QPPD PACKAGES CHROMIUM STATIC
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { faultsOf, lookingContext, parts } from '../browser/looks.mjs'

const [qppd, packages, executablePath, statics] = process.argv.slice(2)
const { chromium, axe } = parts(packages)
const YEAR = '2023'

let count = 0, failed = 0
function ok(good, name, more) {
	count++
	failed += !good
	console.log(`${good ? 'ok' : 'not ok'} ${count} - ${name}`)
	if (!good && more)
		String(more).split('\n').slice(0, 30).forEach((l) => console.log(`# ${l}`))
}

// ---- a mail server that keeps what it is sent ----

const mails = []
const post = createServer((socket) => {
	let rest = '', data = null, to = ''
	const say = (s) => socket.write(`${s}\r\n`)
	say('220 mail')
	socket.on('error', () => {})
	socket.on('data', (d) => {
		rest += d
		for (let at; (at = rest.indexOf('\r\n')) >= 0;) {
			const line = rest.slice(0, at)
			rest = rest.slice(at + 2)
			if (data !== null) {
				if (line === '.') {
					mails.push({ to, text: data })
					data = null
					say('250 kept')
				} else {
					data += `${line}\n`
				}
			} else if (/^DATA/i.test(line)) {
				data = ''
				say('354 go on')
			} else if (/^RCPT/i.test(line)) {
				to = line
				say('250 fine')
			} else if (/^QUIT/i.test(line)) {
				say('221 bye')
				socket.end()
			} else {
				say('250 fine')
			}
		}
	})
})
await new Promise((done) => post.listen(0, '127.0.0.1', done))

// ---- the service ----

const folder = mkdtempSync(join(tmpdir(), 'correction-')), settings = join(folder, 'settings.json')
writeFileSync(settings, JSON.stringify({ mail: { server: `smtp://127.0.0.1:${post.address().port}`, from: 'qpp@example.org', fromName: 'QPP' } }))
let server, address, password, practice

async function start() {
	server = spawn(qppd, ['--static', statics, '--data', join(folder, 'data'), '--demo', '60', '--demo-year', YEAR, '--second-factor', 'off', '--clock', '2024-07-01T09:00:00-04:00',
		'--settings', settings, '--port', '0', '--rate', 'off'], { stdio: ['ignore', 'pipe', 'pipe'] })
	let told = ''
	address = await new Promise((done, fail) => {
		const look = (d) => {
			told += d
			password = told.match(/the password (\S+)/)?.[1] ?? password
			practice = told.match(/demo-official +Security Official, ([^\n]+)\n/)?.[1] ?? practice
			const at = told.match(/listens on (http\S+)/)
			if (at)
				done(at[1])
		}
		server.stdout.on('data', look)
		server.stderr.on('data', look)
		server.once('exit', (c) => fail(new Error(`the service ended with ${c}: ${told}`)))
	})
}

const ended = () => new Promise((done) => server.once('exit', done))
await start()
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
const context = await browser.newContext({ javaScriptEnabled: false, reducedMotion: 'reduce', viewport: { width: 320, height: 900 } })
const page = await context.newPage()
const looked = await lookingContext(browser, axe)
const text = () => page.locator('main').innerText()
const has = async (what, name) => ok((await text()).includes(what), name, `${page.url()}\n${await text()}`)
const press = (name) => page.getByRole('button', { name, exact: true }).click()
const follow = (name) => page.getByRole('main').getByRole('link', { name, exact: true }).click()

async function accessible(name) {
	const faults = await faultsOf(page, looked)
	ok(!faults.length, `${name}: axe finds nothing, and it fits 320 pixels`, faults.join('\n'))
}

async function signIn(user) {
	await context.clearCookies()
	await page.goto(`${address}/sign-in`)
	await page.getByLabel('User name').fill(user)
	await page.getByLabel('Password').fill(password)
	await press('Sign in')
}

// Reads the page again until it says so.
async function until(what, seconds = 120) {
	for (let i = 0; i < seconds * 2 && !(await text()).includes(what); i++) {
		await new Promise((r) => setTimeout(r, 500))
		await page.reload()
	}
	return (await text()).includes(what)
}

// What went wrong for every ACO once: here the bonus is nothing for anybody.
const bonus = (most) => `# Bonus\n\n## 414.1380(c)(3)  Complex patient bonus\n\`\`\`param complex_most\nunit     points       range 0..10
PY          value   status  source\n${YEAR}        ${most}       final   planted\n\`\`\`\n`

async function correct(name, reason, overlay) {
	await page.goto(`${address}/operator/corrections?year=${YEAR}`)
	await page.getByLabel('Name', { exact: true }).fill(name)
	await page.getByLabel('Reason', { exact: true }).fill(reason)
	await page.getByLabel('Changed rules').fill(overlay)
	await page.getByLabel('Frozen').check()
	await press('Score everybody again')
}

async function release(reason) {
	await follow('Release it')
	await has('What will happen', 'what a release shows to whom is said first')
	await page.getByLabel('Reason', { exact: true }).fill(reason)
	await press('Release')
	await has('The run is released', `released: ${reason}`)
}

async function findings() {
	await page.goto(`${address}/operator/radar?year=${YEAR}`)
	await until('questions asked')
}

try {
	await signIn('demo-operator')
	await page.goto(`${address}/operator/runs`)
	await has('Final', 'the run of the synthetic state is listed')
	await accessible('runs')
	await findings()
	await has('Nothing was found.', 'the radar finds nothing in the clean state')

	await page.goto(`${address}/operator/corrections?year=${YEAR}`)
	await press('Score everybody again')
	await has('Give it a name', 'a correction without a name is refused with the words beside the field')
	await accessible('a correction refused')

	await correct('Table of bonuses', 'The limit of the bonus was entered anew', bonus(0))
	ok(await until('Release it'), 'the planted fault is scored', await text())
	await release('as ordered')
	await findings()
	await has('what others with the same claim to it did', 'the radar finds it without a request')
	await has('What to do next', 'and says what to do')
	await accessible('radar')

	await correct('Complex patient bonus', 'The bonus had been nothing for everybody', bonus(10))
	const run = page.url().split('?')[0]
	server.kill('SIGKILL')
	await ended()
	await start()
	await signIn('demo-operator')
	await page.goto(`${address}${new URL(run).pathname}`)
	ok(await until('Release it'), 'a correction goes on after the service was killed', await text())
	const all = await text(), moves = all.match(/(\d+) clinicians move: (\d+) up, (\d+) down/)
	ok(moves && Number(moves[2]) > 0 && Number(moves[1]) === Number(moves[2]) + Number(moves[3]), 'who goes up and who goes down is counted', all)
	await accessible('who moves')
	await follow('Up only')
	ok((await text()).includes('Up') && !/\nDown\n/.test(await text()), 'the list is of one way')
	let npi
	for (const more = page.getByRole('link', { name: 'More of them', exact: true }); ;) {
		npi = new RegExp(`${practice}[^\\n]*?NPI (\\d{10})`).exec(await text())?.[1]
		if (npi || !await more.count())
			break
		await more.click()
	}
	ok(npi, 'a clinician of the practice is on the list', await text())
	await page.goto(`${address}${new URL(run).pathname}`)
	mails.length = 0
	await release('to put it right')
	const written = () => Number(/(\d+) accounts were written to/.exec(told)?.[1])
	let told = await text()
	for (let i = 0; i < 60 && !written(); i++, told = await text()) {
		await new Promise((r) => setTimeout(r, 500))
		await page.reload()
	}
	ok(written() > 0, 'those whose score moved are written to', told)
	for (let i = 0; i < 60 && !mails.length; i++)
		await new Promise((r) => setTimeout(r, 500))
	const flat = mails.map((m) => m.text.replace(/=\n/g, '')).join('\n')
	ok(flat.includes('Complex patient bonus') && flat.includes('The bonus had been nothing for everybody'), 'the mail has the name and the reason', flat || 'no mail')
	await findings()
	await has('Nothing was found.', 'nothing is wrong any more')

	await signIn('demo-official')
	await page.goto(`${address}/feedback?year=${YEAR}`)
	await page.getByLabel('NPI of the clinician').fill(npi)
	await press('Find')
	await page.getByRole('main').locator(`a[href*="${npi}"]`).first().click()
	await has('The bonus had been nothing for everybody', 'the practice sees the corrected version with its name or reason')
	await accessible('feedback corrected')
	await page.goto(`${address}/operator/radar`)
	ok(!(await page.content()).includes('What open requests'), 'people of practices do not see the radar')
} catch (e) {
	ok(false, 'the story goes on to its end', e.stack)
} finally {
	await browser.close()
	server.kill('SIGTERM')
	await ended()
	post.close()
	rmSync(folder, { recursive: true, force: true })
	console.log(`1..${count}`)
	process.exitCode = failed ? 1 : 0
}
