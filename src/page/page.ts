import type { LocaleName } from "../explain/reasons/locales.js";

/** A page of people's view as plain data, in one language: HTML and Markdown are written from it, and look for nothing else. */
export interface Page {
  readonly locale: LocaleName;
  readonly title: string;
  /** What it is of, in a line: model, data. */
  readonly subtitle: string;
  readonly sections: readonly PageSection[];
  /** How it was made, a line each. */
  readonly foot: readonly string[];
}

/** A part of a page with a heading that can be linked to. */
export interface PageSection {
  /** The anchor, of `a-z`, `0-9` and `-`; unique on the page. */
  readonly id: string;
  readonly title: string;
  readonly blocks: readonly Block[];
}

/** What a section is made of. All texts are plain: whatever names and categories hold, they are shown, never interpreted. */
export type Block =
  /** A paragraph. `lead`: the one that is read first. */
  | { readonly is: "text"; readonly text: string; readonly lead?: true }
  | { readonly is: "heading"; readonly text: string }
  | { readonly is: "list"; readonly items: readonly string[] }
  /** Something to mind (`warning`), or why something could not be computed (`missing`). */
  | { readonly is: "note"; readonly tone: "warning" | "missing"; readonly text: string }
  /** Key figures: a large value, what it is, and how sure. */
  | { readonly is: "figures"; readonly items: readonly KeyFigure[] }
  | { readonly is: "table"; readonly table: PageTable }
  /** Pictures, beside each other where there is room. */
  | { readonly is: "pictures"; readonly pictures: readonly Picture[] }
  /** Commands or code, to be copied. */
  | { readonly is: "code"; readonly text: string }
  /** Further blocks that are folded away on screen, and shown in print and in Markdown. */
  | { readonly is: "details"; readonly summary: string; readonly blocks: readonly Block[] };

/** A figure that is read at a glance. */
export interface KeyFigure {
  readonly label: string;
  readonly value: string;
  /** An interval, or what it is compared with. */
  readonly detail?: string;
}

/** A cell: a text, or a text with the number by which its column is sorted (null: last), and whether it asks for attention. */
export type PageCell =
  | string
  | {
      readonly text: string;
      readonly value?: number | null;
      readonly tone?: "warning";
      /** A bar behind the text, from 0 to 1 of the cell. */
      readonly bar?: number;
    };

/** A table with its caption. The first column names the rows. */
export interface PageTable {
  /** Unique on the page, of `a-z`, `0-9` and `-`; also names the CSV file of a table that is cut. */
  readonly id: string;
  readonly caption: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly PageCell[])[];
  /** How many rows the page shows at most; all of them are in a CSV file beside it. Default: all. */
  readonly most?: number;
}

/** A chart with what is said of it: each has a title, and a description for those who do not see it. */
export interface Picture {
  /** Unique on the page, of `a-z`, `0-9` and `-`; also names the SVG file beside a Markdown page. */
  readonly id: string;
  readonly title: string;
  /** A sentence or two below it: what to see in it. */
  readonly caption?: string;
  /** SVG text of a chart of `holdfast/plots`. @param theme `page`: colours are those of the page around it. */
  readonly svg: (theme: "light" | "page") => string;
  /** Whether it takes the full width. */
  readonly wide?: true;
}

/** A file that belongs beside a page: the CSV of a table that is cut, the SVG of a picture of a Markdown page. */
export interface PageFile {
  /** Its name, without a folder. */
  readonly name: string;
  readonly text: string;
}
