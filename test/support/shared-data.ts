import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The folder of real data sets that are not part of the package: `HOLDFAST_DATASETS`, else next to the checkout. */
export const DATASETS = process.env.HOLDFAST_DATASETS ?? beside("datasets");
/** The folder of the reference folds: `HOLDFAST_ANCHORS`, else next to the checkout. */
export const ANCHORS = process.env.HOLDFAST_ANCHORS ?? beside("anchors");

/** Whether there is such a file; says on standard error what is skipped when there is not. */
export function isThere(path: string, skipped: string): boolean {
  if (existsSync(path)) return true;
  process.stderr.write(`${skipped} skipped: no ${path}\n`);
  return false;
}

function beside(folder: string): string {
  return fileURLToPath(new URL(`../../../shared/${folder}`, import.meta.url));
}
