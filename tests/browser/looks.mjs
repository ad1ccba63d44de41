// What a page is held to in a browser, for the tests that look at one.
import { createRequire } from 'node:module'
import { resolve } from 'node:path'

export const narrow = { width: 320, height: 640 }, wide = { width: 1280, height: 900 }
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

export function parts(packages) {
	const require = createRequire(resolve(packages, 'x.js'))
	return { chromium: require('playwright-core').chromium, axe: require('axe-core').source }
}

// A context whose pages have axe in them: sent once, for it is half a megabyte. Script of the page's own stays refused
// to the page by the service's policy; that of the test is not.
export async function lookingContext(browser, axe) {
	const context = await browser.newContext({ bypassCSP: true, viewport: narrow })
	await context.addInitScript(axe)
	return context
}

// Rules of axe that the width of the window decides: the others say at 320 pixels what they say of a wide page.
export const ofWidth = { type: 'rule', values: ['target-size', 'scrollable-region-focusable', 'meta-viewport', 'css-orientation-lock'] }

// What axe finds on a page of lookingContext(), a line each.
export const axeFaults = (page, runOnly = { type: 'tag', values: tags }) => page.evaluate(async (only) => {
	const found = await globalThis.axe.run({ runOnly: only, resultTypes: ['violations'] })
	return found.violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target.join(' ')}: ${n.failureSummary.replace(/\s+/g, ' ')}`))
}, runOnly)

// What ends right of the window, outside of boxes that scroll by themselves.
export const tooWide = (page) => page.evaluate(() => {
	const most = document.documentElement.clientWidth
	if (document.documentElement.scrollWidth <= most)
		return []
	return [...document.body.querySelectorAll('*')]
		.filter((e) => e.getBoundingClientRect().right > most + 1 && !e.closest('.scroll'))
		.map((e) => `${e.tagName.toLowerCase()}.${e.className} "${e.textContent.trim().slice(0, 40)}" ends at ${Math.round(e.getBoundingClientRect().right)}`)
})

// The faults of the page as it stands, looked at 320 pixels wide: axe needs script, so the same bytes are opened in
// `context`, of lookingContext(). `ready` prepares the copy.
export async function faultsOf(page, context, ready = async () => {}) {
	const copy = await context.newPage(), body = await page.content(), url = page.url().replace(/#.*/, '')
	await copy.route(url, (route) => route.fulfill({ body, contentType: 'text/html; charset=utf-8' }))
	await copy.goto(url)
	await ready(copy)
	const faults = [...await axeFaults(copy), ...await tooWide(copy)]
	await copy.close()
	return faults
}
