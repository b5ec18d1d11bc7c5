import { linkSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { mean } from "simple-statistics";
import { describe, expect, test } from "vitest";
import { readTable } from "../../src/formats/read-table.js";
import { scoreFile } from "../../src/scoring/score-file.js";
import { scoreTable } from "../../src/scoring/scores-table.js";
import { rowsOf } from "../../src/table/rows.js";
import { dropColumns } from "../../src/table/table.js";
import { trainChurnModel } from "../../src/training/train.js";
import { subscriberTable } from "../support/subscribers.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { thrownBy } from "../support/thrown.js";

const folder = temporaryFolder();
const TABLE = subscriberTable(250);
const OPTIONS = { label: "churned", classifier: "logistic", replicates: 5 } as const;
const MODEL = await trainChurnModel(TABLE, { ...OPTIONS, id: "subscriber" });
const WITHOUT_ID = await trainChurnModel(dropColumns(TABLE, ["subscriber"]), OPTIONS);

const HEADER = "subscriber,tenure,客服 calls,charge,套餐,group";
const INPUT = folder.file(
  "march.csv",
  `${HEADER}\n007,3,2,,随心,TRUE\n008,60,0,55.5,Family,false\n009,12,5,30,新套餐,true\n`,
);

function outputPath(name: string): string {
  return join(folder.path, name);
}

describe("scoreFile", () => {
  test("writes id, probability and tier, one row per row of the input, in its order", async () => {
    const output = outputPath("scores.csv");
    await scoreFile(MODEL, INPUT, output);
    const [header, ...lines] = readFileSync(output, "utf8").trimEnd().split("\n");
    expect(header).toBe("id,probability,tier");
    const rows = [
      { subscriber: "007", tenure: 3, "客服 calls": 2, charge: null, 套餐: "随心", group: true },
      { subscriber: "008", tenure: 60, "客服 calls": 0, charge: 55.5, 套餐: "Family", group: false },
      { subscriber: "009", tenure: 12, "客服 calls": 5, charge: 30, 套餐: "新套餐", group: true },
    ];
    expect(lines).toEqual(
      rows.map((row) => {
        const { id, probability, tier } = MODEL.predictOne(row);
        return `${id},${probability},${tier}`;
      }),
    );
  });

  test.each(["scores.json", "scores.ndjson", "scores.parquet", "scores.csv.gz"])(
    "writes %s",
    async (name) => {
      await scoreFile(MODEL, INPUT, outputPath(name));
      const read = await readTable(outputPath(name), { columns: { id: "text" } });
      expect(rowsOf(read)).toEqual(
        rowsOf(scoreTable(MODEL, await readTable(INPUT, { columns: MODEL.columnKinds }))),
      );
    },
  );

  test("returns the rows per tier, their mean, and the new categories", async () => {
    const summary = await scoreFile(MODEL, INPUT, outputPath("scores.csv"));
    const predictions = MODEL.predict(await readTable(INPUT, { columns: MODEL.columnKinds }));
    expect(summary.rows).toBe(3);
    expect(summary.meanProbability).toBeCloseTo(mean(predictions.map(({ probability }) => probability)), 12);
    expect(summary.tiers).toEqual(
      MODEL.tiers.map(({ name }) => ({
        tier: name,
        rows: predictions.filter(({ tier }) => tier === name).length,
      })),
    );
    expect(summary.unseenCategories).toEqual([{ column: "套餐", rows: 1, examples: ["新套餐"] }]);
  });

  test("numbers rows from 1 where the model has no id", async () => {
    const output = outputPath("numbered.csv");
    await scoreFile(WITHOUT_ID, INPUT, output);
    const ids = readFileSync(output, "utf8")
      .trimEnd()
      .split("\n")
      .slice(1)
      .map((line) => line.split(",")[0]);
    expect(ids).toEqual(["1", "2", "3"]);
  });

  test("reads a file too small to infer its kinds by those of the model", async () => {
    const one = folder.file("one.csv", `${HEADER}\n1,3,2,NA,1,1\n`);
    const summary = await scoreFile(MODEL, one, outputPath("one-score.csv"), { maxUnseen: 1 });
    expect(summary.rows).toBe(1);
  });

  test("reads GB18030", async () => {
    // 客服, 套餐 and 随心 in GB18030.
    const bytes = (text: string) => [...Buffer.from(text, "ascii")];
    const kefu = [0xbf, 0xcd, 0xb7, 0xfe];
    const taocan = [0xcc, 0xd7, 0xb2, 0xcd];
    const suixin = [0xcb, 0xe6, 0xd0, 0xc4];
    const head = [
      ...bytes("subscriber,tenure,"),
      ...kefu,
      ...bytes(" calls,charge,"),
      ...taocan,
      ...bytes(",group\n"),
    ];
    const line = [...bytes("007,3,2,20,"), ...suixin, ...bytes(",true\n")];
    const input = folder.file("gb.csv", Uint8Array.from([...head, ...line]));
    const summary = await scoreFile(MODEL, input, outputPath("gb-scores.csv"), {
      read: { encoding: "gb18030" },
    });
    expect(summary.unseenCategories).toEqual([]);
  });

  test("refuses to overwrite its input, also by another path", async () => {
    const symbolic = outputPath("symbolic.csv");
    const hard = outputPath("hard.csv");
    symlinkSync(INPUT, symbolic);
    linkSync(INPUT, hard);
    const before = readFileSync(INPUT, "utf8");
    for (const output of [INPUT, join(folder.path, ".", "march.csv"), symbolic, hard]) {
      const error = await thrownBy(() => scoreFile(MODEL, INPUT, output));
      expect(error.path).toEqual({ function: "scoreFile", argument: "output" });
    }
    expect(readFileSync(INPUT, "utf8")).toBe(before);
  });

  test("names every cell that can't be read and writes nothing", async () => {
    const bad = folder.file("bad.csv", `${HEADER}\n1,many,1,inf,A,true\n2,3,x,2,A,true\n`);
    const before = readdirSync(folder.path).sort();
    const error = await thrownBy(() => scoreFile(MODEL, bad, outputPath("never.csv")));
    expect(error.problems.every(({ path }) => path.file === bad)).toBe(true);
    expect(error.problems.map(({ code, path }) => [code, path.column, path.row]).sort()).toEqual([
      ["data.not-finite", "charge", 1],
      ["data.wrong-type", "tenure", 1],
      ["data.wrong-type", "客服 calls", 2],
    ]);
    expect(readdirSync(folder.path).sort()).toEqual(before);
  });

  test("names every missing column and writes nothing", async () => {
    const bad = folder.file("short.csv", "tenure,客服 calls,charge\n3,1,2\n");
    const before = readdirSync(folder.path).sort();
    const error = await thrownBy(() => scoreFile(MODEL, bad, outputPath("never.csv")));
    expect(error.problems.map(({ code, path }) => [code, path.column]).sort()).toEqual([
      ["data.missing-column", "group"],
      ["data.missing-column", "subscriber"],
      ["data.missing-column", "套餐"],
    ]);
    expect(readdirSync(folder.path).sort()).toEqual(before);
  });

  test.each([
    ["an output without a known format", "scores.xlsx", "argument.invalid"],
    ["a folder that does not exist", join("nowhere", "scores.csv"), "data.unwritable"],
  ])("refuses %s", async (_, name, code) => {
    expect((await thrownBy(() => scoreFile(MODEL, INPUT, outputPath(name)))).code).toBe(code);
  });

  test("stops when aborted, and writes nothing", async () => {
    const before = readdirSync(folder.path).sort();
    const signal = AbortSignal.abort();
    const error = await thrownBy(() => scoreFile(MODEL, INPUT, outputPath("never.csv"), { signal }));
    expect(error.code).toBe("aborted");
    expect(readdirSync(folder.path).sort()).toEqual(before);
  });
});

test("scoreTable gives tiers as categories, the highest first, also empty ones", () => {
  const { columns } = scoreTable(MODEL, subscriberTable(5));
  expect(columns.map(({ name }) => name)).toEqual(["id", "probability", "tier"]);
  expect(columns[2].categories).toEqual(["high", "medium", "low"]);
});
