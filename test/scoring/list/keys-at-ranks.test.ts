import fc from "fast-check";
import { expect, test } from "vitest";
import { createRandom } from "../../../src/random.js";
import { keysAtRanks } from "../../../src/scoring/list/keys-at-ranks.js";
import { compareKeys, type RankedRows, type RankKey } from "../../../src/scoring/list/rank.js";

/** Batches of some rows, and how often a pass over them was started. */
function batchesOf(keys: readonly RankKey[], size: number) {
  const count = { passes: 0 };
  const pass = async function* (): AsyncGenerator<RankedRows> {
    count.passes++;
    for (let from = 0; from < keys.length; from += size) {
      const part = keys.slice(from, from + size);
      yield {
        rowCount: part.length,
        amounts: Float64Array.from(part, ({ amount }) => amount),
        keyOf: (row) => part[row],
        compare: (row, key) => compareKeys(part[row], key),
      };
    }
  };
  return { pass, count };
}

const few = fc.array(
  fc.record({
    amount: fc.constantFrom(0, 0.25, 0.5, 1),
    value: fc.constantFrom(0, 10, 20),
    id: fc.option(fc.constantFrom("a", "b", "10", "9", "客", "\u{1F600}", "\uFFFD")),
  }),
  { minLength: 1, maxLength: 60 },
);

test("the keys are those of a sort in memory, whatever ties", async () => {
  await fc.assert(
    fc.asyncProperty(few, fc.integer({ min: 1, max: 20 }), async (rows, size) => {
      const keys = rows.map((row, place) => ({ ...row, place }));
      const { pass } = batchesOf(keys, size);
      const ranks = keys.map((_, k) => k + 1);
      expect(await keysAtRanks(pass, ranks)).toEqual([...keys].sort(compareKeys));
    }),
  );
});

test.each([
  ["no two rows alike", (random: () => number) => random()],
  ["a hundred amounts", (random: () => number) => Math.floor(100 * random()) / 100],
  ["one amount", () => 0.5],
])("of many rows they are found in a few passes: %s", async (_, amountOf) => {
  const random = createRandom(1, "many rows");
  const keys = Array.from({ length: 200_000 }, (_, place) => ({
    amount: amountOf(random.next),
    value: random.integer(3),
    id: `S${random.integer(150_000)}`,
    place,
  }));
  const { pass, count } = batchesOf(keys, 16_384);
  const ranks = [1, 300, 40_300, 40_301, 50_000, 80_000, 80_001, 150_000, 199_999, 200_000];
  const sorted = [...keys].sort(compareKeys);
  expect(await keysAtRanks(pass, ranks)).toEqual(ranks.map((rank) => sorted[rank - 1]));
  expect(count.passes).toBeLessThanOrEqual(6);
});
