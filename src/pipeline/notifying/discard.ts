import type { Context } from "../context.ts";
import type { Block, Message, Posted } from "../ports/messages.ts";
import { mayHaveArrived } from "./idempotent-post.ts";

/** Posts a message; deletes its uploaded image if no message shows it. */
export async function orDiscard<Answer extends Posted | undefined>(
  message: Message,
  { discard }: Pick<Context, "discard">,
  post: () => Promise<Answer>,
): Promise<Answer> {
  const image = imageIn(message);
  try {
    const posted = await post();
    if (image && !posted?.chartImage) discard(image);
    return posted;
  } catch (error) {
    if (image && !mayHaveArrived(error)) discard(image);
    throw error;
  }
}

/** The best image of a message. */
export const imageIn = ({ chartImages = [] }: Message): Block | undefined =>
  chartImages.find(({ type }) => type === "image");
