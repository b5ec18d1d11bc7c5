import { describe, expect, test } from "vitest";
import * as entry from "../../src/tiers/index.js";
import { mistake, testNonsense, untypedOf } from "./every-function.js";
import { testMistakes } from "./mistake.js";

const untyped = untypedOf(entry);
const probabilities = [0.1, 0.2, 0.3, 0.9];
const labels = [0, 1, 0, 1];
const values = [10, 20, 30, 400];
const rule = { by: "capacity", tiers: [{ name: "call", top: 1 }, { name: "rest" }] } as const;
const tiers = entry.riskTiers(rule, probabilities);
const predictions = probabilities.map((probability) => ({ id: null, probability, tier: "call" }));
/** What a model has that is asked for here. */
const model = { predictOne: () => predictions[0], tiers };

describe("riskTiers", () => {
  testMistakes([
    mistake(
      "names in the place of a rule",
      () => untyped.riskTiers(["high", "low"], probabilities),
      "riskTiers",
      "rule",
      /must be a rule such as \{ by: "capacity", tiers: \[\{ name: "high", share: 0\.1 \}, \{ name: "low" \}\] \}/,
    ),
    mistake(
      "another word for the kind of rule",
      () => untyped.riskTiers({ by: "quantile", tiers: [] }, probabilities),
      "riskTiers",
      "rule.by",
      /must be "probability", "capacity", "expectedLoss" or "auto", received "quantile" \(did you mean "capacity"\?\)/,
    ),
    mistake(
      "a shortened kind of rule",
      () => untyped.riskTiers({ by: "prob", tiers: [] }, probabilities),
      "riskTiers",
      "rule.by",
      /did you mean "probability"\?/,
    ),
    mistake(
      "an unknown member of a rule",
      () => untyped.riskTiers({ by: "auto", maximum: 3 }, probabilities, { labels }),
      "riskTiers",
      "rule.maximum",
      /did you mean "max"\?/,
    ),
    mistake(
      "names in the place of tiers",
      () => untyped.riskTiers({ by: "capacity", tiers: ["high", "low"] }, probabilities),
      "riskTiers",
      "rule.tiers[0]",
      /must be an object with a name, received "high" \(write \{ name: "high", … \}\)/,
    ),
    mistake(
      "a limit under another name",
      () =>
        untyped.riskTiers(
          {
            by: "probability",
            tiers: [
              { name: "high", threshold: 0.5 },
              { name: "low", from: 0 },
            ],
          },
          probabilities,
        ),
      "riskTiers",
      "rule.tiers[0].from",
      /write from: 0\.5/,
    ),
    mistake(
      "a capacity under another name",
      () => untyped.riskTiers({ by: "capacity", tiers: [{ name: "call", n: 1 }, { name: "rest" }] }, [0.4]),
      "riskTiers",
      "rule.tiers[0]",
      /must have either top or share.*\(write top: 1\)/,
    ),
    mistake(
      "a share in percent",
      () => entry.riskTiers({ by: "capacity", tiers: [{ name: "high", share: 10 }, { name: "low" }] }, [0.4]),
      "riskTiers",
      "rule.tiers",
      /tiers\[0\]\.share: must be above 0 and below 1, received 10 \(shares are of 1: write share: 0\.1\)/,
    ),
    mistake(
      "the last tier without its limit",
      () =>
        untyped.riskTiers(
          { by: "probability", tiers: [{ name: "high", from: 0.5 }, { name: "low" }] },
          [0.4],
        ),
      "riskTiers",
      "rule.tiers[1].from",
      /must be 0: the last takes the rest \(write \{ from: 0 \}\)/,
    ),
    mistake(
      "no probabilities",
      () => untyped.riskTiers(rule),
      "riskTiers",
      "probabilities",
      /must be a list of numbers, not undefined/,
    ),
    mistake(
      "probabilities in an object",
      () => untyped.riskTiers(rule, { probabilities }),
      "riskTiers",
      "probabilities",
      /pass its member: \.probabilities/,
    ),
    mistake(
      "predictions",
      () => untyped.riskTiers(rule, predictions),
      "riskTiers",
      "probabilities[0]",
      /predictions\.map\(\(\{ probability \}\) => probability\)/,
    ),
    mistake(
      "labels by position",
      () => untyped.riskTiers({ by: "auto" }, probabilities, labels),
      "riskTiers",
      "sample",
      /must be an object such as \{ labels: … \}/,
    ),
    mistake(
      "a misspelt member of the sample",
      () => untyped.riskTiers({ by: "auto" }, probabilities, { label: labels }),
      "riskTiers",
      "sample.label",
      /did you mean "labels"\?/,
    ),
    mistake(
      "labels as texts in the sample",
      () => untyped.riskTiers({ by: "auto" }, probabilities, { labels: ["no", "yes", "no", "yes"] }),
      "riskTiers",
      "sample.labels[0]",
      /labels\.map\(\(label\) => \(label === "yes" \? 1 : 0\)\)/,
    ),
  ]);

  test("each hint works when it is followed", () => {
    const high = { name: "high", from: 0.5 };
    const byLimit = { by: "probability", tiers: [high, { name: "low", from: 0 }] } as const;
    expect(entry.riskTiers(byLimit, probabilities)[0]).toEqual(high);
    expect(entry.riskTiers(rule, { probabilities }.probabilities)[0].from).toBe(0.9);
    expect(
      entry.riskTiers(
        rule,
        predictions.map(({ probability }) => probability),
      ),
    ).toEqual(tiers);
    const share = { by: "capacity", tiers: [{ name: "high", share: 0.25 }, { name: "low" }] } as const;
    expect(entry.riskTiers(share, probabilities)[0].from).toBe(0.9);
  });
});

