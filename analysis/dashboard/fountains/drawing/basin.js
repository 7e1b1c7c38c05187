/* Where things lie on the canvas, and what stands still for a quarter: basin, bays, shore, firms, ties, names. */
const INK = "#eaf4ff", QUIET = "#8fb3cf", GOLD = "#ffc64d", MIST = "#9fb4c4";
const SPRING_COLOURS = ["#4aa3ff", "#a8f0c6", "#ff6f9c", GOLD];
const FLAT = 0.6, COLUMNS = 10;

/* A number from 0 to 1 that only two numbers decide on. */
function luck(one, other) {
  const value = Math.sin(one * 12.9898 + other * 78.233) * 43758.5453;
  return value - Math.floor(value);
}

class Ground {
  constructor(side, width, height, large) {
    Object.assign(this, {side, width, height, large});
    this.cx = width / 2;
    this.rx = Math.min(width * 0.375, height * 0.5);
    this.ry = this.rx * FLAT;
    this.cy = height * 0.5;
    this.unit = this.rx / 240;
    this.size = Math.max(9.5, Math.min(15, 10.5 * Math.sqrt(this.unit))) * (large ? 1.25 : 1);
  }
  at(angle, radius) {
    return [this.cx + this.rx * radius * Math.cos(angle), this.cy + this.ry * radius * Math.sin(angle)];
  }
  spring(domain) { return this.at(this.side.springs[domain][0], this.side.springs[domain][1]); }
  middle(sector) { const [a, b] = this.side.bays[sector]; return (a + b) / 2; }
  /* Towns lie on the shore of their sector, side by side. */
  town(sector, place) {
    const [a, b] = this.side.bays[sector], towns = this.side.places;
    return a + (b - a) * (0.08 + 0.84 * (place + 0.5) / towns);
  }
  spread(sector) {
    const [a, b] = this.side.bays[sector];
    return Math.min(0.085, 0.36 * (b - a) / this.side.places);
  }
  firm(identity, sector, place) {
    /* Two numbers that fill a disc evenly, without arms (the R2 sequence of Roberts 2018). */
    const turn = 2 * Math.PI * ((identity * 0.7548776662) % 1), far = Math.sqrt((identity * 0.569840291) % 1);
    const spread = this.spread(sector), angle = this.town(sector, place);
    const [x, y] = this.at(angle, 1.13);
    return [x + this.rx * spread * far * Math.cos(turn), y + this.rx * spread * far * Math.sin(turn) * 0.62];
  }
  office(organisation, rank, count) {
    if (organisation[1] === "cluster_organisation") return this.at(this.town(organisation[2], organisation[3]), 1.13);
    /* The others stand in the corners at the front. */
    const half = Math.ceil(count / 2), gap = Math.max(15, 20 * this.unit), left = rank < half, place = left ? rank : rank - half;
    const x = gap * (0.8 + place % 4), y = this.height - gap * (0.8 + Math.floor(place / 4));
    return [left ? x : this.width - x, y];
  }
  get treasury() { return [this.cx, this.cy + this.ry * 1.58]; }
  ellipse(pen, x, y, rx, from = 0, to = 2 * Math.PI) { pen.beginPath(); pen.ellipse(x, y, rx, rx * FLAT, 0, from, to); }
}

/* The share of the basin's depth that is under water: the level of the start stands two thirds high. */
function depth(level, first) { return Math.max(0.05, Math.min(1, 0.66 * level / Math.max(1e-9, first))); }

