import { text } from "../line.mjs";

const AUTHS = [
  '{"\\ud800":1}',
  '{"pid":"x","offset":"y"}',
  '{"pid":1}',
  "[]",
  "1",
  "{",
  `{"pid":"${"p".repeat(900_000)}","offset":"o"}`,
  `{${Array.from({ length: 60_000 }, (_, i) => `"k${i}":0`).join(",")}}`,
];

export default {
  name: "CONNECT packets where recovery is on", on: ["library"],
  proves: "what a client says of itself is read off the event loop, within limits, and drives no log",
  run: (context) =>
    context.each(4, async () => {
      while (context.isRunning()) {
        const socket = await context.webSocket("/recovery/?EIO=4&transport=websocket", {
          read: true,
          behind: [text(`40${context.random.of(AUTHS)}`)],
        });
        context.count("clients");
        await context.sleep(30);
        socket.destroy();
      }
    }),
};
