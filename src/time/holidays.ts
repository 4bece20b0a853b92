import Holidays from "date-holidays";
import { DAY } from "./time.ts";
import { canonicalZone } from "./zone.ts";

/**
 * For zones that several countries share, or whose country has no holidays of its own: the place where most people
 * live.
 */
const placesByZone: Record<string, string> = {
  "Africa/Abidjan": "CI",
  "Africa/Johannesburg": "ZA",
  "Africa/Lagos": "NG",
  "Africa/Maputo": "MZ",
  "Africa/Nairobi": "KE",
  "America/Panama": "PA",
  "Europe/Belgrade": "RS",
  "Europe/Helsinki": "FI",
  "Europe/London": "GB-ENG",
};

const countriesByZone = new Map<string, string>();

/**
 * The place whose holidays people in a zone keep, as a country or country and state; accepts any name of the zone.
 * @example placeOfZone("Australia/Melbourne"); // => "AU-VIC"
 */
export function placeOfZone(name: string): string | undefined {
  const zone = canonicalZone(name);
  if (zone === undefined) return undefined;
  const known = placesByZone[zone];
  if (known) return known;
  if (countriesByZone.size === 0) readCountries();
  const country = countriesByZone.get(zone);
  if (!country) return undefined;
  const states = Object.keys(new Holidays().getStates(country) ?? {});
  const own = states.filter((state) => zonesOf(new Holidays(country, state)).includes(zone));
  const sharesZones = new Holidays(country).getTimezones().length === own.length;
  return own.length === 1 && !sharesZones ? `${country}-${own[0]}` : country;
}

const zonesOf = (calendar: Holidays): string[] =>
  calendar.getTimezones().flatMap((zone) => canonicalZone(zone) ?? []);

/** Countries by zone: from Intl, which lists one of each country's own, then from the calendars. */
function readCountries(): void {
  const countries = Object.keys(new Holidays().getCountries());
  for (const zonesIn of [intlZonesOf, (country: string) => zonesOf(new Holidays(country))]) {
    for (const country of countries) {
      for (const zone of zonesIn(country)) {
        if (!countriesByZone.has(zone)) countriesByZone.set(zone, country);
      }
    }
  }
}

/** Missing in TypeScript's types. */
type LocaleOfPlace = Intl.Locale & { getTimeZones(): readonly string[] | undefined };

const intlZonesOf = (country: string): string[] =>
  ((new Intl.Locale(`und-${country}`) as LocaleOfPlace).getTimeZones() ?? []).flatMap(
    (zone) => canonicalZone(zone) ?? [],
  );

/**
 * The canonical name of a place: a country, or country and state such as `AU-VIC`, or with a region of that; undefined
 * when it has no calendar.
 * @example canonicalPlace("de-by"); // => "DE-BY"
 */
export function canonicalPlace(typed: string): string | undefined {
  const [country, state, region, ...more] = typed.trim().split("-");
  const calendars = new Holidays();
  const parts = [keyOf(calendars.getCountries(), country)];
  if (parts[0] && state !== undefined) parts.push(keyOf(calendars.getStates(parts[0]), state));
  if (parts[1] && region !== undefined) parts.push(keyOf(calendars.getRegions(parts[0]!, parts[1]), region));
  return more.length > 0 || parts.includes(undefined) ? undefined : parts.join("-");
}

/** The matching key, whatever its case. */
const keyOf = (names: object | null | undefined, typed = ""): string | undefined =>
  Object.keys(names ?? {}).find((key) => key.toLowerCase() === typed.toLowerCase());

const daysByPlace = new Map<string, Set<number>>();
const yearsRead = new Set<string>();

/** Whether a day, counted from 1970, is a public holiday in the country, or else in the country of the zone. */
export function isHoliday(day: number, zone: string, country?: string): boolean {
  const place = country ?? zone;
  const days = daysByPlace.get(place) ?? new Set<number>();
  daysByPlace.set(place, days);
  const year = new Date(day * DAY).getUTCFullYear();
  if (!yearsRead.has(`${place} ${year}`)) {
    yearsRead.add(`${place} ${year}`);
    for (const holiday of holidaysOf(country ?? placeOfZone(zone), year)) days.add(holiday);
  }
  return days.has(day);
}

function holidaysOf(place: string | undefined, year: number): number[] {
  if (!place) return [];
  const [country = "", state, region] = place.split("-");
  const calendar = region
    ? new Holidays(country, state!, region)
    : state
      ? new Holidays(country, state)
      : new Holidays(country);
  const days = (calendar.getHolidays(year) || [])
    .filter(({ type }) => type === "public" || type === "bank" || type === "optional")
    .flatMap(({ date, start, end }) => {
      const first = Date.parse(`${date.slice(0, 10)}T00:00Z`) / DAY;
      const length = Math.max(1, Math.round((end.getTime() - start.getTime()) / DAY));
      return Array.from({ length }, (_, i) => first + i);
    });
  return days.includes(Date.UTC(year, 11, 25) / DAY) ? [...days, ...betweenTheYears(year)] : days;
}

// Where Christmas is kept, hardly any day from its eve to New Year's is typical, though few are public holidays.
const betweenTheYears = (year: number): number[] =>
  Array.from({ length: 8 }, (_, i) => Date.UTC(year, 11, 24 + i) / DAY);
