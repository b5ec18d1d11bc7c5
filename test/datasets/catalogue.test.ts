import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { DATASETS } from "../../src/datasets/index.js";

test("holds at least ten data sets of churn and uplift, each under its own name", () => {
  const names = DATASETS.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(DATASETS.filter(({ task }) => task === "churn" || task === "uplift").length).toBeGreaterThanOrEqual(
    10,
  );
  for (const name of names) {
    expect(
      existsSync(fileURLToPath(new URL(`../../src/datasets/sets/${name}.ts`, import.meta.url))),
      name,
    ).toBe(true);
  }
});

describe.each(DATASETS)("$name", (dataset) => {
  const names = dataset.columns.map(({ name }) => name);

  test("names its columns once, and label, id and what is left out are among them", () => {
    expect(new Set(names).size).toBe(names.length);
    const { label, id, exclude, experiment } = dataset;
    const used = [label, id, experiment?.treatment].filter((name) => name !== null && name !== undefined);
    for (const name of [...used, ...exclude, ...(experiment?.outcomes ?? [])]) expect(names).toContain(name);
    expect(exclude).not.toContain(label);
  });

  test("has a label with the value that means churned and how many have it, or none of the three", () => {
    const { label, positive, positives, rows, task } = dataset;
    expect([label, positive, positives].filter((each) => each === null)).toHaveLength(
      task === "churn" ? 0 : 3,
    );
    if (positives !== null) expect(positives / rows).toBeGreaterThan(0.02);
    if (positives !== null) expect(positives / rows).toBeLessThan(0.5);
    expect(dataset.experiment !== null).toBe(task === "uplift");
  });

  test("says where it comes from, under which licence, what to mind and whom to cite", () => {
    for (const text of [dataset.title, dataset.about, dataset.licence, dataset.citation, ...dataset.traps]) {
      expect(text.length).toBeGreaterThan(2);
    }
    expect(dataset.traps.length).toBeGreaterThanOrEqual(2);
    expect(dataset.sources.length).toBeGreaterThan(0);
    for (const { files } of dataset.copies) {
      for (const { sha256, url, name, inArchive } of files) {
        if (sha256 !== null) expect(sha256).toMatch(/^[0-9a-f]{64}$/u);
        if (url !== null) expect(new URL(url).protocol).toMatch(/^https?:$/u);
        expect(name).toMatch(/^[\w .-]+$/u);
        expect(inArchive !== undefined).toBe(url?.endsWith(".zip") ?? false);
      }
    }
  });
});
