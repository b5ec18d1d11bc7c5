/** The operator's month as an analyst writes it in SQL, over Parquet files: what `analyze` makes, without tests, intervals and pages. */
export interface HandWritten {
  /** The first day of the period and the day after its last, such as `2025-01-01`. */
  readonly from: string;
  readonly to: string;
  /** The first day of the history. */
  readonly begins: string;
}

const TABLES = [
  "subscribers",
  "tariffs",
  "usage",
  "billing",
  "payments",
  "memberships",
  "services",
  "events",
  "contacts",
  "prices",
];

/** The statements, in order. Each that is not CREATE gives a table of the analysis. */
export function handWritten(folder: string, { from, to, begins }: HandWritten): string[] {
  const views = TABLES.map((table) => `CREATE VIEW ${table} AS FROM '${folder}/${table}.parquet'`);
  return [
    ...views,
    ...months(begins, to),
    ...cuts("period", from, to),
    ...causes(),
    ...change(to),
    ...daily(to),
    ...tariffs(to),
    ...lists(to),
    ...activation(begins, to),
  ];
}

function months(begins: string, to: string): string[] {
  const all = `SELECT unnest(range(DATE '${begins}', DATE '${to}' + INTERVAL 1 DAY, INTERVAL 1 MONTH))::DATE AS m`;
  return [
    `SELECT m, count(*) FROM (${all}) JOIN subscribers ON activated_on < m AND (ended_on IS NULL OR ended_on >= m) GROUP BY m`,
    "SELECT date_trunc('month', activated_on), count(*) FROM subscribers GROUP BY 1",
    "SELECT date_trunc('month', ended_on), count(*) FROM subscribers GROUP BY 1",
    "SELECT month, sum(revenue) FROM billing GROUP BY month",
  ];
}

const TENURE = `CASE WHEN tenure < 3 THEN '1-3' WHEN tenure < 6 THEN '4-6' WHEN tenure < 12 THEN '7-12' WHEN tenure < 24 THEN '13-24'
  WHEN tenure < 36 THEN '25-36' WHEN tenure < 60 THEN '37-60' ELSE '60+' END`;

/** Who was there on a day or left before another, with the tariff and group that were valid on the day before. */
function people(name: string, from: string, to: string): string {
  return `CREATE OR REPLACE TABLE ${name} AS
    WITH p AS (
      SELECT subscriber_id, region, dealer_id, end_reason, activated_on, ended_on,
        activated_on < '${from}' AS is_base, coalesce(ended_on < '${to}', false) AS has_left,
        CASE WHEN activated_on < '${from}' THEN DATE '${from}' ELSE ended_on END AS as_of
      FROM subscribers
      WHERE (activated_on < '${from}' AND (ended_on IS NULL OR ended_on >= '${from}'))
        OR (ended_on >= '${from}' AND ended_on < '${to}')
    ), t AS (
      SELECT subscriber_id, arg_max(tariff, valid_from) AS tariff FROM p JOIN tariffs USING (subscriber_id)
      WHERE valid_from < as_of AND (valid_to IS NULL OR valid_to >= as_of) GROUP BY 1
    ), g AS (
      SELECT subscriber_id, arg_max(group_kind, valid_from) AS group_kind, arg_max(group_id, valid_from) AS group_id
      FROM p JOIN memberships USING (subscriber_id)
      WHERE valid_from < as_of AND (valid_to IS NULL OR valid_to >= as_of) GROUP BY 1
    )
    SELECT p.*, t.tariff, coalesce(g.group_kind, 'none') AS group_kind, g.group_id, datesub('month', activated_on, as_of) AS tenure
    FROM p LEFT JOIN t USING (subscriber_id) LEFT JOIN g USING (subscriber_id)`;
}

const rates = (table: string, by: string) =>
  `SELECT ${by}, count(*) FILTER (is_base) AS base, count(*) FILTER (has_left) AS "left", count(*) FILTER (is_base AND has_left) AS cohort,
    sum(revenue) FILTER (is_base), sum(revenue) FILTER (has_left) FROM ${table} GROUP BY ${by}`;

