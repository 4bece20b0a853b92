import type { PlainTextOption } from "@slack/types";
import type { Item } from "../../../metrics/metric.ts";
import type { ListedItem, Segment } from "../../../pipeline/ports/braze.ts";
import type { UserGroup } from "../../../pipeline/ports/slack.ts";
import { ID_PATTERN, isItemName } from "../../../series/series.ts";
import { notTracked } from "../../../text/forms/watch.ts";
import { nameKey } from "../../../text/same-name.ts";
import { canonicalZone } from "../../../time/zone.ts";
import { LONGEST_VALUE, option } from "../blocks/elements.ts";
import { lengthOf } from "../blocks/names.ts";
import { segmentValue } from "./watch-form.ts";

/** The maximum options of a list in Slack. */
const MOST = 100;

/** The segments whose name or id contains the typed text. Untracked segments are marked and come last. */
export function segmentOptions(segments: readonly Segment[], typed: string): PlainTextOption[] {
  const found = segments
    .filter(({ name, id }) => ID_PATTERN.test(id) && holds(`${name} ${id}`, typed))
    .toSorted((a, b) => Number(b.isTracked) - Number(a.isTracked) || a.name.localeCompare(b.name, "en"));
  return found
    .slice(0, MOST)
    .map((segment) =>
      option(segment.name, segmentValue(segment), segment.isTracked ? undefined : notTracked),
    );
}

/**
 * The custom events, products, campaigns or Canvases whose name contains the typed text, and what is typed itself if
 * Braze can be asked for it: the list may be a day old, or may not be read.
 */
export function itemOptions(
  items: readonly ListedItem[],
  typed: string,
  { isId }: Pick<Item, "isId"> = {},
): PlainTextOption[] {
  const own = typed.trim();
  const found = items
    .filter(({ id, name }) => holds(isId ? `${name} ${id}` : name, typed))
    .toSorted((a, b) => a.name.localeCompare(b.name, "en"));
  const isOwn = isId ? found.length === 0 && ID_PATTERN.test(own) : items.every(({ name }) => name !== own);
  return [...found.slice(0, MOST - 1), ...(isOwn ? [{ id: own, name: own }] : [])]
    .filter(({ id }) => isItemName(id) && lengthOf(id) <= LONGEST_VALUE)
    .map(({ id, name }) => option(name, id));
}

/** The option of a user group; of one that Slack does not list, its id. */
export function groupOption(id: string, groups: readonly UserGroup[]): PlainTextOption {
  const known = groups.find((group) => group.id === id);
  return known
    ? option(`@${known.handle}`, id, known.name)
    : option(id.slice(0, LONGEST_VALUE), id.slice(0, LONGEST_VALUE));
}

/** The user groups whose handle, name or id contains the typed text. */
export const groupOptions = (groups: readonly UserGroup[], typed: string): PlainTextOption[] =>
  groups
    .filter(({ id, handle, name }) => holds(`${handle} ${name} ${id}`, typed.replace(/^@/, "")))
    .toSorted((a, b) => a.handle.localeCompare(b.handle, "en"))
    .slice(0, MOST)
    .map(({ id }) => groupOption(id, groups));

const zones = ["UTC", ...Intl.supportedValuesOf("timeZone")];
const regions = [...new Set(zones.flatMap((zone) => zone.match(/^[^/]+(?=\/)/)?.[0] ?? []))];

/** The time zones whose name contains the typed text, or that have it as another name, such as Kyiv. */
export function zoneOptions(typed: string): PlainTextOption[] {
  const name = typed.trim().replaceAll(" ", "_");
  const named = [name, ...regions.map((region) => `${region}/${name}`)].flatMap(
    (alias) => canonicalZone(alias) ?? [],
  );
  const found = zones.filter((zone) => holds(zone.replaceAll("_", " "), typed.replaceAll("_", " ")));
  return [...new Set([...named, ...found])].slice(0, MOST).map((zone) => option(zone, zone));
}

/** Whether a text contains each typed word, compared as names are compared. */
const holds = (text: string, typed: string): boolean => {
  const key = nameKey(text);
  return nameKey(typed)
    .split(" ")
    .every((word) => key.includes(word));
};
