import { createRandom } from "../../random.js";
import { weightedChoice } from "../draws.js";
import { REGION_WEIGHTS, type Region } from "../market/catalogue.js";

export type GroupKind = "none" | "family" | "corporate";

/** Subscribers who belong together: a family plan or a corporate account; of kind `none`, a single subscriber. */
export interface SubscriberGroup {
  readonly kind: GroupKind;
  readonly position: number;
  /** Position of the first member; the others follow without a gap. The first member of a family is its head: where this one goes, the others may follow. */
  readonly firstMember: number;
  readonly size: number;
  readonly region: Region;
  /** Months from the first recorded one to the end of a corporate account's first contract. */
  readonly contractMonths: number;
}

const KIND_WEIGHTS = { none: 0.815, family: 0.17, corporate: 0.015 } as const;
const SIZES = { none: [1, 1], family: [2, 5], corporate: [5, 20] } as const;

/** The groups of the first `subscribers` positions, each from a separate random stream; the last may extend beyond them. */
export function* groupSequence(
  subscribers: number,
  seed: number,
): Generator<SubscriberGroup, void, undefined> {
  let firstMember = 0;
  for (let position = 0; firstMember < subscribers; position++) {
    const random = createRandom(seed, "group", position);
    const kind = weightedChoice(KIND_WEIGHTS, random);
    const [smallest, largest] = SIZES[kind];
    const size = smallest + random.integer(largest - smallest + 1);
    const region = weightedChoice(REGION_WEIGHTS, random);
    yield { kind, position, firstMember, size, region, contractMonths: 1 + random.integer(24) };
    firstMember += size;
  }
}

/** `F0000012` for a family, `C0000012` for a corporate account. */
export function groupId({ kind, position }: SubscriberGroup): string {
  return `${kind === "family" ? "F" : "C"}${String(position + 1).padStart(7, "0")}`;
}

const ACCOUNT_TERM = 24;
/** An account that has not left this many months after the end of its contract signs another one. */
const ACCOUNT_UNDECIDED_MONTHS = 3;

/** The month before whose first day the contract of a corporate account ends or ended, as of a month. */
export function accountContractEnd(group: SubscriberGroup, firstMonth: number, month: number): number {
  let end = firstMonth + group.contractMonths;
  while (month >= end + ACCOUNT_UNDECIDED_MONTHS) end += ACCOUNT_TERM + ACCOUNT_UNDECIDED_MONTHS;
  return end;
}
