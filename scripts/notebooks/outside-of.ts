/** Addresses that a page would load when it is opened; links that people follow are none. */
export function outsideOf(page: string): string[] {
  const patterns = [
    /<(?:script|img|iframe|source|embed)\b[^>]*\bsrc=["']?(https?:)?\/\/[^"'\s>]+/giu,
    /<link\b[^>]*\bhref=["']?(https?:)?\/\/[^"'\s>]+/giu,
    /@import\s+(?:url\()?["']?(https?:)?\/\/[^"')\s]+/giu,
    /url\(["']?(https?:)?\/\/[^"')\s]+/giu,
    /\bimport\s*\(?["'](https?:)?\/\/[^"']+/giu,
    /\bfrom\s+["'](https?:)?\/\/[^"']+/giu,
  ];
  return patterns.flatMap((pattern) => [...page.matchAll(pattern)].map(([found]) => found.slice(0, 200)));
}
