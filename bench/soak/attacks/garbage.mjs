import { getHead, opened, text, upgradeHead } from "../line.mjs";

const WEBSOCKET = upgradeHead("/socket.io/?EIO=4&transport=websocket");
const SEEDS = [
  Buffer.from(getHead("/socket.io/?EIO=4&transport=polling", "Accept-Encoding: gzip\r\nCookie: a=b\r\n")),
  Buffer.from(
    "POST /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: x\r\n" +
      "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
  ),
  Buffer.concat([Buffer.from(WEBSOCKET), text("40"), text('42["echo",{"a":[1,2,"x"]}]'), text("2probe")]),
];

/* Changes some bytes, cuts, doubles, or puts one seed behind the other. */
function mutate(random, bytes) {
  const out = Buffer.from(bytes);
  for (let n = random.below(6); n > 0; n--) out[random.below(out.length)] = random.below(256);
  switch (random.below(5)) {
    case 0:
      return out.subarray(0, random.below(out.length));
    case 1:
      return Buffer.concat([out, out]);
    case 2:
      return Buffer.concat([out, random.of(SEEDS)]);
    case 3:
      return Buffer.concat([
        out.subarray(0, random.below(out.length)),
        random.bytes(random.below(40)),
        out.subarray(random.below(out.length)),
      ]);
    default:
      return out;
  }
}

export default {
  name: "garbage", on: ["library", "chat"],
  proves: "no bytes whatever hurt anybody but their sender",
  run: (context) => context.each(24, async () => {
    while (context.isRunning()) {
      const socket = context.lines.to(context.port);
      socket.resume();
      await opened(socket);
      // Frames are changed behind a handshake that stays whole, else they would never be read as frames.
      const seed = context.random.of(SEEDS), isFrames = seed === SEEDS[2] && context.random.below(4) > 0;
      const head = isFrames ? WEBSOCKET.length : 0;
      socket.write(Buffer.concat([seed.subarray(0, head), mutate(context.random, seed.subarray(head))]));
      context.count("lines");
      await context.sleep(4);
      socket.destroy();
    }
  }),
};
