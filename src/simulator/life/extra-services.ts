import { SERVICE_FEES, SERVICE_NAMES } from "../market/catalogue.js";
import type { FactLog } from "../output/fact-log.js";
import { type Member, remember } from "./member.js";
import type { ServedDays } from "./served-days.js";

const DROP = 0.006;
const DROP_WHILE_DRIFTING = 0.05;
const ADD = 0.006;

/** Decides whether a subscriber drops a service or adds one. Takes three random numbers. */
export function changeServices(member: Member, served: ServedDays, log: FactLog | undefined): void {
  const { profile, state, random } = member;
  const turn = random.next();
  const which = random.next();
  const day = served.from + Math.floor(random.next() * (served.to - served.from));
  let dropped = 0;
  if (served.to > served.from && profile.bulk === undefined && state.silentSince === undefined) {
    const drops = state.services.length > 0 ? (state.isDrifting ? DROP_WHILE_DRIFTING : DROP) : 0;
    if (turn < drops) {
      const service = state.services[Math.floor(which * state.services.length)];
      if (day > service.since) {
        state.services = state.services.filter((held) => held !== service);
        log?.services.add(profile.position, service.name, service.since, day);
        dropped = 1;
      }
    } else if (turn > 1 - ADD) {
      const name = SERVICE_NAMES[Math.floor(which * SERVICE_NAMES.length)];
      if (!state.services.some((held) => held.name === name)) state.services.push({ name, since: day });
    }
  }
  remember(state.droppedServices, dropped);
}

export function serviceFees({ state }: Member): number {
  let sum = 0;
  for (const { name } of state.services) sum += SERVICE_FEES[name];
  return sum;
}
