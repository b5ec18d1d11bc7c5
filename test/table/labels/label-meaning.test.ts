import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isSameAnswer, labelMeaning } from "../../../src/table/labels/label-meaning.js";
import { LABEL_WORDS } from "../../../src/table/labels/label-words.js";
import { labelKey, wordsOf } from "../../../src/table/labels/word-of.js";

/** The value that is read as churned; undefined where it is not certain. */
function churned(values: readonly [string, string], name?: string): string | undefined {
  const meaning = labelMeaning(values, name);
  const swapped = labelMeaning([values[1], values[0]], name);
  expect(meaning && values[meaning.churned]).toBe(swapped && values[swapped.churned === 0 ? 1 : 0]);
  return meaning && values[meaning.churned];
}

describe("answers in a column that asks who churned, or whose name says neither", () => {
  test.each([
    ["1", "0"],
    ["1", "-1"],
    ["1.0", "0.0"],
    ["Yes", "No"],
    ["True.", "False."],
    ["TRUE", "false"],
    [" y ", "N"],
    ["t", "f"],
    ["是", "否"],
    ["真", "假"],
    ["有", "无"],
    ["Ja", "Nein"],
    ["oui", "non"],
    ["Vrai", "Faux"],
    ["sí", "no"],
    ["Si", "No"],
    ["Verdadero", "Falso"],
    ["Vero", "Falso"],
    ["Sim", "Não"],
    ["Да", "Нет"],
    ["はい", "いいえ"],
  ])("%s means churned beside %s", (yes, no) => {
    for (const name of ["churn", "Churn?", "label", "y", "Exited", "是否流失", "churned_90d", undefined])
      expect(churned([yes, no], name), name).toBe(yes);
  });

  test.each([
    ["1", "2"],
    ["1", "no"],
    ["2", "0"],
    ["0", "-1"],
    ["1", "10"],
    ["yes", "true"],
    ["Yes", "Perhaps"],
    ["a", "b"],
    ["Attrited Customer", "Existing Customer"],
    ["ja", "no"],
  ])("of %s and %s it is not certain", (one, other) => {
    for (const name of ["churn", "retained", undefined]) expect(churned([one, other], name)).toBeUndefined();
  });
});

describe("answers in a column that asks who stayed", () => {
  test.each([
    ...["retained", "Retention", "is_retained", "customer_retained_flag", "renewed", "contract_renewal"],
    ...["active", "isActive", "ISACTIVE", "is_active", "activeflag", "stayed", "still_active", "loyal"],
    ...["not_churned", "nonchurn", "no_churn", "has_not_churned", "not_yet_left", "Survived"],
    ...["留存", "是否留存", "续约", "是否续约", "在网", "是否在网", "在网状态", "未流失", "活跃用户"],
    ...["aktiv", "verlängert", "verlaengert", "nicht_gekündigt", "Kundenbindung"],
    ...["actif", "fidèle", "fidele", "non_résilié", "activo", "retención", "renovado"],
    ...["attivo", "rinnovato", "ativo", "retenção", "активен", "продлен", "не ушёл"],
    ...["継続", "契約継続", "在籍中", "未解約"],
  ])("%s", (name) => {
    expect(churned(["Yes", "No"], name)).toBe("No");
    expect(churned(["1", "0"], name)).toBe("0");
    expect(churned(["true", "false"], name)).toBe("false");
    expect(labelMeaning(["Yes", "No"], name)?.by).toBe("turned");
  });

  test.each([
    ...[
      "still_customer",
      "contract_extended",
      "noch_kunde",
      "retenu",
      "sigue",
      "rimane",
      "остаётся",
      "更新した",
    ],
  ])("asks who is still there: %s", (name) => {
    expect(churned(["Yes", "No"], name)).toBe("No");
  });

  test.each([
    ...["renewal_declined", "renewal_refused", "failed_to_renew", "missed_renewal", "retention_failed"],
    ...[
      "end_of_loyalty",
      "auto_renewal_off",
      "续约失败",
      "拒绝续约",
      "plus_actif",
      "n_est_plus_actif",
      "churn_free",
    ],
  ])("what undoes staying or churning makes a name uncertain: %s", (name) => {
    expect(churned(["Yes", "No"], name)).toBeUndefined();
  });

  test.each(["churn_after_90_days", "churn_risk", "churned_before_renewal_end", "离网风险"])(
    "such words do not matter beside churning: %s",
    (name) => {
      expect(churned(["Yes", "No"], name)).not.toBe("No");
    },
  );

  test.each([
    ...["inactive", "isInactive", "not_renewed", "nonrenewed", "not_active", "no_longer_active"],
    ...["unrenewed", "never_renewed", "nonRenewal", "isn't active", "deactivated", "attrition", "left"],
    ...["未续约", "不活跃", "非在网", "不再续约", "是否未留存", "已离网"],
    ...["inaktiv", "nicht_verlängert", "gekündigt", "inactif", "non_renouvelé", "n'est plus actif"],
    ...["no_renovado", "inattivo", "não_renovou", "неактивен", "не продлён", "解約", "離脱"],
  ])("turned round, or of the other kind: %s", (name) => {
    expect(churned(["Yes", "No"], name)).toBe("Yes");
  });

  test.each([
    ...["churn_or_retained", "active_churn", "retention_before_cancellation", "留存或流失"],
    ...["reactivation", "preactivated", "non_voluntary_churn_of_actives", "活跃与否未知", "非自愿流失"],
  ])("names with both meanings, or with parts that are not known, are not certain: %s", (name) => {
    expect(churned(["Yes", "No"], name)).toBeUndefined();
    expect(churned(["1", "0"], name)).toBeUndefined();
  });
});

