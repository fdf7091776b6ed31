/** `bin/bench chat`: the chat under the load of many people. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { spawn } from "node:child_process";
import { cpus, release, tmpdir } from "node:os";
import { join } from "node:path";
import { fail, root, target } from "../run/house.mjs";
import { cases } from "./cases.mjs";
import { chart, written } from "./chart.mjs";

/** Starts the chat on core 0 with the flags of bin/chat; this program runs on core 1. */
function start(data) {
  const child = spawn("taskset", ["-c", "0", join(root, "bin/chat"), "--port", "0", "--data", data], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise((resolve) => child.on("exit", resolve));
  process.on("exit", () => child.kill("SIGKILL"));
  return new Promise((resolve, reject) => {
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (bytes) => {
        output = (output + bytes).slice(-20_000);
        const port = /Natter is at http:\/\/[^:]+:(\d+)/.exec(output)?.[1];
        if (port) resolve({ port: Number(port), stop, said: () => output });
      });
    }
    ended.then((code) => reject(new Error(`the chat ended with ${code}:\n${output}`)));
    async function stop() {
      child.kill("SIGTERM");
      await ended;
    }
  });
}

async function measure(name, seconds) {
  const data = mkdtempSync(join(tmpdir(), "natter-load-"));
  const tell = (words) => console.error(`[${name}] ${words}`);
  let server = await start(data);
  const restart = async (between) => {
    await server.stop();
    between(data);
    return (server = await start(data));
  };
  try {
    const { samples, notes, all } = await cases[name].run({ server, seconds, tell, restart });
    for (const person of all) person.cut();
    return { times: samples.summary(), notes };
  } finally {
    await server.stop();
    rmSync(data, { recursive: true, force: true });
  }
}

function page(results, machine) {
  const rows = Object.entries(results).map(([name, { times, notes, measured }]) => {
    const { about, target: wanted } = cases[name];
    const reached = wanted.share < 1 ? times.p99 : times.max;
    const extra = Object.entries(notes)
      .map(([what, figure]) => `${figure.toLocaleString("en")} ${what}`)
      .join(", ");
    return (
      `| ${name} | ${about} | ${written(times.p50)} | ${written(times.p99)} | ${written(times.max)} | ` +
      `${wanted.share < 1 ? "99 %" : "all"} ≤ ${written(wanted.ms)}: ` +
      `${reached <= wanted.ms ? "reached" : "**missed**"} | ${extra} | ${measured} |`
    );
  });
  return `# The chat under load
\`bin/bench chat\` writes this page. The chat has one core, and the simulated people have another.
Machine: ${machine}.

![Times of each case beside its target](chat.svg)

| case | load and time | half | 99 % | all | wanted | also | measured |
|---|---|---|---|---|---|---|---|
${rows.join("\n")}
`;
}

/** `names` are the cases to measure; `quick` keeps nothing under docs/. */
export async function chatLoad(names, { seconds, quick }) {
  for (const name of names)
    if (!cases[name]) fail(`there is no load "${name}"; there are ${Object.keys(cases).join(", ")}`);
  const folder = quick ? join(target, "performance") : join(root, "docs/performance");
  const file = join(folder, "chat.json");
  const kept = (() => {
    try {
      return quick ? {} : JSON.parse(readFileSync(file, "utf8"));
    } catch {
      return {};
    }
  })();
  let failures = 0;
  for (const name of names.length ? names : Object.keys(cases)) {
    try {
      const result = await measure(name, Number(seconds ?? (quick ? 5 : 20)));
      kept[name] = { ...result, measured: new Date().toISOString().slice(0, 10) };
      console.log(
        `${name}: half ${written(result.times.p50)}, 99 % ${written(result.times.p99)}, ` +
          `all ${written(result.times.max)}`,
      );
    } catch (error) {
      failures++;
      console.log(`${name} FAILED: ${error.message}`);
    }
  }
  mkdirSync(folder, { recursive: true });
  const ordered = Object.fromEntries(Object.keys(cases).filter((name) => kept[name]).map((name) => [name, kept[name]]));
  writeFileSync(file, JSON.stringify(ordered, undefined, 1) + "\n");
  writeFileSync(join(folder, "chat.md"), page(ordered, `${cpus()[0].model.trim()}, Linux ${release()}`));
  writeFileSync(join(folder, "chat.svg"), chart(ordered, cases));
  console.log(`written: ${join(folder, "chat.md")} and .svg`);
  process.exit(failures ? 1 : 0);
}
