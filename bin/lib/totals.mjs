// Adds up what the test runners reported. Fails on a failure, on a skipped test, and on no test at all.
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const root = process.argv[2] ?? '.';
const total = { passed: 0, failed: 0, skipped: 0 };

function add(name, tests, failed, skipped) {
  const passed = tests - failed - skipped;
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
  console.log(`${name.padEnd(20)} ${String(passed).padStart(6)} passed ${String(failed).padStart(4)} failed`);
}

const inside = (folder) =>
  readdirSync(join(root, folder))
    .map((name) => join(folder, name))
    .filter((name) => statSync(join(root, name)).isDirectory());
const folders = [
  ...inside('.'),
  ...['core', 'hosts', 'extensions', 'chat', 'tests', 'examples/spring-boot'].flatMap(inside),
];
for (const module of folders) {
  let reports = [];
  try {
    const dir = join(root, module, 'target/surefire-reports');
    reports = readdirSync(dir).filter((f) => /^TEST-.*\.xml$/.test(f)).map((f) => join(dir, f));
  } catch {
    continue;
  }
  const sum = { tests: 0, failed: 0, skipped: 0 };
  for (const report of reports) {
    const head = /<testsuite\b[^>]*>/.exec(readFileSync(report, 'utf8'))?.[0] ?? '';
    const count = (key) => Number(new RegExp(`\\b${key}="(\\d+)"`).exec(head)?.[1] ?? 0);
    sum.tests += count('tests');
    sum.failed += count('failures') + count('errors');
    sum.skipped += count('skipped');
  }
  add(module, sum.tests, sum.failed, sum.skipped);
}

try {
  const page = JSON.parse(readFileSync(join(root, 'chat/ui/test-results.json'), 'utf8'));
  add('chat/ui', page.numTotalTests, page.numFailedTests, page.numPendingTests + page.numTodoTests);
} catch {
  console.log('chat/ui: no results found');
  total.failed += 1;
}

for (const [name, file] of [
  ['bench', 'bench/target/script-tests.xml'],
  ['tests/package', 'target/package-tests.xml'],
]) {
  try {
    const scripts = readFileSync(join(root, file), 'utf8');
    const count = (tag) => [...scripts.matchAll(new RegExp(`<${tag}\\b`, 'g'))].length;
    add(name, count('testcase'), count('failure'), count('skipped'));
  } catch {
    console.log(`${name}: no results found`);
    total.failed += 1;
  }
}

console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
if (total.failed > 0 || total.skipped > 0 || total.passed === 0) {
  process.exit(1);
}
