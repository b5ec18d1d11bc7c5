import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { mondayLists } from "../../../src/analytics/lists/monday-lists.js";
import { writeLists } from "../../../src/analytics/lists/write-lists.js";
import { migrationList } from "../../../src/analytics/tariffs/migration-list.js";
import { readTable } from "../../../src/formats/read-table.js";
import { rowsOf } from "../../../src/table/index.js";
import { temporaryFolder } from "../../support/temporary-folder.js";
import { thrownBy } from "../../support/thrown.js";
import { opened } from "../tariffs/opened.js";
import { MONDAY } from "./monday-history.js";

const folder = temporaryFolder();

describe("writeLists", () => {
  test("writes all rows as CSV for spreadsheets: a byte order mark, and nothing that runs as a formula", async () => {
    const prefixed = (id: string) => `${id === "silent" ? "=1+" : id === "many signs" ? "@" : ""}${id}`;
    const tables = Object.fromEntries(
      Object.entries(MONDAY).map(([name, rows]) => [
        name,
        rows.map((row) => ({ ...row, subscriber_id: prefixed(row.subscriber_id) })),
      ]),
    ) as typeof MONDAY;
    const [lists, migration] = await opened(
      tables,
      async (history) => [await mondayLists(history), await migrationList(history)] as const,
    );
    const paths = await writeLists(lists, join(folder.path, "monday"), { migration });
    expect(paths.map((path) => path.slice(folder.path.length + 1))).toEqual([
      ...["silent.csv", "newcomers.csv", "at-risk.csv", "migration.csv"].map((name) => join("monday", name)),
    ]);
    const [silent, , atRisk, moved] = paths.map((path) => readFileSync(path, "utf8"));
    expect(silent.split("\n")).toEqual([
      "\ufeffsubscriber,months silent,last use,mean bill,tariff,region,dealer,activated on,last contact,reason",
      '\'=1+silent,2,2025-04,12,,北部,D1,2023-01-01,,"no use for 2 months, last in 2025-04, and still billed 12 a month"',
      "",
    ]);
    expect(atRisk.split("\n")[1]).toMatch(/^'@many signs,main,,,4,no,yes,yes,yes,yes,90,'=basic,/u);
    // No prices: the heads alone.
    expect(moved).toBe(
      "\ufeffsubscriber,tariff,cheapest tariff,costs now,would cost,saving a month,mean bill,kind of group,region\n",
    );
    expect(rowsOf(await readTable(paths[1]))).toHaveLength(lists.newcomers.rows.length);
    expect(readdirSync(join(folder.path, "monday")).sort()).toEqual([
      "at-risk.csv",
      "migration.csv",
      "newcomers.csv",
      "silent.csv",
    ]);
  });

  test("has heads and reasons in Chinese", async () => {
    const lists = await opened(MONDAY, (history) => mondayLists(history, { locale: "zh" }));
    const [silent] = await writeLists(lists, join(folder.path, "zh"));
    expect(readFileSync(silent, "utf8")).toBe(
      "\ufeff用户,沉默月数,最后使用,月均账单,资费,地区,渠道,入网日期,最近接触,原因\nsilent,2,2025-04,12,,北部,D1,2023-01-01,,已沉默 2 个月，最后使用月份 2025-04，每月仍出账 12\n",
    );
  });

  test("leaves the files that were there where one can't be written", async () => {
    const lists = await opened(MONDAY, (history) => mondayLists(history));
    const path = join(folder.path, "partly");
    mkdirSync(join(path, "at-risk.csv"), { recursive: true });
    folder.file(join("partly", "silent.csv"), "old");
    expect((await thrownBy(() => writeLists(lists, path))).code).toBe("data.unwritable");
    expect(readdirSync(path).sort()).toEqual(["at-risk.csv", "silent.csv"]);
    expect(readFileSync(join(path, "silent.csv"), "utf8")).toBe("old");
  });

  test("refuses something else in the place of lists, a folder and options", async () => {
    const lists = await opened(MONDAY, (history) => mondayLists(history));
    const promise = Promise.resolve(lists) as unknown as typeof lists;
    expect((await thrownBy(() => writeLists(promise, "x"))).path.argument).toBe("lists");
    expect((await thrownBy(() => writeLists(lists, ""))).path.argument).toBe("folder");
    expect((await thrownBy(() => writeLists(lists, "x", { migration: {} as never }))).path.argument).toBe(
      "migration",
    );
    expect((await thrownBy(() => writeLists(lists, "x", { locale: "de" as never }))).path.argument).toBe(
      "locale",
    );
  });
});
