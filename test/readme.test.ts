import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { runCli } from "./cli/run-cli.js";
import { packageUserFolder } from "./support/package-user.js";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const readme = readFileSync(join(ROOT, "README.md"), "utf8");
const run = promisify(execFile);
/** Some examples train every family on months of an operator. */
const MINUTES = 10 * 60_000;

/** The fenced blocks of one language, in order. */
function blocks(language: string): string[] {
  return [...readme.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, "gm"))].map(
    ([, code]) => code,
  );
}

describe("the README's code runs as written", () => {
  const folder = packageUserFolder();

  const examples = blocks("ts");
  test("there are examples", () => {
    expect(examples.length).toBeGreaterThan(0);
  });

  test.each(examples.map((code, index): [number, string] => [index + 1, code]))(
    "TypeScript block %i passes the type checker and runs",
    async (index, code) => {
      const name = `example${index}`;
      writeFileSync(join(folder.path, `${name}.ts`), code);
      const tsc = join(ROOT, "node_modules", "typescript", "bin", "tsc");
      const options = [
        "--strict",
        "--module",
        "NodeNext",
        "--target",
        "ES2023",
        "--types",
        "node",
        `${name}.ts`,
      ];
      await run(process.execPath, [tsc, ...options], { cwd: folder.path });
      const { stdout } = await run(process.execPath, [`${name}.js`], { cwd: folder.path });
      expect(stdout).not.toBe("");
    },
    MINUTES,
  );

  const commands = blocks("sh")
    .flatMap((block) => block.replaceAll("\\\n", " ").split("\n"))
    .filter((line) => /^(npx holdfast|mkdir) /.test(line) && !line.includes("../"))
    .map((line) => line.replace(/ +#.*/, "").trim());
  test("there are commands", () => {
    expect(commands.length).toBeGreaterThan(3);
  });

  test(
    "the commands run one after the other",
    async () => {
      for (const command of commands) {
        const words = [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain);
        if (words[0] === "mkdir") {
          mkdirSync(join(folder.path, words[words.length - 1]), { recursive: true });
          continue;
        }
        const { code, stderr } = await runCli(words.slice(2), folder.path);
        expect(code, `${command}\n${stderr}`).toBe(0);
      }
    },
    MINUTES,
  );

  test(
    "the service is started, queried and stopped by the commands as written",
    async () => {
      const [script] = blocks("bash");
      expect(script).toContain("npx holdfast serve churn.model.json");
      // What npm installs is here already; the command line is the one that was built.
      const lines = script.split("\n").filter((line) => !line.startsWith("npm install"));
      const port = 20_000 + (process.pid % 20_000);
      const main = join(ROOT, "dist", "cli", "main.js");
      const runnable = lines
        .join("\n")
        .replaceAll("8080", String(port))
        .replace("npx holdfast", `node ${main}`);
      const { stdout } = await run("bash", ["-c", `set -euo pipefail; set -m\n${runnable}wait || true`], {
        cwd: folder.path,
      });
      expect(stdout).toContain('"msg":"listening"');
      expect(stdout).toContain('{"default":"churn","models":[');
    },
    MINUTES,
  );
});
