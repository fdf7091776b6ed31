// The first load (page, styles, scripts, icon, texts of one language) and all code together must stay small.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const FIRST_LIMIT = 90_000;
const ALL_LIMIT = 200_000;
/** The names of all emoji in a language other than English: data, for people who open the picker in that language. */
const NAMES_LIMIT = 36_000;
const dist = fileURLToPath(new URL('../dist', import.meta.url));

const files = (dir) =>
  readdirSync(dir).flatMap((name) => {
    const path = join(dir, name);
    return statSync(path).isDirectory() ? files(path) : [path];
  });

// Icons of the installed app are images, which the page itself does not load.
const sizes = files(dist)
  .filter((path) => !path.endsWith('.png'))
  .map((path) => ({ name: relative(dist, path), bytes: gzipSync(readFileSync(path), { level: 9 }).length }))
  .sort((a, b) => b.bytes - a.bytes);

// The page itself and the files that it names are loaded first, with the texts of one language, of which the largest
// counts. Features load the others when they are used.
const html = readFileSync(join(dist, 'index.html'), 'utf8');
const texts = sizes.find(({ name }) => /^assets\/first-/.test(name));
if (!texts) throw new Error('the build has no texts of the first load');
const isFirst = (file) => file.name === 'index.html' || html.includes(file.name) || file === texts;
const sum = (files) => files.reduce((total, file) => total + file.bytes, 0);
const first = sum(sizes.filter(isFirst));
// A person loads one language: of the texts of each kind the largest counts.
const isText = ({ name }) => /^assets\/(first|later)-.*\.js$/.test(name);
const largest = ['first', 'later'].map((kind) => sizes.find(({ name }) => name.startsWith(`assets/${kind}-`)));
const isNames = ({ name }) => /^assets\/emoji-names-/.test(name);
const names = Math.max(0, ...sizes.filter(isNames).map((file) => file.bytes));
const all = sum(sizes.filter((file) => !isNames(file) && (!isText(file) || largest.includes(file))));

for (const file of sizes) console.log(`${String(file.bytes).padStart(8)} ${isFirst(file) ? '*' : ' '} ${file.name}`);
console.log(`${String(first).padStart(8)} * of ${FIRST_LIMIT} bytes gzip allowed for the first load`);
console.log(`${String(all).padStart(8)}   of ${ALL_LIMIT} bytes gzip allowed in all, with one language`);

console.log(`${String(names).padStart(8)}   of ${NAMES_LIMIT} bytes gzip allowed for the names of emoji in another language`);

// The policy forbids inline scripts and styles; a failed build shows them earlier than a browser's console.
if (/<style|\sstyle=|<script(?![^>]*\ssrc=)|\son\w+=/i.test(html)) {
  console.error('index.html holds an inline script, style or handler; the Content-Security-Policy refuses it');
  process.exit(1);
}
if (first > FIRST_LIMIT || all > ALL_LIMIT || names > NAMES_LIMIT) {
  const part = first > FIRST_LIMIT ? 'The first load is' : all > ALL_LIMIT ? 'All code together is' : 'The names of emoji are';
  console.error(`${part} too big`);
  process.exit(1);
}
