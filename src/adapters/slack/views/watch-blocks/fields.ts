/** The action id of a field in the watch form: `watch.` and the field. */
export const watchAction = (field: string): string => `watch.${field}`;

/** A text field of the form with one line. */
export const text = (field: string, value: string | undefined, most: number) =>
  ({
    type: "plain_text_input",
    action_id: watchAction(field),
    max_length: most,
    ...(value && { initial_value: Array.from(value).slice(0, most).join("") }),
  }) as const;

/** A number field of the form. */
export const number = (field: string, value: string | undefined, least: string, most?: string) =>
  ({
    type: "number_input",
    action_id: watchAction(field),
    is_decimal_allowed: true,
    min_value: least,
    ...(most && { max_value: most }),
    ...(value && /^\d+(\.\d+)?$/.test(value) && { initial_value: value }),
  }) as const;
