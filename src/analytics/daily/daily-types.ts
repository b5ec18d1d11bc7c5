/** What happened on a day, and how many there were at its start. */
export interface DayFigures {
  /** Subscribers who were activated on the day. */
  readonly joins: number;
  /** Subscribers whose subscription ended on the day: the first day on which it no longer held. */
  readonly leaves: number;
  /** Subscribers at the start of the day: activated before it, and not ended before it. */
  readonly base: number;
  /** Payments of the day, and their sum to a ten-thousandth; null before the first payment of the history, and without that table. */
  readonly payments: { readonly count: number; readonly amount: number } | null;
}

/** The figures of a region. */
export interface RegionDay extends DayFigures {
  /** Null: not stated. */
  readonly region: string | null;
}

/** The figures of the head office: the sums over all regions. */
export interface HeadOfficeDay extends DayFigures {
  /** As `2026-02-03`. */
  readonly day: string;
}

/** What is judged and corrected. */
export type DailyMeasure = "joins" | "leaves" | "base" | "payments" | "amount";

/** A figure that is unlike those of the same weekday in the weeks before. */
export interface StandOut {
  /** As `2026-02-03`. */
  readonly day: string;
  readonly of: "region" | "head office";
  /** Null of the head office, and of subscribers without a region. */
  readonly region: string | null;
  readonly measure: Exclude<DailyMeasure, "base">;
  readonly value: number;
  /** What the same weekdays lead to expect, see {@link DailyOptions}. */
  readonly expected: number;
  /** Limits between which the figure would lie on 1 − `falseDiscoveryRate` of such days. */
  readonly low: number;
  readonly high: number;
  /** The figure of the same day of the month before (the last of a shorter one): bills and dues return by month. Null: not known. */
  readonly monthBefore: number | null;
  /** Whether the figure is like that of the month before: within a tenth of it, or no less likely by it than `falseDiscoveryRate`. */
  readonly returnsMonthly: boolean;
  /** The share of false alarms (Benjamini and Hochberg) among all figures of the day that stand out as much as this or more. */
  readonly q: number;
}

/** What the figures of a day were compared with. */
export interface Compared {
  /** The most same weekdays before it that any figure could be compared with. */
  readonly sameWeekdays: number;
  /** Figures that were judged, and figures with fewer than four same weekdays before them, which were not. */
  readonly judged: number;
  readonly notJudged: number;
}

/** A figure of an earlier day that facts changed which became known later. */
export interface DailyCorrection {
  /** The day that is corrected. */
  readonly day: string;
  readonly region: string | null;
  readonly measure: DailyMeasure;
  /** Null: not known before, or no longer. */
  readonly before: number | null;
  readonly after: number | null;
}

/** A day by region and for the head office, against the same weekdays of the weeks before. */
export interface DailyReport {
  /** As `2026-02-03`. */
  readonly day: string;
  /** By name; those without a region last. */
  readonly regions: readonly RegionDay[];
  readonly headOffice: HeadOfficeDay;
  /** The head office on the day and the days before it, up to 28. */
  readonly recentDays: readonly HeadOfficeDay[];
  /** The surest first. */
  readonly standsOut: readonly StandOut[];
  readonly compared: Compared;
  /** As it was asked for: the share of false alarms among what stands out is at most this. */
  readonly falseDiscoveryRate: number;
}

/** Why a history has no daily figures. */
export interface NoDailyReport {
  readonly missing: string;
}

/** How a day is compared with the same weekdays. */
export interface DailyOptions {
  /** The weeks before the day whose same weekday it is compared with. Default 8, at least 4. */
  readonly weeks?: number | undefined;
  /** The share of false alarms among what stands out, over all regions and measures of a day. Default 0.05. */
  readonly falseDiscoveryRate?: number | undefined;
}
