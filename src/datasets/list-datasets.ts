import { checkOptions, type OptionNames } from "../arguments.js";
import { DATASETS } from "./catalogue.js";
import { checkPlaces } from "./load-dataset.js";
import { type DatasetPlaces, findCopy, foldersOf } from "./places.js";

/** A data set of the catalogue, and whether it is at hand. */
export interface DatasetListing {
  readonly name: string;
  /** Rows of its table; of a history, its subscribers. */
  readonly rows: number;
  /** The label column; null where there is none. */
  readonly label: string | null;
  readonly licence: string;
  /** Of its first file: of the copy that is at hand, else of the first copy; null where the catalogue does not know it. */
  readonly sha256: string | null;
  /** Its first file, or its folder; null where it is not at hand. */
  readonly path: string | null;
}

const PLACE_OPTIONS: OptionNames<DatasetPlaces> = { folder: "optional", cache: "optional" };

/**
 * The data sets of the catalogue, and which of them are at hand. Reads no file and downloads nothing.
 * @param places `folder`, `cache`: where to look, as for {@link loadDataset}.
 * @example
 * for (const { name, path } of listDatasets()) console.log(name, path ?? "not at hand");
 * @throws HoldfastError for a folder that does not exist.
 */
export function listDatasets(places: DatasetPlaces = {}): DatasetListing[] {
  checkOptions("listDatasets", places, PLACE_OPTIONS);
  checkPlaces("listDatasets", places);
  const folders = foldersOf(places);
  return DATASETS.map((dataset) => {
    const { name, rows, label, licence, copies } = dataset;
    const found = findCopy(dataset, folders);
    const { sha256 } = (found?.copy ?? copies[0]).files[0];
    return { name, rows, label, licence, sha256, path: found?.paths[0] ?? null };
  });
}
