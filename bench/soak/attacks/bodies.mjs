import { MB } from "../attack.mjs";
import { push } from "../line.mjs";

export default {
  name: "half bodies of POST",
  on: ["library", "chat"],
  proves: "request bodies that never end have a bound for all clients together",
  run: (context) =>
    context.each(150, async () => {
      while (context.isRunning()) {
        const { status, body } = await context.ask("/socket.io/?EIO=4&transport=polling").catch(() => ({ status: 0 }));
        if (status !== 200) {
          context.count(`refused ${status}`);
          await context.sleep(100);
          continue;
        }
        const { sid } = JSON.parse(body.slice(1));
        const socket = context.lines.to(context.port);
        socket.resume();
        const size = context.server.kind === "chat" ? 60_000 : MB - 1;
        await push(
          socket,
          Buffer.from(
            `POST /socket.io/?EIO=4&transport=polling&sid=${sid} HTTP/1.1\r\nHost: x\r\n` +
              `Content-Type: text/plain\r\nContent-Length: ${size}\r\n\r\n`,
          ),
          context.deadline,
        );
        await push(socket, Buffer.alloc(size - 1, "x"), context.deadline);
        context.count("bodies");
        await new Promise((resolve) => {
          socket.once("close", resolve);
          setTimeout(resolve, Math.max(0, context.deadline - Date.now()));
        });
      }
    }),
};