function cuts(name: string, from: string, to: string): string[] {
  return [
    people("people", from, to),
    `CREATE TABLE ${name} AS
      WITH b AS (
        SELECT subscriber_id, avg(revenue) AS revenue FROM people JOIN billing USING (subscriber_id)
        WHERE month >= as_of - INTERVAL 3 MONTH AND month < date_trunc('month', as_of) GROUP BY 1
      ), u AS (
        SELECT subscriber_id, avg(minutes) FILTER (month >= as_of - INTERVAL 3 MONTH) AS recent,
          avg(minutes) FILTER (month < as_of - INTERVAL 3 MONTH) AS earlier
        FROM people JOIN usage USING (subscriber_id)
        WHERE month >= as_of - INTERVAL 6 MONTH AND month < date_trunc('month', as_of) GROUP BY 1
      ), e AS (
        SELECT subscriber_id, count(*) FILTER (kind = 'complaint') AS complaints, count(*) FILTER (kind = 'network_fault') AS faults
        FROM people JOIN events USING (subscriber_id) WHERE "at" < as_of AND "at" >= as_of - 91 GROUP BY 1
      )
      SELECT people.*, revenue, recent / nullif(earlier, 0) AS trend, coalesce(complaints, 0) AS complaints, coalesce(faults, 0) AS faults
      FROM people LEFT JOIN b USING (subscriber_id) LEFT JOIN u USING (subscriber_id) LEFT JOIN e USING (subscriber_id)`,
    ...[
      TENURE,
      "tariff",
      "CASE WHEN revenue < 30 THEN 0 WHEN revenue < 50 THEN 1 WHEN revenue < 80 THEN 2 WHEN revenue < 100 THEN 3 WHEN revenue < 150 THEN 4 ELSE 5 END",
      "group_kind",
      "region",
      "dealer_id",
      "CASE WHEN trend <= 0.5 THEN 0 WHEN trend < 0.9 THEN 1 WHEN trend <= 1.1 THEN 2 ELSE 3 END",
      "least(complaints, 3)",
      "least(faults, 3)",
    ].map((by) => rates(name, by)),
    rates(name, `tariff, ${TENURE}`),
    `${rates(name, "group_id")} HAVING count(*) FILTER (has_left) >= 30`,
    `SELECT sum(revenue) FILTER (place <= 0.2 * n), sum(revenue) FROM (
      SELECT revenue, row_number() OVER (ORDER BY revenue DESC) AS place, count(*) OVER () AS n FROM ${name} WHERE is_base AND revenue IS NOT NULL)`,
  ];
}

function causes(): string[] {
  return [
    `SELECT end_reason, ntile(4) OVER (ORDER BY sum(revenue)) FROM period WHERE has_left GROUP BY end_reason`,
    `WITH limits AS (SELECT quantile_disc(revenue, [0.5, 0.8, 0.95]) AS l FROM period WHERE is_base)
      SELECT end_reason, CASE WHEN revenue >= l[3] THEN 0 WHEN revenue >= l[2] THEN 1 WHEN revenue >= l[1] THEN 2 ELSE 3 END, count(*), sum(revenue)
      FROM period, limits WHERE has_left GROUP BY 1, 2`,
  ];
}

/** The last month against the month before and the same month of the last year. */
function change(to: string): string[] {
  return [1, 2, 13].flatMap((ago) => {
    const month = `(DATE '${to}' - INTERVAL ${ago} MONTH)::DATE`;
    const next = `(DATE '${to}' - INTERVAL ${ago - 1} MONTH)::DATE`;
    const made = people("month_people", "$from", "$to")
      .replaceAll("DATE '$from'", month)
      .replaceAll("'$from'", month)
      .replaceAll("'$to'", next);
    return [
      made,
      ...[TENURE, "tariff", "group_kind", "region", "dealer_id"].map((by) =>
        rates("month_people", by).replaceAll(/,\s*sum\(revenue\) FILTER \(\w+\)/gu, ""),
      ),
    ];
  });
}

/** The last day against the same weekdays of eight weeks, and 28 days of the head office. */
function daily(to: string): string[] {
  const days = `SELECT unnest(range(DATE '${to}' - 57, DATE '${to}', INTERVAL 1 DAY))::DATE AS d`;
  return [
    `SELECT activated_on, region, count(*) FROM subscribers WHERE activated_on >= DATE '${to}' - 57 GROUP BY 1, 2`,
    `SELECT ended_on, region, count(*) FROM subscribers WHERE ended_on >= DATE '${to}' - 57 GROUP BY 1, 2`,
    `SELECT d, region, count(*) FROM (${days}) JOIN subscribers ON activated_on < d AND (ended_on IS NULL OR ended_on >= d) GROUP BY 1, 2`,
    `SELECT paid_on, region, count(*), sum(amount) FROM payments JOIN subscribers USING (subscriber_id) WHERE paid_on >= DATE '${to}' - 57 GROUP BY 1, 2`,
  ];
}

