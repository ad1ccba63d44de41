// Opens the warning two minutes before a session ends by idleness; pages are complete without it.
// A request of another tab prolongs the session: so the server is asked before anything is said.
(() => {
	const dialog = document.getElementById('session')
	if (!dialog || typeof dialog.showModal !== 'function')
		return
	const WARN = 120, headers = { Accept: 'application/vnd.qpp.cms.gov.v1+json' }
	let timer

	const left = async () => {
		const answer = await fetch('/api/auth/sessions/ttl', { headers })
		if (!answer.ok)
			return 0
		const { data } = await answer.json()
		return Number(data.time_remaining)
	}
	const wait = (seconds) => {
		clearTimeout(timer)
		timer = setTimeout(look, Math.max(1, seconds) * 1000)
	}
	async function look() {
		const seconds = await left().catch(() => WARN)
		if (seconds <= 1)
			location.assign(`/sign-in?ended=1&to=${encodeURIComponent(location.pathname + location.search)}`)
		else if (seconds <= WARN) {
			if (!dialog.open)
				dialog.showModal()
			wait(Math.min(seconds, 10))
		} else {
			if (dialog.open)
				dialog.close()
			wait(seconds - WARN)
		}
	}

	document.getElementById('session-keep').addEventListener('click', async () => {
		const token = dialog.querySelector('[name=csrf]')
		await fetch('/api/auth/sessions/refresh', { method: 'POST', headers: { ...headers, 'X-CSRF-Token': token ? token.value : '' } })
		dialog.close()
		look()
	})
	wait(Number(dialog.dataset.seconds) - WARN)
})()
