import { describe, expect, test } from "vitest";
import { monthly, splitByTime, tableFromRows } from "../../../src/index.js";
import { thrownBy } from "../../support/thrown.js";
import { type Mistake, testMistakes } from "../mistake.js";
import { of, wrong } from "../of.js";

describe("cutoffs and splits", () => {
  const table = tableFromRows([
    { id: "a", cutoff: "2025-01-01" },
    { id: "b", cutoff: "2025-06-01" },
  ]);
  const split = (name: string, given: unknown, options: unknown, argument: string, says: RegExp): Mistake =>
    of("splitByTime", name, argument, () => splitByTime(wrong(given), wrong(options)), says);
  const OPTIONS = { column: "cutoff", testFrom: "2025-06" };
  testMistakes([
    of("monthly", "backwards", "to", () => monthly("2025-06", "2025-01"), /monthly\("2025-01", "2025-06"\)/u),
    of("monthly", "of years", "from", () => monthly("2025", "2026"), /write "2025-01"/u),
    of(
      "monthly",
      "of Dates",
      "from",
      () => monthly(wrong(new Date("2025-01-01")), "2025-06"),
      /"2025-01-01"/u,
    ),
    of(
      "monthly",
      "of a list",
      "from",
      () => monthly(wrong(["2025-01", "2025-06"]), wrong(undefined)),
      /a single one/u,
    ),
    of("monthly", "without an end", "to", () => monthly("2025-01", wrong(undefined)), /must be a month/u),
    split("of rows", [{ cutoff: "2025-01" }], OPTIONS, "table", /tableFromRows/u),
    split("without options", table, undefined, "column", /must be given/u),
    split("of an unknown option", table, { ...OPTIONS, from: "x" }, "from", /did you mean "testFrom"\?/u),
    split(
      "by a column misspelt",
      table,
      { ...OPTIONS, column: "cutof" },
      "column",
      /did you mean "cutoff"\?/u,
    ),
    split("by a column of text", table, { ...OPTIONS, column: "id" }, "column", /must be a date column/u),
    split(
      "at a Date",
      table,
      { ...OPTIONS, testFrom: new Date("2025-06-01") },
      "testFrom",
      /write "2025-06-01"/u,
    ),
    split("with a text for a span", table, { ...OPTIONS, embargo: "4" }, "embargo", /write 4/u),
    split(
      "where no row is left to test",
      table,
      { ...OPTIONS, testFrom: "2026" },
      "testFrom",
      /write "2026-01"/u,
    ),
  ]);

  test("the hints about monthly are what works", async () => {
    const { hint = "" } = await thrownBy(() => monthly("2025-02", "2025-01"));
    const [, from, to] = /monthly\("(.*)", "(.*)"\)/u.exec(hint) ?? [];
    expect(monthly(from, to)).toEqual(["2025-01-01", "2025-02-01"]);
  });
});
