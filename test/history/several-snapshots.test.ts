import { expect, test } from "vitest";
import { snapshots } from "../../src/history/snapshots.js";
import { rowsOf } from "../../src/table/rows.js";
import { openPlainHistory } from "../support/history/open-plain-history.js";
import { randomHistory } from "../support/history/random-history.js";
import { thrownBy } from "../support/thrown.js";

test("several snapshots of one history can be made at once", async () => {
  const history = await openPlainHistory(randomHistory(4));
  const at = ["2024-08", "2024-10", "2025-01", "2025-03"];
  const one = [];
  for (const each of at) one.push(rowsOf(await snapshots(history, { at: each, churn: false })));
  const together = await Promise.all(at.map((each) => snapshots(history, { at: each, churn: false })));
  expect(together.map(rowsOf)).toEqual(one);
  history.close();
});

test("aborting one of them leaves the others", async () => {
  const history = await openPlainHistory(randomHistory(5));
  const options = { at: "2025-01", churn: false } as const;
  const aborted = thrownBy(() => snapshots(history, { ...options, signal: AbortSignal.abort() }));
  const [error, table] = await Promise.all([aborted, snapshots(history, options)]);
  expect([error.code, table.rowCount > 0]).toEqual(["aborted", true]);
  history.close();
});
