import { Buffer } from "node:buffer";
import { getHead } from "../line.mjs";

const pipelined = (name, path, on) => ({
  name, on,
  proves: "requests whose answers nobody reads wait in the kernel, not in the server's memory",
  async run(context) {
    const batch = Buffer.from(getHead(path).repeat(100));
    await context.each(8, () => context.flood(context.lines.to(context.port), batch, "batches of 100 requests"));
  },
});

export default [
  pipelined("pipelined files, unread", "/socket.io/socket.io.js.map", ["library", "chat"]),
  pipelined("pipelined 404, unread", "/nothing-of-that-name", ["library", "chat"]),
  pipelined("pipelined health, unread", "/healthz", ["library", "chat"]),
];
