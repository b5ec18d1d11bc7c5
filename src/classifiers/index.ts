/**
 * Classifiers, and what they read.
 *
 * Each function returns a `Classifier` with its options: `logisticRegression`, `additiveModel`,
 * `gradientBoosting`, `randomForest`, `extraTrees`, `neuralNetwork`. Pass it to `trainChurnModel` as `classifier`, or
 * fit it on vectors, which `Vectorizer.fit` makes of a table. A fitted classifier gives margins (log-odds), and is plain
 * data by `toJSON()`. The same data, options and seed give the same bits on any number of threads.
 *
 * To be read by people: `shapValues` of any classifier, what each feature adds to each margin; `oddsRatios` and `elasticNetPath` of logistic regression, `shapeTables` of additive models.
 * `importMlRandomForest` takes over forests of ml-random-forest. `gradientBoostingRegression` predicts amounts and
 * counts, `gradientBoostingFromChunks` trains on more rows than fit in memory.
 *
 * @example
 * import { gradientBoosting } from "holdfast/classifiers";
 * import { readTable, trainChurnModel } from "holdfast";
 *
 * const classifier = ["logistic", gradientBoosting({ maxLeaves: 8, monotone: { complaints: 1 } })] as const;
 * const model = await trainChurnModel(await readTable("customers.csv"), { label: "churn", classifier });
 * @packageDocumentation
 */

export { HoldfastError } from "../errors.js";
export { stratifiedFolds } from "../vectors/folds.js";
export { Vectorizer } from "../vectors/vectorizer.js";
export { additiveModel } from "./additive/additive.js";
export { FittedAdditive } from "./additive/fitted-additive.js";
export { shapeTables } from "./additive/shape-tables.js";
export { gradientBoosting, gradientBoostingFromChunks } from "./boosting/boosting.js";
export { gradientBoostingRegression } from "./boosting/regression.js";
export { greedyWeights } from "./ensemble/greedy-selection.js";
export { FittedForest } from "./forest/fitted-forest.js";
export { extraTrees, randomForest } from "./forest/forest.js";
export { importMlRandomForest } from "./forest/import-ml-random-forest.js";
export { elasticNetPath } from "./logistic/elastic-net-path.js";
export { logisticRegression } from "./logistic/logistic.js";
export { oddsRatios } from "./logistic/odds-ratios.js";
export { neuralNetwork } from "./neural/neural.js";
export { shapValues } from "./shap-values.js";

// The types of their arguments and results.

export type { Problem, ProblemCode, ProblemPath, Problems } from "../errors.js";
export type { FileForm, Report, Schema } from "../file-form.js";
export type { LongWork, ProgressEvent } from "../progress.js";
export type { CategoricalColumn, Column, NumericColumn, Table, TextColumn } from "../table/column.js";
export type * from "../table/grammar/types.js";
export type { TrainingChunk, TrainingChunks } from "../trees/binning/training-chunks.js";
export type { Tree } from "../trees/tree.js";
export type { LeftOutColumn } from "../vectors/column-roles/features.js";
export type { Folds } from "../vectors/folds.js";
export type { LinearEncoding, LinearTerm, TermKind } from "../vectors/linear-design.js";
export type { BasisKind, SplineBasis } from "../vectors/spline-basis.js";
export type { Total } from "../vectors/totals.js";
export type {
  CategoricalInput,
  FitVectorizerOptions,
  InputColumn,
  NumericInput,
  UnseenCategories,
} from "../vectors/vectorizer.js";
export type { CategoricalFeature, Feature, NumericFeature, RowVector, Vectors } from "../vectors/vectors.js";
export type { Axis, CategoricalAxis, NumericAxis } from "./additive/axis.js";
export type { AdditiveJson, PairTerm, ShapeTerm } from "./additive/fitted-additive.js";
export type { AdditiveOptions } from "./additive/options.js";
export type { ShapeRow, ShapeTable } from "./additive/shape-tables.js";
export type { BoostingJson, FittedBoosting, ParallelOptions } from "./boosting/fitted-boosting.js";
export type { FittedRegression, RegressionJson } from "./boosting/fitted-regression.js";
export type { BoostingOptions } from "./boosting/options.js";
export type { RegressionOptions } from "./boosting/regression.js";
export type { Regression, RegressionCrossFit } from "./boosting/regression-contract.js";
export type { Classifier, ClassifierJson, CrossFit, FitOptions, FittedClassifier } from "./classifier.js";
export type { SelectionOptions } from "./ensemble/greedy-selection.js";
export type { BackgroundRows, Explainer, MakeExplainer } from "./explainer.js";
export type { ClassifierFamily, FamilyRules } from "./family.js";
export type { ForestJson } from "./forest/fitted-forest.js";
export type { ImportedForest } from "./forest/import-ml-random-forest.js";
export type { ForestKind, ForestOptions } from "./forest/options.js";
export type { ElasticNetPath, ElasticNetPathOptions } from "./logistic/elastic-net-path.js";
export type { FittedLogistic, LogisticJson } from "./logistic/fitted-logistic.js";
export type { OddsRatio, OddsRatioOptions } from "./logistic/odds-ratios.js";
export type { LogisticOptions } from "./logistic/options.js";
export type { FittedNeural, NeuralJson } from "./neural/fitted-neural.js";
export type { NeuralOptions, NumericEmbedding } from "./neural/options.js";
export type { NetworkShape, NeuralInput, SequenceBranch, SequenceChannel } from "./neural/shape.js";
export type { ShapOptions, ShapValues } from "./shap-values.js";
