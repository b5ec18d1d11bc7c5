import type { LocaleName } from "../explain/reasons/locales.js";
import type { PlotOptions } from "./plot-options.js";

/** Widths of charts on a page: two beside each other, or one. */
const HALF = 460;
const WHOLE = 940;

/** A chart of a page: its title, and how it is drawn in a theme. */
export interface ChartOfPage {
  readonly id: string;
  readonly title: string;
  readonly svg: (theme: "light" | "page") => string;
  /** A sentence or two below it: what to see in it. */
  readonly caption?: string;
  /** Whether it takes the full width. */
  readonly wide?: true;
}

/** A chart that is drawn in the language and colours of a page. */
export function pictureOf(
  { locale }: { readonly locale: LocaleName },
  id: string,
  title: string,
  draw: (options: PlotOptions) => string,
  more: Pick<ChartOfPage, "caption" | "wide"> = {},
): ChartOfPage {
  const width = more.wide === true ? WHOLE : HALF;
  return { id, title, svg: (theme) => draw({ id, theme, locale, title, width }), ...more };
}
