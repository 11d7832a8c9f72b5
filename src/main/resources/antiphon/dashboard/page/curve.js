// The learning curve: bits per note over the passes, of what is learned and of what is held out.

const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 360, HEIGHT = 130, LEFT = 40, RIGHT = 8, TOP = 8, BOTTOM = 20;

function make(tag, attributes, text) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  if (text !== undefined) element.textContent = text;
  return element;
}

/** @param points [{pass, learned, heldOut}], each score a number or null */
export function curve(points) {
  const scores = points.flatMap((point) => [point.learned, point.heldOut]).filter((score) => score !== null);
  const low = Math.floor(Math.min(...scores));
  const high = Math.max(low + 1, Math.ceil(Math.max(...scores)));
  const last = Math.max(1, points.at(-1).pass);
  const x = (pass) => LEFT + (WIDTH - LEFT - RIGHT) * pass / last;
  const y = (bits) => TOP + (HEIGHT - TOP - BOTTOM) * (high - bits) / (high - low);
  const held = points.map((point) => point.heldOut).filter((score) => score !== null);
  const told = held.length ? `Bits per note on what is held out: ${held[0].toFixed(2)} at first, ${Math.min(...held).toFixed(2)} at best, `
    + `after ${last} ${last === 1 ? "pass" : "passes"}.` : `${last} passes.`;
  const picture = make("svg", {viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": told});
  for (const bits of [low, high]) {
    picture.append(make("line", {x1: LEFT, x2: WIDTH - RIGHT, y1: y(bits), y2: y(bits), class: "grid"}),
      make("text", {x: LEFT - 6, y: y(bits) + 4, "text-anchor": "end"}, bits));
  }
  picture.append(make("text", {x: LEFT, y: HEIGHT - 4}, "bits per note"),
    make("text", {x: WIDTH - RIGHT, y: HEIGHT - 4, "text-anchor": "end"}, `pass ${last}`));
  const middle = (LEFT + WIDTH) / 2;
  picture.append(make("text", {x: middle - 4, y: HEIGHT - 4, "text-anchor": "end", class: "learned"}, "learned from"),
    make("text", {x: middle + 4, y: HEIGHT - 4, class: "held"}, "held out"));
  for (const [name, key] of [["learned", "learned"], ["held", "heldOut"]]) {
    const seen = points.filter((point) => point[key] !== null);
    const path = seen.map((point) => `${x(point.pass).toFixed(1)},${y(point[key]).toFixed(1)}`).join(" ");
    picture.append(make("polyline", {points: path, class: name}));
    for (const point of seen) picture.append(make("circle", {cx: x(point.pass), cy: y(point[key]), r: 2.5, class: name}));
  }
  return picture;
}
