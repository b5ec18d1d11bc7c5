import { describe } from "vitest";
import { gradientBoosting } from "../../src/classifiers/index.js";
import { crossValidate, tableFromRows, trainChurnModel, tune } from "../../src/index.js";
import { takeRows } from "../../src/table/index.js";
import { learningCurve } from "../../src/training/index.js";
import { subscriberRows, subscriberTable } from "../support/subscribers.js";
import { type Mistake, testMistakes } from "./mistake.js";

const rows = subscriberRows(200);
const table = subscriberTable(200);
const OPTIONS = { label: "churned", classifier: "logistic", replicates: 5, repeats: 1 } as const;
const none = takeRows(table, []);

/** What a caller without a type checker passes. */
const wrong = (value: unknown) => value as never;

const train = (name: string, options: object, argument: string, says: RegExp): Mistake => ({
  name: `trainChurnModel with ${name}`,
  call: () => trainChurnModel(table, { ...OPTIONS, ...options }),
  path: { function: "trainChurnModel", argument },
  says,
});
const trainOn = (name: string, given: unknown, says: RegExp): Mistake => ({
  name: `trainChurnModel on ${name}`,
  call: () => trainChurnModel(wrong(given), OPTIONS),
  path: { function: "trainChurnModel", argument: "table" },
  says,
});

const curve = (name: string, shares: unknown, argument: string, says: RegExp): Mistake => ({
  name: `learningCurve with ${name}`,
  call: () => learningCurve(table, { ...OPTIONS, shares: wrong(shares) }),
  path: { function: "learningCurve", argument },
  says,
});

describe("in the place of a table", () => {
  testMistakes([
    trainOn("rows", rows, /not an array of rows \(.*tableFromRows\(rows\)\)/u),
    trainOn(
      "a path",
      "customers.csv",
      /received "customers.csv" \(read a file with await readTable\(path\)\)/u,
    ),
    trainOn("a promise", Promise.resolve(table), /not a promise of one \(await it first\)/u),
    trainOn("nothing", undefined, /must be a Table, not undefined/u),
    trainOn("a split", { train: table, test: table }, /not two parts \(pass one of them: parts.train\)/u),
    trainOn("no rows", none, /has no rows/u),
    {
      name: "crossValidate on rows",
      call: () => crossValidate(wrong(rows), OPTIONS),
      path: { function: "crossValidate", argument: "table" },
      says: /tableFromRows/u,
    },
    {
      name: "learningCurve on a promise",
      call: () => learningCurve(wrong(Promise.resolve(table)), OPTIONS),
      path: { function: "learningCurve", argument: "table" },
      says: /not a promise of one \(await it first\)/u,
    },
    {
      name: "learningCurve on no rows",
      call: () => learningCurve(none, OPTIONS),
      path: { function: "learningCurve", argument: "table" },
      says: /has no rows/u,
    },
    {
      name: "tune on a path",
      call: () => tune(wrong("customers.csv"), { label: "churned" }),
      path: { function: "tune", argument: "table" },
      says: /readTable/u,
    },
  ]);
});