describe("words that say it themselves", () => {
  const pairs = [
    ["churned", "stayed"],
    ["Churn", "Active"],
    ["left", "stayed"],
    ["Left", "Active"],
    ["lost", "retained"],
    ["inactive", "active"],
    ["cancelled", "renewed"],
    ["流失", "在网"],
    ["已离网", "在网"],
    ["流失", "未流失"],
    ["未续约", "已续约"],
    ["不活跃", "活跃"],
    ["abgewandert", "geblieben"],
    ["gekündigt", "aktiv"],
    ["résilié", "actif"],
    ["inactivo", "activo"],
    ["disdetto", "attivo"],
    ["inativo", "ativo"],
    ["ушёл", "остался"],
    ["отток", "активен"],
    ["解約", "継続"],
    ["退会済み", "在籍中"],
  ] as const;
  test.each(pairs)("%s and %s, whatever the column is called", (gone, stayed) => {
    for (const name of ["churn", "retained", "未续约", "status", "active_churn", undefined])
      expect(churned([gone, stayed], name), name).toBe(gone);
  });

  test.each([
    ["churned", "customer", "churned"],
    ["churned", "not churned", "churned"],
    ["No Churn", "Churn", "Churn"],
    ["retained", "not retained", "not retained"],
    ["active", "left us", "left us"],
    ["流失", "正常", "流失"],
  ])("beside a word that does not contradict: %s and %s", (one, other, expected) => {
    expect(churned([one, other], "status")).toBe(expected);
  });

  test.each([
    ["left", "right"],
    ["active", "suspended"],
    ["stayed", "joined"],
    ["churned", "left"],
    ["stayed", "not churned"],
    ["closed", "open"],
  ])("%s and %s are not certain", (one, other) => {
    expect(churned([one, other], "status")).toBeUndefined();
  });
});

describe("the list", () => {
  test("has no word on both sides, and no answer that is both yes and no", () => {
    const all = (of: (each: (typeof LABEL_WORDS)[string]) => string) =>
      new Set(Object.values(LABEL_WORDS).flatMap((each) => wordsOf(of(each))));
    const churnedWords = all((each) => `${each.churned} ${each.gone} ${each.asksChurned}`);
    const stayedWords = all((each) => `${each.stayed} ${each.asksStayed}`);
    expect([...churnedWords].filter((word) => stayedWords.has(word))).toEqual([]);
    const no = all((each) => each.no);
    expect([...all((each) => each.yes)].filter((word) => no.has(word))).toEqual([]);
  });

  test("reads every churned word beside every stayed word of its language", () => {
    for (const { churned: words, gone, stayed } of Object.values(LABEL_WORDS))
      for (const word of wordsOf(`${words} ${gone}`))
        for (const other of wordsOf(stayed)) expect(churned([word, other]), `${word} ${other}`).toBe(word);
  });
});

describe("labelKey", () => {
  test.each([
    ["True.", " TRUE "],
    ["1", "1.0"],
    ["1", "1."],
    ["0", "-0.0"],
    ["Left  us", "left us"],
    ["１", "1"],
  ])("%j and %j are the same value", (one, other) => {
    expect(labelKey(one)).toBe(labelKey(other));
  });

  test("keeps apart what differs in more than notation", () => {
    expect(labelKey(".")).toBe(".");
    expect(labelKey("01")).not.toBe(labelKey("1"));
    expect(labelKey("yes!")).not.toBe(labelKey("yes"));
  });

  test("changes nothing when it is taken twice of a text without dots", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const key = labelKey(text.replaceAll(".", ""));
        expect(labelKey(key)).toBe(key);
      }),
    );
  });
});

test("isSameAnswer knows answers in any notation", () => {
  expect(isSameAnswer("Yes", "true")).toBe(true);
  expect(isSameAnswer("1.0", "是")).toBe(true);
  expect(isSameAnswer("No", "true")).toBe(false);
  expect(isSameAnswer("churned", "churned")).toBe(false);
});
