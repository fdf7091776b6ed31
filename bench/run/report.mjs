/** Tables from results: aligned text for the terminal, Markdown for docs/performance. */
import { cases, headline } from "./cases.mjs";
import { servers } from "./servers.mjs";

const sorted = (values) => [...values].sort((a, b) => a - b);

/** Median and range of one figure over the runs; undefined where nothing was measured. */
export function spread(results, caseName, pointName, figure, server) {
  const runs = results.cases[caseName]?.[pointName]?.[server];
  if (!runs?.length) return undefined;
  const values = sorted(runs.map(figure.of));
  const middle = values.length / 2;
  return {
    median: values.length % 2 ? values[Math.floor(middle)] : (values[middle - 1] + values[middle]) / 2,
    low: values[0],
    high: values.at(-1),
  };
}

export function write(value, figure) {
  return value.toLocaleString("en-US", { minimumFractionDigits: figure.digits, maximumFractionDigits: figure.digits }) + (figure.unit ?? "");
}

/* Medians with their range, and how many times the base it is. */
function cell(own, base, figure) {
  if (!own) return "–";
  const median = write(own.median, figure), low = write(own.low, figure), high = write(own.high, figure);
  const range = low === high ? "" : ` (${low}–${high})`;
  const ratio = base?.median > 0 ? ` ×${(own.median / base.median).toFixed(2)}` : "";
  return median + range + ratio;
}

const measured = (results, names) => Object.keys(servers).filter((server) => names.some((name) =>
  Object.values(results.cases[name] ?? {}).some((point) => point[server]?.length)));

export function headlineTable(results) {
  const names = headline.map((column) => column.case);
  return [["", ...headline.map((column) => column.label)], ...measured(results, names).map((server) => [server,
    ...headline.map((column) => {
      const of = (name) => name === column.not ? undefined : spread(results, column.case, column.point, column, name);
      const base = column.base ?? "bare";
      return cell(of(server), server === base ? undefined : of(base), column);
    })])];
}

export function caseTable(results, name) {
  const columns = cases[name].points.flatMap((point) => point.show.map((figure) => ({ point: point.name, figure })));
  return [["", ...columns.map(({ point, figure }) => `${point}: ${figure.label}`)], ...measured(results, [name]).map((server) => [server,
    ...columns.map(({ point, figure }) => {
      const base = ["cpu", "rate"].includes(figure.key) ? spread(results, name, point, figure, "bare") : undefined;
      return cell(spread(results, name, point, figure, server), server === "bare" ? undefined : base, figure);
    })])];
}

export function text(rows) {
  const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => row[i].length)));
  return rows.map((row) => row.map((words, i) => (i ? words.padStart(widths[i]) : words.padEnd(widths[i]))).join("  ")).join("\n");
}

const table = (rows) => [rows[0], rows[0].map((_, i) => (i ? "--:" : ":--")), ...rows.slice(1)].map((row) => `| ${row.join(" | ")} |`).join("\n");

export function markdown(results) {
  const parts = Object.keys(cases).filter((name) => results.cases[name]).map((name) =>
    `## ${name}\n\n${cases[name].about}.\n\n${table(caseTable(results, name))}\n`);
  return `<!-- Written by bin/bench from results.json; do not edit. -->
# What it costs

Server on one core, load on the other, the same driver for all; the median of each figure with its range over the runs, and how many
times the bare writer's figure (for memory, Node's) that is. CPU is the server process's own, user and system together.
Latency counts from the moment a message was due. Measured ${results.date} on ${results.machine}.

![The headline figures as bars](results.svg)

${table(headlineTable(results))}

${Object.entries(servers).map(([name, server]) => `- **${name}**: ${server.about}`).join("\n")}

${parts.join("\n")}`;
}
