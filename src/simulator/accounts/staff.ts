import { createRandom } from "../../random.js";
import { endDayOf } from "../calendar.js";

/** Account managers: each place is held by one after the other, and each looks after many accounts. */
export const PLACES = 30;
/** Probability per month that a manager leaves, and that one who leaves tries to take the accounts along. */
const LEAVES = 1 / 30;
const TAKES_ALONG = 0.3;

/** That the manager of a place leaves on a day; a successor begins on it. */
export interface ManagerChange {
  readonly day: number;
  readonly takesAlong: boolean;
}

/** The changes of account managers, the same for all accounts of a place. */
export interface Staff {
  change(place: number, month: number): ManagerChange | undefined;
}

/** @param future the number of a simulated future, which has other changes. Default: the recorded history. */
export function createStaff(seed: number, future?: number): Staff {
  const known = new Map<number, ManagerChange | undefined>();
  const futureKeys = future === undefined ? [] : [future];
  return {
    change(place, month) {
      const key = month * PLACES + place;
      if (known.has(key)) return known.get(key);
      const random = createRandom(seed, "manager", place, month, ...futureKeys);
      const leaves = random.next() < LEAVES;
      const takesAlong = random.next() < TAKES_ALONG;
      const day = endDayOf(month, random.next());
      const change = leaves ? { day, takesAlong } : undefined;
      known.set(key, change);
      return change;
    },
  };
}

/** The changes of a future that begins on a day: those before the day have happened. */
export function staffFrom(day: number, past: Staff, future: Staff): Staff {
  return {
    change(place, month) {
      const happened = past.change(place, month);
      if (happened !== undefined && happened.day < day) return happened;
      const change = future.change(place, month);
      return change !== undefined && change.day >= day ? change : undefined;
    },
  };
}

/** `M01-1`: the first manager of place 1. */
export function managerId(place: number, generation: number): string {
  return `M${String(place + 1).padStart(2, "0")}-${generation + 1}`;
}
