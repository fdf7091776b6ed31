import { MB } from "../attack.mjs";
import { push, text } from "../line.mjs";

export default [
  {
    name: "big events for a slow handler", on: ["library"], least: 2,
    proves: "events that wait for their handler are bounded in bytes; reading stops before memory ends",
    async run(context) {
      const event = text(`42["slow","${"x".repeat(MB - 100)}"]`);
      await context.each(4, async () => {
        while (context.isRunning()) await context.flood(await context.joined({ read: true }), event, "events of 1 MB");
      });
    },
  },
  {
    name: "big events before the client is let in", on: ["library"], least: 2,
    proves: "events that wait for the middleware of their namespace are bounded in bytes",
    async run(context) {
      const event = text(`42/slow-1,["slow","${"x".repeat(MB - 100)}"]`);
      await context.each(4, async () => {
        while (context.isRunning())
          await context.flood(
            await context.joined({ read: true, behind: [text("40/slow-1,")] }),
            event,
            "events of 1 MB",
          );
      });
    },
  },
  {
    name: "CONNECTs with slow middleware", on: ["library"],
    proves: "CONNECTs under way are bounded for each connection",
    async run(context) {
      let next = 0;
      const batch = () => Buffer.concat(Array.from({ length: 1000 }, () => text(`40/slow-${next++},`)));
      await context.each(2, async () => {
        while (context.isRunning()) {
          const socket = await context.joined({ read: true });
          while (context.isRunning() && (await push(socket, batch(), context.deadline)))
            context.count("batches of 1,000 CONNECTs");
        }
      });
    },
  },
  {
    name: "ever new namespaces",
    on: ["library"],
    proves:
      "namespaces by pattern that nobody is in any more go again, and one connection cannot make them without end",
    async run(context) {
      let next = 0;
      await context.each(2, async () => {
        while (context.isRunning()) {
          const socket = await context.joined({ read: true });
          while (context.isRunning() && !socket.destroyed) {
            socket.write(Buffer.concat(Array.from({ length: 200 }, () => text(`40/dynamic-${next++},`))));
            context.count("CONNECTs", 200);
            await context.sleep(10);
          }
        }
      });
    },
  },
];
