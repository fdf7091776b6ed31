// Starts the servers of a cluster, one process each, and talks with them in JSON lines.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { io } from 'socket.io-client';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
/** `N` is a server on Node.js, `J` one on the JVM. */
const PROGRAMS = {
  N: [process.execPath, here('cluster-node.mjs')],
  J: JSON.parse(process.env.NATTER_CLUSTER ?? JSON.stringify([here('../../../bin/conformance'), 'cluster'])),
};

export class Node {
  #waiting = new Map();
  #next = 1;

  static async start(kind, words) {
    const node = new Node();
    const [program, ...first] = PROGRAMS[kind];
    node.process = spawn(program, [...first, ...words], { stdio: ['pipe', 'pipe', 'inherit'] });
    node.kind = kind;
    const lines = createInterface({ input: node.process.stdout });
    const ready = new Promise((resolve, reject) => {
      lines.on('line', (line) => {
        const port = /^READY (\d+)$/.exec(line)?.[1];
        if (port) resolve(Number(port));
        else if (line.startsWith('{')) node.#answer(JSON.parse(line));
      });
      node.process.on('exit', (code) => reject(new Error(`a server of the cluster ended with ${code}`)));
    });
    node.port = await ready;
    return node;
  }

  #answer(answer) {
    this.#waiting.get(answer.id)?.(answer);
    this.#waiting.delete(answer.id);
  }

  /** Gives a command and waits for its answer. */
  ask(op, words = {}) {
    const id = this.#next++;
    return new Promise((resolve) => {
      this.#waiting.set(id, ({ id: _, ...answer }) => resolve(answer));
      this.process.stdin.write(`${JSON.stringify({ ...words, op, id })}\n`);
    });
  }

  client(nsp = '/', options = {}) {
    return io(`http://127.0.0.1:${this.port}${nsp}`, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      ...options,
    });
  }

  async stop() {
    if (this.process.exitCode !== null) return;
    this.process.stdin.end();
    this.process.kill('SIGTERM');
    await once(this.process, 'exit');
  }
}

/** Waits until `check` gives something true; servers of a cluster learn of each other one after the other. */
export async function until(check, what, patience = 10_000) {
  const end = Date.now() + patience;
  for (;;) {
    const found = await check();
    if (found) return found;
    if (Date.now() > end) throw new Error(`waited ${patience} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The next event of that name, its arguments; an acknowledgement is the last one. */
export const next = (socket, event) => new Promise((resolve) => socket.once(event, (...args) => resolve(args)));

/** Arguments without the offset that recovery appends. */
export const plain = (args) => (/^\d+-\d+$/.test(args.at(-1)) ? args.slice(0, -1) : args);
