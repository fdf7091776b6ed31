// The adapter of a server of a cluster over Redis: the classic one or the sharded one.
import { createAdapter, createShardedAdapter } from "@socket.io/redis-adapter";
import { createClient } from "redis";

async function connect(url) {
  const client = createClient({ url });
  client.on("error", (error) => console.error(error.message));
  await client.connect();
  return client;
}

export async function clusterAdapter(url, kind) {
  const clients = [await connect(url), await connect(url)];
  return kind === "sharded" ? createShardedAdapter(...clients) : createAdapter(...clients);
}
