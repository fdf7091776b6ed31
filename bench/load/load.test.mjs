import assert from "node:assert/strict";
import test from "node:test";
import { cases } from "./cases.mjs";
import { chart, written } from "./chart.mjs";
import { each } from "./person.mjs";
import { Samples } from "./samples.mjs";

test("a quantile is the time that this share of the samples does not exceed", () => {
  const samples = new Samples();
  for (let ms = 100; ms >= 1; ms--) samples.add(ms);
  assert.deepEqual(samples.summary(), { count: 100, p50: 50, p90: 90, p99: 99, max: 100 });
  assert.ok(Number.isNaN(new Samples().quantile(0.5)));
});

test("times are written in the unit that a reader expects", () => {
  assert.deepEqual([0.42, 9.96, 12.6, 999, 15_000].map(written), ["0.4 ms", "10.0 ms", "13 ms", "999 ms", "15.0 s"]);
});

test("the chart has a row for each measured case, with its target", () => {
  const svg = chart({ durable: { times: { count: 1, p50: 2, p90: 5, p99: 20, max: 40 }, notes: {} } }, cases);
  assert.match(svg, /half 2\.0 ms, 99 % 20 ms; at most 50 ms wanted/);
  assert.equal(svg.match(/class="target"/g).length, 1);
});

test("work is done for each item, at most some at a time, with the results in order", async () => {
  let now = 0, most = 0;
  const doubled = await each([1, 2, 3, 4, 5], 2, async (n) => {
    most = Math.max(most, ++now);
    await new Promise((resolve) => setImmediate(resolve));
    now--;
    return n * 2;
  });
  assert.deepEqual(doubled, [2, 4, 6, 8, 10]);
  assert.equal(most, 2);
});
