import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { writeTable } from "../../src/formats/write-table.js";
import { createRandom } from "../../src/random.js";
import { killAndGoOn } from "../support/killed-jobs.js";
import { scoringModel } from "../support/scoring-model.js";
import { subscriberRows, subscriberTable } from "../support/subscribers.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { runCli } from "./run-cli.js";

const MINUTES = 3 * 60_000;
const folder = temporaryFolder();
const at = (name: string) => join(folder.path, name);

beforeAll(async () => {
  await (await scoringModel()).save(at("model.json"));
  mkdirSync(at("parts"));
  for (let part = 0; part < 6; part++) {
    await writeTable(subscriberTable(8000, part), at(`parts/${part}.csv`));
    writeFileSync(at(`parts/${part}.csv`), `bad,odd,0,0,A,true,No\n`, { flag: "a" });
  }
  await writeTable(subscriberTable(100, 3), at("rows.csv"));
}, MINUTES);

const score = (...args: string[]) => runCli(["score", "model.json", ...args], folder.path);

describe("a list that is killed at random moments and gone on with", () => {
  test.each(["csv", "parquet"])(
    "ends with the bytes of an undisturbed one: %s",
    async (format) => {
      const job = {
        model: at("model.json"),
        input: at("parts"),
        out: at(`out-${format}`),
        rejects: at(`rejects-${format}.ndjson`),
        options: ["--format", format, "--capacity", "call=300,watch=20%"],
      };
      const undisturbed = await killAndGoOn(job, []);
      expect(undisturbed.end.code, undisturbed.end.stderr).toBe(0);
      const random = createRandom(1, `list ${format}`);
      for (let run = 0; run < 4; run++) {
        const kills = [1, 2].map(() => undisturbed.end.milliseconds * (0.3 + 0.65 * random.next()));
        const { digests, end } = await killAndGoOn(job, kills);
        expect(end.code, end.stderr).toBe(0);
        expect(digests).toEqual(undisturbed.digests);
      }
    },
    MINUTES,
  );
});

describe("holdfast score --capacity", () => {
  test("writes the tiers of the list, and prints rows and limit of each", async () => {
    const { code, stdout } = await score("rows.csv", "--out", "list.csv", "--capacity", "call=30,watch=20%");
    expect(code).toBe(0);
    const lines = readFileSync(at("list.csv"), "utf8").trimEnd().split("\n").slice(1);
    const called = lines.filter((line) => line.split(",")[2] === "call");
    expect(called.length).toBe(30);
    const lowest = Math.min(...called.map((line) => Number(line.split(",")[1])));
    expect(stdout).toMatch(/^tier +rows +share +probability from$/m);
    expect(stdout).toMatch(new RegExp(`^call +30 +30\\.0% +${lowest.toFixed(4).replace(".", "\\.")}$`, "m"));
    expect(stdout).toMatch(/^watch +20 +20\.0% +0\.\d{4}$/m);
    expect(stdout).toMatch(/^rest +50 +50\.0% +–$/m);
    expect(stdout).not.toContain("Note: tier");
  });

  test("notes tiers that are not full", async () => {
    const { stdout } = await score("rows.csv", "--out", "list.csv", "--capacity", "call=300");
    expect(stdout).toContain("Note: tier call is not full: 100 rows of 300, there are no more");
  });

  test("holds the list in the summary of --json", async () => {
    const { stdout } = await score("rows.csv", "--out", "list.csv", "--capacity", "call=30", "--json");
    const { list, tiers } = JSON.parse(stdout.trimEnd().split("\n").at(-1) as string);
    expect(tiers).toEqual([
      { tier: "call", rows: 30 },
      { tier: "rest", rows: 70 },
    ]);
    expect(list).toMatchObject({ by: "probability", tiers: [{ tier: "call", capacity: 30, rows: 30 }, {}] });
  });

  test.each([
    [
      "standard output",
      ["rows.csv", "--out", "-", "--format", "csv"],
      "call=3",
      "--capacity: must be left out where scores go to a stream, such as standard output",
    ],
    [
      "a pipe",
      ["-", "--input-format", "csv", "--out", "list.csv"],
      "call=3",
      "--capacity: must be left out where rows come from a stream, such as standard input",
    ],
    [
      "a tier twice",
      ["rows.csv", "--out", "list.csv"],
      "call=3,call=5",
      '--capacity: must be a name that no other entry has, received "call"',
    ],
    [
      "limits",
      ["rows.csv", "--out", "list.csv"],
      "call>=0.5",
      "--capacity: must read like call=300,watch=20%",
    ],
  ])("refuses %s with exit code 2", async (_, args, capacity, words) => {
    const { code, stderr } = await score(...args, "--capacity", capacity);
    expect(stderr).toContain(`holdfast score: ${words}`);
    expect(code).toBe(2);
  });

  test("of another job is not mixed with this one", async () => {
    const args = ["parts", "--out", "mixed", "--rejects", "r.ndjson", "--capacity"];
    expect((await score(...args, "call=300")).code).toBe(0);
    const { code, stderr } = await score(...args, "call=301", "--resume");
    expect([code, stderr.includes('{"name":"call","top":300}'), stderr.includes("--overwrite")]).toEqual([
      2,
      true,
      true,
    ]);
  });
});

describe("holdfast score", () => {
  test("warns of tiers whose share is another than in training, except in a list", async () => {
    const shifted = subscriberRows(2000, 4).map((row) => ({ ...row, tenure: Number(row.tenure) / 10 }));
    writeFileSync(at("shifted.ndjson"), shifted.map((row) => JSON.stringify(row)).join("\n"));
    const { stdout } = await score("shifted.ndjson", "--out", "s.csv");
    expect(stdout).toMatch(/^Warning: tier high: [\d.]+% of rows, drawn for 10\.0%$/m);
    expect((await score("rows.csv", "--out", "s.csv")).stdout).not.toContain("Warning");
    const list = await score("shifted.ndjson", "--out", "s.csv", "--capacity", "high=10%", "--json");
    expect(JSON.parse(list.stdout.trimEnd().split("\n").at(-1) as string).tierDrift).toBeNull();
  });
});
