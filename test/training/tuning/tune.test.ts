import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
// Workers run from the package as it is built.
import { tune as tuneInWorkers } from "../../../dist/index.js";
import { FAMILIES } from "../../../src/classifiers/families.js";
import type { CompleteFamily } from "../../../src/classifiers/family.js";
import type { Dimension } from "../../../src/classifiers/search-space.js";
import type { ProgressEvent } from "../../../src/progress.js";
import { tableFromRows } from "../../../src/table/rows.js";
import { dropColumns } from "../../../src/table/table.js";
import { crossValidate } from "../../../src/training/cross-validate.js";
import { trainChurnModel } from "../../../src/training/train.js";
import { configurationAt, TUNABLE_FAMILIES } from "../../../src/training/tuning/configuration.js";
import { type TuneOptions, type Tuning, tune } from "../../../src/training/tuning/tune.js";
import { expectSteadyProgress } from "../../support/steady-progress.js";
import { subscriberRows, subscriberTable } from "../../support/subscribers.js";
import { temporaryFolder } from "../../support/temporary-folder.js";
import { thrownBy } from "../../support/thrown.js";

const folder = temporaryFolder();
const TABLE = subscriberTable(2000);
const OPTIONS: TuneOptions = {
  label: "churned",
  id: "subscriber",
  families: ["logistic", "forest"],
  configurations: 6,
  nested: 0,
  folds: 3,
  repeats: 1,
  replicates: 20,
};
const TUNING = await tune(TABLE, OPTIONS);

/** Also of the built package, whose types may be those of an older tree. */
function plain({ families, nested }: { readonly [Part in keyof Tuning]: unknown }) {
  return JSON.parse(JSON.stringify({ families, nested }));
}

