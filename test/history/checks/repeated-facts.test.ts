import { describe, expect, test } from "vitest";
import { tariff } from "../../../src/history/families/tariff.js";
import { openSources } from "../../../src/history/open-sources.js";
import { populationFigures } from "../../../src/history/population-figures.js";
import { snapshots } from "../../../src/history/snapshots.js";
import type { HistorySources } from "../../../src/history/sources/fact-source.js";
import { vectorFromFacts } from "../../../src/history/vector-from-facts.js";
import { rowsOf } from "../../../src/table/rows.js";
import { opened, writeQuery } from "../../support/history/facts-of.js";
import { temporaryFolder } from "../../support/temporary-folder.js";
import { thrownBy } from "../../support/thrown.js";

const folder = temporaryFolder();
const subscribers = [{ subscriber_id: "x", activated_on: "2023-01-05" }];

describe("facts that are there twice", () => {
  const sources: HistorySources = {
    subscribers,
    payments: [10, 10, 11].map((amount) => ({ subscriber_id: "x", paid_on: "2025-02-10", amount })),
    services: ["tv", "tv"].map((service) => ({ subscriber_id: "x", service, valid_from: "2024-01-01" })),
    events: ["complaint", "complaint"].map((kind) => ({ subscriber_id: "x", at: "2025-02-11", kind })),
    contacts: [1, 2].map(() => ({ subscriber_id: "x", at: "2025-02-11" })),
    answers: [1, 2].map(() => ({ subscriber_id: "x", at: "2025-02-11", question: "q", answer: "7" })),
    activity: [1, 2].map(() => ({ subscriber_id: "x", day: "2025-02-11", minutes: 1 })),
  };

  test("are reported with all others, and dropped but for the first", async () => {
    const error = await thrownBy(() => openSources(sources));
    expect(error.problems.map(({ path: { argument } }) => argument)).toEqual([
      "payments",
      "services",
      "events",
      "contacts",
      "activity",
      "answers",
    ]);
    expect(error.problems[0].received).toEqual(["subscriber x: 2025-02-10 (row 2)"]);
    const history = await opened(sources, { onProblems: "drop" });
    const [row] = rowsOf(await snapshots(history, { at: "2025-03", churn: false }));
    expect(row).toMatchObject({ payment_total: 21, payment_count: 2, complaints: 1, service_count: 1 });
    expect(history.report.tables.payments?.problems).toMatchObject([
      { kind: "duplicate fact", rows: 1, action: "the first of equal rows was kept" },
    ]);
  });

  test("are not those that differ in a column that is not read, or in their time", async () => {
    const kept = async (payments: HistorySources["payments"]) =>
      (await opened({ subscribers, payments }, { onProblems: "drop" })).report.tables.payments?.rowsKept;
    const top = { subscriber_id: "x", paid_on: "2025-02-10", amount: 10 };
    expect(
      await kept([
        { ...top, payment_id: 1 },
        { ...top, payment_id: 2 },
        { ...top, payment_id: 2 },
      ]),
    ).toBe(2);
    const times = ["08:00", "09:00", "09:00"].map((time) => ({ ...top, paid_on: `2025-02-10 ${time}` }));
    expect(await kept(times)).toBe(2);
    const csv =
      "subscriber_id,paid_on,amount,payment_id\nx,2025-02-10,10,1\nx,2025-02-10,10,2\nx,2025-02-10,10,2\n";
    expect(await kept(folder.file("payments.csv", csv))).toBe(2);
    const query =
      "SELECT 'x' AS subscriber_id, DATE '2025-02-10' AS paid_on, 10 AS amount, [least(range, 1)] AS ids FROM range(3)";
    expect(await kept(await writeQuery(query, `${folder.path}/payments.parquet`))).toBe(2);
    expect(await kept({ duckdb: query })).toBe(2);
  });
});

