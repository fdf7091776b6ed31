/** Compresses the client's files for browsers that accept Brotli; the JDK has no encoder for it. */
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";

const folder = join(
  import.meta.dirname ?? new URL(".", import.meta.url).pathname,
  "node_modules/socket.io-client/dist",
);
for (const name of readdirSync(folder).filter((file) => /^socket\.io.*\.js(\.map)?$/.test(file))) {
  writeFileSync(join(folder, `${name}.br`), brotliCompressSync(readFileSync(join(folder, name))));
}
