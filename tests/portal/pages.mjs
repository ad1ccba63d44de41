// Looks at the portal's views as run.sh has made them, then has walk.mjs walk, and prints TAP.
//
//   node pages.mjs WORK PACKAGES CHROMIUM SERVE SUBMISSION QPPD
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const [work, packages, executablePath, serve, submission, qppd] = process.argv.slice(2)
const require = createRequire(resolve(packages, 'x.js'))
const { chromium } = require('playwright-core')
const axe = require('axe-core').source
const views = readdirSync(join(work, 'pages')).filter((f) => f.endsWith('.html')).sort()
const narrow = { width: 320, height: 640 }, wide = { width: 1280, height: 900 }
// tidy 5.6 is older than these attributes of HTML and ARIA 1.1.
const unknown = /proprietary attribute "(aria-current|inputmode)"/

let count = 0, failed = 0
function report(name, faults) {
	count++
	failed += faults.length > 0
	console.log(`${faults.length ? 'not ok' : 'ok'} ${count} - ${name}`)
	faults.slice(0, 20).forEach((f) => console.log(`# ${f}`))
}

function valid(view) {
	const tidy = spawnSync('tidy', ['-q', '-e', '-utf8', join(work, 'pages', view)], { encoding: 'utf8' })
	return tidy.stderr.trim().split('\n').filter((l) => l && !unknown.test(l))
}

async function accessible(page) {
	const values = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
	await page.evaluate(axe)
	const found = await page.evaluate((v) => globalThis.axe.run({ runOnly: { type: 'tag', values: v } }), values)
	return found.violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target.join(' ')}: ${n.failureSummary.replace(/\s+/g, ' ')}`))
}

const tooWide = (page) => page.evaluate(() => {
	const most = document.documentElement.clientWidth
	if (document.documentElement.scrollWidth <= most)
		return []
	return [...document.body.querySelectorAll('*')].filter((e) => e.getBoundingClientRect().right > most + 1)
		.map((e) => `${e.tagName.toLowerCase()}.${e.className} ends at ${Math.round(e.getBoundingClientRect().right)}`)
})

// Words of the program lead to the glossary.
const glossary = new Set([...readFileSync(join(work, 'pages', 'help.html'), 'utf8').matchAll(/ id="([^"]+)"/g)].map((m) => m[1]))
function explained(view) {
	const links = [...readFileSync(join(work, 'pages', view), 'utf8').matchAll(/href="\/help#([^"]+)"/g)].map((m) => m[1])
	return links.filter((id) => !glossary.has(id)).map((id) => `/help#${id} leads nowhere`)
}

async function lookAt(page, folder, view) {
	const url = pathToFileURL(join(work, folder, view)).href, faults = []
	page.removeAllListeners()
	page.on('dialog', (d) => { faults.push(`a script ran: ${d.message()}`); d.dismiss() })
	page.on('request', (r) => { if (!/\/static\/|\.html$/.test(r.url())) faults.push(`loads ${r.url()}`) })
	for (const size of [wide, narrow]) {
		await page.setViewportSize(size)
		await page.goto(url)
		await page.evaluate(() => document.querySelectorAll('details').forEach((d) => { d.open = true }))
		faults.push(...(await accessible(page)).map((f) => `${size.width}: ${f}`))
	}
	return [...faults, ...await tooWide(page)]
}

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
const page = await browser.newPage()
for (const view of views) {
	report(`${view} is valid HTML, and its words are explained`, [...valid(view), ...explained(view)])
	report(`${view} is accessible, and fits 320 pixels`, await lookAt(page, 'pages', view))
}
// Without the design system's files, a few with everything on them stand for the rest.
for (const view of ['home.html', 'submission.html', 'upload-faults.html', 'entry-measure-error.html', 'access.html'])
	report(`${view} is accessible without the design system`, await lookAt(page, 'bare', view))
await browser.close()

// Each of them prints TAP of its own.
function walk(name, script, args) {
	const path = join(dirname(fileURLToPath(import.meta.url)), script)
	const walked = spawnSync(process.execPath, [path, ...args], { encoding: 'utf8' })
	for (const line of walked.stdout.split('\n')) {
		const m = /^(not )?ok \d+ - (.*)/.exec(line)
		if (m)
			report(`${name}: ${m[2]}`, m[1] ? ['see below'] : [])
		else if (line.startsWith('#'))
			console.log(line)
	}
	report(`${name} ended by itself`, walked.status === 0 ? [] : [`status ${walked.status}`, ...walked.stderr.split('\n')])
}
walk('walk', 'walk.mjs', [serve, packages, executablePath, join(work, 'pages', 'static'), submission])
walk('review', 'review.mjs', [qppd, packages, executablePath, join(work, 'pages', 'static')])
console.log(`1..${count}`)
process.exitCode = failed ? 1 : 0
