import { getHead, opened, text, upgradeHead } from "../line.mjs";

const POST = "POST /socket.io/?EIO=4&transport=polling&sid=none HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n";
const WEBSOCKET = upgradeHead("/socket.io/?EIO=4&transport=websocket");

/* The bytes that are sent, and what happens to the line afterwards. */
const BEGINNINGS = [
  "",
  "G",
  "GET / HT",
  "GET / HTTP/1.1\r\nHost:",
  getHead("/healthz"),
  POST,
  `${POST}12345`,
  WEBSOCKET,
  WEBSOCKET.slice(0, 60),
  `${WEBSOCKET}\x81`,
];
const ENDS = {
  half: (socket) => socket.end(),
  reset: (socket) => socket.resetAndDestroy(),
  gone: (socket) => socket.destroy(),
  silent: () => {},
};

export default [
  {
    name: "half-open and half-closed lines", on: ["library", "chat"],
    proves: "a line may end anywhere in a request, a handshake or a frame, in every way",
    run: (context) => context.each(30, async () => {
      while (context.isRunning()) {
        const socket = context.lines.to(context.port, { allowHalfOpen: true });
        if (context.random.below(2)) socket.resume();
        await opened(socket);
        const how = context.random.of(Object.keys(ENDS));
        socket.write(Buffer.from(context.random.of(BEGINNINGS), "latin1"));
        if (context.random.below(2)) await context.sleep(context.random.below(10));
        ENDS[how](socket);
        context.count(how);
        await context.sleep(how === "silent" ? 100 : 2);
      }
    }),
  },
  {
    name: "slowloris", on: ["library", "chat"],
    proves: "requests that trickle in hold a line for a bounded time and little memory",
    async run(context) {
      const clients = context.isShort ? 300 : 2000;
      await context.each(clients, async (i) => {
        await context.sleep(context.random.below(500));
        const bytes = Buffer.from(
          i % 3 ? getHead("/healthz", `x: ${"y".repeat(1000)}\r\n`) : `${WEBSOCKET}${text("40").toString("latin1")}`,
          "latin1",
        );
        while (context.isRunning()) {
          const socket = context.lines.to(context.port);
          socket.resume();
          await opened(socket);
          for (let at = 0; at < bytes.length && context.isRunning() && !socket.destroyed; at++) {
            socket.write(bytes.subarray(at, at + 1));
            await context.sleep(400);
          }
          context.count(socket.destroyed ? "closed by the server" : "held");
          if (context.isRunning()) await context.sleep(200);
        }
      });
    },
  },
];
