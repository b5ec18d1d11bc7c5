import type { Steps } from "../../steps.js";
import { checkVectors } from "../../vectors/check-vectors.js";
import type { RowVector, Vectors } from "../../vectors/vectors.js";
import type { ClassifierJson, FittedClassifier } from "../classifier.js";

/** `family` of the file form of an average, which belongs to no family: it holds members of any family. */
export const AVERAGE = "weighted-average";

/** The file form of a weighted average of classifiers. */
export interface WeightedAverageJson extends ClassifierJson {
  readonly family: typeof AVERAGE;
  /** Added to the average; absent: 0. */
  readonly offset?: number;
  readonly weights: readonly number[];
  readonly members: readonly ClassifierJson[];
}

/** An offset and the sum of its members' margins times their weights. */
export class WeightedAverage implements FittedClassifier {
  constructor(
    readonly members: readonly FittedClassifier[],
    readonly weights: readonly number[],
    readonly offset = 0,
  ) {}

  /** The plain mean. */
  static ofEqual(members: readonly FittedClassifier[]): WeightedAverage {
    return new WeightedAverage(
      members,
      members.map(() => 1 / members.length),
    );
  }

  margin(vectors: Vectors): Float64Array {
    checkVectors("margin", "vectors", vectors);
    const margins = new Float64Array(vectors.rowCount).fill(this.offset);
    this.members.forEach((member, m) => {
      const ofMember = member.margin(vectors);
      for (let row = 0; row < margins.length; row++) margins[row] += this.weights[m] * ofMember[row];
    });
    return margins;
  }

  marginOf(row: RowVector): number {
    let margin = this.offset;
    for (let m = 0; m < this.members.length; m++) margin += this.weights[m] * this.members[m].marginOf(row);
    return margin;
  }

  /** @internal */
  *prepare(): Steps<void> {
    for (const member of this.members) if (member.prepare !== undefined) yield* member.prepare();
  }

  toJSON(): WeightedAverageJson {
    return {
      family: AVERAGE,
      ...(this.offset === 0 ? {} : { offset: this.offset }),
      weights: this.weights,
      members: this.members.map((member) => member.toJSON()),
    };
  }
}
