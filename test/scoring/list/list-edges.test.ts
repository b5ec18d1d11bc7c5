import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inspect } from "node:util";
import pg from "pg";
import { afterAll, describe, expect, test } from "vitest";
import { writeTable } from "../../../src/formats/write-table.js";
import type { ProgressEvent } from "../../../src/progress.js";
import { scoreFile } from "../../../src/scoring/score-file.js";
import { startPostgres } from "../../support/postgres-server.js";
import { scoringModel } from "../../support/scoring-model.js";
import { expectSteadyProgress } from "../../support/steady-progress.js";
import { subscriberTable } from "../../support/subscribers.js";
import { temporaryFolder } from "../../support/temporary-folder.js";
import { thrownBy } from "../../support/thrown.js";

const folder = temporaryFolder();
const at = (name: string) => join(folder.path, name);
const model = await scoringModel();
await writeTable(subscriberTable(100, 3), at("rows.csv"));
const server = startPostgres();
afterAll(() => server?.stop());

/** The cells of a column of the tiers, which are the third. */
function tiersIn(file: string): string[] {
  const lines = readFileSync(at(file), "utf8").trimEnd().split("\n").slice(1);
  return lines.map((line) => line.split(",")[2]);
}

const list = (capacity: string, file = "list.csv") =>
  scoreFile(model, at("rows.csv"), at(file), { capacity });