/** Each subscriber's cheapest tariff for the mean use of three months. */
function tariffs(to: string): string[] {
  return [
    `CREATE TABLE priced AS SELECT tariff, max(fee) FILTER (product = 'base') AS fee, max(included) FILTER (product = 'minutes') AS minutes,
      max(price_beyond) FILTER (product = 'minutes') AS minute, max(included) FILTER (product = 'data_gb') AS gb,
      max(price_beyond) FILTER (product = 'data_gb') AS per_gb FROM prices WHERE valid_from <= '${to}' AND (valid_to IS NULL OR valid_to > '${to}') GROUP BY tariff`,
    `CREATE TABLE active AS WITH t AS (
        SELECT subscriber_id, arg_max(tariff, valid_from) AS tariff, arg_max(monthly_fee, valid_from) AS monthly_fee, arg_max(contract_until, valid_from) AS contract_until
        FROM tariffs WHERE valid_from < '${to}' AND (valid_to IS NULL OR valid_to >= '${to}') GROUP BY 1
      ), g AS (
        SELECT subscriber_id, arg_max(group_kind, valid_from) AS group_kind FROM memberships
        WHERE valid_from < '${to}' AND (valid_to IS NULL OR valid_to >= '${to}') GROUP BY 1
      ), u AS (
        SELECT subscriber_id, avg(minutes) FILTER (month >= DATE '${to}' - INTERVAL 3 MONTH) AS minutes, avg(data_gb) FILTER (month >= DATE '${to}' - INTERVAL 3 MONTH) AS gb,
          max(month) FILTER (minutes + data_gb + sms > 0) AS last_use,
          avg(minutes) FILTER (month >= DATE '${to}' - INTERVAL 1 MONTH) / nullif(avg(minutes) FILTER (month < DATE '${to}' - INTERVAL 1 MONTH AND month >= DATE '${to}' - INTERVAL 4 MONTH), 0) AS fell
        FROM usage WHERE month >= DATE '${to}' - INTERVAL 12 MONTH GROUP BY 1
      ), b AS (
        SELECT subscriber_id, avg(revenue) AS revenue, arg_min(revenue, month) AS first_bill FROM billing WHERE month >= DATE '${to}' - INTERVAL 3 MONTH GROUP BY 1
      )
      SELECT subscriber_id, region, dealer_id, birth_year, activated_on, t.tariff, monthly_fee, contract_until, coalesce(group_kind, 'none') AS group_kind, minutes, gb, last_use, fell, revenue, first_bill
      FROM subscribers LEFT JOIN t USING (subscriber_id) LEFT JOIN g USING (subscriber_id) LEFT JOIN u USING (subscriber_id) LEFT JOIN b USING (subscriber_id)
      WHERE activated_on < '${to}' AND (ended_on IS NULL OR ended_on >= '${to}')`,
    `CREATE TABLE offered AS SELECT group_kind, tariff FROM tariffs LEFT JOIN (SELECT subscriber_id, group_kind FROM active) USING (subscriber_id)
      WHERE valid_from >= DATE '${to}' - INTERVAL 12 MONTH GROUP BY 1, 2 HAVING count(*) > 100`,
    `CREATE TABLE costs AS SELECT subscriber_id, a.tariff, p.tariff AS other,
        p.fee + p.minute * greatest(a.minutes - coalesce(p.minutes, 1e9), 0) + p.per_gb * greatest(a.gb - coalesce(p.gb, 1e9), 0) AS cost
      FROM active a JOIN offered o USING (group_kind) JOIN priced p ON p.tariff = o.tariff WHERE a.minutes IS NOT NULL`,
    `CREATE TABLE migration AS SELECT subscriber_id, any_value(tariff) AS tariff, arg_min(other, cost) AS cheapest,
        min(cost) FILTER (tariff = other) AS own, min(cost) AS least FROM costs GROUP BY 1`,
    "SELECT tariff, cheapest, count(*), sum(own - least) FROM migration WHERE own > least GROUP BY 1, 2",
    "SELECT * FROM migration WHERE own > least ORDER BY own - least DESC LIMIT 200",
  ];
}

