import type { OperatorTables } from "../../../src/simulator/output/fact-log.js";
import { monthOf } from "../../../src/table/calendar.js";
import { filledTextsOf, numbersOf } from "../../simulator/columns.js";

/** Months of life, from 1, in which rates are compared. */
const TENURES = [
  [2, 3],
  [4, 6],
  [7, 12],
  [13, 24],
  [25, 999],
] as const;

/** Of the effect of the contract: below it is bound, above it has just ended or is about to. */
const BOUND = -0.6;
const OPEN = 0.6;
const DAYS_AFTER = 90;

/** Monthly rates of churn that public figures can be compared with: all, by kind of payment, by tenure, in exposed families. */
export function marginals({
  truth,
  subscribers,
  memberships,
}: OperatorTables): (readonly [string, number, string])[] {
  const ids = filledTextsOf(subscribers, "subscriber_id");
  const byId = <Value>(values: ArrayLike<Value>) => new Map(ids.map((id, row) => [id, values[row]]));
  const activated = byId(numbersOf(subscribers, "activated_on").map(monthOf));
  const ended = byId(numbersOf(subscribers, "ended_on").map(monthOf));
  const payment = byId(filledTextsOf(subscribers, "payment_kind"));
  const groups = filledTextsOf(memberships, "group_id");
  const groupKinds = filledTextsOf(memberships, "group_kind");
  const familyOf = new Map<string, string>();
  const departures = new Map<string, (readonly [string, number])[]>();
  filledTextsOf(memberships, "subscriber_id").forEach((id, row) => {
    if (groupKinds[row] !== "family") return;
    familyOf.set(id, groups[row]);
    const month = ended.get(id) ?? Number.NaN;
    if (!Number.isNaN(month))
      departures.set(groups[row], [...(departures.get(groups[row]) ?? []), [id, month]]);
  });
  const months = numbersOf(truth.causes, "month");
  const contract = numbersOf(truth.causes, "contract");
  const rows = filledTextsOf(truth.causes, "subscriber_id").map((id, row) => {
    const month = monthOf(months[row]);
    const family = familyOf.get(id);
    const isExposed = (departures.get(family ?? "") ?? []).some(
      ([other, left]) => other !== id && left >= month - 3 && left < month,
    );
    return {
      isPrepaid: payment.get(id) === "prepaid",
      tenure: month - (activated.get(id) ?? Number.NaN) + 1,
      isFamily: family !== undefined,
      isExposed,
      isBound: contract[row] < BOUND,
      isOpen: contract[row] > OPEN,
      leaves: ended.get(id) === month,
    };
  });
  type Row = (typeof rows)[number];
  const rate = (isIn: (row: Row) => boolean) => {
    const chosen = rows.filter(isIn);
    return chosen.filter(({ leaves }) => leaves).length / chosen.length;
  };
  const exposed = rate(({ isExposed }) => isExposed);
  return [
    ["monthly churn", rate(() => true), "share"],
    ["monthly churn, prepaid", rate(({ isPrepaid }) => isPrepaid), "share"],
    ["monthly churn, billed", rate(({ isPrepaid }) => !isPrepaid), "share"],
    ...TENURES.map(
      ([from, to]) =>
        [
          `monthly churn, months ${from} to ${to} of life`,
          rate(({ tenure }) => tenure >= from && tenure <= to),
          "share",
        ] as const,
    ),
    [
      "churn at the end of a contract, against bound",
      rate((row) => row.isOpen) / rate((row) => row.isBound),
      "times",
    ],
    ...contactRates({ truth, subscribers }),
    [
      "churn after a departure in the family",
      exposed / rate((row) => row.isFamily && !row.isExposed),
      "times",
    ],
  ];
}

/** Churn within 90 days of those whom the campaign drew, by whether they were contacted. */
function contactRates({
  truth,
  subscribers,
}: Pick<OperatorTables, "truth" | "subscribers">): (readonly [string, number, string])[] {
  const ids = filledTextsOf(subscribers, "subscriber_id");
  const days = numbersOf(subscribers, "ended_on");
  const ended = new Map(ids.map((id, row) => [id, days[row]]));
  const at = numbersOf(truth.offers, "at");
  const outcomes = filledTextsOf(truth.offers, "outcome");
  const last = at.reduce((latest, day) => Math.max(latest, day), 0) - DAYS_AFTER;
  const counts = { held: [0, 0], contacted: [0, 0] };
  filledTextsOf(truth.offers, "subscriber_id").forEach((id, row) => {
    if (at[row] > last) return;
    const count = outcomes[row] === "held_out" ? counts.held : counts.contacted;
    count[0]++;
    if ((ended.get(id) ?? Number.NaN) <= at[row] + DAYS_AFTER) count[1]++;
  });
  return [
    ["churn within 90 days, held out", counts.held[1] / counts.held[0], "share"],
    ["churn within 90 days, contacted", counts.contacted[1] / counts.contacted[0], "share"],
  ];
}
