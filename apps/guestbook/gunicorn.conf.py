"""How the guestbook is served. Gunicorn reads this file by itself from the folder it is started in."""

from gunicorn.glogging import Logger

wsgi_app = "guestbook.web:create_app()"
bind = "0.0.0.0:8000"

# Threads wait for the database cheaply; the second process uses the second core.
workers = 2
worker_class = "gthread"
threads = 4

# Loaded once, then shared by both processes: quicker to start, and less memory. Connections are opened later.
preload_app = True

# Longer than any proxy in front keeps an idle connection. If we closed first, the proxy could send a
# request into a connection that is just going away, and a visitor would see an error.
keepalive = 75

# After SIGTERM: the time that requests under way have to finish.
graceful_timeout = 5

# Workers prove that they live by touching a file; in memory this never waits for a disk.
worker_tmp_dir = "/dev/shm"


class QuietAboutHealth(Logger):
    """Leaves the health checks out of the log: they come every few seconds and nobody wants to read them."""

    def access(self, resp, req, environ, request_time):
        if environ["PATH_INFO"] != "/health":
            super().access(resp, req, environ, request_time)


logger_class = QuietAboutHealth
accesslog = "-"
# No addresses and no query strings: a log should not say who visited.
access_log_format = "%(m)s %(U)s %(s)s %(B)s bytes %(M)s ms"
