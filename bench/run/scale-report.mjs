/** The table and the chart of `bin/bench scale`. Figures are medians; ratios are of one run only. */
const NAMES = { natter: "Natter", node: "Node.js" };
const median = (values) => {
  const sorted = values.filter((value) => value !== null).sort((a, b) => a - b);
  if (!sorted.length) return null;
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};
const number = (value) => Math.round(value).toLocaleString("en-US");
const decimal = (value) => (value === null ? "–" : value.toFixed(2));

/** The medians of one cluster. */
function row(record, adapter, size, kind) {
  const own = record.figures.filter(
    (figure) => figure.adapter === adapter && figure.size === size && figure.kind === kind,
  );
  const of = (point, name) => median(own.map((figure) => figure[point][name]));
  return own.length && { of };
}

const adapters = (record) => [...new Set(record.figures.map(({ adapter }) => adapter))];
const sizes = (record) => [...new Set(record.figures.map(({ size }) => size))];

export function scaleTable(record) {
  const lines = [
    "<!-- Written by bin/bench scale; do not edit. -->",
    "# What a cluster costs",
    "All servers of a cluster and Redis share one core, and the load driver has another. So the figures tell what each",
    "further server costs, not what further cores give. 1,000 clients are spread over the servers.",
    "", "![Deliveries a second, and the time from publishing to receiving](scale.svg)", "",
    `Run ${record.run} on ${record.machine}.`,
    `Before it, others used ${record.others} % of the machine (load ${record.load.toFixed(1)}).`,
    "Median of " + record.figures.length / (adapters(record).length * sizes(record).length * 2) + " runs.", "",
    "| adapter | servers | | to all, deliveries/s | CPU µs each | of it Redis | " +
      "to a room on one server, deliveries/s | lag to other servers, p50 ms | p99 ms |",
    "|---|---|---|---|---|---|---|---|---|",
  ];
  for (const adapter of adapters(record))
    for (const size of sizes(record))
      for (const kind of Object.keys(NAMES)) {
        const found = row(record, adapter, size, kind);
        if (!found) continue;
        const { of } = found;
        lines.push(
          `| ${adapter} | ${size} | ${NAMES[kind]} | ${number(of("all", "per_second"))} | ` +
            `${decimal(of("all", "cpu_us"))} | ${decimal(of("all", "broker_us"))} | ` +
            `${number(of("room", "per_second"))} | ${decimal(of("lag", "remote_p50"))} | ` +
            `${decimal(of("lag", "remote_p99"))} |`,
        );
      }
  return `${lines.join("\n")}\n`;
}

const STYLE = `
  text { font: 13px system-ui, -apple-system, "Segoe UI", sans-serif; fill: #24292f }
  .title { font-weight: 600 } .hint, .value { fill: #57606a } .value { font-size: 12px }
  .node { fill: #b6c2cf } .natter { fill: #0a7d5a } .back { fill: #ffffff }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 } .hint, .value { fill: #9198a1 } .node { fill: #49535f } .natter { fill: #34c792 }
    .back { fill: #0d1117 }
  }`;
const PANEL = { width: 400, left: 112, bar: 16, step: 22, head: 44, gap: 26 };

function panel(title, hint, bars, write) {
  const most = Math.max(...bars.map(({ value }) => value));
  const drawn = bars.map(({ label, kind, value }, i) => {
    const y = PANEL.head + i * PANEL.step, width = Math.max(1, (value / most) * (PANEL.width - PANEL.left - 84));
    return `<text x="${PANEL.left - 8}" y="${y + 12.5}" text-anchor="end">${label}</text>`
      + `<rect class="${kind}" x="${PANEL.left}" y="${y}" width="${width.toFixed(1)}" height="${PANEL.bar}" rx="2"/>`
      + `<text class="value" x="${(PANEL.left + width + 6).toFixed(1)}" y="${y + 12.5}">${write(value)}</text>`;
  });
  return `<text class="title" y="14">${title}</text><text class="hint" y="31">${hint}</text>\n${drawn.join("\n")}`;
}

export function scaleChart(record) {
  const panels = adapters(record).flatMap((adapter) =>
    [
      [
        "all",
        "per_second",
        `${adapter}: deliveries a second, to all`,
        "all servers and Redis on one core; more is better",
        number,
      ],
      ["room", "per_second", `${adapter}: deliveries a second, to a room on one server`, "more is better", number],
      [
        "lag",
        "remote_p50",
        `${adapter}: publish to receive on another server, ms`,
        "median at 20,000 deliveries a second; less is better",
        decimal,
      ],
    ].map(([point, name, title, hint, write]) => {
      const bars = sizes(record).flatMap((size) =>
        Object.keys(NAMES).map((kind) => ({
          label: `${NAMES[kind]} ×${size}`,
          kind,
          value: row(record, adapter, size, kind)?.of(point, name) ?? null,
        })),
      );
      return panel(
        title,
        hint,
        bars.filter(({ value }) => value !== null),
        write,
      );
    }),
  );
  const tall = PANEL.head + sizes(record).length * 2 * PANEL.step + PANEL.gap,
    rows = Math.ceil(panels.length / 2);
  /* Each adapter has a column. */
  const place = (i) => `${PANEL.gap + Math.floor(i / 3) * (PANEL.width + PANEL.gap)} ${PANEL.gap + (i % 3) * tall}`;
  const hint = `run ${record.run}, ${record.machine}; others used ${record.others} % before`;
  const width = 2 * PANEL.width + 3 * PANEL.gap, height = rows * tall + 2 * PANEL.gap;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img"
  aria-label="Clusters of Natter and of Node.js: deliveries and lag">
<style>${STYLE}
</style>
<rect class="back" width="100%" height="100%" rx="8"/>
${panels.map((drawn, i) => `<g transform="translate(${place(i)})">\n${drawn}\n</g>`).join("\n")}
<text class="hint" x="${PANEL.gap}" y="${height - 12}">${hint}</text>
</svg>
`;
}
