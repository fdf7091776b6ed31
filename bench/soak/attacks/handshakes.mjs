import { getHead, push } from "../line.mjs";

export default {
  name: "handshakes never polled", on: ["library", "chat"],
  proves: "sessions that nobody polls are bounded and go when their time is up",
  async run(context) {
    const batch = Buffer.from(getHead("/socket.io/?EIO=4&transport=polling").repeat(50));
    await context.each(4, async () => {
      const socket = context.lines.to(context.port);
      socket.on("data", (bytes) => context.count("bytes of answers", bytes.length));
      let sent = 0;
      while (
        context.isRunning() &&
        (!context.isShort || sent < 5000) &&
        (await push(socket, batch, context.deadline))
      ) {
        sent += 50;
        context.count("handshakes", 50);
        await context.sleep(1);
      }
    });
    await context.rest();
  },
};
