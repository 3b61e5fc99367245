"""Looks at the workbooks and packages of a site and an output as another program reads them:
check.py SITE OUTPUT. A line FAIL for each defect; the last line counts."""
import csv
import json
import re
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree

MAIN = '{http://schemas.openxmlformats.org/spreadsheetml/2006/main}'
RELATED = '{http://schemas.openxmlformats.org/officeDocument/2006/relationships}'
passed = failed = 0


def expect(what, *told):
    global passed, failed
    if what:
        passed += 1
    else:
        failed += 1
        print('FAIL tables:', *told)


class Workbook:
    """Sheets by name: rows of (value, format), and where cells lead."""

    def __init__(self, path):
        self.path = path
        with zipfile.ZipFile(path) as parts:
            self.read = {name: parts.read(name).decode() for name in parts.namelist()}
            self.dates = {part.date_time for part in parts.infolist()}
        strings = ElementTree.fromstring(self.read['xl/sharedStrings.xml'])
        self.strings = [''.join(t.text or '' for t in si.iter(MAIN + 't')) for si in strings]
        styles = ElementTree.fromstring(self.read['xl/styles.xml'])
        forms = {int(f.get('numFmtId')): f.get('formatCode') for f in styles.iter(MAIN + 'numFmt')}
        forms |= {0: '', 1: '0', 2: '0.00', 3: '#,##0', 4: '#,##0.00', 9: '0%', 10: '0.00%', 20: 'hh:mm'}
        self.forms = [forms.get(int(x.get('numFmtId')), '?') for x in styles.find(MAIN + 'cellXfs')]
        targets = {r.get('Id'): r.get('Target')
                   for r in ElementTree.fromstring(self.read['xl/_rels/workbook.xml.rels'])}
        book = ElementTree.fromstring(self.read['xl/workbook.xml'])
        said = ElementTree.fromstring(self.read['docProps/core.xml'])
        self.title = said.findtext('{http://purl.org/dc/elements/1.1/}title')
        self.sheets = {s.get('name'): 'xl/' + targets[s.get(RELATED + 'id')] for s in book.iter(MAIN + 'sheet')}

    def tree(self, name):
        return ElementTree.fromstring(self.read[self.sheets[name]])

    def cells(self, name):
        found = {}
        for c in self.tree(name).iter(MAIN + 'c'):
            value = c.find(MAIN + 'v')
            if value is None:
                continue
            kind = c.get('t')
            plain = (self.strings[int(value.text)] if kind == 's' else
                     value.text == '1' if kind == 'b' else float(value.text))
            found[c.get('r')] = (plain, self.forms[int(c.get('s') or 0)])
        return found

    def links(self, name):
        part = self.sheets[name].replace('worksheets/', 'worksheets/_rels/') + '.rels'
        if part not in self.read:
            return []
        return [r.get('Target') for r in ElementTree.fromstring(self.read[part]) if r.get('TargetMode') == 'External']


