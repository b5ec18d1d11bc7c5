import { describe, expect, test } from "vitest";
import { simulateOperator } from "../../../src/simulator/simulate-operator.js";
import { bySubscriber, numbersOf, textsOf } from "../columns.js";

const operator = simulateOperator({ subscribers: 20_000, months: 24, seed: 3 });
const { offers } = operator.truth;
const ids = textsOf(offers, "subscriber_id");
const at = numbersOf(offers, "at");
const isOffered = numbersOf(offers, "is_offered");
const effect = numbersOf(offers, "effect");
const without = numbersOf(offers, "probability_without");
const withOffer = numbersOf(offers, "probability_with");

/** Mean of a number per contact, by arm: control, offered. */
function meanByArm(values: ArrayLike<number>, isCounted: (row: number) => boolean = () => true) {
  const sums = [0, 0];
  const counts = [0, 0];
  for (let row = 0; row < values.length; row++) {
    if (!isCounted(row)) continue;
    sums[isOffered[row]] += values[row];
    counts[isOffered[row]]++;
  }
  return { means: sums.map((sum, arm) => sum / counts[arm]), counts };
}

describe("the randomised retention campaign", () => {
  test("offers to one in two of those it draws, whatever their risk and receptivity", () => {
    const { means: risks, counts } = meanByArm(without);
    const [heldOut, offered] = counts;
    // Four standard deviations of a fair coin.
    expect(Math.abs(offered - heldOut)).toBeLessThan(4 * Math.sqrt(offered + heldOut));
    for (const { means, spread } of [
      { means: risks, spread: deviation(without) },
      { means: meanByArm(effect).means, spread: deviation(effect) },
    ]) {
      expect(Math.abs(means[1] - means[0])).toBeLessThan(4 * spread * Math.sqrt(1 / heldOut + 1 / offered));
    }
  });

  test("is recorded as a contact with value 1 for an offer and 0 for the control group", () => {
    const kinds = textsOf(operator.events, "kind");
    const days = numbersOf(operator.events, "at");
    const values = numbersOf(operator.events, "value");
    const contacts = textsOf(operator.events, "subscriber_id").flatMap((id, row) =>
      kinds[row] === "retention_contact" ? [`${id} ${days[row]} ${values[row]}`] : [],
    );
    expect(contacts.sort()).toEqual(ids.map((id, row) => `${id} ${at[row]} ${isOffered[row]}`).sort());
  });

  test("shifts the log-odds by the individual effect", () => {
    for (let row = 0; row < 500; row++) {
      const monthly = 1 - (1 - without[row]) ** (1 / 3);
      const shifted = 1 / (1 + Math.exp(-(Math.log(monthly / (1 - monthly)) + effect[row])));
      expect(withOffer[row]).toBeCloseTo(1 - (1 - shifted) ** 3, 9);
    }
  });

  test("has departures differ between the arms by the true effects, where offers help and where they harm", () => {
    const endedOn = bySubscriber(operator.subscribers, "ended_on");
    const lastDay = Date.UTC(2026, 7, 1) / 86_400_000;
    const leaves = Float64Array.from(ids, (id, row) => {
      const month = new Date(at[row] * 86_400_000);
      const from = Date.UTC(month.getUTCFullYear(), month.getUTCMonth() + 1, 1) / 86_400_000;
      const to = Date.UTC(month.getUTCFullYear(), month.getUTCMonth() + 4, 1) / 86_400_000;
      const ended = endedOn.get(id) ?? Number.NaN;
      return ended >= from && ended < to ? 1 : 0;
    });
    const isFollowed = (row: number) => at[row] < lastDay - 123;
    for (const holds of [(row: number) => effect[row] < -0.3, (row: number) => effect[row] > 0.2]) {
      const isCounted = (row: number) => isFollowed(row) && holds(row);
      const { means, counts } = meanByArm(leaves, isCounted);
      const expected = meanByArm(withOffer, isCounted).means[1] - meanByArm(without, isCounted).means[1];
      const error = Math.sqrt(means.reduce((sum, rate, arm) => sum + (rate * (1 - rate)) / counts[arm], 0));
      // Three standard errors, and a quarter of the effect because the risk of the contact's month does not last.
      expect(Math.abs(means[1] - means[0] - expected)).toBeLessThan(3 * error + Math.abs(expected) / 4);
      expect(Math.abs(expected)).toBeGreaterThan(error);
    }
  });
});

function deviation(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}
