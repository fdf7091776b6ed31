/** The times of each case beside its target, as one SVG that suits light and dark pages. */
const WIDTH = 760, LEFT = 110, RIGHT = 60, ROW = 62, TOP = 16;
const STYLE = `
  text { font: 13px system-ui, -apple-system, "Segoe UI", sans-serif; fill: #24292f }
  .title { font-weight: 600 } .hint { fill: #57606a; font-size: 12px }
  .back { fill: #ffffff } .box { fill: #0a7d5a } .line { stroke: #0a7d5a; stroke-width: 2 }
  .target { stroke: #cf222e; stroke-width: 2; stroke-dasharray: 4 3 }
  .grid { stroke: #d8dee4 }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 } .hint { fill: #9198a1 } .back { fill: #0d1117 } .box { fill: #34c792 }
    .line { stroke: #34c792 } .target { stroke: #ff7b72 } .grid { stroke: #30363d }
  }`;
const TICKS = [0.1, 1, 10, 100, 1000, 10_000];

export const written = (ms) =>
  ms < 10 ? `${ms.toFixed(1)} ms` : ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;

export function chart(results, cases) {
  const names = Object.keys(cases).filter((name) => results[name]);
  const x = (ms) =>
    LEFT + ((Math.log10(Math.min(30_000, Math.max(0.1, ms))) + 1) / (Math.log10(30_000) + 1)) * (WIDTH - LEFT - RIGHT);
  const height = TOP + names.length * ROW + 36;
  const grid = TICKS.map(
    (ms) =>
      `<path class="grid" d="M${x(ms).toFixed(1)} ${TOP}V${height - 30}"/>` +
      `<text class="hint" x="${x(ms).toFixed(1)}" y="${height - 12}" text-anchor="middle">${written(ms)}</text>`,
  );
  const rows = names.map((name, i) => {
    const { p50, p99, max } = results[name].times, { ms, share } = cases[name].target;
    const y = TOP + i * ROW + 30, width = Math.max(3, x(p99) - x(p50)).toFixed(1);
    const most = share < 1 ? `99 % ${written(p99)}` : `all ${written(max)}`;
    const hint = `half ${written(p50)}, ${most}; at most ${written(ms)} wanted`;
    return `<text class="title" x="${LEFT - 10}" y="${y + 5}" text-anchor="end">${name}</text>
<path class="line" d="M${x(p50).toFixed(1)} ${y}H${x(max).toFixed(1)}"/>
<rect class="box" x="${x(p50).toFixed(1)}" y="${y - 7}" width="${width}" height="14" rx="2"/>
<path class="target" d="M${x(ms).toFixed(1)} ${y - 16}V${y + 16}"/>
<text class="hint" x="${x(p50).toFixed(1)}" y="${y - 13}">${hint}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img"
  aria-label="Times of the chat under load, beside their targets">
<style>${STYLE}
</style>
<rect class="back" width="100%" height="100%" rx="8"/>
${grid.join("\n")}
${rows.join("\n")}
</svg>
`;
}
