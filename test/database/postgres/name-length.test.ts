import { afterAll, describe, expect, test } from "vitest";
import { upsertIntoPostgres } from "../../../src/database/postgres/upsert-into-postgres.js";
import { scoreFile } from "../../../src/scoring/score-file.js";
import { createTable, type Table } from "../../../src/table/table.js";
import { startPostgres } from "../../support/postgres-server.js";
import { scoringModel } from "../../support/scoring-model.js";
import { thrownBy } from "../../support/thrown.js";

const model = await scoringModel();
const server = startPostgres();
afterAll(() => server?.stop());
const connection = server?.connection ?? "";

const id = { kind: "text", name: "id", values: [] } as const;

describe("a name that PostgreSQL would cut at 63 bytes is refused before a connection is made", () => {
  const fits = "a".repeat(63);
  const long = [`${fits}b`, "客".repeat(22), `${"é".repeat(31)}ab`];
  const into = (name: string) =>
    upsertIntoPostgres(createTable([id]), { into: name, scoredOn: "2026-02-01" });
  const withColumn = (name: string): Table => createTable([id, { kind: "text", name, values: [] }]);

  test.each(long)("of the table: %s", async (name) => {
    for (const table of [name, `churn.${name}`, `${name}.scores`]) {
      const error = await thrownBy(() => into(table));
      expect([error.code, error.path.argument]).toEqual(["argument.invalid", "into"]);
      const bytes = Buffer.byteLength(name);
      expect(error.message).toContain(
        `at most 63 bytes for PostgreSQL, which would cut this one of ${bytes}`,
      );
    }
  });

  test.each(long)("of a column: %s", async (name) => {
    const error = await thrownBy(() =>
      upsertIntoPostgres(withColumn(name), { into: "scores", scoredOn: "2026-02-01" }),
    );
    expect([error.code, error.path.column]).toEqual(["argument.invalid", name]);
  });

  test("of the table that scores go to, and all such names at once", async () => {
    const table = withColumn(long[0]);
    const error = await thrownBy(() =>
      upsertIntoPostgres(table, { into: long.slice(0, 2).join("."), scoredOn: "2026-02-01" }),
    );
    expect(error.problems.length).toBe(3);
    const scoring = await thrownBy(() =>
      scoreFile(model, "none.csv", { postgres: long[1], scoredOn: "2026-02-01" }),
    );
    expect(scoring.path).toEqual({ function: "scoreFile", argument: "output.postgres" });
  });

  test.skipIf(server === undefined)("63 bytes fit", async () => {
    const name = "客".repeat(21);
    const written = await upsertIntoPostgres(withColumn(fits), {
      connection,
      into: name,
      scoredOn: "2026-02-01",
    });
    expect(written).toBe(0);
  });
});
