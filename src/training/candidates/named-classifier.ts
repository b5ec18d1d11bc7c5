import type { ChosenClassifier } from "../families.js";

/** A classifier and its name in the leaderboard: its own name, with a number where another has the same. */
export interface NamedClassifier extends ChosenClassifier {
  readonly name: string;
}
