"use strict";
/* What both pages share: elements from plain values, never from markup; pictures as SVG. */
const SVG = "http://www.w3.org/2000/svg";
function el(tag, set = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(set)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "text") node.textContent = value;
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "style") Object.assign(node.style, value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter(Boolean));
  return node;
}
function draw(tag, set = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(set)) {
    if (name === "text") node.textContent = value;
    else if (name === "ink") node.style.fill = value;
    else node.setAttribute(name, value);
  }
  node.append(...children.filter(Boolean));
  return node;
}
const KNOWN = {none: "none", sector: "sector", cluster: "cluster", smart_specialisation: "smart-specialisation"};
function colour(regime) { return `var(--${KNOWN[regime] || "other"})`; }
const DASHES = {none: "3 4", sector: "12 5", cluster: "12 5 3 5"};

/* Regimes differ in shape as well as in colour. */
function mark(regime, x, y, r) {
  const look = {fill: colour(regime), stroke: "var(--ground)", "stroke-width": r / 6};
  if (regime === "sector") return draw("rect", {x: x - .88 * r, y: y - .88 * r, width: 1.76 * r, height: 1.76 * r, ...look});
  if (regime === "smart_specialisation")
    return draw("path", {d: `M${x} ${y - 1.2 * r}L${x + 1.2 * r} ${y}L${x} ${y + 1.2 * r}L${x - 1.2 * r} ${y}Z`, ...look});
  if (regime === "none") return draw("circle", {cx: x, cy: y, r: .8 * r, fill: "none", stroke: colour(regime), "stroke-width": r / 2.2});
  return draw("circle", {cx: x, cy: y, r, ...look});
}

function ticks(low, high, most = 7) {
  const rough = (high - low) / most, power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((each) => each * power).find((each) => each >= rough);
  const found = [];
  for (let at = Math.ceil(low / step) * step; at <= high + 1e-9; at += step) found.push(Math.abs(at) < 1e-9 ? 0 : at);
  return found;
}
function written(value) {
  return value.toLocaleString(document.documentElement.lang, {maximumFractionDigits: 2}).replace("-", "−");
}

/* Dots over an axis, stacked where they meet; rows below each other. */
function dotPlot(told, wide, high) {
  const rows = told.rows.length ? told.rows : [{label: "", dots: []}];
  const values = rows.flatMap((row) => row.dots.map((dot) => dot.value)).concat(0, told.mark === undefined ? [] : [told.mark]);
  let low = Math.min(...values), top = Math.max(...values);
  const pad = Math.max(1, .08 * (top - low));
  low -= pad; top += pad;
  const size = Math.max(14, wide / 62), left = rows.length > 1 ? Math.min(.3 * wide, 19 * size) : size, right = size;
  const foot = 3.4 * size, x = (value) => left + (value - low) / (top - low) * (wide - left - right);
  const each = (high - foot) / rows.length;
  let r = Math.min(1.15 * size, .3 * each);
  const stack = (dots, radius) => {
    const placed = [];
    for (const dot of [...dots].sort((a, b) => a.value - b.value)) {
      let level = 0;
      while (placed.some((other) => other.level === level && Math.abs(x(other.dot.value) - x(dot.value)) < 2.15 * radius)) level += 1;
      placed.push({dot, level});
    }
    return placed;
  };
  while (r > 3 && rows.some((row) => (Math.max(-1, ...stack(row.dots, r).map((each) => each.level)) + 1) * 2.2 * r > each - .3 * size)) r *= .92;
  const svg = draw("svg", {viewBox: `0 0 ${wide} ${high}`, class: "chart", role: "img", "aria-label": told.axis, "font-size": size});
  for (const at of ticks(low, top)) {
    svg.append(draw("line", {x1: x(at), x2: x(at), y1: 0, y2: high - foot, stroke: at ? "var(--line)" : "var(--quiet)", "stroke-width": at ? 1 : 2}));
    svg.append(draw("text", {x: x(at), y: high - foot + 1.2 * size, "text-anchor": "middle", text: written(at)}));
  }
  svg.append(draw("text", {x: wide - right, y: high - .5 * size, "text-anchor": "end", class: "quiet", text: told.axis}));
  if (told.mark !== undefined) {
    svg.append(draw("line", {x1: x(told.mark), x2: x(told.mark), y1: 0, y2: high - foot, stroke: "var(--ink)", "stroke-width": 2.5, "stroke-dasharray": "7 5"}));
  }
  rows.forEach((row, place) => {
    const base = (place + 1) * each;
    if (rows.length > 1) {
      svg.append(draw("line", {x1: 0, x2: wide, y1: base, y2: base, stroke: "var(--line)"}));
      const parts = row.label.split(": ");
      parts.forEach((part, line) => svg.append(draw("text", {x: 0, y: base - each / 2 + (line - parts.length / 2 + .8) * 1.25 * size, "font-weight": line ? 400 : 650, text: part})));
    }
    for (const {dot, level} of stack(row.dots, r)) {
      const node = mark(dot.regime, x(dot.value), base - (level + .55) * 2.2 * r, r);
      node.append(draw("title", {text: dot.title}));
      node.setAttribute("data-dot", dot.number);
      svg.append(node);
    }
  });
  return svg;
}

