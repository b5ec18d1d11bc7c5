import { beforeAll, describe, expect, test } from "vitest";
import { CAUSES, type Cause } from "../../../src/simulator/departure/causes.js";
import { OFFER_NAMES } from "../../../src/simulator/market/offers.js";
import { simulateOperator } from "../../../src/simulator/simulate-operator.js";
import { type TrueFuture, type TrueFutures, trueFutures } from "../../../src/simulator/truth/true-futures.js";
import { firstDayOf, monthOf } from "../../../src/table/calendar.js";
import { thrownBy } from "../../support/thrown.js";
import { rowsIn } from "../columns.js";
import { type AskedRows, activeAt, deviationOf, endedWithin, someOf } from "./questions.js";

// Without a campaign what happens is what happens when no offer is made.
const OPTIONS = { subscribers: 3000, months: 18, seed: 21, campaign: { share: 0 } } as const;
const operator = simulateOperator(OPTIONS);
const causeOf = new Map(rowsIn(operator.truth.departures).map((row) => [row.id, row.text("cause")]));
const MONTH = (2025 - 1970) * 12 + 5;
const FIRST = activeAt(operator, firstDayOf(MONTH));
const MIDDLE = activeAt(operator, firstDayOf(MONTH) + 16);
const MONTHS = 3;

const futureOf = (futures: TrueFutures, arm: keyof TrueFutures = "none"): TrueFuture => {
  const future = futures[arm];
  if (future === undefined) throw new Error(`no ${arm}`);
  return future;
};
let first: TrueFuture;
let middle: TrueFuture;
beforeAll(async () => {
  first = futureOf(await trueFutures(OPTIONS, FIRST, { months: MONTHS, futures: 15 }));
  middle = futureOf(await trueFutures(OPTIONS, MIDDLE, { months: MONTHS, futures: 15 }));
});
const CUTOFFS: readonly [string, AskedRows, () => TrueFuture][] = [
  ["the first of a month", FIRST, () => first],
  ["the middle of a month", MIDDLE, () => middle],
];

describe.each(CUTOFFS)("trueFutures at %s", (_, asked, of) => {
  const rows = asked.subscriberIds.map((_, row) => row);

  test("has survival in [0, 1] that falls with the months, and one number per row", () => {
    const { survival, standardError } = of();
    expect([survival.length, standardError.length]).toEqual([MONTHS, MONTHS]);
    for (let k = 0; k < MONTHS; k++) {
      expect([survival[k].length, standardError[k].length]).toEqual([rows.length, rows.length]);
      expect(
        rows.filter((row) => !(survival[k][row] >= 0 && survival[k][row] <= (survival[k - 1]?.[row] ?? 1))),
      ).toEqual([]);
      expect(rows.filter((row) => !(standardError[k][row] >= 0))).toEqual([]);
    }
  });

  test("has causes that sum to 1 − survival, none of them intent or offer", () => {
    const { survival, byCause } = of();
    for (let k = 0; k < MONTHS; k++) {
      const sums = rows.map((row) => CAUSES.reduce((sum, cause) => sum + byCause[cause][k][row], 0));
      expect(Math.max(...rows.map((row) => Math.abs(sums[row] - (1 - survival[k][row]))))).toBeLessThan(1e-9);
      for (const cause of ["intent", "offer"] as const)
        expect(byCause[cause][k].every((each) => each === 0)).toBe(true);
    }
  });

  test("agrees with what happened, for each number of months", () => {
    const { survival } = of();
    for (let k = 0; k < MONTHS; k++) {
      const ended = survival[k].map((each) => 1 - each);
      const deviation = deviationOf(asked, ended, (row) => endedWithin(asked, row, 0, k + 1));
      expect(Math.abs(deviation)).toBeLessThan(4);
    }
  });

  test("agrees with what happened, in every fifth of the rows by risk", () => {
    const ended = of().survival[MONTHS - 1].map((each) => 1 - each);
    const order = [...rows].sort((a, b) => ended[a] - ended[b]);
    for (let fifth = 0; fifth < 5; fifth++) {
      const counted = new Set(order.slice((fifth * order.length) / 5, ((fifth + 1) * order.length) / 5));
      const deviation = deviationOf(
        asked,
        ended,
        (row) => endedWithin(asked, row, 0, MONTHS),
        (row) => counted.has(row),
      );
      expect(Math.abs(deviation)).toBeLessThan(4);
    }
  });

  test("agrees with what happened by cause, where there are ten or more", () => {
    const { byCause } = of();
    let counted = 0;
    for (const cause of CAUSES) {
      const expected = byCause[cause as Cause][MONTHS - 1];
      if (expected.reduce((sum, each) => sum + each, 0) < 10) continue;
      counted++;
      const isSo = (row: number) =>
        causeOf.get(asked.subscriberIds[row]) === cause && endedWithin(asked, row, 0, MONTHS);
      expect(Math.abs(deviationOf(asked, expected, isSo))).toBeLessThan(4);
    }
    expect(counted).toBeGreaterThan(3);
  });
});

