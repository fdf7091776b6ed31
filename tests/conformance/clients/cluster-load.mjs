// Load for tests of faults: each server sends numbers without end, and each client keeps what it gets.
import assert from 'node:assert/strict';
import { next, until } from './cluster.mjs';

export class Load {
  constructor(nodes) {
    this.nodes = nodes;
    this.sent = nodes.map(() => 0);
    /** By client and sender: the numbers that came. */
    this.got = nodes.map(() => nodes.map(() => []));
  }

  async start() {
    this.sockets = this.nodes.map((node) => node.client());
    await Promise.all(this.sockets.map((socket) => next(socket, 'connect')));
    this.sockets.forEach((socket, i) => socket.on('n', (sender, n) => this.got[i][sender].push(n)));
    this.timer = setInterval(() => {
      this.nodes.forEach((node, i) => {
        if (!node.killed) node.ask('emit', { event: 'n', args: [i, this.sent[i]++] });
      });
    }, 5);
  }

  /** Waits until each client has what each sender sends from now on. */
  async reaches(clients = this.alive(), senders = this.alive(), what = 'all servers hear each other') {
    const from = [...this.sent];
    await until(
      () => clients.every((i) => senders.every((sender) => (this.got[i][sender].at(-1) ?? -1) > from[sender] + 20)),
      what,
      30_000,
    );
  }

  alive() {
    return [...this.nodes.keys()].filter((i) => !this.nodes[i].killed);
  }

  /** Ends, when all has arrived that was sent last. */
  async stop(clients = this.alive()) {
    clearInterval(this.timer);
    const last = this.sent.map((n) => n - 1);
    await until(
      () => clients.every((i) => this.alive().every((sender) => this.got[i][sender].at(-1) === last[sender])),
      'the last events',
      30_000,
    );
    this.sockets.forEach((socket) => socket.disconnect());
  }

  /** No client got anything twice or out of order. */
  assertOrder(senders) {
    this.got.forEach((from, i) =>
      senders.forEach((sender) => {
        const wrong = from[sender].findIndex((n, at) => at > 0 && n <= from[sender][at - 1]);
        assert.equal(
          wrong,
          -1,
          `client ${i} got ${from[sender].slice(Math.max(0, wrong - 3), wrong + 3)} of server ${sender}`,
        );
      }),
    );
  }

  /** The client got all that the sender has sent. */
  assertComplete(client, sender) {
    const got = this.got[client][sender];
    const gap = got.findIndex((n, at) => at > 0 && n !== got[at - 1] + 1);
    assert.equal(gap, -1, `client ${client} missed between ${got[gap - 1]} and ${got[gap]} of server ${sender}`);
  }
}
