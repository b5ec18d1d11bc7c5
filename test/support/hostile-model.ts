import type { ChurnModel } from "../../src/predict/churn-model.js";
import { createRandom } from "../../src/random.js";
import { tableFromRows } from "../../src/table/rows.js";
import type { Table } from "../../src/table/table.js";
import { trainChurnModel } from "../../src/training/train.js";

/** Turns what follows around where it is shown. */
export const RIGHT_TO_LEFT = "\u202E";
/** A column that a spreadsheet would run, and one that a page would. */
export const FORMULA = "=cmd()";
export const MARKUP = `<script>alert("列")</script>`;
/** The first two raise the risk. */
export const CATEGORIES = [
  '=HYPERLINK("http://x","y")',
  `bill${RIGHT_TO_LEFT}gpj.exe`,
  "<img src=x onerror=alert(1)>",
  `it's "quoted", with a comma`,
  "随心畅聊\n第二行",
];

export type HostileRow = Readonly<Record<string, string | number>>;

/** Subscribers whose columns and categories an attacker wrote; rare categories, which have no separate code, raise the risk. */
export function hostileRows(count: number, seed = 1): HostileRow[] {
  const random = createRandom(seed, "hostile");
  return Array.from({ length: count }, (_, row) => {
    const calls = random.integer(12);
    const isRare = random.next() < 0.15;
    const category = isRare ? `=rare${row}` : CATEGORIES[random.integer(CATEGORIES.length)];
    const risk = 0.03 + 0.03 * calls + (isRare || CATEGORIES.indexOf(category) < 2 ? 0.5 : 0);
    return {
      id: `S${row}`,
      [FORMULA]: calls,
      [MARKUP]: category,
      churned: random.next() < risk ? "yes" : "no",
    };
  });
}

export function hostileTable(count: number, seed = 1): Table {
  return tableOfHostile(hostileRows(count, seed));
}

export function tableOfHostile(rows: readonly HostileRow[]): Table {
  return tableFromRows(rows, { columns: { id: "text", [MARKUP]: "categorical" } });
}

/** A model of them. */
export function hostileModel(): Promise<ChurnModel> {
  return trainChurnModel(hostileTable(400), {
    label: "churned",
    id: "id",
    classifier: "logistic",
    replicates: 5,
    repeats: 1,
  });
}
