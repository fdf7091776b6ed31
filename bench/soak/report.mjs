/** Writes the figures of a run into docs/reliability.md, between two marks. */
import { readFileSync, writeFileSync } from "node:fs";
import { attacks } from "./attacks/index.mjs";

const BEGIN = "<!-- figures: written by bin/soak --report, do not edit -->", END = "<!-- end of figures -->";
const mb = (span) => (span ? `${span.before.toFixed(0)} → ${span.peak.toFixed(0)} → ${span.after.toFixed(0)}` : "–");
const whole = (value) => (value === undefined ? "–" : Math.round(value).toLocaleString("en-US"));
const most = (counts, n = 3) =>
  Object.entries(counts)
    .sort((a, b) => b[1] - a[1])
    .slice(0, n)
    .map(([what, count]) => `${what} ${whole(count)}`)
    .join(", ");

/** The tables of a run, from what `bin/soak --json` wrote. */
export function figures({ date, heap, minutes, seconds, seed, checked, results }) {
  const length = minutes === undefined ? "--short" : `--minutes ${minutes}`;
  const command = `bin/soak ${length} --heap ${heap} --seed ${seed}`;
  const proves = new Map(attacks.map((attack) => [attack.name, attack.proves]));
  const failed = results.filter(({ failures }) => failures.length).length;
  const tables = ["library", "chat"].map((server) => {
    const rows = results.filter(({ kind }) => kind === server);
    if (rows.length === 0) return "";
    return (
      `\n### ${server === "library" ? "The library's server" : "The chat"}\n` +
      "| attack | what it shows | echo, worst ms | join, worst ms | RSS MB | heap MB | log kB | " +
      "what was sent | what the server refused or bounded | |\n" +
      "| :-- | :-- | --: | --: | --: | --: | --: | :-- | :-- | :-- |\n" +
      rows
        .map(
          (row) =>
            `| ${[
              row.name,
              proves.get(row.name) ?? "",
              whole(row.worst),
              whole(row.worstJoin),
              mb(row.rss),
              mb(row.heap),
              (row.logBytes / 1000).toFixed(1),
              most(row.counts),
              most(row.limits),
              row.failures.length ? "**failed**" : "passed",
            ].join(" | ")} |\n`,
        )
        .join("")
    );
  });
  const echoes = results.reduce((sum, row) => sum + (row.echoes ?? 0), 0);
  const verdict = `${results.length - failed} passed, ${failed} failed`;
  const packets = `${whole(checked)} packets were checked for bytes that belong to another client`;
  return `\`${command}\` on ${date.slice(0, 10)}, ${Math.round(seconds / 60)} minutes in all: ${verdict}.
${whole(echoes)} echoes of honest clients were timed, ${packets}.
RSS and heap are before → highest → after; the heap after is what is alive after a collection.
${tables.join("")}`;
}

export function publish(from, to) {
  const page = readFileSync(to, "utf8");
  const [before, rest] = page.split(BEGIN), after = rest?.split(END)[1];
  if (after === undefined) throw new Error(`${to} has no place for the figures: a line ${BEGIN} and a line ${END}`);
  writeFileSync(to, `${before}${BEGIN}\n${figures(JSON.parse(readFileSync(from, "utf8")))}${END}${after}`);
}
