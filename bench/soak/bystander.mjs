/** Clients that stay: they ask for something small, check the answer, and ask again. */
import { Check, secret } from "./secrets.mjs";

const COMMON = [/^0\{/, /^40\{/, /^2$/, /^3probe$/, /^6$/];
const PAUSE = 20;

/** Echoes with the library's server until it is lost or told to stop. */
export async function echoBystander({ port, random, reports, isRunning, sleep }, Way, who) {
  const own = secret(random);
  const check = new Check([own], [...COMMON, /^42\["echo","S[0-9a-f]{16}:\d+"\]$/, /^42\["all",/]);
  let isLost = false;
  const client = new Way(port, {
    heard: (packet) => check.hear(packet),
    ended: (reason) => (isLost = reason ?? "left"),
  });
  reports.asked(who);
  try {
    await client.open();
    reports.joined(who);
    for (let n = 0; isRunning(); n++) {
      const word = `42["echo","${own}:${n}"]`;
      const echoed = client.next((packet) => packet === word, 60_000);
      reports.asked(who);
      client.emit(word.slice(1));
      await echoed;
      reports.answered(who);
      reports.checked(check);
      await sleep(PAUSE);
    }
  } finally {
    reports.checked(check);
    client.drop();
  }
  if (isLost && isRunning()) throw new Error(isLost);
}

/** Asks the chat for its newest message; that is answered with an acknowledgement. */
export async function chatBystander({ port, reports, isRunning, sleep }, Way, who, cookie) {
  let id = 0;
  const client = new Way(port, { headers: { Cookie: cookie }, heard: () => {} });
  const ask = async (event, argument) => {
    const mine = `43${++id}[`;
    const answered = client.next((packet) => packet.startsWith(mine), 60_000);
    reports.asked(who);
    client.emit(`2${id}${JSON.stringify([event, argument])}`);
    const packet = await answered;
    const [answer] = JSON.parse(packet.slice(mine.length - 1));
    if (answer.err && answer.err.code !== "rate")
      throw new Error(`${event} was answered ${answer.err.code}: ${answer.err.message}`);
    reports.answered(who);
  };
  reports.asked(who);
  try {
    await client.open();
    reports.joined(who);
    await ask("hello", { proto: 2, device: who.replaceAll(" ", "-"), rooms: {} });
    while (isRunning()) {
      await ask("history", { room: "general", limit: 1 });
      await sleep(150);
    }
  } finally {
    client.drop();
  }
}
