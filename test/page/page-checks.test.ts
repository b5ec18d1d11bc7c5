import { afterAll, describe, expect, test } from "vitest";
import { startBrowser } from "../support/browser.js";
import { checkPage } from "../support/page-checks/check-page.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const folder = temporaryFolder();
const browser = await startBrowser();
afterAll(() => browser?.close());

/** A page that is wrong in every way that is checked. */
const WRONG = `<!doctype html><html lang="en"><head><title>Wrong</title>
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>@media print { .gone { display: none; } } @media (prefers-color-scheme: dark) { body { background: #111; color: #222; } }</style></head><body>
<nav><a href="#nowhere">x</a><a href="missing.csv">y</a></nav>
<main><h1>a</h1><h3>b</h3><section id="first"><h2>c</h2>
<p style="color: #999">pale</p>
<p style="color: #000; background: linear-gradient(#fff, #333)">on a gradient</p>
<p style="width: 2000px">wide</p>
<p style="opacity: .4">faint</p>
<p style="visibility: hidden">unseen</p>
<button>press</button>
<div style="overflow: auto; width: 100px" id="scrolls"><div style="width: 300px">far</div></div>
<figure id="chart"><svg width="100" height="40"><rect width="100" height="40" fill="#1c5"/><text x="5" y="20" fill="#fff">on green</text><text x="60" y="20">too long by far</text></svg></figure>
<details><summary>s</summary><p class="gone">kept</p></details>
<img src="x.png"><script>console.log(1)</script>
</section></main></body></html>`;

describe.skipIf(!browser)("checkPage", () => {
  test("finds what is wrong", async () => {
    const problems = (await checkPage(browser!, folder.file("wrong.html", WRONG))).join("\n");
    const expected = [
      "light: anchors: #nowhere leads nowhere",
      "light: anchors: section first is not in the contents",
      'light: headings: heading "b" leaves out a level',
      "light: overflow: ",
      'light: hidden: "unseen" is not shown',
      "light: regions: what scrolls in scrolls is not reachable",
      "light: pictures: chart: role is not img",
      "light: pictures: chart: no title",
      "light: pictures: chart: no description",
      "light: pictures: chart: no viewBox",
      'light: pictures: chart: "too long by far" is beyond its edge',
      'light: contrast: 2.85 < 4.5: "pale"',
      'light: contrast: 1.66 < 4.5: "on a gradient"',
      'light: contrast: 2.85 < 4.5: "faint"',
      'light: contrast: 2.14 < 4.5: "on green"',
      "dark: contrast: ",
      "axe, light: image-alt",
      "360 pixels, with scripts: overflow",
      'without scripts: controls: button "press" is shown',
      "on paper: paper: nav",
      "on paper: paper: p in details is not printed",
      "on paper: paper: the ground is ",
      "light: console: ",
      "/x.png",
      "light: link to missing.csv, which is no file beside the page",
    ];
    expect(expected.filter((problem) => !problems.includes(problem))).toEqual([]);
  });
});
