// Socket.IO on Bun with Bun's own engine and the benchmark's events.
import { Server as Engine } from "@socket.io/bun-engine";
import { Server } from "socket.io";
import { events } from "../events.mjs";

const io = new Server();
const engine = new Engine({ path: "/socket.io/" });
io.bind(engine);
events(io);
const { websocket, ...handler } = engine.handler();
const server = Bun.serve({
  port: Number(process.env.PORT ?? 0),
  hostname: "127.0.0.1",
  ...handler,
  websocket: { ...websocket, perMessageDeflate: process.env.DEFLATE === "1" },
});
console.log(`listening ${server.port}`);
