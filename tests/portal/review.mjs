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
		const cookies = (await this.context.cookies(address)).map((c) => `${c.name}=${c.value}`).join('; ')
		return fetch(`${address}${path}`, { method: 'POST', redirect: 'manual', body: new URLSearchParams(form),
			headers: { cookie: cookies, accept: 'text/html', origin: address, 'sec-fetch-site': 'same-origin', ...headers } })
	}
	// A file of this address, as its bytes and headers.
	async fetch(path) {
		const cookies = (await this.context.cookies(address)).map((c) => `${c.name}=${c.value}`).join('; ')
		return fetch(`${address}${path}`, { headers: { cookie: cookies, accept: 'text/html' }, redirect: 'manual' })
	}
	async fill(fields) {
		for (const [name, value] of Object.entries(fields))
			await this.field(name).fill(value)
	}
}

const id = (page) => /targeted-review\/([0-9a-f-]{36})/.exec(page.url())?.[1]

// ---- the story ----

const official = await Person.make('demo-official')

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
	await x.page.getByLabel('Promoting interoperability').check()
	await x.fill({ 'Legal name of the practice or entity': 'Bay Street Eye Care Clinic', Telephone: '555-0100',
		Explanation: 'A hurricane closed the practice in August 2023. Our exception for promoting interoperability was approved and not applied.' })
	await x.press('Save and go on')
	await x.has('Notice of the approval', 'the evidence that is normally wanted for the reason is named')
	await x.fine('evidence')
	return at
}

const request = await files()
await browser.close()
await stop()
rmSync(folder, { recursive: true })
console.log(`1..${count}`)
process.exitCode = failed ? 1 : 0
