// A real OpenID provider (npm oidc-provider) on a free port of the loopback interface. Prints its issuer. People sign in
// at its own development pages; the subject is what they type.
//
//   node provider.mjs PACKAGES CLIENT_ID CLIENT_SECRET REDIRECT_URI
import { createServer } from 'node:http';
import { pathToFileURL } from 'node:url';
import path from 'node:path';

const [packages, clientId, secret, redirectUri] = process.argv.slice(2);
const { default: Provider } = await import(
  pathToFileURL(path.join(packages, 'node_modules/oidc-provider/lib/index.js')));

const server = createServer();
await new Promise((done) => server.listen(0, '127.0.0.1', done));
const issuer = `http://127.0.0.1:${server.address().port}`;
const provider = new Provider(issuer, {
  clients: [{
    client_id: clientId, client_secret: secret, redirect_uris: [redirectUri], response_types: ['code'],
    grant_types: ['authorization_code'], token_endpoint_auth_method: 'client_secret_basic',
  }],
  pkce: { methods: ['S256'], required: () => true },
  claims: { openid: ['sub'], profile: ['name'], email: ['email', 'email_verified'] },
  findAccount: (ctx, sub) => ({
    accountId: sub,
    claims: () => ({ sub, name: `Person ${sub}`, email: `${sub}@example.org`, email_verified: !sub.startsWith('unverified') }),
  }),
  cookies: { keys: ['only for this test'] },
});
server.on('request', provider.callback());
console.log(issuer);
setTimeout(() => process.exit(0), 120000).unref();
