import type { LocaleName } from "../../explain/reasons/locales.js";

const MINUS = "−";

/** 26.5%, 0.04%, 100%: one decimal, more for shares below 0.1%. */
export function percentText(share: number): string {
  const percent = share * 100;
  const size = Math.abs(percent);
  if (size > 0 && size < 0.1) return signs(`${Number(percent.toPrecision(1))}%`);
  return signs(`${size >= 99.95 && size < 100 ? percent.toFixed(2) : trimmed(percent.toFixed(1))}%`);
}

/** 0.846 */
export function decimalText(value: number, digits = 3): string {
  return signs(value.toFixed(digits));
}

/** 7,043; 12.35; 0.0123: thousands separated, four digits of what is smaller. */
export function amountText(value: number): string {
  const size = Math.abs(value);
  if (size >= 1000) return signs(value.toLocaleString("en-US", { maximumFractionDigits: 0 }));
  return signs(String(Number(value.toPrecision(4))));
}

/** +3.2%, −1.4% */
export function signed(text: string): string {
  return /^[−0]/u.test(text) ? text : `+${text}`;
}

/** Of a tick of an axis of shares: as many decimals as it has. */
export function percentTick(share: number): string {
  return signs(`${Number((share * 100).toPrecision(6))}%`);
}

/** Of a tick of any numbers; those of millions are short. */
export function amountTick(locale: LocaleName): (value: number) => string {
  return (value) =>
    Math.abs(value) >= 1e6
      ? signs(new Intl.NumberFormat(locale, { notation: "compact" }).format(value))
      : signs(Number(value.toPrecision(8)).toLocaleString("en-US", { maximumFractionDigits: 8 }));
}

const PLAIN = /^(−?[\d,]+)(?:\.(\d+))?(%?)$/u;

/** Numbers of an axis with the same decimals: 1%, 1.5% are 1.0%, 1.5%. A text that is none leaves all as they are. */
export function evenly(texts: readonly string[]): string[] {
  const parts = texts.map((text) => PLAIN.exec(text));
  if (parts.some((part) => part === null)) return [...texts];
  const decimals = Math.max(0, ...parts.map((part) => part?.[2]?.length ?? 0));
  return parts.map((part, i) => {
    const [, whole, fraction = "", unit] = part ?? [];
    if (decimals === 0 || /^−?0(?:\.0*)?%?$/u.test(texts[i])) return texts[i];
    return `${whole}.${fraction.padEnd(decimals, "0")}${unit}`;
  });
}

function trimmed(text: string): string {
  return text.replace(/\.0$/u, "");
}

function signs(text: string): string {
  return text.replace(/^-/u, /[1-9]/u.test(text) ? MINUS : "");
}
