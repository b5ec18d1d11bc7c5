import { counted, whole } from "../printing/numbers.js";
import type { TrainedOn } from "./trained-on.js";

/** With more repeated rows than this, rows of the same id and inputs are not said to be the same rows. */
const FEW_REPEATED = 0.01;

/** What a reader of an evaluation must know about rows that the model was trained on; usually nothing. */
export function trainedOnLines(seen: TrainedOn | null | undefined, rowCount: number): string[] {
  if (!seen) return [];
  const { rows, subscribers } = seen;
  const isWarned = rows !== null && rows > 0 && seen.isBeyondChance;
  const lines = isWarned ? [rowsLine(seen, rows, rowCount)] : [];
  const known = subscribers?.known ?? 0;
  // Subscribers of rows that were trained on are known by them.
  if (subscribers !== null && known > (isWarned ? rows : 0)) {
    const about = subscribers.isEstimate ? "about " : "";
    const verb = known === 1 ? "is" : "are";
    const others = isWarned ? "" : " (other rows)";
    lines.push(
      `${about}${whole(known)} of ${counted(subscribers.count, "subscriber")} ${verb} known from training${others}`,
    );
  }
  return lines;
}

function rowsLine(
  { subscribers, rowsByChance, isEstimate }: TrainedOn,
  rows: number,
  rowCount: number,
): string {
  const about = isEstimate ? "about " : "";
  const ofAll = `${about}${whole(rows)} of ${counted(rowCount, "row")}`;
  const [was, equals, them] = rows === 1 ? ["was", "equals a row", "it"] : ["were", "equal rows", "them"];
  const isSame = subscribers !== null && rowsByChance <= FEW_REPEATED * rowCount;
  const what = isSame
    ? `${was} trained on (same id, inputs and label)`
    : `${equals} that the model was trained on${rowsByChance > 0 ? ` (${whole(rowsByChance)} would by chance)` : ""}`;
  return `${ofAll} ${what}: what is measured on ${them} is too good`;
}
