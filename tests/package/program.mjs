import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
export const built = join(root, "target/package");
export const { io } = createRequire(join(root, "tests/conformance/clients/package.json"))("socket.io-client");

/** A folder that is removed when the test ends. */
export function folder(test) {
  const path = mkdtempSync(join(tmpdir(), "natter-package-"));
  test.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/**
 * Starts the packed chat on a free port, on a machine without Java, and resolves with its address. It stops when the
 * test ends.
 */
export async function start(test, program, data) {
  if (!existsSync(program)) throw new Error(`There is no ${program}. bin/package makes it.`);
  const child = spawn(program, ["--port", "0", "--data", data], {
    env: { PATH: "/usr/bin:/bin", HOME: data },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise((stopped) => child.on("exit", stopped));
  test.after(async () => {
    child.kill("SIGTERM");
    await ended;
  });
  let output = "";
  const address = new Promise((found) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (bytes) => {
        output += bytes;
        const line = /Natter is at (\S+)/.exec(output);
        if (line) found(line[1]);
      });
    }
  });
  const failed = ended.then((code) => Promise.reject(new Error(`The chat ended with code ${code}:\n${output}`)));
  return { child, ended, output: () => output, address: await Promise.race([address, failed]) };
}
