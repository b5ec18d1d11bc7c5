import { basename, dirname, extname, join } from "node:path";
import { invalidArgument } from "../errors.js";
import { checkPath } from "../files/check-path.js";
import { writeWholeFile } from "../files/whole-file.js";
import { pageHtml } from "./html/page-html.js";
import type { PlotVariables } from "./html/style.js";
import { pageMarkdown } from "./markdown/page-markdown.js";
import type { Page, PageFile } from "./page.js";

/** Options of {@link writePage}. */
export interface WritePageOptions {
  /** Declarations of the CSS variables that charts of the theme `page` use. Default: none. */
  readonly plotVariables?: PlotVariables | undefined;
}

type PageWriter = (
  page: Page,
  options: WritePageOptions & { readonly name: string },
) => { readonly text: string; readonly files: readonly PageFile[] };

/** How a page is written, by the extension of its path. */
const WRITERS: Readonly<Record<string, PageWriter>> = {
  ".html": (page, options) => {
    const { html, files } = pageHtml(page, options);
    return { text: html, files };
  },
  ".md": (page, options) => {
    const { markdown, files } = pageMarkdown(page, options);
    return { text: markdown, files };
  },
};

/**
 * Writes a page as HTML (`.html`) or Markdown (`.md`), and the files that it leads to beside it; each is written completely or not at all.
 * @returns the paths of all files, the page's first.
 * @throws HoldfastError for another extension, and where a file cannot be written.
 */
export async function writePage(page: Page, path: string, options: WritePageOptions = {}): Promise<string[]> {
  checkPath("writePage", "path", path);
  const extension = extname(path);
  const writer = Object.hasOwn(WRITERS, extension.toLowerCase()) && WRITERS[extension.toLowerCase()];
  if (!writer) {
    invalidArgument("writePage", "path", `must end in ${Object.keys(WRITERS).join(" or ")}`, path);
  }
  const { text, files } = writer(page, { ...options, name: basename(path, extension) });
  const beside = files.map((file) => ({ path: join(dirname(path), file.name), text: file.text }));
  // The page last: whoever sees it finds what it leads to.
  for (const file of [...beside, { path, text }]) await writeWholeFile(file.path, file.text);
  return [path, ...beside.map((file) => file.path)];
}
