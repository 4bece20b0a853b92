import { recordProductChange, removeProductChange } from "../pipeline/actions/record-product-change.ts";
import { productChangeId } from "../series/product-changes.ts";
import { productChangesAnswer } from "../text/answers/feedback.ts";
import { answerTo, clockOf } from "./answering.ts";
import { command } from "./command.ts";
import { scopeOf } from "./events.ts";
import { instantOf } from "./grammar/moment.ts";
import { productChangeOrder } from "./grammar/product-change.ts";

export const change = command({
  group: "calendar",
  aliases: ["release", "deploy"],
  meanings: ["released", "deployment", "rollout", "version"],
  about: "Releases and other changes of your product: named in alerts, marked on charts; they mute nothing",
  usage: ['change "NAME" [14:30|2h ago] [app:ID] [workspace:NAME]', "change list", "change remove CHANGE"],
  examples: ['change "iOS 5.2 released"', 'change "Prices raised" 2h ago', "change list"],
  permission: "change",
  syntax: productChangeOrder,
  async run(order, request) {
    const { actor, bot } = request;
    switch (order.act) {
      case "list":
        return productChangesAnswer((await bot.productChanges.all()).toReversed(), await bot.watches.all());
      case "remove":
        return answerTo(await removeProductChange(order.change, actor.user, bot), request);
      case "record": {
        const { name } = order;
        const time = order.time ? instantOf(order.time, 0, await clockOf("past", request)) : bot.clock();
        const scope = await scopeOf(order, request);
        const wanted = { id: productChangeId(name, time), name, time, scope, by: actor.user };
        return answerTo(await recordProductChange(wanted, bot), request);
      }
    }
  },
});
