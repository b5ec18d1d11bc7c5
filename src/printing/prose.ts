/** In which language: Chinese has no blanks between sentences, and its own comma. */
interface InLanguage {
  readonly locale: "en" | "zh";
}

/** A sentence after the other, without those that are empty. */
export function sentences(
  { locale }: InLanguage,
  ...texts: readonly (string | false | null | undefined)[]
): string {
  return texts.filter((text) => typeof text === "string" && text !== "").join(locale === "zh" ? "" : " ");
}

/** Names with commas between. */
export function listed({ locale }: InLanguage, names: readonly string[]): string {
  return names.join(locale === "zh" ? "、" : ", ");
}

/** An amount of money, in whole units from 100 on. */
export function money(amount: number): string {
  const digits = Math.abs(amount) >= 100 ? 0 : 2;
  return amount.toLocaleString("en-US", { maximumFractionDigits: digits }).replace("-", "−");
}
