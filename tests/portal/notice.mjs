// The public notice of October 1, 2024, played on the shipped synthetic state a day later: two practices elect a virtual group for
// PY2025 in a browser, from blank to the receipt; the representative of another does so by e-mail; a reviewer sees both, and the
// groups of the state, and approves. Prints TAP.
//
//   node notice.mjs QPPD PACKAGES CHROMIUM WORK QPP PRACTICES SMTP LMTP BOXES      SMTP 0: there is no mail server
import { spawn, spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beginStory } from './story.mjs'

const [qppd, packages, executablePath, work, qpp, practices, smtp, lmtp, boxes] = process.argv.slice(2)
const talk = join(dirname(fileURLToPath(import.meta.url)), '../intake/mail_servers.py')
const STATE_YEAR = '2023', NOW = '2024-10-02T09:00:00-04:00'

// ---- the service, as ./run starts it ----

const args = ['--data', join(work, 'data'), '--demo', practices, '--demo-year', STATE_YEAR, '--second-factor', 'off', '--window', 'open', '--clock', NOW,
	'--static', join(work, 'static'), '--port', '0', '--rate', 'off']
if (smtp !== '0') {
	const settings = join(work, 'settings.json')
	writeFileSync(settings, JSON.stringify({ address: 'https://qpp.example', mail: { server: `smtp://127.0.0.1:${smtp}`, from: 'no-reply@qpp.example' } }))
	args.push('--lmtp', lmtp, '--settings', settings)
}
const server = spawn(qppd, args, { stdio: ['ignore', 'pipe', 'pipe'] })
process.on('exit', () => server.kill('SIGKILL'))
let printed = '', complaints = ''
server.stderr.on('data', (d) => { complaints += d })
const address = await new Promise((done, fail) => {
	server.stdout.on('data', (d) => {
		printed += d
		const at = /listens on (\S+)/.exec(printed)
		if (at)
			done(at[1])
	})
	server.once('exit', (c) => fail(new Error(`the service ended with ${c}: ${complaints}`)))
})
// The practice of an account, as the list of accounts has it.
function practiceOf(name) {
	const [, practice, tin] = new RegExp(`demo-${name} +Security Official, (.+), TIN (\\d{9})`).exec(printed)
	return { practice, tin }
}
const member = practiceOf('member'), partner = practiceOf('partner'), writer = practiceOf('writer')
const story = await beginStory(packages, executablePath, address, /password (\S+)/.exec(printed)[1]), ok = story.ok.bind(story)

// ---- in a browser ----

async function electInBrowser() {
	const first = await story.person('demo-member'), second = await story.person('demo-partner')
	await first.signIn('/virtual-groups')
	await first.has('The time to elect for 2025 closes December 31, 2024, at 11:59 p.m. ET', 'the end of the time to elect is told')
	await first.accessible('the list of groups')
	await first.fill('Name of the virtual group', 'Notice Group')
	ok(await first.field('Performance year').inputValue() === '2025', 'the year of the notice is the one that is offered')
	await first.press('Begin the group')
	await first.has('The group is begun', 'a group is begun')
	const room = new URL(first.page.url()).pathname
	await first.fill('TINs', partner.tin)
	await first.press('Invite')
	await first.has('The practices are invited', 'the other practice is invited by its TIN')
	await second.signIn('/virtual-groups')
	await second.has(`${member.practice} asks ${partner.practice} to join`, 'it finds the invitation in its list')
	await second.follow('Notice Group')
	await second.press(/^Accept/)
	await second.has('Your answer is recorded', 'and accepts')
	await first.go(room)
	ok(/\d+ clinicians?, \d+ MIPS eligible/.test(await first.text()), 'who bills under the TINs, and who of them is eligible, is known')
	for (const [p, name] of [[first, 'Mia Member'], [second, 'Paul Partner']]) {
		await p.go(`${room}/agreement`)
		await p.fill('Your full name', name)
		await p.check('I am authorized to bind this practice')
		await p.press('Sign the agreement')
		await p.has('You have signed', `${name} signs the agreement`)
	}
	await first.go(room)
	ok(!(await first.text()).includes('To mend'), 'the rules find nothing wrong')
	await first.accessible('the group, ready to be filed')
	await first.go(`${room}/filing`)
	await first.accessible('the review page')
	await first.press('File the election')
	await first.has('before the end of the time to elect', 'the election is filed, with a receipt')
	ok(/[0-9a-f]{64}/.test(await first.text()), 'that has the SHA-256 of what was filed')
	await first.accessible('the receipt')
	return { first, second, room }
}

// ---- by e-mail ----

