import { extraTrees, gradientBoosting } from "../../../src/classifiers/index.js";
import type { TrainOptions } from "../../../src/index.js";

/** One way to train. */
export interface BedContestant {
  readonly name: string;
  /** What it adds to the options of the benchmark, for a number of features. */
  options(features: number): Partial<TrainOptions>;
}

/** The ways that are compared; the others with the first. */
export const CONTESTANTS: readonly BedContestant[] = [
  { name: "default", options: () => ({}) },
  { name: "4 leaves alone", options: () => ({ classifier: [gradientBoosting({ maxLeaves: 4 })] }) },
  { name: "16 leaves alone", options: () => ({ classifier: [gradientBoosting({ maxLeaves: 16 })] }) },
  {
    name: "+ 31 leaves",
    options: () => ({
      classifier: ["auto", gradientBoosting({ maxLeaves: 31, l2: 0, columnFraction: 0.5 })],
    }),
  },
  {
    name: "+ depth 4",
    options: () => ({
      classifier: [
        "auto",
        gradientBoosting({ maxLeaves: 16, maxDepth: 4, rowFraction: 0.7, columnFraction: 0.5, l2: 1 }),
      ],
    }),
  },
  {
    name: "+ regularised extra trees",
    options: (features) => ({
      classifier: [
        "auto",
        extraTrees({ minChildRows: 20, leafSmoothing: 5, columnsPerSplit: Math.ceil(features / 2) }),
      ],
    }),
  },
];
