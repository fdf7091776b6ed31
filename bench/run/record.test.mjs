import assert from "node:assert/strict";
import { test } from "node:test";
import { chart } from "./chart.mjs";
import { begin, empty, keep, legend, letter, tidy } from "./record.mjs";
import { caseTable, headlineTable, markdown } from "./report.mjs";

const ECHO = { name: "echo", point: "top" };
const latency = { p50: 1, p99: 2, p999: 3, max: 4 };
const figure = (cpu) => ({ cpu_us: cpu, per_second: 1000 / cpu, driver_busy: 0.5, latency });
const rowOf = (table, server) => table.find(([name]) => name === server);

/** A record of one run a minute, each with the given cost of an echo by server. */
function recordOf(...runs) {
  const results = empty();
  runs.forEach((servers, minute) => {
    const run = begin(results, `machine ${minute}`, new Date(Date.UTC(2030, 0, 2, 3, minute)));
    for (const [server, costs] of Object.entries(servers))
      for (const cost of [costs].flat()) keep(results, run, { ...ECHO, server }, figure(cost));
  });
  tidy(results);
  return results;
}

test("figures of one run are compared", () => {
  const results = recordOf({ bare: [4, 5, 6], natter: [9, 10, 11] });
  assert.deepEqual(rowOf(caseTable(results, "echo"), "natter").slice(0, 2), ["natter", "10.0 (9.0–11.0) ×2.00"]);
  assert.equal(rowOf(headlineTable(results), "natter")[3], "10.0 (9.0–11.0) ×2.00");
});

test("a figure measured again is not compared with what an older run measured", () => {
  const results = recordOf({ bare: 5, natter: 10, node: 20 }, { natter: 5 });
  for (const table of [caseTable(results, "echo"), headlineTable(results)]) {
    assert.ok(rowOf(table, "natter").every((cell) => !cell.includes("×")), rowOf(table, "natter").join());
    assert.ok(rowOf(table, "node").some((cell) => cell.includes("×")), "what is of the base's run still is");
  }
});

test("when the base is measured again, what an older run measured has no ratio", () => {
  const results = recordOf({ bare: 5, natter: 10 }, { bare: 1 });
  assert.equal(rowOf(caseTable(results, "echo"), "natter")[1], "10.0");
});

test("a row says from which run it is, and the legend when that was", () => {
  const results = recordOf({ bare: 5, natter: 10 }, { natter: 5 });
  assert.equal(rowOf(caseTable(results, "echo"), "bare").at(-1), "a");
  assert.equal(rowOf(caseTable(results, "echo"), "natter").at(-1), "b");
  assert.deepEqual(legend(results), ["a: 2030-01-02 03:00 UTC, machine 0", "b: 2030-01-02 03:01 UTC, machine 1"]);
  assert.match(markdown(results), /- run b: 2030-01-02 03:01 UTC, machine 1/);
});

test("where the figures of a row are from several runs, the head of the column says from which", () => {
  const results = recordOf({ bare: 5, natter: 10 });
  const later = begin(results, "machine", new Date(Date.UTC(2031, 0)));
  keep(results, later, { name: "echo", point: "half load", server: "natter" }, figure(1));
  const table = caseTable(results, "echo");
  assert.deepEqual([table[0][1], table[0][4]], ["top: CPU µs [a]", "half load: p50 ms [b]"]);
  assert.deepEqual([rowOf(table, "natter")[1], rowOf(table, "natter").at(-1)], ["10.0 ×2.00", "a, b"]);
});

test("where the figures of a column are from several runs too, each says from which", () => {
  const results = recordOf({ bare: 5, natter: 10 });
  const later = begin(results, "machine", new Date(Date.UTC(2031, 0)));
  for (const point of ["top", "half load"]) keep(results, later, { name: "echo", point, server: "node" }, figure(20));
  keep(results, later, { name: "echo", point: "half load", server: "bare" }, figure(1));
  const table = caseTable(results, "echo");
  assert.equal(rowOf(table, "bare")[1], "5.0 [a]");
  assert.equal(rowOf(table, "natter")[1], "10.0 ×2.00");
  assert.equal(rowOf(table, "node")[1], "20.0");
});

test("the first figure of a run takes the place of the older ones, the next are added", () => {
  const results = recordOf({ natter: [1, 2, 3] }, { natter: [4, 6] });
  assert.equal(rowOf(caseTable(results, "echo"), "natter")[1], "5.0 (4.0–6.0)");
});

test("a run of which nothing is left is forgotten", () => {
  const results = recordOf({ natter: 1 }, { natter: 2 });
  assert.deepEqual(Object.keys(results.runs), ["2030-01-02T03:01:00Z"]);
  assert.equal(letter(results, "2030-01-02T03:01:00Z"), "a");
});

test("bars of several runs in one panel carry the letters of their runs", () => {
  assert.doesNotMatch(chart(recordOf({ bare: 5, natter: 10 })), /\[a\]/);
  const mixed = chart(recordOf({ bare: 5, natter: 10 }, { natter: 5 }));
  assert.match(mixed, />bare \[a\]</);
  assert.match(mixed, />natter \[b\]</);
  assert.match(mixed, /run b: 2030-01-02 03:01 UTC, machine 1/);
});
