import { html, Markup } from "../../printing/markup.js";
import type { Picture } from "../page.js";

/** Narrower charts fit on a telephone; wider ones scroll there, so that their text stays readable. */
const FITS_TELEPHONE = 480;

/** A chart with its title above and its caption below. The SVG is our own and goes in as it is, but for its ids. */
export function htmlPicture({ id, title, caption, svg, wide }: Picture): Markup {
  const text = withOwnIds(svg("page"), id);
  const isBroad = svgWidth(text) > FITS_TELEPHONE;
  const titleId = `${id}_caption`;
  return html`<figure id="${id}"${wide && html` class="wide"`}>
<figcaption><strong id="${titleId}">${title}</strong>${caption !== undefined && html`<span>${caption}</span>`}</figcaption>
<div class="plot"${isBroad && html` role="group" aria-labelledby="${titleId}" tabindex="0"`}>${new Markup(text)}</div>
</figure>
`;
}

function svgWidth(svg: string): number {
  return Number(/^[^>]*?\swidth="([\d.]+)(?:px)?"/u.exec(svg)?.[1] ?? 0);
}

/** The SVG with the picture's id before each of its ids, which two charts of a page may share otherwise. */
function withOwnIds(svg: string, id: string): string {
  return svg.replace(/<[a-z](?:[^<>"]|"[^"]*")*>/giu, (tag) =>
    tag.replace(/([\w:-]+)="([^"]*)"/gu, (attribute, name: string, value: string) => {
      if (name === "id") return `id="${id}__${value}"`;
      if (name === "aria-labelledby" || name === "aria-describedby") {
        return `${name}="${value.replace(/\S+/gu, (each) => `${id}__${each}`)}"`;
      }
      if (name === "href" || name === "xlink:href") return `${name}="${value.replace(/^#/u, `#${id}__`)}"`;
      return attribute.replace(/url\(#/gu, `url(#${id}__`);
    }),
  );
}
