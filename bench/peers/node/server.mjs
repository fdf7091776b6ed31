// Socket.IO on Node.js with the benchmark's events, nothing tuned that its documentation does not tune.
import { createServer } from "node:http";
import { Server } from "socket.io";
import { events } from "../events.mjs";

const http = createServer();
const io = new Server(http, { serveClient: false, perMessageDeflate: process.env.DEFLATE === "1" });
events(io);
http.listen(Number(process.env.PORT ?? 0), "127.0.0.1", () => console.log(`listening ${http.address().port}`));
