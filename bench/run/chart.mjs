/** The headline figures as small bar charts in one SVG that suits light and dark pages. */
import { headline } from "./cases.mjs";
import { legend, letter, spread } from "./record.mjs";
import { write } from "./report.mjs";
import { servers } from "./servers.mjs";

const PANEL = { width: 400, left: 112, bar: 16, step: 25, head: 44, gap: 26 };
const STYLE = `
  text { font: 13px system-ui, -apple-system, "Segoe UI", sans-serif; fill: #24292f }
  .title { font-weight: 600 } .hint, .value { fill: #57606a } .value { font-size: 12px }
  .bar { fill: #b6c2cf } .bare { fill: none; stroke: #8c959f; stroke-dasharray: 3 2 } .ours { fill: #0a7d5a }
  .range { stroke: #24292f; stroke-opacity: .55; stroke-width: 1.5 } .back { fill: #ffffff }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 } .hint, .value { fill: #9198a1 } .bar { fill: #49535f } .ours { fill: #34c792 }
    .bare { stroke: #7d8590 } .range { stroke: #e6edf3 } .back { fill: #0d1117 }
  }`;

const kind = (server) => (server.startsWith("natter") ? "ours" : server === "bare" ? "bare" : "bar");

/* Bars of several runs in one panel cannot be compared: each then carries the letter of its run. */
function bars(results, rows, column) {
  const mixed = new Set(rows.map(({ figure }) => figure.run)).size > 1;
  const most = Math.max(...rows.map(({ figure }) => figure.high));
  const length = (value) => (value / most) * (PANEL.width - PANEL.left - 84);
  return rows.map(({ server, figure }, i) => {
    const y = PANEL.head + i * PANEL.step, middle = y + PANEL.bar / 2, width = Math.max(1, length(figure.median));
    const from = PANEL.left + length(figure.low), to = PANEL.left + length(figure.high);
    const range = to - from > 1 ? `<path class="range" d="M${from.toFixed(1)} ${middle}H${to.toFixed(1)}"/>` : "";
    const style = kind(server) === "ours" ? ' class="title"' : "";
    const run = mixed ? ` [${letter(results, figure.run)}]` : "";
    const end = Math.max(to, PANEL.left + width) + 6;
    return `<text x="${PANEL.left - 8}" y="${y + 12.5}" text-anchor="end"${style}>${server}${run}</text>`
      + `<rect class="${kind(server)}" x="${PANEL.left}" y="${y}" width="${width.toFixed(1)}"`
      + ` height="${PANEL.bar}" rx="2"/>${range}`
      + `<text class="value" x="${end.toFixed(1)}" y="${y + 12.5}">${write(figure.median, column)}</text>`;
  }).join("\n");
}

export function chart(results) {
  const panels = headline.map((column) => ({
    column,
    rows: Object.keys(servers)
      .filter((server) => !(server === column.not))
      .map((server) => ({ server, figure: spread(results, column.case, column.point, column, server) }))
      .filter(({ figure }) => figure),
  })).filter(({ rows }) => rows.length);
  const tallest = PANEL.head + Math.max(0, ...panels.map(({ rows }) => rows.length)) * PANEL.step;
  const width = 2 * PANEL.width + 3 * PANEL.gap;
  const rows = Math.ceil(panels.length / 2) * (tallest + PANEL.gap) + PANEL.gap;
  const runs = panels.some(({ rows }) => new Set(rows.map(({ figure }) => figure.run)).size > 1) ? legend(results) : [];
  const height = rows + runs.length * PANEL.step;
  const note = (line, i) => `<text class="hint" x="${PANEL.gap}" y="${rows + i * PANEL.step}">run ${line}</text>\n`;
  const notes = runs.map(note).join("");
  const drawn = panels.map(({ column, rows }, i) => {
    const x = PANEL.gap + (i % 2) * (PANEL.width + PANEL.gap);
    const y = PANEL.gap + Math.floor(i / 2) * (tallest + PANEL.gap);
    return `<g transform="translate(${x} ${y})">\n<text class="title" y="14">${column.label}</text>`
      + `<text class="hint" y="31">${column.more ? "more is better" : "less is better"}</text>\n`
      + `${bars(results, rows, column)}\n</g>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img"
 aria-label="Natter and its peers: CPU, throughput and memory">
<style>${STYLE}
</style>
<rect class="back" width="100%" height="100%" rx="8"/>
${drawn.join("\n")}
${notes}</svg>
`;
}
