import { expect, test } from "vitest";
import { trainChurnModel } from "../../src/training/train.js";
import { fuzzBodies, fuzzLines, fuzzModels } from "../support/fuzz.js";
import { scoringModel } from "../support/scoring-model.js";
import { subscriberTable } from "../support/subscribers.js";

/** A small part of what `npm run bench -- reliability` does. */
const MINUTES = 3 * 60_000;
const model = await scoringModel();

test(
  "mutated lines: every row is scored or rejected",
  async () => {
    const { cases, accepted, refused } = await fuzzLines(model, 6000, 1);
    expect(accepted + refused).toBe(cases / 200);
    expect(accepted).toBeGreaterThan(20);
  },
  MINUTES,
);

test(
  "mutated bodies are answered or refused",
  async () => {
    const { accepted, refused } = await fuzzBodies(model, 3000, 1);
    expect([accepted > 100, refused > 1000]).toEqual([true, true]);
  },
  MINUTES,
);

test(
  "mutated models are refused, or predict probabilities",
  async () => {
    const options = {
      label: "churned",
      id: "subscriber",
      classifier: "boosting",
      repeats: 1,
      replicates: 1,
    } as const;
    const trees = await trainChurnModel(subscriberTable(300), options);
    for (const each of [model, trees]) {
      const { refused } = await fuzzModels(each, 600, 1);
      expect(refused).toBeGreaterThan(100);
    }
  },
  MINUTES,
);
