import { ByteDictionary } from "../../table/byte-dictionary.js";
import type { KnownText } from "../../table/chunk-column.js";
import { GrowingInt32 } from "../../table/growing-array.js";
import { plainNumber } from "../../table/plain-number.js";
import { CATEGORY_LIMIT } from "../../table/resolve-column.js";
import { TextKind } from "../../table/text-kind.js";
import { parseNumber } from "../../table/text-rules.js";
import type { ColumnBuilder, FieldBatch } from "./column-builders.js";

/** Finds out whether a column holds numbers, without keeping them. */
export class NumberScout implements ColumnBuilder {
  private hasOther = false;
  private hasFinite = false;
  private hasInfinite = false;

  /** False also for a column of nothing but `inf`, which holds words. */
  get isNumeric(): boolean {
    return !this.hasOther && (this.hasFinite || !this.hasInfinite);
  }

  add({ bytes, starts, ends, recordCount, width }: FieldBatch, column: number): void {
    if (this.hasOther) return;
    for (let i = 0, k = column; i < recordCount; i++, k += width) {
      if (starts[k] === ends[k]) continue;
      if (!Number.isNaN(plainNumber(bytes, starts[k], ends[k]))) {
        this.hasFinite = true;
        continue;
      }
      const value = parseNumber(bytes.toString("utf8", starts[k], ends[k]));
      if (value === undefined) {
        this.hasOther = true;
        return;
      }
      if (Number.isFinite(value)) this.hasFinite = true;
      else if (!Number.isNaN(value)) this.hasInfinite = true;
    }
  }

  finish(): undefined {
    return undefined;
  }
}

/** Finds out the kind of a column of text, keeping its distinct texts only while they are few. */
export class TextScout implements ColumnBuilder {
  private readonly textKind = new TextKind();
  private dictionary: ByteDictionary | undefined = new ByteDictionary();
  private readonly rowsOf = new GrowingInt32();

  add({ bytes, starts, ends, recordCount, width }: FieldBatch, column: number): void {
    for (let i = 0, k = column; i < recordCount; i++, k += width) {
      if (starts[k] === ends[k]) continue;
      if (this.dictionary !== undefined) {
        const code = this.dictionary.codeOf(bytes, starts[k], ends[k]);
        if (code === this.rowsOf.length) this.rowsOf.push(0);
        this.rowsOf.reserve(0)[code]++;
        if (this.rowsOf.length > CATEGORY_LIMIT) this.closeDictionary();
      } else if (!this.textKind.isSettled) {
        this.textKind.add(bytes.toString("utf8", starts[k], ends[k]));
      }
    }
  }

  finish(): undefined {
    return undefined;
  }

  /** What the column is. Call it after all cells were added. */
  known(): KnownText {
    this.closeDictionary();
    return { kind: this.textKind.kind(), isBoolean: this.textKind.isBoolean };
  }

  private closeDictionary(): void {
    const rows = this.rowsOf.finish();
    this.dictionary?.texts().forEach((text, code) => {
      this.textKind.add(text, rows[code]);
    });
    this.dictionary = undefined;
  }
}
