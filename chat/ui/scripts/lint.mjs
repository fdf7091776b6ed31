// Project rules that the type checker does not check.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { literalTexts } from './literal-texts.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const rules = [
  [/innerHTML|outerHTML|insertAdjacentHTML|document\.write|srcdoc/, 'text becomes nodes, never HTML (Trusted Types)'],
  [/\beval\(|new Function\(/, 'no code from text (Content-Security-Policy)'],
  [/\bstyle="/, 'no style attributes as text (Content-Security-Policy); use a class or an object'],
  [/: any\b|as any\b|@ts-ignore/, 'no way around the types'],
  [/\bconsole\.log\(/, 'no left-over output'],
];
const LONGEST = 400;

const files = (dir) =>
  readdirSync(dir).flatMap((name) => {
    const path = join(dir, name);
    return statSync(path).isDirectory() ? files(path) : [path];
  });

let wrong = 0;
for (const path of ['src', 'worker', 'test'].flatMap((folder) => files(join(root, folder)))) {
  const lines = readFileSync(path, 'utf8').split('\n');
  const say = (line, what) => {
    wrong++;
    console.error(`${relative(root, path)}:${line}: ${what}`);
  };
  // Lists, such as the names of emoji, are no code.
  if (lines.length > LONGEST && !path.endsWith('.txt')) say(lines.length, `longer than ${LONGEST} lines: split it`);
  if (!/\.tsx?$/.test(path)) continue;
  if (path.startsWith(join(root, 'src')) && !path.includes('/language/'))
    for (const { line, text } of literalTexts(path)) say(line, `a text outside of src/language: ${text}`);
  lines.forEach((text, i) => {
    for (const [pattern, what] of rules) if (pattern.test(text)) say(i + 1, what);
  });
}

// The folders of `src` must not import each other in a circle; imports of types count too.
const source = join(root, 'src');
const folderOf = (path) => {
  const inside = relative(source, path);
  return inside.includes('/') ? inside.slice(0, inside.indexOf('/')) : undefined;
};
/** Folder → imported folder → the first import, as text. */
const imports = new Map();
for (const path of files(source).filter((name) => /\.tsx?$/.test(name))) {
  const from = folderOf(path);
  for (const [, specifier] of readFileSync(path, 'utf8').matchAll(/(?:from|import)\s*\(?\s*'(\.[^']*)'/g)) {
    const to = folderOf(join(dirname(path), specifier));
    if (!from || !to || from === to) continue;
    if (!imports.has(from)) imports.set(from, new Map());
    if (!imports.get(from).has(to)) imports.get(from).set(to, `${relative(root, path)} imports ${specifier}`);
  }
}
const done = new Set();
const findCircle = (folder, way) => {
  const at = way.indexOf(folder);
  if (at >= 0) return [...way.slice(at), folder];
  if (done.has(folder)) return undefined;
  for (const next of imports.get(folder)?.keys() ?? []) {
    const circle = findCircle(next, [...way, folder]);
    if (circle) return circle;
  }
  done.add(folder);
  return undefined;
};
for (const folder of imports.keys()) {
  const circle = findCircle(folder, []);
  if (!circle) continue;
  wrong++;
  console.error(`src: folders import each other in a circle: ${circle.join(' → ')}`);
  for (let i = 0; i + 1 < circle.length; i++) console.error(`  ${imports.get(circle[i]).get(circle[i + 1])}`);
  break;
}
if (wrong > 0) process.exit(1);
