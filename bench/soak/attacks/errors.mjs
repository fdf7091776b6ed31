import { UpgradingClient, WebSocketClient, PollingClient } from "../clients.mjs";
import { Frames, text } from "../line.mjs";

const KINDS = ["RUNTIME", "ERROR", "STACK_OVERFLOW", "OUT_OF_MEMORY"];
const DISPATCHES = ["virtual", "inline"];
const CALLBACKS = [
  "allowRequest",
  "generateId",
  "engineMiddleware",
  "onInitialHeaders",
  "onHeaders",
  "engineConnection",
  "middleware",
  "onConnection",
  "connMessage",
  "connDrained",
  "connUpgraded",
  "onDisconnect",
];
const PATIENCE = 10_000;
const ENOUGH = 3; /* failures; each costs the patience */

const within = (promise, what) =>
  Promise.race([
    promise,
    new Promise((_, reject) =>
      setTimeout(() => reject(new Error(`${what}: nothing for ${PATIENCE / 1000} s`)), PATIENCE),
    ),
  ]);

/* Comes, echoes, leaves. A refusal is as good as an echo; silence is not. */
async function visit(port, Way, path, event) {
  const client = new Way(port, { path, heard() {} });
  const over = new Promise((resolve) => (client.onEnd = resolve));
  try {
    await Promise.race([client.open(), over]);
    if (client.isOver) return;
    if (event) client.emit(`2["${event}"]`);
    const echoed = client.next((packet) => packet === '42["echo",1]', PATIENCE);
    client.emit('2["echo",1]');
    await Promise.race([echoed, over]);
  } finally {
    client.drop();
  }
}

async function mustServe(context, path, after) {
  const client = new WebSocketClient(context.port, { path, heard() {} });
  try {
    await within(client.open(), "no handshake");
    const echoed = client.next((packet) => packet === '42["echo",2]', PATIENCE);
    client.emit('2["echo",2]');
    await echoed;
  } catch (error) {
    context.fail(`after ${after}, a newcomer at ${path}: ${error.message.slice(0, 120)}`);
  } finally {
    client.drop();
  }
}

/* Refusals are errors of `open`, and fine. */
const tolerant = (promise, what) =>
  within(promise, what).catch((error) => {
    if (/nothing/.test(error.message)) throw error;
  });

export default [
  {
    name: "errors in callbacks of a handshake",
    on: ["library"],
    log: 400_000,
    proves: "an Error in any callback costs one connection, and keeps no slot",
    async run(context) {
      do {
        for (const dispatch of DISPATCHES)
          for (const where of CALLBACKS)
            for (const kind of KINDS) {
              if (!context.server.isAlive || context.failures.length >= ENOUGH) return;
              const path = `/guards-${dispatch}/`;
              // `fail` is a parameter of every request of the client, so of the callbacks of all of them.
              for (const Way of [WebSocketClient, PollingClient, UpgradingClient].slice(0, context.isShort ? 1 : 3)) {
                class Failing extends Way {
                  constructor(port, options) {
                    super(port, options);
                    const url = this.url;
                    this.url = (transport) => `${url(transport)}&fail=${where}.${kind}`;
                  }
                }
                context.count("errors");
                await tolerant(visit(context.port, Failing, path), `${kind} in ${where}, ${dispatch}`).catch((error) =>
                  context.fail(error.message),
                );
              }
            }
        // 50 handshakes may be under way: a slot that each Error keeps is missed by now.
        for (const where of ["allowRequest", "generateId", "engineMiddleware"])
          await context.each(60, () =>
            context
              .ask(`/guards-virtual/?EIO=4&transport=polling&fail=${where}.ERROR`, { patience: PATIENCE })
              .catch((error) => context.fail(`ERROR in ${where}: ${error.message}`)),
          );
        for (const dispatch of DISPATCHES)
          for (let n = 0; n < 4; n++) await mustServe(context, `/guards-${dispatch}/`, "errors in callbacks");
      } while (context.isRunning() && context.failures.length < ENOUGH);
    },
  },
  {
    name: "errors in handlers",
    on: ["library"],
    log: 400_000,
    proves: "an Error in a handler costs at most its connection, by virtual threads and on the event loop",
    async run(context) {
      do {
        for (const dispatch of DISPATCHES)
          for (const kind of KINDS) {
            const path = `/guards-${dispatch}/`;
            for (let n = 0; n < 4 && context.failures.length < ENOUGH; n++) {
              context.count("errors");
              await tolerant(
                visit(context.port, WebSocketClient, path, kind),
                `${kind} in a handler, ${dispatch}`,
              ).catch((error) => context.fail(error.message));
              await mustServe(context, path, `${kind} in a handler, ${dispatch}`);
            }
          }
      } while (context.isRunning() && context.failures.length < ENOUGH);
    },
  },
  {
    name: "errors in handlers of plain WebSockets",
    on: ["library"],
    log: 400_000,
    proves: "a socket whose handler threw is served on or closed, never deaf",
    async run(context) {
      do {
        for (const dispatch of DISPATCHES)
          for (const kind of KINDS) {
            const socket = await context.webSocket(`/plain-${dispatch}`, { behind: [text("first")] });
            const frames = new Frames();
            let head = Buffer.alloc(0),
              isUp = false;
            // The fault comes when the socket has settled, else it would meet the guard of its opening.
            const served = new Promise((resolve) => {
              socket.on("data", (bytes) => {
                let rest = bytes;
                if (!isUp) {
                  head = Buffer.concat([head, bytes]);
                  const end = head.indexOf("\r\n\r\n");
                  if (end < 0) return;
                  isUp = true;
                  rest = head.subarray(end + 4);
                }
                for (const { opcode, payload } of frames.add(rest)) {
                  if (payload.toString() === "first")
                    socket.write(Buffer.concat([text(`fail=${kind}`), text("heard")]));
                  if (opcode === 8 || payload.toString() === "heard") resolve();
                }
              });
              socket.on("close", resolve);
            });
            context.count("errors");
            await within(served, `${kind} in a plain handler, ${dispatch}`).catch((error) =>
              context.fail(error.message),
            );
            socket.destroy();
          }
      } while (context.isRunning() && context.failures.length < ENOUGH);
    },
  },
];
