/** Twenty honest clients in a process that is stopped and goes on: `node puppet.mjs PORT`, then `echo` on its input. */
import { createInterface } from "node:readline";
import { WebSocketClient } from "./clients.mjs";

const clients = await Promise.all(Array.from({ length: 20 }, () => new WebSocketClient(Number(process.argv[2]), {
  heard() {},
  ended: (reason) => console.log(`lost: ${reason}`),
}).open()));
console.log("all here");
let round = 0;
createInterface({ input: process.stdin }).on("line", async () => {
  const word = `42["echo",${++round}]`;
  await Promise.all(clients.map((client) => {
    const echoed = client.next((packet) => packet === word, 60_000);
    client.emit(word.slice(1));
    return echoed;
  }));
  console.log("all echoed");
});
