"use strict";
/* Colours of the link or of the system. */
(() => {
  const wanted = new URLSearchParams(location.search).get("appearance"), system = matchMedia("(prefers-color-scheme: dark)");
  const set = () => document.documentElement.classList.toggle("dark", wanted === "dark" || (wanted !== "light" && system.matches));
  set();
  system.addEventListener("change", set);
})();
