import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { temporaryFolder } from "../support/temporary-folder.js";
import { runCli } from "./run-cli.js";
import { subscriberCsv } from "./subscriber-csv.js";

const folder = temporaryFolder();
const csv = subscriberCsv();
const at = (name: string) => join(folder.path, name);

beforeAll(async () => {
  await writeFile(at("good.csv"), csv);
  const trained = await runCli(
    [
      "train",
      "good.csv",
      "--label",
      "Churn",
      "--id",
      "id",
      "--classifier",
      "logistic",
      "--out",
      "good.model.json",
    ],
    folder.path,
  );
  expect(trained.code).toBe(0);
});

/** Training on this content must fail with this exit code, these words, and nothing written. */
async function trainingFails(
  content: string | Buffer,
  words: readonly string[],
  more: readonly string[] = [],
) {
  await writeFile(at("bad.csv"), content);
  const before = await readdir(folder.path);
  const args = ["train", "bad.csv", "--label", "Churn", "--id", "id", "--classifier", "logistic", ...more];
  const { code, stdout, stderr } = await runCli([...args, "--out", "bad.model.json"], folder.path);
  for (const word of words) expect(stderr).toContain(word);
  expect(stderr).not.toMatch(/\n +at /);
  expect(stdout).toBe("");
  expect(code).toBe(3);
  expect(await readdir(folder.path)).toEqual(before);
}

describe("training data that can't be trained on ends with exit code 3 and writes nothing", () => {
  const [head, ...rows] = csv.trimEnd().split("\n");
  const relabelled = (label: (row: number) => string) =>
    [head, ...rows.map((row, i) => row.replace(/(Yes|No)$/, label(i)))].join("\n");

  test("a label column that is not there, with the columns there are", async () => {
    await trainingFails(csv.replace("Churn", "Left"), ["bad.csv", '"Churn"', "tariff, tenure"]);
  });
  test("more than two label values, each counted", async () => {
    await trainingFails(
      relabelled((i) => ["Yes", "No", "Maybe"][i % 3]),
      ["bad.csv", '"Churn"', "Maybe (133)"],
    );
  });
  test("a single class", async () => {
    await trainingFails(
      relabelled(() => "No"),
      ["bad.csv", '"Churn"', "No (400)"],
    );
  });
  test("rows without a label, each by number", async () => {
    await trainingFails(
      relabelled((i) => (i === 4 || i === 9 ? "" : i % 2 ? "Yes" : "No")),
      ["2 problems", "row 5", "row 10"],
    );
  });
  test("fewer than 20 of a class", async () => {
    await trainingFails(
      relabelled((i) => (i < 19 ? "Yes" : "No")),
      ['20 rows of "Yes"', "received 19"],
    );
  });
  test("no usable feature", async () => {
    const content = [
      "id,country,Churn",
      ...rows.map((row, i) => `${row.split(",")[0]},CN,${i % 3 ? "No" : "Yes"}`),
    ].join("\n");
    await trainingFails(content, ["can be a feature", "country: constant"]);
  });
  test("infinite numbers, by column, row and value", async () => {
    const content = [
      head,
      ...rows.map((row, i) => (i === 6 ? row.replace(/,\d+\.\d+,CN/, ",inf,CN") : row)),
    ].join("\n");
    await trainingFails(content, ["bad.csv", '"charge"', "row 7", "finite"]);
  });
  test("ragged rows, all of them by line", async () => {
    const content = [
      head,
      ...rows.map((row, i) => (i === 2 ? `${row},extra` : i === 5 ? "00006,basic" : row)),
    ].join("\n");
    await trainingFails(content, ["2 problems", "line 4", "line 7"]);
  });
  test("an unclosed quote, by the line where it opens", async () => {
    const content = [head, ...rows.map((row, i) => (i === 3 ? row.replace("0", '"0') : row))].join("\n");
    await trainingFails(content, ["line 5", "quote"]);
  });
  test("an empty file", async () => {
    await trainingFails("", ["bad.csv", "empty"]);
  });
  test("a header without rows", async () => {
    await trainingFails(`${head}\n`, ["bad.csv", "row"]);
  });
  test("a column name twice", async () => {
    await trainingFails(csv.replace("tenure", "tariff"), ['"tariff"', "bad.csv"]);
  });
  test("bytes that are not UTF-8, suggesting the encoding", async () => {
    const content = Buffer.concat([
      Buffer.from(csv),
      Buffer.from([0xcc, 0xd7, 0xb2, 0xcd]),
      Buffer.from(",1,2,3,CN,No\n"),
    ]);
    await trainingFails(content, ["bad.csv", "line 402", "--encoding gb18030"]);
  });
  test("a file, a folder and an id column that are not there", async () => {
    const missing = await runCli(["train", "nowhere.csv", "--label", "Churn"], folder.path);
    expect([missing.code, missing.stderr]).toEqual([3, expect.stringContaining("nowhere.csv")]);
    await mkdir(at("directory.csv"), { recursive: true });
    const directory = await runCli(["train", "directory.csv", "--label", "Churn"], folder.path);
    expect([directory.code, directory.stderr]).toEqual([3, expect.stringContaining("directory")]);
    const noId = await runCli(["train", "good.csv", "--label", "Churn", "--id", "nothing"], folder.path);
    expect([noId.code, noId.stderr]).toEqual([3, expect.stringContaining('"nothing"')]);
    const noFolder = await runCli(
      ["train", "good.csv", "--label", "Churn", "--out", "no/where.json"],
      folder.path,
    );
    expect([noFolder.code, noFolder.stderr]).toEqual([3, expect.stringContaining("no/where.json")]);
  });
});

