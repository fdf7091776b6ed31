// The client scripts below the path, as Natter and npm's socket.io serve them.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe } from 'node:test';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import { compare, visible } from './comparison.mjs';
import { ask } from './sessions.mjs';
import { request } from './wire.mjs';

const decode = { br: brotliDecompressSync, gzip: gunzipSync, deflate: inflateSync };
const script = new URL('node_modules/socket.io/client-dist/socket.io.js', import.meta.url);
const plainScript = {
  'cache-control': 'public, max-age=0', 'content-type': 'application/javascript; charset=utf-8', etag: '"4.8.4"',
};
const digest = (bytes) => `${bytes.length} bytes, ${createHash('sha256').update(bytes).digest('hex')}`;

/** The answer to a request for a script, with its content as a digest. */
const fetched = (path, options) => async (port) => {
  const answer = await request(port, path, options);
  const seen = visible(answer);
  const plain = decode[seen.headers['content-encoding']]?.(answer.bytes) ?? answer.bytes;
  return { ...seen, body: digest(plain) };
};
const same = (rule, look, intended) => compare('default', rule, look, intended);

const scripts = ['socket.io.js', 'socket.io.min.js', 'socket.io.esm.min.js', 'socket.io.msgpack.min.js'];
describe('files', () => {
  for (const file of scripts.flatMap((name) => [name, `${name}.map`])) same(file, fetched(`/socket.io/${file}`));
  same('with a query', fetched('/socket.io/socket.io.js?v=1'));
  for (const file of [
    'other.js',
    'socket.io.js.gz',
    'socket.io.jsx',
    'SOCKET.IO.JS',
    'x/socket.io.js',
    'socket.io.esm.js',
    '../socket.io/socket.io.js',
    '',
  ]) {
    same(`not "${file}"`, ask(`/socket.io/${file}`));
  }
  same('by an encoded name', fetched('/socket.io/%73ocket.io.js'), {
    reason: 'paths are decoded before they are compared',
    natter: { status: 200, headers: plainScript, body: digest(readFileSync(script)) },
  });
  same('POST', fetched('/socket.io/socket.io.js', { method: 'POST' }));
  same('HEAD', async (port) => visible(await request(port, '/socket.io/socket.io.js', { method: 'HEAD' })));
});

describe('unchanged', () => {
  for (const tag of ['"4.8.4"', 'W/"4.8.4"', '"4.8.3"', '4.8.4', '*', '"4.8.4", "x"', '"x"']) {
    same(`If-None-Match: ${tag}`, fetched('/socket.io/socket.io.js', { headers: { 'If-None-Match': tag } }));
  }
});

describe('encodings', () => {
  for (const accepted of [
    'gzip',
    'deflate',
    'gzip, deflate, br;q=0.1',
    'br;q=0.1, gzip',
    'identity',
    'gzip;q=0',
    'zstd',
    'br',
    '*',
    'br, gzip',
    'gzip, deflate, br',
    'gzip;q=0.5, br',
  ]) {
    same(accepted, fetched('/socket.io/socket.io.min.js', { headers: { 'Accept-Encoding': accepted } }));
  }
});

compare('no-client', 'serveClient: false serves none', ask('/socket.io/socket.io.js'));
