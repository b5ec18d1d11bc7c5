import type { Translate } from "../../printing/translator.js";
import type { PageFile } from "../page.js";
import type { PageText } from "../words.js";

/** What the parts of an HTML page share while it is written. */
export interface HtmlContext {
  /** The page's, with which the names of its files begin. */
  readonly name: string;
  readonly words: Translate<PageText>;
  /** Files that belong beside the page, so far. */
  readonly files: PageFile[];
}
