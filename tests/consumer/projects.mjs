// Projects outside the repository use the artifacts as the README says, on the class path and on the module path.
import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { homedir, tmpdir } from "node:os";
import { mkdtempSync } from "node:fs";
import { dirname, join } from "node:path";
import { createRequire } from "node:module";

const read = (root, path) => readFileSync(join(root, path), "utf8");

/** The first snippet of a language in a page that contains a text. */
function snippet(page, language, text) {
  const found = [...page.matchAll(new RegExp("```" + language + "\\n([\\s\\S]*?)```", "g"))].map((match) => match[1]);
  const one = found.find((code) => code.includes(text));
  if (!one) throw new Error(`The README has no ${language} snippet with '${text}'.`);
  return one;
}

/** Maven's repository of this machine without Natter: what others made is not downloaded again. */
function localRepository(work) {
  const own = join(process.env.MAVEN_REPOSITORY ?? join(homedir(), ".m2", "repository"));
  const copy = join(work, "local-repository");
  mkdirSync(copy, { recursive: true });
  try {
    execFileSync("cp", ["-al", `${own}/.`, copy], { stdio: "ignore" });
  } catch {
    cpSync(own, copy, { recursive: true });
  }
  rmSync(join(copy, "io", "natter"), { recursive: true, force: true });
  return copy;
}

const pom = (readme, work) => `<?xml version="1.0" encoding="UTF-8"?>
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>com.example</groupId>
  <artifactId>consumer</artifactId>
  <version>1</version>
  <repositories>
    <repository>
      <id>release</id>
      <url>file://${work}/repository</url>
    </repository>
  </repositories>
${snippet(readme, "xml", "natter-bom")}
  <build>
    <plugins>
      <plugin><artifactId>maven-compiler-plugin</artifactId><version>3.16.0</version></plugin>
      <plugin><artifactId>maven-resources-plugin</artifactId><version>3.5.0</version></plugin>
      <plugin><artifactId>maven-dependency-plugin</artifactId><version>3.11.0</version></plugin>
    </plugins>
  </build>
</project>
`;

function compile(folder, local) {
  const words = ["-B", "-ntp", "-q", `-Dmaven.repo.local=${local}`, "compile", "dependency:build-classpath",
    "-DincludeScope=runtime", "-Dmdep.outputFile=classpath"];
  try {
    execFileSync("mvn", words, { cwd: folder, encoding: "utf8", stdio: "pipe" });
  } catch (error) {
    throw new Error(`${error.stdout}\n${error.stderr}`);
  }
  return readFileSync(join(folder, "classpath"), "utf8").trim();
}

const freePort = () => new Promise((resolve) => {
  const server = createServer().listen(0, "127.0.0.1", () => {
    const { port } = server.address();
    server.close(() => resolve(port));
  });
});

/** Starts the program and sends it one event with the official client, as the README's page does. */
async function answer(root, words, port) {
  const java = spawn(join(process.env.JAVA_HOME, "bin", "java"), words, { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [java.stdout, java.stderr]) stream.on("data", (bytes) => (output += bytes));
  const ended = new Promise((resolve) => java.on("exit", resolve));
  const { io } = createRequire(join(root, "tests/conformance/clients/package.json"))("socket.io-client");
  const socket = io(`http://127.0.0.1:${port}`, { reconnectionDelay: 100, reconnectionDelayMax: 100 });
  try {
    const failed = ended.then(() => Promise.reject(new Error(`The program ended:\n${output}`)));
    return await Promise.race([socket.timeout(30_000).emitWithAck("chat message", "hello"), failed]);
  } finally {
    socket.close();
    java.kill("SIGTERM");
    await ended;
  }
}

/** The README's program as a class of a named module: a compact source file belongs to no module. */
function asModule(program) {
  const imports = program.match(/^import .*$/gm).join("\n");
  const body = program.slice(program.indexOf("void main()"));
  return `package consumer;\n${imports}\npublic class Hello {\n    public static ${body}}\n`;
}

const MODULE = "module consumer {\n    requires io.natter.socketio;\n    requires io.natter.netty;\n}\n";

export async function checkConsumers(check, root, work) {
  const readme = read(root, "README.md");
  const local = localRepository(work);
  const outside = mkdtempSync(join(tmpdir(), "natter-consumer-"));
  const project = async (name, files, words) => {
    const port = await freePort();
    const folder = join(outside, name);
    for (const [path, text] of Object.entries({ "pom.xml": pom(readme, work), ...files })) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text.replace("3000", port));
    }
    const classpath = `${join(folder, "target/classes")}:${compile(folder, local)}`;
    const answered = await answer(root, words(classpath), port);
    if (answered !== "ok") throw new Error(`The server answered ${JSON.stringify(answered)}.`);
    return "the client got its answer";
  };
  try {
    const program = snippet(readme, "java", "void main()");
    await check("the README's program runs on the class path", () =>
      project("classpath", { "src/main/java/Hello.java": program }, (path) => ["-cp", path, "Hello"]));
    await check("the README's program runs on the module path", () =>
      project("modulepath",
        { "src/main/java/module-info.java": MODULE, "src/main/java/consumer/Hello.java": asModule(program) },
        (path) => ["-p", path, "-m", "consumer/consumer.Hello"]));
  } finally {
    rmSync(outside, { recursive: true, force: true });
  }
}
