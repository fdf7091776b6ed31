import { MB } from "../attack.mjs";
import { binary, frame, push, text } from "../line.mjs";

const LARGE = Buffer.alloc(MB - 1, "x");

/* Opens so many connections that each send this, and holds them. Those that are closed come again. */
const holding = (name, proves, clients, path, behind) => ({
  name, proves, on: ["library"], least: 2,
  run: (context) => context.each(clients, async () => {
    while (context.isRunning()) {
      const socket = await context.webSocket(path, { read: true });
      for (const bytes of behind) if (!(await push(socket, bytes, context.deadline))) break;
      context.count("clients");
      await new Promise((resolve) => {
        socket.once("close", resolve);
        setTimeout(resolve, Math.max(0, context.deadline - Date.now()));
      });
      if (context.isRunning()) context.count("closed by the server");
    }
  }),
});

const WEBSOCKET = "/socket.io/?EIO=4&transport=websocket";
const placeholders = Array.from({ length: 10 }, (_, num) => `{"_placeholder":true,"num":${num}}`).join(",");

export default [
  holding(
    "half messages of clients that joined nothing",
    "what is held for unfinished messages has a bound for all clients together",
    250,
    WEBSOCKET,
    [frame(1, LARGE, { claim: MB })],
  ),
  holding("messages in fragments without an end", "fragments count against the same bound", 100, WEBSOCKET, [
    frame(1, Buffer.alloc(MB / 2, "x"), { fin: false }),
    frame(0, Buffer.alloc(MB / 2 - 100, "x"), { fin: false }),
  ]),
  holding("attachments without their last", "held attachments count against the same bound", 40, WEBSOCKET, [
    text("40"),
    text(`4510-["echo",${placeholders}]`),
    ...Array(9).fill(binary(LARGE)),
  ]),
];
