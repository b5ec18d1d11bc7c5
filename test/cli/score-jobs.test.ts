import { spawn } from "node:child_process";
import { existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { STREAM_FORMATS } from "../../src/formats/formats.js";
import { writeTable } from "../../src/formats/write-table.js";
import { createRandom } from "../../src/random.js";
import { killAndGoOn, runJob } from "../support/killed-jobs.js";
import { scoringModel } from "../support/scoring-model.js";
import { subscriberRows, subscriberTable } from "../support/subscribers.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { runCli } from "./run-cli.js";

const MAIN = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const MINUTES = 3 * 60_000;
const folder = temporaryFolder();
const at = (name: string) => join(folder.path, name);
const PARTS = 6;
const IN_A_PIPE = `must be ${STREAM_FORMATS.slice(0, -1).join(", ")} or ${STREAM_FORMATS.at(-1)} in a pipe`;
/** More rows than one thread does before it starts others. */
const MANY = 120_000;

beforeAll(async () => {
  await (await scoringModel()).save(at("model.json"));
  mkdirSync(at("parts"));
  for (let part = 0; part < PARTS; part++) {
    await writeTable(subscriberTable(8000, part), at(`parts/${part}.csv`));
    // One row in each that can't be scored.
    writeFileSync(at(`parts/${part}.csv`), `bad,odd,0,0,A,true,No\n`, { flag: "a" });
  }
  await writeTable(subscriberTable(MANY, 3), at("many.csv"));
}, MINUTES);

describe("a job that is killed at random moments and gone on with", () => {
  test.each(["csv", "parquet"])(
    "ends with the bytes of an undisturbed one: %s",
    async (format) => {
      const job = {
        model: at("model.json"),
        input: at("parts"),
        out: at(`out-${format}`),
        rejects: at(`rejects-${format}.ndjson`),
        options: ["--format", format],
      };
      const undisturbed = await killAndGoOn(job, []);
      expect(undisturbed.end.code).toBe(0);
      const random = createRandom(1, format);
      for (let run = 0; run < 3; run++) {
        const kills = [1, 2].map(() => undisturbed.end.milliseconds * (0.2 + 0.7 * random.next()));
        const { digests, end } = await killAndGoOn(job, kills);
        expect(end.code, end.stderr).toBe(0);
        expect(digests).toEqual(undisturbed.digests);
      }
    },
    MINUTES,
  );
});

/** Sends a signal when the first part is done. */
async function interrupted(
  signal: NodeJS.Signals,
  out: string,
): Promise<{ code: number | null; stderr: string }> {
  const args = [
    MAIN,
    "score",
    at("model.json"),
    at("parts"),
    "--out",
    out,
    "--rejects",
    at("r.ndjson"),
    "--json",
  ];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  let stderr = "";
  let isSent = false;
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    if (isSent || !text.includes('"event":"part"')) return;
    isSent = true;
    child.kill(signal);
  });
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { code, stderr };
}

test("a folder job that failed in its first part starts again without --resume", async () => {
  const out = "failed";
  const args = ["score", "model.json", "parts", "--out", out];
  const failed = await runCli(args, folder.path);
  expect(failed.code).toBe(3);
  expect(failed.stderr).toContain("(--rejects rejects.ndjson scores the other rows and writes these there)");
  const again = await runCli([...args, "--rejects", "r.ndjson"], folder.path);
  expect([again.code, existsSync(join(at(out), "_holdfast", "manifest.json"))]).toEqual([0, true]);
  const refused = await runCli([...args, "--rejects", "r.ndjson"], folder.path);
  expect(refused.code).toBe(3);
  expect(refused.stderr).toMatch(
    /^holdfast score: failed: must be a new folder.*\(--overwrite starts again\)$/m,
  );
});

describe("a job that is asked to stop", () => {
  test.each(["SIGINT", "SIGTERM"] as const)(
    "by %s stops at the end of a part and says how to continue",
    async (signal) => {
      const out = at(`stopped-${signal}`);
      const { code, stderr } = await interrupted(signal, out);
      expect(code).toBe(130);
      expect(stderr).toContain("stopping after this part");
      expect(stderr).toMatch(
        /^holdfast score: the work was aborted \([1-5] of 6 parts done; continue with --resume\)$/m,
      );
      expect(existsSync(join(out, "_holdfast", "lock"))).toBe(false);
      const noted = readFileSync(join(out, "_holdfast", "parts.ndjson"), "utf8")
        .trimEnd()
        .split("\n");
      const files = noted.map((line) => (JSON.parse(line) as { output: { file: string } }).output.file);
      expect([files.length >= 1, files.every((file) => existsSync(join(out, file)))]).toEqual([true, true]);
      const { code: later, stdout } = await runCli(
        ["score", "model.json", "parts", "--out", out, "--rejects", "r.ndjson", "--resume", "--json"],
        folder.path,
      );
      // The folder is another one by its relative name.
      expect(later).toBe(0);
      const lines = stdout
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line));
      expect(lines.map(({ event }) => event)).toEqual([
        ...Array.from({ length: PARTS }, () => "part"),
        "summary",
      ]);
      expect(lines.at(-1)).toMatchObject({
        rows: PARTS * 8001,
        scored: PARTS * 8000,
        rejected: PARTS,
        parts: PARTS,
      });
    },
  );
});

