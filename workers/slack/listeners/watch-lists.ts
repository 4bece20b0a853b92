import {
  groupOptions,
  itemOptions,
  segmentOptions,
  zoneOptions,
} from "../../../src/adapters/slack/views/suggestions.ts";
import { watchAction } from "../../../src/adapters/slack/views/watch-blocks/fields.ts";
import { readWatchMemory } from "../../../src/adapters/slack/views/watch-modal.ts";
import { brazeMetricOf } from "../../../src/metrics/metrics.ts";
import type { Listen, SlackContext } from "../context.ts";
import { wordsFor } from "../reply.ts";
import { userGroups } from "../user-groups.ts";

/** The lists of the watch form that are searched as one types. */
export const listenToWatchLists: Listen = (app, context) => {
  app.options(watchAction("segment"), async ({ options, ack }) => {
    await ack({ options: await segmentsFor(options as unknown as Suggesting, context) });
  });
  for (const field of ["item", "perItem"] as const)
    app.options(watchAction(field), async ({ options, ack }) => {
      await ack({ options: await itemsFor(field, options as unknown as Suggesting, context) });
    });
  app.options(watchAction("zone"), async ({ options, ack }) => {
    await ack({ options: zoneOptions(options.value) });
  });
  app.options(watchAction("ownerGroup"), async ({ options, ack }) => {
    await ack({ options: groupOptions((await userGroups(context)) ?? [], options.value) });
  });
};

/** What somebody types in a list of the form. */
interface Suggesting {
  readonly value: string;
  readonly view?: { readonly private_metadata: string };
}

async function segmentsFor({ value, view }: Suggesting, { bot, log }: SlackContext) {
  const workspace = view ? readWatchMemory(view).form.workspace : bot.workspaces[0]?.name;
  try {
    return segmentOptions(await bot.segments(workspace ?? "main"), value);
  } catch (error) {
    log.warn({ error: wordsFor(error, log) }, "console.segments-unknown");
    return [];
  }
}

async function itemsFor(field: "item" | "perItem", { value, view }: Suggesting, { bot, log }: SlackContext) {
  const form = view && readWatchMemory(view).form;
  const counted = field === "item" ? form : form?.per;
  const { item } = counted ? brazeMetricOf(counted) : {};
  if (!form || !item) return [];
  try {
    return itemOptions(await bot.items(form.workspace, item), value, item);
  } catch (error) {
    log.warn({ error: wordsFor(error, log) }, "console.items-unknown");
    // What is typed can be chosen all the same.
    return itemOptions([], value, item);
  }
}
