/** The honest clients, in a thread of their own so that an attack does not hold up their clock.
 *
 * Bystanders stay connected and echo all the time; newcomers come, join a room, talk, and leave in every way there is;
 * one asks for the health. Each says once a second how it went; see `Witnesses` in witnesses.mjs. */
import { parentPort, workerData } from "node:worker_threads";
import { PollingClient, UpgradingClient, WebSocketClient } from "./clients.mjs";
import { Http } from "./http.mjs";
import { Lines } from "./line.mjs";
import { chatBystander, echoBystander } from "./bystander.mjs";
import { churn } from "./churn.mjs";
import { Reports } from "./reports.mjs";
import { Random } from "./secrets.mjs";
import { emptyTally } from "./tally.mjs";

const { port, kind, cookies, seed, churners } = workerData;
const random = new Random(seed);
const tally = emptyTally();
const waiting = new Map();

class WitnessReports extends Reports {
  asked(who) {
    waiting.set(who, performance.now());
  }

  joined(who) {
    tally.worstJoin = Math.max(tally.worstJoin, performance.now() - waiting.get(who));
    waiting.delete(who);
  }

  answered(who) {
    tally.echoes++;
    const waited = performance.now() - waiting.get(who);
    if (waited > tally.worst) Object.assign(tally, { worst: waited, slowest: who });
    waiting.delete(who);
  }

  lost(who, reason) {
    waiting.delete(who);
    if (tally.lost.length < 20) tally.lost.push(`${who}: ${reason}`);
  }

  checked(check) {
    for (const key of ["foreign", "malformed", "packets"]) tally[key] += check[key];
    tally.samples.push(...check.samples);
    Object.assign(check, { foreign: 0, malformed: 0, packets: 0, samples: [] });
  }

  visited() {
    tally.visits++;
  }
}

const reports = new WitnessReports();
let isOver = false;
const isRunning = () => !isOver;
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/* Somebody who was lost comes again, so that the next attack has its bystanders too. */
async function always(who, once) {
  while (!isOver) {
    try {
      await once(who);
    } catch (error) {
      if (!isOver) reports.lost(who, error.message);
    }
    await sleep(200);
  }
}

async function health(who) {
  const lines = new Lines();
  try {
    const began = performance.now();
    reports.asked(who);
    const { status, body } = await new Http(port, lines).ask("/healthz", { patience: 30_000 });
    if (status !== 200) throw new Error(`/healthz was answered ${status} ${body.slice(0, 80)}`);
    waiting.delete(who);
    tally.health++;
    tally.worstHealth = Math.max(tally.worstHealth, performance.now() - began);
  } finally {
    lines.closeAll();
  }
}

const WAYS = { websocket: WebSocketClient, polling: PollingClient, upgrade: UpgradingClient };
const context = { port, random, reports, isRunning, sleep };
for (const [i, way] of ["websocket", "polling", "upgrade", "websocket"].entries()) {
  const who = `bystander ${i + 1} by ${way}`;
  if (kind === "chat") always(who, () => chatBystander(context, WAYS[way], who, cookies[i]));
  else always(who, () => echoBystander(context, WAYS[way], who));
}
always("health", health);
for (let i = 0; i < churners; i++)
  always(`newcomer ${i + 1}`, (who) => churn(context, WAYS[random.of(Object.keys(WAYS))], who));

parentPort.on("message", (message) => {
  if (message === "report") {
    const now = performance.now();
    const oldest = Math.max(0, ...[...waiting.values()].map((since) => now - since));
    parentPort.postMessage({ ...tally, oldest, waiting: [...waiting.keys()] });
    Object.assign(tally, emptyTally());
  } else if (message === "stop") {
    isOver = true;
    setTimeout(() => process.exit(0), 100);
  }
});
