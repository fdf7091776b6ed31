/** The record of what was measured, kept in results.json.
 *
 * A run is one call of bin/bench. Every figure carries the run it is from, because figures of different
 * runs say nothing about each other: the machine was another one, or had other work. */
import { readFileSync } from "node:fs";

/** Keeps earlier figures, so that one case or one server can be measured again. */
export function load(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
    return empty();
  }
}

export const empty = () => ({ runs: {}, cases: {} });

/** Begins a run. Returns its name: the moment at which it began, in UTC. */
export function begin(results, machine, now = new Date()) {
  const run = now.toISOString().slice(0, 19) + "Z";
  results.runs[run] = { machine };
  return run;
}

/** Adds a figure of a run. The first figure of a run takes the place of what older runs left. */
export function keep(results, run, { name, point, server }, figure) {
  const kept = ((results.cases[name] ??= {})[point] ??= {});
  kept[server] = [...(kept[server] ?? []).filter((old) => old.run === run), { ...figure, run }];
}

/** Forgets the runs of which no figure is left. */
export function tidy(results) {
  const used = new Set(figures(results).map((figure) => figure.run));
  for (const run of Object.keys(results.runs)) if (!used.has(run)) delete results.runs[run];
}

const figures = (results) =>
  Object.values(results.cases)
    .flatMap((points) => Object.values(points))
    .flatMap((servers) => Object.values(servers))
    .flat();

/** Median and range of one figure over its repetitions, and their run; undefined without a measurement. */
export function spread(results, caseName, pointName, figure, server) {
  const repetitions = results.cases[caseName]?.[pointName]?.[server];
  if (!repetitions?.length) return undefined;
  const values = repetitions.map(figure.of).sort((a, b) => a - b);
  const middle = values.length / 2;
  return {
    median: values.length % 2 ? values[Math.floor(middle)] : (values[middle - 1] + values[middle]) / 2,
    low: values[0],
    high: values.at(-1),
    run: repetitions[0].run,
  };
}

/** How many times the base's figure a figure is; undefined unless both are from the same run. */
export function ratio(own, base) {
  return own && base && own.run === base.run && base.median > 0 ? own.median / base.median : undefined;
}

/** The letter of a run in tables and chart: `a` is the oldest of the record. */
export function letter(results, run) {
  const at = Object.keys(results.runs).sort().indexOf(run);
  return at < 26 ? String.fromCharCode(97 + at) : `r${at}`;
}

/** When a run began, to the minute. */
export const moment = (run) => run.slice(0, 16).replace("T", " ");

/** A line for each run of the record: its letter, when it was, on what machine. */
export const legend = (results) => Object.keys(results.runs).sort().map((run) =>
  `${letter(results, run)}: ${moment(run)} UTC, ${results.runs[run].machine}`
    + (results.runs[run].note ? ` (${results.runs[run].note})` : ""));
