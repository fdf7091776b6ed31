/** Lines that are open, hostile and silent while a server is told to end. */
import { Lines, getHead, opened, text, upgradeHead } from "./line.mjs";

const WEBSOCKET = upgradeHead("/socket.io/?EIO=4&transport=websocket");
const BEGINNINGS = [
  "",
  "GET / HTTP/1.1\r\nHost: x\r\n",
  getHead("/socket.io/socket.io.js.map").repeat(100),
  getHead("/socket.io/?EIO=4&transport=polling"),
  "POST /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nx",
  WEBSOCKET,
  WEBSOCKET + text("40").toString("latin1"),
  WEBSOCKET + text("40").toString("latin1") + "\x81\xfe",
];

export async function farewell(server) {
  const lines = new Lines();
  await Promise.all(Array.from({ length: 80 }, async (_, i) => {
    const socket = lines.to(server.port);
    if (await opened(socket)) socket.write(Buffer.from(BEGINNINGS[i % BEGINNINGS.length], "latin1"));
  }));
  return lines;
}
