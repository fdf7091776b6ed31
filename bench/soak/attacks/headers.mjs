import { getHead, push } from "../line.mjs";

const many = (name, line) => ({
  name, on: ["library", "chat"],
  proves: "the cost of headers is linear in their bytes",
  async run(context) {
    const request = Buffer.from(getHead("/healthz", line));
    await context.each(12, async () => {
      const socket = context.lines.to(context.port);
      socket.on("data", (bytes) => context.count(`answered ${bytes.toString("latin1", 9, 12)}`));
      while (context.isRunning()) {
        if (!(await push(socket, request, context.deadline))) break;
        await context.sleep(20);
      }
    });
    // Refused lines are closed; the others come again as new ones.
    while (context.isRunning()) {
      const socket = context.lines.to(context.port);
      socket.on("data", (bytes) => context.count(`answered ${bytes.toString("latin1", 9, 12)}`));
      if (await push(socket, request, context.deadline)) context.count("requests");
      await context.sleep(2);
    }
  },
});

export default [
  many("4,000 equal headers", "a:\r\n".repeat(4000)),
  many("2,500 distinct headers", Array.from({ length: 2500 }, (_, i) => `${i.toString(36)}:\r\n`).join("")),
];
