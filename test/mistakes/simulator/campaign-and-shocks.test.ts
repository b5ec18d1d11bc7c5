import { describe, expect, test } from "vitest";
import { simulateOperator } from "../../../src/simulator/index.js";
import { thrownBy } from "../../support/thrown.js";
import { type Mistake, testMistakes } from "../mistake.js";
import { of, wrong } from "../of.js";

const OPERATOR = { subscribers: 20, months: 6 };
const simulate = (name: string, options: unknown, argument: string, says: RegExp): Mistake =>
  of("simulateOperator", name, argument, () => simulateOperator(wrong(options)), says);
const campaign = (name: string, options: unknown, argument: string, says: RegExp): Mistake =>
  simulate(`with a campaign ${name}`, { campaign: options }, argument, says);
const shocks = (name: string, options: unknown, argument: string, says: RegExp): Mistake =>
  simulate(`with shocks ${name}`, { ...OPERATOR, shocks: options }, argument, says);

describe("the campaign and shocks of simulateOperator", () => {
  testMistakes([
    campaign("of 3 for 3%", { share: 3 }, "campaign.share", /must be a share from 0 to 1, received 3/u),
    campaign("of a share as text", { share: "3%" }, "campaign.share", /must be a share from 0 to 1/u),
    campaign("that holds out less than none", { holdOut: -0.5 }, "campaign.holdOut", /share from 0 to 1/u),
    campaign("with an effect as a number", { effect: 0 }, "campaign.effect", /true or false/u),
    campaign("with an option misspelt", { holdout: 0.5 }, "campaign.holdout", /did you mean "holdOut"\?/u),
    campaign(
      "with an unknown offer",
      { offers: ["discout"] },
      "campaign.offers",
      /did you mean "discount"\?/u,
    ),
    campaign(
      "with an offer that is no list",
      { offers: "discount" },
      "campaign.offers",
      /must be a list of offers/u,
    ),
    campaign(
      "with a list of no offer",
      { offers: [] },
      "campaign.offers",
      /must be a list of offers: discount/u,
    ),
    campaign(
      "from the middle of a month",
      { from: "2024-09-15" },
      "campaign.from",
      /first day of a recorded month/u,
    ),
    campaign(
      "before the records",
      { from: "2024-07-01" },
      "campaign.from",
      /recorded months are 2024-08 to 2026-01/u,
    ),
    campaign(
      "that ends before it begins",
      { from: "2025-05-01", to: "2025-02-01" },
      "campaign.to",
      /must be after `?campaign.from`?/u,
    ),
    campaign(
      "that ends when it begins",
      { from: "2025-05-01", to: "2025-05-01" },
      "campaign.to",
      /must be after/u,
    ),
    campaign(
      "of no subscriber, without effect",
      { share: 0, effect: false },
      "campaign.effect",
      /must not be given with `campaign.share: 0`/u,
    ),
    campaign(
      "of no subscriber, with offers",
      { share: 0, offers: ["discount"] },
      "campaign.offers",
      /not be given with `campaign.share: 0`/u,
    ),
    campaign(
      "with offers that reach none",
      { holdOut: 1, offers: ["discount"] },
      "campaign.offers",
      /`holdOut: 1`, where no offer/u,
    ),
    shocks(
      "after the records",
      { priceWar: "2025-02-01" },
      "shocks.priceWar",
      /recorded months are 2024-08 to 2025-01/u,
    ),
    shocks(
      "before the records",
      { unitFault: "2024-07-01" },
      "shocks.unitFault",
      /must be the first day of a recorded month/u,
    ),
    shocks(
      "from the middle of a month",
      { lateTable: "2024-10-15" },
      "shocks.lateTable",
      /first day of a recorded month/u,
    ),
    shocks(
      "from a Date",
      { missingMonth: new Date() },
      "shocks.missingMonth",
      /first day of a recorded month/u,
    ),
    shocks("misspelt", { priceWars: "2024-10-01" }, "shocks.priceWars", /did you mean "priceWar"\?/u),
    shocks("that are true", { tariffChange: true }, "shocks.tariffChange", /first day of a recorded month/u),
  ]);

  test("are said all at once", async () => {
    const { problems } = await thrownBy(() =>
      simulateOperator(
        wrong({
          ...OPERATOR,
          months: 0.5,
          campaign: { share: 2, holdOut: 2 },
          shocks: { unitFault: "2031-01-01" },
        }),
      ),
    );
    const named = problems.map(({ path }) => path.argument);
    for (const argument of ["months", "campaign.share", "campaign.holdOut"])
      expect(named).toContain(argument);
  });
});
