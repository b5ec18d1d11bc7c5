import type { RowVector, Vectors } from "../../vectors/vectors.js";
import type { ClassifierJson, FittedClassifier } from "../classifier.js";

/** The file form of a weighted average. */
export interface WeightedAverageJson extends ClassifierJson {
  readonly family: "weighted-average";
  /** One per member, not negative, adding up to 1. */
  readonly weights: readonly number[];
  readonly members: readonly ClassifierJson[];
}

/** Classifiers whose margins are averaged: the fold models of a cross-fit, or a blend of families. */
export class WeightedAverage implements FittedClassifier {
  constructor(
    private readonly members: readonly FittedClassifier[],
    private readonly weights: readonly number[],
  ) {}

  /** The plain mean of the members. */
  static ofEqual(members: readonly FittedClassifier[]): WeightedAverage {
    return new WeightedAverage(
      members,
      members.map(() => 1 / members.length),
    );
  }

  margin(vectors: Vectors): Float64Array {
    const margins = new Float64Array(vectors.rowCount);
    this.members.forEach((member, m) => {
      const ofMember = member.margin(vectors);
      for (let row = 0; row < margins.length; row++) margins[row] += this.weights[m] * ofMember[row];
    });
    return margins;
  }

  marginOf(row: RowVector): number {
    let margin = 0;
    for (let m = 0; m < this.members.length; m++) margin += this.weights[m] * this.members[m].marginOf(row);
    return margin;
  }

  toJSON(): WeightedAverageJson {
    return {
      family: "weighted-average",
      weights: this.weights,
      members: this.members.map((member) => member.toJSON()),
    };
  }
}
