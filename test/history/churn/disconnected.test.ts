import { describe, expect, test } from "vitest";
import { type ChurnCause, reasonsOf } from "../../../src/history/churn/churn-causes.js";
import { disconnected, involuntary, voluntary } from "../../../src/history/churn/disconnected.js";
import { thrownBy } from "../../support/thrown.js";
import { labels, outcomes, subscribers } from "./labelled-rows.js";

/** Ended on a day, by id. */
function endedOn(days: readonly string[], end_reason: string | null = "voluntary") {
  return {
    subscribers: subscribers(Object.fromEntries(days.map((day) => [day, { ended_on: day, end_reason }]))),
  };
}

describe("disconnected()", () => {
  // t = 2025-01-01, gap until 2025-02-01, prediction window [2025-02-01, 2025-05-01).
  test("labels 1 an end in [t + gap, t + gap + horizon); ends in the gap and before t have no row", async () => {
    const facts = endedOn([
      "2024-12-31", // gone on the day before t
      "2025-01-01", // t: there until the day before
      "2025-01-31", // the last day of the gap
      "2025-02-01",
      "2025-04-30",
      "2025-05-01", // the first day after the window
    ]);
    expect(await labels(facts, disconnected())).toEqual({
      "2025-02-01": 1,
      "2025-04-30": 1,
      "2025-05-01": 0,
    });
  });

  test("subscribers activated on t or later have no row, those who never end have the label 0", async () => {
    const facts = {
      subscribers: subscribers({
        "the day before": { activated_on: "2024-12-31" },
        "on the day": { activated_on: "2025-01-01" },
      }),
    };
    expect(await labels(facts, disconnected())).toEqual({ "the day before": 0 });
  });

  test("without a gap, the window begins on t", async () => {
    const facts = endedOn(["2024-12-31", "2025-01-01", "2025-01-31", "2025-02-01"]);
    expect(await labels(facts, disconnected(), { gap: 0, horizon: 1 })).toEqual({
      "2025-01-01": 1,
      "2025-01-31": 1,
      "2025-02-01": 0,
    });
  });

  test("every cutoff has a separate row", async () => {
    const facts = endedOn(["2025-03-10"]);
    // Windows [2025-02-01, 2025-04-01), [2025-03-01, 2025-05-01), [2025-04-01, 2025-06-01): out in the gap of the third.
    const at = ["2025-01", "2025-02", "2025-03", "2025-04"];
    expect(await labels(facts, disconnected(), { at, horizon: 2 })).toEqual({
      "2025-03-10 2025-01-01": 1,
      "2025-03-10 2025-02-01": 1,
    });
  });

  test("a window that ends after the history: 1 for ends before that, else no label", async () => {
    const facts = endedOn(["2025-03-09", "2025-03-10", "2025-06-01"]);
    expect(await labels(facts, disconnected(), { followedUntil: "2025-03-10" })).toEqual({
      "2025-03-09": 1,
      "2025-03-10": null,
      "2025-06-01": null,
    });
    expect(await labels(facts, disconnected(), { followedUntil: "2025-05-01" })).toEqual({
      "2025-03-09": 1,
      "2025-03-10": 1,
      "2025-06-01": 0,
    });
  });
});

describe("disconnected({ reasons })", () => {
  const facts = {
    subscribers: subscribers({
      voluntary: { ended_on: "2025-03-01", end_reason: "voluntary" },
      携号转网: { ended_on: "2025-03-01", end_reason: "携号转网" },
      "arrears in the gap": { ended_on: "2025-01-31", end_reason: "arrears" },
      arrears: { ended_on: "2025-04-30", end_reason: "arrears" },
      "arrears after": { ended_on: "2025-05-01", end_reason: "arrears" },
      "no reason": { ended_on: "2025-03-01" },
      "it's his": { ended_on: "2025-03-01", end_reason: "it's his" },
      stays: {},
    }),
  };

  test("leaves out subscribers who end for another reason, or none, before the prediction window does", async () => {
    expect(await labels(facts, disconnected({ reasons: ["voluntary", "携号转网", "it's his"] }))).toEqual({
      voluntary: 1,
      携号转网: 1,
      "it's his": 1,
      "arrears after": 0,
      stays: 0,
    });
  });

  test('otherReasons: "stayed" keeps them with the label 0, except those gone before the window', async () => {
    const churn = disconnected({ reasons: ["voluntary"], otherReasons: "stayed" });
    expect(await labels(facts, churn)).toEqual({
      voluntary: 1,
      携号转网: 0,
      "it's his": 0,
      "no reason": 0,
      arrears: 0,
      "arrears after": 0,
      stays: 0,
    });
  });
});

