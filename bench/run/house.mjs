/** Where things are, what is installed, and how to say that something is not. */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const bench = resolve(dirname(fileURLToPath(import.meta.url)), "..");
export const root = dirname(bench);
export const target = join(bench, "target");

export function fail(message) {
  console.error(`bench: ${message}`);
  process.exit(1);
}

export const has = (program) => process.env.PATH.split(":").some((folder) => existsSync(join(folder, program)));

/** A JDK 25 or later: JAVA_HOME, then the usual places. */
export function javaHome() {
  const places = [process.env.JAVA_HOME, ...["/usr/lib/jvm", "/opt", join(process.env.HOME ?? "/", ".sdkman/candidates/java")]
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))];
  for (const home of places.filter(Boolean)) {
    const release = join(home, "release");
    if (!existsSync(release) || !existsSync(join(home, "bin/javac"))) continue;
    const version = /JAVA_VERSION="(\d+)/.exec(readFileSync(release, "utf8"))?.[1];
    if (Number(version) >= 25) return home;
  }
  fail("a JDK 25 is missing: install one (for instance Eclipse Temurin 25) or set JAVA_HOME to it");
}
