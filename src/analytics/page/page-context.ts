import type { LocaleName } from "../../explain/reasons/locales.js";
import type { PageSection } from "../../page/page.js";

/** What every section is written in. */
export interface PageContext {
  readonly locale: LocaleName;
}

/** Writes a section about a part of the analysis; its texts are looked up in its own words. */
export type SectionOf<Data> = (data: Data, context: PageContext) => PageSection;
