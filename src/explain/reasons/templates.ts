import { type SentenceParts, shownNumber, shownShare } from "./locale.js";

/**
 * Your own sentences by column. In braces: `{column}`, `{value}`, `{typical}`, `{description}`, `{unit}`, `{rate}` and
 * `{allRate}` (the share of training rows that left, with a similar value and in all); what is not known is a dash.
 */
export type ReasonTemplates = Readonly<Record<string, string>>;

/** The sentence of a template. */
export function filledTemplate(template: string, parts: SentenceParts): string {
  const { column, value, typical, description, unit, rates } = parts;
  const number = (each: number) => (unit === "share" ? shownShare(each) : shownNumber(each));
  const texts: Readonly<Record<string, string | undefined>> = {
    column,
    value: typeof value === "number" ? number(value) : (value ?? undefined),
    typical: typical === undefined ? undefined : number(typical),
    description: description ?? column,
    unit,
    rate: rates && shownShare(rates.like),
    allRate: rates && shownShare(rates.all),
  };
  // Only what stands in the template is replaced, never what a value says.
  return template.replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(texts, name) ? (texts[name] ?? "–") : whole,
  );
}
