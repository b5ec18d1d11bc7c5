import { createRandom } from "../../random.js";
import { firstDayOf } from "../../table/calendar.js";
import { poissonCount } from "../draws.js";
import type { Region } from "../market/catalogue.js";

/** An outage of the network in a region. */
export interface Outage {
  /** Days since 1970-01-01. */
  readonly day: number;
  readonly hours: number;
}

/** Outages by region and month, the same for all subscribers of a region. */
export interface Network {
  /** None in most months. */
  outages(region: Region, month: number): readonly Outage[];
}

const OUTAGE_RATE = 0.35;
const HOURS = [2, 12] as const;

/**
 * The network of an operator, each region and month from a separate random stream.
 * @param future the number of a simulated future, which has other outages. Default: the recorded history.
 */
export function createNetwork(seed: number, future?: number): Network {
  const known = new Map<Region, Map<number, readonly Outage[]>>();
  const futureKeys = future === undefined ? [] : [future];
  return {
    outages(region, month) {
      const months = known.get(region) ?? new Map<number, readonly Outage[]>();
      known.set(region, months);
      let outages = months.get(month);
      if (outages === undefined) {
        const random = createRandom(seed, "outage", region, month, ...futureKeys);
        const first = firstDayOf(month);
        const days = firstDayOf(month + 1) - first;
        outages = Array.from({ length: poissonCount(OUTAGE_RATE, random) }, () => ({
          day: first + random.integer(days),
          hours: HOURS[0] + random.integer(HOURS[1] - HOURS[0] + 1),
        }));
        months.set(month, outages);
      }
      return outages;
    },
  };
}
