import { join } from "node:path";
import { loadDataset } from "../../src/datasets/index.js";
import {
  monthly,
  noPurchase,
  openHistory,
  rowsOf,
  snapshots,
  splitByTime,
  type Table,
  trainChurnModel,
} from "../../src/index.js";
import { rocAuc } from "../../src/metrics/index.js";
import { findColumn } from "../../src/table/index.js";
import { DATASETS, isThere } from "../support/shared-data.js";
import { type Bench, result, timed } from "./result.js";

const CDNOW = join(DATASETS, "cdnow.txt.gz");
/** Labels of the last training cutoff end where the test begins. */
const TRAIN = monthly("2021-05", "2021-07");
const TEST = "2022-01";

/** Customers without a contract: purchases in, a prediction of no purchase in the next six months out. */
export const cdnowBench: Bench = {
  name: "cdnow",
  about: "no purchase in six months on CDNOW (69,659 purchases), all defaults, compared with recency alone",
  async run() {
    if (!isThere(CDNOW, "cdnow")) return [];
    const payments = purchasesOf((await loadDataset("cdnow", { folder: DATASETS })).table);
    const { value, cpu } = await timed(async () => {
      const history = await openHistory({ subscribers: firstPurchases(payments), payments });
      try {
        const options = { observe: 6, gap: 0, horizon: 6, churn: noPurchase() };
        return await snapshots(history, { ...options, at: [...TRAIN, TEST] });
      } finally {
        history.close();
      }
    });
    const { train, test } = splitByTime(value, { column: "cutoff", testFrom: TEST, embargo: 6 });
    const model = await trainChurnModel(train, { label: "churn", id: "subscriber_id", exclude: ["cutoff"] });
    const { metrics, baseRate } = model.evaluate(test);
    const recency = rocAuc(numbers(test, "churn"), numbers(test, "days_since_payment"));
    return [
      result("cdnow", "snapshots, CPU", cpu, "s"),
      result("cdnow", "test customers", test.rowCount, "rows"),
      result("cdnow", "share without a purchase", baseRate, ""),
      result("cdnow", "ROC AUC", metrics.rocAuc.value, "", { name: "recency alone", value: recency }),
    ];
  },
};

type Purchase = {
  readonly subscriber_id: string;
  readonly paid_on: string;
  readonly amount: number;
  /** Tells purchases of one day apart that are the same in all else. */
  readonly line: number;
};

function purchasesOf(table: Table): Purchase[] {
  return rowsOf(table).map(({ customer_id, date, amount }, i) => ({
    subscriber_id: String(customer_id),
    paid_on: String(date),
    amount: Number(amount),
    line: i + 1,
  }));
}

/** A customer is one from the first purchase on. */
function firstPurchases(payments: readonly Purchase[]) {
  const first = new Map<string, string>();
  for (const { subscriber_id, paid_on } of payments) {
    const known = first.get(subscriber_id);
    if (known === undefined || paid_on < known) first.set(subscriber_id, paid_on);
  }
  return Array.from(first, ([subscriber_id, activated_on]) => ({ subscriber_id, activated_on }));
}

function numbers(table: Table, name: string): Float64Array {
  const column = findColumn(table, name);
  if (column?.kind !== "numeric") throw new Error(`${name} must be a number`);
  return column.values;
}
