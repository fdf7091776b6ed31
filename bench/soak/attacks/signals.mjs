import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { text } from "../line.mjs";

export default [
  {
    name: "the server is stopped and goes on", on: ["library", "chat"], stops: true,
    proves: "nobody is lost while the server's process stands still (SIGSTOP)",
    async run(context) {
      const { server } = context;
      const still = context.isShort ? 1500 : Math.min(15_000, context.seconds * 500);
      do {
        server.signal("SIGSTOP");
        await context.sleep(still);
        server.signal("SIGCONT");
        context.count("stops");
        await context.sleep(still);
      } while (context.isRunning());
    },
  },
  {
    name: "a client is stopped and goes on", on: ["library"],
    proves: "clients that stand still (SIGSTOP) hold up nobody, and go on when they can",
    async run(context) {
      const puppet = spawn(process.execPath, [
        fileURLToPath(new URL("../puppet.mjs", import.meta.url)),
        String(context.port),
      ]);
      const said = { text: "" };
      puppet.stdout.on("data", (bytes) => (said.text += bytes));
      const says = async (word) => {
        for (let n = 0; n < 600 && !said.text.includes(word); n++) await context.sleep(50);
        if (!said.text.includes(word))
          context.fail(`the stopped clients did not say "${word}": ${said.text.slice(-200)}`);
        said.text = "";
      };
      try {
        await says("all here");
        do {
          puppet.kill("SIGSTOP");
          const sender = await context.joined({ read: true });
          for (let n = 0; n < 100 && context.isRunning(); n++) {
            sender.write(text(`42["all","${"x".repeat(2000)}"]`));
            context.count("broadcasts");
            await context.sleep(5);
          }
          puppet.kill("SIGCONT");
          puppet.stdin.write("echo\n");
          await says("all echoed");
          sender.destroy();
        } while (context.isRunning());
      } finally {
        puppet.kill("SIGKILL");
      }
    },
  },
];