describe("tune", () => {
  test("tries all configurations on a part of the rows and a third of them on all, the defaults among those", () => {
    for (const { trials, configuration, logLoss, defaultLogLoss } of TUNING.families) {
      expect(trials).toHaveLength(6);
      const onAll = trials.filter(({ rows }) => rows === 2000);
      expect(onAll.length).toBeGreaterThanOrEqual(2);
      expect(onAll.length).toBeLessThanOrEqual(3);
      expect(trials.filter(({ rows }) => rows === 667)).toHaveLength(6 - onAll.length);
      expect(onAll.filter(({ isDefault }) => isDefault)).toHaveLength(1);
      expect(logLoss).toBe(Math.min(...onAll.map((trial) => trial.logLoss)));
      expect(configuration).toEqual(onAll[0].configuration);
      expect(defaultLogLoss).toBeGreaterThanOrEqual(logLoss);
    }
    const losses = TUNING.families.map(({ logLoss }) => logLoss);
    expect(losses).toEqual(losses.toSorted((a, b) => a - b));
  });

  test("gives classifiers to train", async () => {
    const model = await trainChurnModel(TABLE, {
      label: "churned",
      id: "subscriber",
      classifier: TUNING.classifiers,
      repeats: 1,
      replicates: 20,
    });
    // Two classifiers, their ensemble and the churn rate itself.
    expect(model.training.leaderboard).toHaveLength(4);
    expect(model.training.evaluation.metrics.rocAuc.value).toBeGreaterThan(0.7);
  });

  test("finds the same again, in this thread or in two workers, and something else from another seed", async () => {
    expect(plain(await tune(TABLE, OPTIONS))).toEqual(plain(TUNING));
    for (const threads of [1, 2])
      expect(plain(await tuneInWorkers(TABLE, { ...OPTIONS, threads }))).toEqual(plain(TUNING));
    expect(plain(await tune(TABLE, { ...OPTIONS, seed: 9 }))).not.toEqual(plain(TUNING));
  });

  test("measures tuning on rows that neither it nor the training saw", async () => {
    const events: ProgressEvent[] = [];
    const { nested } = await tune(TABLE, {
      ...OPTIONS,
      families: ["logistic"],
      configurations: 3,
      nested: 2,
      onProgress: (event) => events.push(event),
    });
    expect(nested?.splits).toHaveLength(2);
    expect(nested?.probabilities.every((probability) => probability > 0 && probability < 1)).toBe(true);
    const untuned = await crossValidate(TABLE, {
      label: "churned",
      id: "subscriber",
      classifier: "logistic",
      splits: 2,
      folds: 3,
      repeats: 1,
      replicates: 20,
    });
    expect(Math.abs((nested?.mean.rocAuc.value ?? 0) - untuned.mean.rocAuc.value)).toBeLessThan(0.02);
    expectSteadyProgress(events);
    expect([...new Set(events.map(({ phase }) => phase))]).toEqual(
      expect.arrayContaining(["split 1 of 2: tuning", "split 2 of 2: tuning", "tuning"]),
    );
  });

  test("on labels of noise reports no better than chance", async () => {
    const noise = subscriberTable(800, 3, 0);
    const { nested } = await tune(noise, { ...OPTIONS, families: ["forest"], configurations: 3, nested: 2 });
    expect(nested?.mean.rocAuc.value).toBeGreaterThan(0.4);
    expect(nested?.mean.rocAuc.value).toBeLessThan(0.6);
  });

  test("keeps a subscriber's rows in one fold", async () => {
    // Every subscriber twice, with labels of noise: a forest that saw the other row would know the label.
    const rows = subscriberRows(400, 6, 0).flatMap((row) => [row, row]);
    const twice = tableFromRows(rows, { columns: { subscriber: "text" } });
    const given = { ...OPTIONS, families: ["forest" as const], configurations: 2 };
    const { id: _, ...unknown } = given;
    const lossOf = (tuning: Tuning) => tuning.families[0].logLoss;
    const apart = lossOf(await tune(dropColumns(twice, ["subscriber"]), unknown));
    expect(lossOf(await tune(twice, given))).toBeGreaterThan(apart + 0.02);
  });

  test("weighs rows: a column of ones changes nothing, another one does", async () => {
    const weighted = tableFromRows(
      subscriberRows(2000).map((row) => ({ ...row, one: 1 })),
      {
        columns: { subscriber: "text" },
      },
    );
    const given = { ...OPTIONS, families: ["logistic" as const], configurations: 2 };
    const losses = async (weights?: string) =>
      (await tune(weighted, { ...given, exclude: ["tenure", "one"], weights })).families[0].trials.map(
        ({ logLoss }) => logLoss,
      );
    const plainLosses = await losses();
    (await losses("one")).forEach((loss, i) => {
      expect(loss).toBeCloseTo(plainLosses[i], 9);
    });
    expect((await losses("tenure"))[0]).not.toBeCloseTo(plainLosses[0], 3);
  });

  test("keeps rules", async () => {
    const { families } = await tune(TABLE, {
      label: "churned",
      id: "subscriber",
      configurations: 2,
      nested: 0,
      folds: 2,
      monotone: { tenure: -1 },
    });
    expect(families.map(({ family }) => family).sort()).toEqual(["additive", "boosting"]);
  });

  test("can be stopped, and starts no further round after its time", async () => {
    const stop = new AbortController();
    const tuning = tune(TABLE, { ...OPTIONS, signal: stop.signal, onProgress: () => stop.abort() });
    expect((await thrownBy(() => tuning)).code).toBe("aborted");
    const inWorkers = new AbortController();
    const work = tuneInWorkers(TABLE, {
      ...OPTIONS,
      threads: 2,
      signal: inWorkers.signal,
      onProgress: () => inWorkers.abort(),
    });
    await expect(work).rejects.toMatchObject({ problems: [{ code: "aborted" }] });
    const { families } = await tune(TABLE, { ...OPTIONS, timeBudget: 1e-9 });
    for (const { trials } of families)
      expect(new Set(trials.map(({ rows }) => rows))).toEqual(new Set([667]));
  });

  test("names all problems of its options", async () => {
    const error = await thrownBy(() =>
      tune(TABLE, {
        ...OPTIONS,
        families: ["forest", "forest"],
        configurations: 1,
        nested: 1,
        timeBudget: 0,
        folds: 1,
      }),
    );
    expect(error.problems.map(({ path }) => path.argument)).toEqual([
      "families",
      "configurations",
      "nested",
      "timeBudget",
      "folds",
    ]);
  });
});

