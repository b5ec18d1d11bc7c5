import { fileURLToPath } from "node:url";
import { describe } from "vitest";
import { monthly, openHistory, tableFromRows } from "../../src/index.js";
import { takeRows } from "../../src/table/index.js";
import * as training from "../../src/training/index.js";
import { type BacktestOptions, backtest } from "../../src/training/index.js";
import { testNonsense, untypedOf } from "./every-function.js";
import { type Mistake, testMistakes } from "./mistake.js";
import { wrong } from "./of.js";

const OPERATOR = fileURLToPath(new URL("../../datasets/simulated", import.meta.url));
const rows = monthly("2025-01", "2025-08").flatMap((cutoff, m) =>
  Array.from({ length: 60 }, (_, i) => ({
    subscriber_id: `S${i}`,
    cutoff,
    tenure: i + m,
    plan: i % 2 === 0 ? "basic" : "plus",
    churn: i % 3 === 0 ? 1 : 0,
  })),
);
const table = tableFromRows(rows, { columns: { subscriber_id: "text", cutoff: "date" } });
const closed = await openHistory(OPERATOR);
closed.close();

const WINDOWS = { gap: 1, horizon: 1 };
const of = (
  name: string,
  argument: string,
  says: RegExp,
  options: object,
  source: unknown = table,
): Mistake => ({
  name: `backtest with ${name}`,
  call: () => backtest(wrong(source), { ...WINDOWS, ...options } as BacktestOptions),
  path: { function: "backtest", argument },
  says,
});
const on = (name: string, source: unknown, says: RegExp, argument = "source") =>
  of(name, argument, says, {}, source);

describe("in the place of a history or snapshots", () => {
  testMistakes([
    on(
      "a path",
      "history",
      /open History, or a Table .* await openHistory\(path\), .* await readTable\(path\)/u,
    ),
    on("rows", rows, /not an array of rows \(.*tableFromRows\(rows\)\)/u),
    on("a promise", Promise.resolve(table), /not a promise of one \(await it first\)/u),
    on("a closed history", closed, /must be open, it was closed/u, "history"),
    on("no rows", takeRows(table, []), /has no rows/u),
  ]);
});

describe("the months", () => {
  testMistakes([
    of("months backwards", "to", /must not lie before 2025-06, received "2025-03"/u, {
      from: "2025-06",
      to: "2025-03",
    }),
    of("a year", "from", /a month such as 2025-03, received "2025" \(write "2025-01-01"\)|write/u, {
      from: "2025",
    }),
    of("a number of months as text", "window", /whole number of months from 1 to 120, received "3"/u, {
      window: "3",
    }),
    of("no month", "retrainEvery", /whole number of months from 1 to 120, received 0/u, { retrainEvery: 0 }),
    of("months after the last", "from", /2025-08 the last with labels, received "2026-01"/u, {
      from: "2026-01",
    }),
    of("months before the first", "to", /2025-03 is the first before .* received "2025-02"/u, {
      to: "2025-02",
    }),
    of("an embargo longer than the snapshots", "source", /to train on some and score others/u, {
      horizon: 12,
    }),
  ]);
});

describe("the columns and windows", () => {
  testMistakes([
    of("no gap", "gap", /must be given, as the snapshots were made with/u, { gap: undefined }),
    of("a gap below 0", "gap", /must be 0 to 120 whole months/u, { gap: -1 }),
    of("a churn definition beside snapshots", "churn", /must be left out where snapshots are given/u, {
      churn: {},
    }),
    of("a cutoff that is no column", "cutoff", /did you mean "cutoff"\?/u, { cutoff: "cutof" }),
    of("a cutoff that is no date", "cutoff", /must be a date column, received "numeric"/u, {
      cutoff: "tenure",
    }),
    of("a label that is no column", "label", /did you mean "churn"\?/u, { label: "churned" }),
    of("a label of many values", "label", /must have exactly two values/u, { label: "tenure" }),
  ]);
});

describe("the options of training", () => {
  testMistakes([
    of("an option misspelt", "retrainEvry", /did you mean "retrainEvery"\?/u, { retrainEvry: 1 }),
    of("a text for a list", "exclude", /put it into a list: \["plan"\]/u, { exclude: "plan" }),
    of("an unknown classifier", "classifier", /must be one of "auto"/u, { classifier: "lightgbm" }),
    of("a tier rule that can't be read", "tiers", /tiers|must/u, { tiers: "call" }),
  ]);
});

describe("of a history", () => {
  testMistakes([
    {
      name: "backtest without churn",
      call: async () => {
        const history = await openHistory(OPERATOR);
        try {
          return await backtest(history, { churn: wrong(false) });
        } finally {
          history.close();
        }
      },
      path: { function: "backtest", argument: "churn" },
      says: /a backtest needs labels, received false/u,
    },
  ]);
});

const { backtest: untyped } = untypedOf(training);
testNonsense({ backtest: untyped });
