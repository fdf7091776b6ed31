/**
 * The loads of `bin/bench chat`. Each resolves with `{samples, notes}`; `target` is what docs/reliability.md promises.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { bench, java, root } from "../run/house.mjs";
import { Person, each, sleep } from "./person.mjs";
import { Samples } from "./samples.mjs";

const SIGN_INS_AT_A_TIME = 32;
const WARM_UP_SECONDS = 10;
const people = (port, count, prefix, tell) => {
  tell(`${count} people sign in`);
  return each(
    Array.from({ length: count }, (_, i) => `${prefix} ${i}`),
    SIGN_INS_AT_A_TIME,
    (name) => Person.signIn(port, name),
  );
};

async function connectAll(all, tell) {
  tell(`${all.length} people connect`);
  return each(all, SIGN_INS_AT_A_TIME, (person) => person.connect({ rooms: {} }));
}

function nothingLost(all) {
  const lost = all.filter((person) => person.lost);
  if (lost.length) throw new Error(`${lost.length} people lost their connection; the first: ${lost[0].lost}`);
}

/** Sends at a fixed rate, whether or not answers come: late answers then count in full. */
async function sendAtRate(rate, seconds, send) {
  const began = performance.now(), total = rate * seconds, sent = [];
  let failure;
  for (let n = 0; n < total; ) {
    const due = Math.min(total, Math.floor(((performance.now() - began) / 1000) * rate));
    while (n < due) sent.push(send(n, began + (n++ / rate) * 1000).catch((error) => (failure ??= error)));
    await sleep(2);
  }
  await Promise.all(sent);
  if (failure) throw failure;
  return (performance.now() - began) / 1000;
}

/** 2,100 people in rooms of twenty, who send once a second each: what the limit of a person allows. */
async function durable({ server, seconds, tell }) {
  const rate = 2000, size = 20, count = 2100;
  const all = await people(server.port, count, "Person", tell);
  const hellos = await connectAll(all, tell);
  const rooms = await each(Array.from({ length: count / size }, (_, i) => i), 8, async (i) => {
    const ids = hellos.slice(i * size + 1, (i + 1) * size).map((hello) => hello.me.id);
    return (await all[i * size].ask("room.create", { kind: "private", name: `Room ${i}`, people: ids })).room.id;
  });
  let received = 0;
  for (const person of all) person.onMessage = () => received++;
  const message = (n, kind) => {
    const i = n % count;
    return all[i].ask("msg.send", {
      room: rooms[Math.floor(i / size)],
      cmid: `${kind}${n}`,
      text: `message ${n} of this run, as long as most`,
    });
  };
  tell(`the server warms up for ${WARM_UP_SECONDS} s`);
  for (let second = 1; second <= WARM_UP_SECONDS; second++) {
    await sendAtRate((rate * second) / (2 * WARM_UP_SECONDS), 1, (n) => message(second * rate + n, "w"));
  }
  await sleep(1000);
  received = 0;
  const samples = new Samples();
  tell(`${rate} messages a second for ${seconds} s`);
  const took = await sendAtRate(rate, seconds, async (n, due) => {
    await message(n, "m");
    samples.add(performance.now() - due);
  });
  await sleep(1000);
  nothingLost(all);
  if (received !== samples.count * size) throw new Error(`${received} of ${samples.count * size} deliveries came`);
  return {
    samples,
    notes: {
      "messages a second": Math.round(samples.count / took),
      "deliveries a second": Math.round(received / took),
    },
    all,
  };
}

/** 1,000 people in one room, in which twenty messages a second are written. */
async function room({ server, seconds, tell }) {
  const rate = 20, count = 1000;
  const all = await people(server.port, count, "Person", tell);
  await connectAll(all, tell);
  const samples = new Samples();
  const due = new Map();
  for (const person of all) {
    person.onMessage = (words) => {
      const at = words.indexOf('"text":"load ');
      if (at >= 0) samples.add(performance.now() - due.get(Number.parseInt(words.slice(at + 13, at + 30), 10)));
    };
  }
  tell(`${rate} messages a second to ${count} people for ${seconds} s`);
  const took = await sendAtRate(rate, seconds, async (n, at) => {
    due.set(n, at);
    await all[n % count].ask("msg.send", { room: "general", cmid: `m${n}`, text: `load ${n}` });
  });
  for (let i = 0; i < 100 && samples.count < rate * seconds * count; i++) await sleep(100);
  nothingLost(all);
  if (samples.count !== rate * seconds * count)
    throw new Error(`${samples.count} of ${rate * seconds * count} deliveries came`);
  return { samples, notes: { "deliveries a second": Math.round(samples.count / took) }, all };
}

