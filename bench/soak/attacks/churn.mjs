import { PollingClient, UpgradingClient, WebSocketClient } from "../clients.mjs";
import { churn } from "../churn.mjs";
import { Reports } from "../reports.mjs";

class ChurnReports extends Reports {
  constructor(context) {
    super();
    this.context = context;
  }

  answered() {
    this.context.count("echoes");
  }

  visited() {
    this.context.count("visits");
  }

  checked(check) {
    this.context.count("frames checked", check.packets);
    for (const sample of check.samples) this.context.fail(sample);
    check.packets = 0;
    check.samples = [];
  }
}

export default {
  name: "churn",
  on: ["library"],
  least: 2,
  proves: "a client gets nothing that belongs to another, however clients come and leave",
  run: (context) =>
    context.each(context.isShort ? 24 : 100, async (i) => {
      const reports = new ChurnReports(context);
      while (context.isRunning()) {
        try {
          await churn(
            { ...context, port: context.port, reports },
            context.random.of([WebSocketClient, WebSocketClient, UpgradingClient, PollingClient]),
            `client ${i}`,
          );
        } catch (error) {
          if (context.isRunning()) context.fail(error.message);
        }
      }
    }),
};