describe("a model file that is not sound ends with exit code 4", () => {
  const damaged: [string, (text: string) => string, string][] = [
    ["cut short", (text) => text.slice(0, text.length / 2), "cut short"],
    [
      "edited by one digit",
      (text) =>
        text.replace(/("intercept":-?\d+\.)(\d)/, (_, start, digit) => start + ((Number(digit) + 1) % 10)),
      "edited",
    ],
    [
      "of a newer format",
      (text) => text.replace(/"formatVersion":\d+/, '"formatVersion":99'),
      "update holdfast",
    ],
    ["not JSON", () => "id,probability,tier\n", "JSON"],
    ["JSON but no model", () => '{"hello":"world"}', "model file"],
    ["empty", () => "", "JSON"],
  ];
  test.each(damaged)("%s", async (_, damage, word) => {
    const text = await readFile(at("good.model.json"), "utf8");
    expect(damage(text)).not.toBe(text);
    await writeFile(at("damaged.model.json"), damage(text));
    const { code, stderr } = await runCli(
      ["score", "damaged.model.json", "good.csv", "--out", "s.csv"],
      folder.path,
    );
    expect(stderr).toContain("damaged.model.json");
    expect(stderr).toContain(word);
    expect(code).toBe(4);
    expect(await readdir(folder.path)).not.toContain("s.csv");
  });
  test("not there", async () => {
    expect((await runCli(["inspect", "nowhere.model.json"], folder.path)).code).toBe(4);
  });
});

describe("scoring data that does not fit the model ends with exit code 3 and writes nothing", () => {
  test("a missing column and a column of another type, both at once where both can be seen", async () => {
    const missing = csv.replace("tenure", "tenures").replace("tariff", "tarif");
    await writeFile(at("missing.csv"), missing);
    const { code, stderr } = await runCli(
      ["score", "good.model.json", "missing.csv", "--out", "s.csv"],
      folder.path,
    );
    expect(stderr).toContain('"tenure"');
    expect(stderr).toContain('"tariff"');
    expect(code).toBe(3);
    expect(await readdir(folder.path)).not.toContain("s.csv");
  });
  test("text where the model wants a number, by file, column, row and value", async () => {
    const [head, first, ...rest] = csv.split("\n");
    await writeFile(at("typed.csv"), [head, first.replace(/,\d+,/, ",many,"), ...rest].join("\n"));
    const { code, stderr } = await runCli(
      ["score", "good.model.json", "typed.csv", "--out", "s.csv"],
      folder.path,
    );
    for (const word of ["typed.csv", '"tenure"', "row 1", '"many"']) expect(stderr).toContain(word);
    expect(code).toBe(3);
    expect(await readdir(folder.path)).not.toContain("s.csv");
  });
});

test("Ctrl-C ends training with exit code 130, one line and nothing written", async () => {
  const args = ["train", "good.csv", "--label", "Churn", "--id", "id", "--out", "interrupted.model.json"];
  const { code, stdout, stderr } = await runCli(args, folder.path, "logistic, repeat 2 of 3 …");
  expect(stderr).toContain("holdfast train: the work was aborted\n");
  expect(stdout).toBe("");
  expect(code).toBe(130);
  expect((await readdir(folder.path)).filter((name) => name.includes("interrupted"))).toEqual([]);
});
