// Looks at pages as run.sh has made them, and prints TAP.
//
//   node pages.mjs PAGES PACKAGES CHROMIUM MISSING     MISSING: why there is no browser, empty when there is one
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { axeFaults, lookingContext, narrow, parts, tooWide, wide } from './looks.mjs'

const [folder, packages, executablePath, missing] = process.argv.slice(2)
const html = (below) => readdirSync(join(folder, below)).sort().filter((f) => f.endsWith('.html')).map((f) => join(below, f))
const explanations = html('.'), rules = html('rules'), all = [...explanations, ...rules]

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

async function lookAt(page, name) {
	const loaded = []
	page.removeAllListeners()
	page.on('request', (r) => loaded.push(r.url()))
	page.on('console', (m) => loaded.push(m.text()))
	await page.setViewportSize(wide)
	await page.goto(pathToFileURL(join(folder, name)).href)
	report(`${name} loads nothing`, loaded.slice(1))
	await openAll(page)
	report(`${name} is accessible`, await axeFaults(page))
	await page.setViewportSize(narrow)
	report(`${name} is accessible at 320 pixels`, await axeFaults(page))
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
	const { chromium, axe } = parts(packages)
	const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
	const page = await (await lookingContext(browser, axe)).newPage()
	for (const name of all)
		await lookAt(page, name)
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
