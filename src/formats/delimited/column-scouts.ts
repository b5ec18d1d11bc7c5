import type { ColumnPlan } from "../../table/grammar/column-plan.js";
import type { CellPlace } from "../../table/grammar/column-reading.js";
import { COMPACT_FORM } from "../../table/grammar/dates/compact-date.js";
import { CompactTally } from "../../table/grammar/dates/compact-tally.js";
import { MarkerTally } from "../../table/grammar/marker-tally.js";
import { CATEGORY_LIMIT, TextKind } from "../../table/grammar/text-kind.js";
import { ByteDictionary } from "../../table/growing/byte-dictionary.js";
import { GrowingInt32 } from "../../table/growing/growing-array.js";
import { plainNumber } from "../../table/plain-number.js";
import { type KnownText, knownText } from "../../table/resolve-column.js";
import type { ColumnBuilder, FieldBatch } from "./column-builders.js";

/** Finds out whether a column holds numbers, without keeping them. Of one that is declared to hold them, it counts the markers. */
export class NumberScout implements ColumnBuilder {
  private readonly markers = new MarkerTally();
  private hasOther = false;
  private hasFinite = false;
  private hasInfinite = false;
  private readonly compact = new CompactTally();
  private finiteCount = 0;
  private rowCount = 0;

  constructor(private readonly plan: ColumnPlan) {}

  /** False also for a column of nothing but `inf`, which holds words. */
  get isNumeric(): boolean {
    return !this.hasOther && (this.hasFinite || !this.hasInfinite);
  }

  add({ bytes, starts, ends, recordCount, width, lines }: FieldBatch, column: number): void {
    if (this.hasOther) return;
    const { grammar, kind } = this.plan;
    const isDeclared = kind === "numeric";
    for (let i = 0, k = column; i < recordCount; i++, k += width) {
      if (starts[k] === ends[k]) continue;
      const plain = grammar.takesPlainNumbers ? plainNumber(bytes, starts[k], ends[k]) : Number.NaN;
      if (!Number.isNaN(plain)) {
        this.present(plain, undefined, i, lines?.[i]);
        continue;
      }
      const text = bytes.toString("utf8", starts[k], ends[k]);
      const value = isDeclared ? grammar.readNumber(text) : grammar.parseNumber(text);
      if (value === undefined) {
        // Of a declared column it is a problem, which the pass that reads the cells reports.
        if (isDeclared) continue;
        this.hasOther = true;
        return;
      }
      if (Number.isNaN(value)) this.markers.add(text, 1, { row: this.rowCount + i + 1, line: lines?.[i] });
      else this.present(value, text.trim(), i, lines?.[i]);
    }
    this.rowCount += recordCount;
  }

  finish(): undefined {
    return undefined;
  }

  /** The column of numbers, or of dates such as 20250220. */
  known(name: string): KnownText {
    const { markers, compact, plan } = this;
    const dates = plan.kind === undefined ? compact.findings() : [];
    const areDates = dates.length > 0 && compact.areDates;
    const decided = {
      kind: areDates ? ("date" as const) : ("numeric" as const),
      isBoolean: false,
      format: areDates ? { dateFormat: COMPACT_FORM } : undefined,
      markers: markers.texts,
      findings: [...markers.findings(this.finiteCount), ...dates],
    };
    const placeOf = (example: string) =>
      dates[0]?.example === example ? compact.placeOf(dates[0]) : markers.first;
    return knownText(name, decided, plan, placeOf);
  }

  /** @param i the record in the batch. */
  private present(value: number, text: string | undefined, i: number, line: number | undefined): void {
    this.compact.add(value, 1, text, this.rowCount + i + 1, line);
    if (Math.abs(value) === Infinity) this.hasInfinite = true;
    else {
      this.hasFinite = true;
      this.finiteCount++;
    }
  }
}

/** Finds out the kind of a column of text, keeping its distinct texts only while they are few. */
export class TextScout implements ColumnBuilder {
  private readonly textKind: TextKind;
  private dictionary: ByteDictionary | undefined = new ByteDictionary();
  private readonly rowCounts = new GrowingInt32();
  /** Of each text of the dictionary, where it first appears. */
  private readonly firstRows = new GrowingInt32();
  private readonly firstLines = new GrowingInt32();
  private readonly places = new Map<string, CellPlace>();
  private rowCount = 0;

  constructor(private readonly plan: ColumnPlan) {
    this.textKind = new TextKind(plan);
  }

  add({ bytes, starts, ends, recordCount, width, lines }: FieldBatch, column: number): void {
    for (let i = 0, k = column; i < recordCount; i++, k += width) {
      if (starts[k] === ends[k]) continue;
      if (this.dictionary !== undefined) {
        const code = this.dictionary.codeOf(bytes, starts[k], ends[k]);
        if (code === this.rowCounts.length) {
          this.rowCounts.push(0);
          this.firstRows.push(this.rowCount + i + 1);
          this.firstLines.push(lines?.[i] ?? 0);
        }
        this.rowCounts.reserve(0)[code]++;
        if (this.rowCounts.length > CATEGORY_LIMIT) this.closeDictionary();
      } else if (!this.textKind.isSettled) {
        this.textKind.add(bytes.toString("utf8", starts[k], ends[k]));
      }
    }
    this.rowCount += recordCount;
  }

  finish(): undefined {
    return undefined;
  }

  /** What the column is. Call it after all cells were added. */
  known(name: string): KnownText {
    this.closeDictionary();
    return knownText(name, this.textKind.decide(), this.plan, (example) => this.placeOf(example));
  }

  /** Its categories. Call it after {@link known}. */
  get categories(): readonly string[] {
    return this.textKind.categoryTexts;
  }

  /** How many cells have a category. */
  rowsOf(category: string): number {
    return this.textKind.rowsOf(category);
  }

  /** Where a text first appears, while texts are few. */
  placeOf(text: string): CellPlace | undefined {
    return this.places.get(text);
  }

  private closeDictionary(): void {
    const rows = this.rowCounts.finish();
    const firstRows = this.firstRows.finish();
    const firstLines = this.firstLines.finish();
    this.dictionary?.texts().forEach((text, code) => {
      this.textKind.add(text, rows[code]);
      const trimmed = text.trim();
      if (!this.places.has(trimmed))
        this.places.set(trimmed, { row: firstRows[code], line: firstLines[code] });
    });
    this.dictionary = undefined;
  }
}
