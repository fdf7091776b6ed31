import { WebSocketClient } from "../clients.mjs";
import { Http } from "../http.mjs";
import { signIn } from "../servers.mjs";

const API = { "Content-Type": "application/json", "X-Natter": "1" };
const ARGUMENTS = [
  "null",
  "1",
  '"x"',
  "[]",
  "{}",
  '{"room":1}',
  '{"room":"nowhere","limit":-1}',
  `{"room":"general","text":"${"x".repeat(9000)}","cmid":"a"}`,
  '{"room":"general","text":"","cmid":"\\u0000"}',
  '{"proto":"1"}',
  `{"room":"${"[".repeat(200)}"}`,
];
const EVENTS = [
  "hello",
  "msg.send",
  "msg.edit",
  "msg.del",
  "react",
  "pin",
  "history",
  "sync",
  "pins",
  "edits",
  "search",
  "mentions",
  "read",
  "unread",
  "room.create",
  "room.set",
  "room.archive",
  "room.join",
  "room.leave",
  "room.invite",
  "room.find",
  "members",
  "people",
  "level",
  "typing",
  "nothing",
  "__proto__",
  "\\u001b[31m",
];

export default [
  {
    name: "events that do not fit", on: ["chat"],
    proves: "malformed events drive no log, count against their sender, and hurt nobody else",
    async run(context) {
      const cookie = await signIn(context.port, `misfit ${context.random.hex(6)}`);
      await context.each(2, async () => {
        while (context.isRunning()) {
          const client = new WebSocketClient(context.port, { headers: { Cookie: cookie }, heard() {} });
          try {
            await client.open();
            while (!client.isOver && context.isRunning()) {
              for (let n = 0; n < 20; n++)
                client.emit(`2${n}["${context.random.of(EVENTS)}",${context.random.of(ARGUMENTS)}]`);
              context.count("events", 20);
              await context.sleep(5);
            }
            if (context.isRunning()) context.count("cut off");
          } catch {
            context.count("refused");
            await context.sleep(200);
          } finally {
            client.drop();
          }
        }
      });
    },
  },
  {
    name: "sign-ins", on: ["chat"],
    proves: "sign-ins without end, slow ones and broken ones hold up nobody and drive no log",
    async run(context) {
      const bodies = [
        () => JSON.stringify({ name: `flood ${context.random.hex(8)}` }),
        () => "{",
        () => `"${"x".repeat(70_000)}"`,
        () => "[".repeat(60_000),
        () => '{"name":"\\ud800"}',
        () => "",
      ];
      await Promise.all([
        context.each(4, async () => {
          const http = new Http(context.port, context.lines);
          while (context.isRunning()) {
            try {
              const { status } = await http.ask("/api/session", {
                method: "POST",
                headers: API,
                body: context.random.of(bodies)(),
              });
              context.count(`answered ${status}`);
              if (status >= 500) context.fail(`a sign-in was answered ${status}`);
            } catch {
              context.count("closed");
            }
            await context.sleep(10);
          }
        }),
        context.each(40, async () => {
          while (context.isRunning()) {
            const socket = context.lines.to(context.port);
            let came = "";
            socket.on("data", (bytes) => (came += bytes.toString("latin1", 0, 40)));
            socket.write(
              'POST /api/session HTTP/1.1\r\nHost: x\r\nX-Natter: 1\r\n' +
                'Content-Type: application/json\r\nContent-Length: 20\r\n\r\n{"na',
            );
            context.count("slow ones");
            for (let n = 0; n < 100 && context.isRunning() && !socket.destroyed; n++) await context.sleep(100);
            if (/^HTTP\/1.1 5/.test(came)) context.count("slow ones answered 5xx");
            socket.destroy();
          }
        }),
      ]);
    },
  },
];
