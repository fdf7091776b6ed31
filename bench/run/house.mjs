/** Where things are, and how to give up. bin/bench has looked for all that must be installed. */
import { readFileSync } from "node:fs";
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

/** The part of this machine that others use, over a second. */
export async function busy() {
  const sample = () => readFileSync("/proc/stat", "utf8").split("\n")[0].split(/ +/).slice(1).map(Number);
  const before = sample();
  await new Promise((resolve) => setTimeout(resolve, 1000));
  const spent = sample().map((ticks, i) => ticks - before[i]);
  return 1 - (spent[3] + spent[4]) / spent.reduce((a, b) => a + b);
}
