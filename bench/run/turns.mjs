/** `bin/bench turns CASE`: small differences, on a machine that others share too.
 *
 * All servers run at once. Each is loaded for a moment in turn, several times. Its figure is divided by that of the
 * first server in the same turn, because the machine's other load affects both. The medians of these ratios move by
 * a few per cent, and those of single runs by a third. */
import { join, resolve } from "node:path";
import { cases, headline } from "./cases.mjs";
import { buildDriver, drive } from "./driver.mjs";
import { fail } from "./house.mjs";
import { natterOf, servers, start } from "./servers.mjs";

const WARM_UP = { warmup: 8, seconds: 1 };
const AGAIN = 0.6; /* seconds; each turn connects anew */

function quantile(figures, share) {
  const sorted = [...figures].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

function pointOf(name, wanted) {
  const shown = cases[name].points.filter((point) => point.show.length > 0);
  const chosen = wanted ?? headline.find((column) => column.case === name)?.point;
  const point = shown.find((point) => point.name === chosen) ?? shown[0];
  const names = shown.map((each) => `"${each.name}"`).join(", ");
  if (wanted && point.name !== wanted) fail(`${name} has no point "${wanted}"; it has ${names}`);
  return point;
}

/** Prints the median of each server's figure and of its ratio to the first one's. */
export async function turns(name, values) {
  if (!cases[name]) fail(`there is no case "${name}"; there are ${Object.keys(cases).join(", ")}`);
  const peers = values.peers?.split(",") ?? ["bare", "natter"];
  if (values.against) {
    servers.against = natterOf(join(resolve(values.against), "bench/target"));
    peers.push("against");
  }
  for (const peer of peers) (servers[peer] ?? fail(`there is no server "${peer}"`)).prepare();
  const program = buildDriver();
  const point = pointOf(name, values.point);
  const [figure] = point.show;
  const rounds = Number(values.runs ?? 10);
  const running = [];
  try {
    for (const peer of peers) running.push(Object.assign(await start(peer, cases[name]), { figures: [], ratios: [] }));
    for (const server of running) {
      console.error(`turns: ${server.name} warms up`);
      await drive(program, server, { clients: 1_000, ...cases[name].points[0].options, ...WARM_UP });
    }
    for (let round = 0; round < rounds; round++) {
      for (const server of round % 2 ? [...running].reverse() : running) {
        const seconds = Number(values.seconds ?? 2);
        const options = { clients: 1_000, ...point.options, warmup: AGAIN, seconds };
        server.figures.push(figure.of(await drive(program, server, options)));
      }
      for (const server of running) server.ratios.push(server.figures[round] / running[0].figures[round]);
      const figures = running.map((server) => `${server.name} ${server.figures[round].toFixed(2)}`);
      console.error(`[${round + 1}/${rounds}] ${figures.join("  ")}`);
    }
  } finally {
    await Promise.all(running.map((server) => server.stop()));
  }
  console.log(`${name}, ${point.name}: ${figure.label}`);
  for (const { name: server, figures, ratios } of running) {
    const at = (share) => quantile(figures, share).toFixed(2);
    const ratio = quantile(ratios, 0.5).toFixed(2);
    console.log(`${server.padEnd(14)} ${at(0.5)} (half of them ${at(0.25)}–${at(0.75)})  ×${ratio}`);
  }
}
