import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import { fileURLToPath } from "node:url";
import { statOf } from "../files/stat-of.js";
import { packageFile } from "../version.js";
import type { Dataset, DatasetCopy } from "./dataset.js";

/** Where data sets are looked for. */
export interface DatasetPlaces {
  /** A folder that is looked in first. Default: none. */
  readonly folder?: string | undefined;
  /**
   * The folder that downloads are kept in. Default: `holdfast/datasets` in the user's folder for caches (`$XDG_CACHE_HOME` or
   * `~/.cache`; `~/Library/Caches` on macOS; `%LOCALAPPDATA%` on Windows).
   */
  readonly cache?: string | undefined;
}

/** A copy of a data set that is at hand. */
export interface FoundCopy {
  readonly copy: DatasetCopy;
  /** Paths of its files, in their order. */
  readonly paths: readonly string[];
}

/** The environment, as far as it says where data sets are. */
export type PlacesEnvironment = Readonly<Record<string, string | undefined>>;

/** The user's folder for downloaded data sets. */
export function defaultCache(
  environment: PlacesEnvironment = process.env,
  platform: NodeJS.Platform = process.platform,
  home: string = homedir(),
): string {
  return join(cachesOf(environment, platform, home), "holdfast", "datasets");
}

function cachesOf(environment: PlacesEnvironment, platform: NodeJS.Platform, home: string): string {
  if (platform === "darwin") return join(home, "Library", "Caches");
  if (platform === "win32") return environment.LOCALAPPDATA || join(home, "AppData", "Local");
  // The XDG Base Directory Specification: a path that is not absolute is to be ignored.
  const { XDG_CACHE_HOME: given = "" } = environment;
  return isAbsolute(given) ? given : join(home, ".cache");
}

/** The folders in which data sets are looked for, the first one first: the caller's, `HOLDFAST_DATASETS`, the cache. */
export function foldersOf(
  { folder, cache }: DatasetPlaces,
  environment: PlacesEnvironment = process.env,
): readonly string[] {
  const named = [folder, environment.HOLDFAST_DATASETS].filter((path) => path !== undefined && path !== "");
  return [...(named as string[]), cache ?? defaultCache(environment)];
}

/** The first copy of a data set all of whose files are in one of the folders; undefined where there is none. */
export function findCopy(dataset: Dataset, folders: readonly string[]): FoundCopy | undefined {
  if (dataset.reading.form === "history") return { copy: dataset.copies[0], paths: [packageFolder(dataset)] };
  for (const folder of folders) {
    for (const copy of dataset.copies) {
      const paths = copy.files.map(({ name }) => join(folder, name));
      if (paths.every((path) => statOf(path)?.isFile())) return { copy, paths };
    }
  }
  return undefined;
}

/** The folder of a history that is part of this package. */
function packageFolder({ name }: Dataset): string {
  return fileURLToPath(packageFile(`datasets/${name}`));
}