describe("a journal", () => {
  test("lets a tuning continue from where it stopped, even after half a line", async () => {
    const journal = join(folder.path, "tuning.ndjson");
    expect(plain(await tune(TABLE, { ...OPTIONS, journal }))).toEqual(plain(TUNING));
    const lines = readFileSync(journal, "utf8").trimEnd().split("\n");
    writeFileSync(journal, `${lines.slice(0, 6).join("\n")}\n${lines[6].slice(0, 9)}`);
    const events: ProgressEvent[] = [];
    const again = await tune(TABLE, { ...OPTIONS, journal, onProgress: (event) => events.push(event) });
    expect(plain(again)).toEqual(plain(TUNING));
    expect(events[0].done).toBeGreaterThan(0);
    // The same losses, in the order in which they were found this time.
    expect(readFileSync(journal, "utf8").trimEnd().split("\n").sort()).toEqual(lines.toSorted());
  });

  test("is trusted: losses in it are not computed again", async () => {
    const journal = join(folder.path, "believed.ndjson");
    await tune(TABLE, { ...OPTIONS, journal });
    const text = readFileSync(journal, "utf8");
    writeFileSync(
      journal,
      text.replaceAll(/\["all forest 0 (\d)",\[[^\]]+\]/g, '["all forest 0 $1",[0.001,0.001,0.001]'),
    );
    const { families } = await tune(TABLE, { ...OPTIONS, journal });
    expect(families[0]).toMatchObject({ family: "forest", configuration: { options: {} } });
    expect(families[0].logLoss).toBeCloseTo(0.001, 12);
  });

  test("of another tuning, and a file that is not a journal, are refused by name", async () => {
    const journal = join(folder.path, "other.ndjson");
    await tune(TABLE, { ...OPTIONS, families: ["logistic"], configurations: 2, journal });
    const error = await thrownBy(() => tune(TABLE, { ...OPTIONS, journal }));
    expect([error.code, error.path.argument, error.path.file]).toEqual([
      "argument.invalid",
      "journal",
      journal,
    ]);
    const csv = folder.file("data.csv", "a,b\n1,2\n");
    expect((await thrownBy(() => tune(TABLE, { ...OPTIONS, journal: csv }))).code).toBe("argument.invalid");
    appendFileSync(csv, "");
    expect(readFileSync(csv, "utf8")).toBe("a,b\n1,2\n");
    const lines = readFileSync(journal, "utf8").split("\n");
    writeFileSync(journal, [lines[0], "[1,2]", ...lines.slice(1)].join("\n"));
    const damaged = await thrownBy(() =>
      tune(TABLE, { ...OPTIONS, families: ["logistic"], configurations: 2, journal }),
    );
    expect([damaged.code, damaged.path.line]).toEqual(["data.malformed", 2]);
    const nowhere = await thrownBy(() =>
      tune(TABLE, { ...OPTIONS, journal: join(folder.path, "no", "where") }),
    );
    expect(nowhere.code).toBe("data.unwritable");
  });
});

test("configurationAt draws each by its number alone, within the family's rules", () => {
  for (const family of TUNABLE_FAMILIES) {
    expect(configurationAt(family, 0, 5)).toEqual({ family, options: {} });
    expect(configurationAt(family, 7, 5)).toEqual(configurationAt(family, 7, 5));
    const drawn = new Set(
      Array.from({ length: 30 }, (_, i) => JSON.stringify(configurationAt(family, i + 1, 5))),
    );
    // With few possible ones, some are drawn more than once.
    const { searchSpace }: CompleteFamily =
      FAMILIES.find(({ name }) => name === family) ?? expect.unreachable("there is such a family");
    const valuesOf = (dimension: Dimension) =>
      new Set(Array.from({ length: 30 }, (_, u) => dimension(u / 30))).size;
    const possible = Object.values(searchSpace).reduce((product, each) => product * valuesOf(each), 1);
    expect(drawn.size).toBeGreaterThan(Math.min(possible, 30) / 2);
  }
});
