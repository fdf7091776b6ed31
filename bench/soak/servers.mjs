/** Starts the attacked servers, as processes of their own with a small heap, and measures them. */
import { execFile, spawn } from "node:child_process";
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { Http } from "./http.mjs";
import { java, root, target } from "../run/house.mjs";

const run = promisify(execFile);
const FLAGS = [
  "-XX:+UseSerialGC",
  "-XX:+UseCompactObjectHeaders",
  "--enable-native-access=ALL-UNNAMED",
  "--sun-misc-unsafe-memory-access=allow",
];
const TAIL = 20_000;

/** Where what the servers say is kept. */
export const logs = join(target, "soak");

const KINDS = {
  /** The library over Netty: io.natter.bench.soak.SoakServer. */
  library: {
    words: ({ heap }) => {
      const built = join(root, "bench/target");
      const classpath = `${join(built, "classes")}:${readFileSync(join(built, "classpath"), "utf8").trim()}`;
      return [java, ...FLAGS, `-Xmx${heap}`, "-cp", classpath, "io.natter.bench.soak.SoakServer"];
    },
    ready: /^listening (\d+)/m,
  },
  /** The chat, as people run it. */
  chat: {
    words: ({ data, port = 0 }) => [join(root, "bin/chat"), "--port", String(port), "--data", data],
    env: ({ heap }) => ({ JDK_JAVA_OPTIONS: `-Xmx${heap}` }),
    ready: /Natter is at http:\/\/[^:]+:(\d+)/,
  },
};

export class Server {
  logBytes = 0;
  log = "";
  exit;
  #peakRss = 0;

  /** `options`: kind, heap, and for the chat `data` and `port`; `descriptors` is the limit of open files. */
  static async start(options) {
    const server = new Server();
    mkdirSync(logs, { recursive: true });
    server.kind = options.kind;
    server.options = options;
    if (options.kind === "chat") options.data ??= mkdtempSync(join(tmpdir(), "natter-soak-"));
    const { words, env, ready } = KINDS[options.kind];
    const command = words(options);
    const limited = options.descriptors
      ? ["sh", "-c", `ulimit -n ${options.descriptors} && exec "$@"`, "sh", ...command]
      : command;
    const child = spawn(limited[0], limited.slice(1), { cwd: root, env: { ...process.env, ...env?.(options) } });
    server.child = child;
    server.killNow = () => child.kill("SIGKILL");
    process.on("exit", server.killNow);
    server.ended = new Promise((resolve) => child.on("close", (code, signal) => {
      server.exit = { code, signal };
      process.off("exit", server.killNow);
      resolve();
    }));
    await new Promise((resolve, reject) => {
      const hear = (bytes) => {
        server.logBytes += bytes.length;
        appendFileSync(join(logs, `${options.kind}.log`), bytes);
        server.log = (server.log + bytes).slice(-TAIL);
        const port = ready.exec(server.log)?.[1];
        if (port && !server.port) {
          server.port = Number(port);
          resolve();
        }
      };
      child.stdout.on("data", hear);
      child.stderr.on("data", hear);
      server.ended.then(() =>
        reject(new Error(`the ${server.kind} server ended before it listened:\n${server.log.slice(-2000)}`)),
      );
      setTimeout(
        () => reject(new Error(`the ${server.kind} server did not listen within 60 s:\n${server.log.slice(-2000)}`)),
        60_000,
      ).unref();
    });
    return server;
  }

  get pid() {
    return this.child.pid;
  }

  get isAlive() {
    return this.exit === undefined;
  }

  /** Resident memory in MB; remembers the peak since `forgetPeak`. */
  rss() {
    try {
      const mb = Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${this.pid}/status`, "utf8"))?.[1] ?? 0) / 1024;
      this.#peakRss = Math.max(this.#peakRss, mb);
      return mb;
    } catch {
      return 0;
    }
  }

  takePeakRss() {
    const peak = Math.max(this.#peakRss, this.rss());
    this.#peakRss = 0;
    return peak;
  }

  descriptors() {
    return existsSync(`/proc/${this.pid}/fd`) ? readdirSync(`/proc/${this.pid}/fd`).length : 0;
  }

  async jcmd(...words) {
    return (await run(join(process.env.JAVA_HOME, "bin/jcmd"), [String(this.pid), ...words], { timeout: 30_000 }))
      .stdout;
  }

  /** The live bytes on the heap after a collection, in MB. */
  async liveHeap() {
    await this.jcmd("GC.run");
    return this.heap();
  }

  /** The bytes on the heap now, garbage included, in MB. */
  async heap() {
    const info = await this.jcmd("GC.heap_info");
    const used = [
      ...info.matchAll(/^\s*(?:DefNew|Tenured|def new generation|tenured generation)\s.*?used (\d+)K/gm),
    ].map((each) => Number(each[1]));
    if (used.length === 0) throw new Error(`no heap in what jcmd says:\n${info}`);
    return used.reduce((a, b) => a + b) / 1024;
  }

  /** The counters of the library's server; undefined for the chat. */
  async stats() {
    if (this.kind !== "library") return undefined;
    const http = new Http(this.port);
    try {
      return JSON.parse((await http.ask("/stats", { patience: 30_000 })).body);
    } finally {
      http.close();
    }
  }

  signal(name) {
    this.child.kill(name);
  }

  /**
   * Asks it to end, and resolves to the seconds that took; after `patience` seconds it is killed and that is Infinity.
   */
  async stop(patience = 10) {
    const began = performance.now();
    this.child.kill("SIGTERM");
    let isLate = false;
    const late = setTimeout(() => {
      isLate = true;
      this.killNow();
    }, patience * 1000);
    await this.ended;
    clearTimeout(late);
    return isLate ? Infinity : (performance.now() - began) / 1000;
  }

  async kill() {
    this.killNow();
    await this.ended;
  }

  /** Starts it again on the same port and data. */
  again() {
    return Server.start({ ...this.options, port: this.port });
  }

  forgetData() {
    if (this.options.data) rmSync(this.options.data, { recursive: true, force: true });
  }
}

/** Signs somebody in with the chat; returns the cookie. */
export async function signIn(port, name) {
  const http = new Http(port);
  try {
    const { status, headers, body } = await http.ask("/api/session", {
      method: "POST", headers: { "Content-Type": "application/json", "X-Natter": "1" }, body: JSON.stringify({ name }),
    });
    if (status !== 200) throw new Error(`signing in was answered ${status} ${body}`);
    return headers["set-cookie"].split(";")[0];
  } finally {
    http.close();
  }
}
