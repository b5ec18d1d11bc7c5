import type { OperatorTables } from "../../../src/simulator/output/fact-log.js";
import { monthOf } from "../../../src/table/calendar.js";
import { filledTextsOf, numbersOf } from "../../simulator/columns.js";

const EARLY_MONTHS = 12;
const FALSE_DISCOVERIES = 0.1;

/**
 * How many of the bulk dealers a plain test on early deaths finds: the share of a dealer's activations of the records that
 * end within a year, against that of all (binomial). The longest list with at most one in ten that is no bulk dealer.
 */
export function dealerFigures({ truth, subscribers }: OperatorTables, lastMonth: number) {
  const kinds = new Map<string, string>();
  const kind = filledTextsOf(truth.dealers, "kind");
  filledTextsOf(truth.dealers, "dealer_id").forEach((id, row) => {
    kinds.set(id, kind[row]);
  });
  const activated = numbersOf(subscribers, "activated_on");
  const ended = numbersOf(subscribers, "ended_on");
  const counts = new Map<string, { all: number; early: number }>();
  let all = 0;
  let early = 0;
  filledTextsOf(subscribers, "dealer_id").forEach((dealer, row) => {
    const month = monthOf(activated[row]);
    if (month > lastMonth - EARLY_MONTHS || month < lastMonth - 24) return;
    const isEarly = monthOf(ended[row]) - month <= EARLY_MONTHS ? 1 : 0;
    const count = counts.get(dealer) ?? { all: 0, early: 0 };
    counts.set(dealer, count);
    count.all++;
    count.early += isEarly;
    all++;
    early += isEarly;
  });
  const rate = early / all;
  const ranked = [...counts]
    .map(([id, count]) => ({
      isBulk: kinds.get(id) === "bulk",
      z: (count.early - rate * count.all) / Math.sqrt(count.all * rate * (1 - rate)),
    }))
    .sort((a, b) => b.z - a.z);
  const bulk = ranked.filter(({ isBulk }) => isBulk).length;
  let found = 0;
  let best = 0;
  ranked.forEach(({ isBulk }, i) => {
    if (isBulk) found++;
    if ((i + 1 - found) / (i + 1) <= FALSE_DISCOVERIES) best = found;
  });
  return { bulk, found: best, ranked };
}
