/** `2025-01`, `2025/1`, `2025.1`, `2025年1月` or `202501`, by the rules of days; a month that is stored as a float has a zero behind it. */
const FORMS = [
  /^([0-9]{4})-([0-9]{2})$/,
  /^([0-9]{4})[/.]([0-9]{1,2})$/,
  /^([0-9]{4})年([0-9]{1,2})月$/,
  /^([0-9]{4})([0-9]{2})(?:\.0+)?$/,
];

/** The month of a text that is no day, since 1970-01; undefined for another text. */
export function monthOfText(text: string): number | undefined {
  const trimmed = text.trim();
  for (const form of FORMS) {
    const [, year, month] = form.exec(trimmed) ?? [];
    if (year !== undefined && Number(month) >= 1 && Number(month) <= 12) {
      return (Number(year) - 1970) * 12 + Number(month) - 1;
    }
  }
  return undefined;
}
