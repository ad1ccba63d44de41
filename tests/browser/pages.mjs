// Looks at pages as run.sh has made them, and prints TAP.
//
//   node pages.mjs PAGES PACKAGES CHROMIUM MISSING     MISSING: why there is no browser, empty when there is one
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const [folder, packages, executablePath, missing] = process.argv.slice(2)
const html = (below) => readdirSync(join(folder, below)).sort().filter((f) => f.endsWith('.html')).map((f) => join(below, f))
const explanations = html('.'), rules = html('rules'), all = [...explanations, ...rules]
const narrow = { width: 320, height: 640 }, wide = { width: 1280, height: 900 }

let count = 0, failed = 0
function report(name, faults, skip) {
	count++
	failed += faults.length > 0
	console.log(`${faults.length ? 'not ok' : 'ok'} ${count} - ${name}${skip ? ` # SKIP ${skip}` : ''}`)
	faults.slice(0, 20).forEach((f) => console.log(`# ${f}`))
}

function valid() {
	if (spawnSync('tidy', ['--version']).error)
		return report('pages are valid HTML', [], 'tidy is not installed')
	for (const page of all) {
		const tidy = spawnSync('tidy', ['-q', '-e', '-utf8', join(folder, page)], { encoding: 'utf8' })
		report(`${page} is valid HTML`, tidy.status === 0 ? [] : tidy.stderr.trim().split('\n'))
	}
}

const openAll = (page) => page.evaluate(() => document.querySelectorAll('details').forEach((d) => { d.open = true }))

async function accessible(page, axe) {
	const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
	await page.evaluate(axe)
	const found = await page.evaluate((values) => globalThis.axe.run({ runOnly: { type: 'tag', values } }), tags)
	const told = (rule, node) => `${rule}: ${node.target.join(' ')}: ${node.failureSummary.replace(/\s+/g, ' ')}`
	return found.violations.flatMap((v) => v.nodes.map((n) => told(v.id, n)))
}

// What is wider than the window, outside of boxes that scroll by themselves.
const tooWide = (page) => page.evaluate(() => {
	const most = document.documentElement.clientWidth, right = (e) => Math.round(e.getBoundingClientRect().right)
	if (document.documentElement.scrollWidth <= most)
		return []
	return [...document.body.querySelectorAll('*')]
		.filter((e) => right(e) > most && !e.closest('.scroll'))
		.map((e) => `${e.tagName.toLowerCase()} "${e.textContent.trim().slice(0, 40)}" ends at ${right(e)}`)
})

async function lookAt(page, name, axe) {
	const loaded = []
	page.removeAllListeners()
	page.on('request', (r) => loaded.push(r.url()))
	page.on('console', (m) => loaded.push(m.text()))
	await page.setViewportSize(wide)
	await page.goto(pathToFileURL(join(folder, name)).href)
	report(`${name} loads nothing`, loaded.slice(1))
	await openAll(page)
	report(`${name} is accessible`, await accessible(page, axe))
	await page.setViewportSize(narrow)
	report(`${name} is accessible at 320 pixels`, await accessible(page, axe))
	report(`${name} needs no sideways scrolling at 320 pixels`, await tooWide(page))
}

async function reasons(page, name) {
	await page.setViewportSize(wide)
	await page.goto(pathToFileURL(join(folder, name)).href)
	const closed = await page.locator('details:not([open]) > summary').first().elementHandle()
	const isOpen = () => closed.evaluate((summary) => summary.parentElement.open)
	await closed.focus()
	await page.keyboard.press('Enter')
	const opened = await isOpen()
	await page.keyboard.press('Enter')
	report(`${name}: a line opens and closes from the keyboard`, opened && !(await isOpen()) ? [] : ['it does not'])

	const link = page.locator('table a[href*="-fact-"]').last()
	const target = page.locator(`[id="${(await link.getAttribute('href')).slice(1)}"]`)
	await link.focus()
	await page.keyboard.press('Enter')
	report(`${name}: a figure leads to its reasons, opened`, (await target.isVisible()) ? [] : ['the target is not shown'])

	await page.emulateMedia({ media: 'print' })
	const hidden = await page.evaluate(() => [...document.querySelectorAll('.tree li')]
		.filter((e) => !e.getBoundingClientRect().height).map((e) => e.id))
	report(`${name}: on paper every reason is there`, hidden.map((id) => `${id} is not shown`))
	await page.emulateMedia({ media: null })
}

async function inBrowser() {
	if (missing)
		return report('pages in a browser', [], missing)
	const require = createRequire(resolve(packages, 'x.js'))
	const { chromium } = require('playwright-core')
	const axe = require('axe-core').source
	const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
	const page = await browser.newPage()
	for (const name of all)
		await lookAt(page, name, axe)
	for (const name of explanations)
		await reasons(page, name)
	await browser.close()
}

try {
	valid()
	await inBrowser()
} catch (e) {
	report('the pages could be looked at', String(e.stack ?? e).split('\n'))
}
console.log(`1..${count}`)
process.exitCode = failed ? 1 : 0
