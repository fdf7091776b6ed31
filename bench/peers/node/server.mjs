// Socket.IO on Node.js with the benchmark's events, nothing tuned that its documentation does not tune. With REDIS_URL
// it is a server of a cluster, with the adapter that ADAPTER names.
import { createServer } from "node:http";
import { Server } from "socket.io";
import { events } from "../events.mjs";

const { PORT = "0", DEFLATE, REDIS_URL, ADAPTER } = process.env;
const http = createServer();
const adapter = REDIS_URL && (await (await import("./cluster.mjs")).clusterAdapter(REDIS_URL, ADAPTER));
const io = new Server(http, { serveClient: false, perMessageDeflate: DEFLATE === "1", ...(adapter && { adapter }) });
events(io);
http.listen(Number(PORT), "127.0.0.1", () => console.log(`listening ${http.address().port}`));
