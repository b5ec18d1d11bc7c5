import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import {
  describeFeatures,
  populationFigures,
  snapshotSql,
  tenure,
  usageTrend,
  vectorOf,
  writeSnapshots,
} from "../../../src/history/index.js";
import {
  disconnected,
  monthly,
  openHistory,
  partialChurn,
  snapshots,
  tableFromRows,
} from "../../../src/index.js";
import { temporaryFolder } from "../../support/temporary-folder.js";
import { thrownBy } from "../../support/thrown.js";
import { type Mistake, testMistakes } from "../mistake.js";
import { of, wrong } from "../of.js";

const FOLDER = "datasets/simulated";
const history = await openHistory(FOLDER);
const closed = await openHistory(FOLDER);
closed.close();
afterAll(() => history.close());
const out = temporaryFolder();
const AT = "2025-03";

/** The functions that ask an open history. */
const ofHistory: readonly [string, (given: never) => unknown][] = [
  ["snapshots", (given) => snapshots(given, { at: AT })],
  ["writeSnapshots", (given) => writeSnapshots(given, join(out.path, "a.csv"), { at: AT })],
  ["vectorOf", (given) => vectorOf(given, "S0000001", AT)],
  ["populationFigures", (given) => populationFigures(given, AT)],
];

describe("in the place of a history", () => {
  testMistakes(
    ofHistory.flatMap(([name, run]) => [
      of(name, "of a folder", "history", () => run(wrong(FOLDER)), /await openHistory\(path\)/u),
      of(name, "of a promise", "history", () => run(wrong(Promise.resolve(history))), /await it first/u),
      of(
        name,
        "of nothing",
        "history",
        () => run(wrong(undefined)),
        /must be an open History, not undefined/u,
      ),
      of(
        name,
        "of one that was closed",
        "history",
        () => run(wrong(closed)),
        /must be open, it was closed \(close it after its last use, or open it again/u,
      ),
      of(name, "of a schema", "history", () => run(wrong(history.schema)), /pass the history itself/u),
      of(
        name,
        "of its sources",
        "history",
        () => run(wrong({ subscribers: "subscribers.csv" })),
        /await openHistory\(sources\)/u,
      ),
      of(name, "of rows", "history", () => run(wrong([{ a: 1 }])), /openHistory\(\{ subscribers: rows \}\)/u),
      of(
        name,
        "of a table",
        "history",
        () => run(wrong(tableFromRows([{ a: 1 }]))),
        /not a Table .*openHistory\(\{ subscribers: table, … \}\)/u,
      ),
    ]),
  );
  testMistakes([
    of(
      "describeFeatures",
      "of a folder",
      "history",
      () => describeFeatures(wrong(FOLDER), { at: AT }),
      /await openHistory\(path\)/u,
    ),
    of(
      "snapshotSql",
      "of a history",
      "schema",
      () => snapshotSql(wrong(history), { dialect: "postgresql", at: AT }),
      /pass history.schema/u,
    ),
    of(
      "snapshotSql",
      "for an unknown engine",
      "dialect",
      () => snapshotSql(history.schema, { dialect: wrong("postgres"), at: AT }),
      /did you mean "postgresql"\?/u,
    ),
  ]);

  test("a closed history still describes its features", async () => {
    expect(await describeFeatures(closed, { at: AT })).toEqual(await describeFeatures(history, { at: AT }));
  });

  test("a history that is closed while it is used is reported as that", async () => {
    const used = await openHistory(FOLDER);
    const work = thrownBy(() => snapshots(used, { at: monthly("2025-02", "2025-08") }));
    await new Promise((resolve) => setTimeout(resolve, 30));
    used.close();
    const error = await work;
    expect(error.path).toEqual({ function: "snapshots", argument: "history" });
    expect(error.message).toMatch(/must stay open until snapshots has ended.*await snapshots\(…\) before/u);
    // Closing it again is no mistake.
    used.close();
  });
});

const make = (name: string, options: unknown, argument: string, says: RegExp): Mistake =>
  of("snapshots", name, argument, () => snapshots(history, wrong(options)), says);

describe("options of snapshots", () => {
  testMistakes([
    make("without options", undefined, "at", /at: must be given/u),
    make("of a text for options", AT, "options", /write \{ at: "2025-03" \}/u),
    make("without cutoffs", {}, "at", /must be given/u),
    make("of a word", { at: "March" }, "at", /must be a day such as 2025-02-01 or a month/u),
    make("at a Date", { at: new Date("2025-03-01") }, "at", /\(write "2025-03-01"\)/u),
    make("at Dates", { at: [AT, new Date("2025-04-01")] }, "at[1]", /\(write "2025-04-01"\)/u),
    make("at a number", { at: 202503 }, "at", /\(write "2025-03"\)/u),
    make("at dots", { at: "2025.3.1" }, "at", /\(write "2025-03-01"\)/u),
    make("at null", { at: null }, "at", /must be a day .*received null/u),
    make("of an unknown option", { at: AT, window: 6 }, "window", /did you mean "observe"\?/u),
    make("of an option misspelt", { at: AT, horizons: 6 }, "horizons", /did you mean "horizon"\?/u),
    make("of a text for a span", { at: AT, horizon: "3" }, "horizon", /write 3/u),
    make("of months as text", { at: AT, observe: "6 months" }, "observe", /write 6/u),
    make("of days as text", { at: AT, gap: "30d" }, "gap", /write \{"days":30\}/u),
    make("of weeks", { at: AT, gap: { weeks: 2 } }, "gap", /write \{"days":14\}/u),
    make("of two lengths", { at: AT, gap: { months: 1, days: 2 } }, "gap", /0 to 120 whole months, or/u),
    make("of a span too short", { at: AT, horizon: 0 }, "horizon", /1 to 120 whole months/u),
    make("of churn as text", { at: AT, churn: "disconnected" }, "churn", /write churn: disconnected\(\)/u),
    make(
      "of churn as on the command line",
      { at: AT, churn: "inactive:30" },
      "churn",
      /churn: inactive\(\{/u,
    ),
    make(
      "of churn not called",
      { at: AT, churn: disconnected },
      "churn",
      /call .*: churn: disconnected\(\)/u,
    ),
    make("of no churn as text", { at: AT, churn: "none" }, "churn", /write churn: false/u),
    make("of churn as true", { at: AT, churn: true }, "churn", /write churn: disconnected\(\)/u),
    make(
      "of features as text",
      { at: AT, features: "tenure" },
      "features",
      /write features: \[tenure\(\)\]/u,
    ),
    make("of features as texts", { at: AT, features: ["usage"] }, "features[0]", /write usageTrend\(\)/u),
    make("of one family", { at: AT, features: tenure() }, "features", /write features: \[family\]/u),
    make("of a family not called", { at: AT, features: [tenure] }, "features[0]", /write tenure\(\)/u),
    make("of nested families", { at: AT, features: [[tenure()]] }, "features[0]", /join the lists/u),
    make("of censored as boolean", { at: AT, censored: true }, "censored", /"left out" or "kept"/u),
    make(
      "followed until a Date",
      { at: AT, followedUntil: new Date("2026-01-01") },
      "followedUntil",
      /write "2026-01-01"/u,
    ),
    make("of a callback that is none", { at: AT, onProgress: true }, "onProgress", /must be a function/u),
    make(
      "of an unknown measure",
      { at: AT, churn: partialChurn({ table: "usage", measure: "minute" }) },
      "churn",
      /needs usage.minute; usage has .*minutes.*did you mean "minutes"\?/u,
    ),
    make("beyond the history", { at: "2031-03" }, "at", /where the history ends.*`churn: false`/u),
  ]);
  testMistakes([
    of(
      "usageTrend",
      "of a measure misspelt",
      "measures[0]",
      () => snapshots(history, { at: AT, features: [usageTrend(["minuts"])] }),
      /must be a measure of usage: minutes, data_gb, sms.*did you mean "minutes"\?/u,
    ),
    of(
      "writeSnapshots",
      "with options before the path",
      "path",
      () => writeSnapshots(history, wrong({ at: AT }), wrong("a.csv")),
      /the order is writeSnapshots\(history, path, options\)/u,
    ),
    of(
      "writeSnapshots",
      "without a path",
      "path",
      () => writeSnapshots(history, wrong(undefined), { at: AT }),
      /must be the path of a file/u,
    ),
    of(
      "writeSnapshots",
      "to a format that is not written",
      "path",
      () => writeSnapshots(history, "a.xlsx", { at: AT }),
      /must end in one of/u,
    ),
  ]);

  test.each([
    ["at a Date", { at: new Date("2025-03-01") }, { at: "2025-03-01" }],
    ["of a text for a span", { at: AT, horizon: "3" }, { at: AT, horizon: 3 }],
    ["of days as text", { at: AT, gap: "30d" }, { at: AT, gap: { days: 30 } }],
    ["of weeks", { at: AT, gap: { weeks: 2 } }, { at: AT, gap: { days: 14 } }],
  ])("the hint about snapshots %s is what works", async (_, mistaken, followed) => {
    const { hint = "" } = await thrownBy(() => snapshots(history, wrong(mistaken)));
    const written = /^write (?:`\w+: (.*)`|(.*))$/u.exec(hint);
    expect(Object.values(followed)).toContainEqual(JSON.parse(written?.[1] ?? written?.[2] ?? ""));
    expect((await snapshots(history, { ...followed, features: [tenure()] })).rowCount).toBeGreaterThan(100);
  });
});
