import type { FileForm } from "../file-form.js";
import type { InputColumn } from "../vectors/vectorizer.js";
import type { Classifier, ClassifierJson, FittedClassifier } from "./classifier.js";
import type { MakeExplainer } from "./explainer.js";
import type { OptionRule } from "./option-schema.js";
import type { SearchSpace } from "./search-space.js";

/** Rules that are known to be true of churn, and what lies beyond the training data. */
export interface FamilyRules {
  readonly monotone: Readonly<Record<string, 1 | -1>>;
  readonly interactions: readonly (readonly string[])[];
  /**
   * Whether lines and curves go on beyond the least and the greatest training value; default false. Families whose models
   * are constant there need not look at it.
   */
  readonly extrapolate?: boolean | undefined;
}

/** Whether there is a rule that not every family keeps. */
export function hasRules({ monotone, interactions }: FamilyRules): boolean {
  return Object.keys(monotone).length > 0 || interactions.length > 0;
}

/**
 * The complete description of a kind of classifier: training, the leaderboard, tuning, model files and the command line
 * use only this. Pass your own to training (`classifier: [myFamily]`) and to loading (`families: [myFamily]`).
 *
 * ```ts
 * const always: ClassifierFamily = {
 *   name: "always",
 *   purpose: "predicts the same for every row",
 *   candidates: () => [alwaysClassifier()],
 *   fromJson: ({ margin }) => fittedAlways(Number(margin)),
 *   file: async () => ({ schema: z.strictObject({ family: z.literal("always"), margin: z.number() }) }),
 * };
 * ```
 */
export interface ClassifierFamily {
  /** Its name in options and on the command line, and `family` of its file form. */
  readonly name: string;
  /** What it is for, to choose by; one phrase. */
  readonly purpose: string;
  /** What is trained where the family is chosen by name. @param rules to keep, where the family can. */
  candidates(rules: FamilyRules): readonly Classifier[];
  /** A trained classifier from its file form, which was checked. */
  fromJson(json: ClassifierJson): FittedClassifier;
  /** Loads what a model file may hold of it; the context is the features that the classifier reads. */
  file(): Promise<FileForm<ClassifierJson, [features: readonly InputColumn[]]>>;
  /**
   * One model whose margins are the mean of those of others, fold models of one cross-fit; undefined where there is none.
   * Default: all are kept and evaluated.
   */
  average?(models: readonly FittedClassifier[], foldCount: number): FittedClassifier | undefined;
  /** Whether it keeps `monotone` and `interactions`. Default false. */
  readonly keepsRules?: boolean;
  /**
   * How hard it is to read, for `prefer: "readability"`: 10 is a line per feature, 60 an ensemble.
   * Default: harder than anything else.
   * @param options of the classifier, where it is of this package.
   */
  effortToRead?(options: object): number;
  /** Loads what says how much each feature adds to a margin. Default: Shapley values are sampled, which any classifier allows. */
  explaining?(): Promise<MakeExplainer>;
}

/** A family of this package: trained in any thread, tuned, and chosen by name. */
export interface CompleteFamily
  extends Required<Omit<ClassifierFamily, "average">>,
    Pick<ClassifierFamily, "average"> {
  /** A classifier with the given options, plain data. */
  create(options: object): Classifier;
  /** Its options: defaults and what they may be. */
  readonly options: Readonly<Record<string, OptionRule<unknown>>>;
  /** What tuning tries. */
  readonly searchSpace: SearchSpace;
  /** Whether `"auto"` trains it: always, unless there are very many values, or only where it is named. */
  readonly auto: "always" | "unless large" | "never";
  /** The exported functions that make its classifiers, for the documentation. */
  readonly functions: readonly string[];
}
