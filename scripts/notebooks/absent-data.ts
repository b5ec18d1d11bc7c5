import { listDatasets } from "../../src/datasets/index.js";
import { codeCells, type Notebook, textOf } from "./notebook.js";

/** The first public data set that a notebook loads and that is not at hand; undefined where all are, or none is loaded. */
export function absentData(notebook: Notebook): string | undefined {
  const code = codeCells(notebook).map(({ cell }) => textOf(cell.source));
  const loaded = code.flatMap((text) =>
    [...text.matchAll(/\bloadDataset\("([^"]+)"/gu)].map(([, name]) => name),
  );
  const atHand = new Set(listDatasets().flatMap(({ name, path }) => (path === null ? [] : [name])));
  return loaded.find((name) => !atHand.has(name));
}
