import * as arrow from "apache-arrow";
import { describe } from "vitest";
import * as frames from "../../../src/frames/index.js";
import { readTable, trainChurnModel } from "../../../src/index.js";
import { mistake, testNonsense, untypedOf } from "../every-function.js";
import { testMistakes } from "../mistake.js";

const { tableFrom, toArquero, toArrow, toDanfo, toPolars } = untypedOf(frames);
const wrong = (value: unknown) => value as never;
const vector = arrow.vectorFromArray([1, 2]);
const table = await frames.tableFrom({ a: [1, 2] });
const series = { $isSeries: true, $columns: ["a"], $dtypes: ["int32"], values: [1, 2] };
const danfo = { ...series, $isSeries: false, values: [[1], [2]] };

describe("in the place of a frame", () => {
  const of = (name: string, source: unknown, says: RegExp) =>
    mistake(name, () => tableFrom(source), "tableFrom", "source", says);
  testMistakes([
    of("nothing", undefined, /must be a data frame, row objects or columns as arrays, not undefined/u),
    of("a path", "customers.csv", /read a file with await readTable\(path\)/u),
    of("a promise", Promise.resolve({ a: [1] }), /not a promise of one.*await it first/u),
    of("a Series of danfojs", series, /not a Series.*tableFrom\(\{ name: series\.values \}\)/u),
    of("a Vector of Arrow", vector, /not a Vector of Arrow.*new Table\(\{ name: vector \}\)/u),
    of("an array of numbers", Float64Array.of(1, 2), /not a single column.*tableFrom\(\{ name: values \}\)/u),
    of("a query", { duckdb: "SELECT 1" }, /read it with await readTable\(source\)/u),
    of("a single row", { tenure: 3, plan: "a" }, /put a single row into a list: \[row\]/u),
    of("a column that is no array", { a: [1], b: 2 }, /every member must be an array/u),
    of("a map", new Map([["a", [1]]]), /Array\.from\(rows\)/u),
  ]);
});

describe("options of tableFrom", () => {
  testMistakes([
    mistake(
      "names for columns that have some",
      () => tableFrom({ a: [1] }, { columnNames: ["b"] }),
      "tableFrom",
      "columnNames",
      /must be left out, columns of this source \(columns as arrays\) have names/u,
    ),
    mistake(
      "rows that are arrays without names",
      () => tableFrom([[1, 2]]),
      "tableFrom",
      "columnNames",
      /must be given, rows that are arrays have no names of columns/u,
    ),
    mistake(
      "types of pandas",
      () => tableFrom({ a: [1] }, { dtypes: { a: "float" } }),
      "tableFrom",
      "dtypes",
      /did you mean "columns"\?/u,
    ),
  ]);
});

describe("a frame in the place of a table", () => {
  testMistakes([
    mistake(
      "trainChurnModel",
      () => trainChurnModel(wrong(danfo), { label: "a" }),
      "trainChurnModel",
      "table",
      /must be a Table, not a data frame.*await tableFrom\(frame\)/u,
    ),
    mistake(
      "trainChurnModel of Arrow",
      () => trainChurnModel(wrong(new arrow.Table({ a: vector })), { label: "a" }),
      "trainChurnModel",
      "table",
      /not a data frame/u,
    ),
    mistake(
      "readTable",
      () => readTable(wrong(danfo)),
      "readTable",
      "source",
      /not a data frame.*await tableFrom\(frame\)/u,
    ),
    mistake(
      "readTable of columns",
      () => readTable(wrong({ a: [1] })),
      "readTable",
      "source",
      /not columns.*await tableFrom\(columns\)/u,
    ),
  ]);
});

describe("in the place of a module", () => {
  const of = (name: string, call: () => unknown, argument: string, says: RegExp) =>
    mistake(name, call, name, argument, says);
  testMistakes([
    of("toArrow", () => toArrow(table, {}), "arrow", /must be the module apache-arrow/u),
    of("toDanfo", () => toDanfo(table, "danfojs"), "danfo", /must be the module danfojs-node/u),
    of("toPolars", () => toPolars(table, arrow), "polars", /must be the module nodejs-polars/u),
    of("toArquero", () => toArquero(table, 5), "aq", /must be the module arquero/u),
  ]);
});

describe("nonsense", () => {
  testNonsense({ tableFrom, toArquero, toArrow, toDanfo, toPolars });
});
