import { readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { PassThrough } from "node:stream";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { watchWork } from "../../src/cli/progress-display.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { runCli } from "./run-cli.js";
import { subscriberCsv } from "./subscriber-csv.js";

const SOURCE = fileURLToPath(new URL("../../src", import.meta.url));
const folder = temporaryFolder();

/** The files that one loads at its start, by imports that are not `import type`. */
function loadedBy(path: string, found = new Set<string>()): Set<string> {
  if (found.has(path)) return found;
  found.add(path);
  const text = readFileSync(path, "utf8");
  for (const [, from] of text.matchAll(/^(?:import|export) (?!type )[^;]*?from "(\.[^"]+)";/gmu)) {
    loadedBy(join(dirname(path), from.replace(/\.js$/, ".ts")), found);
  }
  return found;
}

describe("holdfast --version and --help", () => {
  test("load no command, and of the library only errors, the version and how words are quoted", () => {
    const loaded = [...loadedBy(join(SOURCE, "cli", "main.ts"))].map((path) => relative(SOURCE, path));
    expect(loaded.filter((path) => !path.startsWith("cli")).sort()).toEqual([
      "errors.ts",
      join("printing", "shell-word.ts"),
      "version.ts",
    ]);
    expect(loaded.filter((path) => path.startsWith(join("cli", "commands")))).toEqual([]);
    expect(loadedBy(join(SOURCE, "cli", "commands", "train.ts")).size).toBeGreaterThan(20);
  });

  test.each(["-v", "-V", "--version"])("%s prints the version and ends with 0", async (flag) => {
    const { code, stdout, stderr } = await runCli([flag], folder.path);
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect([code, stderr]).toEqual([0, ""]);
  });

  test.each([
    [["--help"], "Usage: holdfast [options] [command]"],
    [["train", "--help"], "--label <column>"],
    [["help", "train"], "--label <column>"],
    [["score", "-h"], "--max-rejects <rows>"],
  ])("%j prints help and ends with 0", async (args, words) => {
    const { code, stdout, stderr } = await runCli(args, folder.path);
    expect(stdout).toContain(words);
    expect([code, stderr]).toEqual([0, ""]);
  });
});

describe("progress", () => {
  test("in a pipe is at most one line for each phase", async () => {
    folder.file("good.csv", subscriberCsv());
    const { code, stderr } = await runCli(
      ["train", "good.csv", "--label", "Churn", "--id", "id", "--classifier", "logistic,forest"],
      folder.path,
    );
    expect(code).toBe(0);
    const lines = stderr.trimEnd().split("\n");
    expect(lines).toContain("logistic, repeat 1 of 3 …");
    expect(new Set(lines).size).toBe(lines.length);
    expect(lines.filter((line) => !/^[^:]+ …$/.test(line))).toEqual([]);
  });

  test("of phases that alternate and repeat is one line for each", () => {
    const stream = new PassThrough();
    const { onProgress, stop } = watchWork(stream as unknown as NodeJS.WriteStream);
    for (const phase of ["reading", "scoring", "reading"]) {
      for (const done of [0, 50, 100]) onProgress({ phase, done, total: 100 });
    }
    stop();
    expect(String(stream.read())).toBe("reading …\nscoring …\n");
  });

  test("on a terminal is a bar, which is cleared at the end", () => {
    const stream = Object.assign(new PassThrough(), { isTTY: true, columns: 80 });
    const { onProgress, stop } = watchWork(stream as unknown as NodeJS.WriteStream);
    onProgress({ phase: "reading", done: 50, total: 100, detail: "half" });
    stop();
    const text = String(stream.read());
    expect(text).toMatch(/reading \[█+░+\] 50% half/);
    expect(text).not.toContain("done");
  });
});
