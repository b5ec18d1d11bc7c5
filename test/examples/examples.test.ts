import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { ROOT } from "../package/entry-points.js";
import { temporaryFolder } from "../support/temporary-folder.js";

// Without a network: the package is the checkout, as it was built. `scripts/try-examples.js` installs the packed one.

const run = promisify(execFile);
const folder = temporaryFolder();
const EXAMPLES = join(ROOT, "examples");
const names = readdirSync(EXAMPLES, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? [entry.name] : [],
);

/** A copy of an example in which the package and fastify are installed. */
function installed(name: string): string {
  const copy = join(folder.path, name);
  cpSync(join(EXAMPLES, name), copy, { recursive: true });
  mkdirSync(join(copy, "node_modules", ".bin"), { recursive: true });
  symlinkSync(ROOT, join(copy, "node_modules", "holdfast"));
  symlinkSync(join(ROOT, "node_modules", "fastify"), join(copy, "node_modules", "fastify"));
  symlinkSync(join(ROOT, "dist", "cli", "main.js"), join(copy, "node_modules", ".bin", "holdfast"));
  return copy;
}

async function npmRun(
  name: string,
  script: string,
): Promise<{ readonly copy: string; readonly stdout: string }> {
  const copy = installed(name);
  const { stdout } = await run("npm", ["run", "--silent", script], { cwd: copy }).catch(
    (error: Error & { readonly stdout: string; readonly stderr: string }) => {
      throw new Error(`${error.message}\n${error.stdout}\n${error.stderr}`);
    },
  );
  return { copy, stdout };
}

test("script: trains, evaluates, prints tiers and reasons, writes a model and a report", async () => {
  const { copy, stdout } = await npmRun("script", "start");
  expect(stdout).toMatch(
    /^978 customers to learn from, 419 set aside\nROC AUC 0\.\d{3} \(0\.\d{3} to 0\.\d{3}\)\n/u,
  );
  expect(stdout).toMatch(/\ncall {3}\d+ customers, \d+\.\d% left\n/u);
  expect(stdout).toMatch(/\ncall first: S\d{7}, \d+% \(.+\)\n/u);
  for (const file of ["churn.model.json", "report.html"]) expect(existsSync(join(copy, file))).toBe(true);
});

test("nightly-batch: trains, runs the job once, and finds the day done the second time", async () => {
  const { copy, stdout } = await npmRun("nightly-batch", "start");
  expect(stdout).toContain("nothing is wrong; a run would\n");
  expect(stdout).toContain("nightly, 2026-02-01: done: 1,390 rows scored\n");
  expect(stdout).toMatch(/already done at .*: 1,390 rows scored/u);
  expect(
    readFileSync(join(copy, "scores", "2026-02-01.csv"), "utf8")
      .trim()
      .split("\n"),
  ).toHaveLength(1391);
});

test("fastify-service: predicts over HTTP, and answers bad rows with 400 and what is wrong", async () => {
  const { stdout } = await npmRun("fastify-service", "smoke");
  expect(stdout).toMatch(/\n200 \{"id":"S1","probability":0\.\d+/u);
  expect(stdout).toContain('\n400 predictMany: column "tenure_months", row 2: must be a finite number');
  expect(stdout).toMatch(/the service answers as it should\n$/u);
});

describe.each(names)("%s", (name) => {
  test("is private, depends on this package, and is described", () => {
    const about = JSON.parse(readFileSync(join(EXAMPLES, name, "package.json"), "utf8"));
    const own = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
    expect(about).toMatchObject({ private: true, type: "module", engines: own.engines });
    expect(about.dependencies.holdfast).toBe(`^${own.version}`);
    expect(about.scripts.start).toBeDefined();
    expect(readFileSync(join(EXAMPLES, "README.md"), "utf8")).toContain(`[${name}](${name}/README.md)`);
  });
});
