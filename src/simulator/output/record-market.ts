import { firstDayOf } from "../../table/calendar.js";
import { CAUSE_MEANS, CAUSES } from "../departure/causes.js";
import { OFFER_NAMES, OFFERS } from "../market/offers.js";
import { priceRules } from "../market/prices.js";
import { feeFactor, SHOCK_NAMES, SHOCKS } from "../market/shocks.js";
import type { World } from "../world.js";
import type { FactLog } from "./fact-log.js";

/** Prices are known a year before the records begin. */
const PRICES_BEFORE = 12;

/** Records what concerns all subscribers: prices; and the truth about dealers, shocks, offers and causes. */
export function recordMarket({ plan, dealers, competition }: World, log: FactLog): void {
  const { shocks, firstMonth } = plan;
  const begins = firstDayOf(firstMonth - PRICES_BEFORE);
  const change = shocks.tariffChange === undefined ? Number.NaN : firstDayOf(shocks.tariffChange);
  const recordPrices = (factor: number, from: number, to: number) => {
    for (const { tariff, product, fee, included, priceBeyond } of priceRules(factor)) {
      log.prices.add(tariff, product, fee, included, priceBeyond, from, to);
    }
  };
  recordPrices(1, begins, change);
  if (shocks.tariffChange !== undefined) {
    recordPrices(feeFactor(shocks, shocks.tariffChange), change, Number.NaN);
  }
  for (const { id, kind, bulk, hazardEffect } of dealers) {
    const { share = 0, use = Number.NaN, ends = [Number.NaN, Number.NaN] } = bulk ?? {};
    log.dealers.add(id, kind, hazardEffect, share, use, ends[0], ends[1], bulk?.isInBatches === true ? 1 : 0);
  }
  for (const name of SHOCK_NAMES) {
    const month = shocks[name];
    if (month === undefined) continue;
    const region = name === "newCompetitor" ? (competition.entryRegion ?? null) : null;
    log.shocks.add(name, firstDayOf(month), region, SHOCKS[name].effect);
  }
  for (const name of OFFER_NAMES)
    log.offer_terms.add(name, OFFERS[name].cost, OFFERS[name].months, OFFERS[name].about);
  for (const cause of CAUSES) log.cause_means.add(cause, CAUSE_MEANS[cause]);
}