function drawBasin(pen, ground, frame, first, night) {
  const {cx, cy, rx, ry, width, height, unit} = ground;
  const sky = pen.createLinearGradient(0, 0, 0, height);
  sky.addColorStop(0, night ? "#0a1522" : "#10243a"); sky.addColorStop(1, night ? "#060d16" : "#0b1a2b");
  pen.fillStyle = sky; pen.fillRect(0, 0, width, height);
  /* The shore. */
  ground.ellipse(pen, cx, cy, rx * 1.27);
  const shore = pen.createRadialGradient(cx, cy, rx * 0.8, cx, cy, rx * 1.3);
  shore.addColorStop(0, "#22384f"); shore.addColorStop(1, "#152536");
  pen.fillStyle = shore; pen.fill();
  /* The wall, and the water as high as there is knowledge. */
  const wall = 44 * unit, share = depth(frame.level, first), low = wall * (1 - share);
  ground.ellipse(pen, cx, cy, rx); pen.save(); pen.clip();
  pen.fillStyle = "#2d465e"; pen.fillRect(cx - rx, cy - ry, 2 * rx, 2 * ry);
  ground.ellipse(pen, cx, cy + wall * 0.34, rx); pen.setLineDash([4, 5]); pen.lineWidth = 1.4;
  pen.strokeStyle = "#ffffff66"; pen.stroke(); pen.setLineDash([]);
  ground.ellipse(pen, cx, cy + low, rx);
  const water = pen.createRadialGradient(cx, cy + low, 0, cx, cy + low, rx);
  water.addColorStop(0, "#12507d"); water.addColorStop(0.55, "#0d3a60"); water.addColorStop(1, "#0a2743");
  pen.fillStyle = water; pen.fill();
  pen.lineWidth = 1.5; pen.strokeStyle = "#6fb7e8aa"; pen.stroke();
  pen.restore();
  ground.ellipse(pen, cx, cy, rx); pen.lineWidth = 3 * unit; pen.strokeStyle = "#4b6a86"; pen.stroke();
}

function drawBays(pen, ground, colours) {
  const {side} = ground;
  side.bays.forEach(([a, b], sector) => {
    const [x, y] = ground.at(a, 0.3), [tx, ty] = ground.at(a, 1);
    pen.strokeStyle = "#9cc9ee22"; pen.lineWidth = 1; pen.beginPath(); pen.moveTo(x, y); pen.lineTo(tx, ty); pen.stroke();
    pen.strokeStyle = colours[sector % colours.length]; pen.lineWidth = 4 * ground.unit; pen.globalAlpha = 0.95;
    ground.ellipse(pen, ground.cx, ground.cy, ground.rx * 1.012, a + 0.015, b - 0.015); pen.stroke(); pen.globalAlpha = 1;
  });
}

function drawTies(pen, ground, frame, at, sectorOf) {
  for (const across of [false, true]) {
    pen.strokeStyle = across ? "#bfe3ff" : "#7f9fb8"; pen.lineWidth = 0.6;
    pen.globalAlpha = (across ? 0.17 : 0.3) * Math.max(0.25, Math.min(1, 700 / Math.max(1, frame.ties.length)));
    pen.beginPath();
    for (let i = 0; i < frame.ties.length; i += 2) {
      const one = frame.ties[i], other = frame.ties[i + 1], from = at.get(one), to = at.get(other);
      if (!from || !to || (sectorOf.get(one) !== sectorOf.get(other)) !== across) continue;
      pen.moveTo(from[0], from[1]);
      pen.quadraticCurveTo(...bend(ground, from, to), to[0], to[1]);
    }
    pen.stroke();
  }
  pen.globalAlpha = 1;
}

/* Ties lead over the water, the longer the nearer to the middle. */
function bend(ground, from, to) {
  const far = Math.min(1, Math.hypot(to[0] - from[0], (to[1] - from[1]) / FLAT) / (2 * ground.rx));
  const pull = 0.25 + 0.6 * far, mx = (from[0] + to[0]) / 2, my = (from[1] + to[1]) / 2;
  return [mx + (ground.cx - mx) * pull, my + (ground.cy - my) * pull - 46 * ground.unit * far];
}

