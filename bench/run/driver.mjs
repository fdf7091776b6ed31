/** Builds and runs the load driver (bench/driver, C), pinned to core 1. */
import { spawn, execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { bench, target } from "./house.mjs";

/** Compiles C sources unless the program is newer than all of them. */
export function compile(sources, program) {
  mkdirSync(target, { recursive: true });
  const age = (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (sources.every((source) => age(source) < age(program))) return program;
  const units = sources.filter((source) => source.endsWith(".c"));
  execFileSync("cc", ["-O2", "-std=gnu11", "-Wall", "-Wextra", "-o", program, ...units], { stdio: "inherit" });
  return program;
}

export function buildDriver() {
  const folder = join(bench, "driver");
  return compile(readdirSync(folder).map((file) => join(folder, file)), join(target, "load"));
}

/** One run; resolves to what the driver measured, rejects with what it complained of. */
export function drive(program, server, options) {
  const flags = Object.entries(options).flatMap(([name, value]) =>
    value === true ? [`--${name}`] : value === false || value == null ? [] : [`--${name}`, String(value)]);
  return new Promise((resolve, reject) => {
    const load = spawn("taskset", ["-c", "1", program, "--port", server.port, "--pid", server.pid, ...flags]);
    let out = "", err = "";
    load.stdout.on("data", (text) => (out += text));
    load.stderr.on("data", (text) => (err += text));
    load.on("close", (code) => {
      if (code === 0) resolve(JSON.parse(out));
      else reject(new Error(err.trim().split("\n").at(-1) || `the driver ended with ${code}`));
    });
  });
}
