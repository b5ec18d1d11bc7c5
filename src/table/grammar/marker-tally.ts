import { isBlank } from "../text-rules.js";
import type { CellPlace, Finding } from "./column-reading.js";

/** Counts the texts that mark missing numbers or dates, and remembers where the first is. */
export class MarkerTally {
  private readonly cells = new Map<string, number>();
  first: CellPlace | undefined;

  /** Blank texts need no count. @param rows how many cells have this text. */
  add(text: string, rows: number, place?: CellPlace): void {
    if (isBlank(text)) return;
    const trimmed = text.trim();
    if (this.cells.size === 0) this.first = place;
    this.cells.set(trimmed, (this.cells.get(trimmed) ?? 0) + rows);
  }

  get texts(): string[] {
    return [...this.cells.keys()];
  }

  /** None where nothing was counted. @param present how many cells are not missing. */
  findings(present: number): Finding[] {
    const [example] = this.cells.keys();
    if (example === undefined) return [];
    let cells = 0;
    for (const rows of this.cells.values()) cells += rows;
    const what = [...this.cells].map(([text, rows]) => `${JSON.stringify(text)} ${rows}`).join(", ");
    return [{ kind: "markers", cells, present, example, what }];
  }
}