describe("autoTiers", () => {
  testMistakes([
    mistake(
      "labels first, as in metrics",
      () => entry.autoTiers(labels, probabilities),
      "autoTiers",
      "labels[0]",
      /must be 0 or 1, received 0\.1 \(probabilities come before labels\)/,
    ),
    mistake(
      "a number of tiers by position",
      () => untyped.autoTiers(probabilities, labels, 3),
      "autoTiers",
      "options",
      /must be an object such as \{ max: … \}, received 3/,
    ),
    mistake(
      "ids for groups",
      () => untyped.autoTiers(probabilities, labels, { groups: ["a", "b", "c", "d"] }),
      "autoTiers",
      "groups[0]",
      /number the texts/,
    ),
  ]);
});

describe("tierOf, tierTable and isUncertain", () => {
  testMistakes([
    mistake(
      "a model in the place of tiers",
      () => untyped.tierOf(model, 0.2),
      "tierOf",
      "tiers",
      /not a ChurnModel \(pass model\.tiers\)/,
    ),
    mistake(
      "a rule in the place of tiers",
      () => untyped.tierOf(rule, 0.2),
      "tierOf",
      "tiers",
      /not a rule \(make them of it with riskTiers\(rule, probabilities\)\)/,
    ),
    mistake("no tiers", () => untyped.tierOf([], 0.2), "tierOf", "tiers", /must not be empty/),
    mistake(
      "all probabilities at once",
      () => untyped.tierOf(tiers, probabilities),
      "tierOf",
      "probability",
      /one at a time: Array\.from\(probabilities, \(each\) => tierOf\(tiers, each\)\)/,
    ),
    mistake(
      "a prediction",
      () => untyped.tierOf(tiers, predictions[0]),
      "tierOf",
      "probability",
      /of a prediction pass prediction\.probability/,
    ),
    mistake(
      "a percentage",
      () => entry.tierOf(tiers, 70),
      "tierOf",
      "probability",
      /must be in \[0, 1\], received 70 \(shares are of 1: write probability: 0\.7\)/,
    ),
    mistake(
      "a text",
      () => untyped.tierOf(tiers, "0.7"),
      "tierOf",
      "probability",
      /must be in \[0, 1\], received "0\.7"/,
    ),
    mistake(
      "predictions without labels",
      () => untyped.tierTable(tiers, predictions),
      "tierTable",
      "labels",
      /must be a list of numbers, not undefined/,
    ),
    mistake(
      "labels before probabilities",
      () => entry.tierTable(tiers, labels, probabilities),
      "tierTable",
      "labels[0]",
      /probabilities come before labels/,
    ),
    mistake(
      "values by position",
      () => untyped.tierTable(tiers, probabilities, labels, values),
      "tierTable",
      "options",
      /must be an object such as \{ values: … \}/,
    ),
    mistake(
      "a misspelt option",
      () => untyped.tierTable(tiers, probabilities, labels, { value: values }),
      "tierTable",
      "value",
      /did you mean "values"\?/,
    ),
    mistake(
      "a prediction in the place of its interval",
      () => untyped.isUncertain({ ...predictions[0], interval: [0.2, 0.4] }),
      "isUncertain",
      "interval",
      /of a prediction pass prediction\.interval/,
    ),
    mistake(
      "the two ends by position",
      () => untyped.isUncertain(0.2, 0.4),
      "isUncertain",
      "options",
      /must be an object such as \{ width: … \}, received 0\.4/,
    ),
  ]);

  test("each hint works when it is followed", () => {
    const names = Array.from(probabilities, (each) => entry.tierOf(tiers, each)).map(({ name }) => name);
    expect(names).toEqual(["rest", "rest", "rest", "call"]);
    expect(entry.tierOf(model.tiers, predictions[3].probability).name).toBe("call");
    expect(entry.tierTable(tiers, probabilities, labels, { values })[0].rows).toBe(1);
  });
});

describe("nonsense", () => {
  const { autoTiers, bandOf, isUncertain, riskTiers, tierOf, tierTable, valueBands, valueGrid } = untyped;
  testNonsense({ autoTiers, bandOf, isUncertain, riskTiers, tierOf, tierTable, valueBands, valueGrid });
});
