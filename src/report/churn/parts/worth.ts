import { profitsOfRows } from "../../../metrics/decision/campaign-of-rows.js";
import { contactProfit } from "../../../metrics/decision/contact-profit.js";
import { campaignOf, defaultAcceptance } from "../../../metrics/decision/profit.js";
import { type ProfitCurve, profitCurve, thinnedProfitCurve } from "../../../metrics/decision/profit-curve.js";
import type { ReportedWorth } from "../report.js";
import type { CampaignOptions } from "../report-options.js";
import type { ScoredData } from "./scored-data.js";

const MONTHS = 12;

/**
 * What contacting subscribers would earn on the data, under the assumptions of a campaign.
 * @param values of each row per month, of `column`.
 */
export function worthOf(
  { probabilities, weights, groups, labels }: ScoredData,
  values: Float64Array | undefined,
  column: string | null,
  given: CampaignOptions,
): ReportedWorth {
  const { months = MONTHS, acceptance = defaultAcceptance } = given;
  const { lifetimeValue: sameForAll, offerCost, contactCost } = campaignOf(given);
  const byRow = values !== undefined && given.lifetimeValue === undefined;
  const lifetimeValue = byRow ? values.map((value) => months * value) : sameForAll;
  const assumed = { lifetimeValue, offerCost, contactCost, acceptance };
  const { ofChurner, ofOther } = profitsOfRows(assumed);
  const profits = probabilities.map(
    (probability, row) => probability * ofChurner(row) + (1 - probability) * ofOther(row),
  );
  const campaign = {
    lifetimeValue: byRow ? null : sameForAll,
    column: byRow ? column : null,
    months: byRow ? months : null,
    offerCost,
    contactCost,
    acceptance,
  };
  const expected = expectedOf(profits, weights);
  if (typeof labels === "string") return { campaign, contacted: null, curve: null, expected };
  const options = { ...assumed, weights };
  return {
    campaign,
    contacted: contactProfit(labels, probabilities, { ...options, groups }),
    curve: curveOf(profitCurve(labels, profits, options)),
    expected,
  };
}

/** Those whose expected profit is positive, and what they bring together. */
function expectedOf(profits: Float64Array, weights: Float64Array | undefined) {
  const expected = { contacted: 0, profit: 0 };
  profits.forEach((profit, row) => {
    if (!(profit > 0)) return;
    const weight = weights === undefined ? 1 : weights[row];
    expected.contacted += weight;
    expected.profit += weight * profit;
  });
  return expected;
}

function curveOf(curve: ProfitCurve): ReportedWorth["curve"] {
  const { share, contacted, profit, best } = thinnedProfitCurve(curve);
  const all = contacted[contacted.length - 1];
  return {
    share,
    contacted,
    profit,
    best: { share: best.share, contacted: best.share * all, profit: best.profit },
  };
}
