/** A raw TCP connection and the frames of WebSocket: what an honest client would never send goes through here. */
import { connect } from "node:net";

/** The sockets that this process has open, so that an attack leaves nothing behind. */
export class Lines {
  #open = new Set();

  /** A connection whose bytes are read only where somebody listens for `data`. */
  to(port, options = {}) {
    const socket = connect({ port, host: "127.0.0.1", ...options });
    socket.setNoDelay(true);
    this.#open.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => this.#open.delete(socket));
    return socket;
  }

  get count() {
    return this.#open.size;
  }

  closeAll() {
    for (const socket of this.#open) socket.destroy();
  }
}

/** Writes, and resolves when the kernel has taken it: true, or false if the line is gone or the time is up. */
export function push(socket, bytes, until = Infinity) {
  if (socket.destroyed || !socket.writable) return Promise.resolve(false);
  if (socket.write(bytes)) return Promise.resolve(true);
  return new Promise((resolve) => {
    const left = until - Date.now();
    const timer = left < 2 ** 31 ? setTimeout(() => done(false), Math.max(0, left)) : undefined;
    const drained = () => done(true), gone = () => done(false);
    function done(taken) {
      clearTimeout(timer);
      socket.off("drain", drained).off("close", gone);
      resolve(taken);
    }
    socket.on("drain", drained).on("close", gone);
  });
}

export const opened = (socket) => new Promise((resolve) => {
  if (socket.readyState === "open") return resolve(true);
  socket.once("connect", () => resolve(true)).once("close", () => resolve(false));
});

export const closed = (socket) =>
  new Promise((resolve) => (socket.destroyed ? resolve() : socket.once("close", resolve)));

/** A client's frame, masked with zeros, so that its payload can be sent as it is. */
export function frame(opcode, payload, { fin = true, compressed = false, claim = payload.length } = {}) {
  const head = claim < 126 ? Buffer.alloc(6) : claim < 65536 ? Buffer.alloc(8) : Buffer.alloc(14);
  head[0] = (fin ? 0x80 : 0) | (compressed ? 0x40 : 0) | opcode;
  if (claim < 126) head[1] = 0x80 | claim;
  else if (claim < 65536) {
    head[1] = 0x80 | 126;
    head.writeUInt16BE(claim, 2);
  } else {
    head[1] = 0x80 | 127;
    head.writeBigUInt64BE(BigInt(claim), 2);
  }
  return Buffer.concat([head, payload]);
}

export const text = (words) => frame(1, Buffer.from(words));
export const binary = (bytes) => frame(2, bytes);

/** Cuts a server's bytes into frames `{fin, compressed, opcode, payload}`. */
export class Frames {
  #rest = Buffer.alloc(0);

  add(bytes) {
    this.#rest = this.#rest.length ? Buffer.concat([this.#rest, bytes]) : bytes;
    const frames = [];
    for (;;) {
      const rest = this.#rest;
      if (rest.length < 2) return frames;
      const short = rest[1] & 0x7f, head = short === 126 ? 4 : short === 127 ? 10 : 2;
      if (rest.length < head) return frames;
      const length = short === 126 ? rest.readUInt16BE(2) : short === 127 ? Number(rest.readBigUInt64BE(2)) : short;
      if (rest.length < head + length) return frames;
      frames.push({
        fin: (rest[0] & 0x80) !== 0,
        compressed: (rest[0] & 0x40) !== 0,
        opcode: rest[0] & 0x0f,
        payload: rest.subarray(head, head + length),
      });
      this.#rest = rest.subarray(head + length);
    }
  }
}

/** The head of a request to become a WebSocket. */
export const upgradeHead = (path, headers = "") =>
  `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n`
  + `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n${headers}\r\n`;

export const getHead = (path, headers = "") => `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n${headers}\r\n`;
