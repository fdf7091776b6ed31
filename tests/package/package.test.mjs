// The package of bin/package starts and works on a machine without Java.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { built, folder, io, start } from "./program.mjs";

const one = (pattern) => {
  const found = readdirSync(built).filter((name) => pattern.test(name));
  assert.equal(found.length, 1, `one file in ${built} matches ${pattern}`);
  return join(built, found[0]);
};

/** The page is served, and a client gets its session by polling and by WebSocket. */
async function canBeUsed(address) {
  const page = await fetch(address);
  assert.equal(page.status, 200);
  assert.match(await page.text(), /<title>/);
  assert.equal((await fetch(`${address}/readyz`)).status, 200);
  for (const transport of ["polling", "websocket"]) {
    const socket = io(address, { transports: [transport], reconnection: false });
    try {
      await new Promise((connected, failed) => {
        socket.on("connect", connected);
        // The chat lets in only those with a session; its refusal shows that middleware and store run.
        socket.on("connect_error", (error) => (error.data ? connected() : failed(error)));
      });
    } finally {
      socket.close();
    }
  }
}

test("the archive runs from any folder, with nothing else installed", async (t) => {
  const place = folder(t);
  execFileSync("tar", ["-C", place, "-xzf", one(/^natter-chat-.*\.tar\.gz$/)]);
  const chat = await start(t, join(place, "natter/bin/natter-chat"), join(place, "data"));
  await canBeUsed(chat.address);
  chat.child.kill("SIGTERM");
  assert.equal(await chat.ended, 143);
  assert.doesNotMatch(chat.output(), /warning/i);
});

test("the archive's JVM uses its cache for a fast start", (t) => {
  const place = folder(t);
  execFileSync("tar", ["-C", place, "-xzf", one(/^natter-chat-.*\.tar\.gz$/)]);
  const lib = join(place, "natter/lib");
  const words = [`@${lib}/jvm-flags`, `-XX:AOTCache=${lib}/natter-chat.aot`, "-XX:AOTMode=on", "-jar",
    `${lib}/natter-chat.jar`, "--version"];
  const version = execFileSync(join(lib, "runtime/bin/java"), words, { encoding: "utf8" });
  assert.match(version, /^Natter /);
});

test("the .deb runs from where it unpacks", async (t) => {
  const place = folder(t);
  execFileSync("dpkg-deb", ["-x", one(/^natter_.*\.deb$/), place]);
  const chat = await start(t, join(place, "opt/natter/bin/natter-chat"), join(place, "data"));
  await canBeUsed(chat.address);
});

test("the .deb's service is valid and closed", (t) => {
  const place = folder(t);
  execFileSync("dpkg-deb", ["-x", one(/^natter_.*\.deb$/), place]);
  const unit = "lib/systemd/system/natter.service";
  assert.match(readFileSync(join(place, unit), "utf8"), /^Restart=on-failure$/m);
  execFileSync("systemd-analyze", ["verify", `--root=${place}`, "natter.service"], { stdio: "pipe" });
  const words = ["security", "--offline=true", "--threshold=20", `--root=${place}`, "natter.service"];
  execFileSync("systemd-analyze", words, { stdio: "pipe" });
});

test("the folder of the image has what its Dockerfile copies", () => {
  const file = readFileSync(join(built, "image/Dockerfile"), "utf8");
  for (const [, source] of file.matchAll(/^COPY (\S+)/gm)) {
    assert.ok(readdirSync(join(built, "image")).includes(source), source);
  }
});
