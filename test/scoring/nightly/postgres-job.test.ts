import { join } from "node:path";
import pg from "pg";
import { afterAll, describe, expect, test } from "vitest";
import { writeTable } from "../../../src/formats/write-table.js";
import { runJob } from "../../../src/scoring/nightly/run-job.js";
import { jobFile } from "../../support/nightly-job.js";
import { startPostgres } from "../../support/postgres-server.js";
import { scoringModel } from "../../support/scoring-model.js";
import { subscriberTable } from "../../support/subscribers.js";
import { temporaryFolder } from "../../support/temporary-folder.js";

const folder = temporaryFolder();
const server = startPostgres();
afterAll(() => server?.stop());

describe.skipIf(server === undefined)("a job into a table of PostgreSQL", () => {
  const env = { PGURL: server?.connection };
  const job = () =>
    jobFile(folder.path, "nightly.json", {
      model: "rows.model.json",
      input: "rows.csv",
      capacity: "call=30,watch=20%",
      output: { postgres: "scores", connection: "$" + "{PGURL}" },
      summary: "summary.md",
    });

  async function rows(query: string): Promise<unknown[]> {
    const client = new pg.Client(server?.connection);
    await client.connect();
    try {
      return (await client.query(query)).rows;
    } finally {
      await client.end();
    }
  }

  test("writes a row for each subscriber and day; a day that is repeated has the same rows", async () => {
    await (await scoringModel()).save(join(folder.path, "rows.model.json"));
    await writeTable(subscriberTable(500, 3), join(folder.path, "rows.csv"));
    const first = await runJob(job(), { date: "2026-02-01", env });
    expect(first.tiers.map(({ tier, rows: inTier }) => [tier, inTier])).toEqual([
      ["call", 30],
      ["watch", 100],
      ["rest", 370],
    ]);
    const [sums] = (await rows(
      "SELECT count(*)::int AS n, sum(probability) AS churners FROM scores WHERE tier = 'call' AND scored_on = '2026-02-01'",
    )) as { n: number; churners: number }[];
    expect(sums.n).toBe(30);
    expect(first.tiers[0].expectedChurners).toBeCloseTo(sums.churners, 9);
    expect(first.files.output).toBe("table scores, scored on 2026-02-01");
    const before = await rows("SELECT * FROM scores ORDER BY id");
    expect((await runJob(job(), { date: "2026-02-01", env })).outcome).toBe("already done");
    await runJob(job(), { date: "2026-02-01", env, again: true });
    expect(await rows("SELECT * FROM scores ORDER BY id")).toEqual(before);
    const second = await runJob(job(), { date: "2026-02-02", env });
    expect(second.before).toMatchObject({ date: "2026-02-01", first: { tier: "call", new: 0, left: 0 } });
    expect(
      await rows("SELECT scored_on::text AS day, count(*)::int AS n FROM scores GROUP BY 1 ORDER BY 1"),
    ).toEqual([
      { day: "2026-02-01", n: 500 },
      { day: "2026-02-02", n: 500 },
    ]);
  });
});
