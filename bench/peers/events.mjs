/** The events that every measured server has; one file for Node.js and Bun. */
export function events(io) {
  io.on("connection", (socket) => {
    socket.on("chat message", (text) => io.emit("chat message", text));
    socket.on("room message", (room, text) => io.to(room).emit("chat message", text));
    socket.on("echo", (text) => socket.emit("echo", text));
    socket.on("ack", (text, ack) => ack(text));
    socket.on("join", (room, ack) => {
      socket.join(room);
      ack();
    });
  });
}
