/** How far apart a column's segments are treated. Null where fewer than two segments can be compared. */
export interface GroupParity {
  /** The largest share flagged less the smallest. */
  readonly demographicParityDifference: number | null;
  /** The smallest share flagged divided by the largest; null where none is flagged. */
  readonly demographicParityRatio: number | null;
  /** The larger of the differences between the largest and the smallest true positive rate, and false positive rate. */
  readonly equalizedOddsDifference: number | null;
  /** The smaller of the ratios of the smallest to the largest true positive rate, and false positive rate. */
  readonly equalizedOddsRatio: number | null;
}

/** A rate of a segment and how many rows it is the share of. */
interface CountedRate {
  readonly value: number;
  readonly of: number;
}

/** The rates of one column's segments, those of each kind. */
export interface RatesToCompare {
  readonly flagged: readonly CountedRate[];
  readonly truePositiveRate: readonly CountedRate[];
  readonly falsePositiveRate: readonly CountedRate[];
}

/** As fairlearn has them (Bird et al. 2020), of rates that are the share of at least so many rows. */
export function parityOf(rates: RatesToCompare, leastRows: number): GroupParity {
  const flagged = extremesOf(rates.flagged, leastRows);
  const truePositive = extremesOf(rates.truePositiveRate, leastRows);
  const falsePositive = extremesOf(rates.falsePositiveRate, leastRows);
  const areBoth = truePositive !== null && falsePositive !== null;
  const ratios = areBoth ? [ratioOf(truePositive), ratioOf(falsePositive)] : [];
  const known = ratios.filter((ratio) => ratio !== null);
  return {
    demographicParityDifference: flagged && flagged.largest - flagged.smallest,
    demographicParityRatio: flagged && ratioOf(flagged),
    equalizedOddsDifference: areBoth
      ? Math.max(truePositive.largest - truePositive.smallest, falsePositive.largest - falsePositive.smallest)
      : null,
    equalizedOddsRatio: known.length === 0 ? null : Math.min(...known),
  };
}

interface Extremes {
  readonly smallest: number;
  readonly largest: number;
}

function extremesOf(rates: readonly CountedRate[], leastRows: number): Extremes | null {
  let compared = 0;
  let smallest = Number.POSITIVE_INFINITY;
  let largest = Number.NEGATIVE_INFINITY;
  for (const { value, of } of rates) {
    if (of < leastRows) continue;
    compared++;
    if (value < smallest) smallest = value;
    if (value > largest) largest = value;
  }
  return compared < 2 ? null : { smallest, largest };
}

function ratioOf({ smallest, largest }: Extremes): number | null {
  return largest === 0 ? null : smallest / largest;
}
