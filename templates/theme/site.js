/* What a page does beyond being read. Every feature is one function, found by data- attributes; without
 * this file all is there, whole. Texts go in as textContent only; nothing is asked of another host. */
(function () {
    'use strict';

    const html = document.documentElement;
    const root = html.dataset.root;

    /* ---- helpers ---- */

    function element(name, attributes, text) {
        const made = document.createElement(name);
        for (const key of Object.keys(attributes || {}))
            made.setAttribute(key, attributes[key]);
        if (text !== undefined)
            made.textContent = text;
        return made;
    }

    /* Storage may be forbidden, for files above all: then nothing is remembered. */
    function remembered(key) {
        try {
            return localStorage.getItem(key);
        } catch (refused) {
            return null;
        }
    }

    function remember(key, value) {
        try {
            localStorage.setItem(key, value);
        } catch (refused) {
            /* The choice holds for this page. */
        }
    }

    /* Lower case without accents, as people type names. */
    function folded(text) {
        return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
    }

    /* ---- light and dark ---- */

    function isDark() {
        const chosen = html.dataset.theme;
        return chosen ? chosen === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
    }

    /* Before the page is drawn, so that it does not flash. */
    function applyTheme() {
        const chosen = remembered('theme');
        if (chosen === 'light' || chosen === 'dark')
            html.dataset.theme = chosen;
    }

    function themeSwitch(button) {
        function name() {
            button.textContent = isDark() ? 'Light' : 'Dark';
        }
        button.addEventListener('click', function () {
            html.dataset.theme = isDark() ? 'light' : 'dark';
            remember('theme', html.dataset.theme);
            name();
        });
        matchMedia('(prefers-color-scheme: dark)').addEventListener('change', name);
        name();
        button.hidden = false;
    }

    /* ---- find a page ---- */

    /* Words as they are; Chinese, Japanese and Korean in pairs of characters, for they have no blanks. */
    function searchWords(query) {
        const words = [];
        const runs = folded(query).match(
            /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]+|[\p{L}\p{N}.]+/gu) || [];
        for (const run of runs) {
            const characters = Array.from(run);
            if (!/^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]/u.test(run) ||
                characters.length < 3)
                words.push(run);
            else
                for (let i = 0; i + 1 < characters.length; i++)
                    words.push(characters[i] + characters[i + 1]);
        }
        return words;
    }

    /* 0 if a word is nowhere; the more the earlier it stands in the title. */
    function searchScore(entry, words) {
        let score = 0;
        for (const word of words) {
            const at = entry.title.indexOf(word);
            if (at === 0)
                score += 8;
            else if (at > 0)
                score += /[\p{L}\p{N}]/u.test(entry.title[at - 1]) ? 3 : 6;
            else if (entry.text.includes(word))
                score += 1;
            else
                return 0;
        }
        return score + (entry.title === words.join(' ') ? 16 : 0);
    }

    function searchResults(entries, query) {
        const words = searchWords(query);
        if (!words.length)
            return [];
        return entries
            .map((entry, order) => ({entry, order, score: searchScore(entry, words)}))
            .filter((hit) => hit.score > 0)
            .sort((a, b) => b.score - a.score ||
                a.entry.title.length - b.entry.title.length || a.order - b.order)
            .slice(0, 12)
            .map((hit) => hit.entry);
    }

    function search(box) {
        const field = box.querySelector('input');
        const list = element('ul', {role: 'listbox', id: 'search_list', 'aria-label': 'Pages found'});
        let entries = null;
        let chosen = -1;

        /* The index is read when it is first needed: a script file, for a page that was opened as a
         * file may load scripts and nothing else. */
        function load() {
            if (entries)
                return;
            entries = [];
            const script = element('script', {src: root + 'search.js'});
            script.addEventListener('load', function () {
                entries = window.searchIndex.map((row) => ({
                    name: row[0], kind: row[1], address: row[2],
                    title: folded(row[0]), text: folded(row[1] + ' ' + row[3]),
                }));
                show();
            });
            document.head.append(script);
        }

        function choose(index) {
            const items = list.children;
            if (items[chosen])
                items[chosen].setAttribute('aria-selected', 'false');
            chosen = items.length ? (index + items.length) % items.length : -1;
            if (chosen < 0) {
                field.removeAttribute('aria-activedescendant');
                return;
            }
            items[chosen].setAttribute('aria-selected', 'true');
            items[chosen].scrollIntoView({block: 'nearest'});
            field.setAttribute('aria-activedescendant', items[chosen].id);
        }

        function close() {
            list.hidden = true;
            field.setAttribute('aria-expanded', 'false');
            field.removeAttribute('aria-activedescendant');
        }

        function open(entry) {
            location.href = root + entry.address;
        }

        function show() {
            const found = searchResults(entries, field.value);
            list.replaceChildren(...found.map(function (entry, i) {
                const item = element('li', {role: 'option', id: 'search_' + i, 'aria-selected': 'false'});
                item.append(element('span', {}, entry.name), element('span', {class: 'kind'}, entry.kind));
                item.addEventListener('mousedown', (event) => event.preventDefault());
                item.addEventListener('click', () => open(entry));
                item.entry = entry;
                return item;
            }));
            list.hidden = !found.length;
            field.setAttribute('aria-expanded', String(found.length > 0));
            choose(0);
        }

        field.addEventListener('focus', load);
        field.addEventListener('input', show);
        field.addEventListener('blur', close);
        field.addEventListener('keydown', function (event) {
            if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
                event.preventDefault();
                choose(chosen + (event.key === 'ArrowDown' ? 1 : -1));
            } else if (event.key === 'Enter' && list.children[chosen]) {
                event.preventDefault();
                open(list.children[chosen].entry);
            } else if (event.key === 'Escape') {
                close();
            }
        });
        document.addEventListener('keydown', function (event) {
            const writing = event.target.closest('input, textarea, select, [contenteditable]');
            if (event.key === '/' && !writing && !event.ctrlKey && !event.metaKey && !event.altKey) {
                event.preventDefault();
                field.focus();
            }
        });

        field.setAttribute('role', 'combobox');
        field.setAttribute('aria-autocomplete', 'list');
        field.setAttribute('aria-controls', list.id);
        if (matchMedia('(hover: hover)').matches)
            field.placeholder += ': press /';
        box.append(list);
        close();
        box.hidden = false;
    }

    /* ---- tables ---- */

    /* The value of a cell: what stands in data-value, else its text. */
    function cellValue(cell) {
        return cell.dataset.value !== undefined ? cell.dataset.value : cell.textContent.trim();
    }

    function tableSort(table, view) {
        const heads = Array.from(table.tHead.rows[0].cells);

        function sortBy(column, falling) {
            const numbers = heads[column].dataset.number !== undefined;
            const collator = new Intl.Collator(html.lang, {numeric: true});
            const keyed = view.rows.map((row, order) => ({row, order, key: cellValue(row.cells[column])}));
            keyed.sort(function (a, b) {
                const aMissing = a.key === '' || a.key === '–', bMissing = b.key === '' || b.key === '–';
                if (aMissing || bMissing) /* unknown ones always come last */
                    return aMissing - bMissing || a.order - b.order;
                const way = numbers ? Number(a.key) - Number(b.key) : collator.compare(a.key, b.key);
                return (falling ? -way : way) || a.order - b.order;
            });
            view.rows = keyed.map((item) => item.row);
            for (const head of heads)
                head.removeAttribute('aria-sort');
            heads[column].setAttribute('aria-sort', falling ? 'descending' : 'ascending');
            table.tBodies[0].append(...view.rows);
            view.update();
        }

        heads.forEach(function (head, column) {
            if (head.dataset.spark !== undefined)
                return;
            const label = head.firstElementChild;
            const button = element('button', {type: 'button', class: 'sort'});
            label.replaceWith(button);
            button.append(label);
            button.addEventListener('click', function () {
                const now = head.getAttribute('aria-sort');
                const first = head.dataset.number !== undefined ? 'descending' : 'ascending';
                sortBy(column, now ? now === 'ascending' : first === 'descending');
            });
        });
    }

    function tableFilter(table, view, tools) {
        if (view.rows.length < 9)
            return;
        const field = element('input', {type: 'search', placeholder: 'Filter',
            'aria-label': 'Show only rows that hold this text'});
        field.addEventListener('input', function () {
            const words = folded(field.value).split(/\s+/).filter(Boolean);
            view.wanted = words.length
                ? (row) => words.every((word) => folded(row.textContent).includes(word)) : null;
            view.update();
            say(view.shown().length + ' of ' + view.rows.length + ' rows');
        });
        tools.append(field);
    }

    /* A cell as CSV: quoted where needed; a text that a spreadsheet would take for a formula gets an
     * apostrophe before it. */
    function csvCell(text, isNumber) {
        const harmless = !isNumber && /^[=+\-@\t\r]/.test(text) ? "'" + text : text;
        return /[",;|\t\r\n]/.test(harmless) ? '"' + harmless.replace(/"/g, '""') + '"' : harmless;
    }

    function tableSave(table, view, tools) {
        const button = element('button', {type: 'button'}, 'Save as CSV');
        button.addEventListener('click', function () {
            const heads = Array.from(table.tHead.rows[0].cells);
            const kept = heads.map((head) => head.dataset.spark === undefined);
            const lines = [heads, ...view.shown().map((row) => Array.from(row.cells))].map((cells, line) =>
                cells.filter((cell, i) => kept[i]).map(function (cell) {
                    const value = line ? cellValue(cell) : cell.textContent.trim().replace(/\s+/g, ' ');
                    return csvCell(value, line > 0 && value !== '' && Number.isFinite(Number(value)));
                }).join(','));
            /* Excel takes a file for UTF-8 only if it begins with this mark. */
            const file = new Blob(['\ufeff', lines.join('\r\n'), '\r\n'], {type: 'text/csv'});
            const block = table.closest('.block');
            const link = element('a', {href: URL.createObjectURL(file),
                download: (block && block.id || 'table') + '.csv'});
            link.click();
            setTimeout(() => URL.revokeObjectURL(link.href), 1000);
        });
        tools.append(button);
    }

    /* Rows past the fold are shown on demand; sorted or filtered, the first ones are others. */
    function tableFold(table, view, frame) {
        const folded = view.rows.filter((row) => row.classList.contains('more')).length;
        if (!folded)
            return;
        const fold = view.rows.length - folded;
        const button = element('button', {type: 'button', class: 'fold', 'aria-expanded': 'false'});
        button.addEventListener('click', function () {
            table.classList.toggle('unfolded');
            view.update();
        });
        frame.after(button);
        view.folding = function (shown) {
            const open = table.classList.contains('unfolded');
            shown.forEach((row, i) => row.classList.toggle('more', i >= fold));
            button.hidden = shown.length <= fold;
            button.textContent = open ? 'Show the first ' + fold : 'Show all ' + shown.length;
            button.setAttribute('aria-expanded', String(open));
            button.dataset.printed = fold + ' of ' + shown.length + ' rows';
        };
    }

    function dataTable(table) {
        const frame = table.closest('.scroll');
        const tools = element('div', {class: 'tools'});
        const view = {
            rows: Array.from(table.tBodies[0].rows),
            wanted: null,
            folding: null,
            shown() {
                return this.wanted ? this.rows.filter(this.wanted) : this.rows;
            },
            update() {
                const shown = new Set(this.shown());
                for (const row of this.rows)
                    row.hidden = !shown.has(row);
                /* A total of all would be wrong under some. */
                if (table.tFoot)
                    table.tFoot.hidden = shown.size < this.rows.length;
                if (this.folding)
                    this.folding(Array.from(shown));
            },
        };
        tableSort(table, view);
        tableFilter(table, view, tools);
        tableSave(table, view, tools);
        tableFold(table, view, frame);
        view.update();

        const title = frame.parentElement.querySelector(':scope > :is(h2, h3, h4, h5, h6)');
        if (title)
            title.after(tools);
        else
            frame.before(tools);
    }

    /* ---- what changes on a page, for who hears it ---- */

    const said = element('p', {class: 'unseen', role: 'status'});

    function say(text) {
        said.textContent = text;
    }

    /* ---- tips: by pointer, touch and keyboard ---- */

    function tips() {
        const tip = element('div', {class: 'tip', role: 'tooltip', id: 'tip_shown'});
        let marked = null;
        tip.hidden = true;
        document.body.append(tip);

        /* The browser's own tip would stand beside ours: its text is taken over. */
        function textOf(target) {
            if (target.tipText === undefined) {
                const title = target.querySelector('title');
                target.tipText = title ? title.textContent : target.title;
                if (title)
                    title.remove();
                target.removeAttribute('title');
            }
            return target.tipText;
        }

        function show(target) {
            hide();
            tip.textContent = textOf(target);
            tip.hidden = false;
            marked = target;
            target.classList.add('pointed');
            target.setAttribute('aria-describedby', tip.id);
            const at = target.getBoundingClientRect(), own = tip.getBoundingClientRect();
            const left = Math.min(at.left + at.width / 2 - own.width / 2, innerWidth - own.width - 8);
            const above = at.top - own.height - 6;
            tip.style.left = Math.max(8, left) + 'px';
            tip.style.top = (above > 4 ? above : at.bottom + 6) + 'px';
        }

        function hide() {
            tip.hidden = true;
            if (marked) {
                marked.classList.remove('pointed');
                marked.removeAttribute('aria-describedby');
            }
            marked = null;
        }

        /* Of a chart's two drawings one is shown. */
        function isSeen(target) {
            return target.ownerSVGElement.getClientRects().length > 0;
        }

        function distance(target, x, y) {
            const at = target.getBoundingClientRect();
            const dx = Math.max(at.left - x, 0, x - at.right), dy = Math.max(at.top - y, 0, y - at.bottom);
            return dx * dx + dy * dy;
        }

        /* The mark nearest to the pointer, for a point of a line is hard to hit. */
        function nearest(svg, x, y) {
            let best = null, least = 30 * 30;
            for (const target of svg.querySelectorAll('[data-tip]')) {
                const d = distance(target, x, y);
                if (d < least) {
                    best = target;
                    least = d;
                }
            }
            return best;
        }

        function point(event) {
            const svg = event.target.closest('.drawing svg');
            const target = svg ? nearest(svg, event.clientX, event.clientY)
                : event.target.closest('[data-tip]');
            if (target && target !== marked)
                show(target);
            else if (!target && marked && !marked.contains(document.activeElement))
                hide();
        }

        document.addEventListener('pointermove', point);
        document.addEventListener('pointerdown', point);
        document.addEventListener('focusin', function (event) {
            const target = event.target.closest('[data-tip]') ||
                event.target.querySelector(':scope > [data-tip]');
            if (target)
                show(target);
        });
        document.addEventListener('focusout', hide);
        document.addEventListener('scroll', hide, {capture: true, passive: true});
        document.addEventListener('keydown', function (event) {
            const step = {ArrowRight: 1, ArrowLeft: -1}[event.key];
            const drawing = event.target.closest('.drawing');
            if (event.key === 'Escape')
                hide();
            if (!step || !drawing)
                return;
            const all = Array.from(drawing.querySelectorAll('[data-tip]')).filter(isSeen);
            if (!all.length)
                return;
            event.preventDefault();
            const now = all.indexOf(marked);
            show(all[now < 0 ? (step > 0 ? 0 : all.length - 1) : (now + step + all.length) % all.length]);
            say(tip.textContent);
        });

        for (const drawing of document.querySelectorAll('.drawing'))
            if (drawing.querySelector('[data-tip]'))
                drawing.tabIndex = 0;
        for (const word of document.querySelectorAll('[data-tip][title]'))
            if (!word.querySelector('a') && !word.closest('button')) {
                word.tabIndex = 0;
                word.setAttribute('role', 'note');
            }
    }

    /* What scrolls can be reached by keyboard in every browser, and says its name. */
    function scrollers() {
        function mark(frame) {
            const scrolls = frame.scrollWidth > frame.clientWidth || frame.scrollHeight > frame.clientHeight;
            if (!scrolls || frame.hasAttribute('tabindex'))
                return;
            const table = frame.querySelector('table');
            const name = table && (table.caption || document.getElementById(table.getAttribute('aria-labelledby')));
            frame.tabIndex = 0;
            if (name) {
                frame.setAttribute('role', 'group');
                frame.setAttribute('aria-label', name.textContent);
            }
        }
        const observer = new ResizeObserver((changes) => changes.forEach((change) => mark(change.target)));
        for (const frame of document.querySelectorAll('.scroll, .drawing, pre'))
            observer.observe(frame);
    }

    /* ---- the preview of `salesbook serve` ---- */

    function preview() {
        let version = null;
        setInterval(function () {
            fetch(root + '.version', {cache: 'no-store'})
                .then((answer) => answer.ok ? answer.text() : version)
                .then(function (now) {
                    if (version !== null && now !== version)
                        location.reload();
                    version = now;
                })
                .catch(() => {}); /* the preview has ended; the page stays as it is */
        }, 1000);
    }

    applyTheme();
    html.classList.add('js');
    document.addEventListener('DOMContentLoaded', function () {
        document.body.append(said);
        document.querySelectorAll('[data-theme-switch]').forEach(themeSwitch);
        document.querySelectorAll('[data-search]').forEach(search);
        document.querySelectorAll('table[data-table]').forEach(dataTable);
        tips();
        scrollers();
        if (html.dataset.preview !== undefined)
            preview();
    });
})();
