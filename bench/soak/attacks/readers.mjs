import { KB } from "../attack.mjs";
import { text } from "../line.mjs";

export default {
  name: "clients that never read, during broadcasts", on: ["library"], least: 2,
  proves: "what waits for slow receivers is bounded for all together, and others are served meanwhile",
  async run(context) {
    const clients = context.isShort ? 60 : 400;
    // In a room of their own: an honest client by polling could not keep up with this either.
    await context.each(clients, () => context.joined({ behind: [text('42["join","flood"]')] }));
    context.count("clients", clients);
    const sender = await context.joined({ read: true });
    const event = Buffer.concat(Array(10).fill(text(`42["room","flood","${"x".repeat(8 * KB)}"]`)));
    await context.flood(sender, event, "broadcasts of 10 × 8 kB");
  },
};
