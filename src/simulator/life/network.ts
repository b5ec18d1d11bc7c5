import { createRandom } from "../../random.js";
import type { Region } from "../catalogue.js";

/** Outages by region and month, the same for all subscribers of a region. */
export interface Network {
  /** Hours of outage in the region in the month; 0 in most months. */
  outageHours(region: Region, month: number): number;
}

const OUTAGE_PROBABILITY = 0.3;

/**
 * The network of an operator, each region and month from a separate random stream.
 * @param future the number of a simulated future, which has other outages. Default: the recorded history.
 */
export function createNetwork(seed: number, future?: number): Network {
  const known = new Map<string, number>();
  const futureKeys = future === undefined ? [] : [future];
  return {
    outageHours(region, month) {
      const key = `${region} ${month}`;
      let hours = known.get(key);
      if (hours === undefined) {
        const random = createRandom(seed, "outage", region, month, ...futureKeys);
        hours = random.next() < OUTAGE_PROBABILITY ? 2 + random.integer(11) : 0;
        known.set(key, hours);
      }
      return hours;
    },
  };
}
