import { invalidArgument } from "../errors.js";
import { didYouMean } from "../nearest-name.js";
import { DATASETS } from "./catalogue.js";
import type { Dataset } from "./dataset.js";

/** The data set of a name. @throws HoldfastError for one that is not in the catalogue, with the nearest name. */
export function findDataset(functionName: string, name: unknown): Dataset {
  const found = DATASETS.find((dataset) => dataset.name === name);
  if (found !== undefined) return found;
  const names = DATASETS.map((dataset) => dataset.name);
  const hint = typeof name === "string" ? didYouMean(name, names) : undefined;
  return invalidArgument(functionName, "name", `must be a data set: ${names.join(", ")}`, name, hint);
}
