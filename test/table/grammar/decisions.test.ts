import { describe, expect, test } from "vitest";
import type { ReadingPlan } from "../../../src/table/grammar/column-plan.js";
import { rowsOf, tableFromRows } from "../../../src/table/rows.js";
import type { Column } from "../../../src/table/table.js";
import { thrownBy } from "../../support/thrown.js";

/** A column of texts, and what was noted about it. */
function columnOf(texts: readonly unknown[], options: ReadingPlan = {}): Column {
  const [column] = tableFromRows(
    texts.map((x) => ({ x })),
    options,
  ).columns;
  return column;
}
const valuesOf = (texts: readonly unknown[], options?: ReadingPlan) =>
  rowsOf(
    tableFromRows(
      texts.map((x) => ({ x })),
      options,
    ),
  ).map(({ x }) => x);
const notesOf = (column: Column) =>
  (column.reading?.notes ?? []).map(({ kind, cells, example, row }) => [kind, cells, example, row]);

describe("one odd cell among numbers", () => {
  test.each(["-", "--", "NULL", "N/A", "#N/A", "n.a.", "\\N", "(null)", "None", "?", "<NA>", "无", "空"])(
    "%s is missing, and counted in a note",
    (marker) => {
      const column = columnOf(["1.5", marker, "3", marker]);
      expect(valuesOf(["1.5", marker, "3", marker])).toEqual([1.5, null, 3, null]);
      expect(notesOf(column)).toEqual([["markers", 2, marker, 2]]);
      expect(column.reading?.notes[0].detail).toContain(
        `2 cells taken as missing: ${JSON.stringify(marker)} 2`,
      );
    },
  );

  test("that says nothing is named, with its row and the options that decide", async () => {
    const column = columnOf(["1.5", "2", "abc", "3"]);
    expect([column.kind, notesOf(column)]).toEqual(["categorical", [["odd-cells", 1, "abc", 3]]]);
    expect(column.reading?.notes[0].detail).toBe(
      '1 of 4 cells is no number ("abc", row 3), so the column was read as words; to take it as missing: missing: ["abc"], --missing "abc"; to be shown every such cell: declare it as numeric (columns, --columns)',
    );
    expect(valuesOf(["1.5", "2", "abc", "3"], { missing: ["abc"] })).toEqual([1.5, 2, null, 3]);
    const { problems } = await thrownBy(() => columnOf(["1.5", "2", "abc"], { columns: { x: "numeric" } }));
    expect(problems.map(({ path, received }) => [path.column, path.row, received])).toEqual([
      ["x", 3, "abc"],
    ]);
  });

  test("plain numbers beside a word look like no other form", () => {
    const prices = Array.from({ length: 16 }, (_, i) => String(10 * i));
    expect(notesOf(columnOf([...prices, ...new Array(30).fill("Unknown")]))).toEqual([]);
  });

  test("a date among dates likewise; words among which some are numbers are words", () => {
    expect(notesOf(columnOf(["2025-01-01", "2025-01-02", "soon"]))).toEqual([["odd-cells", 1, "soon", 3]]);
    expect(notesOf(columnOf(["5G", "4G", "2", "x"]))).toEqual([]);
  });
});

