import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { loadChurnModel } from "../../src/predict/load.js";
import { leaderboard, leaderboardMarkdown } from "../../src/report/leaderboard.js";
import { rowsOf, tableFromRows } from "../../src/table/rows.js";
import { trainChurnModel } from "../../src/training/train.js";
import { subscriberTable } from "../support/subscribers.js";
import { errorOf } from "../support/thrown.js";

const model = await trainChurnModel(subscriberTable(300), {
  label: "churned",
  id: "subscriber",
  classifier: ["logistic", "forest"],
  replicates: 5,
  repeats: 1,
  metrics: [{ name: "hitRate", label: "hit rate", better: "higher", value: () => 0.25 }],
});
/** Of an early version, without intervals, sizes and later metrics. */
const old = await loadChurnModel(new URL("../golden/v1.model.json", import.meta.url).pathname);

describe("leaderboard(model)", () => {
  const rows = leaderboard(model);

  test("has a plain row for each candidate, the best first, with all that the report says of it", () => {
    expect(rows.length).toBeGreaterThan(1);
    rows.forEach((row, i) => {
      const { name, summary, rocAucInterval, logLoss, rocAuc, empc, ...entry } =
        model.training.leaderboard[i];
      expect(row).toMatchObject({ classifier: name, summary, logLoss, rocAuc, empc, place: i + 1 });
      expect([row.rocAucLow, row.rocAucHigh]).toEqual(rocAucInterval);
      expect([row.kilobytes, row.chosen]).toEqual([entry.kilobytes, entry.chosen]);
      expect(row.hitRate).toBe(0.25);
      expect(row.fitSeconds).toBe(model.timings?.[i].fitSeconds);
      expect(row.microsecondsPerRow).toBe(model.timings?.[i].microsecondsPerRow);
    });
    expect(rows.map(({ chosen }) => chosen)).toEqual(rows.map((_, i) => i === 0));
  });

  test("makes a table, and goes to JSON", () => {
    expect(rowsOf(tableFromRows(rows)).map(({ logLoss }) => logLoss)).toEqual(
      rows.map(({ logLoss }) => logLoss),
    );
    expect(JSON.parse(JSON.stringify(rows))).toEqual(rows);
  });

  test("has null for what a loaded model of an early version does not know", () => {
    expect(leaderboard(old)[0]).toMatchObject({
      fitSeconds: null,
      microsecondsPerRow: null,
      kilobytes: null,
      rocAucLow: null,
      rocAucHigh: null,
      empc: null,
    });
  });

  test("is drawn as a table by console.log, the kept one marked", () => {
    const [head, rule, first, ...others] = inspect(rows).split("\n");
    expect(head.trim().split(/ {2,}/)).toEqual([
      ...["classifier", "log loss", "ROC AUC", "95%", "ECE", "EMPC", "hitRate", "fit s", "µs a row", "kB"],
      "what was trained",
    ]);
    expect(rule).toMatch(/^[─ ]+$/);
    expect(first.startsWith(`→  ${rows[0].classifier}`)).toBe(true);
    expect(others).toHaveLength(rows.length - 1);
    expect(inspect({ rows })).toBe(`{ rows: [Leaderboard ${rows.length} candidates] }`);
  });
});

test("leaderboardMarkdown(model) is the same as a Markdown table, without times where they are not known", () => {
  const lines = leaderboardMarkdown(old).trimEnd().split("\n");
  const cells = (line: string) => line.split("|").map((cell) => cell.trim());
  expect(cells(lines[0]).slice(1, -1)).toEqual([
    ...["", "classifier", "log loss", "ROC AUC", "95%", "ECE", "EMPC", "kB", "what was trained"],
  ]);
  expect(lines[1]).toMatch(/^[|: -]+$/);
  const [{ classifier, logLoss, summary }] = leaderboard(old);
  const first = cells(lines[2]);
  expect(first.slice(1, 4)).toEqual(["→", classifier, logLoss.toFixed(4)]);
  expect(first.at(-2)).toBe(summary);
  expect(lines).toHaveLength(2 + leaderboard(old).length);
});

test.each([
  ["a path", "telco.model.json", 'received "telco.model.json" (load a file with await loadChurnModel(path))'],
  ["a promise", Promise.resolve(model), "not a promise of one (await it first)"],
  ["undefined", undefined, "not undefined (trainChurnModel and loadChurnModel make one)"],
  ["an object", { a: 1 }, 'received {"a":1} (trainChurnModel and loadChurnModel make one)'],
])("refuse %s, and say how to get a model", (_, given, message) => {
  for (const call of [leaderboard, leaderboardMarkdown]) {
    expect(errorOf(() => call(given as never)).message).toBe(
      `${call.name}: model: must be a ChurnModel, ${message}`,
    );
  }
});