function drawFirms(pen, ground, frame, at, colours, subject, targets) {
  const scale = ground.unit * (frame.firms.length > 400 * COLUMNS ? 0.6 : 1);
  for (let i = 0; i < frame.firms.length; i += COLUMNS) {
    const [identity, sector, , knowledge] = frame.firms.slice(i, i + 4), money = frame.firms[i + 9];
    const [x, y] = at.get(identity), radius = Math.max(1, scale * (1 + 0.95 * Math.sqrt(knowledge)));
    if (money > 0) {
      pen.fillStyle = GOLD; pen.globalAlpha = 0.9;
      pen.beginPath(); pen.arc(x, y, radius + 1.6 * ground.unit, 0, 2 * Math.PI); pen.fill();
    }
    pen.globalAlpha = 0.95; pen.fillStyle = colours[sector % colours.length];
    pen.beginPath(); pen.arc(x, y, radius, 0, 2 * Math.PI); pen.fill(); pen.globalAlpha = 1;
    if (subject === "firm:" + identity) ring(pen, x, y, radius + 6, INK, 2.5);
    targets.push(["firm:" + identity, x, y, radius + 3]);
  }
}

function ring(pen, x, y, radius, colour, width) {
  pen.strokeStyle = colour; pen.lineWidth = width; pen.beginPath(); pen.arc(x, y, radius, 0, 2 * Math.PI); pen.stroke();
}

function drawOffices(pen, ground, frame, words, subject, targets) {
  const central = frame.organisations.filter((each) => each[1] !== "cluster_organisation");
  frame.organisations.forEach((each) => {
    const [x, y] = ground.office(each, central.indexOf(each), central.length), half = Math.max(5, 6.5 * ground.unit);
    pen.fillStyle = "#0a1826"; pen.strokeStyle = each[6] > 0 ? GOLD : INK; pen.lineWidth = 1.4;
    pen.beginPath(); pen.rect(x - half, y - half, 2 * half, 2 * half); pen.fill(); pen.stroke();
    pen.fillStyle = INK; pen.font = `700 ${Math.round(half * 1.5)}px sans-serif`;
    pen.textAlign = "center"; pen.textBaseline = "middle"; pen.fillText(words["letter_" + each[1]], x, y + 0.5);
    if (subject === "organisation:" + each[0]) ring(pen, x, y, half + 6, INK, 2.5);
    targets.unshift(["organisation:" + each[0], x, y, half + 3]);
  });
}

/* A pool around each spring, as large as what the region knows there; its rim tells which sectors hold it. */
function drawPools(pen, ground, frame, colours, subject, targets) {
  ground.side.domains.forEach((_, domain) => {
    const [x, y] = ground.spring(domain), all = frame.holders[domain].reduce((a, b) => a + b, 0);
    const known = frame.found[domain] >= 0 && all > 0;
    const radius = ground.unit * (known ? 5 + 27 * Math.sqrt(Math.max(0, frame.knowledge[domain])) : 4.5);
    if (known) {
      pen.globalAlpha = 0.5; pen.fillStyle = "#5fc3ff"; ground.ellipse(pen, x, y, radius); pen.fill(); pen.globalAlpha = 1;
      let from = -Math.PI / 2;
      frame.holders[domain].forEach((count, sector) => {
        if (!count) return;
        const to = from + 2 * Math.PI * count / all;
        pen.strokeStyle = colours[sector % colours.length]; pen.lineWidth = 2.4 * ground.unit;
        ground.ellipse(pen, x, y, radius, from, to); pen.stroke();
        from = to;
      });
    } else {
      pen.setLineDash([2, 2.5]); pen.strokeStyle = "#a9c7dc99"; pen.lineWidth = 1;
      ground.ellipse(pen, x, y, radius); pen.stroke(); pen.setLineDash([]);
    }
    if (subject === "domain:" + domain) { pen.strokeStyle = INK; pen.lineWidth = 2.5; ground.ellipse(pen, x, y, radius + 5); pen.stroke(); }
    targets.push(["domain:" + domain, x, y, radius + 3]);
  });
}

