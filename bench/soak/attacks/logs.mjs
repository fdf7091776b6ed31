import { getHead, opened, text, upgradeHead, binary } from "../line.mjs";

const ESCAPE = "\x1b[31m";
const WEBSOCKET = "/socket.io/?EIO=4&transport=websocket";
/* Each a packet that cannot be read, or breaks a rule. */
const PACKETS = [
  "x",
  "4",
  "49",
  "42[",
  "42{}",
  '42["connect"]',
  "42[1",
  "40{",
  "451-[]",
  "4510000-[1]",
  '459-["a"]',
  "43",
  "43x[]",
  "41/none,",
  '40/none,{"a":1}',
  `42["a\n${ESCAPE}"`,
  "\ud800",
];
const REQUESTS = [
  "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n",
  "GET /a|b HTTP/1.1\r\nHost: x\r\n\r\n",
  `GET /${ESCAPE} HTTP/1.1\r\nHost: x\r\n\r\n`,
  "GET /\\..\\ HTTP/1.1\r\nHost: x\r\n\r\n",
  "GET / HTTP/9.9\r\nHost: x\r\n\r\n",
  "\x16\x03\x01\x02\x00\x01",
  "POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n",
  "GET / HTTP/1.1\r\nHost x\r\n\r\n",
  getHead("/socket.io/?EIO=9&transport=polling"),
  getHead("/socket.io/?EIO=4&transport=pigeon"),
  getHead("/socket.io/?EIO=4&transport=polling&sid=nobody"),
  getHead(`/socket.io/?EIO=4&transport=polling&a=${encodeURIComponent(ESCAPE)}%zz`),
  getHead("/api/session", "Content-Type: x\r\n"),
];

export default [
  {
    name: "requests and handshakes that are refused", on: ["library", "chat"],
    proves: "no request drives the log",
    run: (context) =>
      context.each(16, async (i) => {
        for (let n = 0; context.isRunning(); n++) {
          const socket = context.lines.to(context.port);
          socket.resume();
          await opened(socket);
          const origin = `Origin: http://evil-${i}-${n}.example\r\n`;
          socket.write(
            Buffer.from(
              n % 3 ? context.random.of(REQUESTS) : getHead("/socket.io/?EIO=4&transport=polling", origin),
              "latin1",
            ),
          );
          context.count("requests");
          await context.sleep(3);
          socket.destroy();
        }
      }),
  },
  {
    name: "packets that cannot be read", on: ["library", "chat"],
    proves: "no packet drives the log",
    run: (context) =>
      context.each(16, async () => {
        while (context.isRunning()) {
          const behind = [
            context.random.below(4) ? text("40") : text(context.random.of(PACKETS)),
            text(context.random.of(PACKETS)),
            context.random.below(2) ? binary(Buffer.from("x")) : text(context.random.of(PACKETS)),
          ];
          const socket = await context.webSocket(WEBSOCKET, { read: true, behind });
          context.count("sessions");
          await context.sleep(5);
          socket.destroy();
        }
      }),
  },
  {
    name: "a foreign page's WebSockets", on: ["library"],
    proves: "refused origins do not drive the log",
    run: (context) => context.each(8, async (i) => {
      for (let n = 0; context.isRunning(); n++) {
        const socket = context.lines.to(context.port);
        socket.resume();
        await opened(socket);
        socket.write(upgradeHead(WEBSOCKET, `Origin: https://evil-${i}-${n}.example\r\n`));
        context.count("requests");
        await context.sleep(3);
        socket.destroy();
      }
    }),
  },
];