describe("trueFutures of some rows", () => {
  const some = Array.from({ length: 60 }, (_, i) => (i * 37) % FIRST.subscriberIds.length);

  test("has the same numbers in any order and for any subset", async () => {
    const few = futureOf(await trueFutures(OPTIONS, someOf(FIRST, some), { months: MONTHS, futures: 15 }));
    for (let k = 0; k < MONTHS; k++) {
      expect([...few.survival[k]]).toEqual(some.map((row) => first.survival[k][row]));
      expect([...few.standardError[k]]).toEqual(some.map((row) => first.standardError[k][row]));
      expect([...few.byCause.usage[k]]).toEqual(some.map((row) => first.byCause.usage[k][row]));
    }
  });

  test("has the same numbers for the first months whatever the number of months", async () => {
    const one = futureOf(await trueFutures(OPTIONS, someOf(FIRST, some), { months: 1, futures: 15 }));
    expect([...one.survival[0]]).toEqual(some.map((row) => first.survival[0][row]));
  });

  test("has the same numbers for any subset where the campaign goes on, in families too", async () => {
    const grouped = FIRST.groups.flatMap((group, row) => (group.startsWith("F") ? [row] : [])).slice(0, 120);
    const options = { months: MONTHS, futures: 4, offers: ["campaign"] } as const;
    const half = grouped.filter((_, i) => i % 2 === 0);
    const whole = futureOf(await trueFutures(OPTIONS, someOf(FIRST, grouped), options), "campaign");
    const part = futureOf(await trueFutures(OPTIONS, someOf(FIRST, half), options), "campaign");
    expect([...part.survival[2]]).toEqual(half.map((_, i) => whole.survival[2][2 * i]));
  });

  test("has a standard error that shrinks with the square root of the futures", async () => {
    const errors = await Promise.all(
      [20, 180].map(async (futures) => {
        const { standardError } = futureOf(
          await trueFutures(OPTIONS, someOf(FIRST, some), { months: MONTHS, futures }),
        );
        return standardError[2].reduce((sum, error) => sum + error, 0);
      }),
    );
    // Nine times as many futures: a third.
    expect(errors[1] / errors[0]).toBeGreaterThan(0.22);
    expect(errors[1] / errors[0]).toBeLessThan(0.45);
  });

  test("differs between two runs by as much as the standard error says", async () => {
    const other = futureOf(await trueFutures(OPTIONS, someOf(FIRST, some), { months: MONTHS, futures: 180 }));
    const scaled = some.map((row, i) => {
      const error = Math.hypot(first.standardError[2][row], other.standardError[2][i]);
      return error === 0 ? 0 : (first.survival[2][row] - other.survival[2][i]) / error;
    });
    // The fifteen futures are among the others, and few futures underestimate errors that are rarely large.
    const large = scaled.filter((each) => Math.abs(each) > 4).length;
    expect(large).toBeLessThanOrEqual(some.length / 10);
  });

  test("has an arm for each offer, which differs from none where the offer has an effect", async () => {
    const asked = someOf(FIRST, some);
    const arms = ["none", "campaign", ...OFFER_NAMES] as const;
    const futures = await trueFutures(OPTIONS, asked, { months: MONTHS, futures: 6, offers: arms });
    expect(Object.keys(futures).sort()).toEqual([...arms].sort());
    const none = futureOf(futures).survival[2];
    // The campaign has no share.
    expect([...futureOf(futures, "campaign").survival[2]].length).toBe(none.length);
    for (const offer of OFFER_NAMES) {
      const survival = futureOf(futures, offer).survival[2];
      const changed = asked.subscriberIds.filter((_, row) => Math.abs(survival[row] - none[row]) > 1e-6);
      expect(changed.length).toBeGreaterThan(some.length / 2);
    }
    const discount = futureOf(futures, "discount").survival[2];
    const gain = discount.reduce((sum, each, row) => sum + each - none[row], 0);
    expect(gain).toBeGreaterThan(0);
  });
});

