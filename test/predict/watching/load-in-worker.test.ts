import { copyFileSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
// Built, since workers run only from the package.
import { type HoldfastError, loadChurnModel, type WatchedModel } from "../../../dist/predict/index.js";
import { forestModel, scoringModel } from "../../support/scoring-model.js";
import { subscriberRows } from "../../support/subscribers.js";
import { temporaryFolder } from "../../support/temporary-folder.js";

const folder = temporaryFolder();
const at = (name: string) => join(folder.path, name);
const rows = subscriberRows(30, 9);
await (await scoringModel()).save(at("first.json"));
await (await forestModel()).save(at("forest.json"));

/** A watched copy of the first model, whose file is then replaced; with the news of it. */
async function replacedBy(write: (path: string) => void) {
  copyFileSync(at("first.json"), at("model.json"));
  const news: (string | HoldfastError)[] = [];
  const model: WatchedModel = await loadChurnModel(at("model.json"), {
    watch: true,
    interval: 3_600_000,
    onReload: () => news.push("reloaded"),
    onRefused: (error) => news.push(error),
  });
  write(at("next.json"));
  renameSync(at("next.json"), at("model.json"));
  await model.look();
  model.close();
  return { model, news };
}

describe("a model that a worker has read and checked", () => {
  test("gives the bits of one that was loaded here, and saves to the same bytes", async () => {
    const { model, news } = await replacedBy((path) => copyFileSync(at("forest.json"), path));
    expect(news).toEqual(["reloaded"]);
    const here = await loadChurnModel(at("forest.json"));
    expect(model.predictMany(rows)).toEqual(here.predictMany(rows));
    await model.current.save(at("again.json"));
    expect(readFileSync(at("again.json"), "utf8")).toBe(readFileSync(at("forest.json"), "utf8"));
  });

  test("is refused with all its problems, and their number", async () => {
    const { model, news } = await replacedBy((path) => writeFileSync(path, '{"format":"other"}'));
    const here = await loadChurnModel(at("first.json"));
    expect((news[0] as HoldfastError).code).toBe("model.invalid");
    expect((news[0] as HoldfastError).message).toContain('must be a model file ("format": "holdfast-model")');
    expect(model.predictMany(rows)).toEqual(here.predictMany(rows));
  });
});
