import { createRandom, type Random } from "../../random.js";
import { compareKeys, type RankedRows, type RankKey } from "./rank.js";

/** Keys that all searches together may keep. */
const KEPT_KEYS = 32_768;
/** Keys of one search, however many there are. */
const LEAST_KEPT = 1024;
/** How many standard errors of the sample a search leaves on either side of what it looks for. */
const STANDARD_ERRORS = 5;

/**
 * The keys of the rows at some ranks, exactly, in bounded memory. Each pass over the rows draws a sample of those among which
 * the key must be (Vitter's algorithm R, 1985), and the next one looks only between two keys of the sample that
 * enclose it (Floyd and Rivest 1975), until all that remain are in memory: two or three passes for a million rows, four for
 * a hundred million, and the same where all rows have the same probability, as no two keys are equal.
 * @param pass starts a new pass over the rows, always in the same order.
 * @param ranks from 1, rising, none above the number of rows.
 */
export async function keysAtRanks(
  pass: () => AsyncIterable<RankedRows>,
  ranks: readonly number[],
): Promise<RankKey[]> {
  const most = Math.max(LEAST_KEPT, Math.floor(KEPT_KEYS / Math.max(1, ranks.length)));
  const searches = ranks.map((rank) => new Search(rank, most));
  for (let open = searches; open.length > 0; open = open.filter(({ found }) => found === undefined)) {
    for (const search of open) search.begin();
    for await (const rows of pass()) for (const search of open) search.look(rows);
    for (const search of open) search.narrow();
  }
  return searches.map(({ found }) => found as RankKey);
}

/** The search for the key of one rank, which is behind `above`, and is `below` or before it. */
class Search {
  found: RankKey | undefined;
  private above: RankKey | undefined;
  private below: RankKey | undefined;
  /** What the limits were before: the sample may have led astray. */
  private wider: readonly [above: RankKey | undefined, below: RankKey | undefined] = [undefined, undefined];
  private before = 0;
  private inside = 0;
  private sample: RankKey[] = [];
  private readonly random: Random;

  constructor(
    private readonly rank: number,
    private readonly most: number,
  ) {
    this.random = createRandom(rank, "keys at ranks");
  }

  begin(): void {
    this.before = 0;
    this.inside = 0;
    this.sample = [];
  }

  /** A flat loop over amounts: more of a row is looked at only where its amount is that of a limit, and in the sample. */
  look(rows: RankedRows): void {
    const { amounts, rowCount } = rows;
    const { above, below } = this;
    const highest = above?.amount ?? Number.POSITIVE_INFINITY;
    const lowest = below?.amount ?? Number.NEGATIVE_INFINITY;
    for (let row = 0; row < rowCount; row++) {
      const amount = amounts[row];
      if (amount < lowest) continue;
      if (amount > highest) this.before++;
      else if (amount === highest && above !== undefined && rows.compare(row, above) <= 0) this.before++;
      else if (amount === lowest && below !== undefined && rows.compare(row, below) > 0) continue;
      else this.take(rows, row);
    }
  }

  private take(rows: RankedRows, row: number): void {
    this.inside++;
    if (this.sample.length < this.most) this.sample.push(rows.keyOf(row));
    else {
      const at = this.random.integer(this.inside);
      if (at < this.most) this.sample[at] = rows.keyOf(row);
    }
  }

  /** Finds the key, or sets limits for the next pass. */
  narrow(): void {
    const { rank, before, inside, sample } = this;
    const { above, below } = this;
    const [widerAbove, widerBelow] = this.wider;
    if (rank <= before) this.setLimits(widerAbove, above, [widerAbove, above]);
    else if (rank > before + inside) this.setLimits(below, widerBelow, [below, widerBelow]);
    else {
      sample.sort(compareKeys);
      if (inside === sample.length) this.found = sample[rank - before - 1];
      else {
        const share = (rank - before) / inside;
        const expected = share * sample.length;
        const error = STANDARD_ERRORS * (1 + Math.sqrt(sample.length * share * (1 - share)));
        const nextAbove = sample[Math.floor(expected - error)] ?? above;
        const nextBelow = sample[Math.ceil(expected + error)] ?? below;
        this.setLimits(nextAbove, nextBelow, [above, below]);
      }
    }
  }

  private setLimits(
    above: RankKey | undefined,
    below: RankKey | undefined,
    wider: readonly [RankKey | undefined, RankKey | undefined],
  ): void {
    this.above = above;
    this.below = below;
    this.wider = wider;
  }
}
