import { PollingClient, UpgradingClient, WebSocketClient } from "../clients.mjs";
import { signIn } from "../servers.mjs";

const WAYS = [WebSocketClient, PollingClient, UpgradingClient];

/* Connects and says hello; `ask` resolves to the answer, or undefined where none came. */
async function enter(port, Way, cookie) {
  const client = new Way(port, { headers: { Cookie: cookie }, heard() {} });
  let id = 0;
  client.ask = async (event, argument, patience = 5000) => {
    const mine = `43${++id}[`;
    const answered = client.next((packet) => packet.startsWith(mine), patience).catch(() => undefined);
    client.emit(`2${id}${JSON.stringify([event, argument])}`);
    const packet = await answered;
    return packet && JSON.parse(packet.slice(mine.length - 1))[0];
  };
  try {
    await client.open();
    const hello = await client.ask("hello", { proto: 2, device: "soak", rooms: {} });
    if (!hello?.ok) throw new Error(`hello was answered ${JSON.stringify(hello)}`);
    return client;
  } catch (error) {
    client.drop();
    throw error;
  }
}

/* Sends one message after the other, each again until it is answered, as the page's outbox does. */
async function write(context, chat, Way, cookie, acknowledged, isDone) {
  let client, last = 0;
  for (let cmid; !isDone() || cmid; ) {
    try {
      if (!client || client.isOver) client = await enter(chat.port, Way, cookie);
      cmid ??= `c${context.random.hex(20)}`;
      const answer = await client.ask("msg.send", { room: "general", cmid, text: `hello ${cmid}` });
      if (answer?.ok) {
        if (answer.seq <= last) context.fail(`${cmid} got ${answer.seq} after ${last}`);
        last = answer.seq;
        acknowledged.set(cmid, answer.seq);
        context.count(answer.dup ? "answered twice" : "acknowledged");
        cmid = undefined;
      } else if (answer?.err?.permanent) {
        context.fail(`refused: ${JSON.stringify(answer.err)}`);
        cmid = undefined;
      } else await context.sleep(answer?.err?.retry_after_ms ?? 50);
    } catch {
      await context.sleep(50);
    }
  }
  client?.drop();
}

async function stored(port, cookie, context) {
  const client = await enter(port, WebSocketClient, cookie);
  const messages = [];
  try {
    for (;;) {
      const page = await client.ask(
        "history",
        { room: "general", before: messages[0]?.seq ?? 2 ** 31 - 1, limit: 100 },
        20_000,
      );
      if (page?.err?.code === "rate") {
        await context.sleep(page.err.retry_after_ms);
        continue;
      }
      if (!page?.ok) throw new Error(`history was answered ${JSON.stringify(page)}`);
      messages.unshift(...page.messages);
      if (!page.more || page.messages.length === 0) return messages;
    }
  } finally {
    client.drop();
  }
}

export default {
  name: "kill -9", on: ["chat"], own: true,
  proves: "what was acknowledged is stored, once and in order, however often the chat is killed",
  async run(context) {
    let chat = await context.start({ kind: "chat" });
    context.server = chat;
    const acknowledged = new Map();
    let isDone = false;
    try {
      const cookies = [];
      for (let i = 0; i < 6; i++) cookies.push(await signIn(chat.port, `writer ${i}`));
      const writers = cookies.map((cookie, i) =>
        write(context, chat, WAYS[i % WAYS.length], cookie, acknowledged, () => isDone),
      );
      do {
        const before = acknowledged.size;
        for (let n = 0; n < 400 && acknowledged.size < before + 3; n++) await context.sleep(25);
        await context.sleep(context.random.below(300));
        await chat.kill();
        chat = await chat.again();
        context.server = chat;
        context.count("kills");
      } while (context.isRunning());
      isDone = true;
      await Promise.race([
        Promise.all(writers),
        context.sleep(60_000).then(() => context.fail("a writer got no answer for 60 s after the last start")),
      ]);
      const messages = await stored(chat.port, cookies[0], context);
      const at = new Map();
      for (const { cmid, seq } of messages) {
        if (at.has(cmid)) context.fail(`${cmid} is stored twice`);
        at.set(cmid, seq);
      }
      for (const [cmid, seq] of acknowledged)
        if (at.get(cmid) !== seq) context.fail(`${cmid} was acknowledged as ${seq} and is stored as ${at.get(cmid)}`);
      messages.forEach(({ seq }, i) => {
        if (seq !== i + 1) context.fail(`the number ${i + 1} is ${seq}`);
      });
      context.count("stored", messages.length);
      const seconds = await chat.stop();
      if (seconds === Infinity) context.fail("SIGTERM was not obeyed within 10 s");
    } catch (error) {
      context.fail(error.message);
    } finally {
      isDone = true;
      await chat.kill();
      chat.forgetData();
    }
  },
};
