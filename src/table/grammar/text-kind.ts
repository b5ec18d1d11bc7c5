import { parseBoolean } from "../text-rules.js";
import type { CellFormat } from "./cell-format.js";
import type { ColumnPlan, DeclaredKind } from "./column-plan.js";
import type { Finding } from "./column-reading.js";
import { COMPACT_FORM } from "./dates/compact-date.js";
import { CompactTally } from "./dates/compact-tally.js";
import { looksLike } from "./looks-like.js";
import { MarkerTally } from "./marker-tally.js";
import { isDefaultMarker } from "./markers.js";
import { type SpelledNumber, spelledNumberReader } from "./spelled-number.js";

/** More categories than this make a column text. */
export const CATEGORY_LIMIT = 65_536;
/** Up to this many distinct values a column is categorical even when most of its rows differ. */
export const FEW_CATEGORIES = 20;
/** A column is no longer taken for numbers or dates with odd cells when it has more odd texts than this, and than others. */
const MOST_ODD_TEXTS = 20;

/** What a column of text is. */
export interface DecidedKind {
  readonly kind: DeclaredKind;
  /** Whether all of its texts are `true` or `false` in any case: they are then written in lower case. */
  readonly isBoolean: boolean;
  /** How its cells are written, beyond what was declared. */
  readonly format: CellFormat | undefined;
  /** Texts that mark missing values. */
  readonly markers: readonly string[];
  readonly findings: readonly Finding[];
}

/** How many cells can be read in one way, and how many can't. */
interface Tally {
  isPossible: boolean;
  rows: number;
  texts: number;
  oddRows: number;
  oddTexts: number;
  firstOdd: string;
  first: string;
}

const spelledNumber = spelledNumberReader(undefined);

/**
 * Finds from its texts, one by one and without keeping the cells, what a column is: numbers, dates, categories or text. Numbers
 * as money, shares or with thousands, and dates without separators, where every cell agrees.
 */
export class TextKind {
  private readonly numbers = newTally();
  private readonly spelled = newTally();
  private readonly dates = newTally();
  private readonly currencies = new Set<string>();
  private percents = 0;
  private nonPercents = 0;
  private isGrouped = false;
  private isCertain = false;
  private readonly compact = new CompactTally();
  private hasFinite = false;
  private hasInfinite = false;
  private canBeBooleans = true;
  private presentRows = 0;
  /** Each with its number of cells. */
  private readonly categories = new Map<string, number>();
  /** Markers that count in columns of numbers and dates only. */
  private readonly markers = new MarkerTally();
  /** Markers that the caller named. */
  private readonly given = new MarkerTally();

  constructor(private readonly plan: ColumnPlan) {}

  /** Whether it is text, whatever cells follow. */
  get isSettled(): boolean {
    return this.areWords && this.categories.size > CATEGORY_LIMIT;
  }

  /** Whether they can be neither numbers nor dates, but for some odd cells. */
  private get areWords(): boolean {
    const { numbers, spelled, dates } = this;
    return !numbers.isPossible && !spelled.isPossible && !dates.isPossible;
  }

  /** Its categories, as long as they are few enough to be ones. */
  get categoryTexts(): readonly string[] {
    return [...this.categories.keys()];
  }

  /** How many cells have a category. */
  rowsOf(category: string): number {
    return this.categories.get(category) ?? 0;
  }

  /** @param rows how many cells have this text. */
  add(text: string, rows = 1): void {
    const { grammar } = this.plan;
    if (grammar.isMissing(text)) {
      this.given.add(text, rows);
      return;
    }
    const trimmed = text.trim();
    this.presentRows += rows;
    if (this.canBeBooleans && parseBoolean(trimmed) === undefined) this.canBeBooleans = false;
    if (this.categories.size <= CATEGORY_LIMIT) {
      const category = grammar.category(text);
      this.categories.set(category, (this.categories.get(category) ?? 0) + rows);
    }
    // Most texts of ids and of free text end here.
    if (this.areWords) return;
    if (isDefaultMarker(trimmed)) {
      this.markers.add(text, rows);
      return;
    }
    if (this.numbers.isPossible) this.addNumber(text, trimmed, rows);
    if (this.spelled.isPossible) this.addSpelled(trimmed, rows);
    if (this.dates.isPossible) put(this.dates, grammar.parseDate(text) !== undefined, trimmed, rows);
  }

  decide(): DecidedKind {
    const { kind } = this.plan;
    const isBoolean = this.canBeBooleans;
    const decided = (as: DeclaredKind, format?: CellFormat, ...findings: readonly Finding[]): DecidedKind => {
      const isNumbers = as === "numeric" || as === "date";
      return {
        kind: as,
        isBoolean,
        format,
        markers: [...this.given.texts, ...(isNumbers ? this.markers.texts : [])],
        findings: [
          ...this.given.findings(this.presentRows),
          ...(isNumbers ? this.markers.findings(this.presentRows) : []),
          ...findings,
        ],
      };
    };
    if (kind !== undefined) return decided(kind);
    const { numbers, spelled, dates } = this;
    if (numbers.oddRows === 0 && (this.hasFinite || !this.hasInfinite)) {
      const { compact } = this;
      return compact.areDates
        ? decided("date", { dateFormat: COMPACT_FORM }, ...compact.findings())
        : decided("numeric", undefined, ...compact.findings());
    }
    const format = this.spelledFormat();
    if (format !== undefined) return decided("numeric", format, ...this.foundSpelling(format, spelled));
    if (dates.oddRows === 0 && dates.rows > 0) return decided("date");
    const { size } = this.categories;
    const isText = size > CATEGORY_LIMIT || (size > FEW_CATEGORIES && size > this.presentRows / 2);
    return decided(isText ? "text" : "categorical", undefined, ...this.foundOdd());
  }

