import { join } from "node:path";
import { HoldfastError, optionText } from "../errors.js";
import { makeFolder } from "../files/make-folder.js";
import type { LongWork } from "../progress.js";
import type { Dataset, DatasetCopy, DatasetFile } from "./dataset.js";
import { type DownloadPlan, download } from "./download.js";
import { type DatasetPlaces, type FoundCopy, findCopy, foldersOf } from "./places.js";
import { mismatch, sha256Of } from "./verify.js";

/** How a data set is obtained. */
export interface ObtainOptions extends DatasetPlaces, LongWork {
  /** Whether the bytes of its files must be those of the catalogue, where it knows their hash. Default true. */
  readonly verify?: boolean | undefined;
}

/**
 * The files of a data set: from the folders where it is looked for, else downloaded into the cache.
 * @throws HoldfastError where it is not at hand and can't be downloaded, with the path to put it to; `data.hash` for other bytes.
 */
export async function obtain(
  functionName: string,
  dataset: Dataset,
  options: ObtainOptions,
): Promise<FoundCopy> {
  const folders = foldersOf(options);
  const found = findCopy(dataset, folders);
  if (found !== undefined) {
    if (options.verify !== false) await verify(functionName, found);
    return found;
  }
  const cache = folders[folders.length - 1];
  const copy = dataset.copies.find(isPublic);
  if (copy === undefined) throw notAtHand(functionName, dataset, folders);
  await makeFolder(cache);
  const paths: string[] = [];
  for (const file of copy.files) {
    const plan: DownloadPlan = {
      file,
      target: join(cache, file.name),
      verify: options.verify !== false,
      functionName,
      byHand: byHand(file.url, [join(folders[0], file.name)], file.inArchive),
    };
    await download(plan, options);
    paths.push(plan.target);
  }
  return { copy, paths };
}

async function verify(functionName: string, { copy, paths }: FoundCopy): Promise<void> {
  for (const [index, file] of copy.files.entries()) {
    if (file.sha256 === null) continue;
    const received = await sha256Of(paths[index]);
    if (received === file.sha256) continue;
    const hint = `get it again, or pass ${optionText("verify", false)} where you know that it is right`;
    throw mismatch(functionName, file, paths[index], received, hint);
  }
}

type PublicFile = DatasetFile & { readonly url: string };

function isPublic(copy: DatasetCopy): copy is DatasetCopy & { readonly files: readonly PublicFile[] } {
  return copy.files.every(({ url }) => url !== null);
}

function notAtHand(functionName: string, dataset: Dataset, folders: readonly string[]): HoldfastError {
  const [source] = dataset.sources;
  const paths = dataset.copies.map(({ files }) =>
    files.map(({ name }) => join(folders[0], name)).join(" and "),
  );
  return new HoldfastError({
    code: "data.unreadable",
    path: { function: functionName, argument: "name" },
    expected: `must be at hand: ${dataset.name} can be had only by hand, such as with an account at its source`,
    received: dataset.name,
    hint: byHand(source, paths),
  });
}

/** What to do where a program can't get it. */
export function byHand(source: string, paths: readonly string[], inArchive?: string): string {
  const what = inArchive === undefined ? "it" : `${inArchive} of the archive`;
  return `download it from ${source} and save ${what} as ${paths.join(", or as ")}`;
}
