// Elects a virtual group of 45 clinicians in five TINs as people do, from blank, without JavaScript, each Security Official in a
// browser of their own; counts the steps; then what goes wrong on the way, a reviewer's approval, and the receipt. Prints TAP.
//
//   node vgroup.mjs SERVE PACKAGES CHROMIUM STATIC
import { readFileSync } from 'node:fs'
import { beginStory, serving } from './story.mjs'

const [serve, packages, executablePath, statics] = process.argv.slice(2)
const MOST_STEPS = 60
const tins = [0, 1, 2, 3, 4, 5].map((i) => `00012345${i}`)
const names = ['elm', 'oak', 'ash', 'birch', 'cedar']

const { address, end } = await serving(serve, statics)
const story = await beginStory(packages, executablePath, address, 'Correct-Horse-7-Staple'), ok = story.ok.bind(story)

async function elect() {
	const people = []
	for (const name of names)
		people.push(await story.person(`official-${name}`))
	const [first, ...others] = people
	await first.signIn('/virtual-groups')
	await first.has('December 31, 2024, at 11:59 p.m. ET', 'the end of the time to elect is told')
	await first.fill('Name of the virtual group', 'River Valley Group')
	await first.press('Begin the group')
	await first.has('The group is begun', 'a group is begun')
	const room = new URL(first.page.url()).pathname
	await first.fill('TINs', tins.slice(1, 5).join('\n'))
	await first.press('Invite')
	await first.has('The practices are invited', 'four practices are invited at once')
	ok(!(await first.text()).includes('Oak Hill'), 'their names are hidden until all agree')
	for (const p of others) {
		await p.signIn(room)
		await p.press(/^Accept/)
		await p.has('Your answer is recorded', `${p.user} accepts for the own practice`)
	}
	await first.go(room)
	await first.has('Cedar Family Care', 'all have agreed: names are shown')
	await first.has('45 clinicians in all: together no small practice any more', 'what the group becomes is told')
	for (const p of people) {
		await p.follow('Agreement')
		await p.fill('Your full name', `Official of ${p.user}`)
		await p.check('I am authorized to bind this practice')
		await p.press('Sign the agreement')
		await p.has('You have signed', `${p.user} signs`)
	}
	await first.go(`${room}/filing`)
	await first.press('File the election')
	await first.has('Receipt', 'the election is filed')
	await first.has('before the end of the time to elect', 'the receipt tells the margin')
	ok(/[0-9a-f]{64}/.test(await first.text()), 'and the SHA-256 of what was filed')
	ok(story.steps < MOST_STEPS, `a group of 45 clinicians in five TINs is elected in ${story.steps} steps, fewer than ${MOST_STEPS}`)
	await first.accessible('receipt')
	return { room, people }
}

async function looks({ room, people }) {
	const [first, second] = people
	for (const [path, name] of [['', 'the group'], ['/agreement', 'the agreement'], ['/agreement/print', 'the page to print'], ['/withdrawal', 'withdrawing'],
		['/representative', 'the representative']]) {
		await first.go(`${room}${path}`)
		await first.accessible(name)
	}
	await first.go(`${room}/agreement/print`)
	await first.has('TIN 000123454', 'printed, the agreement names every TIN in full')
	await first.go(`${room}/agreement`)
	const download = first.page.waitForEvent('download')
	await first.follow('PDF')
	const pdf = readFileSync(await (await download).path())
	ok(pdf.subarray(0, 5).toString() === '%PDF-' && pdf.includes('/MarkInfo'), 'the agreement is there as a tagged PDF')
	await first.go(`${room}/forecast`)
	await first.accessible('does it pay')
	await first.fill('Final score that you expect alone (optional)', '120')
	await first.press('Save')
	await first.has('0 to 100', 'a score that is none is refused')
	await first.fill('Final score that you expect alone (optional)', '88')
	await first.check('The other members may see these figures and our score')
	await first.press('Save')
	await first.has('Shown when every practice lets the others see', 'figures are hidden until all agree')
	await first.go(`${room}/data`)
	await first.has('Cedar Family Care', 'who is missing with data is named')
	await first.accessible('the data of the year')
	await first.go(room)
	await first.has('Received', 'the state is told')
	await first.press('Open it for changes')
	await first.has('What was filed stands until it is filed anew', 'it can be opened for changes')
	await first.go(`${room}/representative`)
	await first.fill('E-mail address', 'no address')
	await first.fill('Telephone (optional)', '555-0100')
	await first.press('Save the representative')
	await first.has('Type one e-mail address', 'an address that is none is refused at its field')
	await first.go(room)
	await first.signOut()
	await first.signIn(`${room}/representative`)
	ok(await first.page.getByLabel('E-mail address', { exact: true }).inputValue() === 'no address', 'what was typed is there after an error and a sign-out')
	await first.fill('E-mail address', 'rita@example.org')
	await first.press('Save the representative')
	await first.has('The representative is saved', 'mended, it is saved')
	await first.go(`${room}/agreement?edit=1`)
	await first.accessible('changing clauses')
	await first.fill('(v) Payment adjustments and quality', 'We meet every month and look at our measures.')
	await first.press('Save the clauses')
	await first.has('An earlier text was signed', 'who signed the earlier one is told')
	await first.fill('Your full name', 'Ada Byron')
	await first.press('Sign the agreement')
	await first.has('authorized to bind', 'without saying that one may bind the practice nothing is signed')
	await first.go(`${room}/filing`)
	await first.has('Something is still missing', 'unsigned, it cannot be filed')
	await first.go(room)
	await first.press('Keep what is filed')
	await first.has('What was filed stands as it is', 'the changes are left')
	await second.go(room)
	await second.has('A reviewer of the agency looks at it', 'members see how it stands')
}

