/** The steps of bin/soak; see `usage`. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { fail, root } from "../run/house.mjs";
import { text } from "../run/report.mjs";
import { attacks } from "./attacks/index.mjs";
import { publish } from "./report.mjs";
import { Random } from "./secrets.mjs";
import { Soak } from "./soak.mjs";
import { few, merge, table } from "./verdict.mjs";

const usage = `bin/soak                     attacks the library's server and the chat while honest clients are served
  --minutes N                for so long (30)
  --short                    every attack once, for a second or two each
  --heap SIZE                the heap of the servers (128m)
  --only TEXT                attacks whose name has this in it
  --on library|chat          attacks on one of the two only
  --seed N                   repeats the random choices of a run
  --json FILE                writes what was measured there
  --report FILE              writes the figures of such a file into docs/reliability.md
  --list                     says which attacks there are and what each shows`;

function options() {
  try {
    return parseArgs({
      options: {
        minutes: { type: "string" },
        short: { type: "boolean" },
        heap: { type: "string" },
        only: { type: "string" },
        on: { type: "string" },
        seed: { type: "string" },
        json: { type: "string" },
        report: { type: "string" },
        list: { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    }).values;
  } catch (error) {
    fail(`${error.message}\n${usage}`);
  }
}

const values = options();
if (values.help) console.log(usage);
else if (values.list)
  for (const { name, on, proves } of attacks) console.log(`${on.join(", ").padEnd(14)} ${name}: ${proves}`);
else if (values.report) publish(values.report, join(root, "docs/reliability.md"));
else await run();

async function run() {
  const seed = Number(values.seed ?? Date.now() % 1_000_000);
  const minutes = Number(values.minutes ?? 30), heap = values.heap ?? "128m", isShort = values.short ?? false;
  const chosen = attacks.filter(({ name }) => name.includes(values.only ?? ""));
  if (chosen.length === 0) fail(`no attack has "${values.only}" in its name; bin/soak --list names them`);
  console.log(`soak: seed ${seed}, heap ${heap}, ${isShort ? "short" : `${minutes} minutes`}`);
  const began = Date.now();
  const all = [];
  const soak = new Soak({ random: new Random(seed), heap, isShort, keep: (result) => all.push(result) });
  for (const kind of ["library", "chat"]) {
    if (values.on && values.on !== kind) continue;
    const mine = chosen.filter(({ on }) => on.includes(kind));
    /* The library has twice as many attacks as the chat. */
    const share = values.on ? 1 : kind === "library" ? 0.6 : 0.4;
    if (mine.length) await soak.attackAll(kind, mine, minutes * 60 * share);
  }
  const results = [];
  for (const result of all) {
    const at = results.findIndex(({ kind, name }) => kind === result.kind && name === result.name);
    if (at < 0) results.push(result);
    else results[at] = merge(results[at], result);
  }
  console.log(`\n${text(table(results))}\n`);
  for (const { kind, name, failures } of results)
    for (const failure of failures) console.log(`FAILED ${kind}, ${name}: ${failure}`);
  const failed = results.filter(({ failures }) => failures.length).length;
  const checked = results.reduce((sum, { packets = 0, counts }) => sum + packets + (counts["frames checked"] ?? 0), 0);
  const seconds = Math.round((Date.now() - began) / 1000);
  console.log(`${few({ "packets checked": checked })}; ${seconds} s; seed ${seed}`);
  if (values.json)
    writeFileSync(
      values.json,
      JSON.stringify(
        {
          date: new Date().toISOString(),
          seed,
          heap,
          minutes: isShort ? undefined : minutes,
          seconds,
          checked,
          results,
        },
        null,
        1,
      ) + "\n",
    );
  console.log(`${results.length - failed} passed, ${failed} failed`);
  process.exit(failed ? 1 : 0);
}
