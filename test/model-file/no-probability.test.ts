import { expect, test } from "vitest";
import { writeTable } from "../../src/formats/write-table.js";
import { loadChurnModel } from "../../src/predict/load.js";
import { scoreFile } from "../../src/scoring/score-file.js";
import { rowsOf } from "../../src/table/rows.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { thrownBy } from "../support/thrown.js";
import { damagedModels, type JsonObject } from "./damaged-model.js";
import { TABLE } from "./small-model.js";

const folder = temporaryFolder();
const rehash = await damagedModels(folder.path);

/** A model whose trees add up to infinity, less another that does so too. */
const PATH = folder.file(
  "overflow.json",
  rehash(({ classifier }) => {
    const forest = (value: number) => ({
      family: "boosting",
      baseMargin: value,
      trees: [value, value].map((leaf) => ({
        feature: [],
        threshold: [],
        leftCodes: [],
        missingLeft: [],
        left: [],
        right: [],
        leafValues: [leaf],
      })),
    });
    const average = classifier as JsonObject;
    average.members = [forest(1.7e308), forest(-1.7e308)];
    average.weights = [0.5, 0.5];
  }),
);

test("no number that is none is ever a probability: it is an error with its row, whichever way rows come in", async () => {
  const model = await loadChurnModel(PATH);
  const [row] = rowsOf(TABLE);
  const told = async (call: () => unknown) => {
    const { code, path } = await thrownBy(async () => call());
    return [code, path.row];
  };
  expect(await told(() => model.predict(TABLE))).toEqual(["model.invalid", 1]);
  expect(await told(() => model.predictColumns(TABLE))).toEqual(["model.invalid", 1]);
  expect(await told(() => model.probabilities(TABLE))).toEqual(["model.invalid", 1]);
  expect(await told(() => model.predictOne(row))).toEqual(["model.invalid", undefined]);
  expect(await told(() => model.predictMany([row, row]))).toEqual(["model.invalid", 1]);
});

test("a batch fails with file and row, and writes nothing", async () => {
  const model = await loadChurnModel(PATH);
  const input = `${folder.path}/rows.csv`;
  await writeTable(TABLE, input);
  const output = `${folder.path}/scores.csv`;
  const { code, path } = await thrownBy(() => scoreFile(model, input, output));
  expect([code, path.row, String(path.file).endsWith("rows.csv")]).toEqual(["model.invalid", 1, true]);
});

test.each([{ watch: true }, { parity: true }] as const)("the parity rows tell it: %o", async (options) => {
  const error = await thrownBy(() => loadChurnModel(PATH, options));
  expect([error.code, error.path.argument]).toEqual(["model.invalid", "parity.0"]);
});
