// A field is corrected by the words that say it: select them in the text, name the field, save. Every save can be undone.

import { go, tell } from "./room.ts";
import { offsetOf } from "./offsets.ts";

export function correct(host: HTMLElement): void {
  const dialog = host.querySelector<HTMLDialogElement>("dialog.correct");
  const text = host.querySelector<HTMLElement>(".text");
  if (!dialog || !text) return;
  const form = dialog.querySelector("form")!;
  const offer = host.querySelector<HTMLButtonElement>("button.offer");
  let chosen: { start: number; end: number; words: string } | null = null;
  const choose = (): void => {
    chosen = selected(text);
    if (!offer) return;
    offer.classList.toggle("hidden", !chosen);
    if (chosen) offer.textContent = `${offer.dataset["label"]} “${chosen.words.length > 24 ? `${chosen.words.slice(0, 24)}…` : chosen.words}”`;
  };
  document.addEventListener("selectionchange", () => { if (host.isConnected) choose(); });
  offer?.addEventListener("click", () => open(dialog, form, { ...chosen }));
  host.addEventListener("mousedown", (event) => {  // a press on a button must not drop the selection
    if ((event.target as Element).closest("button[data-correct], button.offer")) event.preventDefault();
  });
  host.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("button[data-correct]");
    if (button) open(dialog, form, { ...chosen, event: button.dataset["correct"] ?? "", field: button.dataset["field"] ?? "" }, button.dataset["value"]);
  });
  dialog.querySelector("button[data-close]")?.addEventListener("click", () => dialog.close());
  form.addEventListener("change", (event) => {
    if ((event.target as HTMLElement).id !== "correct-field") return;
    const value = form.elements.namedItem("value") as HTMLInputElement;
    const about = (form.elements.namedItem("event") as HTMLSelectElement).value;
    const field = (form.elements.namedItem("field") as HTMLSelectElement).value;
    const row = host.querySelector<HTMLElement>(`button[data-correct="${CSS.escape(about)}"][data-field="${CSS.escape(field)}"]`);
    value.value = (form.elements.namedItem("words") as HTMLInputElement).value ? "" : row?.dataset["value"] ?? "";
    void suggest(form);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void save(form, dialog);
  });
}

function selected(text: HTMLElement): { start: number; end: number; words: string } | null {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return null;
  const start = offsetOf(range.startContainer, range.startOffset);
  const end = offsetOf(range.endContainer, range.endOffset);
  const words = selection.toString();
  return start === null || end === null || start >= end ? null : { start, end, words };
}

function open(dialog: HTMLDialogElement, form: HTMLFormElement, given: Record<string, string | number>, value = ""): void {
  for (const [key, value] of Object.entries(given)) {
    const field = form.elements.namedItem(key);
    if ((field instanceof HTMLInputElement || field instanceof HTMLSelectElement) && value !== "") field.value = String(value);
  }
  if (given["words"] === undefined) for (const name of ["start", "end", "words"]) (form.elements.namedItem(name) as HTMLInputElement).value = "";
  (form.elements.namedItem("value") as HTMLInputElement).value = given["words"] === undefined ? value : "";
  dialog.querySelector(".wrong")?.replaceChildren();
  dialog.showModal();
  void suggest(form);
}

/** What the words may stand for: names of the lexicon, days. The first guess is filled in; the coder decides. */
async function suggest(form: HTMLFormElement): Promise<void> {
  const value = form.elements.namedItem("value") as HTMLInputElement;
  const list = form.querySelector("datalist");
  const field = (form.elements.namedItem("field") as HTMLSelectElement).value;
  value.setAttribute("list", field === "kind" || field === "status" ? "correct-kinds" : "correct-values");
  const query = new URLSearchParams();
  for (const name of ["event", "document", "field", "words", "start", "end"]) query.set(name, String(new FormData(form).get(name) ?? ""));
  if (!query.get("words")) return;
  const answer = await fetch(`/suggest.json?${query}`);
  if (!answer.ok || !list) return;
  const found = (await answer.json()) as { values: { value: string; name: string }[] };
  list.replaceChildren(...found.values.map((item) => Object.assign(document.createElement("option"), { value: item.value, label: item.name })));
  if (!value.value && found.values[0]) value.value = found.values[0].value;
}

async function save(form: HTMLFormElement, dialog: HTMLDialogElement): Promise<void> {
  const answer = await post(form.action, new FormData(form));
  if ("error" in answer) {
    dialog.querySelector(".wrong")!.textContent = answer.error;
    return;
  }
  dialog.close();
  const there = location.pathname.startsWith("/review") ? answer.to : location.pathname;
  await go(there + location.search, there !== location.pathname);
  tell(answer.message, { label: answer.undo_label, run: () => void undo(answer.undo) });
}

export interface Saved { message: string; undo: string; undo_label: string; to: string }

/** Post a form; the answer is what was saved, or one sentence that says why not. */
export async function post(address: string, body: FormData | URLSearchParams): Promise<Saved | { error: string }> {
  try {
    const answer = await fetch(address, { method: "POST", body, headers: { Accept: "application/json" } });
    const made = (await answer.json()) as Saved & { error?: string };
    return answer.ok ? made : { error: made.error ?? String(answer.status) };
  } catch (fault) {
    return { error: String(fault) };
  }
}

/** Take an act back (none named: this person's last one), then show a page. The undo can be taken back as well. */
export async function undo(batch: string, there = location.pathname + location.search): Promise<void> {
  const answer = await post("/review/undo", new URLSearchParams({ batch, back: there }));
  if ("error" in answer) return tell(answer.error);
  await go(answer.to, answer.to !== location.pathname + location.search);
  tell(answer.message, { label: answer.undo_label, run: () => void undo(answer.undo) });
}
