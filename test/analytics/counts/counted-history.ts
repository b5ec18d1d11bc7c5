import { createRandom } from "../../../src/random.js";
import { type PlainFact, type PlainHistory, randomHistory } from "../../support/history/random-history.js";

/** A small random history with dealers, reasons of the operator's own and none, groups joined on one day, lives of one day, more ends on the first of a month, and rows without a measure. */
export function countedHistory(seed: number, subscribers: number): PlainHistory {
  const random = createRandom(seed, "counted");
  const pick = <Value>(...values: readonly Value[]) => values[random.integer(values.length)];
  const history = randomHistory(seed, subscribers);
  const people = history.subscribers.map((row): PlainFact => {
    const isShort = random.next() < 0.08;
    const ofMonth = row.ended_on === null ? null : `${String(row.ended_on).slice(0, 8)}01`;
    const isOnFirst = ofMonth !== null && ofMonth > String(row.activated_on) && random.next() < 0.4;
    const ended_on = isShort ? row.activated_on : isOnFirst ? ofMonth : row.ended_on;
    return {
      ...row,
      ended_on,
      end_reason:
        ended_on === null ? null : pick("voluntary", "ported_out", "arrears", "携号转网", "o'hare", null),
      dealer_id: pick("代理 1", "代理 2", null),
      payment_kind: pick("prepaid", "postpaid", null),
      birth_year: random.next() < 0.2 ? null : 1950 + random.integer(50),
      birth_date: null,
    };
  });
  const together = history.memberships
    .filter(() => random.next() < 0.5)
    .map((row) => ({
      ...row,
      group_id: `组${3 + random.integer(3)}`,
      group_kind: pick("family", "corporate"),
    }));
  return {
    ...history,
    subscribers: people,
    memberships: [...history.memberships, ...together],
    usage: history.usage.map((row) => (random.next() < 0.05 ? { ...row, minutes: null } : row)),
  };
}
