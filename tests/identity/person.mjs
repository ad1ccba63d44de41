// A person with a browser: follows an address, signs in at the provider's pages and consents, and prints where the
// provider sends the browser in the end.
//
//   node person.mjs URL NAME REDIRECT_URI
const [start, name, redirectUri] = process.argv.slice(2);
const jar = new Map();

async function go(url, options = {}) {
  const answer = await fetch(url, {
    redirect: 'manual', ...options,
    headers: { ...options.headers, cookie: [...jar].map(([k, v]) => `${k}=${v}`).join('; ') },
  });
  for (const line of answer.headers.getSetCookie?.() ?? []) {
    const [pair] = line.split(';');
    const at = pair.indexOf('=');
    jar.set(pair.slice(0, at), pair.slice(at + 1));
  }
  return answer;
}

let url = start;
let answer = await go(url);
for (let step = 0; step < 20; step++) {
  const to = answer.headers.get('location');
  if (to) {
    url = new URL(to, url).href;
    if (url.startsWith(redirectUri)) {
      console.log(url);
      process.exit(0);
    }
    answer = await go(url);
    continue;
  }
  const page = await answer.text();
  const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1];
  if (!prompt) {
    console.error(page);
    process.exit(1);
  }
  const form = new URLSearchParams(prompt === 'login' ? { prompt, login: name, password: 'x' } : { prompt });
  answer = await go(url, { method: 'POST', body: form.toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' } });
}
process.exit(1);
