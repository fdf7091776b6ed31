/** Honest Socket.IO clients: by WebSocket, by polling, and from one to the other. Each answers pings and hands
 * every packet to `heard`; `ended` is called once, with a reason where it was not asked for. */
import { Frames, Lines, closed, frame, text, upgradeHead } from "./line.mjs";
import { Http } from "./http.mjs";

const SEPARATOR = "\x1e";

class Client {
  constructor(port, { path = "/socket.io/", headers = {}, auth = "", heard, ended = () => {} }) {
    Object.assign(this, { port, headers, auth, heard });
    this.url = (transport) => `${path}?EIO=4&transport=${transport}${this.sid ? `&sid=${this.sid}` : ""}`;
    this.lines = new Lines();
    this.isOver = false;
    this.onEnd = ended;
  }

  /** Sends packets of Socket.IO, in order. */
  emit(...packets) {
    return this.send(packets.map((packet) => `4${packet}`));
  }

  packet(words) {
    if (words === "2") this.send(["3"]);
    else this.heard(words);
  }

  /** Resolves with the first packet that `accept` takes. */
  next(accept, patience = 60_000) {
    return new Promise((resolve, reject) => {
      const before = this.heard;
      const restore = () => {
        clearTimeout(timer);
        this.heard = before;
        this.onGone = undefined;
      };
      const timer = setTimeout(() => {
        restore();
        reject(new Error(`nothing came for ${patience / 1000} s`));
      }, patience);
      this.onGone = (reason) => {
        restore();
        reject(new Error(reason));
      };
      this.heard = (packet) => {
        before(packet);
        if (!accept(packet)) return;
        restore();
        resolve(packet);
      };
    });
  }

  async join() {
    const joined = this.next((packet) => packet.startsWith("40") || packet.startsWith("44"));
    this.emit(`0${this.auth}`);
    const packet = await joined;
    if (packet.startsWith("44")) throw new Error(`refused: ${packet}`);
  }

  end(reason) {
    if (this.isOver) return;
    this.isOver = true;
    this.lines.closeAll();
    this.onGone?.(reason ?? "left");
    this.onEnd(reason);
  }

  /** Leaves without a word. */
  drop() {
    this.end();
  }
}

export class WebSocketClient extends Client {
  async open() {
    const greeted = this.next((packet) => packet[0] === "0");
    await Promise.all([this.startWebSocket(), greeted]);
    this.sid = JSON.parse((await greeted).slice(1)).sid;
    await this.join();
    return this;
  }

  /** Resolves when the server has answered 101. */
  startWebSocket() {
    const headers = Object.entries(this.headers).map(([name, value]) => `${name}: ${value}\r\n`).join("");
    const frames = new Frames();
    let head = Buffer.alloc(0), isUp = false;
    this.socket = this.lines.to(this.port);
    this.socket.write(upgradeHead(this.url("websocket"), headers));
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error("no answer to a WebSocket handshake for 60 s")), 60_000);
      this.socket.on("data", (bytes) => {
        let rest = bytes;
        if (!isUp) {
          head = Buffer.concat([head, bytes]);
          const end = head.indexOf("\r\n\r\n");
          if (end < 0) return;
          clearTimeout(late);
          if (!head.toString("latin1", 0, 13).startsWith("HTTP/1.1 101 "))
            return reject(new Error(head.toString("latin1", 0, 300)));
          isUp = true;
          rest = head.subarray(end + 4);
          resolve();
        }
        for (const each of frames.add(rest)) this.frame(each);
      });
      this.socket.on("close", () => {
        clearTimeout(late);
        reject(new Error("closed before the answer to a WebSocket handshake"));
        this.end(this.reason ?? "the line closed");
      });
    });
  }

  frame({ opcode, payload }) {
    if (opcode === 1) this.packet(payload.toString());
    else if (opcode === 2) this.heard(`b${payload.toString("base64")}`);
    else if (opcode === 8) {
      const code = payload.length > 1 ? payload.readUInt16BE(0) : 1005;
      this.reason = `closed by the server: ${code} ${payload.subarray(2)}`;
      if (this.socket.writable) this.socket.end(frame(8, payload.subarray(0, 2)));
    } else this.heard(`frame ${opcode}`);
  }

  send(packets) {
    for (const packet of packets) if (!this.socket.destroyed) this.socket.write(text(packet));
  }

  /** Leaves by the protocol. */
  async leave() {
    this.send(["41", "1"]);
    this.onEnd = () => {};
    const late = setTimeout(() => this.drop(), 2000);
    await closed(this.socket);
    clearTimeout(late);
    this.end();
  }

  /** Leaves by a reset, or by closing its half only. */
  reset() {
    this.onEnd = () => {};
    this.socket.resetAndDestroy();
  }

  halfClose() {
    this.onEnd = () => {};
    this.socket.end();
    setTimeout(() => this.drop(), 1000);
  }
}

export class PollingClient extends Client {
  constructor(port, options) {
    super(port, options);
    this.polls = new Http(port, this.lines);
    this.posts = new Http(port, this.lines);
  }

  async open() {
    await this.shake();
    this.polling = this.poll();
    await this.join();
    return this;
  }

  async shake() {
    const { status, body } = await this.polls.ask(this.url("polling"), { headers: this.headers });
    if (status !== 200) throw new Error(`${status} ${body}`);
    this.sid = JSON.parse(body.slice(1)).sid;
  }

  async poll() {
    while (!this.isOver && !this.isUpgraded) {
      try {
        const { status, body } = await this.polls.ask(this.url("polling"), { headers: this.headers, patience: 60_000 });
        if (status !== 200) return this.end(`a poll was answered ${status} ${body.slice(0, 100)}`);
        for (const packet of body.split(SEPARATOR)) this.packet(packet);
      } catch (error) {
        return this.end(error.message);
      }
    }
  }

  async send(packets) {
    try {
      const headers = { ...this.headers, "Content-Type": "text/plain;charset=UTF-8" };
      const { status, body } = await this.posts.ask(this.url("polling"), {
        method: "POST",
        headers,
        body: packets.join(SEPARATOR),
        patience: 60_000,
      });
      if (status !== 200) this.end(`a POST was answered ${status} ${body.slice(0, 100)}`);
    } catch (error) {
      this.end(error.message);
    }
  }

  async leave() {
    this.onEnd = () => {};
    await this.send(["41", "1"]);
    this.end();
  }

  reset() {
    this.onEnd = () => {};
    this.polls.reset();
    this.end();
  }

  halfClose() {
    this.reset();
  }
}

/** Begins by polling and changes to WebSocket before it joins. */
export class UpgradingClient extends WebSocketClient {
  async open() {
    const http = new Http(this.port, this.lines);
    const { status, body } = await http.ask(this.url("polling"), { headers: this.headers });
    if (status !== 200) throw new Error(`${status} ${body}`);
    this.sid = JSON.parse(body.slice(1)).sid;
    await this.startWebSocket();
    const probed = this.next((packet) => packet === "3probe");
    this.send(["2probe"]);
    await probed;
    this.send(["5"]);
    http.close();
    await this.join();
    return this;
  }
}