  private addNumber(text: string, trimmed: string, rows: number): void {
    const value = this.plan.grammar.parseNumber(text);
    const isInfinite = value !== undefined && Math.abs(value) === Infinity;
    if (isInfinite) this.hasInfinite = true;
    else if (value !== undefined) this.hasFinite = true;
    if (value !== undefined && !Number.isNaN(value)) this.compact.add(value, rows, trimmed);
    put(this.numbers, value !== undefined, trimmed, rows);
  }

  private addSpelled(trimmed: string, rows: number): void {
    const number = spelledNumber(trimmed);
    const isNumber = number !== undefined && !number.isIdLike;
    put(this.spelled, isNumber, trimmed, rows);
    if (isNumber) this.countSigns(number, rows);
  }

  private countSigns(
    { value, currency, isPercent, isGrouped, isCertain }: SpelledNumber,
    rows: number,
  ): void {
    if (currency !== undefined) this.currencies.add(currency);
    if (isPercent) this.percents += rows;
    else if (value !== 0) this.nonPercents += rows;
    if (isGrouped) this.isGrouped = true;
    if (isCertain) this.isCertain = true;
  }

  /** How all cells are written, where they agree and it is certain. */
  private spelledFormat(): CellFormat | undefined {
    const { spelled, currencies, percents, nonPercents, isGrouped, isCertain } = this;
    const given = this.plan.grammar.format ?? {};
    const isGiven = [given.decimal, given.thousands, given.currency, given.percent].some(
      (each) => each !== undefined,
    );
    if (isGiven || spelled.oddRows > 0 || spelled.rows === 0) return undefined;
    if (currencies.size > 1 || (percents > 0 && nonPercents > 0) || (isGrouped && !isCertain))
      return undefined;
    const [currency] = currencies;
    // Numbers in an unusual spelling only, such as `5.`, may be codes.
    if (!isGrouped && currency === undefined && percents === 0) return undefined;
    return {
      ...(isGrouped ? { thousands: "," } : {}),
      ...(currency === undefined ? {} : { currency }),
      ...(percents > 0 ? { percent: true } : {}),
    };
  }

  private foundSpelling({ currency, percent, thousands }: CellFormat, tally: Tally): Finding[] {
    if (currency !== undefined) {
      const what = ` in ${currency}${thousands === undefined ? "" : ", with thousands"}`;
      return [{ ...this.finding("money", tally), what }];
    }
    if (percent === true) return [this.finding("percent", tally)];
    return thousands === undefined ? [] : [this.finding("thousands", tally)];
  }

  /** What is odd about a column of words: numbers or dates but for some cells, or in another form. */
  private foundOdd(): Finding[] {
    const { numbers, spelled, dates, presentRows, plan } = this;
    const currencies = this.foundCurrencies();
    if (currencies !== undefined) return [currencies];
    const alike = looksLike(this.categories, presentRows, plan.grammar.format);
    // A form that reads every cell leaves none that is odd.
    if (alike[0]?.cells === presentRows) return alike;
    for (const [tally, what, kind] of [
      [numbers, "number", "numeric"],
      [spelled, "number", "numeric"],
      [dates, "date", "date"],
    ] as const) {
      if (!tally.isPossible || tally.rows <= tally.oddRows || tally.oddRows === 0) continue;
      const { oddRows: cells, firstOdd: example } = tally;
      return [
        {
          kind: "odd-cells",
          cells,
          present: tally.rows + cells,
          example,
          what,
          remedy: { marker: example, kind },
        },
      ];
    }
    return alike;
  }

  private foundCurrencies(): Finding | undefined {
    const { spelled, currencies } = this;
    if (!spelled.isPossible || spelled.oddRows > 0 || currencies.size < 2) return undefined;
    const what = [...currencies].map((each) => JSON.stringify(each)).join(", ");
    return { ...this.finding("currencies", spelled), what };
  }

  private finding(kind: Finding["kind"], tally: Tally): Finding {
    return { kind, cells: tally.rows, present: this.presentRows, example: tally.first };
  }
}

function newTally(): Tally {
  return { isPossible: true, rows: 0, texts: 0, oddRows: 0, oddTexts: 0, firstOdd: "", first: "" };
}

function put(tally: Tally, isReadable: boolean, text: string, rows: number): void {
  if (isReadable) {
    if (tally.texts++ === 0) tally.first = text;
    tally.rows += rows;
    return;
  }
  if (tally.oddTexts++ === 0) tally.firstOdd = text;
  tally.oddRows += rows;
  // Depends on texts in their order only, so that a column in chunks is decided as one in memory.
  if (tally.oddTexts > MOST_ODD_TEXTS && tally.oddTexts > tally.texts) tally.isPossible = false;
}
