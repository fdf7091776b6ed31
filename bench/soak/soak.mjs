/** Runs the attacks on one server after the other, and looks at the server and the honest clients meanwhile. */
import { Context } from "./attack.mjs";
import { farewell } from "./farewell.mjs";
import { Server, signIn } from "./servers.mjs";
import { BOUNDS, few, judge, judgeEnd } from "./verdict.mjs";
import { Witnesses } from "./witnesses.mjs";

const SETTLE = 60_000;
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const less = (now, before) =>
  Object.fromEntries(
    Object.entries(now)
      .map(([key, n]) => [key, n - (before[key] ?? 0)])
      .filter(([, n]) => n > 0),
  );

export class Soak {
  #done = 0;

  constructor({ random, heap, isShort, keep }) {
    Object.assign(this, { random, heap, isShort, keep });
  }

  start = (options) => Server.start({ heap: this.heap, ...options });

  /** All attacks of one kind of server, again and again until the seconds are up; each at least once. */
  async attackAll(kind, attacks, seconds) {
    const end = Date.now() + seconds * 1000;
    const each = this.isShort ? 0.6 : Math.min(30, Math.max(3, seconds / attacks.length / 2));
    for (let round = 0; round === 0 || (!this.isShort && Date.now() < end); round++) {
      for (const attack of round === 0 ? attacks : this.random.shuffle(attacks)) {
        if (round > 0 && Date.now() > end) break;
        if (!attack.own && !this.server) await this.begin(kind);
        const result = await this.phase(kind, attack, Math.max(each, attack.least ?? 0));
        this.keep(result);
        if (this.server && (!result.isAlive || result.isServed === false)) await this.giveUp();
      }
    }
    if (this.server) await this.finish();
  }

  /** Starts a server with its honest clients. */
  async begin(kind) {
    this.server = await this.start({ kind });
    const { port } = this.server;
    const cookies = [];
    for (let i = 0; kind === "chat" && i < 4; i++) cookies.push(await signIn(port, `bystander ${i}`));
    this.witnesses = new Witnesses({
      port,
      kind,
      cookies,
      seed: this.random.below(2 ** 31),
      churners: kind === "chat" ? 0 : 8,
    });
    await this.witnesses.everybodyServed(BOUNDS.dead);
    await sleep(this.isShort ? 500 : 3000);
    await this.witnesses.take();
    this.before = {
      heap: await this.server.liveHeap(),
      descriptors: this.server.descriptors(),
      logBytes: this.server.logBytes,
    };
  }

  /** One attack. */
  async phase(kind, attack, seconds) {
    const server = attack.own ? undefined : this.server;
    const began = Date.now();
    const before = server && {
      stats: await server.stats().catch(() => undefined),
      rss: server.rss(),
      logBytes: server.logBytes,
      heap: this.isShort ? undefined : await server.heap(),
    };
    server?.takePeakRss();
    let peakHeap = before?.heap ?? 0;
    const watching = server && setInterval(() => server.rss(), 100);
    const sampling =
      server &&
      !this.isShort &&
      setInterval(
        () =>
          server.heap().then(
            (mb) => (peakHeap = Math.max(peakHeap, mb)),
            () => {},
          ),
        3000,
      );
    const context = new Context({ server, random: this.random, seconds, isShort: this.isShort, start: this.start });
    context.server ??= { isAlive: true };
    try {
      await attack.run(context);
    } catch (error) {
      if (server?.isAlive !== false) context.fail(`the attack itself failed: ${error.stack}`);
    }
    context.lines.closeAll();
    clearInterval(sampling);
    const seen = { failures: context.failures, logBytes: 0 };
    if (server) {
      seen.isServed = await this.witnesses.everybodyServed(BOUNDS.dead, () => server.isAlive);
      seen.logBytes = server.logBytes - before.logBytes;
    }
    Object.assign(seen, { isAlive: server?.isAlive ?? true, exit: server?.exit });
    if (server) seen.witnesses = await this.witnesses.take();
    clearInterval(watching);
    const stats = await (seen.isServed ? server.stats().catch(() => undefined) : undefined);
    const result = {
      kind,
      name: attack.name,
      rounds: 1,
      seconds: (Date.now() - began) / 1000,
      isAlive: seen.isAlive,
      isServed: seen.isServed,
      worst: seen.witnesses?.worst,
      slowest: seen.witnesses?.slowest,
      worstJoin: seen.witnesses?.worstJoin,
      worstHealth: seen.witnesses?.worstHealth,
      echoes: seen.witnesses?.echoes,
      packets: seen.witnesses?.packets,
      rss: server && { before: before.rss, peak: server.takePeakRss(), after: server.rss() },
      heap:
        server && !this.isShort && seen.isServed
          ? { before: before.heap, peak: peakHeap, after: await server.liveHeap() }
          : undefined,
      logBytes: seen.logBytes,
      limits: stats ? less(stats.counts, before.stats?.counts ?? {}) : {},
      counts: context.counts,
      failures: judge(attack, seen, this.isShort),
    };
    this.tell(result);
    return result;
  }

