import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Where real data sets lie that are no part of the package: `HOLDFAST_DATASETS`, else beside the checkout. */
export const DATASETS = process.env.HOLDFAST_DATASETS ?? beside("datasets");
/** Where the reference folds lie: `HOLDFAST_ANCHORS`, else beside the checkout. */
export const ANCHORS = process.env.HOLDFAST_ANCHORS ?? beside("anchors");

/** Whether there is such a file; says on standard error what is passed over when there is not. */
export function isThere(path: string, passedOver: string): boolean {
  if (existsSync(path)) return true;
  process.stderr.write(`${passedOver} passed over: no ${path}\n`);
  return false;
}

function beside(folder: string): string {
  return fileURLToPath(new URL(`../../../shared/${folder}`, import.meta.url));
}
