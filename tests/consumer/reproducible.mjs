// Two builds of one commit in two folders give the same jars.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { filesBelow } from "./files.mjs";

const hash = (file) => createHash("sha256").update(readFileSync(file)).digest("hex");

function jars(folder) {
  const found = filesBelow(folder, (name) => /^natter-.*(\.jar|-cyclonedx\.json)$/.test(name))
    .filter((path) => /(^|\/)target\/[^/]*$/.test(path));
  return new Map(found.map((path) => [path, hash(join(folder, path))]));
}

export async function checkReproducible(check, work) {
  await check("two builds of the commit give the same files", () => {
    const first = jars(join(work, "first"));
    const second = jars(join(work, "second"));
    if (!first.size) throw new Error("The build made no jar.");
    const names = new Set([...first.keys(), ...second.keys()]);
    const different = [...names].filter((name) => first.get(name) !== second.get(name));
    if (different.length) throw new Error(`These files differ:\n${different.join("\n")}`);
    return `${first.size} files`;
  });
}
