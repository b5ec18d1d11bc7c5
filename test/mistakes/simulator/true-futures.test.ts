import { describe } from "vitest";
import { simulateOperator, trueFutures } from "../../../src/simulator/index.js";
import { type Mistake, testMistakes } from "../mistake.js";
import { of } from "../of.js";

const OPERATOR = { subscribers: 20, months: 6 };
const operator = await simulateOperator(OPERATOR);

describe("trueFutures", () => {
  const questions = { subscriberIds: ["S0000001"], cutoffs: [20_000] };
  const future = (name: string, given: readonly unknown[], argument: string, says: RegExp): Mistake =>
    of("trueFutures", name, argument, () => trueFutures(...(given as [never, never, never])), says);
  testMistakes([
    future("of the tables", [operator, questions], "operator", /not its tables/u),
    future(
      "without an operator",
      [undefined, questions],
      "operator",
      /must be given, \{\} for the defaults/u,
    ),
    future("without questions", [OPERATOR], "questions.subscriberIds", /must be given/u),
    future("of no month", [OPERATOR, questions, { months: 0 }], "months", /whole number from 1 to 24/u),
    future(
      "of one future",
      [OPERATOR, questions, { futures: 1 }],
      "futures",
      /whole number from 2 to 10000/u,
    ),
    future(
      "with an offer misspelt",
      [OPERATOR, questions, { offers: ["discout"] }],
      "offers",
      /did you mean "discount"\?/u,
    ),
    future(
      "with an offer that is no list",
      [OPERATOR, questions, { offers: "none" }],
      "offers",
      /must be a list of offers: none/u,
    ),
    future("with one offer", [OPERATOR, questions, { offer: "none" }], "offer", /did you mean "offers"\?/u),
    future(
      "with the horizon in months",
      [OPERATOR, questions, { horizonMonths: 3 }],
      "horizonMonths",
      /must be an option/u,
    ),
    future(
      "with a shock misspelt",
      [{ ...OPERATOR, shocks: { unitfault: "2024-10-01" } }, questions],
      "operator.shocks.unitfault",
      /did you mean "unitFault"\?/u,
    ),
    future(
      "at half a day",
      [OPERATOR, { ...questions, cutoffs: [20_000.5] }],
      "questions.cutoffs",
      /must be a day of a recorded month/u,
    ),
  ]);
});
