// Drop files or paste a report; the page follows the coding until it is done.

import { go } from "./room.ts";

export function drop(host: HTMLElement): void {
  const form = host.querySelector("form")!;
  const input = form.querySelector<HTMLInputElement>("input[type=file]")!;
  const list = host.querySelector<HTMLElement>("[data-files]");
  const show = (): void => list?.replaceChildren(...[...(input.files ?? [])].map((file) => Object.assign(document.createElement("li"), { textContent: `${file.name} · ${Math.ceil(file.size / 1024)} kB` })));
  input.addEventListener("change", show);
  for (const kind of ["dragenter", "dragover"] as const) host.addEventListener(kind, (event) => { event.preventDefault(); host.classList.add("over"); });
  host.addEventListener("dragleave", () => host.classList.remove("over"));
  copied(host);
  host.addEventListener("drop", (event) => {
    event.preventDefault();
    host.classList.remove("over");
    if (!event.dataTransfer?.files.length) {
      const text = host.querySelector("textarea")!;
      text.value = event.dataTransfer?.getData("text/plain") ?? "";
      return keep(host, event.dataTransfer?.getData("text/html") ?? "");
    }
    input.files = event.dataTransfer.files;
    show();
    form.requestSubmit();
  });
}

/** What is pasted from a page comes with its markup: kept beside the text as long as the text stays as it is. */
function copied(host: HTMLElement): void {
  const text = host.querySelector("textarea")!;
  let fresh = "";
  text.addEventListener("paste", (event) => {
    const whole = text.selectionStart === 0 && text.selectionEnd === text.value.length;
    fresh = whole ? event.clipboardData?.getData("text/html") ?? "" : "";
  });
  text.addEventListener("input", () => { keep(host, fresh); fresh = ""; });
}

function keep(host: HTMLElement, html: string): void {
  const found = /<!--StartFragment-->([\s\S]*)<!--EndFragment-->/.exec(html)?.[1] ?? html;
  host.querySelector<HTMLInputElement>("input[name=html]")!.value = found;
  host.querySelector("[data-kept]")?.classList.toggle("hidden", !found);
}

/** While a job runs, its figures are asked for; when it is done, its page is shown. */
export function job(host: HTMLElement): void {
  const address = host.dataset["address"] ?? "";
  const bar = host.querySelector("progress");
  const words = host.querySelector<HTMLElement>("[data-progress]");
  const ask = async (): Promise<void> => {
    if (!host.isConnected) return;
    const answer = await fetch(`${address}.json`);
    if (!answer.ok) return void go(address, false);
    const state = (await answer.json()) as { done: number; total: number; running: boolean; current: string };
    if (bar) { bar.max = Math.max(1, state.total); bar.value = state.done; }
    if (words) words.textContent = `${state.done} / ${state.total} ${state.current}`;
    if (state.running) setTimeout(() => void ask(), 300);
    else void go(address, false);
  };
  void ask();
}