// The session ends in another window; then the form is sent.
async function sessionEnds(p, path, fields, button, kept) {
	await p.go(path)
	for (const [label, text] of Object.entries(fields))
		await p.fill(label, text)
	const other = await p.context.newPage()
	await other.goto(`${address}/virtual-groups`)
	await other.getByRole('button', { name: 'Sign out', exact: true }).click()
	await p.press(button)
	await p.has('Your session has ended', `${path}: sent after the end of the session, it is no sign-in page`)
	for (const text of Object.values(fields))
		await p.has(text, `${path}: "${text}" is on it`)
	await p.accessible(`${path}: the page that holds what was typed`)
	await other.goto(`${address}/sign-in`)
	await other.getByLabel('User name').fill(p.user)
	await other.getByLabel('Password').fill(story.password)
	await other.getByRole('button', { name: 'Sign in', exact: true }).click()
	await other.close()
	await p.press('Send it again')
	await p.has('Send it once more', `${path}: signed in again, it is sent from there`)
	await p.press('Send it again')
	await kept(p)
}

async function nothingIsLost({ room, people: [first, second] }) {
	await first.go(room)
	await first.press('Open it for changes')
	await sessionEnds(first, `${room}/representative`, { Name: 'Rita Held', 'E-mail address': 'rita.held@example.org' }, 'Save the representative', async (p) => {
		await p.go(`${room}/representative`)
		ok(await p.field('Name').inputValue() === 'Rita Held', 'and the representative is saved')
	})
	await sessionEnds(first, `${room}/agreement?edit=1`, { '(v) Payment adjustments and quality': 'We learn from each other every month.' }, 'Save the clauses', async (p) => {
		await p.go(`${room}/agreement`)
		await p.has('We learn from each other every month.', 'and the clause is saved')
	})
	await sessionEnds(second, `${room}/forecast`, { 'Final score that you expect alone (optional)': '77.5' }, 'Save', async (p) => {
		await p.go(`${room}/forecast`)
		ok(await p.field('Final score that you expect alone (optional)').inputValue() === '77.5', 'and the score that is expected is saved')
	})
	await first.go(room)
	await first.press('Keep what is filed')
	await sessionEnds(first, '/virtual-groups', { 'Name of the virtual group': 'Second Valley' }, 'Begin the group', async (p) => {
		await p.has('is in another virtual group', 'and a group is begun, or it is told why not')
		ok(await p.field('Name of the virtual group').inputValue() === 'Second Valley', 'with what was typed')
	})
}

async function faults() {
	const p = await story.person('official-poplar')
	await p.signIn('/virtual-groups')
	await p.press('Begin the group')
	await p.has('needs a name', 'a group needs a name')
	await p.accessible('the list with an error')
	await p.fill('Name of the virtual group', 'Poplar and others')
	await p.press('Begin the group')
	await p.has('too many clinicians', 'eleven clinicians are too many, and it is said at once')
	await p.fill('TINs', '000123450\n12345')
	await p.press('Invite')
	await p.has('a TIN has nine digits'.replace('a', 'A'), 'a TIN that is none is refused')
	ok((await p.page.getByLabel('TINs').inputValue()).includes('12345'), 'what was typed is kept')
	await p.accessible('the group with an error')
	await p.follow(/^See/)
	await p.has('11 NPIs are known to bill', 'the list of clinicians is there')
	await p.accessible('clinicians')
	await p.fill('NPIs', '9000000006')
	await p.press('Save the list')
	await p.has('No NPI: look for a mistyped digit', 'a wrong check digit is told, and the list kept')
	await p.go('/virtual-groups')
	await p.go('/reviewer/virtual-groups')
	ok((await p.page.title()).startsWith('Not allowed'), 'the side of the reviewers is not theirs')
}

async function review() {
	const p = await story.person('reviewer')
	await p.signIn('/reviewer/virtual-groups?state=received')
	ok(p.page.url().endsWith('/reviewer/virtual-groups?state=received'), 'signed in, one is where one wanted to be', p.page.url())
	await p.has('River Valley Group', 'the reviewer sees what is received')
	await p.has('5 practices, 45 clinicians', 'with its size')
	await p.accessible('the reviewer\'s list')
	await p.follow('River Valley Group')
	await p.accessible('one election')
	await p.press('Record the decision')
	await p.has('Choose a decision', 'a decision must be chosen')
	await p.check('Return with reasons')
	await p.press('Record the decision')
	await p.has('Say why', 'returning needs reasons')
	await p.check('Approve')
	await p.press('Record the decision')
	await p.has('VG2025001', 'approved, it has an identifier')
}

await story.play('the election comes to its end', async () => {
	const group = await elect(), member = group.people[1]
	await looks(group)
	await nothingIsLost(group)
	await faults()
	await review()
	await member.go(group.room)
	await member.has('approved as VG2025001', 'the members see the approval')
})
await end()
story.end()
