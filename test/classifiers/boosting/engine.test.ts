import { describe, expect, test } from "vitest";
import { type Boosted, boost } from "../../../src/classifiers/boosting/boost.js";
import { Pulse } from "../../../src/progress.js";
import { binVectors } from "../../../src/trees/binning/bin-vectors.js";
import type { Tree } from "../../../src/trees/tree.js";
import { type RandomProblem, randomProblem } from "../../reference-boosting/random-problem.js";
import { referenceBoost } from "../../reference-boosting/reference-boost.js";

const PROBLEMS = 400;

/** The engine on a problem, without drawing rows or features: the reference cannot draw as the engine does. */
async function engine(problem: RandomProblem, memberCount = 1): Promise<Boosted> {
  const { features, labels, weights, heldOutRows } = problem;
  const folds = new Uint8Array(labels.length).fill(1);
  for (const row of heldOutRows) folds[row] = 0;
  const options = {
    maxBins: problem.settings.maxBins,
    leastRows: 1,
    seed: 0,
    hasWeights: weights !== undefined,
  };
  const vectors = { rowCount: labels.length, features };
  const data = await binVectors(vectors, { ...options, memberCount }, new Pulse());
  try {
    const run = {
      data,
      rows: { labels, weights, folds },
      heldOutFold: heldOutRows.length > 0 ? 0 : -1,
      settings: everything(problem),
      seed: 0,
      run: 0,
    };
    return await boost(run, new Pulse(), () => {});
  } finally {
    await data.close();
  }
}

function everything({ settings }: RandomProblem) {
  return { ...settings, rowFraction: 1, columnFraction: 1 };
}

/** The trees up to the least held-out loss; all where no row is held out. */
function kept({ trees, heldOutLosses }: Boosted): readonly Tree[] {
  return heldOutLosses.length === 0
    ? trees
    : trees.slice(0, heldOutLosses.indexOf(Math.min(...heldOutLosses)));
}

/** Whether two lists of trees make the same divisions and their leaves the same steps, up to what 2^-24 rounds away. */
function areSame(ours: readonly Tree[], theirs: readonly Tree[]): boolean {
  if (ours.length !== theirs.length) return false;
  return ours.every(({ leafValues, leafRows: _, ...divisions }, t) => {
    const { leafValues: expected, ...expectedDivisions } = theirs[t];
    const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const isClose = leafValues.every(
      (value, leaf) => Math.abs(value - expected[leaf]) <= 2e-7 + 1e-4 * largest,
    );
    return isClose && JSON.stringify(divisions) === JSON.stringify(expectedDivisions);
  });
}

describe("the engine", () => {
  test("grows the trees of the reference on random problems over all options, but for near ties", async () => {
    let same = 0;
    for (let seed = 0; seed < PROBLEMS; seed++) {
      const problem = randomProblem(seed);
      const ours = await engine(problem);
      const theirs = referenceBoost({ ...problem, settings: everything(problem) });
      if (areSame(kept(ours), theirs.trees)) same++;
      // Where two splits gain the same but for rounding (gradients in single precision), trees may differ; how well
      // they do may not.
      const shared = Math.min(ours.heldOutLosses.length, theirs.heldOutLosses.length);
      for (let round = 0; round < shared; round++) {
        const expected = theirs.heldOutLosses[round];
        const spread = Math.abs(theirs.heldOutLosses[0]) + Math.abs(expected);
        expect(Math.abs(ours.heldOutLosses[round] - expected), `problem ${seed}`).toBeLessThan(0.02 * spread);
      }
    }
    expect(same).toBeGreaterThan(0.98 * PROBLEMS);
  });

  test("makes the same model to the last bit for any number of shards, and again", async () => {
    for (let seed = 0; seed < 12; seed++) {
      const problem = randomProblem(seed);
      const alone = JSON.stringify(await engine(problem));
      expect(JSON.stringify(await engine(problem))).toBe(alone);
      for (const members of [2, 3]) expect(JSON.stringify(await engine(problem, members))).toBe(alone);
    }
  });
});
