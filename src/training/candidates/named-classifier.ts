import type { ChosenClassifier } from "../families.js";

/** A classifier and what the leaderboard calls it: its name, with a number where another has the same. */
export interface NamedClassifier extends ChosenClassifier {
  readonly name: string;
}
