import { describe, expect, test } from "vitest";
import {
  choicesOfOthers,
  leastOf,
  longEnough,
  runFolds,
  weightsOfFolds,
} from "../../src/classifiers/other-folds.js";

describe("choicesOfOthers", () => {
  const CURVES = [
    { losses: [0.6, 0.5, 0.55, 0.7], weight: 1 },
    { losses: [0.6, 0.58, 0.5, 0.52], weight: 1 },
    { losses: [0.6, 0.59, 0.58, 0.5], weight: 2 },
  ];

  test("takes for each fold the step of the least mean loss of the others, by hand", () => {
    // Without 0: (0.58 + 2 · 0.59) / 3, (0.5 + 2 · 0.58) / 3 = 0.553, (0.52 + 1) / 3 = 0.507; and so on.
    expect(choicesOfOthers(CURVES).map(({ steps }) => steps)).toEqual([3, 1, 2]);
    expect(choicesOfOthers(CURVES)[0].loss).toBeCloseTo((0.52 + 2 * 0.5) / 3, 14);
  });

  test("does not look at the fold's own curve", () => {
    const other = [{ losses: [0, 9, 9, 9, 9], weight: 100 }, ...CURVES.slice(1)];
    expect(choicesOfOthers(other)[0]).toEqual(choicesOfOthers(CURVES)[0]);
  });

  test("counts a run that ended early with its last loss", () => {
    const curves = [
      { losses: [0.6, 0.5, 0.9], weight: 1 },
      { losses: [0.6, 0.59, 0.58, 0.57], weight: 1 },
    ];
    expect(leastOf(curves)).toEqual({ steps: 1, loss: (0.5 + 0.59) / 2 });
  });

  test("leaves out curves of rows without weight, whose loss is not a number", () => {
    const curves = [{ losses: [Number.NaN, Number.NaN], weight: 0 }, ...CURVES];
    expect(choicesOfOthers(curves)[1]).toEqual(choicesOfOthers(CURVES)[0]);
    expect(leastOf(curves.slice(0, 1)).steps).toBe(0);
  });

  test("takes the fewest of equally good steps", () => {
    expect(leastOf([{ losses: [0.5, 0.4, 0.4], weight: 1 }]).steps).toBe(1);
  });
});

describe("runFolds and longEnough", () => {
  test("later folds make as many steps as earlier ones ask for; a run that the others want longer is made again", async () => {
    const asked: [fold: number, leastSteps: number][] = [];
    const curves = [
      [0.6, 0.5],
      [0.6, 0.5, 0.4],
      [0.6, 0.5, 0.3],
    ];
    const make = async (fold: number, leastSteps: number) => {
      asked.push([fold, leastSteps]);
      const losses = curves[fold];
      return { curve: { losses, weight: 1 }, stepsMade: Math.max(losses.length - 1, leastSteps) };
    };
    const measured = await runFolds(3, make);
    expect(measured.map(({ kept }) => kept.steps)).toEqual([2, 2, 2]);
    expect(asked).toEqual([
      [0, 0],
      [1, 1],
      [2, 2],
    ]);
    expect((await longEnough(measured[0], (leastSteps) => make(0, leastSteps))).stepsMade).toBe(2);
    expect(await longEnough(measured[1], (leastSteps) => make(1, leastSteps))).toBe(measured[1].run);
    expect(asked.slice(3)).toEqual([[0, 2]]);
  });
});

test("weightsOfFolds adds up the weights of the rows of each fold", () => {
  const folds = { count: 2, of: Uint8Array.of(0, 1, 0) };
  expect([...weightsOfFolds(folds, undefined)]).toEqual([2, 1]);
  expect([...weightsOfFolds(folds, [0.5, 2, 3])]).toEqual([3.5, 2]);
});
