import type { FactTableName } from "../../../src/history/standard-tables.js";
import type { Random } from "../../../src/random.js";
import { formatDate } from "../../../src/table/dates.js";
import { FIRST_DAY, LAST_DAY, lateness, nearMonthStart, pick } from "./random-days.js";
import type { PlainFact } from "./random-history.js";

/** What the operator and the subscriber had to do with each other: contacts, daily use, managers, answers; and corrected tariffs. */
export function addRelations(
  history: { readonly [name in FactTableName]: PlainFact[] },
  subscriber_id: string,
  [activated, end]: readonly [number, number],
  random: Random,
  details: Random,
): void {
  const day = () =>
    nearMonthStart(
      Math.max(activated, FIRST_DAY) + random.integer(Math.max(1, end - Math.max(activated, FIRST_DAY))),
      random,
    );
  for (let n = random.integer(4); n > 0; n--) {
    const at = day();
    const outcome = pick(random, ["accepted", "refused", null]);
    const known_at = lateness(at, random);
    const contact = () => ({
      subscriber_id,
      at: formatDate(at),
      channel: pick(details, ["call", "短信", null]),
      offer: pick(details, ["discount", "流量包", null]),
      outcome: pick(details, [outcome, "no_answer", "held_out"]),
      known_at,
    });
    history.contacts.push(contact());
    // Several contacts on one day.
    if (details.next() < 0.3) history.contacts.push(contact(), contact());
    const asked = day();
    const answer = String(random.integer(11));
    const answered = lateness(asked, random);
    history.answers.push({
      subscriber_id,
      at: formatDate(asked),
      question: "nps",
      answer,
      known_at: answered,
    });
  }
  for (let n = random.integer(12); n > 0; n--) {
    const on = day();
    const minutes = random.integer(90);
    history.activity.push({ subscriber_id, day: formatDate(on), minutes, known_at: lateness(on, random) });
  }
  // Most days of some months, some of them more than once.
  for (let on = Math.max(activated, FIRST_DAY + 180); on < Math.min(end, FIRST_DAY + 460); on++) {
    if (details.next() < 0.4) continue;
    history.activity.push({
      subscriber_id,
      day: formatDate(on - details.integer(3)),
      minutes: details.next() < 0.2 ? 0 : details.next() * 30,
      流量: details.next() < 0.2 ? null : details.next(),
      known_at: lateness(on, details),
    });
  }
  const from = day();
  const manager = {
    subscriber_id: random.next() < 0.7 ? subscriber_id : null,
    group_id: `组${random.integer(3)}`,
    manager: pick(random, ["李", "王"]),
    contact_person: pick(details, ["赵", "钱", null]),
    valid_from: formatDate(from),
    valid_to: random.next() < 0.4 ? formatDate(from + random.integer(90)) : null,
    known_at: lateness(from, random),
  };
  history.managers.push(manager);
  for (let n = details.integer(3); n > 0; n--) {
    const next = nearMonthStart(from + details.integer(200), details);
    history.managers.push({
      ...manager,
      manager: pick(details, ["李", "王", "张"]),
      contact_person: pick(details, ["赵", "钱", null]),
      valid_from: formatDate(next),
      valid_to: details.next() < 0.5 ? formatDate(next + details.integer(60)) : null,
      known_at: lateness(next, details),
    });
  }
  // Another tariff from the same day on, which the operator learned of later.
  const corrected = history.tariffs.findLast((fact) => fact.subscriber_id === subscriber_id);
  if (corrected === undefined || random.next() < 0.6) return;
  const known = Date.parse(String(corrected.known_at ?? corrected.valid_from)) / 86_400_000;
  const known_at = formatDate(known + 1 + random.integer(60));
  history.tariffs.push({ ...corrected, tariff: "corrected", monthly_fee: random.integer(40), known_at });
}

/** Prices of tariffs that subscribers have and of others, some of which change; of one tariff there are none. */
export function addPrices(
  { prices }: { readonly [name in FactTableName]: PlainFact[] },
  random: Random,
): void {
  for (const tariff of ["畅享 59", "smart", "corrected", "other"]) {
    for (const product of ["base", "minutes", "流量"]) {
      for (let from = FIRST_DAY - 400, n = random.integer(4); n > 0; n--) {
        const to = random.next() < 0.5 ? null : nearMonthStart(from + 200 + random.integer(300), random);
        prices.push({
          tariff,
          product,
          fee: random.next() < 0.2 ? null : random.integer(300) / 10,
          included: random.next() < 0.2 ? null : random.integer(150),
          price_beyond: random.next() < 0.2 ? null : random.next() / 3,
          valid_from: formatDate(from),
          valid_to: to === null ? null : formatDate(to),
          known_at: lateness(from, random),
        });
        from = to ?? from + random.integer(LAST_DAY - FIRST_DAY);
      }
    }
  }
}
