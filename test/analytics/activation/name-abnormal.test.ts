import { describe, expect, test } from "vitest";
import { nameAbnormal, type UnitCounts } from "../../../src/analytics/activation/name-abnormal.js";

const RULES = { falseDiscoveryRate: 0.1, leastSpread: 0.1 };

/** Expectations from the rates of all units that are not excluded, and not the unit itself. */
function fromPeers(units: readonly UnitCounts[]) {
  return async (excluded: ReadonlySet<string>) =>
    new Map(
      units.map(({ unit, activations }) => {
        const peers = units.filter((other) => other.unit !== unit && !excluded.has(other.unit));
        const cards = peers.reduce((sum, each) => sum + each.activations, 1);
        const rate = (mark: "unused" | "silent") =>
          (peers.reduce((sum, each) => sum + each[mark], 0.5) / cards) * activations;
        return [unit, { unused: rate("unused"), silent: rate("silent") }] as const;
      }),
    );
}

const named = async (units: readonly UnitCounts[]) =>
  (await nameAbnormal(units, fromPeers(units), RULES)).flatMap((each) => (each.isNamed ? [each.unit] : []));

const unit = (name: string, unused: number, silent: number, activations = 100): UnitCounts => ({
  unit: name,
  activations,
  unused,
  silent,
});
const honest = (count: number, unused = 3, silent = 1) =>
  Array.from({ length: count }, (_, i) => unit(`honest ${i}`, unused + (i % 3) - 1, silent + (i % 2)));

describe("nameAbnormal", () => {
  test("names no one of units that are alike", async () => {
    expect(await named(honest(12))).toEqual([]);
  });

  test("names those who cheat even where two in five do: they do not hide each other", async () => {
    const cheats = ["a", "b", "c", "d"].map((name, i) => unit(name, 30 + 15 * i, 20 + 10 * i));
    expect(await named([...honest(6), ...cheats])).toEqual(["a", "b", "c", "d"]);
  });

  test("does not name who has many unused cards that stay, nor who has silent ones as often as unused ones are usual", async () => {
    expect(await named([...honest(12), unit("unused", 40, 2)])).toEqual([]);
    expect(await named([...honest(12), unit("silent", 4, 4)])).toEqual([]);
  });

  test("does not name who has fewer than five silent cards, or 3% of the activations beyond the expected ones", async () => {
    expect(await named([...honest(12, 1, 0), unit("four", 4, 4, 20)])).toEqual([]);
    expect(await named([...honest(12, 1, 0), unit("five", 5, 5, 20)])).toEqual(["five"]);
    expect(await named([...honest(12, 1, 0), unit("large", 50, 50, 2000)])).toEqual([]);
  });

  test("names who cheats beside one whose cards are all hardly used and stay", async () => {
    expect(await named([...honest(6), unit("thrifty", 100, 2), unit("a", 33, 30)])).toEqual(["a"]);
  });

  test("names no one where honest units differ that much from each other", async () => {
    const varied = [1, 2, 4, 6, 8, 10, 12, 15, 18, 20].map((cards, i) => unit(`varied ${i}`, cards, cards));
    expect(await named([...varied, unit("one more", 22, 22)])).toEqual([]);
  });

  test("takes the larger of both p-values, and a q-value that is no smaller", async () => {
    const units = [...honest(9), unit("a", 20, 8)];
    for (const { p, q, pUnused, pSilent } of await nameAbnormal(units, fromPeers(units), RULES)) {
      expect(p).toBe(Math.max(pUnused, pSilent));
      expect(q).toBeGreaterThanOrEqual(p);
    }
  });
});
