// Looks at the portal's views as run.sh has made them, and prints TAP.
//
//   node pages.mjs WORK PACKAGES CHROMIUM
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { axeFaults, lookingContext, narrow, ofWidth, parts, tooWide, wide } from '../browser/looks.mjs'

const [work, packages, executablePath] = process.argv.slice(2)
const { chromium, axe } = parts(packages)
const views = readdirSync(join(work, 'pages')).filter((f) => f.endsWith('.html')).sort()
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
	await page.goto(url)
	await page.evaluate(() => document.querySelectorAll('details').forEach((d) => { d.open = true }))
	await page.setViewportSize(wide)
	faults.push(...await axeFaults(page))
	await page.setViewportSize(narrow)
	faults.push(...(await axeFaults(page, ofWidth)).map((f) => `${narrow.width}: ${f}`))
	return [...faults, ...await tooWide(page)]
}

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
const page = await (await lookingContext(browser, axe)).newPage()
for (const view of views) {
	report(`${view} is valid HTML, and its words are explained`, [...valid(view), ...explained(view)])
	report(`${view} is accessible, and fits 320 pixels`, await lookAt(page, 'pages', view))
}
// Without the design system's files, a few with everything on them stand for the rest.
for (const view of ['home.html', 'submission.html', 'upload-faults.html', 'entry-measure-error.html', 'access.html'])
	report(`${view} is accessible without the design system`, await lookAt(page, 'bare', view))
await browser.close()
console.log(`1..${count}`)
process.exitCode = failed ? 1 : 0
