import { copyFileSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { HoldfastError } from "../../../src/errors.js";
import { contentHash } from "../../../src/model-file/content-hash.js";
import { modelFileText } from "../../../src/model-file/envelope.js";
import { FIRST_KIND } from "../../../src/model-file/model-kind.js";
import type { ChurnModel } from "../../../src/predict/churn-model.js";
import { loadChurnModel } from "../../../src/predict/load.js";
import { WatchedModel } from "../../../src/predict/watching/watched-model.js";
import { modelWithoutId, scoringModel } from "../../support/scoring-model.js";
import { subscriberRows } from "../../support/subscribers.js";
import { temporaryFolder } from "../../support/temporary-folder.js";
import { thrownBy } from "../../support/thrown.js";

const folder = temporaryFolder();
const at = (name: string) => join(folder.path, name);
const [ROW] = subscriberRows(1, 9);
const first = await scoringModel();
const second = await modelWithoutId();
await first.save(at("first.json"));
await second.save(at("second.json"));

const textOf = (content: object) => modelFileText({ kind: FIRST_KIND, content });

/** A watched copy of the first model, and its events; it checks the file only when called. */
async function watched() {
  copyFileSync(at("first.json"), at("model.json"));
  const news: (string | HoldfastError)[] = [];
  const model = await loadChurnModel(at("model.json"), {
    watch: true,
    interval: 3_600_000,
    onReload: (each: ChurnModel) => news.push(contentHash(each.scorer.content)),
    onRefused: (error: HoldfastError) => news.push(error),
  });
  return { model, news };
}

/** Replaces the model's file, as a deployment does. */
function replaceBy(content: string | Buffer): void {
  writeFileSync(at("next.json"), content);
  renameSync(at("next.json"), at("model.json"));
}

describe("a watched model", () => {
  test("is exchanged when its file is, from one call to the next", async () => {
    const { model, news } = await watched();
    expect(model.predictOne(ROW)).toEqual(first.predictOne(ROW));
    replaceBy(readFileSync(at("second.json")));
    const before = model.current;
    await model.look();
    expect(news).toEqual([contentHash(second.scorer.content)]);
    expect(model.predictOne(ROW)).toEqual(second.predictOne(ROW));
    expect(before.predictOne(ROW)).toEqual(first.predictOne(ROW));
    model.close();
  });

  test("checks by itself, and not after it was closed", async () => {
    copyFileSync(at("first.json"), at("model.json"));
    const model = await loadChurnModel(at("model.json"), { watch: true, interval: 5 });
    replaceBy(readFileSync(at("second.json")));
    await expect.poll(() => model.current.id).toBe(null);
    model.close();
    replaceBy(readFileSync(at("first.json")));
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(model.current.id).toBe(null);
  });

  const content = first.scorer.content;
  test.each([
    ["that is cut short", () => readFileSync(at("second.json")).subarray(0, 1000), "model.not-json"],
    [
      "that was edited",
      () => readFileSync(at("second.json"), "utf8").replace('"seed":0', '"seed":1'),
      "model.edited",
    ],
    [
      "that does not reproduce its own parity rows",
      () =>
        textOf({
          ...content,
          parity: content.parity.map((row) => ({ ...row, probability: row.probability / 2 })),
        }),
      "model.invalid",
    ],
    [
      "whose parity rows it can't read",
      () => textOf({ ...content, parity: [{ row: { tenure: 1 }, probability: 0.5 }] }),
      "model.invalid",
    ],
  ])("refuses a file %s, and stays as it was", async (_, file, code) => {
    const { model, news } = await watched();
    replaceBy(file());
    await model.look();
    expect(news.map((each) => (typeof each === "string" ? each : each.code))).toEqual([code]);
    expect(model.predictMany([ROW])).toEqual(first.predictMany([ROW]));
    // It is not read again and again.
    await model.look();
    expect(news.length).toBe(1);
    replaceBy(readFileSync(at("second.json")));
    await model.look();
    expect(model.current.id).toBe(null);
    model.close();
  });

  test("stays as it was while its file is gone", async () => {
    const { model, news } = await watched();
    rmSync(at("model.json"));
    await model.look();
    expect([news.length, model.predictOne(ROW)]).toEqual([0, first.predictOne(ROW)]);
    model.close();
  });

  test("does not wait for a file that takes long to check when it is replaced again", async () => {
    copyFileSync(at("first.json"), at("slow.json"));
    const loads: (AbortSignal | undefined)[] = [];
    const news: string[] = [];
    const load = async (signal?: AbortSignal): Promise<ChurnModel> => {
      loads.push(signal);
      // The second load ends only when it is told to.
      if (loads.length === 2) await new Promise((_, reject) => signal?.addEventListener("abort", reject));
      return loads.length === 3 ? second : first;
    };
    const model = await WatchedModel.open(at("slow.json"), load, {
      interval: 3_600_000,
      onReload: () => news.push("reloaded"),
      onRefused: () => news.push("refused"),
    });
    const replace = () => {
      copyFileSync(at("second.json"), at("next.json"));
      renameSync(at("next.json"), at("slow.json"));
    };
    replace();
    const looking = model.look();
    await expect.poll(() => loads.length).toBe(2);
    replace();
    await model.look();
    await looking;
    expect([loads.length, model.current, news]).toEqual([3, second, ["reloaded"]]);
    model.close();
  });

  test("must be valid at the start", async () => {
    writeFileSync(at("bad.json"), "{}");
    expect((await thrownBy(() => loadChurnModel(at("bad.json"), { watch: true }))).code).toBe(
      "model.invalid",
    );
  });
});

test("parity rows are synthetic: they hold levels and deciles of training, and missing values", () => {
  const { parity, inputs, value } = first.scorer.content;
  expect(parity.length).toBe(8);
  for (const { row, probability } of parity) {
    expect(Object.keys(row)).toEqual(
      inputs
        .map(({ name }) => name)
        .concat(value === null || inputs.some(({ name }) => name === value) ? [] : [value]),
    );
    expect(first.predictOne(row).probability).toBe(probability);
  }
  expect(parity.some(({ row }) => Object.values(row).includes(null))).toBe(true);
});

test("predictMany is predictOne of every row, and names all problems by row", async () => {
  const rows = subscriberRows(5, 3);
  expect(first.predictMany(rows)).toEqual(rows.map((row) => first.predictOne(row)));
  const error = await thrownBy(() => first.predictMany([rows[0], { ...rows[1], tenure: "x" }, {}]));
  expect(error.problems.map(({ path }) => [path.row, path.column]).slice(0, 2)).toEqual([
    [2, "tenure"],
    [3, "charge"],
  ]);
});
