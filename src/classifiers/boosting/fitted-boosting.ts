import type { RowVector, Vectors } from "../../vectors/vectors.js";
import type { ClassifierJson, FittedClassifier } from "../classifier.js";
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
  private readonly walker: ForestWalker;

  constructor(private readonly json: BoostingJson) {
    this.walker = new ForestWalker(json.baseMargin, json.trees);
  }

  get trees(): readonly Tree[] {
    return this.json.trees;
  }

  margin(vectors: Vectors): Float64Array {
    return this.walker.margin(vectors);
  }

  marginOf(row: RowVector): number {
    return this.walker.marginAt(row, 0);
  }

  toJSON(): BoostingJson {
    return this.json;
  }
}
