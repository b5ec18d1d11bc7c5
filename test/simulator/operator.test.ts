import { describe, expect, test } from "vitest";
import { HoldfastError } from "../../src/errors.js";
import { simulateOperator } from "../../src/simulator/operator.js";
import { groupDepartures, type SimulatedOperator } from "../../src/simulator/simulated-operator.js";

/** Months lived and departures of the subscriber-months that a condition holds for. */
function departureRate(
  operator: SimulatedOperator,
  holds: (subscriber: number, month: number, monthOfLife: number) => boolean,
): { months: number; departures: number; rate: number; meanHazard: number } {
  let months = 0;
  let departures = 0;
  let hazard = 0;
  operator.subscribers.forEach(({ activationMonth }, subscriber) => {
    const left = operator.departureMonth[subscriber];
    const last = Number.isNaN(left) ? operator.endMonth - 1 : left;
    for (let month = Math.max(activationMonth, operator.firstMonth); month <= last; month++) {
      if (!holds(subscriber, month, month - activationMonth + 1)) continue;
      months++;
      if (month === left) departures++;
      hazard += operator.truth.hazard[subscriber * operator.monthCount + month - operator.firstMonth];
    }
  });
  return { months, departures, rate: departures / months, meanHazard: hazard / months };
}

const operator = simulateOperator({ subscribers: 6000, seed: 11 });
const everyMonth = departureRate(operator, () => true);

describe("simulateOperator", () => {
  test("gives the same operator for the same seed, and another for another", () => {
    const once = simulateOperator({ subscribers: 300, seed: 5 });
    expect(simulateOperator({ subscribers: 300, seed: 5 })).toEqual(once);
    const other = simulateOperator({ subscribers: 300, seed: 6 });
    expect(other.facts.minutes).not.toEqual(once.facts.minutes);
    expect(other.departureMonth).not.toEqual(once.departureMonth);
  });

  test("leaves the lives of others as they were when subscribers are added", () => {
    const fewer = simulateOperator({ subscribers: 300, seed: 5 });
    const more = simulateOperator({ subscribers: 500, seed: 5 });
    const [lastGroup] = fewer.groups[fewer.groups.length - 1].members;
    const cells = lastGroup * fewer.monthCount;
    expect(cells).toBeGreaterThan(0);
    expect(more.subscribers.slice(0, lastGroup)).toEqual(fewer.subscribers.slice(0, lastGroup));
    expect(more.facts.arpu.slice(0, cells)).toEqual(fewer.facts.arpu.slice(0, cells));
    expect(more.departureMonth.slice(0, lastGroup)).toEqual(fewer.departureMonth.slice(0, lastGroup));
  });

  test("changes nothing before the first day of another future, and much after", () => {
    const one = simulateOperator({ subscribers: 400, seed: 5 });
    const other = simulateOperator({ subscribers: 400, seed: 5, future: { from: "2025-02-01", number: 1 } });
    const cutoff = (2025 - 1970) * 12 + 1;
    let differing = 0;
    for (const name of ["minutes", "arpu", "complaints", "contractEnd"] as const) {
      for (let cell = 0; cell < one.facts[name].length; cell++) {
        const isSame = Object.is(one.facts[name][cell], other.facts[name][cell]);
        if (one.firstMonth + (cell % one.monthCount) < cutoff) expect(isSame).toBe(true);
        else if (!isSame) differing++;
      }
    }
    expect(differing).toBeGreaterThan(1000);
    one.departureMonth.forEach((left, subscriber) => {
      if (left < cutoff) expect(other.departureMonth[subscriber]).toBe(left);
      else expect(other.departureMonth[subscriber]).not.toBeLessThan(cutoff);
    });
  });

  test("keeps every hazard strictly between 0 and 1, about 2% a month on average", () => {
    const hazards = operator.truth.hazard.filter((hazard) => !Number.isNaN(hazard));
    expect(hazards.length).toBeGreaterThan(50_000);
    expect(hazards.every((hazard) => hazard > 0 && hazard < 1)).toBe(true);
    expect(everyMonth.meanHazard).toBeGreaterThan(0.015);
    expect(everyMonth.meanHazard).toBeLessThan(0.025);
  });

  test("lets subscribers leave as often as their hazards say", () => {
    const { departures, months, meanHazard } = everyMonth;
    // Four standard deviations of a sum of independent draws, which that of Poisson draws bounds.
    expect(Math.abs(departures - months * meanHazard)).toBeLessThan(4 * Math.sqrt(months * meanHazard));
  });

  test("has early-life churn peak in months 4 to 6", () => {
    const rate = (from: number, to: number) =>
      departureRate(operator, (_, __, monthOfLife) => monthOfLife >= from && monthOfLife <= to).rate;
    const peak = rate(4, 6);
    expect(peak).toBeGreaterThan(2 * rate(1, 3));
    expect(peak).toBeGreaterThan(2 * rate(7, 12));
    expect(peak).toBeGreaterThan(2 * rate(13, 999));
  });

  test("has departures in a family raise the rate of the others", () => {
    const rateWith = (test: (departures: number) => boolean) =>
      departureRate(
        operator,
        (subscriber, month) =>
          operator.subscribers[subscriber].groupKind === "family" &&
          test(groupDepartures(operator, subscriber, month - 3, month)),
      ).rate;
    expect(rateWith((departures) => departures > 0)).toBeGreaterThan(
      1.5 * rateWith((departures) => departures === 0),
    );
  });

  test("has usage fall in the months before leaving", () => {
    const ratios = (leaves: boolean) => {
      let sum = 0;
      let count = 0;
      operator.subscribers.forEach(({ activationMonth }, subscriber) => {
        const left = operator.departureMonth[subscriber];
        if (Number.isNaN(left) === leaves) return;
        const last = leaves ? left : operator.endMonth - 1;
        if (last - 6 < Math.max(activationMonth, operator.firstMonth)) return;
        const cell = subscriber * operator.monthCount + last - operator.firstMonth;
        const { dataGb } = operator.facts;
        sum += dataGb[cell] / dataGb[cell - 6];
        count++;
      });
      return sum / count;
    };
    expect(ratios(true)).toBeLessThan(0.85);
    expect(ratios(false)).toBeGreaterThan(0.95);
  });

  test("records facts from activation to the month of departure and no others", () => {
    const { facts, firstMonth, monthCount, departureMonth, subscribers } = operator;
    for (const matrix of [facts.minutes, facts.dataGb, facts.arpu, facts.complaints, facts.latePayments]) {
      const wrong = matrix.findIndex((value, cell) => {
        const subscriber = Math.floor(cell / monthCount);
        const month = firstMonth + (cell % monthCount);
        const isServed =
          month >= subscribers[subscriber].activationMonth && !(month > departureMonth[subscriber]);
        return Number.isNaN(value) === isServed;
      });
      expect(wrong).toBe(-1);
    }
  });

  test("names all options that are out of range at once", () => {
    const wrong = () =>
      simulateOperator({
        subscribers: 0,
        months: 1.5,
        start: "2024-08-15",
        seed: -1,
        future: { from: "x", number: 0 },
      });
    expect(wrong).toThrow(HoldfastError);
    try {
      wrong();
    } catch (error) {
      expect((error as HoldfastError).problems.map(({ path }) => path.argument).sort()).toEqual([
        "future.from",
        "future.number",
        "months",
        "seed",
        "start",
        "subscribers",
      ]);
    }
  });
});
