/** Tables from the record: aligned text for the terminal, Markdown for docs/performance. */
import { cases, headline } from "./cases.mjs";
import { legend, letter, ratio, spread } from "./record.mjs";
import { servers } from "./servers.mjs";

export function write(value, figure) {
  const digits = { minimumFractionDigits: figure.digits, maximumFractionDigits: figure.digits };
  return value.toLocaleString("en-US", digits) + (figure.unit ?? "");
}

/* Median with its range, and how many times the base of the same run it is. */
function cell(own, base, figure) {
  if (!own) return "–";
  const median = write(own.median, figure), low = write(own.low, figure), high = write(own.high, figure);
  const range = low === high ? "" : ` (${low}–${high})`;
  const times = ratio(own, base);
  return median + range + (times === undefined ? "" : ` ×${times.toFixed(2)}`);
}

/* Rows of a table with the run of each in the last column. Where a row has figures of several runs, they are
   told apart by the head of their column, or where that has several runs too, each by itself. */
function rowsOf(results, columns, servers) {
  const figures = servers.map((server) => columns.map(({ of, compared, base, figure }) =>
    ({ own: of(server), base: compared(server) ? of(base) : undefined, figure })));
  const runs = (cells) => {
    const used = new Set(cells.flatMap(({ own }) => (own ? [own.run] : [])));
    return [...used].map((run) => letter(results, run)).sort();
  };
  const ofColumn = columns.map((_, i) => runs(figures.map((row) => row[i])));
  const several = figures.some((row) => runs(row).length > 1);
  const head = columns.map(({ label }, i) => label + (several && ofColumn[i].length === 1 ? ` [${ofColumn[i]}]` : ""));
  return [["", ...head, "run"], ...figures.map((row, i) => {
    const mark = ({ own }, j) =>
      own && runs(row).length > 1 && ofColumn[j].length > 1 ? ` [${letter(results, own.run)}]` : "";
    const cells = row.map((each, j) => cell(each.own, each.base, each.figure) + mark(each, j));
    return [servers[i], ...cells, runs(row).join(", ")];
  })];
}

const measured = (results, names) => Object.keys(servers).filter((server) => names.some((name) =>
  Object.values(results.cases[name] ?? {}).some((point) => point[server]?.length)));

export function headlineTable(results) {
  const columns = headline.map((figure) => {
    const base = figure.base ?? "bare";
    return {
      label: figure.label, figure, base,
      of: (server) => (server === figure.not ? undefined : spread(results, figure.case, figure.point, figure, server)),
      compared: (server) => server !== base,
    };
  });
  return rowsOf(results, columns, measured(results, headline.map((column) => column.case)));
}

export function caseTable(results, name) {
  const columns = cases[name].points.flatMap((point) => point.show.map((figure) => ({
    label: `${point.name}: ${figure.label}`, figure, base: "bare",
    of: (server) => spread(results, name, point.name, figure, server),
    compared: (server) => server !== "bare" && ["cpu", "rate"].includes(figure.key),
  })));
  return rowsOf(results, columns, measured(results, [name]));
}

export function text(rows) {
  const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => row[i].length)));
  const line = (row) => row.map((words, i) => (i ? words.padStart(widths[i]) : words.padEnd(widths[i]))).join("  ");
  return rows.map(line).join("\n");
}

const table = (rows) =>
  [rows[0], rows[0].map((_, i) => (i ? "--:" : ":--")), ...rows.slice(1)]
    .map((row) => `| ${row.join(" | ")} |`)
    .join("\n");

export function markdown(results) {
  const parts = Object.keys(cases).filter((name) => results.cases[name]).map((name) =>
    `## ${name}\n\n${cases[name].about}.\n\n${table(caseTable(results, name))}\n`);
  return `<!-- Written by bin/bench from results.json; do not edit. -->
# What it costs

The server has one core and the load driver another. All servers have the same driver. Each figure is the median of the
repetitions, with its range and its ratio to the bare writer's figure (for memory, to Node's). Only figures of one run
of \`bin/bench\` are compared; \`run\` names the run of a row. CPU is that of the server process, user and system
together. Latency counts from the moment a message was due.

${legend(results).map((line) => `- run ${line}`).join("\n")}

![The headline figures as bars](results.svg)

${table(headlineTable(results))}

${Object.entries(servers).map(([name, server]) => `- **${name}**: ${server.about}`).join("\n")}

${parts.join("\n")}`;
}
