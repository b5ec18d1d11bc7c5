import { inspect } from "node:util";
import { JUPYTER } from "../printing/print-as-text.js";
import { type MediaBundle, mediaBundle } from "../printing/rich-output.js";
import { textTable } from "../printing/text-table.js";
import { isRecord, pairsTable, rowsTable } from "./rows-table.js";

/** A value as a notebook shows it, with the text for where it is printed. */
export function bundleOf(value: unknown): MediaBundle {
  const own = ownBundle(value);
  if (own !== undefined) return own;
  if (typeof value === "string") {
    return isSvg(value)
      ? { "text/plain": `[${titleOf(value)}]`, "image/svg+xml": value }
      : { "text/plain": value };
  }
  const table = Array.isArray(value) ? rowsTable(value) : isRecord(value) ? pairsTable(value) : undefined;
  if (table === undefined) return { "text/plain": inspect(value) };
  const { rest, ...shown } = table;
  const text = [textTable(shown.head, shown.rows), ...(rest === undefined ? [] : [rest])].join("\n");
  return mediaBundle(text, [shown, ...(rest === undefined ? [] : [rest])]);
}

/** What the value says itself. */
function ownBundle(value: unknown): MediaBundle | undefined {
  if (typeof value !== "object" || value === null || !(JUPYTER in value)) return undefined;
  const display = value[JUPYTER];
  return typeof display === "function" ? (display.call(value) as MediaBundle) : undefined;
}

function isSvg(text: string): boolean {
  return text.startsWith("<svg");
}

/** The title of a picture, for where it can't be seen. */
function titleOf(svg: string): string {
  const [, title = "picture"] = /<title[^>]*>([^<]*)<\/title>/u.exec(svg) ?? [];
  return title
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");
}
