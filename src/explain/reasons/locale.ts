import type { ChangeStep, ShownValue } from "../explanation.js";

/** What a sentence is made of. */
export interface SentenceParts {
  readonly column: string;
  readonly kind: "numeric" | "categorical" | "date";
  readonly value: ShownValue;
  readonly description?: string | undefined;
  readonly unit?: string | undefined;
  /** The median of the training rows. */
  readonly typical?: number | undefined;
  /** The share of training rows that left, among those with a similar value and among all; undefined where it is not known. */
  readonly rates?: { readonly like: number; readonly all: number } | undefined;
  /** Whether nowhere else as many left. */
  readonly isRiskiest: boolean;
}

/** The words of a language of reasons; numbers come as texts. */
export interface Locale {
  /** A description of a feature, which is written in English. */
  described(description: string): string;
  /** `tenure is 2` */
  isOf(column: string, value: string): string;
  missing(column: string): string;
  /** `complaints in the last three months: 2` */
  told(description: string, value: string): string;
  readonly unknown: string;
  readonly yes: string;
  readonly no: string;
  /** A number with its unit, where that is shown. */
  counted(number: string, unit: string | undefined): string;
  monthOfLife(month: string): string;
  /** Behind a month of life in which most leave. */
  readonly riskiest: string;
  /** @param isAhead whether it is still to come. */
  contractEnd(months: string, isAhead: boolean): string;
  asHigh(what: string, against: string): string;
  times(what: string, ratio: string, against: string): string;
  changedBy(what: string, share: string, against: string, isRise: boolean): string;
  swings(what: string, share: string): string;
  /** Behind a value: what is usual. */
  typically(usual: string): string;
  /** Behind a value: the shares that left of those like this, and of all. */
  leaveMoreOften(like: string, all: string): string;
  /** Behind a value that the training rows do not show to be risky. */
  readonly withOthers: string;
  /** What the model would say of a changed row. */
  changed(steps: readonly ChangeStep[], probability: number, tier: string): string;
  /** That there is no change. */
  readonly unchanged: Readonly<Record<WhyUnchanged, string>>;
}

/** Why no change is proposed. */
export type WhyUnchanged = "lowest tier" | "nothing actionable" | "none found" | "no reference";

/** A cell in a sentence. */
export function shownCell(value: ShownValue): string {
  return typeof value === "number" ? shownNumber(value) : (value ?? "–");
}

/** Made once: making one takes longer than all else of a reason. */
const WHOLE = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

/** A number that people read: three digits, or all before the point. */
export function shownNumber(value: number): string {
  if (Number.isInteger(value) || Math.abs(value) >= 100) return WHOLE.format(value);
  if (Math.abs(value) < 0.001) return String(Number(value.toPrecision(2)));
  return String(Number(value.toPrecision(3)));
}

/** 43%, 0.4% */
export function shownShare(share: number): string {
  const percent = share * 100;
  return `${Math.abs(percent) >= 10 || Number.isInteger(percent) ? percent.toFixed(0) : Number(percent.toPrecision(2))}%`;
}

/** What swings, of descriptions such as `"swings of minutes, as a share of its mean"`, in either language. */
export function swingingIn(description: string): string | undefined {
  return /^(?:swings of )?(.+?)(?:, as a share of its mean|波动幅度（占均值）)$/u.exec(description)?.[1];
}

/** Both sides of a comparison: `"minutes of the last month"` and `"the mean"`. */
export function comparedIn(description: string): readonly [what: string, against: string] | undefined {
  const parts = description.split(" against ");
  return parts.length === 2 ? [parts[0], parts[1]] : undefined;
}
