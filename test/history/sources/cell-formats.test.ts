import { describe, expect, test } from "vitest";
import { openSources } from "../../../src/history/open-sources.js";
import { factsOf, opened } from "../../support/history/facts-of.js";
import { temporaryFolder } from "../../support/temporary-folder.js";
import { thrownBy } from "../../support/thrown.js";

const folder = temporaryFolder();
// (date(2025, 3, 1) - date(1970, 1, 1)).days in Python; (2025 - 1970) * 12 + 2.
const MARCH_1 = 20148;
const MARCH = 662;
const subscribers = [{ subscriber_id: "x", activated_on: "2024-01-01" }];

describe("how the cells of a history are written", () => {
  test("is said for the history, a source, and a column, the nearest first", async () => {
    const payments = folder.file(
      "payments.csv",
      'subscriber_id,paid_on,amount,days_late,known_at\nx,01.03.2025,"1.234,50",keine,2025-03-02\n',
    );
    const usage = folder.file("usage.csv", "subscriber_id,账期,minutes\nx,03/2025,1.5\n");
    const history = await opened(
      {
        subscribers,
        payments: { source: payments, decimal: ",", thousands: ".", missing: ["keine"] },
        usage: { source: usage, columns: { month: { name: "账期", dateFormat: "MM/yyyy" } } },
      },
      { dateFormat: "dd.MM.yyyy" },
    );
    // A date in ISO 8601 is one in any format.
    expect(await factsOf(history, "payments")).toEqual([["x", MARCH_1, 1234.5, null, MARCH_1 + 1]]);
    expect(await factsOf(history, "usage")).toEqual([["x", MARCH, null, 1.5]]);
  });

  test("is said for columns by their own names, in every table", async () => {
    const rows = [{ subscriber_id: "x", tag: "3/1/25", kind: "k" }];
    const sources = { subscribers, events: { source: rows, columns: { at: "tag" } } };
    const history = await opened(sources, { columns: { tag: { dateFormat: "M/d/yy" } } });
    expect((await factsOf(history, "events"))[0][1]).toBe(MARCH_1);
    const error = await thrownBy(() => openSources(sources, { columns: { tga: { dateFormat: "M/d/yy" } } }));
    expect([error.path.argument, error.hint]).toEqual(["columns.tga", 'did you mean "tag"?']);
  });

  test.each([
    ["24-05-06", "unreadable date"],
    ["01.03.2025", "unreadable date"],
    ["3/1/25", "unreadable date"],
  ])("is never guessed: %s", async (text, kind) => {
    const events = [{ subscriber_id: "x", at: text, kind: "k" }];
    const history = await opened({ subscribers, events }, { onProblems: "drop" });
    expect(history.report.tables.events?.problems).toMatchObject([
      { kind, column: "at", rows: 1, examples: [{ subscriber: "x", value: text, row: 1 }] },
    ]);
  });

  test("with a bad number names it, its line and what leaves the column out, in columns that need not be there too", async () => {
    const usage = folder.file(
      "bad.csv",
      'subscriber_id,month,minutes,"a ""quoted""\nname",note\nx,2025-01,1,1,a\n\nx,2025-02,1_000,2,b\nx,2025-03,3,3,c\n',
    );
    const error = await thrownBy(() => openSources({ subscribers, usage }));
    expect(error.problems).toHaveLength(1);
    expect(error.message).toContain(
      'column "minutes": must be a number, 1 row does not (unreadable number), received "subscriber x: 1_000 (line 5)"',
    );
    expect(error.hint).toContain('`exclude: ["minutes"]` leaves the column out');
    const history = await opened({ subscribers, usage }, { onProblems: "drop" });
    const { problems, rowsKept, ignoredColumns, notes } = history.report.tables.usage ?? {};
    expect([rowsKept, ignoredColumns]).toEqual([2, ["note"]]);
    expect(problems?.[0].examples).toEqual([
      { subscriber: "x", value: "1_000", row: 2, file: usage, line: 5 },
    ]);
    expect(notes).toEqual([
      { kind: "ignored column", column: "note", text: "not read: it holds words, not numbers" },
    ]);
  });

  test("is said for attributes too, whose texts say what they hold", async () => {
    const rows = [
      { subscriber_id: "x", activated_on: "1.2.2024", fee: "12,50", since: "3.4.2023", plan: "S", vip: "-" },
      {
        subscriber_id: "y",
        activated_on: "1.2.2024",
        fee: "keine",
        since: "5.4.2023",
        plan: "keine",
        vip: "1",
      },
    ];
    const format = { decimal: ",", dateFormat: "d.M.yyyy", missing: ["keine"] } as const;
    const history = await opened({ subscribers: { source: rows, ...format } });
    const kinds = history.schema.subscribers?.map(({ name, kind }) => [name, kind]);
    expect(kinds?.slice(-4)).toEqual([
      ["fee", "number"],
      ["since", "day"],
      ["plan", "text"],
      ["vip", "number"],
    ]);
    // (date(2024, 2, 1) - date(1970, 1, 1)).days and so on in Python.
    expect(await factsOf(history, "subscribers")).toEqual([
      ["x", 19754, 12.5, 19450, "S", null],
      ["y", 19754, null, 19452, null, 1],
    ]);
  });

  test("is said of columns by their names, composed or not, in any source", async () => {
    const [composed, decomposed] = ["NFC", "NFD"].map((form) => "Zähler".normalize(form));
    const query = `SELECT 'x' AS subscriber_id, DATE '2025-03-01' AS month, '007,5' AS "${decomposed}", '0010' AS padded`;
    const options = { columns: { [composed]: { decimal: "," } } } as const;
    const history = await opened({ subscribers, usage: { duckdb: query } }, options);
    expect(await factsOf(history, "usage")).toEqual([["x", MARCH, null, 7.5, 10]]);
    expect(history.schema.usage?.at(-2)?.name).toBe(composed);
    const mapped = { source: { duckdb: query }, columns: { minutes: composed } };
    const without = await thrownBy(() => openSources({ subscribers }, { exclude: ["activated_on"] }));
    expect([without.code, without.hint]).toEqual([
      "data.missing-column",
      'it is excluded: take it out of `exclude: ["activated_on"]`',
    ]);
    const left = await opened({ subscribers, usage: mapped }, { ...options, exclude: ["padded"] });
    expect(left.schema.usage?.at(-1)?.name).toBe("minutes");
  });

  test("as numbers in columns of text are numbers", async () => {
    const usage = {
      duckdb: "SELECT 'x' AS subscriber_id, DATE '2025-03-01' AS month, '7.5' AS minutes, true AS is_roaming",
    };
    const history = await opened({ subscribers, usage });
    expect(await factsOf(history, "usage")).toEqual([["x", MARCH, null, 7.5]]);
    const { ignoredColumns, notes } = history.report.tables.usage ?? {};
    expect(ignoredColumns).toEqual(["is_roaming"]);
    expect(notes).toEqual([
      { kind: "ignored column", column: "is_roaming", text: "not read: boolean is no number" },
    ]);
  });

  test("with texts that mean a missing value is noted with count and example", async () => {
    const usage = folder.file("markers.csv", "subscriber_id,month,minutes\nx,2025-01,5\nx,2025-02,-\n");
    const events = {
      duckdb: "SELECT 'x' AS subscriber_id, '2025-02-05' AS at, 'k' AS kind, 'N/A' AS known_at",
    };
    const history = await opened({ subscribers, usage, events });
    const notes = [history.report.tables.usage, history.report.tables.events].flatMap(
      (table) => table?.notes ?? [],
    );
    expect(notes.map(({ kind, column, rows, text }) => [kind, column, rows, text])).toEqual([
      ["missing values", "minutes", 1, expect.stringContaining('first "-", line 3')],
      ["missing values", "known_at", 1, 'taken as missing: "N/A" (1)'],
    ]);
  });

  test("is refused where it says nothing that is right", async () => {
    const error = await thrownBy(() =>
      openSources(
        {
          subscribers: { source: subscribers, columns: { activated_on: { dateFormat: "MM/yyyy" } as never } },
        },
        {},
      ),
    );
    expect([error.path.argument, error.expected]).toEqual([
      "subscribers.columns.activated_on.dateFormat",
      'must have the day, in letters such as "dd.MM.yyyy"',
    ]);
    const wrong = {
      decimal: ",",
      thousands: ",",
      absentMonths: "none",
      columns: { a: { zone: 1 } },
    } as never;
    const all = await thrownBy(() => openSources({ subscribers }, wrong));
    expect(all.problems.map(({ path: { argument } }) => argument)).toEqual([
      "thousands",
      "columns.a.zone",
      "absentMonths",
    ]);
  });
});
