import { join } from "node:path";
import pg from "pg";
import { afterAll, describe, expect, test } from "vitest";
import { writeTable } from "../../../src/formats/write-table.js";
import { scoreFile } from "../../../src/scoring/score-file.js";
import { scoreTable } from "../../../src/scoring/scores-table.js";
import { rowsOf } from "../../../src/table/rows.js";
import { hostileModel, hostileTable } from "../../support/hostile-model.js";
import { startPostgres } from "../../support/postgres-server.js";
import { temporaryFolder } from "../../support/temporary-folder.js";
import { thrownBy } from "../../support/thrown.js";

const folder = temporaryFolder();
const server = startPostgres();
afterAll(() => server?.stop());

describe.skipIf(server === undefined)("reasons in a table of PostgreSQL", () => {
  test("are columns of text; a table without them is refused with what to add", async () => {
    const model = await hostileModel();
    const table = hostileTable(80, 6);
    const rows = join(folder.path, "rows.parquet");
    await writeTable(table, rows);
    const { connection } = server as NonNullable<typeof server>;
    const into = (name: string) => ({ postgres: name, connection, scoredOn: "2026-02-01" });
    const options = { reasons: 2, reasonsFor: ["high", "medium"] };
    await scoreFile(model, rows, into("scores"), options);
    const client = new pg.Client(connection);
    await client.connect();
    const { rows: found } = await client.query("SELECT id, reason_1, reason_2 FROM scores");
    await client.end();
    const sorted = (each: readonly object[]) =>
      each
        .map((row) => row as Record<string, unknown>)
        .map(({ id, reason_1, reason_2 }) => ({ id, reason_1, reason_2 }))
        .sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1));
    expect(sorted(found)).toEqual(sorted(rowsOf(scoreTable(model, table, options))));
    const error = await thrownBy(() => scoreFile(model, rows, into("scores"), { reasons: 3 }));
    expect(error.problems.map(({ path, hint }) => [path.column, hint])).toEqual([
      ["reason_3", 'ALTER TABLE "scores" ADD COLUMN "reason_3" text'],
    ]);
  });
});
