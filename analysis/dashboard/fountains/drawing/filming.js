/* A film as GIF: pictures are drawn one by one, whatever the speed of the machine. */
const FILM = {width: 960, height: 600, pictures: 10, seconds: 0.7, quarters: 24, colours: 127};

/* When each picture of a film is taken: quarter, how far it has come, and seconds since the start. */
function filmTimes(from, upto, {pictures, seconds}) {
  const times = [], all = Math.max(1, Math.round((upto - from + 1) * seconds * pictures));
  for (let n = 0; n < all; n += 1) {
    const clock = n / pictures, at = clock / seconds;
    times.push([Math.min(upto, from + Math.floor(at)), at - Math.floor(at), clock + from * seconds]);
  }
  return times;
}

/* Make a film piece by piece: yields how much is done, gives the bytes. */
function* filmed(stages, told, from, last, wanted = {}) {
  const film = Object.assign({}, FILM, wanted), canvas = document.createElement("canvas");
  canvas.width = film.width; canvas.height = film.height;
  const pen = canvas.getContext("2d", {alpha: false, willReadFrequently: true}), encoder = gifenc.GIFEncoder();
  const poster = new Poster(stages, told, film.width, film.height);
  const times = filmTimes(from, Math.min(last, from + film.quarters - 1), film);
  const taken = (time) => { poster.draw(pen, ...time); return pen.getImageData(0, 0, film.width, film.height).data; };
  /* One palette for all, from pictures throughout: with one each, a still ground would flicker. */
  const some = new Uint32Array(8 * Math.ceil(film.width * film.height / 5));
  for (let n = 0, at = 0; n < 8; n += 1) {
    const pixels = new Uint32Array(taken(times[Math.floor((n + 0.5) * times.length / 8)]).buffer);
    for (let i = 0; i < pixels.length; i += 5) { some[at] = pixels[i]; at += 1; }
    yield 0;
  }
  const palette = gifenc.quantize(new Uint8Array(some.buffer), film.colours), clear = palette.length;
  palette.push([0, 0, 0]);
  let before = null;
  for (let n = 0; n < times.length; n += 1) {
    const now = gifenc.applyPalette(taken(times[n]), palette.slice(0, clear)), shown = now.slice();
    /* What stays as it was is left out. */
    if (before) for (let i = 0; i < shown.length; i += 1) if (now[i] === before[i]) shown[i] = clear;
    encoder.writeFrame(shown, film.width, film.height, {palette: n ? undefined : palette, delay: 1000 / film.pictures, transparent: n > 0, transparentIndex: clear, dispose: 1});
    before = now;
    yield (n + 1) / times.length;
  }
  encoder.finish();
  return encoder.bytes();
}

/* Draw a film on a page of its own, and leave it there as text. */
function filmPage({frames, told, colours, words, from, last, film}) {
  const stages = frames.map((each, place) => new Stage(each, told.sides[place], {colours, words}));
  Stage.level(stages);
  told.sides.forEach((side, place) => { side.counts = posterCounts(frames[place], new Tales(frames[place], side, words)); });
  const work = filmed(stages, told, from, last, film);
  let piece = work.next(), text = "";
  while (!piece.done) piece = work.next();
  piece.value.forEach((byte) => { text += String.fromCharCode(byte); });
  document.body.innerHTML = "<pre>" + btoa(text) + "</pre>";
}
