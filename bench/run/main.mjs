/** The steps of bin/bench; see `usage`. */
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, release } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { cases } from "./cases.mjs";
import { chart } from "./chart.mjs";
import { buildDriver, drive } from "./driver.mjs";
import { busy, fail, root, target } from "./house.mjs";
import { begin, empty, keep, legend, load, tidy } from "./record.mjs";
import { caseTable, headlineTable, markdown, text, write } from "./report.mjs";
import { scale } from "./scale.mjs";
import { chatLoad } from "../load/main.mjs";
import { turns } from "./turns.mjs";
import { ENVIRONMENT, natterJava, servers, start } from "./servers.mjs";

const usage = `bin/bench [case…]            measure the cases named, or all of them: ${Object.keys(cases).join(" ")}
  --peers a,b                only these servers: ${Object.keys(servers).join(" ")}
  --clients N                instead of 1,000
  --runs N                   each point so many times (3); only figures of one call of bin/bench are compared
  --seconds N                measure for so long (5)
  --quick                    one run of 2 s a point; for a look, nothing is kept under docs/
  --jvm="FLAGS"              in place of the flags of Natter's heap, to try some
bin/bench turns CASE         small differences: all servers at once, loaded in turn (10 times 2 s)
  --peers, --runs, --seconds as above (bare,natter); ratios are to the first one
  --point NAME               another point of the case
  --against DIR              also Natter as built in another checkout
bin/bench serve --port N [--dispatch inline] [--transport io_uring]     just the Natter server that is measured
bin/bench jmh [pattern…] [JMH options]           the micro-benchmarks, with allocation per operation
bin/bench scale              clusters of 1, 2 and 4 servers over Redis, Natter beside Node.js;
                             writes docs/performance/scale.*
  --runs, --seconds, --clients, --quick as above
bin/bench sessions [N]       heap of up to a million idle sessions in one process
bin/bench chat [load…]       the chat under the load of thousands of people: durable room reconnect big
  --seconds N, --quick as above
bin/bench report             write docs/performance again from what was measured last`;

function options() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        peers: { type: "string" }, clients: { type: "string" }, runs: { type: "string" }, seconds: { type: "string" },
        quick: { type: "boolean" }, jvm: { type: "string" }, help: { type: "boolean", short: "h" },
        point: { type: "string" }, against: { type: "string" },
        port: { type: "string" }, dispatch: { type: "string" }, transport: { type: "string" },
      },
    });
  } catch (error) {
    fail(`${error.message}\n${usage}`);
  }
}

function foreground(words) {
  process.exit(spawnSync(words[0], words.slice(1), { stdio: "inherit" }).status ?? 1);
}

async function measureServer(program, name, server, values, record, tell) {
  const { points, env, fresh } = cases[name];
  const seconds = Number(values.seconds ?? (values.quick ? 2 : 5));
  const running = await start(server, { env, jvm: values.jvm?.split(" ") });
  const before = {};
  try {
    for (const [i, point] of points.entries()) {
      const given = typeof point.options === "function" ? point.options(before) : point.options;
      const warmup = fresh ? 1 : values.quick ? 1 : i === 0 ? 8 : 3; /* the first also warms up the compilers */
      const clients = given.clients ?? values.clients ?? 1000;
      const result = await drive(program, running, { warmup, seconds, ...given, clients });
      before[point.name] = result;
      record(point.name, result);
      const figures = point.show.map((figure) => `${figure.label} ${write(figure.of(result), figure)}`);
      tell(`${point.name}: ${figures.join(", ")}`
        + (result.lost || result.odd ? ` (lost ${result.lost}, odd ${result.odd})` : ""));
    }
  } finally {
    await running.stop();
  }
}

async function measure(names, values) {
  const folder = values.quick ? join(target, "performance") : join(root, "docs/performance");
  const file = join(folder, "results.json");
  const peers = values.peers?.split(",") ?? Object.keys(servers);
  const known = Object.keys(servers).join(", ");
  for (const peer of peers) if (!servers[peer]) fail(`there is no server "${peer}"; there are ${known}`);
  for (const peer of peers) servers[peer].prepare();
  const program = buildDriver();
  const results = values.quick ? empty() : load(file);
  const repetitions = Number(values.runs ?? (values.quick ? 1 : 3));
  const run = begin(results, `${cpus()[0].model.trim()}, Linux ${release()}`);
  const jobs = names.flatMap((name) => Array.from({ length: repetitions }, () =>
    peers.filter((peer) => !servers[peer].lacks?.includes(name)).map((server) => ({ name, server }))).flat());
  const others = await busy();
  if (others > 0.05) {
    console.error(`bench: other programs use ${Math.round(others * 100)} % of this machine: do not keep these figures`);
  }
  const began = Date.now();
  let failures = 0;
  for (const [done, { name, server }] of jobs.entries()) {
    const left = done ? ` ~${Math.ceil(((Date.now() - began) / done) * (jobs.length - done) / 60_000)} min left` : "";
    const tell = (words) => console.error(`[${done + 1}/${jobs.length}${left}] ${name} ${server}  ${words}`);
    const record = (point, result) => keep(results, run, { name, point, server }, result);
    try {
      await measureServer(program, name, server, values, record, tell);
    } catch (error) {
      failures++;
      tell(`FAILED: ${error.message}`);
    }
  }
  tidy(results);
  for (const name of names) console.log(`\n${name}: ${cases[name].about}\n${text(caseTable(results, name))}`);
  console.log(`\n${text(headlineTable(results))}\n\nruns\n${legend(results).join("\n")}`);
  publish(folder, results);
  if (failures) fail(`${failures} of ${jobs.length} runs failed`);
}

function publish(folder, results) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "results.json"), JSON.stringify(results) + "\n");
  writeFileSync(join(folder, "results.md"), markdown(results));
  writeFileSync(join(folder, "results.svg"), chart(results));
  console.log(`\nwritten: ${join(folder, "results.md")} and .svg`);
}

if (process.argv[2] === "jmh") {
  foreground([...natterJava(), "org.openjdk.jmh.Main", "-prof", "gc", ...process.argv.slice(3)]);
}
const { values, positionals } = options();
const [first] = positionals;
if (values.help) console.log(usage);
else if (first === "serve-words") {
  /* for bin/bench, which becomes the server itself: signals and figures are then the server's */
  const natter = servers[(values.dispatch ?? "virtual") === "virtual" ? "natter" : `natter-${values.dispatch}`]
    ?? fail(`there is no dispatch "${values.dispatch}"; there are virtual and inline`);
  const environment = Object.entries(ENVIRONMENT).map((pair) => pair.join("="));
  const words = [...environment, ...natter.command({ jvm: values.jvm?.split(" ") }), "--port", values.port ?? "3000",
    ...(values.transport ? ["--transport", values.transport] : [])];
  process.stdout.write(words.join("\0") + "\0");
}
else if (first === "turns") await turns(positionals[1], values);
else if (first === "scale") await scale(values);
else if (first === "chat") await chatLoad(positionals.slice(1), values);
else if (first === "sessions") {
  foreground([...natterJava(["-Xmx8g"]), "io.natter.bench.Sessions", ...positionals.slice(1)]);
}
else if (first === "report") publish(join(root, "docs/performance"), load(join(root, "docs/performance/results.json")));
else {
  for (const name of positionals) if (!cases[name]) fail(`there is no case "${name}"\n${usage}`);
  await measure(positionals.length ? positionals : Object.keys(cases), values);
}
