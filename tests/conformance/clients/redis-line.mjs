// A line to a Redis server, for tests that cut one server of a cluster off from it.
import { once } from 'node:events';
import { connect, createServer } from 'node:net';

export class RedisLine {
  #sockets = new Set();
  #isCut = false;

  static async to(redis) {
    const line = new RedisLine();
    line.server = createServer((client) => line.#pass(client, redis.port)).listen(0, '127.0.0.1');
    await once(line.server, 'listening');
    return line;
  }

  get url() {
    return `redis://127.0.0.1:${this.server.address().port}`;
  }

  #pass(client, port) {
    if (this.#isCut) {
      client.destroy();
      return;
    }
    const redis = connect(port, '127.0.0.1');
    for (const [from, to] of [[client, redis], [redis, client]]) {
      this.#sockets.add(from);
      from.on('error', () => {}); // the close follows
      from.on('close', () => {
        this.#sockets.delete(from);
        to.destroy();
      });
      from.pipe(to);
    }
  }

  /** Ends all connections, and new ones at once. */
  cut() {
    this.#isCut = true;
    this.#sockets.forEach((socket) => socket.destroy());
  }

  mend() {
    this.#isCut = false;
  }

  async close() {
    this.cut();
    this.server.close();
    await once(this.server, 'close');
  }
}