describe("what every cell agrees with is read, with a note", () => {
  test.each([
    [
      "money",
      ["¥1,431.00", "¥20", "-", "¥441.95"],
      [1431, 20, null, 441.95],
      { thousands: ",", currency: "¥" },
    ],
    ["money", ["12.50 €", "3 €"], [12.5, 3], { currency: "€" }],
    ["thousands", ["19,069.30", "12", "999"], [19069.3, 12, 999], { thousands: "," }],
    ["thousands", ["1,234,567", "1,000"], [1234567, 1000], { thousands: "," }],
    ["percent", ["37.0%", "5%", "0"], [0.37, 0.05, 0], { percent: true }],
    ["compact-date", ["20250220", "20251231"], ["2025-02-20", "2025-12-31"], { dateFormat: "yyyyMMdd" }],
    [
      "compact-date",
      [20250220, null, 20251231],
      ["2025-02-20", null, "2025-12-31"],
      { dateFormat: "yyyyMMdd" },
    ],
  ])("%s: %j", (kind, texts, values, format) => {
    const column = columnOf(texts);
    expect(valuesOf(texts)).toEqual(values);
    expect(column.reading?.format).toEqual(format);
    expect(notesOf(column).map(([each]) => each)).toContain(kind);
  });

  test.each([
    ["two currencies", ["¥5.00", "$5.00"]],
    ["a share and a number", ["37%", "12"]],
    ["thousands or a decimal comma", ["1,431", "2,500", "999"]],
    ["a leading zero", ["007.5%", "12%"]],
    ["no day of the calendar", ["20250220", "20250230"]],
    ["days of another century", ["18991231", "20250101"]],
  ])("not where cells disagree: %s", (_, texts) => {
    const column = columnOf(texts);
    expect(column.kind === "numeric" && column.isDate !== true ? "numbers" : column.kind).toBe(
      texts.every((text) => /^\d+$/.test(text)) ? "numbers" : "categorical",
    );
    expect(column.reading?.format).toBeUndefined();
  });

  test.each([
    [["38,29", "57,20", "76,1"], 'decimal: ",", --decimal ","'],
    [["1.438,29", "57,20", "76,1"], 'decimal: ",", --decimal ","; thousands: ".", --thousands "."'],
    [["1,431", "2,500", "3,999", "12"], 'decimal: ",", --decimal "," or thousands: ",", --thousands ","'],
    [["37%", "12", "5%"], "percent: true, --percent"],
    [["20.02.2025", "31.12.2024", "03.04.2025"], 'dateFormat: "dd.MM.yyyy", --date-format "dd.MM.yyyy"'],
    [["20.02.2025", "31.12.2024", "1.1.2025", "03.04.2025"], 'dateFormat: "d.M.yyyy"'],
    [
      ["02/03/2025", "12/11/2024", "01/01/2025"],
      'dateFormat: "dd/MM/yyyy", --date-format "dd/MM/yyyy" or dateFormat: "MM/dd/yyyy"',
    ],
    [["02/20/2025", "12/31/2024", "01/01/2025"], 'dateFormat: "MM/dd/yyyy"'],
    [["2/20/25", "12/31/24", "1/1/25"], 'dateFormat: "M/d/yy", --date-format "M/d/yy"'],
    [
      ["¥1,431", "¥2,500", "¥999"],
      'thousands: ",", --thousands ","; currency: "¥", --currency "¥" or decimal',
    ],
    [["1.431,50 €", "99,00 €", "12,10 €"], 'thousands: ".", --thousands "."; currency: "€", --currency "€"'],
    [["0,5%", "12,0%", "3%"], 'decimal: ",", --decimal ","; percent: true, --percent'],
    [["2025-01-31", "2025-02-28", "20250331"], 'dateFormat: "yyyyMMdd", --date-format "yyyyMMdd"'],
  ])("%j is said to look like it, with the option that reads it", (texts, option) => {
    const [note] = columnOf(texts).reading?.notes ?? [];
    expect([note?.kind, note?.detail]).toEqual(["looks-like", expect.stringContaining(option)]);
  });
});

test("money in several currencies is no number, and no option makes it one: it is said", () => {
  const column = columnOf(["$10.50", "€12.00", "$9.99", "£3.10"]);
  expect([column.kind, notesOf(column)]).toEqual(["categorical", [["currencies", 4, "$10.50", 1]]]);
  expect(column.reading?.notes[0].detail).toContain('several currencies, "$", "€", "£" ("$10.50", row 1)');
});

describe("categories beside numbers", () => {
  const rows = [
    { n: "1", plan: "A", has: "有", offer: "None" },
    { n: "-", plan: "NULL", has: "无", offer: "x" },
    { n: "3", plan: "-", has: "有", offer: "y" },
    { n: "4", plan: "B", has: "无", offer: "None" },
  ];

  test("are missing where they are marked so; a word only where a number is; never one of two", () => {
    const table = tableFromRows(rows);
    expect(rowsOf(table).map(({ plan, has, offer }) => [plan, has, offer])).toEqual([
      ["A", "有", "None"],
      [null, "无", "x"],
      [null, "有", "y"],
      ["B", "无", "None"],
    ]);
    expect(table.columns[1].reading?.format).toEqual({ missing: ["NULL", "-"] });
    expect(notesOf(table.columns[1])).toEqual([["markers-beside", 2, "NULL", 2]]);
    const marked = tableFromRows(rows.map((row) => ({ ...row, n: row.n === "-" ? "none" : row.n })));
    expect(rowsOf(marked).map(({ offer }) => offer)).toEqual([null, "x", "y", null]);
  });

  test("are kept where the caller says so, or no number has a marker", () => {
    const kept = tableFromRows(rows, { columns: { plan: { missing: [] } } });
    expect(rowsOf(kept)[1].plan).toBe("NULL");
    const numbers = tableFromRows(rows.map((row) => ({ ...row, n: "1" })));
    expect(rowsOf(numbers)[1].plan).toBe("NULL");
  });
});

