/* The counts of every quarter as a film writes them: name, number, colour. */
function posterCounts(frames, tales) {
  const colours = {researched: SPRING_COLOURS[0], learnt: SPRING_COLOURS[1], recombined: SPRING_COLOURS[2], piloted: SPRING_COLOURS[3], forgotten: MIST};
  return frames.map((frame) => Object.keys(colours).filter((name) => Math.abs(frame.counts[name]) >= 0.5).map((name) => [tales.words[name], tales.number(frame.counts[name], 0), colours[name]]));
}

/* One picture of a film: title, both sides with their counts, the chronicle, the curve, the source. */
class Poster {
  constructor(stages, told, width, height) {
    Object.assign(this, {stages, told, width, height});
    this.chronicle = told.chronicles.flatMap((all, place) => all.map((each) => [each[0], each[1], told.sides[place].colour, place]));
    this.chronicle.sort((a, b) => a[0] - b[0] || a[3] - b[3]);
    this.canvases = stages.map(() => document.createElement("canvas"));
  }
  draw(pen, step, phase, clock) {
    const {width, height, told, stages} = this, size = Math.max(11, Math.round(width / 68)), margin = Math.round(size * 0.8);
    pen.setTransform(1, 0, 0, 1, 0, 0); pen.globalAlpha = 1;
    pen.fillStyle = "#06101a"; pen.fillRect(0, 0, width, height);
    const write = (text, x, y, colour, scale = 1, weight = 500, align = "left") => {
      pen.font = `${weight} ${Math.round(size * scale)}px system-ui, "Segoe UI", Roboto, "DejaVu Sans", Arial, sans-serif`;
      pen.textAlign = align; pen.textBaseline = "top"; pen.fillStyle = colour; pen.fillText(text, x, y);
    };
    write(told.title, margin, margin * 0.7, INK, 1.3, 700);
    write(`${told.quarter} ${step}`, width - margin, margin * 0.7, INK, 1.3, 700, "right");
    const top = margin * 0.7 + size * 2, low = size * 5.4, each = width / stages.length;
    stages.forEach((stage, place) => {
      const canvas = this.canvases[place], wide = Math.floor(each) - (stages.length > 1 ? 3 : 0), high = Math.round(height - top - low - size * 3.4);
      if (canvas.width !== wide || canvas.height !== high) { canvas.width = wide; canvas.height = high; }
      stage.draw(canvas.getContext("2d", {alpha: false}), step, phase, clock, wide, high, 1, false, told.density || 1);
      const left = Math.round(place * each);
      pen.drawImage(canvas, left, top + size * 1.9);
      pen.fillStyle = told.sides[place].colour; pen.beginPath(); pen.arc(left + margin + size * 0.4, top + size * 0.75, size * 0.45, 0, 2 * Math.PI); pen.fill();
      write(told.sides[place].label, left + margin + size * 1.3, top, INK, 1.2, 700);
      let x = left + margin;
      told.sides[place].counts[step].forEach(([label, number, colour]) => {
        const text = `${label} ${number}`;
        write(text, x, top + size * 1.9 + high + size * 0.3, colour, 0.92, 600);
        x += pen.measureText(text).width + size * 0.9;
      });
    });
    const line = height - low + size * 0.2, half = Math.round(width * 0.36);
    pen.save(); pen.translate(margin, line); pen.beginPath(); pen.rect(0, 0, half, size * 4); pen.clip();
    drawCurve(pen, half, size * 4, told.sides.map((side, place) => ({
      values: stages[place].frames.map((frame) => frame.level), colour: side.colour, dashes: side.dashes})), step,
    {ground: "#06101a", quiet: QUIET, line: "#ffffff1c", ink: INK, mark: GOLD, size: Math.round(size * 0.75), marks: []});
    pen.restore();
    this.chronicle.filter((entry) => entry[0] <= step).slice(-3).forEach((entry, row, all) => {
      const colour = row === all.length - 1 && step - entry[0] < 4 ? "#ffe3a1" : QUIET;
      let text = entry[1];
      pen.font = `500 ${size}px sans-serif`;
      while (pen.measureText(text).width > width - half - 3 * margin) text = text.slice(0, -2).trimEnd() + "…";
      pen.fillStyle = entry[2]; pen.beginPath(); pen.arc(half + 2 * margin, line + (row * 1.35 + 0.5) * size, size * 0.28, 0, 2 * Math.PI); pen.fill();
      write(text, half + 2 * margin + size * 0.7, line + row * size * 1.35, colour, 1, 500);
    });
    write(told.source, width - margin, height - size * 1.25, QUIET, 0.8, 400, "right");
  }
}
