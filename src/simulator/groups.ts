import { createRandom } from "../random.js";
import { weightedChoice } from "./draws.js";

export type GroupKind = "none" | "family" | "corporate";

/** Subscribers who belong together: a family plan or a corporate account; of kind none, one subscriber alone. */
export interface SubscriberGroup {
  readonly kind: GroupKind;
  /** Positions of the members, rising and without a gap. */
  readonly members: readonly number[];
}

const KIND_WEIGHTS = { none: 0.815, family: 0.17, corporate: 0.015 } as const;
const SIZES = { none: [1, 1], family: [2, 5], corporate: [5, 20] } as const;

/**
 * Puts `subscribers` positions into groups, each drawn from its own stream: with more subscribers, all groups but the
 * last stay as they were.
 */
export function drawGroups(subscribers: number, seed: number): SubscriberGroup[] {
  const groups: SubscriberGroup[] = [];
  for (let first = 0; first < subscribers; ) {
    const random = createRandom(seed, "group", groups.length);
    const kind = weightedChoice(KIND_WEIGHTS, random);
    const [smallest, largest] = SIZES[kind];
    const size = Math.min(smallest + random.integer(largest - smallest + 1), subscribers - first);
    groups.push({ kind, members: Array.from({ length: size }, (_, i) => first + i) });
    first += size;
  }
  return groups;
}
