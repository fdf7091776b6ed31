// The container image of bin/package is built and used, as compose.yaml runs it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { after, afterEach, before, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { Containers, LIMITS } from "./containers.mjs";
import { built, io } from "./program.mjs";

const IMAGE = "localhost/natter:test";
// The rights that compose.yaml gives, in the words of podman.
const CLOSED = ["--read-only", "--tmpfs", "/tmp", "--cap-drop", "ALL", "--security-opt", "no-new-privileges:true",
  "--volume", "natter:/var/lib/natter"];
let containers;

before(() => {
  containers = new Containers();
  const [, base, release] = /^FROM (debian:(\w+)-slim)$/m.exec(readFileSync(join(built, "image/Dockerfile"), "utf8"));
  containers.makeBase(release, `docker.io/library/${base}`);
  containers.build(join(built, "image"), IMAGE);
});

afterEach(() => containers.podman("rm", "--all", "--force", "--time", "0"));
after(() => containers?.close());

async function freePort() {
  const server = createServer();
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}

async function until(condition, what) {
  const end = Date.now() + 120_000;
  while (!(await condition())) {
    assert.ok(Date.now() < end, what);
    await pause(100);
  }
}

/** A chat in a container: its address, and what it says. */
async function start() {
  const port = await freePort();
  const id = containers.start(CLOSED, IMAGE, ["--port", String(port)]);
  const said = () => containers.podman("logs", id);
  await until(() => said().includes("Natter is at "), () => said());
  return { id, port, said, address: `http://127.0.0.1:${port}` };
}

/** Asks the chat as the session of a cookie. */
async function ask(address, cookie, event, request) {
  const socket = io(address, { transports: ["websocket"], reconnection: false, extraHeaders: { cookie } });
  try {
    await new Promise((connected, failed) => socket.on("connect", connected).on("connect_error", failed));
    await socket.timeout(30_000).emitWithAck("hello", { proto: 2, device: "test", rooms: {} });
    return await socket.timeout(30_000).emitWithAck(event, request);
  } finally {
    socket.close();
  }
}

test("a message stays in the volume when the container is replaced", async () => {
  const first = await start();
  const answer = await fetch(`${first.address}/api/session`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-natter": "1" },
    body: JSON.stringify({ name: "Ana" }),
  });
  assert.equal(answer.status, 200);
  const cookie = answer.headers.get("set-cookie").split(";")[0];
  const sent = await ask(first.address, cookie, "msg.send", { room: "general", cmid: "one", text: "in a container" });
  assert.ok(sent.ok, JSON.stringify(sent));

  containers.podman("stop", "--time", "60", first.id);
  const state = containers.podman("inspect", "--format", "{{.State.ExitCode}} {{.Config.User}}", first.id);
  assert.equal(state, "143 natter", "SIGTERM ended the chat of the user natter");
  assert.doesNotMatch(first.said(), /WARN|ERROR/);
  containers.podman("rm", first.id);

  const second = await start();
  const { messages } = await ask(second.address, cookie, "history", { room: "general" });
  assert.ok(messages.some(({ text }) => text === "in a container"), JSON.stringify(messages));
});

test("the JVM of the image uses its cache for a fast start", () => {
  const lib = "/opt/natter/lib";
  const version = containers.podman("run", "--rm", "--network", "host", ...LIMITS,
    "--entrypoint", `${lib}/runtime/bin/java`, IMAGE,
    `@${lib}/jvm-flags`, `-XX:AOTCache=${lib}/natter-chat.aot`, "-XX:AOTMode=on", "-jar", `${lib}/natter-chat.jar`,
    "--version");
  assert.match(version, /^Natter /);
});

test("only the user of the chat can read the volume", async () => {
  const { id } = await start();
  const modes = containers.podman("exec", id, "stat", "--format", "%a %U", "/var/lib/natter",
    "/var/lib/natter/natter.db");
  assert.equal(modes, "700 natter\n600 natter");
});

test("the health check passes while the chat is ready, and fails when no chat answers", async () => {
  const { id, port } = await start();
  const check = (at) => containers.podman("exec", "--env", `NATTER_PORT=${at}`, id, "/opt/natter/bin/natter-health");
  assert.equal(check(port), "");
  assert.match(containers.podman("image", "inspect", "--format", "{{.HealthCheck.Test}}", IMAGE), /natter-health/);
  const silent = await freePort();
  assert.throws(() => check(silent), /refused/);
});
