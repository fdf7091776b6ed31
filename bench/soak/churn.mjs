/** Clients that come, talk in a room, and leave: by the protocol, by a reset, by closing their half, or without a word.
 *
 * Each has a secret of its own, and each room has one: a client may see these two and no other. */
import { Check, Random, secret } from "./secrets.mjs";

const ROOMS = Array.from({ length: 8 }, (_, i) => ({ name: `room-${i}`, secret: secret(new Random(1000 + i)) }));
const EXPECTED = [
  /^0\{/,
  /^40\{/,
  /^430\[/,
  /^2$/,
  /^3probe$/,
  /^6$/,
  /^42\["echo","S[0-9a-f]{16}:\d+:x*"\]$/,
  /^42\["room","room-\d","S[0-9a-f]{16}x*"\]$/,
  /^42\["all",/,
];
const LEAVING = ["leave", "reset", "halfClose", "drop"];

/** One visit. */
export async function churn({ port, random, reports, isRunning, sleep }, Way, who) {
  const own = secret(random), room = random.of(ROOMS);
  const check = new Check([own, room.secret], EXPECTED);
  const client = new Way(port, { heard: (packet) => check.hear(packet) });
  reports.asked(who);
  try {
    await client.open();
    const joined = client.next((packet) => packet.startsWith("430["));
    client.emit(`20["join","${room.name}"]`);
    await joined;
    reports.joined(who);
    for (let n = 0, rounds = 1 + random.below(8); n < rounds && isRunning(); n++) {
      const word = `42["echo","${own}:${n}:${"x".repeat(random.below(3000))}"]`;
      const echoed = client.next((packet) => packet === word, 60_000);
      reports.asked(who);
      client.emit(word.slice(1), `2["room","${room.name}","${room.secret}${"x".repeat(random.below(500))}"]`);
      await echoed;
      reports.answered(who);
      await sleep(random.below(20));
    }
    client.onEnd = () => {};
    await client[random.of(LEAVING)]();
    reports.visited();
  } finally {
    reports.checked(check);
    setTimeout(() => client.drop(), 2000);
  }
}
