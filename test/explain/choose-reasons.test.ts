import { describe, expect, test } from "vitest";
import type { FeatureFacts } from "../../src/explain/facts/feature-facts.js";
import { chooseReasons } from "../../src/explain/reasons/choose-reasons.js";

function chosen(
  contributions: readonly number[],
  features: readonly Partial<FeatureFacts>[],
  alikeTo: readonly (readonly number[])[] = contributions.map(() => []),
  most = 3,
) {
  const facts = { features: features.map((each) => ({ noise: 0, ...each })), alike: [] };
  return chooseReasons(
    Float64Array.from(contributions),
    facts,
    alikeTo,
    most,
    (position) => features[position].family,
  ).map(({ position, contribution }) => [position, Number(contribution.toFixed(6))]);
}

const PLAIN = [{}, {}, {}, {}];

describe("reasons", () => {
  test("are the largest contributions that raise the risk", () => {
    expect(chosen([0.1, -2, 0.5, 0.3], PLAIN, undefined, 2)).toEqual([
      [2, 0.5],
      [3, 0.3],
    ]);
    expect(chosen([-0.1, -2, 0, -0.3], PLAIN)).toEqual([]);
    expect(chosen([0.1, 0.2, 0.5, 0.3], PLAIN, undefined, 0)).toEqual([]);
  });

  test("that can be acted on come first, but none that is not among the strongest", () => {
    const features = [{ actionable: true as const }, {}, {}, { actionable: true as const }];
    expect(chosen([0.2, 0.9, 0.5, 0.1], features)).toEqual([
      [0, 0.2],
      [1, 0.9],
      [2, 0.5],
    ]);
  });

  test("never are of a sensitive column", () => {
    expect(chosen([0.1, 0.9, 0.5, 0.3], [{}, { sensitive: true }, {}, {}])).toEqual([
      [2, 0.5],
      [3, 0.3],
      [0, 0.1],
    ]);
  });

  test("of columns that say about the same are one, with their sum, told of the largest that may be named", () => {
    const alike = [[2], [], [0], []];
    expect(chosen([0.3, 0.4, 0.2, 0.1], PLAIN, alike)).toEqual([
      [0, 0.5],
      [1, 0.4],
      [3, 0.1],
    ]);
    expect(chosen([0.3, 0.4, 0.2, 0.1], [{ sensitive: true }, {}, {}, {}], alike)).toEqual([
      [2, 0.5],
      [1, 0.4],
      [3, 0.1],
    ]);
    expect(chosen([0.3, 0.4, -0.5, 0.1], PLAIN, alike)).toEqual([
      [1, 0.4],
      [3, 0.1],
    ]);
  });

  test("of one family are each worth half of the one before, beside those of others", () => {
    const features = [{ family: "usage" }, { family: "usage" }, { family: "usage" }, { family: "payments" }];
    expect(chosen([0.5, 0.45, 0.4, 0.3], features, undefined, 2)).toEqual([
      [0, 0.5],
      [3, 0.3],
    ]);
    expect(chosen([0.5, 0.45, 0.4, 0.11], features, undefined, 3)).toEqual([
      [0, 0.5],
      [1, 0.45],
      [3, 0.11],
    ]);
    expect(chosen([0.5, 0.45, 0.4, 0.1], features, undefined, 2)).toEqual([
      [0, 0.5],
      [1, 0.45],
    ]);
  });

  test("name no sensitive column among those that say about the same", () => {
    const features = [{ noise: 0 }, { noise: 0, sensitive: true as const }];
    const [reason] = chooseReasons(
      Float64Array.of(0.2, 0.3),
      { features, alike: [[0, 1]] },
      [[1], [0]],
      3,
      () => undefined,
    );
    expect(reason).toEqual({ position: 0, members: [0], contribution: 0.5, actionable: false });
  });

  test("are none within twice the standard error of the fold models", () => {
    expect(chosen([0.1, 0.9, 0.5, 0.3], [{ noise: 0.06 }, { noise: 0.5 }, { noise: 0.2 }, {}])).toEqual([
      [2, 0.5],
      [3, 0.3],
    ]);
  });
});
