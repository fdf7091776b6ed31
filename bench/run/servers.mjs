/** The measured servers: how each is built, started on core 0, and stopped. */
import { execFileSync, spawn } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { compile } from "./driver.mjs";
import { bench, fail, java, root, target } from "./house.mjs";

const peers = join(bench, "peers");
const QUIET = ["-B", "-ntp", "-q"];

/* The same collector and headers for every JVM, the same care for memory outside of the heap, and no
   spinning on its one core; only the heap is each server's own. docs/operating.md says what the flags are for. */
const JVM = ["-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "-XX:TrimNativeHeapInterval=1000", "-XX:-UsePerfData",
  "-XX:+UnlockDiagnosticVMOptions", "-XX:DisableIntrinsic=_onSpinWait",
  "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"];
export const ENVIRONMENT = { MALLOC_ARENA_MAX: "1" };
const HEAP = ["-Xms16m", "-Xmx128m", "-Xmn8m", "-XX:MinHeapFreeRatio=5", "-XX:MaxHeapFreeRatio=10"];

const age = (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;

function run(program, words, folder) {
  console.error(`bench: ${program} ${words.join(" ")}`);
  execFileSync(program, words, { cwd: folder, stdio: ["ignore", process.stderr, process.stderr] });
}

function npm(folder) {
  const installed = age(join(folder, "node_modules/.package-lock.json"));
  if (installed < age(join(folder, "package-lock.json"))) run("npm", ["ci", "--no-audit", "--no-fund"], folder);
}

function bun() {
  const arch = { x64: "x64", arm64: "aarch64" }[process.arch];
  return join(peers, `bun/node_modules/@oven/bun-linux-${arch}/bin/bun`);
}

let natterBuilt = false;

/* java's words up to and including the class path */
function words(built, flags) {
  const classpath = readFileSync(join(built, "classpath"), "utf8").trim();
  return [java, ...JVM, ...flags, "-cp", `${join(built, "classes")}:${classpath}`];
}

/** Builds Natter's bench module; returns java's words up to and including the class path. */
export function natterJava(flags = []) {
  if (!natterBuilt) {
    run("mvn", [...QUIET, "-pl", "bench", "-am", "package", "-Dmaven.test.skip", "-Dspotless.check.skip"], root);
  }
  natterBuilt = true;
  return words(target, flags);
}

/** Natter as it was built in another checkout. */
export const natterOf = (built) => ({
  about: "Natter of another checkout",
  prepare: () => age(join(built, "classpath")) || fail(`nothing is built in ${built}: run bin/bench there`),
  command: ({ jvm }) => [...words(built, jvm ?? HEAP), "io.natter.bench.BenchServer", "--dispatch", "virtual"],
});

const natter = (dispatch) => ({
  about: `Natter, handlers ${dispatch === "inline" ? "on the event loop" : "on virtual threads"}`,
  prepare: () => natterJava(),
  command: ({ jvm }) => [...natterJava(jvm ?? HEAP), "io.natter.bench.BenchServer", "--dispatch", dispatch],
});

/** In the order of the tables. `lacks` names the cases that a server cannot do. */
export const servers = {
  bare: {
    about: "send() of ready bytes in C, one a delivery, nothing else",
    lacks: ["polling", "deflate", "slow"],
    prepare: () => compile([join(peers, "bare/bare.c")], join(target, "bare")),
    command: () => [join(target, "bare")],
  },
  natter: natter("virtual"),
  "natter-inline": natter("inline"),
  bun: {
    about: "Socket.IO 4.8.4 on Bun 1.4.5 with @socket.io/bun-engine",
    lacks: ["deflate"],
    prepare: () => npm(join(peers, "bun")),
    command: () => [bun(), join(peers, "bun/server.mjs")],
  },
  "netty-socketio": {
    about: "netty-socketio 2.0.14 on JDK 25, native epoll",
    prepare: () => {
      const folder = join(peers, "netty-socketio"), built = join(folder, "target/classpath");
      const sources = ["pom.xml", "src/main/java/Peer.java"];
      if (sources.some((file) => age(join(folder, file)) >= age(built))) {
        run("mvn", [...QUIET, "process-classes"], folder);
      }
    },
    command: () => {
      const folder = join(peers, "netty-socketio/target");
      const classpath = `${join(folder, "classes")}:${readFileSync(join(folder, "classpath"), "utf8").trim()}`;
      return [java, ...JVM, "-Xmx512m", "-cp", classpath, "Peer"];
    },
  },
  node: {
    about: `Socket.IO 4.8.4 on Node ${process.versions.node}`,
    prepare: () => npm(join(peers, "node")),
    command: () => [process.execPath, join(peers, "node/server.mjs")],
  },
};

/** Starts a server on core 0; resolves when it says `listening PORT`. */
export function start(name, { env = {}, jvm } = {}) {
  const words = servers[name].command({ jvm });
  const variables = { ...process.env, ...ENVIRONMENT, PORT: "0", ...env };
  const child = spawn("taskset", ["-c", "0", ...words], { env: variables, cwd: root });
  const stopNow = () => child.kill("SIGKILL");
  process.on("exit", stopNow);
  return new Promise((resolve, reject) => {
    let out = "", ended = false;
    const closed = new Promise((done) => child.on("close", done));
    const hear = (text) => {
      out = (out + text).slice(-20_000);
      const port = /^listening (\d+)/m.exec(out)?.[1];
      if (port) resolve({ name, port, pid: child.pid, stop, said: () => out });
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.on("close", (code) => {
      ended = true;
      process.off("exit", stopNow);
      reject(new Error(`${name} ended with ${code} before it listened: ${out.trim().slice(-2000)}`));
    });
    setTimeout(() => reject(new Error(`${name} did not listen within 30 s: ${out}`)), 30_000).unref();
    async function stop() {
      if (!ended) child.kill("SIGTERM");
      const late = setTimeout(stopNow, 3000);
      await closed;
      clearTimeout(late);
    }
  });
}
