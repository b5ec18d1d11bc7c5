import { describe, expect, test } from "vitest";
import { inDialect } from "../../../src/history/query/dialect.js";

const TEXT = `WITH a AS MATERIALIZED (SELECT CAST("套""餐" AS text) FROM t WHERE x = 'O''Neil "a\\b" AS text)') SELECT CAST(1 AS double precision)`;

describe("inDialect", () => {
  test.each(["duckdb", "postgresql"] as const)("leaves the text as it is for %s", (dialect) => {
    expect(inDialect(TEXT, dialect)).toBe(TEXT);
  });

  test("gives Spark its type names, quotes and escapes, and keeps the content of texts", () => {
    expect(inDialect(TEXT, "spark")).toBe(
      `WITH a AS (SELECT CAST(\`套"餐\` AS string) FROM t WHERE x = 'O\\'Neil "a\\\\b" AS text)') SELECT CAST(1 AS double)`,
    );
  });
});
