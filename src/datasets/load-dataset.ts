import { checkOptions, namedErrors, type OptionNames } from "../arguments.js";
import { argumentProblem, HoldfastError, invalidArgument } from "../errors.js";
import { checkPath } from "../files/check-path.js";
import { statOf } from "../files/stat-of.js";
import { findColumn, type Table } from "../table/table.js";
import type { Dataset } from "./dataset.js";
import { findDataset } from "./find-dataset.js";
import { type ObtainOptions, obtain } from "./obtain.js";
import { type DatasetPlaces, findCopy } from "./places.js";
import { readDataset } from "./read-dataset.js";

/** How {@link loadDataset} looks for a data set, and watches its download. */
export type LoadDatasetOptions = ObtainOptions;

/** Roles of the columns of a data set, as `trainChurnModel` takes them. */
export interface DatasetRoles {
  readonly label?: string;
  readonly positive?: string;
  readonly id?: string;
  /** Columns that leak the label, and further ids. */
  readonly exclude: readonly string[];
}

/** A data set that was read. */
export interface LoadedDataset {
  readonly table: Table;
  /** For training: `trainChurnModel(table, train)`. Without a label where the data set has none. */
  readonly train: DatasetRoles;
  /** What the catalogue says about it: source, licence, schema, traps. */
  readonly dataset: Dataset;
  /** The file that it was read from. */
  readonly path: string;
}

const LOAD_OPTIONS: OptionNames<LoadDatasetOptions> = {
  folder: "optional",
  cache: "optional",
  verify: "optional",
  onProgress: "optional",
  signal: "optional",
};

/**
 * Reads a public data set by name: from `folder`, the folder that the environment variable `HOLDFAST_DATASETS` names, or the
 * cache; else it is downloaded once into the cache. The SHA-256 of its files is checked where the catalogue knows it. Columns
 * have the kinds of the schema.
 *
 * Nothing is downloaded but by this call, and no file that needs an account, such as at Kaggle: the error then says where to put it.
 * @param name one of the names of {@link DATASETS}, such as `"telco"`.
 * @param options `folder`, `cache`: where to look; `verify` (default true): whether other bytes are refused; `onProgress`,
 * `signal`: of the download, in bytes.
 * @example
 * const { table, train } = await loadDataset("telco");
 * const model = await trainChurnModel(table, train); // label Churn, positive Yes, id customerID
 * @throws HoldfastError for an unknown name, with the nearest one; `resource.network` where its host can't be reached;
 * `data.unreadable` where it can be had only by hand; `data.hash` for a file with other bytes; for `simulated`, which is several
 * tables.
 */
export async function loadDataset(name: string, options: LoadDatasetOptions = {}): Promise<LoadedDataset> {
  checkOptions("loadDataset", options, LOAD_OPTIONS);
  checkPlaces("loadDataset", options);
  const dataset = findDataset("loadDataset", name);
  return loadFound("loadDataset", dataset, options);
}

/** {@link loadDataset} of any data set, in the catalogue or not. */
export async function loadFound(
  functionName: string,
  dataset: Dataset,
  options: LoadDatasetOptions,
): Promise<LoadedDataset> {
  if (dataset.reading.form === "history") refuseHistory(functionName, dataset);
  const found = await obtain(functionName, dataset, options);
  const table = await namedErrors(functionName, () => readDataset(functionName, dataset, found, options));
  return { table, train: rolesOf(dataset, table), dataset, path: found.paths[0] };
}

/** @throws HoldfastError for places that are no paths, and a folder that does not exist. */
export function checkPlaces(functionName: string, { folder, cache }: DatasetPlaces): void {
  for (const [argument, path] of Object.entries({ folder, cache })) {
    if (path !== undefined) checkPath(functionName, argument, path);
  }
  if (folder === undefined || statOf(folder)?.isDirectory()) return;
  throw new HoldfastError(argumentProblem(functionName, "folder", "must be a folder that exists", folder));
}

function rolesOf({ label, positive, id, exclude, reading }: Dataset, table: Table): DatasetRoles {
  return {
    ...(label === null ? {} : { label }),
    ...(positive === null ? {} : { positive }),
    // The purchases of a customer are several rows.
    ...(id === null || reading.form === "fixed width" ? {} : { id }),
    exclude: exclude.filter((name) => findColumn(table, name) !== undefined),
  };
}

function refuseHistory(functionName: string, dataset: Dataset): never {
  const path = findCopy(dataset, [])?.paths[0];
  const hint = `open it: openHistory(${JSON.stringify(path)})`;
  return invalidArgument(
    functionName,
    "name",
    "must be of one table; it is a history of several",
    dataset.name,
    hint,
  );
}
