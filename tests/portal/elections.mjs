// The elections of virtual groups that were decided in public (vectors V4: with their sources in tests/published), each put together
// in the election room as people do, without JavaScript. G15, of 45 clinicians, is vgroup.mjs. Prints TAP.
//
//   node elections.mjs SERVE PACKAGES CHROMIUM STATIC
import { beginStory, serving } from './story.mjs'

const [serve, packages, executablePath, statics] = process.argv.slice(2)
const order = ['elm', 'oak', 'ash', 'birch', 'cedar', 'poplar', 'larch', 'maple', 'rowan', 'hazel', 'alder', 'linden', 'willow', 'aspen']
const tin = (name) => `0001234${50 + order.indexOf(name)}`
let story

// The practices of a group, each with its official at a browser: the first began it, and the others accepted.
async function group(id, ...names) {
	const people = []
	for (const name of names)
		people.push(await story.person(`official-${name}`))
	const [first, ...others] = people
	await first.signIn('/virtual-groups')
	await first.fill('Name of the virtual group', id)
	await first.press('Begin the group')
	const room = new URL(first.page.url()).pathname
	if (others.length) {
		await first.fill('TINs', names.slice(1).map(tin).join('\n'))
		await first.press('Invite')
	}
	for (const p of others) {
		await p.signIn(room)
		await p.press(/^Accept/)
	}
	await first.go(room)
	return { people, first, room }
}

async function file(id, { people, first, room }) {
	for (const p of people) {
		await p.go(`${room}/agreement`)
		await p.fill('Your full name', `Official of ${p.user}`)
		await p.check('I am authorized to bind this practice')
		await p.press('Sign the agreement')
	}
	await first.go(`${room}/filing`)
	await first.press('File the election')
	await first.has('Receipt', `${id}: the election is taken`)
}

// Neither is it filed on the page that files.
async function refused(id, g, why) {
	await g.first.has(why, `${id}: "${why}"`)
	await g.first.go(`${g.room}/filing`)
	await g.first.has('It cannot be filed yet', `${id}: and it cannot be filed`)
}

async function within(instant, year, run) {
	const { address, end } = await serving(serve, statics, ...(instant ? [instant, year] : []))
	const before = story
	story = await beginStory(packages, executablePath, address, 'Correct-Horse-7-Staple')
	Object.assign(story, { count: before?.count ?? 0, failed: before?.failed ?? 0 })
	await story.play(`elections for ${year}`, run)
	await end()
}

await within(null, '2025', async () => {
	const alone = await group('G6', 'larch')
	await refused('G6', alone, 'the election has too few TINs')
	await alone.first.go(`${alone.room}/withdrawal`)
	await alone.first.press(/^Withdraw/)
	await file('G1', await group('G1', 'larch', 'maple'))
	await refused('G4', await group('G4', 'poplar', 'elm'), 'too many clinicians')
	await refused('G5', await group('G5', 'rowan', 'oak'), 'no clinician of the practice is MIPS eligible')
	const three = await group('G16', 'linden', 'willow', 'aspen')
	await three.first.has('3 clinicians in all', 'G16: three solo practitioners')
	story.ok(!(await three.first.text()).includes('no small practice'), 'G16: stay a small practice together')
	await file('G16', three)

	const part = await group('G9', 'hazel', 'ash')
	await part.first.go(part.room)
	await part.first.follow(/^See/)
	const three_of_five = (await part.first.text()).match(/9\d{9}/g).slice(0, 3)
	await part.first.fill('NPIs', three_of_five.join('\n'))
	await part.first.press('Save the list')
	await part.first.go(part.room)
	await refused('G9', part, 'not all NPIs that bill under the TIN are listed')

	// Who was first has it: the practice is told when it accepts, and the other group goes without.
	const late = await group('G7', 'birch')
	await late.first.fill('TINs', tin('larch'))
	await late.first.press('Invite')
	const taken = await story.person('official-larch')
	await taken.signIn(late.room)
	await taken.press(/^Accept/)
	await taken.has('in another virtual group', 'G7: a practice of one group is not taken by another')
	await late.first.go(late.room)
	await refused('G7', late, 'the election has too few TINs')
})
for (const [id, instant, year] of [['G3', '2024-09-30T12:00:00-04:00', '2025'], ['G11', '2022-10-02T12:00:00-04:00', '2023'],
	['G12', '2023-10-01T12:00:00-04:00', '2024']])
	await within(instant, year, async () => {
		const g = await group(id, 'larch', 'maple')
		await refused(id, g, `the window was not yet open for performance year ${year}`)
		await g.first.go('/virtual-groups')
		await g.first.has(`The time to elect for ${year} begins October`, `${id}: and it is told when it opens`)
	})
await within('2017-11-15T12:00:00-05:00', '2018', async () =>
	refused('G14', await group('G14', 'alder', 'maple'), 'does not exceed enough of the low-volume threshold'))
story.end()
