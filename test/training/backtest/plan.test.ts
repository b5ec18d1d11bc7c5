import { describe, expect, test } from "vitest";
import { shiftDay } from "../../../src/history/windows/span.js";
import { monthly } from "../../../src/index.js";
import { monthOf, monthText, parseDay } from "../../../src/table/calendar.js";
import { formatDate } from "../../../src/table/dates.js";
import { firstMonthOf, planTrainings } from "../../../src/training/backtest/plan.js";

const day = (text: string) => parseDay(text) as number;
const month = (text: string) => monthOf(day(text));
/** Cutoffs of the first days of months, whose labels are known `embargo` months later. */
const cutoffs = (from: string, to: string, embargo: number) =>
  monthly(from, to).map((text) => ({ day: day(text), labelTo: shiftDay(day(text), embargo) }));

const planned = (
  given: Parameters<typeof planTrainings>[0],
  from: string,
  to: string,
  retrainEvery = 1,
  window?: number,
) =>
  planTrainings(given, { from: month(from), to: month(to), retrainEvery, window }).map(
    ({ at, known, scored }) => [
      formatDate(at),
      known.map((each) => formatDate(each).slice(0, 7)).join(" "),
      scored.map((each) => formatDate(each).slice(0, 7)).join(" "),
    ],
  );

describe("planTrainings(cutoffs, period)", () => {
  test("trains every month on the cutoffs whose prediction windows end by its first day", () => {
    expect(planned(cutoffs("2025-01", "2025-07", 4), "2025-05", "2025-07")).toEqual([
      ["2025-05-01", "2025-01", "2025-05"],
      ["2025-06-01", "2025-01 2025-02", "2025-06"],
      ["2025-07-01", "2025-01 2025-02 2025-03", "2025-07"],
    ]);
  });

  test("a model scores the months until the next training, and the last one up to the end", () => {
    expect(planned(cutoffs("2025-01", "2025-09", 3), "2025-05", "2025-09", 3)).toEqual([
      ["2025-05-01", "2025-01 2025-02", "2025-05 2025-06 2025-07"],
      ["2025-08-01", "2025-01 2025-02 2025-03 2025-04 2025-05", "2025-08 2025-09"],
    ]);
  });

  test("a window counts months back from the last cutoff that is known", () => {
    expect(planned(cutoffs("2025-01", "2025-09", 3), "2025-08", "2025-09", 1, 2)).toEqual([
      ["2025-08-01", "2025-04 2025-05", "2025-08"],
      ["2025-09-01", "2025-05 2025-06", "2025-09"],
    ]);
  });

  test("cutoffs within months are scored by the training of the first day, which knows what had ended by then", () => {
    const at = ["2025-01-08", "2025-01-22", "2025-02-05", "2025-02-19"].map((text) => ({
      day: day(text),
      labelTo: day(text) + 14,
    }));
    const plan = planTrainings(at, {
      from: month("2025-02"),
      to: month("2025-02"),
      retrainEvery: 1,
      window: undefined,
    });
    // The window of 22 January ends on 5 February.
    expect(plan).toEqual([
      { at: day("2025-02-01"), known: [day("2025-01-08")], scored: [day("2025-02-05"), day("2025-02-19")] },
    ]);
  });

  test("is not planned where there is nothing to score, and knows nothing where it is too early", () => {
    const quarterly = cutoffs("2025-01", "2025-10", 3).filter((_, i) => i % 3 === 0);
    expect(planned(quarterly, "2025-01", "2025-09")).toEqual([
      ["2025-01-01", "", "2025-01"],
      ["2025-04-01", "2025-01", "2025-04"],
      ["2025-07-01", "2025-01 2025-04", "2025-07"],
    ]);
  });
});

describe("firstMonthOf(cutoffs)", () => {
  test("is the first with a cutoff when something is known", () => {
    expect(monthText(firstMonthOf(cutoffs("2025-01", "2025-09", 4)) as number)).toBe("2025-05");
    expect(firstMonthOf(cutoffs("2025-01", "2025-04", 4))).toBeUndefined();
    expect(firstMonthOf([])).toBeUndefined();
  });
});
