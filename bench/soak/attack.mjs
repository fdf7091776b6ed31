/** The context of an attack, and functions that several attacks use.
 *
 * An attack is `{name, proves, on, run(context)}`; `on` names its servers (`library`, `chat`). It runs until
 * `isRunning` says no, counts the answers, and calls `fail` for errors. Optional members:
 *
 * - `stops`: the server or the bystanders wait on purpose, so their time is not judged
 * - `own`: it starts a server for itself
 * - `log`: the bytes of log that are right
 * - `least`: the seconds that it needs to have its effect */
import { Http } from "./http.mjs";
import { Lines, frame, opened, push, text, upgradeHead } from "./line.mjs";

export class Context {
  lines = new Lines();
  counts = {};
  failures = [];

  constructor({ server, random, seconds, start, isShort }) {
    Object.assign(this, { server, random, seconds, start, isShort });
    this.deadline = Date.now() + seconds * 1000;
  }

  get port() {
    return this.server.port;
  }

  isRunning = () => Date.now() < this.deadline && this.server.isAlive;

  count(what, n = 1) {
    this.counts[what] = (this.counts[what] ?? 0) + n;
  }

  fail(words) {
    if (this.failures.length < 10) this.failures.push(words);
  }

  sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

  /** Resolves when the time of the attack is up, or the server has gone. */
  async rest() {
    while (this.isRunning()) await this.sleep(50);
  }

  /** Writes the same bytes until the time is up; counts how often the kernel took them. */
  async flood(socket, bytes, what) {
    while (this.isRunning() && (await push(socket, bytes, this.deadline))) this.count(what);
  }

  /** A WebSocket whose bytes are not read; `behind` follows the handshake at once. */
  async webSocket(path, { behind = [], headers = "", read = false } = {}) {
    const socket = this.lines.to(this.port);
    if (read) socket.resume();
    if (await opened(socket)) socket.write(Buffer.concat([Buffer.from(upgradeHead(path, headers)), ...behind]));
    return socket;
  }

  /** One that has also joined the namespace `/`. */
  joined(options = {}) {
    const { path = "/socket.io/", behind = [] } = options;
    return this.webSocket(`${path}?EIO=4&transport=websocket`, { ...options, behind: [text("40"), ...behind] });
  }

  /** Asks once on a connection of its own. */
  async ask(path, options) {
    const http = new Http(this.port, this.lines);
    try {
      return await http.ask(path, options);
    } finally {
      http.close();
    }
  }

  /** Does this `times` times at once. */
  each(times, task) {
    return Promise.all(Array.from({ length: times }, (_, i) => task(i)));
  }
}

export { frame, opened, push, text };
export const KB = 1024, MB = 1_000_000;
