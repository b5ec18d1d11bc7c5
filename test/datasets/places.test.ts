import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { DATASETS } from "../../src/datasets/catalogue.js";
import type { Dataset } from "../../src/datasets/dataset.js";
import { defaultCache, findCopy, foldersOf } from "../../src/datasets/places.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const folder = temporaryFolder();
const cell2cell = DATASETS.find(({ name }) => name === "cell2cell") as Dataset;
const kdd = DATASETS.find(({ name }) => name === "kdd-cup-2009") as Dataset;

test("the cache is the user's folder for caches on each system", () => {
  expect(defaultCache({}, "linux", "/home/me")).toBe("/home/me/.cache/holdfast/datasets");
  expect(defaultCache({ XDG_CACHE_HOME: "/var/me" }, "linux", "/home/me")).toBe("/var/me/holdfast/datasets");
  // The specification: paths that are not absolute are ignored.
  expect(defaultCache({ XDG_CACHE_HOME: "me" }, "linux", "/home/me")).toBe(
    "/home/me/.cache/holdfast/datasets",
  );
  expect(defaultCache({}, "darwin", "/Users/me")).toBe("/Users/me/Library/Caches/holdfast/datasets");
  expect(defaultCache({ LOCALAPPDATA: "C:/me" }, "win32", "C:/home")).toBe("C:/me/holdfast/datasets");
});

test("folders are looked in in the order: the caller's, HOLDFAST_DATASETS, the cache", () => {
  const environment = { HOLDFAST_DATASETS: "/data", XDG_CACHE_HOME: "/cache" };
  expect(foldersOf({ folder: "mine" }, environment)).toEqual(["mine", "/data", "/cache/holdfast/datasets"]);
  expect(foldersOf({ cache: "kept" }, environment)).toEqual(["/data", "kept"]);
  expect(foldersOf({}, { HOLDFAST_DATASETS: "", XDG_CACHE_HOME: "/cache" })).toEqual([
    "/cache/holdfast/datasets",
  ]);
});

test("a copy under another name is found, and an earlier folder comes before an earlier copy", () => {
  const [first, second] = ["first", "second"].map((name) => join(folder.path, name));
  for (const each of [first, second]) mkdirSync(each);
  expect(findCopy(cell2cell, [first, second])).toBeUndefined();
  folder.file("second/cell2cell.csv.gz", "");
  expect(findCopy(cell2cell, [first, second])?.paths).toEqual([join(second, "cell2cell.csv.gz")]);
  folder.file("first/cell2celltrain.csv", "");
  expect(findCopy(cell2cell, [first, second])?.paths).toEqual([join(first, "cell2celltrain.csv")]);
});

test("a data set of two files is at hand when both are, and a folder of its name is no file", () => {
  folder.file("orange_small_train.data.gz", "");
  expect(findCopy(kdd, [folder.path])).toBeUndefined();
  mkdirSync(join(folder.path, "orange_small_train_churn.labels.txt"));
  expect(findCopy(kdd, [folder.path])).toBeUndefined();
});

test("the simulated operator is at hand wherever the package is", () => {
  const simulated = DATASETS.find(({ name }) => name === "simulated") as Dataset;
  expect(findCopy(simulated, [])?.paths[0]).toMatch(/datasets[\\/]simulated$/u);
});
