import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { attacks } from "./attacks/index.mjs";
import { parseAnswer } from "./http.mjs";
import { Frames, frame, text } from "./line.mjs";
import { Reports } from "./reports.mjs";
import { Check, Random, secret } from "./secrets.mjs";
import { judge, judgeEnd, merge, table } from "./verdict.mjs";
import { nothing, together } from "./witnesses.mjs";

const MINE = "S0123456789abcdef",
  THEIRS = "Sfedcba9876543210";
const seen = (witnesses) => ({
  failures: [],
  isAlive: true,
  isServed: true,
  logBytes: 0,
  witnesses: { ...nothing(), ...witnesses },
});

test("a packet with another client's secret is foreign", () => {
  const check = new Check([MINE], [/^42\["echo","S[0-9a-f]{16}"\]$/]);
  check.hear(`42["echo","${MINE}"]`);
  check.hear(`42["echo","${THEIRS}"]`);
  assert.deepEqual([check.packets, check.foreign, check.malformed], [2, 1, 0]);
});

test("a packet that the server never sends is malformed", () => {
  const check = new Check([MINE], [/^42\["echo","S[0-9a-f]{16}"\]$/]);
  check.hear(`"echo","${MINE}"]42[`);
  assert.deepEqual([check.foreign, check.malformed], [0, 1]);
});

test("a seed repeats the choices of a run", () => {
  const draw = (seed) => {
    const random = new Random(seed);
    return [secret(random), random.below(100), random.shuffle([1, 2, 3, 4, 5]), random.bytes(4).toString("hex")];
  };
  assert.deepEqual(draw(7), draw(7));
  assert.notDeepEqual(draw(7), draw(8));
  assert.match(draw(7)[0], /^S[0-9a-f]{16}$/);
});

test("a client's frame has its length, its mask and its bytes", () => {
  assert.equal(text("2probe").toString("hex"), "818600000000" + Buffer.from("2probe").toString("hex"));
  assert.equal(frame(2, Buffer.alloc(126)).subarray(0, 4).toString("hex"), "82fe007e");
  assert.equal(frame(1, Buffer.alloc(1), { claim: 1_000_000 }).subarray(0, 10).toString("hex"), "81ff00000000000f4240");
});

test("a server's frames are cut wherever the bytes are", () => {
  const bytes = Buffer.from("8102" + "3430" + "827e0080" + "61".repeat(128) + "8800", "hex");
  const frames = new Frames();
  const cut = [...bytes].flatMap((byte) => frames.add(Buffer.from([byte])));
  assert.deepEqual(cut.map(({ opcode, payload }) => [opcode, payload.length]), [[1, 2], [2, 128], [8, 0]]);
});

test("an answer ends where its length or its last chunk says", () => {
  const plain = parseAnswer(Buffer.from("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP"));
  assert.deepEqual([plain.status, plain.body, plain.rest.toString()], [200, "ok", "HTTP"]);
  const chunked = parseAnswer(Buffer.from("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n"));
  assert.equal(chunked.body, "ok");
  assert.equal(parseAnswer(Buffer.from("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok")), undefined);
});

test("whoever is not served, a foreign byte, a long log and a dead server each fail an attack", () => {
  assert.deepEqual(judge({}, seen({}), true), []);
  for (const bad of [
    { ...seen({ waiting: ["bystander 1"] }), isServed: false },
    seen({ foreign: 1 }),
    seen({ malformed: 1 }),
    seen({ lost: ["bystander 1: closed"] }),
    { ...seen({}), logBytes: 1_000_000 },
    { ...seen({}), isAlive: false },
    { ...seen({}), failures: ["a message was lost"] },
  ])
    assert.equal(judge({}, bad, true).length, 1, JSON.stringify(bad));
});

test("a late echo fails the long form only, and not where the server was stopped on purpose", () => {
  assert.deepEqual(judge({}, seen({ worst: 1500, slowest: "bystander 1" }), true), []);
  assert.deepEqual(judge({}, seen({ worst: 1500, slowest: "bystander 1" }), false), [
    "bystander 1 waited 1500 ms for an echo",
  ]);
  assert.deepEqual(judge({ stops: true }, seen({ worst: 1500, slowest: "bystander 1" }), false), []);
});

test("memory, descriptors or sessions that stay, and a SIGTERM that is not obeyed, fail the end", () => {
  const flat = { heap: { before: 10, after: 11 }, descriptors: { before: 50, after: 51 }, sessions: 0, stopSeconds: 1 };
  assert.deepEqual(judgeEnd(flat, false), []);
  assert.deepEqual(judgeEnd({ ...flat, sessions: 3 }, true), []);
  for (const bad of [
    { heap: { before: 10, after: 40 } },
    { descriptors: { before: 50, after: 90 } },
    { sessions: 3 },
    { stopSeconds: Infinity },
  ])
    assert.equal(judgeEnd({ ...flat, ...bad }, false).length, 1, JSON.stringify(bad));
});

test("rounds of an attack are one row: the first before, the worst of all, the last after", () => {
  const round = (worst, rss, failures) => ({
    kind: "library",
    name: "x",
    rounds: 1,
    worst,
    echoes: 10,
    rss,
    heap: undefined,
    logBytes: 5,
    limits: { hits: 1 },
    counts: {},
    failures,
  });
  const both = merge(
    round(20, { before: 1, peak: 9, after: 3 }, []),
    round(10, { before: 3, peak: 5, after: 4 }, ["no"]),
  );
  assert.deepEqual(
    [both.worst, both.rss, both.limits, both.failures],
    [20, { before: 1, peak: 9, after: 4 }, { hits: 2 }, ["no"]],
  );
  assert.equal(table([both])[1][2], "FAILED");
});

test("reports of the honest clients add up", () => {
  const sum = together(
    { ...nothing(), echoes: 2, worst: 30, lost: ["a"] },
    { ...nothing(), echoes: 3, worst: 20, lost: ["b"], oldest: 7 },
  );
  assert.deepEqual([sum.echoes, sum.worst, sum.lost, sum.oldest], [5, 30, ["a", "b"], 7]);
});

test("every attack says what it shows, and has a name of its own", () => {
  for (const { name, proves, on, run } of attacks) assert.ok(name && proves && on.length && run, name);
  assert.equal(new Set(attacks.map(({ name }) => name)).size, attacks.length);
});

test("every report that an honest client makes is one of Reports", () => {
  const sources = readdirSync(import.meta.dirname, { recursive: true }).filter((file) => file.endsWith(".mjs"));
  const made = sources.flatMap((file) =>
    [...readFileSync(join(import.meta.dirname, file), "utf8").matchAll(/\breports\.(\w+)\(/g)].map(([, name]) => name),
  );
  assert.ok(made.includes("joined"));
  for (const name of made) assert.equal(typeof Reports.prototype[name], "function", name);
});
