/** Starts the honest clients of one server and asks them how they are. */
import { Worker } from "node:worker_threads";
import { emptyTally } from "./tally.mjs";

const FIGURES = { ...emptyTally(), oldest: 0, waiting: [] };

/** Two reports as one. */
export function together(a, b) {
  const most = ["worst", "worstJoin", "worstHealth"];
  const slowest = (b.worst > a.worst ? b : a).slowest;
  return {
    ...Object.fromEntries(
      Object.keys(FIGURES).map((key) => [
        key,
        key === "waiting" || key === "oldest"
          ? b[key]
          : Array.isArray(a[key])
            ? [...a[key], ...b[key]]
            : most.includes(key)
              ? Math.max(a[key], b[key])
              : a[key] + b[key],
      ]),
    ),
    slowest,
  };
}

export const nothing = () => structuredClone(FIGURES);

export class Witnesses {
  #worker;
  #sum = nothing();
  #reported;

  constructor(options) {
    this.#worker = new Worker(new URL("witness.mjs", import.meta.url), { workerData: options });
    this.#worker.on("message", (report) => this.#reported?.(report));
    this.#worker.on("error", (error) => console.error(error));
  }

  /** The events since the last call of `take`. */
  async look() {
    const report = await new Promise((resolve) => {
      this.#reported = resolve;
      this.#worker.postMessage("report");
    });
    this.#sum = together(this.#sum, report);
    return this.#sum;
  }

  async take() {
    const sum = await this.look();
    this.#sum = nothing();
    return sum;
  }

  /**
   * Resolves when everybody has been served at least once more; false after the time given, or when there is no server
   * any more.
   */
  async everybodyServed(patience, isAlive = () => true) {
    const end = Date.now() + patience;
    const before = (await this.look()).echoes;
    for (;;) {
      const now = await this.look();
      if (now.oldest < 1000 && now.echoes > before + 8 && now.health > 0) return true;
      if (Date.now() > end || !isAlive()) return false;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  async stop() {
    this.#worker.postMessage("stop");
    await new Promise((resolve) => this.#worker.once("exit", resolve));
  }
}
