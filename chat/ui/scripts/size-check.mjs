// The first load (page, styles, scripts, icon) must stay small: chat.md, "The screen".
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const LIMIT = 90_000;
const dist = fileURLToPath(new URL('../dist', import.meta.url));

const files = (dir) =>
  readdirSync(dir).flatMap((name) => {
    const path = join(dir, name);
    return statSync(path).isDirectory() ? files(path) : [path];
  });

const sizes = files(dist)
  .map((path) => ({ name: relative(dist, path), bytes: gzipSync(readFileSync(path), { level: 9 }).length }))
  .sort((a, b) => b.bytes - a.bytes);
const total = sizes.reduce((sum, file) => sum + file.bytes, 0);

for (const { name, bytes } of sizes) console.log(`${String(bytes).padStart(8)}  ${name}`);
console.log(`${String(total).padStart(8)}  of ${LIMIT} bytes gzip allowed for the first load`);

// What the policy forbids is easier found here than in a browser's console.
const html = readFileSync(join(dist, 'index.html'), 'utf8');
if (/<style|\sstyle=|<script(?![^>]*\ssrc=)|\son\w+=/i.test(html)) {
  console.error('index.html holds an inline script, style or handler; the Content-Security-Policy refuses it');
  process.exit(1);
}
if (total > LIMIT) {
  console.error('The first load is too big');
  process.exit(1);
}
