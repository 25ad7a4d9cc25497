// Who with whom, of the selection. Nodes are links, so that they can be reached by key; the table says the same in rows.

import { forceCenter, forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from "d3-force";
import { placeLabels } from "./labels.ts";
import { dataOf, svg, textWidth } from "./svg.ts";

interface Network {
  nodes: { id: string; name: string; events: number; href: string; country: string }[];
  edges: { source: string; target: string; events: number; hostile: number; conflicts: number }[];
}

type Node2 = Network["nodes"][number] & { x: number; y: number; radius: number };

const SIZE = 12;
const WIDEST = 2.5;

export function network(host: HTMLElement): void {
  const data = dataOf<Network>(host);
  if (!data || data.nodes.length === 0) return;
  const width = Math.max(300, host.clientWidth);
  const height = Math.max(260, Math.min(640, host.dataset["tall"] ? 620 : width * 0.8));
  const most = Math.max(...data.nodes.map((node) => node.events));
  const nodes: Node2[] = data.nodes.map((node, i) => ({
    ...node, radius: 4 + 12 * Math.sqrt(node.events / most),
    x: width / 2 + Math.cos(i * 2.4) * Math.sqrt(i + 1) * 24, y: height / 2 + Math.sin(i * 2.4) * Math.sqrt(i + 1) * 18,
  }));
  const links = data.edges.map((edge) => ({ ...edge })) as (Network["edges"][number] & { source: unknown; target: unknown })[];
  forceSimulation(nodes)
    .force("link", forceLink<Node2, never>(links as never).id((node) => node.id).distance(46).strength(0.35))
    .force("charge", forceManyBody().strength(-120)).force("center", forceCenter(width / 2, height / 2))
    .force("x", forceX(width / 2).strength(0.11)).force("y", forceY(height / 2).strength(0.16))
    .force("collide", forceCollide<Node2>((node) => node.radius + 9)).stop().tick(260);
  spread(nodes, width, height);
  const picture = svg("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "group", "aria-label": host.dataset["label"] ?? "" });
  picture.append(...links.map((edge) => line(edge as never)), ...circles(nodes, width, height));
  host.replaceChildren(picture);
}

/** Few nodes huddle in the middle: they are drawn apart until they fill the picture, that their names have room. */
function spread(nodes: Node2[], width: number, height: number): void {
  for (const [axis, size, edge] of [["x", width, 60], ["y", height, 24]] as const) {
    const [least, most] = [Math.min(...nodes.map((node) => node[axis])), Math.max(...nodes.map((node) => node[axis]))];
    const factor = Math.min(WIDEST, (size - 2 * edge) / Math.max(1, most - least));
    const middle = (least + most) / 2;
    for (const node of nodes) node[axis] = size / 2 + (node[axis] - middle) * factor;
  }
}

function line(edge: { source: Node2; target: Node2; events: number; hostile: number; conflicts: number }): SVGElement {
  const kind = edge.conflicts ? "edge disputed" : edge.hostile * 2 > edge.events ? "edge hostile" : "edge";
  const bold = Math.min(7, 1 + Math.log2(edge.events));
  return svg("line", { class: kind, x1: edge.source.x, y1: edge.source.y, x2: edge.target.x, y2: edge.target.y, "stroke-width": bold }, [
    svg("title", {}, [`${edge.source.name} – ${edge.target.name}: ${edge.events}`]),
  ]);
}

function circles(nodes: Node2[], width: number, height: number): Node[] {
  const spots = nodes.map((node) => ({ x: node.x, y: node.y, radius: node.radius, width: textWidth(node.name, SIZE), height: SIZE + 3, weight: node.events }));
  const places = placeLabels(spots, { left: 2, top: 2, right: width - 2, bottom: height - 2 });
  return nodes.map((node, i) => {
    const place = places[i];
    const label = place ? [svg("text", { x: place[0], y: place[1] + SIZE, "font-size": SIZE }, [node.name])] : [];
    return svg("a", { href: node.href, class: "node", "aria-label": `${node.name}, ${node.events}` }, [
      svg("circle", { cx: node.x, cy: node.y, r: node.radius, class: `c-${node.country || "none"}` }, [svg("title", {}, [`${node.name}: ${node.events}`])]), ...label,
    ]);
  });
}
