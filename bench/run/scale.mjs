/** `bin/bench scale`: clusters of 1, 2 and 4 servers over one Redis, Natter beside Node.js with the same adapter.
 *
 * All servers of a cluster and Redis share core 0, the driver has core 1. So the figures say what a delivery costs in
 * all processes together, and how that grows with each server; they do not say what more cores would give. */
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, connect } from "node:net";
import { cpus, loadavg, release, tmpdir } from "node:os";
import { join } from "node:path";
import { buildDriver, drive } from "./driver.mjs";
import { busy, fail, root, target } from "./house.mjs";
import { scaleChart, scaleTable } from "./scale-report.mjs";
import { servers, start } from "./servers.mjs";

const KINDS = ["natter", "node"], ADAPTERS = ["classic", "sharded"], SIZES = [1, 2, 4];
const BROADCAST = { mode: "broadcast" };
/* Four rooms: each has its members on one server, whether there are one, two or four. */
const POINTS = [
  { name: "all", options: { ...BROADCAST } },
  { name: "room", options: { ...BROADCAST, rooms: 4 } },
  { name: "lag", options: { ...BROADCAST, rate: 20_000 } },
];

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const listens = (port) => new Promise((resolve) => {
  const socket = connect(port, "127.0.0.1", () => (socket.destroy(), resolve(true))).on("error", () => resolve(false));
});

/** A Redis on core 0 that keeps nothing on disk. */
async function startRedis() {
  const port = await freePort(), dir = mkdtempSync(join(tmpdir(), "bench-redis-"));
  const words = ["--bind", "127.0.0.1", "--port", port, "--save", "", "--dir", dir].map(String);
  const child = spawn("taskset", ["-c", "0", "redis-server", ...words], { stdio: "ignore" });
  child.on("error", (error) => fail(`redis-server does not start: ${error.message}`));
  const stopNow = () => child.kill("SIGKILL");
  process.on("exit", stopNow);
  for (let tries = 0; !(await listens(port)); tries++) {
    if (tries > 500 || child.exitCode !== null) fail("redis-server does not listen");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return {
    url: `redis://127.0.0.1:${port}`,
    pid: child.pid,
    stop: () => (process.off("exit", stopNow), child.kill(), rmSync(dir, { recursive: true, force: true })),
  };
}

/** The figures of one cluster at each point, shortened. */
async function measureCluster(program, { kind, adapter, size }, values) {
  const redis = await startRedis(), running = [];
  const seconds = Number(values.seconds ?? (values.quick ? 1 : 5)), clients = Number(values.clients ?? 1000);
  try {
    for (let i = 0; i < size; i++) running.push(await start(kind, { env: { REDIS_URL: redis.url, ADAPTER: adapter } }));
    const cluster = {
      port: running.map(({ port }) => port).join(),
      pid: [...running.map(({ pid }) => pid), redis.pid].join(),
    };
    const figures = {};
    for (const [i, { name, options }] of POINTS.entries()) {
      const warmup = values.quick ? 1 : i === 0 ? 6 + 2 * size : 3; /* the first also warms up the compilers */
      const { per_second, counted, each_cpu_us, latency, remote, lost, odd, missing } = await drive(program, cluster, {
        warmup,
        seconds,
        clients,
        ...options,
      });
      if (lost || odd || missing) throw new Error(`lost ${lost}, odd ${odd}, missing ${missing}`);
      const broker = each_cpu_us.at(-1), all = each_cpu_us.reduce((a, b) => a + b);
      figures[name] = {
        per_second,
        cpu_us: all / counted,
        broker_us: broker / counted,
        p50: latency.p50,
        p99: latency.p99,
        remote_p50: remote.count ? remote.p50 : null,
        remote_p99: remote.count ? remote.p99 : null,
      };
    }
    return figures;
  } finally {
    await Promise.all(running.map((server) => server.stop()));
    redis.stop();
  }
}

export async function scale(values) {
  for (const kind of KINDS) servers[kind].prepare();
  const program = buildDriver();
  const folder = values.quick ? join(target, "performance") : join(root, "docs/performance");
  const repetitions = Number(values.runs ?? (values.quick ? 1 : 3));
  const others = await busy();
  if (others > 0.05)
    console.error(
      `bench: others use ${Math.round(others * 100)} % of this machine: what is measured now is not worth keeping`,
    );
  const record = {
    run: `${new Date().toISOString().slice(0, 19)}Z`,
    machine: `${cpus()[0].model.trim()}, ${cpus().length} cores, Linux ${release()}`,
    others: Math.round(others * 100),
    load: loadavg()[0],
    figures: [],
  };
  const clusters = ADAPTERS.flatMap((adapter) =>
    SIZES.flatMap((size) => KINDS.map((kind) => ({ kind, adapter, size }))),
  );
  for (let repetition = 0; repetition < repetitions; repetition++) {
    for (const [i, cluster] of clusters.entries()) {
      const { all, room, lag } = await measureCluster(program, cluster, values);
      record.figures.push({ ...cluster, all, room, lag });
      console.error(
        `[${repetition * clusters.length + i + 1}/${repetitions * clusters.length}] ` +
          `${cluster.adapter} ${cluster.kind} ×${cluster.size}: ${Math.round(all.per_second)} a second, ` +
          `${all.cpu_us.toFixed(2)} µs; room ${Math.round(room.per_second)}; lag ${lag.remote_p50 ?? lag.p50} ms`,
      );
    }
  }
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "scale.json"), `${JSON.stringify(record)}\n`);
  writeFileSync(join(folder, "scale.md"), scaleTable(record));
  writeFileSync(join(folder, "scale.svg"), scaleChart(record));
  console.log(`${scaleTable(record)}\nwritten: ${join(folder, "scale.md")} and .svg`);
}
