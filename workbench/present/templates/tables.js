(function () {
  "use strict";
  var collator = new Intl.Collator(document.documentElement.lang, { numeric: true, sensitivity: "base" });
  function plain(cell) { return cell.textContent.replace(/\u00a0/g, " ").trim(); }
  function searched(text) {
    return text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();
  }
  function amount(text) {
    var digits = text.replace(/^\u2212/, "-").replace(/^(-?)Rp\s*/, "$1").replace(/\s*%$/, "");
    if (!/^-?\d[\d.,]*$/.test(digits)) { return null; }
    var comma = WORDS.decimal === ",";
    return parseFloat(comma ? digits.replace(/\./g, "").replace(",", ".") : digits.replace(/,/g, ""));
  }
  function compare(one, other, way) {
    var unknown = WORDS.unknown;
    if (one === unknown || other === unknown) { return (one === unknown) - (other === unknown); }
    return way * ordered(one, other);
  }
  function ordered(one, other) {
    var a = amount(one), b = amount(other);
    if (a !== null && b !== null) { return a - b; }
    if (a !== null) { return 1; }
    if (b !== null) { return -1; }
    return collator.compare(one, other);
  }
  function sortable(table) {
    var body = table.tBodies[0];
    Array.prototype.forEach.call(table.tHead.rows[0].cells, function (head, column) {
      var button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.textContent = head.textContent;
      button.title = WORDS.sort;
      head.textContent = "";
      head.appendChild(button);
      button.addEventListener("click", function () {
        var up = head.getAttribute("aria-sort") !== "ascending";
        Array.prototype.forEach.call(table.tHead.rows[0].cells, function (each) { each.removeAttribute("aria-sort"); });
        head.setAttribute("aria-sort", up ? "ascending" : "descending");
        var rows = Array.prototype.slice.call(body.rows);
        var totals = rows.filter(function (row) { return row.classList.contains("total"); });
        rows.filter(function (row) { return !row.classList.contains("total"); })
          .map(function (row, at) { return [row, at, plain(row.cells[column])]; })
          .sort(function (a, b) { return compare(a[2], b[2], up ? 1 : -1) || a[1] - b[1]; })
          .forEach(function (entry) { body.appendChild(entry[0]); });
        totals.forEach(function (row) { body.appendChild(row); });
      });
    });
  }
  function searchable(table) {
    var label = document.createElement("label"), field = document.createElement("input");
    var told = document.createElement("span");
    label.className = "search";
    label.textContent = WORDS.search + " ";
    field.type = "search";
    told.setAttribute("role", "status");
    label.appendChild(field);
    label.appendChild(told);
    table.parentNode.insertBefore(label, table);
    field.addEventListener("input", function () {
      var wanted = searched(field.value).split(/\s+/).filter(Boolean), shown = 0;
      Array.prototype.forEach.call(table.tBodies[0].rows, function (row) {
        if (row.classList.contains("total")) { row.hidden = wanted.length > 0; return; }
        var text = searched(plain(row));
        row.hidden = !wanted.every(function (word) { return text.indexOf(word) >= 0; });
        if (!row.hidden) { shown += 1; }
      });
      told.textContent = !wanted.length ? "" : " " + (shown ? WORDS.found.replace("#", shown) : WORDS.none);
    });
  }
  function choosable(section) {
    var figures = Array.prototype.slice.call(section.querySelectorAll("figure"));
    if (figures.length < 2) { return; }
    var label = document.createElement("label"), choice = document.createElement("select");
    label.className = "search";
    label.textContent = WORDS.choose + " ";
    figures.forEach(function (figure, at) {
      choice.add(new Option(figure.querySelector("figcaption").textContent, at));
      figure.hidden = at > 0;
    });
    choice.addEventListener("change", function () {
      figures.forEach(function (figure, at) { figure.hidden = at !== Number(choice.value); });
    });
    label.appendChild(choice);
    section.insertBefore(label, figures[0]);
  }
  Array.prototype.forEach.call(document.querySelectorAll("main table"), function (table) {
    if (table.tBodies[0].rows.length < 4) { return; }
    sortable(table);
    if (table.tBodies[0].rows.length > 7) { searchable(table); }
  });
  Array.prototype.forEach.call(document.querySelectorAll("main section"), choosable);
}());
