import type { OperatorTables } from "../../../src/simulator/output/fact-log.js";
import { monthOf } from "../../../src/table/calendar.js";
import { numbers, texts } from "./columns.js";

/** Months of life, from 1, in which rates are compared. */
const TENURES = [
  [2, 3],
  [4, 6],
  [7, 12],
  [13, 24],
  [25, 999],
] as const;

/** Monthly rates of churn that public figures can be compared with: all, by kind of payment, by tenure, in exposed families. */
export function marginals({
  truth,
  subscribers,
  memberships,
}: OperatorTables): (readonly [string, number, string])[] {
  const ids = texts(subscribers, "subscriber_id");
  const byId = <Value>(values: ArrayLike<Value>) => new Map(ids.map((id, row) => [id, values[row]]));
  const activated = byId(numbers(subscribers, "activated_on").map(monthOf));
  const ended = byId(numbers(subscribers, "ended_on").map(monthOf));
  const payment = byId(texts(subscribers, "payment_kind"));
  const groups = texts(memberships, "group_id");
  const groupKinds = texts(memberships, "group_kind");
  const familyOf = new Map<string, string>();
  const departures = new Map<string, (readonly [string, number])[]>();
  texts(memberships, "subscriber_id").forEach((id, row) => {
    if (groupKinds[row] !== "family") return;
    familyOf.set(id, groups[row]);
    const month = ended.get(id) ?? Number.NaN;
    if (!Number.isNaN(month))
      departures.set(groups[row], [...(departures.get(groups[row]) ?? []), [id, month]]);
  });
  const months = numbers(truth.causes, "month");
  const rows = texts(truth.causes, "subscriber_id").map((id, row) => {
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
      "churn after a departure in the family",
      exposed / rate((row) => row.isFamily && !row.isExposed),
      "times",
    ],
  ];
}
