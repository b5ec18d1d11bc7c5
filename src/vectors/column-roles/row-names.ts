import type { Column } from "../../table/table.js";
import { MINIMUM_ROWS_PER_LEVEL } from "./features.js";

/** A column whose values name what rows are about, and repeat: several rows of one subscriber. */
export interface RepeatedNames {
  readonly column: string;
  readonly values: number;
  /** Rows of the value that has fewest, and most. */
  readonly least: number;
  readonly most: number;
  /** Whether it clearly names subscribers: by its name, and by few rows each. */
  readonly isClear: boolean;
}

/** With fewer values a column is a category. */
const LEAST_VALUES = 20;
/** Several years of months. With more rows each, values are categories: shops, tariffs. */
const MOST_MEAN_ROWS = 50;
/** The same for names that do not say that they are those of subscribers. */
const MOST_MEAN_ROWS_OF_OTHERS = 15;
/** A value in more of the rows than this is a code for unknown. */
const MOST_SHARE = 0.1;

/**
 * Whether a column names rows, and its values repeat. Texts, and categories that are too rare to be a feature, may be called
 * anything; whole numbers and other categories must be called an id, as they else count, measure or describe something.
 */
export function repeatedNames(column: Column): RepeatedNames | undefined {
  const name = marked(column.name);
  if (OF_A_KIND.test(name)) return undefined;
  const namesSubscribers = SUBSCRIBER_ID.test(name);
  const isId = namesSubscribers || ANY_ID.test(name);
  if (column.kind === "numeric" && (!isId || mayCount(name, column.values))) return undefined;
  const rowsOf = rowsOfValues(column);
  if (rowsOf === undefined || rowsOf.length < LEAST_VALUES) return undefined;
  let [rows, least, most, repeating] = [0, rowsOf[0], 0, 0];
  for (const each of rowsOf) {
    rows += each;
    least = Math.min(least, each);
    most = Math.max(most, each);
    if (each > 1) repeating++;
  }
  if (repeating === 0) return undefined;
  if (!isId && column.kind === "categorical" && most >= MINIMUM_ROWS_PER_LEVEL) return undefined;
  const mean = rows / rowsOf.length;
  const isEven = most <= Math.max(MOST_SHARE * rows, 2);
  const isClear = namesSubscribers && mean <= MOST_MEAN_ROWS && isEven;
  // Free texts repeat too, but most of them are alone.
  const isLikely = repeating >= rowsOf.length / 2 && mean <= MOST_MEAN_ROWS_OF_OTHERS;
  return isClear || isLikely || (namesSubscribers && mean <= MOST_MEAN_ROWS)
    ? { column: column.name, values: rowsOf.length, least, most, isClear }
    : undefined;
}

/** Whether a name says that a column identifies something: a subscriber, or anything else that is not a kind of things. */
export function isNameOfId(columnName: string): boolean {
  const name = marked(columnName);
  return !OF_A_KIND.test(name) && (SUBSCRIBER_ID.test(name) || ANY_ID.test(name));
}

/** `user_number` may also be how many there are: ids have three digits or more. */
function mayCount(name: string, values: Float64Array): boolean {
  return COUNTED.test(name) && values.some((value) => value < 100);
}

/** How many rows each value has; undefined for numbers that are not whole. Rows without a value do not count. */
function rowsOfValues(column: Column): number[] | undefined {
  if (column.kind === "categorical") {
    const rows = new Array<number>(column.categories.length).fill(0);
    for (const code of column.codes) if (code >= 0) rows[code]++;
    return rows.filter((each) => each > 0);
  }
  if (column.kind === "numeric" && (column.isDate || !column.values.every(isWholeOrMissing)))
    return undefined;
  const rowsOf = new Map<number | string, number>();
  for (const value of column.values) {
    if (value !== null && !Number.isNaN(value)) rowsOf.set(value, (rowsOf.get(value) ?? 0) + 1);
  }
  return [...rowsOf.values()];
}

function isWholeOrMissing(value: number): boolean {
  return Number.isInteger(value) || Number.isNaN(value);
}

/** `customerID` as `customer_id`, in lower case, without accents. */
function marked(name: string): string {
  return name
    .replaceAll(/(\p{Ll})(\p{Lu})/gu, "$1_$2")
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, "_");
}

const SUBSCRIBER =
  "subscriber|subscr|subs|sub|customer|cust|client|user|account|acct|member|person|household|contract|" +
  "kunden?|abonn?ent|abonnee?|utilisateur|cliente|usuario|abonado|utente|assinante|клиент|абонент|пользователь";
const MARK = "id|no|nr|num|number|nummer|numero|numer|key|code|uuid|guid|ref|номер";
const IDEOGRAPHIC_SUBSCRIBER =
  "用户|客户|用戶|客戶|会员|會員|顾客|顧客|账户|帐户|手机|电话|契約者|ユーザー|利用者|会員";
const IDEOGRAPHIC_MARK = "编号|编码|号码|號碼|标识|账号|帐号|号|番号|代码";
/** Names of ids of subscribers, households and contracts, marked. */
const SUBSCRIBER_ID = new RegExp(
  [
    `(^|_)(${SUBSCRIBER})s?_?(${MARK})$`,
    `^(id|numero|n)_(${SUBSCRIBER})$`,
    "^(subscriber|customer|client|user|kunde|cliente|абонент|клиент)$",
    "^(id|编号)$",
    "(^|_)(uuid|guid|msisdn|imsi|imei|iccid)$",
    "^(phone|mobile|telephone)_?(no|nr|num|number)$",
    `^(${IDEOGRAPHIC_SUBSCRIBER})_?(${IDEOGRAPHIC_MARK}|id)?$`,
    "^(手机号|手机号码|号码)$",
  ].join("|"),
  "u",
);
const ANY_ID = new RegExp(`(^|_)(id|uuid|guid|key)$|^id_|(${IDEOGRAPHIC_MARK}|\\p{Script=Han}id)$`, "u");
const COUNTED = /num|no$|code$/u;
/** Kinds of things that many subscribers share: ids of those are categories. */
const OF_A_KIND =
  /segment|plan|tarif|product|group|region|area|city|shop|store|type|class|status|categor|campaign|offer|channel|agent|package|zone|zip|postal|postcode|plz|tier|cell|model|device|套餐|资费|渠道|区域|地区|类型|等级|状态/u;
