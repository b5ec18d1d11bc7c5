import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { temporaryFolder } from "../../support/temporary-folder.js";
import { runCli } from "../run-cli.js";
import { subscriberCsv } from "../subscriber-csv.js";

const folder = temporaryFolder();
const at = (name: string) => join(folder.path, name);
const run = (...args: string[]) => runCli(args, folder.path);
const TRAIN = ["--label", "Churn", "--classifier", "logistic", "--repeats", "1"];

beforeAll(async () => {
  await writeFile(at("all.csv"), subscriberCsv());
  await writeFile(
    at("notes.json"),
    JSON.stringify([{ name: "tenure", description: "time since activation", unit: "months" }]),
  );
  const marks = ["--actionable", "tariff", "--sensitive", "country", "--feature-notes", "notes.json"];
  const { code } = await run("train", "all.csv", ...TRAIN, "--id", "id", ...marks, "--out", "m.json");
  expect(code).toBe(0);
  expect((await run("train", "all.csv", ...TRAIN, "--exclude", "id", "--out", "no-id.json")).code).toBe(0);
});

describe("holdfast explain", () => {
  test("tells a subscriber's reasons, bars, and what would change it", async () => {
    const { code, stdout } = await run("explain", "m.json", "all.csv", "--id", "00004");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^00004: [\d.]+%, tier \w+\n/);
    expect(stdout).toContain("What each column adds to the log-odds");
    expect(stdout).toMatch(/tariff +(basic|plus|max) +[+−]\d\.\d\d {2}[█░]/);
    expect(stdout).toContain("What would change it:");
    expect(stdout).toContain("and no cause");
  });

  test("prints it as JSON, in Chinese, by the number of the row, with your own sentences", async () => {
    await writeFile(at("templates.json"), '{ "tariff": "套餐{value}", "charge": "套餐费{value}" }');
    const options = ["--json", "--locale", "zh", "--reasons", "9", "--templates", "templates.json"];
    const shown: Record<string, unknown>[] = [];
    // Of a dear tariff and a short tenure.
    const risky = subscriberCsv()
      .split("\n")
      .flatMap((line, row) => (/,max,\d,/.test(line) ? [String(row)] : []));
    expect(risky.length).toBeGreaterThan(5);
    for (const row of risky.slice(0, 4)) {
      const { code, stdout } = await run("explain", "m.json", "all.csv", "--row", row, ...options);
      expect(code).toBe(0);
      shown.push(JSON.parse(stdout));
    }
    expect(shown[0]).toMatchObject({ id: risky[0].padStart(5, "0") });
    for (const each of shown) {
      expect(Object.keys(each).sort()).toEqual(
        [
          "baseProbability",
          "baseValue",
          "change",
          "contributions",
          "families",
          "id",
          "margin",
          "probability",
          "reasons",
          "tier",
        ].sort(),
      );
    }
    const texts = shown.flatMap(({ reasons }) => (reasons as { text: string }[]).map(({ text }) => text));
    expect(texts.some((text) => /^套餐(?:max|费\d\d)/.test(text))).toBe(true);
    expect(texts.some((text) => /^入网时长：\d+个月/.test(text))).toBe(true);
  });

  test("takes background rows", async () => {
    const [head, ...rows] = subscriberCsv().trimEnd().split("\n");
    await writeFile(at("sample.csv"), [head, ...rows.slice(0, 30)].join("\n"));
    const { code, stdout } = await run(
      "explain",
      "m.json",
      "all.csv",
      "--row",
      "9",
      "--background",
      "sample.csv",
      "--json",
    );
    expect(code).toBe(0);
    const plain = await run("explain", "m.json", "all.csv", "--row", "9", "--json");
    expect(JSON.parse(stdout).baseValue).not.toBe(JSON.parse(plain.stdout).baseValue);
  });

  test("says which row it is where a subscriber has several", async () => {
    const [head, first, ...rows] = subscriberCsv().trimEnd().split("\n");
    await writeFile(
      at("twice.csv"),
      [head, first, ...rows.slice(0, 5), first.replace(/tariff|basic/, "max")].join("\n"),
    );
    const { code, stdout, stderr } = await run("explain", "m.json", "twice.csv", "--id", "00001", "--json");
    expect([code, JSON.parse(stdout).id]).toEqual([0, "00001"]);
    expect(stderr).toContain("2 rows of 00001; this is the last, row 7");
  });

  test("says what matters overall, in the terminal, as Markdown and as JSON", async () => {
    const { code, stdout } = await run("explain", "m.json", "all.csv", "--global", "--out", "overall.md");
    expect(code).toBe(0);
    expect(stdout).toContain("tenure");
    expect(await readFile(at("overall.md"), "utf8")).toMatch(/^# .*\n[\s\S]*\| tenure/);
    const json = await run("explain", "m.json", "all.csv", "--global", "--json");
    expect(JSON.parse(json.stdout).contributions.features[0].column ?? "tenure").toBe("tenure");
  });

  test.each<[string, string[], number, RegExp]>([
    ["an id with --global", ["m.json", "all.csv", "--global", "--id", "00001"], 2, /left out with --global/],
    ["--out without --global", ["m.json", "all.csv", "--row", "1", "--out", "a.md"], 2, /or --global given/],
    ["an unknown id, with the nearest", ["m.json", "all.csv", "--id", "0004"], 2, /did you mean "00004"\?/],
    ["an id far from all, with some", ["m.json", "all.csv", "--id", "Zoë"], 2, /such as 00001, 00002, 00003/],
    ["neither id nor row", ["m.json", "all.csv"], 2, /--id: must be given, or --row/],
    ["both id and row", ["m.json", "all.csv", "--id", "00001", "--row", "1"], 2, /and not both/],
    ["a row that is not there", ["m.json", "all.csv", "--row", "401"], 2, /from 1 to 400/],
    ["an id of a model without", ["no-id.json", "all.csv", "--id", "00001"], 2, /no id column.*--row 17/],
    [
      "templates that are no file",
      ["m.json", "all.csv", "--row", "1", "--templates", "none.json"],
      2,
      /can be read/,
    ],
    [
      "templates that are no JSON",
      ["m.json", "all.csv", "--row", "1", "--templates", "all.csv"],
      2,
      /file of JSON/,
    ],
    ["too many reasons", ["m.json", "all.csv", "--row", "1", "--reasons", "99"], 2, /from 0 to 50/],
    ["another schema", ["m.json", "notes.json", "--row", "1"], 3, /tenure.*must be a column of the input/],
  ])("refuses %s", async (_, args, code, message) => {
    const result = await run("explain", ...args);
    expect(result.stderr).toMatch(message);
    expect([result.code, result.stdout]).toEqual([code, ""]);
  });
});
