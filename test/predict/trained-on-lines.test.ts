import { describe, expect, test } from "vitest";
import type { TrainedOn } from "../../src/predict/trained-on.js";
import { trainedOnLines } from "../../src/predict/trained-on-lines.js";

const subscribers = { count: 2000, known: 120, isEstimate: false };
const seen: TrainedOn = {
  rows: 120,
  rowsShare: 0.06,
  rowsByChance: 0,
  isBeyondChance: true,
  isEstimate: false,
  subscribers,
};
const TOO_GOOD = ": what is measured on them is too good";

describe("the lines on what a model was trained on", () => {
  test.each<[string, Partial<TrainedOn>, string[]]>([
    ["rows", {}, [`120 of 2,000 rows were trained on (same id, inputs and label)${TOO_GOOD}`]],
    [
      "one row",
      { rows: 1, subscribers: { ...subscribers, known: 1 } },
      ["1 of 2,000 rows was trained on (same id, inputs and label): what is measured on it is too good"],
    ],
    [
      "an estimate",
      { isEstimate: true },
      [`about 120 of 2,000 rows were trained on (same id, inputs and label)${TOO_GOOD}`],
    ],
    [
      "rows without ids",
      { subscribers: null },
      [`120 of 2,000 rows equal rows that the model was trained on${TOO_GOOD}`],
    ],
    [
      "one row without id",
      { subscribers: null, rows: 1 },
      ["1 of 2,000 rows equals a row that the model was trained on: what is measured on it is too good"],
    ],
    [
      "rows whose ids and inputs often repeat",
      { rowsByChance: 40 },
      [`120 of 2,000 rows equal rows that the model was trained on (40 would by chance)${TOO_GOOD}`],
    ],
    ["no more than chance explains", { isBeyondChance: false, subscribers: null }, []],
    [
      "other rows of known subscribers",
      { rows: 0, isBeyondChance: false, subscribers: { ...subscribers, known: 1900 } },
      ["1,900 of 2,000 subscribers are known from training (other rows)"],
    ],
    [
      "both",
      { subscribers: { ...subscribers, known: 1900, isEstimate: true } },
      [
        `120 of 2,000 rows were trained on (same id, inputs and label)${TOO_GOOD}`,
        "about 1,900 of 2,000 subscribers are known from training",
      ],
    ],
    [
      "one known subscriber",
      { rows: 0, isBeyondChance: false, subscribers: { ...subscribers, known: 1 } },
      ["1 of 2,000 subscribers is known from training (other rows)"],
    ],
    ["rows that could not be looked up", { rows: null, rowsShare: null, subscribers: null }, []],
  ])("of %s", (_, differences, expected) => {
    expect(trainedOnLines({ ...seen, ...differences }, 2000)).toEqual(expected);
  });

  test("are none where nothing is known", () => {
    expect(trainedOnLines(null, 2000)).toEqual([]);
    expect(trainedOnLines(undefined, 2000)).toEqual([]);
  });
});
