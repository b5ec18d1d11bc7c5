import { describe, expect, test } from "vitest";
import * as entry from "../../src/tiers/index.js";
import { mistake, untypedOf } from "./every-function.js";
import { testMistakes } from "./mistake.js";

const untyped = untypedOf(entry);
const probabilities = [0.1, 0.2, 0.3, 0.9];
const values = [10, 20, 30, 400];
const rule = { by: "capacity", tiers: [{ name: "call", top: 1 }, { name: "rest" }] } as const;
const tiers = entry.riskTiers(rule, probabilities);
const bands = entry.valueBands(values);

describe("value bands and the grid", () => {
  testMistakes([
    mistake(
      "the name of a column",
      () => untyped.valueBands("arpu"),
      "valueBands",
      "values",
      /must be a list of numbers, received "arpu" \(pass the numbers themselves, one per row\)/,
    ),
    mistake(
      "names in the place of a rule",
      () => untyped.valueBands(values, ["gold", "others"]),
      "valueBands",
      "rule",
      /must be a rule such as \{ by: "share", bands:/,
    ),
    mistake(
      "tiers in the place of bands in a rule",
      () => untyped.valueBands(values, { by: "share", tiers: [{ name: "gold", share: 0.1 }] }),
      "valueBands",
      "tiers",
      /must be an option of valueBands: by, bands/,
    ),
    mistake(
      "values as texts",
      () => untyped.valueBands(values.map(String)),
      "valueBands",
      "values[0]",
      /4 rows have such a value; make numbers of them: values\.map\(Number\)/,
    ),
    mistake(
      "a value before bands",
      () => untyped.bandOf(120, bands),
      "bandOf",
      "value",
      /must be finite and not negative/,
    ),
    mistake(
      "a rule in the place of bands",
      () => untyped.bandOf(entry.DEFAULT_VALUE_BANDS, 120),
      "bandOf",
      "bands",
      /not a rule \(make them of it with valueBands\(values, rule\)\)/,
    ),
    mistake(
      "no bands",
      () => untyped.valueGrid(tiers, undefined, probabilities, values),
      "valueGrid",
      "bands",
      /must be bands such as .*, not undefined \(make them with valueBands\(values, rule\)\)/,
    ),
    mistake(
      "no values",
      () => untyped.valueGrid(tiers, bands, probabilities),
      "valueGrid",
      "values",
      /must be a list of numbers, not undefined/,
    ),
  ]);

  test("each hint works when it is followed", () => {
    expect(entry.valueBands(values.map(String).map(Number))).toEqual(bands);
    const made = entry.valueBands(values, entry.DEFAULT_VALUE_BANDS);
    expect(entry.bandOf(made, 400).name).toBe("ordinary");
  });
});