function lists(to: string): string[] {
  return [
    `SELECT subscriber_id, revenue, last_use FROM active WHERE last_use < DATE '${to}' - INTERVAL 1 MONTH ORDER BY revenue DESC LIMIT 200`,
    `SELECT subscriber_id, first_bill, count(*) AS payments, max(paid_on) FROM active JOIN payments USING (subscriber_id)
      WHERE activated_on >= DATE '${to}' - INTERVAL 3 MONTH AND paid_on < '${to}' GROUP BY ALL
      HAVING count(*) >= 2 OR max(paid_on) < DATE '${to}' - 41 ORDER BY first_bill DESC LIMIT 200`,
    `WITH e AS (
        SELECT subscriber_id, count(*) FILTER (kind = 'complaint') AS complaints, count(*) FILTER (kind = 'porting_enquiry') AS porting
        FROM events WHERE "at" >= DATE '${to}' - 91 AND "at" < '${to}' GROUP BY 1
      ), p AS (SELECT subscriber_id, max(days_late) AS late FROM payments WHERE paid_on >= DATE '${to}' - 91 GROUP BY 1),
      c AS (SELECT subscriber_id, max("at") AS last_contact FROM contacts GROUP BY 1)
      SELECT subscriber_id, revenue, last_contact, (fell <= 0.5)::INT + (complaints > 0)::INT + (porting > 0)::INT + (late > 0)::INT
        + (contract_until < DATE '${to}' + 60)::INT AS signs
      FROM active LEFT JOIN e USING (subscriber_id) LEFT JOIN p USING (subscriber_id) LEFT JOIN c USING (subscriber_id)
      WHERE revenue >= (SELECT quantile_disc(revenue, 0.8) FROM active) ORDER BY signs * revenue DESC LIMIT 200`,
  ];
}

/** Cards that stay far below the usual use of their tariff in the first months and end or fall silent, by dealer, against peers. */
function activation(begins: string, to: string): string[] {
  return [
    `CREATE TABLE cards AS SELECT subscriber_id, dealer_id, region, activated_on, ended_on, payment_kind, arg_min(tariff, valid_from) AS tariff
      FROM subscribers LEFT JOIN tariffs USING (subscriber_id) WHERE activated_on >= '${begins}' AND activated_on < DATE '${to}' - INTERVAL 3 MONTH GROUP BY ALL`,
    "CREATE TABLE usual AS SELECT tariff, payment_kind, median(minutes) AS minutes, median(data_gb) AS gb, median(sms) AS sms FROM usage JOIN cards USING (subscriber_id) GROUP BY 1, 2",
    `CREATE TABLE early AS SELECT subscriber_id, max(greatest(u.minutes / nullif(q.minutes, 0), u.data_gb / nullif(q.gb, 0), u.sms / nullif(q.sms, 0))) AS most, max(month) FILTER (u.minutes + u.data_gb + u.sms > 0) AS last_use
      FROM cards c JOIN usage u USING (subscriber_id) JOIN usual q ON q.tariff = c.tariff AND q.payment_kind = c.payment_kind
      WHERE month > activated_on AND month < activated_on + INTERVAL 6 MONTH GROUP BY 1`,
    `CREATE TABLE marked AS SELECT c.*, coalesce(most, 0) < 0.6 AS unused, coalesce(most, 0) < 0.6 AND (ended_on < activated_on + INTERVAL 12 MONTH OR last_use < activated_on + INTERVAL 6 MONTH) AS silent
      FROM cards c LEFT JOIN early USING (subscriber_id)`,
    `WITH peers AS (SELECT tariff, region, date_trunc('quarter', activated_on) AS q, payment_kind, avg(silent::INT) AS share FROM marked GROUP BY ALL)
      SELECT dealer_id, count(*), sum(silent::INT), sum(unused::INT), sum(share) FROM marked m JOIN peers p
        ON p.tariff = m.tariff AND p.region = m.region AND p.q = date_trunc('quarter', m.activated_on) AND p.payment_kind = m.payment_kind GROUP BY 1`,
    `SELECT dealer_id, count(DISTINCT paid_on) FROM marked JOIN payments USING (subscriber_id) WHERE silent AND paid_on < activated_on + 180 GROUP BY dealer_id`,
  ];
}
