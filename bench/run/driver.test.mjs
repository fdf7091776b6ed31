import assert from "node:assert/strict";
import test from "node:test";
import { buildDriver, drive } from "./driver.mjs";
import { servers, start } from "./servers.mjs";

/** A few clients for a moment: whether the programs work together, not how fast they are. */
const SHORT = { clients: 20, warmup: 0.1, seconds: 0.3 };

test("the load driver and the bare server are built, and a broadcast reaches each client", async () => {
  servers.bare.prepare();
  const program = buildDriver();
  const server = await start("bare");
  try {
    const figures = await drive(program, server, { ...SHORT, mode: "broadcast" });
    assert.equal(figures.clients, 20);
    assert.deepEqual([figures.lost, figures.odd, figures.missing], [0, 0, 0]);
    assert.ok(figures.counted >= 20, `${figures.counted} deliveries`);
  } finally {
    await server.stop();
  }
});

test("the load driver says why it cannot measure a server", async () => {
  const refused = drive(buildDriver(), { port: 1, pid: process.pid }, { ...SHORT, mode: "broadcast" });
  await assert.rejects(refused, (error) => error.message.length > 10);
});
