import { afterAll, describe } from "vitest";
import { populationFigures, tenure, vectorFromFacts, vectorOf } from "../../../src/history/index.js";
import { openHistory } from "../../../src/index.js";
import { type Mistake, testMistakes } from "../mistake.js";
import { of, wrong } from "../of.js";

const history = await openHistory("datasets/simulated");
afterAll(() => history.close());
const AT = "2025-03";

describe("one subscriber", () => {
  const facts = { subscribers: [{ subscriber_id: "S1", activated_on: "2024-01-01" }] };
  const figures = () => populationFigures(history, AT, { features: [tenure()] });
  const fromFacts = (
    name: string,
    argument: string,
    says: RegExp,
    given: unknown,
    options?: unknown,
  ): Mistake =>
    of(
      "vectorFromFacts",
      name,
      argument,
      async () => vectorFromFacts(wrong(given), AT, wrong(options ?? { population: await figures() })),
      says,
    );
  testMistakes([
    of("vectorOf", "by a number", "subscriberId", () => vectorOf(history, wrong(17), AT), /write "17"/u),
    of(
      "vectorOf",
      "by nothing",
      "subscriberId",
      () => vectorOf(history, wrong(undefined), AT),
      /must be the id/u,
    ),
    of(
      "vectorOf",
      "with id and cutoff swapped",
      "subscriberId",
      () => vectorOf(history, AT, "S0000001"),
      /the order is vectorOf\(history, subscriberId, at\)/u,
    ),
    of(
      "vectorOf",
      "without a cutoff",
      "at",
      () => vectorOf(history, "S1", wrong(undefined)),
      /must be a day/u,
    ),
    of(
      "vectorOf",
      "with figures that were not awaited",
      "population",
      () => vectorOf(history, "S0000001", AT, { population: wrong(figures()) }),
      /await it first/u,
    ),
    of(
      "vectorOf",
      "with an unknown option",
      "at",
      () => vectorOf(history, "S0000001", AT, wrong({ at: AT })),
      /must be an option of vectorOf: observe, features, population/u,
    ),
    of(
      "populationFigures",
      "at a Date",
      "at",
      () => populationFigures(history, wrong(new Date("2025-03-01"))),
      /write "2025-03-01"/u,
    ),
    of(
      "populationFigures",
      "with an option of snapshots",
      "horizon",
      () => populationFigures(history, AT, wrong({ horizon: 3 })),
      /must be an option of populationFigures: observe, features/u,
    ),
    fromFacts("of a list", "facts", /\{ subscribers: \[ … \], usage: \[ … \] \} holds them/u, [facts]),
    fromFacts("of nothing", "facts", /must be an object of tables/u, undefined),
    fromFacts("of a table misspelt", "facts.subscriber", /did you mean "subscribers"\?/u, { subscriber: [] }),
    fromFacts("of a single row", "facts.subscribers", /put a single row into a list/u, {
      subscribers: facts.subscribers[0],
    }),
    fromFacts("of no subscriber", "facts.subscribers", /must hold the subscriber in its first row/u, {}),
    fromFacts("without figures", "population", /must be given/u, facts, {}),
    fromFacts("with a history", "population", /populationFigures\(history, at\)/u, facts, {
      population: history,
    }),
    fromFacts("with figures as JSON", "population", /JSON.parse\(text\)/u, facts, { population: "{}" }),
  ]);
});
