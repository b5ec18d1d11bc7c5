import type { CellPlace, Finding } from "../column-reading.js";
import { compactDate } from "./compact-date.js";

/** At least this share of numbers must be dates such as 20250220 for the others to be odd. */
const MOST_DATES = 0.8;
/** Fewer dates than this make no other number odd. */
const LEAST_DATES = 2;

/** Whether so many dates among so many numbers may make the others odd. */
export function areMostDates(dates: number, numbers: number): boolean {
  return dates >= MOST_DATES * numbers && dates >= LEAST_DATES;
}

/** Whether so few numbers are of eight digits, as all such dates are, that they make the others not odd. Cheap: most columns end here. */
export function areHardlyDates(numbers: Float64Array): boolean {
  let others = 0;
  for (let row = 0; row < numbers.length; row++) {
    const value = numbers[row];
    // Missing values are neither.
    if ((value >= 1e7 && value < 1e8) || Number.isNaN(value)) continue;
    others++;
    if ((others & 1023) === 1 && !areMostDates(numbers.length - others, numbers.length)) return true;
  }
  return others > 0 && !areMostDates(numbers.length - others, numbers.length);
}

/** Counts among numbers those that are dates such as 20250220, and remembers the first that is one and the first that is none. */
export class CompactTally {
  private dates = 0;
  private others = 0;
  private firstDate: Seen | undefined;
  private firstOther: Seen | undefined;

  /** @param rows how many cells have this number. @param text as it is written. Default: the number. */
  add(value: number, rows = 1, text?: string, row?: number, line?: number): void {
    if (compactDate(value) !== undefined) {
      if (this.dates === 0) this.firstDate = { value, text, row, line };
      this.dates += rows;
    } else {
      if (this.others === 0) this.firstOther = { value, text, row, line };
      this.others += rows;
    }
  }

  /** Whether all numbers are dates. */
  get areDates(): boolean {
    return this.dates > 0 && this.others === 0;
  }

  /** Whether so many of a number of cells are no dates that the rest can't make them odd. */
  areTooFew(cells: number): boolean {
    return this.others > 0 && !areMostDates(cells - this.others, cells);
  }

  /** That all numbers are dates, or nearly all; none otherwise. */
  findings(): Finding[] {
    const { dates, others } = this;
    const present = dates + others;
    if (this.areDates) {
      const example = textOf(this.firstDate);
      return [{ kind: "compact-date", cells: dates, present, example, remedy: { kind: "numeric" } }];
    }
    if (others === 0 || !areMostDates(dates, present)) return [];
    const example = textOf(this.firstOther);
    const remedy = { marker: example, kind: "date" } as const;
    return [{ kind: "odd-dates", cells: others, present, example, remedy }];
  }

  /** Where the example of a finding is, where that is known. */
  placeOf({ kind }: Finding): CellPlace | undefined {
    const { row, line } = (kind === "compact-date" ? this.firstDate : this.firstOther) ?? {};
    return row === undefined ? undefined : { row, line };
  }
}

interface Seen {
  readonly value: number;
  readonly text: string | undefined;
  readonly row: number | undefined;
  readonly line: number | undefined;
}

function textOf(seen: Seen | undefined): string {
  return seen?.text ?? String(seen?.value ?? "");
}