describe("disconnected({ causes })", () => {
  const ended = (end_reason: string | null) => ({ ended_on: "2025-03-01", end_reason });
  const facts = {
    subscribers: subscribers({
      voluntary: ended("voluntary"),
      ported: ended("ported_out"),
      arrears: ended("arrears"),
      fraud: ended("fraud"),
      natural: ended("natural"),
      携号转网: ended("携号转网"),
      "no reason": ended(null),
    }),
  };
  const churnedFor = async (...causes: ChurnCause[]) =>
    Object.keys(await labels(facts, disconnected({ causes, causeOf: { 携号转网: "competitor" } }))).sort();

  test("knows the standard reasons, and the operator's own by causeOf", async () => {
    expect(await churnedFor("competitor")).toEqual(["ported", "携号转网"]);
    expect(await churnedFor("natural")).toEqual(["natural"]);
    expect(await churnedFor("arrears or abuse")).toEqual(["arrears", "fraud"]);
    expect(await churnedFor("natural", "competitor")).toEqual(["natural", "ported", "携号转网"]);
  });

  test("a reason in no map has the cause other, and so does a missing one", async () => {
    expect(await churnedFor("other")).toEqual(["no reason", "voluntary"]);
    expect(Object.keys(await labels(facts, disconnected({ causes: ["other"] }))).sort()).toEqual([
      "no reason",
      "voluntary",
      "携号转网",
    ]);
    expect(await churnedFor("other", "own failing")).toEqual(["no reason", "voluntary"]);
  });

  test("the operator's own map overrides the standard one", async () => {
    expect(reasonsOf(["own failing"], { voluntary: "own failing" })).toEqual(["voluntary"]);
    const churn = disconnected({ causes: ["own failing"], causeOf: { voluntary: "own failing" } });
    expect(await labels(facts, churn)).toEqual({ voluntary: 1 });
  });

  test("involuntary() is churn for arrears and fraud; other ends are left out", async () => {
    expect(involuntary().name).toBe("involuntary");
    expect(await labels(facts, involuntary())).toEqual({ arrears: 1, fraud: 1 });
    expect(await labels(facts, involuntary({ 携号转网: "arrears or abuse" }))).toEqual({
      arrears: 1,
      fraud: 1,
      携号转网: 1,
    });
  });

  test("voluntary() is churn for every other end, one without a reason too", async () => {
    expect(voluntary().name).toBe("voluntary");
    const all = ["natural", "no reason", "ported", "voluntary", "携号转网"];
    expect(Object.keys(await labels(facts, voluntary())).sort()).toEqual(all);
    expect(Object.keys(await labels(facts, voluntary({ 携号转网: "abuse" }))).sort()).toEqual(
      all.slice(0, 4),
    );
  });

  test("a class stands for its causes, and a cause only for itself", async () => {
    expect(await churnedFor("arrears")).toEqual(["arrears"]);
    expect(await churnedFor("abuse")).toEqual(["fraud"]);
    expect(await churnedFor("moved or deceased")).toEqual(["natural"]);
    const quality = disconnected({
      causes: ["own failing"],
      causeOf: { 携号转网: "quality", voluntary: "price" },
    });
    expect(Object.keys(await labels(facts, quality)).sort()).toEqual(["voluntary", "携号转网"]);
  });

  test("an outcome has the day, the reason, and the competing end", async () => {
    const found = await outcomes(facts, disconnected({ causes: ["competitor"] }));
    expect(found.ported).toEqual({ churnDay: "2025-03-01", reason: "ported_out", outDay: "2025-03-01" });
    expect(found.arrears).toEqual({ churnDay: null, reason: "arrears", outDay: "2025-03-01" });
  });
});

describe("options of disconnected()", () => {
  test.each([
    [
      { reasons: [] },
      "disconnected: reasons: must name at least one end_reason, none of them empty, received ",
    ],
    [
      { reasons: ["voluntary"], causes: ["natural" as const] },
      "disconnected: causes: must be left out where reasons",
    ],
    [
      { causes: ["nature" as ChurnCause] },
      "disconnected: causes: must be one or more of natural, competitor",
    ],
    [{ causes: ["own failing" as const] }, "disconnected: causes: must be the cause of a reason"],
    [{ causeOf: { 欠费: "debt" as ChurnCause } }, 'disconnected: causeOf["欠费"]: must be one of natural'],
    [{ otherReasons: "kept" as "stayed" }, 'disconnected: otherReasons: must be "left out" or "stayed"'],
  ])("%j is refused", async (options, message) => {
    expect((await thrownBy(() => disconnected(options))).message).toContain(message);
  });
});
