// House rules that the type checker does not know.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

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
for (const path of [...files(join(root, 'src')), ...files(join(root, 'test'))]) {
  const lines = readFileSync(path, 'utf8').split('\n');
  const say = (line, what) => {
    wrong++;
    console.error(`${relative(root, path)}:${line}: ${what}`);
  };
  if (lines.length > LONGEST) say(lines.length, `longer than ${LONGEST} lines: split it`);
  if (!/\.tsx?$/.test(path)) continue;
  lines.forEach((text, i) => {
    for (const [pattern, what] of rules) if (pattern.test(text)) say(i + 1, what);
  });
}
if (wrong > 0) process.exit(1);
