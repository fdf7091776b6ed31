import { text } from "../line.mjs";

export default {
  name: "probes of an upgrade, unread", on: ["library", "chat"], least: 2,
  proves: "answers to a WebSocket on trial are bounded like all others",
  async run(context) {
    const batch = Buffer.concat(Array(1000).fill(text("2probe")));
    await context.each(4, async () => {
      while (context.isRunning()) {
        const { status, body } = await context.ask("/socket.io/?EIO=4&transport=polling");
        if (status !== 200) return context.count(`refused ${status}`);
        const { sid } = JSON.parse(body.slice(1));
        const socket = await context.webSocket(`/socket.io/?EIO=4&transport=websocket&sid=${sid}`);
        await context.flood(socket, batch, "batches of 1,000 probes");
      }
    });
  },
};
