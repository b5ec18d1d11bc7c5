import { describe, expect, test } from "vitest";
import { anyOf } from "../../../src/history/churn/any-of.js";
import { disconnected } from "../../../src/history/churn/disconnected.js";
import { inactive } from "../../../src/history/churn/inactive.js";
import { noPurchase } from "../../../src/history/churn/no-purchase.js";
import { partialChurn } from "../../../src/history/churn/partial-churn.js";
import { serviceChurn } from "../../../src/history/churn/service-churn.js";
import { thrownBy } from "../../support/thrown.js";
import { analysisOf, PAIR, problemsOf, used } from "./small-history.js";

describe("options", () => {
  test.each([
    ["a month before the history", { from: "2020-05" }, "from"],
    ["a month after the history", { to: "2030-06" }, "to"],
    ["a period before the history", { from: "2020-05", to: "2020-06" }, "to"],
    ["months in the wrong order", { from: "2025-05", to: "2025-03" }, "to"],
    ["a day that begins no month", { from: "2025-05-02" }, "from"],
    ["an unknown option", { form: "2025-01" }, "form"],
    ["an unknown cut", { by: ["tarif"] }, "by[0]"],
    ["a cut without facts", { by: ["region", "tariff"] }, "by[1]"],
    ["three crossed", { by: ["region*tenure*usageTrend"] }, "by[0]"],
    ["a crossing that is not finished", { by: ["tenure*"] }, "by[0]"],
    ["no cut", { by: [] }, "by"],
    ["equal tenure bands", { tenureBands: [3, 3] }, "tenureBands"],
    ["falling tenure bands", { tenureBands: [6, 3] }, "tenureBands"],
    ["tenure bands of half months", { tenureBands: [1.5] }, "tenureBands"],
    ["falling ARPU bands", { arpuBands: [50, 30] }, "arpuBands"],
    ["ARPU bands without end", { arpuBands: [30, Number.POSITIVE_INFINITY] }, "arpuBands"],
    ["no bands", { arpuBands: [] }, "arpuBands"],
    ["a base in the middle", { base: "middle" }, "base"],
    ["a cause that is none", { reasons: { 携号转网: "rival" } }, 'reasons["携号转网"]'],
    ["the name of a definition", { churn: "disconnected" }, "churn"],
    ["a measure that usage has not", { measure: "minuts" }, "measure"],
    ["half a leaver", { groupLeavers: 0.5 }, "groupLeavers"],
    ["a rate of all", { falseDiscoveryRate: 1 }, "falseDiscoveryRate"],
    ["no object", null, "options"],
  ])("%s: refused by name", async (_, options, argument) => {
    expect(await problemsOf(options)).toEqual([`analyze: ${argument}`]);
  });

  test("all problems of one call are reported together", async () => {
    const found = await problemsOf({ base: "middle", groupLeavers: 0, arpuBands: [Number.NaN] });
    expect(found).toEqual(["analyze: base", "analyze: arpuBands", "analyze: groupLeavers"]);
  });

  test("every unknown part of three crossed cuts is named, and that they are three", async () => {
    expect(await problemsOf({ by: ["tariff*region*dealer"] })).toEqual(
      Array.from({ length: 3 }, () => "analyze: by[0]"),
    );
  });

  test("cuts that are asked for twice are made once", async () => {
    const { cuts } = await analysisOf(PAIR, { by: ["region", "tenure * region", "region", "tenure*region"] });
    expect(Object.keys(cuts)).toEqual(["region", "tenure*region"]);
  });
});

describe("a definition without its facts", () => {
  test.each([
    ["disconnected", disconnected()],
    ["disconnected", disconnected({ reasons: ["voluntary"] })],
    ["noPurchase", noPurchase()],
    ["serviceChurn", serviceChurn()],
    ["partialChurn", partialChurn({ table: "billing", measure: "revenue" })],
    ["disconnected or inactive", anyOf(disconnected(), inactive())],
  ])("%s: refused, not counted as no churn", async (name, churn) => {
    const sources = { subscribers: [{ subscriber_id: "a", activated_on: "2024-01-01" }], usage: used("a") };
    const error = await thrownBy(() => analysisOf(sources, { churn }));
    expect(error.path).toEqual({ function: "analyze", argument: "churn" });
    expect(error.expected).toContain(`must not be ${name}, which needs`);
  });

  test("inactive without any table of activity: refused", async () => {
    const { path } = await thrownBy(() =>
      analysisOf({ subscribers: PAIR.subscribers }, { churn: inactive() }),
    );
    expect(path).toEqual({ function: "inactive", argument: "activity" });
  });
});
