/** A person in the chat: signs in, stays on one WebSocket, sends, and counts what comes. */
import { Frames, Lines, text, upgradeHead } from "../soak/line.mjs";
import { signIn } from "../soak/servers.mjs";

export class Person {
  #asked = new Map();
  #next = 0;

  constructor(port, name, cookie) {
    Object.assign(this, { port, name, cookie });
    this.lines = new Lines();
    /** Called for each `ev` with the packet's text. */
    this.onMessage = () => {};
    this.lost = undefined;
  }

  static async signIn(port, name) {
    return new Person(port, name, await signIn(port, name));
  }

  /** Connects and says hello; resolves with the answer, which has the person's rooms and what was missed. */
  async connect(known = {}) {
    await this.#open();
    return this.ask("hello", { proto: 2, device: `load-${this.name}-0123456789`, ...known });
  }

  #open() {
    const frames = new Frames();
    let head = Buffer.alloc(0), isUp = false;
    const socket = (this.socket = this.lines.to(this.port));
    this.isOver = false;
    socket.write(upgradeHead("/socket.io/?EIO=4&transport=websocket", `Cookie: ${this.cookie}\r\n`));
    return new Promise((resolve, reject) => {
      const packet = (words) => {
        if (words === "2") socket.write(text("3"));
        else if (words.startsWith("0")) socket.write(text("40"));
        else if (words.startsWith("40")) resolve();
        else if (words.startsWith("44")) reject(new Error(`${this.name} was refused: ${words}`));
        else if (words.startsWith('42["ev"')) this.onMessage(words);
        else if (words.startsWith("43")) this.#answer(words);
      };
      socket.on("data", (bytes) => {
        let rest = bytes;
        if (!isUp) {
          head = Buffer.concat([head, bytes]);
          const end = head.indexOf("\r\n\r\n");
          if (end < 0) return;
          if (!head.toString("latin1", 0, 13).startsWith("HTTP/1.1 101 "))
            return reject(new Error(head.toString("latin1", 0, 200)));
          isUp = true;
          rest = head.subarray(end + 4);
        }
        for (const { opcode, payload } of frames.add(rest)) if (opcode === 1) packet(payload.toString());
      });
      socket.on("close", () => {
        if (!this.isOver) this.lost = `${this.name} lost the connection`;
        for (const { reject: fail } of this.#asked.values()) fail(new Error(`${this.name} lost the connection`));
        this.#asked.clear();
        reject(new Error(`${this.name} was not let in`));
      });
    });
  }

  /** Sends an event; resolves with its acknowledgement, and rejects if that is an error. */
  ask(event, body) {
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#asked.set(id, { resolve, reject, event });
      this.socket.write(text(`42${id}${JSON.stringify([event, body])}`));
    });
  }

  #answer(words) {
    const at = words.indexOf("[");
    const asked = this.#asked.get(Number(words.slice(2, at)));
    if (!asked) return;
    this.#asked.delete(Number(words.slice(2, at)));
    const [answer] = JSON.parse(words.slice(at));
    if (answer.err)
      asked.reject(Object.assign(new Error(`${asked.event} was answered ${answer.err.code}`), answer.err));
    else asked.resolve(answer);
  }

  /** Cuts the line, as a lost network does. */
  cut() {
    this.isOver = true;
    this.socket.resetAndDestroy();
  }
}

/** Runs `work` for each item, at most `width` at a time. */
export async function each(items, width, work) {
  const results = [];
  let next = 0;
  await Promise.all(Array.from({ length: width }, async () => {
    while (next < items.length) {
      const i = next++;
      results[i] = await work(items[i], i);
    }
  }));
  return results;
}

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