// The election that the writer's practice made for the year of the state, made anew for PY2025.
function electionAnew() {
	const folder = join(work, 'state')
	const made = spawnSync(qpp, ['synth', folder, '--practices', practices, '--year', STATE_YEAR, '--only', 'elections'], { encoding: 'utf8' })
	if (made.status)
		throw new Error(made.stderr)
	const old = readFileSync(join(folder, 'elections.jsonl'), 'utf8').trim().split('\n').map((l) => JSON.parse(l).election)
		.find((x) => x?.practices.some((p) => p.tin === writer.tin))
	const file = join(work, 'election.json')
	writeFileSync(file, JSON.stringify({ performanceYear: 2025, submittedAt: NOW, agreement: { acknowledged: true, executedOn: '2024-10-01' },
		representative: { ...old.representative, email: 'writer@example.org' }, practices: old.practices }))
	return file
}

function message(file, from) {
	const out = join(work, `${from}.eml`)
	const made = spawnSync(qpp, ['election', 'email', file, '--from', `${from}@example.org`, '--to', 'lmtp@qpp.example', '--output', out], { encoding: 'utf8' })
	ok(made.status === 0 && made.stderr.includes('in 90 days'), `a message from ${from}@ is written, and how long there is to send it is told`, made.stderr)
	return out
}

const send = (file) => spawnSync('python3', [talk, 'send', smtp, 'lmtp@qpp.example', file], { encoding: 'utf8' })
const wait = (box, text) => spawnSync('python3', [talk, 'wait', boxes, box, text], { encoding: 'utf8' })

async function electByMail() {
	const file = electionAnew()
	send(message(file, 'stranger'))
	let came = wait('stranger', 'the address could not be matched with the account')
	ok(came.status === 0, 'whoever is not known is told to sign in', came.stdout)
	send(message(file, 'writer'))
	came = wait('writer', 'is filed. It holds the elements')
	ok(came.status === 0, 'the election comes in through the mail server, and the receipt comes back', came.stdout + complaints)
	const p = await story.person('demo-writer')
	await p.signIn('/virtual-groups')
	await p.has('Virtual group of', 'the representative finds it in the portal')
	await p.accessible('the list with an election that came by mail')
	came = wait('partner', "Your virtual group's election was received")
	ok(came.status === 0, 'whose election was made in the browser have mail, too', came.stdout)
	return p
}

// ---- the agency ----

async function approve(p, name, what) {
	await p.go('/reviewer/virtual-groups?year=2025&state=received')
	await p.has(name, `${what} waits for the reviewer`)
	await p.accessible('the list of those that wait')
	await p.page.getByRole('link', { name: new RegExp(`^${name}`) }).first().click()
	// What the state does not know of somebody, a reviewer is told; nothing is wrong.
	ok(!(await p.text()).includes('To mend'), 'and the rules find nothing to mend in it', await p.text())
	await p.accessible('one election')
	await p.check('Approve')
	await p.press('Record the decision')
	await p.has('VG2025', 'approved, it has an identifier')
}

await story.play('the notice is played to its end', async () => {
	const { second, room } = await electInBrowser(), writes = smtp === '0' ? null : await electByMail(), p = await story.person('demo-reviewer')
	await p.signIn('/reviewer/virtual-groups')
	await p.go(`/reviewer/virtual-groups?year=${STATE_YEAR}`)
	await p.has('Virtual Group', 'the groups of the state stand in the reviewer\'s list')
	ok(!(await p.text()).includes('Notice Group'), 'a year at a time')
	await p.accessible('the list of the year of the state')
	await p.go(`/reviewer/virtual-groups?year=${STATE_YEAR}&state=approved`)
	await p.page.locator('tbody a').first().click()
	await p.has('VG2023', 'with their identifiers')
	await approve(p, 'Notice Group', 'the election made in the browser')
	await second.go(room)
	await second.has('approved as VG2025', 'the members see the approval')
	if (!writes)
		return story.skip('an election by e-mail', 'exim4 is not installed')
	await p.go('/reviewer/virtual-groups')
	await p.follow('What came by e-mail')
	await p.has('stranger@example.org', 'the message of the stranger stands among those that came by e-mail')
	await p.accessible('what came by e-mail')
	await p.page.getByRole('link', { name: /^Sender not verified/ }).click()
	ok(!(await p.text()).includes('writer@example.org'), 'by what became of each')
	await approve(p, 'Virtual group of', 'the election by e-mail')
	await writes.go('/virtual-groups')
	await writes.has('Approved', 'and who wrote sees the approval')
	const came = wait('writer', 'Your virtual group is approved')
	ok(came.status === 0, 'which comes by mail as well', came.stdout)
})
server.removeAllListeners('exit')
const ended = new Promise((done) => server.once('exit', done))
server.kill('SIGTERM')
ok(await ended === 0, 'the service ends as asked', complaints)
story.end()
