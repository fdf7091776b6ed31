/** Requests over a connection that is kept, one after the other. */
import { Lines } from "./line.mjs";

/** Takes an answer off the front of the bytes: `{status, headers, body, rest}`, or undefined where more must come. */
export function parseAnswer(bytes) {
  const end = bytes.indexOf("\r\n\r\n");
  if (end < 0) return undefined;
  const [first, ...lines] = bytes.subarray(0, end).toString("latin1").split("\r\n");
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(":")).toLowerCase(), line.slice(line.indexOf(":") + 1).trim()]),
  );
  const status = Number(first.split(" ")[1]);
  let at = end + 4;
  if (headers["transfer-encoding"] === "chunked") {
    const parts = [];
    for (;;) {
      const line = bytes.indexOf("\r\n", at);
      if (line < 0) return undefined;
      const size = parseInt(bytes.subarray(at, line).toString("latin1"), 16);
      if (bytes.length < line + 2 + size + 2) return undefined;
      parts.push(bytes.subarray(line + 2, line + 2 + size));
      at = line + 2 + size + 2;
      if (size === 0) return { status, headers, body: Buffer.concat(parts).toString(), rest: bytes.subarray(at) };
    }
  }
  const length = Number(headers["content-length"] ?? 0);
  if (bytes.length < at + length) return undefined;
  return { status, headers, body: bytes.subarray(at, at + length).toString(), rest: bytes.subarray(at + length) };
}

export class Http {
  #lines;
  #port;
  #socket;
  #queue = Promise.resolve();

  constructor(port, lines = new Lines()) {
    this.#port = port;
    this.#lines = lines;
  }

  /** Resolves to the answer; rejects where the line closes first or nothing comes in time. */
  ask(path, { method = "GET", headers = {}, body, patience = 60_000 } = {}) {
    const turn = this.#queue.then(() => this.#ask(path, method, headers, body, patience));
    this.#queue = turn.catch(() => {});
    return turn;
  }

  #ask(path, method, headers, body, patience) {
    if (!this.#socket || this.#socket.destroyed || !this.#socket.writable) this.#socket = this.#lines.to(this.#port);
    const socket = this.#socket;
    const all = {
      Host: `127.0.0.1:${this.#port}`,
      ...headers,
      ...(body === undefined ? {} : { "Content-Length": Buffer.byteLength(body) }),
    };
    const head = `${method} ${path} HTTP/1.1\r\n${Object.entries(all)
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join("")}\r\n`;
    return new Promise((resolve, reject) => {
      let came = Buffer.alloc(0);
      const timer = setTimeout(
        () => done(reject, new Error(`no answer to ${method} ${path.slice(0, 60)} for ${patience / 1000} s`)),
        patience,
      );
      const hear = (bytes) => {
        came = Buffer.concat([came, bytes]);
        const answer = parseAnswer(came);
        if (answer) done(resolve, answer);
      };
      const gone = () => done(reject, new Error(`the line closed before the answer to ${method} ${path.slice(0, 60)}`));
      function done(settle, value) {
        clearTimeout(timer);
        socket.off("data", hear).off("close", gone);
        if (settle === reject || value.headers.connection === "close") socket.destroy();
        settle(value);
      }
      socket.on("data", hear).on("close", gone);
      socket.write(head + (body ?? ""));
    });
  }

  close() {
    this.#socket?.destroy();
  }

  /** Ends the line by a reset. */
  reset() {
    this.#socket?.resetAndDestroy();
  }
}