describe("options that can't be followed", () => {
  test.each([
    [{ decimal: ",", thousands: "," }, "thousands", 'must differ from decimal, which is ","'],
    [{ thousands: "." }, "thousands", 'must differ from decimal, which is "."'],
    [{ decimal: ";" }, "decimal", 'must be "." or ","'],
    [{ missing: "-" }, "missing", "must be a list of texts"],
    [{ missing: [" "] }, "missing", "must hold no blank text"],
    [{ currency: "5" }, "currency", "must be a sign or a word without digits"],
    [{ percent: "yes" }, "percent", "must be true or false"],
    [{ dateFormat: "DD.MM.YYYY" }, "dateFormat", "must be made of yyyy"],
    [{ timeZone: "Nowhere" }, "timeZone", "must be an IANA time zone"],
    [{ dateFormat: "dd.MM.yyyy" }, "dateFormat", "must read the dates of a column"],
    [{ missing: ["a", "b"] }, "missing", "must leave a value in the column"],
    [
      { missing: ["a"] },
      "missing",
      'must hold no text that is also a category, only "b" is left in the column',
    ],
    [{ columns: { x: { decimal: ",", thousands: "," } } }, 'columns["x"].thousands', "must differ"],
    [{ columns: { x: { kind: "number" } } }, 'columns["x"].kind', "must be one of numeric"],
    [{ columns: { x: { decimals: 2 } } }, 'columns["x"].decimals', "must be left out"],
    [{ decimal: ",", columns: { x: { thousands: "," } } }, 'columns["x"].thousands', "must differ"],
  ])("%j", async (options, argument, expected) => {
    const { problems } = await thrownBy(() => columnOf(["a", "b"], options as ReadingPlan));
    expect(problems.map(({ path }) => path.argument)).toEqual([argument]);
    expect(problems[0].expected).toContain(expected);
  });

  test("a column declared by itself may have one category, or none", () => {
    expect(valuesOf(["a", "b"], { columns: { x: { missing: ["a"] } } })).toEqual([null, "b"]);
  });
});

test.each([
  ["37%", "numeric", "to read it: `percent: true`"],
  ["1,5", "numeric", 'to read it: `decimal: ","`'],
  ["1,431", "numeric", 'to read it: `decimal: ","` or `thousands: ","`'],
  ["1.431,50", "numeric", 'to read it: `decimal: ","` and `thousands: "."`'],
  ["abc", "numeric", undefined],
  ["12abc", "numeric", undefined],
  ["20.02.2025", "date", 'to read it: `dateFormat: "dd.MM.yyyy"`'],
  ["02/03/2025", "date", 'to read it: `dateFormat: "dd/MM/yyyy"` or `dateFormat: "MM/dd/yyyy"`'],
] as const)("%s in a column of kind %s: %s", async (text, kind, hint) => {
  const { problems } = await thrownBy(() => columnOf([text], { columns: { x: kind } }));
  expect(problems[0].hint).toBe(hint);
});

test("a value that is given as a number stays that number beside texts of another form", () => {
  const options = { decimal: ",", thousands: "." } as const;
  expect(valuesOf([1.431, "1.500,5", "1.431"], options)).toEqual([1.431, 1500.5, 1431]);
});

test("a marker that is a number is one in all of its spellings", () => {
  expect(valuesOf(["-999.0", "5", "-999"], { missing: ["-999"] })).toEqual([null, 5, null]);
});

test("compact dates may have a fraction of zeros, and stand beside decimal commas", () => {
  expect(valuesOf(["20250328.0", "", "20250101.0"])).toEqual(["2025-03-28", null, "2025-01-01"]);
  expect(valuesOf(["20250328", "-"], { decimal: "," })).toEqual(["2025-03-28", null]);
});

test("one odd cell among money is named", () => {
  expect(notesOf(columnOf(["¥1,234.50", "¥20", "¥7.5", "unknown"]))).toEqual([
    ["odd-cells", 1, "unknown", 4],
  ]);
});

test("a Date has no order of day and month", () => {
  const columns = { x: { dateFormat: "yyyy-dd-MM" } };
  const values = [new Date("2025-02-03"), "2025-13-02", new Date("2025-02-03T06:00Z")];
  expect(valuesOf(values, { columns })).toEqual(["2025-02-03", "2025-02-13", "2025-02-03T06:00:00Z"]);
});

test("numbers that mark missing values are noted where they are given as numbers too", () => {
  expect(notesOf(columnOf([-999, 5, -999], { missing: ["-999"] }))).toEqual([["markers", 2, "-999", 1]]);
});

test.each([
  ["texts", ["20250101", "20250102", "99991231", "20250103", "20250104"]],
  ["numbers", [20250101, 20250102, 99991231, 20250103, 20250104]],
])("one number among compact dates is named: %s", (_, values) => {
  const column = columnOf(values);
  expect([column.kind, column.kind === "numeric" && column.isDate === true]).toEqual(["numeric", false]);
  expect(notesOf(column)).toEqual([["odd-dates", 1, "99991231", 3]]);
});

test.each([
  [{ kind: "categorical", decimal: "," }, "decimal", "a column of kind categorical has no such form"],
  [{ kind: "date", percent: true }, "percent", "a column of kind date has no such form"],
  [{ kind: "numeric", isFlag: "x" }, "isFlag", "must be true or false"],
])("the column %j contradicts itself", async (declared, member, expected) => {
  const { problems } = await thrownBy(() => columnOf(["1"], { columns: { x: declared } } as ReadingPlan));
  expect(problems.map(({ path }) => path.argument)).toEqual([`columns["x"].${member}`]);
  expect(problems[0].expected).toContain(expected);
});
