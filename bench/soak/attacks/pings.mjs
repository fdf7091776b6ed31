import { frame, text } from "../line.mjs";

export default [
  {
    name: "EIO3 pings by WebSocket, unread", on: ["library"], least: 2,
    proves: "pongs to a client that does not read are bounded",
    async run(context) {
      const batch = Buffer.concat(Array(5000).fill(text("2")));
      await context.each(4, async () => {
        while (context.isRunning())
          await context.flood(
            await context.webSocket("/eio3/?EIO=3&transport=websocket"),
            batch,
            "batches of 5,000 pings",
          );
      });
    },
  },
  {
    name: "EIO3 pings by polling, unread", on: ["library"],
    proves: "pongs to a client that does not poll are bounded",
    async run(context) {
      const body = "1:2".repeat(100_000);
      await context.each(4, async () => {
        while (context.isRunning()) {
          const shaken = await context.ask("/eio3/?EIO=3&transport=polling");
          const sid = /"sid":"([^"]+)"/.exec(shaken.body)?.[1];
          for (let status = 200; sid && status === 200 && context.isRunning(); context.count(`answered ${status}`))
            ({ status } = await context
              .ask(`/eio3/?EIO=3&transport=polling&sid=${sid}`, {
                method: "POST",
                body,
                headers: { "Content-Type": "text/plain" },
              })
              .catch(() => ({ status: "closed" })));
        }
      });
    },
  },
  {
    name: "WebSocket pings, unread", on: ["library"],
    proves: "answers to a WebSocket's own pings are bounded",
    async run(context) {
      const batch = Buffer.concat(Array(1000).fill(frame(9, Buffer.alloc(125))));
      await context.each(4, async () => {
        while (context.isRunning()) await context.flood(await context.joined(), batch, "batches of 1,000 pings");
      });
    },
  },
];
