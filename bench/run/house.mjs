/** Where things are, and how to give up. bin/bench has looked for all that must be installed. */
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const bench = resolve(dirname(fileURLToPath(import.meta.url)), "..");
export const root = dirname(bench);
export const target = join(bench, "target");

export function fail(message) {
  console.error(`bench: ${message}`);
  process.exit(1);
}

export const java = join(process.env.JAVA_HOME ?? "", "bin/java");
