/**
 * Public data sets of churn and uplift: what they are, where they come from, and what to mind.
 *
 * `DATASETS` is the catalogue: source, licence as stated there, schema, label, hash and known traps of each. `listDatasets` says
 * which of them are at hand. `loadDataset` reads one from a folder or the cache, or downloads it once, and says plainly where it
 * has to be put by hand. Nothing is downloaded but by that call.
 *
 * @example
 * import { trainChurnModel } from "holdfast";
 * import { loadDataset } from "holdfast/datasets";
 *
 * const { table, train, dataset } = await loadDataset("telco");
 * console.log(dataset.traps);
 * const model = await trainChurnModel(table, train);
 * console.log(model);
 * @packageDocumentation
 */

export { HoldfastError } from "../errors.js";
export { DATASETS } from "./catalogue.js";
export { listDatasets } from "./list-datasets.js";
export { loadDataset } from "./load-dataset.js";

// The types of their arguments and results.

export type { Problem, ProblemCode, ProblemPath } from "../errors.js";
export type { LongWork, ProgressEvent } from "../progress.js";
export type { CategoricalColumn, Column, NumericColumn, Table, TextColumn } from "../table/column.js";
export type * from "../table/grammar/types.js";
export type {
  Dataset,
  DatasetColumn,
  DatasetColumnKind,
  DatasetCopy,
  DatasetExperiment,
  DatasetFile,
  DatasetReading,
  DelimitedReading,
  FixedWidthReading,
  HistoryReading,
} from "./dataset.js";
export type { DatasetListing } from "./list-datasets.js";
export type { DatasetRoles, LoadDatasetOptions, LoadedDataset } from "./load-dataset.js";
export type { ObtainOptions } from "./obtain.js";
export type { DatasetPlaces } from "./places.js";
