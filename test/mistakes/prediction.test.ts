import { describe } from "vitest";
import { compareModels, loadChurnModel, type Table } from "../../src/index.js";
import { dropColumns, takeRows } from "../../src/table/index.js";
import { scoringModel } from "../support/scoring-model.js";
import { subscriberRows, subscriberTable } from "../support/subscribers.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { type Mistake, testMistakes } from "./mistake.js";

const rows = subscriberRows(50);
const table = subscriberTable(50);
const model = await scoringModel();
const folder = temporaryFolder();
const csv = folder.file("scores.csv", "a,b\n1,2\n");

/** What a caller without a type checker passes. */
const wrong = (value: unknown) => value as never;

const call = (
  name: string,
  of: string,
  argument: string | undefined,
  run: () => unknown,
  says: RegExp,
): Mistake => ({
  name: `${of} ${name}`,
  call: run,
  path: { function: of, ...(argument === undefined ? {} : { argument }) },
  says,
});

const ofTables: readonly [string, (given: Table) => unknown][] = [
  ["predict", (given) => model.predict(given)],
  ["predictColumns", (given) => model.predictColumns(given)],
  ["probabilities", (given) => model.probabilities(given)],
  ["evaluate", (given) => model.evaluate(given)],
  ["evaluateInWorkers", (given) => model.evaluateInWorkers(given)],
  ["unseenCategories", (given) => model.unseenCategories(given)],
];

describe("methods of a model that take tables", () => {
  testMistakes(
    ofTables.flatMap(([of, run]) => [
      call("of rows", of, "table", () => run(wrong(rows)), /tableFromRows\(rows\)/u),
      call("of a path", of, "table", () => run(wrong("march.csv")), /await readTable\(path\)/u),
      call("of a promise", of, "table", () => run(wrong(Promise.resolve(table))), /await it first/u),
    ]),
  );
});

describe("a model", () => {
  const noTenure = dropColumns(table, ["tenure"]);
  testMistakes([
    call("without a column", "predict", undefined, () => model.predict(noTenure), /column "tenure"/u),
    call(
      "with an option misspelt",
      "predict",
      "interval",
      () => model.predict(table, wrong({ interval: true })),
      /did you mean "intervals"\?/u,
    ),
    call(
      "with details as text",
      "predictOne",
      "details",
      () => model.predictOne(rows[0], wrong({ details: "all" })),
      /must be true or false, received "all"/u,
    ),
    call(
      "with a detail",
      "predictMany",
      "detail",
      () => model.predictMany(rows, wrong({ detail: true })),
      /did you mean "details"\?/u,
    ),
    call(
      "with details",
      "predictColumns",
      "details",
      () => model.predictColumns(table, wrong({ details: true })),
      /must be an option of predictColumns: intervals/u,
    ),
    call(
      "of a table",
      "predictOne",
      "row",
      () => model.predictOne(wrong(table)),
      /not a Table \(predict\(table\) predicts a table\)/u,
    ),
    call(
      "of rows",
      "predictOne",
      "row",
      () => model.predictOne(wrong(rows)),
      /predictMany\(rows\) predicts a list of rows/u,
    ),
    call(
      "of nothing",
      "predictOne",
      "row",
      () => model.predictOne(wrong(undefined)),
      /must be an object of column names and values/u,
    ),
    call(
      "with an option misspelt",
      "predictOne",
      "interval",
      () => model.predictOne(rows[0], wrong({ interval: true })),
      /did you mean/u,
    ),
    call(
      "of one row",
      "predictMany",
      "rows",
      () => model.predictMany(wrong(rows[0])),
      /put a single row into a list: \[row\]/u,
    ),
    call(
      "of a table",
      "predictMany",
      "rows",
      () => model.predictMany(wrong(table)),
      /rowsOf\(table\) gives its rows/u,
    ),
    call(
      "without a label",
      "evaluate",
      undefined,
      () => model.evaluate(dropColumns(table, ["churned"])),
      /column "churned": must be a column of the table/u,
    ),
    call("of no rows", "evaluate", "table", () => model.evaluate(takeRows(table, [])), /has no rows/u),
    call(
      "with a text for a list",
      "evaluate",
      "segments",
      () => model.evaluate(table, { segments: wrong("套餐") }),
      /put it into a list: \["套餐"\]/u,
    ),
    call(
      "with an unknown column",
      "evaluate",
      "segments",
      () => model.evaluate(table, { segments: ["tenur"] }),
      /did you mean "tenure"\?/u,
    ),
    call(
      "with an unknown option",
      "evaluate",
      "bootstrap",
      () => model.evaluate(table, wrong({ bootstrap: 9 })),
      /did you mean "replicates"\?/u,
    ),
    call("to no path", "save", "path", () => model.save(wrong(undefined)), /must be the path of a file/u),
    call(
      "into a missing folder",
      "save",
      undefined,
      () => model.save("no/such/folder/m.json"),
      /folder that exists/u,
    ),
    call(
      "of one model",
      "compareModels",
      "b",
      () => compareModels(model, wrong(table), table),
      /must be a ChurnModel/u,
    ),
    call(
      "of a promise",
      "compareModels",
      "a",
      () => compareModels(wrong(scoringModel()), model, table),
      /await it first/u,
    ),
    call(
      "with an unknown option",
      "compareModels",
      "labels",
      () => compareModels(model, model, table, wrong({ labels: ["x", "y"] })),
      /must be an option of compareModels/u,
    ),
  ]);
});

describe("loadChurnModel", () => {
  testMistakes([
    call(
      "of nothing",
      "loadChurnModel",
      "path",
      () => loadChurnModel(wrong(undefined)),
      /must be the path of a file/u,
    ),
    call(
      "of an address",
      "loadChurnModel",
      "path",
      () => loadChurnModel("https://example.org/m.json"),
      /download it first/u,
    ),
    call(
      "of a file that is missing",
      "loadChurnModel",
      undefined,
      () => loadChurnModel("missing.json"),
      /missing.json: must exist/u,
    ),
    call("of a CSV", "loadChurnModel", undefined, () => loadChurnModel(csv), /must be JSON/u),
    call(
      "with an option misspelt",
      "loadChurnModel",
      "familes",
      () => loadChurnModel("m.json", wrong({ familes: [] })),
      /did you mean "families"\?/u,
    ),
  ]);
});
