"""A service that takes comments as GitHub and GitLab do: service.py FILE. Writes its port to FILE.port and each request to FILE,
a line of JSON; keeps the comments, and answers 401 without the token "secret"."""
import json
import re
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer

comments = [{'id': 7, 'body': 'of somebody else'}]


class Service(BaseHTTPRequestHandler):
    def answer(self):
        body = self.rfile.read(int(self.headers.get('Content-Length') or 0)).decode()
        token = self.headers.get('PRIVATE-TOKEN') or (self.headers.get('Authorization') or '').removeprefix('Bearer ')
        with open(sys.argv[1], 'a', encoding='utf-8') as log:
            log.write(json.dumps({'method': self.command, 'path': self.path, 'body': body}) + '\n')
        number = re.search(r'/(\d+)$', self.path)
        if token != 'secret':
            self.send_response(401)
        elif self.command == 'POST':
            comments.append({'id': len(comments) + 100, **json.loads(body)})
            self.send_response(201)
        elif self.command in ('PATCH', 'PUT'):
            next(c for c in comments if c['id'] == int(number[1]))['body'] = json.loads(body)['body']
            self.send_response(200)
        else:
            self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(comments).encode())

    do_GET = do_POST = do_PATCH = do_PUT = answer

    def log_message(self, *ignored):
        pass


server = HTTPServer(('127.0.0.1', 0), Service)
with open(sys.argv[1] + '.port', 'w', encoding='utf-8') as port:
    port.write(str(server.server_port))
server.serve_forever()
