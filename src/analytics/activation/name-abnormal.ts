import { benjaminiHochberg } from "../statistics/benjamini-hochberg.js";
import { negativeBinomialAtLeast } from "../statistics/negative-binomial.js";
import { type ExpectedCount, medianSpread, spreadBetween } from "./spread-between.js";

/** The counts of a dealer or tariff. */
export interface UnitCounts {
  readonly unit: string;
  readonly activations: number;
  readonly unused: number;
  readonly silent: number;
}

/** How many cards of a unit would have each mark if they were like those of peers. */
export interface ExpectedCounts {
  readonly unused: number;
  readonly silent: number;
}

/** A unit with its tests. */
export interface TestedUnit extends UnitCounts {
  readonly expected: ExpectedCounts;
  readonly pUnused: number;
  readonly pSilent: number;
  readonly p: number;
  readonly q: number;
  readonly isNamed: boolean;
}

/** What is asked of a unit to be named. */
export interface NamingRules {
  readonly falseDiscoveryRate: number;
  /** The least spread between units that is assumed, the squared coefficient of variation of their means. */
  readonly leastSpread: number;
}

/** A unit stands out in a mark with so many cards or more, */
const LEAST_CARDS = 5;
/** of so many times what is expected, */
const LEAST_RATIO = 2;
/** and beyond that by such a share of its activations. */
const LEAST_EXCESS = 0.03;

/**
 * Names the units whose cards are unused and silent more often than those of peers. Each mark is tested by itself, see
 * {@link tailsOf}; the larger p-value counts.
 * @param expectedOf the counts that are expected of each unit where the given ones are no peers of others.
 */
export async function nameAbnormal(
  units: readonly UnitCounts[],
  expectedOf: ExpectedOf,
  rules: NamingRules,
): Promise<readonly TestedUnit[]> {
  const [unused, silent] = [
    await tailsOf("unused", units, expectedOf, rules),
    await tailsOf("silent", units, expectedOf, rules),
  ];
  const tested = units.map((unit, i) => ({
    ...unit,
    expected: { unused: unused[i].expected, silent: silent[i].expected },
    pUnused: unused[i].p,
    pSilent: silent[i].p,
    p: Math.max(unused[i].p, silent[i].p),
  }));
  const q = benjaminiHochberg(tested.map(({ p }) => p));
  return tested.map((unit, i) => ({
    ...unit,
    q: q[i],
    isNamed: q[i] <= rules.falseDiscoveryRate && MARKS.every((mark) => isMaterial(countOf(unit, mark))),
  }));
}

const MARKS = ["unused", "silent"] as const;
type Mark = (typeof MARKS)[number];

type ExpectedOf = (excluded: ReadonlySet<string>) => Promise<ReadonlyMap<string, ExpectedCounts>>;

/** What is expected of a unit, and the probability of its count or more. */
interface Tail {
  readonly expected: number;
  readonly p: number;
}

/**
 * The p-values of one mark. Where several units stand out, their cards must not hide each other: at first the half with the fewest
 * marked cards, relative to what is expected, is the peers; then all that do not stand out, until no more units become peers
 * (a forward search: Atkinson and Riani 2000). Units only become peers, so that it ends.
 */
async function tailsOf(
  mark: Mark,
  units: readonly UnitCounts[],
  expectedOf: ExpectedOf,
  { falseDiscoveryRate, leastSpread }: NamingRules,
): Promise<readonly Tail[]> {
  const countsWithout = async (excluded: ReadonlySet<string>) => {
    const expected = await expectedOf(excluded);
    return units.map(({ unit, activations, [mark]: observed }) => ({
      unit,
      activations,
      observed,
      expected: expected.get(unit)?.[mark] ?? Number.MIN_VALUE,
    }));
  };
  const ratios = (await countsWithout(new Set()))
    .map(({ unit, observed, expected }) => ({ unit, ratio: (observed + 0.5) / (expected + 0.5) }))
    .sort((a, b) => b.ratio - a.ratio || (a.unit < b.unit ? -1 : 1));
  let outliers: ReadonlySet<string> = new Set(
    ratios.slice(0, Math.floor(units.length / 2)).map(({ unit }) => unit),
  );
  for (let isFirst = true; ; isFirst = false) {
    const counts = await countsWithout(outliers);
    // The first peers are chosen for having few, so that their spread says nothing about that of others.
    const ofPeers = isFirst ? 0 : spreadBetween(counts.filter(({ unit }) => !outliers.has(unit)));
    const spread = Math.max(leastSpread, ofPeers, medianSpread(counts));
    const p = counts.map(({ observed, expected }) =>
      negativeBinomialAtLeast({ mean: expected, size: 1 / spread }, observed),
    );
    const q = benjaminiHochberg(p);
    const standOut = counts.filter(
      (count, i) => q[i] <= falseDiscoveryRate && isMaterial(count) && (isFirst || outliers.has(count.unit)),
    );
    if (!isFirst && standOut.length === outliers.size) {
      return counts.map(({ expected }, i) => ({ expected, p: p[i] }));
    }
    outliers = new Set(standOut.map(({ unit }) => unit));
  }
}

function countOf(unit: UnitCounts & { readonly expected: ExpectedCounts }, mark: Mark): Count {
  return { activations: unit.activations, observed: unit[mark], expected: unit.expected[mark] };
}

interface Count extends ExpectedCount {
  readonly activations: number;
}

function isMaterial({ observed, expected, activations }: Count): boolean {
  return (
    observed >= LEAST_CARDS &&
    observed >= LEAST_RATIO * expected &&
    observed - expected >= LEAST_EXCESS * activations
  );
}