describe("tariffs that correct each other", () => {
  const on = (
    name: string,
    fee: number,
    from: string,
    to: string | null = null,
    known: string | null = null,
  ) => ({
    subscriber_id: "x",
    tariff: name,
    monthly_fee: fee,
    valid_from: from,
    valid_to: to,
    known_at: known,
  });
  const features = [tariff()];

  /** The features of the tariff, from files and from the facts of one subscriber. */
  async function tariffAt(at: string, tariffs: readonly ReturnType<typeof on>[]) {
    const history = await opened({ subscribers, tariffs });
    const [row] = rowsOf(await snapshots(history, { at, churn: false, features }));
    const population = await populationFigures(history, at, { features });
    const vector = await vectorFromFacts({ subscribers, tariffs }, at, { population, features });
    expect({ ...vector, cutoff: row.cutoff }).toEqual(row);
    return { found: [row.tariff, row.monthly_fee, row.tariff_changes], history };
  }

  test("on the same day leave the last row whole, by its place", async () => {
    const tariffs = [
      on("Z", 99, "2025-01-10"),
      on("A", 5, "2025-01-10"),
      on("M", 1, "2024-01-01", "2025-01-10"),
    ];
    const { found, history } = await tariffAt("2025-02-01", tariffs);
    expect(found).toEqual(["A", 5, 1]);
    expect(history.report.tables.tariffs).toMatchObject({
      problems: [],
      notes: [{ kind: "corrected tariffs", rows: 1 }],
    });
  });

  test("on the same day leave the last row whole, by its time", async () => {
    const tariffs = [on("Z", 99, "2025-01-10 17:00"), on("A", 5, "2025-01-10 09:00")];
    expect((await tariffAt("2025-02-01", tariffs)).found).toEqual(["Z", 99, 0]);
  });

  test("are seen from the day on which they became known", async () => {
    const tariffs = [on("Z", 99, "2025-01-10"), on("A", 5, "2025-01-10", null, "2025-02-15")];
    expect((await tariffAt("2025-02-01", tariffs)).found).toEqual(["Z", 99, 0]);
    expect((await tariffAt("2025-03-01", tariffs)).found).toEqual(["A", 5, 0]);
    // The end that became known with it is that of the tariff.
    const ended = [
      on("Z", 99, "2025-01-10"),
      on("A", 5, "2025-01-10", "2025-02-20", "2025-02-15"),
      on("B", 7, "2025-02-20"),
    ];
    expect((await tariffAt("2025-03-01", ended)).found).toEqual(["B", 7, 1]);
  });

  test("by having no length never were, and count as no change", async () => {
    const tariffs = [
      on("A", 5, "2024-01-01", "2025-01-10"),
      on("Z", 99, "2025-01-10", "2025-01-10"),
      on("B", 7, "2025-01-10"),
    ];
    expect((await tariffAt("2025-02-01", tariffs)).found).toEqual(["B", 7, 1]);
  });

  test("with an end that stands for none are the same online", async () => {
    const tariffs = [on("Z", 9, "2025-01-10", "1900-01-01"), on("B", 5, "2025-01-10")];
    expect((await tariffAt("2025-02-01", tariffs)).found).toEqual(["B", 5, 0]);
  });

  test("and contradict each other leave the one that was known first", async () => {
    const late = on("A", 5, "2024-02-01", null, "2025-06-01");
    const early = on("B", 7, "2024-06-01", null, "2024-06-01");
    const ended = on("A", 5, "2024-02-01", "2024-06-01");
    for (const tariffs of [
      [late, early],
      [ended, early, late],
    ]) {
      const history = await opened({ subscribers, tariffs }, { onProblems: "drop" });
      const [row] = rowsOf(await snapshots(history, { at: "2025-03", churn: false, features }));
      expect([row.tariff, history.report.tables.tariffs?.problems[0].rows]).toEqual(["B", 1]);
    }
  });

  test("and end without a successor leave no tariff", async () => {
    expect((await tariffAt("2025-02-01", [on("A", 5, "2024-01-01", "2025-01-10")])).found).toEqual([
      null,
      null,
      0,
    ]);
  });
});

test("of two rows of a subscriber the one that was known first is kept", async () => {
  const rows = [
    { subscriber_id: "x", activated_on: "2024-02-01", known_at: "2025-08-01" },
    { subscriber_id: "x", activated_on: "2024-03-01", known_at: null },
  ];
  const history = await opened({ subscribers: rows }, { onProblems: "drop" });
  expect(rowsOf(await snapshots(history, { at: "2025-03", churn: false }))).toHaveLength(1);
});

describe("managers", () => {
  const managers = [
    { group_id: "g", manager: "Li", valid_from: "2024-01-01", valid_to: "2025-01-01" },
    { group_id: "g", manager: "Wang", valid_from: "2025-01-01", valid_to: null },
    // The manager of a subscriber besides that of the group.
    { group_id: "g", subscriber_id: "x", manager: "Zhao", valid_from: "2024-06-01", valid_to: null },
  ];

  test("are those of a group or a subscriber, one at a time", async () => {
    const history = await opened({ subscribers, managers });
    expect(history.report.tables.managers).toMatchObject({ rowsKept: 3, problems: [] });
    const second = { subscriber_id: "x", manager: "Qian", valid_from: "2024-07-01", valid_to: null };
    const error = await thrownBy(() => openSources({ subscribers, managers: [...managers, second] }));
    expect(error.message).toContain(
      '1 row does not (overlapping managers), received "subscriber x: subscriber x: Qian from 2024-07-01 (row 4)"',
    );
    const none = await thrownBy(() =>
      openSources({ subscribers, managers: [{ ...second, subscriber_id: null }] }),
    );
    expect(none.expected).toContain("must name one of subscriber_id and group_id");
    const columns = await thrownBy(() =>
      openSources({ subscribers, managers: [{ manager: "Li", valid_from: "2024-01-01" }] }),
    );
    expect([columns.code, columns.path.column]).toEqual(["data.missing-column", "subscriber_id"]);
  });
});
