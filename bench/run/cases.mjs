/** The measured cases: each case is a list of points, each point one run of the driver.
 *
 * All points of a case run on one server process, in order. `options` are the driver's; a function
 * gets what the points before it measured on that server. `show` names the figures of its table. */
const BROADCAST = { mode: "broadcast" };
const KB = 1024;

const FIGURES = {
  cpu: { label: "CPU µs", of: (r) => r.cpu_us, digits: 1 },
  rate: { label: "a second", of: (r) => r.per_second, digits: 0, more: true },
  p50: { label: "p50 ms", of: (r) => r.latency.p50, digits: 2 },
  p99: { label: "p99 ms", of: (r) => r.latency.p99, digits: 2 },
  p999: { label: "p99.9 ms", of: (r) => r.latency.p999, digits: 2 },
  max: { label: "max ms", of: (r) => r.latency.max, digits: 2 },
  missing: { label: "missing", of: (r) => r.missing, digits: 0 },
  driver: { label: "driver busy", of: (r) => r.driver_busy * 100, digits: 0, unit: "%" },
  cold: { label: "CPU µs, cold", of: (r) => r.connect.cpu_us, digits: 0 },
  warm: { label: "CPU µs, warm", of: (r) => r.warm_connect.cpu_us, digits: 0 },
  rss: { label: "RSS MB", of: (r) => r.rss_mb.end, digits: 0 },
  peak: { label: "peak RSS MB", of: (r) => r.rss_mb.peak, digits: 0 },
  each: { label: "kB a client", of: (r) => ((r.rss_mb.end - r.rss_mb.empty) * KB) / r.clients, digits: 1 },
  closed: { label: "slow ones closed", of: (r) => r.stalled.closed, digits: 0 },
};

const number = (n) => n.toLocaleString("en-US");
const point = (name, options, ...show) => ({ name, options, show: show.map((key) => ({ key, ...FIGURES[key] })) });

/* Long enough for the kernel's buffers of those that stop, 4 MB each, and for what a server keeps. */
const FILL = { ...BROADCAST, payload: 16 * KB, rate: 20_000, warmup: 2, seconds: 12 };

/* At a low fixed rate a compiler needs minutes to be done; what it costs is no cost of a delivery. */
const warm = (options) => point("warm-up", { ...BROADCAST, clients: 1_000, seconds: 2, ...options });

