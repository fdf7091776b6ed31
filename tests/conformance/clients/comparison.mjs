// The same requests to Natter and to npm's socket.io, and the answers side by side.
//
// Natter's servers are in mode `plain`, one for each file of options/. Their ports come from the environment,
// NATTER_PORTS='{"default":3000,…}'; without it they are started by bin/conformance. With NATTER_PORTS=reference
// the reference is compared with itself, which shows that a case does not depend on chance.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { plain } from './reference.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const stops = [];
after(() => stops.forEach((stop) => stop()));

async function reference(name) {
  const server = plain(JSON.parse(readFileSync(here(`options/${name}.json`), 'utf8')));
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(() => server.close() && server.closeAllConnections());
  return server.address().port;
}

async function natter(name) {
  const ports = process.env.NATTER_PORTS;
  if (ports === 'reference') return reference(name);
  if (ports) return JSON.parse(ports)[name] ?? assert.fail(`no server was started for options/${name}.json`);
  const args = ['plain', '--port', '0', '--options', here(`options/${name}.json`)];
  const server = spawn(here('../../../bin/conformance'), args, { stdio: ['ignore', 'pipe', 'inherit'] });
  stops.push(() => server.kill());
  for await (const line of server.stdout) return Number(/READY (\d+)/.exec(line)[1]);
  return assert.fail('bin/conformance did not start');
}

const servers = new Map();
function serversWith(name) {
  if (!servers.has(name)) servers.set(name, Promise.all([natter(name), reference(name)]));
  return servers.get(name);
}

/**
 * The host, and the cases that a container decides: those that it answers by itself, where the answer only has to
 * come, and those that it does not notice, which are left out. Each is named `OPTIONS: RULE`.
 */
const host = process.env.NATTER_HOST ?? 'netty';
const containers = JSON.parse(readFileSync(here('containers.json'), 'utf8'));
const inContainer = host in containers;
const decided = (how) => new Set(containers[host]?.[how] ?? []);
const answeredByContainer = decided('answered by the container');
const unnoticed = decided('not noticed by the container');

/** Values that may differ from one run to the next: session ids, and the ids and offsets of recovery. */
const steady = (value) =>
  JSON.parse(
    JSON.stringify(value)
      .replace(/(\\*"(?:sid|pid)\\*":\\*")[\w-]{20}/g, '$1…')
      .replace(/("offset\\":\\")[^"\\]+/g, '$1…')
      .replace(/\b(io|sess)=[\w-]{20}/g, '$1=…')
      .replace(/"close":1000\b/g, closeCode)
      .replace(/(text\/|application\/)([a-z]+)(; ?charset=utf-8)?"/gi, mediaType),
  );

/**
 * A container ends the connection behind a close frame while bytes of the client may be unread. Then the kernel resets
 * it, and the client may lose the close frame.
 */
const isReset = (own) => Array.isArray(own) && own.at(-1) === 'ended';

/** Tomcat cannot close without a code, and then 1000 says the same (RFC 6455 §7.1.5). */
const closeCode = (text) => (inContainer ? '"close":1005' : text);

/** Containers write media types in their own way and add the charset, which means the same. */
const mediaType = (text, type, sub) => (inContainer ? `${type}${sub}"` : text);

/**
 * Both servers, with the options of options/NAME.json, must show `look(port)` the same.
 *
 * Where Natter means to differ, `intended` has the `reason` and what it shows instead: such a case fails as well
 * when the difference goes away.
 */
export function compare(options, rule, look, intended) {
  if (unnoticed.has(`${options}: ${rule}`)) return;
  test(rule, { timeout: 30_000 }, async () => {
    const ports = await serversWith(options);
    let [own, node] = await bothShow(ports, look);
    if (answeredByContainer.has(`${options}: ${rule}`)) return undefined;
    for (let i = 0; i < 9 && inContainer && !isDeepStrictEqual(own, node) && (look.needsOrder || isReset(own)); i++) {
      [own, node] = await bothShow(ports, look);
    }
    if (!intended || process.env.NATTER_PORTS === 'reference') return assert.deepEqual(own, node);
    assert.deepEqual(own, steady(intended.natter), intended.reason);
    assert.notDeepEqual(own, node, `no longer different: ${intended.reason}`);
  });
}

const bothShow = async (ports, look) => (await Promise.all(ports.map(look))).map(steady);

/**
 * A look that sends a request on one connection and the next on another. Natter's own host hears them in that order,
 * a container on two threads at once. There the right answer must come within ten attempts.
 */
export const inOrder = (look) => Object.assign(look, { needsOrder: true });

const shown = [
  'access-control-allow-credentials',
  'access-control-allow-headers',
  'access-control-allow-methods',
  'access-control-allow-origin',
  'access-control-expose-headers',
  'access-control-max-age',
  'cache-control',
  'content-encoding',
  'content-type',
  'etag',
  'set-cookie',
  'sec-websocket-accept',
  'sec-websocket-extensions',
  'sec-websocket-protocol',
  'vary',
  'x-xss-protection',
];

/** `Vary` without what it says about compression, which Natter names as caches need it and npm does not. */
const withoutEncoding = (vary) => vary.replace(/,? ?Accept-Encoding/, '');

/** The headers of a browser that loads a script for a page of the same server. */
export const ownPage = { 'Sec-Fetch-Site': 'same-origin' };

/** An answer of JSONP without its type, which Natter and npm name differently on purpose. */
export function untyped({ headers: { 'content-type': _, ...headers }, ...rest }) {
  return { headers, ...rest };
}

/** Of an answer, what a client can tell: status, the headers that matter, body. */
export function visible({ closed, status, headers, body }) {
  if (closed) return { closed };
  const matter = Object.fromEntries(shown.filter((name) => name in headers).map((name) => [name, headers[name]]));
  if (matter.vary && !(matter.vary = withoutEncoding(matter.vary))) delete matter.vary;
  return { status, headers: matter, ...(body !== undefined && { body }) };
}