describe("a list", () => {
  test("says of each tier its room, its rows, its lowest probability, and the ties at its end", async () => {
    const row = "1,12,2,50,随心,true";
    const header = readFileSync(at("rows.csv"), "utf8").split("\n")[0];
    writeFileSync(at("ties.csv"), `${header}\n${new Array(10).fill(`${row},No`).join("\n")}\n`);
    const { list: found } = await scoreFile(model, at("ties.csv"), at("list.csv"), {
      capacity: "call=3,watch=50%",
    });
    const { probability } = model.predictOne({
      subscriber: "1",
      tenure: 12,
      "客服 calls": 2,
      charge: 50,
      套餐: "随心",
      group: true,
    });
    expect(found).toEqual({
      by: "probability",
      tiers: [
        { tier: "call", capacity: 3, rows: 3, from: probability, tied: 7 },
        { tier: "watch", capacity: 5, rows: 5, from: probability, tied: 2 },
        { tier: "rest", capacity: null, rows: 2, from: null, tied: 0 },
      ],
    });
    expect(tiersIn("list.csv")).toEqual([
      "call",
      "call",
      "call",
      ...new Array(5).fill("watch"),
      "rest",
      "rest",
    ]);
  });

  test("with more room than rows takes all of them, and says which tiers are not full", async () => {
    const summary = await list("call=60,watch=60,later=10%");
    expect(summary.tiers.map(({ rows }) => rows)).toEqual([60, 40, 0, 0]);
    expect(summary.list?.tiers[2]).toEqual({ tier: "later", capacity: 10, rows: 0, from: null, tied: 0 });
    expect(inspect(summary)).toMatch(/note +tier watch is not full: 40 rows of 60, there are no more/);
  });

  test.each([
    ["call=7%,watch=29%", [7, 29, 64]],
    ["a=1,b=1,others", [1, 1, 98]],
    ["a=0.5%,b=99%", [0, 99, 1]],
  ])("has shares of the rows, rounded down: %s", async (capacity, expected) => {
    expect((await list(capacity)).tiers.map(({ rows }) => rows)).toEqual(expected);
  });

  test("has shares of the rows that are scored, not of those rejected", async () => {
    const bad = new Array(100).fill("bad,odd,0,0,A,true,No").join("\n");
    writeFileSync(at("half.csv"), `${readFileSync(at("rows.csv"), "utf8")}${bad}\n`);
    const options = { capacity: "call=20%", rejects: at("rejects.ndjson") };
    const { tiers, rejected } = await scoreFile(model, at("half.csv"), at("list.csv"), options);
    expect([rejected, tiers[0].rows]).toEqual([100, 20]);
  });

  test("is the same as a rule, with the last tier named or not", async () => {
    await list("call=30");
    const text = readFileSync(at("list.csv"), "utf8");
    for (const tiers of [[{ name: "call", top: 30 }], [{ name: "call", top: 30 }, { name: "rest" }]]) {
      await scoreFile(model, at("rows.csv"), at("list.csv"), { capacity: { by: "capacity", tiers } });
      expect(readFileSync(at("list.csv"), "utf8")).toBe(text);
    }
  });

  test("is the same with any number of threads", async () => {
    await writeTable(subscriberTable(50_000, 4), at("many.csv"));
    const bytes = [];
    for (const threads of [1, 2]) {
      await scoreFile(model, at("many.csv"), at("list.csv"), { capacity: "call=999", threads });
      bytes.push(readFileSync(at("list.csv"), "utf8"));
    }
    expect(bytes[1]).toBe(bytes[0]);
  });

  test("reports progress of scoring, and then of writing", async () => {
    const events: ProgressEvent[] = [];
    const onProgress = (event: ProgressEvent) => events.push(event);
    await scoreFile(model, at("many.csv"), at("list.csv"), { capacity: "call=999", onProgress });
    expectSteadyProgress(events);
    expect([...new Set(events.map(({ phase }) => phase))]).toEqual(["scoring", "writing the list"]);
  });

  test("that is stopped leaves nothing behind, and --resume removes what a kill left", async () => {
    const controller = new AbortController();
    const onProgress = ({ phase }: ProgressEvent) => {
      if (phase === "writing the list") controller.abort();
    };
    const options = { capacity: "call=9", onProgress, signal: controller.signal };
    expect((await thrownBy(() => scoreFile(model, at("many.csv"), at("never.csv"), options))).code).toBe(
      "aborted",
    );
    const files = () => readdirSync(folder.path).filter((file) => file.includes("never.csv"));
    expect(files()).toEqual([]);
    const left = at(".never.csv.01234567-89ab-cdef-0123-456789abcdef.tmp-parts");
    mkdirSync(left);
    await scoreFile(model, at("rows.csv"), at("never.csv"), { capacity: "call=9", resume: true });
    expect(files()).toEqual(["never.csv"]);
  });

  test("of no rows is empty, and of an empty file an error", async () => {
    mkdirSync(at("empty"));
    const [header] = readFileSync(at("rows.csv"), "utf8").split("\n");
    writeFileSync(at("empty/a.csv"), `${header}\n`);
    const { tiers } = await scoreFile(model, at("empty"), at("empty-out"), { capacity: "call=9" });
    expect(tiers.map(({ rows }) => rows)).toEqual([0, 0]);
    const error = await thrownBy(() =>
      scoreFile(model, at("empty/a.csv"), at("no.csv"), { capacity: "call=9" }),
    );
    expect([error.code, existsSync(at("no.csv"))]).toEqual(["data.empty", false]);
  });

  test("into an output that can't be written is an error before anything is scored", async () => {
    const phases: string[] = [];
    const onProgress = ({ phase }: ProgressEvent) => phases.push(phase);
    const options = { capacity: "call=9", onProgress };
    const error = await thrownBy(() => scoreFile(model, at("rows.csv"), at("nowhere/a.csv"), options));
    expect([error.code, phases]).toEqual(["data.unwritable", []]);
  });

  test.skipIf(server === undefined)("goes into a table of PostgreSQL", async () => {
    const output = { postgres: "lists", connection: server?.connection, scoredOn: "2026-02-01" };
    await scoreFile(model, at("rows.csv"), output, { capacity: "call=30,watch=20%" });
    const client = new pg.Client({ connectionString: server?.connection });
    await client.connect();
    const { rows } = await client.query("SELECT tier, count(*)::int AS n FROM lists GROUP BY 1 ORDER BY 2");
    await client.end();
    expect(rows).toEqual([
      { tier: "watch", n: 20 },
      { tier: "call", n: 30 },
      { tier: "rest", n: 50 },
    ]);
  });
});
