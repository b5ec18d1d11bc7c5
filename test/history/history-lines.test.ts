import { inspect } from "node:util";
import { expect, test } from "vitest";
import { openHistory } from "../../src/history/history.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const folder = temporaryFolder();
const subscribers = folder.file(
  "用户.csv",
  "subscriber_id,activated_on\nS1,2024-01-05\nS2,2024-02-01\nS2,2024-03-01\n",
);
const usage = folder.file("usage.csv", "subscriber_id,month,minutes\nS1,2024-02-01,12\n");

test("console.log of a history names its tables with rows, what was left out, and sources", async () => {
  const history = await openHistory({ subscribers, usage }, { onProblems: "drop" });
  try {
    const { subscribers: kept } = history.report.tables;
    expect(inspect(history).split("\n")).toEqual([
      "History of 2 tables",
      `  subscribers  2 rows  1 row left out  ${kept?.source}`,
      `  usage        1 row                   ${history.report.tables.usage?.source}`,
    ]);
    expect(String(history)).toBe(inspect(history));
    expect(inspect([history])).toBe("[ [History 2 tables, 2 subscribers] ]");
  } finally {
    history.close();
  }
});

test("console.log of a history that was not checked says so", async () => {
  const history = await openHistory({ subscribers }, { check: false });
  try {
    expect(inspect(history).split("\n")[0]).toBe("History of 1 table, not checked");
  } finally {
    history.close();
  }
});
