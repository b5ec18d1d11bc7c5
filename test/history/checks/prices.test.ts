import { expect, test } from "vitest";
import { openSources } from "../../../src/history/open-sources.js";
import { opened } from "../../support/history/facts-of.js";
import { temporaryFolder } from "../../support/temporary-folder.js";
import { thrownBy } from "../../support/thrown.js";

const subscribers = [{ subscriber_id: "甲", activated_on: "2023-01-01" }];
const price = (
  product: string | null,
  valid_from: string,
  valid_to: string | null = null,
  fee: unknown = 5,
) => ({
  tariff: "S",
  product,
  fee,
  valid_from,
  valid_to,
});

test("prices are of no subscriber: a file of them in the folder, or a file with other names", async () => {
  const folder = temporaryFolder();
  folder.file("subscribers.csv", "subscriber_id,activated_on\n甲,2023-01-01\n");
  folder.file(
    "prices.csv",
    "tariff,product,fee,included,price_beyond,valid_from,valid_to\nS,base,5,,,2024-01-01,9999-12-31\nS,minutes,,50,0.3,2024-01-01,\n",
  );
  const history = await opened(folder.path);
  const { prices } = history.report.tables;
  expect(prices).toMatchObject({ rowsRead: 2, rowsKept: 2, problems: [] });
  expect(prices?.notes.map(({ kind }) => kind)).toEqual(["open ends"]);
  expect(history.schema.prices?.map(({ name }) => name)).toEqual([
    ...["tariff", "product", "fee", "included", "price_beyond", "valid_from", "valid_to", "known_at"],
  ]);
  const file = folder.file("资费.csv", "资费,产品,月费,生效\nS,base,5,2024-01-01\n");
  const columns = { tariff: "资费", product: "产品", fee: "月费", valid_from: "生效" };
  const mapped = await opened({ subscribers, prices: { source: file, columns } });
  expect(mapped.schema.prices?.map(({ name }) => name)).not.toContain("included");
  expect(mapped.report.tables.prices?.rowsKept).toBe(1);
});

test("of one product in a tariff there is one price at a time, the one that was known first is kept", async () => {
  const prices = [
    price("base", "2024-01-01", "2024-07-01"),
    price("base", "2024-07-01"),
    price("minutes", "2024-03-01"),
    price("base", "2024-08-01"),
  ];
  const error = await thrownBy(() => openSources({ subscribers, prices }));
  expect(error.message).toContain(
    'must not lie before the end of the product\'s price in the tariff before it, 1 row does not (overlapping prices), received "S, base from 2024-08-01 (row 4)"',
  );
  const { report } = await opened({ subscribers, prices }, { onProblems: "drop" });
  expect(report.tables.prices).toMatchObject({ rowsRead: 4, rowsKept: 3 });
});

test("cells that are wrong are problems of their rows, columns that are missing of the table", async () => {
  const wrong = [
    price(null, "2024-01-01"),
    price("a", "2024-02-01", "2024-01-01"),
    price("b", "2024-01-01", null, "five"),
  ];
  const { report } = await opened({ subscribers, prices: wrong }, { onProblems: "drop" });
  expect(report.tables.prices?.problems.map(({ kind, column }) => `${kind}: ${column}`).sort()).toEqual([
    "end before start: valid_to",
    "missing value: product",
    "unreadable number: fee",
  ]);
  const error = await thrownBy(() => openSources({ subscribers, prices: [{ tariff: "S", fee: 5 }] }));
  expect(error.problems.map(({ path }) => path.column)).toEqual(["product", "valid_from"]);
});
