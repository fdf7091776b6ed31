import { text } from "../line.mjs";

const KILO = 1000;
const numbers = Array.from({ length: 60 * KILO }, (_, i) => i);

/* Strings with the same hash in Java, by pairs that have: "Aa" and "BB". */
function colliding(count) {
  return Array.from({ length: count }, (_, i) =>
    [...Array(16).keys()].map((bit) => ((i >> bit) & 1 ? "Aa" : "BB")).join(""),
  );
}

const EVENTS = {
  "deep arrays": `42["echo",${"[".repeat(400 * KILO)}`,
  "long numbers": `42["echo",${"9".repeat(900 * KILO)}]`,
  "large exponents": `42["echo",${Array(50 * KILO).fill("1e999999999").join(",")}]`,
  "many arguments": `42["echo",${numbers.join(",")}]`,
  escapes: `42["echo","${"\\u0041".repeat(150 * KILO)}"]`,
  "colliding keys": `42["echo",{${colliding(25 * KILO).map((key) => `"${key}":0`).join(",")}}]`,
  "a long name": `42["${"n".repeat(900 * KILO)}"]`,
  "a long namespace": `40/${"n".repeat(900 * KILO)},`,
};

export default {
  name: "packets that are dear to read", on: ["library"],
  proves: "reading a packet costs no more than its bytes are worth",
  run: (context) => context.each(2, async (i) => {
    const names = Object.keys(EVENTS);
    for (let n = i; context.isRunning(); n++) {
      const name = names[n % names.length];
      const socket = await context.joined({ read: true, behind: [text(EVENTS[name])] });
      context.count(name);
      await context.sleep(100);
      socket.destroy();
    }
  }),
};
