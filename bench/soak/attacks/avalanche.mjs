import { WebSocketClient } from "../clients.mjs";

export default {
  name: "everybody comes back at once", on: ["library"],
  proves: "all are let in",
  async run(context) {
    const clients = context.isShort ? 300 : 2000;
    while (context.isRunning()) {
      const came = await Promise.all(Array.from({ length: clients }, async () => {
        const client = new WebSocketClient(context.port, { heard() {} });
        try {
          return await client.open();
        } catch (error) {
          client.drop();
          return error;
        }
      }));
      const failed = came.filter((each) => each instanceof Error);
      context.count("let in", clients - failed.length);
      if (failed.length) context.fail(`${failed.length} of ${clients} were not let in: ${failed[0].message}`);
      for (const client of came) client.drop?.();
    }
  },
};
