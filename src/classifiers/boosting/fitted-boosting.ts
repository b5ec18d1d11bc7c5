import type { RowVector, Vectors } from "../../vectors/vectors.js";
import type { ClassifierJson, FittedClassifier } from "../classifier.js";
import { marginsByBlock } from "../margins.js";
import { ForestScorer, MOST_MASK_LEAVES } from "./forest-scorer.js";
import { ForestWalker } from "./forest-walker.js";
import type { Tree } from "./tree.js";

/** The file form of boosted trees. */
export interface BoostingJson extends ClassifierJson {
  readonly family: "boosting";
  readonly baseMargin: number;
  readonly trees: readonly Tree[];
}

/** Trained boosted trees: the margin is the base margin plus one leaf value per tree. */
export class FittedBoosting implements FittedClassifier {
  private readonly scorer: ForestScorer | ForestWalker;

  constructor(private readonly json: BoostingJson) {
    const fitsMasks = json.trees.every(({ leafValues }) => leafValues.length <= MOST_MASK_LEAVES);
    const Scorer = fitsMasks ? ForestScorer : ForestWalker;
    this.scorer = new Scorer(json.baseMargin, json.trees);
  }

  get trees(): readonly Tree[] {
    return this.json.trees;
  }

  margin(vectors: Vectors): Float64Array {
    return marginsByBlock(vectors, (rows, from) => this.scorer.marginAt(rows, from));
  }

  marginOf(row: RowVector): number {
    return this.scorer.marginAt(row, 0);
  }

  toJSON(): BoostingJson {
    return this.json;
  }
}