function lettering(pen, text, x, y, colour, size, weight = 500) {
  pen.font = `${weight} ${size}px system-ui, "Segoe UI", Roboto, "DejaVu Sans", Arial, sans-serif`;
  pen.lineJoin = "round"; pen.lineWidth = 3; pen.strokeStyle = "#06111ddd"; pen.strokeText(text, x, y);
  pen.fillStyle = colour; pen.fillText(text, x, y);
}

/* A long name takes two lines, broken where these are most alike. */
function broken(text) {
  const words = text.split(" ");
  if (words.length < 2 || text.length < 14) return [text];
  let best = 1;
  for (let i = 1; i < words.length; i += 1)
    if (Math.abs(words.slice(0, i).join(" ").length - text.length / 2) < Math.abs(words.slice(0, best).join(" ").length - text.length / 2)) best = i;
  return [words.slice(0, best).join(" "), words.slice(best).join(" ")];
}

function nameSectors(pen, ground, colours, taken) {
  const size = ground.size;
  ground.side.sectors.forEach((name, sector) => {
    const [a, b] = ground.side.bays[sector], upright = [-Math.PI / 2, Math.PI / 2].sort((p, q) => Math.abs(p - (a + b) / 2) - Math.abs(q - (a + b) / 2))[0];
    /* Beyond the shore, where there is more room above and below than at the sides. */
    const angle = Math.max(a + 0.25 * (b - a), Math.min(b - 0.25 * (b - a), upright)), [x, y] = ground.at(angle, 1.4), lines = broken(name);
    pen.font = `700 ${size}px sans-serif`;
    const wide = Math.max(...lines.map((each) => pen.measureText(each).width)) / 2 + 2;
    const cx = Math.max(wide + 4, Math.min(ground.width - wide - 4, x));
    const top = Math.max(4, Math.min(ground.height - lines.length * size * 1.15 - 4, y - lines.length * size * 0.6));
    const box = [cx - wide, top, cx + wide, top + lines.length * size * 1.15];
    if (taken.some((each) => overlap(each, box))) return;
    taken.push(box);
    pen.textAlign = "center"; pen.textBaseline = "top";
    lines.forEach((each, row) => lettering(pen, each, cx, top + row * size * 1.15, colours[sector % colours.length], size, 700));
  });
}

function overlap(a, b) { return a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1]; }

/* Of the names of domains, those of which most is known or gained; one that would cover another is left out. */
function nameDomains(pen, ground, frame, subject, step, taken) {
  const size = ground.size, gain = frame.springs.map((each) => each.reduce((a, b) => a + b, 0));
  const fresh = (domain) => frame.found[domain] > 0 && step - frame.found[domain] < 6;
  const weight = (domain) => 1e6 * (subject === "domain:" + domain) + 1e4 * fresh(domain) + gain[domain] + 50 * frame.knowledge[domain];
  const order = ground.side.domains.map((_, domain) => domain).sort((a, b) => weight(b) - weight(a));
  pen.textAlign = "center"; pen.textBaseline = "top";
  order.slice(0, ground.width < 420 ? 5 : 16).forEach((domain) => {
    if (weight(domain) <= 0.5 || (frame.found[domain] > 0 && step - frame.found[domain] < 3)) return;
    const [x, y] = ground.spring(domain), name = ground.side.domains[domain], bold = fresh(domain);
    pen.font = `${bold ? 700 : 500} ${size}px sans-serif`;
    const half = pen.measureText(name).width / 2 + 2, cx = Math.max(half + 3, Math.min(ground.width - half - 3, x));
    const box = [cx - half, y + 7 * ground.unit, cx + half, y + 7 * ground.unit + size];
    if (taken.some((each) => overlap(each, box))) return;
    taken.push(box);
    lettering(pen, name, cx, box[1], bold ? GOLD : INK, size, bold ? 700 : 500);
  });
}
