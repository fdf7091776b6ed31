import { Check, secret } from "../secrets.mjs";
import { WebSocketClient } from "../clients.mjs";

const EXPECTED = [/^0\{/, /^40\{/, /^2$/, /^42\["echo","S[0-9a-f]{16}:\d+:x*"\]$/, /^42\["all",/];

/* So much at once that those who get it are told when it has left, in the midst of the flush of all. */
const ALL = `2["all","${"x".repeat(100_000)}"]`;

/* So many broadcasts may be on the way to a client: the server rightly closes one that does not keep up. */
const ON_THE_WAY = 2;

/** Lets the next broadcast go when every reader has got those before it, so that a slow machine is not a fault. */
class Turns {
  #readers = new Set();

  /** A client that reads; `heard` takes each of its packets. */
  reader() {
    const reader = { awaited: 0 };
    this.#readers.add(reader);
    return {
      heard: (packet) => {
        if (packet.startsWith('42["all"') && reader.awaited > 0) reader.awaited--;
      },
      gone: () => this.#readers.delete(reader),
    };
  }

  /** Whether a broadcast may be sent now. The caller then sends one. */
  take() {
    for (const { awaited } of this.#readers) if (awaited >= ON_THE_WAY) return false;
    for (const reader of this.#readers) reader.awaited++;
    return true;
  }
}

/* Some throw whenever what was sent to them has left; all others must not feel it. */
class Failing extends WebSocketClient {
  constructor(port, options) {
    super(port, options);
    const url = this.url;
    this.url = (transport) => `${url(transport)}&fail=connDrained.${options.kind}`;
  }
}

export default {
  name: "errors while a broadcast is flushed", on: ["library"], log: 400_000, least: 2,
  proves: "whatever interrupts a flush, no client gets another's bytes and none falls silent",
  async run(context) {
    const path = "/guards-inline/";
    const turns = new Turns();
    const talk = async (i) => {
      const own = secret(context.random), check = new Check([own], EXPECTED);
      let reader;
      const heard = (packet) => {
        check.hear(packet);
        reader?.heard(packet);
      };
      const client = new WebSocketClient(context.port, { path, heard });
      try {
        await client.open();
        reader = turns.reader();
        for (let n = 0; n < 20 && context.isRunning(); n++) {
          const word = `42["echo","${own}:${n}:${"x".repeat(context.random.below(2000))}"]`;
          const echoed = client.next((packet) => packet === word, 10_000);
          client.emit(word.slice(1), ...(turns.take() ? [ALL] : []));
          await echoed;
          context.count("echoes");
        }
        client.onEnd = () => {};
        await client.leave();
      } catch (error) {
        if (context.isRunning()) context.fail(`client ${i}: ${error.message.slice(0, 120)}`);
      } finally {
        reader?.gone();
        client.drop();
        context.count("frames checked", check.packets);
        for (const sample of check.samples) context.fail(sample);
      }
    };
    const fail = async (kind) => {
      const check = new Check([], EXPECTED);
      const client = new Failing(context.port, { path, kind, heard: (packet) => check.hear(packet) });
      try {
        await client.open();
        while (!turns.take() && context.isRunning()) await context.sleep(5);
        client.emit(ALL);
        context.count("errors");
        await context.sleep(30);
      } catch {
        context.count("refused");
      } finally {
        client.drop();
        for (const sample of check.samples) context.fail(sample);
      }
    };
    await Promise.all([
      context.each(16, async (i) => {
        while (context.isRunning()) await talk(i);
      }),
      context.each(2, async () => {
        while (context.isRunning()) {
          await fail(context.random.of(["RUNTIME", "ERROR", "OUT_OF_MEMORY"]));
          await context.sleep(30);
        }
      }),
    ]);
  },
};
