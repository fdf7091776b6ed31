import { WebSocketClient } from "../clients.mjs";

const FEW = 256;

export default {
  name: "few descriptors", on: ["library"], own: true,
  proves:
    `with ${FEW} open files and 600 connections, those that are in are served, ` +
    "and newcomers as soon as there is room",
  async run(context) {
    const server = await context.start({ kind: "library", descriptors: FEW });
    context.server = server;
    const stay = new WebSocketClient(server.port, {
      heard() {},
      ended: (reason) => reason && context.fail(`who was in before was lost: ${reason}`),
    });
    const echo = async (client, word) => {
      const echoed = client.next((packet) => packet === `42["echo","${word}"]`, 20_000);
      client.emit(`2["echo","${word}"]`);
      await echoed;
      context.count("echoes");
    };
    try {
      await stay.open();
      for (let round = 0; round === 0 || context.isRunning(); round++) {
        await context.each(600, () => context.webSocket("/socket.io/?EIO=4&transport=websocket", { read: true }));
        await context.sleep(500);
        context.count("connections held", context.lines.count);
        for (let n = 0; n < 10; n++) await echo(stay, `while full ${n}`);
        context.lines.closeAll();
        const newcomer = new WebSocketClient(server.port, { heard() {} });
        await newcomer.open();
        await echo(newcomer, "when there is room");
        newcomer.drop();
      }
    } catch (error) {
      context.fail(error.message);
    } finally {
      stay.onEnd = () => {};
      stay.drop();
      context.count("bytes of log", server.logBytes);
      if (server.logBytes > 100_000) context.fail(`${server.logBytes} bytes of log`);
      const seconds = await server.stop();
      if (seconds === Infinity) context.fail("SIGTERM was not obeyed within 10 s");
    }
  },
};
