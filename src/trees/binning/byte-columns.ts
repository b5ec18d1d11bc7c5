/** Values of a byte. */
const MOST_COLUMN_BINS = 256;

/** How a feature's bin is read from a row's bytes: ⌊byte / divisor⌋ modulo its number of bins. */
export interface PlaceInColumn {
  readonly column: number;
  readonly divisor: number;
  /** Values that the column's byte takes: the product of the bins of all features in it. */
  readonly columnBins: number;
}

/**
 * Puts features with few bins together into byte columns while the product of their bins fits a byte: largest first,
 * each into the first column with room. The time of a histogram grows with the number of columns.
 * @param bins of each feature, 1 to 256.
 */
export function placeInColumns(bins: readonly number[]): { places: PlaceInColumn[]; columnCount: number } {
  const products: number[] = [];
  const places: { column: number; divisor: number }[] = [];
  const byBins = [...bins.keys()].sort((a, b) => bins[b] - bins[a] || a - b);
  for (const feature of byBins) {
    const found = products.findIndex((product) => product * bins[feature] <= MOST_COLUMN_BINS);
    const column = found < 0 ? products.push(1) - 1 : found;
    places[feature] = { column, divisor: products[column] };
    products[column] *= bins[feature];
  }
  return {
    places: places.map((place) => ({ ...place, columnBins: products[place.column] })),
    columnCount: products.length,
  };
}
