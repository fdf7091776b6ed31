// The checks of bin/release: node main.mjs REPOSITORY_ROOT WORK_FOLDER
import { checkArtifacts } from "./artifacts.mjs";
import { checkReproducible } from "./reproducible.mjs";
import { checkConsumers } from "./projects.mjs";

const [root, work] = process.argv.slice(2);
let passed = 0;
let failed = 0;

async function check(name, body) {
  try {
    const detail = await body();
    passed++;
    console.log(`passed  ${name}${detail ? `: ${detail}` : ""}`);
  } catch (error) {
    failed++;
    console.log(`FAILED  ${name}\n        ${error.message.replaceAll("\n", "\n        ")}`);
  }
}

await checkReproducible(check, work);
await checkArtifacts(check, work);
await checkConsumers(check, root, work);
console.log(`${passed} passed, ${failed} failed; the artifacts are in target/release/repository`);
process.exit(failed ? 1 : 0);
