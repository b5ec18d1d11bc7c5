import { join } from "node:path";
import { readTable } from "../../../src/formats/read-table.js";
import { MONTHLY_CAUSES, type MonthlyCause, namedCause } from "../../../src/simulator/departure/causes.js";
import { monthOf } from "../../../src/table/calendar.js";
import { filledTextsOf, numbersOf } from "../../simulator/columns.js";

/** What the truth says of a subscriber who left. */
export interface TrueCause {
  /** By the effects of the month of the departure, in `truth/causes`. */
  readonly ofMonth: MonthlyCause;
  /** As `truth/departures` names it: by the effects of the last day, complaints, faults and bill shocks of that time included. */
  readonly ofDay: MonthlyCause;
  /** Left by an own decision on that day: no silent card, disconnection, account or family. */
  readonly isDecision: boolean;
}

/** The true causes of those who left, by subscriber, from the folder of a simulated operator. */
export async function trueCauses(folder: string, ids: ReadonlySet<string>): Promise<Map<string, TrueCause>> {
  const departures = await readTable(join(folder, "truth", "departures.parquet"));
  const ended = numbersOf(departures, "ended_on");
  const kinds = filledTextsOf(departures, "kind");
  const named = filledTextsOf(departures, "cause") as MonthlyCause[];
  const places = new Map<string, number>();
  filledTextsOf(departures, "subscriber_id").forEach((id, row) => {
    if (ids.has(id)) places.set(id, row);
  });
  const causes = await readTable(join(folder, "truth", "causes.parquet"));
  const months = numbersOf(causes, "month");
  const effects = MONTHLY_CAUSES.map((cause) => numbersOf(causes, cause));
  const found = new Map<string, TrueCause>();
  filledTextsOf(causes, "subscriber_id").forEach((id, row) => {
    const place = places.get(id);
    if (place === undefined || monthOf(months[row]) !== monthOf(ended[place])) return;
    found.set(id, {
      ofMonth: namedCause(effects.map((values) => values[row])) as MonthlyCause,
      ofDay: named[place],
      isDecision: kinds[place] === "decision",
    });
  });
  return found;
}