/** 5,000 people lose the network at once, miss twenty messages, and come back at once. */
async function reconnect({ server, tell }) {
  const count = 5000, missed = 20;
  const all = await people(server.port, count, "Person", tell);
  const hellos = await connectAll(all, tell);
  const writer = await Person.signIn(server.port, "The writer");
  const { epoch } = await writer.connect({ rooms: {} });
  const before = hellos.map((hello) => hello.rooms.find((each) => each.id === "general").last_ver);
  tell("all lose the connection");
  for (const person of all) person.cut();
  for (let n = 0; n < missed; n++) {
    await writer.ask("msg.send", { room: "general", cmid: `r${n}`, text: `missed ${n}` });
    await sleep(250);
  }
  tell("all come back at once");
  const samples = new Samples(), began = performance.now();
  await Promise.all(all.map(async (person, i) => {
    const hello = await person.connect({ epoch, rooms: { general: before[i] } });
    const delta = hello.delta?.general;
    const got = delta?.changes?.length ?? delta?.page?.length ?? 0;
    if (got < missed) throw new Error(`${person.name} got ${got} of ${missed} missed messages`);
    samples.add(performance.now() - began);
  }));
  nothingLost(all);
  return { samples, notes: {}, all: [...all, writer] };
}

/** A room with a million messages: it is opened, and jumped into at random places. */
async function big({ server, restart, tell }) {
  const count = 1_000_000, jumps = 500;
  const person = await Person.signIn(server.port, "The reader");
  await person.connect({ rooms: {} });
  person.cut();
  tell(`${count.toLocaleString("en")} messages are written into the database, which takes a minute`);
  const again = await restart((data) => {
    const words = [
      "--enable-native-access=ALL-UNNAMED",
      "-cp",
      join(root, "chat/server/target/natter-chat.jar"),
      join(bench, "load/Fill.java"),
      data,
      String(count),
    ];
    const { status } = spawnSync(java, words, { stdio: ["ignore", "inherit", "inherit"] });
    if (status !== 0) throw new Error("the database was not filled");
  });
  const reader = new Person(again.port, person.name, person.cookie);
  const began = performance.now();
  await reader.connect({ rooms: {} });
  const page = await reader.ask("history", { room: "general", limit: 50 });
  const opened = performance.now() - began;
  if (page.messages.at(-1).seq < count) throw new Error("the newest message is missing");
  const samples = new Samples();
  tell(`${jumps} jumps to random messages`);
  for (let n = 0; n < jumps; n++) {
    const seq = 1 + Math.floor(((n * 2_654_435_761) % 2 ** 32 / 2 ** 32) * (count - 1));
    const asked = performance.now();
    const { messages } = await reader.ask("history", { room: "general", around: seq, limit: 50 });
    samples.add(performance.now() - asked);
    if (!messages.some((message) => message.seq === seq)) throw new Error(`message ${seq} is missing`);
    await sleep(110);
  }
  return { samples, notes: { "ms to open the room": Math.round(opened) }, all: [reader] };
}

export const cases = {
  durable: {
    about:
      "2,000 messages a second from 2,100 people in rooms of 20: " +
      "time from the due moment to the answer, which is after the COMMIT",
    target: { share: 0.99, ms: 50 },
    run: durable,
  },
  room: {
    about: "1,000 people in one room, 20 messages a second: time from the due moment to each delivery",
    target: { share: 0.99, ms: 200 },
    run: room,
  },
  reconnect: {
    about: "5,000 people come back at once and fetch 20 missed messages: time to the answer with them",
    target: { share: 1, ms: 15_000 },
    run: reconnect,
  },
  big: {
    about: "a room of 1,000,000 messages: time of a jump to a random message",
    target: { share: 0.99, ms: 100 },
    run: big,
  },
};
