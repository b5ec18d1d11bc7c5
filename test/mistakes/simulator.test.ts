import { describe, expect, test } from "vitest";
import { simulateOperator, trueChurnProbabilities, writeOperator } from "../../src/simulator/index.js";
import { findColumn } from "../../src/table/index.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { thrownBy } from "../support/thrown.js";
import { type Mistake, testMistakes } from "./mistake.js";
import { of, wrong } from "./of.js";

const files = temporaryFolder();
const file = files.file("a.csv", "");
const OPERATOR = { subscribers: 20, months: 6 };
const operator = await simulateOperator(OPERATOR);

const simulate = (name: string, options: unknown, argument: string, says: RegExp): Mistake =>
  of("simulateOperator", name, argument, () => simulateOperator(wrong(options)), says);
const write = (
  name: string,
  given: readonly unknown[],
  argument: string | undefined,
  says: RegExp,
): Mistake => of("writeOperator", name, argument, () => writeOperator(...(given as [never, never])), says);
const ask = (name: string, given: readonly unknown[], argument: string, says: RegExp): Mistake =>
  of(
    "trueChurnProbabilities",
    name,
    argument,
    () => trueChurnProbabilities(...(given as [never, never, never])),
    says,
  );

describe("simulateOperator", () => {
  testMistakes([
    simulate("of customers", { customers: 3 }, "customers", /did you mean "subscribers"\?/u),
    simulate("of a number", 500, "options", /write \{ subscribers: 500 \}/u),
    simulate("of a text for a number", { subscribers: "500" }, "subscribers", /whole number from 1 to/u),
    simulate("with a random state", { random_state: 1 }, "random_state", /did you mean "seed"\?/u),
    simulate("from a Date", { start: new Date("2024-01-01") }, "start", /such as 2025-02-01/u),
    simulate("from the middle of a month", { start: "2024-01-15" }, "start", /first day of a month/u),
    simulate(
      "of no subscriber",
      { subscribers: 0 },
      "subscribers",
      /whole number from 1 to 10000000, received 0/u,
    ),
    simulate(
      "with more dealers than subscribers",
      { subscribers: 20, dealers: 21 },
      "dealers",
      /from 1 to 20/u,
    ),
    simulate("with no dealer", { dealers: 0 }, "dealers", /whole number from 1/u),
    simulate(
      "with more bulk dealers than dealers",
      { dealers: 5, bulkDealers: 6 },
      "bulkDealers",
      /from 0 to 5/u,
    ),
    simulate("with half a bulk dealer", { bulkDealers: 0.5 }, "bulkDealers", /whole number from 0 to 60/u),
    simulate("with daily as text", { daily: "yes" }, "daily", /must be true or false/u),
    simulate("with a campaign misspelt", { campaing: {} }, "campaing", /did you mean "campaign"\?/u),
    simulate("of no month", { months: 0 }, "months", /whole number from 1 to 120/u),
  ]);
});

describe("writeOperator", () => {
  testMistakes([
    write("without a folder", [], "folder", /must be the path of a folder/u),
    write(
      "with its arguments swapped",
      [OPERATOR, "out"],
      "folder",
      /the order is writeOperator\(folder, options\)/u,
    ),
    write("to a file", [file, OPERATOR], undefined, /a.csv: must be a folder or not exist yet/u),
    write("as an unknown format", [files.path, { ...OPERATOR, format: "parket" }], "format", /"parquet"\?/u),
    write("with an option misspelt", [files.path, { ...OPERATOR, thruth: false }], "thruth", /"truth"\?/u),
    write(
      "with truth as text",
      [files.path, { ...OPERATOR, truth: "no" }],
      "truth",
      /must be true or false/u,
    ),
    write("of no subscriber", [files.path, { subscribers: 0 }], "subscribers", /whole number from 1/u),
    write(
      "with a shock misspelt",
      [files.path, { ...OPERATOR, shocks: { lateTables: "2024-10-01" } }],
      "shocks.lateTables",
      /did you mean "lateTable"\?/u,
    ),
    write("in blocks of no subscriber", [files.path, { ...OPERATOR, blockSize: 0 }], "blockSize", /from 1/u),
  ]);
});

describe("trueChurnProbabilities", () => {
  const questions = { subscriberIds: ["S0000001"], cutoffs: [20_000] };
  testMistakes([
    ask(
      "of the tables",
      [operator, questions],
      "operator",
      /not its tables \(.*: the options that it was simulated with/u,
    ),
    ask("of a text", ["operator", questions], "operator", /options that it was simulated with/u),
    ask("without an operator", [undefined, questions], "operator", /must be given, \{\} for the defaults/u),
    ask("without questions", [OPERATOR], "questions.subscriberIds", /must be given/u),
    ask(
      "of columns",
      [OPERATOR, { subscriberIds: findColumn(operator.subscribers, "subscriber_id"), cutoffs: [1] }],
      "questions.subscriberIds",
      /received "a column" \(pass the values of the column/u,
    ),
    ask(
      "at days as texts",
      [OPERATOR, { ...questions, cutoffs: ["2025-01-01"] }],
      "questions.cutoffs",
      /must be days since 1970-01-01/u,
    ),
    ask(
      "of fewer cutoffs",
      [OPERATOR, { ...questions, cutoffs: [] }],
      "questions.cutoffs",
      /must be 1, one per/u,
    ),
    ask("with a gap", [OPERATOR, questions, { gap: 1 }], "gap", /did you mean "gapMonths"\?/u),
    ask(
      "with an unknown offer",
      [OPERATOR, questions, { offer: true }],
      "offer",
      /must be none, discount, data_pack, care_call, new_contract/u,
    ),
  ]);

  test("says once what is wrong with all rows", async () => {
    const cutoffs = wrong(new Array(1000).fill("2025-01-01"));
    const subscriberIds = new Array<string>(1000).fill("S0000001");
    const { problemCount } = await thrownBy(() =>
      trueChurnProbabilities(OPERATOR, { subscriberIds, cutoffs }),
    );
    expect(problemCount).toBe(1);
  });
});
