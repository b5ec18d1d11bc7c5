import { poissonCount } from "../draws.js";
import type { FactLog } from "../output/fact-log.js";
import { type Member, remember } from "./member.js";
import type { Network } from "./network.js";
import { knownAt, type ServedDays, someDay } from "./served-days.js";

/** Share of a region's subscribers that an outage reaches. */
const OUTAGE_REACH = 0.25;
const LINE_FAULT = 0.015;
const COMPLAINT_RATE = 0.03;
const COMPLAINT_RATE_OF_FAULTS = 0.012;
const COMPLAINT_RATE_OF_OVERAGE = 0.08;
const SERVICE_CALL_RATE = 0.05;

/** Draws and records network faults and complaints of a month. Takes three or four random numbers. */
export function sufferMonth(
  member: Member,
  served: ServedDays,
  network: Network,
  log: FactLog | undefined,
): void {
  const { profile, state, random, details } = member;
  const outage = random.next() < OUTAGE_REACH ? network.outageHours(profile.region, served.month) : 0;
  const lineFault = random.next() < LINE_FAULT ? 1 + random.integer(12) : 0;
  const isThere = served.to > served.from && state.silentSince === undefined && !profile.isBulkCard;
  const faultHours = isThere ? outage + lineFault : 0;
  const lastOverage = state.overageShares[state.overageShares.length - 1];
  const rate =
    COMPLAINT_RATE * Math.exp(-0.8 * state.satisfaction) +
    COMPLAINT_RATE_OF_FAULTS * faultHours +
    COMPLAINT_RATE_OF_OVERAGE * Math.min(1, lastOverage);
  const complaints = poissonCount(isThere ? rate * served.share : 0, random);
  remember(state.faultHours, faultHours);
  remember(state.complaints, complaints);
  if (log === undefined || !isThere) return;

  const recorded = new Set<string>();
  const record = (kind: string, value: number) => {
    const day = someDay(served, details);
    const known = knownAt(day, details);
    // Two of one day that nothing tells apart are one fact.
    const fact = `${kind} ${day} ${known}`;
    if (!recorded.has(fact)) log.events.add(profile.id, day, known, kind, value);
    recorded.add(fact);
  };
  if (faultHours > 0) record("network_fault", faultHours);
  for (let i = 0; i < complaints; i++) record("complaint", Number.NaN);
  const calls = poissonCount(SERVICE_CALL_RATE * served.share, details);
  for (let i = 0; i < calls; i++) record("service_call", Number.NaN);
}
