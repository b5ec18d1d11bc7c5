import { describe, expect, test } from "vitest";
import { thrownBy } from "../../support/thrown.js";
import { analysisOf, subscriber, used } from "./small-history.js";

describe("reasons", () => {
  test("that no map names are counted as other, and named; those of objects in JavaScript are no exception", async () => {
    const reasons = ["constructor", "o'hare", "携号转网", "natural", "voluntary", null];
    const { causes } = await analysisOf(
      {
        subscribers: [
          ...reasons.map((end_reason, i) => subscriber(`s${i}`, "2024-01-01", "2025-05-05", { end_reason })),
          subscriber("stays", "2024-01-01", null, { end_reason: null }),
        ],
        usage: used("stays"),
      },
      { reasons: { 携号转网: "competitor" } },
    );
    expect(Object.fromEntries(causes.causes.map(({ cause, left }) => [cause, left]))).toEqual({
      other: 2,
      competitor: 1,
      "moved or deceased": 1,
      "not stated": 2,
    });
    expect(causes.unknownReasons.map(({ reason }) => reason).sort()).toEqual(["constructor", "o'hare"]);
  });
});

describe("a subscriber more than once", () => {
  const twice = {
    subscribers: [
      subscriber("a", "2024-01-01", "2025-03-04"),
      subscriber("a", "2025-02-01", "2025-09-09"),
      subscriber("b", "2024-01-01"),
    ],
    usage: used("b"),
  };

  test("is refused when the history is opened", async () => {
    const error = await thrownBy(() => analysisOf(twice));
    expect([error.path.column, error.expected]).toEqual([
      "subscriber_id",
      expect.stringContaining("must appear once"),
    ]);
  });

  test("counts by the row that was known first, where problems are dropped", async () => {
    const { total, months } = await analysisOf(twice, {}, { onProblems: "drop" });
    expect([total.base, total.left, total.joined]).toEqual([2, 1, 0]);
    expect(months.filter(({ left }) => left > 0).map(({ month }) => month)).toEqual(["2025-03"]);
  });

  test("counts by all rows, where the history is not checked", async () => {
    const { total } = await analysisOf(twice, {}, { check: false });
    expect([total.base, total.left, total.joined]).toEqual([2, 2, 1]);
  });

  test("under a new id has left and joined", async () => {
    const { total } = await analysisOf({
      subscribers: [subscriber("a", "2024-01-01", "2025-03-04"), subscriber("a again", "2025-03-04")],
      usage: used("a again"),
    });
    expect(total).toMatchObject({ base: 1, joined: 1, left: 1, net: 0, churnRate: 1, churnToNew: 1 });
  });
});

describe("columns of an operator", () => {
  test("may have the names that the library uses", async () => {
    const names = [
      "as_of",
      "in_base",
      "times_left",
      "left_on",
      "cutoff_day",
      "as_of_month",
      "revenue",
      "month",
    ];
    const own = (value: number) => Object.fromEntries(names.map((name) => [name, value]));
    const { cuts, total } = await analysisOf(
      {
        subscribers: [
          subscriber("a", "2023-05-01", null, own(3)),
          subscriber("b", "2024-02-01", "2025-03-04", own(4)),
        ],
        usage: used("a"),
      },
      { by: ["tenure", ...names] },
    );
    expect([total.base, total.left]).toEqual([2, 1]);
    for (const name of names) {
      expect(cuts[name].map(({ value, base, left }) => [value, base, left])).toEqual([
        ["4", 1, 1],
        ["3", 1, 0],
      ]);
    }
  });

  test("of days are cut by days, many of them by bands of about equal size", async () => {
    const days = Array.from({ length: 20 }, (_, i) => `19${50 + i}-03-04`);
    const { cuts } = await analysisOf(
      {
        subscribers: days.map((birth_date, i) =>
          subscriber(`s${i}`, "2024-01-01", i === 0 ? "2025-05-05" : null, {
            birth_date,
            since: i < 10 ? "2010-01-01" : "2012-01-01",
          }),
        ),
        usage: used("s1"),
      },
      { by: ["birth_date", "since"] },
    );
    expect(cuts.since.map(({ value, base, left }) => [value, base, left])).toEqual([
      ["2010-01-01", 10, 1],
      ["2012-01-01", 10, 0],
    ]);
    expect(cuts.birth_date.map(({ value, base }) => [value, base])).toEqual([
      ["under 1953-03-04", 3],
      ["1953-03-04/1957-03-04", 4],
      ["1957-03-04/1961-03-04", 4],
      ["1961-03-04/1965-03-04", 4],
      ["1965-03-04+", 5],
    ]);
  });
});

test("dates of JavaScript fall on the months of the operator's zone", async () => {
  const sources = {
    subscribers: [
      // 1 February and 1 March 2025 in Shanghai.
      { subscriber_id: "a", activated_on: new Date("2025-01-31T18:00:00Z"), ended_on: null },
      {
        subscriber_id: "b",
        activated_on: new Date("2024-01-01T10:00:00Z"),
        ended_on: new Date("2025-02-28T17:00:00Z"),
      },
    ],
    usage: used("b", 18),
  };
  const monthsOf = async (timeZone: string) => {
    const { months } = await analysisOf(sources, {}, { timeZone });
    const when = (what: "joined" | "left") =>
      months.filter((each) => each[what] > 0 && each.month > "2024-06").map(({ month }) => month);
    return [...when("joined"), ...when("left")];
  };
  expect(await monthsOf("Asia/Shanghai")).toEqual(["2025-02", "2025-03"]);
  expect(await monthsOf("UTC")).toEqual(["2025-01", "2025-02"]);
});
