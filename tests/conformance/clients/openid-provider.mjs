// oidc-provider, which the OpenID Foundation has certified, on a free port and below a path.
// A test changes its settings by POST /settings.
import { createServer } from 'node:http';
import { generateKeyPairSync } from 'node:crypto';
import Provider from 'oidc-provider';

const PATH = '/id';
const DEFAULTS = {
  redirect: 'http://127.0.0.1/callback',
  secret: 'a secret: of the client',
  method: 'client_secret_basic',
  algorithm: 'RS256',
  /** Claims of the person besides the subject. */
  claims: {},
  /** Whether the ID token has them, and not only the user info. */
  inIdToken: false,
  /** How far the clock of the provider is before that of the machine. */
  clock: 0,
};

let settings = DEFAULTS;
let provider;

const time = Date.now;
Date.now = () => time() + settings.clock * 1000;

const keys = new Map();

/** The same key in each provider: a client fetches unknown keys only so often. */
function key(algorithm) {
  if (!keys.has(algorithm)) keys.set(algorithm, newKey(algorithm));
  return keys.get(algorithm);
}

function newKey(algorithm) {
  const { privateKey } = algorithm === 'RS256'
    ? generateKeyPairSync('rsa', { modulusLength: 2048 })
    : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: algorithm };
}

/** A provider with these settings. It keeps the sessions of those before it. */
function apply(changed) {
  settings = { ...DEFAULTS, ...changed };
  provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'natter',
        client_secret: settings.secret,
        redirect_uris: [settings.redirect],
        grant_types: ['authorization_code'],
        response_types: ['code'],
        token_endpoint_auth_method: settings.method,
        id_token_signed_response_alg: settings.algorithm,
      },
    ],
    claims: { openid: ['sub'], profile: ['name', 'groups'], email: ['email', 'email_verified'] },
    conformIdTokenClaims: !settings.inIdToken,
    cookies: { keys: ['the same in each provider'] },
    findAccount: (_, accountId) => ({ accountId, claims: () => ({ sub: accountId, ...settings.claims }) }),
    jwks: { keys: [...new Set(['RS256', settings.algorithm])].map(key) },
    pkce: { required: () => true },
  }).callback();
}

async function text(request) {
  let all = '';
  for await (const part of request) all += part;
  return all;
}

const server = createServer(async (request, response) => {
  if (request.url === '/settings') {
    apply(JSON.parse(await text(request)));
    response.end();
  } else if (request.url.startsWith(PATH + '/')) {
    request.originalUrl = request.url; // by this the provider knows the path that it is below
    request.url = request.url.slice(PATH.length);
    provider(request, response);
  } else {
    response.writeHead(404).end();
  }
});
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
const issuer = `http://127.0.0.1:${server.address().port}${PATH}`;
apply({});
console.log(`READY ${issuer}`);
