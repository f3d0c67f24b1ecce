for (const link of document.querySelectorAll(".save [hidden]")) {
  const chart = new XMLSerializer().serializeToString(link.closest("figure").querySelector("svg"));
  link.href = "data:image/svg+xml," + encodeURIComponent(chart);
  link.hidden = false;
}
