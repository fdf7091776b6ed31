// Each published module has what Maven Central asks for, an SBOM, and a module name.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { filesBelow } from "./files.mjs";

const REQUIRED_IN_POM = ["name", "description", "url", "licenses", "developers", "scm"];

/** The text of the POM without its dependencies and plugins, whose names would otherwise count as its own. */
const ownPart = (pom) => pom.replace(/<(dependencies|dependencyManagement|build|profiles|parent)>[\s\S]*?<\/\1>/g, "");

/** The address in a POM, with which url and scm begin; empty until the project has one. */
const address = (pom) => /<natter\.address>\s*(\S*?)\s*<\//.exec(pom)?.[1] ?? "";

function missingInPom(pom, parent) {
  return REQUIRED_IN_POM.filter((element) => {
    const own = new RegExp(`<${element}>\\s*\\S`);
    // A module inherits all but its name and description.
    return !own.test(pom) && (element === "name" || element === "description" || !own.test(parent));
  });
}

function checkAddress(parent, bom) {
  if (!address(parent)) throw new Error("The property natter.address is not set in pom.xml.");
  if (address(bom) !== address(parent)) throw new Error("The property natter.address differs in bom/pom.xml.");
}

export async function checkArtifacts(check, work) {
  const folder = join(work, "repository", "io", "natter");
  const parent = ownPart(readFileSync(join(folder, "natter", versionFile(folder, "natter", ".pom")), "utf8"));
  const bom = readFileSync(join(folder, "natter-bom", versionFile(folder, "natter-bom", ".pom")), "utf8");
  await check("the POMs name the repository", () => checkAddress(parent, bom));
  for (const module of readdirSync(folder).sort()) {
    if (!statSync(join(folder, module)).isDirectory()) continue;
    await check(`${module} is complete`, () => {
      const pom = readFileSync(join(folder, module, versionFile(folder, module, ".pom")), "utf8");
      const lacking = missingInPom(ownPart(pom), parent).map((element) => `<${element}> in the POM`);
      if (!pom.includes("<packaging>pom</packaging>")) lacking.push(...missingFiles(folder, module));
      if (lacking.length) throw new Error(`It lacks ${lacking.join(", ")}.`);
    });
  }
}

function missingFiles(folder, module) {
  const lacking = [];
  for (const end of ["-sources.jar", "-javadoc.jar", "-cyclonedx.json"]) {
    if (!versionFile(folder, module, end)) lacking.push(`the file *${end}`);
  }
  const jar = filesBelow(join(folder, module), (name) => /\d\.jar$/.test(name) || name.endsWith("-SNAPSHOT.jar"))[0];
  const names = execFileSync(
    join(process.env.JAVA_HOME, "bin/jar"),
    ["--describe-module", "--file", join(folder, module, jar)],
    { encoding: "utf8" },
  );
  if (!/^io\.natter\./m.test(names)) lacking.push("a module name that begins with io.natter");
  return lacking;
}

function versionFile(folder, module, end) {
  return filesBelow(join(folder, module), (name) => name.endsWith(end))[0];
}
