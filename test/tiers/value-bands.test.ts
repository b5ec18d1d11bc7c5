import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bandOf, type ValueBandRule, valueBands } from "../../src/tiers/value-bands.js";
import { thrownBy } from "../support/thrown.js";

describe("valueBands", () => {
  test("divides subscribers into important 5%, main 15%, ordinary 30% and small", () => {
    // Values 1 … 100: the top 5 from 96 on, the next 15 from 81 on, the next 30 from 51 on.
    const values = Float64Array.from({ length: 100 }, (_, row) => row + 1);
    expect(valueBands(values)).toEqual([
      { name: "important", from: 96 },
      { name: "main", from: 81 },
      { name: "ordinary", from: 51 },
      { name: "small", from: 0 },
    ]);
  });

  test("takes the caller's shares and names", () => {
    const rule: ValueBandRule = { by: "share", bands: [{ name: "重要", share: 0.25 }, { name: "普通" }] };
    expect(valueBands([10, 40, 30, 20], rule)).toEqual([
      { name: "重要", from: 40 },
      { name: "普通", from: 0 },
    ]);
  });

  test("takes the caller's limits, whatever the values are", () => {
    const bands = [
      { name: "gold", from: 300 },
      { name: "others", from: 0 },
    ];
    expect(valueBands([], { by: "value", bands })).toEqual(bands);
  });

  test("lets equal values across a limit fall into the band below", () => {
    const rule: ValueBandRule = { by: "share", bands: [{ name: "top", share: 0.5 }, { name: "rest" }] };
    const bands = valueBands([90, 50, 50, 10], rule);
    expect(bands[0].from).toBe(90);
    expect(bandOf(bands, 50).name).toBe("rest");
  });

  test("never puts more than its share into a band, and every row into one", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 200 }), (values) => {
        const bands = valueBands(values);
        const counts = bands.map((band) => values.filter((value) => bandOf(bands, value) === band).length);
        const shares = [0.05, 0.15, 0.3];
        shares.forEach((share, i) => {
          expect(counts[i]).toBeLessThanOrEqual(Math.floor(share * values.length + 1e-9));
        });
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(values.length);
      }),
      { numRuns: 300, seed: 5 },
    );
  });

  const cases: [string, unknown[], [argument: string, received: unknown][]][] = [
    ["no values to take shares of", [[]], [["values", 0]]],
    [
      "values that are negative or not finite",
      [[1, -2, Number.NaN, Number.POSITIVE_INFINITY]],
      [
        ["values[1]", -2],
        ["values[2]", Number.NaN],
        ["values[3]", Number.POSITIVE_INFINITY],
      ],
    ],
    ["no rule", [[1], null], [["rule", null]]],
    [
      "names that repeat and shares with a sum above 1",
      [[1], { by: "share", bands: [{ name: "a", share: 0.8 }, { name: "a", share: 0.8 }, { name: "c" }] }],
      [
        ["bands[1].name", "a"],
        ["bands", 1.6],
      ],
    ],
    [
      "limits that do not fall to 0",
      [
        [1],
        {
          by: "value",
          bands: [
            { name: "a", from: Number.POSITIVE_INFINITY },
            { name: "b", from: 5 },
            { name: "c", from: 5 },
            { name: "d", from: 1 },
          ],
        },
      ],
      [
        ["bands[0].from", Number.POSITIVE_INFINITY],
        ["bands[2].from", 5],
        ["bands[3].from", 1],
      ],
    ],
    [
      "a band that is not an object",
      [[1], { by: "share", bands: [null, { name: "b" }] }],
      [["bands[0]", null]],
    ],
  ];
  test.each(cases)("refuses %s", async (_, args, expected) => {
    const error = await thrownBy(() => (valueBands as (...given: unknown[]) => unknown)(...args));
    expect(error.problems.map(({ path, received }) => [path.argument, received])).toEqual(expected);
  });
});

describe("bandOf", () => {
  test.each([-1, Number.NaN])("refuses the value %s", async (value) => {
    const { path, received } = await thrownBy(() => bandOf([{ name: "all", from: 0 }], value));
    expect([path.argument, received]).toEqual(["value", value]);
  });
});
