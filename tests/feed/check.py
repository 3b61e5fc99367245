"""What RFC 4287 asks of a feed: check.py FEED UPDATED NAME…: each NAME is among its entries."""
import re
import sys
from pathlib import Path
from xml.etree import ElementTree

ATOM = '{http://www.w3.org/2005/Atom}'
path, updated, wanted = Path(sys.argv[1]), sys.argv[2], sys.argv[3:]
feed = ElementTree.parse(path).getroot()
wrong = []


def expect(what, told):
    if not what:
        wrong.append(told)


def once(parent, name):
    found = parent.findall(ATOM + name)
    expect(len(found) == 1, f'{len(found)} {name} in {parent.tag}')
    return (found[0].text or '') if found else ''


TAG = re.compile(r"tag:[a-z0-9.-]+,\d{4}:[A-Za-z0-9._~%/-]+")
DATE = re.compile(r'\d{4}-\d\d-\d\dT00:00:00Z')
expect(feed.tag == ATOM + 'feed', feed.tag)
expect(TAG.fullmatch(once(feed, 'id')), 'id of the feed')
expect(once(feed, 'title'), 'title of the feed')
expect(once(feed, 'updated') == f'{updated}T00:00:00Z', 'updated of the feed')
expect(feed.find(f'{ATOM}author/{ATOM}name').text, 'author')
expect([e.get('href') for e in feed.findall(ATOM + 'link') if e.get('rel') == 'self'] == ['feed.xml'], 'link to itself')
entries = feed.findall(ATOM + 'entry')
ids = [once(e, 'id') for e in entries]
expect(entries and len(set(ids)) == len(ids), 'two entries of one id')
dates = [once(e, 'updated') for e in entries]
expect(dates == sorted(dates, reverse=True) and all(map(DATE.fullmatch, dates)), f'order of {dates}')
for entry in entries:
    expect(TAG.fullmatch(once(entry, 'id')) and once(entry, 'title') and once(entry, 'summary'), 'an entry lacks something')
    links = {e.get('rel'): e for e in entry.findall(ATOM + 'link')}
    expect('alternate' in links, 'an entry without content has no alternate')
    for link in links.values():
        expect((path.parent / link.get('href')).is_file(), f'{link.get("href")} is not there')
        expect(re.fullmatch(r'[a-z]+/[a-z.+-]+', link.get('type')), link.get('type'))
for name in wanted:
    expect(any(i.endswith(f'/{name}.pdf') for i in ids), f'no {name}')
print('\n'.join(wrong))
sys.exit(bool(wrong))
