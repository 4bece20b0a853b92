import type { Element } from "./elements.ts";
import { isEmpty, type Pick } from "./picks.ts";

/** What Slack itself says at a field before the app hears of it; nothing when all is well. */
export function inputProblem({ block, element }: Element, pick: Pick): string | undefined {
  if (isEmpty(pick)) return block.optional === true ? undefined : "Please complete this required field.";
  const value = String(pick.value ?? "");
  switch (element.type) {
    case "plain_text_input": {
      const length = Array.from(value).length;
      if (length < Number(element.min_length ?? 0))
        return `Please enter at least ${element.min_length} characters.`;
      if (length > Number(element.max_length ?? 3_000))
        return `Please enter at most ${element.max_length ?? 3_000} characters.`;
      return undefined;
    }
    case "email_text_input":
      return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value) ? undefined : "Please enter a valid email address.";
    case "url_text_input":
      return URL.canParse(value) ? undefined : "Please enter a valid URL.";
    case "number_input":
      return numberProblem(element, value);
    default:
      return undefined;
  }
}

function numberProblem(
  { is_decimal_allowed: decimals, min_value: min, max_value: max }: Element["element"],
  value: string,
) {
  const number = Number(value);
  if (value.trim() === "" || !Number.isFinite(number)) return "Please enter a number.";
  if (decimals !== true && !Number.isInteger(number)) return "Please enter a whole number.";
  if (min !== undefined && number < Number(min)) return `Please enter a number of at least ${min}.`;
  if (max !== undefined && number > Number(max)) return `Please enter a number of at most ${max}.`;
  return undefined;
}