def check_workbook(path):
    w = Workbook(path)
    names = list(w.sheets)
    expect(names and names[0] == 'Contents', path, 'begins with', names[:1])
    expect(len({n.casefold() for n in names}) == len(names), path, 'has two sheets of one name')
    expect(all(0 < len(n.encode('utf-16-le')) // 2 <= 31 and not re.search(r"[\[\]:*?/\\]|^'|'$", n)
               and n.casefold() != 'history' for n in names), path, 'has a sheet named', names)
    expect(all(len(s.encode('utf-16-le')) // 2 <= 32767 for s in w.strings), path, 'has a text longer than a cell')
    expect(not any('<f>' in part for part in w.read.values()), path, 'has a formula')
    expect(len(w.dates) == 1, path, 'carries the time of its making')
    for name in names[1:]:
        tree = w.tree(name)
        pane = tree.find(f'.//{MAIN}pane')
        expect(pane is not None and pane.get('state') == 'frozen' and pane.get('ySplit') == '1', path, name, 'has no frozen head')
        expect(tree.find(MAIN + 'autoFilter') is not None, path, name, 'has no filter')
    for name in names:
        for target in w.links(name):
            if not target.startswith('http'):
                # A backslash, as the library writes it.
                expect((path.parent / target.replace('\\', '/')).exists(), path, name, 'leads to', target)
    return w


def check_package(path):
    package = json.loads(path.read_text())
    expect(package['profile'] == 'tabular-data-package' and re.fullmatch(r'[a-z0-9._-]+', package['name']), path, 'is no package')
    names = [r['name'] for r in package['resources']]
    expect(names and len(set(names)) == len(names) and all(re.fullmatch(r'[a-z0-9._-]+', n) for n in names), path, names)
    for resource in package['resources']:
        file = path.parent / resource['path']
        fields = resource['schema']['fields']
        raw = file.read_bytes()
        expect(raw.count(b'\n') == raw.count(b'\r\n') and raw.endswith(b'\r\n'), file, 'has lines that do not end in CR LF')
        rows = list(csv.reader(file.open(encoding='utf-8', newline=''), strict=True))
        expect(rows[0] == [f['name'] for f in fields], file, 'has other columns than its schema')
        expect(all(len(row) == len(fields) for row in rows), file, 'has a row of another width')
        for row in rows[1:]:
            for cell, field in zip(row, fields):
                expect(fits(cell, field['type']), file, field['name'], cell, 'is no', field['type'])
                expect(not re.match(r'[=+\-@\t\r＝＋－＠]', cell) or re.fullmatch(r'-?[0-9.]+(e[+-]?[0-9]+)?', cell),
                       file, 'has a formula:', cell)
        inline = json.loads(file.with_suffix('.json').read_text())
        expect(inline['schema'] == resource['schema'] and len(inline['data']) == len(rows) - 1,
               file, 'is not the same as JSON')
        for row in inline['data']:
            expect(list(row) == rows[0], file, 'as JSON has other columns')
    return package


def fits(cell, kind):
    forms = {'integer': r'-?\d+', 'number': r'-?\d+(\.\d+)?(e[+-]?\d+)?', 'boolean': '[01]',
             'date': r'\d{4}-\d\d-\d\d', 'yearmonth': r'\d{4}-\d\d', 'string': '(?s).*'}
    return cell == '' or re.fullmatch(forms[kind], cell) is not None


site, output = Path(sys.argv[1]), Path(sys.argv[2])
workbooks = {p: check_workbook(p) for tree in (site, output) for p in sorted(tree.rglob('*.xlsx'))}
packages = [check_package(p) for tree in (site, output) for p in sorted(tree.rglob('datapackage.json'))]
expect(workbooks and packages, 'nothing to check below', site)

if (site / 'everyone/hostile.xlsx').exists():
    w = workbooks[site / 'everyone/hostile.xlsx']
    name = 'All the cells of a table whose'
    expect(list(w.sheets) == ['Contents', 'Key figures', name, 'All the cells of a table wh (2)', 'For others', 'Hostile cells'],
           'sheets', list(w.sheets))
    cells = w.cells(name) if name in w.sheets else {}
    wanted = {
        'A2': ('+49 30 1', ''), 'A3': ('-1+1', ''), 'A4': ('=HYPERLINK("http://x","y")', ''), 'A5': ('@SUM(A1)', ''),
        'A6': ('_x005F_x0041_ & <b>', ''), 'A7': ('＝1+1', ''),
        'B4': (46326, 'yyyy-mm-dd'), 'B2': (45351, 'yyyy-mm-dd'), 'B3': ('1899-12-31', ''),
        'C4': (8.5 / 24, 'hh:mm'), 'D4': (46326 + 8.5 / 24, 'yyyy-mm-dd hh:mm'), 'D2': ('1900-01-01 00:00', ''),
        'E4': (46296, 'yyyy-mm'), 'F4': (True, ''), 'F3': (False, ''), 'G4': (0.125, '0.0%'),
        'H4': (1234.56, '#,##0.00'), 'H3': (-0.01, '#,##0.00'), 'H5': (23456789012345.67, '#,##0.00'), 'I4': (1.5, '#,##0.00'), 'I3': (-1e300, '#,##0.00'),
        'J4': (1, '#,##0'), 'J3': ('12345678901234567', ''),
    }
    for cell, (value, form) in wanted.items():
        got = cells.get(cell, (None, None))
        same = abs(got[0] - value) < 1e-9 if isinstance(value, float) and isinstance(got[0], float) and abs(value) < 1e9 else got[0] == value
        expect(same and got[1] == form, 'cell', cell, 'wanted', value, form, 'got', got)
    expect(cells.get('H1', ('',))[0] == 'Amount (EUR)', 'head of money is', cells.get('H1'))
    # 200 bytes are 66 characters of three and two bytes of the next.
    expect(workbooks[site / 'everyone/long.xlsx'].title == '数据' * 33, 'a long title is', workbooks[site / 'everyone/long.xlsx'].title)
    # Each of these characters takes two of the 32,767 units of a cell.
    expect('😀' * 16383 in workbooks[site / 'everyone/long.xlsx'].strings, 'a text longer than a cell is not cut')
    expect(w.links('All the cells of a table wh (2)'), 'people lead nowhere')
    everyone = ''.join(part for p, book in workbooks.items() if 'everyone' in p.parts or site not in p.parents
                       for part in book.read.values())
    expect('top-secret' not in everyone, 'a restricted value is in a workbook of everyone')
    managers = workbooks[site / 'managers/hostile.xlsx']
    expect('top-secret-1' in managers.read['xl/sharedStrings.xml'] and 'HISTORY' not in managers.sheets, 'managers', list(managers.sheets))
    whole = workbooks[site / 'managers/book.xlsx']
    expect('secrets' in whole.sheets and 'top-secret-3' in whole.strings and 'cells' in whole.sheets, 'the book of managers')
    expect(workbooks[site / 'everyone/book.xlsx'].links('sales'), 'people of the book lead nowhere')
    for tree in (site / 'everyone', output):
        for p in tree.rglob('*.csv'):
            expect('rejected' in p.parts or 'top-secret' not in p.read_text(), p, 'has a restricted value')
    expect((site / 'managers/hostile/secrets.csv').exists() and not (site / 'everyone/hostile/secrets.csv').exists(), 'secrets.csv')
    expect((site / 'everyone/hostile/CELLS-2.csv').exists(), 'two downloads of one name lie in one file')
for p, book in workbooks.items():
    if p.name == 'monthly-company.xlsx' and 'Revenue against target by month' in book.sheets and site in p.parents:
        got = book.cells('Revenue against target by month').get('A2')
        expect(got == (46023, 'yyyy-mm'), p, 'the first month behind a chart is', got) # January 2026
print(f'{passed} passed, {failed} failed')