describe("options", () => {
  testMistakes([
    train(
      "a text for fingerprints",
      { fingerprints: "no" },
      "fingerprints",
      /must be true or false, received "no"/u,
    ),
    train("an option misspelt", { classifer: "forest" }, "classifer", /did you mean "classifier"\?/u),
    train("an option in another spelling", { time_budget: 3 }, "time_budget", /did you mean "timeBudget"\?/u),
    train("the option of another library", { n_jobs: 2 }, "n_jobs", /did you mean "threads"\?/u),
    train("an option in the singular", { weight: "charge" }, "weight", /did you mean "weights"\?/u),
    train(
      "an option that does not exist",
      { foo: 1 },
      "foo",
      /must be an option of trainChurnModel: label, positive/u,
    ),
    train("a text for a list", { exclude: "tenure" }, "exclude", /put it into a list: \["tenure"\]/u),
    train("texts for numbers", { folds: "5" }, "folds", /whole number from 2 to 20, received "5"/u),
    train(
      "a callback that is none",
      { onProgress: true },
      "onProgress",
      /must be a function, received true/u,
    ),
    train("a signal that is none", { signal: {} }, "signal", /AbortController/u),
    train(
      "a list for an object",
      { classifier: "auto", monotone: ["tenure"] },
      "monotone",
      /\{ tenure: -1 \}/u,
    ),
    train(
      "a flat list",
      { classifier: "auto", interactions: ["tenure"] },
      "interactions",
      /list of lists of columns/u,
    ),
    train("an unknown classifier", { classifier: "lightgbm" }, "classifier", /one of "auto", "logistic"/u),
    train(
      "a classifier that was not called",
      { classifier: gradientBoosting },
      "classifier",
      /gradientBoosting\(\)/u,
    ),
    train("an unknown calibration", { calibration: "sigmoid" }, "calibration", /"platt"/u),
    train("tiers that are a list", { tiers: ["high", "low"] }, "tiers", /must be a rule such as/u),
    {
      name: "trainChurnModel with the label in the place of options",
      call: () => trainChurnModel(table, wrong("churned")),
      path: { function: "trainChurnModel", argument: "options" },
      says: /must be an object such as \{ label: … \}, received "churned"/u,
    },
    {
      name: "trainChurnModel without options",
      call: () => trainChurnModel(table, wrong(undefined)),
      path: { function: "trainChurnModel", argument: "label" },
      says: /must be given/u,
    },
    {
      name: "crossValidate with the option of another library",
      call: () => crossValidate(table, wrong({ ...OPTIONS, cv: 5 })),
      path: { function: "crossValidate", argument: "cv" },
      says: /did you mean "folds"\?/u,
    },
    {
      name: "tune with a text for a list",
      call: () => tune(table, { label: "churned", families: wrong("boosting") }),
      path: { function: "tune", argument: "families" },
      says: /put it into a list: \["boosting"\]/u,
    },
    {
      name: "tune with a classifier",
      call: () => tune(table, wrong({ label: "churned", classifier: "boosting" })),
      path: { function: "tune", argument: "classifier" },
      says: /must be an option of tune/u,
    },
  ]);
});

describe("shares of a learning curve", () => {
  testMistakes([
    curve(
      "a number for a list",
      0.5,
      "shares",
      /\[0\.25, 0\.5, 1\], received 0\.5 \(put it into a list: \[0\.5\]\)/u,
    ),
    curve("a text", "10%", "shares", /must be a list of numbers above 0 and up to 1/u),
    curve("no shares", [], "shares", /must have a share below 1/u),
    curve("all rows only", [1], "shares", /must have a share below 1/u),
    curve("percentages", [10, 50, 100], "shares[0]", /up to 1, received 10 \(10% is 0\.1\)/u),
    curve("a share of 0", [0, 0.5], "shares[0]", /above 0 and up to 1, received 0/u),
    curve("shares that fall", [0.5, 0.2, 1], "shares[1]", /above the share before it, received 0\.2/u),
    curve("a share twice", [0.5, 0.5], "shares[1]", /above the share before it/u),
    curve("not a number", [0.1, Number.NaN], "shares[1]", /up to 1, received NaN/u),
    {
      name: "learningCurve with an option misspelt",
      call: () => learningCurve(table, wrong({ ...OPTIONS, share: [0.5] })),
      path: { function: "learningCurve", argument: "share" },
      says: /did you mean "shares"\?/u,
    },
    {
      name: "learningCurve with a wrong option of training",
      call: () => learningCurve(table, { ...OPTIONS, folds: 1 }),
      path: { function: "learningCurve", argument: "folds" },
      says: /whole number from 2 to 20/u,
    },
    {
      name: "learningCurve without a label",
      call: () => learningCurve(table, wrong({})),
      path: { function: "learningCurve", argument: "label" },
      says: /must be given/u,
    },
  ]);
});

describe("columns", () => {
  testMistakes([
    train(
      "a label that is no column",
      { label: "churn" },
      "label",
      /which has subscriber, .*did you mean "churned"\?/u,
    ),
    train("an id in capitals", { id: "Subscriber" }, "id", /did you mean "subscriber"\?/u),
    train("an excluded column misspelt", { exclude: ["tenur"] }, "exclude", /did you mean "tenure"\?/u),
    train("weights that are no column", { weights: "w" }, "weights", /must be a column of the table/u),
    train("a value that is no column", { value: "arpu" }, "value", /must be a column of the table/u),
    train(
      "a label of three values",
      { label: "套餐" },
      "label",
      /exactly two values.*make a column of two values/u,
    ),
    {
      name: "trainChurnModel on one class",
      call: () => trainChurnModel(tableFromRows(rows.map((row) => ({ ...row, churned: "No" }))), OPTIONS),
      path: { function: "trainChurnModel", argument: "label" },
      says: /received "No \(200\)" \(rows of both are needed/u,
    },
  ]);
});
