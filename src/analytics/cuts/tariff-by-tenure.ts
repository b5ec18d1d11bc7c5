import { rateOf } from "../months/month-figures.js";
import type { FactsQuery } from "../query/facts-query.js";
import type { Frame } from "./frame.js";

/** Churn of one tariff in one tenure band. */
export interface TariffByTenure {
  /** Null where it is not known. */
  readonly tariff: string | null;
  readonly band: string;
  readonly base: number;
  readonly left: number;
  /** `left / base`; null without a base, above 1 where more left than were there at the beginning. */
  readonly rate: number | null;
}

/** Base and leavers of several cells together, and the rate of them. */
export interface CellSum {
  readonly base: number;
  readonly left: number;
  readonly rate: number | null;
}

/** The sums of {@link TariffByTenure} by tariff, by band, and of all. */
export interface TariffByTenureTotals {
  readonly tariffs: readonly (CellSum & { readonly tariff: string | null })[];
  readonly bands: readonly (CellSum & { readonly band: string })[];
  readonly all: CellSum;
}

/** Each tariff's own rate, and each band's. */
export function totalsOf(cells: readonly TariffByTenure[]): TariffByTenureTotals {
  const sumOf = (own: readonly TariffByTenure[]): CellSum => {
    const base = own.reduce((sum, each) => sum + each.base, 0);
    const left = own.reduce((sum, each) => sum + each.left, 0);
    return { base, left, rate: rateOf(left, base) };
  };
  const [tariffs, bands] = [
    new Set(cells.map(({ tariff }) => tariff)),
    new Set(cells.map(({ band }) => band)),
  ];
  return {
    tariffs: [...tariffs].map((tariff) => ({
      tariff,
      ...sumOf(cells.filter((each) => each.tariff === tariff)),
    })),
    bands: [...bands].map((band) => ({ band, ...sumOf(cells.filter((each) => each.band === band)) })),
    all: sumOf(cells),
  };
}

/** Every tariff, the largest first, by every tenure band that any tariff has, also where it has no subscriber. */
export async function tariffByTenure(
  query: FactsQuery,
  { name, columnOf }: Frame,
  bands: readonly string[],
): Promise<TariffByTenure[]> {
  const counts = await query.rows<Omit<TariffByTenure, "rate">>(
    [
      `SELECT ${columnOf("tariff")} AS tariff, ${columnOf("tenure")} AS band, sum(in_base) AS base, sum(times_left) AS "left"`,
      `FROM ${name} GROUP BY 1, 2 ORDER BY 1, 2`,
    ].join("\n"),
  );
  const tariffs = new Map<string | null, Map<string, { base: number; left: number }>>();
  for (const { tariff, band, base, left } of counts) {
    const cells = tariffs.get(tariff) ?? new Map();
    tariffs.set(tariff, cells.set(band, { base, left }));
  }
  const used = bands.filter((band) => counts.some((count) => count.band === band));
  const sizeOf = (cells: ReadonlyMap<string, { base: number }>) =>
    [...cells.values()].reduce((sum, { base }) => sum + base, 0);
  return [...tariffs]
    .sort(([, a], [, b]) => sizeOf(b) - sizeOf(a))
    .flatMap(([tariff, cells]) =>
      used.map((band) => {
        const { base, left } = cells.get(band) ?? { base: 0, left: 0 };
        return { tariff, band, base, left, rate: rateOf(left, base) };
      }),
    );
}
