const months = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => `2025-${String(from + i).padStart(2, "0")}`);

const person = (subscriber_id: string, activated_on = "2023-01-01", ended_on: string | null = null) => ({
  ...{ subscriber_id, activated_on, ended_on },
  ...{ region: "北部", dealer_id: "D1" },
});
const use = (subscriber_id: string, minutes: number, [from, to]: readonly [number, number]) =>
  months(from, to).map((month) => ({ subscriber_id, month, minutes, data: 0 }));
const bills = (subscriber_id: string, revenue: number, [from, to]: readonly [number, number] = [1, 6]) =>
  months(from, to).map((month) => ({ subscriber_id, month, revenue }));
const paid = (subscriber_id: string, paid_on: string, days_late = 0) => ({
  subscriber_id,
  paid_on,
  amount: 1,
  days_late,
});
const on = (subscriber_id: string, monthly_fee: number, contract_until: string | null = null) => ({
  ...{ subscriber_id, tariff: "=basic", monthly_fee, contract_until, valid_from: "2023-01-01" },
});

/** January to June 2025. Most subscribers are there to be compared with: they use 100 minutes, and are billed 10. */
const OTHERS = Array.from({ length: 20 }, (_, i) => `O${String(i).padStart(2, "0")}`);

/** A history with subscribers for every list at 2025-07-01. */
export const MONDAY = {
  subscribers: [
    ...OTHERS.map((id) => person(id)),
    // Silent for two months; silent, without any use before; gone; used this month only.
    ...[person("silent"), person("never"), person("gone", "2023-01-01", "2025-06-15"), person("used")],
    // New: paid twice; overdue; a bill far above the fee; paid once; a low bill; too new; activated on the first of a month.
    ...["welcome", "overdue", "shock", "once", "low"].map((id) => person(id, "2025-04-10")),
    ...[person("too new", "2025-06-20"), person("first day", "2025-05-01")],
    // Of high value.
    ...[person("fell"), person("many signs"), person("fine")],
  ],
  tariffs: [
    ...["welcome", "overdue", "once", "low", "first day"].map((id) => on(id, 50)),
    ...[on("shock", 20), on("many signs", 90, "2025-08-15"), on("fine", 95, "2026-08-15")],
  ],
  usage: [
    ...OTHERS.flatMap((id) => use(id, 100, [1, 6])),
    ...use("silent", 80, [1, 4]),
    ...use("gone", 80, [1, 4]),
    ...use("used", 5, [6, 6]),
    ...["welcome", "overdue", "shock", "once", "low", "first day"].flatMap((id) => use(id, 50, [5, 6])),
    ...use("too new", 50, [6, 6]),
    ...use("fell", 100, [1, 5]),
    ...use("fell", 50, [6, 6]),
    ...["many signs", "fine"].flatMap((id) => use(id, 100, [1, 6])),
  ],
  billing: [
    ...OTHERS.flatMap((id) => bills(id, 10)),
    ...[...bills("silent", 12), ...bills("never", 3), ...bills("used", 4)],
    ...[...bills("welcome", 60, [5, 6]), ...bills("overdue", 70, [5, 6]), ...bills("shock", 65, [5, 6])],
    ...[...bills("once", 80, [5, 6]), ...bills("low", 5, [5, 6]), ...bills("first day", 60, [5, 6])],
    ...[...bills("fell", 100), ...bills("many signs", 90), ...bills("fine", 95)],
  ],
  payments: [
    ...[paid("welcome", "2025-05-20"), paid("welcome", "2025-06-20"), paid("overdue", "2025-05-20")],
    ...[paid("shock", "2025-05-20"), paid("shock", "2025-06-20"), paid("once", "2025-06-01")],
    ...[paid("low", "2025-05-20"), paid("low", "2025-06-20")],
    ...[paid("many signs", "2025-05-20", 8), paid("fine", "2025-05-20", 7)],
  ],
  events: [
    { subscriber_id: "many signs", at: "2025-06-01", kind: "complaint" },
    { subscriber_id: "many signs", at: "2025-06-02", kind: "porting_enquiry" },
    { subscriber_id: "fine", at: "2025-03-01", kind: "complaint" },
    { subscriber_id: "fine", at: "2025-06-01", kind: "service_call" },
  ],
  contacts: [
    { subscriber_id: "fell", at: "2025-06-05", outcome: "accepted" },
    { subscriber_id: "fell", at: "2025-06-15", outcome: "held_out" },
  ],
};
