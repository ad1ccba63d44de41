// What stories in a browser share: TAP, and people who each sit at a browser of their own, without JavaScript.
//
//   const story = await beginStory(packages, executablePath, address, password)     address of the service that runs
//   await story.play('it comes to its end', async () => { const p = await story.person('user'); ... })
//   story.end()                                                                     prints the plan
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { faultsOf, lookingContext, parts } from '../browser/looks.mjs'

// Every address typed, field filled in and button or link pressed is a step.
class Person {
	constructor(story, user) { Object.assign(this, { story, user }) }
	async open() {
		this.context = await this.story.browser.newContext({ javaScriptEnabled: false, reducedMotion: 'reduce' })
		this.page = await this.context.newPage()
		return this
	}
	step() { this.story.steps++; this.story.last = this }
	async go(path) { this.step(); await this.page.goto(`${this.story.address}${path}`) }
	async fill(label, text) { this.step(); await this.page.getByLabel(label, { exact: true }).fill(text) }
	async choose(label, text) { this.step(); await this.page.getByLabel(label, { exact: true }).selectOption(text) }
	async check(label) { this.step(); await this.page.getByLabel(label).first().check() }
	async press(name) { this.step(); await this.page.getByRole('button', { name }).first().click() }
	async follow(name) { this.step(); await this.page.getByRole('link', { name, exact: true }).first().click() }
	field(label) { return this.page.getByLabel(label, { exact: true }) }
	text() { return this.page.locator('main').innerText() }
	async has(what, name) {
		const t = await this.text()
		this.story.ok(t.includes(what), name, `${this.page.url()}\n${t}`)
	}
	async signIn(path) {
		await this.go(path)
		await this.fill('User name', this.user)
		await this.fill('Password', this.story.password)
		await this.press('Sign in')
	}
	signOut() { return this.press('Sign out') }
	async accessible(name) {
		const faults = await faultsOf(this.page, this.story.looked)
		this.story.ok(!faults.length, `${name}: axe finds nothing, and it fits 320 pixels`, faults.join('\n'))
	}
}

class Story {
	count = 0
	failed = 0
	steps = 0
	last = null
	ok(good, name, more) {
		this.count++
		this.failed += !good
		console.log(`${good ? 'ok' : 'not ok'} ${this.count} - ${name}`)
		if (!good && more)
			String(more).split('\n').slice(0, 30).forEach((l) => console.log(`# ${l}`))
	}
	skip(name, why) { console.log(`ok ${++this.count} - ${name} # SKIP ${why}`) }
	person(user) { return new Person(this, user).open() }
	// Plays it; what is thrown fails by the page that it stood on.
	async play(name, run) {
		try {
			await run()
		} catch (e) {
			this.ok(false, name, `${this.last?.page.url()}\n${e.stack}\n${await this.last?.text().catch(() => '')}`)
		}
		await this.browser.close()
	}
	end() {
		console.log(`1..${this.count}`)
		process.exitCode = this.failed ? 1 : 0
	}
}

export async function beginStory(packages, executablePath, address, password) {
	const { chromium, axe } = parts(packages), story = new Story()
	Object.assign(story, { address, password })
	story.browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
	story.looked = await lookingContext(story.browser, axe)
	return story
}

// A program that serves pages out of a folder of its own, prints its address, and ends with its standard input.
export async function serving(program, ...args) {
	const folder = mkdtempSync(join(tmpdir(), 'story-'))
	const server = spawn(program, [folder, ...args].filter(Boolean), { stdio: ['pipe', 'pipe', 'inherit'] })
	const address = await new Promise((done, fail) => {
		server.stdout.once('data', (d) => done(String(d).trim()))
		server.once('exit', (c) => fail(new Error(`the service ended with ${c}`)))
	})
	const end = async () => {
		server.stdin.end()
		await new Promise((done) => server.once('exit', done))
		rmSync(folder, { recursive: true, force: true })
	}
	return { address, end }
}
