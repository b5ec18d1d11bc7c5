import type { Steps } from "../../steps.js";
import { FastestRowScorer } from "../../trees/scoring/fastest-row-scorer.js";
import type { Tree } from "../../trees/tree.js";
import type { RowVector, Vectors } from "../../vectors/vectors.js";
import type { ClassifierJson, FittedClassifier } from "../classifier.js";
import { marginsByBlock } from "../margins.js";
import type { ForestKind } from "./options.js";

/** The file form of a forest. */
export interface ForestJson extends ClassifierJson {
  readonly family: "forest";
  readonly kind: ForestKind;
  /** Share of churners in training, in (0, 1). */
  readonly baseRate: number;
  /** Leaf values are probabilities minus the base rate. */
  readonly trees: readonly Tree[];
}

/** Probabilities are kept this far from 0 and 1: one step of the leaf values. */
const STEP = 2 ** -24;

/** A trained forest: the margin is the log-odds of the mean leaf probability over its trees. */
export class FittedForest implements FittedClassifier {
  private readonly walker: FastestRowScorer;

  constructor(
    private readonly json: ForestJson,
    /**
     * The margin of each training row, from the trees that did not draw it (the base rate where all did): suitable for
     * fitting a calibrator. Undefined in a forest that was loaded.
     */
    readonly outOfBagMargins?: Float64Array,
  ) {
    this.walker = new FastestRowScorer(0, json.trees);
  }

  get trees(): readonly Tree[] {
    return this.json.trees;
  }

  margin(vectors: Vectors): Float64Array {
    return marginsByBlock(vectors, (rows, from) => this.marginAt(rows, from));
  }

  marginOf(row: RowVector): number {
    return this.marginAt(row, 0);
  }

  /** @internal */
  *prepare(): Steps<void> {
    yield* this.walker.prepare();
  }

  toJSON(): ForestJson {
    return this.json;
  }

  private marginAt(rows: Float64Array, from: number): number {
    const { baseRate, trees } = this.json;
    return forestMargin(baseRate, this.walker.marginAt(rows, from), trees.length);
  }
}

/** The log-odds of the base rate plus the mean leaf value of the given number of trees. */
export function forestMargin(baseRate: number, sum: number, trees: number): number {
  const probability = Math.min(Math.max(baseRate + (trees === 0 ? 0 : sum / trees), STEP), 1 - STEP);
  return Math.log(probability / (1 - probability));
}