/* Leads over time, with bands, the setting before in pale, and names at the ends. */
function leadCurves(told, wide, high) {
  const size = Math.max(14, wide / 46), left = 3.6 * size, head = 1.9 * size, foot = 2.4 * size;
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = `bold ${size}px ${getComputedStyle(document.body).fontFamily}`;
  const widest = Math.max(...told.lines.map((line) => pen.measureText(line.label).width)) + size;
  const right = Math.min(Math.max(13.5 * size, widest), .45 * wide), shrunk = Math.min(1, right / widest);
  const all = told.lines.flatMap((line) => [...line.mean, ...line.low, ...line.high, ...line.ghost]).filter((each) => each !== null);
  const least = Math.min(0, ...all), most = Math.max(0, ...all) || 1;
  const x = (step) => left + step / told.steps * (wide - left - right);
  const y = (value) => high - foot - (value - least) / (most - least || 1) * (high - foot - head);
  const path = (points) => points.map((value, step) => value === null ? "" : `${step && points[step - 1] !== null ? "L" : "M"}${x(step).toFixed(1)} ${y(value).toFixed(1)}`).join("");
  const svg = draw("svg", {viewBox: `0 0 ${wide} ${high}`, class: "chart", role: "img", "font-size": size,
    "aria-label": `${told.label}. ${told.lines.map((line) => `${line.label} ${line.end}`).join("; ")}`});
  svg.append(draw("text", {x: 0, y: size, class: "quiet", text: told.label}));
  for (const at of ticks(least, most, 5)) {
    svg.append(draw("line", {x1: left, x2: wide - right, y1: y(at), y2: y(at), stroke: at ? "var(--line)" : "var(--quiet)", "stroke-width": at ? 1 : 2}));
    svg.append(draw("text", {x: left - .4 * size, y: y(at) + .35 * size, "text-anchor": "end", text: written(at)}));
  }
  for (const at of ticks(0, told.steps, 5)) svg.append(draw("text", {x: x(at), y: high - 1.1 * size, "text-anchor": at === told.steps ? "end" : "middle", text: written(at)}));
  svg.append(draw("text", {x: wide - right, y: high - .1 * size, "text-anchor": "end", class: "quiet", text: told.quarter}));
  for (const line of told.lines) {
    if (line.low.length) {
      const back = line.low.map((value, step) => `L${x(step).toFixed(1)} ${y(value).toFixed(1)}`).reverse().join("");
      svg.append(draw("path", {d: path(line.high) + back + "Z", fill: colour(line.regime), opacity: .16}));
    }
    if (line.ghost.length) svg.append(draw("path", {d: path(line.ghost.slice(0, told.steps + 1)), fill: "none", stroke: colour(line.regime), "stroke-width": 2.5, opacity: .38}));
  }
  const ends = told.lines.map((line) => ({line, at: line.mean.filter((each) => each !== null).pop()})).filter((each) => each.at !== undefined).sort((a, b) => b.at - a.at);
  let last = -Infinity;
  const room = ends.length * 2.6 * size;
  ends.forEach((each, place) => {
    const lowest = high - foot - (ends.length - place - 1) * 2.6 * size - .6 * size;
    each.label = Math.min(Math.max(y(each.at), last + 2.6 * size, head + .2 * size), Math.max(lowest, head + place * room / ends.length));
    last = each.label;
    const {line} = each;
    svg.append(draw("path", {d: path(line.mean), fill: "none", stroke: colour(line.regime), "stroke-width": size / 4.5, "stroke-dasharray": DASHES[line.regime] || "none", "data-line": line.regime}));
    svg.append(draw("text", {x: wide - right + .5 * size, y: each.label, "font-weight": 650, "font-size": shrunk * size, ink: colour(line.regime), text: line.label}));
    svg.append(draw("text", {x: wide - right + .5 * size, y: each.label + 1.15 * size, text: line.end}));
  });
  return svg;
}

/* A connection that comes back by itself; what was not confirmed is sent once more. */
function connect(address, hear, say) {
  let socket, wait = 300, done = false;
  const lost = document.getElementById("lost");
  const open = () => {
    socket = new WebSocket(address());
    socket.onopen = () => { wait = 300; lost.hidden = true; say.again(); };
    socket.onmessage = (event) => hear(JSON.parse(event.data));
    socket.onclose = (event) => {
      if (done || event.code === 4000) return;
      lost.textContent = say.lost;
      lost.hidden = false;
      setTimeout(open, wait + 300 * Math.random());
      wait = Math.min(4000, 1.6 * wait);
    };
  };
  open();
  return {send: (text) => { if (socket.readyState === 1) socket.send(text); }, end: () => { done = true; socket.close(); }};
}
function socketAddress(path, pairs) {
  const url = new URL(path, location.href);
  url.protocol = location.protocol === "https:" ? "wss:" : "ws:";
  url.search = new URLSearchParams(pairs).toString();
  return url.href;
}
