import { describe, expect, test } from "vitest";
import { openSources } from "../../../src/history/open-sources.js";
import type { HistorySources } from "../../../src/history/sources/fact-source.js";
import { utcIn } from "../../../src/table/grammar/dates/time-zone.js";
import { tableFromRows } from "../../../src/table/rows.js";
import { factsOf, opened } from "../../support/history/facts-of.js";
import { thrownBy } from "../../support/thrown.js";

// (date(2025, 3, 1) - date(1970, 1, 1)).days in Python; (2025 - 1970) * 12 + 2.
const MARCH_1 = 20148;
const MARCH = 662;
const subscribers = [{ subscriber_id: "x", activated_on: "2024-01-01" }];
const at = (time: unknown) => [{ subscriber_id: "x", at: time, kind: "k" }];

async function dayOf(time: unknown, options = {}): Promise<unknown> {
  const [[, day]] = await factsOf(await opened({ subscribers, events: at(time) }, options), "events");
  return day;
}

describe("times of a history", () => {
  test.each([
    // 2025-03-01 02:00 in Shanghai.
    ["2025-02-28T18:00:00Z", MARCH_1],
    ["2025-03-01T02:00:00+08:00", MARCH_1],
    [new Date("2025-02-28T18:00:00Z"), MARCH_1],
    ["2025-02-28 18:00", MARCH_1 - 1],
    ["2025-02-28", MARCH_1 - 1],
  ])("of %s fall on the days of the operator", async (time, day) => {
    expect(await dayOf(time, { timeZone: "Asia/Shanghai" })).toBe(day);
  });

  test("with an offset fall on the days of UTC where no zone is given", async () => {
    expect(await dayOf("2025-03-01T02:00:00+08:00")).toBe(MARCH_1 - 1);
    expect(await dayOf(new Date("2025-02-28T18:00:00Z"))).toBe(MARCH_1 - 1);
  });

  test("without an offset are those of their source's zone", async () => {
    const source = { source: at("2025-02-28 18:00"), timeZone: "UTC" };
    const history = await opened({ subscribers, events: source }, { timeZone: "Asia/Shanghai" });
    expect((await factsOf(history, "events"))[0][1]).toBe(MARCH_1);
    expect(history.report.timeZone).toBe("Asia/Shanghai");
  });

  test("of a database are the same", async () => {
    const query = (type: string, text: string) =>
      `SELECT 'x' AS subscriber_id, ${type} '${text}' AS at, 'k' AS kind, ${type} '${text}' AS known_at`;
    const days = async (type: string, text: string) => {
      const events = { duckdb: query(type, text) };
      return (
        await factsOf(await opened({ subscribers, events }, { timeZone: "Asia/Shanghai" }), "events")
      )[0][1];
    };
    expect(await days("TIMESTAMPTZ", "2025-02-28 18:00:00+00")).toBe(MARCH_1);
    expect(await days("TIMESTAMP", "2025-02-28 18:00:00")).toBe(MARCH_1 - 1);
    const months = {
      duckdb: "SELECT 'x' AS subscriber_id, TIMESTAMPTZ '2025-02-28 16:00:00+00' AS month, 5 AS minutes",
    };
    const history = await opened({ subscribers, usage: months }, { timeZone: "Asia/Shanghai" });
    expect((await factsOf(history, "usage"))[0][1]).toBe(MARCH);
  });

  test("of a database follow the clocks of the zone as JavaScript does", () => {
    const inNewYork = utcIn("America/New_York");
    // 2025-03-09 07:00 UTC: the clocks go from 02:00 to 03:00.
    const hours = [6, 7].map((hour) => (inNewYork(20156 + hour / 24) - 20156) * 24);
    expect(hours.map(Math.round)).toEqual([1, 3]);
  });

  test("that are midnight of this machine's zone are refused where no zone is given", async () => {
    const local = new Date(2025, 2, 1);
    const isUtc = local.getTimezoneOffset() === 0;
    const sources: HistorySources = { subscribers, events: at(local) };
    if (isUtc) expect(await dayOf(local)).toBe(MARCH_1);
    else expect((await thrownBy(() => openSources(sources))).expected).toContain("must have a time zone");
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    expect(await dayOf(local, { timeZone })).toBe(MARCH_1);
  });

  test.each([
    [
      "texts",
      ["2025-01-31T16:00:00Z", "2025-02-01T16:00:00Z", "2025-02-03T16:00:00Z"].map((time) => at(time)[0]),
    ],
    [
      "timestamps of a database",
      {
        duckdb:
          "SELECT 'x' AS subscriber_id, 'k' AS kind, TIMESTAMPTZ '2025-01-31 16:00:00+00' + to_days(range::INTEGER) AS at FROM range(4)",
      },
    ],
  ] as const)("that all are midnight of another zone are refused: %s", async (_, events) => {
    const error = await thrownBy(() => openSources({ subscribers, events }));
    expect([error.code, error.path.argument, error.path.column]).toEqual([
      "argument.missing",
      "events",
      "at",
    ]);
    expect(error.message).toContain("all of its times are one time of the day");
    const history = await opened({ subscribers, events }, { timeZone: "Asia/Shanghai" });
    expect((await factsOf(history, "events"))[0][1]).toBe(MARCH_1 - 28);
    const utc = await opened({ subscribers, events }, { timeZone: "UTC" });
    expect((await factsOf(utc, "events"))[0][1]).toBe(MARCH_1 - 29);
  });

  test("that show midnight of their offset are refused, those of noon are not", async () => {
    const midnight = await thrownBy(() => dayOf("2025-03-01T00:00:00+08:00"));
    expect(midnight.expected).toContain("must have a time zone");
    const noon = ["01", "02", "03"].map((day) => at(`2025-03-${day}T12:00:00+08:00`)[0]);
    expect((await factsOf(await opened({ subscribers, events: noon }), "events"))[0][1]).toBe(MARCH_1);
  });

  test("of attributes fall on the same days", async () => {
    const rows = (last_login: unknown) => [
      { subscriber_id: "x", activated_on: "2024-01-01", code: "007", last_login },
    ];
    const last = async (value: unknown, timeZone: string, own?: string) => {
      const columns = own === undefined ? undefined : { last_login: { timeZone: own } };
      const history = await opened({ subscribers: { source: rows(value), columns } }, { timeZone });
      expect(history.schema.subscribers?.find(({ name }) => name === "code")?.kind).toBe("text");
      const present = (history.schema.subscribers ?? []).filter(({ isAbsent }) => isAbsent !== true);
      const [facts] = await factsOf(history, "subscribers");
      return facts[present.findIndex(({ name }) => name === "last_login")];
    };
    // (date(2025, 1, 30) - date(1970, 1, 1)).days in Python.
    expect(await last("2025-01-30 19:00:00", "America/New_York")).toBe(20118);
    expect(await last("2025-01-30 22:00:00", "Asia/Shanghai", "America/New_York")).toBe(20119);
    expect(await last(new Date("2025-01-30T18:00:00Z"), "Asia/Shanghai")).toBe(20119);
  });

  test("change no kind of an attribute, in any source", async () => {
    const cells = {
      subscriber_id: "x",
      activated_on: "2024-01-01",
      code: "007",
      plan: "12",
      fee: 5,
      vip: "yes",
    };
    const row = { ...cells, price: "¥1,431.00", day: "20250220", since: "2025-01-30 19:00:00" };
    const literal = (value: unknown) => (typeof value === "number" ? value : `'${value}'`);
    const duckdb = `SELECT ${Object.entries(row).map(([name, value]) => `${literal(value)} AS ${name}`)}`;
    for (const source of [[row], { duckdb }, tableFromRows([row])]) {
      const kinds = async (options: object) =>
        (await opened({ subscribers: source }, options)).schema.subscribers?.map(({ name, kind }) => [
          name,
          kind,
        ]);
      expect(await kinds({ timeZone: "America/New_York" })).toEqual(await kinds({}));
    }
  });

  test("in several zones need that of the operator, and the facts are checked all the same", async () => {
    const sources: HistorySources = {
      subscribers,
      events: { source: at("2025-02-28 18:00"), timeZone: "Asia/Shanghai" },
      payments: {
        source: [{ subscriber_id: "y", paid_on: "2025-02-28 18:00", amount: 1 }],
        timeZone: "Europe/Berlin",
      },
    };
    const error = await thrownBy(() => openSources(sources));
    expect(error.problems.map(({ path: { argument } }) => argument)).toEqual(["timeZone", "payments"]);
    expect(error.problems[0].received).toEqual(["payments: Europe/Berlin", "events: Asia/Shanghai"]);
    await opened({ subscribers, events: sources.events, usage: [] }, { timeZone: "Europe/Berlin" });
  });

  test("refuse what is no zone", async () => {
    const error = await thrownBy(() => openSources({ subscribers }, { timeZone: "Shanghai" }));
    expect([error.path.argument, error.expected]).toEqual([
      "timeZone",
      'must be an IANA time zone such as "Asia/Shanghai"',
    ]);
  });
});
