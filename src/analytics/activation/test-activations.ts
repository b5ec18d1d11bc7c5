import type { FactsQuery } from "../query/facts-query.js";
import type { TestedActivations } from "./activation-result.js";
import { evidenceOf } from "./evidence.js";
import { type Comparison, countsOfUnits, expectedCounts, makeCells } from "./expected-counts.js";
import { LEAST_ACTIVATIONS, LEAST_UNITS } from "./missing-activations.js";
import { nameAbnormal } from "./name-abnormal.js";

/** How units are compared. */
export interface ActivationTest extends Comparison {
  readonly falseDiscoveryRate: number;
  /** The least spread between honest units that is assumed, as a squared coefficient of variation. */
  readonly leastSpread: number;
  readonly followedTo: number;
}

/** Units with their tests, the named ones first, and how many have too few activations. */
export interface ActivationTests {
  readonly tested: readonly (TestedActivations & { readonly unit: string })[];
  readonly tooFew: number;
}

/** Tests all dealers, or all tariffs, by the marks of their cards. */
export async function testActivations(
  query: FactsQuery,
  test: ActivationTest,
  phase: string,
): Promise<ActivationTests> {
  await makeCells(query, test, phase);
  const all = await countsOfUnits(query);
  const units = all.filter(({ activations }) => activations >= LEAST_ACTIVATIONS);
  const tooFew = all.length - units.length;
  if (units.length < LEAST_UNITS) return { tested: [], tooFew };
  const tested = await nameAbnormal(units, (excluded) => expectedCounts(query, excluded), test);
  const named = tested.filter(({ isNamed }) => isNamed).map(({ unit }) => unit);
  const evidence = await evidenceOf(query, { ...test, named });
  const rows = tested.map(
    ({ unit, activations, unused, silent, expected, pUnused, pSilent, p, q, isNamed }) => ({
      unit,
      activations,
      unused: { cards: unused, expected: expected.unused, p: pUnused },
      silent: { cards: silent, expected: expected.silent, p: pSilent },
      p,
      q,
      isNamed,
      evidence: evidence.get(unit) ?? null,
    }),
  );
  rows.sort((a, b) => Number(b.isNamed) - Number(a.isNamed) || a.p - b.p || b.silent.cards - a.silent.cards);
  return { tested: rows, tooFew };
}
