import { describe } from "vitest";
import { readTable, readTableChunks, rowsOf, tableFromRows, writeTable } from "../../src/index.js";
import { subscriberRows, subscriberTable } from "../support/subscribers.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { type Mistake, testMistakes } from "./mistake.js";

const rows = subscriberRows(20);
const table = subscriberTable(20);
const folder = temporaryFolder();
const csv = folder.file("customers.csv", "id,tenure\n1,2\n");
const workbook = folder.file("customers.xlsx", "PK");

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

describe("reading", () => {
  testMistakes([
    call(
      "of nothing",
      "readTable",
      "source",
      () => readTable(wrong(undefined)),
      /must be the path of a file, a list of row objects, /u,
    ),
    call(
      "of a missing file",
      "readTable",
      undefined,
      () => readTable(`${folder.path}/customer.csv`),
      /did you mean "customers.csv"\?/u,
    ),
    call(
      "of a folder",
      "readTable",
      undefined,
      () => readTable(folder.path),
      /must be a file, it is a directory/u,
    ),
    call(
      "of an address",
      "readTable",
      "source",
      () => readTable("https://example.org/a.csv"),
      /download it first/u,
    ),
    call(
      "without a text for a list",
      "readTable",
      "exclude",
      () => readTable(csv, { exclude: wrong("tenure") }),
      /must be a list of texts.*put it into a list: \["tenure"\]/u,
    ),
    call(
      "without a column misspelt",
      "readTable",
      "exclude",
      () => readTable(csv, { exclude: ["tenur"] }),
      /must be a column of the input \(did you mean "tenure"\?\)/u,
    ),
    call(
      "of rows without a column misspelt",
      "readTable",
      "exclude",
      () => readTable(rows, { exclude: ["tenur"] }),
      /must be a column of the input \(did you mean "tenure"\?\)/u,
    ),
    call(
      "without any column",
      "readTable",
      "exclude",
      () => readTable(csv, { exclude: ["id", "tenure"] }),
      /must leave a column to read/u,
    ),
    call(
      "with and without a column",
      "readTableChunks",
      "exclude",
      () => readTableChunks(csv, { select: ["id", "tenure"], exclude: ["id"] }),
      /must not name a column that is to be read \(`select`\), received "id"/u,
    ),
    call("of a workbook", "readTable", "source", () => readTable(workbook), /save the sheet as CSV/u),
    call("of a table", "readTable", "source", () => readTable(wrong(table)), /rowsOf\(table\)/u),
    call(
      "with the option of another library",
      "readTable",
      "sep",
      () => readTable(csv, wrong({ sep: ";" })),
      /did you mean "delimiter"\?/u,
    ),
    call(
      "with an unknown format",
      "readTable",
      "format",
      () => readTable(csv, { format: wrong("xls") }),
      /must be one of csv/u,
    ),
    call(
      "with columns that are a list",
      "readTable",
      "columns",
      () => readTable(csv, { columns: wrong(["id"]) }),
      /\{ tariff: "categorical" \}/u,
    ),
    call(
      "with an unknown kind",
      "readTable",
      'columns["tenure"]',
      () => readTable(csv, { columns: { tenure: wrong("int") } }),
      /must be one of numeric, categorical, text, date/u,
    ),
    call(
      "with a kind misspelt",
      "readTable",
      'columns["id"]',
      () => readTable(csv, { columns: { id: wrong("categoric") } }),
      /did you mean "categorical"\?/u,
    ),
    call(
      "with a text for a list",
      "readTableChunks",
      "select",
      () => readTableChunks(csv, { select: wrong("id") }),
      /put it into a list: \["id"\]/u,
    ),
    call(
      "of nothing",
      "readTableChunks",
      "path",
      () => readTableChunks(wrong(undefined)),
      /must be the path of a file/u,
    ),
  ]);
});

describe("writing", () => {
  const target = `${folder.path}/out.csv`;
  testMistakes([
    call(
      "with path and table exchanged",
      "writeTable",
      "table",
      () => writeTable(wrong(target), wrong(table)),
      /must be a Table/u,
    ),
    call("of rows", "writeTable", "table", () => writeTable(wrong(rows), target), /tableFromRows\(rows\)/u),
    call(
      "of a promise",
      "writeTable",
      "table",
      () => writeTable(wrong(Promise.resolve(table)), target),
      /await it first/u,
    ),
    call(
      "to no path",
      "writeTable",
      "path",
      () => writeTable(table, wrong(undefined)),
      /must be the path of a file/u,
    ),
    call(
      "with an unknown option",
      "writeTable",
      "index",
      () => writeTable(table, target, wrong({ index: false })),
      /must be an option of writeTable/u,
    ),
  ]);
});

describe("rows", () => {
  testMistakes([
    call(
      "of one row",
      "tableFromRows",
      "rows",
      () => tableFromRows(wrong(rows[0])),
      /put a single row into a list: \[row\]/u,
    ),
    call(
      "of columns",
      "tableFromRows",
      "rows",
      () => tableFromRows(wrong({ a: [1, 2], b: [3, 4] })),
      /not columns/u,
    ),
    call("of no rows", "tableFromRows", undefined, () => tableFromRows([]), /there are no rows/u),
    call(
      "of lists",
      "tableFromRows",
      undefined,
      () => tableFromRows(wrong([[1, 2]])),
      /row 1: must be an object/u,
    ),
    call("of a generator", "tableFromRows", "rows", () => tableFromRows(wrong(new Set(rows))), /Array.from/u),
    call(
      "of nested rows",
      "tableFromRows",
      undefined,
      () => tableFromRows([{ a: { b: 1 } }]),
      /column "a", row 1/u,
    ),
    call(
      "with an unknown option",
      "tableFromRows",
      "dtypes",
      () => tableFromRows(rows, wrong({ dtypes: {} })),
      /did you mean "columns"\?/u,
    ),
    call("of rows", "rowsOf", "table", () => rowsOf(wrong(rows)), /must be a Table/u),
  ]);
});
