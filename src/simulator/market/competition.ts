import { createRandom } from "../../random.js";
import { monthOfYear } from "../calendar.js";
import { REGION_WEIGHTS, type Region } from "./catalogue.js";
import type { Shocks } from "./shocks.js";

/** March, September, November. */
const CAMPAIGN_MONTHS: readonly number[] = [2, 8, 10];
const CAMPAIGN_EFFECT: Readonly<Record<Region, number>> = {
  north: 0.4,
  east: 0.55,
  south: 0.55,
  west: 0.3,
  capital: 0.8,
};
const WAR_MONTHS = 4;
const WAR = 0.8;
const ENTRY = 1.1;
const ENTRANT_STAYS = 0.4;
const ENTRY_FADES = 12;

/** What competitors add to the log-odds of leaving, by region and month. */
export interface Competition {
  effect(region: Region, month: number): number;
  isCampaign(month: number): boolean;
  /** The region of the new competitor, if one comes. */
  readonly entryRegion: Region | undefined;
}

export function createCompetition(seed: number, shocks: Shocks): Competition {
  const regions = Object.keys(REGION_WEIGHTS) as Region[];
  const drawn = regions[createRandom(seed, "entrant").integer(regions.length)];
  const entryRegion = shocks.newCompetitor === undefined ? undefined : drawn;
  return {
    entryRegion,
    isCampaign,
    effect(region, month) {
      const campaign = isCampaign(month) ? CAMPAIGN_EFFECT[region] : 0;
      const ofWar = month - (shocks.priceWar ?? Number.NaN);
      const war = ofWar >= 0 && ofWar < WAR_MONTHS ? WAR : 0;
      const present = region === entryRegion ? month - Number(shocks.newCompetitor) : -1;
      const fades = Math.max(0, 1 - present / ENTRY_FADES);
      return campaign + war + (present >= 0 ? ENTRANT_STAYS + (ENTRY - ENTRANT_STAYS) * fades : 0);
    },
  };
}

function isCampaign(month: number): boolean {
  return CAMPAIGN_MONTHS.includes(monthOfYear(month));
}
