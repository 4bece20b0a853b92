import type { Block, Message, Posted } from "../ports/messages.ts";
import type { Discard } from "../ports/pictures.ts";
import { mayHaveArrived } from "./idempotent-post.ts";

export interface DiscardDeps {
  readonly discard: Discard;
}

/** Posts a message; the image that was uploaded for it is discarded where no message shows it. */
export async function orDiscard<Answer extends Posted | undefined>(
  message: Message,
  { discard }: DiscardDeps,
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

/** The image that a message shows at best. */
export const imageIn = ({ chartImages = [] }: Message): Block | undefined =>
  chartImages.find(({ type }) => type === "image");
