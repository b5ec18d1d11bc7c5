import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { temporaryFolder } from "../support/temporary-folder.js";
import { runCli } from "./run-cli.js";
import { subscriberCsv } from "./subscriber-csv.js";

const folder = temporaryFolder();
const at = (name: string) => join(folder.path, name);
const run = (...args: string[]) => runCli(args, folder.path);

beforeAll(async () => {
  const [head, ...rows] = subscriberCsv().trimEnd().split("\n");
  const weighed = [`${head},w`, ...rows.map((row, i) => `${row},${i % 3}`)];
  await writeFile(at("plain.csv"), [head, ...rows].join("\n"));
  await writeFile(at("weighed.csv"), weighed.join("\n"));
  const options = ["--label", "Churn", "--id", "id", "--classifier", "logistic", "--repeats", "1"];
  const trained = await run("train", "weighed.csv", ...options, "--weights", "w", "--out", "m.json");
  expect(trained.code).toBe(0);
  expect(trained.stdout).toContain("(weighted by w)");
  expect(trained.stdout).toContain("w: 134 rows have a weight of 0: left out, as if absent");
});

describe.each([
  ["evaluate", ["m.json"]],
  ["compare", ["m.json", "m.json"]],
])("holdfast %s of a model that was trained with weights", (command, models) => {
  test("measures by its column where the file has it", async () => {
    const { code, stdout } = await run(command, ...models, "weighed.csv");
    expect([code, stdout]).toEqual([0, expect.stringContaining("weighted by w")]);
    expect(stdout).not.toContain("not weighted");
  });

  test("measures a file without the column, and says so", async () => {
    const { code, stdout } = await run(command, ...models, "plain.csv");
    expect([code, stdout]).toEqual([
      0,
      expect.stringContaining("not weighted, though the model was trained"),
    ]);
  });

  test("measures every row alike with --no-weights, and needs the column of --weights", async () => {
    const none = await run(command, ...models, "weighed.csv", "--no-weights");
    expect([none.code, none.stdout]).toEqual([0, expect.stringContaining("not weighted")]);
    const missing = await run(command, ...models, "plain.csv", "--weights", "v");
    expect([missing.code, missing.stderr]).toEqual([3, expect.stringContaining('"v"')]);
  });
});
