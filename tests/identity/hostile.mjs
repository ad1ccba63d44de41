// A provider that lies, on a free port of the loopback interface. Prints its issuer. What its token says is asked for by
// the code: KIND.NONCE.CHALLENGE. The verifier of PKCE is checked as a provider must.
//
//   node hostile.mjs PACKAGES CLIENT_ID
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { pathToFileURL } from 'node:url';
import path from 'node:path';

const [packages, clientId] = process.argv.slice(2);
const jose = await import(pathToFileURL(path.join(packages, 'node_modules/jose/dist/node/esm/index.js')));
const ours = await jose.generateKeyPair('RS256');
const other = await jose.generateKeyPair('RS256');
const jwk = { ...(await jose.exportJWK(ours.publicKey)), kid: 'k1', use: 'sig', alg: 'RS256' };
const base = Number(process.env.NOW);
let issuer;

async function token(kind, nonce) {
  const claims = { sub: 'mallory', nonce, iss: issuer, aud: clientId, iat: base, exp: base + 300, name: 'M', email: 'm@example.org' };
  let key = ours.privateKey;
  const header = { alg: 'RS256', kid: 'k1' };
  switch (kind) {
    case 'issuer': claims.iss = 'https://elsewhere.example'; break;
    case 'audience': claims.aud = 'another-client'; break;
    case 'audiences': claims.aud = [clientId, 'another-client']; break;
    case 'party': claims.aud = [clientId, 'another-client']; claims.azp = 'another-client'; break;
    case 'expired': claims.iat = base - 400; claims.exp = base - 100; break;
    case 'future': claims.iat = base + 4000; claims.exp = base + 5000; break;
    case 'old': claims.iat = base - 7200; claims.exp = base + 300; break;
    case 'forever': delete claims.exp; break;
    case 'nonce': claims.nonce = 'x'.repeat(64); break;
    case 'noNonce': delete claims.nonce; break;
    case 'nobody': delete claims.sub; break;
    case 'key': key = other.privateKey; break;
    case 'secret': {
      // Signed with the public key as if it were a shared secret.
      const k = Buffer.from(JSON.stringify(jwk));
      return new jose.SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: 'k1' }).sign(k);
    }
    case 'none': return new jose.UnsecuredJWT(claims).encode();
    case 'changed': {
      const t = await new jose.SignJWT(claims).setProtectedHeader(header).sign(key);
      const [h, , s] = t.split('.');
      return [h, Buffer.from(JSON.stringify({ ...claims, sub: 'alice' })).toString('base64url'), s].join('.');
    }
    case 'garbage': return 'not a token';
    case 'missing': return undefined;
    default:
  }
  return new jose.SignJWT(claims).setProtectedHeader(header).sign(key);
}

const server = createServer(async (request, response) => {
  const answer = (body, status = 200) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
  if (request.url === '/.well-known/openid-configuration') {
    answer({ issuer, authorization_endpoint: `${issuer}/auth`, token_endpoint: `${issuer}/token`, jwks_uri: `${issuer}/jwks` });
  } else if (request.url === '/jwks') {
    answer({ keys: [jwk] });
  } else if (request.url === '/token') {
    let body = '';
    for await (const part of request) body += part;
    const form = new URLSearchParams(body);
    const [kind, nonce, challenge] = form.get('code').split('.');
    const hash = createHash('sha256').update(form.get('code_verifier') ?? '').digest('base64url');
    if (hash !== challenge) return answer({ error: 'invalid_grant' }, 400);
    if (kind === 'huge') return answer(`{"id_token":"${'x'.repeat(1 << 20)}"}`);
    answer({ token_type: 'Bearer', access_token: 'opaque', expires_in: 60, id_token: await token(kind, nonce) });
  } else {
    answer({}, 404);
  }
});
await new Promise((done) => server.listen(0, '127.0.0.1', done));
issuer = `http://127.0.0.1:${server.address().port}`;
console.log(issuer);
setTimeout(() => process.exit(0), 120000).unref();
