// Where, of the selection: outlines of Natural Earth, Korean place names, no tiles. It opens on East Asia.

import { geoMercator, geoPath } from "d3-geo";
import { feature } from "topojson-client";
import type { FeatureCollection, Geometry } from "geojson";
import { placeLabels } from "./labels.ts";
import { go } from "./room.ts";
import { dataOf, svg, textWidth } from "./svg.ts";

interface Place { id: string; name: string; lat: number; lon: number; events: number; conflicts: number; href: string }
interface Places { places: Place[]; unplaced: number }
interface View { lon: number; lat: number; scale: number }

const EAST_ASIA: View = { lon: 124, lat: 38, scale: 4.6 };
const WORLD: View = { lon: 60, lat: 25, scale: 0.95 };
const SIZE = 12;
let outlines: Promise<FeatureCollection<Geometry>> | undefined;

export async function map(host: HTMLElement): Promise<void> {
  const data = dataOf<Places>(host);
  if (!data) return;
  outlines ??= load(host.dataset["outlines"] ?? "");
  const lands = await outlines;
  let view = { ...EAST_ASIA };
  const stage = document.createElement("div");
  stage.className = "stage";
  const draw = (): void => stage.replaceChildren(paint(lands, data, view, Math.max(300, host.clientWidth), host));
  const change = (made: Partial<View>): void => { view = { ...view, ...made }; draw(); };
  host.replaceChildren(stage, buttons(host, change, () => view));
  draw();
  moving(stage, () => view, change, host);
}

async function load(address: string): Promise<FeatureCollection<Geometry>> {
  const atlas = await (await fetch(address)).json();
  return feature(atlas, atlas.objects.countries) as unknown as FeatureCollection<Geometry>;
}

function paint(lands: FeatureCollection<Geometry>, data: Places, view: View, width: number, host: HTMLElement): SVGElement {
  const height = host.dataset["tall"] ? 600 : Math.round(width * 0.78);
  const project = geoMercator().center([view.lon, view.lat]).scale((width / (2 * Math.PI)) * view.scale).translate([width / 2, height / 2])
    .clipExtent([[-20, -20], [width + 20, height + 20]]);
  const path = geoPath(project);
  const picture = svg("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "group", "aria-label": host.dataset["label"] ?? "" });
  for (const land of lands.features) {
    const drawn = path(land);
    if (drawn) picture.append(svg("path", { d: drawn, class: land.id === "PRK" || land.id === "KOR" ? "land home" : "land" }));
  }
  picture.append(...dots(data.places, project, width, height));
  return picture;
}

function dots(places: Place[], project: (at: [number, number]) => [number, number] | null, width: number, height: number): Node[] {
  const most = Math.max(1, ...places.map((place) => place.events));
  const seen = places.flatMap((place) => {
    const at = project([place.lon, place.lat]);
    if (!at || at[0] < 0 || at[0] > width || at[1] < 0 || at[1] > height) return [];
    return [{ place, x: at[0], y: at[1], radius: 3 + 9 * Math.sqrt(place.events / most), width: textWidth(place.name, SIZE), height: SIZE + 3, weight: place.events }];
  });
  const labels = placeLabels(seen, { left: 2, top: 2, right: width - 2, bottom: height - 2 });
  return seen.map(({ place, x, y, radius }, i) => {
    const spot = labels[i];
    return svg("a", { href: place.href, class: place.conflicts ? "dot disputed" : "dot", "data-swap": "", "aria-label": `${place.name}, ${place.events}` }, [
      svg("circle", { cx: x, cy: y, r: radius }, [svg("title", {}, [`${place.name}: ${place.events}`])]),
      ...(spot ? [svg("text", { x: spot[0], y: spot[1] + SIZE, "font-size": SIZE }, [place.name])] : []),
    ]);
  });
}

function buttons(host: HTMLElement, change: (made: Partial<View>) => void, view: () => View): HTMLElement {
  const bar = document.createElement("div");
  bar.className = "map-tools";
  const words = JSON.parse(host.dataset["words"] ?? "{}") as Record<string, string>;
  const add = (text: string, label: string, run: () => void): void => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = text;
    button.setAttribute("aria-label", label);
    button.addEventListener("click", run);
    bar.append(button);
  };
  add("+", words["closer"] ?? "+", () => change({ scale: Math.min(60, view().scale * 1.6) }));
  add("−", words["wider"] ?? "−", () => change({ scale: Math.max(0.8, view().scale / 1.6) }));
  add(words["home"] ?? "", words["home"] ?? "", () => change(EAST_ASIA));
  add(words["world"] ?? "", words["world"] ?? "", () => change(WORLD));
  return bar;
}

/** Drag to move. A drag that began on a dot is a click on it. */
function moving(stage: HTMLElement, view: () => View, change: (made: Partial<View>) => void, host: HTMLElement): void {
  stage.addEventListener("pointerdown", (down) => {
    if ((down.target as Element).closest("a")) return;
    const start = { ...view() };
    const unit = 360 / (Math.max(300, host.clientWidth) * start.scale);
    const move = (event: PointerEvent): void =>
      change({ lon: start.lon - (event.clientX - down.clientX) * unit, lat: Math.max(-60, Math.min(75, start.lat + (event.clientY - down.clientY) * unit * 0.8)) });
    const stop = (): void => { removeEventListener("pointermove", move); removeEventListener("pointerup", stop); };
    addEventListener("pointermove", move);
    addEventListener("pointerup", stop);
  });
  stage.addEventListener("click", (event) => {
    const dot = (event.target as Element).closest("a[data-swap]");
    if (dot && !event.ctrlKey && !event.metaKey) { event.preventDefault(); void go(dot.getAttribute("href") ?? ""); }
  });
}