  tell({ kind, name, seconds, worst, slowest, worstJoin, rss, limits, counts, failures }) {
    const parts = [`${seconds.toFixed(1)} s`];
    if (worst !== undefined)
      parts.push(`worst echo ${worst.toFixed(0)} ms (${slowest}), worst join ${worstJoin.toFixed(0)} ms`);
    if (rss) parts.push(`RSS ${rss.before.toFixed(0)} → ${rss.peak.toFixed(0)} MB`);
    parts.push(few({ ...counts, ...limits }).slice(0, 200));
    const failed = failures.map((failure) => `\n    FAILED: ${failure}`).join("");
    console.log(`[${++this.#done}] ${kind}: ${name}: ${parts.join("; ")}${failed}`);
  }

  /** Waits until what the attacks left has gone, and ends the server while hostile lines are still open. */
  async finish() {
    const { server, witnesses } = this;
    await witnesses.stop();
    const began = Date.now();
    const end = { heap: { before: this.before.heap }, descriptors: { before: this.before.descriptors } };
    for (;;) {
      end.sessions = (await server.stats().catch(() => undefined))?.sessions ?? 0;
      end.heap.after = await server.liveHeap();
      end.descriptors.after = server.descriptors();
      if (judgeEnd({ ...end, stopSeconds: 0 }, this.isShort).length === 0 || Date.now() > began + SETTLE) break;
      await sleep(1000);
    }
    const isFlat = judgeEnd({ ...end, stopSeconds: 0 }, this.isShort).length === 0;
    if (!isFlat) end.histogram = (await server.jcmd("GC.class_histogram")).split("\n").slice(0, 12).join("\n");
    const lines = await farewell(server);
    end.stopSeconds = await server.stop(BOUNDS.stop);
    lines.closeAll();
    server.forgetData();
    this.server = undefined;
    const result = {
      kind: server.kind,
      name: "the end: nothing is left, and SIGTERM is obeyed",
      rounds: 1,
      seconds: (Date.now() - began) / 1000,
      limits: {},
      counts: {
        "ms to stop": Math.round(end.stopSeconds * 1000),
        sessions: end.sessions,
        descriptors: end.descriptors.after,
      },
      heap: { before: end.heap.before, peak: end.heap.after, after: end.heap.after },
      logBytes: server.logBytes,
      failures: judgeEnd(end, this.isShort),
      histogram: end.histogram,
    };
    this.keep(result);
    this.tell(result);
    if (end.histogram) console.log(end.histogram);
  }

  /** Ends a server that does not serve any more; the next attack gets a new one. */
  async giveUp() {
    await this.witnesses.stop();
    const seconds = this.server.isAlive ? await this.server.stop(BOUNDS.stop) : 0;
    console.log(
      `    a new server is started${seconds > BOUNDS.stop ? ": the old one did not obey SIGTERM either" : ""}`,
    );
    this.server.forgetData();
    this.server = undefined;
  }
}