export const cases = {
  broadcast: {
    about: "Broadcast to 1,000 clients, 32 bytes, at a fixed number of deliveries a second",
    points: [
      warm(),
      ...[10_000, 50_000].map((rate) => point(`${number(rate)}/s`, { ...BROADCAST, rate }, "cpu", "p50", "p99")),
    ],
  },
  top: {
    about: "Broadcast of 32 bytes to 1,000 clients at full speed, with 128 and with 512 unfinished broadcasts; "
      + "then at half of it",
    points: [
      point("top", { ...BROADCAST }, "rate", "cpu", "p99", "driver"),
      point("512 under way", { ...BROADCAST, window: 512 }, "rate", "p99"),
      point("half load", ({ top }) => ({ ...BROADCAST, rate: top.per_second / 2 }), "p50", "p99", "p999", "max"),
    ],
  },
  echo: {
    about: "Echo to 1,000 clients, 32 bytes: 256 under way, then at half of what went",
    points: [
      point("top", { mode: "echo" }, "cpu", "rate", "driver"),
      point("half load", ({ top }) => ({ mode: "echo", rate: top.per_second / 2 }), "p50", "p99", "p999", "max"),
    ],
  },
  ack: {
    about: "Acknowledgement of an event with its argument, 1,000 clients, 32 bytes, 256 under way",
    points: [point("top", { mode: "ack" }, "cpu", "rate", "p50", "p99")],
  },
  connect: {
    about: "5,000 clients connect to a fresh server, 64 at a time; connect and leave repeatedly; 5,000 connect again",
    fresh: true,
    /* after 6 s the JVM's compilers still took half of the core */
    points: [point("churn", { mode: "churn", clients: 5_000, warmup: 12 }, "cold", "warm", "cpu", "rate", "p99")],
  },
  idle: {
    about: "19,000 clients connect and stay",
    fresh: true,
    points: [point("19,000", { mode: "idle", clients: 19_000 }, "rss", "each", "peak")],
  },
  clients: {
    about: "Broadcast, 32 bytes, 50,000 deliveries a second, to more and more clients",
    points: [
      warm(),
      ...[200, 1_000, 10_000, 19_000].map((clients) =>
        point(number(clients), { ...BROADCAST, rate: 50_000, clients }, "cpu", "p99")),
    ],
  },
  payload: {
    about: "Broadcast to 1,000 clients: bytes of text at 10,000 deliveries a second, and as much as goes",
    points: [warm(), ...[32, KB, 16 * KB].flatMap((payload) => [
      point(`${number(payload)} B`, { ...BROADCAST, rate: 10_000, payload }, "cpu"),
      point(`${number(payload)} B, top`, { ...BROADCAST, payload }, "rate"),
    ])],
  },
  rooms: {
    about: "10,000 deliveries a second to the members of 1,000 clients' rooms, and of 10,000 clients' rooms, 32 bytes",
    points: [
      warm({ rooms: 1_000 }),
      ...[1, 10, 1_000].map((rooms) =>
        point(`${number(rooms)} rooms`, { ...BROADCAST, rate: 10_000, rooms }, "cpu", "p99")),
      point("10,000 rooms", { ...BROADCAST, rate: 10_000, rooms: 10_000, clients: 10_000 }, "cpu", "p99"),
    ],
  },
  polling: {
    about: "Broadcast over HTTP long-polling to 1,000 clients, 32 bytes, 5,000 deliveries a second; echo, 100 clients",
    points: [
      /* two under way, so that each answer carries little, as at the rate that is measured */
      warm({ transport: "polling", window: 2 }),
      point("broadcast", { ...BROADCAST, transport: "polling", rate: 5_000 }, "cpu", "p99", "missing"),
      point("echo", { mode: "echo", transport: "polling", clients: 100, window: 100 }, "cpu", "rate", "missing"),
    ],
  },
  deflate: {
    about: "Broadcast with permessage-deflate to 1,000 clients, 2 kB, 5,000 deliveries a second",
    env: { DEFLATE: "1" },
    points: [
      warm({ deflate: true, payload: 2 * KB }),
      point("2 kB", { ...BROADCAST, deflate: true, payload: 2 * KB, rate: 5_000 }, "cpu", "p99", "rss"),
    ],
  },
  slow: {
    about: "Broadcast to 1,000 clients, 16 kB, 20,000 deliveries a second, of whom 50 stop reading",
    points: [
      /* slow readers run code that nothing else does, and each time for a moment only */
      point("warm-up", { ...FILL, stalled: 50 }),
      point("warm-up again", { ...FILL, stalled: 50 }),
      point("all read", FILL, "p99"),
      point("50 stop", { ...FILL, stalled: 50 }, "p99", "peak", "closed"),
    ],
  },
};

/** The table of issue and README: one figure from each of the cases above. */
export const headline = [
  { case: "broadcast", point: "50,000/s", key: "cpu", label: "CPU µs per delivery at 50,000/s" },
  { case: "top", point: "top", key: "rate", label: "most deliveries/s" },
  { case: "echo", point: "top", key: "cpu", label: "echo, CPU µs" },
  { case: "echo", point: "top", key: "rate", label: "echoes/s" },
  { case: "idle", point: "19,000", key: "rss", label: "MB at 19,000 idle", base: "node", not: "bare" },
  { case: "connect", point: "churn", key: "warm", label: "connect, CPU µs" },
].map((column) => ({ ...column, ...FIGURES[column.key], label: column.label }));
