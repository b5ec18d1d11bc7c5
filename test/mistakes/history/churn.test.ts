import { describe, expect, test } from "vitest";
import {
  care,
  defaultFeatures,
  featuresFrom,
  involuntary,
  noPurchase,
  serviceChurn,
  usageTrend,
} from "../../../src/history/index.js";
import { anyOf, disconnected, inactive, partialChurn } from "../../../src/index.js";
import { thrownBy } from "../../support/thrown.js";
import { type Mistake, testMistakes } from "../mistake.js";
import { of, wrong } from "../of.js";

describe("definitions of several", () => {
  testMistakes([
    of(
      "anyOf",
      "of a list",
      "definitions[0]",
      () => anyOf(wrong([disconnected()])),
      /anyOf\(\.\.\.definitions\)/u,
    ),
    of("anyOf", "of none", "definitions", () => anyOf(), /must hold at least one/u),
    of(
      "anyOf",
      "of a text",
      "definitions[1]",
      () => anyOf(inactive(), wrong("partial")),
      /write partialChurn\(/u,
    ),
    of(
      "anyOf",
      "of a function",
      "definitions[0]",
      () => anyOf(wrong(inactive)),
      /call .* inactive\(\{ days: 90 \}\)/u,
    ),
  ]);
});

/** The name of the mistake is how it was written. */
const wrote = (
  name: string,
  functionName: string,
  argument: string,
  call: () => unknown,
  says: RegExp,
): Mistake => of(functionName, `as ${name}`, argument, call, says);

describe("churn definitions", () => {
  testMistakes([
    wrote(
      'disconnected("voluntary")',
      "disconnected",
      "options",
      () => disconnected(wrong("voluntary")),
      /write disconnected\(\{ reasons: \["voluntary"\] \}\)/u,
    ),
    wrote(
      "disconnected([…])",
      "disconnected",
      "options",
      () => disconnected(wrong(["a", "b"])),
      /reasons: \["a","b"\]/u,
    ),
    wrote(
      "reasons: text",
      "disconnected",
      "reasons",
      () => disconnected({ reasons: wrong("voluntary") }),
      /put it into a list: \["voluntary"\]/u,
    ),
    wrote(
      "reason",
      "disconnected",
      "reason",
      () => disconnected(wrong({ reason: ["voluntary"] })),
      /did you mean "reasons"\?/u,
    ),
    wrote(
      "an unknown cause",
      "disconnected",
      "causes",
      () => disconnected({ causes: [wrong("prices")] }),
      /must be one or more of natural, competitor/u,
    ),
    wrote(
      "causes: text",
      "disconnected",
      "causes",
      () => disconnected({ causes: wrong("competitor") }),
      /put it into a list: \["competitor"\]/u,
    ),
    wrote(
      "causeOf: list",
      "disconnected",
      "causeOf",
      () => disconnected({ causes: ["competitor"], causeOf: wrong(["a"]) }),
      /must be an object of reasons and causes/u,
    ),
    wrote(
      "involuntary(text)",
      "involuntary",
      "causeOf",
      () => involuntary(wrong("arrears")),
      /must be an object of reasons and causes/u,
    ),
    wrote(
      "inactive(90)",
      "inactive",
      "options",
      () => inactive(wrong(90)),
      /write inactive\(\{ days: 90 \}\)/u,
    ),
    wrote("day: 90", "inactive", "day", () => inactive(wrong({ day: 90 })), /did you mean "days"\?/u),
    wrote(
      'days: "90"',
      "inactive",
      "days",
      () => inactive({ days: wrong("90") }),
      /whole number from 1 to 3660/u,
    ),
    wrote(
      "activity: text",
      "inactive",
      "activity",
      () => inactive({ activity: wrong("usage") }),
      /put it into a list: \["usage"\]/u,
    ),
    wrote("partialChurn()", "partialChurn", "table", () => partialChurn(wrong(undefined)), /must be given/u),
    wrote(
      "partialChurn(text)",
      "partialChurn",
      "options",
      () => partialChurn(wrong("usage.minutes")),
      /write partialChurn\(\{ table: "usage", measure: "minutes" \}\)/u,
    ),
    wrote(
      "table: usages",
      "partialChurn",
      "table",
      () => partialChurn({ table: wrong("usages"), measure: "minutes" }),
      /did you mean "usage"\?/u,
    ),
    wrote(
      "threshold",
      "partialChurn",
      "threshold",
      () => partialChurn(wrong({ table: "usage", measure: "minutes", threshold: 0.2 })),
      /must be an option of partialChurn: table, measure, share, minimumBaseline/u,
    ),
    wrote(
      "share: 20",
      "partialChurn",
      "share",
      () => partialChurn({ table: "usage", measure: "minutes", share: 20 }),
      /must lie between 0 and 1/u,
    ),
    wrote(
      "serviceChurn(text)",
      "serviceChurn",
      "options",
      () => serviceChurn(wrong("internet")),
      /write serviceChurn\(\{ service: "internet" \}\)/u,
    ),
    wrote(
      "services",
      "serviceChurn",
      "services",
      () => serviceChurn(wrong({ services: ["internet"] })),
      /did you mean "service"\?/u,
    ),
    wrote(
      "noPurchase(text)",
      "noPurchase",
      "options",
      () => noPurchase(wrong("events")),
      /write noPurchase\(\{ table: "events" \}\)/u,
    ),
    wrote(
      "activeWithin: text",
      "noPurchase",
      "activeWithin",
      () => noPurchase({ activeWithin: wrong("6 months") }),
      /write 6/u,
    ),
  ]);

  test("the hint about reasons is what works", async () => {
    const { hint = "" } = await thrownBy(() => disconnected(wrong("voluntary")));
    const reasons = JSON.parse(/reasons: (\[.*\])/u.exec(hint)?.[1] ?? "");
    expect(disconnected({ reasons }).description).toBe("left: voluntary");
  });
});

const EXPRESSION = { name: "x", sql: "sum(sms)", description: "d", unit: "u" };
const family = (name: string, change: object, argument: string, says: RegExp): Mistake => {
  const options = { name: "own", table: "usage", features: [EXPRESSION], ...change };
  return wrote(name, "featuresFrom", argument, () => featuresFrom(wrong(options)), says);
};

describe("families of features", () => {
  testMistakes([
    wrote("featuresFrom({})", "featuresFrom", "name", () => featuresFrom(wrong({})), /must be given/u),
    family("an unknown table", { table: "usages" }, "table", /did you mean "usage"\?/u),
    family("the subscribers", { table: "subscribers" }, "table", /must be one of usage, billing/u),
    family("one expression", { features: EXPRESSION }, "features", /write features: \[\{ name, sql/u),
    family("no expression", { features: [] }, "features", /at least one expression/u),
    family("texts", { features: ["sum(sms)"] }, "features[0]", /must be an object such as \{ name: … \}/u),
    family(
      "expr",
      { features: [{ ...EXPRESSION, expr: "sum(sms)" }] },
      "features[0].expr",
      /must be an option of featuresFrom: name, sql, description, unit, kind/u,
    ),
    family("no sql", { features: [{ ...EXPRESSION, sql: "" }] }, "features[0].sql", /must be a text/u),
    family(
      "kind: category",
      { features: [{ ...EXPRESSION, kind: "category" }] },
      "features[0].kind",
      /"numeric" or "categorical"/u,
    ),
    family("where: object", { where: { sms: 1 } }, "where", /must be a condition in SQL/u),
    family("filter", { filter: "sms > 0" }, "filter", /must be an option of featuresFrom/u),
    wrote(
      "usageTrend(text)",
      "usageTrend",
      "measures",
      () => usageTrend(wrong("minutes")),
      /put it into a list: \["minutes"\]/u,
    ),
    wrote(
      "care([…])",
      "care",
      "options",
      () => care(wrong(["complaint"])),
      /write care\(\{ kinds: \{ complaints: \["complaint"\] \} \}\)/u,
    ),
    wrote(
      "kinds: list",
      "care",
      "kinds",
      () => care({ kinds: wrong(["complaint"]) }),
      /write care\(\{ kinds: \{/u,
    ),
    wrote(
      "kinds: texts",
      "care",
      "kinds.complaints",
      () => care({ kinds: { complaints: wrong("complaint") } }),
      /\["complaint"\]/u,
    ),
    wrote(
      "defaultFeatures(history)",
      "defaultFeatures",
      "schema",
      () => defaultFeatures(wrong({ schema: {}, session: {} })),
      /pass history.schema/u,
    ),
  ]);
});
