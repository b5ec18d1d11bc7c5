import { parseDate } from "./dates.js";
import { CATEGORY_LIMIT, type DeclaredKind, FEW_CATEGORIES } from "./resolve-column.js";
import { isBlank, parseBoolean, parseNumber } from "./text-rules.js";

/**
 * Finds the kind of a column of text from its cells one by one, without keeping them; the result is the same as that of
 * `resolveColumn` for all cells at once.
 */
export class TextKind {
  private canBeNumbers = true;
  private canBeDates = true;
  private hasFinite = false;
  private hasInfinite = false;
  private canBeBooleans = true;
  private presentRows = 0;
  private readonly categories = new Set<string>();

  /** Whether it is text, whatever cells follow. */
  get isSettled(): boolean {
    return !this.canBeNumbers && !this.canBeDates && this.categories.size > CATEGORY_LIMIT;
  }

  /** Whether all of its cells that are not blank are `true` or `false`. */
  get isBoolean(): boolean {
    return this.canBeBooleans;
  }

  /** @param rows how many cells have this text. */
  add(text: string, rows = 1): void {
    const isMissing = isBlank(text);
    if (!isMissing) this.presentRows += rows;
    if (this.canBeBooleans && !isMissing && parseBoolean(text) === undefined) this.canBeBooleans = false;
    if (this.canBeNumbers) {
      const value = parseNumber(text);
      if (value === undefined) this.canBeNumbers = false;
      else if (Number.isFinite(value)) this.hasFinite = true;
      else if (!Number.isNaN(value)) this.hasInfinite = true;
    }
    if (this.canBeDates && parseDate(text) === undefined) this.canBeDates = false;
    if (this.categories.size <= CATEGORY_LIMIT && !isMissing) this.categories.add(text.trim());
  }

  kind(): DeclaredKind {
    if (this.canBeNumbers && (this.hasFinite || !this.hasInfinite)) return "numeric";
    if (this.canBeDates) return "date";
    const { size } = this.categories;
    if (size > CATEGORY_LIMIT) return "text";
    return size > FEW_CATEGORIES && size > this.presentRows / 2 ? "text" : "categorical";
  }
}
