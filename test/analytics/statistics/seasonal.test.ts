import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seasonal } from "../../../src/analytics/statistics/seasonal.js";

interface Parts {
  readonly trend: readonly number[];
  readonly seasonal: readonly number[];
}

// The source is part of the file. One series is of monthly means of CO2, one is made: a season, a trend, a level shift, and one odd month.
const { series: CASES } = JSON.parse(readFileSync(new URL("stl-cases.json", import.meta.url), "utf8")) as {
  series: { name: string; values: number[]; periodic: Parts; plain: Parts; window7: Parts }[];
};

/** The largest difference between two lists, without a null in either. */
function distance(
  values: readonly (number | null)[] | null,
  others: readonly (number | null)[] | null,
): number {
  return Math.max(
    ...(values ?? [Number.NaN]).map((value, at) =>
      Math.abs((value ?? Number.NaN) - (others?.[at] ?? Number.NaN)),
    ),
  );
}

describe("seasonal", () => {
  it.each(CASES)("of $name is that of statsmodels", ({ values, periodic, plain, window7 }) => {
    const cases = [
      [{}, periodic],
      [{ robust: false }, plain],
      [{ window: 7 }, window7],
    ] as const;
    for (const [options, parts] of cases) {
      const result = seasonal(values, options);
      expect(result.method).toBe("stl");
      expect(distance(result.trend, parts.trend)).toBeLessThan(1e-9);
      expect(distance(result.seasonal, parts.seasonal)).toBeLessThan(1e-9);
    }
  });
  it("adds up to the values", () => {
    const [{ values }] = CASES;
    const { trend, seasonal: season, remainder, adjusted } = seasonal(values);
    const sums = values.map((_, at) => (trend?.[at] ?? 0) + (season?.[at] ?? 0) + (remainder?.[at] ?? 0));
    expect(distance(sums, values)).toBeLessThan(1e-11);
    expect(
      distance(adjusted?.map((value, at) => (value ?? 0) + (season?.[at] ?? 0)) ?? null, values),
    ).toBeLessThan(1e-11);
  });
  it("finds a season and a line", () => {
    const season = [3, 1, -2, 0, 4, -1, -3, 2, 0, -4, 1, -1];
    const values = Array.from({ length: 36 }, (_, at) => 50 + 0.5 * at + season[at % 12]);
    const result = seasonal(values);
    // A mean over the years of what a line left: the windows of a periodic season still favour near years by some 0.1%.
    expect(
      distance(
        result.seasonal,
        values.map((_, at) => season[at % 12]),
      ),
    ).toBeLessThan(0.02);
    expect(
      distance(
        result.trend,
        values.map((_, at) => 50 + 0.5 * at),
      ),
    ).toBeLessThan(0.02);
  });
  it("leaves out missing values, and those before the first and after the last", () => {
    const season = [3, 1, -2, 0, 4, -1, -3, 2, 0, -4, 1, -1];
    const whole = Array.from({ length: 40 }, (_, at) => 50 + season[at % 12]);
    const values: (number | null)[] = [null, ...whole, null, null];
    values[17] = null;
    const result = seasonal(values);
    for (const part of ["trend", "seasonal", "remainder", "adjusted"] as const) {
      expect(result[part]).toHaveLength(43);
      expect(result[part]?.[0]).toBeNull();
      expect(result[part]?.slice(-2)).toEqual([null, null]);
    }
    expect(result.remainder?.[17]).toBeNull();
    expect(result.adjusted?.[17]).toBeNull();
    expect((result.trend?.[17] ?? 0) + (result.seasonal?.[17] ?? 0)).toBeCloseTo(50 + season[16 % 12], 6);
    expect(result.yearBefore?.[17]).toBeNull();
    expect(result.yearBefore?.[29]).toBeNull();
    expect(result.yearBefore?.[30]).toBe(0);
  });
  it("of one to two years is the change against the last year, of less neither", () => {
    const values = Array.from({ length: 23 }, (_, at) => at * at);
    const none = { trend: null, seasonal: null, remainder: null, adjusted: null };
    const yearBefore = values.map((value, at) => (at < 12 ? null : value - (at - 12) ** 2));
    expect(seasonal(values)).toEqual({ method: "year before", ...none, yearBefore });
    expect(seasonal(values.slice(0, 12))).toEqual({ method: "none", ...none, yearBefore: null });
    expect(seasonal(values.slice(0, 13)).method).toBe("year before");
    expect(seasonal([null, null])).toEqual({ method: "none", ...none, yearBefore: null });
    expect(seasonal([...values, 1]).method).toBe("stl");
  });
  it("of a series plus a constant, or a multiple, shifts the trend, or multiplies all", () => {
    const noise = fc.array(fc.integer({ min: -100, max: 100 }), { minLength: 24, maxLength: 40 });
    fc.assert(
      fc.property(noise, fc.integer({ min: -1000, max: 1000 }), (values, constant) => {
        const result = seasonal(values);
        // Powers of two change no digit; a constant changes the last ones, which robustness weights may amplify.
        const twice = seasonal(values.map((value) => 4 * value));
        expect(twice.trend).toEqual(result.trend?.map((value) => 4 * (value ?? Number.NaN)));
        expect(twice.seasonal).toEqual(result.seasonal?.map((value) => 4 * (value ?? Number.NaN)));
        const shifted = seasonal(values.map((value) => value + constant));
        expect(distance(shifted.seasonal, result.seasonal)).toBeLessThan(1e-6);
        expect(
          distance(shifted.trend, result.trend?.map((value) => (value ?? Number.NaN) + constant) ?? null),
        ).toBeLessThan(1e-6);
      }),
      { numRuns: 40 },
    );
  });
  it("names what is wrong", () => {
    expect(() => seasonal([1, Number.NaN], { period: 1, window: 8 })).toThrow(
      /series\[1\][\s\S]*period[\s\S]*window/u,
    );
  });
});
