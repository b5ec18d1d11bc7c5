const WHOLE_WITH_FRACTION = /^[+-]?[0-9]+\.0+$/;

/**
 * What makes two texts the same category: without white space around it, composed (Unicode NFC), a whole number without a
 * fraction of zeros, as data frames write whole numbers once one of them is missing (`1.0` is `1`). Empty for a blank.
 */
export function categoryText(text: string): string {
  const trimmed = text.trim();
  const composed = isAscii(trimmed) ? trimmed : trimmed.normalize("NFC");
  return composed.length > 2 && WHOLE_WITH_FRACTION.test(composed)
    ? composed.slice(0, composed.indexOf("."))
    : composed;
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false;
  return true;
}
