import { readdirSync } from "node:fs";

/** The files below a folder whose name the given test accepts, as paths relative to the folder, in order. */
export function filesBelow(folder, accepts) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && accepts(entry.name))
    .map((entry) => `${entry.parentPath ?? entry.path}/${entry.name}`.slice(folder.length + 1))
    .filter((path) => !path.includes("node_modules/"))
    .sort();
}
