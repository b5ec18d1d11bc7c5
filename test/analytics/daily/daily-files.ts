import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { extendDaily } from "../../../src/analytics/daily/extend-daily.js";
import { withDuckDB } from "../../../src/database/duckdb/session.js";
import { formatDate } from "../../../src/table/dates.js";
import { temporaryFolder } from "../../support/temporary-folder.js";
import { type DayFacts, openDays } from "./random-days.js";

/** Where the files of a test file are. */
export const folder = temporaryFolder();
let made = 0;
export const newPath = () => join(folder.path, `日报-${made++}.duckdb`);
export const digestOf = (path: string) => createHash("sha256").update(readFileSync(path)).digest("hex");

/** Runs SQL on a file as another program would. */
export async function asked(path: string, sql: string): Promise<unknown[][]> {
  return withDuckDB(async (connection) => {
    await connection.run(`ATTACH '${path}' AS given`);
    await connection.run("USE given");
    return (await connection.runAndReadAll(sql)).getRowsJson();
  });
}

export const extended = async (facts: DayFacts, path: string, day?: number) => {
  const history = await openDays(facts);
  try {
    return await extendDaily(history, path, day === undefined ? {} : { day: formatDate(day) });
  } finally {
    history.close();
  }
};
