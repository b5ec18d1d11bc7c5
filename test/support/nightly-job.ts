import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openHistory } from "../../src/history/history.js";
import { snapshots } from "../../src/history/snapshots.js";
import { trainChurnModel } from "../../src/training/train.js";

/** The committed operator. */
export const OPERATOR = fileURLToPath(new URL("../../datasets/simulated", import.meta.url));

/** Saves a model of snapshots of {@link OPERATOR}. */
export async function saveHistoryModel(path: string): Promise<void> {
  const history = await openHistory(OPERATOR);
  try {
    const table = await snapshots(history, { at: "2025-06" });
    const model = await trainChurnModel(table, { classifier: "logistic", replicates: 5, repeats: 1 });
    await model.save(path);
  } finally {
    history.close();
  }
}

/** A job file in a folder, with what is the same in all of them. @returns its path. */
export function jobFile(folder: string, name: string, job: object): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify({ format: "holdfast-job", formatVersion: 1, ...job }));
  return path;
}

/** A file of JSON. */
export function jsonOf(path: string): Record<string, unknown> {
  return JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>;
}
