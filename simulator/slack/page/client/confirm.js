// Asks whether somebody is sure.

const dialog = document.querySelector("#confirm");

const element = (name, text, properties = {}) =>
  Object.assign(document.createElement(name), { textContent: text, ...properties });

/** Whether the person agrees to what a confirmation asks. */
export function confirmed({ title, text, confirm, deny, style }) {
  const form = document.createElement("form");
  form.method = "dialog";
  const footer = document.createElement("footer");
  footer.append(
    element("button", deny.text, { className: "button", value: "" }),
    element("button", confirm.text, { className: `button ${style ?? "primary"}`, value: "yes" }),
  );
  form.append(element("h2", title.text, { id: "confirm-title" }), element("p", text.text), footer);
  dialog.replaceChildren(form);
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((done) => {
    dialog.addEventListener("close", () => done(dialog.returnValue === "yes"), { once: true });
  });
}
