import type { ExplanationFacts, FeatureFacts } from "../facts/feature-facts.js";

/** A reason before it is a sentence. */
export interface ChosenReason {
  /** The feature that is told. */
  readonly position: number;
  /** It, and those that say about the same, without those that must not be named. */
  readonly members: readonly number[];
  /** Of all that say about the same. */
  readonly contribution: number;
  readonly actionable: boolean;
}

/** A contribution below as many of its standard errors is noise. */
const LEAST_ERRORS = 2;

function mayBeTold({ sensitive, isReason }: FeatureFacts): boolean {
  return sensitive !== true && isReason !== false;
}

/**
 * The largest contributions that raise the risk, of which those that can be acted on come first. Features that say about the
 * same are one reason with the sum of their contributions, told of the largest; sensitive features are never told, and
 * contributions within the spread of the fold models are none. Reasons of several families go before several of one.
 */
export function chooseReasons(
  contributions: Float64Array,
  facts: ExplanationFacts,
  alikeTo: readonly (readonly number[])[],
  most: number,
  familyOf: (position: number) => string | undefined,
): ChosenReason[] {
  const order = Array.from(contributions.keys()).sort((a, b) => contributions[b] - contributions[a]);
  const isTaken = new Uint8Array(contributions.length);
  const found: ChosenReason[] = [];
  for (const first of order) {
    if (!(contributions[first] > 0)) break;
    if (isTaken[first] === 1) continue;
    const members = [first, ...alikeTo[first].filter((other) => isTaken[other] === 0)];
    for (const member of members) isTaken[member] = 1;
    const told = members
      .filter((member) => contributions[member] > 0 && mayBeTold(facts.features[member]))
      .reduce((best, each) => (best < 0 || contributions[each] > contributions[best] ? each : best), -1);
    const contribution = members.reduce((sum, member) => sum + contributions[member], 0);
    const variance = members.reduce((sum, member) => sum + facts.features[member].noise ** 2, 0);
    if (told < 0 || !(contribution > LEAST_ERRORS * Math.sqrt(variance))) continue;
    const actionable = members.some((member) => facts.features[member].actionable === true);
    const named = members.filter((member) => mayBeTold(facts.features[member]));
    found.push({ position: told, members: named, contribution, actionable });
  }
  const strongest = spreadOverFamilies(found, most, familyOf);
  return [
    ...strongest.filter(({ actionable }) => actionable),
    ...strongest.filter(({ actionable }) => !actionable),
  ];
}

/** What a further reason of a family is worth beside those that are told: half, then a quarter. */
const OF_SAME_FAMILY = 0.5;

/** The strongest reasons, each worth less the more of its family are told before: three of one kind say less than three of three. */
function spreadOverFamilies(
  reasons: readonly ChosenReason[],
  most: number,
  familyOf: (position: number) => string | undefined,
): ChosenReason[] {
  const left = [...reasons];
  const told = new Map<string, number>();
  const chosen: ChosenReason[] = [];
  const worthOf = ({ position, contribution }: ChosenReason) =>
    contribution * OF_SAME_FAMILY ** (told.get(familyOf(position) ?? "") ?? 0);
  while (left.length > 0 && chosen.length < most) {
    const best = left.reduce((first, each) => (worthOf(each) > worthOf(first) ? each : first));
    left.splice(left.indexOf(best), 1);
    chosen.push(best);
    const family = familyOf(best.position);
    if (family !== undefined) told.set(family, (told.get(family) ?? 0) + 1);
  }
  return chosen.sort((a, b) => b.contribution - a.contribution);
}