test("trueFutures of an offer is that of none where offers change nothing", async () => {
  const options = { ...OPTIONS, campaign: { share: 0.1, effect: false } };
  const few = someOf(activeAt(simulateOperator(options), firstDayOf(MONTH)), [1, 50, 300, 900]);
  const offers = ["none", "discount", "care_call"] as const;
  const futures = await trueFutures(options, few, { months: 3, futures: 3, offers });
  for (const offer of offers) expect(futures[offer]).toEqual(futures.none);
});

describe("trueFutures", () => {
  test("has the hazard of the truth as the risk of the next month, on average", async () => {
    const hazards = new Map(
      rowsIn(operator.truth.causes)
        .filter((row) => monthOf(row.number("month")) === MONTH)
        .map((row) => [row.id, row.number("hazard")]),
    );
    const known = FIRST.subscriberIds.flatMap((id, row) => {
      const hazard = hazards.get(id);
      return hazard === undefined ? [] : [{ hazard, row }];
    });
    const difference = known.reduce((sum, { hazard, row }) => sum + hazard - (1 - first.survival[0][row]), 0);
    // The hazard knows the triggers of the month, the future does not.
    const variance = known.reduce(
      (sum, { hazard, row }) => sum + (hazard - (1 - first.survival[0][row])) ** 2,
      0,
    );
    expect(Math.abs(difference)).toBeLessThan(4 * Math.sqrt(variance));
  });

  // A silent card that has passed the limit in the month of the cutoff has the risk of the whole month once more.
  test("knows on the 28th that a silent card has passed the limit of its days", async () => {
    const used = new Map(
      rowsIn(operator.usage).map((row) => [
        `${row.id} ${monthOf(row.number("month"))}`,
        row.number("minutes") + row.number("data_gb"),
      ]),
    );
    const passed = rowsIn(operator.truth.departures).filter((row) => {
      const month = monthOf(row.number("ended_on"));
      const isUnused = [1, 2, 3, 4].every((back) => used.get(`${row.id} ${month - back}`) === 0);
      return row.text("kind") === "silence" && isUnused;
    });
    const questions = {
      subscriberIds: passed.map(({ id }) => id),
      cutoffs: passed.map((row) => firstDayOf(monthOf(row.number("ended_on")) - 1) + 27),
    };
    const { survival } = futureOf(await trueFutures(OPTIONS, questions, { months: 1, futures: 2 }));
    // The rest of the month, and less than a month at one half.
    expect([passed.length > 0, Math.min(...survival[0]) > 0.4]).toEqual([true, true]);
  });

  test("answers for the day after the last recorded month", async () => {
    const asked = activeAt(operator, firstDayOf((2026 - 1970) * 12 + 1));
    const few = someOf(asked, [0, 50, 400]);
    const { survival } = futureOf(await trueFutures(OPTIONS, few, { months: 2, futures: 3 }));
    expect(survival[1].every((each) => each > 0 && each < 1)).toBe(true);
  });

  test("names all problems: options, ids, cutoffs, and subscribers who are not active", async () => {
    const day = firstDayOf(MONTH);
    const questions = { subscriberIds: ["S9999999", "S0000001", null], cutoffs: [day, 3, day] };
    const options = { months: 0, futures: 1, offers: ["discout"] } as never;
    const { problems } = await thrownBy(() => trueFutures(OPTIONS, questions, options));
    expect(problems.map(({ path }) => path.argument)).toEqual([
      "months",
      "futures",
      "offers",
      "questions.subscriberIds",
      "questions.cutoffs",
      "questions.subscriberIds",
    ]);
    const gone = rowsIn(operator.subscribers).find((row) => row.number("ended_on") < day)?.id ?? null;
    const absent = await thrownBy(() =>
      trueFutures(OPTIONS, { subscriberIds: [gone], cutoffs: [day] }, { futures: 2 }),
    );
    expect(absent.message).toContain("must be a subscriber who is active at the cutoff");
  });

  test("stops when it is aborted", async () => {
    const controller = new AbortController();
    const started = trueFutures(OPTIONS, FIRST, {
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    expect((await thrownBy(() => started)).code).toBe("aborted");
  });
});
