const ENGLISH = [
  "gender",
  "sex",
  "age",
  "senior",
  "birth",
  "birthday",
  "race",
  "ethnic",
  "ethnicity",
  "nationality",
  "religion",
  "religious",
  "marital",
  "married",
  "pregnant",
  "disability",
  "disabled",
];
const CHINESE = ["性别", "年龄", "出生", "生日", "民族", "国籍", "宗教", "婚姻", "残疾"];
const SENSITIVE = new RegExp(`(?<![a-z])(?:${ENGLISH.join("|")})(?![a-z])|${CHINESE.join("|")}`, "i");

/**
 * Whether the name of a column says that it is about something that should not be told as the reason for a decision: gender,
 * age, origin, religion, family status, health.
 * @example looksSensitive("SeniorCitizen") // true
 */
export function looksSensitive(name: string): boolean {
  return SENSITIVE.test(name.replace(/(\p{Ll})(?=\p{Lu})/gu, "$1_").replace(/[\s_-]+/g, "_"));
}
