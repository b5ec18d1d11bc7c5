import { invalidArgument } from "../errors.js";
import type { TierRule } from "../tiers/risk-tiers.js";

const LIMIT = /^(.+?)\s*>=\s*([0-9.eE+-]+)$/u;
const SHARE = /^(.+?)\s*=\s*([0-9.]+)\s*%$/u;
const TOP = /^(.+?)\s*=\s*([0-9]+)$/u;

export const TIER_SPEC_HELP =
  'risk tiers, the highest first: "high=10%,medium=20%,low", "call=500,rest" or "high>=0.6,low"';

/**
 * Reads `--tiers`: `name=10%` (share), `name=500` (so many subscribers) or `name>=0.6` (probability), the last tier
 * by its name alone.
 * @throws HoldfastError when it is none of these or mixes them with limits.
 */
export function parseTierSpec(text: string): TierRule {
  const parts = text.split(/[,，]/u).map((part) => part.trim());
  const last = parts.pop() ?? "";
  if (parts.length === 0 || last === "" || /[=%]/u.test(last)) refuse(text);
  if (parts.every((part) => LIMIT.test(part))) {
    const tiers = parts.map((part) => {
      const [, name, from] = LIMIT.exec(part) as RegExpExecArray;
      return { name, from: Number(from) };
    });
    return { by: "probability", tiers: [...tiers, { name: last, from: 0 }] };
  }
  const tiers = parts.map((part) => {
    const share = SHARE.exec(part);
    if (share) return { name: share[1], share: Number(share[2]) / 100 };
    const top = LIMIT.test(part) ? null : TOP.exec(part);
    return top ? { name: top[1], top: Number(top[2]) } : refuse(text);
  });
  return { by: "capacity", tiers: [...tiers, { name: last }] };
}

function refuse(text: string): never {
  return invalidArgument(
    "holdfast train",
    "--tiers",
    "must read like high=10%,medium=20%,low or high>=0.6,low",
    text,
  );
}
