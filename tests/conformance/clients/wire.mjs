// Raw HTTP and raw WebSocket over a plain connection: what the official clients would never send.
import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';

const patience = 10_000;

/** A connection whose bytes are read as they are asked for. */
class Line {
  #waiting = Buffer.alloc(0);
  #ended = false;
  #wake = () => {};

  constructor(port) {
    this.socket = connect(port, '127.0.0.1');
    this.socket.on('data', (bytes) => {
      this.#waiting = Buffer.concat([this.#waiting, bytes]);
      this.#wake();
    });
    for (const event of ['end', 'close', 'error']) {
      this.socket.on(event, () => {
        this.#ended = true;
        this.#wake();
      });
    }
  }

  write(bytes) {
    this.socket.write(bytes);
  }

  /** The result of `take(waiting, ended)`: it returns [value, bytes used], or undefined to wait for more. */
  async read(take) {
    const deadline = Date.now() + patience;
    for (;;) {
      const found = take(this.#waiting, this.#ended);
      if (found) {
        this.#waiting = this.#waiting.subarray(found[1]);
        return found[0];
      }
      if (this.#ended) return null;
      await new Promise((resolve, reject) => {
        const timer = setTimeout(
          () => reject(new Error(`nothing came; had: ${this.#waiting.toString().slice(0, 200)}`)),
          deadline - Date.now(),
        );
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  close() {
    this.socket.destroy();
  }
}

/** {status, headers}, names in lower case, a header sent twice as an array; null if the line closed first. */
function head(line) {
  return line.read((bytes) => {
    const end = bytes.indexOf('\r\n\r\n');
    if (end < 0) return undefined;
    const [first, ...rest] = bytes.subarray(0, end).toString('latin1').split('\r\n');
    const headers = {};
    for (const header of rest) {
      const colon = header.indexOf(':');
      const name = header.slice(0, colon).toLowerCase();
      const value = header.slice(colon + 1).trim();
      headers[name] = name in headers ? [headers[name], value].flat() : value;
    }
    return [{ status: Number(first.split(' ')[1]), headers }, end + 4];
  });
}

function exactly(line, count) {
  return line.read((bytes) => (bytes.length >= count ? [bytes.subarray(0, count), count] : undefined));
}

async function body(line, { status, headers }, method) {
  if (method === 'HEAD' || status === 204 || status === 304) return Buffer.alloc(0);
  if (headers['transfer-encoding'] === 'chunked') {
    const chunks = [];
    for (;;) {
      const size = await line.read((bytes) => {
        const end = bytes.indexOf('\r\n');
        return end < 0 ? undefined : [parseInt(bytes.subarray(0, end).toString(), 16), end + 2];
      });
      const chunk = await exactly(line, size + 2);
      if (size === 0) return Buffer.concat(chunks);
      chunks.push(chunk.subarray(0, size));
    }
  }
  if ('content-length' in headers) return exactly(line, Number(headers['content-length']));
  return line.read((bytes, ended) => (ended ? [bytes, bytes.length] : undefined));
}

/** Sends the head of a request, and as much of its body as is given, without waiting for the answer. */
export function begin(port, path, { method = 'GET', headers = {}, body: content, length } = {}) {
  const line = new Line(port);
  const bytes = content === undefined ? undefined : Buffer.from(content);
  const all = { Host: `127.0.0.1:${port}`, ...headers };
  const size = length ?? bytes?.length;
  if (size !== undefined) all['Content-Length'] = size;
  const lines = Object.entries(all).flatMap(([name, value]) => [value].flat().map((v) => `${name}: ${v}\r\n`));
  line.write(Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n`, 'latin1'));
  if (bytes) line.write(bytes);
  return {
    line,
    abort: () => line.close(),
    async answer() {
      const answer = await head(line);
      if (!answer) return { closed: true };
      answer.bytes = (await body(line, answer, method)) ?? Buffer.alloc(0);
      answer.body = answer.bytes.toString();
      line.close();
      return answer;
    },
  };
}

/** One request on a connection of its own: {status, headers, body, bytes}, or {closed: true}. */
export function request(port, path, options) {
  return begin(port, path, options).answer();
}

/** One WebSocket frame as a client sends it (RFC 6455 §5.2), wrong where the options say so. */
export function frame(payload, { opcode, fin = true, rsv = 0, mask = true } = {}) {
  const data = Buffer.from(payload);
  const first = (fin ? 0x80 : 0) | (rsv << 4) | (opcode ?? (typeof payload === 'string' ? 1 : 2));
  const flag = mask ? 0x80 : 0;
  let start;
  if (data.length < 126) start = Buffer.from([first, flag | data.length]);
  else if (data.length < 65536) start = Buffer.from([first, flag | 126, data.length >> 8, data.length & 255]);
  else {
    start = Buffer.alloc(10);
    start[0] = first;
    start[1] = flag | 127;
    start.writeBigUInt64BE(BigInt(data.length), 2);
  }
  if (!mask) return Buffer.concat([start, data]);
  const key = randomBytes(4);
  return Buffer.concat([start, key, data.map((byte, i) => byte ^ key[i % 4])]);
}

/** A WebSocket, or the answer of the server that would not have it. */
export class RawWebSocket {
  constructor(port, path, headers = {}) {
    this.line = new Line(port);
    const all = {
      Host: `127.0.0.1:${port}`,
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
      ...headers,
    };
    const lines = Object.entries(all)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => `${name}: ${value}\r\n`);
    this.line.write(Buffer.from(`GET ${path} HTTP/1.1\r\n${lines.join('')}\r\n`, 'latin1'));
    this.path = path;
  }

  /** {status, headers}, with a body where it is not 101; {closed: true} if there was none. */
  async opened() {
    const answer = await head(this.line);
    if (!answer) return { closed: true };
    if (answer.status !== 101) answer.body = ((await body(this.line, answer)) ?? '').toString();
    return answer;
  }

  send(payload, options) {
    this.line.write(frame(payload, options));
  }

  raw(bytes) {
    this.line.write(bytes);
  }

  /**
   * The next message: a string, bytes, {close, reason}, {opcode, …}, or 'ended' when the line closed. Fragments of a
   * text are put together (RFC 6455 §5.4): Tomcat sends long texts in fragments.
   */
  async next() {
    let one = await this.frame();
    if (one.opcode !== 1 || one.flags !== 0) return one;
    const parts = [one.data];
    do {
      one = await this.frame();
      if (one === 'ended') return one;
      parts.push(one.data);
    } while (one.opcode === 0 && one.flags === 0);
    return Buffer.concat(parts).toString();
  }

  async frame() {
    const start = await exactly(this.line, 2);
    if (!start) return 'ended';
    const opcode = start[0] & 15;
    let size = start[1] & 127;
    if (size === 126) size = (await exactly(this.line, 2)).readUInt16BE();
    else if (size === 127) size = Number((await exactly(this.line, 8)).readBigUInt64BE());
    const data = await exactly(this.line, size);
    if (!data) return 'ended';
    const plain = (start[0] & 0xf0) === 0x80;
    if (plain && opcode === 1) return data.toString();
    if (plain && opcode === 2) return data;
    if (plain && opcode === 8) {
      return { close: size < 2 ? 1005 : data.readUInt16BE(), reason: data.subarray(2).toString() };
    }
    return { opcode, flags: start[0] >> 4, data };
  }

  /** All frames up to and with the one that `last` accepts, or until the connection closes. */
  async until(last) {
    const frames = [];
    for (;;) {
      const one = await this.next();
      frames.push(one);
      if (one === 'ended' || one.close || last(one)) return frames;
    }
  }

  close() {
    this.line.close();
  }
}