describe("holdfast score", () => {
  test("writes the same bytes with any number of threads", async () => {
    for (const threads of ["1", "2", "3"]) {
      const { code, stderr } = await runJob([
        "score",
        at("model.json"),
        at("many.csv"),
        "--out",
        at(`threads-${threads}.csv`),
        "--threads",
        threads,
      ]);
      expect(code, stderr).toBe(0);
    }
    const one = readFileSync(at("threads-1.csv"));
    expect(one.toString("utf8").split("\n").length).toBe(MANY + 2);
    expect(readFileSync(at("threads-2.csv")).equals(one)).toBe(true);
    expect(readFileSync(at("threads-3.csv")).equals(one)).toBe(true);
  });

  test("runs in a pipe as engines of the Hadoop family run it, also on a partition without rows", async () => {
    const columns = ["套餐", "subscriber", "tenure", "客服 calls", "charge", "group"];
    const rows = subscriberRows(50, 9);
    const input = rows.map((row) => columns.map((name) => row[name] ?? "\\N").join("\t")).join("\n");
    const args = [
      "score",
      "model.json",
      "-",
      "--input-format",
      "tsv",
      "--out",
      "-",
      "--no-header",
      "--names",
      columns.join(","),
    ];
    const { code, stdout, stderr } = await piped(args, `${input}\n`);
    expect(code, stderr).toBe(0);
    const lines = stdout
      .trimEnd()
      .split("\n")
      .map((line) => line.split("\t"));
    expect(lines.map(([id]) => id)).toEqual(rows.map(({ subscriber }) => subscriber));
    expect(lines.every((line) => line.length === 6 && Number(line[1]) > 0)).toBe(true);
    // A missing charge is worth nothing.
    expect(lines.some(([, , , value]) => value === "0")).toBe(true);
    const nothing = await piped(args, "");
    expect([nothing.code, nothing.stdout]).toEqual([0, ""]);
  });

  test("says on standard error what it did where scores go to standard output", async () => {
    const { code, stdout, stderr } = await runCli(
      ["score", "model.json", "parts/0.csv", "--out", "-", "--rejects", "r.csv"],
      folder.path,
    );
    expect(code).toBe(0);
    expect(stdout.split("\n")[0]).toBe("id,probability,tier,value,value_band,expected_loss");
    expect(stderr).toContain("8,001 rows in: 8,000 scored, 1 rejected");
    expect(stderr).toContain("No drift from the 400 training rows");
  });

  test("reports drift, bin by bin and input by input", async () => {
    const shifted = subscriberRows(500, 4).map((row) => ({ ...row, tenure: Number(row.tenure) + 100 }));
    writeFileSync(at("shifted.ndjson"), shifted.map((row) => JSON.stringify(row)).join("\n"));
    const { code, stdout } = await runCli(
      ["score", "model.json", "shifted.ndjson", "--out", "s.csv"],
      folder.path,
    );
    expect(code).toBe(0);
    expect(stdout).toContain("Drift from the 400 training rows, by population stability index (PSI):");
    expect(stdout).toMatch(/tenure +\d+\.\d{3} +0\.\d{3}/);
    expect(stdout).toMatch(/0\.0 to 0\.1 +\d+ +[\d.]+% +▇+/);
  });

  test.skipIf(!existsSync("/dev/full"))("ends with 3 when the disk is full", async () => {
    const full = openSync("/dev/full", "w");
    const child = spawn(process.execPath, [MAIN, "score", at("model.json"), at("many.csv"), "--out", "-"], {
      stdio: ["ignore", full, "pipe"],
    });
    let stderr = "";
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
    expect([code, stderr.includes("the disk is full")]).toEqual([3, true]);
  });

  test.each([
    ["no input", ["--out", "s.csv"], "must be given once"],
    ["two inputs", ["parts", "--duckdb", "SELECT 1", "--out", "s.csv"], "must be given once"],
    ["no output", ["parts/0.csv"], "must be given, or --into"],
    ["two outputs", ["parts/0.csv", "--out", "s.csv", "--into", "t"], "must be given, or --into"],
    ["a table without a day", ["parts/0.csv", "--into", "t"], "--scored-on"],
    [
      "a database without a query",
      ["parts/0.csv", "--database", "x.duckdb", "--out", "s.csv"],
      "must come with --duckdb",
    ],
    ["a pipe without a format", ["-", "--out", "s.csv"], IN_A_PIPE],
    ["Parquet in a pipe", ["-", "--input-format", "parquet", "--out", "s.csv"], IN_A_PIPE],
    [
      "columns with a header",
      ["parts/0.csv", "--names", "a", "--out", "s.csv"],
      "must come with --no-header",
    ],
    ["a format that is none", ["parts/0.csv", "--format", "xml", "--out", "s.csv"], "Allowed choices"],
    ["threads that are none", ["parts/0.csv", "--threads", "x", "--out", "s.csv"], "must be a whole number"],
  ])("refuses %s with exit code 2", async (_, args, words) => {
    const { code, stderr } = await runCli(["score", "model.json", ...args], folder.path);
    expect(stderr).toContain(words);
    expect(code).toBe(2);
  });
});

async function piped(args: readonly string[], input: string) {
  const child = spawn(process.execPath, [MAIN, ...args], {
    cwd: folder.path,
    stdio: ["pipe", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  child.stdin.end(input);
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { code, stdout, stderr };
}
