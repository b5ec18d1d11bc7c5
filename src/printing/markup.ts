import { printable } from "./printable.js";

/** Text that is HTML: what {@link html} wrote, or what it may trust. */
export class Markup {
  constructor(readonly text: string) {}
}

/** What a template may hold: texts and numbers are escaped, markup is not. Undefined and false are left out. */
type Part = string | number | Markup | readonly Markup[] | undefined | false;

/**
 * HTML by a template. Every text becomes a text of the page here, and nowhere else: within an element, or an attribute in double quotes.
 * @example html`<p title="${name}">${text}</p>`
 */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(strings.reduce((before, after, place) => before + partText(parts[place - 1]) + after));
}

function partText(part: Part): string {
  if (part === undefined || part === false) return "";
  if (part instanceof Markup) return part.text;
  if (typeof part === "object") return part.map(({ text }) => text).join("");
  return escaped(printable(String(part)));
}

/** Text with its line breaks, for `<pre>`. It is printable already. */
export function preformatted(text: string): Markup {
  return new Markup(escaped(text));
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/gu, (character) => ENTITIES[character]);
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** A style sheet or script without its indentation. */
export function unindented(text: string): string {
  return text.replace(/^ +|\n(?=\n)/gmu, "");
}
