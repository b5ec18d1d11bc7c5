import type { Classifier } from "../../classifiers/classifier.js";

/** A classifier and what the leaderboard calls it: its name, with a number where another has the same. */
export interface NamedClassifier {
  readonly name: string;
  readonly classifier: Classifier;
}
