import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import {
  featuresFrom,
  populationFigures,
  tenure,
  vectorFromFacts,
  vectorOf,
  writeSnapshots,
} from "../../../src/history/index.js";
import { openHistory, snapshots } from "../../../src/index.js";
import { temporaryFolder } from "../../support/temporary-folder.js";
import { thrownBy } from "../../support/thrown.js";
import { type Mistake, testMistakes } from "../mistake.js";
import { of } from "../of.js";

const history = await openHistory("datasets/simulated");
afterAll(() => history.close());
const out = temporaryFolder();
const AT = "2025-03";

const make = (name: string, options: object, says: RegExp): Mistake =>
  of("snapshots", name, "features", () => snapshots(history, { at: AT, ...options }), says);

const own = (sql: string, where?: string) =>
  featuresFrom({
    name: "own",
    table: "usage",
    ...(where === undefined ? {} : { where }),
    features: [
      { name: "套餐", sql: "sum(sms)", description: "d", unit: "u" },
      { name: "x", sql, description: "d", unit: "u" },
    ],
  });
const withOwn = (sql: string, where?: string) => ({ features: [tenure(), own(sql, where)] });

describe("SQL of the caller", () => {
  testMistakes([
    make(
      "with a column misspelt",
      withOwn("sum(minuts)"),
      /line 1, column "x": must be an expression over usage .*family "own", received "sum\(minuts\)" \(at character 5: Binder Error: .*did you mean "minutes"\?; there are subscriber_id, month, minutes/u,
    ),
    make(
      "with an unknown function",
      withOwn("sume(minutes)"),
      /at character 1: Catalog Error: .*sume does not exist/u,
    ),
    make("without an aggregate", withOwn("minutes"), /must appear in the GROUP BY clause/u),
    make("with a bracket missing", withOwn("sum(minutes"), /Parser Error: syntax error/u),
    make("with a wrong condition", withOwn("sum(sms)", "minuts > 0"), /a condition \(where\).*did you/u),
    make("with a wrong cast", withOwn("max(cast('x' as int))"), /Could not convert string 'x'/u),
  ]);

  test("the database's own error is the cause, and lines are those of the expression", async () => {
    const error = await thrownBy(() => snapshots(history, { at: AT, ...withOwn("sum(\n  minuts)") }));
    expect(error.path).toEqual({ function: "snapshots", argument: "features", line: 2, column: "x" });
    expect(error.hint).toMatch(/^at line 2, character 3: Binder Error/u);
    expect(String(error.cause)).toMatch(/Binder Error: .*minuts/u);
  });

  test("every function that runs them names itself", async () => {
    const population = await populationFigures(history, AT, { features: [tenure()] });
    const facts = { subscribers: [{ subscriber_id: "S1", activated_on: "2024-01-01" }], usage: [] };
    const features = [own("sum(minuts)")];
    const calls: readonly [string, () => Promise<unknown>][] = [
      ["snapshots", () => snapshots(history, { at: AT, features })],
      ["writeSnapshots", () => writeSnapshots(history, join(out.path, "b.csv"), { at: AT, features })],
      ["vectorOf", () => vectorOf(history, "S0000001", AT, { features })],
      ["vectorFromFacts", () => vectorFromFacts(facts, AT, { population, features })],
    ];
    for (const [name, run] of calls) {
      const { path } = await thrownBy(run);
      expect(path).toEqual({ function: name, argument: "features", line: 1, column: "x" });
    }
  });

  test("all that are wrong are listed", async () => {
    const other = featuresFrom({
      name: "other",
      table: "billing",
      features: [{ name: "y", sql: "sum(revenu)", description: "d", unit: "u" }],
    });
    const features = [own("sum(minuts)", "sm > 0"), other];
    const { problems } = await thrownBy(() => snapshots(history, { at: AT, features }));
    expect(problems.map(({ path: { column }, received }) => [column, received])).toEqual([
      [undefined, "sm > 0"],
      ["x", "sum(minuts)"],
      ["y", "sum(revenu)"],
    ]);
  });

  test("following the hint works", async () => {
    const { hint } = await thrownBy(() => snapshots(history, { at: AT, ...withOwn("sum(minuts)") }));
    const meant = /did you mean "(\w+)"/u.exec(hint ?? "")?.[1];
    expect((await snapshots(history, { at: AT, ...withOwn(`sum(${meant})`) })).rowCount).toBeGreaterThan(100);
  });
});

describe("queries of sources", () => {
  const SUBSCRIBERS = "datasets/simulated/subscribers.csv";
  const open = (name: string, duckdb: string, says: RegExp): Mistake =>
    of(
      "openHistory",
      name,
      "usage",
      () => openHistory({ subscribers: SUBSCRIBERS, usage: { duckdb } }),
      says,
    );
  testMistakes([
    open(
      "of a file that is not there",
      "SELECT * FROM 'usages.csv'",
      /must be a query that DuckDB can run.*IO Error: No files found/u,
    ),
    open(
      "with a column misspelt",
      `SELECT subscriberid\nFROM '${SUBSCRIBERS}'`,
      /usage, line 1: must be a query that DuckDB can run.*at line 1, character 8: .*did you mean "subscriber_id"\?/u,
    ),
    open("with a word misspelt", "SELEC 1", /at character 7: Parser Error: syntax error at or near "1"/u),
  ]);

  test("the database's own error is the cause", async () => {
    const { cause } = await thrownBy(() => openHistory({ subscribers: { duckdb: "SELECT 套餐, nothing" } }));
    expect(String(cause)).toMatch(/Binder Error: /u);
  });
});
